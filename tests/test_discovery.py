"""Names counted in each article, and the catalogue that the sums suggest: worked by hand."""

import pandas as pd
import pytest

from analysis.measures.discovery import counted, joined
from analysis.reading.article import read


def catalogue_of(*counts, at_least=2):
    found = joined(pd.DataFrame(counts, columns=["what", "name", "detail", "n"]), at_least)
    assert list(found.index) == list(range(len(found)))
    return list(found[["actor", "type", "form", "kind"]].itertuples(index=False, name=None))


def actors_of(*counts, at_least=2):
    return list(dict.fromkeys(actor for actor, *_ in catalogue_of(*counts, at_least=at_least)))


def person(name, n):
    return ("type", name, "person", n)


def body(name, n):
    return ("type", name, "organisation", n)


def found_in(text):
    return {(r["what"], r["name"], r["detail"]): r["n"] for r in counted(read(text))}


def test_names_are_counted_by_what_they_are_with_their_forms_and_gender():
    assert found_in("Jeanne Morel a reçu Paul Roy. Morel a remercié M. Roy à Lyon.") == {
        ("type", "Jeanne Morel", "person"): 2,
        ("form", "Jeanne Morel", "Morel"): 1,
        ("gender", "Jeanne Morel", "f"): 2,
        ("type", "Paul Roy", "person"): 2,
        ("form", "Paul Roy", "Roy"): 1,
        ("gender", "Paul Roy", "m"): 2,
        ("place", "Lyon", None): 1,
    }


def test_countries_count_where_they_act_and_outlets_where_they_are_no_source():
    assert (
        found_in("La France a battu le Brésil. Il vit en Italie.").items() >= {("type", "France", "state"): 1}.items()
    )
    assert found_in("Jeanne Morel l'a dit à l'AFP, selon Le Monde.").keys() == {
        ("type", "Jeanne Morel", "person"),
        ("gender", "Jeanne Morel", "f"),
    }
    assert ("type", "Le Monde", "organisation") in found_in("Le Monde a licencié dix salariés.")


def test_two_that_a_word_joins_are_counted_as_a_pair():
    found = found_in("Jean Dupont et Marie Durand votent. Jean Dupont, Paul Roy et\nLuc Petit votent.")
    assert [key for key in found if key[0] == "pair"] == [("pair", "Jean Dupont", " et Marie Durand")]


def test_those_named_often_enough_the_most_frequent_first_then_by_name():
    counts = [person(name, n) for name, n in [("Bo Roy", 2), ("Ada Lee", 2), ("Cy Fox", 5), ("Di Vox", 1)]]
    assert actors_of(*counts) == ["Cy Fox", "Ada Lee", "Bo Roy"] and actors_of(*counts, at_least=3) == ["Cy Fox"]
    assert catalogue_of(counts[2]) == [
        ("Cy Fox", "person", "Cy Fox", "name"),
        ("Cy Fox", "person", "Fox", "short_name"),
    ]
    assert catalogue_of() == []


def test_counts_of_many_articles_and_kinds_are_added_up():
    counts = person("Valdo", 1), body("Valdo", 1), body("Valdo", 1)
    assert catalogue_of(*counts, at_least=3) == [("Valdo", "organisation", "Valdo", "name")]
    assert catalogue_of(*counts, at_least=4) == []


@pytest.mark.parametrize(
    ("counts", "actors"),
    [
        ([person("Edouard Philippe", 2), person("Édouard Philippe", 5)], ["Édouard Philippe"]),
        ([body("LR", 2), body("Les Républicains", 5), ("form", "Les Républicains", "LR", 1)], ["Les Républicains"]),
        ([body("UE", 9), body("Union européenne", 2), ("form", "Union européenne", "UE", 1)], ["Union européenne"]),
        ([person("Johnny", 4), person("Johnny Hallyday", 9), ("form", "Johnny Hallyday", "Johnny", 2)], ["Johnny Hallyday"]),
        ([person("Johnny", 4), person("Johnny Hallyday", 9)], ["Johnny Hallyday", "Johnny"]),  # no article says so
        ([person("Macron", 4), person("Emmanuel Macron", 9)], ["Emmanuel Macron"]),
        ([person("Martin", 4), person("Luc Martin", 5), person("Anne Martin", 5)], ["Anne Martin", "Luc Martin", "Martin"]),  # whose?
        ([person("Martin", 4), person("Luc Martin", 9), person("Anne Martin", 2)], ["Luc Martin", "Anne Martin"]),
        ([body("Les Républicains", 3), body("Républicains", 3)], ["Les Républicains"]),
        ([body("JEAN ROUVEL SA", 3), body("Jean Rouvel SA", 2)], ["Jean Rouvel SA"]),
    ],
)  # fmt: skip
def test_one_actor_has_one_name(counts, actors):
    assert actors_of(*counts) == actors


def test_a_surname_that_is_a_country_or_a_common_word_is_no_form():
    forms = [form for _, _, form, _ in catalogue_of(person("Anatole France", 3), person("Paul Roy", 3))]
    assert forms == ["Anatole France", "Paul Roy", "Roy"]


def test_other_names_become_forms_first_names_and_surnames_do_not():
    counts = [person("Johnny Hallyday", 9), ("form", "Johnny Hallyday", "Johnny", 2), ("form", "Johnny Hallyday", "J. Hallyday", 1)]  # fmt: skip
    assert [form for _, _, form, _ in catalogue_of(*counts)] == ["Johnny Hallyday", "J. Hallyday", "Hallyday"]
    counts = [body("Confédération générale du travail", 9), ("form", "Confédération générale du travail", "CGT", 5)]
    assert [form for _, _, form, _ in catalogue_of(*counts)] == ["Confédération générale du travail", "CGT"]


def test_two_bodies_that_always_stand_together_are_one():
    both = [body("Air", 4), body("Estran", 4)]
    assert actors_of(*both, ("pair", "Air", " et Estran", 3)) == ["Air et Estran"]
    assert actors_of(*both, ("pair", "Air", " et Estran", 2)) == ["Air", "Estran"]
    assert actors_of(person("Air", 4), body("Estran", 4), ("pair", "Air", " et Estran", 3)) == ["Air", "Estran"]


def test_the_order_of_the_counts_changes_nothing():
    counts = [person("Macron", 4), person("Emmanuel Macron", 9), body("UE", 9), body("Union européenne", 2), ("form", "Union européenne", "UE", 1)]  # fmt: skip
    assert catalogue_of(*counts) == catalogue_of(*counts[::-1])


def test_what_stands_where_places_do_is_no_person():
    counts = [person("Brives", 4), person("Ada Lee", 4)]
    assert actors_of(*counts, ("place", "Brives", None, 2)) == ["Ada Lee"]
    assert actors_of(*counts, ("place", "Brives", None, 1)) == ["Ada Lee", "Brives"]
    assert ("place", "Lyon", None) in found_in("Paul Roy vit à Lyon.")
