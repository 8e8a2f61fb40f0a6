"""LexisNexis Academic and Nexis as HTML or text: "n of N DOCUMENTS" above each article, fields as labelled lines."""

import re

from . import Unreadable, _nexis
from ._bytes import file_text
from ._markup import soup, text_of

PRIORITY = 19
_HEAD = re.compile(rb"(?:^|[>\n])\s*\d+\s+(?:of|de|sur|von|OF|DE)\s+\d+\s+DOCUMENTS?\s*(?:$|[<\r\n])")
_MARKUP = re.compile(r"<(?:html|body|doc|div)\b", re.I)


def recognises(path, head):
    return bool(_HEAD.search(head.replace(b"\0", b"")))


def read(path):
    text, notes = file_text(path)
    yield from ({"problem": note} for note in notes)
    lines = _lines_of_markup(text) if _MARKUP.search(text[:20000]) else text.splitlines()
    if not any(_nexis.is_head(line) for line in lines):
        raise Unreadable("no “n of N DOCUMENTS” stands above an article")
    yield from _nexis.articles(lines)


def _lines_of_markup(markup):
    """The lines of a page, an empty one where a block ends."""
    tree = soup(markup)
    for mark in tree.find_all("br"):
        mark.replace_with("\n")
    made = []
    for block in tree.find_all("p"):
        made += [text_of(block).replace("\n", " "), ""]
    return made
