"""report.figure: the figures that are declared, and a researcher's own; notebooks made side by side."""

import json

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from small import study

from analysis import report
from analysis.pages import treatment, vocabulary, words
from analysis.report import index, notebooks
from analysis.report.passages import _around


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CADRAGE_REPORTS", str(tmp_path))
    yield tmp_path
    plt.close("all")


ONE = study(
    ["Ada trahit le port."],
    sentiment=[{"actor": "Ada <b>", "label": "negative", "polarity": -0.9, "voice": "outlet", "end": 3}],
)
TABLE = pd.DataFrame({"word": ["=port", "quai <b>"], "n": [2, 1]})


def draw(table, *, ax=None):
    """How often <each> word comes.

    Nothing more.
    """
    ax = ax or plt.subplots()[1]
    ax.bar(table["word"], table["n"])
    return ax


def test_a_declared_figure_is_kept_and_shown_with_all_that_belongs_to_it(folder):
    soup = BeautifulSoup(report.figure(ONE, treatment.TREATMENT), "lxml")
    assert {p.name for p in folder.rglob("*.*")} == {f"actors-sentiment.{kind}" for kind in ("png", "svg", "csv")}
    assert soup.img["alt"] == treatment.TREATMENT.told(ONE) in report.finding(ONE, treatment.TREATMENT).replace("&lt;", "<")  # fmt: skip
    caption = soup.figcaption.get_text()
    assert (
        caption.startswith("Sentences on each actor as a diverging bar")
        and "n: 1 sentence. Source: 1 article." in caption
    )
    assert "Ada <b>" in soup.table.get_text() and not soup.find("b")
    assert "Ada" in report.passages(ONE, treatment.TREATMENT, cell=True)
    assert plt.get_fignums() == []


def test_a_plot_of_ones_own_is_a_figure_too(folder):
    soup = BeautifulSoup(report.figure(ONE, "my-words", draw, TABLE, alt="port <comes> most."), "lxml")
    assert {p.name for p in folder.rglob("*.*")} == {"my-words.png", "my-words.svg", "my-words.csv"}
    assert soup.img["alt"] == "port <comes> most."
    assert soup.figcaption.get_text() == "How often <each> word comes. Source: 1 article. Data: tables/my-words.csv. #"
    assert "'=port" in (folder / "tables" / "my-words.csv").read_text(encoding="utf-8")
    told = report.figure(ONE, "my-words", lambda t: draw(t), TABLE, alt="a")
    assert "<figcaption>Source: 1 article." in told
    assert "<figcaption>Words &amp; more. Source:" in report.figure(
        ONE, "w", draw, TABLE, alt="a", caption="Words & more."
    )
    assert "nothing to draw: none" in report.figure(ONE, "w", draw, TABLE.head(0), alt="none")


@pytest.mark.parametrize(
    ("arguments", "given", "message"),
    [
        (["my-words", draw, TABLE], {}, "has no alt"),
        (["my-words", draw], {"alt": "a"}, "has no table"),
        (["my-words"], {"alt": "a"}, "has no plot"),
        (["../words", draw, TABLE], {"alt": "a"}, "'../words' is no name for files"),
        (["my-words", lambda t: None, TABLE], {"alt": "a"}, "must return the axes"),
    ],
)
def test_what_is_missing_of_ones_own_is_named(arguments, given, message):
    with pytest.raises(ValueError, match=message):
        report.figure(ONE, *arguments, **given)


def test_of_no_article_nothing_is_drawn():
    nothing = study([])
    assert "nothing to draw" in report.figure(nothing, vocabulary.BY_VOICE) and "no article" in report.finding(nothing, vocabulary.RANKING)  # fmt: skip
    with pytest.raises(ValueError, match="vocabulary-cloud.* no passages"):
        report.passages(ONE, words.CLOUD)


@pytest.mark.parametrize(
    ("start", "end", "around"),
    [(0, 10, (0, 0, 10, 10)), (12, 14, (11, 12, 14, 20)), (5, 15, (0, 5, 15, 20)), (10, 11, (10, 10, 11, 11))],
)
def test_a_passage_stands_in_the_sentences_that_hold_it(start, end, around):
    assert _around([0, 11, 21], [10, 20, 30], start, end) == around


def test_a_long_passage_is_cut():
    assert _around([0], [1000], 100, 900) == (100, 100, 420, 420)
    assert _around([0], [1000], 500, 520) == (350, 500, 520, 670)


def test_links_to_articles_that_the_one_file_does_not_hold_are_none():
    body = '<article class="text" id="a1"></article> · <a href="articles.html#a1-s2">in</a> · <a href="articles/a2.html#a2">in</a>'
    assert index._led_within(body) == '<article class="text" id="a1"></article> · <a href="#a1-s2">in</a>'


def test_of_many_articles_each_is_a_page_and_the_index_leads_to_it(folder, monkeypatch):
    from analysis.report import articles, reader

    many = study([{"text": f"Un <b>texte</b> de vingt car {i}.", "outlet": "Le Phare"} for i in range(3)], settings={"share_full_text": True, "title": "Le <i>port</i>"})
    articles.write_articles(many)
    text = (folder / "articles.html").read_text(encoding="utf-8")
    assert text.count("<article") == 3 and reader.places(many) == {f"d{i}": f"articles.html#a{i + 1}" for i in range(3)} and not (folder / "articles").exists()
    monkeypatch.setattr(reader, "_MOST_CHARACTERS", 25)
    articles.write_articles(many)
    soup = BeautifulSoup((folder / "articles.html").read_text(encoding="utf-8"), "lxml")
    assert [a["href"] for a in soup.select("#index a")] == [f"articles/a{i}.html#a{i}" for i in (1, 2, 3)] == list(reader.places(many).values())
    assert not soup.select("article") and not soup.select("#show-l"), "switches of marks stand where marks are"
    for i in (1, 2, 3):
        one = BeautifulSoup((folder / "articles" / f"a{i}.html").read_text(encoding="utf-8"), "lxml")
        assert one.select_one(f"article#a{i} #a{i}-s0") and not one.select("b, i, script") and "<b>texte</b>" in one.article.get_text()
        assert {a["rel"][0]: a["href"] for a in one.select("nav.onward a")} == {k: v for k, v in {"prev": f"a{i - 1}.html" if i > 1 else None, "next": f"a{i + 1}.html" if i < 3 else None}.items() if v}
        assert "../articles.html" in {a["href"] for a in one.select("nav a")} and len(one.select("h1")) == 1


# --- notebooks


def notebook(folder, name, *cells):
    made = [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": c, "outputs": [], "execution_count": None}
        for i, c in enumerate(cells)
    ]
    kernel = {"name": "python3", "display_name": "Python 3"}
    path = folder / f"{name}.ipynb"
    content = {"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_notebooks_side_by_side_come_in_their_order(folder):
    slow = notebook(folder, "01-slow", "import time; time.sleep(1.5)", "print('the slow one')")
    quick = notebook(folder, "02-quick", "print('the quick one')")
    with notebooks.executed([slow, quick], workers=2) as pages:
        one, other = pages
    assert "the slow one" in one and "the quick one" in other


def test_an_error_names_its_notebook_and_leaves_no_kernel(folder):
    wrong = notebook(folder, "01-wrong", "1 / 0")
    long = notebook(
        folder, "02-long", "import os; print(os.getpid(), file=open('pid', 'w'))", "import time; time.sleep(600)"
    )
    never = notebook(folder, "03-never", "open('begun', 'w')")
    with pytest.raises(RuntimeError, match="01-wrong.ipynb failed(?s:.)*ZeroDivisionError"):
        with notebooks.executed([wrong, long, never], workers=2) as pages:
            list(pages)
    if (folder / "pid").exists() and (pid := (folder / "pid").read_text().strip()):
        with pytest.raises(ProcessLookupError):
            __import__("os").kill(int(pid), 0)


def test_a_report_without_notebooks_is_refused(folder, monkeypatch):
    monkeypatch.setattr(notebooks, "notebooks_folder", lambda: folder)
    with pytest.raises(FileNotFoundError, match="no notebook in"):
        notebooks.notebooks()
