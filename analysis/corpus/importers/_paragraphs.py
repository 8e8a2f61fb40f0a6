"""A document's paragraphs as articles: what Nexis or Factiva prints, parts under headings, or one article."""

import re

from ...text.typography import nfc, without_invisible
from . import _factiva, _nexis

_LONG, _TITLE = 500, 160  # characters of parts, on average, that are articles below a title; of a first line that may be a title


def articles_of(paragraphs):
    """Records from paragraphs, (text, heading level or None)."""
    paragraphs = [(re.sub(r"[ \t]+", " ", without_invisible(nfc(text))).strip(), level) for text, level in paragraphs]
    if _nexis.is_nexis([text for text, _ in paragraphs]):
        yield from _nexis.articles([text for text, _ in paragraphs])
        return
    if _factiva.is_factiva([text for text, _ in paragraphs]):
        yield from _factiva.articles([text for text, _ in paragraphs])
        return
    parts, above = _under_headings(paragraphs)
    if len(parts) > 1:
        if above:
            yield {"problem": ("note: text", f"left out above the first heading: {' '.join(above)}"), "records": 0}
        for heading, own in parts:
            yield {"title": heading, "text": "\n\n".join(own)}
        return
    kept = [(text, level) for text, level in paragraphs if text]
    title = None
    if kept and _is_title(kept):
        title, kept = kept[0][0], kept[1:]
    yield {"title": title, "text": "\n\n".join(text for text, _ in kept)}


def _under_headings(paragraphs):
    """([(heading, paragraphs)], the few lines above them) under the headings of the highest level, if it has two or more; below a lone
    title (also one that is no heading) only where the parts are long enough to be articles."""
    levels = sorted({level for text, level in paragraphs if level is not None and text})
    for level in levels[:2]:
        parts = [(None, [])]
        for text, own in paragraphs:
            if own == level and text:
                parts.append((text, []))
            elif text:
                parts[-1][1].append(text)
        headed = [p for p in parts[1:] if p[1]]
        if len(headed) > 1:
            above = parts[0][1]
            titled = level != levels[0] or len(above) == 1 and len(above[0]) <= _TITLE and above[0][-1] not in ".:;,"
            if titled and sum(len(t) for _, own in headed for t in own) < _LONG * len(headed):
                return [], []
            long = sum(map(len, above)) > _TITLE
            return ([parts[0]] if long else []) + headed, [] if long else above
        if len(parts) != 2:
            return [], []
    return [], []


def _is_title(paragraphs):
    """Whether the first paragraph reads as a title: a heading, or a short line without a full stop above longer text."""
    text, level = paragraphs[0]
    rest = [t for t, _ in paragraphs[1:]]
    return bool(rest) and (level is not None or len(text) <= _TITLE and not text.endswith((".", ";", ",", ":")) and max(map(len, rest)) > len(text))
