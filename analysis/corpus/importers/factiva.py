"""Factiva: HTML exports (with its two-letter codes, or the plain display) and their text-only form.

Codes: HD title, SE section, BY author, WC length, PD date, SN outlet, ED edition, PG page, LP lead, TD text, AN id.
"""

import re

from ._bytes import decoded, looks_binary, text_stream
from ._markup import pieces, soup, text_of

PRIORITY = 21
_CODES = {"HD": "title", "SE": "section", "BY": "author", "WC": "length", "PD": "date", "SN": "outlet", "ED": "edition",
          "PG": "page", "LP": "lead", "TD": "text", "AN": "id"}  # fmt: skip
_OTHER = "CO|CR|CT|CX|CY|CLM|DLN|DTLINE|ET|IN|IPC|IPD|LA|NS|PUB|RE|RF|SC|VOL|ART|LC|CRN"
_LINE = re.compile(rf"^\s*({'|'.join(_CODES)}|{_OTHER})(?:[ \t\u00a0]+(.*)|[ \t\u00a0]*)$")
_START = re.compile(rb"""<div[^>]*\bclass=["'][^"'>]*\barticle\b[^"'>]*["'][^>]*>""", re.I)
_OURS = re.compile(
    rb"frArticle|enArticle|deArticle|esArticle|itArticle|class=[\"'][a-z]{2}Headline|articleParagraph", re.I
)
_PLAIN = re.compile(r"^\s*(?:SE|HD)[ \t\u00a0].*(?:.*\n){1,60}?\s*(?:SN|PD|WC)[ \t\u00a0]", re.M)
_STARRED = re.compile(r"^\s*\*([A-Z]{2,3})\*(?:\t(.*)|\s*)$")
_OF_STARS = re.compile(rb"^\s*\*(?:SE|HD|SN|PD|WC)\*\t", re.M)
_DOCUMENT = re.compile(r"^\s*Document\s+([A-Za-z0-9]{16,30})\s*$")


def recognises(path, head):
    if _OURS.search(head) or _OF_STARS.search(head.replace(b"\r", b"\n")):
        return True
    return not looks_binary(head) and bool(
        _PLAIN.search(head.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n"))
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
            yield _record(found)


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
        yield from (_of_stars if starred else _of_lines)(line.rstrip("\r\n") for line in stream)


def _of_stars(lines):
    """Articles whose codes stand between asterisks, each between two lines "Document <number>"; lines were wrapped."""
    found, code = {}, None
    for line in lines:
        if end := _DOCUMENT.match(line):
            if found.keys() - {"AN"}:
                yield _record(found | {"AN": end[1]})
            found, code = {"AN": end[1]}, None
        elif mark := _STARRED.match(line):
            if mark[1] in found and mark[1] in ("SE", "HD"):
                yield _record(found)
                found = {}
            code = mark[1]
            found[code] = _unstarred(mark[2] or "")
        elif code and line.strip():
            found[code] += ("" if not found[code] or found[code].endswith("\n") else " ") + _unstarred(line)
        elif code and found[code] and not found[code].endswith("\n"):
            found[code] += "\n"
    if found.keys() - {"AN"}:
        yield _record(found)


def _unstarred(line):
    """A line without the asterisks around words that were searched for."""
    return re.sub(r"\*(\w[^*\n]{0,80}?)\*", r"\1", line.strip())


def _of_lines(lines):
    found, code = {}, None
    for line in lines:
        mark = _LINE.match(line)
        if mark and code in ("LP", "TD") and mark[1] not in _CODES and mark[2] and not re.search(r"[:|]|^\(c\)|^\w+$", mark[2]):
            mark = None  # "LA FRANCE EN CRISE" is no code
        if mark and mark[1] in ("SE", "HD") and ("TD" in found or "LP" in found or mark[1] in found):
            yield _record(found)
            found = {}
        if mark:
            code = mark[1]
            found[code] = (mark[2] or "").strip()
        elif code and line.strip():
            found[code] += ("\n" if found[code] else "") + line.strip()
    if found:
        yield _record(found)


def _record(found):
    """The record of one article from its {code: text}."""
    record = {field: found.get(code) or None for code, field in _CODES.items()}
    for field in ("title", "section", "author", "date", "outlet", "edition", "page"):
        record[field] = re.sub(r"\s+", " ", record[field]).strip() if record[field] else None
    record["id"] = re.sub(r"^Document\s+", "", record["id"].strip()).split("\n")[0] if record["id"] else None
    record["length"] = re.sub(r"\D", "", record["length"]) if record["length"] else None
    record["page"] = re.sub(r"^(?:pp?\.|Page)\s*", "", record["page"], flags=re.I) if record["page"] else None
    record["text"] = record["text"] or record["lead"] or ""
    if record["text"] == record["lead"]:
        record["lead"] = None
    return record
