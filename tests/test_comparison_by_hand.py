"""Comparisons of small invented studies: every value is worked by hand."""

from math import sqrt

import pandas as pd
import pytest
from small import study

from analysis.study import comparison


def of(doc_id, *values, column):
    return [{"doc_id": doc_id, column: value} for value in values]


FOUR = [
    {"text": "x" * 100, "outlet": "A", "n_words": 100, "date": "2026-03-02"},
    {"text": "x" * 300, "outlet": "A", "n_words": 300, "date": "2026-03-08"},
    {"text": "x" * 50, "outlet": "B", "n_words": 50, "date": "2026-04-30"},
    {"text": "x" * 80, "n_words": 80, "date": "2025-12-31"},
]
JUDGED = [
    {"doc_id": "d0", "actor": "Ada", "polarity": 0.5, "withheld": False},
    {"doc_id": "d0", "actor": "Bo", "polarity": -1.0, "withheld": False},
    {"doc_id": "d0", "actor": "Bo", "polarity": 1.0, "withheld": True},
    {"doc_id": "d1", "actor": "Ada", "polarity": 0.2, "withheld": False},
    {"doc_id": "d2", "actor": "Ada", "polarity": -0.4, "withheld": False},
]
HEDGED = [
    {"doc_id": "d0", "sentence_id": 0, "type": "press_conditional"},
    {"doc_id": "d0", "sentence_id": 0, "type": "press_conditional"},
    {"doc_id": "d0", "sentence_id": 1, "type": "possibility"},
    {"doc_id": "d1", "sentence_id": 0, "type": "press_conditional"},
]
SENTENCES = [{"doc_id": d, "sentence_id": i} for d, n in (("d0", 2), ("d1", 4), ("d2", 3), ("d3", 1)) for i in range(n)]
FRAMED = [
    {"doc_id": d, "level": level, "scheme": scheme, "frame": frame, "score": score}
    for d, level, scheme, frame, score in [
        ("d0", "article", "generic", "conflict", 0.9),
        ("d1", "article", "generic", "conflict", 0.2),
        ("d0", "sentence", "generic", "conflict", 0.4),
        ("d0", "article", "policy", "economic", 0.3),
        ("d2", "article", "generic", "conflict", 0.1),
        ("d0", "article", "port", "conflict", 1.0),
        ("d0", "article", "port", "smell", 0.6),
    ]
]


@pytest.fixture(scope="module")
def four():
    return study(
        FOUR,
        sentiment=JUDGED,
        hedges=HEDGED,
        sentences=SENTENCES,
        frames=FRAMED,
        loaded_terms=of("d0", "a", "b", column="term") + of("d1", "c", column="term") + of("d2", "d", column="term"),
        quotes=[{"doc_id": "d0", "start": 0, "end": 40}, {"doc_id": "d1", "start": 10, "end": 90}],
    )


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("loaded", [("A", 2, 1000 * 3 / 400), ("B", 1, 1000 * 1 / 50)]),
        ("quoted", [("A", 2, 120 / 400), ("B", 1, 0.0)]),
        ("press_conditional", [("A", 2, 2 / 6), ("B", 1, 0.0)]),
        ("polarity", [("A", 2, (0.5 - 1.0 + 1.0 + 0.2) / 4), ("B", 1, -0.4)]),
        ("polarity of Ada", [("A", 2, 0.35), ("B", 1, -0.4)]),
        ("polarity of Bo", [("A", 1, 0.0)]),
        ("conflict", [("A", 2, 0.55), ("B", 1, 0.1)]),
        ("economic", [("A", 1, 0.3)]),
        ("smell", [("A", 1, 0.6)]),
        ("port:conflict", [("A", 1, 1.0)]),
        ("generic:conflict", [("A", 2, 0.55), ("B", 1, 0.1)]),
    ],
)
def test_each_measure_of_two_outlets(four, measure, expected):
    found = comparison.compare(four, measure, by="outlet")
    assert list(found[["outlet", "n", "value"]].itertuples(index=False, name=None)) == [
        (outlet, n, pytest.approx(value)) for outlet, n, value in expected
    ]
    assert found[["low", "high"]].isna().all(axis=None), "fewer than three articles have no interval"


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("week", ["2025-12-29", "2026-03-02", "2026-04-27"]),
        ("month", ["2025-12", "2026-03", "2026-04"]),
        ("year", ["2025", "2026"]),
    ],
)
def test_periods_are_named_by_their_first_day_or_by_themselves(four, by, groups):
    assert list(comparison.compare(four, "loaded", by=by)[by]) == groups


def test_an_unknown_measure_is_told_those_there_are(four):
    with pytest.raises(
        ValueError, match=r"a frame \(conflict, human_interest, .*, machine, port:conflict, port:smell\)"
    ):
        comparison.compare(four, "beauty", by="outlet")


def test_an_identity_is_no_group(four):
    with pytest.raises(ValueError, match="by is 'doc_id': a column of articles"):
        comparison.compare(four, "loaded", by="doc_id")


def test_the_measures_are_the_standing_ones_the_most_judged_actors_and_the_kits_frames(four):
    found = comparison.measures(four, actors=1)
    assert found[:5] == ["polarity", "loaded", "quoted", "press_conditional", "polarity of Ada"]
    assert found[5:7] == ["conflict", "human_interest"] and found[-1] == "culture" and len(found) == 5 + 5 + 8
    assert comparison.measures(four)[4:6] == ["polarity of Ada", "polarity of Bo"]
    six = study(["x"], sentiment=[{"actor": a, "polarity": 0.0, "withheld": False} for a in "abcdef"])
    assert sum(m.startswith("polarity of ") for m in comparison.measures(six)) == 4


@pytest.mark.parametrize(
    ("measure", "title"),
    [
        ("polarity", "Sentiment toward actors"),
        ("loaded", "Loaded terms per 1,000 words"),
        ("quoted", "Share of text in quotations"),
        ("press_conditional", "Share of sentences only reported"),
        ("polarity of Ada", "Sentiment toward Ada"),
        ("human_interest", "Frame: human interest (mean score)"),
        ("port:smell", "Frame: smell (mean score)"),
    ],
)
def test_titles(measure, title):
    assert comparison.title(measure) == title


def test_all_measures_stand_in_the_order_asked_for(four):
    found = comparison.compare_all(four, by="outlet", of=["quoted", "loaded"])
    assert found[["measure", "outlet", "value"]].values.tolist() == [
        ["quoted", "A", 0.3],
        ["quoted", "B", 0.0],
        ["loaded", "A", 7.5],
        ["loaded", "B", 20.0],
    ]
    assert list(found.index) == [0, 1, 2, 3]


def test_characters_in_nested_and_overlapping_quotations_count_once():
    quotes = [(10, 20), (0, 6), (12, 15), (18, 25), (25, 26)]
    one = study(["x" * 40, "y" * 40], quotes=[{"doc_id": "d0", "start": a, "end": b} for a, b in quotes])
    assert comparison.quoted_characters(one).to_dict() == {"d0": 6 + 15 + 1}


def test_frames_of_the_kit_come_before_those_of_the_study(four):
    known = comparison.frame_names(four)
    assert known[0] == ("generic", "conflict") and known[-2:] == [("port", "conflict"), ("port", "smell")]
    assert len(known) == 5 + 8 + 7 + 2
    assert comparison.frame_named(four, "conflict") == ("generic", "conflict")
    assert comparison.frame_named(four, "port:conflict") == ("port", "conflict")
    assert comparison.frame_named(four, "beauty") is None


# --- over time


def test_a_course_by_month_has_each_months_articles():
    found = comparison.over_time(study(FOUR, loaded_terms=of("d0", "a", "b", "c", column="term")), "loaded")
    assert [p.strftime("%Y-%m-%d") for p in found["period"]] == ["2025-12-01", "2026-03-01", "2026-04-01"]
    assert list(found["n"]) == [1, 2, 1] and list(found["value"]) == [0, 7.5, 0]


@pytest.mark.parametrize(("every", "days"), [("week", ["2025-12-29", "2026-03-02", "2026-04-27"]), ("year", ["2025-01-01", "2026-01-01"])])  # fmt: skip
def test_a_period_is_its_first_day(four, every, days):
    assert [p.strftime("%Y-%m-%d") for p in comparison.over_time(four, "loaded", every=every)["period"]] == days


def test_a_course_of_each_group_leaves_out_articles_without_group_date_or_words():
    texts = [
        *FOUR,
        {"text": "x", "outlet": "B", "n_words": 9},
        {"text": "", "outlet": "A", "n_words": 0, "date": "2026-07-01"},
    ]
    found = comparison.over_time(study(texts, loaded_terms=of("d2", "a", column="term")), "loaded", by="outlet")
    assert found[["period", "n", "value", "outlet"]].astype(str).values.tolist() == [
        ["2026-03-01", "2", "0.0", "A"],
        ["2026-04-01", "1", "20.0", "B"],
    ]


def test_nothing_dated_has_no_course():
    found = comparison.over_time(study([{"text": "a", "outlet": "A"}]), "loaded", by="outlet")
    assert found.empty and "period" in found and comparison.over_time(study([]), "loaded").empty


# --- differences


def outlets(*groups, **rows):
    """A study whose articles (100 words, 100 characters each) belong to these outlets; loaded: how many terms each has."""
    texts = [{"text": "x" * 100, "n_words": 100, "outlet": group} for group in groups]
    counts = rows.pop("loaded", ())
    terms = [{"doc_id": f"d{i}", "term": "t"} for i, n in enumerate(counts) for _ in range(n)]
    return study(texts, loaded_terms=terms, **rows)


def test_differences_by_hand():
    """Three articles with two terms in 100 words, three with one, two too few for a test."""
    one = outlets(*"AAABBBCC", loaded=[2, 2, 2, 1, 1, 1, 9, 9])
    found = comparison.differences(one, by="outlet", of=["quoted", "loaded"])
    assert found.columns.tolist() == [
        *("measure", "one", "other", "n_one", "n_other", "difference", "low", "high", "p", "p_adjusted")
    ]
    assert found.iloc[:, :5].values.tolist() == [["loaded", "A", "B", 3, 3], ["quoted", "A", "B", 3, 3]], "surest first"
    assert found.loc[0, ["difference", "low", "high"]].tolist() == pytest.approx([10] * 3)
    assert found.loc[1, ["difference", "low", "high"]].tolist() == [0] * 3
    assert found["p"][0] == pytest.approx(2 / 20, abs=0.02), "2 of the 20 ways to deal six articles part them so"
    assert found["p_adjusted"].tolist() == pytest.approx([min(1, 2 * found["p"][0]), 1]) and found["p"][1] == 1


def test_every_two_groups_are_compared_once():
    found = comparison.differences(outlets(*"CCCAAABBB", loaded=[1] * 9), by="outlet", of=["loaded"])
    assert set(zip(found["one"], found["other"])) == {("A", "B"), ("A", "C"), ("B", "C")} and len(found) == 3


def test_no_groups_no_differences():
    found = comparison.differences(outlets(*"AABB", loaded=[1] * 4), by="outlet", of=["loaded"])
    assert found.empty and "p_adjusted" in found


# --- profiles


@pytest.fixture
def three_measures(monkeypatch):
    monkeypatch.setattr(comparison, "measures", lambda _: ["loaded", "quoted", "press_conditional"])


def test_two_measures_that_agree_lie_on_one_axis(three_measures):
    """Standardised, both are −1, 0, 1: one direction of length √(2 · 2) shows all, at ±√2."""
    quotes = [{"doc_id": "d1", "start": 0, "end": 10}, {"doc_id": "d2", "start": 0, "end": 20}, {"doc_id": "d3", "start": 0, "end": 20}]  # fmt: skip
    found = comparison.profiles(outlets(*"ABCC", loaded=[0, 1, 2, 2], quotes=quotes), by="outlet")
    assert list(found.columns) == ["outlet", "n", "x", "y", "x_share", "y_share"]
    assert list(found["outlet"]) == ["A", "B", "C"] and list(found["n"]) == [1, 1, 2]
    assert [abs(x) for x in found["x"]] == pytest.approx([sqrt(2), 0, sqrt(2)]) and found["x"][0] == -found["x"][2]
    assert list(found["y"]) == pytest.approx([0, 0, 0])
    assert list(found["x_share"]) == pytest.approx([1] * 3) and list(found["y_share"]) == pytest.approx([0] * 3)


def test_a_measure_apart_from_two_that_agree_has_a_third_of_the_variety(three_measures):
    quotes = [{"doc_id": d, "start": 0, "end": 50} for d in ("d2", "d3")]
    hedges = [{"doc_id": d, "type": "press_conditional"} for d in ("d1", "d3")]
    found = comparison.profiles(outlets(*"ABCD", loaded=[0, 0, 4, 4], quotes=quotes, hedges=hedges), by="outlet")
    x, y = found["x"].tolist(), found["y"].tolist()
    assert [abs(v) for v in x] == pytest.approx([sqrt(1.5)] * 4) and x[0] * x[1] > 0 > x[0] * x[2]
    assert [abs(v) for v in y] == pytest.approx([sqrt(0.75)] * 4) and y[0] * y[2] > 0 > y[0] * y[1]
    assert found.loc[0, ["x_share", "y_share"]].tolist() == pytest.approx([2 / 3, 1 / 3])


@pytest.mark.xfail(raises=TypeError, strict=True, reason="an empty part turns the values of all measures into objects")
def test_a_measure_that_no_article_has_does_not_spoil_the_map():
    quotes = [{"doc_id": "d1", "start": 0, "end": 10}, {"doc_id": "d2", "start": 0, "end": 20}]
    assert len(comparison.profiles(outlets(*"ABC", loaded=[0, 1, 2], quotes=quotes), by="outlet")) == 3


@pytest.mark.parametrize(
    ("groups", "loaded", "quoted"),
    [("AB", [0, 1], [0, 10]), ("ABC", [0, 1, 2], [0, 0, 0])],
    ids=["two groups", "one measure that varies"],
)
def test_too_little_for_a_map(groups, loaded, quoted):
    quotes = [{"doc_id": f"d{i}", "start": 0, "end": n} for i, n in enumerate(quoted) if n]
    found = comparison.profiles(outlets(*groups, loaded=loaded, quotes=quotes), by="outlet")
    assert found.empty and list(found.columns) == ["outlet", "n", "x", "y", "x_share", "y_share"]


# --- characteristic terms

PORT, SCHOOL = "Le port ferme. " * 40, "L’école ferme. " * 40


def groups_of_texts(*texts):
    return study([{"text": text, "outlet": outlet} for outlet, text in texts])


def test_the_words_of_a_group_are_those_that_set_it_apart_in_two_articles_at_least():
    one = groups_of_texts(
        ("0", "Une digue ferme. " * 40),
        *[("A", PORT)] * 2,
        ("A", "Un phare ferme. " * 40),
        *[("B", SCHOOL)] * 3,
        ("C", "Une gare ferme. " * 40),
        (None, PORT),
    )
    found = comparison.characteristic_terms(one, by="outlet")
    assert list(found.columns) == [
        *("outlet", "term", "n_target", "n_reference", "log_ratio", "g2", "p_adjusted", "log_odds", "z", "beyond_chance")
    ]
    assert found[["outlet", "term", "n_target", "n_reference"]].values.tolist() == [
        ["A", "port", 80, 0],
        ["B", "école", 120, 0],
    ], "“phare” stands in one article, “fermer” everywhere, 0 and C are one article each, and one has no outlet"
    assert (found["z"] > 1.96).all()


def test_only_so_many_terms_of_a_group_and_the_clearest_first():
    both = PORT + "Le quai ferme. " * 30
    one = groups_of_texts(*[("A", both)] * 3, *[("B", SCHOOL)] * 3)
    assert list(comparison.characteristic_terms(one, by="outlet").query("outlet == 'A'")["term"]) == ["port", "quai"]
    assert list(comparison.characteristic_terms(one, by="outlet", most=1)["term"]) == ["port", "école"]


def test_words_that_a_random_deal_of_articles_sets_apart_as_much_are_told_from_those_that_stand():
    import random

    filler = random.Random(4)
    words = ["port", "école", "digue", "gare", "phare", "marché", "usine", "ferme", "musée", "stade"]
    texts = [" ".join(filler.choices(words, k=60)) for _ in range(40)]
    alike = groups_of_texts(*[("AB"[i % 2], text) for i, text in enumerate(texts)])
    assert not comparison.characteristic_terms(alike, by="outlet")["beyond_chance"].any()
    apart = groups_of_texts(*[("AB"[i % 2], text + (" baleine" * 4 if i % 2 else "")) for i, text in enumerate(texts)])
    found = comparison.characteristic_terms(apart, by="outlet")
    assert list(found[found["beyond_chance"]][["outlet", "term"]].itertuples(index=False, name=None)) == [("B", "baleine")]


def test_one_group_alone_has_nothing_to_be_set_apart_from():
    found = comparison.characteristic_terms(groups_of_texts(*[("A", PORT)] * 3), by="outlet")
    assert found.empty and list(found.columns)[:2] == ["outlet", "term"]


# --- events


def test_events_are_read_in_order_of_date(tmp_path):
    (tmp_path / "events.csv").write_text("label;date\nnull;2026-03-10\ngrève;2 mars 2026\n", encoding="utf-8")
    found = comparison.read_events(tmp_path / "events.csv")
    assert found.astype(str).values.tolist() == [["2026-03-02", "grève"], ["2026-03-10", "null"]]
    assert list(found.columns) == ["date", "label"] and list(found.index) == [0, 1]
    assert comparison.read_events(tmp_path / "none.csv").empty
    assert list(comparison.read_events(tmp_path / "none.csv").columns) == ["date", "label"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("date,label\n2026-03-10,vote\nhier ou demain,grève\nun jour,fin\n", "line 3: 'hier ou demain' is no date"),
        ("day,label\n2026-03-10,vote\n", "its columns must be date and label; they are day, label"),
    ],
)
def test_a_wrong_line_of_events_is_named(text, message, tmp_path):
    (tmp_path / "events.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        comparison.read_events(tmp_path / "events.csv")


def test_a_group_without_articles_has_no_row(four):
    assert set(comparison.compare(four, "loaded", by="outlet")["outlet"]) == {"A", "B"}, "d3 has no outlet"
    empty = four.copy(articles=four.articles.assign(n_words=pd.array([0, 300, 50, 80], "Int64")))
    assert list(comparison.compare(empty, "loaded", by="outlet")["n"]) == [1, 1], "no words, nothing to divide by"


def test_twelve_terms_are_shown_unless_told_otherwise():
    words = "quai phare digue grue chalutier amarre bouée voile coque ancre mouette rame cordage treuil".split()
    one = groups_of_texts(*[("A", " ".join(f"Le {w}." * 30 for w in words))] * 3, *[("B", SCHOOL)] * 3)
    assert len(comparison.characteristic_terms(one, by="outlet").query("outlet == 'A'")) == 12
