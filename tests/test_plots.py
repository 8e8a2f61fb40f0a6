"""plots.save: figures for a paper, at its widths, with real text and the fonts in the file."""

import base64
import io
import re
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from pdfminer.high_level import extract_text
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from small import study

from analysis.pages import comparison, relations, style, treatment
from analysis.report import plots
from analysis.text.language import speak

POINTS = {"column": 85 / 25.4 * 72, "page": 174 / 25.4 * 72}
SVG = "{http://www.w3.org/2000/svg}"
LONG = "Syndicat des marins et dockers de l’Éperon  (n = 12)"
ONE = study(
    ["Ada trahit le port."],
    sentiment=[{"actor": "Ada Nœud", "label": "negative", "polarity": -0.9, "voice": "outlet", "end": 3}],
)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CADRAGE_REPORTS", str(tmp_path))
    yield tmp_path
    plt.close("all")
    speak("en")


def bars(names=(LONG, "Élise Œuvrard  (n = 3)"), width=8.4):
    ax = style.axes(None, len(names), width=width)
    ax.barh(range(len(names)), [0.25 * (i + 1) for i in range(len(names))], label="négatif")
    style.rows_named(ax, names)
    style.numbers(ax)
    ax.set_xlabel("part des phrases qui nomment l’acteur, affluence comprise (dans la barre : n)")
    style.legend_above(ax)
    return ax


def words(path):
    """The words of a file, in any order: letters only."""
    if path.suffix == ".pdf":
        return set(re.findall(r"\w+", extract_text(path)))
    return {w for text in texts(path) for w in re.findall(r"\w+", "".join(text.itertext()))}


def texts(svg):
    return list(ElementTree.fromstring(svg.read_text(encoding="utf-8")).iter(f"{SVG}text"))


def sizes(svg):
    return {float(re.search(r"font-size: ([\d.]+)px", text.get("style")).group(1)) for text in texts(svg)}


def page_of(pdf):
    with pdf.open("rb") as file:
        page = next(PDFPage.create_pages(PDFDocument(PDFParser(file))))
        fonts = [resolve1(font) for font in resolve1(page.resources["Font"]).values()]
        inner = [resolve1(f["DescendantFonts"])[0] if "DescendantFonts" in f else f for f in fonts]
        return page.mediabox, [resolve1(resolve1(font)["FontDescriptor"]) for font in inner], [str(f["Subtype"]) for f in fonts]


def faces(svg):
    """{(weight): the letters of the font that an SVG carries}."""
    rule = r"font-family:'DejaVu Sans';font-weight:(\w+);font-style:normal;src:url\(data:font/woff;base64,([^)]+)\)"
    found = re.findall(rule, svg.read_text(encoding="utf-8"))
    return {weight: set(map(chr, TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap())) for weight, data in found}


@pytest.mark.parametrize("width", POINTS)
def test_a_figure_is_as_wide_as_asked_and_its_text_is_text_of_seven_to_eight_points(folder, width):
    pdf, svg = plots.save(bars(), width, file="essai")
    assert [pdf, svg] == [folder / "figures" / f"essai-{width}.{kind}" for kind in ("pdf", "svg")]
    box, _, _ = page_of(pdf)
    drawing = ElementTree.fromstring(svg.read_text(encoding="utf-8"))
    millimetre = 72 / 25.4
    assert abs(box[2] - POINTS[width]) < millimetre and abs(float(drawing.get("width")[:-2]) - POINTS[width]) < millimetre
    for path in (pdf, svg):
        assert {"Éperon", "Œuvrard", "négatif", "affluence", "phrases"} <= words(path), path
    assert min(sizes(svg)) >= 7 and max(sizes(svg)) <= 8


def test_fonts_are_in_both_files(folder):
    ax = bars()
    ax.set_title("Gras", fontweight="bold")
    pdf, svg = plots.save(ax, file="essai")
    _, fonts, kinds = page_of(pdf)
    assert fonts and all(font.get("FontFile2") for font in fonts) and "Type3" not in "".join(kinds)
    carried = faces(svg)
    assert carried["700"] >= set("Gras") and carried["normal"] >= set("Œuvrard’négatif0,25")
    assert "Z" not in carried["normal"], "only the letters that are used"


def test_nothing_is_cut_off_and_no_two_words_meet_in_a_column(folder):
    names = [LONG, "Élise Œuvrard, préfète du littoral  (n = 3)", "Le Courrier de la Presqu’île et des Îles  (n = 1)"]
    fig = plots._copied(bars(names).figure)
    plots.fit(fig, "column")
    fig.draw_without_rendering()
    (ax,) = fig.axes
    numbers = [t for t in ax.get_xticklabels() if t.get_position()[0] <= ax.get_xlim()[1]]
    shown = [*ax.get_yticklabels(), *numbers, ax.xaxis.label, *fig.legends[0].get_texts()]
    boxes = [t.get_window_extent() for t in shown]
    over = [t for t, b in zip(shown, boxes) if b.x0 < 0 or b.y0 < 0 or b.x1 > fig.bbox.x1 or b.y1 > fig.bbox.y1]
    assert not over
    assert not [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if a.overlaps(b)]
    assert ax.bbox.width > 0.45 * fig.bbox.width, "room for the data"
    assert "\n" in ax.get_yticklabels()[0].get_text() and "(n = 12)" in ax.get_yticklabels()[0].get_text().split("\n")[-1]


def test_numbers_are_in_the_language_of_the_results_and_agree_with_their_places(folder):
    speak("fr")
    ax = bars()
    ax.set_xlim(0, 1)
    _, svg = plots.save(ax, file="essai")
    told = {"".join(text.itertext()) for text in texts(svg)}
    assert {"0,0", "1,0"} <= told and not any(re.fullmatch(r"\d\.\d+", t) for t in told)


def test_the_owners_figure_stays_as_it_is(folder):
    def picture():
        file = io.BytesIO()
        ax.figure.savefig(file, format="png")
        return file.getvalue()

    ax = bars()
    ax.bar_label(ax.containers[0], ["a", "b"], label_type="center")
    before, fonttype, open_ones, layout = picture(), plt.rcParams["pdf.fonttype"], plt.get_fignums(), ax.figure.get_layout_engine()
    plots.save(ax)
    assert ax.figure.get_layout_engine() is layout and tuple(ax.figure.get_size_inches()) == (8.4, 1.3 + 0.84)
    assert plt.rcParams["pdf.fonttype"] == fonttype and plt.get_fignums() == open_ones and plt.gcf() is ax.figure
    assert picture() == before


def test_two_runs_write_the_same_bytes(folder):
    ax = bars()
    ax.figure.set_label("essai")
    first = [path.read_bytes() for path in plots.save(ax)]
    again = [path.read_bytes() for path in plots.save(bars(), file="essai")]
    assert first == again and b"CreationDate" not in first[0] and b"dc:date" not in first[1]


def test_a_declared_figure_is_drawn_of_its_study_and_closed(folder):
    pdf, _ = plots.save(treatment.TREATMENT, "page", study=ONE, folder=folder / "papier")
    assert pdf == folder / "papier" / "actors-sentiment-page.pdf" and "Nœud" in words(pdf)
    assert plt.get_fignums() == []


def test_panels_are_set_in_fewer_columns_and_keep_their_names(folder):
    rows = [(f"m{m}", group, 3, m + g, m + g - 0.5, m + g + 0.5) for m in range(5) for g, group in enumerate(("La Gazette", "Le Phare"))]
    table = pd.DataFrame(rows, columns=["measure", "outlet", "n", "value", "low", "high"])
    ax = comparison.plot_measures(table)
    for width, columns in (("column", 2), ("page", 3)):
        fig = plots._copied(ax.figure)
        plots.fit(fig, width)
        panels = fig.axes[0].child_axes
        assert len({round(p.bbox.x0) for p in panels}) == columns
        named = [i for i, p in enumerate(panels) if any(t.get_text() for t in p.get_yticklabels())]
        assert named == list(range(0, 5, columns)), "the first of each row"
        boxes = [p.get_tightbbox() for p in panels]
        assert not [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if a.overlaps(b)]
        assert all(b.x0 >= 0 and b.x1 <= fig.bbox.x1 and b.y0 >= 0 and b.y1 <= fig.bbox.y1 for b in boxes)


def test_what_stands_beside_an_axis_keeps_its_distance(folder):
    ax = bars(["Ada", "Bea"])
    style.signs(ax, ["Ada", "Bea"], ["Ada"])
    fig = plots._copied(ax.figure)
    plots.fit(fig, "column")
    fig.draw_without_rendering()
    sign, (name, _) = fig.axes[0].lines[-1].get_window_extent(), fig.axes[0].get_yticklabels()
    assert name.get_window_extent().x1 < sign.x0 and sign.x1 < fig.axes[0].bbox.x0


def test_frames_around_names_are_not_cut(folder):
    table = pd.DataFrame(
        [("Maëlle Corvandier", "Solange Prévautier", "accuser", False, 2), ("Loïc Garvennec", "Maëlle Corvandier", "aider", True, 1)],
        columns=["agent_actor", "patient_actor", "verb", "negated", "n"],
    )
    fig = plots._copied(relations.plot_network(table).figure)
    plots.fit(fig, "column")
    fig.draw_without_rendering()
    boxes = [t.get_bbox_patch().get_window_extent() for t in fig.axes[0].texts if t.get_text() in set(table["agent_actor"])]
    assert len(boxes) == 2 and all(b.x0 > 0 and b.x1 < fig.bbox.x1 for b in boxes)


def test_axes_placed_by_hand_are_not_cut(folder):
    fig = plt.figure()
    fig.add_axes([0.01, 0.01, 0.98, 0.98]).plot([1000, 2000])
    copy = plots._copied(fig)
    plots.fit(copy, "column")
    box = copy.get_tightbbox()
    assert box.x0 > -0.01 and box.y0 > -0.01 and box.x1 < 85 / 25.4 + 0.01


@pytest.mark.parametrize(
    ("arguments", "given", "message"),
    [
        (lambda: [bars(), "poster"], {}, r"width='poster': 'column' \(85 mm\) or 'page' \(174 mm\)"),
        (lambda: [None], {}, "fig=None is no figure"),
        (lambda: [pd.DataFrame()], {}, "is no figure"),
        (lambda: [bars()], {"file": "../essai"}, "file='../essai' is no name for files"),
        (lambda: [treatment.TREATMENT], {}, r"'actors-sentiment' is declared, not drawn: .*study=study"),
        (lambda: [treatment.TREATMENT], {"study": study()}, "'actors-sentiment' has nothing to draw"),
    ],
)
def test_what_cannot_be_saved_is_named(folder, arguments, given, message):
    with pytest.raises(ValueError, match=message):
        plots.save(*arguments(), **given)
    assert not list(folder.rglob("*.pdf"))


def test_what_cannot_be_copied_is_told(folder):
    ax = bars()
    ax.figure.held = open(__file__, encoding="utf-8")
    with pytest.raises(ValueError, match="can't be copied"):
        plots.save(ax)
    ax.figure.held.close()
