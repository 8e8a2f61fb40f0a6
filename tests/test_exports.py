"""What leaves the kit: opens elsewhere, holds no formula, and says what it is made of."""

import io
import zipfile

import networkx
import pandas as pd
import pytest

import analysis
from analysis.report import exports
from analysis.report.figures import harmless


def test_workbook_has_every_table_and_no_formula(example):
    dangerous = example.articles.assign(title='=HYPERLINK("http://x.example";"x")', author="+1+1")
    study = example.copy(articles=dangerous)
    data = exports.workbook(study)
    sheets = pd.read_excel(io.BytesIO(data), sheet_name=None)
    assert set(sheets) == set(exports.tables()) and len(sheets["articles"]) == 9
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        markup = "".join(archive.read(n).decode() for n in archive.namelist() if "worksheets" in n)
    assert "<f>" not in markup and "<f " not in markup
    assert sheets["articles"]["title"].iloc[0].startswith("=HYPERLINK")


def test_workbook_keeps_articles_that_are_not_shared(example):
    study = example.copy(settings=example.settings | {"share_full_text": False})
    assert "text" not in pd.read_excel(io.BytesIO(exports.workbook(study)), sheet_name="articles")


def test_network_opens_again(example, tmp_path):
    (tmp_path / "n.gexf").write_text(exports.gexf(example), encoding="utf-8")
    graph = networkx.read_gexf(tmp_path / "n.gexf")
    assert set(graph) == set(example.mentions["actor"].dropna())
    assert all(e["weight"] > 0 and e["kind"] for _, _, e in graph.edges(data=True))
    assert graph.number_of_edges() > 0 and not any(a == b for a, b in graph.edges)


def test_iramuteq_comes_back_as_it_went(example, tmp_path):
    (tmp_path / "c.txt").write_text(exports.iramuteq(example), encoding="utf-8")
    articles, _ = analysis.inspect_corpus(tmp_path)
    assert len(articles) == len(example.articles)
    assert set(articles["date"].dropna()) == set(example.articles["date"].dropna())


def test_methods_state_numbers_versions_and_hashes(example, empty):
    text = exports.methods(example)
    assert "9 articles" in text and "spacy 3.8" in text and text.count("Hashes") == 1
    assert exports.methods(example) == text and "no article" in exports.methods(empty)


def test_a_sheet_ends_and_says_where_the_rest_is(example, monkeypatch):
    monkeypatch.setattr(exports, "_MOST_ROWS", 5)
    sheet = pd.read_excel(io.BytesIO(exports.workbook(example)), sheet_name="mentions")
    assert len(sheet) == 6 and list(sheet["start"].head(5)) == list(example.mentions["start"].head(5))
    assert sheet.iloc[5, 0] == f"{len(example.mentions) - 5} further rows stand in study-mentions.csv."
    assert len(pd.read_excel(io.BytesIO(exports.workbook(example)), sheet_name="problems")) == len(example.problems)


def test_two_runs_give_the_same_workbook(example):
    assert exports.workbook(example) == exports.workbook(example)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_a_table_is_a_formula(cell):
    assert harmless(cell) == "'" + cell and harmless("a=1") == "a=1" and harmless(-1) == -1
