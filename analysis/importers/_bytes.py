"""Bytes to text, the same way for every format."""

import codecs
import re
import unicodedata


class Unreadable(ValueError):
    """A file that can't be read as articles; its message says why."""


def looks_binary(head):
    """Whether these first bytes can't be text in an encoding that we read."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    controls = sum(b < 32 and b not in b"\t\n\r\f\x1b" for b in head)
    return b"\0" in head or head.startswith((b"%PDF", b"PK\x03\x04")) or controls > len(head) * 0.02


def decoded(data):
    """(text, notes): UTF-8 if it is valid, else UTF-16 by its mark, else the declared charset, else Windows-1252.

    notes: (what, why) pairs, one for each repair that a researcher may want to check.
    Raises Unreadable for bytes that are no text.
    """
    notes = []
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), [("repaired: encoding", "UTF-16, read by its byte-order mark")]
    if looks_binary(data[:4096]):
        raise Unreadable("binary content")
    try:
        text = data.decode("utf-8-sig")
        if data.startswith(codecs.BOM_UTF8):
            notes.append(("repaired: encoding", "UTF-8 with a byte-order mark, which was removed"))
    except UnicodeDecodeError as error:
        charset = _declared(data) or "cp1252"
        text = data.decode(charset, "replace")
        lost = text.count("\ufffd")
        notes.append(
            (
                "repaired: encoding",
                f"not UTF-8 (byte {error.start}), read as {charset}"
                + (f"; {lost} unreadable characters" if lost else ""),
            )
        )
    if any(unicodedata.combining(c) for c in text):
        notes.append(("repaired: encoding", "decomposed accents (NFD), which were composed"))
    return text, notes


def _declared(data):
    match = re.search(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", data[:4096], re.I)
    try:
        name = codecs.lookup(match.group(1).decode()).name
    except (AttributeError, LookupError):
        return None
    return None if name == "utf-8" else {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)


def file_text(path):
    """(text, notes) of a whole file; see `decoded`."""
    return decoded(path.read_bytes())
