"""What was computed before of some articles, taken from the cache part by part: their parses, the encoder's states."""

from collections import defaultdict

import pyarrow.parquet as pq

from . import parts, work

_OPEN = 4  # parts that are held open: batches follow the order of parts, but for what came later


def shelves():
    """{kind: folder} of what is kept beside the tables themselves."""
    return {kind: parts.shelf(kind, work.made_by(kind)) for kind in ("readings", "encoded")}


def knower(*, states=True):
    """A function from a batch (list of dicts) to the same with parse, vectors, words and logits where they were computed before.

    states: whether the encoder's are wanted.
    """
    places = {kind: _parts_of(folder) for kind, folder in shelves().items() if states or kind == "readings"}
    opened = {}

    def rows(kind, key):
        for part in places.get(kind, {}).get(key, ()):
            if part not in opened:
                while len(opened) >= _OPEN:
                    opened.pop(next(iter(opened)))
                opened[part] = _by_key(part / f"{kind}.parquet")
            yield from opened[part].get(key, ())

    def known(batch):
        made = []
        for job in batch:
            key, found = job["text_key"], {"logits": {}}
            for row in rows("readings", key):
                found["parse"] = row["parse"]
            for row in rows("encoded", key):
                what = found if row["targets"] in ("vectors", "words") else found["logits"]
                what[row["targets"]] = row["content"]
            made.append(job | found)
        return made

    return known


def _parts_of(folder):
    """{text_key: parts that hold something of it}."""
    found = defaultdict(list)
    for key, part in parts.index(folder).items():
        places = found[key.partition(":")[0]]
        if part not in places:
            places.append(part)
    return found


def _by_key(path):
    """{key: rows} of a part's table; nothing of one that can't be read: it is computed anew."""
    made = defaultdict(list)
    try:
        for row in pq.read_table(path).to_pylist():
            made[row[parts.KEY]].append(row)
    except (OSError, ValueError):
        return {}
    return made
