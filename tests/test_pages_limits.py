"""Limits of the pages, worked by hand: what is missing, what is equal, what is too long, what is set aside."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from small import study

from analysis.pages import actors, certainty, corpus, framing, relations, style, voices, who_frames


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def act(who, verb, whom):
    return {"agent": who, "agent_actor": who, "patient": whom, "patient_actor": whom, "verb": verb, "negated": False, "construction": "active"}  # fmt: skip


def test_a_role_that_nobody_has_is_nought():
    table = actors.mentioned(study(mentions=[{"actor": "Ada", "kind": "name", "role": "agent"}]))
    assert table[["agent", "patient", "other"]].iloc[0].tolist() == [1, 0, 0]


def test_only_what_the_pair_does_is_told_of_it():
    one = study(agency=[act("Bo", "saluer", "Cy"), act("Bo", "saluer", "Cy"), act("Dan", "accuser", "Cy"), act("Ada", "voir", "Cy")])  # fmt: skip
    told = relations.who_acts_upon_whom(relations.relations(one))
    assert "Bo upon Cy" in told and "saluer" in told and "accuser" not in told and "voir" not in told


def test_what_was_repaired_or_noted_was_not_set_aside():
    problems = [{"what": what, "source_file": f, "why": ""} for f, what in [("a", "repaired: a mark"), ("b", "note"), ("c", "unreadable")]]  # fmt: skip
    one = study(problems=problems)
    assert corpus.what_was_read(one).endswith("set aside: 1.")
    assert "set aside" not in corpus.what_was_read(study(problems=problems[:2]))


def test_speakers_of_as_many_words_stand_in_the_order_of_names():
    quotes = [{"quote_id": i, "start": 6 * i, "end": 6 * i + 3, "kind": "direct", "speaker": s, "cue": "dire", "cue_stance": "neutral", "closed": True} for i, s in enumerate(["Cy", "Ada", "Bo"])]  # fmt: skip
    table = voices.speakers(study(["un x, un y, un z, un"], quotes=quotes))
    assert list(table["speaker"]) == ["Ada", "Bo", "Cy"]


def test_hedges_are_numbered_as_they_stand():
    hedges = [
        {"form": "verb", "type": t, "start": i} for i, t in enumerate(["possibility", "politeness", "possibility"])
    ]
    assert list(certainty.hedge_types(study(hedges=hedges)).index) == [0, 1]


def test_the_frame_most_laid_in_others_mouths_is_that_of_the_highest_share():
    table = pd.DataFrame({"frame": ["conflict", "human_interest", "morality"], "outlet": [5, 1, 0], "quoted": [3, 4, 9]})
    (told,) = who_frames._in_others_mouths(table)
    assert "(4 of 5)" in told, "an exploratory frame leads no finding"


def test_of_no_articles_nothing_is_told_of_frames():
    table = framing.frames_of_articles(study([]), "generic")
    assert framing.which_frames(table, "generic") == corpus.nothing()


@pytest.mark.parametrize(
    ("words", "longest", "shown"), [("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…"), ("abcd efg", 6, "abcd…")]
)
def test_what_is_too_long_is_cut_with_a_sign(words, longest, shown):
    assert style.short(words, longest) == shown


def test_axes_grow_by_as_much_with_each_row():
    heights = [style.axes(None, rows, each=0.5).figure.get_size_inches()[1] for rows in (2, 3, 7)]
    assert heights[1] - heights[0] == pytest.approx(0.5) and heights[2] - heights[1] == pytest.approx(2)
