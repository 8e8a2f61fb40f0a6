"""What was computed is kept in parts: a folder each, with Parquet tables and a list of what they hold.

A part is written whole or not at all, under a name that follows from what is in it, below a folder named by all that made it
(code, lexicons, models, catalogue). So a run that was killed, one article more, or two runs at once on one cache cost
nothing but what is missing, and harm nothing.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
import uuid
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ..text.places import cache_folder

KEY = "_key"
_INDEX = "index.json"
_STALE = 3600 * 24  # seconds after which what a killed run left half-written is removed


def hashed(*made_of):
    """A short hash of some strings, in order."""
    joined = "\x1e".join("" if m is None else str(m) for m in made_of)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def shelf(kind, made_by):
    """The folder of the parts of one kind that were made by the same things."""
    return cache_folder() / kind / made_by


def index(folder):
    """{key: part} of every part that is whole; damaged ones are removed, so that what they held is computed anew."""
    found = {}
    for place in (folder, *([_for_now(folder)] if _temporary.cache_info().currsize else [])):
        for part in sorted(place.glob("*")) if place.is_dir() else ():
            keys = _keys(part)
            if keys is None:
                _cleared(part)
            for key in keys or ():
                found.setdefault(key, part)
    return found


def _keys(part):
    """What a part holds; None where it is not whole."""
    try:
        listed = json.loads((part / _INDEX).read_text(encoding="utf-8"))
        whole = all((part / file).stat().st_size == size for file, size in listed["sizes"].items())
        return listed["keys"] if whole else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _cleared(part):
    """Removes a damaged part, and what was left half-written long ago: another run may be at it."""
    try:
        if ".unfinished-" not in part.name or time.time() - part.stat().st_mtime > _STALE:
            shutil.rmtree(part, ignore_errors=True)
    except OSError:
        pass


def keep(folder, keys, files):
    """Writes a part, {file name: bytes}, and returns its folder.

    Where the cache can't be written, parts go to a temporary folder of this process, and a warning says so once. Raises
    RuntimeError where that can't be written either.
    """
    try:
        return _written(folder, keys, files)
    except OSError as error:
        _warn(cache_folder(), error.strerror or str(error))
    try:
        return _written(_for_now(folder), keys, files)
    except OSError as error:
        raise RuntimeError(
            f"no place to keep what was computed: {cache_folder()} and {tempfile.gettempdir()} can't be written "
            f"({error.strerror}); free some space, or name another folder in $CADRAGE_CACHE"
        ) from error


def _written(folder, keys, files):
    part = folder / hashed(*keys)
    unfinished = folder / f"{part.name}.unfinished-{uuid.uuid4().hex[:12]}"
    try:
        unfinished.mkdir(parents=True)
        for name, content in files.items():
            (unfinished / name).write_bytes(content)
        listed = {"keys": list(keys), "sizes": {name: len(content) for name, content in files.items()}}
        (unfinished / _INDEX).write_text(json.dumps(listed), encoding="utf-8")
        _renamed(unfinished, part)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return part


def _renamed(unfinished, part):
    try:
        os.replace(unfinished, part)
    except OSError:
        if _keys(part) is None:  # nothing whole stands there; else another run was faster, with the same content
            shutil.rmtree(part, ignore_errors=True)
            os.replace(unfinished, part)


@cache
def _temporary():
    """A folder of this process for parts that the cache doesn't take; it goes with the process."""
    return tempfile.TemporaryDirectory(prefix="cadrage-", ignore_cleanup_errors=True)


def _for_now(folder):
    return Path(_temporary().name) / hashed(str(folder))


@cache
def _warn(folder, why):
    warnings.warn(
        f"{folder} can't be written ({why}): what is computed now is kept for this session only", stacklevel=4
    )


def parquet(table):
    """The bytes of a pyarrow table as Parquet."""
    made = pa.BufferOutputStream()
    pq.write_table(table, made, compression="zstd")
    return made.getvalue().to_pybytes()


@dataclass(frozen=True)
class Stored:
    """The tables of a study where they lie: {part: its keys that count, or None for all}, and {key: its place in the study}."""

    parts: dict
    order: dict

    def load(self, name):
        """A table as a pyarrow table, article by article in the study's order; without rows where no part has it."""
        found = list(self.each(name))
        if not found:
            return None
        table = pa.concat_tables(found)
        if KEY not in table.column_names:
            return table
        places = pd.Series(table.column(KEY).to_pandas().map(self.order).to_numpy())
        return table.drop_columns([KEY]).take(places.argsort(kind="stable").to_numpy())

    def each(self, name):
        """The same, part by part as they lie, with the keys."""
        for part, keys in self.parts.items():
            if (found := _read(part, name, keys)) is not None:
                yield found

    def count(self, name):
        """How many rows a table has, from what its files say of themselves where all of a part counts."""
        total = 0
        for part, keys in self.parts.items():
            path = part / f"{name}.parquet"
            if path.exists():
                whole = keys is None or len(keys) == len(_keys(part) or ())
                total += pq.read_metadata(path).num_rows if whole else _read(part, name, keys).num_rows
        return total

    def view(self, connection, name):
        """Makes a view of that name in a DuckDB connection, over the parts themselves."""
        files = [str(part / f"{name}.parquet") for part in self.parts if (part / f"{name}.parquet").exists()]
        if not files:
            return False
        rows, kept = f"read_parquet({files!r}, filename=true)", "exclude (filename)"
        if self.order:
            placed = [(str(part), key) for part, keys in self.parts.items() for key in keys]
            connection.register("_placed", pd.DataFrame(placed, columns=["part", "key"]))
            connection.execute("create temp table if not exists placed as select * from _placed")
            kept = f"exclude (filename, {KEY})"
            rows += f" where (parse_dirpath(filename), {KEY}) in (select (part, key) from placed)"
        connection.execute(f"create temp view {name} as select * {kept} from {rows}")
        return True


def _read(part, name, keys):
    path = part / f"{name}.parquet"
    if not path.exists():
        return None
    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowException) as error:
        shutil.rmtree(part, ignore_errors=True)
        raise RuntimeError(f"{path} was damaged and is removed: run this again, it will be computed anew") from error
    if keys is None or KEY not in table.column_names:
        return table
    import pyarrow.compute as pc

    return table.filter(pc.is_in(table.column(KEY), pa.array(keys, pa.large_string())))
