"""Figures in whole articles: python -m training.figures DATA, after `training.uses`. Two minutes, no PyTorch.

Written pairs are as often figurative as literal; in news one use in six of the lexicon's entries is. A logistic rule weighs what a use reads like by
itself with what the other uses of its domain in the article read like, and with how rare figures are. Learned from `uses/in_articles.csv`:
220 uses in articles of Wikinews, judged twice by language models; the threshold is that of best F1 there. Nothing here measures anything: that is
done on other articles (`tests/gold/wikinews_metaphors.csv`).
"""

import sys

import numpy as np
import pandas as pd

from analysis.measures import uses
from analysis.measures.metaphors import in_article, metaphor_index
from analysis.reading.article import read_texts
from analysis.reading.lexicon import find

from .data import wikinews
from .framing import HERE, best_threshold
from .logistic import logistic

PENALTY = 0.005


def main(folder):
    """Writes the rule "in articles" into `models/uses/weights.csv`, and prints what it reaches on what it learned from."""
    judged = pd.read_csv(HERE / "uses" / "in_articles.csv")
    texts = wikinews(folder)
    rows, truth = [], []
    for (_, own), article in zip(judged.groupby("text"), read_texts([texts[d] for d in judged["text"].sort_values().unique()])):
        hits = find(article.doc, metaphor_index())
        told = dict(zip([(h.start, h.row["domain"]) for h in hits], in_article(article, hits)))
        rows += [told[place] for place in zip(own["start"], own["domain"])]
        truth += list((own["A"] + own["B"]) / 2)
    x, y = np.array(rows), np.array(truth)
    w = logistic(x, y, penalty=PENALTY)
    scores = x @ w[:-1] + w[-1]
    cut = best_threshold(y > 0.5, scores)
    right = y[scores > cut]
    print(f"in articles: {len(right)} of {len(y)} called figurative, {right.mean():.2f} of them rightly; {(y > 0.5).sum()} there are")
    table = pd.read_csv(uses.FOLDER / "weights.csv", dtype=str).query("rule != 'in articles'")
    made = pd.DataFrame({"rule": "in articles", "feature": ["own", "others", "bias"], "weight": [f"{v:.4f}" for v in (*w[:-1], w[-1] - cut)]})
    pd.concat([table, made]).to_csv(uses.FOLDER / "weights.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
