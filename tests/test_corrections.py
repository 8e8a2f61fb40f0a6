"""Rows put right by hand: laid over what the kit found, marked, told, and never counted as found by it."""

import shutil

import pandas as pd
import pytest
from conftest import PROJECT

import analysis
from analysis.lab import exploring
from analysis.report import passages
from analysis.study.corrections import read_corrections
from analysis.study.validation.units import units_of


@pytest.fixture
def folder(tmp_path):
    """A copy of the example, to be written into."""
    return shutil.copytree(PROJECT / "examples" / "port-clair", tmp_path / "study")


def opened(folder):
    return analysis.open_study(folder, progress=False)


def test_a_row_is_put_right_marked_and_kept(folder):
    study = opened(folder)
    terms, judged = study.loaded_terms, study.sentiment
    neutral = judged[(judged["label"] == "neutral") & ~judged["withheld"]].iloc[0]
    frame = study.frames[(study.frames["level"] == "article") & ~study.frames["present"]].iloc[0]
    study = analysis.correct(study, "loaded_terms", terms.iloc[0], "voice", "quoted", who="AB", why="cité", folder=folder)
    study = analysis.correct(study, "loaded_terms", terms.iloc[1], who="AB", why="fait", folder=folder)
    study = analysis.correct(study, "sentiment", neutral, "label", "negative", who="AB", folder=folder)
    study = analysis.correct(study, "frames", frame, "present", "yes", who="AB", folder=folder)
    for found in (study, opened(folder)):
        assert len(found.loaded_terms) == len(terms) - 1 and found.loaded_terms["voice"][0] == "quoted"
        assert found.loaded_terms["by_hand"].sum() == found.sentiment["by_hand"].sum() == found.frames["by_hand"].sum() == 1
        row = found.sentiment[found.sentiment["by_hand"]].iloc[0]
        assert (row["actor"], row["label"], row["polarity"], row["negative"]) == (neutral["actor"], "negative", -1, 1)
        row = found.frames[found.frames["by_hand"]].iloc[0]
        assert (row["frame"], row["level"], row["present"], row["score"]) == (frame["frame"], "article", True, 1)
        told = found.problems[found.problems["source_file"] == "corrections.csv"]
        assert told["what"].tolist() == ["set aside"] and "(fait)" in told["why"].iloc[0]
    kept = (folder / "corrections.csv").read_text(encoding="utf-8").splitlines()
    assert kept[0] == "table,doc_id,start,end,target,column,value,who,why,words" and len(kept) == 5


def test_the_kit_is_measured_by_its_own_answers(folder, tmp_path):
    study = opened(folder)
    before = {m: units_of(study, m) for m in ("loaded", "sentiment")}
    study = analysis.correct(study, "loaded_terms", study.loaded_terms.iloc[0], who="AB", folder=folder)
    study = analysis.correct(study, "sentiment", study.sentiment.iloc[0], "label", "positive", who="AB", folder=folder)
    for found in (study, opened(folder)):
        for measure, units in before.items():
            pd.testing.assert_frame_equal(units_of(found.as_found(), measure), units)
    sample = analysis.sample_for_coding(study, "loaded", 10_000)
    assert (sample["kind"] == "row").sum() == len(before["loaded"].query("kind == 'row'"))
    study.save(tmp_path / "saved")
    again = analysis.load_study(tmp_path / "saved")
    assert len(again.loaded_terms) == len(again.as_found().loaded_terms) - 1 == len(study.loaded_terms)
    assert again.codings["coder"].nunique() == 2
    assert again.sql("select count(*) as n from loaded_terms")["n"][0] == len(study.loaded_terms)


def test_a_correction_finds_its_row_again_when_offsets_move(folder):
    study = opened(folder)
    row = study.loaded_terms.iloc[0]
    analysis.correct(study, "loaded_terms", row, "category", "praise", who="AB", folder=folder)
    path = folder / f"{row['doc_id'].removesuffix('-001')}.txt"
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    path.write_text(f"{head}\n\nLe port de la ville est calme ce matin.\n\n{body}", encoding="utf-8")
    moved = opened(folder).loaded_terms.query("by_hand")
    assert moved["term"].tolist() == [row["term"]] and moved["start"].iloc[0] > row["start"]
    assert moved["category"].iloc[0] == "praise"


def test_what_is_no_row_or_value_is_told_before_anything_is_written(folder):
    study = opened(folder)
    row = study.loaded_terms.iloc[0]
    for given, column, value, who, told in (
        (5, "voice", "quoted", "AB", "a row of loaded_terms is wanted"),
        (study.loaded_terms.head(2), "voice", "quoted", "AB", "one row is wanted, not 2"),
        (dict(row) | {"start": 1, "end": 2}, "voice", "quoted", "AB", "no row of loaded_terms stands at"),
        ({"doc_id": row["doc_id"]}, "voice", "quoted", "AB", "with doc_id, start and end"),
        (row, "category", "nonsense", "AB", "category is one of war"),
        (row, "target_actor", "Zorro", "AB", "an actor of the study's catalogue"),
        (row, "voice", "quoted", " ", "who is missing"),
    ):
        with pytest.raises(ValueError, match=told):
            analysis.correct(study, "loaded_terms", given, column, value, who=who, folder=folder)
    assert not (folder / "corrections.csv").exists()
    analysis.correct(study, "loaded_terms", study.loaded_terms.head(1), "voice", "quoted", who="AB", folder=folder)
    assert len(opened(folder).corrections) == 1


def test_a_correction_that_fits_nowhere_is_told(folder):
    study = opened(folder)
    analysis.correct(study, "loaded_terms", study.loaded_terms.iloc[0], who="AB", folder=folder)
    path = folder / "corrections.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(study.loaded_terms["doc_id"][0], "elsewhere-001"), encoding="utf-8")
    found = opened(folder)
    assert found.problems["what"].tolist() == ["not put right"] and len(found.loaded_terms) == len(study.loaded_terms)


@pytest.mark.parametrize(
    "line, told",
    [
        ("pages,d,0,1,,voice,quoted,AB,,", "table is 'pages'"),
        ("loaded_terms,d,0,1,,humour,x,AB,,", "column is 'humour'"),
        ("loaded_terms,d,0,1,,score,1,AB,,", "column is 'score'"),
        ("loaded_terms,d,0,1,,voice,chorus,AB,,", "voice is one of outlet, quoted"),
        ("sentiment,d,0,1,,label,good,AB,,", "label is one of negative, neutral, positive"),
        ("quotes,d,0,1,,closed,perhaps,AB,,", "closed is one of yes, no"),
        ("quotes,d,x,1,,speaker,Paul,AB,,", "start is 'x'"),
        ("quotes,d,0,1,,,gone,AB,,", "without a column it says 'wrong'"),
        ("quotes,d,0,1,,speaker,Paul,,,", "who is missing"),
    ],
)
def test_a_correction_that_cannot_be_made_is_told_with_its_line(tmp_path, line, told):
    (tmp_path / "corrections.csv").write_text(f"table,doc_id,start,end,target,column,value,who,why,words\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=f"corrections.csv, line 2: .*{told}"):
        read_corrections(tmp_path)
    (tmp_path / "corrections.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no column 'table'"):
        read_corrections(tmp_path)


def test_a_passage_shows_that_it_was_put_right(folder):
    study = opened(folder)
    row = study.loaded_terms.iloc[0]
    study = analysis.correct(study, "loaded_terms", row, "category", "praise", who="AB", folder=folder)
    assert "put right by hand" in passages(study, study.loaded_terms.head(1), cell=True)
    assert "put right by hand" not in passages(study, study.loaded_terms.tail(1), cell=True)
    assert "put right by hand" in analysis.article(study, row["doc_id"])


def test_a_wrong_passage_is_put_right_in_the_lab(folder, monkeypatch):
    monkeypatch.setenv("CADRAGE_SEEDS", str(folder))
    shown = exploring.explore(opened(folder))
    choices, page, mend, _ = shown.children
    which, what, who, button, told = mend.children
    choices.children[0].value = "loaded"
    first = which.options[0][0]
    button.click()
    assert "initials" in told.value and not (folder / "corrections.csv").exists()
    who.value = "AB"
    button.click()
    assert which.options[0][0] != first and len(read_corrections(folder)) == 1
    choices.children[0].value = "treatment"
    assert [o[0] for o in what.options] == ["is negative", "is neutral", "is positive"]
    what.index = 2
    button.click()
    assert which.options[0][0].endswith("*") or "positive" in page.value
    assert read_corrections(folder)["value"].tolist() == ["wrong", "positive"]


def test_a_part_of_a_study_stays_a_part_when_a_row_of_it_is_put_right(folder):
    study = opened(folder)
    study = analysis.correct(study, "loaded_terms", study.loaded_terms.iloc[-1], who="AB")
    assert (folder / "corrections.csv").exists(), "kept where the study was opened from"
    part = study.where(f"doc_id in {list(study.articles['doc_id'][:2])}")
    n = len(part.loaded_terms)
    mended = analysis.correct(part, "loaded_terms", part.loaded_terms.iloc[0], who="AB", why="fait")
    assert len(mended.loaded_terms) == n - 1 and len(mended.articles) == 2 and len(mended.sentences) == len(part.sentences)
    assert mended.problems[mended.problems["source_file"] == "corrections.csv"]["what"].tolist() == ["set aside"]
    assert len(mended.as_found().loaded_terms) == n and len(opened(folder).loaded_terms) == len(study.loaded_terms) - 1


def test_rows_that_the_kit_did_not_find_so_are_not_put_right(folder):
    study = opened(folder)
    some = study.copy(loaded_terms=study.loaded_terms.head(5))
    with pytest.raises(ValueError, match="correct the study that it was made from"):
        analysis.correct(some, "loaded_terms", some.loaded_terms.iloc[0], who="AB")
    assert not (folder / "corrections.csv").exists(), "what is refused is not kept"
    kept = analysis.correct(some, "quotes", some.quotes.iloc[0], who="AB")
    assert len(kept.loaded_terms) == 5 and len(kept.quotes) == len(study.quotes) - 1, "what else was given stays"


def test_a_folder_that_is_none_is_not_made_and_an_empty_file_is_named(folder, tmp_path):
    study = opened(folder)
    with pytest.raises(ValueError, match="folder is"):
        analysis.correct(study, "quotes", study.quotes.iloc[0], who="AB", folder=tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
    (folder / "corrections.csv").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match=r"corrections\.csv is no CSV"):
        opened(folder)
