"""A specification of quotations by sentences of our own: text → (words, kind, speaker)."""

import unicodedata

import pytest

import analysis

DIRECT = [
    ("« La rivière est morte », a déclaré Jeanne Morel.", "La rivière est morte", "Jeanne Morel"),
    ("« La rivière est morte », déclare Jeanne Morel.", "La rivière est morte", "Jeanne Morel"),
    ("“La rivière est morte”, a déclaré Jeanne Morel.", "La rivière est morte", "Jeanne Morel"),
    ('"La rivière est morte", a déclaré Jeanne Morel.', "La rivière est morte", "Jeanne Morel"),
    ("Jeanne Morel a déclaré : « La rivière est morte. »", "La rivière est morte.", "Jeanne Morel"),
    ("Jeanne Morel est venue. « La rivière est morte », a-t-elle lancé.", "La rivière est morte", "Jeanne Morel"),
    ("Paul Roy hésite. « Je ne sais pas », lâche-t-il.", "Je ne sais pas", "Paul Roy"),
    ("« Je ne sais pas », murmure Paul Roy.", "Je ne sais pas", "Paul Roy"),
    ("« Nous partirons demain », s’indigne Nadia Ferrouel.", "Nous partirons demain", "Nadia Ferrouel"),
    ("« Nous partirons demain », répond le préfet.", "Nous partirons demain", "le préfet"),
    ("« Où allez-vous ? » demande Paul Roy.", "Où allez-vous ?", "Paul Roy"),
    ("Le ministre de l’Eau, Paul Roy, a répondu : « Nous agirons vite. »", "Nous agirons vite.", "Paul Roy"),
    ("« C’est une honte ! » s’emporte Jeanne Morel.", "C’est une honte !", "Jeanne Morel"),
    ("« Nous tiendrons bon », veut croire Paul Roy.", "Nous tiendrons bon", "Paul Roy"),
    ("“On ne lâche rien”, résume Nadia Ferrouel, secrétaire du syndicat.", "On ne lâche rien", "Nadia Ferrouel"),
    ("« Nous avons gagné », se félicite le maire, Paul Roy.", "Nous avons gagné", "Paul Roy"),
    ("« Nous avons gagné », se félicite Paul Roy, le maire.", "Nous avons gagné", "Paul Roy"),
    ("« Il faut partir demain », a lancé la capitaine.", "Il faut partir demain", "la capitaine"),
    ("« Ce gamin nous a sauvé la vie », glisse un mécanicien.", "Ce gamin nous a sauvé la vie", "un mécanicien"),
    ("La maire Jeanne Morel a promis : « Rien ne sera vendu. »", "Rien ne sera vendu.", "Jeanne Morel"),
]
FRAGMENT = [
    ("Paul Roy dénonce une « trahison » du conseil.", "trahison", "Paul Roy"),
    ("Paul Roy a qualifié le projet de « folie pure ».", "folie pure", "Paul Roy"),
    (
        "Musk n'a cessé de dénoncer ce qu'il appelle une “trahison de la mission initiale”.",
        "trahison de la mission initiale",
        "Musk",
    ),
    ("Selon Jeanne Morel, le projet serait « une folie ».", "une folie", "Jeanne Morel"),
    ("Paul Roy, lui, parle d’une « mascarade ».", "mascarade", "Paul Roy"),
    ("Comme le dit Paul Roy, « tout est perdu ».", "tout est perdu", "Paul Roy"),
    ("Pour Jeanne Morel, c’est « une victoire historique ».", "une victoire historique", "Jeanne Morel"),
    ("Paul Roy se dit « très inquiet ».", "très inquiet", "Paul Roy"),
    ("Le syndicat dénonce une « casse sociale » et appelle à la grève.", "casse sociale", "Le syndicat"),
    ("La direction, qui évoque un « malentendu », n’a rien dit.", "malentendu", "La direction"),
    ("Dans un communiqué, la mairie « regrette » cette décision.", "regrette", "la mairie"),
    ("Paul Roy a fustigé « l’incompétence » de Valdo.", "l’incompétence", "Paul Roy"),
    ("Le maire parle de “guerre” dans la vallée.", "guerre", "Le maire"),
    ("Paul Roy se présente comme « le candidat du peuple ».", "le candidat du peuple", "Paul Roy"),
    ("« Jamais », a tranché le juge.", "Jamais", "le juge"),
    ("Jeanne Morel accuse le préfet d’avoir « menti aux habitants ».", "menti aux habitants", "Jeanne Morel"),
]
INDIRECT = [
    ("Jeanne Morel affirme que le barrage est dangereux.", "le barrage est dangereux", "Jeanne Morel"),
    ("Jeanne Morel a annoncé qu’elle viendrait.", "elle viendrait", "Jeanne Morel"),
    ("Selon Paul Roy, le barrage est dangereux.", "le barrage est dangereux", "Paul Roy"),
    ("D’après le préfet, le barrage est dangereux.", "le barrage est dangereux", "le préfet"),
    ("Le barrage est dangereux, selon Paul Roy.", "Le barrage est dangereux", "Paul Roy"),
    ("Aux yeux de Paul Roy, le barrage est dangereux.", "le barrage est dangereux", "Paul Roy"),
    ("De l’avis de Paul Roy, le barrage est dangereux.", "le barrage est dangereux", "Paul Roy"),
    ("Pour Paul Roy, le barrage est dangereux.", "le barrage est dangereux", "Paul Roy"),
    ("Selon des documents judiciaires, Paul Roy aurait menti.", "Paul Roy aurait menti", "des documents judiciaires"),
    ("Interrogé, Paul Roy a répondu qu’il ne savait rien.", "il ne savait rien", "Paul Roy"),
    ("Jeanne Morel a dit vouloir partir.", "vouloir partir", "Jeanne Morel"),
    ("À en croire Paul Roy, tout va bien.", "tout va bien", "Paul Roy"),
    ("Le président a estimé lundi que la situation était grave.", "la situation était grave", "Le président"),
    (
        "L’accord serait signé, selon une source proche du dossier.",
        "L’accord serait signé",
        "une source proche du dossier",
    ),
    ("D’après les enquêteurs, l’homme a agi seul.", "l’homme a agi seul", "les enquêteurs"),
    ("Les enquêteurs pensent que l’homme a agi seul.", "l’homme a agi seul", "Les enquêteurs"),
    ("Le rapport conclut que l’air est pollué.", "l’air est pollué", "Le rapport"),
    ("Le maire demande que le pont ferme.", "le pont ferme", "Le maire"),
    ("Le ministre a promis de venir.", "venir", "Le ministre"),
    ("Paul Roy reproche à la mairie d’avoir menti.", "avoir menti", "Paul Roy"),
    ("Jeanne Morel affirme avoir prévenu le préfet.", "avoir prévenu le préfet", "Jeanne Morel"),
    ("Paul Roy considère ce projet comme un monopole dangereux.", "un monopole dangereux", "Paul Roy"),
    (
        "Jeanne Morel est là face à ce qu’elle considère comme un monopole dangereux.",
        "un monopole dangereux",
        "Jeanne Morel",
    ),
]
NOT_QUOTES = [
    "Le film « Les Quatre Cents Coups » revient en salle.",
    "La revue « Critique » paraît en mai.",
    "Le navire « Belle-Sauvelle » est rentré au port.",
    "La « French Tech » se porte bien.",
    "Le maire estime à 3 millions le coût du pont.",
    "Le ministre a annoncé sa démission.",
    "Jeanne Morel, pour qui le projet est mort, a quitté la salle.",
    "Il a plu toute la nuit sur la vallée.",
]


def overlaps(row, text, words):
    start = text.index(words)
    inside = max(0, min(row.end, start + len(words)) - max(row.start, start))
    return inside / (max(row.end, start + len(words)) - min(row.start, start)) > 0.8


@pytest.mark.parametrize(
    ("kind", "text", "words", "speaker"),
    [
        pytest.param(kind, *case, id=case[0][:60])
        for kind, cases in (("direct", DIRECT), ("fragment", FRAGMENT), ("indirect", INDIRECT))
        for case in cases
    ],
)
def test_who_says_what(kind, text, words, speaker):
    found = [row for row in analysis.find_quotes([text]).itertuples() if overlaps(row, text, words)]
    assert [(row.kind, row.speaker) for row in found] == [(kind, speaker)]


SPEAKERS = [
    ("La ministre Jeanne Morel a reçu Paul Roy. Le maire Paul Roy est venu. « Je ne cède rien », a-t-elle lancé.", "Jeanne Morel"),
    ("Jeanne Morel est arrivée mardi avec Paul Roy. Paul Roy a visité l'usine. « Tout ira bien », assure-t-elle.", "Jeanne Morel"),
    ("M. Roy a reçu Mme Morel mardi. Mme Morel a salué la foule. Il affirme que le barrage est dangereux.", "Roy"),
    ("Le communiqué rédigé par les grévistes annonce que la marche est reportée.", "les grévistes"),
    ("Le président Paul Roy a parlé. Le chef de l’État a promis que l’école ouvrirait.", "Paul Roy"),
    ("Paul Roy a été battu. Certains estiment qu’il partira avant l’été.", "Certains"),
    ("Le directeur de l’école interrogé a précisé que les élèves ne seraient pas punis.", "Le directeur de l'école"),
    ("Selon iTELE, le pont fermera lundi.", "iTELE"),
    ("Angela Merkel a rencontré Paul Roy. Ce dernier a déclaré que tout allait bien.", "Paul Roy"),
    ("Paul Roy a rencontré Jeanne Morel. Cette dernière a déclaré que tout allait bien.", "Jeanne Morel"),
    ("Il a été annoncé par la préfecture que le pont fermerait.", "la préfecture"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS)
def test_whose_words_they_are(text, speaker):
    assert list(analysis.find_quotes([text])["speaker"]) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Les importateurs doivent déclarer à la douane « toute marchandise d’une valeur élevée ».",
        "Trois cents caisses de vin auraient ensuite été « payées comptant ».",
    ],
)
def test_things_say_nothing(text):
    assert analysis.find_quotes([text])["speaker"].isna().all()


@pytest.mark.parametrize("text", NOT_QUOTES)
def test_titles_and_names_are_no_quotes(text):
    assert analysis.find_quotes([text]).empty


def words_of(text):
    return [(text[row.start : row.end], row.speaker) for row in analysis.find_quotes([text]).itertuples()]


def test_an_incise_parts_a_quotation_without_being_in_it():
    text = "« Je pars, a confié Jeanne Morel, la voix nouée. Mais je reviendrai. »"
    assert words_of(text) == [("Je pars", "Jeanne Morel"), ("Mais je reviendrai.", "Jeanne Morel")]
    assert analysis.find_quotes([text])["quote_id"].nunique() == 1


def test_a_quotation_over_sentences_has_one_row_each_and_one_speaker():
    text = "« Il pleut. Il vente », observe Paul Roy."
    assert words_of(text) == [("Il pleut.", "Paul Roy"), ("Il vente", "Paul Roy")]


def test_a_quotation_that_follows_keeps_its_speaker():
    text = "« Je suis prête », a dit Jeanne Morel. « Rien ne nous arrêtera. »"
    assert [speaker for _, speaker in words_of(text)] == ["Jeanne Morel"] * 2


def test_a_cue_before_a_colon_in_the_sentence_before():
    assert words_of("Paul Roy a répondu ainsi :\n\n« Nous verrons bien demain. »") == [
        ("Nous verrons bien demain.", "Paul Roy")
    ]


def test_nested_marks_belong_to_the_outer_quotation():
    assert words_of("« Ils l’appellent “la folle” », raconte Jeanne Morel.") == [
        ("Ils l’appellent “la folle”", "Jeanne Morel")
    ]


def test_a_mark_never_closed_is_reported_and_not_lost():
    found = analysis.find_quotes(["Paul Roy a dit : « Nous partirons demain.\n\nLe reste de l'article continue ici."])
    assert list(found["closed"]) == [False] and found["end"][0] <= 41


def test_scare_quotes_are_kept_apart():
    from analysis.measures.voices import measure
    from analysis.reading.article import read

    found = measure(read("La « modernisation » du port a commencé en mars."), mentions=[], entities=[])
    assert not found["quotes"] and len(found["scare_quotes"]) == 1


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Paul Roy prétend que tout va bien.", "distancing"),
        ("Paul Roy révèle que tout va mal.", "endorsing"),
        ("Paul Roy dit que tout va bien.", "neutral"),
    ],
)
def test_stance_of_the_cue(text, stance):
    assert list(analysis.find_quotes([text])["cue_stance"]) == [stance]


def test_offsets_are_those_of_the_string_as_given():
    given = unicodedata.normalize("NFD", "« L’été a été volé », a déclaré Jeanne Morel.")
    row = next(analysis.find_quotes([given]).itertuples())
    assert unicodedata.normalize("NFC", given[row.start : row.end]) == "L’été a été volé"


def test_degenerate_texts():
    assert analysis.find_quotes([]).empty and analysis.find_quotes(["", "«", "« »", "»"]).empty
    with pytest.raises(TypeError, match=r"texts\[1\]"):
        analysis.find_quotes(["bien", None])


def test_no_pronoun_of_the_other_gender_speaks_for_an_actor_of_the_catalogue(tmp_path):
    """What the catalogue says of genders counts, where the text tells none."""
    (tmp_path / "a.txt").write_text(
        "Camille Roy a rencontré Dominique Vasseur hier. Dominique Vasseur a quitté la salle. « Nous gagnerons », a-t-elle lancé.",
        encoding="utf-8",
    )
    people = (
        "actors: [{name: Camille Roy, type: person, gender: f}, {name: Dominique Vasseur, type: person, gender: m}]"
    )
    (tmp_path / "actors.yaml").write_text(people, encoding="utf-8")
    said = analysis.open_study(tmp_path).quotes
    assert list(said["speaker"]) == ["Camille Roy"]
