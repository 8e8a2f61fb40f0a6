"""What a figure is, declared once: its table, its plot, its caption, its sentence, its passages, and what n counts.

Notebooks, the index, the lab and the tests all take figures from these declarations, which stand at the end of each
question's module. How one is shown: `analysis.report.figure`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

import pandas as pd


class News(NamedTuple):
    """Something a figure says that may be worth opening a report with; whether it is, `analysis.pages.findings` decides.

    said: the sentence. n: the articles that it rests on. value: the effect, 0 where there is none, with its 95 % interval (low, high). least: the
    smallest effect worth telling. passages: rows that show it; label: the column that tags them. measured: (measure, metric) of `trust.weakest`;
    None where nothing is guessed (words counted, texts compared).
    """

    said: str
    n: int
    value: float
    low: float
    high: float
    least: float
    passages: pd.DataFrame | None = None
    label: str | None = None
    measured: tuple | None = None


@dataclass(frozen=True)
class Figure:
    """One figure of the report.

    file: the name of its files in `figures/` and `tables/`. caption: what it shows, a message of the kit. table: from a
    study to the rows it draws. plot: draws them, `plot(table, *, ax=None)`, and returns the axes. counts: what n counts, a
    noun, and its number from the table. finding: from a study and the table to the sentence that says what is to be seen,
    which is also its alternative text. passages: from a study to the rows behind it, if there are any; label: the column
    that tags them. measure: the measure that it rests on, as it is coded by hand (see `pages.validation`). news: from a
    study to what of it may open the report (:class:`News`).
    """

    file: str
    caption: str
    table: Callable
    plot: Callable
    counts: tuple
    finding: Callable
    passages: Callable | None = None
    label: str | None = None
    measure: str | None = None
    news: Callable | None = None

    def told(self, study):
        """The sentence that says what is to be seen of a study."""
        return self.finding(study, self.table(study))


def declared():
    """{"treatment.TREATMENT": Figure} of all that this package declares, in the order of its modules."""
    rooms = {m.name: import_module(f"{__package__}.{m.name}") for m in iter_modules(import_module(__package__).__path__)}
    return {f"{name}.{key}": value for name, room in rooms.items() for key, value in vars(room).items() if isinstance(value, Figure)}


def figures():
    """{file: Figure} of all that are declared in this package, in the order of its modules."""
    return {figure.file: figure for figure in declared().values()}
