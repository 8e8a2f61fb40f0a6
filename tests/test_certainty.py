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


@pytest.mark.parametrize("text", ["Selon les règles, le maire signe.", "Selon la saison, le marché ouvre à six heures."])
def test_a_measure_is_no_source_for_hedges_nor_for_quotations(text):
    assert analysis.find_hedges([text]).empty and analysis.find_quotes([text]).empty
