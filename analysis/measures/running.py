"""The measures run: over one article as it was read, or over bare texts."""

import inspect
from functools import cache
from importlib import import_module

from ..corpus.articles import TABLES as OF_CORPUS
from ..reading.article import TABLES as OF_READING
from ..reading.article import read_texts, sentence_rows
from ..text.tables import table
from . import MEASURES


@cache
def _modules():
    return [import_module(f".{name}", __package__) for name in MEASURES]


@cache
def tables():
    """{table: {column: type}} of every table of a study, in the order in which they are made."""
    found = dict(OF_CORPUS) | OF_READING
    for module in _modules():
        found |= module.TABLES
    return found


def measured(article, **given):
    """{table: rows} of all measures of one article.

    given: what a study gives (`actors`, `schemes`, made ready: a Catalogue, own frames), or rows of a table in place of a measure's own.
    """
    made = {"sentences": list(sentence_rows(article))}
    for module in _modules():
        made |= _rows(module, article, given | made)
    return made


def on_texts(texts, wanted, **given):
    """A table of bare texts, with `text_id` and offsets into the strings as given; only the measures that it needs are run.

    given: as for :func:`measured`; a table that is given is not made.
    """
    modules = _needed(wanted, frozenset(given))
    rows = []
    for i, article in enumerate(read_texts(texts)):
        made = dict(given)
        for module in modules:
            made |= _rows(module, article, made)
        rows += [article.as_given(row) | {"text_id": i} for row in made[wanted]]
    return table(tables()[wanted], rows, text_id=True)


def _rows(module, article, known):
    needs = [name for name in inspect.signature(module.measure).parameters if name != "article"]
    return module.measure(article, **{name: known.get(name) for name in needs})


def _needed(wanted, given):
    """The measures that make a table, and those that make what these need, in order."""
    chosen, todo = set(), [wanted]
    while todo:
        name = todo.pop()
        for module in _modules():
            if name in module.TABLES and name not in given and module not in chosen:
                chosen.add(module)
                todo += inspect.signature(module.measure).parameters
    return [module for module in _modules() if module in chosen]
