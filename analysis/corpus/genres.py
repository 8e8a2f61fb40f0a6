"""What kind of text an article is, where that changes how its measures are to be read: `articles.genre`."""

import csv
import re
from functools import cache

from ..text.places import LEXICONS
from ..text.turns import answers, is_transcript, labelled, times
from ..text.typography import analysis_copy

_ITEM = re.compile(r"(?:[-–—•·*▪►■✓]|\(?\d{1,2}[.)°]|[a-z]\))\s+\S")
_INITIALS = re.compile(r"[a-z]{2,4}(?:[-/][a-z]{2,4}){1,6}")  # below a dispatch: "abc-de/fg/hi"
_SPOKEN = re.compile(r"[?!]|, (?:dit|demand|répond|souffl|lanc|repr|ajout)\w*(?:-t)?-?(?:il|elle)?\b")  # in a dialogue
_BYLINE, _PHOTO = re.compile(r"(?:Par|De notre correspondante?) [A-ZÀ-Ý].{1,80}"), re.compile(r"\b(?:photo|crédits?|image|illustration)\b", re.I)
_ITEMS = 4  # from so many, and where they are most of the paragraphs, a text is a list


def genre_of(title, body, *, outlet=None, author=None, section=None, furniture=None):
    """interview, transcript, live, letter, dispatch or list; None for any other article, and where it is not plain.

    By form, and by the marks of the lexicon `genres`: turns with labels, or questions and answers; times at the head of entries; an
    address and a farewell, or a section of letters; an agency's mark at the beginning or the end, as author or outlet, or somebody who
    speaks "à l'AFP" in a text that nobody else signs; paragraphs most of which are items. A dispatch rewritten without a mark is not
    known as one. furniture: what was taken out of the body, where an agency's rights may be told.
    """
    body, title, section = (analysis_copy(text or "") for text in (body, title, section))
    whole = f"{title or '.'}\n\n{body}"  # of the first line no turn is looked for
    if times(body):
        return "live"
    turns = labelled(whole)
    lines = [bare for line in body.split("\n") if (bare := line.strip(" *_"))]
    asked = _says("interview", f"{title}\n{body}") and any(line.endswith("?") for line in lines)
    if any(t.asks for t in turns) or answers(whole, in_marks=True) or asked:
        return "interview"
    if is_transcript(whole, turns):
        return "transcript"
    if _is_letter(lines, title, section):
        return "letter"
    if _is_dispatch(lines, outlet, author, furniture):
        return "dispatch"
    items = [line for line in lines if _ITEM.match(line) and not _SPOKEN.search(line)]
    return "list" if len(items) >= _ITEMS and sum(map(len, items)) > sum(map(len, lines)) / 2 else None


def is_agency(name):
    """Whether an outlet or an author is a press agency, by the marks of the lexicon."""
    name = analysis_copy(name).strip() if isinstance(name, str) else ""
    return bool(name) and bool(_marks()["name"].match(name) or _marks()["signature"].fullmatch(name))


@cache
def _marks():
    """{mark: pattern} of the lexicon: any of its entries."""
    with open(LEXICONS / "genres" / "lexicon.csv", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    joined = {mark: "|".join(f"(?:{r['pattern']})" for r in rows if r["mark"] == mark) for mark in {r["mark"] for r in rows}}
    agency, initials = f"(?:{joined.pop('agency')})", f"(?:{joined.pop('initials')})"
    several = rf"{agency}(?: ?(?:[,/&-]|et) ?{agency})*"
    day = r"(?:[a-z]+di |dimanche )?(?:\d{1,2}(?:er)? [a-zéûô.]+(?: \d{4})?|\d{1,2}/\d{1,2}(?:/\d{2,4})?)"
    place = rf"(?:[A-ZÀ-Ý][\w'. ,/-]{{1,60}}?)?(?:,? ?\(?(?:le )?{day}\)?)?"
    capitals = rf"[A-ZÀ-Ý][A-ZÀ-Ý'. /-]{{2,40}}(?:,? ?\(?{day}\)?)?"
    own = {  # "PARIS (AFP) –", "Paris, 4 mars 2026 (AFP) -", "(AFP) Les …", "BRUXELLES 04/03 (BELGA) ="
        "opening": rf"{place} ?[-–—]? ?\((?i:{several})\) ?[-–—:=]|\((?i:{several})\) ?[A-ZÀ-Ý]|{agency} ?[-–—] [A-ZÀ-Ý]|{capitals} ?[-–—]? ?\((?:(?i:{several})|{initials})\)|[A-ZÀ-Ý][\w-]+ \((?i:{several})\) [A-ZÀ-Ý]",
        "signature": rf"\(?(?:(?:.{{1,40}} )?(?i:source ?:? ?|avec |par )(?:l')?)?{several}\)?\.?",
        "closing": rf"\((?:(?i:avec|source ?:|par) )?(?:l')?(?:{several}|agences)\)\.?$",
        "name": rf"(?i:agence )?{agency}\b",
        "rights": rf"(?i:©|copyright|\(c\)) ?(?:\d{{4}} )?{agency}\b",
    }
    return {m: re.compile(p, re.I) for m, p in joined.items()} | {m: re.compile(p) for m, p in own.items()}


def _says(mark, text):
    return _marks()[mark].search(text) is not None


def _is_letter(lines, title, section):
    opened = [i for i, line in enumerate(lines[:3]) if _marks()["address"].fullmatch(line.rstrip(" ,!"))]
    closed = any(_says("farewell", line) for line in lines[-4:])
    return closed and bool(opened) or _says("letters", title) and (closed or 0 in opened) or _says("letters", section)


def _is_dispatch(lines, outlet, author, furniture):
    if is_agency(outlet) or is_agency(author) or _says("rights", furniture or ""):
        return True
    if not lines:
        return False
    last = lines[-1]
    if any(_marks()["opening"].match(line) for line in lines[:2]) or _marks()["signature"].fullmatch(last) or _says("closing", last) and not _PHOTO.search(last):
        return True
    signed = author or _BYLINE.match(lines[0]) or _BYLINE.fullmatch(last) or re.fullmatch(r"[A-ZÀ-Ý][\w'-]+(?: [A-ZÀ-Ý][\w'-]+){1,3}", last)
    return len(lines) > 2 and _INITIALS.fullmatch(last) is not None or not signed and any(_says("told", line) for line in lines)
