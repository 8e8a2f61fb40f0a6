"""What a study forces in the lexicons: entries off, on, and its own."""

import pandas as pd
import pytest

import analysis
from analysis.measures.cues import speech_verbs
from analysis.measures.vocabulary import loaded_entries
from analysis.reading.lexicon import forcing, load_lexicon, read_forced


def table(**columns):
    return pd.DataFrame(columns)


def test_an_entry_off_is_never_found_and_one_on_always():
    text = ["C'est un scandale. La foule gronde. Le tilleul fleurit."]
    with forcing({"loaded": table(entry=["scandale", "tilleul"], use=["off", "on"])}):
        found = analysis.find_loaded_terms(text).set_index("term")
        assert "scandale" not in found.index and found.loc["tilleul", ["category", "score"]].tolist() == ["other", 1.0]
    assert "scandale" in set(analysis.find_loaded_terms(text)["term"]), "and only while that study is measured"


def test_words_of_metaphors_are_forced_as_loaded_words_too():
    with forcing({"loaded": table(entry=["guerre"], use=["off"])}):
        assert "guerre" not in set(loaded_entries()["entry"]) and "guerre" in set(load_lexicon("metaphors")["entry"])


def test_verbs_and_hedges():
    with forcing({"speech_verbs": table(entry=["dire", "marmotter"], use=["off", "on"]), "hedges": table(entry=["au doigt mouillé"], use=["on"])}):  # fmt: skip
        assert "dire" not in speech_verbs() and "marmotter" in speech_verbs()
        found = analysis.find_hedges(["Ce chiffre est donné au doigt mouillé."])
        assert found[["marker", "type"]].values.tolist() == [["au doigt mouillé", "press_conditional"]]
    assert "dire" in speech_verbs()


def test_they_are_read_from_a_folder(tmp_path):
    assert read_forced(tmp_path / "nowhere") == {}
    (tmp_path / "loaded.csv").write_text("entry,use,category\nl’ogre,on,insult\nguerre,off,\n", encoding="utf-8")
    assert read_forced(tmp_path)["loaded"]["entry"].tolist() == ["l'ogre", "guerre"]


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("loaded.csv", "entry\nguerre\n", "no column 'use'"),
        ("loaded.csv", "entry,use\nguerre,non\n", "loaded.csv, line 2: entry once, use on or off"),
        ("loaded.csv", "entry,use\nguerre,on\nguerre,off\n", "line 3"),
        ("metaphors.csv", "entry,use\npantoufle,on\n", "metaphors.csv, line 2: .* its domain"),
        ("polarity.csv", "entry,use\nbon,off\n", "a study can force entries of loaded, hedges"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, file, text, message):
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_forced(tmp_path)


def test_a_study_opened_from_its_folder_is_measured_so(tmp_path):
    (tmp_path / "a.txt").write_text("Un scandale\n\nC'est un scandale, un fiasco, dit Paul Roy à Paul Roy.\n", encoding="utf-8")  # fmt: skip
    (tmp_path / "lexicons").mkdir()
    forced = tmp_path / "lexicons" / "loaded.csv"
    forced.write_text("entry,use\nscandale,off\n", encoding="utf-8")
    study = analysis.open_study(tmp_path, progress=False)
    assert set(study.loaded_terms["term"]) == {"fiasco"} and len(study.articles) == 1
    forced.unlink()
    assert "scandale" in set(analysis.open_study(tmp_path, progress=False).loaded_terms["term"])
