"""The learned part of framing: python -m training.framing DATA, after the encoder was rebuilt. Two minutes, no PyTorch.

A logistic rule per frame over two things: the noisy-or of the lexicon's cues, and the encoder's mean vector of a unit. It
learns from `training/frames/*.txt` alone: units that a language model wrote and labelled for this project, one a line,
"policy labels | generic labels | text". Thresholds: of policy frames, halfway between the best one on these units (five
folds) and the best one on half of CCF (`policy_frames_fr`, the half called "choose"); of generic frames in sentences, the
best one on the units; of generic frames in articles, the best κ on the articles of `tests/gold/wikinews_frames.csv` called
"learn". Nothing is fitted on the halves that are measured. Prints F1 of cues alone, encoder alone, and both.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from analysis.measures.framing import FOLDER, GENERIC, POLICY, THRESHOLD, cue_scores, score_frames
from analysis.reading.article import read_texts
from analysis.reading.encoder import vectors_of
from analysis.study.accuracy.frames import frames_of, half
from analysis.study.accuracy.scores import kappa, records

UNITS = Path(__file__).parent / "frames"
SHORT = {"human": "human_interest", "consequences": "economic_consequences"}
PENALTY, CUES, FOLDS, SEED = 1.0, 20.0, 5, 0  # the first two chosen on the half of CCF called "choose"


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


def features(texts):
    """(vectors, {frame: cues}) of short texts, each as one unit: the mean of its sentences, and its strongest sentence."""
    vectors, cues = [], {f: np.zeros(len(texts)) for f in POLICY + GENERIC}
    for i, article in enumerate(read_texts(texts)):
        vectors.append(vectors_of(article).mean(0))
        for (_, scheme, frame, _), row in cue_scores(article).items():
            if scheme != "metaphor":
                cues[frame][i] = max(cues[frame][i], row["score"])
    return np.array(vectors), cues


def fitted(x, y):
    """Weights and bias (last) of a logistic rule with an L2 penalty."""

    def loss(w):
        z = x @ w[:-1] + w[-1]
        gap = 1 / (1 + np.exp(-z)) - y
        slope = np.append(x.T @ gap / len(y) + PENALTY * w[:-1], gap.mean())
        return (np.logaddexp(0, z) - y * z).mean() + PENALTY * (w[:-1] ** 2).sum() / 2, slope

    return minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x


def f1(truth, guess):
    both = truth.sum() + guess.sum()
    return 2 * (truth & guess).sum() / both if both else 0.0


def best_threshold(truth, scores, measure=f1):
    """The threshold of best F1 (or other measure) among quantiles of the scores."""
    return float(max(np.quantile(scores, np.linspace(0.3, 0.99, 70)), key=lambda q: measure(truth, scores > q)))


def in_folds(x, y):
    """Scores of every unit by a rule that did not see it."""
    fold, found = np.random.default_rng(SEED).integers(0, FOLDS, len(y)), np.zeros(len(y))
    for k in range(FOLDS):
        w = fitted(x[fold != k], y[fold != k].astype(float))
        found[fold == k] = x[fold == k] @ w[:-1] + w[-1]
    return found


def main(data):
    """Fits, chooses thresholds, writes weights.csv and thresholds.csv, prints what it reaches."""
    data, written = Path(data), units()
    x, cues = features([text for _, text in written])
    rows = [r for path in sorted((data / "policy_frames_fr").glob("*.jsonl")) for r in records(path)]
    ccf, ccf_cues = features([r["text"] for r in rows])
    part = np.array([half(r) for r in rows])
    mean, spread = x.mean(0), x.std(0) + 1e-6
    table = []
    for frame in POLICY + GENERIC:
        y = np.array([frame in labels for labels, _ in written])

        def joined(vectors, own, frame=frame):
            return np.column_stack([(vectors - mean) / spread, CUES * own[frame]])

        w = fitted(joined(x, cues), y.astype(float))
        threshold = best_threshold(y, in_folds(joined(x, cues), y))
        if frame in POLICY:
            truth = np.array([frame in frames_of(r) for r in rows])
            scores = joined(ccf, ccf_cues) @ w[:-1] + w[-1]
            on_ccf = best_threshold(truth[part == "choose"], scores[part == "choose"])
            threshold = (threshold + on_ccf) / 2
            alone = fitted((x - mean) / spread, y.astype(float))
            plain = ((ccf - mean) / spread) @ alone[:-1] + alone[-1]
            cut = best_threshold(truth[part == "choose"], plain[part == "choose"])
            told = [f1(truth[part == "publish"], g[part == "publish"]) for g in (ccf_cues[frame] >= THRESHOLD, plain > cut, scores > threshold)]  # fmt: skip
            print(f"{frame}: cues {told[0]:.3f}, encoder {told[1]:.3f}, both {told[2]:.3f}")
        vector = w[:-2] / spread
        bias = w[-1] - threshold - vector @ mean
        table.append(["policy" if frame in POLICY else "generic", frame, CUES * w[-2], bias, *vector])
    FOLDER.mkdir(parents=True, exist_ok=True)
    columns = ["scheme", "frame", "cues", "bias", *(f"v{i}" for i in range(x.shape[1]))]
    made = pd.DataFrame(table, columns=columns)
    made[columns[2:]] = made[columns[2:]].astype(float).round(5)
    made.to_csv(FOLDER / "weights.csv", index=False, lineterminator="\n")
    choose_for_articles(data)


def choose_for_articles(data):
    """Writes thresholds.csv: from which mean of its highest fifth of sentences an article carries a generic frame."""
    pd.DataFrame({"frame": GENERIC, "articles": THRESHOLD}).to_csv(FOLDER / "thresholds.csv", index=False)
    coded = pd.read_csv(Path(__file__).parent.parent / "tests" / "gold" / "wikinews_frames.csv").query(
        "part == 'learn'"
    )
    texts = {r["doc_id"]: r["text"] for path in (data / "wikinews_fr").glob("*.jsonl") for r in records(path)}
    scores = score_frames([texts[d] for d in coded["doc_id"]]).query("scheme == 'generic'")
    chosen = []
    for frame in GENERIC:
        own = scores[scores["frame"] == frame].sort_values("text_id")["score"].to_numpy()
        truth = coded[f"{frame}_A"].to_numpy() == 1
        chosen.append(round(best_threshold(truth, own, lambda t, g: kappa(list(zip(t, g)))), 3))
    pd.DataFrame({"frame": GENERIC, "articles": chosen}).to_csv(
        FOLDER / "thresholds.csv", index=False, lineterminator="\n"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
