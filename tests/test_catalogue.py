"""The catalogue of actors: forms, variants, what is found and whose it is."""

import pandas as pd
import pytest

from analysis.measures.catalogue import COLUMNS, Catalogue, catalogue, forms_of, read_actors, surname


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jeanne Morel", "Morel"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("Jean de La Fontaine", "de La Fontaine"),
        ("Marie-Claude de Saint Exupéry", "de Saint Exupéry"),
        ("De Gaulle", "Gaulle"),  # a first word is never the particle of a surname
        ("Jean-Luc Van Damme", "Van Damme"),
        ("Paul Henri Roy", "Roy"),
        ("Valdo", None),
        ("", None),
    ],
)
def test_a_surname_has_its_particles(name, expected):
    assert surname(name) == expected


def test_the_forms_of_a_person_and_of_an_organisation():
    entry = {"name": "Jeanne  Morel", "type": "person", "gender": "f", "aliases": ["Jeanne d’Arvor"], "descriptions": ["la maire\u00a0de Valmont"]}  # fmt: skip
    assert [tuple(row.values()) for row in forms_of(entry)] == [
        ("Jeanne Morel", "person", "f", "Jeanne Morel", "name"),
        ("Jeanne Morel", "person", "f", "Jeanne d'Arvor", "name"),
        ("Jeanne Morel", "person", "f", "Morel", "short_name"),
        ("Jeanne Morel", "person", "f", "d'Arvor", "short_name"),
        ("Jeanne Morel", "person", "f", "la maire de Valmont", "description"),
    ]
    (row,) = forms_of({"name": "Air et Estran", "type": "organisation"})
    assert tuple(row.values()) == ("Air et Estran", "organisation", None, "Air et Estran", "name")


def made(*rows):
    return catalogue(pd.DataFrame(rows, columns=COLUMNS))


ADA = ("Ada Roy", "person", "f", "Ada Roy", "name")


@pytest.mark.parametrize(
    ("form", "kind", "variants"),
    [
        ("Valdo", "name", {"Valdo", "VALDO"}),
        ("Roy", "short_name", {"Roy"}),  # three letters in capitals may be anything
        ("OTAN", "name", {"OTAN"}),
        ("le chef", "description", {"le chef", "du chef", "au chef", "ce chef", "Le chef", "Du chef", "Au chef", "Ce chef"}),
        ("La maire", "description", {"la maire", "cette maire", "La maire", "Cette maire"}),
        ("les élus", "description", {h + " élus" for h in "les des aux ces Les Des Aux Ces".split()}),
        ("l'ancien maire", "description", {"l'ancien maire", "L'ancien maire"}),
    ],
)  # fmt: skip
def test_a_form_is_known_in_capitals_and_a_description_with_its_articles(form, kind, variants):
    found = made(("X", "organisation", None, form, kind))
    assert set(found.meaning) == variants and all(v == [("X", kind)] for v in found.meaning.values())


def test_what_is_shared_means_each_of_those_who_share_it_once():
    found = made(("Ada Roy", "person", "f", "Roy", "short_name"), ("Bo Roy", "person", "m", "Roy", "short_name"), ("Ada Roy", "person", "f", "Roy", "short_name"))  # fmt: skip
    assert found.meaning == {"Roy": [("Ada Roy", "short_name"), ("Bo Roy", "short_name")]}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Valdo SA et Valdo", ["Valdo SA", "Valdo"]),  # the longest first
        ("Valdo\n  SA", ["Valdo\n  SA"]),
        ("Valdomir, un Valdo, avalValdo", ["Valdo"]),
        ("Valdo-sur-Mer", []),
        ("le groupe Valdo-Riva", ["Valdo"]),
        ("VALDO", ["VALDO"]),
        ("valdo", []),
    ],
)
def test_forms_are_found_whole_the_longest_first(text, words):
    found = made(("Valdo", "organisation", None, "Valdo", "name"), ("Valdo", "organisation", None, "Valdo SA", "name"))
    assert [m.group() for m in found.pattern.finditer(text)] == words


def test_genders_are_those_of_people_who_have_one():
    found = made(ADA, ("Bo Roy", "person", "m", "Bo Roy", "name"), ("Cy Roy", "person", None, "Cy Roy", "name"), ("Valdo", "organisation", "f", "Valdo", "name"))  # fmt: skip
    assert found.genders == {"Ada Roy": "f", "Bo Roy": "m"}
    assert found.types == {"Ada Roy": "person", "Bo Roy": "person", "Cy Roy": "person", "Valdo": "organisation"}


def test_no_catalogue_and_an_empty_one_are_not_the_same():
    ready = made(ADA)
    assert catalogue(None) is None and catalogue(ready) is ready and isinstance(ready, Catalogue)
    assert made().pattern is None and made().meaning == {}


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("actors:", []),
        ("actors: []", []),
        ("actors: [{name: Ada Roy, type: person}, {name: Ada Roy, type: person}]", ["Ada Roy", "Roy"]),
        ("actors: [{name: Ada Roy, type: person, aliases: [Ada Roy, Ada]}]", ["Ada Roy", "Ada", "Roy"]),
    ],
)
def test_a_form_stands_once(tmp_path, text, forms):
    (tmp_path / "actors.yaml").write_text(text, encoding="utf-8")
    found = read_actors(tmp_path / "actors.yaml")
    assert (
        list(found["form"]) == forms and list(found.columns) == COLUMNS and list(found.index) == list(range(len(forms)))
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("actors: [{name: Ada, type: person}, {name: ' ', type: person}]", "actor 2: no name"),
        ("actors: [un mot]", "actor 1: no name"),
        ("actors: [{name: Ada, type: person, beta: 1, alpha: 2}]", r"actor 1 \(Ada\): unknown key 'alpha'; known: name, type"),
        ("actors: [{name: Ada}]", "type is None, not person, organisation or state"),
        ("actors: [{name: Ada, type: person, descriptions: la maire}]", "descriptions is not a list"),
        ("[]", "expected a list under `actors:`"),
        ("actors: {name: Ada}", "expected a list under `actors:`"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(tmp_path, text, message):
    (tmp_path / "actors.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_actors(tmp_path / "actors.yaml")
