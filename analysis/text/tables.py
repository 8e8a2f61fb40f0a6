"""The tables that flow through the kit: their columns, their types, and how one is made.

Every table of a study is built by :func:`table`, so that a table without rows has the same
columns and types as a full one. Offsets (`start`, `end`) count characters of `articles.text`,
end excluded.
"""

import pandas as pd

TEXT, WHOLE, NUMBER, YESNO, DATE = "str", "Int64", "float64", "bool", "datetime64[ns]"
_PLACE = {"doc_id": TEXT, "sentence_id": WHOLE, "start": WHOLE, "end": WHOLE}

COLUMNS = {
    "articles": {
        "doc_id": TEXT,
        "outlet": TEXT,
        "edition": TEXT,
        "channel": TEXT,
        "author": TEXT,
        "date": DATE,
        "section": TEXT,
        "page": TEXT,
        "length": WHOLE,
        "title": TEXT,
        "text": TEXT,
        "url": TEXT,
        "language": TEXT,
        "source_file": TEXT,
        "n_words": WHOLE,
        "duplicate_group": TEXT,
        "lead_end": WHOLE,
        "furniture": TEXT,
    },
    "sentences": _PLACE | {"part": TEXT},
    "tokens": {
        "doc_id": TEXT,
        "sentence_id": WHOLE,
        "token_id": WHOLE,
        "start": WHOLE,
        "end": WHOLE,
        "lemma": TEXT,
        "pos": TEXT,
        "morph": TEXT,
        "dep": TEXT,
        "head": WHOLE,
    },
    "mentions": _PLACE | {"surface": TEXT, "actor": TEXT, "kind": TEXT, "role": TEXT},
    "quotes": {"doc_id": TEXT, "quote_id": WHOLE, "sentence_id": WHOLE, "start": WHOLE, "end": WHOLE}
    | {
        "kind": TEXT,
        "closed": YESNO,
        "speaker": TEXT,
        "speaker_actor": TEXT,
        "cue": TEXT,
        "cue_stance": TEXT,
    },
    "scare_quotes": _PLACE,
    "hedges": _PLACE
    | {
        "marker": TEXT,
        "form": TEXT,
        "type": TEXT,
        "event_start": WHOLE,
        "event_end": WHOLE,
        "actor": TEXT,
        "source": TEXT,
    },
    "loaded_terms": _PLACE
    | {
        "term": TEXT,
        "category": TEXT,
        "intensity": WHOLE,
        "voice": TEXT,
        "speaker": TEXT,
        "speaker_actor": TEXT,
        "target_actor": TEXT,
    },
    "frames": {
        "doc_id": TEXT,
        "level": TEXT,
        "sentence_id": WHOLE,
        "scheme": TEXT,
        "frame": TEXT,
        "score": NUMBER,
        "cues": NUMBER,
        "present": YESNO,
        "start": WHOLE,
        "end": WHOLE,
        "voice": TEXT,
        "speaker_actor": TEXT,
        "target": TEXT,
    },
    "sentiment": {
        "doc_id": TEXT,
        "sentence_id": WHOLE,
        "actor": TEXT,
        "start": WHOLE,
        "end": WHOLE,
        "n_mentions": WHOLE,
        "negative": NUMBER,
        "neutral": NUMBER,
        "positive": NUMBER,
        "polarity": NUMBER,
        "label": TEXT,
        "withheld": YESNO,
        "because": TEXT,
        "by_rule": TEXT,
        "voice": TEXT,
        "speaker_actor": TEXT,
        "baseline": NUMBER,
    },
    "agency": _PLACE
    | {
        "agent": TEXT,
        "verb": TEXT,
        "patient": TEXT,
        "construction": TEXT,
        "negated": YESNO,
        "agent_actor": TEXT,
        "patient_actor": TEXT,
    },
    "problems": {"source_file": TEXT, "doc_id": TEXT, "what": TEXT, "why": TEXT},
}


def table(name, rows=(), *, text_id=False):
    """A DataFrame with the columns and types of the table `name`.

    rows: dicts (or a DataFrame); a column that a row lacks is missing there. text_id: the rows come
    from bare texts, so a `text_id` (position in the list) stands in the place of `doc_id`.
    Raises KeyError for an unknown table.
    """
    columns = COLUMNS[name]
    if text_id:
        columns = {"text_id": WHOLE} | {c: t for c, t in columns.items() if c != "doc_id"}
    frame = pd.DataFrame(list(rows) if not isinstance(rows, pd.DataFrame) else rows)
    extra = [c for c in frame.columns if c not in columns and c != "doc_id"]
    made = {c: _typed(frame[c] if c in frame else pd.Series([None] * len(frame)), t) for c, t in columns.items()}
    return pd.DataFrame(made | {c: frame[c] for c in extra}).reset_index(drop=True)


def by_document(table):
    """{doc_id: records} of a table, for lookups by place."""
    return {d: g.to_dict("records") for d, g in table.groupby(table.columns[0])}


def _typed(values, kind):
    if kind == DATE:
        return pd.to_datetime(values, errors="coerce").astype(DATE)
    if kind == YESNO:
        return values.fillna(False).astype(bool) if len(values) else values.astype(bool)
    if kind == NUMBER:
        return pd.to_numeric(values).astype("float64")
    return values.astype(kind)
