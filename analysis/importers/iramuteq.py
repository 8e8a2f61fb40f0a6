"""IRaMuTeQ text files: before each text a line of `**** *variable_value …`; known variables become fields."""

import re

from ._bytes import file_text, looks_binary

PRIORITY = 30
_HEAD = re.compile(r"^\*{4}(?:[ \t]+\*\S+)*[ \t]*$", re.M)
_NAMES = {"source": "outlet", "journal": "outlet", "media": "outlet", "média": "outlet", "outlet": "outlet", "date": "date",
          "auteur": "author", "author": "author", "titre": "title", "title": "title", "rubrique": "section",
          "section": "section", "id": "id", "url": "url"}  # fmt: skip


def recognises(path, head):
    return not looks_binary(head) and bool(re.match(rb"[\xef\xbb\xbf\s]*\*{4}[ \t]+\*\S", head))


def read(path):
    text, notes = file_text(path)
    yield from ({"problem": note} for note in notes)
    text = text.replace("\r\n", "\n")
    heads = list(_HEAD.finditer(text))
    for head, end in zip(heads, [*(h.start() for h in heads[1:]), len(text)]):
        yield _variables(head[0]) | {"text": re.sub(r"^-\*\S+[ \t]*$", "", text[head.end() : end], flags=re.M).strip()}


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
