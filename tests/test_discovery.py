"""Names counted in each article, and the catalogue that the sums suggest: worked by hand."""

from collections import Counter

import pandas as pd
import pytest

from analysis.measures.discovery import _kind_of, counted, joined
from analysis.reading.article import read


def catalogue_of(*counts, at_least=2):
    found = joined(pd.DataFrame(counts, columns=["what", "name", "detail", "n"]), at_least)
    assert list(found.index) == list(range(len(found)))
    return list(found[["actor", "type", "form", "kind"]].itertuples(index=False, name=None))


def actors_of(*counts, at_least=2):
    return list(dict.fromkeys(actor for actor, *_ in catalogue_of(*counts, at_least=at_least)))


def test_names_are_counted_by_what_they_are():
    found = counted(read("Jeanne Morel a reçu Paul Roy. Jeanne Morel a remercié Paul Roy à Lyon."))
    assert {(r["what"], r["name"], r["detail"]): r["n"] for r in found} == {
        ("label", "Jeanne Morel", "person"): 2,
        ("label", "Paul Roy", "person"): 2,
        ("label", "Lyon", "thing"): 1,
    }


def test_places_that_act_or_take_part_and_pairs_are_counted():
    found = {(r["what"], r["name"], r["detail"]): r["n"] for r in counted(read("La France a battu le Brésil."))}
    assert found == {
        ("label", "La France", "thing"): 1,
        ("acts", "La France", None): 1,
        ("takes part", "La France", None): 1,
        ("label", "Brésil", "thing"): 1,
        ("takes part", "Brésil", None): 1,
    }
    pairs = counted(read("Jean Dupont et Marie Durand votent. Jean Dupont, Paul Roy et\nLuc Petit votent."))
    assert [(r["name"], r["detail"], r["n"]) for r in pairs if r["what"] == "pair"] == [
        ("Jean Dupont", " et Marie Durand", 1)
    ], "on one line, with nothing else between"


def test_those_named_often_enough_the_most_frequent_first_then_by_name():
    counts = [("label", name, "person", n) for name, n in [("Bo Roy", 2), ("Ada Lee", 2), ("Cy Fox", 5), ("Di Vox", 1)]]
    assert actors_of(*counts) == ["Cy Fox", "Ada Lee", "Bo Roy"] and actors_of(*counts, at_least=3) == ["Cy Fox"]
    assert catalogue_of(counts[2]) == [
        ("Cy Fox", "person", "Cy Fox", "name"),
        ("Cy Fox", "person", "Fox", "short_name"),
    ]
    assert catalogue_of() == []


def test_counts_of_many_articles_and_kinds_are_added_up():
    counts = (
        ("label", "Valdo", "person", 1),
        ("label", "Valdo", "organisation", 1),
        ("label", "Valdo", "organisation", 1),
    )
    assert catalogue_of(*counts, at_least=3) == [("Valdo", "organisation", "Valdo", "name")]
    assert catalogue_of(*counts, at_least=4) == []


def test_a_title_is_nobody_and_a_surname_no_thing():
    assert actors_of(("label", "Président", "person", 9)) == []
    thing = ("label", "Roy", "thing", 9), ("acts", "Roy", None, 9)
    assert actors_of(*thing) == ["Roy"] and actors_of(*thing, ("label", "Bo Roy", "person", 2)) == ["Bo Roy"]


@pytest.mark.parametrize(
    ("name", "found", "acts", "takes_part", "kind"),
    [
        ("Valdo", Counter(person=2, organisation=2), 0, 0, "person"),
        ("Valdo", Counter(organisation=2, thing=2), 0, 0, "organisation"),
        ("Valdo", Counter(organisation=1, thing=2), 0, 0, None),
        ("Valdo", Counter(thing=4), 1, 4, None),  # it acts once
        ("Valdo", Counter(thing=4), 2, 2, "organisation"),
        ("Valdo", Counter(thing=12), 2, 12, None),  # in a sixth of its mentions: less than a quarter
        ("Valdo", Counter(thing=12), 3, 3, "organisation"),
        ("OpenAI", Counter(thing=12), 0, 2, "organisation"),  # written like one, it takes part in a sixth
        ("OpenAI", Counter(thing=12), 0, 1, None),
        ("OpenAI", Counter(thing=1), 0, 0, None),
        ("SMDR", Counter(thing=1), 0, 1, "organisation"),
        ("UE", Counter(thing=1), 0, 1, None),  # two capitals are too few
        ("SMDRx", Counter(thing=1), 0, 1, None),
    ],
)
def test_what_a_name_is_taken_for(name, found, acts, takes_part, kind):
    assert _kind_of(name, found, acts, takes_part) == kind


def pair(n, one=5, other=5, kind="organisation", joint=" et "):
    return ("label", "Air", kind, one), ("label", "Estran", kind, other), ("pair", "Air", f"{joint}Estran", n)


@pytest.mark.parametrize(
    ("counts", "actors"),
    [
        (pair(3), ["Air et Estran"]),  # three of five: .6
        (pair(3, joint=" & "), ["Air & Estran"]),
        (pair(2, one=3, other=3), ["Air", "Estran"]),  # together twice only
        (pair(3, other=6), ["Estran", "Air"]),  # .5 of the more frequent
        (pair(5, kind="person"), ["Air", "Estran"]),
        ((*pair(5)[:1], pair(5)[2]), ["Air"]),  # the other is no actor
        ((*pair(5), ("label", "Mer", "organisation", 9)), ["Mer", "Air et Estran"]),
    ],
)
def test_two_that_nearly_always_stand_together_are_one(counts, actors):
    assert actors_of(*counts) == actors


def test_a_name_is_joined_with_one_other_only():
    counts = [("label", name, "organisation", 5) for name in ("Air", "Mer", "Sel")]
    found = actors_of(*counts, ("pair", "Air", " et Mer", 4), ("pair", "Mer", " et Sel", 4))
    assert found == ["Air et Mer", "Sel"]
