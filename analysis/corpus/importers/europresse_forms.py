"""The oldest Europresse HTML: a form whose tables are named `tbHeaderImages`, `celPublication` …; a table of images begins each document.

No name below these two is sure, so the rest is read by what lines say: the publication's cell holds outlet and edition, the first line with a
date is the head, the title stands in an element named so or in bold, the body follows it up to the rights, the number or the
certificate. What stands below that names who downloaded the file and is never read.
"""

import re

from ..metadata import parse_date
from . import Unreadable
from ._bytes import decoded
from ._markup import pieces, soup, text_of
from .europresse import DAY, of_header

PRIORITY = 18
_OURS = re.compile(rb"(?:id|class|name)\s*=\s*[\"']?[^\"'>]*(?:tbHeaderImages|celPublication)", re.I)
_LATER = re.compile(rb"publiC-lblNodoc|docOcurrContainer|rdp__")
_START = re.compile(rb"<table[^>]*tbHeaderImages", re.I)
_CELL = re.compile(rb"<(?:table|tr|td|div|span)[^>]*celPublication", re.I)
_NUMBER = re.compile(r"\w+·(\d{4})(\d{2})(\d{2})·[\w·-]+")
_END = re.compile(r"^(?:©|\(c\)|copyright|tous droits réservés|numéro de document|n[o°]\s?(?:de )?doc|certificat|ce certificat|visualisation|illustration\(s\)|catégorie)", re.I)


def recognises(path, head):
    return bool(_OURS.search(head)) and not _LATER.search(head)


def read(path):
    ordinal = 0
    for piece in pieces(path, _START if _has(path, _START) else _CELL):
        markup, notes = decoded(piece)
        tree = soup(markup)
        if tree.select_one("[class*=celPublication], [id*=celPublication]") is None and not _NUMBER.search(tree.get_text()):
            continue  # what stands between the documents
        ordinal += 1
        record = _record(tree, ordinal)
        yield from ({"problem": note, "id": record["id"]} for note in notes)
        yield record
    if not ordinal:
        raise Unreadable("no document found below its tables of images")


def _has(path, pattern):
    with open(path, "rb") as stream:
        return any(pattern.search(block) for block in iter(lambda: stream.read(1 << 20), b""))


def _record(tree, ordinal):
    cell = tree.select_one("[class*=celPublication], [id*=celPublication]")
    cell_lines = text_of(cell).split("\n") if cell is not None else []
    heading = next((e for e in tree.find_all(class_=re.compile("titre|title", re.I)) + tree.find_all(["h1", "h2", "b", "strong"]) if _is_title(e, cell)), None)
    title = re.sub(r"\s+", " ", text_of(heading)) or None
    number = _NUMBER.search(tree.get_text(" "))
    lines = [re.sub(r"\s+", " ", line).strip() for line in text_of(tree).split("\n")]
    head = next((line for line in lines if DAY.search(line) and len(line) < 160), "")
    below = lines.index(title) + 1 if title in lines else next((i + 1 for i, line in enumerate(lines) if line == head), 0)
    if head in lines[below : below + 3]:
        below = lines.index(head, below) + 1
    end = next((i for i in range(below, len(lines)) if _END.match(lines[i]) or _NUMBER.fullmatch(lines[i])), len(lines))
    body = lines[below:end]
    author = body[0] if len(body) > 1 and _is_author(body[0]) else None
    day = DAY.search(head)
    date = "-".join(number.groups()) if number else str(parse_date(day[0].strip(" ,"))) if day else None
    return {
        "id": number[0] if number else f"europresse-{ordinal:04d}", "title": title, "text": "\n".join(body[1:] if author else body),
        "outlet": cell_lines[0] if cell_lines else None, "author": author, "date": date, **of_header(head if head not in cell_lines[:1] else ""),
    }  # fmt: skip


def _is_title(element, cell):
    text = text_of(element)
    return bool(text) and len(text) < 300 and (cell is None or text not in text_of(cell)) and not DAY.fullmatch(text)


def _is_author(line):
    """Whether a line is nothing but names."""
    words = re.sub(r"^(?:par|by) ", "", line, flags=re.I).split()
    return 1 < len(words) <= 8 and all(w[:1].isupper() or w in {"et", "de", "du", "la", "le", "avec"} for w in words) and line[-1] not in ".?!:"
