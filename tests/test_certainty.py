"""A specification of hedges: text → [(marker, type)]."""

import pytest

import analysis

CASES = [
    ("Elon Musk aurait tenté de rallier ses rivaux.", [("aurait tenté", "press_conditional")]),
    ("La compagnie aurait discrètement vendu le navire.", [("aurait discrètement vendu", "press_conditional")]),
    ("Le suspect serait en fuite.", [("serait", "press_conditional")]),
    ("Trois navires seraient arrivés hier.", [("seraient arrivés", "press_conditional")]),
    ("Ce procès pourrait redessiner les règles.", [("pourrait", "possibility")]),
    ("Le conseil devrait voter demain.", [("devrait", "possibility")]),
    ("Il faudrait agir vite.", [("faudrait", "possibility")]),
    ("S'il pleuvait, la rivière déborderait.", [("déborderait", "hypothetical")]),
    ("Si le préfet cédait, tout changerait.", [("changerait", "hypothetical")]),
    ("Elle aurait dû partir plus tôt.", [("aurait dû", "hypothetical")]),
    ("La maire a annoncé qu’elle viendrait.", [("viendrait", "future_in_past")]),
    ("Le préfet avait promis que le pont rouvrirait.", [("rouvrirait", "future_in_past")]),
    ("Nous voudrions une réponse.", [("voudrions", "politeness")]),
    ("J’aimerais comprendre.", [("aimerais", "politeness")]),
    ("Selon des documents judiciaires, il a menti.", [("Selon", "press_conditional")]),
    ("L’auteur présumé a été entendu.", [("présumé", "press_conditional")]),
    ("Les deux hommes se seraient rencontrés.", [("seraient rencontrés", "press_conditional")]),
    ("L'entreprise n'aurait pas respecté ses engagements.", [("aurait pas respecté", "press_conditional")]),
    ("Il aurait été vu à Lyon.", [("aurait été vu", "press_conditional")]),
    ("Sans lui, le projet échouerait.", [("échouerait", "hypothetical")]),
    ("Cela permettrait de réduire la dette.", [("permettrait", "possibility")]),
    ("Le texte, qui entrerait en vigueur en juin, divise.", [("entrerait", "possibility")]),
    ("Elle pensait qu'il reviendrait.", [("reviendrait", "future_in_past")]),
    ("Il avait juré que jamais il ne céderait.", [("céderait", "future_in_past")]),
    ("On dirait un roman.", [("dirait", "possibility")]),
    ("Il serait temps d'agir.", [("serait", "possibility")]),
    ("Il se pourrait que le vote soit reporté.", [("pourrait", "possibility")]),
    ("Elle aurait pu gagner.", [("aurait pu", "hypothetical")]),
    ("Pourriez-vous répéter ?", [("Pourriez", "politeness")]),
    ("Je souhaiterais vous parler.", [("souhaiterais", "politeness")]),
    ("Il est soupçonné de fraude.", [("est soupçonné de", "press_conditional")]),
    ("De source policière, trois personnes sont mortes.", [("De source policière", "press_conditional")]),
    ("Selon nos informations, il part.", [("Selon nos informations", "press_conditional")]),
    ("Cette prétendue victoire inquiète.", [("prétendue", "press_conditional")]),
    ("Il a affirmé qu'il n'aurait jamais signé.", [("aurait jamais signé", "press_conditional")]),
    ("S'il avait su, il serait parti.", [("serait parti", "hypothetical")]),
    ("Même si le prix baissait, personne n'achèterait.", [("achèterait", "hypothetical")]),
    ("Il préparait son départ et montrait la carte.", []),
    ("Elle courait, offrait, ouvrait, entrait.", []),
    ("Son portrait et ses extraits sont désormais vrais.", []),
    ("Selon que vous serez puissant ou non, tout change.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0][:50] for c in CASES])
def test_hedges(text, expected):
    found = analysis.find_hedges([text])
    assert list(zip(found["marker"], found["type"])) == expected


def test_form_source_and_event():
    text = "Selon des documents judiciaires, Paul Roy aurait approché la compagnie."
    found = analysis.find_hedges([text]).set_index("form")
    assert set(found["source"]) == {"des documents judiciaires"}
    start, end = found.loc["verb", ["event_start", "event_end"]]
    assert "approché la compagnie" in text[start:end]


@pytest.mark.parametrize(
    "form", "tenterait prendrait courrait mettrait vivrait plairait irait acquerrait cueillerait jetterait".split()
)
def test_conditionals_by_form(form):
    assert list(analysis.find_hedges([f"Il {form} tout."])["marker"]) == [form]


@pytest.mark.parametrize(
    "form", "tirait jurait mourait inspirait instaurait restaurait assurait éclairait retirait".split()
)
def test_imperfects_are_no_conditionals(form):
    assert analysis.find_hedges([f"Il {form} tout."]).empty


@pytest.mark.parametrize(
    "text", ["Selon les règles, le maire signe.", "Selon la saison, le marché ouvre à six heures."]
)
def test_a_measure_is_no_source_for_hedges_nor_for_quotations(text):
    assert analysis.find_hedges([text]).empty and analysis.find_quotes([text]).empty


def all_of(text):
    found = analysis.find_hedges([text]).fillna("").to_dict("records")
    return [(r["marker"], r["form"], r["type"], text[r["event_start"] : r["event_end"]], r["source"]) for r in found]


ROWS = [
    (
        "Si le pont cédait, la vallée serait coupée ; le maire viendrait.",
        [
            ("serait", "verb", "hypothetical", "Si le pont cédait, la vallée serait coupée ; le maire viendrait", ""),
            ("viendrait", "verb", "press_conditional", "le maire viendrait", ""),
        ],
    ),
    ("Le pont, présumé solide, a cédé.", [("présumé", "adjective", "press_conditional", "Le pont", "")]),
    (
        "L’auteur présumé de l’attaque a fui.",
        [("présumé", "adjective", "press_conditional", "L’auteur présumé de l’attaque", "")],
    ),
    (
        "Le suspect, qui aurait volé la voiture, est entendu.",
        [("aurait volé", "verb", "press_conditional", "qui aurait volé la voiture", "")],
    ),
    (
        "Paul Roy a annoncé que le pont fermerait lundi.",
        [("fermerait", "verb", "future_in_past", "que le pont fermerait lundi", "Paul Roy")],
    ),
    (
        "Paul Roy annonce que le pont fermerait lundi.",
        [("fermerait", "verb", "press_conditional", "que le pont fermerait lundi", "Paul Roy")],
    ),
    (
        "Selon Jeanne Morel, le pont fermerait lundi.",
        [
            ("Selon", "attribution", "press_conditional", "Selon Jeanne Morel", "Jeanne Morel"),
            ("fermerait", "verb", "press_conditional", "Selon Jeanne Morel, le pont fermerait lundi", "Jeanne Morel"),
        ],
    ),
    (
        "Il semblerait que le pont ferme.",
        [("semblerait", "verb", "possibility", "Il semblerait que le pont ferme", "")],
    ),
    ("Le pont semble fermé.", [("semble", "verb", "possibility", "Le pont semble fermé", "")]),
    ("J’irais volontiers.", [("irais", "verb", "hypothetical", "J’irais volontiers", "")]),
    ("Ce serait une erreur.", [("serait", "verb", "possibility", "Ce serait une erreur", "")]),
    ("Nous devrions partir.", [("devrions", "verb", "possibility", "Nous devrions partir", "")]),
    ("Elle a dit ce qu’elle pense.", []),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[r[0][:40] for r in ROWS])
def test_what_is_weakened_and_on_whose_word(text, expected):
    assert all_of(text) == expected


def test_the_actor_is_the_subject_of_what_is_weakened():
    from analysis.measures import certainty
    from analysis.reading.article import read

    text = "Paul Roy aurait menti. Jeanne Morel, suspecte présumée, est partie. Il pleuvrait."
    mentions = [
        {"start": 0, "end": 8, "actor": "P"},
        {"start": 8, "end": 23, "actor": "X"},
        {"start": 23, "end": 35, "actor": "J"},
    ]
    found = certainty.measure(read(text), [], mentions)["hedges"]
    assert [(r["marker"], r["sentence_id"], r["actor"]) for r in found if r["form"] == "verb"] == [
        ("aurait menti", 0, "P"),
        ("pleuvrait", 2, None),
    ]


QUOTES = [
    {"start": 0, "end": 20, "speaker": None, "kind": "direct", "sentence_id": 0},
    {"start": 0, "end": 20, "speaker": "Ada", "kind": "direct", "sentence_id": 0},
    {"start": 30, "end": 40, "speaker": "Bo", "kind": "indirect", "sentence_id": 1},
    {"start": 50, "end": 60, "speaker": "Cy", "kind": "direct", "sentence_id": 2},
    {"start": 15, "end": 18, "speaker": "Di", "kind": "indirect", "sentence_id": 0},
]


@pytest.mark.parametrize(
    ("start", "form", "sentence", "source"),
    [
        (0, "verb", 0, "Ada"),  # whose words hold it
        (16, "verb", 0, "Ada"),  # of several the first
        (19, "verb", 0, "Ada"),
        (20, "verb", 0, None),
        (25, "attribution", 1, "Bo"),  # to whom the sentence lays it
        (25, "verb", 1, None),
        (25, "attribution", 2, None),
        (30, "verb", 1, "Bo"),
    ],
)
def test_on_whose_word(start, form, sentence, source):
    from analysis.measures.certainty import _source

    assert _source({"start": start, "form": form}, QUOTES, sentence, ()) == source


def test_a_source_inside_the_verb_group_is_named():
    import analysis

    found = analysis.find_hedges(["Le groupe aurait, selon nos informations, touché trois millions d'euros."])
    verb = found[found["form"] == "verb"].iloc[0]
    assert verb["source"] == "nos informations" and verb["marker"] == "aurait, selon nos informations, touché"


@pytest.mark.parametrize("text", ["Il se murmure que Paul Roy va partir.", "Le bruit court que le port ferme.", "Des rumeurs font état d'un départ."])  # fmt: skip
def test_rumours_need_no_conditional(text):
    import analysis

    assert "press_conditional" in set(analysis.find_hedges([text])["type"])


@pytest.mark.parametrize(
    ("title", "asks"),
    [("Musk a-t-il tenté de racheter OpenAI ?", True), ("Pourquoi Musk veut-il OpenAI ?", False), ("Musk rachète OpenAI", False)],
)  # fmt: skip
def test_a_headline_that_asks_asserts_nothing(title, asks):
    from analysis.measures.certainty import measure
    from analysis.reading.article import read

    found = measure(read(f"{title}\n\nLe port ferme-t-il ? Oui.", title=title), [], [])["hedges"]
    assert [h["form"] for h in found if h["form"] == "question"] == ["question"] * asks
