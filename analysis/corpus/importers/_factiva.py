"""What Factiva prints, as lines, in whatever file: with its two-letter codes, between asterisks, or as the plain display.

Codes: HD title, SE section, BY author, WC length, PD date, SN outlet, ED edition, PG page, LP lead, TD text, AN id.
"""

import re

from ..metadata import parse_date

CODES = {"HD": "title", "SE": "section", "BY": "author", "WC": "length", "PD": "date", "SN": "outlet", "ED": "edition",
         "PG": "page", "LP": "lead", "TD": "text", "AN": "id"}  # fmt: skip
_OTHER = "CO|CR|CT|CX|CY|CLM|DLN|DTLINE|ET|IN|IPC|IPD|LA|NS|PUB|RE|RF|SC|VOL|ART|LC|CRN"
_LINE = re.compile(rf"^\s*({'|'.join(CODES)}|{_OTHER})(?:[ \t\u00a0|]+(.*)|[ \t\u00a0|]*)$")
CODED = re.compile(r"^\s*(?:SE|HD)[ \t\u00a0|].*(?:.*\n){1,60}?\s*(?:SN|PD|WC)[ \t\u00a0|]", re.M)
STARRED = re.compile(r"^\s*\*([A-Z]{2,3})\*(?:[\t ](.*)|\s*)$")
_DOCUMENT = re.compile(r"^\s*Document\s+([A-Za-z0-9]{16,30})\s*$")
_LENGTH = re.compile(r"^([\d\s.,]+)(?:mots|words)$", re.I)
_SOURCE_CODE, _CLOCK = re.compile(r"^[A-Z0-9]{3,9}$"), re.compile(r"^\d{1,2}[:h]\d{2}\b.*$")
_PAGE = re.compile(r"^(?:pp?\. ?\S+|Page \S+|\d{1,3}|[A-Z]?\d{1,3}(?:-\d+)?)$", re.I)
_LANGUAGE = re.compile(r"^(?:français|french|anglais|english)$", re.I)
_RIGHTS = re.compile(r"^(?:copyright|\(c\)|©|tous droits)", re.I)
_FOOTER = re.compile(r"^Page \d+ (?:of|de|sur) \d+\b.*|^© ?\d{4} Factiva\b.*", re.I)
_HEAD = 14  # lines of an article's head


def is_factiva(lines):
    """Whether lines are Factiva's: codes with outlet or date, or a number of its form below an article whose length is told."""
    lines = [line.strip() for line in lines]
    whole = any(_DOCUMENT.match(line) for line in lines) and any(_LENGTH.match(line) for line in lines)
    bare = {line for line in lines if _LINE.match(line)} & {"HD", "SN", "PD", "TD", "LP"}
    starred = sum(bool(STARRED.match(line)) for line in lines) > 3
    return whole or starred or len(bare) > 3 or bool(CODED.search("\n".join(lines[:400])))


def articles(lines):
    """Records of the articles that lines hold."""
    if sum(bool(STARRED.match(line)) for line in lines) > 3:
        yield from of_stars(lines)
        return
    lines = [line.replace("\u00a0", " ").strip(" \t|") for line in lines]
    lines = [line for line in lines if not _FOOTER.match(line)]
    coded = any((m := _LINE.match(line)) and m[1] in ("TD", "LP") for line in lines)
    yield from of_codes(lines) if coded else _displayed(lines)


def _displayed(lines):
    """Articles of the plain display, each up to the line with its number: title, author, length, date, source …, then paragraphs."""
    start = 0
    for end in [i for i, line in enumerate(lines) if _DOCUMENT.match(line)]:
        own, start = lines[start:end], end + 1
        at = next((i for i, line in enumerate(own) if _LENGTH.match(line)), None)
        if at is None:
            yield {"problem": ("not read", "no length in words stands in the head of this article"), "id": _DOCUMENT.match(lines[end])[1]}
            continue
        above = [line for line in own[:at] if line][-3:]
        found = {"WC": own[at], "AN": _DOCUMENT.match(lines[end])[1], **_title_of(above)}
        body = at + 1
        for i, line in enumerate(own[at + 1 : at + _HEAD], at + 1):
            if not line or _CLOCK.match(line):
                continue
            if "PD" not in found and parse_date(line) is not None:
                found["PD"] = line
            elif "PD" in found and "SN" not in found:
                found["SN"] = line
            elif _PAGE.match(line) and "SC" in found:
                found["PG"] = line
            elif _SOURCE_CODE.match(line):
                found["SC"] = line
            elif not (_LANGUAGE.match(line) or _RIGHTS.match(line)):
                if len(line) > 60 or "LA" in found or not any(_LANGUAGE.match(x) for x in own[i + 1 : at + _HEAD]):
                    break
                found["ED"] = line
            found |= {"LA": line} if _LANGUAGE.match(line) else {}
            body = i + 1
        yield record(found | {"TD": "\n".join(line for line in own[body:] if line)})


def _title_of(above):
    """{code: text} of the lines above a length: perhaps a section, the title, perhaps an author."""
    if len(above) < 2:
        return {"HD": above[0]} if above else {}
    named = re.match(r"^(?:par|by)\s", above[-1], re.I) or all(w[:1].isupper() or w in ("de", "et", "du", "d'", "la", "le") for w in above[-1].split())
    author = bool(named) and len(above[-1].split()) <= 12
    title = above[-2] if author else above[-1]
    rest = above[: above.index(title)]
    return {"HD": title} | ({"BY": re.sub(r"^(?:par|by)\s+", "", above[-1], flags=re.I)} if author else {}) | ({"SE": rest[-1]} if rest and len(rest[-1]) < 60 else {})


def of_stars(lines):
    """Articles whose codes stand between asterisks, each between two lines "Document <number>"; lines were wrapped."""
    found, code = {}, None
    for line in lines:
        if end := _DOCUMENT.match(line):
            if found.keys() - {"AN"}:
                yield record(found | {"AN": end[1]})
            found, code = {"AN": end[1]}, None
        elif mark := STARRED.match(line):
            if mark[1] in found and mark[1] in ("SE", "HD"):
                yield record(found)
                found = {}
            code = mark[1]
            found[code] = _unstarred(mark[2] or "")
        elif code and line.strip():
            found[code] += ("" if not found[code] or found[code].endswith("\n") else " ") + _unstarred(line)
        elif code and found[code] and not found[code].endswith("\n"):
            found[code] += "\n"
    if found.keys() - {"AN"}:
        yield record(found)


def _unstarred(line):
    """A line without the asterisks around words that were searched for."""
    return re.sub(r"\*(\w[^*\n]{0,80}?)\*", r"\1", line.strip())


def of_codes(lines):
    """Articles whose lines begin with codes."""
    found, code = {}, None
    for line in lines:
        mark = _LINE.match(line)
        if mark and code in ("LP", "TD") and mark[1] not in CODES and mark[2] and not re.search(r"[:|]|^\(c\)|^\w+$", mark[2]):
            mark = None  # "LA FRANCE EN CRISE" is no code
        if mark and mark[1] in ("SE", "HD") and ("TD" in found or "LP" in found or mark[1] in found):
            yield record(found)
            found = {}
        if mark:
            code = mark[1]
            found[code] = (mark[2] or "").strip()
        elif code and line.strip():
            found[code] += ("\n" if found[code] else "") + line.strip()
    if found:
        yield record(found)


def record(found):
    """The record of one article from its {code: text}."""
    made = {field: found.get(code) or None for code, field in CODES.items()}
    for field in ("title", "section", "author", "date", "outlet", "edition", "page"):
        made[field] = re.sub(r"\s+", " ", made[field]).strip() if made[field] else None
    made["id"] = re.sub(r"^Document\s+", "", made["id"].strip()).split("\n")[0] if made["id"] else None
    made["length"] = re.sub(r"\D", "", made["length"]) if made["length"] else None
    made["page"] = re.sub(r"^(?:pp?\.|Page)\s*", "", made["page"], flags=re.I) if made["page"] else None
    made["text"] = made["text"] or made["lead"] or ""
    if made["text"] == made["lead"]:
        made["lead"] = None
    return made
