"""Concordance: where words, lemmas and expressions stand, in which order, and what stands beside them."""

import unicodedata

import pandas as pd
import pytest

import analysis
from analysis.study.concordance import concordance, places

PAPER = pd.DataFrame(
    {
        "doc_id": ["a", "b"],
        "text": ["Le maire a trahi ses électeurs. Ils trahissent M. Macron, l’État aussi.",
                 "Il avait\ntrahi, dit-on. Une trahison\u00a0! Porté aux nues (12 %), trahi."],
    }
)  # fmt: skip


def nodes(pattern, kind="words", table=PAPER):
    return list(concordance(table, pattern, kind=kind)["node"])


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("trahir", ["trahi", "trahissent", "trahi", "trahi"]),
        ("TRAHIT", ["trahi", "trahissent", "trahi", "trahi"]),
        ("avoir trahir", ["a trahi", "avait\ntrahi"]),
        ("électeur", ["électeurs"]),
        ("l'état", ["l’État"]),
        ("trahir dire", []),
        ("zygomatique", []),
    ],
)
def test_a_lemma_finds_all_its_forms_and_a_phrase_of_lemmas_only_words_that_adjoin(pattern, found):
    assert nodes(pattern, "lemma") == found


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"trah(i|ison)\b", ["trahi", "trahi", "trahison", "trahi"]),
        (r"l'état", ["l’État"]),
        (r"l’état", ["l’État"]),
        (r"\d+ %", ["12 %"]),
        (r"état", ["État"]),
        (r"(?-i:état)", []),
        (r"x*", ["x"]),
        (r"^|$|\b", []),
    ],
)
def test_an_expression_finds_what_it_matches_and_never_nothing(pattern, found):
    assert nodes(pattern, "regex") == found


def test_a_star_alone_is_a_word():
    assert nodes("* trahi") == ["a trahi", "avait\ntrahi"]


@pytest.mark.parametrize("kind", ["words", "lemma", "regex"])
def test_places_are_offsets_into_the_text_as_given_however_accents_are_composed(kind):
    text = unicodedata.normalize("NFD", "Été : l’élève a été élu\u00ade. ") + "ﬁn de l’été"
    table = pd.DataFrame({"doc_id": ["d"], "text": [text]})
    found = places(table, "été", kind)
    assert list(found) == ["doc_id", "start", "end"]
    given = [text[s:e] for s, e in zip(found["start"], found["end"])]
    assert [unicodedata.normalize("NFC", g).lower() for g in given] == ["été"] * 3
    assert nodes("élue", kind if kind != "lemma" else "words", table) == [unicodedata.normalize("NFD", "élu\u00ade")]


def test_a_whole_word_is_not_found_in_one_with_a_detached_accent():
    table = pd.DataFrame({"doc_id": ["d"], "text": [unicodedata.normalize("NFD", "Porté, porte.")]})
    assert nodes("porte", table=table) == ["porte"]


def test_places_and_lines_are_the_same_and_nothing_found_keeps_the_types():
    lines = concordance(PAPER, "trahi*")
    pd.testing.assert_frame_equal(pd.DataFrame(lines[["doc_id", "start", "end"]]), places(PAPER, "trahi*"))
    assert len(lines) == 5 and places(PAPER, "phare")["start"].dtype == "int64"


@pytest.mark.parametrize(
    ("pattern", "kind", "told"),
    [
        ("trah(i", "regex", r"breaks at position 4: missing \), unterminated subpattern; write"),
        ("a{99999999999}", "regex", "can't be read"),
        ("", "regex", "the pattern is empty"),
        ("?", "lemma", "no letters to look for"),
        ("trahi*", "lemma", "holds a \\*"),
        ("**", "words", "no letters to look for"),
        ("trahi", "stem", "kind is 'stem': 'words', 'lemma', 'regex'"),
    ],
)
def test_a_pattern_that_can_not_be_looked_for_is_told_with_the_way_out(pattern, kind, told):
    with pytest.raises(ValueError, match=told):
        places(PAPER, pattern, kind)


# --- in order

TABLE = pd.DataFrame({"doc_id": list("abc"), "text": ["zone b port école", "a B PORTS zone", "b à ports avril"]})


def test_lines_are_put_in_order_by_either_side_or_what_was_found_and_stay_a_concordance():
    found = concordance(TABLE, "port*")
    assert list(found.by("right")["doc_id"]) == ["c", "a", "b"], "é stands with e"
    assert list(found.by("left")["doc_id"]) == ["c", "b", "a"], "the nearest word first, à with a"
    assert list(found.by("node")["doc_id"]) == ["a", "b", "c"]
    assert isinstance(found.by("left"), analysis.study.concordance.Concordance) and list(found.by("left").index) == [0, 1, 2]
    assert list(found["doc_id"]) == ["a", "b", "c"], "the lines themselves are left as they are"
    pd.testing.assert_frame_equal(concordance(TABLE, "port*", sort="left"), found.by("left"))
    assert found[found["doc_id"] != "a"].by("right")["doc_id"].tolist() == ["c", "b"]
    with pytest.raises(ValueError, match="side is 'middle': 'left', 'right', 'node'"):
        found.by("middle")


# --- what stands beside


def counts(text, pattern, *how, **more):
    table = pd.DataFrame({"doc_id": [f"d{i}" for i in range(len(text))], "text": text})
    return concordance(table, pattern, **more).counts(*how).values.tolist()


def test_neighbours_are_counted_in_lower_case_with_the_articles_that_hold_them():
    text = ["Le port de Brest. Le port De Brest. Un port libre.", "Ce port libre, mais port", "Au port libre"]
    assert counts(text, "port") == [["libre", 3, 3], ["de", 2, 1]]
    assert counts(text, "port", "left") == [["le", 2, 1], ["au", 1, 1], ["ce", 1, 1], ["mais", 1, 1], ["un", 1, 1]]
    assert counts(text, "port", "right", 2) == [["de brest", 2, 1], ["libre mais", 1, 1]]
    assert counts(text, "port*", "node") == [["port", 6, 3]]


def test_punctuation_is_passed_over_but_not_the_end_of_a_sentence():
    assert counts(["Le port, fermé. Le port. Ouvert ?"], "port") == [["fermé", 1, 1]]
    assert counts(["Oui. Port fermé"], "port", "left") == []
    assert counts(["Il voit M. Port venir"], "port", "left") == [["m", 1, 1]]


def test_elided_words_are_words_and_joined_in_print():
    assert counts(["dans l’autre port de l’île"], "autre", "left") == [["l'", 1, 1]]
    assert counts(["le port de l’île"], "port", "right", 3) == [["de l'île", 1, 1]]


def test_forms_are_counted_whatever_their_accents_and_apostrophes_are_made_of():
    texts = ["l’été, L'ÉTÉ", unicodedata.normalize("NFD", "l’été")]
    assert counts(texts, "l'été", "node") == [["l'été", 3, 2]]


def test_counts_of_nothing_and_of_a_side_that_is_none():
    found = concordance(TABLE, "phare")
    assert list(found.counts()) == ["term", "n", "articles"] and not len(found.counts("node"))
    with pytest.raises(ValueError, match="side is 'up'"):
        found.counts("up")
    with pytest.raises(ValueError, match="words is 0: 1 or more"):
        found.counts("left", 0)
