"""Figures and tables written into reports/, and shown: drawn once, kept as PNG, SVG and CSV."""

import base64
import html
import inspect
import io
import re

from ..pages import corpus, style
from ..pages.figure import Figure
from ..pages.validation import coded, is_corrected, what_coding_says
from ..study.comparison import groups_of
from ..text.language import count, opening, speak, tr
from ..text.places import reports_folder
from ..text.tables import harmless
from . import reader
from .markup import Html, folded, here, say, show

_SCREEN = 130  # dots per inch of the image in a page


def finding(study, which):
    """The sentence that a declared figure illustrates, set apart for the reader. which: a Figure, such as `treatment.TREATMENT`."""
    speak(study.settings["language"])
    return say(which.told(study), machine=is_corrected(study, which.measure), place=f"finding-{which.file}")


def validated(study, measure):
    """What coding by hand says of a measure on this corpus: its corrected figures, set apart; or a line that it was not validated here."""
    told = what_coding_says(study, measure)
    return say(told) if measure in coded(study) else Html(f'<p class="meta">{html.escape(told)}</p>')


def figure(study, which, plot=None, table=None, *, alt=None, caption=None, on_demand=False, **how):
    """Draws a figure, keeps it as figures/<file>.png and .svg with tables/<file>.csv, and shows it with its table.

    which: a Figure that a module of `analysis.pages` declares, such as `treatment.TREATMENT`. Or one of your own: a name for
    its files, a function `plot(table)` that draws and returns its axes, the table, and alt, the finding in words, for those
    who can't see the figure; caption: what it shows (default: the first paragraph of the plot's docstring). What else is
    given goes to the plot. on_demand: it stands behind a line that opens it. Where there is no row, or no article, a line says that there is nothing to draw.
    """
    speak(study.settings["language"])
    if not isinstance(which, Figure):
        which = _own(which, plot, table, alt, caption)
    table = which.table(study)
    write_table(which.file, table)
    made = shown(study, which, table, keep=True, alt=alt or which.finding(study, table), **how)
    return folded(tr(which.caption), made, kind="panels") if on_demand else made


def shown(study, which, table, *, alt, keep=False, **how):
    """The markup of a Figure and its table, or a line that says that there is nothing to draw. keep: as files too."""
    if table.empty or study.articles.empty:
        return nothing_to_draw(alt)
    image = drawn(study, which, table, **how)
    if keep:
        write_image(which.file, image)
    return framed(study, which, image, table, alt=alt, file=f"tables/{which.file}.csv")


def _own(file, plot, table, alt, caption):
    """The Figure of a researcher's own plot. Raises ValueError naming what is missing."""
    if not re.fullmatch(r"\w[\w.-]*", str(file)):
        raise ValueError(f"{file!r} is no name for files: letters, digits, - and _ only")
    for what, value in {"plot": plot, "table": table, "alt": alt}.items():
        if value is None:
            raise ValueError(f"figure {file!r} has no {what}: report.figure(study, {file!r}, plot, table, alt='…')")
    caption = caption if caption is not None else opening(plot.__doc__ or "")
    return Figure(file, caption, lambda study: table, plot, None, lambda study, table: alt)


def drawn(study, which, table, **how):
    """The image that a Figure's plot draws of a table, in the one style; it is closed when it is shown.

    A plot that tells actors, or groups of articles, apart by colour is given the study's own order of them: each has one colour everywhere.
    """
    speak(study.settings["language"])
    style.set_style()
    told = {"actors": lambda: reader.actors_shown(study), "groups": lambda: groups_shown(study)}
    how = {key: told[key]() for key in told if key in inspect.signature(which.plot).parameters} | how
    made = which.plot(table, **how)
    image = getattr(made, "figure", None)
    if not hasattr(image, "savefig"):
        raise ValueError(f"the plot of {which.file!r} returns {made!r}: it must return the axes it drew on")
    return image


def groups_shown(study):
    """The groups of articles that this study compares, in order."""
    return sorted(groups_of(study.articles, study.settings["group_by"])[study.settings["group_by"]].dropna().unique())


def write_image(file, image):
    """Writes a figure as PNG (300 dpi) and SVG. What stands where on it is found once, and stays so."""
    folder = reports_folder() / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    image.savefig(folder / f"{file}.png")
    image.set_layout_engine("none")
    image.savefig(folder / f"{file}.svg", metadata={"Date": None})


def framed(study, which, image, table, *, alt, file=None):
    """A figure with its caption (what it shows, n, source), its finding as alternative text, and its table one click away."""
    import matplotlib.pyplot as plt

    screen = io.BytesIO()
    image.savefig(screen, format="png", dpi=_SCREEN)
    plt.close(image)
    data, caption = base64.b64encode(screen.getvalue()).decode(), html.escape(_caption(study, which, table, file))
    place = html.escape(f"figure-{which.file}", quote=True)
    own, link = (f' id="{place}"', f" {here(place)}") if file else ("", "")  # in a cell of a lab it is led to from nowhere
    return Html(
        f'<figure{own}><div class="scroll" tabindex="0" role="group" aria-label="{tr("Figure")}">'
        f'<img src="data:image/png;base64,{data}" alt="{html.escape(alt, quote=True)}"></div>'
        f"<figcaption>{caption}{link}</figcaption></figure>" + folded(tr("The table behind this figure"), show(table, file=file))
    )


def _caption(study, which, table, file):
    """What a figure shows, its n where that is known, its source, and the file of its data."""
    source = corpus.source(study)
    if which.counts is None:
        told = tr("Source: {source}.", source=source)
    else:
        noun, counted = which.counts
        told = tr("n: {n}. Source: {source}.", n=count(counted(table), noun), source=source)
    return " ".join(filter(None, [tr(which.caption), told, tr("Data: {file}.", file=file) if file else ""]))


def table(rows, file):
    """A table kept whole as tables/<file>.csv, and shown, cut at what a reader scans."""
    write_table(file, rows)
    return show(rows, file=f"tables/{file}.csv")


def nothing_to_draw(why):
    """What stands in a figure's place where its table has no rows."""
    return Html(f'<p class="none">{html.escape(tr("There is nothing to draw: {why}", why=why))}</p>')


def write_table(file, table):
    """Writes tables/<file>.csv (UTF-8); a cell that a spreadsheet would take for a formula gets a ' before it."""
    folder = reports_folder() / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    words = table.select_dtypes(exclude=["number", "bool", "datetime"]).map(harmless)
    table.assign(**words).to_csv(folder / f"{file}.csv", index=False)
