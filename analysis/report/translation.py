"""Keeps `languages/<language>.po` in step with what code, figures and notebooks say: `make messages`.

A message that is new comes in without a translation (shown in English until it has one), one that nobody says any more
goes. Names of columns and categories (context "name") and reasons in `problems` (context "problem") are written into the
catalogue by hand.
"""

import ast
import io
import json

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from ..text.language import FOLDER, NOUNS, languages
from ..text.places import PACKAGE, notebooks_folder
from .prose import paragraphs

_BY_HAND = {"name", "problem"}


def messages():
    """{message: its plural or None} of all that the kit says, in the order of the files that say it."""
    found = dict(NOUNS)
    for path in sorted(PACKAGE.rglob("*.py")):
        found |= _in_code(ast.parse(path.read_text(encoding="utf-8")))
    for path in sorted(notebooks_folder().glob("[0-9]*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        if not notebook["metadata"].get("page", True):
            continue
        found |= dict.fromkeys([notebook["metadata"]["title"], notebook["metadata"]["description"]])
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                found |= dict.fromkeys(words for _, words in paragraphs("".join(cell["source"])) if words)
    return found


def _in_code(tree):
    """The messages of a module: what its calls of `tr` say, and the captions of its figures."""
    found = {}
    for node in ast.walk(tree):
        called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None
        if called == "tr":
            said = node.args[:1]
        elif called == "Figure":
            said = [given.value for given in node.keywords if given.arg == "caption"]
        else:
            said = []
        found |= {m.value: None for m in said if isinstance(m, ast.Constant) and isinstance(m.value, str) and m.value}
    return found


def update(language):
    """Writes the catalogue of a language anew, with the messages that are said now; returns those without a translation."""
    path = FOLDER / f"{language}.po"
    with path.open("rb") as file:
        old = read_po(file, locale=language)
    new = Catalog(locale=language, fuzzy=False)
    new.mime_headers = old.mime_headers  # the forms of its plurals
    for message, plural in messages().items():
        known = old.get(message)
        new.add((message, plural) if plural else message, known.string if known else None)
    for known in old:
        if known.context in _BY_HAND:
            new.add(known.id, known.string, context=known.context)
    written = io.BytesIO()
    write_po(written, new, width=0, omit_header=True)
    path.write_text(f"{_head(path)}\n\n{written.getvalue().decode()}", encoding="utf-8")
    return [m.id for m in new if m.id and not any(m.string if isinstance(m.string, tuple) else (m.string,))]


def _head(path):
    """What a catalogue begins with: its note and its header."""
    return path.read_text(encoding="utf-8").partition("\n\n")[0]


def update_all():
    """Writes every catalogue anew; returns what has no translation yet, one message a line."""
    return (
        "\n".join(f"{la}: {m}" for la in languages() if la != "en" for m in update(la)) or "every message is translated"
    )
