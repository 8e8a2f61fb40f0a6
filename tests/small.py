"""Small invented studies, made of rows: no model reads anything for them."""

import pandas as pd

from analysis.measures.running import tables
from analysis.study.across import MADE
from analysis.study.corrections import COLUMNS as CORRECTIONS
from analysis.study.settings import SETTINGS
from analysis.study.validation.codings import COLUMNS as CODINGS
from analysis.text.tables import table


class Small:
    """What pages ask of a study: its tables as attributes, its settings, and a copy with others."""

    def __init__(self, settings, made):
        self.settings, self._tables = settings, made
        self.codings, self.corrections = table(CODINGS), table(CORRECTIONS)

    def __getattr__(self, name):
        try:
            return self.__dict__["_tables"][name]
        except KeyError:
            raise AttributeError(name) from None

    def copy(self, *, settings=None, **changed):
        """The same study with these tables in place of its own."""
        return Small(settings or self.settings, self._tables | changed)


def study(texts=("",), *, settings=None, **rows):
    """A study of these texts (d0, d1, …; a dict gives an article's other columns too), with these rows of its tables.

    Each text is one sentence, unless `sentences` are given; a row without a place stands in the first sentence of d0.
    """
    articles = [{"doc_id": f"d{i}"} | (t if isinstance(t, dict) else {"text": t}) for i, t in enumerate(texts)]
    articles = [{"n_words": len(a["text"].split())} | a for a in articles]
    place = {"doc_id": "d0", "sentence_id": 0, "start": 0, "end": 1}
    whole = [place | {"doc_id": a["doc_id"], "end": len(a["text"]), "part": "body"} for a in articles]
    given = {"sentences": whole} | rows | {"articles": articles}
    made = {
        name: table(columns, [row if name == "articles" else place | row for row in given.get(name, ())])
        for name, columns in tables().items()
        if name not in ("tokens", "problems")
    }
    made["problems"] = table(tables()["problems"], given.get("problems", ()))
    made |= {name: table(columns, rows.get(name, ())) for name, (columns, _) in MADE.items()}
    made["actors"] = pd.DataFrame(rows.get("actors", ()), columns=["actor", "form", "kind"], dtype="str")
    return Small(dict(SETTINGS) | (settings or {}), made)


def bars(ax, *, of=None):
    """[(left, width) of each bar] of each series of an axes, in the order drawn; of: only these series."""
    found = [[(round(float(b.get_x()), 6), round(float(b.get_width()), 6)) for b in series] for series in ax.containers]
    return found if of is None else [found[i] for i in of]


def rows_of(ax):
    """The names beside the rows of an axes."""
    return [label.get_text() for label in ax.get_yticklabels()]
