"""Markup to text, the same way for every format that holds pages."""

import re

BLOCKS = ["address", "article", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2", "h3",
          "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section", "table", "tbody", "tr", "ul"]  # fmt: skip
_BREAK = "\x1e"


def soup(markup):
    """The tree of a page or of a part of one."""
    from bs4 import BeautifulSoup

    return BeautifulSoup(markup, "lxml")


def text_of(element):
    """The text of an element, a line per paragraph; inline markup (highlighting, links) never splits a word."""
    from bs4 import Comment, NavigableString

    if element is None:
        return ""
    parts = []
    for part in _in_order(element):
        if isinstance(part, NavigableString):
            if type(part) is NavigableString and not isinstance(part, Comment):
                parts.append(re.sub(r"[ \t\r\n\f]+", " ", part))
        else:
            parts.append(_BREAK)
    lines = (re.sub(r" {2,}", " ", line).strip(" ") for line in "".join(parts).split(_BREAK))
    return "\n".join(line for line in lines if line.strip())


def _in_order(element):
    """The strings below an element in reading order, and a mark (None) where a block begins or ends."""
    todo = [iter(element.children)]
    ends = [None]
    while todo:
        child = next(todo[-1], None)
        if child is None:
            todo.pop()
            if ends.pop() in BLOCKS:
                yield None
        elif getattr(child, "children", None) is None:
            yield child
        elif child.name in ("script", "style", "noscript", "template"):
            continue
        else:
            if child.name in BLOCKS or child.name in ("br", "td", "th"):
                yield None
            todo.append(iter(child.children))
            ends.append(child.name)


def pieces(path, opening, *, size=1 << 20, largest=16 << 20):
    """The parts of a large file that begin with `opening` (a compiled pattern of bytes), one at a time.

    What stands before the first is left out. Memory holds one part and one block of the file; of a part longer than
    `largest` bytes only the beginning comes.
    """
    buffer, started, cut = b"", False, b""
    with open(path, "rb") as stream:
        while block := stream.read(size):
            searched = max(0, len(buffer) - 300) if started else 0
            buffer += block
            places = [m.start() for m in opening.finditer(buffer, searched)]
            places = [p for p in places if p or not started or cut]
            if not started and places:
                buffer, started = buffer[places[0] :], True
                places = [p - places[0] for p in places[1:]]
            elif not started:
                buffer = buffer[-300:]
            for first, last in zip([0, *places[:-1]], places):
                yield cut or buffer[first:last]
                cut = b""
            if places:
                buffer = buffer[places[-1] :]
            if started and len(buffer) > largest:
                cut = cut or buffer[:largest]
                buffer = buffer[-300:]
    if started:
        yield cut or buffer
