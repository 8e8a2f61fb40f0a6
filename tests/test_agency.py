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
        (r["agent"], r["verb"], "une offre" if r["patient"] == "Une offre" else r["patient"], r["construction"], r["negated"])
        for r in found_in(text)
    ]
    assert expected in rows


def test_an_inverted_speaker_is_no_object():
    assert "Paul Roy" not in {r["patient_actor"] for r in found_in("« Jamais », tonne Paul Roy.")}
