"""From logits and what the rules say to probabilities of the French press: a few numbers, fitted on sentences kept for it."""

import csv
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from analysis.measures.judgements import EVIDENCE
from analysis.measures.sentiment import probabilities, read_actors, read_spans
from analysis.reading.encoder import LABELS
from analysis.study.accuracy.chains import coded_entities, read_marked

PENALTY = 5e-4
# What praise and blame lose where an actor only judges or undergoes: set by hand, as the rules of coding say it.
SPARED = -1.0
CHAINS = Path(__file__).parent / "chains"


def fit(logits, heard, truth, weights):
    """{scale, shift, rules}: the probabilities of :func:`analysis.measures.sentiment.probabilities` fit the labels best.

    logits [n, 3], heard [n, evidence], truth (0, 1, 2), weights: how much each counts. What is added to neutral is 0.
    """
    logits, heard, truth, weights = (np.asarray(a) for a in (logits, heard, truth, weights))
    names = [name for name in EVIDENCE if name != "spared"]

    def named(x):
        added = [[a, 0.0, b] for a, b in x[1:].reshape(-1, 2).tolist()]
        rules = dict(zip(names, added[1:])) | {"spared": [SPARED, 0.0, SPARED]}
        return {"scale": float(np.exp(x[0])), "shift": added[0], "rules": rules}

    def loss(x):
        p = probabilities(logits, heard, named(x))[np.arange(len(truth)), truth]
        return -(weights * np.log(p + 1e-12)).sum() / weights.sum() + PENALTY * (x**2).sum()

    return named(minimize(loss, np.zeros(3 + 2 * len(names))).x)


def sentences(records):
    """(logits, evidence, truth, weights) of records of :mod:`training.data`, with the model as it stands in its folder."""
    spans = [(r["text"], span) for r in records for span in r["spans"]]
    logits, heard = read_spans([text for text, _ in spans], [span for _, span in spans])
    return logits, heard, *(np.concatenate([r[k] for r in records]) for k in ("labels", "weights"))


def press():
    """(logits, evidence, truth) of the coded entities of `chains/sentiment.csv`, with the model as it stands in its folder."""
    with open(CHAINS / "sentiment.csv", encoding="utf-8", newline="") as file:
        coded = {(r["text"], int(r["start"]), r["entity"]): r["label"] for r in csv.DictReader(file)}
    found = []
    for path in sorted(CHAINS.glob("*.txt")):
        article, mentions, quotes = coded_entities(read_marked(path))
        for row, logits, heard in zip(*read_actors(article, mentions, quotes)):
            label = coded.get((path.stem, article.spans[row["sentence_id"]][0], row["actor"]))
            if label is not None:
                found.append((logits, heard, LABELS.index(label)))
    return zip(*found)


def macro_f1(truth, guess, weights):
    """Macro-F1 over the three labels, weighted."""
    scores = []
    for k in range(3):
        right = weights[(truth == k) & (guess == k)].sum()
        both = weights[truth == k].sum() + weights[guess == k].sum()
        scores.append(2 * right / both if both else 0.0)
    return float(np.mean(scores))
