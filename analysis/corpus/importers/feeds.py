"""RSS and Atom feeds saved to disk: an entry is an article, by its full text where the feed gives it, else its summary."""

import re

from . import Unreadable
from ._markup import soup, text_of

PRIORITY = 40


def recognises(path, head):
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:3000]
    return bool(
        re.match(rb"(?:<\?xml[^>]*>\s*)?(?:<\?[^>]*>\s*|<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)[\s>]", start, re.S | re.I)
    )


def read(path):
    import feedparser

    try:
        feed = feedparser.parse(path.read_bytes(), sanitize_html=True, resolve_relative_uris=False)
    except Exception as error:  # the parser stumbles over some damage
        raise Unreadable(f"damaged feed: {error}") from error
    if feed.bozo and not feed.entries:
        raise Unreadable(f"damaged feed: {feed.bozo_exception}")
    if feed.bozo:
        yield {
            "problem": ("repaired: feed", f"not well formed, read as far as it goes: {str(feed.bozo_exception)[:120]}")
        }
    for entry in feed.entries:
        full = " ".join(c.get("value", "") for c in entry.get("content", []))
        yield {
            "id": entry.get("id"),
            "title": text_of(soup(entry.get("title", ""))) or None,
            "text": text_of(soup(full or entry.get("summary", ""))),
            "outlet": feed.feed.get("title"),
            "author": entry.get("author"),
            "date": _day(entry),
            "section": ", ".join(t["term"] for t in entry.get("tags", []) if t.get("term")) or None,
            "url": entry.get("link"),
        }


def _day(entry):
    found = entry.get("published_parsed") or entry.get("updated_parsed")
    return f"{found.tm_year:04d}-{found.tm_mon:02d}-{found.tm_mday:02d}" if found else None
