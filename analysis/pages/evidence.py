"""Behind the judgements: the words that moved a score, and the sentences that model and rules judge otherwise."""

import json

import pandas as pd

from ..measures.sentiment import explain_targets
from ..reading.encoder import fingerprint
from ..study import parts
from ..text.language import name, signed, tr
from ..text.places import source_hash
from .sharing import what_may_be_shown
from .treatment import judged


def explained(study, *, most=8):
    """The surest polar judgements with the words that moved them most: actor, label, polarity, words, sentence."""
    found = judged(study).sort_values("polarity", key=lambda p: -p.abs(), kind="stable")
    found = what_may_be_shown(study, found).head(most)
    sentences, spans = _sentences_of(study, found)
    moved = _moved(sentences, spans)
    told = pd.Series(
        [tr("{word} ({effect})", word=r.word, effect=signed(r.effect)) for r in moved.itertuples()],
        index=moved["text_id"].to_numpy(),
        dtype="object",
    )
    words = [", ".join(told[told.index == i]) for i in range(len(found))]
    made = found[["actor", "label", "polarity"]].assign(words=words, sentence=[s[:160] for s in sentences])
    return made.reset_index(drop=True)


def _moved(sentences, spans):
    """What `explain_targets` says of these sentences, kept: the encoder reads each of them once for every word it holds."""
    code = source_hash("measures/sentiment.py", "reading/encoder.py")
    shelf, key = parts.shelf("explained", f"{fingerprint()}-{code}"), parts.hashed(json.dumps([sentences, spans]))
    part = parts.index(shelf).get(key)
    if part is None:
        part = parts.keep(shelf, [key], {"words.parquet": explain_targets(sentences, spans).to_parquet()})
    return pd.read_parquet(part / "words.parquet")


def _sentences_of(study, rows):
    """(the sentence of each row, where in it the row's actor is named)."""
    places = study.sentences[study.sentences["doc_id"].isin(rows["doc_id"])].set_index(["doc_id", "sentence_id"])
    texts = study.articles[study.articles["doc_id"].isin(rows["doc_id"])].set_index("doc_id")["text"]
    where = [tuple(places.loc[place, ["start", "end"]]) for place in zip(rows["doc_id"], rows["sentence_id"])]
    sentences = [texts[d][a:b] for d, (a, b) in zip(rows["doc_id"], where)]
    spans = [(int(max(0, s - a)), int(min(e, b) - a)) for s, e, (a, b) in zip(rows["start"], rows["end"], where)]
    return sentences, spans


def disputed(study):
    """The rows of `sentiment` that the model calls positive and the rules negative, or the reverse, with a tag.

    Such judgements are withheld; here are those that the model by itself holds for more likely than not.
    """
    rows = study.sentiment
    against = (rows["label"] != "neutral") & (rows["by_rule"] != "neutral") & (rows["label"] != rows["by_rule"])
    found = rows[against & (rows[["negative", "positive"]].max(axis=1) >= 0.5)]
    told = [
        tr("{actor}: {label}, by rule {other}", actor=r.actor, label=name(r.label), other=name(r.by_rule))
        for r in found.itertuples()
    ]
    return found.assign(tag=pd.Series(told, index=found.index, dtype="str"))
