"""How fast sentiment toward actors is: sentences per second and memory, as a ratio against a transformer of CamemBERT's size.

    python benchmarks/encoder.py         (the environment of `make model` has PyTorch, which the ratio needs)

Sentences are those of the invented example, at news length, each with its actors. The other transformer (12 layers, 768
wide, random weights, PyTorch in single precision) reads the same pieces in batches of the same sizes, in the same run.
"""

import resource
import sys
import time
from pathlib import Path

import numpy as np

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "port-clair"


def sentences():
    """The sentences of the example, three times over, each with its first word as target."""
    from analysis.corpus import articles as corpus
    from analysis.text import typography

    articles, _ = corpus.inspect_corpus(EXAMPLE)
    found = [t[a:b] for t in articles["text"] for a, b in typography.sentence_spans(t) if b - a > 30]
    return [f"{s} {i}" for i in range(3) for s in found]


def main():
    """Prints both speeds, their ratio, and the memory of the process."""
    from analysis.reading import encoder

    texts = sentences()
    targets = [[[(0, len(t.split()[0]))]] for t in texts]
    encoder.target_logits(texts[:40], targets[:40])
    start = time.perf_counter()
    encoder.target_logits(texts, targets)
    ours = len(texts) / (time.perf_counter() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lengths = sorted(len(encoder.tokenizer().encode(t)) + 2 for t in texts)
    print(
        f"{len(texts)} sentences, {np.mean([len(t.split()) for t in texts]):.0f} words and {np.mean(lengths):.0f} pieces each"
    )
    print(f"ours               {ours:8.0f} sentences/s, {memory:.0f} MB at most")
    try:
        import torch
    except ImportError:
        print("without PyTorch there is nothing to compare with")
        return
    layer = torch.nn.TransformerEncoderLayer(768, 12, 3072, activation="gelu", batch_first=True)
    other, some = torch.nn.TransformerEncoder(layer, 12, enable_nested_tensor=False).eval(), lengths[::4]
    batches = [some[i : i + 32] for i in range(0, len(some), 32)]
    with torch.no_grad():
        other(torch.zeros(2, 20, 768))
        start = time.perf_counter()
        for part in batches:
            other(torch.randn(len(part), part[-1], 768))
        theirs = len(some) / (time.perf_counter() - start)
    print(f"12 layers, 768 wide{theirs:8.0f} sentences/s: ours is {ours / theirs:.1f} times as fast")


if __name__ == "__main__":
    sys.exit(main())
