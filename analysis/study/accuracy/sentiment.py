"""How right sentiment toward actors is: against people's labels, and beside what it must beat."""

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd

from ...measures.sentiment import baseline, labels_by_rule, score_targets
from ...reading.encoder import LABELS
from .scores import asserted_right, f1_of_yes, interval, macro_f1, polar_found, records, row

_POLARITY = {2.0: "negative", 4.0: "neutral", 6.0: "positive"}


def coded_part(doc_id):
    """Which part an article of the coded sentences belongs to, by a hash of its id: train, calibrate, or check."""
    share = hashlib.sha256(str(doc_id).encode()).digest()[0]
    return "train" if share < 145 else "calibrate" if share < 190 else "check"


def measured(folder):
    """Rows of the table of accuracy from a folder of labelled sentences."""
    for part, rows in _sentiment_parts(folder):
        yield from _sentiment_rows(folder.name, "language model" if part == "check" else "human", part, rows)


def _sentiment_parts(folder):
    """(part, rows) of each file of a folder that may be measured on."""
    for path in sorted(folder.glob("*.jsonl")):
        rows = [r for record in records(path) for r in _flat(record)]
        if "weight" in rows[0]:
            yield "check", [r for r in rows if coded_part(r.get("doc_id")) == "check"]
        elif folder.name != "actor_sentiment_en" or path.stem == "devtest_real_world":
            yield path.stem, rows


def _scores(rows):
    return score_targets([r["sentence"] for r in rows], [(r["start"], r["end"]) for r in rows])


def _labels(rows):
    """(labels, weights) that the annotators gave."""
    return [r["polarity"] for r in rows], [float(r.get("weight", 1)) for r in rows]


def _sentiment_rows(data, who, part, rows):
    truth, weight = _labels(rows)
    scored = _scores(rows)
    methods = {"model": list(scored["label"]), **_baselines(rows, truth, french=not data.endswith("_en"))}
    for method, guess in methods.items():
        value = interval(list(zip(truth, guess, weight)), macro_f1)
        yield row("sentiment", data, who, part, method, "macro-F1", len(rows), value)
    for label in LABELS:
        triples = [(t == label, g == label, w) for t, g, w in zip(truth, methods["model"], weight)]
        value = interval(triples, f1_of_yes)
        yield row("sentiment", data, who, part, "model", f"F1 {label}", truth.count(label), value)
    sure = [(t, g, w) for t, g, w, no in zip(truth, methods["model"], weight, scored["withheld"]) if not no]
    yield row("sentiment", data, who, part, "model", "macro-F1, not withheld", len(sure), interval(sure, macro_f1))
    judged = list(zip(truth, methods["model"], weight, scored["withheld"]))
    said = sum(g != "neutral" and not withheld for _, g, _, withheld in judged)
    yield row("sentiment", data, who, part, "model", "asserted, right", said, interval(judged, asserted_right))
    polar = sum(t != "neutral" for t in truth)
    yield row("sentiment", data, who, part, "model", "praise and blame, asserted", polar, interval(judged, polar_found))
    triples = list(zip(scored[LABELS].to_numpy(), truth, weight))
    value = interval(triples, _calibration_error)
    yield row("sentiment", data, who, part, "model", "calibration error", len(rows), value)


def _baselines(rows, truth, *, french):
    """The guesses of what the model must beat: blind to its target, by rule, by lexicon, and the most frequent label."""
    sentences = [r["sentence"] for r in rows]
    found = {"model blind to its target": list(score_targets(sentences, [(0, len(s)) for s in sentences])["label"])}
    if french:
        found["rules"] = labels_by_rule(sentences, [(r["start"], r["end"]) for r in rows])
        found["textblob-fr"] = [_tone(s) for s in sentences]
        vader = _vader()
        found |= {"vaderSentiment-fr": [vader(s) for s in sentences]} if vader else {}
    return found | {"majority class": [max(LABELS, key=truth.count)] * len(rows)}


def _vader():
    """vaderSentiment-fr's label of a sentence, where that package is installed (it isn't needed for anything else)."""
    try:
        from vaderSentiment_fr.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError:
        return None
    analyzer = SentimentIntensityAnalyzer()

    def label(sentence):
        tone = analyzer.polarity_scores(sentence)["compound"]
        return "positive" if tone >= 0.05 else "negative" if tone <= -0.05 else "neutral"

    return label


def _calibration_error(triples):
    """Expected calibration error of the most probable label of (probabilities, truth, weight), in bins of equal weight."""
    found = _bins(triples)
    return float((found["weight"] * (found["confidence"] - found["right"]).abs()).sum() / found["weight"].sum())


def _bins(triples, *, bins=10):
    """confidence, right (share), weight, n of (probabilities, truth, weight) triples, in bins of equal weight by confidence."""
    p, weights = np.array([t[0] for t in triples]), np.array([t[2] for t in triples])
    right = np.array([LABELS[k] == t[1] for k, t in zip(p.argmax(1), triples)])
    order = np.argsort(p.max(1), kind="stable")
    made = pd.DataFrame({"confidence": p.max(1), "right": right, "weight": weights, "n": 1}).iloc[order]
    middle = np.cumsum(weights[order]) - weights[order] / 2
    bin_of = np.minimum((middle / weights.sum() * bins).astype(int), bins - 1)
    made[["confidence", "right"]] = made[["confidence", "right"]].mul(made["weight"], axis=0)
    made = made.groupby(bin_of).sum()
    return made.assign(confidence=made["confidence"] / made["weight"], right=made["right"] / made["weight"])


def reliability(folder):
    """For a reliability diagram of the sentiment model: data, confidence, right, weight, n, one row per data and bin.

    confidence: mean probability of the most probable label in a bin (ten of equal weight); right: how often that label is
    the annotators'. Sentences as in :func:`measure_accuracy`; sets that are not in the folder are left out.
    """
    found = []
    for name in ("actor_sentiment_fr", "actor_sentiment_fr_coded", "actor_sentiment_en"):
        for part, rows in _sentiment_parts(Path(folder) / name):
            if part in ("train", "check", "devtest_real_world"):
                triples = list(zip(_scores(rows)[LABELS].to_numpy(), *_labels(rows)))
                found.append(_bins(triples).assign(data=name))
    return (
        pd.concat(found, ignore_index=True)
        if found
        else pd.DataFrame(columns=["confidence", "right", "weight", "n", "data"])
    )


def _flat(record):
    """The rows of a record in the flat or in the published layout, one per target."""
    if "targets" not in record:
        return [record]
    text = record["sentence_normalized"]
    return [
        {"sentence": text, "start": t["from"], "end": t["to"], "polarity": _POLARITY[float(t["polarity"])]}
        for t in record["targets"]
    ]


def _tone(sentence):
    value = baseline(sentence)
    return "positive" if value > 0.1 else "negative" if value < -0.1 else "neutral"
