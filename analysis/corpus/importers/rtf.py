"""RTF: one article a file, the parts under its headings, or what Nexis or Factiva prints; read by striprtf."""

import re

from . import Unreadable
from ._paragraphs import articles_of

PRIORITY = 22
_MARK = "\ue000"


def recognises(path, head):
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def read(path):
    from striprtf.striprtf import rtf_to_text

    try:
        content = path.read_bytes()
        page = "mac_roman" if re.match(rb"\s*\{\\rtf\d?\s*\\mac\b", content) else "cp1252"
        coded = content.decode(page, "replace").replace("\\ansicpg10000", "")
        text = rtf_to_text(_with_levels(coded), encoding=page, errors="replace")
    except Exception as error:  # of damaged codes the library may say anything
        raise Unreadable(f"damaged RTF ({type(error).__name__})") from error
    if not text.strip():
        raise Unreadable("no text in it")
    marked = [re.match(rf"\s*(?:{_MARK}(\d))+", line) for line in text.split("\n")]
    lines = [re.sub(rf"{_MARK}\d", "", line) for line in text.split("\n")]
    yield from articles_of([(line, int(mark[1]) if mark else None) for line, mark in zip(lines, marked)])


def _with_levels(coded):
    """The codes with a mark at the beginning of each heading, which the library alone would read as any other paragraph."""
    sheet = re.search(r"\{\\stylesheet.*?\}\s*\}", coded, re.S)
    head = sheet.end() if sheet else 0
    styles = dict(re.findall(r"\\s(\d+)\b[^{}]*?(?:heading|titre|Titre|Heading) (\d)\s*;", sheet[0] if sheet else ""))

    def marked(match):
        number = int(match[2]) + 1 if match[1] == "outlinelevel" else int(styles.get(match[2], 9))
        return match[0] + (f"{{{_MARK}{number}}}" if number < 9 else "")

    return coded[:head] + re.sub(r"\\(outlinelevel|s)(\d+)\b ?", marked, coded[head:])
