"""A document's paragraphs as articles: what Nexis prints, parts under headings, or one article."""

import re

from . import _nexis

_SHORTEST, _TITLE = 200, 160  # characters of a part that counts as an article; of a first line that may be a title


def articles_of(paragraphs, *, title=None):
    """Records from paragraphs, (text, heading level or None); title: what the file says it is called."""
    paragraphs = [(re.sub(r"[ \t\u00ad]+", " ", text).strip(), level) for text, level in paragraphs]
    if _nexis.is_nexis([text for text, _ in paragraphs]):
        yield from _nexis.articles([text for text, _ in paragraphs])
        return
    parts = _under_headings(paragraphs)
    if len(parts) > 1:
        for heading, own in parts:
            yield {"title": heading, "text": "\n\n".join(own)}
        return
    kept = [(text, level) for text, level in paragraphs if text]
    if kept and _is_title(kept):
        title, kept = kept[0][0], kept[1:]
    yield {"title": title, "text": "\n\n".join(text for text, _ in kept)}


def _under_headings(paragraphs):
    """[(heading, paragraphs)] under the headings of the first level that has two or more with an article's length of text below."""
    for level in sorted({level for _, level in paragraphs if level is not None}):
        parts = []
        for text, own in paragraphs:
            if own == level and text:
                parts.append((text, []))
            elif parts and text:
                parts[-1][1].append(text)
        before = [text for text, own in paragraphs[: next(i for i, p in enumerate(paragraphs) if p[1] == level)] if text]
        parts = [(h, own) for h, own in parts if sum(map(len, own)) >= _SHORTEST]
        if len(parts) > 1:
            return ([(None, before)] if sum(map(len, before)) >= _SHORTEST else []) + parts
    return []


def _is_title(paragraphs):
    """Whether the first paragraph reads as a title: a heading, or a short line without a full stop above longer text."""
    text, level = paragraphs[0]
    rest = [t for t, _ in paragraphs[1:]]
    return bool(rest) and (level is not None or len(text) <= _TITLE and not text.endswith((".", ";", ",", ":")) and max(map(len, rest)) > len(text))
