"""Scores against labels, each with its bootstrap interval; and the rows of the table of accuracy."""

import json

import numpy as np

from ..statistics import RESAMPLES, SEED

COLUMNS = ["measure", "data", "labels", "part", "method", "metric", "n", "value", "low", "high"]


def records(path):
    """The records of a file of JSON lines."""
    with open(path, encoding="utf-8") as stream:
        return [json.loads(line) for line in stream if line.strip()]


def interval(units, statistic):
    """(value, low, high) of a statistic of a list of units, which are drawn with replacement."""
    random = np.random.default_rng(SEED)
    value = statistic(units)
    draws = [
        statistic([units[i] for i in random.integers(0, len(units), len(units))])
        for _ in range(min(RESAMPLES, 400_000 // max(1, len(units)) + 100))
    ]
    return value, *np.nanpercentile(draws, [2.5, 97.5])


def macro_f1(pairs):
    """Macro-F1 over the labels of (truth, guess, weight) triples, as the mean of the F1 of each label that occurs."""
    scores = []
    for label in sorted({truth for truth, _, _ in pairs}):
        right = sum(w for t, g, w in pairs if t == g == label)
        both = sum(w for t, _, w in pairs if t == label) + sum(w for _, g, w in pairs if g == label)
        scores.append(2 * right / both if both else 0.0)
    return float(np.mean(scores))


def asserted_right(judged):
    """Of what a measure asserts, praise or blame that it doesn't withhold, the share that is right; judged: (truth, guess, weight, withheld)."""
    said = [(t == g, w) for t, g, w, withheld in judged if g != "neutral" and not withheld]
    return sum(w for right, w in said if right) / sum(w for _, w in said) if said else float("nan")


def polar_found(judged):
    """The share of what is praise or blame that a measure asserts as such; judged: as for :func:`asserted_right`."""
    there = sum(w for t, _, w, _ in judged if t != "neutral")
    return (
        sum(w for t, g, w, withheld in judged if t == g != "neutral" and not withheld) / there
        if there
        else float("nan")
    )


def kappa(pairs):
    """Cohen's κ of (one, other) pairs; NaN where both always say the same one thing."""
    n = len(pairs)
    agreed = sum(a == b for a, b in pairs) / n
    values = {v for pair in pairs for v in pair}
    expected = sum(sum(a == v for a, _ in pairs) * sum(b == v for _, b in pairs) for v in values) / n**2
    return (agreed - expected) / (1 - expected) if expected < 1 else np.nan


def f1_of_yes(triples):
    """F1 of the yes of (truth, guess, weight) triples."""
    right = sum(w for t, g, w in triples if t and g)
    both = sum(w for t, _, w in triples if t) + sum(w for _, g, w in triples if g)
    return 2 * right / both if both else 0.0


def f_of_counts(counts):
    """F of (right, found, met, to find) per article."""
    right, found, met, wanted = (sum(c[i] for c in counts) for i in range(4))
    precision, recall = right / found if found else 0.0, met / wanted if wanted else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def share(counts, part, whole):
    """Σ of one count over Σ of another, of lists of counts."""
    total = sum(c[whole] for c in counts)
    return sum(c[part] for c in counts) / total if total else np.nan


def row(measure, data, labels, part, method, metric, n, value):
    """A row of the table of accuracy; value: (value, low, high)."""
    return dict(zip(COLUMNS, [measure, data, labels, part, method, metric, n, *value]))


def overlap(row, coding):
    """How much of two stretches together both share; row: a dict with start and end, coding: start and end first."""
    inside = max(0, min(row["end"], coding[1]) - max(row["start"], coding[0]))
    return inside / (max(row["end"], coding[1]) - min(row["start"], coding[0])) if inside else 0.0


def _words(name):
    """The words by which a name is compared: no capitals, nothing short, no articles."""
    return {w for w in name.casefold().replace("’", " ").replace("'", " ").split() if len(w) > 2} - {
        "les",
        "des",
        "une",
    }


def same_words(ours, coded):
    """Whether two ways to name a speaker share half of their words or more; nobody ("-", or missing) is like nobody."""
    ours, coded = _words(ours if isinstance(ours, str) else ""), _words(coded.strip("-"))
    return not ours and not coded or len(ours & coded) >= max(1, min(len(ours), len(coded)) / 2)
