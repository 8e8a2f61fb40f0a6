"""Who a word stands for when it speaks."""

import pytest
from parses import parse

from analysis.measures import speakers as rules
from analysis.measures.speakers import Speakers
from analysis.reading.article import read


def speakers_of(text, mentions=(), genders=None):
    article = read(text)
    found = Speakers(article, list(mentions), genders)
    return found, lambda word: next(t for t in article.doc if t.text == word)


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("La ministre Jeanne Morel a parlé.", "ministre", "Jeanne Morel"),
        ("Le président du conseil, Paul Roy, parle.", "président", "Paul Roy"),
        ("Un rapport rédigé par Paul Roy est paru.", "rapport", "Paul Roy"),
        ("La réforme du préfet avance.", "réforme", "La réforme du préfet"),
        ("Jeanne Morel, maire de Brives, parle. La foule sourit.", "foule", "La foule"),
        ("Paul Roy a vu Jeanne Morel. Il part.", "Il", "Paul Roy"),
        ("M. Roy a reçu Mme Morel. Mme Morel sourit. Il part.", "Il", "Roy"),
        ("On part.", "On", None),
        ("Il part.", "Il", None),
    ],
)
def test_a_word_stands_for_a_name_or_for_itself(text, word, name):
    found, token = speakers_of(text)
    assert found.of(token(word))[0] == name


def test_a_noun_said_of_one_person_stands_for_them_and_of_two_for_nobody():
    text = "Le président Paul Roy parle. Le président sourit."
    found, _ = speakers_of(text)
    assert found.roles == {"président": {("Paul Roy", None)}}
    again = [t for t in found.doc if t.text == "président"][1]
    assert found.of(again) == ("Paul Roy", None)
    two, _ = speakers_of(
        "Le président Paul Roy parle. La présidente Jeanne Morel parle. Le président Luc Petit dort. Le président a parlé."
    )
    assert len(two.roles["président"]) >= 2
    assert two.of([t for t in two.doc if t.text == "président"][-1]) == ("Le président", None)


@pytest.mark.parametrize(
    ("text", "genders"),
    [
        ("M. Roy a reçu Mme Morel mardi.", {"Roy": "Masc", "Morel": "Fem"}),
        ("La ministre Jeanne Morel parle.", {"Jeanne Morel": "Fem"}),
        ("Le président Paul Roy parle.", {"Paul Roy": "Masc"}),
        ("Jeanne Morel est allée à Lyon.", {"Jeanne Morel": "Fem"}),
        ("Paul Roy est allé à Lyon.", {}),
        ("Le frère de Jeanne Morel est parti.", {}),
        ("La ministre Claude Roy est venue. Le ministre Claude Roy est parti.", {}),  # told both
    ],
)
def test_genders_that_titles_and_participles_tell(text, genders):
    assert speakers_of(text)[0].genders == genders


def test_what_the_catalogue_says_of_genders_counts_more():
    assert speakers_of("La ministre Claude Roy parle.", genders={"Claude Roy": "Masc"})[0].genders == {
        "Claude Roy": "Masc"
    }


def mention(start, end, actor, kind="name"):
    return {"start": start, "end": end, "actor": actor, "kind": kind}


def test_mentions_of_the_catalogue_stand_in_the_place_of_names_they_touch():
    text = "Jeanne Morel a vu Paul Roy."
    found, token = speakers_of(text, [mention(7, 12, "La maire")])
    assert found.names == [(7, 12, "La maire", "La maire"), (18, 26, "Paul Roy", None)]
    beside, _ = speakers_of(text, [mention(12, 18, "X"), mention(26, 27, "Y")])
    assert [n[2] for n in beside.names] == ["Jeanne Morel", "X", "Paul Roy", "Y"], (
        "what only borders on a name leaves it"
    )
    assert found.at(token("Morel")) == ("La maire", "La maire") and found.at(token("Jeanne")) is None
    assert found.at(token("Roy")) == ("Paul Roy", None) and found.at(token("vu")) is None


def test_people_are_those_whom_spacy_takes_for_such_and_those_meant_by_surname_or_pronoun():
    kinds = [("name", "A"), ("short_name", "B"), ("pronoun", "C"), ("pronoun", None)]
    found, _ = speakers_of("Le port ferme.", [mention(i, i + 1, actor, kind) for i, (kind, actor) in enumerate(kinds)])
    assert found.people == {"B", "C"}


def test_the_nearest_name_is_the_last_before_in_the_sentence_that_no_preposition_governs():
    found, token = speakers_of("Luc Petit dort. Paul Roy a vu Jeanne Morel chez Anne Durand hier.")
    assert found.nearest(token("hier")) == ("Jeanne Morel", None) and found.nearest(token("vu")) == ("Paul Roy", None)
    assert found.nearest(token("Paul")) is None and found.nearest(token("dort")) == ("Luc Petit", None)


def test_the_person_named_right_beside_a_noun():
    found, token = speakers_of("Le président du conseil, Paul Roy, a parlé à Jeanne Morel.")
    assert found.named_beside(token("président"), token("parlé")) == ("Paul Roy", None)
    found, token = speakers_of("Le président a parlé, et Paul Roy a répondu.")
    assert found.named_beside(token("président"), token("parlé")) is None, "not beyond the verb"
    found, token = speakers_of("« Non », a dit le président du conseil, Paul Roy.")
    assert found.named_beside(token("président"), token("dit")) == ("Paul Roy", None)
    found, token = speakers_of("« Non », a dit le président. Paul Roy dort.")
    assert found.named_beside(token("président"), token("dit")) is None, "not beyond the full stop"
    found, token = speakers_of("« Non », a dit le frère de Paul Roy.")
    assert found.named_beside(token("frère"), token("dit")) is None


@pytest.mark.parametrize(
    ("text", "word", "can", "cannot"),
    [
        ("La réforme avance.", "réforme", False, True),
        ("Le préfet avance.", "préfet", True, False),
        ("Le gouvernement avance.", "gouvernement", True, False),  # it ends as things do, but is a source
        ("La table avance.", "table", False, False),
        ("Elle avance.", "Elle", True, False),
    ],
)
def test_who_can_speak_and_who_cannot(text, word, can, cannot):
    found, token = speakers_of(text)
    assert (found.can_speak(token(word)), found.cannot_speak(token(word))) == (can, cannot)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("le frère de Paul", True),
        ("le bilan du Paul", True),
        ("il parle à Paul", True),
        ("il part avec M. Paul", True),
        ("chez Mme Paul", True),
        ("l'avis d'Paul", True),
        ("le monde Paul", False),
        ("il aide Paul", False),
        ("M. Paul", False),
        ("Paul", False),
    ],
)
def test_a_name_after_a_preposition_is_governed_by_it(text, after):
    assert rules._after_case(text, text.index("Paul")) is after


@pytest.mark.parametrize(
    ("words", "role"),
    [
        (["chef|NOUN|ROOT|0", "de|ADP|case|3", "l'|DET|det|3", "état|NOUN|nmod|0"], "chef"),
        (["premier|ADJ|amod|1", "ministre|NOUN|ROOT|1"], "premier ministre"),
        (["première|ADJ|amod|1", "ministre|NOUN|ROOT|1"], "premier ministre"),
        (["chef|NOUN|ROOT|0", "du|ADP|case|2", "gouvernement|NOUN|nmod|0"], "premier ministre"),
        (["Maires|NOUN|ROOT|0|maire"], "maire"),
    ],
)
def test_an_office_has_one_word(words, role):
    doc = parse(*words)
    assert rules._role(doc[0]) == role


PEOPLE = "Paul Roy est venu. Jeanne Morel est venue. Le préfet a vu Luc Petit. {} part."


@pytest.mark.parametrize(
    ("pronoun", "last", "name"),
    [
        ("Elle", None, "Jeanne Morel"),
        ("Il", None, "Paul Roy"),  # the last subject that no participle tells otherwise
        ("Elle", ("Paul Roy", None), "Jeanne Morel"),
    ],
)
def test_a_pronoun_stands_for_the_nearest_subject_of_its_gender(pronoun, last, name):
    found, token = speakers_of(PEOPLE.format(pronoun))
    assert found.of(token(pronoun), last)[0] == name


def test_who_spoke_last_goes_on_where_nobody_is_named_as_subject():
    found, token = speakers_of("Le port ferme. Elle part.")
    assert found.of(token("Elle"), ("Ada Lee", "Ada")) == ("Ada Lee", "Ada")
    found, token = speakers_of("Le port ferme. Elle part.", genders={"Ada Lee": "Masc"})
    assert found.of(token("Elle"), ("Ada Lee", "Ada")) == (None, None), "unless of the other gender"


class Named:
    """Speakers of a parse made by hand: people at these words."""

    def __new__(cls, doc, *places, genders=None):
        made = object.__new__(Speakers)
        made.doc, made.text, made.roles, made.genders = doc, doc.text, {}, genders or {}
        made.names = [(doc[a].idx, doc[a].idx + len(doc[a]), doc[a].text, None) for a in places]
        made._starts, made.people = [n[0] for n in made.names], {n[2] for n in made.names}
        return made


def test_the_people_within_a_noun_phrase_speak_unless_a_preposition_governs_them():
    doc = parse("ministre|NOUN|ROOT|0", "Ada|PROPN|dep|0", "Bo|PROPN|obj|0", "Cy|PROPN|obj|0")
    assert Named(doc, 2, 3).of(doc[0]) == ("Bo", None), "the first of them"
    doc = parse("frère|NOUN|ROOT|0", "de|ADP|case|2", "Ada|PROPN|obl|0")
    assert Named(doc, 2).of(doc[0]) == ("frère de Ada", None)


def test_this_latter_is_the_last_who_was_named():
    doc = parse(
        "Ada|PROPN|nsubj|1",
        "voit|VERB|ROOT|1",
        "Bo|PROPN|obj|1",
        "Ce|DET|det|4",
        "dernier|ADJ|nsubj|5",
        "part|VERB|ROOT|5",
    )
    assert Named(doc, 0, 2).of(doc[4]) == ("Bo", None)
    assert Named(doc, 0, 2, genders={"Bo": "Fem"}).of(doc[4]) == ("Ada", None), "of the gender that it has"
    doc = parse("Ada|PROPN|nsubj|1", "voit|VERB|ROOT|1", "Bo|PROPN|obj|1", "Il|PRON|nsubj|4", "part|VERB|ROOT|4")
    assert Named(doc, 0, 2).of(doc[3]) == ("Ada", None), "il stands for the subject"
    assert Named(doc, 0, 2, genders={"Ada": "Fem"}).of(doc[3]) == ("Bo", None), "or for whoever else fits"
    doc = parse(
        "Ada|PROPN|nsubj|1",
        "voit|VERB|ROOT|1",
        "Bo|PROPN|nsubj|3",
        "part|VERB|ROOT|3",
        "Il|PRON|nsubj|5",
        "rit|VERB|ROOT|5",
    )
    assert Named(doc, 0, 2).of(doc[4]) == ("Bo", None), "the last"
    assert Named(doc, 0, 2, genders={"Ada": "Masc"}).of(doc[4]) == ("Ada", None), "or the last who is known to fit"


def test_a_pronoun_reaches_back_600_characters():
    for far, name in ((599, "Ada"), (600, None)):
        doc = parse("Ada|PROPN|nsubj|1", "y" * (far - 5) + "|VERB|ROOT|1", "Il|PRON|nsubj|3", "part|VERB|ROOT|3")
        assert doc[2].idx == far and Named(doc, 0).of(doc[2]) == (name, None)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["la|DET|det|1", "ministre|NOUN|ROOT|1", "Ada|PROPN|appos|1"], ["Fem"]),
        (["la|DET|det|1", "ministre|NOUN|ROOT|1", "belge|ADJ|amod|1", "Ada|PROPN|appos|1"], ["Fem"]),
        (["la|DET|det|1", "ministre|NOUN|ROOT|1", "très|ADV|dep|1", "belge|ADJ|amod|1", "Ada|PROPN|appos|1"], ["Fem"]),
        (["la|DET|det|1", "ministre|NOUN|ROOT|1", "si|ADV|dep|1", "très|ADV|dep|1", "belge|ADJ|amod|1", "Ada|PROPN|appos|1"], []),
        (["la|DET|det|1", "table|NOUN|ROOT|1", "Ada|PROPN|appos|1"], []),
        (["Mme|NOUN|ROOT|0", "Ada|PROPN|flat|0"], ["Fem"]),
        (["Mme|NOUN|ROOT|0", "x|X|dep|0", "Ada|PROPN|flat|0"], []),
        (["Ada|PROPN|nsubj:pass|2", "est|AUX|aux:pass|2|être", "élue|VERB|ROOT|2"], ["Fem"]),
        (["Ada|PROPN|nsubj:pass|2", "est|AUX|aux:pass|2|être", "élu|VERB|ROOT|2"], []),
        (["Ada|PROPN|nsubj|2", "a|AUX|aux:tense|2|avoir", "élue|VERB|ROOT|2"], []),
    ],
)  # fmt: skip
def test_what_stands_by_a_name_tells_its_gender(words, told):
    doc = parse(*words)
    ada = next(t for t in doc if t.text == "Ada")
    assert rules._gender_told(ada, ada) == told


@pytest.mark.parametrize(
    ("before", "after", "roles"),
    [
        ("ministre x x x", "", {"ministre"}),  # four words before
        ("ministre x x x x", "", set()),
        ("", "x x x ministre", {"ministre"}),  # four after
        ("", "x x x x ministre", set()),
        ("table", "maire", {"maire"}),
    ],
)
def test_a_title_within_four_words_of_a_name_is_said_of_its_person(before, after, roles):
    words = [*before.split(), "Ada", *after.split()]
    at = words.index("Ada")
    doc = parse(*(f"{w}|{'PROPN' if w == 'Ada' else 'X' if w == 'x' else 'NOUN'}|dep|0" for w in words))
    found, genders = Named(doc, at)._roles()
    assert found == {role: {("Ada", None)} for role in roles} and genders == {}


def test_what_is_no_person_has_no_title_and_takes_nobody_elses():
    doc = parse("maire|NOUN|ROOT|0", "Valdo|PROPN|dep|0", *["x|X|dep|0"] * 5, "ministre|NOUN|dep|0", "Ada|PROPN|dep|0")
    made = Named(doc, 1, 8)
    made.people = {"Ada"}
    assert made._roles()[0] == {"ministre": {("Ada", None)}}
