"""Turns of interviews and transcripts, with labels and without; what only looks like them stays the outlet's."""

import analysis

LABELS = """Grand entretien

Marie Lantier est maire de Port-Clair depuis 2014.

Le Phare : Pourquoi fermer la piscine ?

Marie Lantier : Nous n'avons plus le choix. La facture est une catastrophe.

Le Phare : Et les clubs ?

Marie Lantier : Ils seront relogés, je m'y engage."""
BARE = """« Je ne regrette rien » : le chef Damien Orsoni rend son étoile

À 58 ans, Damien Orsoni a fermé ses cuisines pour un mois.

Quand avez-vous décidé ?

Un dimanche. J'étais en train de poser des fleurs sur un rouget, et je me suis demandé pourquoi.

L’étoile était-elle devenue un poids ?

Je ne vais pas cracher dans la soupe. Elle m'a fait vivre dix-huit ans.

Que direz-vous à vos clients ?

Que je cuisine mieux qu'avant, et pour moins cher."""
LISTS = """Coup d'envoi

Le tournoi commence samedi.

Groupe A : la France reçoit la Roumanie au Stade de France.

Groupe B : l'Angleterre affronte la Russie à Marseille.

Groupe A : la Suisse affronte l'Albanie à Lens.

Groupe B : le pays de Galles affronte la Slovaquie à Bordeaux."""
DOUBTS = """Un budget en suspens

Le maire Paul Roy a-t-il encore une majorité ?

Rien n'est moins sûr, disent les élus de la ville.

Le préfet interviendra-t-il ?

Il a fait savoir qu'il étudie le dossier.

Et les habitants, qu'en pensent-ils ?

Ils attendent, comme toujours."""


def said(text):
    quotes = analysis.find_quotes([text])
    return [(text[q.start : q.end], q.speaker) for q in quotes.itertuples()]


def test_labels_tell_whose_turn_it_is():
    assert said(LABELS) == [
        ("Nous n'avons plus le choix.", "Marie Lantier"),
        ("La facture est une catastrophe.", "Marie Lantier"),
        ("Ils seront relogés, je m'y engage.", "Marie Lantier"),
    ]
    loaded = analysis.find_loaded_terms([LABELS]).query("term == 'catastrophe'")
    assert loaded["voice"].tolist() == ["quoted"] and loaded["speaker"].tolist() == ["Marie Lantier"]


def test_questions_and_answers_without_labels():
    found = said(BARE)
    assert {who for words, who in found if "soupe" in words or "rouget" in words} == {"Damien Orsoni"}
    assert not any("poids" in words or "ferm" in words for words, _ in found)


def test_q_and_r():
    text = "Un métier discret\n\nPaul Roy mesure des terres.\n\nQ. Que mesurez-vous ?\n\nR. Des parcelles.\n\nQ. Depuis quand ?\n\nR. Depuis 1998."
    assert said(text) == [("Des parcelles.", "Paul Roy"), ("Depuis 1998.", "Paul Roy")]


def test_lists_and_questions_of_the_outlet_are_no_interview():
    assert said(LISTS) == []
    assert not any("majorité" in words or "attendent" in words for words, _ in said(DOUBTS))


def test_the_outlet_asks_even_where_it_does_not_end_with_a_question_mark():
    text = """Le gardien du phare\n\nLe Phare : On vous croit seul.\n\nMarc Lantier : J'ai mes livres.\n\nLe Phare : Votre fille s'inquiète.
\nMarc Lantier : Qui vous a dit ça ?\n\nLe Phare : Parlez-nous du phare.\n\nMarc Lantier : Que voulez-vous de plus ?"""
    assert {who for _, who in said(text)} == {"Marc Lantier"} and ("J'ai mes livres.", "Marc Lantier") in said(text)


def test_a_headline_is_no_turn_and_what_ends_an_interview_is_nobodys():
    text = """Paul Roy : « Je pars sans regret »\n\nLe maire quitte ses fonctions. Il s'explique.\n\n20 Minutes : Pourquoi partez-vous ?
\nPaul Roy : J'ai fait mon temps.\n\nUn hiver terrible\n\n20 Minutes : Des regrets ?\n\nPaul Roy : Aucun.\n\nPropos recueillis par Jeanne Nom"""
    words = [w for w, who in said(text) if who == "Paul Roy"]
    assert words == ["Je pars sans regret", "J'ai fait mon temps.", "Aucun."]


def test_a_parliament_and_a_radio_speak_by_their_labels():
    text = """M. Gérard Nom, président du Sénat. – La parole est à M. Paul Roy.\n\nM. Paul Roy. – Monsieur le président, nous demandons un report.
\n(Applaudissements.)\n\nM. Gérard Nom, président du Sénat. – Je vous remercie.\n\nM. Paul Roy. – Nous voterons contre, vous le savez."""
    assert [who for _, who in said(text)] == ["Gérard Nom", "Paul Roy", "Gérard Nom", "Paul Roy"]
    radio = "L'invité\n\nLÉA MARTIN\nVous quittez la mairie. Pourquoi ?\n\nPAUL ROY\nJ'ai fait mon temps.\n\nLÉA MARTIN\nDes regrets ?\n\nPAUL ROY\nAucun."
    assert [w for w, who in said(radio) if who] == ["J'ai fait mon temps.", "Aucun."]
