"""The accuracy command, on labelled data of our own, in the flat and in the published layouts."""

import json

import numpy as np
import pytest
from conftest import PROJECT

from analysis.study.accuracy import chains, interval, kappa, macro_f1, measure_accuracy, reliability, scores
from analysis.study.trust import trust


def write(path, records):
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8")


def test_both_layouts_of_sentiment_are_read(tmp_path):
    flat = {"sentence": "Paul Roy a été condamné pour fraude.", "start": 0, "end": 8, "polarity": "negative"}
    published = {
        "sentence_normalized": "Jeanne Morel a remporté un immense succès.",
        "targets": [{"from": 0, "to": 12, "mention": "Jeanne Morel", "polarity": 6.0}],
    }
    write(tmp_path / "actor_sentiment_fr" / "test.jsonl", [flat, published])
    found = measure_accuracy(tmp_path).query("metric == 'macro-F1'").set_index("method")
    assert found.loc["rules", "value"] == 1 and found.loc["rules", "n"] == 2
    assert {"model", "model blind to its target", "rules", "textblob-fr", "majority class"} <= set(found.index)
    assert set(found["labels"]) == {"human"}


def test_both_layouts_of_policy_frames_are_read(tmp_path):
    flat = {
        "text": "Le tribunal a condamné le prévenu.",
        "frames": ["justice"],
        "outlet": "a",
        "date": "b",
        "title": "c",
    }
    published = {
        "text": "Le tribunal a jugé.",
        "label": ["Just Detection"],
        "meta": {"outlet": "a", "date": "b", "title": "c"},
    }
    write(tmp_path / "policy_frames_fr" / "d.jsonl", [flat, published])
    found = measure_accuracy(tmp_path).query("metric == 'F1 justice' and n > 0 and method == 'cues alone'")
    assert list(found["value"]) == [1.0] and list(found["n"]) == [2], "units of one article stay in one half"


def test_bins_of_a_reliability_diagram_by_hand(tmp_path):
    from analysis.study.accuracy.sentiment import _bins, _calibration_error

    sure, unsure = np.array([0.9, 0.1, 0.0]), np.array([0.4, 0.6, 0.0])
    triples = [(sure, "negative", 1.0), (sure, "neutral", 1.0), (unsure, "neutral", 2.0)]
    found = _bins(triples, bins=2)
    assert list(found["confidence"]) == pytest.approx([0.6, 0.9]) and list(found["right"]) == pytest.approx([1.0, 0.5])
    assert _calibration_error(triples) == pytest.approx((2 * 0.4 + 1 * 0.1 + 1 * 0.9) / 4)
    flat = {"sentence": "Paul Roy a été condamné.", "start": 0, "end": 8, "polarity": "negative"}
    write(tmp_path / "actor_sentiment_fr" / "train.jsonl", [flat])
    assert set(reliability(tmp_path)["data"]) == {"actor_sentiment_fr"} and reliability(tmp_path / "none").empty


def test_what_was_measured_stands_beside_the_measure():
    for measure in ("sentiment", "policy frames", "generic frames", "quotes", "hedges", "loaded"):
        found = trust(measure)
        assert {"metric", "measured_on", "labels", "n"} <= set(found.columns) and len(found)
    assert {"model", "textblob-fr", "majority class"} <= set(trust("sentiment").columns)
    with pytest.raises(ValueError, match="known: "):
        trust("beauty")


def test_a_folder_without_data_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="holds none of"):
        measure_accuracy(tmp_path)


def test_statistics_by_hand():
    assert macro_f1([("a", "a", 1), ("a", "b", 1), ("b", "b", 1)]) == pytest.approx(2 / 3)
    assert macro_f1([("a", "a", 3), ("b", "a", 1)]) == pytest.approx((6 / 7 + 0) / 2)
    assert kappa([(1, 1), (0, 0), (1, 0), (0, 1)]) == 0 and kappa([(1, 1), (0, 0)]) == 1
    value, low, high = interval([1.0] * 5, lambda units: sum(units) / len(units))
    assert value == low == high == 1


def test_macro_f1_and_kappa_agree_with_nltk():
    from nltk.metrics.agreement import AnnotationTask

    pairs = [("a", "a"), ("a", "b"), ("b", "b"), ("c", "c"), ("c", "a"), ("a", "a")]
    task = AnnotationTask([(who, i, pair[k]) for k, who in enumerate("xy") for i, pair in enumerate(pairs)])
    assert kappa(pairs) == pytest.approx(task.kappa())


def test_the_gold_holds_offsets_only_and_two_codings():
    rows = [
        json.loads(line) for line in (PROJECT / "tests" / "gold" / "wikinews_coding.jsonl").read_text().splitlines()
    ]
    assert len(rows) == 40 and [r["part"] for r in rows].count("measure") == 20
    for row in rows:
        for coder in "AB":
            assert all(s < e for table in ("quotes", "hedges", "loaded") for s, e, *_ in row[coder][table])
            assert set(row[coder]["frames"]) == {
                "conflict", "human_interest", "economic_consequences", "morality", "responsibility",
            }  # fmt: skip


def test_what_is_asserted_is_what_is_not_withheld():
    judged = [
        ("negative", "negative", 1.0, False),
        ("neutral", "negative", 3.0, False),
        ("positive", "positive", 1.0, True),
        ("positive", "neutral", 2.0, False),
    ]
    assert scores.asserted_right(judged) == 1 / 4, "what is withheld isn't said, and neutral asserts nothing"
    assert scores.polar_found(judged) == 1 / 4
    assert np.isnan(scores.asserted_right(judged[2:])) and np.isnan(scores.polar_found(judged[1:2]))


def test_sentiment_is_measured_on_the_entities_as_coded(tmp_path):
    (tmp_path / "a.txt").write_text(
        "# 1 P Ada Roy\n# 2 P Luc Morel\n---\n⟦1 n:Ada Roy⟧ accuse ⟦2 n:Luc Morel⟧ de mensonge.", encoding="utf-8"
    )
    (tmp_path / "sentiment.csv").write_text(
        "text,start,end,entity,A,B\na,0,36,1,neutral,neutral\na,0,36,2,negative,negative\n", encoding="utf-8"
    )
    rows = {(r["method"], r["metric"]): r for r in chains._treatment(tmp_path)}
    assert rows["model", "macro-F1"]["n"] == 2 and rows["model", "praise and blame, asserted"]["n"] == 1
    assert rows["majority class", "macro-F1"]["value"] == pytest.approx((2 / 3 + 0) / 2)
