"""The learned part of *Who is who*: python -m training.references DATA. Two minutes, no PyTorch.

A conditional logit: for each role or pronoun, over the entities that it may mean and "nobody of them", whose features are
those of `analysis/measures/features.py`, some of them the encoder's. It learns from `tests/gold/wikinews_chains.jsonl` (part "learn": articles of Wikinews in
DATA/wikinews_fr, coded by language models) and `training/chains/*.txt` (press texts that language models wrote and coded for
this project); nothing of what measures is touched. Prints what five folds give, then writes analysis/models/references/.
"""

import csv
import random
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp

from analysis.measures import resolving
from analysis.measures.again import Mention
from analysis.measures.entities import measure
from analysis.measures.features import CONTEXT, in_context
from analysis.measures.identities import identities
from analysis.reading.article import read
from analysis.study.accuracy.chains import coded_articles, counted, matched, read_marked
from analysis.study.accuracy.scores import f_of_counts
from analysis.text.places import MODELS

from .data import wikinews

CHAINS = Path(__file__).parent / "chains"
PENALTY, FOLDS, SEED = 2.0, 5, 0


def choices(document, article):
    """(kind, [features of each candidate, and of nobody], what the encoder makes of them, which is right) of each reference of a coded document.

    The right candidate is last, "nobody", where the reference was not coded or its entity isn't among the candidates. What
    came before is taken as coded, so that one error doesn't teach the next.
    """
    names = identities(article)
    to = matched(document, [(m.start, m.end, m.entity) for m in names if m.entity is not None])
    for scene, thing in resolving.walk(article, names):
        if isinstance(thing, Mention):
            continue
        found, truth = resolving.candidates(thing, scene), _coded(thing, document)
        if found:
            right = next((i for i, (e, _) in enumerate(found) if truth is not None and to.get(e) == truth), len(found))
            told = [*(f for _, f in found), resolving.of_nobody(thing, scene, found)]
            yield thing.kind, told, in_context(thing, [e for e, _ in found], scene), right
        own = next((e for e, i in to.items() if i == truth), None) if truth is not None else None
        if own is not None:
            scene.resolved_to(thing, own)


def _coded(thing, document):
    for start, end, entity, kind in document["mentions"]:
        at_head = start <= thing.head.idx < end or kind == "pronoun" and start < thing.end and thing.start < end
        if kind in {"description", "pronoun"} and at_head and not (kind == "pronoun" and thing.kind == "description"):
            return entity
    return None


def fitted(examples):
    """({feature: weight}, weights of `CONTEXT`) of a conditional logit with an L2 penalty; examples: those of :func:`choices`."""
    names = sorted({n for _, told, _, _ in examples for f in told for n in f})
    at = {n: i for i, n in enumerate(names)}
    tables = []
    for _, told, context, right in examples:
        x = np.zeros((len(told), len(names)))
        for row, features in zip(x, told):
            for name, value in features.items():
                row[at[name]] = value
        tables.append((np.hstack([x, context]), right))

    def loss(w):
        total, slope = PENALTY / 2 * w @ w, PENALTY * w
        for x, right in tables:
            score = x @ w
            norm = logsumexp(score)
            total += norm - score[right]
            slope = slope + x.T @ np.exp(score - norm) - x[right]
        return total, slope

    found = minimize(loss, np.zeros(len(names) + len(CONTEXT)), jac=True, method="L-BFGS-B").x
    return dict(zip(names + CONTEXT, found)), found[len(names) :]


def weights_of(examples):
    """{"pronoun", "description": what :func:`fitted` gives} learned from lists of :func:`choices`."""
    return {k: fitted([e for e in examples if e[0] == k]) for k in ("pronoun", "description")}


def save(weights, folder=MODELS / "references"):
    """Writes the weights as a table that a person can read: feature, pronoun, description."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "weights.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["feature", "pronoun", "description"])
        for name in sorted({n for own, _ in weights.values() for n in own}):
            table.writerow([name, *(f"{own[name]:.3f}" if name in own else "" for own, _ in weights.values())])


def main(folder):
    """Cross-validates, then learns from everything and saves."""
    known = wikinews(folder)
    documents = [*coded_articles(known, "learn"), *(read_marked(p) for p in sorted(CHAINS.glob("*.txt")))]
    articles = [read(d["text"]) for d in documents]
    examples = [list(choices(d, a)) for d, a in zip(documents, articles)]
    order, counts = list(range(len(documents))), []
    random.Random(SEED).shuffle(order)
    for fold in range(FOLDS):
        weights = weights_of([e for i in order if i not in order[fold::FOLDS] for e in examples[i]])
        resolving.weights_of_model = lambda weights=weights: weights
        counts += [counted(documents[i], measure(articles[i])["mentions"])["reference"] for i in order[fold::FOLDS]]
    print(
        f"{FOLDS} folds over {len(documents)} documents: F of roles and pronouns {f_of_counts(counts):.3f}, n = {sum(c[3] for c in counts)}"
    )
    save(weights_of([e for own in examples for e in own]))


if __name__ == "__main__":
    main(sys.argv[1])
