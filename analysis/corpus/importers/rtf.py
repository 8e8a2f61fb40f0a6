"""RTF: one article a file, or what Nexis prints; read by striprtf."""

from . import Unreadable
from ._paragraphs import articles_of

PRIORITY = 22


def recognises(path, head):
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def read(path):
    from striprtf.striprtf import rtf_to_text

    try:
        text = rtf_to_text(path.read_bytes().decode("cp1252", "replace"), encoding="cp1252", errors="replace")
    except Exception as error:  # of damaged codes the library may say anything
        raise Unreadable(f"damaged RTF ({type(error).__name__})") from error
    if not text.strip():
        raise Unreadable("no text in it")
    yield from articles_of([(line, None) for line in text.split("\n")])
