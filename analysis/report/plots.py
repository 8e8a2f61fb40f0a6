"""Figures for a paper: as wide as its column or its page, with text that can be searched and its fonts, as PDF and SVG."""

import base64
import io
import pickle
import re
import types
from copyreg import __newobj__
from pathlib import Path
from xml.etree import ElementTree

from ..pages.figure import Figure as Declared
from ..text.places import reports_folder
from .figures import drawn
from .fitting import WIDTHS, fit

_WAYS = {
    "pdf.fonttype": 42,
    "pdf.use14corefonts": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "cadrage",
    "savefig.bbox": None,
    "savefig.dpi": 300,
}


def save(fig, width="column", *, study=None, file=None, folder=None):
    """Writes a figure for a paper, as PDF and as SVG, and returns their paths.

    fig: a figure of matplotlib or its axes, as the plots of `analysis.pages` return them; it stays as it is. Or a Figure that a
    module of `analysis.pages` declares, with its study: `plots.save(treatment.TREATMENT, "column", study=study)`. width:
    "column" (85 mm, one of two columns) or "page" (174 mm, both). file: the name of the files, to which the width is added
    (default: that of the declared figure, the label of another, else "figure"). folder: where they go (default: `figures/` of
    the reports). All text has 7 to 8 points, lines and marks shrink with it, long names are folded, legends stand outside the
    data; both files hold text as text and the fonts it needs, and two runs write the same bytes. A figure of many panels, such
    as `comparison.MEASURES`, gets taller than a page in a column: take "page" for it. Raises ValueError for another width, for
    what is no figure or no name for files, for what can't be copied, and where there is nothing to draw.
    """
    import matplotlib.pyplot as plt

    if width not in WIDTHS:
        raise ValueError(f"width={width!r}: 'column' (85 mm) or 'page' (174 mm)")
    if isinstance(fig, Declared):
        made = _of_study(fig, study)
        try:
            return save(made, width, file=file or fig.file, folder=folder)
        finally:
            plt.close(made)
    fig = _figure(fig)
    file = file or fig.get_label() or "figure"
    if not re.fullmatch(r"\w[\w.-]*", str(file)):
        raise ValueError(f"file={file!r} is no name for files: letters, digits, - and _ only")
    folder = Path(folder) if folder is not None else reports_folder() / "figures"
    with plt.rc_context(_WAYS):
        copy = _copied(fig)
        fit(copy, width)
        return _written(copy, folder, f"{file}-{width}")


def _of_study(which, study):
    """What a declared Figure draws of a study."""
    if study is None:
        raise ValueError(f"{which.file!r} is declared, not drawn: plots.save(…, study=study)")
    table = which.table(study)
    if table.empty or study.articles.empty:
        raise ValueError(f"{which.file!r} has nothing to draw: {which.finding(study, table)}")
    return drawn(study, which, table)


def _figure(given):
    """The figure itself, or the one that axes stand on."""
    fig = getattr(getattr(given, "figure", None), "figure", None)  # of a part of a figure, the whole
    if not hasattr(fig, "savefig"):
        raise ValueError(f"fig={given!r} is no figure of matplotlib, nor axes: give what a plot returns")
    return fig


# --- a copy that is free to be changed


def _copied(fig):
    """A copy of a figure that pyplot knows nothing of. Raises ValueError where it holds what can't be copied."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    file = io.BytesIO()
    pickler = _Pickler(file)
    try:
        pickler.dump(fig)
        file.seek(0)
        copy = _Unpickler(file, pickler.held).load()
    except (TypeError, AttributeError, pickle.PicklingError) as error:
        raise ValueError(f"fig={fig!r} holds what can't be copied: {error}") from error
    FigureCanvasAgg(copy)
    copy.set_dpi(200)
    return copy


class _Held:
    """A function that goes over into the copy as it is."""

    def __init__(self, function):
        self.function = function


class _Pickler(pickle.Pickler):
    """Copies functions inside functions too, such as tell the ticks of an axis, with the axis that they look at."""

    def __init__(self, file):
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.held = []

    def persistent_id(self, thing):
        if isinstance(thing, (_Held, types.ModuleType)):
            self.held.append(getattr(thing, "function", thing))
            return len(self.held) - 1

    def reducer_override(self, thing):
        from matplotlib.figure import Figure

        if isinstance(thing, types.FunctionType) and "<" in thing.__qualname__:
            cells = [cell.cell_contents for cell in thing.__closure__ or ()]
            return _remade, (_Held(thing), thing.__defaults__, thing.__kwdefaults__, cells)
        if isinstance(thing, Figure):  # its copy is none of pyplot's
            return __newobj__, (type(thing),), {k: v for k, v in thing.__getstate__().items() if k != "_restore_to_pylab"}
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    def __init__(self, file, held):
        super().__init__(file)
        self.held = held

    def persistent_load(self, key):
        return self.held[key]


def _remade(function, defaults, named, cells):
    """A function with what its copy holds."""
    cells = tuple(types.CellType(content) for content in cells)
    made = types.FunctionType(function.__code__, function.__globals__, function.__name__, defaults, cells)
    made.__kwdefaults__ = named
    return made


# --- its files


def _written(fig, folder, file):
    """Writes a figure as PDF and SVG, without a date, and returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    pdf, svg = (folder / f"{file}.{kind}" for kind in ("pdf", "svg"))
    fig.savefig(pdf, metadata={"CreationDate": None})
    drawing = io.StringIO()
    fig.savefig(drawing, format="svg", metadata={"Date": None})
    svg.write_text(_with_fonts(drawing.getvalue()), encoding="utf-8", newline="\n")
    return pdf, svg


def _with_fonts(svg):
    """An SVG with the letters it uses of each of its fonts, so that it looks the same where these are not installed."""
    letters = {}
    for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        for part in element.iter():
            look = (element.get("style") or "") + ";" + (part.get("style") or "")
            letters.setdefault(_face(look), set()).update("".join(part.itertext()))
    faces = "\n".join(_embedded(*face, letters[face]) for face in sorted(letters))
    return svg.replace('<style type="text/css">', f'<style type="text/css">{faces}\n', 1)


def _face(look):
    """Family, weight and style that a CSS style asks for; the last word counts."""
    told = dict(pair.split(":", 1) for pair in look.replace(": ", ":").split(";") if ":" in pair)
    told = {key.strip(): value.strip() for key, value in told.items()}
    family = told.get("font-family", "'DejaVu Sans'").split(",")[0].strip("'\" ")
    return family, told.get("font-weight", "normal"), told.get("font-style", "normal")


def _embedded(family, weight, slant, letters):
    """The rule that brings a font along, cut down to these letters."""
    from fontTools import subset
    from matplotlib.font_manager import FontProperties, findfont

    options = subset.Options(flavor="woff", hinting=False, notdef_outline=True)
    options.drop_tables += ["FFTM"]
    found = findfont(FontProperties(family=family, weight=int(weight) if weight.isdigit() else weight, style=slant))
    font = subset.load_font(found, options)
    cut = subset.Subsetter(options)
    cut.populate(text="".join(sorted(letters)))
    cut.subset(font)
    file = io.BytesIO()
    subset.save_font(font, file, options)
    font.close()
    data = base64.b64encode(file.getvalue()).decode()
    return f"@font-face{{font-family:'{family}';font-weight:{weight};font-style:{slant};src:url(data:font/woff;base64,{data}) format('woff')}}"
