"""Rebuilds the weights: python -m training DATA [MODEL], where DATA is the folder of labelled data (see training/data.py).

Writes encoder.onnx, head.onnx, pieces.model and settings.json into MODEL (default: analysis/models/actor_sentiment). About an hour on
two cores. Probabilities are calibrated on coded sentences kept for it, and what the rules say is weighed there;
nothing is trained on MAD-TSC, whose validation part served to choose the weight of the rule.
"""

import json
import sys
from pathlib import Path

import numpy as np

from analysis.measures.sentiment import probabilities
from analysis.reading import encoder as reader

from . import base, calibrate, data, export, model, train

# Below which a row is withheld; of praise and blame that no word of the lexicon supports, more is asked for. Chosen by hand on the
# same texts as the calibration.
SURE, SURE_ALONE = 0.5, 0.7
# Of negative, neutral, positive in the rule of the labels: label = the largest of probability × weight. Chosen by hand, between
# press (best at 2) and MAD-TSC's validation part (best at 5).
WEIGHT = [3.0, 1.0, 3.0]
WRITTEN = 0.2  # what a sentence counts for in the calibration that was written to hold much praise and blame
EPOCHS = 3


def main(folder, target=reader.FOLDER):
    """Trains, calibrates and writes the model; prints what it reaches on the sentences kept aside."""
    target = Path(target)
    target.mkdir(parents=True, exist_ok=True)
    parts = data.labelled(folder)
    pieces, scores, tensors = base.read_base()
    kept = base.french_pieces(pieces, scores, data.texts(folder, parts))
    tokenizer = base.tokenizer([pieces[i] for i in kept], scores[kept])
    encoder = model.base_encoder(tensors, kept)
    head = train.train(encoder, parts["train"], tokenizer, epochs=EPOCHS)
    write(encoder, head, tokenizer, parts, data.validation(folder), target)


def write(encoder, head, tokenizer, parts, validation, target):
    """Writes the model's files, calibrated on the parts kept for it, and prints what it reaches on others."""
    rows = train.prepared(parts["check_written"], tokenizer)
    sample = [train.tensors(rows[i : i + 32])[:2] for i in range(0, len(rows), 32)]
    state = {k: v.numpy() for part in (encoder, head) for k, v in part.state_dict().items()}
    export.save_onnx(state, export.peaks_of(encoder, sample), sample, target)
    (target / "pieces.model").write_bytes(tokenizer.serialized_model_proto())
    calibrated(parts, validation, target)


def calibrated(parts, validation, target):
    """Writes `settings.json` for the network that lies in the folder `target`."""
    reader.FOLDER = target
    reader._session.cache_clear(), reader.tokenizer.cache_clear()
    coded, written, (logits, heard, truth) = (*map(calibrate.sentences, (parts["calibrate"], parts["check_written"])), calibrate.press())  # fmt: skip
    natural = coded[3] / coded[3].mean()
    weights = [natural, np.full(len(written[2]), WRITTEN), np.ones(len(truth))]
    joined = (np.concatenate(part) for part in zip(coded[:3], written[:3], (logits, heard, truth)))
    fitted = calibrate.fit(*joined, np.concatenate(weights))
    for name, records in (("check", parts["check"]), ("validation", validation)):
        logits, heard, truth, weights = calibrate.sentences(records)
        p = probabilities(logits, np.array(heard), fitted)
        curve = {m: calibrate.macro_f1(truth, (p * [m, 1, m]).argmax(1), weights) for m in (1, 2, 3, 4, 5, 6)}
        print(f"{name}: n {len(truth)}, macro-F1 by weight", {m: f"{f1:.3f}" for m, f1 in curve.items()})
    fitted |= {"weight": WEIGHT, "sure": SURE, "sure_alone": SURE_ALONE}
    rounded = json.loads(json.dumps(fitted), parse_float=lambda number: round(float(number), 4))
    lines = [f" {json.dumps(k)}: {json.dumps(v)}" for k, v in rounded.items()]
    (target / "settings.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
