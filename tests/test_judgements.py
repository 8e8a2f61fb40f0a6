"""Whom words blame or praise: each word's effect on each actor, as the lexicon weighs it and the syntax ties it."""

import pytest
from parses import parse

from analysis.measures import judgements as rules
from analysis.reading.article import read
from analysis.reading.lexicon import Hit


def effects(text, name, own_words=()):
    doc, start = read(text).doc, text.index(name)
    found = rules.judgements(doc, [list(doc.char_span(start, start + len(name), alignment_mode="expand"))], own_words)
    assert all(text[at : at + len(word)] == word for _, at, word, _ in found)
    return [(word, round(value, 3)) for value, _, word, _ in found]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Paul Roy est un escroc.", "Paul Roy", [("escroc", -0.9)]),
        ("Paul Roy n’est pas un escroc.", "Paul Roy", [("escroc", 0.45)]),  # denied: half, turned round
        ("Jeanne Morel accuse Paul Roy de mensonge.", "Paul Roy", [("accuse", -0.8), ("mensonge", -0.8)]),
        ("Jeanne Morel accuse Paul Roy de mensonge.", "Jeanne Morel", [("accuse", 0.0)]),  # who only judges: nothing near counts
        ("Paul Roy est accusé de corruption par Jeanne Morel.", "Jeanne Morel", [("accusé de", 0.0)]),
        ("Paul Roy a trahi Jeanne Morel.", "Jeanne Morel", [("trahi", 0.0)]),  # who undergoes it
        ("Trahi par Paul Roy, le maire a quitté le parti.", "Paul Roy", [("Trahi", -0.9)]),  # put before its clause
        ("Acclamée par la foule, Jeanne Morel est partie.", "Jeanne Morel", [("Acclamée", 0.8)]),
        ("L’assassinat de Paul Roy date d’hier.", "Paul Roy", []),  # a victim
        ("Paul Roy a été condamné par le tribunal.", "Paul Roy", [("condamné", -0.6)]),
        ("Le tribunal condamne l’entreprise de Paul Roy.", "Paul Roy", [("condamne", -0.4)]),
        ("Le tribunal condamne l’entreprise de Paul Roy.", "Le tribunal", [("condamne", 0.0)]),
        ("Musk attaque Altman.", "Musk", [("attaque", 0.0)]),  # a verb that the parse loses
        ("Musk attaque Altman.", "Altman", [("attaque", -0.4)]),
        ("Le brillant Paul Roy parle.", "Paul Roy", [("brillant", 0.8)]),
        ("L’échec de Paul Roy inquiète.", "Paul Roy", [("échec", -0.56), ("inquiète", -0.2)]),  # .8 of −.7; half of −.4
        ("Paul Roy a remporté une victoire.", "Paul Roy", [("remporté", 0.7), ("victoire", 0.36)]),  # .6 of what a light verb links
        ("Paul Roy, un escroc, est parti.", "Paul Roy", [("escroc", -0.9)]),
        ("Paul Roy et Jeanne Morel ont menti.", "Jeanne Morel", [("menti", -0.8)]),
        ("Le conseil salue Jeanne Morel.", "Jeanne Morel", [("salue", 0.7)]),
        ("Le conseil salue Jeanne Morel.", "Le conseil", [("salue", 0.0)]),
        ("Paul Roy a commis une erreur.", "Paul Roy", [("commis une erreur", -0.5)]),
        ("Paul Roy est très critiqué et brillant.", "Paul Roy", [("critiqué", -0.8), ("brillant", 0.8)]),
        ("Paul Roy travaille mal.", "Paul Roy", [("mal", -0.18)]),  # an adverb: .6
        ("Un escroc dort. Paul Roy mange.", "Paul Roy", []),  # in another sentence
        ("Une plainte pour harcèlement a été déposée près de Paul Roy.", "Paul Roy", []),
        ("La colère contre Paul Roy monte.", "Paul Roy", []),
    ],
)  # fmt: skip
def test_what_each_word_does_to_an_actor(text, name, expected):
    assert effects(text, name) == expected


def test_an_actors_own_name_is_no_judgement_of_them():
    assert (
        effects("Le Traître est un film.", "Le Traître")
        == effects("Le Menteur Masqué dort.", "Le Menteur Masqué")
        == []
    )


def test_an_actors_own_words_are_no_judgement_of_them():
    text = "« Quel escroc ! » a dit Paul Roy."
    assert effects(text, "Paul Roy") != []
    assert effects(text, "Paul Roy", [{"start": 2, "end": 15}]) == []
    assert effects(text, "Paul Roy", [{"start": 14, "end": 15}]) == effects(text, "Paul Roy")


@pytest.mark.parametrize(
    ("values", "label"),
    [
        ([], "neutral"),
        ([0.1], "neutral"),  # tanh .1 · 3 = .30 < .6
        ([0.2], "neutral"),  # tanh .2 · 3 = .59
        ([0.21], "positive"),  # .62
        ([-0.2], "neutral"),
        ([-0.21], "negative"),
        ([-0.8, 0.8], "neutral"),
        ([-0.8, 0.5], "negative"),
        ([0.5, 0.5, -0.2], "positive"),
    ],
)
def test_the_label_of_the_rules(values, label):
    assert rules.rule_label([(value, 0, "x", rules.SAID) for value in values]) == label


def test_the_four_strongest_words_tell_why():
    found = [(0.25, 0, "brave", rules.SAID), (-0.9, 9, "escroc", rules.SAID), (-0.1, 12, "flou", rules.NEAR), (0.5, 15, "salue", "aimed at them by X"), (0.4, 20, "élan", rules.NEAR)]  # fmt: skip
    assert rules.because(found) == (
        "escroc (-0.9, said of them), salue (+0.5, aimed at them by X), élan (+0.4, only near), brave (+0.2, said of them)"
    )
    assert rules.because([]) is None


# --- a word and an actor, by what ties them

COPULA = parse("Roy|PROPN|nsubj|2", "est|AUX|cop|2", "escroc|NOUN|ROOT|2")
OF_HIM = parse("échec|NOUN|ROOT|0", "de|ADP|case|2", "Roy|PROPN|nmod|0")
TOWARD = parse("colère|NOUN|ROOT|0", "contre|ADP|case|2", "Roy|PROPN|nmod|0")
APPOSED = parse("Roy|PROPN|ROOT|0", ",|PUNCT|punct|2", "escroc|NOUN|appos|0")
OF_HIS_PROJECT = parse("projet|NOUN|ROOT|0", "désastreux|ADJ|amod|0", "de|ADP|case|3", "Roy|PROPN|nmod|0")
LIGHT = parse("Roy|PROPN|nsubj|1", "commet|VERB|ROOT|1|commettre", "crime|NOUN|obj|1")
HEAVY = parse("Roy|PROPN|nsubj|1", "raconte|VERB|ROOT|1|raconter", "crime|NOUN|obj|1")
ADVERB = parse("Roy|PROPN|nsubj|1", "raconte|VERB|ROOT|1|raconter", "mal|ADV|advmod|1")
MADE = parse("Il|PRON|nsubj|1", "rend|VERB|ROOT|1|rendre", "Roy|PROPN|obj|1", "malheureux|ADJ|xcomp|1")
AFTER = parse("Roy|PROPN|nsubj|1", "part|VERB|ROOT|1|partir", "hier|ADV|parataxis|1")
COORDINATED = parse("Roy|PROPN|nsubj|2", "est|AUX|cop|2", "menteur|NOUN|ROOT|2", "et|CCONJ|cc|4", "voleur|NOUN|conj|2")


@pytest.mark.parametrize(
    ("doc", "word", "root", "share"),
    [
        (COPULA, 2, 0, 1.0),
        (OF_HIM, 0, 2, 0.8),
        (TOWARD, 0, 2, 0),
        (APPOSED, 2, 0, 1.0),
        (OF_HIS_PROJECT, 1, 3, 0.8 * 0.8),
        (LIGHT, 2, 0, 0.6),
        (HEAVY, 2, 0, 0),
        (ADVERB, 2, 0, 0.6),
        (MADE, 3, 2, 0.8),
        (AFTER, 2, 0, 0),
    ],
)
def test_how_much_a_word_is_said_of_an_actor(doc, word, root, share):
    assert rules._of_word(doc[word], doc[root]) == pytest.approx(share)


def test_a_second_predicate_is_said_of_the_subject_too():
    assert rules._of_word(COORDINATED[4], COORDINATED[0]) == 1.0


VERB = parse("Ada|PROPN|nsubj|1", "trompe|VERB|ROOT|1|tromper", "firme|NOUN|obj|1", "de|ADP|case|4", "Roy|PROPN|nmod|2", "chez|ADP|case|6", "Bo|PROPN|obl:arg|1")  # fmt: skip


@pytest.mark.parametrize(
    ("roots", "value"),
    [
        ([0], -0.4),  # who does it
        ([2], -0.8),  # who undergoes it
        ([6], -0.8),
        ([4], -0.4),  # whose firm undergoes it: half
        ([0, 2], -0.8),  # of several mentions the strongest
        ([3], None),
    ],
)
def test_what_a_verb_does_to_who_does_and_who_undergoes_it(roots, value):
    assert rules._of_verb(VERB[1], [VERB[i] for i in roots], -0.4, -0.8)[0] == value


@pytest.mark.parametrize(
    ("agent", "patient", "root", "value"), [(0.0, -0.8, 0, 0.0), (0.5, -0.8, 0, 0.5), (0.5, 0.0, 2, 0.0)]
)
def test_who_is_tied_to_a_verb_that_says_nothing_of_them_has_nothing(agent, patient, root, value):
    assert rules._of_verb(VERB[1], [VERB[root]], agent, patient)[0] == value


@pytest.mark.parametrize(
    ("tokens", "root"),
    [([0, 1], 0), ([1], 0), ([3], 0), ([4, 5], 0)],
)
def test_a_mention_stands_for_the_first_of_its_names(tokens, root):
    doc = parse("Ada|PROPN|nsubj|6", "Lee|PROPN|flat:name|0", "et|CCONJ|cc|3", "Bo|PROPN|conj|0", "Cy|PROPN|conj|0", "Fox|PROPN|flat:name|4", "votent|VERB|ROOT|6|voter")  # fmt: skip
    assert rules._root([doc[i] for i in tokens]).i == root


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        (["Musk|PROPN|ROOT|0", "attaque|NOUN|appos|0", "Altman|PROPN|appos|0"], 1),
        (["Musk|PROPN|ROOT|0", "attaque|NOUN|appos|0", "le|DET|det|3", "maire|NOUN|appos|0"], 1),
        (["Musk|PROPN|nsubj|1", "attaque|VERB|ROOT|1", "Altman|PROPN|obj|1"], None),  # the parse has its subject
        (["Musk|PROPN|ROOT|0", "Attaque|NOUN|appos|0", "Altman|PROPN|appos|0"], None),
        (["Musk|NOUN|ROOT|0", "attaque|NOUN|appos|0", "Altman|PROPN|appos|0"], None),
        (["Musk|PROPN|ROOT|0", "attaque|NOUN|appos|0", "hier|ADV|appos|0"], None),
        (["Hier|ADV|advmod|1", "Musk|PROPN|ROOT|1", "attaque|NOUN|appos|1", "Altman|PROPN|appos|1"], 2),
        (["Musk|PROPN|ROOT|0", "table|NOUN|appos|0", "Altman|PROPN|appos|0"], None),
    ],
)
def test_the_verb_of_a_headline(words, verb):
    found = rules._headline_verb(parse(*words)[:])
    assert (found and found.i) == verb


@pytest.mark.parametrize(("between", "value"), [(0, -0.2), (24, -0.2), (25, 0)])
def test_a_word_within_25_words_colours_an_actor_faintly(between, value):
    """Half of what it says of who does it, else of who undergoes it; nothing further off."""
    doc = parse("Roy|PROPN|ROOT|0", *["x|X|dep|0"] * between, "vil|ADJ|dep|0")
    hit = lambda agent, patient: Hit(doc, len(doc) - 1, len(doc) - 1, {"agent": agent, "patient": patient})  # noqa: E731
    assert rules._nearby(hit("-0.4", "0.8"), [doc[0]]) == value == rules._nearby(hit("", "-0.4"), [doc[0]])
    assert rules._nearby(hit("-0.4", ""), []) == 0


def test_what_stands_under_a_complaint_says_nothing_of_who_stands_near():
    doc = parse("plainte|NOUN|ROOT|0", "pour|ADP|case|2", "vol|NOUN|nmod|0", "Roy|PROPN|dep|0")
    assert rules._nearby(Hit(doc, 2, 2, {"agent": "-0.4", "patient": ""}), [doc[3]]) == 0


@pytest.mark.parametrize(
    ("text", "name", "tie"),
    [
        ("Paul Roy est un escroc.", "Paul Roy", rules.SAID),
        ("Jeanne Morel accuse Paul Roy.", "Paul Roy", "aimed at them by Jeanne Morel"),
        ("Jeanne Morel accuse Paul Roy.", "Jeanne Morel", rules.UTTERED),
        ("Paul Roy a menti.", "Paul Roy", rules.OWN_ACT),
        ("Paul Roy se défend.", "Paul Roy", None),  # whom one defends is oneself
        ("Le tribunal condamne l’entreprise de Paul Roy.", "Paul Roy", rules.THEIRS),
        ("Le tribunal condamne le porte-parole de Valdo.", "Valdo", rules.OF_ONE),
        ("L’élue PS a menti.", "PS", rules.OF_ONE),
        ("Le tribunal condamne le maire Paul Roy.", "Paul Roy", "aimed at them by Le tribunal"),
        ("Musk attaque Altman.", "Musk", rules.UTTERED),
        ("Musk attaque Altman.", "Altman", rules.AIMED),
    ],
)
def test_why_a_word_falls_on_an_actor(text, name, tie):
    doc, start = read(text).doc, text.index(name)
    found = rules.judgements(doc, [list(doc.char_span(start, start + len(name), alignment_mode="expand"))])
    assert [tie for *_, tie in found] == ([tie] if tie else [])


@pytest.mark.parametrize(
    ("effects", "speaking", "n_words", "expected"),
    [
        ([], False, 2, [0, 0, 0, 0, 0, 0]),
        ([(-0.9, 0, "escroc", rules.SAID)], True, 10, [0.716, 0, 0, 1, 0.716, 0]),
        ([(0.9, 0, "brave", rules.SAID)], False, 11, [0, 0.716, 0, 0, 0, 0]),
        ([(0.0, 0, "accuse", rules.UTTERED)], False, 2, [0, 0, 1, 0, 0, 0]),
        ([(0.0, 0, "trahi", rules.UNDERGONE)], False, 2, [0, 0, 1, 0, 0, 0]),
        ([(0.0, 0, "accuse", rules.UTTERED), (-0.9, 5, "menti", rules.OWN_ACT)], False, 2, [0.716, 0, 0, 0, 0.716, 0]),
    ],
)
def test_what_the_rules_say_in_numbers(effects, speaking, n_words, expected):
    assert rules.evidence(effects, speaking, n_words) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "word", "judged"),
    [
        ("Musk a trahi Altman.", "trahi", "Musk"),
        ("Le tribunal condamne Paul Roy.", "condamne", "Paul"),
        ("Paul Roy est un escroc.", "escroc", "Paul"),
        ("L’assassinat de Paul Roy émeut.", "assassinat", None),
    ],
)
def test_whom_a_word_judges(text, word, judged):
    doc = read(text).doc
    found = [t.text for t in rules.judged_by(next(t for t in doc if t.text == word)) if t.pos_ == "PROPN"]
    assert found[:1] == ([judged] if judged else [])
