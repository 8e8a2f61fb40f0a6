"""Actors, their treatment and their relations, worked by hand on small invented studies."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from small import bars, rows_of, study

from analysis.pages import actors, evidence, relations, sharing, treatment
from analysis.pages.style import BLUE, RED


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


MENTIONS = [
    {"actor": "Ada", "kind": "name", "role": "agent", "start": 0},
    {"actor": "Ada", "kind": "pronoun", "role": "patient", "start": 25},
    {"actor": "Ada", "kind": "name", "role": "other", "start": 50, "doc_id": "d1"},
    {"actor": "Bo", "kind": "name", "role": "agent", "start": 75},
    {"actor": "Bo", "kind": "description", "role": "agent", "start": 10},
    {"actor": None, "kind": "name", "role": "agent", "start": 5},
]


def test_who_is_mentioned_and_acts():
    one = study(["x" * 100, "x" * 200], mentions=MENTIONS)
    rows = actors.mentioned(one).to_dict("records")
    assert rows[0] == {"actor": "Ada", "mentions": 3, "articles": 2, "agent": 1, "patient": 1, "other": 1}
    assert rows[1] == {"actor": "Bo", "mentions": 2, "articles": 1, "agent": 2, "patient": 0, "other": 0}
    assert actors.who_is_there(one) == (
        "Ada is mentioned most, 3 times in 2 articles; then Bo (2). The one who most often acts is Bo: subject of an active "
        "verb in 2 of 2 mentions."
    )


def test_under_which_words_each_was_found_and_each_merge_once():
    said = ["Ada Roy", "elle", "Ada Roy", "Bo", "Le  patron", "Bo"]
    rows = [m | {"surface": w} for m, w in zip(MENTIONS, said)]
    rows += [rows[4] | {"surface": "le patron", "start": 40}, rows[0] | {"surface": "Roy", "kind": "short_name"}]
    told = [{"actor": "Bo", "said": "patron de Valdo"}, {"actor": None, "said": "maire"}]
    one = study(["x" * 100, "x" * 200], mentions=rows, roles=told)
    table = actors.called(one).set_index("actor")
    assert table.loc["Ada"].to_dict() == {
        "names": "Ada Roy (2) and Roy",
        "roles": "",
        "pronouns": 1,
        "said_of_them": "",
    }
    assert table.loc["Bo"].to_dict() == {
        "names": "Bo",
        "roles": "Le patron (2)",
        "pronouns": 0,
        "said_of_them": "patron de Valdo",
    }
    merged = actors.merged(one)
    assert list(merged["tag"]) == ["Le patron = Bo", "Roy = Ada", "elle = Ada"]
    assert list(actors.called(one, most=1)["actor"]) == ["Ada"]
    assert actors.merged(study(["x"], mentions=[MENTIONS[0] | {"surface": "Ada"}])).empty


def test_a_mark_stands_where_the_mention_does():
    one = study(["x" * 100, "x" * 200], mentions=MENTIONS)
    table = actors.presence(one)
    assert list(table["position"]) == [0, 0.25, 0.25, 0.75, 0.1]
    ax = actors.plot_presence(table)
    assert rows_of(ax) == ["Ada  (n = 3)", "Bo  (n = 2)"]
    assert ax.get_xlim() == (-0.02, 1.02)
    names, _, descriptions, pronouns = (c.get_offsets().tolist() for c in ax.collections)
    assert names == [[0, 0], [0.25, 0], [0.75, 1]] and descriptions == [[0.1, 1]] and pronouns == [[0.25, 0]]


def test_of_many_articles_the_tenths_are_counted():
    many = [{"actor": "Ada", "kind": "name", "start": s, "doc_id": f"d{i}"} for i, s in enumerate([0, 5, 99] * 5)]
    ax = actors.plot_presence(actors.presence(study(["x" * 100] * 15, mentions=many)))
    assert ax.collections[0].get_array().ravel().tolist() == [10, 0, 0, 0, 0, 0, 0, 0, 0, 5]


def judged(actor, label, polarity, **more):
    shares = {"negative": max(0, -polarity), "positive": max(0, polarity)}
    return {"actor": actor, "label": label, "polarity": polarity, "withheld": False, "voice": "outlet"} | shares | more


SENTIMENT = [
    judged("Ada", "negative", -0.5, baseline=0.2),
    judged("Ada", "negative", -0.7, baseline=0.4, voice="quoted"),
    judged("Ada", "neutral", 0.0, baseline=0.0),
    judged("Ada", "positive", 0.6, baseline=0.0),
    judged("Ada", "negative", -0.9, withheld=True, baseline=-1.0),
    judged("Bo", "positive", 0.8, doc_id="d1", baseline=0.1),
]


def test_labels_are_counted_without_what_is_withheld_and_probabilities_meant_over_all():
    ada, bo = treatment.by_actor(study(["a", "b"], sentiment=SENTIMENT)).to_dict("records")
    assert [ada[k] for k in ("actor", "negative", "neutral", "positive", "n", "withheld", "articles")] == [
        "Ada", 2, 1, 1, 4, 1, 1,
    ]  # fmt: skip
    assert (
        ada["polarity"] == pytest.approx(-0.3) and ada["baseline"] == pytest.approx(-0.08) and ada["low"] != ada["low"]
    )
    assert [ada["blame"], ada["praise"]] == pytest.approx([2.1 / 5, 0.6 / 5])
    assert (bo["positive"], bo["n"], bo["polarity"]) == (1, 1, 0.8)


def test_who_is_treated_how(monkeypatch):
    monkeypatch.setattr(treatment, "asserted_right", lambda: (0.4, 0.8))
    one = study(["a", "b"], sentiment=SENTIMENT)
    assert treatment.TREATMENT.told(one) == (
        "20\u00a0% of sentences are neutral toward the actor they name (n = 5, one per sentence and actor). Most negatively judged is "
        "Ada: 2 negative sentences of 4, mean polarity −0.30. Left out as too close to call: 1 sentence. "
        "Of such praise and blame 40\u00a0% to 80\u00a0% was right where it was measured: read the passages."
    )
    assert treatment.whose_judgement(one) == (
        "4 judgements on actors: 3 in the outlet's own voice, 1 in reported speech."
    )
    turned = [r | {"polarity": -r["polarity"], "label": {"negative": "positive", "positive": "negative"}.get(r["label"], "neutral")} for r in SENTIMENT]  # fmt: skip
    assert "Most positively judged is Ada: 2 positive sentences of 4, +0.30." in treatment.TREATMENT.told(study(sentiment=turned))


def test_where_one_is_often_named_the_seldom_named_are_not_singled_out():
    often = [judged("Cleo", "negative", -0.2, baseline=0.0)] * 10
    table = treatment.by_actor(study(["a", "b"], sentiment=[*SENTIMENT, *often[1:]]))
    assert "Most negatively judged is Ada" in treatment.who_is_treated_how(table)
    table = treatment.by_actor(study(["a", "b"], sentiment=[*SENTIMENT, *often]))
    assert "Most negatively judged is Cleo" in treatment.who_is_treated_how(table)


def test_bars_of_treatment_are_the_shares_of_the_table():
    table = treatment.by_actor(study(["a", "b"], sentiment=SENTIMENT))
    ax = treatment.plot_treatment(table)
    assert rows_of(ax) == ["Ada  (n = 4)", "Bo  (n = 1)"]
    negative, neutral, positive = bars(ax)
    assert negative == [(-0.625, 0.5), (0, 0)]
    assert neutral == [(-0.125, 0.25), (0, 0)]
    assert positive == [(0.125, 0.25), (0, 1)]
    colours = [to_hex(series[0].get_facecolor()).upper() for series in ax.containers]
    assert colours == [RED, "#C9CED6", BLUE]
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["negative", "neutral", "positive"]
    assert [t.get_text() for t in ax.texts] == ["2", "", "1", "", "1", "1"]


def test_disputed_are_those_that_model_and_rules_judge_the_other_way_round():
    rows = [
        judged("Ada", "negative", -0.5, by_rule="positive", negative=0.5, positive=0.0, withheld=True),
        judged("Ada", "negative", -0.5, by_rule="negative", negative=0.6, positive=0.1),
        judged("Ada", "negative", -0.5, by_rule="neutral", negative=0.6, positive=0.1),
        judged("Ada", "positive", 0.4, by_rule="negative", negative=0.0, positive=0.49, withheld=True),
    ]
    assert list(evidence.disputed(study(sentiment=rows))["tag"]) == ["Ada: negative, by rule positive"]


def act(who, verb, whom, **more):
    named = {"agent_actor": who, "verb": verb, "patient_actor": whom, "agent": "someone", "construction": "active"}
    return named | {"negated": False} | more


AGENCY = [
    act("Ada", "accuser", "Bo"),
    act("Ada", "accuser", "Bo", doc_id="d1"),
    act("Ada", "accuser", "Bo", negated=True),
    act("Bo", "aider", "Ada"),
    act(None, "aider", "Ada", agent="le conseil"),
    act(None, "fuir", "Ada", agent=None),
    act(None, "voir", "Ada", agent=None, construction="passive"),
]


def test_relations_keep_denied_acts_apart():
    table = relations.relations(study(agency=AGENCY))
    assert table.values.tolist() == [
        ["Ada", "accuser", "Bo", False, 2, 2],
        ["Ada", "accuser", "Bo", True, 1, 1],
        ["Bo", "aider", "Ada", False, 1, 1],
    ]
    assert relations.who_acts_upon_whom(table) == (
        "In 4 clauses one actor acts upon another; most often Ada upon Bo (3 clauses: «\u00a0accuser\u00a0» and «\u00a0ne pas "
        "accuser\u00a0»)."
    )
    assert relations.who_acts_upon_whom(table.tail(1)) == (
        "In one clause one actor acts upon another: Bo upon Ada («\u00a0aider\u00a0»)."
    )


def test_what_is_done_to_each():
    table = relations.undergone(study(agency=AGENCY))
    assert table.fillna({"by": "nobody"}).values.tolist() == [
        ["Ada", "aider", 2, "Bo, le conseil"],
        ["Bo", "accuser", 2, "Ada"],
        ["Ada", "voir", 1, "nobody"],
        ["Bo", "ne pas accuser", 1, "Ada"],
    ]


def test_cells_of_relations_hold_who_does_what_to_whom():
    ax = relations.plot_relations(relations.relations(study(agency=AGENCY)))
    assert rows_of(ax) == ["Ada", "Bo"] and [t.get_text() for t in ax.get_xticklabels()] == ["Bo", "Ada"]
    assert ax.collections[0].get_array().reshape(2, 2).tolist() == [[3, 0], [0, 1]]
    assert {t.get_text(): t.get_position() for t in ax.texts} == {
        "accuser ×2\nne pas accuser": (0.5, 0.5),
        "aider": (1.5, 1.5),
    }


def test_arrows_go_from_who_does_it():
    ax = relations.plot_network(relations.relations(study(agency=AGENCY)), actors=["Ada", "Bo"])
    place = {t.get_text(): t.get_position() for t in ax.texts if t.get_text() in {"Ada", "Bo"}}
    arrows = {tuple(a.xyann): (tuple(a.xy), a.arrow_patch.get_linewidth()) for a in ax.texts if hasattr(a, "arrow_patch") and a.arrow_patch}  # fmt: skip
    assert place["Ada"] == pytest.approx((0, 1)) and place["Bo"] == pytest.approx((0, -1))
    assert arrows == {place["Ada"]: (place["Bo"], 2.5), place["Bo"]: (place["Ada"], 1.5)}


def test_a_quarter_of_an_article_may_be_shown_the_most_marked_first():
    sentences = [{"sentence_id": i, "start": 100 * i, "end": 100 * i + 99, "part": "body"} for i in range(10)]
    terms = [{"sentence_id": i} for i in (3, 3, 3, 7, 7, 1)]
    one = study(["x" * 1000], sentences=sentences, loaded_terms=terms)
    assert sharing.shareable(one) == {("d0", 3), ("d0", 7)}, (
        "three are marked, two are a fifth, three more than a quarter"
    )
    whole = one.copy(settings=one.settings | {"share_full_text": True})
    assert len(sharing.what_may_be_shown(one, one.loaded_terms)) == 5
    assert len(sharing.what_may_be_shown(whole, one.loaded_terms)) == 6


def test_passages_go_round_the_articles():
    rows = [{"doc_id": d, "start": i} for i, d in enumerate(["d0", "d0", "d0", "d1", "d1"])]
    table = study(["a", "b"], hedges=rows).hedges
    assert list(sharing.first_of_each(table)["start"]) == [0, 3, 1, 4, 2]


def test_actors_have_their_signs_between_name_and_axis():
    ax = relations.plot_relations(relations.relations(study(agency=AGENCY)), actors=["Bo", "Ada"])
    places = [(line.get_marker(), float(line.get_xdata()[0]), float(line.get_ydata()[0])) for line in ax.lines]
    assert places == [("s", -0.018, 0.5), ("o", -0.018, 1.5), ("o", 0.5, -0.03), ("s", 1.5, -0.03)]
    ax = treatment.plot_treatment(treatment.by_actor(study(["a", "b"], sentiment=SENTIMENT)), actors=["Bo"])
    assert [(line.get_marker(), float(line.get_ydata()[0])) for line in ax.lines if line.get_marker() != "None"] == [
        ("o", 1)
    ]
    assert ax.get_xlim() == (-1.02, 1.02)


def test_the_words_that_moved_a_score_stand_beside_its_sentence(monkeypatch, tmp_path):
    asked = []

    def explain(sentences, spans):
        asked.append((sentences, spans))
        return pd.DataFrame({"text_id": [0, 0, 1], "word": ["ment", "vole", "aide"], "effect": [-0.5, -0.25, 0.3]})

    monkeypatch.setenv("CADRAGE_CACHE", str(tmp_path))
    monkeypatch.setattr(evidence, "explain_targets", explain)
    text = "Rien ici. Bo aide. Ada ment et vole."
    sentences = [{"sentence_id": i, "start": s, "end": e, "part": "body"} for i, (s, e) in enumerate([(0, 9), (10, 18), (19, 36)])]  # fmt: skip
    rows = [
        judged("Bo", "positive", 0.6, sentence_id=1, start=10, end=12),
        judged("Ada", "negative", -0.9, sentence_id=2, start=19, end=22),
        judged("Ada", "neutral", 0.0, sentence_id=2, start=19, end=22),
    ]
    one = study([text], sentences=sentences, sentiment=rows, settings={"share_full_text": True})
    for _ in range(2):
        assert evidence.explained(one).values.tolist() == [
            ["Ada", "negative", -0.9, "ment (−0.50), vole (−0.25)", "Ada ment et vole."],
            ["Bo", "positive", 0.6, "aide (+0.30)", "Bo aide."],
        ]
    assert asked == [(["Ada ment et vole.", "Bo aide."], [(0, 3), (0, 2)])], "asked once, then kept"
    assert len(evidence.explained(one, most=1)) == 1


def test_of_sentences_equally_marked_the_first_may_be_shown():
    sentences = [{"sentence_id": i, "start": 100 * i, "end": 100 * i + 99, "part": "body"} for i in range(10)]
    one = study(["x" * 1000], sentences=sentences, hedges=[{"sentence_id": i} for i in (8, 2, 5)])
    assert sharing.shareable(one) == {("d0", 2), ("d0", 5)}
    titled = [s | {"part": "title"} if s["sentence_id"] == 2 else s for s in sentences]
    again = study(["x" * 1000], sentences=titled, hedges=[{"sentence_id": i} for i in (8, 2, 5)])
    assert sharing.shareable(again) == {("d0", 5), ("d0", 8)}, "a title is shown anyway"


def test_what_is_done_equally_often_stands_in_the_order_of_names():
    acts = [act(None, verb, who) for verb, who in (("voir", "Bo"), ("voir", "Ada"), ("aider", "Bo"))]
    table = relations.undergone(study(agency=acts))
    assert table[["actor", "verb"]].values.tolist() == [["Ada", "voir"], ["Bo", "aider"], ["Bo", "voir"]]
