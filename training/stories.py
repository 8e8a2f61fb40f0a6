"""Whether two articles tell of one event: `python -m training.stories DATA`, from pairs coded by hand (`training/stories/pairs.csv`), in a minute.

DATA holds `wikinews_fr/articles.jsonl`. Writes `analysis/models/stories/`: weights.json, and words.csv, in how many of these articles a word stands.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.study import stories

PAIRS = Path(__file__).parent / "stories" / "pairs.csv"
LEAST = 5  # articles from which on a word is kept
FOLDS = 5


def corpus_of(data):
    """(articles in the order of time, their Corpus)."""
    articles = pd.read_json(Path(data) / "wikinews_fr" / "articles.jsonl", lines=True)
    articles = articles.assign(date=pd.to_datetime(articles["date"])).sort_values(["date", "doc_id"], ignore_index=True)
    return articles, stories.Corpus(stories.words_of(row) for row in articles.itertuples())


def background(corpus):
    """Writes in how many articles each word stands."""
    rows = [{"word": w, "articles": int(n)} for w, n in sorted(zip(corpus.words, corpus.spread)) if n >= LEAST]
    pd.DataFrame(rows).to_csv(stories._FOLDER / "words.csv", index=False)


def learnt(corpus, places, pairs):
    """The model of the pairs to learn from."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import f1_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    own = pairs[(pairs["part"] == "learn") & pairs["first"].isin([0, 1])]
    found = [stories.features(corpus, places[a], places[b]) for a, b in zip(own["doc_id"], own["other_doc_id"])]
    x, y = np.array([f for f in found if f]), own["first"].to_numpy()[[f is not None for f in found]]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.5))
    folds = [cross_val_predict(model, x, y, cv=StratifiedKFold(FOLDS, shuffle=True, random_state=s), method="predict_proba")[:, 1] for s in range(5)]
    scores = {round(t, 2): np.mean([f1_score(y, p > t) for p in folds]) for t in np.arange(0.1, 0.8, 0.05)}
    threshold = float(max(t for t, f in scores.items() if f > max(scores.values()) - 0.01))  # of those as good, the surest
    scale, logit = model.fit(x, y)
    weights = logit.coef_[0] / scale.scale_
    print({k: round(v, 3) for k, v in scores.items()})
    return {
        "background": len(corpus.read), "threshold": threshold, "others": 0.04,
        "intercept": round(float(logit.intercept_[0] - (weights * scale.mean_).sum()), 4),
        "weights": dict(zip(stories.FEATURES, map(lambda w: round(float(w), 4), weights))),
    }  # fmt: skip


def main(data):
    articles, corpus = corpus_of(data)
    background(corpus)
    (stories._FOLDER / "weights.json").write_text(json.dumps({"background": len(corpus.read)}))
    stories._background.cache_clear(), stories._model.cache_clear()
    articles, corpus = corpus_of(data)
    places = {d: i for i, d in enumerate(articles["doc_id"])}
    made = learnt(corpus, places, pd.read_csv(PAIRS))
    (stories._FOLDER / "weights.json").write_text(json.dumps(made, indent=1) + "\n")
    print(json.dumps(made, indent=1))


if __name__ == "__main__":
    main(sys.argv[1])
