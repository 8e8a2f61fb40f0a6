"""Concordance: every place of a word with what stands left and right of it."""

import re

import pandas as pd

from ..text.typography import analysis_copy, as_word_tokens


class Concordance(pd.DataFrame):
    """A concordance: a DataFrame that shows itself, as a cell's last line, with the word in the middle of its lines."""


def concordance(articles, pattern, *, sort=None, width=60):
    """Every place of a word or phrase with what stands left and right of it: doc_id, start, end, left, node, right.

    pattern: words, found whole and in any case; * stands for any letters ("trahi*"). sort: None keeps the order of the
    text; "right" sorts by the words after, "left" by the words before, nearest first.
    Raises ValueError for an empty pattern.
    """
    if not pattern.strip(" *"):
        raise ValueError(f"the pattern {pattern!r} has no letters to look for")
    if sort not in {None, "left", "right"}:
        raise ValueError(f"sort is {sort!r}: None, 'left' or 'right'")
    words = r"\s+".join(re.escape(w).replace(r"\*", r"\w*") for w in analysis_copy(pattern).split())
    expression = re.compile(rf"(?<!\w){words}(?!\w)", re.I)
    rows = [
        {
            "doc_id": doc_id,
            "start": m.start(),
            "end": m.end(),
            "left": _one_line(text[max(0, m.start() - width) : m.start()]),
            "node": text[m.start() : m.end()],
            "right": _one_line(text[m.end() : m.end() + width]),
        }
        for doc_id, text in zip(articles["doc_id"], articles["text"])
        for m in expression.finditer(analysis_copy(text))
    ]
    lines = pd.DataFrame(rows, columns=["doc_id", "start", "end", "left", "node", "right"])
    if sort and len(lines):
        step = 1 if sort == "right" else -1
        lines = lines.sort_values(
            sort, key=lambda side: side.map(lambda t: as_word_tokens(t)[::step]), kind="stable", ignore_index=True
        )
    return Concordance(lines)


def _one_line(text):
    return re.sub(r"\s+", " ", text)
