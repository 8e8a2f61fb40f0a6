"""Every figure draws on the axes it is given, returns them, and writes no file."""

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis.pages import findings, multiples, plots, summaries
from analysis.study import comparison

FIGURES = {
    "plot_articles": summaries.lengths,
    "plot_presence": summaries.presence,
    "plot_sentiment": summaries.sentiment_by_actor,
    "plot_relations": summaries.relations,
    "plot_network": summaries.relations,
    "plot_frames": lambda s: summaries.frames_of_articles(s, "generic"),
    "plot_frames_through": lambda s: summaries.frames_through(s, "policy"),
    "plot_frames_by_voice": lambda s: summaries.frames_by_voice(s, "generic"),
    "plot_actors_in_frames": lambda s: summaries.actors_in_frames(s, "generic"),
    "plot_metaphors": summaries.metaphors,
    "plot_loaded": summaries.loaded_ranking,
    "plot_cloud": summaries.cloud,
    "plot_dispersion": summaries.dispersion,
    "plot_loaded_by_voice": summaries.loaded_by_voice,
    "plot_speakers": summaries.speakers,
    "plot_hedges": summaries.hedge_types,
    "plot_comparison": lambda s: comparison.compare_all(s, by="outlet", of=["loaded", "conflict"]),
    "plot_over_time": lambda s: comparison.over_time(s, "loaded"),
    "plot_profiles": lambda s: comparison.profiles(s, by="outlet"),
    "plot_reliability": lambda s: RELIABILITY,
    "plot_keyness": lambda s: comparison.characteristic_terms(s, by="outlet"),
}
RELIABILITY = pd.DataFrame(
    {"confidence": [0.5, 0.9], "right": [0.6, 0.8], "weight": 1.0, "n": 5, "data": "actor_sentiment_fr"}
)
MODULE = {n: m for m in (plots, multiples) for n in dir(m) if n.startswith("plot_")}


def test_every_figure_is_tested():
    assert set(MODULE) == set(FIGURES)


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("which", ["seed", "example"])
def test_draws_and_returns_its_axes(name, which, request, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    table = FIGURES[name](request.getfixturevalue(which))
    if table.empty:
        pytest.skip("nothing to draw in this corpus")
    ax = plt.subplots()[1]
    assert getattr(MODULE[name], name)(table, ax=ax) is ax
    assert ax.has_data() or ax.images or ax.child_axes or ax.texts
    assert not list(tmp_path.iterdir())
    plt.close("all")


@pytest.mark.parametrize("name", FIGURES)
def test_the_table_of_nothing_has_its_columns(name, empty, seed):
    nothing, something = FIGURES[name](empty), FIGURES[name](seed)
    assert set(something.columns) == set(nothing.columns)


def test_presence_of_many_articles_is_a_map(example):
    table = summaries.presence(example)
    many = table.assign(doc_id=[f"d{i % 20}" for i in range(len(table))])
    assert plots.plot_presence(many).collections
    plt.close("all")


SENTENCES = {
    "corpus": findings.corpus,
    "size": findings.beware_of_size,
    "presence": findings.presence,
    "loaded": findings.loaded,
    "sentiment": lambda s: findings.sentiment(summaries.sentiment_by_actor(s)),
    "judgements": findings.judgements_by_voice,
    "relations": lambda s: findings.relations(summaries.relations(s)),
    "stances": findings.stances,
    "certainty": findings.certainty,
    "frames": lambda s: findings.frames(summaries.frames_of_articles(s, "generic"), "generic"),
    "voice": findings.loaded_voice,
    "metaphors": lambda s: findings.metaphors(summaries.metaphors(s)),
    "voices": lambda s: findings.voices(summaries.speakers(s)),
}


@pytest.mark.parametrize("name", SENTENCES)
@pytest.mark.parametrize("which", ["seed", "example", "empty"])
def test_findings_are_whole_sentences(name, which, request):
    text = SENTENCES[name](request.getfixturevalue(which))
    assert text[0].isupper() or text[0].isdigit()
    assert (
        text.endswith(".")
        and "nan" not in text
        and "  " not in text
        and "None " not in text.replace("None of", "").replace("None was", "")
    )


def test_findings_on_the_users_article(seed):
    assert findings.corpus(seed) == "1 article whose outlet is not known: 443 words in 17 sentences."
    assert findings.presence(seed).startswith("Elon Musk is mentioned most, 8 times in 1 article; then OpenAI (6), ")
    assert "«\u00a0aurait tenté\u00a0»" in findings.certainty(seed)


def test_of_nothing_nothing_may_be_shown(empty, example):
    assert summaries.shareable(empty) == set() and len(summaries.shareable(example)) > 9


def test_the_sums_agree(example):
    by_actor = summaries.sentiment_by_actor(example)
    assert by_actor["n"].sum() + by_actor["withheld"].sum() == len(example.sentiment)
    assert summaries.loaded_ranking(example)["n"].sum() == len(example.loaded_terms)
    assert summaries.speakers(example)["share"].sum() == pytest.approx(1)
    assert summaries.actors(example)["mentions"].sum() == example.mentions["actor"].notna().sum()


def test_findings_single_out_only_what_is_sure():
    def told(*rows):
        columns = ["actor", "negative", "neutral", "positive", "n", "withheld", "polarity", "low", "high"]
        return findings.sentiment(pd.DataFrame(rows, columns=columns))

    unsure = ("A", 3, 3, 1, 7, 0, -0.4, -0.9, 0.1)
    assert "clearly and surely" in told(unsure)
    assert "Judged worst is B" in told(unsure, ("B", 3, 4, 0, 7, 0, -0.3, -0.4, -0.2))
    assert "Judged best is C" in told(unsure, ("C", 0, 4, 3, 7, 0, 0.3, 0.2, 0.4))
    assert "Judged worst is D" in told(("D", 3, 1, 0, 4, 0, -0.6, None, None)), "one article describes itself"


def test_a_course_of_nothing_is_drawn():
    nothing = pd.DataFrame({"month": [], "n": [], "value": [], "low": [], "high": [], "period": pd.to_datetime([])})
    multiples.plot_over_time(nothing[["period", "n", "value", "low", "high"]])
    plt.close("all")


@pytest.mark.parametrize(("dates", "most"), [(["2026-03-01"] * 3, 4), (["2026-03-01", "2026-03-02"], 6), (["2026-03-01", "2026-09-01"], 9)])  # fmt: skip
def test_no_date_stands_twice_on_an_axis(dates, most):
    table = pd.DataFrame(
        {"date": pd.to_datetime(dates), "outlet": "a", "words": 300, "sentences": 9, "title": "t", "doc_id": "d"}
    )
    ax = plots.plot_articles(table)
    ax.figure.canvas.draw()
    low, high = ax.get_xlim()
    told = [t.get_text() for t in ax.get_xticklabels() if low <= t.get_position()[0] <= high]
    assert 1 <= len(told) <= most and len(set(told)) == len(told)
    plt.close("all")


def test_words_with_dollars_are_no_formulas(example):
    table = summaries.frames_of_articles(example, "generic").assign(frame=[f"$x^{{$ {i}" for i in range(5)])
    plots.plot_frames(table).figure.canvas.draw()
    plt.close("all")


def test_what_a_caption_counts_is_what_is_drawn(example):
    ranking = summaries.loaded_ranking(example)
    assert plots.COUNTED["plot_loaded"][1](ranking) == ranking["n"].head(20).sum() < ranking["n"].sum()
    assert set(plots.COUNTED) == {n for n in MODULE}
