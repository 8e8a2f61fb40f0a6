"""Near-copies: texts that several outlets print nearly word for word."""

import hashlib

import numpy as np
import pandas as pd

from .metadata import bare

_SKETCH, _BAND = 64, 6


def duplicate_groups(articles, *, similarity=0.7):
    """For each article the first doc_id of its group of near-copies, else missing.

    Texts are compared by MinHash over their five-word shingles (Broder 1997): pairs that agree on one band of the sketch are
    candidates, and near-copies where the sketches agree on `similarity` of their values; groups are what such pairs connect.
    """
    if len(articles) < 2:
        return pd.Series([None] * len(articles), index=articles.index, dtype="object")
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    sketches = np.array([_sketch(text) for text in articles["text"]]).reshape(-1, _SKETCH)
    pairs = {
        pair
        for band in range(0, _SKETCH - _BAND + 1, _BAND)
        for pair in _consecutive(sketches[:, band : band + _BAND])
        if (sketches[pair[0]] == sketches[pair[1]]).mean() >= similarity
    }
    one, other = np.array(sorted(pairs), dtype=int).reshape(-1, 2).T
    n = len(articles)
    group = connected_components(coo_array((np.ones(len(one)), (one, other)), shape=(n, n)), directed=False)[1]
    group = pd.Series(group, index=articles.index)
    first = articles["doc_id"].groupby(group).transform("first")
    return first.where(group.duplicated(keep=False))


def _sketch(text):
    from datasketch import MinHash

    words = bare(text).split()
    sketch = MinHash(num_perm=_SKETCH, hashfunc=_hash)
    sketch.update_batch([" ".join(words[i : i + 5]).encode() for i in range(max(1, len(words) - 4))])
    return sketch.hashvalues.astype("uint32")


def _consecutive(band):
    """Pairs of rows with the same values in a band, each row with the next one that has them."""
    alike = pd.DataFrame(np.ascontiguousarray(band)).groupby(list(range(band.shape[1])), sort=False).ngroup()
    order = np.argsort(alike.to_numpy(), kind="stable")
    same = np.flatnonzero(np.diff(alike.to_numpy()[order]) == 0)
    return zip(order[same].tolist(), order[same + 1].tolist())


def without_copies(articles):
    """The articles with each group of near-copies reduced to its first: a text that several outlets ran counts once."""
    copy = articles["duplicate_group"].notna() & (articles["duplicate_group"] != articles["doc_id"])
    return articles[~copy].reset_index(drop=True)


def _hash(data):
    return int.from_bytes(hashlib.blake2b(data, digest_size=4).digest(), "big")
