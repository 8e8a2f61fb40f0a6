"""EPUB: its chapters in the order of reading, one article each where they have headings."""

import re
import zipfile
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from . import Unreadable
from ._bytes import DAMAGED_ZIP, decoded
from ._markup import soup, text_of
from ._paragraphs import articles_of

PRIORITY = 44
_LARGEST = 200_000_000  # bytes of all chapters, unpacked


def recognises(path, head):
    if not head.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return "mimetype" in archive.namelist() and archive.read("mimetype")[:60].strip() == b"application/epub+zip"
    except DAMAGED_ZIP:
        return False


def read(path):
    try:
        with zipfile.ZipFile(path) as archive:
            chapters, told = list(_chapters(archive)), _told(archive)
    except Unreadable:
        raise
    except Exception as error:  # a damaged archive may say anything
        raise Unreadable(f"a damaged EPUB ({type(error).__name__})") from error
    paragraphs = [part for chapter in chapters for part in _paragraphs(chapter)]
    if not any(text for text, _ in paragraphs):
        raise Unreadable("no text in it")
    yield from (told | {k: v for k, v in record.items() if v} for record in articles_of(paragraphs))


def _told(archive):
    """What the book says of itself: title, author, date, publisher."""
    package = soup(archive.read(_package(archive)))
    names = {"title": "dc:title", "author": "dc:creator", "date": "dc:date", "outlet": "dc:publisher"}
    return {field: text_of(found) for field, name in names.items() if (found := package.find(name)) is not None}


def _package(archive):
    return re.search(rb'full-path="([^"]+)"', archive.read("META-INF/container.xml"))[1].decode()


def _chapters(archive):
    """The markup of each chapter, in the order that the book's spine gives."""
    rootfile = _package(archive)
    package = soup(archive.read(rootfile))
    places = {item.get("id"): item.get("href") for item in package.find_all("item")}
    held = 0
    for step in package.find_all("itemref"):
        name = normpath(join(dirname(rootfile), unquote(places.get(step.get("idref")) or "")))
        if name in archive.namelist():
            held += archive.getinfo(name).file_size
            if held > _LARGEST:
                raise Unreadable("its chapters unpack to more than 200 MB")
            yield decoded(archive.read(name))[0]


def _paragraphs(markup):
    tree = soup(markup)
    for mark in tree.select("h1 br, h2 br, h3 br"):
        mark.replace_with(" ")
    levels = {text_of(h).replace("\n", " "): int(h.name[1]) for h in tree.find_all(["h1", "h2", "h3"])}
    for line in text_of(tree.body or tree).split("\n"):
        yield line, levels.get(line)
