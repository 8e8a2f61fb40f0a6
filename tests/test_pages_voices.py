"""Voices and certainty, worked by hand on small invented studies."""

import matplotlib.pyplot as plt
import pytest
from small import bars, rows_of, study

from analysis.pages import certainty, voices


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


TEXT = "un deux trois quatre cinq six sept huit neuf dix"  # ten words


def quote(n, start, end, speaker, kind="direct", **more):
    return {"quote_id": n, "start": start, "end": end, "speaker": speaker, "kind": kind} | more


QUOTES = [
    quote(0, 0, 13, "Ada", cue="prétendre", cue_stance="distancing"),  # un deux trois
    quote(0, 14, 20, "Ada", cue="prétendre", cue_stance="distancing"),  # quatre, of the same quotation
    quote(1, 21, 29, "Ada", "indirect", cue="dire", cue_stance="neutral"),  # cinq six
    quote(2, 30, 34, None, cue="dire", cue_stance="neutral"),  # sept
    quote(0, 0, 7, "le maire", doc_id="d1", cue="révéler", cue_stance="endorsing"),  # un deux
]
ONE = [{"text": TEXT, "outlet": "A"}, {"text": TEXT, "outlet": "B"}]


def test_speakers_are_measured_in_words():
    table = voices.speakers(study(ONE, quotes=QUOTES))
    assert table.values.tolist() == [
        ["Ada", 2, 6, 4, 1, pytest.approx(6 / 9)],
        ["le maire", 1, 2, 2, 1, pytest.approx(2 / 9)],
        ["(nobody named)", 1, 1, 1, 1, pytest.approx(1 / 9)],
    ]
    by_outlet = voices.speakers_by_outlet(study(ONE, quotes=QUOTES))
    assert by_outlet[["outlet", "speaker", "words"]].values.tolist() == [
        ["A", "Ada", 6], ["A", "(nobody named)", 1], ["B", "le maire", 2],
    ]  # fmt: skip
    assert by_outlet["share"].tolist() == pytest.approx([6 / 7, 1 / 7, 1])


def test_bars_of_speakers_are_words_in_marks_and_without():
    ax = voices.plot_speakers(voices.speakers(study(ONE, quotes=QUOTES)))
    assert rows_of(ax) == ["Ada", "le maire", "(nobody named)"]
    assert bars(ax) == [[(0, 4), (0, 2), (0, 1)], [(4, 2), (2, 0), (1, 0)]]
    assert [t.get_text() for t in ax.texts] == ["67\u00a0%", "22\u00a0%", "11\u00a0%"]
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["in quotation marks", "reported, without marks"]


def test_who_speaks_and_how_the_word_is_handed_over():
    one = study(ONE, quotes=QUOTES)
    assert voices.SPEAKERS.told(one) == (
        "4 quotations, 9 words in all. Most room goes to Ada: 6 words, 67\u00a0%. For 11\u00a0% of quoted words no speaker was "
        "found."
    )
    assert voices.stances(one).values.tolist() == [
        ["neutral", "dire", 2], ["distancing", "prétendre", 1], ["endorsing", "révéler", 1],
    ]  # fmt: skip
    assert voices.how_the_word_is_handed_over(one) == (
        "4 cues introduce speech: 2 neutral, 1 endorsing («\u00a0révéler\u00a0») and 1 distancing («\u00a0prétendre\u00a0»)."
    )


def hedge(sentence, form="verb", kind="press_conditional", **more):
    return {"sentence_id": sentence, "form": form, "type": kind, "marker": "aurait"} | more


HEDGES = [
    hedge(0, source="Ada"),
    hedge(0, "attribution", source="Ada"),
    hedge(1, "attribution", source="le maire"),
    hedge(1),
    hedge(0, doc_id="d1", source="le maire"),
    hedge(2, kind="possibility"),
]
SENTENCES = [{"sentence_id": i, "part": "body"} for i in range(4)] + [{"doc_id": "d1", "part": "body"}]


def test_hedges_are_counted_by_type_and_form():
    table = certainty.hedge_types(study(ONE, hedges=HEDGES))
    assert table.values.tolist() == [
        ["press_conditional", "verb", 3, 2, 2],
        ["press_conditional", "attribution", 2, 1, 2],
        ["possibility", "verb", 1, 1, 0],
    ]
    ax = certainty.plot_hedges(table)
    assert rows_of(ax) == ["press conditional", "possibility"]
    assert bars(ax) == [[(0, 3), (0, 1)], [(3, 2), (1, 0)]]
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["verb", "attribution"]


def test_sources_count_sentences_of_different_articles_apart():
    table = certainty.hedge_sources(study(ONE, hedges=HEDGES))
    assert table.values.tolist() == [["Ada", 2, 1, 1], ["le maire", 2, 2, 2], ["(no source named)", 1, 1, 1]]


def test_how_much_is_only_reported_and_on_whose_word():
    told = certainty.how_much_is_only_reported(study(ONE, hedges=HEDGES, sentences=SENTENCES))
    assert told == (
        "Of 5 sentences, 3 (60\u00a0%) report something as unverified (conditional or attribution, as in «\u00a0aurait\u00a0»). "
        "The word most relied on is that of «\u00a0le maire\u00a0» (2 times)."
    )


def test_equal_sources_stand_in_the_order_of_names():
    hedges = [hedge(0, source=s) for s in ("Bo", "Ada")]
    assert certainty.hedge_sources(study(ONE, hedges=hedges))["source"].tolist() == ["Ada", "Bo"]
