"""The learned part of framing: python -m training.framing DATA, after the encoder was rebuilt. Four minutes, no PyTorch.

Two logistic rules per frame. In sentences: over the noisy-or of the lexicon's cues and the encoder's mean vectors of a sentence
and of it with its neighbours. In articles: over what the first says of all sentences (`framing.features_of_article`).

Learned from: `frames/*.txt`, units that a language model wrote and labelled, one a line, "policy labels | generic labels | text";
`frames/articles.csv`, the articles of `press/`, `chains/` and `articles/` and 214 of Wikinews, whose frames two readings of a language
model marked, in each sentence and in the whole. Thresholds in sentences are the best on these (five folds); those of policy frames lie
halfway to the best on half of CCF (`policy_frames_fr`, the half called "choose"). Thresholds in articles: the best κ in five folds.
Nothing is fitted on what is measured. Prints what the folds give, and F1 on the other half of CCF.
"""

import csv
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.measures import framing
from analysis.measures.framing import FOLDER, GENERIC, POLICY, THRESHOLD, around, cue_scores, features_of_article
from analysis.reading.article import read, read_texts
from analysis.reading.encoder import vectors_of
from analysis.study.accuracy.chains import read_marked
from analysis.study.accuracy.frames import frames_of, half
from analysis.study.accuracy.scores import kappa, records

from .data import plain_articles, press_articles, wikinews
from .logistic import logistic

HERE = Path(__file__).parent
UNITS = HERE / "frames"
SHORT = {"human": "human_interest", "consequences": "economic_consequences"}
PENALTY, OF_CUES, OF_ARTICLES, FOLDS, SEED = 0.1, 0.001, 0.03, 5, 0
FRAMES = [("policy", f) for f in POLICY] + [("generic", f) for f in GENERIC]


def units():
    """(labels, text) of every written unit; labels: the frames it carries, policy and generic."""
    found = []
    for path in sorted(UNITS.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            *labels, text = (part.strip() for part in line.split("|", 2))
            names = {SHORT.get(n.strip(), n.strip()) for part in labels for n in part.split(",")} - {"-", ""}
            if len(labels) != 2 or names - set(POLICY + GENERIC):
                raise ValueError(f"{path}, line {number}: unknown frame {sorted(names - set(POLICY + GENERIC))}")
            found.append((names, text))
    return found


def coded_articles(folder):
    """[(text, {frame: share of coders who see it in the whole}, {frame: {start of a sentence: share}})] of the coded articles."""
    texts = wikinews(folder)
    texts |= {f"press/{n}/{lines[0][0]}": "\n".join(line for _, line in lines) for n, lines in press_articles()}
    texts |= plain_articles()
    texts |= {f"chains/{p.stem}": read_marked(p)["text"] for p in sorted((HERE / "chains").glob("*.txt"))}
    whole, parts, coders = (defaultdict(lambda: defaultdict(float)) for _ in range(3))
    with open(UNITS / "articles.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        coders[row["text"]][row["coder"]] = 1
    for row in rows:
        share = 1 / len(coders[row["text"]])
        whole[row["text"]][row["frame"]] += share * int(row["article"])
        for start in row["sentences"].split():
            parts[row["text"], row["frame"]][int(start)] += share
    return [(texts[t], whole[t], {f: parts[t, f] for _, f in FRAMES}) for t in coders]


class Features:
    """What is known of some texts: of each sentence its vectors and its cues by frame, in order."""

    def __init__(self, texts):
        self.vectors, self.cues = [], []
        for article in texts:
            own = vectors_of(article)
            self.vectors.append(np.hstack([own, around(own)]))
            cues = {f: np.zeros(len(own)) for f in FRAMES}
            for (i, scheme, frame, _), row in cue_scores(article).items():
                if scheme in ("policy", "generic"):
                    cues[scheme, frame][i] = row["score"]
            self.cues.append(cues)

    def of(self, frame):
        """[sentences, vectors and cues] of each text."""
        return [np.hstack([v, c[frame][:, None]]) for v, c in zip(self.vectors, self.cues)]

    def as_units(self, frame):
        """One row per text: the mean of its sentences, and its strongest cue."""
        return np.array([np.append(x[:, :-1].mean(0), x[:, -1].max()) for x in self.of(frame)])


def of_sentences(x, y):
    """The rule of a frame in sentences."""
    return logistic(x, y, penalty=np.append(np.full(x.shape[1] - 1, PENALTY), OF_CUES))


def f1(truth, guess):
    both = truth.sum() + guess.sum()
    return 2 * (truth & guess).sum() / both if both else 0.0


def best_threshold(truth, scores, measure=f1):
    """The threshold of best F1 (or other measure) among quantiles of the scores."""
    return float(max(np.quantile(scores, np.linspace(0.2, 0.99, 80)), key=lambda q: measure(truth, scores > q)))


def of_kappa(truth, guess):
    return kappa(list(zip(truth.tolist(), guess.tolist())))


def rule_of_articles(rows, y):
    """{feature: weight} of a frame's rule in articles; rows: `features_of_article` of each."""
    names = list(rows[0])
    w = logistic(np.array([[r[n] for n in names] for r in rows]), y, penalty=OF_ARTICLES)
    return dict(zip([*names, "bias"], w))


def told(rule, row):
    return rule["bias"] + sum(rule[name] * value for name, value in row.items())


def learned(frame, written, coded, marks, whole, choose):
    """(weights in sentences, shifted; rule in articles, shifted; lines of what the folds give) of a frame.

    written: (units as rows, labels); coded: [sentences] of each article, marks: share per sentence, whole: share per article;
    choose: (rows, labels) of the half of CCF, None for generic frames.
    """
    fold = np.random.default_rng(SEED).integers(0, FOLDS, len(coded))
    scores, of_units = [None] * len(coded), np.zeros(len(written[1]))
    unit_fold = np.random.default_rng(SEED + 1).integers(0, FOLDS, len(written[1]))
    for k in range(FOLDS):
        inside = [i for i in range(len(coded)) if fold[i] != k]
        x = np.vstack([written[0][unit_fold != k], *(coded[i] for i in inside)])
        w = of_sentences(x, np.concatenate([written[1][unit_fold != k], *(marks[i] for i in inside)]))
        of_units[unit_fold == k] = written[0][unit_fold == k] @ w[:-1] + w[-1]
        for i in np.flatnonzero(fold == k):
            scores[i] = coded[i] @ w[:-1] + w[-1]
    both = np.concatenate([of_units, *scores])
    truth = np.concatenate([written[1], *marks]) > 0.5
    threshold = best_threshold(truth, both)
    w = of_sentences(np.vstack([written[0], *coded]), np.concatenate([written[1], *marks]))
    if choose is not None:
        threshold = (threshold + best_threshold(choose[1], choose[0] @ w[:-1] + w[-1])) / 2
    w[-1] -= threshold
    rows = [features_of_article(1 / (1 + np.exp(threshold - s)), x[:, -1]) for s, x in zip(scores, coded)]
    long = np.array([len(s) > 5 for s in scores])
    whole, guess = np.array(whole), np.zeros(len(rows))
    for k in range(FOLDS):
        rule = rule_of_articles([rows[i] for i in np.flatnonzero(long & (fold != k))], whole[long & (fold != k)])
        for i in np.flatnonzero(fold == k):
            guess[i] = told(rule, rows[i])
    present = whole > 0.5
    cut = best_threshold(present[long], guess[long], of_kappa)
    rule = rule_of_articles([r for r, one in zip(rows, long) if one], whole[long])
    rule["bias"] -= cut
    older = np.array([r["highest fifth"] for r in rows])[long]
    line = (
        f"{frame[1]}: sentences F1 {f1(truth, both > threshold):.3f}; articles, n {present[long].sum()} of {long.sum()}: "
        f"κ {of_kappa(present[long], guess[long] > cut):.3f}, F1 {f1(present[long], guess[long] > cut):.3f}, at even odds κ "
        f"{of_kappa(present[long], guess[long] > 0):.3f}; by the mean of the highest fifth κ "
        f"{of_kappa(present[long], older > best_threshold(present[long], older, of_kappa)):.3f}"
    )
    return w, rule, line


def main(data):
    """Fits, chooses thresholds, writes sentences.csv and articles.csv, prints what they reach."""
    data, written, coded = Path(data), units(), coded_articles(data)
    x = Features(read_texts([text for _, text in written]))
    articles = [read(text) for text, _, _ in coded]
    own = Features(articles)
    ccf_rows = [r for path in sorted((data / "policy_frames_fr").glob("*.jsonl")) for r in records(path)]
    ccf = Features(read_texts([r["text"] for r in ccf_rows]))
    part = np.array([half(r) for r in ccf_rows])
    table, of_whole = [], []
    for frame in FRAMES:
        labels = np.array([float(frame[1] in names) for names, _ in written])
        marks = [np.array([parts[frame[1]].get(s, 0.0) for s, _ in a.spans]) for a, (_, _, parts) in zip(articles, coded)]
        rows, truth = ccf.as_units(frame), np.array([frame[1] in frames_of(r) for r in ccf_rows])
        choose = (rows[part == "choose"], truth[part == "choose"]) if frame[0] == "policy" else None
        whole = [shares[frame[1]] for _, shares, _ in coded]
        w, rule, line = learned(frame, (x.as_units(frame), labels), own.of(frame), marks, whole, choose)
        print(line, flush=True)
        if choose is not None:
            best = np.array([(s @ w[:-1] + w[-1]).max() for s in ccf.of(frame)])
            cues = np.array([s[:, -1].max() for s in ccf.of(frame)])
            print(*(f"  CCF {k}: F1 {f1(truth[part == k], best[part == k] > 0):.3f}, cues alone {f1(truth[part == k], cues[part == k] >= THRESHOLD):.3f}" for k in ("choose", "publish")))  # fmt: skip
        table.append([*frame, w[-2], w[-1], *w[:-2]])
        of_whole += [(*frame, name, rule[name]) for name in rule]
    FOLDER.mkdir(parents=True, exist_ok=True)
    width = (len(table[0]) - 4) // 2
    columns = ["scheme", "frame", "cues", "bias", *(f"own {i}" for i in range(width)), *(f"around {i}" for i in range(width))]  # fmt: skip
    made = pd.DataFrame(table, columns=columns)
    made[columns[2:]] = made[columns[2:]].astype(float).round(5)
    made.to_csv(FOLDER / "sentences.csv", index=False, lineterminator="\n")
    whole = pd.DataFrame(of_whole, columns=["scheme", "frame", "feature", "weight"]).round(4)
    whole.to_csv(FOLDER / "articles.csv", index=False, lineterminator="\n")
    framing._model.cache_clear(), framing._of_whole.cache_clear()


if __name__ == "__main__":
    main(*sys.argv[1:])
