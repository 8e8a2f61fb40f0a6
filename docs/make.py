"""Makes what is made in docs/: the tutorials as Markdown, the tables of the pages of methods, the gallery. Run by `make docs`."""

import base64
import io
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup

import analysis
from analysis.pages.figure import declared
from analysis.report.figures import drawn
from analysis.study.trust import trust, weakest
from analysis.text.language import number, speak, tr

DOCS = Path(__file__).resolve().parent
PROJECT = DOCS.parent
TUTORIALS = ("tutorial", "tutoriel")
TABLE = re.compile(r"(<!-- accuracy: ([\w ]+) -->\n).*?(<!-- end -->)", re.S)  # where a page wants the table of a measure
VALUE = re.compile(r"(<!-- weakest: ([\w ]+) / ([^>]+?) -->).*?(<!-- end -->)", re.S)  # where it wants the lowest value of a metric
DOTS = 80  # per inch of an image of the gallery
GROUPS = """
groups:
  shipping lines: [Galverne Ferries, Édouard Vaugrandin, Traversiers du Large, Solange Prévautier]
  protesters: [Syndicat des marins et dockers de la rade, Loïc Garvennec, Air et Estran, Nadia Ferrouel]
"""
STUDIES = {  # what a figure may be drawn from; the first that has something to draw is taken
    "port-clair": "`examples/port-clair`",
    "both": "`examples/port-clair` and `examples/quatre-recits` read together",
    "months": "both examples read together, grouped by month",
    "quatre-recits": "`examples/quatre-recits`",
    "seeds": "`seeds/`",
}
ORDERS = {"stories": ("quatre-recits",), "copies": ("quatre-recits",)}  # of modules whose figures want another example
_COLOUR_CODE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_FILE = re.compile(r" [^.:]*: tables/\S+\.csv\.")  # of a report, which docs/ is none
_WORDS = ["h3", "h4", "p", "table", "img", "figcaption"]


def main():
    """Makes all of it anew."""
    for name in TUTORIALS:
        write_tutorial(name)
    for path in sorted((DOCS / "methods").glob("*.md")):
        path.write_text(with_tables(path.read_text(encoding="utf-8")), encoding="utf-8")
    with tempfile.TemporaryDirectory() as place:
        write_gallery(Path(place))


# --- tutorials


def executed(path):
    """A notebook after all of its cells ran in a kernel of their own, where it stands. Raises nbclient's error for a cell that fails."""
    from nbclient import NotebookClient

    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=600, kernel_name="python3", extra_arguments=["--log-level=ERROR"], resources={"metadata": {"path": str(path.parent)}}).execute()
    return notebook


def write_tutorial(name):
    """Executes a tutorial and writes it as Markdown, its images beside it."""
    text, images = markdown(executed(DOCS / f"{name}.ipynb"), f"{name}_files")
    shutil.rmtree(DOCS / f"{name}_files", ignore_errors=True)
    (DOCS / f"{name}_files").mkdir()
    for file, image in images.items():
        (DOCS / f"{name}_files" / file).write_bytes(image)
    (DOCS / f"{name}.md").write_text(text, encoding="utf-8")


def markdown(notebook, folder):
    """(Markdown, {file: image}) of an executed notebook; what it shows as HTML is told in Markdown, what it says of its progress left out."""
    from nbconvert import MarkdownExporter

    images = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            shown = (_shown(output, folder, images) for output in cell.outputs)
            cell.outputs = [output for output in shown if output is not None]
    text, _ = MarkdownExporter().from_notebook_node(notebook)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip() + "\n", images


def _shown(output, folder, images):
    """An output of a cell as Markdown; None for progress, and for what shows nothing."""
    if output.output_type == "stream":
        output.text = _COLOUR_CODE.sub("", output.text)
        return output if output.name == "stdout" else None
    if "text/html" in output.data:
        told = told_in_markdown(output.data["text/html"], folder, images)
        return nbformat.v4.new_output("display_data", {"text/markdown": told}) if told else None
    return output


def told_in_markdown(markup, folder, images):
    """HTML that the kit or pandas shows in a cell, as Markdown: headings, sentences, tables and images, without what stands folded."""
    soup = BeautifulSoup(markup, "html.parser")
    for folded in soup.find_all(["details", "style"]) + soup.find_all(class_="here"):
        folded.decompose()
    for said in soup.find_all("code"):
        said.replace_with(f"`{said.get_text()}`")
    parts = []
    for part in soup.find_all(_WORDS):
        words = _FILE.sub("", part.get_text()).strip()
        if part.name == "table":
            rows = [[cell.get_text().strip() for cell in row.find_all(["th", "td"])] for row in part.find_all("tr")]
            parts.append(pipes(rows if part.find("th") else [[""] * len(rows[0]), *rows]))
        elif part.name == "img":
            file = f"figure-{len(images) + 1}.png"
            images[file] = smaller(base64.b64decode(part["src"].partition("base64,")[2]))
            parts.append(f"![{part['alt']}]({folder}/{file})")
        elif part.name in ("h3", "h4"):
            parts.append(f"**{words}**")
        elif words:
            parts.append({"finding": "> ", "figcaption": ""}.get((part.get("class") or [""])[0], "") + words)
    return "\n\n".join(parts)


def pipes(rows):
    """Rows of words, the first of them the head, as a table of Markdown."""
    lines = ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


# --- tables of the pages of methods


def with_tables(text):
    """A page with the tables and values that it asks for, as `analysis/accuracy.csv` has it now."""
    speak("en")
    text = TABLE.sub(lambda found: found[1] + accuracy(found[2]) + "\n" + found[3], text)
    return VALUE.sub(lambda found: found[1] + number(weakest(found[2], found[3]), 2) + found[4], text)


def accuracy(measure):
    """What was measured of a measure, as a table of Markdown: see `analysis.study.trust.trust`."""
    found = trust(measure)
    head = ["what", "on", "labelled by", *found.columns[3:-1], "n"]
    rows = [[*map(str, row[:-1]), number(row[-1])] for row in found.itertuples(index=False)]
    return pipes([head, *([cell or "–" for cell in row] for row in rows)])


# --- the gallery


def write_gallery(place):
    """Draws every declared figure, and writes `gallery.md`. place: a folder for the studies that it reads."""
    studies, parts, folder = opened(place), [], DOCS / "gallery_files"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, which in declared().items():
        source = next(s for s in (*ORDERS.get(name.partition(".")[0], ()), *STUDIES) if len(which.table(studies[s])))
        study = studies[source]
        (folder / f"{which.file}.png").write_bytes(image_of(drawn(study, which, which.table(study))))
        parts.append(entry(name, which, which.told(study), STUDIES[source]))
    (DOCS / "gallery.md").write_text("\n".join([GALLERY, *parts]), encoding="utf-8")


def opened(place):
    """{name: study} of all that figures are drawn from, told in English."""
    made = {"quatre-recits": PROJECT / "examples" / "quatre-recits", "seeds": PROJECT / "seeds"}
    made |= {name: place / name for name in ("port-clair", "both")}
    shutil.copytree(PROJECT / "examples" / "port-clair", made["port-clair"])
    with (made["port-clair"] / "actors.yaml").open("a", encoding="utf-8") as file:
        file.write(GROUPS)
    shutil.copytree(PROJECT / "examples" / "quatre-recits", made["both"])
    for path in (PROJECT / "examples" / "port-clair").glob("*.txt"):
        shutil.copy(path, made["both"])
    studies = {name: analysis.open_study(folder) for name, folder in made.items()}
    studies["months"] = studies["both"].copy(settings=studies["both"].settings | {"group_by": "month"})
    speak("en")
    return studies


def entry(name, which, finding, source):
    """What the gallery says of a figure: image, caption, finding, the line that makes it."""
    alt = finding.replace("[", "(").replace("]", ")").replace("\n", " ")
    return (
        f"## {which.file}\n\n![{alt}](gallery_files/{which.file}.png)\n\n{tr(which.caption)} *Drawn from {source}.*\n\n"
        f"```python\nreport.figure(study, {name})\n```\n"
    )


def image_of(figure):
    """A figure as a small PNG."""
    import matplotlib.pyplot as plt

    made = io.BytesIO()
    figure.savefig(made, format="png", dpi=DOTS)
    plt.close(figure)
    return smaller(made.getvalue())


def smaller(image):
    """A PNG without the layer for what shows through, packed as small as it goes."""
    from PIL import Image

    made = io.BytesIO()
    Image.open(io.BytesIO(image)).convert("RGB").save(made, format="png", optimize=True)
    return made.getvalue()


GALLERY = """# Gallery

Every figure that the kit declares, with its caption and the line that makes it. They are drawn from the invented examples, and from `seeds/` where
these have nothing to draw: who acts on whom, and frames of a study's own. What each shows of these texts is its alternative text. In a notebook, after

```python
import analysis
from analysis import report
from analysis.pages import MODULES

study = analysis.open_study("examples/port-clair")
report.style()
```

`report.figure` shows a figure with its caption and its table, and keeps both as files. For a paper, `plots.save(treatment.TREATMENT, "column", study=study)` (`from analysis.report import plots`) writes the same figure as PDF and SVG in the
width of a column or a page. [Back to the index](index.md)
""".replace("MODULES", ", ".join(dict.fromkeys(name.partition(".")[0] for name in declared())))


if __name__ == "__main__":
    sys.exit(main())
