import pandas as pd
import pytest

from analysis.measures.agency import agency
from analysis.measures.entities import COLUMNS, mentions
from analysis.reading.article import read_texts

ACTORS = pd.DataFrame(
    [
        {"actor": name, "type": "person", "gender": "m", "form": name, "kind": "name"}
        for name in ("Jeanne Morel", "Paul Roy", "Valdo")
    ],
    columns=COLUMNS,
)


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
    reading = read_texts([text])
    found = agency(reading, mentions(reading, ACTORS))
    rows = [
        (a, v, p.lower() if p == "Une offre" else p, c, n)
        for a, v, p, c, n in found[["agent", "verb", "patient", "construction", "negated"]].itertuples(index=False)
    ]
    assert expected in rows


def test_an_inverted_speaker_is_no_object():
    reading = read_texts(["« Jamais », tonne Paul Roy."])
    found = agency(reading, mentions(reading, ACTORS))
    assert "Paul Roy" not in set(found["patient_actor"].dropna())
