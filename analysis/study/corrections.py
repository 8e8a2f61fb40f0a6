"""Rows that a researcher put right: `corrections.csv` of a study, laid over what the kit found, and marked wherever it shows.

The kit's own answer is kept beside (`Study.as_found`): what was put right by hand never counts as found by the kit.
"""

import csv
from pathlib import Path

import pandas as pd

from ..measures.framing import GENERIC, POLICY
from ..measures.running import tables as declared
from ..measures.uses import CATEGORIES
from ..reading.encoder import LABELS
from ..text.tables import TEXT, WHOLE, YESNO, table, write_whole

FILE = "corrections.csv"
COLUMNS = {
    "table": TEXT, "doc_id": TEXT, "start": WHOLE, "end": WHOLE, "target": TEXT, "column": TEXT, "value": TEXT, "who": TEXT, "why": TEXT,
    "words": TEXT,
}  # fmt: skip
BY_HAND = "by_hand"  # the column that marks the rows put right
WRONG = "wrong"  # the value of a correction without column: the row should not be there
_NEEDED = ["table", "doc_id", "column", "value", "who"]
_NOT_TABLES = {"articles", "sentences", "tokens", "problems", "entities", "roles"}
_PLACES = {"doc_id", "sentence_id", "start", "end", "quote_id", "entity_id"}
_TARGET = {"sentiment": "actor", "frames": "frame"}  # what tells rows of one place apart
_CHOICES = {
    "voice": ["outlet", "quoted"], "label": list(LABELS), "frame": [*GENERIC, *POLICY], ("loaded_terms", "category"): CATEGORIES,
}  # fmt: skip


def read_corrections(folder):
    """The corrections of a study's folder: table, doc_id, start, end, target, column, value, who, why, words; empty without the file.

    column and value: what should stand there; without a column, value "wrong": the row should not be there. target: the actor of
    `sentiment`, the frame of `frames`, where several rows share a place. words: the words at that place, by which it is found again if offsets move.
    Raises ValueError naming the line of a table or column that isn't there, or a value that can't be.
    """
    path = Path(folder) / FILE
    if not path.exists():
        return table(COLUMNS)
    try:
        given = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""], sep=None, engine="python", encoding="utf-8-sig")
    except (pd.errors.ParserError, pd.errors.EmptyDataError, csv.Error, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is no CSV: {error}") from error
    missing = [c for c in _NEEDED if c not in given]
    if missing:
        raise ValueError(f"{path}: it has no column {missing[0]!r}; wanted: {', '.join(COLUMNS)}")
    for i, row in enumerate(given.to_dict("records"), 2):
        try:
            _check(row)
        except ValueError as error:
            raise ValueError(f"{path}, line {i}: {error}") from error
    return table(COLUMNS, given[[c for c in COLUMNS if c in given]])


def _check(row):
    """Raises ValueError for a correction that can't be made."""
    which, column, value = row["table"], row["column"], row["value"]
    if which not in set(declared()) - _NOT_TABLES:
        raise ValueError(f"table is {which!r}: one of {', '.join(t for t in declared() if t not in _NOT_TABLES)}")
    if not isinstance(row["doc_id"], str) or not isinstance(row["who"], str) or not row["who"].strip():
        raise ValueError(f"{'doc_id' if not isinstance(row['doc_id'], str) else 'who'} is missing")
    for place in ("start", "end"):
        if isinstance(row.get(place), str) and not row[place].isdigit():
            raise ValueError(f"{place} is {row[place]!r}: a number of characters")
    if not isinstance(column, str):
        if value != WRONG:
            raise ValueError(f"value is {value!r}: without a column it says {WRONG!r}, that the row should not be there")
        return
    kinds = declared()[which]
    if column in _PLACES or column not in kinds or kinds[column] not in (TEXT, YESNO):
        right = ", ".join(c for c, kind in kinds.items() if kind in (TEXT, YESNO) and c not in _PLACES)
        raise ValueError(f"column is {column!r}: of {which} these can be put right: {right}")
    choices = ["yes", "no"] if kinds[column] == YESNO else _CHOICES.get((which, column), _CHOICES.get(column))
    if choices and value not in choices:
        raise ValueError(f"value is {value!r}: {column} is one of {', '.join(choices)}")


def mended(rows, which, corrections, articles):
    """(a table with its corrections, marked in `by_hand`; rows of `problems` for what was put right or fits nowhere)."""
    own = corrections[corrections["table"] == which]
    if own.empty:
        return rows, []
    rows = rows.assign(**{BY_HAND: False}).reset_index(drop=True)
    texts, told, gone = articles.set_index("doc_id")["text"], [], []
    for correction in own.to_dict("records"):
        at = _row_of(rows, which, correction, texts)
        if at is None:
            told.append(_problem(correction, "not put right", f"no row of {which} stands there any more"))
        elif not isinstance(correction["column"], str):
            gone.append(at)
            told.append(_problem(correction, "set aside", f"a row of {which} is wrong, says {correction['who']}"))
        else:
            _put(rows, at, which, correction)
    return rows.drop(index=gone).reset_index(drop=True), told


def _row_of(rows, which, correction, texts):
    """The index of the row that a correction means, by its place, else by its words where these stand now; None where there is none."""
    target = _TARGET.get(which)
    own = rows[rows["doc_id"] == correction["doc_id"]]
    if target and isinstance(correction["target"], str):
        own = own[own[target] == correction["target"]]
    if pd.isna(correction["start"]):
        own = own[own["level"] == "article"] if "level" in own else own.head(0)
        return own.index[0] if len(own) == 1 else None
    own = own[own["level"] == "sentence"] if "level" in own else own
    start, end, words = int(correction["start"]), int(correction["end"]), correction["words"]
    text = texts.get(correction["doc_id"], "")
    if isinstance(words, str) and text[start:end] != words:
        places = [i for i in range(len(text)) if text.startswith(words, i)]
        if not places:
            return None
        start = min(places, key=lambda i: abs(i - start))
        end = start + len(words)
    there = own[(own["start"] == start) & (own["end"] == end)]
    return there.index[0] if len(there) else None


def _put(rows, at, which, correction):
    column, value = correction["column"], correction["value"]
    kind = declared()[which][column]
    rows.loc[at, column] = value == "yes" if kind == YESNO else value if isinstance(value, str) else None
    rows.loc[at, BY_HAND] = True
    if which == "sentiment" and column == "label":  # a person's word is no probability: all of it
        rows.loc[at, list(LABELS)] = [float(label == value) for label in LABELS]
        rows.loc[at, "polarity"] = float(value == "positive") - float(value == "negative")
        rows.loc[at, "withheld"] = False
    if which == "frames" and column == "present":
        rows.loc[at, "score"] = float(value == "yes")


def _problem(correction, what, why):
    place = "" if pd.isna(correction["start"]) else f", {int(correction['start'])}–{int(correction['end'])}"
    reason = f" ({correction['why']})" if isinstance(correction["why"], str) else ""
    return {"source_file": FILE, "doc_id": correction["doc_id"], "what": what, "why": f"{why}{place}{reason}"}


def correct(study, which, row, column=None, value=WRONG, *, who, why=None, folder=None):
    """Adds a correction to `corrections.csv` of a study's folder (default: the one it was opened from), and returns the study with it; the study given stays
    as it is.

    which: the table; row: one of its rows (a record or a Series with doc_id, start, end); column, value: what should stand there; without
    them the row should not be there. The file is written whole or not at all. Raises ValueError for a correction that can't be made.
    """
    row = _one_row(study, which, row)
    if column is not None and column.endswith("actor") and value not in {None, "", *study.actors["actor"]}:
        raise ValueError(f"{column} is {value!r}: an actor of the study's catalogue, or nothing")
    if row.get("level") == "article":  # its place is that of its best passage, which may change
        row |= {"start": None, "end": None}
    start, end = (None if pd.isna(row.get(place)) else int(row[place]) for place in ("start", "end"))
    text = study.articles.set_index("doc_id")["text"].get(row["doc_id"], "")
    made = {
        "table": which, "doc_id": row["doc_id"], "start": start, "end": end, "target": row.get(_TARGET.get(which, "")), "column": column,
        "value": value, "who": who, "why": why, "words": None if start is None else text[start:end][:200],
    }  # fmt: skip
    if made["words"] is not None and len(made["words"]) < end - start:
        made["words"] = None  # a long stretch is found by its place
    _check(made | {"start": None, "end": None})
    folder = folder or study.folder
    if folder is None or not Path(folder).is_dir():
        raise ValueError(f"folder is {str(folder)!r}: the folder of the study's seeds, where corrections.csv is kept")
    path = Path(folder) / FILE
    known = read_corrections(folder)
    keys = ["table", "doc_id", "start", "end", "target", "column"]
    both = pd.concat([known, table(COLUMNS, [made])], ignore_index=True).drop_duplicates(keys, keep="last", ignore_index=True)
    made = study.with_corrections(both[both["doc_id"].isin(study.articles["doc_id"])])  # one that is refused is not kept
    write_whole(both, path)
    return made


def as_record(row, of="a table"):
    """A row (a table of one, a Series, a named tuple, a dict) as a record with doc_id, start and end. Raises ValueError for what is none; of: its table."""
    if isinstance(row, pd.DataFrame):
        if len(row) != 1:
            raise ValueError(f"one row is wanted, not {len(row)}: table.iloc[0]")
        row = row.iloc[0]
    if isinstance(row, tuple) and hasattr(row, "_asdict"):
        row = row._asdict()
    if not isinstance(row, (dict, pd.Series)) or {"doc_id", "start", "end"} - set(row.keys()):
        raise ValueError(f"a row of {of} is wanted, with doc_id, start and end")
    return dict(row)


def _one_row(study, which, row):
    """A row as a record, one that is in its table. Raises ValueError for what is none."""
    row = as_record(row, which)
    if which in declared() and which not in _NOT_TABLES:
        there = getattr(study, which)
        if not ((there["doc_id"] == row["doc_id"]) & ((there["start"] == row["start"]) | there["start"].isna())).any():
            raise ValueError(f"no row of {which} stands at {row['doc_id']}, {row['start']}–{row['end']}")
    return row
