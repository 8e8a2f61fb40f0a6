"""Bytes to text, the same way for every format."""

import codecs
import io
import re
import zipfile
import zlib
from itertools import chain

_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_COMBINING = re.compile("[\u0300-\u036f]")


DAMAGED_ZIP = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError)


class Unreadable(ValueError):
    """A file that can't be read as articles; its message says why."""


def looks_binary(head):
    """Whether these first bytes can't be text in an encoding that we read."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    controls = sum(b < 32 and b not in b"\t\n\r\f\x1b" for b in head)
    return b"\0" in head or head.startswith((b"%PDF", b"PK\x03\x04")) or controls > len(head) * 0.02


def decoded(data):
    """(text, notes) of some bytes; see `text_stream`."""
    stream, notes = text_stream(io.BytesIO(data))
    return stream.read(), notes


def text_stream(raw):
    """(stream, notes) of a binary stream: UTF-8 if it is valid, else UTF-16 by its mark, else the declared charset, else
    Windows-1252. The file is read through once to know, a block at a time; line ends stay as they are.

    notes: (what, why) pairs, one for each repair that a researcher may want to check.
    Raises Unreadable for bytes that are no text.
    """
    head = raw.read(4096)
    marked = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if looks_binary(head):
        raise Unreadable("binary content")
    notes, encoding = [], "utf-16" if marked else "utf-8-sig"
    try:
        lost, decomposed = _read_through(raw, encoding, "replace" if marked else "strict")
        if marked:
            notes.append(("repaired: encoding", "UTF-16, read by its byte-order mark"))
        elif head.startswith(codecs.BOM_UTF8):
            notes.append(("repaired: encoding", "UTF-8 with a byte-order mark, which was removed"))
    except UnicodeDecodeError as error:
        lost, decomposed, accents = _read_through(raw, encoding, "replace", counted=True)
        if accents < 10 * lost:  # not UTF-8 with a damaged byte here and there
            encoding = _declared(head) or "cp1252"
            lost, decomposed = _read_through(raw, encoding, "replace")
        said = f"; {lost} unreadable characters" if lost else ""
        notes.append(("repaired: encoding", f"not all UTF-8 ({error.reason}), read as {encoding}{said}"))
    if decomposed:
        notes.append(("repaired: encoding", "decomposed accents (NFD), which were composed"))
    raw.seek(0)
    return io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline=""), notes


def _read_through(raw, encoding, errors, *, counted=False):
    """(number of unreadable characters, whether there are decomposed accents) of a stream read to its end.

    counted: the number of readable characters beyond ASCII too.
    """
    raw.seek(0)
    reader, lost, decomposed, accents = codecs.getincrementaldecoder(encoding)(errors), 0, False, 0
    for block in chain(iter(lambda: raw.read(1 << 20), b""), [b""]):
        text = reader.decode(block, final=not block)
        lost += text.count("\ufffd")
        decomposed = decomposed or bool(_COMBINING.search(text))
        accents += len(_BEYOND_ASCII.findall(text)) if counted else 0
    return (lost, decomposed, accents - lost) if counted else (lost, decomposed)


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
