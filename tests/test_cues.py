"""Verbs that hand over the word, and the stretches in marks that they govern: on sentences, and on parses made by hand."""

from types import SimpleNamespace as Made

import pytest
from parses import parse

from analysis.measures import attribution, cues, reported, voices
from analysis.measures.cues import Cue, Finding
from analysis.reading.article import read
from analysis.text.marks import marked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Il pleut », a-t-il dit.", [("dit", "dire", True)]),
        ("Le maire a dit « oui » et affirmé que non.", [("dit", "dire", False), ("affirmé", "affirmer", False)]),
        ("« Il pleut », dit le maire.", [("dit", "dire", True)]),
        ("« Il pleut, dit-il, et il vente. »", [("dit", "dire", True)]),
        ("« Il pleut », lâche Paul Roy.", [("lâche", "lâcher", True)]),
        ("Le maire doit dire la vérité.", []),
        ("« Il pleut » et dit le maire.", [("dit", "dire", False)]),
        ("« Il pleut », en disant cela.", [("disant", "dire", False)]),
        ("« Il dit la vérité. »", []),
        ("« Il pleut », qui dit cela ?", [("dit", "dire", False)]),
        ("« Il pleut », dit que non.", [("dit", "dire", False)]),
    ],
)
def test_cues_and_whether_they_stand_in_an_incise(text, expected):
    article = read(text)
    found = cues.find_cues(article.doc, marked(article.text))
    assert [(article.doc[c.first : c.last + 1].text, c.entry, c.incise) for c in found] == expected


def cue(doc, first, last=None, *, incise=False, takes="que quote", entry="dire"):
    last = first if last is None else last
    return Cue(first, last, doc[first], entry, "neutral", frozenset(takes.split()), incise)


INCISES = [
    ("vrai|ADV|dep|2 ,|PUNCT|punct|2 dit|VERB|ROOT|2 le|DET|det|4 maire|NOUN|nsubj|2", True),
    ("vrai|ADV|dep|2 »|PUNCT|punct|2 dit|VERB|ROOT|2 Paul|PROPN|nsubj|2", True),
    ("vrai|ADV|dep|2 .|PUNCT|punct|2 dit|VERB|ROOT|2 Paul|PROPN|nsubj|2", False),
    ("vrai|ADV|dep|2 ,|PUNCT|punct|2 dit|VERB|ROOT|2 -il|PRON|nsubj|2", True),
    ("vrai|ADV|dep|2 ,|PUNCT|punct|2 dit|VERB|ROOT|2 hier|ADV|advmod|2 -il|PRON|nsubj|2", True),
    ("vrai|ADV|dep|2 ,|PUNCT|punct|2 dit|VERB|ROOT|2 hier|ADV|advmod|2 soir|NOUN|obl|2 -il|PRON|nsubj|2", False),
    ("vrai|ADV|dep|4 ,|PUNCT|punct|4 a|AUX|aux:tense|4 -t-il|PRON|nsubj|4 dit|VERB|ROOT|4", True),
    ("vrai|ADV|dep|2 ,|PUNCT|punct|2 dit|VERB|ROOT|2 hier|ADV|advmod|2 le|DET|det|5 maire|NOUN|nsubj|2", True),
    ("vrai|ADV|dep|2 ,|PUNCT|punct|2 dit|VERB|ROOT|2 que|SCONJ|mark|4 non|ADV|ccomp|2", False),
    ("vrai|ADV|dep|2 ,|PUNCT|punct|2 dit|VERB|ROOT|2", False),
    ("vrai|ADV|dep|2 ,|PUNCT|punct|2 disant|VERB|ROOT|2 le|DET|det|4 maire|NOUN|nsubj|2", False),
    ("dit|VERB|ROOT|0 le|DET|det|2 maire|NOUN|nsubj|0", False),
    ("dit|VERB|ROOT|0 Paul|PROPN|nsubj|0 »|PUNCT|punct|0", False),
]


@pytest.mark.parametrize(
    ("words", "incise"), INCISES, ids=[" ".join(w.split("|")[0] for w in words.split()) for words, _ in INCISES]
)
def test_an_incise_is_inverted_after_a_comma_or_a_closing_mark(words, incise):
    doc = parse(*words.split())
    at = next(t.i for t in doc if t.text.startswith("di"))
    assert cues._is_incise(doc, Made(first=at, last=at)) is incise


@pytest.mark.parametrize(
    ("words", "before"),
    [
        ("Paul|PROPN|nsubj|3 ne|ADV|advmod|3 l'|PRON|obj|3 dit|VERB|ROOT|3", 0),
        (",|PUNCT|punct|3 a|AUX|aux:tense|3 -t-il|PRON|nsubj|3 dit|VERB|ROOT|3", 0),
        ("se|PRON|expl:comp|1 dit|VERB|ROOT|1", -1),
        ("bien|ADV|advmod|1 dit|VERB|ROOT|1", 0),
    ],
)
def test_the_place_before_a_verb_and_what_goes_with_it(words, before):
    doc = parse(*words.split())
    assert cues.before_verb(doc, len(doc) - 1) == before


@pytest.mark.parametrize(("words", "source"), [("les règles", False), ("le maire", True), ("le maire et les règles", True), ("ces nouvelles règles", False)])  # fmt: skip
def test_the_three_words_after_selon_tell_a_measure(words, source):
    doc = parse(*(f"{w}|X|dep|0" for w in ["selon", *words.split()]))
    assert cues.names_a_source(doc, 1) is source


BY_PLACE = [
    ("hier|ADV|dep|1 dit|VERB|ROOT|1 le|DET|det|3 maire|NOUN|dep|1", "maire"),
    ("Paul|PROPN|nsubj|1 dit|VERB|ROOT|1 ,|PUNCT|punct|1 maire|NOUN|dep|1", "Paul"),  # nothing beyond a comma
    ("Paul|PROPN|nsubj|1 dit|VERB|ROOT|1 que|SCONJ|mark|3 Luc|PROPN|dep|1", "Paul"),  # nor what is said
    ("Paul|PROPN|nsubj|1 dit|VERB|ROOT|1 mot|NOUN|obj|1", "Paul"),  # nor an object, unless the verb is inverted
    ("Paul|PROPN|nsubj|1 dit|VERB|ROOT|1 verre|NOUN|dep|1", "Paul"),  # nor what can't speak
    ("oui|ADV|dep|2 ,|PUNCT|punct|2 dit|VERB|ROOT|2 Luc|PROPN|obj|2", "Luc"),
    ("Paul|PROPN|nsubj|1 dit|VERB|ROOT|1 matin|NOUN|obl:mod|1", "Paul"),
    ("Paul|PROPN|nsubj|3 Luc|PROPN|nsubj|3 hier|ADV|dep|3 dit|VERB|ROOT|3", "Luc"),  # the last before it
    ("Certains|ADJ|dep|2 en|PRON|dep|2 disent|VERB|ROOT|2", "Certains"),
    ("Lui|PRON|dislocated|1 dit|VERB|ROOT|1", "Lui"),
    ("hier|ADV|advmod|1 dit|VERB|ROOT|1", None),
    ("x|ADV|dep|1 dit|VERB|ROOT|1 a|X|obl:mod|1 b|X|obl:mod|1 c|X|obl:mod|1 d|X|obl:mod|1 e|X|obl:mod|1 f|X|obl:mod|1 Paul|PROPN|dep|1", "Paul"),
    ("x|ADV|dep|1 dit|VERB|ROOT|1 a|X|obl:mod|1 b|X|obl:mod|1 c|X|obl:mod|1 d|X|obl:mod|1 e|X|obl:mod|1 f|X|obl:mod|1 g|X|obl:mod|1 Paul|PROPN|dep|1", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "subject"), BY_PLACE, ids=[" ".join(w.split("|")[0] for w in words.split()) for words, _ in BY_PLACE]
)
def test_who_stands_where_the_subject_should(words, subject):
    doc = parse(*words.split())
    at = next(t.i for t in doc if t.text.startswith("di"))
    found = cues._subject_by_place(cue(doc, at), doc, (), Made(can_speak=lambda token: token.text != "verre"))
    assert [t.text for t in found] == ([subject] if subject else [])


# --- a stretch in marks


def in_marks(doc, first, last):
    """The stretch of some words of a doc between « and », which are words of it, and these words."""
    start, end = doc[first].idx, doc[last].idx + len(doc[last])
    outer = doc[first - 1].idx, doc[last + 1].idx + 1
    return Made(start=start, end=end, outer_start=outer[0], outer_end=outer[1], closed=True), list(
        doc[first : last + 1]
    )


def words(text, **tags):
    """A flat parse: verbs are finite, names proper, all else is x; tags: {word: "pos|dep"}."""
    made = []
    for word in text.split():
        pos, dep = tags.get(word, "X|dep").split("|")
        made.append(f"{word}|{pos}|{dep}|0||{'VerbForm=Fin' if pos == 'VERB' else ''}")
    return parse(*made)


SAID = {"part": "VERB|dep", "il": "PRON|nsubj", "Il": "PRON|nsubj"}


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("x « Il part » y", True),  # finite and upper
        ("x « part » y", False),
        ("x « il part » y", False),  # a subject, but four words or fewer
        ("x « il a b part » y", False),
        ("x « il a b c part » y", True),
        ("x : « part » y", True),  # finite, after a colon
        ("x « A b . » y", True),  # upper, and ends
        ("x « a b . » y", False),
        ("x : « a b c d » y", True),  # four words after a colon
        ("x : « a b c » y", False),
        ("x « A b c d e f g » y", False),
        ("x « A b c d e f g h » y", True),  # eight words, upper
        ("x « a b c d e f g h » y", False),
    ],
)
def test_what_makes_a_clause_of_words_in_marks(text, clause):
    doc = words(text, **SAID)
    first = next(t.i for t in doc if t.text == "«") + 1
    stretch, tokens = in_marks(doc, first, next(t.i for t in doc if t.text == "»") - 1)
    assert bool(voices._is_clause(tokens, doc.text, stretch)) is clause


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("le film « la mer » sort", True),
        ("le film ancien « la mer » sort", True),  # an adjective between
        ("le film sur « la mer » sort", False),
        ("il film part « la mer » sort", False),  # a verb between
        ("le film « a b c d e f g h i j » sort", True),
        ("le film « a b c d e f g h i j k » sort", False),
        ("vu « Belle Étoile » hier", True),
        ("vu « Belle étoile » hier", False),
        ("vu « Belle de Nuit » hier", True),
        ("vu « A B C D E F » hier", True),
        ("vu « A B C D E F G » hier", False),
        ("« la mer » sort", False),
    ],
)
def test_what_makes_a_title_of_words_in_marks(text, title):
    doc = words(text, part="VERB|dep", de="ADP|case", ancien="ADJ|amod")
    first = next(t.i for t in doc if t.text == "«") + 1
    assert voices._is_title(in_marks(doc, first, next(t.i for t in doc if t.text == "»") - 1)[1], doc) is title


def governs(text, *verbs, direct, incise=()):
    """Which of these verbs governs the words in marks of a text."""
    doc = words(text, **dict.fromkeys(verbs, "VERB|dep"))
    stretch, tokens = in_marks(
        doc, next(t.i for t in doc if t.text == "«") + 1, next(t.i for t in doc if t.text == "»") - 1
    )
    known = [cue(doc, t.i, incise=t.text in incise) for t in doc if t.text in verbs]
    found = attribution._cue_for(stretch, tokens, (0, len(doc.text)), known, direct)
    return found and found.token.text


FAR = " ".join("x" * 8)


@pytest.mark.parametrize(
    ("text", "direct", "incise", "verb"),
    [
        ("dit x redit « mot » x", True, (), "redit"),  # the nearest before
        ("dit « mot » x redit", True, (), "dit"),
        ("dit « mot » redit", True, ("redit",), "redit"),  # an incise after goes before all
        ("dit « mot » et redit", True, ("redit",), "dit"),  # what joins on is another's
        ("« mot » x x redit", True, (), "redit"),  # four words after its last
        ("« mot » x x x redit", True, (), None),
        (f"« mot » {FAR} x redit", True, ("redit",), "redit"),
        ("« mot » x x x x x x redit", False, (), "redit"),  # eight words for a fragment
        ("« mot » x x x x x x x redit", False, (), None),
        ("« dit » x", True, (), None),  # what stands inside hands nothing over
        ("dit " + "x " * 38 + "« mot »", True, (), "dit"),  # forty words
        ("dit " + "x " * 39 + "« mot »", True, (), None),
        ("x dit " + "x " * 26 + "« mot »", False, (), "dit"),  # twelve fewer where the parse doesn't tie them
        ("x dit " + "x " * 27 + "« mot »", False, (), None),
    ],
)
def test_the_cue_that_governs_a_stretch(text, direct, incise, verb):
    assert governs(text, "dit", "redit", direct=direct, incise=incise) == verb


def test_a_fragment_that_hangs_on_a_verb_is_nearer_to_it():
    doc = parse("dit|VERB|ROOT|0", "redit|VERB|dep|0", "«|PUNCT|punct|3", "mot|NOUN|obj|0", "»|PUNCT|punct|3")
    stretch, tokens = in_marks(doc, 3, 3)
    known = [cue(doc, 0), cue(doc, 1)]
    assert attribution._cue_for(stretch, tokens, (0, len(doc.text)), known, False).token.text == "dit"
    assert attribution._cue_for(stretch, tokens, (0, len(doc.text)), known, True).token.text == "redit"
    assert attribution._cue_for(stretch, tokens, (4, len(doc.text)), known, False).token.text == "redit", (
        "in its sentences"
    )
    assert attribution._cue_for(stretch, tokens, (5, len(doc.text)), known, False) is None


@pytest.mark.parametrize(
    ("text", "takes", "found"),
    [
        ("dit x : ", "que", True),
        ("dit x . ", "que", False),
        ("dit x . ", "quote", True),
        ("x . ", "quote", False),
        ("dit " + "x " * 107 + ": ", "que", True),  # 219 characters
        ("dit " + "xx " + "x " * 106 + ": ", "que", False),
    ],
)
def test_a_cue_in_the_sentence_before_leads_to_a_quotation(text, takes, found):
    doc = words(text + "« Mot »", dit="VERB|dep")
    known = [cue(doc, t.i, takes=takes) for t in doc if t.text == "dit"]
    assert (attribution._neighbour_cue((len(text), len(doc.text)), doc.text, known) is not None) is found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("« Oui , dit Paul , mais non part »", ["Oui", "mais non part"]),
        ("« Oui , dit Paul . Mais non part »", ["Oui", "Mais non part"]),
        ("« Oui ! dit Paul . Mais non »", ["Oui !", "Mais non"]),
        ("« Oui , dit Paul »", ["Oui"]),
    ],
)
def test_an_incise_is_taken_out_from_its_comma_to_where_the_speaker_goes_on(text, parts):
    doc = words(text, dit="VERB|dep", part="VERB|dep", Paul="PROPN|nsubj")
    stretch, _ = in_marks(doc, 1, len(doc) - 2)
    found = voices._without_incises(stretch, [cue(doc, next(t.i for t in doc if t.text == "dit"), incise=True)], doc)
    assert [doc.text[a:b].strip() for a, b in found] == parts


def test_who_spoke_before_is_the_last_of_those_named():
    doc = words("a b c d e f dit", dit="VERB|dep")
    found = [Finding([(0, 1)], "direct", speaker="Ada", actor="A"), Finding([(2, 5)], "direct", speaker="Bo"), Finding([(6, 7)], "direct"), Finding([(8, 12)], "direct", speaker="Cy")]  # fmt: skip
    assert reported._speaker_before(cue(doc, 6), found) == ("Bo", None)
    assert (
        reported._speaker_before(cue(doc, 6), found[:1]) == ("Ada", "A")
        and reported._speaker_before(cue(doc, 6), []) is None
    )


@pytest.mark.parametrize(
    ("text", "first", "words_"),
    [("a b , c", 0, "a b"), ("a b c", 1, "b c"), ("a , b", 0, "a"), ("a b c d . e", 2, "c d")],
)
def test_up_to_the_next_stop(text, first, words_):
    doc = words(text)
    a, b = reported._to_stop(doc, first, len(doc))
    assert doc.text[a:b] == words_ and reported._to_stop(doc, len(doc), len(doc)) is None


# --- what is reported without marks

REPORTED = [
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 que|SCONJ|mark|4 tu|PRON|nsubj|4 pars|VERB|ccomp|1", "que inf", "tu pars"),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 que|SCONJ|mark|4 tu|PRON|nsubj|4 pars|VERB|ccomp|1", "inf", None),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 si|SCONJ|mark|4 tu|PRON|nsubj|4 pars|VERB|ccomp|1", "que", None),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 " + "x|X|dep|1 " * 11 + "que|SCONJ|mark|15 tu|PRON|nsubj|15 pars|VERB|ccomp|1", "que", "tu pars"),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 " + "x|X|dep|1 " * 12 + "que|SCONJ|mark|16 tu|PRON|nsubj|16 pars|VERB|ccomp|1", "que", None),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 être|AUX|aux:tense|3||VerbForm=Inf parti|VERB|xcomp|1||VerbForm=Part", "inf", "être parti"),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 est|AUX|aux:tense|3||VerbForm=Fin parti|VERB|xcomp|1||VerbForm=Part", "inf", None),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 x|X|dep|3 partir|VERB|advcl|1||VerbForm=Inf", "inf", None),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 " + "x|X|dep|1 " * 11 + "de|ADP|dep|1 menteur|NOUN|dep|1", "de", "menteur"),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 " + "x|X|dep|1 " * 13 + "de|ADP|dep|1 menteur|NOUN|dep|1", "de", None),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 ce|PRON|obj|1 que|PRON|obj|4 pars|VERB|acl|2", "que", None),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 partir|VERB|xcomp|1||VerbForm=Inf hier|ADV|advmod|2", "inf", "partir hier"),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 de|ADP|mark|3 partir|VERB|xcomp|1||VerbForm=Inf", "inf", "partir"),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 pas|ADV|advmod|1 partir|VERB|xcomp|1||VerbForm=Inf", "inf", None),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 que|SCONJ|dep|0 tu|PRON|dep|1 pars|VERB|dep|1", "que", "tu pars"),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 x|X|dep|1 y|X|dep|1 que|SCONJ|dep|0 tu|PRON|dep|1 pars|VERB|dep|1", "que", "tu pars"),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 x|X|dep|1 y|X|dep|1 z|X|dep|1 que|SCONJ|dep|0 tu|PRON|dep|1 pars|VERB|dep|1", "que", None),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 que|SCONJ|dep|0 non|ADV|dep|1", "que", None),  # one word is no clause
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 que|ADV|dep|0 tu|PRON|dep|1 pars|VERB|dep|1", "que", None),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 Bo|PROPN|obj|1 de|ADP|dep|1 menteur|NOUN|dep|1 ,|PUNCT|punct|1", "de", "menteur"),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 Bo|PROPN|obj|1 de|ADP|case|4 Lyon|PROPN|nmod|2", "de", None),  # part of a name
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 Bo|PROPN|obj|1 comme|ADP|dep|1 menteur|NOUN|dep|1", "comme", "menteur"),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 Bo|PROPN|obj|1 de|ADP|mark|4 mentir|VERB|dep|1||VerbForm=Inf hier|ADV|advmod|4", "de", "mentir hier"),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 ,|PUNCT|punct|1 de|ADP|dep|1 menteur|NOUN|dep|1", "de", None),
    ("il|PRON|nsubj|1 dit|VERB|ROOT|1 Bo|PROPN|obj|1 de|ADP|dep|1", "de", None),
]  # fmt: skip


@pytest.mark.parametrize(("parsed", "takes", "said"), REPORTED)
def test_what_a_cue_reports(parsed, takes, said):
    doc = parse(*parsed.split())
    found = reported._reported(cue(doc, 1, takes=takes))
    assert (found and doc.text[found[0] : found[1]]) == said


@pytest.mark.parametrize(
    ("parsed", "on"),
    [
        (",|PUNCT|punct|1 maire|NOUN|ROOT|1", True),
        (",|PUNCT|punct|1 table|NOUN|ROOT|1", False),
        (";|PUNCT|punct|1 maire|NOUN|ROOT|1", False),
        (",|PUNCT|ROOT|0", False),
        ("Bo|PROPN|ROOT|0 ,|PUNCT|punct|2 élu|VERB|acl|0||VerbForm=Part", True),
        ("Bo|PROPN|nsubj|2 ,|PUNCT|punct|2 élu|VERB|ROOT|2||VerbForm=Part", False),
    ],
)
def test_a_source_goes_on_after_a_comma_with_a_title_or_a_participle(parsed, on):
    doc = parse(*parsed.split())
    assert reported._goes_on(doc, next(t for t in doc if t.is_punct)) is on


def test_a_colon_leads_to_the_subject_of_the_verb_before_it():
    doc = parse("Ada|PROPN|nsubj|1", "part|VERB|ROOT|1", ":|PUNCT|punct|1", "«|PUNCT|punct|5", "il|PRON|nsubj|5", "pleut|VERB|dep|1", "»|PUNCT|punct|1")  # fmt: skip
    stretch, tokens = in_marks(doc, 4, 5)
    assert attribution._subject_of_marked(stretch, tokens, True, doc.text).text == "Ada"
    assert attribution._subject_of_marked(stretch, tokens, False, doc.text) is None, "its own subject stands inside"
    lone, words_ = in_marks(doc, 5, 5)
    assert attribution._subject_of_marked(lone, words_, True, doc.text) is None, (
        "« il » stands between the colon and it"
    )
    two = parse(
        "Ada|PROPN|nsubj|2",
        "Bo|PROPN|nsubj|2",
        "part|VERB|ROOT|2",
        ":|PUNCT|punct|2",
        "«|PUNCT|punct|5",
        "pluie|NOUN|dep|2",
    )
    stretch = Made(start=two[5].idx, end=two[5].idx + 5, outer_start=two[4].idx)
    assert attribution._subject_of_marked(stretch, [two[5]], True, two.text).text == "Ada", "the first of two"
    of_verb = parse(
        "Ada|PROPN|nsubj|2", "«|PUNCT|punct|2", "regrette|VERB|ROOT|2", "»|PUNCT|punct|2", "cela|PRON|obj|2"
    )
    stretch, tokens = in_marks(of_verb, 2, 2)
    assert attribution._subject_of_marked(stretch, tokens, False, of_verb.text).text == "Ada"
    assert attribution._subject_of_marked(stretch, tokens, True, of_verb.text) is None, "no colon leads to it"


def test_the_word_for_a_title_stands_within_two_words():
    far = words("le film si ancien « la mer » sort", ancien="ADJ|amod", si="ADJ|amod")
    assert not voices._is_title(in_marks(far, 5, 6)[1], far)


class Told:
    """Stands in for the speakers of a document: what is asked of it."""

    def __init__(self, name, actor=None, near=None, beside=None, thing=False):
        self.name, self.actor, self.near, self.beside, self.thing = name, actor, near, beside, thing

    def of(self, token, last):
        return self.name and self.name + token.text, self.actor

    def nearest(self, token):
        return self.near

    def named_beside(self, token, verb):
        return self.beside

    def cannot_speak(self, token):
        return self.thing


NEAR, LAST, BESIDE = ("Near", "N"), ("Last", "L"), ("Beside", "B")


@pytest.mark.parametrize(
    ("pos", "told", "last", "speaker"),
    [
        ("NOUN", Told("le "), LAST, ("le maire", None)),
        ("NOUN", Told("le ", "A", beside=BESIDE), LAST, ("le maire", "A")),  # an actor is who they are
        ("NOUN", Told("le ", beside=BESIDE), LAST, BESIDE),
        ("PRON", Told("le ", beside=BESIDE), LAST, ("le maire", None)),
        ("NOUN", Told("le ", near=NEAR, thing=True), LAST, NEAR),  # a thing says what someone near says
        ("NOUN", Told("le ", thing=True), LAST, LAST),
        ("NOUN", Told("le ", thing=True), None, ("le maire", None)),
        ("NOUN", Told("le ", near=NEAR), LAST, ("le maire", None)),
        ("PRON", Told(None, near=NEAR), LAST, NEAR),
        ("PRON", Told(None), LAST, LAST),
        ("PRON", Told(None), None, (None, None)),
    ],
)
def test_who_speaks_a_cue(pos, told, last, speaker):
    doc = parse(f"maire|{pos}|nsubj|1", "dit|VERB|ROOT|1", "cela|X|dep|1")
    assert cues.subject_of(cue(doc, 1), told, last) == speaker


def test_who_speaks_where_nobody_is_subject():
    doc = parse("hier|ADV|advmod|1", "dit|VERB|ROOT|1", "bien|ADV|dep|1")
    assert cues.subject_of(cue(doc, 1), Told("x", near=NEAR), LAST) == LAST
    assert cues.subject_of(cue(doc, 1), Told("x", near=NEAR), None) == NEAR
    assert cues.subject_of(cue(doc, 1), Told("x"), None) == (None, None)
    group = parse("on|PRON|nsubj|1", "dit|VERB|ROOT|1", "cela|X|dep|1")
    assert cues.subject_of(cue(group, 1), Told(None, near=NEAR), LAST) == (None, None)
    passive = parse("x|X|dep|2", "est|AUX|aux:pass|2", "dit|VERB|ROOT|2", "par|ADP|case|4", "Bo|PROPN|obl:agent|2")
    assert cues.subject_of(cue(passive, 2), Told("de ", near=NEAR), LAST) == ("de Bo", None)
    nobody = parse("x|X|dep|2", "est|AUX|aux:pass|2", "dit|VERB|ROOT|2")
    assert cues.subject_of(cue(nobody, 2), Told("de ", near=NEAR), LAST) == (None, None)


@pytest.mark.parametrize(
    ("parsed", "pronoun"),
    [
        ("oui|ADV|dep|2 a|AUX|aux:tense|2 dit|VERB|ROOT|2 -il|PRON|dep|2", "-il"),
        ("dit|VERB|ROOT|0 x|X|dep|0 -il|PRON|dep|0", "-il"),
        ("dit|VERB|ROOT|0 x|X|dep|0 y|X|dep|0 -il|PRON|dep|0", None),  # the third word after
        ("-il|PRON|dep|3 x|X|dep|3 y|X|dep|3 dit|VERB|ROOT|3", "-il"),
        ("-il|PRON|dep|4 w|X|dep|4 x|X|dep|4 y|X|dep|4 dit|VERB|ROOT|4", None),  # the fourth before
        ("-il|PRON|ROOT|0 y|X|dep|2 dit|VERB|ROOT|2", None),  # in the sentence before
        ("a|AUX|aux:tense|2 -t|X|dep|2 dit|VERB|ROOT|2", None),
    ],
)
def test_an_inverted_pronoun_stands_within_three_words_before_and_two_after(parsed, pronoun):
    doc = parse(*parsed.split())
    at = next(t.i for t in doc if t.text == "dit")
    found = cues._inverted_pronoun(cue(doc, at), doc)
    assert (found and found.text) == pronoun
