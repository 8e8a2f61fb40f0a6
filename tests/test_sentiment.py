"""Minimal pairs of our own: who is judged, and who is not."""

import pytest

import analysis

PAIRS = [
    ("La maire accuse Paul Roy de mensonge.", "Paul Roy", "negative"),
    ("Paul Roy accuse la maire de mensonge.", "Paul Roy", "neutral"),
    ("Jeanne Morel est accusée de corruption par Paul Roy.", "Jeanne Morel", "negative"),
    pytest.param(
        "Jeanne Morel est accusée de corruption par Paul Roy.",
        "Paul Roy",
        "neutral",
        marks=pytest.mark.xfail(reason="the parse hangs the accuser on the charge", strict=True),
    ),
    ("Jeanne Morel a trahi ses électeurs.", "Jeanne Morel", "negative"),
    ("Paul Roy salue Jeanne Morel.", "Jeanne Morel", "positive"),
    ("Paul Roy salue Jeanne Morel.", "Paul Roy", "neutral"),
    ("Le brillant Paul Roy a réussi son pari.", "Paul Roy", "positive"),
    ("Paul Roy est un escroc.", "Paul Roy", "negative"),
    ("L’échec de Valdo est patent.", "Valdo", "negative"),
    ("Le conseil félicite Jeanne Morel pour son courage.", "Jeanne Morel", "positive"),
    ("Jeanne Morel a remporté un immense succès.", "Jeanne Morel", "positive"),
    ("Paul Roy habite à Valmont.", "Paul Roy", "neutral"),
    ("Jeanne Morel est arrivée mardi.", "Jeanne Morel", "neutral"),
    ("Paul Roy dénonce les mensonges de Valdo.", "Valdo", "negative"),
    ("Paul Roy a été condamné pour fraude.", "Paul Roy", "negative"),
    ("Jeanne Morel critique Valdo.", "Valdo", "negative"),
    ("Musk attaque Altman.", "Altman", "negative"),
    ("Musk attaque Altman.", "Musk", "neutral"),
    ("Altman attaque Musk.", "Musk", "negative"),
    ("Altman attaque Musk.", "Altman", "neutral"),
    ("Valdo est critiqué par Jeanne Morel.", "Jeanne Morel", "neutral"),
]


def score(sentence, name):
    start = sentence.index(name)
    return analysis.score_targets([sentence], [(start, start + len(name))]).iloc[0]


@pytest.mark.parametrize(("sentence", "name", "label"), PAIRS)
def test_who_is_judged(sentence, name, label):
    assert score(sentence, name)["label"] == label


@pytest.mark.xfail(reason="irony is out of reach of rules", strict=True)
def test_irony():
    assert (
        score("Paul Roy, ce génie de la gestion, a encore coulé sa compagnie avec brio.", "Paul Roy")["label"]
        == "negative"
    )


def test_negation_turns_a_reproach():
    assert (
        score("Paul Roy est un escroc.", "Paul Roy")["polarity"]
        < 0
        < score("Paul Roy n’est pas un escroc.", "Paul Roy")["polarity"]
    )


def test_scores_are_probabilities_with_a_label_always_set():
    rows = analysis.score_targets(["Paul Roy ment.", "Paul Roy dort."], [(0, 8), (0, 8)])
    assert rows[["negative", "neutral", "positive"]].sum(axis=1).tolist() == pytest.approx([1, 1])
    assert rows["label"].notna().all() and rows["withheld"].dtype == bool
    assert list(rows["polarity"]) == pytest.approx(list(rows["positive"] - rows["negative"]))


@pytest.mark.parametrize("span", [(0, 0), (-1, 3), (2, 99), (5, 4)])
def test_a_bad_span_names_its_position(span):
    with pytest.raises(ValueError, match=r"spans\[1\]"):
        analysis.score_targets(["Paul part.", "Paul part."], [(0, 4), span])


def test_lists_of_different_length():
    with pytest.raises(ValueError, match="2 sentences but 1 spans"):
        analysis.score_targets(["a", "b"], [(0, 1)])


def test_nothing_to_score():
    assert analysis.score_targets([], []).empty


def test_the_baseline_is_clipped():
    from analysis.sentiment import baseline

    assert baseline("accuse de trahison") == 0 and -1 <= baseline("C'est très très mauvais et très triste") <= 1


def test_a_reproach_has_the_voice_of_the_one_who_utters_it(seed):
    row = seed.sentiment.query("sentence_id == 8 and actor == 'Elon Musk'").iloc[0]
    assert (row["label"], row["voice"], row["speaker_actor"]) == ("negative", "quoted", "Sam Altman")


def test_several_mentions_in_a_sentence_give_one_row(seed):
    assert not seed.sentiment.duplicated(["doc_id", "sentence_id", "actor"]).any()
    assert seed.sentiment["n_mentions"].max() > 1
