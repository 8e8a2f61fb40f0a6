"""Findings: what may open a report, and why the rest may not."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from small import study

from analysis.pages import actors, comparison, findings, framing, treatment, vocabulary, voices
from analysis.pages.figure import Figure, News, declared, figures
from analysis.report import navigation
from analysis.text.language import speak


@pytest.fixture(autouse=True)
def english():
    speak("en")
    yield
    plt.close("all")


def judged(label, n, actor="Paul Roy", first=0, **more):
    """One sentence on an actor in each of n articles."""
    value = {"negative": -0.9, "positive": 0.9, "neutral": 0.0}[label]
    shares = {"negative": 0.0, "positive": 0.0, "neutral": 0.0} | {label: 1.0}
    row = {"actor": actor, "label": label, "polarity": value, "withheld": False, "voice": "outlet", **shares, **more}
    return [row | {"doc_id": f"d{first + i}"} for i in range(n)]


def of(*news, articles=10):
    """The findings of a study of so many articles whose figures tell this."""
    figure = [Figure(f"f{i}", "", None, None, (), None, news=lambda _, n=n: n) for i, n in enumerate(news)]
    return study(["a"] * articles), {f.file: f for f in figure}


def told(monkeypatch, *news, articles=10, metric=0.9):
    texts, figure = of(*news, articles=articles)
    monkeypatch.setattr(findings, "figures", lambda: figure)
    monkeypatch.setattr(findings, "weakest", lambda *_: metric)
    return findings.findings(texts)


def test_a_sure_large_effect_over_ten_articles_leads(monkeypatch):
    table = told(monkeypatch, [News("Said.", 10, -0.4, -0.5, -0.3, 0.1, measured=("m", "κ x"))], metric=0.4)
    assert table["because"].isna().all() and table["sure"][0] == pytest.approx(4)


@pytest.mark.parametrize(
    "news, why",
    [
        (News("", 9, 1, 0.9, 1.1, 0.1), "rests on 9 articles"),
        (News("", 20, 0.2, -0.1, 0.5, 0.1), "does not exclude"),
        (News("", 20, 0, float("nan"), float("nan"), 0.1), "does not exclude"),
        (News("", 20, 0.05, 0.04, 0.06, 0.1), "too small"),
        (News("", 20, 1, 0.9, 1.1, 0.1, measured=("m", "κ x")), "agrees too little"),
        (News("", 20, 1, 0.9, 1.1, 0.1, measured=("m", "F x")), "agrees too little"),
        (News("", 29, 0, 0, 0, None), "30 are needed"),
    ],
)
def test_what_may_not_lead_is_kept_with_its_reason(monkeypatch, news, why):
    assert why in told(monkeypatch, [news], metric=0.39)["because"][0]


def test_a_measure_that_was_never_measured_leads_nothing(monkeypatch):
    table = told(monkeypatch, [News("", 20, 1, 0.9, 1.1, 0.1, measured=("m", "F x"))], metric=float("nan"))
    assert table["because"].notna().all()


def test_of_a_large_corpus_a_finding_rests_on_one_article_in_fifty(monkeypatch):
    news = [News("few", 19, 1, 0.9, 1.1, 0.1), News("enough", 20, 1, 0.5, 1.5, 0.1)]
    table = told(monkeypatch, news, articles=964)
    assert list(table["finding"]) == ["enough", "few"] and "20 are needed" in table["because"][1]


def test_one_of_each_figure_goes_before_a_second_of_any_and_five_lead(monkeypatch):
    surest = [News(f"a{i}", 20, 1, 0.99 - i / 100, 1.01 + i / 100, 0.1) for i in range(4)]
    others = [[News(f"b{i}", 20, 1, 0.5 - i / 10, 1.5 + i / 10, 0.1)] for i in range(2)]
    table = told(monkeypatch, surest, *others)
    assert list(table["finding"]) == ["a0", "b0", "b1", "a1", "a2", "a3"]
    assert list(table["because"].isna()) == [True] * 5 + [False] and "surer" in table["because"][5]


def test_that_nothing_differs_is_told_among_the_five(monkeypatch):
    many = [[News(f"a{i}", 40, 1, 0.9, 1.1, 0.1)] for i in range(6)]
    table = told(monkeypatch, *many, [News("nothing", 30, 0, 0, 0, None)])
    assert list(table["finding"][:5]) == ["nothing", "a0", "a1", "a2", "a3"]
    alone = told(monkeypatch, [News("nothing", 30, 0, 0, 0, None)])
    assert alone["because"].isna().all()


# --- what pages tell


def test_an_actor_judged_often_and_one_way_is_news_and_one_judged_both_ways_is_not():
    quoted = judged("negative", 2, first=10, voice="quoted")
    both = study(["a"] * 20, sentiment=[*quoted, *judged("negative", 10), *judged("positive", 6, "Anne Lou"), *judged("negative", 6, "Anne Lou", first=6)])
    [told] = treatment.news(both)
    assert told.said.startswith("What is said of Paul Roy leans to the negative: 12 negative sentences of 12, 0 neutral (10 in the outlets' own voice, 2 quoted; in 12 of 12 articles)")
    assert told.n == 12 and list(told.passages["voice"][:10]) == ["outlet"] * 10
    assert len(told.passages) == 12 and set(told.passages["label"]) == {"negative"}
    few = study(["a"] * 20, sentiment=[*judged("negative", 2), *judged("neutral", 20)])
    assert not list(treatment.news(few)), "two sentences are no treatment"


def test_who_stands_at_the_centre_is_no_country():
    mentions = [{"doc_id": f"d{i}", "actor": a, "kind": "name"} for i in range(12) for a in ["France", "France", "Paul Roy", *(["Anne Lou"] if i < 3 else [])]]
    found = study(["a"] * 12, mentions=mentions, entities=[{"actor": "France", "type": "state"}])
    [told] = actors.news(found)
    assert told.said == "Paul Roy stands at the centre: 80\u00a0% of all mentions of actors, in 12 of 12 articles; Anne Lou comes next (20\u00a0%)."
    assert told.low > 0 and set(told.passages["actor"]) == {"Paul Roy"}


def test_a_tie_is_no_news():
    mentions = [{"doc_id": f"d{i}", "actor": a, "kind": "name"} for i in range(12) for a in ("Paul Roy", "Anne Lou")]
    [told] = actors.news(study(["a"] * 12, mentions=mentions))
    assert told.value == told.low == told.high == 0


def test_frames_not_to_be_relied_on_are_no_news():
    rows = [{"doc_id": f"d{i}", "level": "article", "scheme": "generic", "frame": f, "score": 0.9, "present": f == "responsibility" or i < 4} for i in range(12) for f in ("conflict", "human_interest", "responsibility")]  # fmt: skip
    for told in framing.news(study(["a"] * 12, frames=rows), "generic"):
        assert "responsibility" not in told.said or "responsibility" not in framing.exploratory()


def test_the_quoted_and_the_outlets_are_compared_by_their_own_words():
    texts = [f"{'mot ' * 49}{'dit ' * 49}fin." for _ in range(12)]
    quotes = [{"doc_id": f"d{i}", "start": 196, "end": 392, "speaker": "Paul Roy", "kind": "direct"} for i in range(12)]
    terms = [{"doc_id": f"d{i}", "term": "x", "voice": v, "category": "war", "score": 0.9, "listed": True} for i in range(12) for v in ["quoted"] * 3 + ["outlet"]]
    [told] = vocabulary.news(study(texts, quotes=quotes, loaded_terms=terms))
    assert told.said.startswith("The words that the outlets quote are more loaded") and told.low > 0
    [turned] = vocabulary.news(study(texts, quotes=quotes, loaded_terms=[t | {"voice": "outlet" if t["voice"] == "quoted" else "quoted"} for t in terms]))
    assert turned.said.startswith("The outlets' own words") and turned.high < 0 and list(turned.passages["voice"][:2]) == ["outlet", "quoted"]


def test_speakers_without_a_name_are_no_news():
    quotes = [{"doc_id": f"d{i}", "start": 0, "end": 9, "speaker": s, "kind": "direct", "quote_id": k} for i in range(12) for k, s in enumerate(("le ministre", "Paul Roy"))]
    assert not list(voices.news(study(["Bonjour à tous, dit-il."] * 12, quotes=quotes)))


def test_a_difference_between_groups_shows_a_passage_of_each():
    texts = [{"text": "a b c d e f g h i j", "outlet": o} for o in ["Le Phare"] * 12 + ["La Vigie"] * 12]
    terms = [{"doc_id": f"d{i}", "term": "x", "voice": "outlet", "category": "war", "score": 0.9, "sentence_id": 0} for i in [0, 1, *range(12, 24), *range(12, 24)]]
    found = study(texts, loaded_terms=terms, settings={"group_by": "outlet"})
    told = next(n for n in comparison.news(found) if "Loaded terms" in n.said)
    assert told.low > 0 or told.high < 0
    assert list(told.passages["doc_id"][:2].isin({f"d{i}" for i in range(12, 24)})) == [True, False], "of the more loaded first, then of the other"
    table = comparison.standing(found)
    assert list(table["measure"]) == ["loaded"] and sorted(table.loc[0, ["value_one", "value_other"]]) == pytest.approx([1000 / 60, 200])
    assert comparison.plot_standing(table, groups=["La Vigie", "Le Phare"]).texts


def test_of_groups_that_do_not_differ_that_is_told():
    texts = [{"text": "a b c d", "outlet": o} for o in ["Le Phare", "La Vigie"] * 30]
    [told] = comparison.news(study(texts, settings={"group_by": "outlet"}))
    assert "none stands" in told.said and told.n == 30 and told.least is None
    assert comparison.standing(study(texts, settings={"group_by": "outlet"})).empty


def test_every_figure_that_makes_news_has_its_page(example):
    where = navigation.pages_of_figures()
    assert {file for file, which in figures().items() if which.news} <= set(where)
    assert where["actors-sentiment"][0] == "02-actors.html" and set(declared()) >= {"treatment.TREATMENT"}
    table = findings.findings(example)
    assert len(table) > 5 and findings.leading(example, table).equals(table[table["because"].isna()])
    for rows, label in zip(table["passages"], table["label"]):
        assert rows is None or isinstance(rows, pd.DataFrame) and {"doc_id", "start", "end"} <= set(rows) and (not label or label in rows)
