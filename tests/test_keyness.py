"""Keyness and concordance: every value worked by hand."""

import math
from collections import Counter

import pandas as pd
import pytest

from analysis.study.concordance import concordance
from analysis.study.keyness import keyness, keyness_of_counts, log_likelihood, log_odds, stop_words, term_counts


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Les ports fermaient, le port fermera.", {"port": 2, "fermer": 2}),
        ("L’école, c’est l’école !", {"école": 2}),
        ("En 2024, 3 maires sur 10 ont voté à 20h.", {"maire": 1, "voter": 1}),
        ("Le plan B a échoué.", {"plan": 1, "échouer": 1}),
        ("Elle fait ce qu’elle fit, jusqu’au bout.", {"bout": 1}),
        ("…", {}),
    ],
)
def test_terms_are_lemmas_without_function_words_numbers_and_letters(text, counted):
    assert term_counts([text]) == Counter(counted)


def test_terms_of_many_texts_are_added_up():
    assert term_counts(["Le port.", "Un port, des ports."]) == Counter(port=3) and term_counts([]) == Counter()


def test_elided_words_are_function_words():
    assert {"l'", "d'", "qu'", "n'", "s'", "c'", "j'", "m'", "t'", "faire", "le"} <= stop_words()


def test_one_row_per_term_the_most_characteristic_first():
    found = keyness_of_counts(Counter(b=30, a=2), Counter(a=30, c=1))
    assert list(found.columns) == ["term", "n_target", "n_reference", "log_ratio", "g2", "p_adjusted", "log_odds", "z"]
    assert found[["term", "n_target", "n_reference"]].values.tolist() == [["b", 30, 0], ["c", 0, 1], ["a", 2, 30]]
    assert list(found.index) == [0, 1, 2]


def test_half_a_count_stands_for_none():
    """b: 3 of 4 words here, none of 8 there; c: none of 4 here, 2 of 8 there."""
    found = keyness_of_counts(Counter(b=3, a=1), Counter(a=6, c=2)).set_index("term")["log_ratio"]
    assert found["b"] == pytest.approx(math.log2((3 / 4) / (0.5 / 8)))
    assert found["c"] == pytest.approx(math.log2((0.5 / 4) / (2 / 8)))
    assert found["a"] == pytest.approx(math.log2((1 / 4) / (6 / 8)))


def test_a_word_as_frequent_here_as_there_is_no_sign_of_anything():
    found = keyness_of_counts(Counter(a=2, b=2), Counter(a=4, b=4))
    assert found[["log_ratio", "g2", "log_odds", "z"]].to_numpy().ravel() == pytest.approx([0] * 8, abs=1e-9)
    assert list(found["p_adjusted"]) == pytest.approx([1, 1])


def test_what_there_is_in_one_part_only_has_a_finite_likelihood():
    """4 of 4 against 0 of 4: of the four cells only two hold anything, each twice what was expected."""
    a, b = (pd.Series(v, dtype=float).to_numpy() for v in ([4, 0], [0, 4]))
    assert log_likelihood(a, b).tolist() == pytest.approx([2 * 8 * math.log(2)] * 2)


def test_log_odds_of_a_word_and_of_its_opposite_are_opposite():
    a, b = (pd.Series(v, dtype=float).to_numpy() for v in ([6, 2], [2, 6]))
    delta, z = log_odds(a, b)
    expected = 2 * math.log((6 + 250) / (2 + 250))
    assert delta.tolist() == pytest.approx([expected, -expected])
    assert z[0] == pytest.approx(expected / math.sqrt(1 / 256 + 1 / 252))


@pytest.mark.parametrize(("ours", "theirs"), [({}, {"a": 1}), ({"a": 1}, {}), ({}, {})])
def test_an_empty_part_gives_an_empty_table_of_the_same_columns(ours, theirs):
    full, empty = keyness_of_counts(Counter(a=1, b=1), Counter(a=1)), keyness_of_counts(Counter(ours), Counter(theirs))
    assert empty.empty and list(empty.columns) == list(full.columns)
    assert empty.dtypes["term"] == full.dtypes["term"] and (empty.dtypes.drop("term") == "float64").all()


def test_tables_and_lists_of_texts_are_the_same():
    texts = ["Le port ferme.", "Le port ouvre."]
    pd.testing.assert_frame_equal(keyness(pd.DataFrame({"text": texts}), ["École."]), keyness(texts, ["École."]))


# --- concordance

PAPER = pd.DataFrame(
    {
        "doc_id": ["a", "b"],
        "text": ["Le port de Brest dort.\nUn porteur passe ; l’autre port\u00a0ferme.", "Aéroport, PORT : « le vieux port de Brest »."],
    }
)  # fmt: skip


def lines(pattern, **how):
    return concordance(PAPER, pattern, **how)[["doc_id", "left", "node", "right"]].values.tolist()


def test_a_line_per_place_with_what_stands_left_and_right_of_it():
    found = concordance(PAPER, "port", width=8)
    assert found.values.tolist() == [
        ["a", 3, 7, "Le ", "port", " de Bres"],
        ["a", 50, 54, "l’autre ", "port", " ferme."],
        ["b", 10, 14, "roport, ", "PORT", " : « le "],
        ["b", 28, 32, "e vieux ", "port", " de Bres"],
    ]
    assert [PAPER["text"][0][a:b] for a, b in zip(found["start"][:2], found["end"][:2])] == ["port", "port"]


def test_sixty_characters_stand_on_either_side():
    long = pd.DataFrame({"doc_id": ["a"], "text": ["x" * 99 + " port " + "y" * 99]})
    (line,) = concordance(long, "port").to_dict("records")
    assert line["left"] == "x" * 59 + " " and line["right"] == " " + "y" * 59


@pytest.mark.parametrize(
    ("pattern", "nodes"),
    [
        ("port*", ["port", "porteur", "port", "PORT", "port"]),
        ("*port", ["port", "port", "Aéroport", "PORT", "port"]),
        ("vieux port", ["vieux port"]),
        ("port ferme", ["port\u00a0ferme"]),
        ("l’autre", ["l’autre"]),
        ("l'autre", ["l’autre"]),
        ("dort. un", ["dort.\nUn"]),
        ("ort", []),
    ],
)
def test_words_are_found_whole_in_any_case_and_over_line_ends(pattern, nodes):
    assert [node for _, _, node, _ in lines(pattern)] == nodes


def test_lines_are_sorted_by_the_nearest_word_then_by_the_next():
    table = pd.DataFrame({"doc_id": list("abcd"), "text": ["z b x port c d.", "a c x port c a.", "y b x port b z.", "a a w port d a."]})  # fmt: skip
    assert list(concordance(table, "port", sort="right")["doc_id"]) == ["c", "b", "a", "d"]
    assert list(concordance(table, "port", sort="left")["doc_id"]) == ["d", "c", "a", "b"]
    assert list(concordance(table, "port")["doc_id"]) == ["a", "b", "c", "d"]
    assert list(concordance(table, "port", sort="left").index) == [0, 1, 2, 3]


def test_nothing_found_has_the_same_columns():
    assert list(concordance(PAPER, "phare", sort="left").columns) == ["doc_id", "start", "end", "left", "node", "right"]


def test_a_wrong_order_is_named():
    with pytest.raises(ValueError, match="sort is 'node': None, 'left' or 'right'"):
        concordance(PAPER, "port", sort="node")
