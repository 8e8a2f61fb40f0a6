"""Who a word stands for when it speaks."""

import pytest

import analysis
from analysis.measures import entities
from analysis.measures import speakers as rules
from analysis.measures.speakers import Speakers
from analysis.reading.article import read


def speakers_of(text, actors=None):
    article = read(text)
    made = entities.measure(article, actors)
    found = Speakers(article, made["mentions"], made["entities"], made["roles"])
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


def test_a_role_said_of_one_person_stands_for_them():
    found, _ = speakers_of("Le président Paul Roy parle. Le président sourit.")
    again = [t for t in found.doc if t.text == "président"][1]
    assert found.of(again)[0] == "Paul Roy"


@pytest.mark.parametrize(
    ("text", "genders"),
    [
        ("M. Roy a reçu Mme Morel mardi.", {"Roy": "m", "Morel": "f"}),
        ("La ministre Camille Morel parle.", {"Camille Morel": "f"}),
        ("Le président Camille Roy parle.", {"Camille Roy": "m"}),
        ("Camille Morel est allée à Lyon.", {"Camille Morel": "f"}),
        ("Camille Roy est allé à Lyon.", {"Camille Roy": None}),
        ("Paul Roy dort.", {"Paul Roy": "m"}),  # by his first name
        ("La ministre Claude Roy est venue. Le ministre Claude Roy est parti.", {"Claude Roy": None}),  # told both
    ],
)
def test_genders_that_titles_roles_participles_and_first_names_tell(text, genders):
    assert {name: gender for (name, _), gender in speakers_of(text)[0].genders.items()} == genders


def test_the_nearest_name_is_the_last_before_in_the_sentence_that_no_preposition_governs():
    found, token = speakers_of("Luc Petit dort. Paul Roy a vu Jeanne Morel chez Anne Durand hier.")
    assert found.nearest(token("hier"))[0] == "Jeanne Morel" and found.nearest(token("vu"))[0] == "Paul Roy"
    assert found.nearest(token("Paul")) is None and found.nearest(token("dort"))[0] == "Luc Petit"


def test_the_person_named_right_beside_a_noun():
    found, token = speakers_of("Le président du conseil, Paul Roy, a parlé à Jeanne Morel.")
    assert found.named_beside(token("président"), token("parlé"))[0] == "Paul Roy"
    found, token = speakers_of("Le président a parlé, et Paul Roy a répondu.")
    assert found.named_beside(token("président"), token("parlé")) is None, "not beyond the verb"
    found, token = speakers_of("« Non », a dit le président du conseil, Paul Roy.")
    assert found.named_beside(token("président"), token("dit"))[0] == "Paul Roy"
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


def test_who_spoke_last_goes_on_where_nobody_is_named():
    found, token = speakers_of("Le port ferme. Elle part.")
    assert found.of(token("Elle"), ("une voisine", None)) == ("une voisine", None)
    assert found.of(token("Elle"), ("un voisin", None)) == (None, None), "unless of the other gender"
    assert found.of(token("Elle")) == (None, None)


def test_whom_a_paragraph_is_about_is_the_only_person_of_its_last_two_sentences():
    for text, who in (
        ("Paul Roy soupire. Il attend. Fin.", "Paul Roy"),
        ("Paul Roy voit Jeanne Morel. Fin.", None),
        ("Le port est à Paul Roy. Fin.", None),
        ("Paul Roy soupire.\n\nFin.", None),
    ):
        found, token = speakers_of(text)
        focus = found.focus(token("Fin").idx)
        assert (focus and focus[0]) == who, text


def test_a_headline_names_who_spoke_after_a_colon():
    texts = [
        "« C’est une trahison » : Sofia Lahlou accuse le préfet\n\nSofia Lahlou dirige la liste.",
        "« C’EST UNE TRAHISON » : SOFIA LAHLOU ACCUSE LE PRÉFET\n\nSofia Lahlou dirige la liste.",
    ]
    assert analysis.find_quotes(texts)["speaker"].tolist() == ["Sofia Lahlou"] * 2
