"""TEI: title, date and author from its header, the paragraphs of its text; read by lxml."""

import re

from . import Unreadable

PRIORITY = 24
_SPACE = "{http://www.tei-c.org/ns/1.0}"
_LEFT_OUT = {"note", "fw", "pb", "figure", "ref", "bibl", "listBibl", "back", "teiHeader"}
_BLOCKS = {"p", "l", "ab", "head", "said", "sp", "u", "item"}


def recognises(path, head):
    return b"<TEI" in head[:20000] or b"<teiCorpus" in head[:20000]


def read(path):
    from lxml import etree

    try:
        root = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)).getroot()
    except (etree.XMLSyntaxError, OSError) as error:
        raise Unreadable(f"broken TEI: {error}") from error
    texts = [root] if _name(root) == "TEI" else [e for e in root.iter() if _name(e) == "TEI"]
    if not texts:
        raise Unreadable("TEI without a text")
    for text in texts:
        yield _record(text)


def _name(element):
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _first(root, path):
    """The words of the first element at the end of a path of names."""
    found = root.find("/".join(f"{_SPACE}{n}" for n in path.split("/")))
    found = root.find(path) if found is None else found
    return re.sub(r"\s+", " ", "".join(found.itertext())).strip() or None if found is not None else None


def _record(root):
    header, body = "teiHeader/fileDesc", next((e for e in root.iter() if _name(e) == "body"), root)
    when = next((e.get("when") for e in root.iter() if _name(e) == "date" and e.get("when")), None)
    return {
        "title": _first(root, f"{header}/titleStmt/title"), "author": _first(root, f"{header}/titleStmt/author"),
        "outlet": _first(root, f"{header}/publicationStmt/publisher"), "date": when or _first(root, f"{header}/publicationStmt/date"),
        "text": "\n\n".join(_paragraphs(body)),
    }  # fmt: skip


def _paragraphs(element):
    """The paragraphs of an element in order: of what stands in another only the outermost; a speaker before what is said."""
    name = _name(element)
    if name in _LEFT_OUT or not name:
        return
    if name in _BLOCKS and not any(_name(child) in _BLOCKS for child in element):
        words = re.sub(r"\s+", " ", "".join(_words(element))).strip()
        who = (element.get("who") or "").lstrip("#").replace("_", " ").replace("-", " ")
        if words:
            yield f"{who} : {words}" if who and name in {"said", "u"} else words
        return
    for child in element:
        yield from _paragraphs(child)


def _words(element):
    if _name(element) in _LEFT_OUT:
        return
    yield " " if _name(element) == "lb" and element.get("break") != "no" else (element.text or "")
    for child in element:
        yield from _words(child)
        yield child.tail or ""
