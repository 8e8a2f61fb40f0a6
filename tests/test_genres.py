"""What kind of text an article is, and what of a page is no text: by form, on texts written for this."""

import pytest
from test_interviews import BARE, DOUBTS, LABELS, LISTS

import analysis
from analysis.corpus.genres import genre_of
from analysis.corpus.metadata import without_furniture
from analysis.text.turns import times

DASHES = """Portrait

Jeanne Morel tient le dernier phare habité du golfe.

– Vous vivez seule depuis dix ans ?

– Oui, et je n'ai jamais eu peur. J'ai mes livres.

– Que mange-t-on ici ?

– Ce que m'apporte le bateau du jeudi.

– Partirez-vous ?

– Je partirai quand on éteindra la lampe."""
BOLD = """Le chantier de la discorde

**Le Phare : Quand ouvrira le pont ?**

**Paul Roy** : Nous l'ouvrirons en mai, je vous le promets.

**Le Phare : Et le budget ?**

**Paul Roy** : Il est tenu."""
LIVE = """Tempête sur Port-Clair : suivez la journée en direct

La préfecture a placé le département en vigilance rouge.

19h12 – Les digues tiennent, assure le maire Paul Roy devant la presse réunie à la capitainerie.

18 h 40. Deux cents foyers sont privés d'électricité dans le quartier des Docks.

À 17h05 : Le dernier bac est rentré au port avec quarante passagers à bord.

16:30 - La circulation des trains est interrompue."""
TRANSCRIPT = """Conseil municipal du 4 mars

LE MAIRE : Mes chers collègues, je vous propose d'ouvrir la séance.

M. ROY : Monsieur le maire, nous demandons un report.

LE MAIRE : Je vous remercie, mais nous avons le quorum.

M. ROY : Alors nous voterons contre, et vous le savez.

Mme LEROY : Nous aussi, monsieur le maire.

Mme LEROY : Je demande la parole."""
LETTER = """Monsieur le Directeur,

Votre article du 3 mars sur la digue m'a fait bondir. Les riverains n'ont jamais été consultés.

Je vous prie d'agréer, Monsieur le Directeur, mes salutations distinguées.

Jeanne Morel, Port-Clair"""
ITEMS = """Ce qui change au 1er mars

- Le tabac augmente de dix centimes.
- Le livret A reste au même taux.
- La trêve hivernale prend fin.
- Les chaudières au fioul ne sont plus aidées."""


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        (LABELS, "interview"), (BARE, "interview"), (DASHES, "interview"), (BOLD, "interview"), (LIVE, "live"), (TRANSCRIPT, "transcript"),
        ("Digue\n\n" + LETTER, "letter"), (ITEMS, "list"), (LISTS, None), (DOUBTS, None),
        ("Grève\n\nPARIS (AFP) – Les trains ne rouleront pas jeudi, a annoncé la direction.", "dispatch"),
        ("Grève\n\nPARIS, 4 mars 2026 (AFP) - Les trains ne rouleront pas jeudi.", "dispatch"),
        ("Grève\n\nPort-Clair (Reuters) — Les trains ne rouleront pas jeudi.", "dispatch"),
        ("Grève\n\nLes trains ne rouleront pas jeudi, a indiqué à l’AFP un porte-parole de la compagnie.", "dispatch"),
        ("Grève\n\nLes trains ne rouleront pas.\n\nUn accord paraît loin.\n\nabc/de/fgh", "dispatch"),
        ("Congrès\n\nJean Roy (PC) a pris la parole. Il a dit non.", None),
        ("Ce soir\n\n20h50 Le Film\n\n22h30 Le Journal\n\n23h00 La Météo", None),
        ("Agenda\n\nLe conseil se réunit lundi. On votera le budget.", None),
    ],
)  # fmt: skip
def test_genre(text, genre):
    title, _, body = text.partition("\n\n")
    assert genre_of(title, body) == genre


def test_who_signs_counts():
    body = "Les trains ne rouleront pas jeudi, a indiqué à l'AFP un porte-parole."
    assert genre_of("Grève", body, author="Jeanne Morel") is None
    assert genre_of("Grève", "Les trains ne rouleront pas.", author="AFP") == "dispatch"
    assert genre_of("Grève", "Les trains ne rouleront pas.", outlet="Agence France-Presse") == "dispatch"


def test_answers_to_dashes_belong_to_whom_is_asked():
    quotes = analysis.find_quotes([DASHES])
    said = {DASHES[q.start : q.end]: q.speaker for q in quotes.itertuples()}
    assert set(said.values()) == {"Jeanne Morel"} and not any("seule" in words for words in said)


def test_live_blogs_are_cut_by_their_times(tmp_path):
    assert [(h, m) for _, h, m in times(LIVE)] == [(19, 12), (18, 40), (17, 5), (16, 30)]
    title, _, body = LIVE.partition("\n\n")
    (tmp_path / "live.txt").write_text(f"---\ntitle: '{title}'\ndate: 2026-03-04\n---\n{body}", encoding="utf-8")
    articles, _ = analysis.inspect_corpus(tmp_path)
    assert articles["genre"].tolist() == ["live"]
    study = analysis.analyse(articles, analysis.discover_actors(articles))
    told = study.sentences.dropna(subset="time")
    assert told["time"].astype(str).unique().tolist() == [f"2026-03-04 {t}:00" for t in ("19:12", "18:40", "17:05", "16:30")]
    assert study.sentences["time"].isna().sum() == 2  # title and lead


def test_a_night_goes_on_past_midnight(tmp_path):
    entries = ["22h12 – Les premiers bureaux ferment dans le calme, annonce la préfecture.", "23h51 – Paul Roy est donné vainqueur par tous les instituts.", "0h30 – Jeanne Morel reconnaît sa défaite devant ses partisans."]  # fmt: skip
    (tmp_path / "n.txt").write_text("---\ntitle: Direct\ndate: 2026-03-04\n---\nLa soirée électorale.\n\n" + "\n\n".join(entries), encoding="utf-8")
    articles = analysis.read_corpus(tmp_path)
    posted = analysis.analyse(articles, analysis.discover_actors(articles)).sentences["time"].dropna()
    assert posted.dt.day.tolist() == [4, 4, 5]


PAGE = "Le maire a démissionné lundi, après onze ans de mandat et une longue crise.\n\n" * 3


@pytest.mark.parametrize(
    ("below", "gone"),
    [
        ("Lire aussi\n\nLe préfet convoque les élus", "Lire aussi | Le préfet convoque les élus"),
        ("» LIRE AUSSI - Le préfet convoque les élus", "» LIRE AUSSI - Le préfet convoque les élus"),
        ("(Lire aussi : Le préfet convoque les élus)", "(Lire aussi : Le préfet convoque les élus)"),
        ("3 commentaires\n\nJean75 le 4/03/2026 à 10h12\n\nIl était temps !\n\nRépondre", "3 commentaires | Jean75 le 4/03/2026 à 10h12 | Il était temps ! | Répondre"),
        ("Commentaires (1)\n\nIl était temps !", "Commentaires (1) | Il était temps !"),
    ],
)  # fmt: skip
def test_comments_and_links_are_furniture(below, gone):
    text, furniture = without_furniture(PAGE + below)
    assert text == PAGE.strip() and furniture == gone


def test_a_counter_above_the_article_takes_nothing_with_it():
    text, furniture = without_furniture("3 commentaires\n\n" + PAGE)
    assert text == PAGE.strip() and furniture == "3 commentaires"
    text, furniture = without_furniture("Le chapô de l'article.\n\nCommentaires\n\n" + PAGE)
    assert "démissionné" in text
