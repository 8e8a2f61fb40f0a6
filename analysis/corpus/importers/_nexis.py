"""What Nexis prints, in whatever file: articles told apart by their run of lines (title, outlet, date … length … body), not by one label."""

import re

from ..metadata import parse_date

_WORD = r"[^\W\d_][^\W\d_'’. -]*(?:[ '’-][^\W\d_'’.-]+)*"
_LENGTH = re.compile(rf"^{_WORD}\s?:\s*(\d[\d\s.,]*?)\s*(?:words?|mots?|Wörter|palabras|parole|woorden)\b", re.I)
_LABEL = re.compile(rf"^(?P<label>{_WORD}(?:\(s\))?)\s?:\s*(?P<value>.*)$")
_OF_MANY = re.compile(r"^\s*(\d+)\s+(?:of|de|sur|von)\s+(\d+)\s+DOCUMENTS?\s*$", re.I)
_PROMISED = re.compile(r"^Documents?\s*\((\d+)\)\s*$", re.I)
_FIELDS = {
    "section": {"section", "rubrique"}, "author": {"byline", "auteur", "auteurs", "auteur(s)", "signature", "author"},
    "length": {"length", "longueur", "länge", "longitud"},
}  # fmt: skip
_TRAILER = re.compile(
    r"^(?:load-date|date[- ]de[- ]chargement|date-chargement|language|langue|graphic|graphique|classification|subject|publication-type|"
    r"type de publication|document-type|pub-type|dateline|highlight|url|journal code|code journal)\s*(?::.*)?$|"
    r"^(?:copyright|©|\(c\)) ?.{4,120}$|^(?:all rights reserved|tous droits réservés)\.?$",
    re.I,
)
_DOUBTFUL = re.compile(r"^(?:sujet|notes?|encart|lieu|section|rubrique|correction)\s*:.{0,80}$", re.I)  # a label only below a sure one
_BODY, _END = re.compile(r"^(?:body|corps|corps de l['’]article|texte|text)$", re.I), re.compile(r"^(?:end of document|fin du document)$", re.I)
_DAY = re.compile(
    r"^\s*(?:[^\W\d]+day,?\s+|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),?\s+)?"
    r"([^\W\d]+\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}(?:er)?\s+[^\W\d]+\.?,?\s+\d{4}|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4})\b",
    re.I,
)
_MONTH = re.compile(  # of a monthly
    r"^(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|january|february|march|april|may|june|july|"
    r"august|september|october|november|december)\s+\d{4}$",
    re.I,
)
_EDITION = re.compile(r"^[ée]dition\b|\b[ée]dition$", re.I)
_PAGE = re.compile(r"^page \d+ (?:of|de|sur) \d+$", re.I)
_BARE = re.compile(r"^(?:graphic|graphique|classification)\s*:?$", re.I)
_CAPTION, _TAIL = 600, 25  # characters that may stand below such a label; lines of an article's tail
_FURTHEST = 14  # lines between an article's date and its length


def is_nexis(lines):
    """Whether lines are Nexis's: a length in words or the label of a body, and a cover, a numbered head, or an end of document."""
    lines = _plain(lines)
    lengths, bodies = (any(p.match(x) for x in lines) for p in (_LENGTH, _BODY))
    marked = any(_OF_MANY.match(x) or _PROMISED.match(x) or _END.match(x) for x in lines)
    return lengths and (marked or bodies) or bodies and marked


def _plain(lines):
    return [re.sub(r"[\s\u00a0]+", " ", line).strip() for line in lines]


def is_head(line):
    """Whether a line says which document of how many begins ("3 of 10 DOCUMENTS")."""
    return bool(_OF_MANY.match(line))


def articles(lines):
    """Records of the articles that lines hold, and a problem where they promise another number."""
    lines = _plain(lines)
    lines = ["" if _PAGE.match(line) else line for line in lines]
    heads = [i for i, line in enumerate(lines) if _OF_MANY.match(line)]
    found = list(_numbered(lines, heads) if heads else _run(lines))
    yield from found
    yield from _part_of_more(lines, heads) if heads else ()
    promised = _promised(lines, heads)
    if promised is not None and promised != len(found):
        yield {"problem": ("repaired: articles", f"the file says that it holds {promised} articles; {len(found)} were found in it"), "records": max(0, promised - len(found))}


def _part_of_more(lines, heads):
    """A problem where a file holds only some of the documents that it counts: "2001 of 2146" and what follows."""
    marks = [_OF_MANY.match(lines[i]) for i in heads]
    first, last, every = min(int(m[1]) for m in marks), max(int(m[1]) for m in marks), max(int(m[2]) for m in marks)
    if first > 1 or last < every:
        why = f"it holds documents {first} to {last} of {every}: the others are in other files, or missing"
        yield {"problem": ("note: articles", why), "records": 0}


def _promised(lines, heads):
    if heads:  # "2001 of 2146": one file of several
        numbers = [int(_OF_MANY.match(lines[i])[1]) for i in heads]
        return max(numbers) - min(numbers) + 1
    return next((int(m[1]) for line in lines if (m := _PROMISED.match(line))), None)


def _numbered(lines, heads):
    """Articles under "n of N DOCUMENTS": outlet, date, title, fields, body."""
    for first, last in zip(heads, [*heads[1:], len(lines)]):
        own = lines[first + 1 : last]
        day = next((i for i, line in enumerate(own[:12]) if line and day_of(line)), None)
        if day is None:
            yield {"problem": ("not read", f"document {_OF_MANY.match(lines[first])[1]} has no date by which its head is known")}
            continue
        outlet = next((line for line in reversed(own[:day]) if line), None)
        below = next((i for i in range(day + 1, len(own)) if not own[i]), day + 1)  # beside the date stands the edition
        blocks = _blocks(own[below:])
        blocks = blocks[1:] if len(blocks) > 2 and _EDITION.search(blocks[0][0]) and len(blocks[0][0]) < 60 else blocks
        title = next((b for b in blocks if not _LABEL.match(b[0]) or not _is_field(b[0])), [])
        yield _record(blocks[blocks.index(title) + 1 :] if title in blocks else blocks, " ".join(title), outlet, own[day])


def _run(lines):
    """Articles of Nexis Uni: title, outlet, date, fields and the label of the body; each up to the next one's title."""
    labels = [i for i, line in enumerate(lines) if _BODY.match(line)]
    starts = [start for i in labels if (start := _start(lines, i)) is not None]
    if not starts:
        starts = [start for i, line in enumerate(lines) if _LENGTH.match(line) and (start := _start(lines, i)) is not None]
    if any(_END.match(line) for line in lines):  # then an article begins only where another has ended
        starts = [s for k, s in enumerate(starts) if not k or any(_END.match(line) for line in lines[starts[k - 1][2] : s[0] + 1])]
    for (first, outlet, day), after in zip(starts, [*(s[0] for s in starts[1:]), len(lines)]):
        yield _record(_blocks(lines[day + 1 : after]), " ".join(filter(None, lines[first:outlet])), lines[outlet], lines[day])


def _start(lines, label):
    """(title's first line, outlet's, date's) of the article whose length or body is announced there; None where no head stands above."""
    for day in range(label - 1, max(label - _FURTHEST, 1), -1):
        if len(lines[day]) > 160:
            return None  # a paragraph: this is no head
        if lines[day] and len(lines[day]) < 80 and (_DAY.match(lines[day]) or _MONTH.match(lines[day])):
            above = [i for i in range(day - 1, max(day - 8, -1), -1) if lines[i]]
            if len(above) < 2 or len(lines[above[0]]) > 100:
                return None
            first = above[1]
            while first and lines[first - 1] and not (_END.match(lines[first - 1]) or _PROMISED.match(lines[first - 1])) and first > above[1] - 8:
                first -= 1
            return first, above[0], day
    return None


def day_of(line):
    """The date that a line begins with, as this format writes it ("July 4, 2019 Thursday 1:04 PM GMT", "4 juillet 2019 jeudi"), or None."""
    found = _DAY.match(line)
    return parse_date(re.sub(r"[\s,]+", " ", found[1])) if found else None


def _blocks(lines):
    """The lines in blocks, parted by empty ones."""
    made = [[]]
    for line in lines:
        if line:
            made[-1].append(line)
        elif made[-1]:
            made.append([])
    return [block for block in made if block]


def _is_field(line):
    label = _LABEL.match(line)["label"].casefold() if _LABEL.match(line) else ""
    return any(label in names for names in _FIELDS.values()) or bool(_TRAILER.match(line) or _DOUBTFUL.match(line))


def _record(blocks, title, outlet, date):
    """The record of one article from the blocks below its date: a head of fields, the body, and a tail of labels."""
    found = {"title": title or None, "outlet": outlet, "date": str(day_of(date) or date)}
    head, body = _head_and_body(blocks)
    for line in head:
        label = _LABEL.match(line)
        field = next((f for f, names in _FIELDS.items() if label and label["label"].casefold() in names), None)
        if field and field not in found:
            found[field] = re.sub(r"^(?:By|Par)\s+", "", label["value"]) if field == "author" else label["value"]
    if body and (by := _LABEL.match(body[0][0])) and by["label"].casefold() in _FIELDS["author"]:
        found.setdefault("author", by["value"])
        body = [body[0][1:], *body[1:]] if len(body[0]) > 1 else body[1:]
    end = next((i for i, block in enumerate(body) if any(_END.match(line) for line in block)), None)
    if end is not None:
        rest = body[end][: next(i for i, line in enumerate(body[end]) if _END.match(line))]
        body = body[:end] + ([rest] if rest else [])
    return found | {"text": _joined(_without_tail(body)), **_length(found)}


def _head_and_body(blocks):
    """(lines of the head, blocks of the body): up to the label of the body, else up to the first block that is no field."""
    for i, block in enumerate(blocks[:12]):
        if any(len(line) > 160 for line in block):
            break
        at = next((j for j, line in enumerate(block) if _BODY.match(line)), None)
        if at is not None:
            rest = block[at + 1 :]
            return [line for b in blocks[:i] for line in b] + block[:at], ([rest] if rest else []) + blocks[i + 1 :]
    head = 0
    while head < len(blocks) and all(_is_field(line) or line.casefold().startswith("copyright ") and len(line) < 90 for line in blocks[head]):
        head += 1
    return [line for b in blocks[:head] for line in b], blocks[head:]


def _without_tail(blocks):
    """The blocks without the labelled lines that end an article ("Load-Date: …"), and what stands below a bare label ("Graphic")."""
    lines = [(i, line) for i, block in enumerate(blocks) for line in block]
    cut = len(lines)
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at][1]
        below = [x for _, x in lines[at + 1 : cut]]
        bare = bool(_BARE.match(line)) and sum(map(len, below)) < _CAPTION
        if _TRAILER.match(line) and not below or bare or _DOUBTFUL.match(line) and not below and cut < len(lines):
            cut = at
        elif len(lines) - at > _TAIL:
            break
    kept = [[] for _ in blocks]
    for i, line in lines[:cut]:
        kept[i].append(line)
    return [block for block in kept if block]


def _length(found):
    number = re.sub(r"\D", "", found.get("length", ""))
    return {"length": number} if number else {}


def _joined(blocks):
    """The body: a block is a paragraph where its lines were wrapped, else each line is one."""
    made = []
    for block in blocks:
        wrapped = len(block) > 1 and all(40 < len(line) <= 90 for line in block[:-1])
        made += [" ".join(block)] if wrapped else block
    return "\n\n".join(made)
