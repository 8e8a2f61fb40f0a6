"""Importers: one file per source format, behind one small contract. Adding a format is adding a file here.

An importer module has
    PRIORITY     a number; lower ones are asked first
    recognises(path, head) → bool        from the first HEAD bytes (and, if need be, the suffix)
    read(path) → iterator of records     dicts with any of FIELDS, everything as str; or {"problem": (what, why)},
                                         with "id" where it concerns one record, "records" where it concerns more or fewer than one;
                                         "member" is the file inside an archive
and raises Unreadable(cause) when the whole file can't be read. The first importer that recognises a file reads it.
"""

import codecs
import importlib
import pkgutil
from functools import cache
from pathlib import Path

import yaml

from ._bytes import Unreadable, decoded

FIELDS = ("id", "title", "lead", "text", "outlet", "edition", "author", "date", "section", "page", "length", "url")
HEAD = 1 << 17

__all__ = ["FIELDS", "HEAD", "Unreadable", "columns", "decoded", "importer_for"]


@cache
def _importers():
    names = [m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")]
    return sorted((importlib.import_module(f"{__name__}.{n}") for n in names), key=lambda m: m.PRIORITY)


@cache
def columns():
    """{field: the names that it carries in tables and headers}, from columns.yaml."""
    return yaml.safe_load(Path(__file__).with_name("columns.yaml").read_text(encoding="utf-8"))


def importer_for(path, head):
    """The importer that reads this file, judged by its first bytes; Unreadable if it is empty or binary."""
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise Unreadable("the file is empty")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode()
    for importer in _importers():
        if importer.recognises(path, head):
            return importer
    raise Unreadable("binary file in a format that is not read here" + _known_as(head))


def _known_as(head):
    names = {
        b"%PDF": "PDF",
        b"PK\x03\x04": "ZIP, Word or Excel",
        b"\x89PNG": "PNG image",
        b"\xff\xd8\xff": "JPEG image",
        b"\xd0\xcf\x11\xe0": "old Word or Excel",
    }
    return next((f" ({name})" for magic, name in names.items() if head.startswith(magic)), "")
