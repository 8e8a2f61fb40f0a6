"""Text as it comes from scans and wrapped files: what is mended, what stays as it is, and that it is told."""

import pytest

import analysis
from analysis.corpus.repairs import mended

CLEAN = """Le conseil municipal de Port-Clair a voté lundi soir la fermeture de la piscine. Le maire, Paul Roy, a parlé d'un crève-cœur.

Chapitre 1

Les clubs seront relogés, a-t-il promis.

Chapitre 2

Groupe A B C D : les vitamines.

3 points séparent les deux listes

Chapitre 3

- Un premier point
- Un second point
"""


def test_clean_text_stays_as_it_is():
    assert mended(CLEAN) == (CLEAN.strip(), [])


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("une crise inter-\nnationale sans", "une crise internationale sans"),
        ("la ville de Port-\nClair attend", "la ville de Port-Clair attend"),
        ("le porte-\nparole du", "le porte-parole du"),
        ("peut-\nêtre demain", "peut-être demain"),
        ("« Non », a-t-\nil dit", "« Non », a-t-il dit"),
        ("dit-\nelle sans", "dit-elle sans"),
        ("Maëlle Corvan-\ndier a dit", "Maëlle Corvandier a dit"),
        ("l'admi¬\nnistration est", "l'administration est"),
    ],
)
def test_words_cut_at_line_ends(cut, whole):
    text, told = mended(f"Hier, {cut} bruit.")
    assert text == f"Hier, {whole} bruit." and told == ["words cut at line ends joined: 1"]


def test_spaced_letters():
    assert mended("Le titre : l e   m a i r e   s ' e n   v a, dit-on. P O R T - C L A I R reste.")[0].startswith("Le titre : le maire")
    assert mended("Un S C A N D A L E éclate.")[0] == "Un SCANDALE éclate."
    assert mended("Il y a à A ou à B.")[0] == "Il y a à A ou à B."


HEADS = """Le maire a quitté la salle sans

LE PHARE — Mercredi 4 mars 2026 — 3

dire un mot. Les élus l'ont suivi.

La séance reprendra jeudi.

LE PHARE — Mercredi 4 mars 2026 — 4

Personne n'a voté."""


def test_page_heads_between_paragraphs():
    text, told = mended(HEADS)
    assert "LE PHARE" not in text and "sans\ndire un mot" in text and told == ["page heads and page numbers taken out: 2"]
    numbered = "Le maire a dit hier soir devant tous les élus réunis\n\n12\n\nqu'il partait.\n\nPuis rien.\n\n13\n\nFin."
    assert mended(numbered)[0] == "Le maire a dit hier soir devant tous les élus réunis\nqu'il partait.\n\nPuis rien.\n\nFin."


@pytest.mark.parametrize(
    "text",
    [
        "Trois dates\n\n2004\n\nLe port ouvre.\n\n2012\n\nLe port ferme.\n\n2020\n\nIl rouvre.",
        "Pour la pâte\n\n200 g de farine\n\n3 pommes\n\nun peu de sel",
        "Trois organisations appellent à la grève de lundi prochain\n\nCGT\n\ncontre la réforme\n\nFO\n\npour les salaires",
        "Sous le pont coule l'eau du soir\nEt la lampe des quais s'endort\nComme un navire sans espoir\nQui ne rentrera plus au port\nSous le pont coule l'eau du soir",
        "Le tirage a réparti les équipes dans les groupes A B C D E F du tournoi.",
    ],
)
def test_dates_recipes_subheads_verse_and_letters_stay(text):
    assert mended(text) == (text, [])


WRAPPED = """Le conseil municipal de Port-Clair a voté lundi soir la fermeture
de la piscine. Le maire a salué le travail de la directrice, Jeanne
Morel, et promis que les clubs seraient relogés avant la rentrée de
septembre. L'opposition, menée par Sofia Lahlou, a quitté la salle.

La préfecture examinera la décision jeudi. D'ici là, la piscine reste
ouverte."""


def test_wrapped_lines_keep_their_offsets():
    text, told = mended(WRAPPED)
    assert len(text) == len(WRAPPED) and text.split("\n\n")[0].count("\n") == 0 and told == ["wrapped lines joined: 4"]
    assert "Jeanne Morel" in text


def test_repairs_are_told(tmp_path):
    (tmp_path / "scan.txt").write_text("Le maire\n\n" + HEADS.replace("suivi", "sui-\nvi"), encoding="utf-8")
    articles, problems = analysis.inspect_corpus(tmp_path)
    assert problems["what"].tolist() == ["repaired: text"] * 2 and problems["held"].tolist() == [1, 1] and problems["gave"].tolist() == [1, 1]
    assert "page heads" in problems["why"][0] and "suivi" in articles["text"][0]


def test_problems_count_what_a_file_held_and_gave(tmp_path):
    (tmp_path / "t.csv").write_text("title,text\nA,Le maire de Port-Clair a démissionné lundi soir.\nB,\nC,Les élus de Port-Clair ont voté hier le budget.\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    _, problems = analysis.inspect_corpus(tmp_path)
    counts = {p.source_file: (p.held, p.gave) for p in problems.itertuples()}
    assert counts["t.csv"] == (3, 2) and counts["empty.txt"][1] == 0 and problems["held"].isna().sum() == 1


def test_ligatures_are_letters():
    text = "Un af\ufb01chage ? « C'est une magni\ufb01que trahison », a af\ufb01rmé Paul Roy. Un scandale."
    quotes, loaded = analysis.find_quotes([text]), analysis.find_loaded_terms([text])
    assert [text[q.start : q.end] for q in quotes.itertuples()] == ["C'est une magni\ufb01que trahison"] and quotes["speaker"][0] == "Paul Roy"
    assert "scandale" in [text[t.start : t.end] for t in loaded.itertuples()]
