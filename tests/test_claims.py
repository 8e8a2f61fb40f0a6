"""Claims: each clause once, and how surely it stands."""

import pytest

from analysis.measures.running import on_texts


def standings(text):
    found = on_texts([text], "claims")
    return {text[s:e].split()[0].strip(".,"): standing for s, e, standing in zip(found["start"], found["end"], found["standing"])}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "verb", "standing"),
    [
        ("Le groupe a vendu ses parts.", "vendu", "stated"),
        ("Le groupe aurait vendu ses parts.", "vendu", "unverified"),
        ("Selon Le Phare, le groupe a vendu ses parts.", "vendu", "unverified"),
        ("Le groupe pourrait vendre ses parts.", "pourrait", "possible"),
        ("« Nous vendons nos parts », a dit Paul Roy.", "vendons", "quoted"),
        ("Paul Roy affirme que le groupe vend ses parts.", "vend", "quoted"),
    ],
)
def test_how_a_claim_stands(text, verb, standing):
    assert standings(text)[verb] == standing


def test_questions_and_conditions_claim_nothing():
    assert standings("Le groupe vend-il ses parts ?") == {}
    assert "vend" not in standings("Si le groupe vend ses parts, le port ferme.")
