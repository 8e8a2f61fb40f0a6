"""Groups of actors: read, checked, and measured as actors are."""

import pytest
from small import study

import analysis
from analysis.measures.catalogue import names_actors, read_groups
from analysis.pages import treatment
from analysis.study.comparison import compare, measures
from analysis.study.groups import grouped, members, unknown
from analysis.text.language import speak

ACTORS = """actors:
  - {name: Anne Lou, type: person, gender: f}
  - {name: Paul Roy, type: person, gender: m}
  - {name: Vesta, type: organisation}
groups:
  majorité: [Anne Lou, Paul Roy]
  firmes: [Vesta, Paul Roy]
"""
GROUPS = {"majorité": ["Anne Lou", "Paul Roy"], "firmes": ["Vesta", "Paul Roy"]}


@pytest.fixture(autouse=True)
def english():
    speak("en")


def row(actor, doc, label="negative", **more):
    shares = {k: float(k == label) for k in ("negative", "neutral", "positive")}
    return {"actor": actor, "doc_id": doc, "label": label, "polarity": shares["positive"] - shares["negative"], "withheld": False, "voice": "outlet", **shares, **more}


def three():
    texts = [{"text": "a b c", "outlet": o} for o in ("Le Phare", "Le Phare", "La Vigie")]
    sentiment = [row("Anne Lou", "d0"), row("Paul Roy", "d1"), row("Vesta", "d2", "positive"), row("Zoé", "d2")]
    mentions = [{"actor": a, "doc_id": "d0", "kind": "name"} for a in ("Anne Lou", "Zoé", None)]
    quotes = [{"speaker": "Paul Roy", "speaker_actor": "Paul Roy"}, {"speaker": "Zoé", "speaker_actor": "Zoé"}, {"speaker": "un passant"}]
    terms = [{"target_actor": "Vesta", "speaker_actor": "Anne Lou", "term": "x"}]
    return study(texts, sentiment=sentiment, mentions=mentions, quotes=quotes, loaded_terms=terms, settings={"groups": GROUPS, "group_by": "outlet"})


def test_groups_are_read(tmp_path):
    path = tmp_path / "actors.yaml"
    path.write_text(ACTORS, encoding="utf-8")
    assert read_groups(path) == GROUPS and names_actors(path)
    path.write_text("groups: {firmes: [Vesta]}", encoding="utf-8")
    assert read_groups(path) == {"firmes": ["Vesta"]} and not names_actors(path)


@pytest.mark.parametrize("text", ["groups: [a]", "groups: {a: b}", "groups: {a: []}", "groups: {a: [1]}", "groups: {a: [' ']}"])
def test_groups_that_are_none_are_an_error_that_names_the_file(tmp_path, text):
    (tmp_path / "actors.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"actors\.yaml: .*group"):
        read_groups(tmp_path / "actors.yaml")


def test_an_actor_of_two_groups_counts_for_both_and_one_of_none_is_left_out():
    made = grouped(three())
    assert sorted(zip(made.sentiment["actor"], made.sentiment["doc_id"])) == [("firmes", "d1"), ("firmes", "d2"), ("majorité", "d0"), ("majorité", "d1")]
    assert list(made.mentions["actor"]) == ["majorité"]
    table = treatment.by_actor(made).set_index("actor")
    assert list(table.loc["majorité", ["negative", "positive", "articles"]]) == [2, 0, 2] and list(table.loc["firmes", ["negative", "positive"]]) == [1, 1]
    assert made.sentiment.dtypes.equals(three().sentiment.dtypes)


def test_whoever_is_named_beside_bears_the_first_group():
    made = grouped(three())
    assert list(made.quotes["speaker"].fillna("")) == ["majorité", "Zoé", "un passant"]
    assert list(made.loaded_terms.loc[0, ["target_actor", "speaker_actor"]]) == ["firmes", "majorité"]


def test_measures_and_figures_take_a_group():
    some = three()
    assert members(some, "firmes") == {"firmes", "Vesta", "Paul Roy"} and members(some, "Zoé") == {"Zoé"}
    found = compare(some, "polarity of firmes", by="outlet").set_index("outlet")
    assert found.loc["La Vigie", "value"] == 1 and found.loc["Le Phare", "value"] == -1
    assert {"polarity of majorité", "polarity of firmes"} <= set(measures(some))
    assert list(treatment.OF_GROUPS.table(some)["actor"]) == ["firmes", "majorité"] and "neutral" in treatment.OF_GROUPS.told(some)
    alone = study(["a"])
    assert treatment.OF_GROUPS.table(alone).empty and "no groups" in treatment.OF_GROUPS.told(alone)
    with pytest.raises(ValueError, match="groups:"):
        grouped(alone)


def test_a_name_that_nobody_bears_is_told(tmp_path):
    assert list(unknown({"g": ["Ana Lou", "Anne Lou", "Xyz"]}, ["Anne Lou"])) == [("g", "Ana Lou", "Anne Lou"), ("g", "Xyz", None)]
    (tmp_path / "a.txt").write_text("Anne Lou accuse Vesta de mentir. Paul Roy se tait.", encoding="utf-8")
    (tmp_path / "actors.yaml").write_text(ACTORS.replace("[Vesta, Paul Roy]", "[Vesta, Pol Roy]"), encoding="utf-8")
    found = analysis.open_study(tmp_path, progress=False)
    told = found.problems[found.problems["source_file"] == "actors.yaml"]
    assert "'Pol Roy', who is no actor of this study; did you mean 'Paul Roy'?" in told["why"].iloc[0]
    made = found.grouped()
    assert set(made.mentions["actor"]) == {"majorité", "firmes"} and set(made.settings["groups"]) == {"majorité", "firmes"}
    found.save(tmp_path / "kept")
    assert analysis.load_study(tmp_path / "kept").grouped().mentions.equals(made.mentions)


def test_a_sentence_on_two_of_a_group_counts_once():
    both = study([{"text": "a b", "outlet": "Le Phare"}], sentiment=[row("Anne Lou", "d0", "neutral"), row("Paul Roy", "d0", "negative")], settings={"groups": GROUPS})
    assert list(grouped(both).sentiment.query("actor == 'majorité'")["label"]) == ["negative"]
    assert compare(both, "polarity of majorité", by="outlet")["value"].tolist() == [-1]
    assert list(grouped(grouped(both)).sentiment["actor"]) == list(grouped(both).sentiment["actor"])


def test_a_mistyped_key_or_actor_is_told(tmp_path):
    (tmp_path / "actors.yaml").write_text("actors: []\ngroup: {a: [b]}", encoding="utf-8")
    with pytest.raises(ValueError, match="unknown key 'group'; known: actors, groups"):
        analysis.read_actors(tmp_path / "actors.yaml")
    with pytest.raises(ValueError, match="no actor or group 'firme' in this study; did you mean 'firmes'"):
        compare(three(), "polarity of firme", by="outlet")
    with pytest.raises(ValueError, match="two lists of texts"):
        analysis.keyness("Le Phare", ["a"])
