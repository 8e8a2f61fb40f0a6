"""Concordance: every place of a word, a lemma or an expression, with what stands left and right of it."""

import re
import unicodedata
from functools import lru_cache

import pandas as pd

from ..text.typography import (
    analysis_copy,
    as_word_tokens,
    composed,
    nfc,
    sentence_spans,
    without_invisible,
    word_places,
)

_SIDES = ("left", "right", "node")


class Concordance(pd.DataFrame):
    """A concordance: a DataFrame that shows itself, as a cell's last line, with the word in the middle of its lines."""

    @property
    def _constructor(self):  # what is filtered or cut from it stays one
        return Concordance

    def by(self, side):
        """The same lines in another order, as a Concordance.

        side: "right" by the words after, "left" by the words before, nearest first, "node" by what was found itself;
        accents and capitals do not count, and lines that are alike keep their order. Raises ValueError for another side.
        """
        _known(side)
        step = -1 if side == "left" else 1
        key = lambda column: column.map(lambda text: [_plain(w) for w in as_word_tokens(text)][::step])  # noqa: E731
        return Concordance(self.sort_values(side, key=key, kind="stable", ignore_index=True) if len(self) else self)

    def counts(self, side="right", words=1):
        """What stands immediately beside what was found, the most frequent first: term (in lower case), n (passages),
        articles (how many articles hold them).

        side: "right", "left", or "node" for the forms found themselves. words: how many neighbouring words make one
        term. Punctuation is passed over; nothing is counted beyond the end of a sentence or of the line, so that many
        words want a concordance of a greater width. Raises ValueError for another side, or fewer words than one.
        """
        _known(side)
        if words < 1:
            raise ValueError(f"words is {words!r}: 1 or more")
        lines = self[["left", "node", "right"]].itertuples(index=False, name=None)
        terms = pd.DataFrame({"term": [_beside(*line, side, words) for line in lines], "doc_id": [*self["doc_id"]]})
        counted = terms.dropna(subset="term").groupby("term", sort=False)["doc_id"].agg(n="size", articles="nunique")
        order = {"by": ["n", "articles", "term"], "ascending": [False, False, True]}
        return counted.reset_index().sort_values(**order, ignore_index=True)


def concordance(articles, pattern, *, kind="words", sort=None, width=60):
    """Every place of a pattern with what stands left and right of it: doc_id, start, end, left, node, right.

    pattern, kind: as for :func:`places`. sort: None keeps the order of the text; "right" sorts by the words after,
    "left" by the words before, nearest first. width: how many characters stand on either side.
    Returns a Concordance: a DataFrame with `.by(side)`, its lines in another order, and `.counts(side)`, what stands
    beside the pattern. Raises ValueError as `places` does, and for another order.
    """
    if sort not in {None, "left", "right"}:
        raise ValueError(f"sort is {sort!r}: None, 'left' or 'right'")
    rows = [
        {
            "doc_id": doc_id,
            "start": start,
            "end": end,
            "left": _one_line(text[max(0, start - width) : start]),
            "node": text[start:end],
            "right": _one_line(text[end : end + width]),
        }
        for doc_id, text, start, end in _found(articles, pattern, kind)
    ]
    lines = Concordance(rows, columns=["doc_id", "start", "end", "left", "node", "right"])
    return lines.by(sort) if sort else lines


def places(articles, pattern, kind="words"):
    """Every place of a pattern in a table of articles (doc_id, text): doc_id, start, end, in the order of the text.

    kind: how the pattern is read, in any case:
    "words": words found whole; * stands for any letters ("trahi*").
    "lemma": words in all their forms: "trahir" finds "a trahi" and "trahissent", "avoir trahir" both words of "a trahi".
    Forms are led back to lemmas without their sentence (simplemma): one that could be of two words ("porte") counts as
    the commoner.
    "regex": a regular expression of Python, read over the text with ’ as ' and every space as a plain one; (?-i:…) minds
    capitals. What matches nothing between two letters is not a place.
    start and end are offsets into the text as given, however its accents are composed.
    Raises ValueError for an empty pattern, another kind, or a broken expression, with the position where it breaks.
    """
    rows = [(doc_id, start, end) for doc_id, _, start, end in _found(articles, pattern, kind)]
    return pd.DataFrame(rows, columns=["doc_id", "start", "end"]).astype({"start": "int64", "end": "int64"})


def _found(articles, pattern, kind):
    """(doc_id, text, start, end) of each place."""
    if kind not in _FINDERS:
        raise ValueError(f"kind is {kind!r}: {', '.join(map(repr, _FINDERS))}")
    spans = _FINDERS[kind](nfc(analysis_copy(pattern)))
    for doc_id, text in zip(articles["doc_id"], articles["text"]):
        read, offsets = (text, None) if nfc(without_invisible(text)) == text else composed(text)
        for start, end in spans(analysis_copy(read)):
            if offsets:
                start, end = offsets[start], offsets[end]
            if end > start:
                yield doc_id, text, start, end


def _words(pattern):
    if not pattern.strip(" *"):
        raise ValueError(f"the pattern {pattern!r} has no letters to look for")
    words = r"\s+".join(_word(w) for w in re.sub(r"\*+", "*", pattern).split())
    return _matches(re.compile(rf"(?<!\w){words}(?!\w)", re.I))


def _word(word):
    return r"\w+" if word == "*" else re.escape(word).replace(r"\*", r"\w*")


def _expression(pattern):
    if not pattern:
        raise ValueError("the pattern is empty: give a regular expression, such as 'trah(i|ison)s?'")
    try:
        return _matches(re.compile(pattern, re.I))
    except re.error as broken:
        where = "" if broken.pos is None else f" at position {broken.pos}"
        raise ValueError(
            f"the regular expression {pattern!r} breaks{where}: {broken.msg}; write \\ before a sign that is meant as "
            "itself, such as \\( or \\?, or leave out kind='regex' to look for words"
        ) from None
    except (OverflowError, RecursionError) as broken:
        raise ValueError(f"the regular expression {pattern!r} can't be read: {broken}; make it simpler") from None


def _matches(expression):
    return lambda text: (m.span() for m in expression.finditer(text))


def _lemmas(pattern):
    if "*" in pattern:
        raise ValueError(f"the lemma {pattern!r} holds a *: leave it out, or leave out kind='lemma' to look for words")
    wanted = [{word, _lemma(word)} for word, _, _ in word_places(pattern)]
    if not wanted:
        raise ValueError(f"the pattern {pattern!r} has no letters to look for")

    first, *others = [lru_cache(None)(lambda word, w=w: word in w or _lemma(word) in w) for w in wanted]

    def spans(text):
        words = word_places(text)
        for i in (i for i, (word, _, _) in enumerate(words) if first(word)):
            run = words[i : i + len(wanted)]
            if len(run) == len(wanted) and all(fits(word) for fits, (word, _, _) in zip(others, run[1:])):
                if _adjoin(text, run):
                    yield run[0][1], run[-1][2]

    return spans


def _adjoin(text, run):
    """Whether nothing but blanks stands between the words of a run."""
    return not any(text[one[2] : next_[1]].strip() for one, next_ in zip(run, run[1:]))


@lru_cache(maxsize=200_000)
def _lemma(word):
    import simplemma

    return simplemma.lemmatize(word, lang="fr").casefold()


_FINDERS = {"words": _words, "lemma": _lemmas, "regex": _expression}


def _beside(left, node, right, side, words):
    """The words next to a node, or those of the node; None where its sentence has not so many."""
    left, node, right = (nfc(without_invisible(text)) for text in (left, node, right))
    if side == "node":
        return _one_line(analysis_copy(node)).casefold()
    near = [word for word, _, _ in word_places(_same_sentence(left, node, right, side))]
    near = near[-words:] if side == "left" else near[:words]
    return " ".join(near).replace("' ", "'") if len(near) == words else None


def _same_sentence(left, node, right, side):
    """The part of `left` or `right` that stands in one sentence with the node."""
    beside = left if side == "left" else right
    if not re.search("[.!?…]", beside):
        return beside
    at, to = len(left), len(left) + len(node)
    spans = sentence_spans(left + node + right)
    if side == "left":
        return left[max((start for start, _ in spans if start <= at), default=0) :]
    return right[: min((end for _, end in spans if end >= to), default=to + len(right)) - to]


def _known(side):
    if side not in _SIDES:
        raise ValueError(f"side is {side!r}: {', '.join(map(repr, _SIDES))}")


@lru_cache(maxsize=200_000)
def _plain(word):
    """A word without its accents, by which it is put in the order of the alphabet."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _one_line(text):
    return re.sub(r"\s+", " ", text)
