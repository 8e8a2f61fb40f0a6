"""Metaphors: whether a use is figurative, what tells so, and what it speaks of."""

import pytest
from parses import parse

from analysis.measures import metaphors
from analysis.reading.article import read
from analysis.reading.lexicon import Hit


def found(text):
    return [
        (text[h.start : h.end], h.row["domain"], metaphors.target(h)) for h in metaphors.find_metaphors(read(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Une tempête médiatique s'abat sur le groupe.", [("tempête médiatique", "weather", None)]),
        ("La bataille des chefs fait rage au sein du parti.", [("bataille", "war", "chefs")]),
        ("Le groupe lance une offensive contre la réforme.", [("offensive", "war", "la réforme")]),
        ("La fièvre des achats gagne la ville.", [("fièvre", "disease", "achats")]),
        ("Une saga judiciaire sans fin.", [("saga", "theatre", "judiciaire")]),
        ("Le bras de fer entre le maire et le préfet continue.", [("bras de fer", "sport", "le maire")]),
        ("Le marathon des négociations commence.", [("marathon", "sport", "négociations")]),
        ("La guerre en Ukraine continue.", []),
        ("La guerre continue à Kiev.", []),
        ("L'armée envoie des soldats, des chars et des missiles dans la bataille.", []),
    ],
)
def test_figurative_uses_and_what_they_speak_of(text, expected):
    assert found(text) == expected


def hit(doc, first, last, domain="war", entry="guerre"):
    return Hit(doc, first, last, {"domain": domain, "entry": entry})


TARGETS = [
    (["guerre|NOUN|ROOT|0", "de|ADP|case|2", "prix|NOUN|nmod|0"], "prix"),
    (["guerre|NOUN|ROOT|0", "contre|ADP|case|2", "prix|NOUN|obl:arg|0"], "prix"),
    (["guerre|NOUN|ROOT|0", "en|ADP|case|2", "hiver|NOUN|nmod|0"], None),  # its circumstance
    (["guerre|NOUN|ROOT|0", "commerciale|ADJ|amod|0"], "commerciale"),
    (["vieille|ADJ|amod|1", "guerre|NOUN|ROOT|1"], None),  # what stands before only describes
    (["guerre|NOUN|ROOT|0", "commerciale|ADJ|amod|0", "des|ADP|case|3", "prix|NOUN|nmod|0"], "prix"),
    (["il|PRON|dep|1", "guerroie|VERB|ROOT|1", "réforme|NOUN|obj|1"], "réforme"),
    (["guerre|NOUN|ROOT|0", "des|ADP|dep|0", "prix|NOUN|dep|0"], "prix"),  # a parse that lost it
    (["guerre|NOUN|ROOT|0", "puis|ADP|dep|0", "prix|NOUN|dep|0"], None),
    (["guerre|NOUN|ROOT|0", "est|AUX|cop|0", "elle|PRON|nsubj|0"], "elle"),
]


@pytest.mark.parametrize(
    ("words", "target"), TARGETS, ids=[" ".join(w.split("|")[0] for w in words) for words, _ in TARGETS]
)
def test_the_complement_of_a_metaphor_is_its_target(words, target):
    doc = parse(*words)
    at = next(t.i for t in doc if t.text.startswith("guerr"))
    assert metaphors.target(hit(doc, at, at)) == target


WAR = parse(
    "armée|NOUN|nsubj|1", "lance|VERB|ROOT|1", "guerre|NOUN|obj|1", "des|ADP|case|4", "prix|NOUN|nmod|2", "hier|ADV|advmod|1"
)  # fmt: skip


@pytest.mark.parametrize(
    ("literal", "figured", "expected"),
    [
        (set(), set(), set()),
        ({"armée"}, set(), {"literal doer"}),  # who does it
        (set(), {"prix"}, {"figured complement"}),  # what completes it
        ({"prix"}, {"hier"}, {"literal complement", "figured around"}),
        ({"hier"}, set(), {"literal around"}),
        ({"guerre"}, {"guerre"}, set()),  # its own words are no witness
    ],
)
def test_what_its_neighbours_say_of_a_use_by_what_they_do(monkeypatch, literal, figured, expected):
    monkeypatch.setattr(metaphors, "_cues", lambda: ({"war": frozenset(literal)}, {"war": frozenset(figured)}))
    one = hit(WAR, 2, 2)
    assert {name for name, said in metaphors.told(one, [one]).items() if said} == expected


def test_a_place_tells_of_a_war_and_of_no_other_domain(monkeypatch):
    monkeypatch.setattr(metaphors, "_cues", lambda: ({}, {}))
    doc = parse("guerre|NOUN|ROOT|0", "à|ADP|case|2", "Kiev|PROPN|nmod|0", ents=[(2, 3, "LOC")])
    war, storm = hit(doc, 0, 0), hit(doc, 0, 0, domain="weather")
    assert metaphors.told(war, [war])["place"] and not metaphors.told(storm, [storm])["place"]


def test_other_hits_are_no_witnesses_unless_they_are_literal_cues():
    doc = parse(
        "guerre|NOUN|ROOT|0", "et|CCONJ|cc|2", "bataille|NOUN|conj|0", "de|ADP|case|4", "soldats|NOUN|nmod|2|soldat"
    )
    hits = [hit(doc, 0, 0), hit(doc, 2, 2, entry="bataille"), hit(doc, 3, 4, entry="soldat")]
    assert metaphors._no_witnesses(hits[0], hits, {"soldat"}) == {0, 2}
    assert metaphors._no_witnesses(hits[2], hits, {"soldat"}) == {0, 2, 3, 4}
