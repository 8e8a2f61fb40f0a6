"""TEI: title, date and author from its header, the paragraphs of its text; read by lxml."""

import re

from . import Unreadable

PRIORITY = 24
_SPACE = "{http://www.tei-c.org/ns/1.0}"
_LEFT_OUT = {"note", "fw", "pb", "figure", "listBibl", "back", "teiHeader", "del", "titlePage"}
_BLOCKS = {"p", "l", "ab", "head", "said", "sp", "u", "item", "cell", "speaker", "div", "div1", "div2", "lg", "list", "row", "table", "body", "front", "group", "text"}


def recognises(path, head):
    return bool(re.search(rb"<(?:\w+:)?(?:TEI|teiCorpus)[\s>]", head[:20000]))


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
    header = "teiHeader/fileDesc"
    body = next((e for e in root.iter() if _name(e) == "text"), root)
    printed = next((e for e in root.iter() if _name(e) == "sourceDesc"), root)
    when = next((e.get("when") for place in (printed, root) for e in place.iter() if _name(e) == "date" and e.get("when")), None)
    journal = next((_plain(e) for e in printed.iter() if _name(e) == "title" and e.get("level") == "j"), None)
    return {
        "title": _first(root, f"{header}/titleStmt/title"), "author": _first(root, f"{header}/titleStmt/author"),
        "outlet": journal or _first(root, f"{header}/publicationStmt/publisher"), "date": when or _first(root, f"{header}/publicationStmt/date"),
        "text": "\n\n".join(_paragraphs(body)),
    }  # fmt: skip


def _plain(element):
    return re.sub(r"\s+", " ", "".join(_words(element))).strip()


def _paragraphs(element, who=None):
    """The paragraphs of an element in order, what stands between inner ones too; a speaker before what is said."""
    name = _name(element)
    if name in _LEFT_OUT or not name:
        return
    who = (element.get("who") or "").lstrip("#").replace("_", " ").replace("-", " ") if name in {"said", "u", "sp"} else who
    held = [element.text or ""]

    def paragraph():
        words = re.sub(r"\s+", " ", "".join(held)).strip()
        held.clear()
        return [f"{who} : {words}" if who and name in {"said", "u"} else words] if words else []

    for child in element:
        if _name(child) in _BLOCKS:
            yield from paragraph()
            yield from _paragraphs(child, who)
        else:
            held.extend(_words(child))
        held.append(child.tail or "")
    yield from paragraph()


def _words(element):
    name = _name(element)
    if name in _LEFT_OUT or not name:
        return
    if name == "choice":
        chosen = next((c for c in element if _name(c) in {"corr", "reg", "expan"}), element[0] if len(element) else None)
        yield from _words(chosen) if chosen is not None else ()
        return
    yield " " if name == "lb" and element.get("break") != "no" else (element.text or "")
    for child in element:
        yield from _words(child)
        yield child.tail or ""
