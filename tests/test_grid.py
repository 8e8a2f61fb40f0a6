"""What a cell shows of a table: grid(table), whole and offline, and a concordance as lines."""

import re
import sys

import nbformat
import pandas as pd
import pytest
from browser import page
from nbclient import NotebookClient
from nbconvert import HTMLExporter

import analysis
from analysis.lab import grid as lab_grid
from analysis.text import language

ATTACK = "<img src=x onerror=window.hit=1> </script><script>window.hit=1</script>"
TABLE = pd.DataFrame(
    {
        "doc_id": [f"d{i:02}" for i in range(30)],
        "text": [ATTACK, "Un texte long. " * 20, *(f"article {i}" for i in range(28))],
        "n": [1000 * i for i in range(30)],
        "share": [None, *(0.25 * i for i in range(29))],
        "date": pd.to_datetime(["2026-03-04", None, *["2026-03-05"] * 28]),
        "shared": [["port", "quai"], [], *[["mer"]] * 28],
        "label": ["negative"] * 30,
        "present": [True, False] * 15,
        ATTACK: ["x"] * 30,
    }
)
SHOWN = "document.querySelectorAll('.dt-container tbody tr').length"
COLUMN = "[...document.querySelectorAll('.dt-container tbody tr')].map(r => r.cells[{}].innerText.trim())"


@pytest.fixture
def french():
    language.speak("fr")
    yield
    language.speak("en")


def in_rows(tab, column):
    return tab.value(COLUMN.format(list(TABLE).index(column)))


def typed(tab, field, text):
    tab.value(f"(() => {{ const f = {field}; f.value = {text!r}; f.dispatchEvent(new Event('input', {{bubbles: true}})); }})()")


def test_a_grid_is_sorted_searched_and_leafed_through_in_a_browser_and_asks_the_network_for_nothing(tmp_path):
    (tmp_path / "grid.html").write_text(f"<!doctype html><meta charset='utf-8'>{analysis.grid(TABLE)}", encoding="utf-8")
    with page(width=1600) as tab:
        tab.open(tmp_path / "grid.html")
        tab.wait("document.querySelector('.dt-container')")
        assert tab.value(SHOWN) == 10 and "Rows: 30." in tab.value("document.body.innerText")
        assert in_rows(tab, "n")[:2] == ["0", "1,000"] and in_rows(tab, "share")[:3] == ["–", "0", "0.25"]
        assert in_rows(tab, "date")[:3] == ["2026-03-04", "–", "2026-03-05"]
        assert in_rows(tab, "shared")[:2] == ["port, quai", "–"] and in_rows(tab, "present")[:2] == ["yes", "no"]
        assert in_rows(tab, "text")[0] == ATTACK and in_rows(tab, "text")[1] == ("Un texte long. " * 20).strip()
        for _ in range(2):  # largest first
            tab.value("document.querySelectorAll('.dt-column-order')[2].click()")
        tab.wait(f"{COLUMN.format(2)}[0] == '29,000'", 5)
        assert in_rows(tab, "n")[:3] == ["29,000", "28,000", "27,000"]
        typed(tab, "document.querySelector('.dt-search input')", "texte long")
        tab.wait(f"{SHOWN} == 1", 5)
        assert in_rows(tab, "doc_id") == ["d01"]
        typed(tab, "document.querySelector('.dt-search input')", "")
        tab.value("document.querySelectorAll('.dtcc-button')[2].click()")
        tab.value("(() => { const s = document.querySelector('.dtcc-searchNumber select'); s.value = 'less';"
                  " s.dispatchEvent(new Event('input', {bubbles: true})); })()")  # fmt: skip
        typed(tab, "document.querySelector('.dtcc-searchNumber input')", "3000")
        tab.wait(f"{SHOWN} == 3", 5)
        assert in_rows(tab, "n") == ["2,000", "1,000", "0"]
        assert tab.value("window.hit === undefined && !document.querySelector('.cadrage-grid img')")
        assert [u for u in tab.requests() if not u.startswith("blob:")] == []


def _addresses(markup):
    return set(re.findall(r"https?://[^\s\"'<>)]+", markup))


def test_a_grid_in_a_notebook_that_is_run_and_exported_names_no_address():
    code = f"import analysis, pandas as pd\nanalysis.grid(pd.DataFrame({{'text': [{ATTACK!r}]}}))"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
    (output,) = [o for o in notebook.cells[0].outputs if o.output_type == "execute_result"]
    markup = output.data["text/html"]
    assert "://" not in markup and "//www" not in markup and "<img" not in markup and "window.hit=1&lt;/script" in markup
    exported, bare = (HTMLExporter().from_notebook_node(n)[0] for n in (notebook, nbformat.v4.new_notebook()))
    assert "cadrage-grid" in exported and _addresses(exported) == _addresses(bare)


def test_the_whole_table_is_in_it_and_the_limits_of_the_library_are_off():
    many = pd.DataFrame({f"c{i}": ["wide" * 20] * 400 for i in range(30)} | {"last": [f"row{i}." for i in range(400)]})
    made = analysis.grid(many)
    assert "Rows: 400." in made and all(f"row{i}." in made for i in range(400)) and "downsampled" not in made


def test_names_and_numbers_are_told_in_the_language_spoken(french):
    made = analysis.grid(TABLE)
    assert "négatif" in made and "toLocaleString('fr'" in made and "doc_id" not in re.sub("<script>.*?</script>", "", made, flags=re.S)


def test_an_index_that_says_something_is_shown_and_one_that_counts_rows_is_not():
    counted = pd.DataFrame({"outlet": ["Le Phare", "Le Phare", "L'Écume"], "n": [1, 2, 3]})
    assert list(lab_grid._told(counted.groupby("outlet").sum())) == ["outlet", "n"]
    assert list(lab_grid._told(counted[counted["n"] > 1])) == ["outlet", "n"]
    assert list(lab_grid._told(counted.set_index(["outlet", "n"]).assign(n=1))) == ["outlet", "n", "n"]
    assert list(lab_grid._told(counted.groupby("outlet").agg({"n": ["min", "max"]}))) == ["outlet", "n / min", "n / max"]


@pytest.mark.parametrize("table", [pd.DataFrame(), pd.DataFrame({"n": []}), pd.DataFrame({"n": [pd.NA]}, dtype="Int64")])
def test_a_table_with_nothing_in_it_is_a_grid_too(table):
    assert f"Rows: {len(table)}." in analysis.grid(table)


def test_what_is_no_table_is_told(monkeypatch):
    with pytest.raises(TypeError, match="a grid shows a DataFrame, not list"):
        analysis.grid([1, 2])
    monkeypatch.setitem(sys.modules, "itables.javascript", None)
    with pytest.raises(ImportError, match=r"pip install \"cadrage\[lab\]\""):
        analysis.grid(TABLE)


# --- a concordance as lines

PAPER = pd.DataFrame(
    {
        "doc_id": ["a", "b<i>"],
        "text": ["Le maire <b>fort</b> a trahi les siens. Il trahit les autres, dit-on. " + "Fin. " * 20,
                 "mot " * 40 + "Ils ont trahi les leurs " + "mot " * 40],
    }
)  # fmt: skip


def test_a_concordance_is_shown_with_what_was_found_in_the_middle_and_neighbours_folded_below():
    shown = analysis.concordance(PAPER, "trahir", kind="lemma")._repr_html_()
    assert "3 passages in 2 articles." in shown and "text-align: center" in shown
    lines, beside = shown.split("<details")
    assert lines.count("<tr>") == 3 and '<td lang="fr">trahi</td>' in lines
    assert "… mot mot" in lines and "mot …" in lines and "b&lt;i&gt;" in lines
    assert "<td>les</td><td>3</td><td>2</td>" in beside and "<td>trahi</td><td>2</td><td>2</td>" in beside
    assert "<b>fort" not in shown and "&lt;b&gt;fort" in shown


def test_forms_are_shown_only_where_there_are_several():
    assert "Forms found" in analysis.concordance(PAPER, "trahi*")._repr_html_()
    assert "Forms found" not in analysis.concordance(PAPER, "trahit")._repr_html_()


def test_what_is_cut_from_a_concordance_shows_itself_and_counts():
    found = analysis.concordance(PAPER, "trahi*")
    one = found[found["doc_id"] == "a"]
    assert "2 passages in 1 article." in one._repr_html_() and len(one.counts()) == 1
    assert "<details" not in found[["doc_id", "node"]]._repr_html_() and "dataframe" in found[["node"]]._repr_html_()


def test_neighbours_of_very_many_passages_are_counted_in_the_first_and_this_is_said(monkeypatch):
    monkeypatch.setattr("analysis.lab.display._COUNTED", 2)
    assert "Counted in the first passages only: 2." in analysis.concordance(PAPER, "trahi*")._repr_html_()
