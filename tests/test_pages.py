"""What is shown: every declared figure draws its table and returns its axes; every sentence is whole."""

import dataclasses

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.pages import (
    actors,
    certainty,
    comparison,
    corpus,
    framing,
    metaphors,
    over_time,
    relations,
    sharing,
    treatment,
    vocabulary,
    voices,
    who_frames,
)
from analysis.pages.figure import figures
from analysis.pages.reliability import plot_reliability
from analysis.study.comparison import compare_all
from analysis.text.language import NOUNS

FIGURES = figures()
FIGURES |= {
    which.file: which
    for which in (framing.through("policy"), who_frames.by_voice("policy"), who_frames.by_actor("policy"))
}
FIGURES["comparison-some"] = dataclasses.replace(
    comparison.MEASURES, table=lambda s: compare_all(s, by="outlet", of=["loaded", "conflict"])
)
RELIABILITY = pd.DataFrame(
    {"confidence": [0.5, 0.9], "right": [0.6, 0.8], "weight": 1.0, "n": 5, "data": "actor_sentiment_fr"}
)


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def test_the_figures_of_every_question_are_declared():
    assert len(figures()) == 29 and {"actors-sentiment", "framing-own", "comparison-profiles"} <= set(figures())
    assert len({id(which) for which in figures().values()}) == 29


@pytest.mark.parametrize("file", FIGURES)
@pytest.mark.parametrize("which", ["seed", "example"])
def test_draws_and_returns_its_axes(file, which, request, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    table = FIGURES[file].table(request.getfixturevalue(which))
    if table.empty:
        pytest.skip("nothing to draw in this corpus")
    ax = plt.subplots()[1]
    assert FIGURES[file].plot(table, ax=ax) is ax
    assert ax.has_data() or ax.images or ax.child_axes or ax.texts
    assert not list(tmp_path.iterdir())


def test_reliability_draws_and_returns_its_axes():
    ax = plt.subplots()[1]
    assert plot_reliability(RELIABILITY, ax=ax) is ax and len(ax.lines) == 2
    assert list(ax.lines[1].get_xdata()) == [0.5, 0.9] and list(ax.lines[1].get_ydata()) == [0.6, 0.8]


@pytest.mark.parametrize("file", FIGURES)
def test_the_table_of_nothing_has_its_columns(file, empty, seed):
    nothing, something = FIGURES[file].table(empty), FIGURES[file].table(seed)
    assert set(something.columns) == set(nothing.columns)


@pytest.mark.parametrize("file", FIGURES)
@pytest.mark.parametrize("which", ["seed", "example", "empty"])
def test_a_figure_says_what_is_to_be_seen_what_it_counts_and_where_to_read_it(file, which, request):
    study, figure = request.getfixturevalue(which), FIGURES[file]
    whole(figure.told(study))
    noun, counted = figure.counts
    table = figure.table(study)
    assert noun in NOUNS and figure.caption.endswith(".")
    if len(table) and len(study.articles):
        assert int(counted(table)) > 0
    if figure.passages:
        rows = figure.passages(study)
        assert {"doc_id", "sentence_id", "start", "end", figure.label} <= set(rows.columns)


def test_presence_of_many_articles_is_a_map(example):
    table = actors.presence(example)
    many = table.assign(doc_id=[f"d{i % 20}" for i in range(len(table))])
    assert actors.plot_presence(many).collections


SENTENCES = {
    "corpus": corpus.what_was_read,
    "size": corpus.beware_of_size,
    "presence": actors.who_is_there,
    "loaded": vocabulary.how_loaded,
    "sentiment": treatment.TREATMENT.told,
    "judgements": treatment.whose_judgement,
    "relations": relations.MATRIX.told,
    "stances": voices.how_the_word_is_handed_over,
    "certainty": certainty.how_much_is_only_reported,
    "frames": framing.GENERIC.told,
    "voice": vocabulary.whose_words,
    "metaphors": metaphors.DOMAINS.told,
    "voices": voices.SPEAKERS.told,
}


@pytest.mark.parametrize("name", SENTENCES)
@pytest.mark.parametrize("which", ["seed", "example", "empty"])
def test_findings_are_whole_sentences(name, which, request):
    whole(SENTENCES[name](request.getfixturevalue(which)))


def whole(text):
    assert text[0].isupper() or text[0].isdigit()
    assert text.endswith(".") and "nan" not in text and "  " not in text
    assert "None " not in text.replace("None of", "").replace("None was", "")


def test_findings_on_the_users_article(seed):
    assert corpus.what_was_read(seed) == "1 article whose outlet is not known: 443 words in 17 sentences."
    assert actors.who_is_there(seed).startswith("Elon Musk is mentioned most, 8 times in 1 article; then OpenAI (7), ")
    assert "«\u00a0aurait tenté\u00a0»" in certainty.how_much_is_only_reported(seed)


def test_of_nothing_nothing_may_be_shown(empty, example):
    assert sharing.shareable(empty) == set() and len(sharing.shareable(example)) > 9


def test_the_sums_agree(example):
    by_actor = treatment.by_actor(example)
    assert by_actor["n"].sum() + by_actor["withheld"].sum() == len(example.sentiment)
    assert vocabulary.ranking(example)["n"].sum() == len(example.loaded_terms)
    assert voices.speakers(example)["share"].sum() == pytest.approx(1)
    assert actors.mentioned(example)["mentions"].sum() == example.mentions["actor"].notna().sum()


def test_findings_single_out_only_what_is_sure():
    def told(*rows):
        columns = ["actor", "negative", "neutral", "positive", "n", "withheld", "polarity", "low", "high"]
        return treatment.who_is_treated_how(pd.DataFrame(rows, columns=columns).assign(articles=4))

    unsure = ("A", 3, 3, 1, 7, 0, -0.4, -0.9, 0.1)
    assert "clearly and surely" in told(unsure)
    assert "Most negatively judged is B" in told(unsure, ("B", 3, 4, 0, 7, 0, -0.3, -0.4, -0.2))
    assert "Most positively judged is C" in told(unsure, ("C", 0, 4, 3, 7, 0, 0.3, 0.2, 0.4))
    assert "Most negatively judged is D" in told(("D", 3, 1, 0, 4, 0, -0.6, None, None)), "one article describes itself"
    columns = ["actor", "negative", "neutral", "positive", "n", "withheld", "polarity", "low", "high", "articles"]
    rows = [("A", 8, 3, 0, 11, 0, -0.9, -0.95, -0.8, 4), ("B", 5, 9, 0, 14, 0, -0.3, -0.4, -0.2, 12)]
    assert "Most negatively judged is B" in treatment.who_is_treated_how(pd.DataFrame(rows, columns=columns)), "where some are in ten articles, one in four is no news"


def test_a_course_of_nothing_is_drawn():
    nothing = pd.DataFrame({"month": [], "n": [], "value": [], "low": [], "high": [], "period": pd.to_datetime([])})
    over_time.plot_over_time(nothing[["period", "n", "value", "low", "high"]])


@pytest.mark.parametrize(("dates", "most"), [(["2026-03-01"] * 3, 4), (["2026-03-01", "2026-03-02"], 6), (["2026-03-01", "2026-09-01"], 9)])  # fmt: skip
def test_no_date_stands_twice_on_an_axis(dates, most):
    table = pd.DataFrame(
        {"date": pd.to_datetime(dates), "outlet": "a", "words": 300, "sentences": 9, "title": "t", "doc_id": "d"}
    )
    ax = corpus.plot_articles(table)
    ax.figure.canvas.draw()
    low, high = ax.get_xlim()
    told = [t.get_text() for t in ax.get_xticklabels() if low <= t.get_position()[0] <= high]
    assert 1 <= len(told) <= most and len(set(told)) == len(told)


def test_words_with_dollars_are_no_formulas(example):
    table = framing.frames_of_articles(example, "generic").assign(frame=[f"$x^{{$ {i}" for i in range(5)])
    framing.plot_frames(table).figure.canvas.draw()


def test_what_a_caption_counts_is_what_is_drawn(example):
    ranking = vocabulary.ranking(example)
    assert vocabulary.RANKING.counts[1](ranking) == ranking["n"].head(20).sum() < ranking["n"].sum()
