"""The corpus, comparison and courses in time, worked by hand on small tables."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from small import bars, rows_of, study

from analysis.pages import comparison, corpus, over_time


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


ARTICLES = [
    {"text": "a", "outlet": "A", "n_words": 100, "date": "2026-03-02", "title": "Un"},
    {"text": "b", "outlet": "A", "n_words": 300, "date": "2026-03-09", "title": "Deux"},
    {"text": "c", "n_words": 50, "title": "Trois", "duplicate_group": "g"},
    {"text": "d", "outlet": "B", "n_words": 150, "date": "2026-03-05", "title": "Quatre", "duplicate_group": "g"},
]


def test_what_was_read():
    one = study(ARTICLES, problems=[{"what": "not read", "why": "x"}, {"what": "repaired", "why": "y"}])
    assert corpus.what_was_read(one) == (
        "4 articles from 2 outlets, 2 March 2026 to 9 March 2026: 600 words in 4 sentences. Without an outlet: 1 article. "
        "Near-copies of another text, each of which counts: 1. Files or records that could not be read or were set aside: 1."
    )
    table = corpus.outlets(one)
    assert table[["outlet", "n", "words"]].values.tolist() == [
        ["A", 2, 400],
        ["(outlet unknown)", 1, 50],
        ["B", 1, 150],
    ]
    assert corpus.source(one) == "4 articles, A and B, 2 March 2026 to 9 March 2026"


def test_articles_stand_at_their_date_or_by_their_length():
    table = corpus.lengths(study(ARTICLES))
    ax = corpus.plot_articles(table)
    assert rows_of(ax) == ["A", "(outlet unknown)", "B"]
    (dots,) = ax.collections
    days = [d.strftime("%d") for d in plt.matplotlib.dates.num2date(dots.get_offsets()[:, 0])]
    assert list(zip(days, dots.get_offsets()[:, 1])) == [("02", 0), ("09", 0), ("05", 2)]
    assert dots.get_sizes().tolist() == [45, 95, 57.5]
    by_length = corpus.plot_articles(table.assign(date=pd.NaT))
    assert rows_of(by_length) == ["Deux", "Quatre", "Un", "Trois"]
    assert bars(by_length) == [[(0, 300), (0, 150), (0, 100), (0, 50)]]


COMPARED = pd.DataFrame(
    [
        ["loaded", "A", 5, 12.0, 10.0, 15.0],
        ["loaded", "B", 2, 8.0, np.nan, np.nan],
        ["polarity", "A", 5, -0.2, -0.3, 0.1],
        ["polarity", "B", 4, 0.4, 0.2, 0.5],
    ],
    columns=["measure", "outlet", "n", "value", "low", "high"],
)


def test_panels_hold_values_intervals_and_n():
    ax = comparison.plot_measures(COMPARED)
    loaded, polarity = ax.child_axes
    assert loaded.get_title("left") == "Loaded terms per 1,000 words" and rows_of(loaded) == ["A", "B"]
    lines = [(list(map(float, line.get_xdata())), line.get_fillstyle()) for line in loaded.lines]
    assert lines == [([10.0, 15.0], "full"), ([12.0], "full"), ([8.0], "none")]
    assert [t.get_text() for t in loaded.texts] == ["5", "2"]
    values = [(list(map(float, line.get_xdata())), float(line.get_ydata()[0])) for line in polarity.lines[:4]]
    assert values == [([-0.3, 0.1], 0), ([-0.2], 0), ([0.2, 0.5], 1), ([0.4], 1)]


def test_which_differences_stand():
    tests = pd.DataFrame(
        [["loaded", "A", "B", 5, 4, -3.5, -5, -2, 0.001, 0.002], ["quoted", "A", "B", 5, 4, 0.1, -0.1, 0.3, 0.4, 0.4]],
        columns=["measure", "one", "other", "n_one", "n_other", "difference", "low", "high", "p", "p_adjusted"],
    )
    assert comparison.which_differences(study(), tests) == (
        "Of 2 differences tested, still sure after correction (adjusted p < .05): 1. The surest: Loaded terms per 1,000 "
        "words: −3.50 (A against B; 95\u00a0% interval −5.00 to −2.00; 5 and 4 articles)."
    )
    assert "none stands" in comparison.which_differences(study(), tests.tail(1))
    assert "no two groups" in comparison.which_differences(study(), tests.head(0))


def test_the_map_places_groups_where_the_table_does():
    table = pd.DataFrame(
        [["A", 4, 1.0, -2.0, 0.6, 0.3], ["B", 9, -1.0, 2.0, 0.6, 0.3]],
        columns=["outlet", "n", "x", "y", "x_share", "y_share"],
    )
    ax = comparison.plot_profiles(table)
    places = {(float(p.get_xdata()[0]), float(p.get_ydata()[0])): p.get_markersize() for p in ax.lines[:2]}
    assert places == {(1, -2): 10, (-1, 2): 12} and [t.get_text() for t in ax.texts] == ["A (4)", "B (9)"]
    assert ax.get_xlabel().startswith("first component (60") and ax.get_ylabel().startswith("second component (30")
    assert "show 90\u00a0% of their variance" in comparison.how_alike(table)


COURSE = pd.DataFrame(
    {
        "period": pd.to_datetime(["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"]),
        "n": [3, 5, 4, 2],
        "value": [2.0, 5.0, 1.0, 9.0],
        "low": [1.0, 4.0, 0.5, np.nan],
        "high": [3.0, 6.0, 1.5, np.nan],
    }
)


def test_a_course_tells_its_highest_and_its_lowest():
    assert over_time.how_it_moves(COURSE, "loaded") == (
        "Loaded terms per 1,000 words: highest in the period of 1 February 2026 (5.00, 5 articles), lowest in that of 1 March "
        "2026 (1.00, 4 articles)."
    )
    assert "no course can be told" in over_time.how_it_moves(COURSE.tail(2), "loaded")


def test_a_course_is_drawn_as_it_is_hollow_where_texts_are_few():
    events = pd.DataFrame({"date": pd.to_datetime(["2026-02-10"]), "label": ["vote"]})
    ax = over_time.plot_over_time(COURSE, measure="loaded", events=events)
    line, full, hollow, event = ax.lines
    assert line.get_ydata().tolist() == [2, 5, 1, 9] and full.get_ydata().tolist() == [2, 5, 1]
    assert hollow.get_ydata().tolist() == [9] and hollow.get_fillstyle() == "none"
    assert [s[:, 1].tolist() for s in ax.collections[0].get_segments() if len(s)] == [[1, 3], [4, 6], [0.5, 1.5]]
    assert [t.get_text() for t in ax.texts] == ["vote"] and event.get_linestyle() == ":"
    assert ax.get_ylabel() == "Loaded terms per 1,000 words"
    two = pd.concat([COURSE.assign(outlet="A"), COURSE.assign(outlet="B", value=3.0)], ignore_index=True)
    ax = over_time.plot_over_time(two)
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["A", "B"]
    assert ax.lines[3].get_ydata().tolist() == [3, 3, 3, 3]


def test_panels_stand_in_rows_of_three():
    table = pd.concat(
        [COMPARED[COMPARED["measure"] == "loaded"].assign(measure=m) for m in ("loaded", "quoted", "war", "morality")]
    )
    ax = comparison.plot_measures(table)
    ax.figure.canvas.draw()
    boxes = [panel.get_position() for panel in ax.child_axes]
    assert boxes[0].x1 < boxes[1].x0 and boxes[1].x1 < boxes[2].x0 and boxes[0].y0 == boxes[1].y0 == boxes[2].y0
    assert boxes[3].y1 < boxes[0].y0 and boxes[3].x0 == boxes[0].x0
    assert [any(rows_of(panel)) for panel in ax.child_axes] == [True, False, False, True]
    assert all(box.x0 >= 0 and box.x1 <= 1 and box.y0 >= 0 and box.y1 <= 1 for box in boxes)


def test_events_come_from_the_folder_of_the_study(monkeypatch, tmp_path):
    monkeypatch.setenv("CADRAGE_SEEDS", str(tmp_path))
    assert over_time.events().empty
    (tmp_path / "events.csv").write_text("date,label\n2026-02-10,vote", encoding="utf-8")
    assert over_time.events()["label"].tolist() == ["vote"]


@pytest.mark.parametrize(
    ("n", "told"),
    [
        (0, "There is no article to measure"),
        (2, "With 2 articles nothing here can be generalised"),
        (3, "With 3 articles the intervals are wide"),
        (29, "With 29 articles the intervals are wide"),
        (30, "Intervals are drawn by resampling the 30 articles"),
    ],
)
def test_what_the_size_does_not_allow(n, told):
    assert corpus.beware_of_size(study(["a"] * n)).startswith(told)
