"""Who is mentioned where, row by row; whose a shared surname is; for whom a pronoun stands; who does and who undergoes."""

import pandas as pd
import pytest
from parses import parse

import analysis
from analysis.measures import entities
from analysis.measures.catalogue import COLUMNS
from analysis.reading.article import read

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
        ("Le préfet a reçu Jeanne Morel. Elle part.", [(17, 29, 0, M, M, "name", "patient")]),  # no subject before
        ("Jeanne Morel a parlé. Le préfet a répondu. Elle part.", [(0, 12, 0, M, M, "name", "agent")]),
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


# --- a surname of several


def one(start, *whom, end=None):
    return {"start": start, "end": end or start + 6, "for_whom": list(whom)}


LUC, ANNE = ("Luc Martin", "name"), ("Anne Martin", "name")
SHARED = ("Luc Martin", "short_name"), ("Anne Martin", "short_name")
FLAT = parse(*("x|X|dep|0" for _ in range(60)))


@pytest.mark.parametrize(
    ("named", "strangers", "whose"),
    [
        ([], [], None),  # open: nobody is named
        ([one(10, LUC)], [], "Luc Martin"),
        ([one(10, LUC), one(20, ANNE)], [], "Anne Martin"),  # the last before it
        ([one(20, ANNE), one(10, LUC)], [], "Anne Martin"),
        ([one(10, LUC), one(50, ANNE)], [], "Luc Martin"),
        ([one(50, ANNE)], [], None),
        ([one(10, ("Valdo", "name"))], [], None),  # somebody of another name
        ([one(10, LUC, ANNE)], [], None),  # a name that two share
        ([one(10, LUC)], [(20, "x x")], "Luc Martin"),  # a stranger of another surname
    ],
)
def test_a_shared_surname_goes_to_the_one_named_in_full_last_before_it(named, strangers, whose):
    here = one(30, *SHARED)
    found = entities._settled(here, [*named, here], FLAT, strangers)
    assert found == {"start": 30, "end": 36, "actor": whose, "kind": "short_name"}


SOLE = ("Luc Martin", "short_name")


@pytest.mark.parametrize(
    ("named", "strangers", "whose"),
    [
        ([], [], "Luc Martin"),
        ([], [(10, "x x x")], "nobody"),  # a stranger of that surname is named, and no one of the catalogue
        ([], [(50, "x x x")], "nobody"),
        ([one(10, LUC)], [(20, "x x x")], "nobody"),  # the stranger last
        ([one(20, LUC)], [(10, "x x x")], "Luc Martin"),
        ([one(50, LUC)], [(10, "x x x")], "nobody"),
        ([one(50, LUC)], [(55, "x x x")], "Luc Martin"),
    ],
)
def test_a_surname_of_a_stranger_named_last_is_nobodys(named, strangers, whose):
    here = one(30, SOLE, end=35)
    found = entities._settled(here, [*named, here], FLAT, strangers)
    assert (found["actor"] if found else "nobody") == whose


def test_a_form_of_one_is_theirs_and_a_name_of_two_nobodys():
    assert entities._settled(one(0, LUC), [], FLAT, []) == {"start": 0, "end": 6, "actor": "Luc Martin", "kind": "name"}
    assert entities._settled(one(0, LUC, ANNE), [], FLAT, [])["actor"] is None
    both = entities._settled(one(0, LUC, ("Luc Martin", "description")), [], FLAT, [])
    assert (both["actor"], both["kind"]) == ("Luc Martin", "description")


@pytest.mark.parametrize(
    ("before", "others", "somebody_elses"),
    [
        ("Hugo|PROPN|dep|2", (), True),
        ("hugo|PROPN|dep|2", (), False),
        ("Hugo|NOUN|dep|2", (), False),
        ("Monsieur|PROPN|dep|2", (), False),  # a title
        ("Hugo|PROPN|dep|2", ({"start": 3, "end": 7},), False),  # part of another name
        ("Hugo|PROPN|dep|2", ({"start": 0, "end": 3}, {"start": 8, "end": 13}), True),
    ],
)
def test_a_first_name_before_a_surname_makes_it_somebody_elses(before, others, somebody_elses):
    doc = parse("et|CCONJ|dep|2", before, "Morel|PROPN|ROOT|2")
    start = doc[2].idx
    assert entities._has_other_first_name({"start": start, "end": start + 5}, others, doc) is somebody_elses


def test_a_capital_at_the_start_of_a_sentence_or_of_a_text_is_no_first_name():
    doc = parse("Hugo|PROPN|dep|1", "Morel|PROPN|ROOT|1")
    assert not entities._has_other_first_name({"start": 5, "end": 10}, (), doc)
    assert not entities._has_other_first_name({"start": 0, "end": 4}, (), doc)


# --- pronouns


def pronouns(*words, actor="A", gender="f"):
    """The rows of pronouns of a parse whose first word is an actor of that gender."""
    doc = parse(*words)
    rows = entities._pronouns(doc, [{"start": 0, "end": len(doc[0]), "actor": actor}], {"A": gender})
    return [(doc.text[r["start"] : r["end"]], r["actor"], r["kind"]) for r in rows]


ADA = ["Ada|PROPN|nsubj|1", "dort|VERB|ROOT|1"]


@pytest.mark.parametrize(
    ("words", "gender", "found"),
    [
        ([*ADA, "Elle|PRON|nsubj|3", "part|VERB|ROOT|3"], "f", ["Elle"]),
        ([*ADA, "Elle|PRON|nsubj|3", "part|VERB|ROOT|3"], "m", []),
        ([*ADA, "Il|PRON|nsubj|3", "part|VERB|ROOT|3"], "m", ["Il"]),
        ([*ADA, "Il|PRON|nsubj|3", "part|VERB|ROOT|3"], "f", []),
        ([*ADA, "elle|PRON|nsubj:pass|3", "élue|VERB|ROOT|3"], "f", ["elle"]),
        ([*ADA, "elle|PRON|obj|3", "part|VERB|ROOT|3"], "f", []),
        ([*ADA, "Il|PRON|expl:subj|3", "pleut|VERB|ROOT|3"], "m", []),
        ([*ADA, "Il|PRON|nsubj|3", "faut|VERB|ROOT|3|falloir"], "m", []),
        ([*ADA, "Il|PRON|nsubj|4", "y|PRON|obj|4", "a|VERB|ROOT|4|avoir"], "m", []),
        ([*ADA, "Il|PRON|nsubj|3", "a|VERB|ROOT|3|avoir"], "m", ["Il"]),
        ([*ADA, "pars|VERB|ROOT|2", "-t-elle|PRON|nsubj|2"], "f", ["elle"]),
        ([*ADA, "Bo|PROPN|nsubj|3", "rit|VERB|ROOT|3", "Elle|PRON|nsubj|5", "part|VERB|ROOT|5"], "f", []),  # somebody else between
        ([*ADA, "Vite|ADV|ROOT|2", "Elle|PRON|nsubj|4", "part|VERB|ROOT|4"], "f", []),  # two sentences on
        ([*ADA, "Elle|PRON|nsubj|3", "rit|VERB|ROOT|3", "Elle|PRON|nsubj|5", "part|VERB|ROOT|5"], "f", ["Elle", "Elle"]),  # from pronoun to pronoun
        (["Ada|PROPN|obj|1", "voit|VERB|ROOT|1", "Elle|PRON|nsubj|3", "part|VERB|ROOT|3"], "f", []),  # no subject
        (["Ada|PROPN|obl:agent|1", "vue|VERB|ROOT|1", "Elle|PRON|nsubj|3", "part|VERB|ROOT|3"], "f", ["Elle"]),
    ],
)  # fmt: skip
def test_a_pronoun_stands_for_the_subject_of_its_gender_just_before(words, gender, found):
    assert pronouns(*words, gender=gender) == [(word, "A", "pronoun") for word in found]


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


@pytest.mark.parametrize(("words", "role"), ROLES)
def test_what_a_token_is_to_the_verb_it_depends_on(words, role):
    assert entities.role(parse(*words.split())[0]) == role


def test_titles_are_no_part_of_a_name_and_a_title_with_its_place_is_none():
    words = lambda *texts: [t.text for t in entities._without_title(list(parse(*texts)))]  # noqa: E731
    assert words("Président|NOUN|dep|0", "Paul|PROPN|dep|0", "Roy|PROPN|dep|0") == ["Paul", "Roy"]
    assert words("Paul|PROPN|dep|0", "Président|NOUN|dep|0") == ["Paul", "Président"]
    assert words("Président|NOUN|dep|0", "de|ADP|dep|0", "Lyon|PROPN|dep|0") == []
    assert words("De|ADP|dep|0", "Gaulle|PROPN|dep|0") == ["De", "Gaulle"]
    assert words("Président|NOUN|dep|0") == []


def test_rows_without_a_catalogue_have_no_pronouns():
    assert list(analysis.find_mentions(["Paul Roy dort. Il part."])["surface"]) == ["Paul Roy"]
    assert entities.measure(read("Le port ferme."))["mentions"] == []
