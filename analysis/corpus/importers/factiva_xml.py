"""Factiva's XML: one `article` per article, with headline, lead and tail paragraphs; read by lxml, an article at a time."""

import re

from . import Unreadable

PRIORITY = 18
_PARAGRAPHS = ("leadParagraph", "tailParagraphs")


def recognises(path, head):
    return b"global.factiva.com" in head or b"<ppsArticle" in head


def read(path):
    from lxml import etree

    try:
        for _, element in etree.iterparse(str(path), events=("end",), resolve_entities=False, no_network=True, huge_tree=False):
            if _name(element) == "article":
                yield _record(element)
                element.clear()
    except (etree.XMLSyntaxError, OSError) as error:
        raise Unreadable(f"broken XML: {error}") from error


def _name(element):
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _named(article, name):
    return next((e for e in article.iter() if _name(e) == name), None)


def _words(element):
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip() or None if element is not None else None


def _record(article):
    parts = [_named(article, name) for name in _PARAGRAPHS]
    paragraphs = [_words(e) for part in parts if part is not None for e in part.iter() if _name(e) == "paragraph"]
    date = _words(_named(article, "publicationDate")) or ""
    return {
        "id": _words(_named(article, "accessionNo")), "title": _words(_named(article, "headline")), "date": date[:10],
        "outlet": _words(_named(article, "sourceName")), "author": _words(_named(article, "byline")),
        "section": _words(_named(article, "sectionName")), "page": _words(_named(article, "pages")),
        "text": "\n\n".join(filter(None, paragraphs)),
    }  # fmt: skip
