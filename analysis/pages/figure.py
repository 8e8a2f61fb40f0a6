"""What a figure is, declared once: its table, its plot, its caption, its sentence, its passages, and what n counts.

Notebooks, the index, the lab and the tests all take figures from these declarations, which stand at the end of each
question's module. How one is shown: `analysis.report.figure`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules


@dataclass(frozen=True)
class Figure:
    """One figure of the report.

    file: the name of its files in `figures/` and `tables/`. caption: what it shows, a message of the kit. table: from a
    study to the rows it draws. plot: draws them, `plot(table, *, ax=None)`, and returns the axes. counts: what n counts, a
    noun, and its number from the table. finding: from a study and the table to the sentence that says what is to be seen,
    which is also its alternative text. passages: from a study to the rows behind it, if there are any; label: the column
    that tags them. measure: the measure that it rests on, as it is coded by hand (see `pages.validation`).
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

    def told(self, study):
        """The sentence that says what is to be seen of a study."""
        return self.finding(study, self.table(study))


def figures():
    """{file: Figure} of all that are declared in this package, in the order of its modules."""
    rooms = [import_module(f"{__package__}.{m.name}") for m in iter_modules(import_module(__package__).__path__)]
    declared = [value for room in rooms for value in vars(room).values() if isinstance(value, Figure)]
    return {figure.file: figure for figure in declared}
