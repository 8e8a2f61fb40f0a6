"""Word (DOCX) and OpenDocument (ODT): one article a file, parts under headings, or what Nexis prints; read by python-docx and by lxml."""

import re
import zipfile

from . import Unreadable
from ._bytes import DAMAGED_ZIP
from ._paragraphs import articles_of

PRIORITY = 45
_LARGEST = 200_000_000  # bytes of the document's own part, unpacked
_PARTS = {"word/document.xml": "docx", "content.xml": "odt"}


def recognises(path, head):
    return head.startswith(b"PK\x03\x04") and _kind(path) is not None


def _kind(path):
    try:
        with zipfile.ZipFile(path) as archive:
            names = {n: i.file_size for n, i in zip(archive.namelist(), archive.infolist())}
            if "mimetype" in names and b"opendocument.text" not in archive.read("mimetype")[:100]:
                return None
    except DAMAGED_ZIP:
        return None
    return next((kind for part, kind in _PARTS.items() if part in names), None)


def read(path):
    kind = _kind(path)
    try:
        with zipfile.ZipFile(path) as archive:
            if max(i.file_size for i in archive.infolist()) > _LARGEST:
                raise Unreadable("a part of it unpacks to more than 200 MB")
        paragraphs = (_docx if kind == "docx" else _odt)(path)
    except Unreadable:
        raise
    except Exception as error:  # of a damaged file the libraries may say anything
        raise Unreadable(f"a damaged {kind.upper()} file ({type(error).__name__})") from error
    if not any(text.strip() for text, _ in paragraphs):
        raise Unreadable("no text in it")
    yield from articles_of(paragraphs)


def _docx(path):
    """Its paragraphs in the order of the page, those of tables, text boxes and content controls too; deleted text and second renderings
    are left out."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(path)
    levels = {style.style_id: _level(style.name or "") for style in document.styles if style.type is not None}
    gone = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
    words = {qn("w:t"): None, qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
    said, order = {}, []
    todo = [(document.element.body, None)]
    while todo:
        element, paragraph = todo.pop()
        if element.tag in gone or element.tag == qn("w:pPr"):
            continue
        if element.tag == qn("w:p"):
            paragraph = element
            order.append(element)
            said[element] = []
        elif element.tag in words and paragraph is not None:
            said[paragraph].append(words[element.tag] or element.text or "")
        todo += [(child, paragraph) for child in reversed(element)]
    made = []
    for paragraph in order:
        style = paragraph.style
        outline = paragraph.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        level = levels.get(style) if outline is None else int(outline.get(qn("w:val"), 8)) + 1
        in_table = any(above.tag == qn("w:tc") for above in paragraph.iterancestors())
        level = None if in_table or level is not None and level > 8 else level
        made += [(line, level) for line in "".join(said[paragraph]).split("\n")]
    return made


def _level(style):
    """The level of a heading's style, by its name ("Heading 2", "Titre 2", "Title"); None for any other."""
    found = re.match(r"(?:heading|titre)\s*(\d)|(title|titre)$", style, re.I)
    return int(found[1] or 0) if found else None


def _odt(path):
    from lxml import etree

    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("content.xml"), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    space = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    for gone in list(root.iter(f"{space}note", f"{space}tracked-changes", f"{office}annotation")):
        before, parent = gone.getprevious(), gone.getparent()
        if before is not None:
            before.tail = (before.tail or "") + (gone.tail or "")
        else:
            parent.text = (parent.text or "") + (gone.tail or "")
        parent.remove(gone)
    made = []
    for element in root.iter(f"{space}p", f"{space}h"):
        if any(above.tag in (f"{space}p", f"{space}h") for above in element.iterancestors()):
            continue  # a text box stands in its paragraph
        for mark, words in (("tab", " "), ("s", " "), ("line-break", "\n")):
            for inner in element.iter(f"{space}{mark}"):
                inner.tail = words + (inner.tail or "")
        level = int(element.get(f"{space}outline-level", 1)) if element.tag.endswith("}h") else None
        made += [(line, level) for line in "".join(element.itertext()).split("\n")]
    return made
