"""What a frame's score is made of, worked by hand: cues, neighbours, the rule that joins them, the highest fifth."""

import math
from collections import defaultdict
from types import SimpleNamespace as Made

import numpy as np
import pandas as pd
import pytest

import analysis
from analysis.measures import framing
from analysis.reading.article import read

OWN = pd.DataFrame(
    [("smell", "odeur", "NOUN", "0.8"), ("smell", "suie", "NOUN", "0.5"), ("work", "docker", "NOUN", "0.4")],
    columns=["frame", "entry", "pos", "weight"],
)


@pytest.fixture
def alone(monkeypatch):
    """Only the frames of `OWN` and metaphors have cues."""
    monkeypatch.setattr(framing, "_generic_index", dict)
    monkeypatch.setattr(framing, "_policy_index", dict)
    return {name: index for name, (index, _) in framing.own_frames({"port": OWN}).items()}


def scored(text, indexes):
    found = framing.cue_scores(read(text), indexes)
    keys = ("score", "present", "start", "end", "target")
    return {key: tuple(row[k] if k != "score" else round(row[k], 9) for k in keys) for key, row in found.items()}


def test_own_frames_keep_their_order():
    assert framing.own_frames({"port": OWN})["port"][1] == ["smell", "work"] and framing.own_frames(None) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La suie revient.", {(0, "port", "smell", None): (0.5, True, 3, 7, None)}),
        ("Un docker part.", {(0, "port", "work", None): (0.4, False, 3, 9, None)}),
        # 1 − (1 − .5)(1 − .8): the strongest is the evidence
        ("La suie et l’odeur restent.", {(0, "port", "smell", None): (0.9, True, 13, 18, None)}),
        ("La suie sur la suie.", {(0, "port", "smell", None): (0.75, True, 3, 7, None)}),  # of equals the first
        ("Il ne reste aucune odeur.", {(0, "port", "smell", None): (0.4, False, 19, 24, None)}),  # denied: half
        ("La suie. Un docker.", {(0, "port", "smell", None): (0.5, True, 3, 7, None), (1, "port", "work", None): (0.4, False, 12, 18, None)}),
        ("Rien ne change.", {}),
    ],
)  # fmt: skip
def test_cues_of_a_sentence_are_joined_by_noisy_or(alone, text, expected):
    assert scored(text, alone) == expected


def test_each_metaphor_has_a_row_of_its_own_and_says_what_it_speaks_of(alone):
    text = "C'est la guerre de l'IA et la bataille pour le contrôle du port."
    assert scored(text, {}) == {
        (0, "metaphor", "war", 9): (0.7, True, 9, 15, "l'IA"),
        (0, "metaphor", "war", 30): (0.7, True, 30, 38, "le contrôle du port"),
    }


@pytest.mark.parametrize(
    ("vectors", "means"),
    [
        ([[6.0]], [[6]]),
        ([[6.0], [2.0]], [[4], [4]]),
        ([[6.0], [0.0], [3.0], [9.0]], [[3], [3], [4], [6]]),
        ([[6.0, 1.0], [0.0, 1.0], [3.0, 4.0]], [[3, 1], [3, 2], [1.5, 2.5]]),
    ],
)
def test_a_sentence_is_read_with_its_neighbours(vectors, means):
    assert framing.around(np.array(vectors)).tolist() == means


def test_encoder_and_cues_are_joined_by_a_logistic_rule(monkeypatch):
    """One learned frame: 2 × the (mean) vector + 3 × the cues − 1.5, over two sentences whose cues score .5 and nothing."""
    names, weights = [("generic", "conflict")], np.array([[0.0, 2.0]])
    monkeypatch.setattr(framing, "_model", lambda: (names, weights, np.array([3.0]), np.array([-1.5])))
    monkeypatch.setattr(framing, "vectors_of", lambda _: np.array([[0.5], [-0.5]]))
    cue = {"level": "sentence", "sentence_id": 0, "scheme": "generic", "frame": "conflict", "score": 0.5, "cues": 0.5, "present": True, "start": 3, "end": 7}  # fmt: skip
    monkeypatch.setattr(framing, "cue_scores", lambda *_: {(0, "generic", "conflict", None): dict(cue)})
    found = framing.sentence_scores(Made(spans=[(0, 8), (9, 20)]))
    first, second = found[0, "generic", "conflict", None], found[1, "generic", "conflict", None]
    assert first == cue | {"score": pytest.approx(0.5), "present": True}, "0 + 1.5 − 1.5 stands on the threshold"
    assert second["score"] == pytest.approx(1 / (1 + math.exp(1.5))) and second["present"] is False
    assert second["cues"] == 0 and "start" not in second, "what is not present has no place"
    monkeypatch.setattr(framing, "vectors_of", lambda _: np.array([[0.8], [0.8]]))
    second = framing.sentence_scores(Made(spans=[(0, 8), (9, 20)]))[1, "generic", "conflict", None]
    assert second["score"] == pytest.approx(1 / (1 + math.exp(-0.1)))
    assert (second["start"], second["end"], second["present"]) == (9, 20, True), (
        "without a cue the sentence is the evidence"
    )


def of_sentences(*scores, scheme="port", frame="smell"):
    rows = {
        (i, scheme, frame, None): {
            "scheme": scheme, "frame": frame, "score": score, "sentence_id": i, "start": 10 * i, "end": 10 * i + 5, "target": f"t{i}",
        }
        for i, score in enumerate(scores)
    }  # fmt: skip
    return rows


@pytest.mark.parametrize(
    ("sentences", "scores", "score", "present"),
    [
        (1, [0.5], 0.5, True),
        (5, [0.1, 0.49], 0.49, False),  # five sentences: the highest one counts, .5 is the threshold
        (6, [0.1, 0.9], 0.5, True),  # six: the mean of the highest two, over .3
        (6, [0.6], 0.3, True),
        (6, [0.58], 0.29, False),
        (11, [0.2, 0.9, 0.7, 0.8], 0.8, True),
        (10, [0.2, 0.9, 0.7], 0.8, True),
        (4, [], 0, False),
    ],
)
def test_an_article_has_the_mean_of_its_highest_fifth(sentences, scores, score, present):
    (row,) = framing._of_article(sentences, of_sentences(*scores), {"port": ["smell"]})
    assert (row["level"], row["scheme"], row["frame"]) == ("article", "port", "smell")
    assert row["score"] == pytest.approx(score) and row["present"] is present
    best = scores.index(max(scores)) if scores else None
    place = (None if best is None else 10 * best, None if best is None else f"t{best}")
    assert (row.get("start"), row.get("target")) == place, "with the place of its highest sentence"


def test_of_two_metaphors_in_a_sentence_the_article_counts_one():
    rows = of_sentences(0.7, 0.7, scheme="metaphor", frame="war")
    rows[0, "metaphor", "war", 3] = rows[0, "metaphor", "war", None] | {"start": 3}
    (row,) = framing._of_article(6, rows, {"metaphor": ["war"]})
    assert row["score"] == pytest.approx(0.7) and row["start"] == 0
    rows = {key: row for key, row in rows.items() if key[0] == 0}
    (row,) = framing._of_article(6, rows, {"metaphor": ["war"]})
    assert row["score"] == pytest.approx(0.35) and row["present"] is False, "metaphors are present from .5 on"


@pytest.mark.parametrize(("scheme", "threshold"), [("metaphor", 0.5), ("port", 0.3), ("generic", 0.5), ("policy", 0.5)])
def test_thresholds_of_articles(scheme, threshold):
    assert framing.threshold_of(scheme) == threshold


def test_what_tells_whether_an_article_carries_a_frame_comes_from_all_its_sentences():
    made = framing.features_of_article(np.array([0.5, 0.9, 0.1, 0.5, 0.5, 0.5]), np.array([0, 0.8, 0, 0, 0.4, 0]))
    high = math.log(9)
    assert made == pytest.approx(
        {
            "highest fifth": high / 2, "mean": 0, "highest": high, "third": 0, "first": 0, "opening": 0, "share": 0,
            "carrying": math.log(6), "length": math.log(6), "cues, highest fifth": 0.6, "cues": 1 / 6,
        }
    )  # fmt: skip


def test_a_long_text_is_scored_by_the_rule_of_articles_and_a_short_one_by_its_best_sentence(monkeypatch):
    monkeypatch.setattr(framing, "_of_whole", lambda: {"conflict": defaultdict(float, bias=0.5, highest=1.0)})
    made = {"generic": ["conflict"]}

    def rows(n):
        found = of_sentences(*[0.5] * n, scheme="generic", frame="conflict")
        return {key: row | {"cues": 0.0} for key, row in found.items()}

    (short,), (long,) = (framing._of_article(n, rows(n), made) for n in (5, 6))
    assert short["score"] == 0.5 and long["score"] == pytest.approx(1 / (1 + math.exp(-0.5))) and long["present"]


def test_rows_of_a_study_have_the_voice_that_holds_their_cue(alone, monkeypatch):
    monkeypatch.setattr(framing, "sentence_scores", framing.cue_scores)
    quotes = [{"start": 0, "end": 8, "speaker": "Ada", "speaker_actor": "A"}]
    schemes = framing.own_frames({"port": OWN})
    rows = framing.measure(read("La suie. Un docker."), quotes, schemes)["frames"]
    found = [(r["level"], r["frame"], r["voice"], r["speaker_actor"]) for r in rows if r["scheme"] == "port"]
    assert found == [
        ("sentence", "smell", "quoted", "A"),
        ("sentence", "work", "outlet", None),
        ("article", "smell", "quoted", "A"),
        ("article", "work", "outlet", None),
    ]
    silent = framing.measure(read("Rien."), quotes, schemes)["frames"]
    assert {(r["level"], r["voice"]) for r in silent} == {("article", None)} and len(silent) == 5 + 8 + 7 + 2


@pytest.mark.parametrize(
    ("folder", "text", "message"),
    [
        ("generic", "frame,entry,pos,weight\na,b,NOUN,0.5\n", "is a scheme of the kit; give yours another name"),
        ("port", "frame,entry,pos,weight\na,b,NOUN,1\nc,d,NOUN,0\n", "line 3: its weight must be over 0 and at most 1"),
        ("port", "frame,entry,pos,weight\na,b,NOUN,1.01\n", "line 2: its weight"),
        ("port", "frame,entry,pos,weight\na,b,NOUN,beaucoup\n", "line 2: its weight"),
    ],
)
def test_wrong_frames_of_a_study_are_named(tmp_path, folder, text, message):
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "lexicon.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        framing.read_schemes(tmp_path)


def test_bare_texts_have_a_row_for_each_frame_in_order_with_their_own_offsets():
    rows = analysis.score_frames(["Il pleut.", "La gue\u00adrre de l’IA commence."])
    assert list(rows.columns) == ["text_id", "scheme", "frame", "score", "present", "start", "end"]
    assert list(rows["frame"]) == [*framing.GENERIC, *framing.POLICY, *framing.METAPHOR] * 2
    assert list(rows["text_id"]) == [0] * 20 + [1] * 20
    war = rows.query("text_id == 1 and frame == 'war'").iloc[0]
    assert (war["score"], war["present"], war["start"], war["end"]) == (pytest.approx(0.7), True, 3, 10)
