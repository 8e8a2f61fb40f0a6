import pandas as pd
import pytest

import analysis
from analysis.corpus.articles import TABLES
from analysis.lab import proposals
from analysis.text.tables import table

CATALOGUE = """
actors:
  - {name: Jeanne Morel, type: person, gender: f, descriptions: ["la maire de Valmont", "le chef de l'opposition"]}
  - {name: Paul Roy, type: person, gender: m, descriptions: ["le patron de Valdo et de Riva"]}
  - {name: Valdo, type: organisation, aliases: [Valdo SA]}
  - {name: Roy, type: organisation}
  - {name: Luc Martin, type: person, gender: m}
  - {name: Anne Martin, type: person, gender: f}
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    path = tmp_path_factory.mktemp("c") / "actors.yaml"
    path.write_text(CATALOGUE, encoding="utf-8")
    return analysis.read_actors(path)


def found(text, catalogue):
    return [
        (row.surface, row.actor, row.kind, row.role) for row in analysis.find_mentions([text], catalogue).itertuples()
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jeanne Morel accuse Valdo.",
            [("Jeanne Morel", "Jeanne Morel", "name", "agent"), ("Valdo", "Valdo", "name", "patient")],
        ),
        ("Morel a parlé hier.", [("Morel", "Jeanne Morel", "short_name", "agent")]),
        (
            "L’avis du patron de Valdo et de Riva compte.",
            [("du patron de Valdo et de Riva", "Paul Roy", "description", "other")],
        ),
        (
            "La maire de Valmont a été accusée par Valdo.",
            [("La maire de Valmont", "Jeanne Morel", "description", "patient"), ("Valdo", "Valdo", "name", "agent")],
        ),
        (
            "Jeanne Morel a parlé. Elle partira demain.",
            [("Jeanne Morel", "Jeanne Morel", "name", "agent"), ("Elle", "Jeanne Morel", "pronoun", "agent")],
        ),
        ("Jeanne Morel a parlé. Il partira demain.", [("Jeanne Morel", "Jeanne Morel", "name", "agent")]),
        ("Paul Roy a parlé. Il faut partir.", [("Paul Roy", "Paul Roy", "name", "agent")]),
        ("Le procès de Paul Roy approche. Il sera long.", [("Paul Roy", "Paul Roy", "name", "other")]),
        ("Valdomir et Valdoise sont là.", []),
        ("LE PARI DE JEANNE MOREL", [("JEANNE MOREL", "Jeanne Morel", "name", "other")]),
        ("Hugo Morel part.", []),
    ],
)
def test_mentions(text, expected, catalogue):
    assert found(text, catalogue) == expected


def test_a_surname_of_two_goes_to_the_one_named_before(catalogue):
    text = "Luc Martin est venu. Martin repart. Anne Martin arrive. Martin reste."
    assert [actor for _, actor, _, _ in found(text, catalogue)] == [
        "Luc Martin",
        "Luc Martin",
        "Anne Martin",
        "Anne Martin",
    ]


def test_an_ambiguous_surname_stays_open(catalogue):
    mentions = analysis.find_mentions(["Martin repart."], catalogue)
    assert list(mentions["kind"]) == ["short_name"] and mentions["actor"].isna().all()


def test_without_a_catalogue_people_and_organisations_are_found_by_name():
    rows = analysis.find_mentions(["M. Emmanuel Delorme dirige la Banque de France. Delorme parle."])
    assert list(zip(rows["surface"], rows["actor"]))[0] == ("Emmanuel Delorme", "Emmanuel Delorme")
    assert list(rows["actor"])[-1] == "Emmanuel Delorme"


def test_discovered_actors_have_the_columns_of_a_catalogue(example):
    proposed = analysis.discover_actors(example.articles)
    assert list(proposed.columns) == list(example.actors.columns)
    assert {"Maëlle Corvandier", "Édouard Vaugrandin"} <= set(proposed["actor"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("actors: [{type: person}]", "actor 1: no name"),
        ("actors: [{name: X, type: dog}]", "type is 'dog'"),
        ("actors: [{name: X, type: person, gender: z}]", "gender is 'z'"),
        ("actors: [{name: X, type: person, nick: Y}]", "unknown key 'nick'"),
        ("actors: [{name: X, type: person, aliases: Y}]", "aliases is not a list"),
        ("people: []", "expected a list under `actors:`"),
        ("actors: [", "is not YAML"),
        ("actors: [!!python/object/apply:os.system [ls]]", "is not YAML"),
    ],
)
def test_a_wrong_catalogue_is_named(text, message, tmp_path):
    path = tmp_path / "actors.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message) as error:
        analysis.read_actors(path)
    assert "actors.yaml" in str(error.value)


def articles_of(*texts):
    return table(TABLES["articles"], [{"doc_id": f"d{i}", "text": t} for i, t in enumerate(texts)])


def test_names_that_spacy_has_no_kind_for_are_discovered_where_they_act_or_look_like_organisations(seed):
    assert "OpenAI" in set(analysis.discover_actors(seed.articles)["actor"])


def test_two_that_always_stand_together_are_one_unless_they_are_people(example):
    found = set(analysis.discover_actors(example.articles)["actor"])
    assert "Air et Estran" in found and not {"Air", "Estran"} & found
    pair = articles_of("Jean Dupont et Marie Durand ont voté. " * 4)
    assert set(analysis.discover_actors(pair)["actor"]) >= {"Jean Dupont", "Marie Durand"}


def test_a_proposal_tells_gender_and_descriptions_only_where_the_articles_agree():
    told = "La ministre de la Culture, Jeanne Morel, est venue. Jeanne Morel parle. "
    other = "Le frère de Claude Martin dort. Claude Martin, le maire de Brives, est allée à Lyon. Claude Martin rit. "
    made = proposals.propose_actors(articles_of(told, other)).set_index("actor")
    assert made.loc["Jeanne Morel", "gender"] == "f" and made.loc["Jeanne Morel", "descriptions"] == [
        "la ministre de la Culture"
    ]
    assert pd.isna(made.loc["Claude Martin", "gender"]) and "le frère" not in str(
        made.loc["Claude Martin", "descriptions"]
    )
    again = proposals.actors_file(made.reset_index())
    assert "- name: Jeanne Morel" in again and "gender: f" in again
    assert proposals.propose_actors(articles_of()).empty


def test_a_proposal_can_be_read_as_a_catalogue_and_never_overwrites_one(example, tmp_path):
    made = proposals.propose_actors(example.articles)
    assert "is written" in proposals.save_actors(made, tmp_path)
    assert set(analysis.read_actors(tmp_path / "actors.yaml")["actor"]) == set(made["actor"])
    assert "left as it is" in proposals.save_actors(made.head(1), tmp_path)
    assert set(analysis.read_actors(tmp_path / "actors.yaml")["actor"]) == set(made["actor"])


def test_a_subject_behind_its_verb_acts():
    rows = analysis.find_mentions(["« C'est fini », a tonné Jeanne Morel."])
    assert list(rows["role"]) == ["agent"]
