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
    for what, why in notes:
        yield {"problem": (what, why)}
    unknown = sorted(set(header) - set(FIELDS) - {n for names in columns().values() for n in names})
    header = {f: next((header[n] for n in [f, *names] if n in header), None) for f, names in columns().items()} | {
        k: v for k, v in header.items() if k in FIELDS
    }
    if unknown:
        yield {
            "problem": ("repaired: header", f"unknown keys ignored: {', '.join(unknown)}; known: {', '.join(FIELDS)}")
        }
    yield {k: v for k, v in header.items() if v and k in FIELDS and k != "text"} | {"text": body}


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
    return {str(k).strip().lower(): str(v) for k, v in header.items() if v not in (None, "")}, text[match.end() :]
