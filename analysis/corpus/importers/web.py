"""Saved web pages: trafilatura finds the article among menus, comments and advertisements."""

import logging
import re

from . import Unreadable
from ._bytes import file_text, looks_binary

PRIORITY = 50
_KEPT = str.maketrans("\u00a0\u202f", "␣␠")  # no-break spaces, which trafilatura would make plain
_BACK = str.maketrans("␣␠", "\u00a0\u202f")


def recognises(path, head):
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2000].lower()
    return not looks_binary(head) and bool(
        re.match(rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype html|<html|<head|<body)", start, re.S)
    )


def read(path):
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text, notes = file_text(path)
    page = trafilatura.bare_extraction(text, with_metadata=True, include_comments=False, include_tables=False)
    found = page.as_dict() if page is not None else {}
    found["text"] = _with_spaces(text) or found.get("text")
    if not (found.get("text") or "").strip():
        raise Unreadable("no article text found in this web page")
    for what, why in notes:
        yield {"problem": (what, why)}
    yield {
        "title": found.get("title"),
        "text": found["text"],
        "outlet": found.get("sitename"),
        "author": found.get("author"),
        "date": found.get("date"),
        "url": found.get("url"),
    }


def _with_spaces(page):
    """The article's text with its no-break spaces, which trafilatura alone would make plain; None where that can't be."""
    import trafilatura

    page = re.sub(
        "&(?:nbsp|#160|#xA0);", "\u00a0", re.sub("&(?:nnbsp|#8239|#x202F);", "\u202f", page, flags=re.I), flags=re.I
    )
    page = re.sub(r"(?<=>)[\u00a0\u202f\s]+(?=<)", " ", page)  # an empty paragraph is no text
    if not re.search("[\u00a0\u202f]", page) or re.search("[␣␠]", page):
        return None
    found = trafilatura.extract(page.translate(_KEPT), include_comments=False, include_tables=False)
    return found and found.translate(_BACK)
