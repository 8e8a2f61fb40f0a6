"""PDF with text: columns in reading order, running heads and page numbers dropped, words cut at line ends joined; read by pdfminer.six."""

import re
from collections import Counter

from . import Unreadable
from ._paragraphs import articles_of

PRIORITY = 25
_LARGEST, _MOST = 200_000_000, 3000  # bytes; pages
_MARGIN, _OFTEN = 0.12, 3  # of a page's height in which running heads stand; pages on which a line is one
_NUMBER = re.compile(r"\W*(?:p(?:age)?\.?\s*)?\d{1,4}(?:\s*(?:/|sur|of)\s*\d{1,4})?\W*", re.I)
_LARGER = 1.2  # times the size of the running text from which on a block is a heading


def recognises(path, head):
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF")


def read(path):
    if path.stat().st_size > _LARGEST:
        raise Unreadable("a PDF of more than 200 MB: cut it into parts")
    try:
        pages = list(_pages(path))
    except Unreadable:
        raise
    except Exception as error:  # of a damaged file the library may say anything
        raise Unreadable(f"a damaged or locked PDF ({type(error).__name__})") from error
    empty = sum(not blocks for blocks in pages)
    if empty == len(pages):
        raise Unreadable("a scan, or a PDF without text: have its text recognised (OCR) first")
    if empty:
        yield {"problem": ("repaired: pages", f"{empty} of {len(pages)} pages hold no text: scans or figures, left out")}
    yield from articles_of(_paragraphs(_without_running(pages)))


def _pages(path):
    """Of each page its blocks in reading order: ([(line, how far down, from 0 to 1)], size of the letters)."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextContainer

    for number, page in enumerate(extract_pages(str(path), laparams=LAParams(boxes_flow=0.5, char_margin=2.5))):
        if number >= _MOST:
            raise Unreadable(f"more than {_MOST:,} pages: cut it into parts")
        made = []
        for box in page:
            if isinstance(box, LTTextContainer) and box.get_text().strip():
                lines = [(line.get_text().strip("\n"), 1 - (line.y0 + line.y1) / 2 / page.height) for line in box]
                size = sum(line.height for line in box) / max(1, len(lines))
                made.append(([line for line in lines if line[0].strip()], size))
        yield made


def _without_running(pages):
    """The pages, (lines, size) of each block, without page numbers and the lines that stand at the head or foot of many."""
    seen = Counter(key for blocks in pages for key in {_key(line) for lines, _ in blocks for line in lines if _at_edge(line)})
    often = {key for key, n in seen.items() if n >= min(_OFTEN, len(pages)) > 1 and n >= len(pages) * 0.4}
    kept = [[([t for t, down in lines if not (_at_edge((t, down)) and (_key((t, down)) in often or _NUMBER.fullmatch(t)))], size) for lines, size in blocks] for blocks in pages]  # fmt: skip
    return [[block for block in blocks if block[0]] for blocks in kept]


def _at_edge(line):
    return line[1] < _MARGIN or line[1] > 1 - _MARGIN


def _key(line):
    """A line's words, and its height on the page: a running head stands in one place."""
    return re.sub(r"\d+", "#", re.sub(r"\s+", " ", line[0])).strip().casefold(), round(line[1] * 150)


def _paragraphs(pages):
    """(text, heading level or None) of each paragraph; one that goes on in the next column or page is joined."""
    sizes = sorted(size for blocks in pages for lines, size in blocks for _ in lines)
    usual = sizes[len(sizes) // 2] if sizes else 0
    larger = sorted({round(size) for blocks in pages for _, size in blocks if size > usual * _LARGER}, reverse=True)
    made = []
    for blocks in pages:
        for lines, size in blocks:
            level = larger.index(round(size)) + 1 if size > usual * _LARGER else None
            text = joined(lines) if len(lines) < 2 or level is not None or _is_prose(lines) else "\n".join(lines)
            if made and level is None and made[-1][1] is None and _goes_on(made[-1][0], text):
                made[-1] = (joined([made[-1][0], text]), None)
            else:
                made.append((text, level))
    return [part for text, level in made for part in [*((line.strip(), level) for line in text.split("\n")), ("", None)]]


def _is_prose(lines):
    """Whether the lines of a block are running text, wrapped: no labelled fields, and most go on in the next."""
    fields = sum(bool(re.match(r"[^\W\d_][\w ’'-]{2,24}\s?:\s", line)) for line in lines)
    going = sum(not re.search(r"[.!?:…]$", line.rstrip()) for line in lines[:-1])
    return fields < 2 and going >= 0.6 * (len(lines) - 1) and sum(map(len, lines)) / len(lines) > 25


def _goes_on(before, after):
    return bool(before) and before[-1] not in ".!?…:»”\"" and after[:1].islower()


def joined(lines):
    """Lines as one: a word cut by a hyphen is joined where that makes a word, and keeps it where the hyphen is its own ("Port-Clair")."""
    from simplemma import is_known

    text = ""
    for line in (re.sub(r"\s+", " ", line).strip() for line in lines):
        cut = re.search(r"(\w+)[-\u2010\u00ad]$", text)
        follows = re.match(r"\w+", line)
        if cut and follows:
            word = cut[1] + follows[0]
            whole = follows[0][0].islower() and (text[-1] == "\u00ad" or is_known(word.lower(), lang="fr") or not is_known(f"{cut[1]}-{follows[0]}".lower(), lang="fr"))
            text = (text[:-1] if whole else text) + line
        else:
            text = f"{text} {line}" if text else line
    return text
