"""Plain text: one article a file, with an optional header of `key: value` lines between two lines of ---."""

import re

import yaml

from . import FIELDS, Unreadable, columns
from ._bytes import file_text, looks_binary

PRIORITY = 90


def recognises(path, head):
    return not looks_binary(head)


def read(path):
    text, notes = file_text(path)
    header, body = _split(text)
    if not body.strip():
        raise Unreadable("no text below its header")
    if body.lstrip().startswith("<?xml") or len(re.findall(r"</?[a-zA-Z][\w:-]*(?:\s[^<>]*)?/?>", body[:20000])) > 20 and body.lstrip()[:1] == "<":
        raise Unreadable("markup of a kind that is not read here (XML)")
    for what, why in notes:
        yield {"problem": (what, why)}
    known = {n: f for f, names in columns().items() if f != "text" for n in [*names, f]}
    named = {}
    for key, value in header.items():
        named.setdefault(known.get(key), []).append((key, value))
    unknown = sorted(key for f, pairs in named.items() for key, _ in (pairs[1:] if f else pairs))
    header = {f: pairs[0][1] for f, pairs in named.items() if f}
    if unknown:
        yield {
            "problem": ("repaired: header", f"unknown keys ignored: {', '.join(unknown)}; known: {', '.join(FIELDS)}")
        }
    yield header | {"text": body}


def _split(text):
    match = re.match(r"\s*---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)", text, re.S)
    if not match:
        return {}, text
    try:
        header = yaml.load(match.group(1), Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        raise Unreadable(
            f"its header is not YAML (line {where.line + 2 if where else '?'}): quote values that hold a colon"
        ) from error
    if not isinstance(header, dict):
        return {}, text
    told = {
        str(k).strip().lower(): ", ".join(map(str, v)) if isinstance(v, list) else str(v)
        for k, v in header.items()
        if v
    }
    return told, text[match.end() :]
