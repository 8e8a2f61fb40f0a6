"""Who is who: names, roles and pronouns of an article, each with the one it means; worked on small press texts."""

import pandas as pd
import pytest

import analysis
from analysis.measures import entities
from analysis.measures.capitals import run_of
from analysis.measures.identities import identities
from analysis.measures.names import names
from analysis.reading.article import read


def meant(text, *kinds):
    """(surface, fullest name) of the mentions of these kinds."""
    found = analysis.find_mentions([text])
    return [(r.surface, r.actor) for r in found.itertuples() if not kinds or r.kind in kinds]


def speakers(text):
    return [None if s != s else s for s in analysis.find_quotes([text])["speaker"]]


STAR = (
    "La star du club a réagi lundi. « C’est une honte », a déclaré l’attaquant Paul Ferrec. "
    "« Nous gagnerons », a ajouté le joueur de 24 ans."
)
MINISTER = (
    "Le ministre de la Justice, Bernard Olivot, était à Lyon. « Nous irons au bout », a promis le garde des Sceaux. "
    "Le ministre a ajouté qu’il ne céderait pas."
)


def test_a_role_and_its_synonym_mean_who_was_said_to_have_it():
    assert speakers(STAR) == ["Paul Ferrec", "Paul Ferrec"]
    assert speakers(MINISTER) == ["Bernard Olivot", "Bernard Olivot"]
    assert meant(MINISTER, "description", "pronoun") == [
        ("le garde des Sceaux", "Bernard Olivot"),
        ("Le ministre", "Bernard Olivot"),
        ("il", "Bernard Olivot"),
    ]


def test_a_role_right_beside_a_name_is_said_of_it_and_no_mention():
    made = entities.measure(read(MINISTER))
    assert [(r["noun"], r["said"], r["actor"]) for r in made["roles"]] == [
        ("ministre de la justice", "Le ministre de la Justice", "Bernard Olivot")
    ]
    told = {
        "L’attaquant Paul Ferrec dort.": "attaquant",
        "Claire Vimont, sa porte-parole, dort.": "porte-parole",
        "Bernard Olivot, ministre de la Culture, dort.": "ministre de la culture",
        "Le directeur général de l’hôpital, Loïc Sénéchal, parle.": "directeur général",
        "Jeanne Morel est la maire de Brives.": "maire",
    }
    for text, noun in told.items():
        assert [r["noun"] for r in entities.measure(read(text))["roles"]] == [noun], text
    assert entities.measure(read("Le frère de Jeanne Morel dort."))["roles"] == []


def test_a_name_ends_where_the_place_begins_and_the_one_between_commas_is_meant():
    text = "« On a fait nos devoirs », a affirmé M. Lavigueur en mêlée de presse. Mme Gagnon, elle, parle d’une « trahison »."
    assert speakers(text) == ["Lavigueur", "Gagnon"]
    assert meant(text, "pronoun") == [("elle", "Gagnon")]


def test_a_first_name_alone_is_the_one_the_article_names():
    assert speakers("Selon François, il faut partir. François Pinault a parlé.") == ["François Pinault"]
    assert meant("Jean Dupont parle. Dupont sourit. Jean rit.", "short_name") == [("Dupont", "Jean Dupont"), ("Jean", "Jean Dupont")]  # fmt: skip


def test_namesakes_stay_apart():
    text = "Luc Martin est venu. Martin repart. Anne Martin arrive. Martin reste."
    assert [who for _, who in meant(text)] == ["Luc Martin", "Luc Martin", "Anne Martin", "Anne Martin"]
    text = "M. Morel a reçu Mme Morel. Mme Morel sourit."
    assert len({r["entity_id"] for r in entities.measure(read(text))["mentions"]}) == 2


def test_a_name_in_capitals_is_the_same():
    text = "EN DIRECT. LE MAIRE DE PORT-CLAIR, JEAN ROUVEL, MIS EN EXAMEN\n\nJean Rouvel a été entendu mardi."
    assert meant(text) == [("JEAN ROUVEL", "Jean Rouvel"), ("Jean Rouvel", "Jean Rouvel")]


@pytest.mark.parametrize(
    "text",
    [
        "Mardi, Covid et Justice ont parlé. La Cour a tranché.",
        "VIDÉO. Nous prévoyons d’investir. Dimanche, le Sud a souffert.",
        "La Coupe du monde et le Code du travail passionnent.",
        "Il habite rue Paul-Bert, près du lycée Jean-Moulin.",
    ],
)
def test_days_diseases_labels_contests_laws_and_streets_are_nobody(text):
    assert meant(text) == []


def test_a_common_word_is_never_a_surname():
    text = "N. H. Nous prévoyons d’investir. Nous verrons. N. H. Nous restons."
    assert not any("Nous" in surface for surface, _ in meant(text))


def test_an_organisation_and_its_acronym_are_one():
    text = "Le Syndicat des mobilités du Relais (SMDR) proteste. Le SMDR a saisi le juge. L’agence régionale de santé (ARS) se tait. L’ARS attend."
    found = dict(meant(text))
    assert found["SMDR"] == "Syndicat des mobilités du Relais" and found["ARS"] == "agence régionale de santé"
    found = identities(read("LR et Les Républicains votent. Le PS aussi."))
    assert [m.entity.listed for m in found] == ["Les Républicains", "Les Républicains", "Parti socialiste"]


def test_countries_are_states_where_they_act():
    kinds = {
        e["name"]: e["type"]
        for e in entities.measure(read("La France a condamné cet acte. Paul Roy vit en Italie."))["entities"]
    }
    assert kinds == {"France": "state", "Paul Roy": "person"}


def test_a_surname_that_is_a_country_does_not_swallow_it():
    text = "Anatole France a écrit. La France et l’Italie ont signé. Santé publique France alerte."
    assert [who for surface, who in meant(text) if surface == "France"] == ["France"]


def test_the_enterprise_is_the_one_the_article_names():
    text = "OpenAI a levé des fonds. L’entreprise a grandi. Elle recrute."
    assert meant(text, "description") == [("L'entreprise", "OpenAI")]


@pytest.mark.parametrize(
    "text",
    [
        "Paul Roy est parti. Il faut attendre. Il y a du vent. Il s’agit d’un début.",
        "Le procès de Paul Roy approche. Il sera long.",
        "Jeanne Morel a parlé. Le préfet a répondu.",
        "Paul Roy dort. Un ministre est venu.",
    ],
)
def test_what_stands_for_nobody_named_stays_open(text):
    assert meant(text, "pronoun", "description") == []


def test_gender_and_number_must_agree():
    text = "Jeanne Morel et Paul Roy sont venus. Paul Roy a reçu Jeanne Morel. Elle sourit. Paul Roy dort. Il part."
    assert meant(text, "pronoun") == [("Elle", "Jeanne Morel"), ("Il", "Paul Roy")]
    assert meant("Jeanne Morel est venue. Ils partent.", "pronoun") == []


def test_an_interview_in_paragraphs_of_marks_is_the_guests():
    text = (
        "Un port sans bateaux\n\nLa maire Jeanne Morel s’explique.\n\nPourquoi fermer ?\n\n« Il le faut. »\n\n"
        "Et les bateaux de M. Roy ?\n\n« Ils partiront. »\n\nQuand ?\n\n« Au printemps. »"
    )
    assert speakers(text) == ["Jeanne Morel"] * 3


def test_a_bare_quotation_is_not_given_at_random():
    assert speakers("Alice Morvan se tourna vers Bruno Talec. « Nous partirons demain matin. »") == [None]
    assert speakers("Alice Morvan soupire. « Nous partirons demain matin. »") == ["Alice Morvan"]


def test_the_target_of_a_word_is_not_who_says_it():
    text = (
        "Elon Musk s’oppose à ce qu’il considère comme un monopole dangereux entre les mains de Microsoft et d’OpenAI."
    )
    found = analysis.find_loaded_terms([text])
    assert len(found) and "Elon Musk" not in set(found["target_actor"])


def test_entities_count_what_their_mentions_are():
    made = entities.measure(read(MINISTER))
    (only,) = [e for e in made["entities"] if e["name"] == "Bernard Olivot"]
    assert only == {
        "entity_id": 0,
        "name": "Bernard Olivot",
        "type": "person",
        "actor": "Bernard Olivot",
        "gender": "m",
        "n_mentions": 4,
    }
    assert sum(m["entity_id"] == 0 for m in made["mentions"]) == 4


def test_the_run_of_capitals_of_a_name():
    doc = read("Hier, Charles de Gaulle et Ban Ki-moon ont vu J.-L. Dupont. Nous partons.").doc
    found = [n.text for n in names(doc)]
    assert (
        found[:2] == ["Charles de Gaulle", "Ban Ki-moon"] and run_of(doc, [t.text for t in doc].index("Nous")) is None
    )


BODIES = {
    "Le parlement catalan a voté la loi.": "parlement catalan",
    "L’armée turque avance vers la ville.": "armée turque",
    "Le plan du gouvernement français a plu.": "gouvernement français",
    "Le ministère de l’économie a tranché.": "ministère de l'économie",
    "La start-up Semblou, spécialisée dans les mémoires, lève 140 millions.": "Semblou",
    "Le patron du géant de la sécurité privée Sentrol se tait.": "Sentrol",
    "Un conseiller de l’Élysée soupire.": "Élysée",
    "Le Maroc quitte l’UA. L’UA a regretté ce départ.": "UA",
    "L’agence régionale de santé (ARS) enquête.": "agence régionale de santé",
}


@pytest.mark.parametrize(("text", "body"), BODIES.items(), ids=BODIES.values())
def test_bodies_are_told_by_what_stands_around_their_names(text, body):
    assert body in {m[0].replace("’", "'") for m in meant(text, "name")}


def test_one_word_of_a_bodys_name_means_it_again():
    text = "L’AS Vernasque reçoit Orlis Conseil. Vernasque a gagné, Orlis paiera."
    assert [m for m in meant(text) if m[0] in {"Vernasque", "Orlis"}] == [
        ("Vernasque", "AS Vernasque"),
        ("Orlis", "Orlis Conseil"),
    ]


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("L’indice des prix (IPC) monte encore.", "indice des prix"),
        ("France : un homme arrêté à Lyon", "France"),
        ("Elle est retournée à l’Élysée hier soir.", "Élysée"),
        ("Le régime de Pierre Morel vacille.", "régime de Pierre Morel"),
        ("Au Pérou, le train a quitté la voie.", "Pérou"),
        ("La sonde Carsini approche. Carsini va plonger, il observe les anneaux.", "Carsini"),
        ("Les parents Vimont ont saisi la cour. Vincent Vimont souffrait.", "Vimont"),
        ("La Suissesse a gagné devant la tour Eiffel.", "Suissesse"),
        ("Il a fait référence au suicide de Pierre Morel.", "au suicide de Pierre Morel"),
    ],
)
def test_what_only_looks_like_a_body_is_none(text, nobody):
    assert nobody not in {m[0].replace("’", "'") for m in meant(text)}


def test_a_title_or_a_longer_name_keeps_a_surname_from_somebody_else():
    actors = pd.DataFrame(
        [
            {"actor": "Paul Morel", "type": "person", "gender": "m", "form": form, "kind": kind}
            for form, kind in (("Paul Morel", "name"), ("Morel", "short_name"))
        ]
    )
    text = "Paul Morel se tait. Mme Morel parle. M. Morel part. Le télescope Morel Webb tourne."
    found = analysis.find_mentions([text], actors)
    assert list(found.loc[found["actor"] == "Paul Morel", "start"]) == [0, text.index("Morel part")]


def test_a_role_before_a_name_reaches_it_over_a_nationality():
    made = entities.measure(read("Ada Roy perd face à la championne d’Europe, l’Italienne Carla Priaro."))
    assert [(r["said"], r["actor"]) for r in made["roles"]] == [("la championne d'Europe", "Carla Priaro")]
    made = entities.measure(read("Pour le journaliste Luc Morel, le président se trompe."))
    assert [r["said"] for r in made["roles"]] == ["le journaliste"], "the president is who errs, not Luc Morel"


SPOKEN = {
    "Paul Roy dément avoir exigé quoi que ce soit : « J’ai été invité, je suis venu. »": ["Paul Roy"],
    "« Nous irons », a dit Ada Vimont. Luc Morel a soupiré. « Rien ne bougera ici. »": ["Ada Vimont", "Luc Morel"],
    "« On tient », lâche un conseiller. Il ajoute : « Pour combien de temps ? » Luc Morel se tait.": ["un conseiller"]
    * 2,
    "La sénatrice Ada Vimont a demandé un verre d’eau et « repris sa lecture ».": ["Ada Vimont"],
    "Il s’appelle Luc Morel et ne décolère pas. « On m’a viré un mardi, sans un mot. »": ["Luc Morel"],
}


@pytest.mark.parametrize(("text", "who"), SPOKEN.items(), ids=[t[:30] for t in SPOKEN])
def test_who_speaks_where_no_verb_says_it(text, who):
    assert speakers(text) == who
