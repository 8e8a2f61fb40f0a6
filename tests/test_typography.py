import unicodedata

import pytest

from analysis.reading.article import read
from analysis.reading.headlines import in_sentence_case
from analysis.text.typography import analysis_copy, as_printed, composed, n_words, sentence_spans


def sentences(text):
    return [text[s:e] for s, e in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M. Dupont est là. Il part.", ["M. Dupont est là.", "Il part."]),
        ("Au-delà du clash, rien. Fin.", ["Au-delà du clash, rien.", "Fin."]),
        ("« Vraiment ? » demande-t-il. Oui.", ["« Vraiment ? » demande-t-il.", "Oui."]),
        ("« Oui ! » Il part.", ["« Oui ! »", "Il part."]),
        ("Il dit : « C’est fini. Je pars. » Puis il sort.", ["Il dit : « C’est fini.", "Je pars. »", "Puis il sort."]),
        ("Une “trahison de la mission”, dit-il. Bien.", ["Une “trahison de la mission”, dit-il.", "Bien."]),
        ("Avant J.-C. Paul, J. Martin et Mme. Roy.", ["Avant J.-C. Paul, J. Martin et Mme. Roy."]),
        ("En 2015. Musk part… Il revient !", ["En 2015.", "Musk part…", "Il revient !"]),
        ("Un titre sans point\n\nLe corps commence.", ["Un titre sans point", "Le corps commence."]),
        ("Une ligne coupée\nau milieu d'une phrase. Fin.", ["Une ligne coupée\nau milieu d'une phrase.", "Fin."]),
        ("97,4 milliards et 1.000 euros. Cher.", ["97,4 milliards et 1.000 euros.", "Cher."]),
        ("", []),
        ("   \n ", []),
    ],
)
def test_sentences(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize("mark", ["«", "“"])
def test_no_break_just_after_an_opening_mark(mark):
    closing = {"«": "\u00a0»", "“": "”"}[mark]
    text = f"Il parle. {mark}\u00a0La mission. {closing} Rien."
    assert not any(s.endswith(mark) for s in sentences(text))


def test_analysis_copy_keeps_every_offset():
    text = "L’IA\u00a0: «\u202fl’avenir\u202f» ‑ fin"
    assert len(analysis_copy(text)) == len(text)
    assert analysis_copy(text) == "L'IA : « l'avenir » - fin"


def test_as_printed_composes_and_drops_what_is_invisible():
    assert as_printed(unicodedata.normalize("NFD", "  été\u00ad\u200b \r\n\r\n\r\n\r\nfin\u202e ")) == "été\n\nfin"


def test_composed_leads_back_to_the_text_as_given():
    given = unicodedata.normalize("NFD", "L'été, la tra\u00adhison")
    copy, back = composed(given)
    start = copy.index("trahison")
    assert given[back[start] : back[start + len("trahison")]] == "tra\u00adhison"
    assert len(back) == len(copy) + 1


@pytest.mark.parametrize(("text", "n"), [("", 0), ("L'IA avance.", 3), ("Au-delà, rien : 100 %", 3)])
def test_words(text, n):
    assert n_words(text) == n


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Le groupe publie ses résultats.Selon lui, tout va bien.", ["Le groupe publie ses résultats.", "Selon lui, tout va bien."]),
        ("Ils étaient 100 000.Il pleuvait.", ["Ils étaient 100 000.", "Il pleuvait."]),
        ("« C’est fait.»Le maire est parti.", ["« C’est fait.»", "Le maire est parti."]),
        ("Sur Booking.Com, lemonde.Fr et chez J.K.Rowling.", ["Sur Booking.Com, lemonde.Fr et chez J.K.Rowling."]),
        ("M.Dupont est là.", ["M.Dupont est là."]),
    ],
)
def test_sentences_glued_by_scraping_are_told_apart(text, sentences):
    assert [text[a:b] for a, b in sentence_spans(text)] == sentences
    assert [s.text.strip() for s in read(text).doc.sents] == [s.replace("’", "'") for s in sentences]


def test_headlines_in_capitals_are_read_in_sentence_case():
    text = "LE MAIRE DE PORT-CLAIR AURAIT MENTI À META\n\nLe maire de Port-Clair, Paul Roy, parle à Meta.\n\nL'ONU ET L'OTAN\n\nGAFAM"
    cased = in_sentence_case(text)
    assert len(cased) == len(text) and cased.split("\n")[0] == "Le maire de Port-Clair aurait menti à Meta"
    assert in_sentence_case("LE PARI DE JEANNE MOREL") == "Le pari de Jeanne Morel"
    assert in_sentence_case("Le maire de PORT-CLAIR\n\nONU, OTAN") == "Le maire de PORT-CLAIR\n\nONU, OTAN"
    assert len(in_sentence_case("DIE GROSSE STRASSE ÜBER İSTANBUL GEHT")) == 37
