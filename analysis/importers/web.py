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
    text = re.sub(
        "&(?:nbsp|#160|#xA0);", "\u00a0", re.sub("&(?:nnbsp|#8239|#x202F);", "\u202f", text, flags=re.I), flags=re.I
    )
    page = trafilatura.bare_extraction(
        text.translate(_KEPT), with_metadata=True, include_comments=False, include_tables=False
    )
    found = page.as_dict() if page is not None else {}
    found = {k: v.translate(_BACK) if isinstance(v, str) else v for k, v in found.items()}
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
