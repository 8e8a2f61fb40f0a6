"""Headline, lead and body: what each says, laid against the others within the same article."""

import re

import pandas as pd

from ..text.typography import n_words
from .statistics import contrast, ratio_interval

PARTS = ("title", "lead", "body")
_STEM, _DOUBTS = 6, re.compile(r"\b(?:soup[çc]onn?|présum|accus|rumeur|suspect|possible|probable|peut-être|menac)", re.I)
MEASURES = ("judged", "negative", "loaded", "quoted", "press_conditional", "named")


def counted(study, measure):
    """doc_id, part, numerator, denominator of a measure: one row per article and part that it has.

    judged, negative, press_conditional, named: sentences, of all of the part; loaded: terms, of 100 words; quoted: words, of all.
    Raises ValueError for another word.
    """
    if measure not in MEASURES:
        raise ValueError(f"measure is {measure!r}: one of {', '.join(MEASURES)}")
    sentences = study.sentences[["doc_id", "sentence_id", "start", "end", "part"]]
    text = dict(zip(study.articles["doc_id"], study.articles["text"]))
    if measure in ("loaded", "quoted"):
        words = sentences.assign(denominator=[n_words(text[d][a:b]) for d, a, b in zip(sentences["doc_id"], sentences["start"], sentences["end"])])
        bottom = words.groupby(["doc_id", "part"])["denominator"].sum() / (100 if measure == "loaded" else 1)
        rows = rows_of(study, measure)[["doc_id", "sentence_id", "start", "end"]]
        own = rows.assign(numerator=1.0 if measure == "loaded" else [n_words(text[d][a:b]) for d, a, b in zip(rows["doc_id"], rows["start"], rows["end"])])
    else:
        bottom = sentences.groupby(["doc_id", "part"]).size().astype(float)
        own = rows_of(study, measure)[["doc_id", "sentence_id"]].drop_duplicates().assign(numerator=1.0)
    own = own.merge(sentences[["doc_id", "sentence_id", "part"]], on=["doc_id", "sentence_id"])
    made = pd.DataFrame({"denominator": bottom}).join(own.groupby(["doc_id", "part"])["numerator"].sum())
    return made.fillna({"numerator": 0.0}).reset_index()[["doc_id", "part", "numerator", "denominator"]]


def rows_of(study, measure):
    """The rows behind a measure: loaded terms, quotes, hedges, mentions or judgements."""
    if measure in ("loaded", "quoted"):
        return study.loaded_terms if measure == "loaded" else study.quotes
    if measure == "press_conditional":
        return study.hedges[study.hedges["type"] == "press_conditional"]
    if measure == "named":
        return study.mentions[study.mentions["actor"].notna()]
    rows = study.sentiment[~study.sentiment["withheld"]]
    return rows[rows["label"] == "negative"] if measure == "negative" else rows[rows["label"] != "neutral"]


def by_part(study, of=MEASURES):
    """One row per measure and part: n (articles that have it), value, low, high (95 %, bootstrapped over articles), and against the body of the
    same articles: difference, difference_low, difference_high (missing of the body, and for fewer than three articles).
    """
    rows = []
    for measure in of:
        wide = counted(study, measure).pivot(index="doc_id", columns="part", values=["numerator", "denominator"])
        for part in PARTS:
            if ("numerator", part) in wide:
                rows.append({"measure": measure, "part": part, **_row(wide, part)})
    columns = ["measure", "part", "n", "value", "low", "high", "difference", "difference_low", "difference_high"]
    return pd.DataFrame(rows, columns=columns)


def _row(wide, part):
    own = wide[[("numerator", part), ("denominator", part)]].dropna().to_numpy()
    found = {"n": len(own)} | dict(zip(("value", "low", "high"), ratio_interval(*own.T)))
    if part == "body" or ("numerator", "body") not in wide:
        return found
    both = wide[[("numerator", part), ("denominator", part), ("numerator", "body"), ("denominator", "body")]].dropna().to_numpy()
    return found | dict(zip(("difference", "difference_low", "difference_high"), contrast(both)))


def bolder(study):
    """The articles whose title states what their text only reports: doc_id, title, start, end (of the hedge's sentence), marker, event.

    The title has no hedge, and holds a word of the stem of a verb that the text has in the conditional of the unverified, and another word of what
    stands there. By six letters, so a hint that asks to be read, not a count of faults.
    """
    text, named = dict(zip(study.articles["doc_id"], study.articles["text"])), dict(zip(study.articles["doc_id"], study.articles["title"]))
    part = dict(zip(zip(study.sentences["doc_id"], study.sentences["sentence_id"]), study.sentences["part"]))
    hedged = {(r.doc_id) for r in study.hedges.itertuples() if part.get((r.doc_id, r.sentence_id)) == "title"}
    spans = dict(zip(zip(study.sentences["doc_id"], study.sentences["sentence_id"]), zip(study.sentences["start"], study.sentences["end"])))
    rows = []
    for row in study.hedges[(study.hedges["type"] == "press_conditional") & (study.hedges["form"] == "verb")].itertuples():
        heading = named.get(row.doc_id)
        if row.doc_id in hedged or not isinstance(heading, str) or "?" in heading or pd.isna(row.event_start) or part.get((row.doc_id, row.sentence_id)) == "title":
            continue
        event = text[row.doc_id][row.event_start : row.event_end]
        last, words = row.marker.split()[-1].casefold(), heading.casefold().replace("’", "'").replace("'", " ").split()
        if not _DOUBTS.search(heading) and any(w == last or len(min(w, last, key=len)) >= _STEM and w[:_STEM] == last[:_STEM] for w in words):
            start, end = spans[row.doc_id, row.sentence_id]
            said = set(_stems(text[row.doc_id][start:end]))
            if not any(w[:_STEM] != last[:_STEM] and w[:_STEM] in said for w in _stems(heading)):
                continue  # the title speaks of another event
            rows.append({"doc_id": row.doc_id, "title": heading, "start": start, "end": end, "marker": row.marker, "event": event})
    return pd.DataFrame(rows, columns=["doc_id", "title", "start", "end", "marker", "event"]).drop_duplicates(["doc_id", "start"], ignore_index=True)


def _stems(words):
    """The words of four letters and more of a text, by their first six."""
    return [w[:_STEM] for w in re.findall(r"\w+", words.casefold()) if len(w) >= 4]
