"""The tables that are made of all articles together, and not of one after the other: which stories they tell, which text they share.

Made when first asked for, and kept by the content of the articles.
"""

import pyarrow as pa
import pyarrow.parquet as pq

from ..text.places import data_hash, source_hash
from ..text.tables import table
from . import parts, reuse, stories

MADE = {"stories": (stories.COLUMNS, stories.stories), "reuse": (reuse.COLUMNS, reuse.reuse)}


def made(name, articles):
    """One of the tables of `MADE`, computed or as it was kept."""
    columns, function = MADE[name]
    folder = parts.shelf("across", parts.hashed(source_hash("study/stories.py", "study/reuse.py", "text"), data_hash("models/stories")))
    told = articles[["doc_id", "title", "text", "date"]].itertuples(index=False, name=None)
    key = parts.hashed(name, *(value for row in told for value in row))
    part = parts.index(folder).get(key)
    if part is None:
        found = table(columns, function(articles))
        part = parts.keep(folder, [key], {f"{name}.parquet": parts.parquet(pa.Table.from_pandas(found, preserve_index=False))})
    return table(columns, pq.read_table(part / f"{name}.parquet").to_pandas())
