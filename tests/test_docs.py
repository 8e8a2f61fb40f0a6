"""The documentation says what the kit does: tutorials run, tables are those that were measured, every figure is shown, links lead somewhere."""

import ast
import importlib.util
import json
import re
from urllib.parse import unquote

import pandas as pd
import pytest
from conftest import PROJECT

from analysis.pages.figure import declared
from analysis.study.trust import _PUBLISHED, MEASURED
from analysis.text.language import speak, tr

DOCS = PROJECT / "docs"
NAMES = ("tutorial", "tutoriel")
PAGES = [*sorted(DOCS.rglob("*.md")), *sorted(PROJECT.glob("README*.md"))]
METHODS = sorted((DOCS / "methods").glob("*.md"))
LARGEST = 1_500_000  # bytes of the gallery's images


def made():
    """`docs/make.py` as a module."""
    found = importlib.util.spec_from_file_location("docs_make", DOCS / "make.py")
    found.loader.exec_module(module := importlib.util.module_from_spec(found))
    return module


def cells(name):
    """(kind, source) of each cell of a tutorial."""
    notebook = json.loads((DOCS / f"{name}.ipynb").read_text(encoding="utf-8"))
    return [(cell["cell_type"], "".join(cell["source"])) for cell in notebook["cells"]]


def text(path):
    return path.read_text(encoding="utf-8")


# --- tutorials


@pytest.mark.parametrize("name", NAMES)
def test_a_tutorial_runs_and_ends_with_a_paragraph(name):
    """In a kernel of its own, without an error; what it shows is Markdown, and the examples stay untouched."""
    example = PROJECT / "examples" / "port-clair"
    before = {path: path.read_bytes() for path in example.rglob("*") if path.is_file()}
    told, images = made().markdown(made().executed(DOCS / f"{name}.ipynb"), f"{name}_files")
    assert {path: path.read_bytes() for path in example.rglob("*") if path.is_file()} == before
    kit = re.search(r"^version: (.+)$", text(PROJECT / "CITATION.cff"), re.M)[1]
    assert f"Version {kit}." in told and len(images) >= 3
    assert all(image.startswith(b"\x89PNG") for image in images.values())
    check_clean(told)


@pytest.mark.parametrize("name", NAMES)
def test_notebooks_carry_no_outputs(name):
    notebook = json.loads(text(DOCS / f"{name}.ipynb"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code and not any(cell["outputs"] or cell["execution_count"] for cell in code)


@pytest.mark.parametrize("name", NAMES)
def test_the_markdown_holds_what_the_notebook_says(name):
    """Every cell, prose and code, in its order; run `make docs` where this fails."""
    page, at = text(DOCS / f"{name}.md"), 0
    for _, source in cells(name):
        at = page.find(source, at)
        assert at >= 0, f"{name}.md is behind its notebook: {source[:80]!r}"
        at += len(source)
    check_clean(page)


def check_clean(page):
    """No colour codes, progress bars, styles or places of a machine."""
    for wrong in ("\x1b[", "%|", "<style", "<div", "Traceback", "/tmp/", "/home/", "/Users/", str(PROJECT)):
        assert wrong not in page, wrong


def test_the_tutorials_have_the_same_steps_and_the_same_code():
    english, french = (cells(name) for name in NAMES)
    assert [kind for kind, _ in english] == [kind for kind, _ in french]
    for (kind, one), (_, other) in zip(english, french):
        if kind == "code":
            assert wordless(one) == wordless(other), one
        else:
            assert re.findall(r"^#+ (\d+)\.|^#", one, re.M) == re.findall(r"^#+ (\d+)\.|^#", other, re.M)


def wordless(code):
    """Code without what its strings say."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            node.values = [value for value in node.values if not isinstance(value, ast.Constant)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


def test_the_french_tutorial_is_set_as_french_is():
    """Guillemets and ’, and no plain space before : ; ! ? %."""
    for kind, source in cells("tutoriel"):
        prose = re.sub(r"`[^`]*`|\]\([^)]*\)", "", source) if kind == "markdown" else ""
        assert not re.search(r" [;!?%»]| :(\s|$)|« |\w'\w|[“”]", prose), source


# --- methods


@pytest.mark.parametrize("page", METHODS, ids=lambda path: path.stem)
def test_tables_are_what_was_measured(page):
    """As `make docs` would make them now, and row by row as accuracy.csv says."""
    make, told = made(), text(page)
    assert make.with_tables(told) == told, f"{page.name} is behind accuracy.csv: make docs"
    measured = pd.read_csv(MEASURED)
    measured = measured[measured["part"].isin(_PUBLISHED)]
    for _, measure, table in re.findall(r"(<!-- accuracy: ([\w ]+) -->\n)(.*?)<!-- end -->", told, re.S):
        rows = measured[measured["measure"] == measure]
        assert len(rows)
        for value, low, high in rows[["value", "low", "high"]].round(2).to_numpy():
            cell = f"{value:.2f} ({low:.2f}–{high:.2f})" if low < high else f"{value:.2f}"
            assert cell.replace("-", "−") in table, (measure, cell)


def test_every_measure_that_was_measured_has_its_table():
    asked = re.findall(r"<!-- accuracy: ([\w ]+) -->", "".join(map(text, METHODS)))
    assert sorted(asked) == sorted(set(pd.read_csv(MEASURED)["measure"]))


@pytest.mark.parametrize("page", METHODS, ids=lambda path: path.stem)
def test_a_page_of_methods_says_all_that_a_researcher_asks(page):
    sections = re.findall(r"^## (.+)$", text(page), re.M)
    wanted = ["What is counted", "How it is computed", "What it follows", "How right it was", "When not to trust it", "How to describe it"]
    assert sections == wanted
    described = text(page).split("## How to describe it")[1]
    assert described.strip().startswith("> ") and "CITATION.cff" in described


# --- the gallery, and where links lead


def test_every_declared_figure_is_in_the_gallery():
    speak("en")
    gallery, files = text(DOCS / "gallery.md"), {path.name for path in (DOCS / "gallery_files").iterdir()}
    for name, which in declared().items():
        entry = re.search(rf"^## {which.file}\n(.*?)(?=^## |\Z)", gallery, re.M | re.S)
        assert entry, f"{which.file} is not in the gallery: make docs"
        assert f"(gallery_files/{which.file}.png)" in entry[1] and f"report.figure(study, {name})" in entry[1]
        assert tr(which.caption) in entry[1], f"{which.file} has another caption now: make docs"
    assert files == {f"{which.file}.png" for which in declared().values()}
    assert sum(path.stat().st_size for path in (DOCS / "gallery_files").iterdir()) < LARGEST


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_links_lead_somewhere(page):
    """Files that are linked exist, and so do the headings that are."""
    for link in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text(page), flags=re.S)):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, heading = link.partition("#")
        target = (page.parent / unquote(file)).resolve() if file else page
        assert target.exists(), f"{page.name}: {link}"
        if heading:
            assert heading in anchors(target), f"{page.name}: {link}"


def anchors(path):
    """The anchors of a page's headings, as they are made where Markdown is shown."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", text(path), re.M)}


def test_the_index_leads_to_all_and_the_readme_to_the_index():
    index = text(DOCS / "index.md")
    for page in [*METHODS, *(DOCS / name for name in ("tutorial.md", "tutoriel.md", "tutorial.ipynb", "tutoriel.ipynb", "gallery.md"))]:
        assert f"({page.relative_to(DOCS).as_posix()})" in index, page.name
    assert "(docs/index.md)" in text(PROJECT / "README.md")
