"""Who is mentioned where, row by row; whose a shared surname is; for whom a pronoun stands; who does and who undergoes."""

import pandas as pd
import pytest
from parses import parse

import analysis
from analysis.measures.catalogue import COLUMNS
from analysis.reading.syntax import role

CATALOGUE = pd.DataFrame(
    [
        ("Jeanne Morel", "person", "f", "Jeanne Morel", "name"),
        ("Jeanne Morel", "person", "f", "Morel", "short_name"),
        ("Jeanne Morel", "person", "f", "le chef de l'opposition", "description"),
        ("Paul Roy", "person", "m", "Paul Roy", "name"),
        ("Paul Roy", "person", "m", "Roy", "short_name"),
        ("Luc Martin", "person", "m", "Luc Martin", "name"),
        ("Luc Martin", "person", "m", "Martin", "short_name"),
        ("Anne Martin", "person", "f", "Anne Martin", "name"),
        ("Anne Martin", "person", "f", "Martin", "short_name"),
        ("Valdo", "organisation", None, "Valdo", "name"),
        ("Valdo", "organisation", None, "Valdo SA", "name"),
    ],
    columns=COLUMNS,
)
M, R = "Jeanne Morel", "Paul Roy"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Valdo SA a racheté Valdo.",
            [(0, 8, 0, "Valdo SA", "Valdo", "name", "agent"), (19, 24, 0, "Valdo", "Valdo", "name", "patient")],
        ),
        (
            "Jeanne Morel dort. Elle part. Elle revient.",
            [
                (0, 12, 0, M, M, "name", "agent"),
                (19, 23, 1, "Elle", M, "pronoun", "agent"),
                (30, 34, 2, "Elle", M, "pronoun", "agent"),
            ],
        ),
        (
            "Valdo a vu le chef de l’opposition.",
            [
                (0, 5, 0, "Valdo", "Valdo", "name", "agent"),
                (11, 34, 0, "le chef de l'opposition", M, "description", "patient"),
            ],
        ),
        (
            "Le préfet a reçu Jeanne Morel. Elle part.",
            [(17, 29, 0, M, M, "name", "patient"), (31, 35, 1, "Elle", M, "pronoun", "agent")],
        ),
        (
            "Jeanne Morel a parlé. Le préfet a répondu. Elle part.",
            [(0, 12, 0, M, M, "name", "agent"), (43, 47, 2, "Elle", M, "pronoun", "agent")],
        ),
        ("Paul Roy a parlé. Il y a du bruit.", [(0, 8, 0, R, R, "name", "agent")]),
        ("Jeanne Morel est là. Kimberley Morel aussi.", [(0, 12, 0, M, M, "name", "agent")]),  # another's first name
    ],
)
def test_every_row_of_a_text(text, expected):
    found = analysis.find_mentions([text], CATALOGUE)
    keys = ["start", "end", "sentence_id", "surface", "actor", "kind", "role"]
    assert list(found[keys].itertuples(index=False, name=None)) == expected


def test_names_found_without_a_catalogue():
    text = (
        "M. Emmanuel Delorme dirige la Banque de France. Delorme parle. Président de France Télévisions, Paul Roy part."
    )
    found = analysis.find_mentions([text])
    assert list(found[["start", "end", "actor", "kind"]].itertuples(index=False, name=None)) == [
        (3, 19, "Emmanuel Delorme", "name"),
        (30, 46, "Banque de France", "name"),
        (48, 55, "Emmanuel Delorme", "short_name"),
        (76, 94, "France Télévisions", "name"),
        (96, 104, "Paul Roy", "name"),
    ]


# --- roles

ROLES = [
    ("Ada|PROPN|nsubj|1 dort|VERB|ROOT|1", "agent"),
    ("Ada|PROPN|obj|1 vois|VERB|ROOT|1", "patient"),
    ("Ada|PROPN|iobj|1 parle|VERB|ROOT|1", "patient"),
    ("Ada|PROPN|obl|1 parle|VERB|ROOT|1", "other"),
    ("Ada|PROPN|nsubj:pass|2 est|AUX|aux:pass|2 élue|VERB|ROOT|2", "patient"),
    ("Ada|PROPN|obl:agent|2 est|AUX|aux:pass|2 élu|VERB|ROOT|2", "agent"),
    ("Ada|PROPN|obl:agent|1 part|VERB|ROOT|1", "other"),
    ("Ada|PROPN|conj|1 Bo|PROPN|nsubj|2 dort|VERB|ROOT|2", "agent"),
    ("Ada|PROPN|flat:name|1 Bo|PROPN|appos|2 Cy|PROPN|obj|3 vois|VERB|ROOT|3", "patient"),
    ("Ada|PROPN|ROOT|0 élue|VERB|acl|0||VerbForm=Part|Tense=Past", "patient"),
    ("Ada|PROPN|ROOT|0 belle|ADJ|amod|0", "other"),
    ("Ada|PROPN|obj|1 fin|NOUN|ROOT|1", "other"),
    ("Ada|PROPN|nmod|1 fin|NOUN|ROOT|1", "other"),
]


@pytest.mark.parametrize(("words", "part"), ROLES)
def test_what_a_token_is_to_the_verb_it_depends_on(words, part):
    assert role(parse(*words.split())[0]) == part
