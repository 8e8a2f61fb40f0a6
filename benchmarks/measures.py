"""How fast each measure is, as a ratio against spaCy's own pass over the same texts in the same run.

    python benchmarks/measures.py [folder or file of articles]     (default: the invented example)

Prints, of one process, seconds and words per second for the reading (spaCy) and for each measure by itself, without what it
needs of others. The encoder's work falls to the first measure that asks for it. Absolute speeds differ from machine to
machine; the ratio is what to compare.
"""

import sys
import time
from collections import defaultdict
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "port-clair"
WARM = "Le maire a dit « oui », selon le préfet, et Paul Roy aurait trahi la ville. La guerre des prix fait rage."


def main(path):
    """Reads and measures the articles once after a warm-up, and prints the figures."""
    from analysis.corpus.articles import inspect_corpus
    from analysis.measures import running
    from analysis.reading.article import read

    articles, _ = inspect_corpus(path)
    running.measured(read(WARM))
    spent, start = defaultdict(float), time.perf_counter()
    readings = [read(text) for text in articles["text"]]
    reading = time.perf_counter() - start
    for article in readings:
        made = {}
        for module in running._modules():
            start = time.perf_counter()
            made |= running._rows(module, article, made)
            spent[module.__name__.rpartition(".")[2]] += time.perf_counter() - start
    words, total = int(articles["n_words"].sum()), sum(spent.values())
    print(f"{len(articles)} articles, {words:,} words")
    for name, seconds in {"reading": reading, **spent, "all measures": total}.items():
        print(f"{name:14s} {seconds:8.2f} s {words / seconds:12,.0f} words/s   {seconds / reading:.3f} of the reading")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLE)
