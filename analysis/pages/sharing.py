"""Which sentences of an article a report may show: the same few on every page, where whole articles are not shared."""

import numpy as np
import pandas as pd

LONGEST = 320  # characters of a passage with what stands around it
_SENTENCES, _SHARED = 8, 0.25  # of an article that may not be shared whole


def judgements(study):
    """The rows of `sentiment` that praise or blame and are not withheld."""
    return study.sentiment[(study.sentiment["label"] != "neutral") & ~study.sentiment["withheld"]]


def shareable(study):
    """The sentences that a report may show where whole articles are not shared: (doc_id, sentence_id), as a set.

    The most marked of each article (loaded words, quotations, conditionals, judgements), at most eight, together a quarter
    of its length; of a long sentence LONGEST characters count, and are shown. The same ones on every page.
    """
    marked = pd.concat(
        [t[["doc_id", "sentence_id"]] for t in (study.loaded_terms, study.quotes, study.hedges, judgements(study))]
    )
    weight = marked.groupby(["doc_id", "sentence_id"]).size().rename("weight").reset_index()
    found = study.sentences[study.sentences["part"] != "title"].merge(weight, on=["doc_id", "sentence_id"])
    found = found.sort_values(["doc_id", "weight", "sentence_id"], ascending=[True, False, True])
    length = (found["end"] - found["start"]).clip(upper=LONGEST).groupby(found["doc_id"])
    allowed = found["doc_id"].map(study.articles.set_index("doc_id")["text"].str.len()).astype(float) * _SHARED
    kept = found[(length.cumsum() <= allowed) & (length.cumcount() < _SENTENCES)]
    return set(zip(kept["doc_id"], kept["sentence_id"]))


def standing_in(table, sentences):
    """Which rows of a table stand in one of these sentences, a set of (doc_id, sentence_id)."""
    return np.array([place in sentences for place in zip(table["doc_id"], table["sentence_id"])], bool)


def what_may_be_shown(study, table):
    """The rows of a table that a report of this study may show with their sentence: all where whole articles are shared."""
    return table if study.settings["share_full_text"] else table[standing_in(table, shareable(study))]


def first_of_each(table):
    """The rows in an order that goes round the articles: the first of every article, then the second of every one, …"""
    turn = table.groupby("doc_id").cumcount().sort_values(kind="stable")
    return table.loc[turn.index]
