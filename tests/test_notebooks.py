"""Notebooks define nothing, carry no outputs, and run on one article, on none, and on another story."""

import ast
import json
import os
import re
import statistics
import subprocess
import sys
from importlib import import_module

import pytest
from conftest import PROJECT

from analysis.pages.figure import figures

NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
START, *PAGES = NOTEBOOKS


def cells(path, kind):
    return [c for c in json.loads(path.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == kind]


def test_there_are_six_and_a_beginning():
    assert len(PAGES) >= 6 and START.stem == "00-start-here"
    assert json.loads(START.read_text(encoding="utf-8"))["metadata"]["page"] is False


@pytest.mark.parametrize("which", ["a newcomer's folder", "nothing"])
def test_the_first_notebook_leads_from_a_folder_to_a_finding(which, tmp_path):
    """It proposes actors.yaml where there is none, never touches one that is there, and shows figure and passages."""
    folder = tmp_path / "mine"
    folder.mkdir()
    if which != "nothing":
        for file in (PROJECT / "examples" / "port-clair").glob("*.txt"):
            (folder / file.name).write_bytes(file.read_bytes())
    shown = executed(START, folder, tmp_path)
    assert "Traceback" not in shown
    if which == "nothing":
        assert "There is no article to measure" in shown and not (folder / "actors.yaml").exists()
        return
    written = (folder / "actors.yaml").read_text(encoding="utf-8")
    assert "- name: Maëlle Corvandier" in written and "gender: f" in written and "neutral toward the actor" in shown
    assert 'class="cadrage"' in shown and shown.count("<figure") == 1 and "data:image/png" in shown
    (folder / "actors.yaml").write_text("actors: [{name: Nadia Ferrouel, type: person}]", encoding="utf-8")
    assert "left as it is" in executed(START, folder, tmp_path)
    assert (folder / "actors.yaml").read_text(encoding="utf-8").startswith("actors: [{name: Nadia")


def executed(path, seeds, folder):
    """The page that plain nbconvert makes of a notebook."""
    environment = os.environ | {"CADRAGE_SEEDS": str(seeds), "CADRAGE_REPORTS": str(folder)}
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", "--execute", f"--output-dir={folder}", str(path)]  # fmt: skip
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=folder)
    assert done.returncode == 0, done.stderr[-2000:]
    return (folder / path.with_suffix(".html").name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_prose_that_calls_functions(path):
    code = ["".join(c["source"]) for c in cells(path, "code")]
    assert not any(isinstance(node, (ast.FunctionDef, ast.ClassDef)) for c in code for node in ast.walk(ast.parse(c)))
    assert statistics.median(len(c.splitlines()) for c in code) <= 3
    assert all(
        not c["outputs"] and c["execution_count"] is None and "execution" not in c["metadata"]
        for c in cells(path, "code")
    )
    words = sum(len("".join(c["source"]).split()) for c in cells(path, "markdown"))
    headings = [
        line for c in cells(path, "markdown") for line in "".join(c["source"]).splitlines() if line.startswith("# ")
    ]
    assert words > 60 and len(headings) == 1
    metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    assert metadata["title"] and metadata["description"]


def test_every_declared_figure_stands_on_one_page_and_no_other():
    code = "\n".join("".join(c["source"]) for path in PAGES for c in cells(path, "code"))
    drawn = re.findall(r"report\.figure\(study, (\w+)\.(\w+)", code)
    files = [getattr(import_module(f"analysis.pages.{room}"), name).file for room, name in drawn]
    assert sorted(files) == sorted(figures())


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_markdown_speaks_of_no_story(path, seed, example):
    prose = " ".join("".join(c["source"]) for c in cells(path, "markdown"))
    names = {form for study in (seed, example) for form in study.actors["form"] if form != "X"}
    assert not [n for n in names if re.search(rf"\b{re.escape(n)}\b", prose)]


@pytest.mark.parametrize("study", ["seed", "example", "empty"])
def test_every_notebook_runs_and_leaves_its_page(written, study):
    pages = {p.name for p in written[study].glob("*.html")}
    assert pages == {"index.html", "articles.html", "report.html", *(p.with_suffix(".html").name for p in PAGES)}
    assert not any("Traceback" in (written[study] / p).read_text(encoding="utf-8") for p in pages)


@pytest.mark.parametrize("study", ["seed", "example"])
def test_every_figure_is_there_twice_with_its_table(written, study):
    figures = {p.stem: p.suffix for p in (written[study] / "figures").glob("*.png")}
    assert len(figures) >= 11
    for name in figures:
        assert (written[study] / "figures" / f"{name}.svg").exists() and (
            written[study] / "tables" / f"{name}.csv"
        ).exists()


def test_no_word_of_the_first_story_in_another(written, seed):
    first = {f for f in seed.actors.query("kind == 'name'")["form"]} | {
        "Musk",
        "Zuckerberg",
        "Altman",
        "intelligence artificielle",
    }
    for page in written["example"].glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not [w for w in first if f" {w} " in text or f">{w}<" in text], page.name


def test_an_empty_folder_says_so(written):
    assert "There is no article to measure" in (written["empty"] / "index.html").read_text(encoding="utf-8")


def test_plain_nbconvert_from_any_folder_gives_the_same_page(written, tmp_path):
    """What set-up put in place is enough for `jupyter nbconvert` alone."""
    page = executed(NOTEBOOKS[-1], PROJECT / "seeds", tmp_path)
    name = NOTEBOOKS[-1].with_suffix(".html").name
    assert page == (written["seed"] / name).read_text(encoding="utf-8")
