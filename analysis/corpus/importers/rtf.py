"""RTF: one article a file, or what Nexis prints; read by striprtf."""

import re

from . import Unreadable
from ._paragraphs import articles_of

PRIORITY = 22


def recognises(path, head):
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def read(path):
    from striprtf.striprtf import rtf_to_text

    try:
        content = path.read_bytes()
        page = "mac_roman" if re.match(rb"\s*\{\\rtf\d?\s*\\mac\b", content) else "cp1252"
        coded = content.decode(page, "replace").replace("\\ansicpg10000", "")
        text = rtf_to_text(coded, encoding=page, errors="replace")
    except Exception as error:  # of damaged codes the library may say anything
        raise Unreadable(f"damaged RTF ({type(error).__name__})") from error
    if not text.strip():
        raise Unreadable("no text in it")
    yield from articles_of([(line, None) for line in text.split("\n")])
