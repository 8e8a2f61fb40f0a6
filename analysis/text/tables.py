"""The tables that flow through the kit: the types of their columns, and how one is made.

Whoever makes a table declares its columns beside it, as `TABLES = {"name": {column: type}}`: the importers their articles
and problems, the reading its sentences and tokens, each measure its own (see :func:`analysis.measures.running.tables`).
Offsets (`start`, `end`) count characters of `articles.text`, end excluded.
"""

import os

import pandas as pd
import pyarrow as pa

TEXT, WHOLE, NUMBER, YESNO, DATE = "str", "Int64", "float64", "bool", "datetime64[ns]"
PLACE = {"doc_id": TEXT, "sentence_id": WHOLE, "start": WHOLE, "end": WHOLE}
_ON_DISK = {
    TEXT: pa.large_string(), WHOLE: pa.int64(), NUMBER: pa.float64(), YESNO: pa.bool_(), DATE: pa.timestamp("ns"),
}  # fmt: skip


def table(columns, rows=(), *, text_id=False):
    """A DataFrame with these columns and types, so that a table without rows is like a full one.

    columns: {name: type}. rows: dicts (or a DataFrame); a column that a row lacks is missing there, one that was not
    declared comes last. text_id: the rows come from bare texts, so a `text_id` (position in the list) stands in the place
    of `doc_id`.
    """
    if text_id:
        columns = {"text_id": WHOLE} | {c: t for c, t in columns.items() if c != "doc_id"}
    frame = pd.DataFrame(list(rows) if not isinstance(rows, pd.DataFrame) else rows)
    extra = [c for c in frame.columns if c not in columns and c != "doc_id"]
    made = {c: _typed(frame[c] if c in frame else pd.Series([None] * len(frame)), t) for c, t in columns.items()}
    return pd.DataFrame(made | {c: frame[c] for c in extra}).reset_index(drop=True)


def arrow_table(columns, rows):
    """The same as a pyarrow table, straight from dicts: what is kept on disk. A yes/no that a row lacks is no."""
    made = {c: _column([r.get(c) for r in rows], t) for c, t in columns.items()}
    return pa.table(made, schema=pa.schema([(c, _ON_DISK[t]) for c, t in columns.items()]))


def _column(values, kind):
    if kind == YESNO:
        return pa.array([bool(v) for v in values], pa.bool_())
    return pa.array([None if v is None or v != v else v for v in values], _ON_DISK[kind])


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


def harmless(value):
    """A cell that no spreadsheet takes for a formula."""
    return "'" + value if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def write_whole(frame, path):
    """Writes a table as CSV, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    frame.to_csv(unfinished, index=False, lineterminator="\n", encoding="utf-8")
    unfinished.replace(path)
