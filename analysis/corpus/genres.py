"""What kind of text an article is, where that changes how its measures are to be read: `articles.genre`."""

import csv
import re
from functools import cache

from ..text.places import LEXICONS
from ..text.turns import answers, is_transcript, labelled, times
from ..text.typography import analysis_copy

_ITEM = re.compile(r"(?:[-–—•·*▪►■✓]|\(?\d{1,2}[.)°]|[a-z]\))\s+\S")
_INITIALS = re.compile(r"[a-z]{2,4}(?:[-/][a-z]{2,4}){1,6}")  # below a dispatch: "abc-de/fg/hi"
_ITEMS = 4  # from so many, and where they are most of the paragraphs, a text is a list


def genre_of(title, body, *, outlet=None, author=None, section=None):
    """interview, transcript, live, letter, dispatch or list; None for any other article, and where it is not plain.

    By form, and by the marks of the lexicon `genres`: turns with labels, or questions and answers; times at the head of entries; an
    address and a farewell; an agency's mark at the beginning or the end, as author or outlet, or somebody who speaks "à l'AFP" in
    a text that nobody else signs; paragraphs most of which are items. A dispatch rewritten without a mark is not known as one.
    """
    body, title, section = (analysis_copy(text or "") for text in (body, title, section))
    whole = f"{title or '.'}\n\n{body}"  # of the first line no turn is looked for
    if times(body):
        return "live"
    turns = labelled(whole)
    if any(t.asks for t in turns) or answers(whole):
        return "interview"
    if is_transcript(whole, turns):
        return "transcript"
    lines = [bare for line in body.split("\n") if (bare := line.strip(" *_"))]
    if _is_letter(lines, f"{title}\n{section}"):
        return "letter"
    if _is_dispatch(lines, outlet, author):
        return "dispatch"
    items = sum(bool(_ITEM.match(line)) for line in lines)
    return "list" if items >= _ITEMS and items > len(lines) / 2 else None


@cache
def _marks():
    """{mark: pattern} of the lexicon: any of its entries."""
    with open(LEXICONS / "genres" / "lexicon.csv", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    joined = {mark: "|".join(f"(?:{r['pattern']})" for r in rows if r["mark"] == mark) for mark in {r["mark"] for r in rows}}
    agency = f"(?:{joined.pop('agency')})"
    place = r"(?:[A-ZÀ-Ý][\w'. /()-]{1,60}?)?(?:,? ?\(?(?:le )?\d{1,2}(?:er)? [a-zéûô.]+(?: \d{4})?\)?)?"
    own = {
        "opening": rf"{place} ?[-–—]? ?\({agency}(?: ?[,/&-] ?{agency})*\) ?[-–—:]",  # "PARIS (AFP) –", "Paris, 4 mars 2026 (AFP) -"
        "signature": rf"\(?(?:(?:source ?: |avec |par )?(?:l')?)?{agency}(?: ?[,/&-] ?{agency})*\)?\.?",
        "closing": rf"\((?:avec )?{agency}(?: ?[,/&-] ?{agency})*\)\.?$",
    }
    return {m: re.compile(p, re.I) for m, p in joined.items()} | {m: re.compile(p) for m, p in own.items()}


def _says(mark, text):
    return _marks()[mark].search(text) is not None


def _is_letter(lines, heads):
    opened = any(_marks()["address"].fullmatch(line.rstrip(" ,!")) for line in lines[:3])
    closed = any(_says("farewell", line) for line in lines[-4:])
    return opened and closed or _says("letters", heads) and (opened or closed)


def _is_dispatch(lines, outlet, author):
    signature = _marks()["signature"]
    if any(signature.fullmatch(analysis_copy(who).strip()) for who in (outlet, author) if who):
        return True
    if not lines:
        return False
    first, last = lines[0], lines[-1]
    if _marks()["opening"].match(first) or signature.fullmatch(last) or _says("closing", last):
        return True
    return len(lines) > 2 and _INITIALS.fullmatch(last) is not None or not author and any(_says("told", line) for line in lines)
