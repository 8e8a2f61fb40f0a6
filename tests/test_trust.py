"""What the kit says of its own accuracy, from a small table of measured figures."""

import pandas as pd
import pytest

from analysis.study import trust

HEAD = "measure,data,labels,part,method,metric,n,value,low,high\n"
MEASURED = HEAD + (
    "frames,policy_frames_fr,human,check,cues alone,F1 justice,40,0.5,0.4,0.6\n"
    "frames,policy_frames_fr,human,check,cues and encoder,F1 justice,42,0.625,0.555,0.7\n"
    "frames,policy_frames_fr,human,check,cues and encoder,κ justice,42,0.3,0.01,0.5\n"
    "frames,policy_frames_fr,human,check,cues and encoder,κ health,42,0.1,0.0,0.2\n"
    "frames,policy_frames_fr,human,check,cues alone,κ culture,42,0.1,-0.1,0.2\n"
    "frames,policy_frames_fr,human,choose,cues and encoder,κ culture,42,0.1,-0.1,0.2\n"
    "frames,wikinews_fr,model,all,cues and encoder,macro-F1,7,1,1,1\n"
    "quotes,wikinews_fr,model,all,rules,F1,9,0.9,0.8,1\n"
)


@pytest.fixture(autouse=True)
def measured(monkeypatch, tmp_path):
    (tmp_path / "accuracy.csv").write_text(MEASURED, encoding="utf-8")
    monkeypatch.setattr(trust, "MEASURED", tmp_path / "accuracy.csv")
    return tmp_path / "accuracy.csv"


def test_a_row_per_metric_and_labelled_set_and_a_column_per_method():
    found = trust.trust("frames")
    assert list(found.columns) == ["metric", "measured_on", "labels", "cues alone", "cues and encoder", "n"]
    assert found.values.tolist() == [
        ["F1 justice", "CCF, Canadian press on climate", "human", "0.50 (0.40–0.60)", "0.62 (0.56–0.70)", 42],
        ["κ justice", "CCF, Canadian press on climate", "human", "", "0.30 (0.01–0.50)", 42],
        ["κ health", "CCF, Canadian press on climate", "human", "", "0.10 (0.00–0.20)", 42],
        ["κ culture", "CCF, Canadian press on climate", "human", "0.10 (−0.10–0.20)", "", 42],
        ["macro-F1", "French Wikinews", "model", "", "1.00", 7],
    ]


def test_frames_that_cannot_be_relied_on():
    """κ under .40, or an interval that reaches 0, for the method in use, on data that nothing was chosen on."""
    assert trust.exploratory("frames") == ["justice", "health"] and trust.exploratory("quotes") == []


def test_what_was_not_measured_is_named():
    with pytest.raises(ValueError, match="nothing was measured of “beauty”; known: frames, quotes"):
        trust.trust("beauty")


def test_new_figures_take_the_place_of_those_of_the_same_data(measured):
    new = pd.DataFrame([["frames", "policy_frames_fr", "human", "check", "cues alone", "F1 justice", 40, 0.123456, 0.1, 0.2]], columns=HEAD.strip().split(","))  # fmt: skip
    trust.remember(new)
    lines = measured.read_text(encoding="utf-8").split("\n")
    assert [line.split(",")[1] for line in lines[1:-1]] == ["wikinews_fr", "wikinews_fr", "policy_frames_fr"]
    assert lines[3] == "frames,policy_frames_fr,human,check,cues alone,F1 justice,40,0.1235,0.1,0.2"
    measured.unlink()
    trust.remember(new)
    assert len(pd.read_csv(measured)) == 1


def test_an_installed_kit_is_not_written_into(measured, monkeypatch, tmp_path):
    monkeypatch.setattr(trust, "project_folder", lambda: tmp_path)
    trust.remember(pd.read_csv(measured).head(1))
    assert measured.read_text(encoding="utf-8") == MEASURED


def test_how_often_asserted_praise_and_blame_were_right_in_french(monkeypatch, tmp_path):
    rows = [("actor_sentiment_fr", "train", 0.8), ("tests/gold/chains", "measure", 0.4), ("actor_sentiment_fr", "validation", 0.1), ("actor_sentiment_en", "devtest_real_world", 0.9)]  # fmt: skip
    lines = [f'sentiment,{data},human,{part},model,"asserted, right",9,{value},0.1,0.9\n' for data, part, value in rows]
    (tmp_path / "accuracy.csv").write_text(HEAD + "".join(lines), encoding="utf-8")
    monkeypatch.setattr(trust, "MEASURED", tmp_path / "accuracy.csv")
    assert trust.asserted_right() == (0.4, 0.8), "of parts that are published, and not of English"
