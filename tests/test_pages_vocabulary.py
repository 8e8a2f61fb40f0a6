"""Loaded words, all words and what sets parts apart, worked by hand on small invented studies."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from small import bars, rows_of, study

from analysis.pages import vocabulary, words
from analysis.pages.style import CATEGORY


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def term(word, category, voice="outlet", **more):
    return {"term": word, "category": category, "voice": voice, "intensity": 1} | more


TERMS = [
    term("guerre", "war", start=0),
    term("guerre", "war", "quoted", start=80, speaker="Ada"),
    term("guerre", "war", start=20),
    term("trahison", "betrayal", "quoted", start=85, speaker="Ada"),
    term("trahison", "betrayal", "quoted", start=90, speaker="le maire"),
]
LOADED = {  # one hundred characters and twenty words, a quarter of them quoted
    "texts": [{"text": "x" * 100, "n_words": 20}],
    "quotes": [{"quote_id": 0, "start": 75, "end": 100}],
    "loaded_terms": TERMS,
}


def test_each_voice_has_its_own_denominator():
    table = vocabulary.by_voice(study(**LOADED)).set_index("category")
    assert table.loc["war"].to_dict() == {
        "outlet": 2, "quoted": 1, "outlet_per_1000": pytest.approx(2 / 15 * 1000), "quoted_per_1000": pytest.approx(200), "n": 3,
    }  # fmt: skip
    assert table.loc["betrayal"].to_dict() == {
        "outlet": 0, "quoted": 2, "outlet_per_1000": 0, "quoted_per_1000": pytest.approx(400), "n": 2,
    }  # fmt: skip


def test_bars_of_voices_are_uses_per_1000_of_their_words_the_outlets_to_the_left():
    ax = vocabulary.plot_by_voice(vocabulary.by_voice(study(**LOADED)))
    assert rows_of(ax) == ["war", "betrayal"] and bars(ax) == [[(0, -133.333333), (0, 0)], [(0, 200), (0, 400)]]
    assert [t.get_text() for t in ax.texts] == ["2", "", "1", "2"]


def test_how_loaded_and_whose():
    one = study(**LOADED)
    assert vocabulary.how_loaded(one) == (
        "5 loaded terms in 20 words, 250.0 per 1,000. The largest categories are war (3) and betrayal (2)."
    )
    assert vocabulary.whose_words(one) == (
        "Of 5 loaded terms, 2 (40\u00a0%) stand in the outlet's own voice. Among those quoted, Ada speaks most of them (2): "
        "«\u00a0guerre\u00a0» and «\u00a0trahison\u00a0»."
    )
    assert vocabulary.words_of_speakers(one).values.tolist() == [
        ["Ada", 2, "guerre, trahison"],
        ["le maire", 1, "trahison"],
    ]


def test_the_ranking_and_its_bars():
    table = vocabulary.ranking(study(**LOADED))
    assert table[["term", "category", "n", "articles", "outlet", "quoted"]].values.tolist() == [
        ["guerre", "war", 3, 1, 2, 1], ["trahison", "betrayal", 2, 1, 0, 2],
    ]  # fmt: skip
    ax = vocabulary.plot_ranking(table)
    assert rows_of(ax) == ["guerre", "trahison"] and bars(ax) == [[(0, 2), (0, 0)], [(2, 1), (0, 2)]]
    assert [to_hex(b.get_facecolor()) for b in ax.containers[0]] == [CATEGORY[c].lower() for c in ("war", "betrayal")]


def test_marks_stand_where_the_terms_do_hollow_where_quoted():
    table = vocabulary.dispersion(study(**LOADED))
    assert table["position"].tolist() == [0, 0.8, 0.2, 0.85, 0.9]
    ax = vocabulary.plot_dispersion(table)
    assert rows_of(ax) == ["guerre", "trahison"] and ax.get_xlim() == (-0.02, 1.02)
    drawn = {
        (to_hex(c.get_facecolor()[0]) != "#ffffff", x, y) for c in ax.collections for x, y in c.get_offsets().tolist()
    }
    assert drawn == {(True, 0, 0), (True, 0.2, 0), (False, 0.8, 0), (False, 0.85, 1), (False, 0.9, 1)}


def test_the_cloud_counts_lemmas_without_the_names():
    text = "Morel construit des maisons. La maison de Morel est une trahison."
    names = [{"actor": "Jeanne Morel", "form": "Morel", "kind": "name"}]
    one = study([text], actors=names, loaded_terms=[term("trahison", "betrayal")])
    table = words.cloud(one).set_index("term")
    assert table.loc["maison"].to_dict() == {"n": 2, "category": "plain"} and "morel" not in table.index
    assert table.loc["trahison", "category"] == "betrayal"


def test_the_two_voices_share_out_the_text():
    own, quoted = words.voices_apart(study(["abc def", "ghi"], quotes=[{"quote_id": 0, "start": 4, "end": 7}]))
    assert own == ["abc    ", "ghi"] and quoted == ["    def", "   "]


def test_what_sets_the_voices_apart_goes_to_the_right_side():
    text = "quai quai quai bateau grève grève grève bateau"
    table = words.words_of_voices(study([text], quotes=[{"quote_id": 0, "start": 22, "end": len(text)}])).set_index(
        "term"
    )
    assert table.loc["quai", "n_target"] == 3 and table.loc["quai", "z"] > 0
    assert table.loc["grève", "n_reference"] == 3 and table.loc["grève", "z"] < 0


def test_bars_of_keyness_are_z():
    table = pd.DataFrame(
        [["A", "quai", 5, 3.5, True], ["A", "port", 4, 2.5, True], ["B", "grève", 6, 4.0, True]],
        columns=["outlet", "term", "n_target", "z", "beyond_chance"],
    )
    ax = words.plot_keyness(table)
    one, other = ax.child_axes
    assert (one.get_title("left"), other.get_title("left")) == ("A", "B")
    assert (
        rows_of(one) == ["quai (5)", "port (4)"] and bars(one) == [[(0, 3.5), (0, 2.5)]] and bars(other) == [[(0, 4)]]
    )
    assert one.get_ylim() == other.get_ylim() == (1.5, -0.5)
    assert words.which_words(table.iloc[[2, 0, 1]]) == (
        "Grouped by outlet, the words that set each apart from the rest: A: quai and port; B: grève."
    )
    chance = table.assign(beyond_chance=[True, False, False])
    assert words.which_words(chance).endswith("from the rest: A: quai.") and "more than articles dealt" in words.which_words(chance.tail(2))
    pale = [tuple(p.get_facecolor()) for panel in words.plot_keyness(chance).child_axes for p in panel.patches]
    assert len(set(pale)) == 2 and pale[1] == pale[2]


def test_equals_stand_in_the_order_of_the_alphabet():
    one = study(loaded_terms=[term("b", "war"), term("a", "war"), term("z", "betrayal"), term("y", "betrayal")])
    assert vocabulary.by_voice(one)["category"].tolist() == ["betrayal", "war"]
    assert vocabulary.ranking(one)["term"].tolist() == ["a", "b", "y", "z"]


def test_the_words_of_who_speaks_most_are_theirs():
    terms = [term("a", "war", "quoted", speaker="Ada"), term("b", "war", "quoted", speaker="Ada"), term("c", "war", "quoted", speaker="Bo")]  # fmt: skip
    assert "Ada speaks most of them (2): «\u00a0a\u00a0» and «\u00a0b\u00a0»." in vocabulary.whose_words(
        study(loaded_terms=terms)
    )
