"""Frames and metaphors, worked by hand on small invented studies."""

import matplotlib.pyplot as plt
import pytest
from small import bars, rows_of, study

from analysis.measures.framing import GENERIC, threshold_of
from analysis.pages import framing, metaphors, who_frames
from analysis.pages.style import BLUE, SKY


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


def scored(frame, *scores, scheme="generic"):
    """A frame's article scores, of d0, d1, …; present from one half on."""
    return [
        {"level": "article", "scheme": scheme, "frame": frame, "score": s, "present": s >= 0.5, "doc_id": f"d{i}",
         "start": None, "end": None, "sentence_id": None}
        for i, s in enumerate(scores)
    ]  # fmt: skip


def carried(frame, *sentences, scheme="generic", **more):
    """A frame in these sentences of d0."""
    row = {"level": "sentence", "scheme": scheme, "frame": frame, "score": 0.9, "present": True, "cues": 1.0}
    return [row | {"voice": "outlet"} | more | {"sentence_id": i, "start": 50 * i} for i in sentences]


ARTICLES = [*scored("conflict", 0.8, 0.2), *scored("morality", 0.6, 0.9), *scored("conflict", 1.0, 1.0, scheme="mine")]


def test_scores_are_means_over_articles_and_an_own_frame_of_the_same_name_stays_apart():
    one = study(["a", "b"], frames=ARTICLES)
    table = framing.frames_of_articles(one, "generic").set_index("frame")
    assert table.loc["conflict", ["n", "score", "present"]].tolist() == [2, 0.5, 0.5]
    assert table.loc["morality", ["n", "score", "present"]].tolist() == [2, 0.75, 1.0]
    assert table.loc["conflict", "threshold"] == threshold_of("generic") and table["low"].isna().all()
    assert set(table.index) == set(GENERIC) and table.loc["responsibility", "n"] == 0
    own = framing.frames_of_own_schemes(one)
    assert own[["scheme", "frame", "score", "present"]].values.tolist() == [["mine", "conflict", 1.0, 1.0]]


@pytest.fixture(autouse=True)
def all_relied_on(monkeypatch):
    monkeypatch.setattr(framing, "exploratory", list)


def test_frames_that_cannot_be_relied_on_stand_apart_and_lead_nothing(monkeypatch):
    monkeypatch.setattr(framing, "exploratory", lambda: ["morality"])
    one = study(["a", "b"], frames=ARTICLES)
    assert framing.GENERIC.told(one) == (
        "The generic frames present in most articles: conflict in 1 of 2. Exploratory, not to be relied on: morality."
    )
    table = framing.frames_of_articles(one, "generic")
    assert table["frame"].iloc[-1] == "morality" and not framing.frames_of_own_schemes(one)["exploratory"].any()
    assert rows_of(framing.plot_frames(table))[-1] == "morality (exploratory)"


def test_which_frames_are_told():
    one = study(["a", "b"], frames=ARTICLES)
    assert framing.GENERIC.told(one).startswith(
        "The generic frames present in most articles: morality in 2 of 2 and conflict in 1 of 2."
    )
    assert framing.OWN.told(one) == "The “mine” frames present in most articles: conflict in 2 of 2."
    alone = study(["a"], frames=[*scored("conflict", 0.8), *scored("economic_consequences", 0.2)])
    assert framing.GENERIC.told(alone) == "In this one article one generic frame is present: conflict (0.80)."
    none = study(["a"], frames=[*scored("conflict", 0.1), *scored("economic_consequences", 0.2)])
    assert framing.GENERIC.told(none) == (
        "No generic frame reaches the threshold in 1 article; nearest is economic consequences (0.20)."
    )


def test_bars_of_frames_are_their_scores():
    table = framing.frames_of_articles(study(["a", "b"], frames=ARTICLES), "generic").dropna(subset=["score"])
    ax = framing.plot_frames(table)
    assert rows_of(ax) == ["morality", "conflict"] and bars(ax) == [[(0, 0.75), (0, 0.5)]]
    marks = [(s[0, 0], s[:, 1].mean()) for s in ax.collections[0].get_segments()]
    assert marks == [(threshold_of("generic"), i) for i, f in enumerate(["morality", "conflict"])]
    fills = [b.get_facecolor() for b in framing.plot_frames(table.assign(threshold=0.6)).containers[0]]
    assert fills[0] != fills[1] and [plt.matplotlib.colors.to_hex(f).upper() for f in fills] == [BLUE, SKY]


def test_intervals_stand_around_the_score():
    table = framing.frames_of_articles(study(["a"] * 4, frames=scored("conflict", 0.1, 0.1, 0.1, 0.9)), "generic")
    table = table.dropna(subset=["score"])
    low, high = table.loc[0, ["low", "high"]]
    assert 0.1 <= low < 0.3 < high <= 0.9
    ax = framing.plot_frames(table)
    segment = next(c for c in ax.containers if hasattr(c, "has_xerr")).lines[2][0].get_segments()[0]
    assert segment[:, 0].tolist() == pytest.approx([low, high])


SENTENCES = [{"sentence_id": i, "start": 50 * i, "end": 50 * i + 49, "part": "body"} for i in range(4)]


def framed():
    frames = [*carried("conflict", 0, 1), *carried("morality", 0, 1, 3), *carried("conflict", 2, scheme="mine")]
    return study(["x" * 200], sentences=SENTENCES, frames=frames)


def test_tenths_through_the_article():
    table = framing.frames_through(framed(), "generic")
    conflict = table[table["frame"] == "conflict"].set_index("step")
    assert conflict["with_frame"].to_dict() == {1: 1, 3: 1, 6: 0, 8: 0}
    morality = table[table["frame"] == "morality"].set_index("step")
    assert morality["share"].to_dict() == {1: 1, 3: 1, 6: 0, 8: 1}
    ax = framing.plot_frames_through(table[table["frame"].isin(["conflict", "morality"])])
    cells = dict(zip(rows_of(ax), ax.collections[0].get_array().reshape(2, 4).tolist()))
    assert cells == {"conflict": [1, 1, 0, 0], "morality": [1, 1, 0, 1]}


def test_lift_is_what_is_found_over_what_is_expected():
    table = framing.frames_together(framed(), "generic")
    assert table.values.tolist() == [["conflict", "morality", 2, 1.5, pytest.approx(4 / 3), 1]]
    assert framing.frames_together(study(["a"]), "generic").empty


def test_whose_voice_brings_a_frame():
    frames = [*carried("conflict", 0), *carried("conflict", 1, 2, 3, voice="quoted"), *carried("morality", 0, cues=0.0)]
    one = study(["x" * 200], sentences=SENTENCES, frames=frames)
    table = who_frames.frames_by_voice(one, "generic")
    assert table.values.tolist() == [["conflict", 1, 3]]
    assert who_frames.BY_VOICE.told(one) == (
        "Of 4 sentences with a cue of a generic frame, 1 (25\u00a0%) bring it in the outlet's own voice. Of the frames that can be relied "
        "on, the one most often found in quoted speech is conflict (3 of 4)."
    )
    ax = who_frames.plot_frames_by_voice(table)
    assert bars(ax) == [[(0, -1)], [(0, 3)]] and [t.get_text() for t in ax.texts] == ["1", "3"]


def test_who_stands_in_which_frame():
    mentions = [
        {"actor": "Ada", "role": "agent", "sentence_id": 0},
        {"actor": "Ada", "role": "other", "sentence_id": 0},
        {"actor": "Ada", "role": "patient", "sentence_id": 0},
        {"actor": "Ada", "role": "patient", "sentence_id": 1},
        {"actor": "Ada", "role": "other", "sentence_id": 2},
        {"actor": "Bo", "role": "other", "sentence_id": 3},
    ]
    one = framed().copy(mentions=study(["x" * 200], mentions=mentions).mentions)
    table = who_frames.actors_in_frames(one, "generic")
    rows = {(r["actor"], r["frame"]): [r["sentences"], r["of"], r["as_agent"]] for r in table.to_dict("records")}
    assert rows == {("Ada", "conflict"): [2, 3, 1], ("Ada", "morality"): [2, 3, 1], ("Bo", "morality"): [1, 1, 0]}
    assert table["share"].tolist() == pytest.approx([2 / 3, 2 / 3, 1])
    ax = who_frames.plot_actors_in_frames(table)
    columns = [t.get_text() for t in ax.get_xticklabels()]
    cells = ax.collections[0].get_array().reshape(2, 2)
    assert rows_of(ax) == ["Ada", "Bo"] and columns == ["morality", "conflict"]
    assert cells.tolist() == [pytest.approx([2 / 3, 2 / 3]), [1, 0]]
    assert [t.get_text() for t in ax.texts] == ["2", "2", "1", ""]


def test_metaphors_by_domain():
    text = "guerre éclair, bataille, tsunami"
    row = {"level": "sentence", "scheme": "metaphor", "present": True}
    frames = [
        row | {"frame": "war", "start": 0, "end": 6, "voice": "outlet", "target": "le projet"},
        row | {"frame": "war", "start": 15, "end": 23, "voice": "quoted"},
        row | {"frame": "weather", "start": 25, "end": 32, "voice": "quoted"},
    ]
    one = study([text], frames=frames)
    table = metaphors.metaphors(one)
    assert list(table.columns)[:3] == ["domain", "words", "target"]
    assert table[["domain", "words", "voice"]].values.tolist() == [
        ["war", "guerre", "outlet"], ["war", "bataille", "quoted"], ["weather", "tsunami", "quoted"],
    ]  # fmt: skip
    assert metaphors.DOMAINS.told(one) == (
        "3 metaphors, 1 in the outlet's own voice; most come from the domain of war (2), as in «\u00a0guerre\u00a0» (of le "
        "projet)."
    )
    ax = metaphors.plot_metaphors(table)
    assert rows_of(ax) == ["war", "weather"] and bars(ax) == [[(0, -1), (0, 0)], [(0, 1), (0, 1)]]


def test_passages_of_frames_are_sentences_the_strongest_first():
    frames = [
        *carried("conflict", 0, score=0.6),
        *carried("conflict", 1, score=0.9),
        *carried("conflict", 2, present=False),
        *carried("conflict", 3, scheme="mine"),
        *ARTICLES,
    ]
    one = study(["x" * 200, "b"], sentences=SENTENCES, frames=frames)
    assert list(framing.GENERIC.passages(one)["sentence_id"]) == [1, 0]
    assert list(framing.OWN.passages(one)["sentence_id"]) == [3]
    assert framing.own_schemes(one) == ["mine"] and framing.frames_of(one, "mine") == ["conflict"]


def test_frames_of_voices_begin_with_the_most_frequent():
    frames = [*carried("conflict", 0), *carried("morality", 0, 1), *carried("economic_consequences", 0, 1, 2)]
    table = who_frames.frames_by_voice(study(["x" * 200], sentences=SENTENCES, frames=frames), "generic")
    assert table["frame"].tolist() == ["economic_consequences", "morality", "conflict"]
    assert list(table.columns) == ["frame", "outlet", "quoted"]
