"""Copied text: passages that articles share word for word, who printed them first, and what of an article is its own.

Words alone count: case, punctuation and quotation marks are put aside. Fingerprints of a few words each (winnowing, after Schleimer,
Wilkerson and Aiken 2003) tell which articles may share a passage, in a time that grows with the words and not with the pairs of articles;
each candidate is then laid word by word against the other text, as far as both go together.
"""

import hashlib
from collections import Counter
from functools import lru_cache

import numpy as np

from ..text.marks import marked
from ..text.tables import TEXT, WHOLE, YESNO, table
from ..text.typography import analysis_copy, word_places

COLUMNS = {
    "doc_id": TEXT, "start": WHOLE, "end": WHOLE, "other_doc_id": TEXT, "other_start": WHOLE, "other_end": WHOLE,
    "n_words": WHOLE, "in_quotes": YESNO,
}  # fmt: skip
FEWEST = 12  # words of a passage
_EDITED = 2  # of these may be edited at its ends
_SHINGLE, _WINDOW = 6, 5  # words of a fingerprint; of so many that follow each other one is kept: 10 words in common are always found
_ALL_PAIRS = 20  # holders of a passage up to which every two are laid against each other; of more, each against the first and the one before
_GAP = 3  # words by which two texts may differ inside a passage
_SHORT, _OWN = 20, (4, 3)  # words below which a passage must have words of its own; how many, below `FEWEST` and from there on
_STOCK = 5  # articles from which on a short passage that is all they share is a turn of phrase
_RARE, _LETTERS = (3, 0.01), 4  # below `FEWEST` a word is its own that so many articles have at most, or this share of them; its letters
_BASE = np.uint64(1099511628211)


def reuse(articles):
    """The passages that two articles share, one row for each passage and two articles: `COLUMNS`.

    doc_id is the article that came later (by date, else by doc_id) and other_doc_id the one that had the words before; start, end and
    other_start, other_end are places in their texts. n_words: of the passage, from `FEWEST`; up to two words at its ends and three
    in a row inside it may differ. in_quotes: whether it stands wholly in quotation marks, and so may be somebody's words that two outlets heard
    rather than copied text. Of a passage that more than twenty articles hold each is laid against the first that had it and the one before.
    Near-copies of whole articles share long passages. A few words that many articles hold are a turn of phrase, and no copy.
    """
    ordered = articles.sort_values(["date", "doc_id"], ignore_index=True, na_position="last")
    texts = ordered["text"].tolist()
    words = _reader(texts)
    found = {}
    for one, at, other, place in _candidates(texts, words):
        spans = found.setdefault((one, other), [])
        if not any(a <= at < b and abs((at - a) - (place - c)) <= _GAP for a, b, c, _ in spans):
            spans.append(_extended(words(one)[0], words(other)[0], at, place))
    rows = [row for pair, spans in found.items() for row in _rows(pair, spans, texts, words, ordered["doc_id"])]
    return _without_stock(table(COLUMNS, rows).sort_values(["doc_id", "start", "other_doc_id"], ignore_index=True), texts, ordered["doc_id"])


def _reader(texts):
    """A function from an article's place to its words as numbers, and where each stands."""

    @lru_cache(maxsize=4096)
    def words(i):
        found = word_places(texts[i])
        return np.array([_number(w) for w, _, _ in found], np.uint64), [(a, b) for _, a, b in found]

    return words


@lru_cache(maxsize=1 << 18)
def _number(word):
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _fingerprints(words):
    """(places, values) of the fingerprints of an article: of each few that follow each other the least."""
    n = len(words) - _SHINGLE + 1
    if n < 1:
        return np.empty(0, np.int32), np.empty(0, np.uint64)
    values = np.zeros(n, np.uint64)
    with np.errstate(over="ignore"):
        for k in range(_SHINGLE):
            values = values * _BASE + words[k : k + n]
        values ^= values >> np.uint64(29)
        values *= np.uint64(0xBF58476D1CE4E5B9)
    if n <= _WINDOW:
        kept = np.array([int(values.argmin())])
    else:
        windows = np.lib.stride_tricks.sliding_window_view(values, _WINDOW)
        kept = np.unique(windows.argmin(1) + np.arange(len(windows)))
    return kept.astype(np.int32), values[kept]


def _candidates(texts, words):
    """(later article, place, earlier article, place) of the fingerprints that articles have in common, in order."""
    made = [_fingerprints(words(i)[0]) for i in range(len(texts))]
    if not made:
        return
    values = np.concatenate([v for _, v in made])
    places = np.concatenate([p for p, _ in made])
    whose = np.repeat(np.arange(len(made), dtype=np.int32), [len(p) for p, _ in made])
    order = np.argsort(values, kind="stable")
    same = np.flatnonzero(values[order][1:] == values[order][:-1])
    edges = np.flatnonzero(np.diff(same, prepend=-2) > 1)
    pairs = []
    for first, last in zip(same[edges], [*same[edges[1:] - 1], *same[-1:]]):
        held = order[first : last + 2]
        holders = held[np.unique(whose[held], return_index=True)[1]]
        few = len(holders) <= _ALL_PAIRS
        pairs += [(whose[b], places[b], whose[a], places[a]) for i, b in enumerate(holders) for a in (holders[:i] if few else {holders[0], holders[i - 1]} if i else ())]
    yield from sorted(tuple(map(int, pair)) for pair in pairs)


def _extended(one, other, at, place):
    """(first, last + 1, first in the other, last + 1 in the other) of the passage that goes through a common place, over small edits."""
    a, c = _reach(one[:at][::-1], other[:place][::-1])
    b, d = _reach(one[at + _SHINGLE :], other[place + _SHINGLE :])
    return at - a, at + _SHINGLE + b, place - c, place + _SHINGLE + d


def _reach(one, other):
    """How far two runs of words go together: over a few that differ where as many again agree right after."""
    i = j = 0
    while True:
        n = min(len(one) - i, len(other) - j)
        differ = np.flatnonzero(one[i : i + n] != other[j : j + n]) if n else []
        run = int(differ[0]) if len(differ) else n
        i, j = i + run, j + run
        if not len(differ):
            return i, j
        step = next((s for s in _STEPS if _agree(one, other, i + s[0], j + s[1])), None)
        if step is None:
            return i, j
        i, j = i + step[0], j + step[1]


_STEPS = sorted(((a, b) for a in range(_GAP + 1) for b in range(_GAP + 1) if a or b), key=lambda s: (max(s), sum(s)))


def _agree(one, other, i, j):
    n = 2 * _GAP
    return len(one) >= i + n and len(other) >= j + n and bool((one[i : i + n] == other[j : j + n]).all())


def _rows(pair, spans, texts, words, ids):
    """The rows of two articles: their longest passages, none inside another."""
    later, earlier = pair
    (_, one), (_, other) = words(later), words(earlier)
    kept = []
    for a, b, c, d in sorted(set(spans), key=lambda s: s[0] - s[1]):
        if b - a < FEWEST - _EDITED or any(x < b and a < y and z < d and c < w for x, y, z, w in kept):
            continue
        kept.append((a, b, c, d))
    quoted = [(m.start, m.end) for m in marked(analysis_copy(texts[later]))] if kept else []
    for a, b, c, d in sorted(kept):
        start, end = one[a][0], one[b - 1][1]
        yield {
            "doc_id": ids[later], "start": start, "end": end, "other_doc_id": ids[earlier], "other_start": other[c][0],
            "other_end": other[d - 1][1], "n_words": b - a, "in_quotes": any(x <= start and end <= y for x, y in quoted),
        }  # fmt: skip


def _without_stock(found, texts, ids):
    """The rows without turns of phrase and names: short passages most of whose words are printed with capitals or figures, and still shorter
    ones whose words many articles have."""
    short = found[found["n_words"] < _SHORT]
    if short.empty:
        return found
    spread, text_of = Counter(), dict(zip(ids, texts))
    for text in texts:
        spread.update(_own_words(text))
    most = max(_RARE[0], _RARE[1] * len(texts))

    def is_stock(row):
        own = _own_words(text_of[row.doc_id][row.start : row.end])
        if row.n_words >= FEWEST:
            return len(own) < _OWN[1]
        return sum(spread[w] <= most for w in own) < _OWN[0]

    longest = found.groupby(["doc_id", "other_doc_id"])["n_words"].transform("max")
    alone = found[longest < _SHORT]
    common = {i for i, n in _holders(alone).items() if n >= _STOCK}
    return found.drop([row.Index for row in short.itertuples() if row.Index in common or is_stock(row)]).reset_index(drop=True)


def places_of(rows):
    """{doc_id: [(start, end, the other's doc_id)]} of rows of `reuse`, from both sides."""
    places = {}
    for row in rows.itertuples():
        for doc_id, start, end, other in ((row.doc_id, row.start, row.end, row.other_doc_id), (row.other_doc_id, row.other_start, row.other_end, row.doc_id)):
            places.setdefault(doc_id, []).append((start, end, other))
    return places


def _holders(rows):
    """{row: how many articles hold about the same passage} of rows whose articles share nothing longer."""
    places, held = places_of(rows), {}
    for row in rows.itertuples():
        sides = ((row.doc_id, row.start, row.end), (row.other_doc_id, row.other_start, row.other_end))
        others = {o for d, a, b in sides for start, end, o in places[d] if min(b, end) - max(a, start) > (b - a) / 2}
        held[row.Index] = len(others | {row.doc_id, row.other_doc_id})
    return held


def _own_words(text):
    """The words of a text that say something: long enough, and printed in lower case."""
    return {w for w, a, _ in word_places(text) if len(w) >= _LETTERS and text[a].islower()}
