import pandas as pd
import pytest

from analysis.measures import agency, entities
from analysis.measures.catalogue import COLUMNS, catalogue
from analysis.reading.article import read

ACTORS = pd.DataFrame(
    [
        {"actor": name, "type": "person", "gender": "m", "form": name, "kind": "name"}
        for name in ("Jeanne Morel", "Paul Roy", "Valdo")
    ],
    columns=COLUMNS,
)


def found_in(text):
    """The rows of `agency` of a text."""
    article = read(text)
    return agency.measure(article, entities.measure(article, catalogue(ACTORS))["mentions"])["agency"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jeanne Morel accuse Paul Roy.", ("Jeanne Morel", "accuser", "Paul Roy", "active", False)),
        ("Paul Roy est accusé par Jeanne Morel.", ("Jeanne Morel", "accuser", "Paul Roy", "passive", False)),
        ("Paul Roy n’a pas trahi Jeanne Morel.", ("Paul Roy", "trahir", "Jeanne Morel", "active", True)),
        ("Jeanne Morel a tenté de convaincre Paul Roy.", ("Jeanne Morel", "convaincre", "Paul Roy", "active", False)),
        ("Jeanne Morel, qui accuse Paul Roy, est partie.", ("Jeanne Morel", "accuser", "Paul Roy", "active", False)),
        ("Une offre rejetée par Valdo circule.", ("Valdo", "rejeter", "une offre", "reduced_passive", False)),
    ],
)
def test_who_acts_and_who_undergoes(text, expected):
    rows = [
        (
            r["agent"],
            r["verb"],
            "une offre" if r["patient"] == "Une offre" else r["patient"],
            r["construction"],
            r["negated"],
        )
        for r in found_in(text)
    ]
    assert expected in rows


def test_an_inverted_speaker_is_no_object():
    assert "Paul Roy" not in {r["patient_actor"] for r in found_in("« Jamais », tonne Paul Roy.")}


def rows_of(text):
    keys = ("agent", "verb", "patient", "construction", "negated", "agent_actor", "patient_actor")
    return [tuple(row[key] for key in keys) for row in found_in(text)]


MOREL, ROY = "Jeanne Morel", "Paul Roy"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jeanne Morel et Paul Roy accusent Valdo.",
            [
                (MOREL, "accuser", "Valdo", "active", False, MOREL, "Valdo"),
                (ROY, "accuser", "Valdo", "active", False, ROY, "Valdo"),
            ],
        ),
        ("Jeanne Morel a été accusée.", [(None, "accuser", MOREL, "passive", False, None, MOREL)]),
        (
            "Valdo rachète le port de Brest, qui ferme.",
            [("Valdo", "racheter", "le port de Brest", "active", False, "Valdo", None)],
        ),
        ("Jeanne Morel se félicite.", [(MOREL, "féliciter", None, "active", False, MOREL, None)]),
        (
            "Paul Roy veut vendre Valdo.",
            [
                (ROY, "vouloir", None, "active", False, ROY, None),
                (ROY, "vendre", "Valdo", "active", False, ROY, "Valdo"),
            ],
        ),
        ("Elle accuse Paul Roy.", [(None, "accuser", ROY, "active", False, None, ROY)]),
        ("Paul Roy est maire.", []),
        (
            "Le préfet a reçu Paul Roy et Jeanne Morel.",
            [
                ("Le préfet", "recevoir", ROY, "active", False, None, ROY),
                ("Le préfet", "recevoir", MOREL, "active", False, None, MOREL),
            ],
        ),
        (
            "Le conseil n’a pas été convaincu par Jeanne Morel.",
            [(MOREL, "convaincre", "Le conseil", "passive", True, MOREL, None)],
        ),
        ("Le préfet reçoit le conseil.", []),
    ],
)
def test_every_row_of_a_text(text, expected):
    assert rows_of(text) == expected


def test_a_row_stands_at_its_verb():
    text = "Il pleut. Valdo rachète le port."
    (row,) = found_in(text)
    assert (row["sentence_id"], text[row["start"] : row["end"]]) == (1, "rachète")
