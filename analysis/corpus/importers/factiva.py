"""Factiva: HTML exports (with its two-letter codes, or the plain display) and their text-only form; what the lines say is told by `_factiva`."""

import re

from . import _factiva
from ._bytes import decoded, looks_binary, text_stream
from ._markup import pieces, soup, text_of

PRIORITY = 21
_START = re.compile(rb"""<div[^>]*\bclass=["'][^"'>]*\barticle\b[^"'>]*["'][^>]*>""", re.I)
_OURS = re.compile(
    rb"frArticle|enArticle|deArticle|esArticle|itArticle|class=[\"'][a-z]{2}Headline|articleParagraph", re.I
)
_OF_STARS = re.compile(rb"^\s*\*(?:SE|HD|SN|PD|WC)\*\t", re.M)


def recognises(path, head):
    if _OURS.search(head) or _OF_STARS.search(head.replace(b"\r", b"\n")):
        return True
    return not looks_binary(head) and bool(
        _factiva.CODED.search(head.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n"))
    )


def read(path):
    with open(path, "rb") as stream:
        head = stream.read(20000)
    starred = bool(_OF_STARS.search(head.replace(b"\r", b"\n")))
    yield from _told_once(_of_markup(path) if b"<" in head[:2000] and not starred else _of_text(path, starred=starred))


def _told_once(records):
    """The records, without those whose number came before: wrappers nest, and searches overlap."""
    seen = set()
    for record in records:
        if "problem" not in record and record["id"] in seen:
            yield {"problem": ("set aside", "the same article twice in one export"), "id": record["id"]}
            continue
        seen |= {record["id"]} if record.get("id") and "problem" not in record else set()
        yield record


def _of_markup(path):
    for piece in pieces(path, _START):
        markup, notes = decoded(piece)
        tree = soup(markup)
        found = _coded(tree) or _displayed(tree)
        if found:
            yield from ({"problem": note, "id": found.get("id")} for note in notes)
            yield _factiva.record(found)


def _coded(tree):
    """{code: text} of a display with codes: a table whose rows are code and value."""
    found = {}
    for row in tree.select("tr"):
        cells = row.find_all("td", recursive=False)
        code = cells[0].get_text().strip() if len(cells) > 1 else ""
        if re.fullmatch(r"[A-Z]{2,3}", code) and code not in found:
            found[code] = text_of(cells[1])
    return found if "HD" in found or "TD" in found or "LP" in found else {}


def _displayed(tree):
    """{code: text} of the plain display: headline, then a line each for author, length, date, source …, then paragraphs."""
    headline = tree.select_one("[class$=Headline]")
    paragraphs = [text_of(p) for p in tree.select("p.articleParagraph, p[class*=articleParagraph]")]
    if headline is None or not paragraphs:
        return {}
    found = {"HD": text_of(headline), "TD": "\n".join(paragraphs)}
    lines = [text_of(d) for d in tree.select("div") if not d.find(["div", "p", "span"]) and text_of(d)]
    for i, line in enumerate(lines):
        if re.fullmatch(r"[\d\s.,]+(?:mots|words)", line):
            found["WC"] = line
            found |= {"BY": lines[i - 1]} if i and "HD" in found and lines[i - 1] != found["HD"] and i < 3 else {}
        elif "PD" not in found and re.fullmatch(r"\d{1,2}(?:er)? [^\W\d]+ \d{4}", line):
            found["PD"] = line
            rest = [other for other in lines[i + 1 : i + 3] if not re.fullmatch(r"\d{1,2}[:h]\d{2}.*", other)]
            found |= {"SN": rest[0]} if rest else {}
        elif re.fullmatch(r"pp?\. ?\S+|Page \S+|\d{1,3}", line, re.I):
            found["PG"] = line
    number = re.search(r"Document (\w{10,})", tree.get_text())
    return found | ({"AN": number[1]} if number else {})


def _of_text(path, *, starred):
    with open(path, "rb") as raw:
        stream, notes = text_stream(raw)
        yield from ({"problem": note} for note in notes)
        yield from (_factiva.of_stars if starred else _factiva.of_codes)(line.rstrip("\r\n") for line in stream)
