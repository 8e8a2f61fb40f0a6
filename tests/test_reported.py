"""Quotations row by row: every word, cue and speaker, on sentences of our own; and the steps that find them, by hand."""

from types import SimpleNamespace as Made

import pytest

import analysis
from analysis.measures import attribution, reported, voices
from analysis.measures.cues import Finding, inside


def rows(text):
    found = analysis.find_quotes([text])
    return [(text[r.start : r.end], r.kind, r.speaker, r.cue) for r in found.fillna("").itertuples()]


EXACT = [
    (
        "« Nous avons attendu, raconte Paul Roy. Longtemps. Personne n’est venu. »",
        [
            ("Nous avons attendu", "direct", "Paul Roy", "raconter"),
            ("Longtemps.", "direct", "Paul Roy", "raconter"),
            ("Personne n’est venu.", "direct", "Paul Roy", "raconter"),
        ],
    ),
    (
        "« Nous irons jusqu’au bout, promet le préfet, et rien ne nous arrêtera. »",
        [
            ("Nous irons jusqu’au bout", "direct", "le préfet", "promettre"),
            ("et rien ne nous arrêtera.", "direct", "le préfet", "promettre"),
        ],
    ),
    (
        "« Le port, dit-elle, fermera demain. »",
        [("Le port", "direct", "", "dire"), ("fermera demain.", "direct", "", "dire")],
    ),
    (
        "« Il pleut », dit Paul Roy. « Il vente », répond Jeanne Morel.",
        [("Il pleut", "direct", "Paul Roy", "dire"), ("Il vente", "fragment", "Jeanne Morel", "répondre")],
    ),
    (
        "Le maire a salué « un accord historique » et « une chance pour la vallée ».",
        [
            ("un accord historique", "fragment", "Le maire", "saluer"),
            ("une chance pour la vallée", "fragment", "Le maire", "saluer"),
        ],
    ),
    (
        "La direction reconnaît une « erreur », mais refuse de parler de « faute ».",
        [("erreur", "fragment", "La direction", "reconnaître"), ("faute", "fragment", "La direction", "parler")],
    ),
    (
        "Paul Roy a affirmé que le port fermerait « avant l’été ».",
        [
            ("le port fermerait", "indirect", "Paul Roy", "affirmer"),
            ("avant l’été", "fragment", "Paul Roy", "affirmer"),
        ],
    ),
    (
        "Le maire, furieux, a répété que « la route » resterait ouverte tout l’hiver.",
        [
            ("la route", "fragment", "Le maire", "répéter"),
            ("resterait ouverte tout l’hiver", "indirect", "Le maire", "répéter"),
        ],
    ),
    ("Selon le préfet, « rien n’est décidé ».", [("rien n’est décidé", "fragment", "le préfet", "selon")]),
    (
        "Selon Jeanne Morel, le projet serait « une folie ».",
        [
            ("le projet serait « une folie »", "indirect", "Jeanne Morel", "selon"),
            ("une folie", "fragment", "Jeanne Morel", "selon"),
        ],
    ),
    ("Le capitaine l’avoue : « On a eu peur. »", [("On a eu peur.", "direct", "Le capitaine", "avouer")]),
    (
        "Le maire a été accusé par Jeanne Morel d’avoir « menti ».",
        [("menti", "fragment", "Jeanne Morel", "accuser")],
    ),
    (
        "« Nous partirons », ont annoncé les marins et les dockers.",
        [("Nous partirons", "direct", "les marins", "annoncer")],
    ),
    (
        "Le maire estime que le pont, trop vieux, fermera.",
        [("le pont, trop vieux, fermera", "indirect", "Le maire", "estimer")],
    ),
    ("Selon Jean Petit, maire de Brives, le pont fermera.", [("le pont fermera", "indirect", "Jean Petit", "selon")]),
    (
        "Le pont fermera, d’après Jean Petit, maire de Brives.",
        [("Le pont fermera", "indirect", "Jean Petit", "d'après")],
    ),
    (
        "Le pont, selon Jean Petit, fermera avant l’hiver et rouvrira au printemps prochain.",
        [("fermera avant l’hiver et rouvrira au printemps prochain", "indirect", "Jean Petit", "selon")],
    ),
    ("Pour lui, le pont fermera.", [("le pont fermera", "indirect", "", "pour")]),
    (
        "Selon 40 % des habitants, le pont fermera.",
        [("le pont fermera", "indirect", "40 % des habitants", "selon")],
    ),
    ("Paul Roy qualifie le maire de menteur.", [("menteur", "indirect", "Paul Roy", "qualifier")]),
    (
        "Le juge estime avoir été trompé par la mairie.",
        [("avoir été trompé par la mairie", "indirect", "Le juge", "estimer")],
    ),
    ("Le maire dit ne pas vouloir partir.", [("ne pas vouloir partir", "indirect", "Le maire", "dire")]),
    (
        "La ministre a assuré que le pont rouvrirait, sans donner de date.",
        [("le pont rouvrirait, sans donner de date", "indirect", "La ministre", "assurer")],
    ),
    (
        "Le préfet a précisé, lundi, que le pont fermerait.",
        [("le pont fermerait", "indirect", "Le préfet", "préciser")],
    ),
    (
        "Il a été décidé par le conseil que le pont fermerait.",
        [("le pont fermerait", "indirect", "le conseil", "décider")],
    ),
]
EXACT += [
    (
        "Il a plu toute la nuit sur la vallée. « Belle Étoile », dit Paul Roy.",
        [("Belle Étoile", "fragment", "Paul Roy", "dire")],
    ),
]
NOTHING_SAID = [
    "Pour la rivière, le pont est trop bas.",
    "Le pont est fermé pour Paul Roy.",
    "Le maire n’a pas promis de venir.",
    "Le préfet doit annoncer que le pont fermera.",
    "Elle a dit ce que tout le monde pense.",
    "Selon.",
]


@pytest.mark.parametrize(("text", "expected"), EXACT, ids=[case[0][:50] for case in EXACT])
def test_every_row_of_a_text(text, expected):
    assert rows(text) == expected


@pytest.mark.parametrize("text", NOTHING_SAID)
def test_nothing_is_said(text):
    assert rows(text) == []


def test_of_two_incises_the_first_names_speaker_and_verb():
    found = rows("« Je pars, dit Paul Roy, et je reviendrai, promet-il. »")
    assert [row[1:] for row in found] == [("direct", "Paul Roy", "dire")] * 2


def test_quotations_are_numbered_and_their_sentences_too():
    found = analysis.find_quotes(["« Il pleut. Il vente », observe Paul Roy. « Il neige », répond Jeanne Morel."])
    assert list(found["quote_id"]) == [0, 0, 1] and list(found["sentence_id"]) == [0, 1, 2] and found["closed"].all()


# --- whose voice a stretch has


def quote(start, end, speaker=None, actor=None):
    return {"start": start, "end": end, "speaker": speaker, "speaker_actor": actor}


QUOTES = [quote(10, 30, "Ada", "A"), quote(15, 20), quote(22, 28, "Bo", "B"), quote(40, 50)]


@pytest.mark.parametrize(
    ("place", "voice"),
    [
        ((0, 5), ("outlet", None, None)),
        ((8, 11), ("outlet", None, None)),  # its middle stands before
        ((9, 11), ("quoted", "Ada", "A")),  # its middle is the first character
        ((28, 31), ("quoted", "Ada", "A")),
        ((29, 31), ("outlet", None, None)),  # its middle is the end, which is excluded
        ((23, 25), ("quoted", "Bo", "B")),  # the innermost
        ((16, 18), ("quoted", "Ada", "A")),  # the innermost that is named
        ((42, 44), ("quoted", None, None)),
    ],
)
def test_the_innermost_quotation_that_names_its_speaker_holds_a_stretch(place, voice):
    assert voices.voice_at(QUOTES, *place) == voice


# --- steps


def stretch(start, end):
    """A marked stretch with its marks: « and a space before, a space and » after."""
    return Made(start=start, end=end, outer_start=start - 2, outer_end=end + 2)


@pytest.mark.parametrize(
    ("place", "host"),
    [
        ((12, 18), (0, 30)),
        ((32, 40), (31, 50)),
        ((20, 40), (0, 50)),
        ((52, 60), (52, 60)),
        ((31, 29), (0, 30)),
        ((31, 30), (0, 50)),
    ],
)
def test_the_sentences_that_a_stretch_touches(place, host):
    assert attribution.host_of(stretch(*place), [(0, 30), (31, 50)]) == host


@pytest.mark.parametrize(
    ("between", "follows"),
    [
        (" », dit-il. « ", True),
        ("x" * 159, True),
        ("x" * 160, False),
        (". . ", True),
        (". . . ", False),
        ("\n\n", True),
        ("\n\n\n", False),
    ],
)
def test_a_quotation_follows_another_after_little_but_its_incise(between, follows):
    text = "Il pleut" + between + "Il vente"
    last = Finding([(0, 8)], "direct")
    assert attribution._follows(last, stretch(8 + len(between), len(text)), text) is follows


@pytest.mark.parametrize(
    ("found", "covered"),
    [
        ([], False),
        ([[(10, 16)]], False),  # 6 of 10 are not most
        ([[(10, 17)]], True),
        ([[(12, 30)]], True),  # 8 of 10
        ([[(0, 13)], [(17, 40)]], False),  # 3 + 3
        ([[(0, 14), (16, 40)]], True),  # 4 + 4, of one that an incise parts
        ([[(0, 10)], [(20, 30)]], False),
    ],
)
def test_what_is_mostly_said_already_is_covered(found, covered):
    assert voices._covered(Finding([(10, 20)], "indirect"), [Finding(parts, "direct") for parts in found]) is covered


def test_a_quotation_is_cut_at_the_ends_of_sentences():
    findings = [
        Finding([(5, 12), (14, 30)], "direct", True, "Ada", "A", "dire", "neutral"),
        Finding([(31, 40)], "fragment", False),
    ]
    found = list(voices._by_sentence(findings, [(0, 10), (11, 20), (20, 45)]))
    assert [(r["quote_id"], r["sentence_id"], r["start"], r["end"]) for r in found] == [
        (0, 0, 5, 10),
        (0, 1, 11, 12),
        (0, 1, 14, 20),
        (0, 2, 20, 30),
        (1, 2, 31, 40),
    ]
    assert found[0] == {
        "quote_id": 0, "kind": "direct", "closed": True, "speaker": "Ada", "speaker_actor": "A", "cue": "dire",
        "cue_stance": "neutral", "sentence_id": 0, "start": 5, "end": 10,
    }  # fmt: skip
    assert (found[-1]["closed"], found[-1]["speaker"]) == (False, None)


@pytest.mark.parametrize(
    ("at", "held"), [(9, False), (10, True), (19, True), (20, False), (29, False), (30, True), (99, False)]
)
def test_a_stretch_holds_its_first_offset_and_not_its_end(at, held):
    assert inside([stretch(10, 20), stretch(30, 40)], at) is held and inside([], at) is False


CLAIMED = [
    ("Selon lui, le pont fermera.", "Selon lui", "le pont fermera"),
    ("Le pont fermera, selon lui.", "selon lui", "Le pont fermera"),
    ("Hier, selon lui, le pont a fermé.", "selon lui", "le pont a fermé"),
    ("Le vieux pont de la ville basse, selon lui, a été réparé bien trop tard par la mairie.", "selon lui", "Le vieux pont de la ville basse, selon lui, a été réparé bien trop tard par la mairie"),
    ("Le vieux pont de la ville basse, selon lui, fermera demain.", "selon lui", "Le vieux pont de la ville basse"),
    ("Selon lui, le vieux pont fermera : les ouvriers sont partis.", "Selon lui", "le vieux pont fermera"),
    ("Selon lui, le vieux pont fermera ; les ouvriers sont partis.", "Selon lui", "le vieux pont fermera"),
    ("Selon lui, le vieux pont fermera : « Tout est prêt. »", "Selon lui", "le vieux pont fermera : « Tout est prêt. »"),
    ("Selon lui, ceci : le vieux pont fermera.", "Selon lui", "ceci : le vieux pont fermera"),
    ("Selon lui.", "Selon lui", None),
    ("Hier matin sur le chemin…, selon lui, le vieux pont de pierre a cédé sous la crue.", "selon lui", "le vieux pont de pierre a cédé sous la crue"),
    ("Hier matin sur le chemin bas, selon lui, le vieux pont de pierre a été emporté par la crue.", "selon lui", "Hier matin sur le chemin bas, selon lui, le vieux pont de pierre a été emporté par la crue"),
    ("Oui, selon lui, non.", "selon lui", "Oui"),  # what follows is no longer
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "claimed"), CLAIMED, ids=[c[0][:40] for c in CLAIMED])
def test_what_a_sentence_lays_on_its_source(text, source, claimed):
    start = text.index(source)
    found = reported._claimed(text, (0, len(text)), start, start + len(source))
    assert (found and text[found[0] : found[1]]) == claimed


def test_a_source_in_the_middle_of_a_long_sentence_does_not_take_its_full_stop():
    text = "Oui. Le vieux pont de la ville basse, selon lui, a été réparé bien trop tard par la mairie"
    found = reported._claimed(text, (5, len(text)), 38, 47)
    assert text[found[0] : found[1]] == text[5:]


OUTSIDE = [
    ("le port fermerait « avant l’été »", ["avant l’été"], "le port fermerait"),
    ("la « paix » est proche, très proche", ["paix"], "est proche, très proche"),
    ("le port « fermera »", ["fermera"], None),  # two words are too few beside marks
    ("il part", [], "il part"),
    ("« Non » , mais alors pas du tout", ["Non"], None),  # what a comma leads is the outlet's
    ("oui", [], "oui"),
    ("y", [], None),
]


@pytest.mark.parametrize(("text", "marked", "left"), OUTSIDE)
def test_the_longest_piece_outside_marks_is_what_is_reported(text, marked, left):
    stretches = [stretch(text.index(words), text.index(words) + len(words)) for words in marked]
    found = reported._outside((0, len(text)), stretches, text)
    assert (found and text[found[0] : found[1]]) == left
