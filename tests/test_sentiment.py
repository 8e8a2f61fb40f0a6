"""Minimal pairs of our own: who is judged, and who is not."""

import re
import unicodedata
from pathlib import Path

import numpy as np
import pytest

import analysis
from analysis.measures.sentiment import explain_targets, labels_by_rule

GOLD = Path(__file__).parent / "gold" / "minimal_pairs.txt"
MARK = re.compile(r"\{([^{}|]+)\|([+\-0])\}")
SIGN = {"-": "negative", "0": "neutral", "+": "positive"}
FEWEST_RIGHT = 0.83  # measured: see the model's README; a floor against getting worse, not a goal


def pairs():
    """(sentence, start, end, label, hard) of every actor in the list of minimal pairs."""
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            hard, at, marked = line.startswith("? "), 0, []
            line = line.removeprefix("? ")
            plain = MARK.sub(r"\1", line)
            for found in MARK.finditer(line):
                start = plain.index(found[1], at)
                at = start + len(found[1])
                marked.append((plain, start, at, SIGN[found[2]], hard))
            yield from marked


def score(sentence, name):
    start = sentence.index(name)
    return analysis.score_targets([sentence], [(start, start + len(name))]).iloc[0]


def test_minimal_pairs():
    """Role reversal, passive, negation, possessives, reported reproach, concession, victims, organisations."""
    checks = [p for p in pairs() if not p[4]]
    labels = analysis.score_targets([p[0] for p in checks], [p[1:3] for p in checks])["label"]
    wrong = [(p[0][p[1] : p[2]], p[0], p[3], got) for p, got in zip(checks, labels) if got != p[3]]
    assert len(checks) >= 100
    assert len(wrong) <= (1 - FEWEST_RIGHT) * len(checks), wrong


@pytest.mark.parametrize("check", [p for p in pairs() if p[4]], ids=lambda p: p[0][:30])
@pytest.mark.xfail(reason="irony is out of reach of a model of single sentences")
def test_irony(check):
    sentence, start, end, label, _ = check
    assert analysis.score_targets([sentence], [(start, end)]).iloc[0]["label"] == label


@pytest.mark.parametrize(
    ("sentence", "reverse", "judged", "judge"),
    [
        pytest.param(
            "Musk attaque Altman.", "Altman attaque Musk.", "Altman", "Musk",
            marks=pytest.mark.xfail(strict=False, reason="a close call: 8-bit arithmetic differs from one processor to another"),
        ),
        ("Musk accuse Altman de mensonge.", "Altman accuse Musk de mensonge.", "Altman", "Musk"),
        ("Ravel a été étrillé par Dumont.", "Dumont a été étrillé par Ravel.", "Ravel", "Dumont"),
    ],
)
def test_who_does_it_to_whom_turns_the_score(sentence, reverse, judged, judge):
    assert score(sentence, judged)["polarity"] < score(reverse, judged)["polarity"]
    assert score(sentence, judged)["polarity"] < score(sentence, judge)["polarity"]


def test_negation_turns_a_reproach():
    said, denied = (
        score(s, "Paul Roy")["polarity"] for s in ("Paul Roy est un escroc.", "Paul Roy n’est pas un escroc.")
    )
    assert said < denied - 0.2


def test_several_targets_and_one_give_the_same_scores():
    sentence = "Musk accuse Altman de mensonge."
    together = analysis.score_targets([sentence] * 2, [(0, 4), (12, 18)])["polarity"]
    alone = [score(sentence, name)["polarity"] for name in ("Musk", "Altman")]
    assert list(together) == pytest.approx(alone, abs=1e-3)


def test_a_very_long_sentence_is_read_around_its_target():
    long = (
        "Le conseil a longuement délibéré de la voirie, " * 60
        + "et Paul Roy est un escroc notoire qui a ruiné la ville."
    )
    assert score(long, "Paul Roy")["label"] == "negative"


def test_texts_as_they_come():
    plain = score("L'escroquerie de Hélène Gérard a ruiné la ville.", "Hélène Gérard")["polarity"]
    curly = score("L’escroquerie de Hélène Gérard a ruiné la ville.", "Hélène Gérard")["polarity"]
    assert curly == pytest.approx(plain, abs=1e-6)
    decomposed = unicodedata.normalize("NFD", "L'escroquerie de Hélène Gérard a ruiné la ville.")
    name = unicodedata.normalize("NFD", "Hélène Gérard")
    assert score(decomposed, name)["polarity"] == pytest.approx(plain, abs=0.02)


def test_explanation_names_the_word_that_weighs():
    sentence = "La maire juge que Paul Roy est un escroc."
    words = explain_targets([sentence], [(18, 26)])
    assert "escroc" in list(words["word"]) and (sentence[words["start"][0] : words["end"][0]] == words["word"][0])


def test_the_rules_stand_beside_the_model():
    assert labels_by_rule(["Paul Roy est un escroc.", "Paul Roy dort."], [(0, 8), (0, 8)]) == ["negative", "neutral"]


def test_scores_are_probabilities_with_a_label_always_set():
    rows = analysis.score_targets(["Paul Roy ment.", "Paul Roy dort."], [(0, 8), (0, 8)])
    assert rows[["negative", "neutral", "positive"]].sum(axis=1).tolist() == pytest.approx([1, 1])
    assert rows["label"].notna().all() and rows["withheld"].dtype == bool
    assert list(rows["polarity"]) == pytest.approx(list(rows["positive"] - rows["negative"]))


@pytest.mark.parametrize("span", [(0, 0), (-1, 3), (2, 99), (5, 4)])
def test_a_bad_span_names_its_position(span):
    with pytest.raises(ValueError, match=r"spans\[1\]"):
        analysis.score_targets(["Paul part.", "Paul part."], [(0, 4), span])


def test_lists_of_different_length():
    with pytest.raises(ValueError, match="2 sentences but 1 spans"):
        analysis.score_targets(["a", "b"], [(0, 1)])


def test_nothing_to_score():
    assert analysis.score_targets([], []).empty


def test_the_baseline_is_clipped():
    from analysis.measures.sentiment import baseline

    assert baseline("accuse de trahison") == 0 and -1 <= baseline("C'est très très mauvais et très triste") <= 1


def test_a_reproach_has_the_voice_of_the_one_who_utters_it(seed):
    row = seed.sentiment.query("sentence_id == 8 and actor == 'Elon Musk'").iloc[0]
    assert (row["label"], row["voice"], row["speaker_actor"]) == ("negative", "quoted", "Sam Altman")


def test_several_mentions_in_a_sentence_give_one_row(seed):
    assert not seed.sentiment.duplicated(["doc_id", "sentence_id", "actor"]).any()
    assert seed.sentiment["n_mentions"].max() > 1


def test_what_is_kept_of_a_sentence_depends_on_the_sentence_alone():
    from analysis.reading.article import read
    from analysis.reading.encoder import logits_of, target_logits, vectors_of

    long = "Le maire a dit que la rivière était belle, " * 40 + "et Paul Roy a menti."
    short = "Paul Roy a menti aux habitants de la vallée."
    far, near = [(len(long) - 20, len(long) - 12)], [(0, 8)]
    alone, both = read(long), read(f"{long} {short}")
    logits = logits_of(both, [[far], [near, [(27, 36)]]])
    assert (vectors_of(both)[0] == vectors_of(alone)[0]).all() and logits.shape == (3, 3)
    assert np.allclose(logits[1:], target_logits([short], [[near, [(27, 36)]]])[0], atol=1e-6)
