"""A passage as a citation: its words, and where they stand, to be pasted into a paper."""

import pandas as pd

from ..pages.corpus import OUTLET_UNKNOWN
from ..study.corrections import as_record
from ..text.language import day, named, tr
from ..text.typography import french_spaces

_LONGEST = 600  # characters of a passage that is cited whole


def citation(study, row):
    """The passage of a row as a citation: the sentences that hold it, outlet, author, title, date, address, and doc_id with the offsets by which anyone finds it.

    row: a row of any table with doc_id, start, end (a Series, a dict, a table of one). What is longer than 600 characters is cut at a word, and says so.
    Raises ValueError for a row without a place.
    """
    row = as_record(row)
    if row["doc_id"] not in set(study.articles["doc_id"]):
        raise ValueError(f"no article {row['doc_id']!r} in this study: the row must be one of its tables")
    if pd.isna(row["start"]):
        raise ValueError(f"this row of {row['doc_id']!r} has no place in the text: nothing to cite")
    article = study.articles.set_index("doc_id").loc[row["doc_id"]]
    around = study.sentences[(study.sentences["doc_id"] == row["doc_id"]) & (study.sentences["end"] > row["start"]) & (study.sentences["start"] < row["end"])]
    start, end = (int(min(around["start"].min(), row["start"])), int(max(around["end"].max(), row["end"]))) if len(around) else (int(row["start"]), int(row["end"]))
    words = " ".join(article["text"][start:end].split())
    words = words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + " […]"
    told = [
        named(article["outlet"] if isinstance(article["outlet"], str) else OUTLET_UNKNOWN),
        article["author"] if isinstance(article["author"], str) else None,
        tr("« {words} »", words=article["title"]) if isinstance(article["title"], str) else None,
        day(article["date"]) if pd.notna(article["date"]) else None,
        article["url"] if isinstance(article["url"], str) else None,
        f"{row['doc_id']}, {start}–{end}",
    ]
    return f"« {french_spaces(words)} » (" + ", ".join(t for t in told if t) + ")"
