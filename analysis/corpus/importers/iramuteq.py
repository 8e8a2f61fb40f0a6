"""IRaMuTeQ text files: before each text a line of `**** *variable_value …`; known variables become fields."""

import re

from ._bytes import looks_binary, text_stream

PRIORITY = 30
_HEAD = re.compile(r"\*{4}(?:[ \t]+\*\S+)*$")
_THEME = re.compile(r"-\*\S+$")
_NAMES = {"source": "outlet", "journal": "outlet", "media": "outlet", "média": "outlet", "outlet": "outlet", "date": "date",
          "auteur": "author", "author": "author", "titre": "title", "title": "title", "rubrique": "section",
          "section": "section", "id": "id", "url": "url"}  # fmt: skip


def recognises(path, head):
    return not looks_binary(head) and bool(re.match(rb"[\xef\xbb\xbf\s]*\*{4}[ \t]+\*\S", head))


def read(path):
    with open(path, "rb") as raw:
        stream, notes = text_stream(raw)
        yield from ({"problem": note} for note in notes)
        fields, lines = {}, []
        for line in stream:
            if not _HEAD.match(line.strip()):
                lines += [] if _THEME.match(line.strip()) else [line]
                continue
            if fields or "".join(lines).strip():
                yield fields | {"text": "".join(lines).strip()}
            fields, lines = _variables(line), []
        yield fields | {"text": "".join(lines).strip()}


def _variables(line):
    """The fields among the variables of a line: `*source_Le_Figaro` is the outlet "Le Figaro"."""
    found = {}
    for variable in re.findall(r"\*(\S+)", line[4:]):
        name, _, value = variable.partition("_")
        field = _NAMES.get(name.lower())
        if field and value:
            found.setdefault(
                field, value if field in ("id", "url") else value.replace("_", "-" if field == "date" else " ")
            )
    return found
