import math
from collections import Counter

import pandas as pd
import pytest

import analysis
from analysis.measures.vocabulary import loaded_entries
from analysis.study.keyness import keyness_of_counts

FIGURATIVE = [
    ("La guerre de l'IA ne fait que commencer.", "guerre"),
    ("Une bataille idéologique se dessine.", "bataille"),
    ("La guerre des prix reprend entre les enseignes.", "guerre"),
    ("Entre les deux patrons, c'est une guerre sans merci.", "guerre"),
    ("Une bataille juridique oppose les deux groupes.", "bataille"),
    ("Une tempête médiatique s'abat sur le groupe.", "tempête"),
]
LITERAL = [
    "La guerre en Ukraine entre dans son troisième hiver.",
    "La Seconde Guerre mondiale a pris fin en 1945.",
    "Les soldats ont perdu la bataille et l'armée recule.",
    "L'offensive de l'armée a repris avec des chars et des missiles.",
    "La tempête a soufflé à 140 km/h et la pluie a inondé la côte.",
    "Un cessez-le-feu suspend la guerre entre les rebelles et l'armée.",
]


def terms(text):
    return list(analysis.find_loaded_terms([text])["term"])


@pytest.mark.parametrize(("text", "term"), FIGURATIVE)
def test_figurative_uses_count(text, term):
    assert any(found.startswith(term) for found in terms(text))


@pytest.mark.parametrize("text", LITERAL)
def test_literal_uses_are_set_aside(text):
    assert not set(terms(text)) & {"guerre", "bataille", "offensive", "tempête"}


@pytest.mark.parametrize(
    ("text", "term", "category"),
    [
        ("Ces trahisons ont un prix.", "trahison", "betrayal"),
        ("Elle a trahi ses électeurs.", "trahir", "betrayal"),
        ("Des sommes colossales sont en jeu.", "colossal", "exaggeration"),
        ("C'est un scandale.", "scandale", "scandal"),
        ("La vallée retient son souffle.", "retenir son souffle", "exaggeration"),
        ("Un fiasco de plus.", "fiasco", "catastrophe"),
    ],
)
def test_inflection_and_phrases(text, term, category):
    found = analysis.find_loaded_terms([text])
    assert (term, category) in set(zip(found["term"], found["category"]))


@pytest.mark.parametrize(
    ("text", "voice", "speaker"),
    [
        ("Paul Roy dénonce une « trahison ».", "quoted", "Paul Roy"),
        ("Cette trahison restera.", "outlet", None),
        ("Jeanne Morel affirme que c'est une trahison.", "quoted", "Jeanne Morel"),
        ("Selon Paul Roy, c'est une trahison.", "quoted", "Paul Roy"),
    ],
)
def test_whose_voice(text, voice, speaker):
    row = analysis.find_loaded_terms([text]).query("term == 'trahison'").iloc[0]
    assert row["voice"] == voice and (row["speaker"] == speaker if speaker else pd.isna(row["speaker"]))


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Paul Roy dénonce le scandale des prix.", "quoted"),  # the object of a verb of speech is its subject's
        ("Le rapport révèle un scandale.", "outlet"),  # and nobody's where nobody speaks
        ("Une victoire « éclatante » clôt la saison.", "quoted"),  # in marks, said by nobody that is named
    ],
)
def test_whose_voice_where_nothing_is_quoted_in_full(text, voice):
    assert set(analysis.find_loaded_terms([text])["voice"]) == {voice}


def test_wordings_that_no_list_has_are_proposed_and_marked():
    found = analysis.find_loaded_terms(["Le ministre s'est couvert d'un ridicule abyssal devant des députés hilares et consternés."])  # fmt: skip
    proposed = found[~found["listed"].astype(bool)]
    assert len(proposed) and proposed["intensity"].isna().all() and proposed["score"].between(0.3, 1).all()


def test_enough_entries():
    entries = loaded_entries()
    assert len(entries) >= 1200 and entries["category"].nunique() == 10


ARTICLES = pd.DataFrame(
    {"doc_id": ["a", "b"], "text": ["La guerre froide. Une guerre\nchaude, l’été.", "Aguerri, la GUERRE."]}
)


def test_concordance():
    lines = analysis.concordance(ARTICLES, "guerre")
    assert list(lines.columns) == ["doc_id", "start", "end", "left", "node", "right"]
    assert list(lines["node"]) == ["guerre", "guerre", "GUERRE"]
    assert [ARTICLES["text"][0][s:e] for s, e in zip(lines["start"][:2], lines["end"][:2])] == ["guerre", "guerre"]


def test_concordance_sorts_and_knows_wildcards_and_apostrophes():
    assert list(analysis.concordance(ARTICLES, "guerre", sort="right")["right"].str.strip()) == [
        ".",
        "chaude, l’été.",
        "froide. Une guerre chaude, l’été.",
    ]
    assert analysis.concordance(ARTICLES, "guerre", sort="left")["left"].str.strip().str.split().str[-1].tolist() == [
        "La",
        "la",
        "Une",
    ]
    assert len(analysis.concordance(ARTICLES, "guerr*")) == 3 and len(analysis.concordance(ARTICLES, "l'été")) == 1


@pytest.mark.parametrize("bad", ["", " * "])
def test_concordance_refuses_an_empty_pattern(bad):
    with pytest.raises(ValueError, match="no letters"):
        analysis.concordance(ARTICLES, bad)


def test_keyness_by_hand():
    """b b b a a against a a a b: G² = 2 Σ O ln(O/E) over the 2 × 2 table of each word."""
    found = keyness_of_counts(Counter(b=3, a=2), Counter(a=3, b=1)).set_index("term")
    table = [(3, 5 * 4 / 9), (2, 5 * 5 / 9), (1, 4 * 4 / 9), (3, 4 * 5 / 9)]
    assert found.loc["b", "g2"] == pytest.approx(2 * sum(o * math.log(o / e) for o, e in table))
    assert found.loc["b", "log_ratio"] == pytest.approx(math.log2((3 / 5) / (1 / 4)))
    assert (found.loc["b", "n_target"], found.loc["b", "n_reference"]) == (3, 1)
    assert found.loc["b", "z"] > 0 > found.loc["a", "z"]


def test_keyness_agrees_with_scipy():
    from scipy.stats import chi2_contingency, false_discovery_control

    ours, theirs = Counter(x=30, y=10, z=5), Counter(x=12, y=25, z=6)
    found = keyness_of_counts(ours, theirs).set_index("term")
    tests = {
        t: chi2_contingency(
            [[ours[t], 45 - ours[t]], [theirs[t], 43 - theirs[t]]], correction=False, lambda_="log-likelihood"
        )
        for t in "xyz"
    }
    assert {t: found.loc[t, "g2"] for t in "xyz"} == pytest.approx({t: r.statistic for t, r in tests.items()})
    adjusted = false_discovery_control([tests[t].pvalue for t in "xyz"])
    assert [found.loc[t, "p_adjusted"] for t in "xyz"] == pytest.approx(list(adjusted))


def test_log_odds_by_hand():
    """Monroe et al. (2008), eq. 16 and 22, with 500 words of prior spread as in both parts together."""
    found = keyness_of_counts(Counter(b=3, a=2), Counter(a=3, b=1)).set_index("term")
    prior = 500 * 4 / 9
    delta = math.log((3 + prior) / (5 + 500 - 3 - prior)) - math.log((1 + prior) / (4 + 500 - 1 - prior))
    assert found.loc["b", "log_odds"] == pytest.approx(delta)
    assert found.loc["b", "z"] == pytest.approx(delta / math.sqrt(1 / (3 + prior) + 1 / (1 + prior)))


def test_keyness_of_texts_and_of_nothing():
    found = analysis.keyness(["La guerre, les guerres."], pd.DataFrame({"text": ["La paix."]}))
    assert dict(zip(found["term"], found["n_target"])) == {"guerre": 2, "paix": 0}
    assert analysis.keyness([], ["La paix."]).empty


def test_every_row_of_a_text_and_whom_its_words_strike():
    from analysis.measures import vocabulary
    from analysis.reading.article import read

    text = "Paul Roy a trahi Jeanne Morel. Ce traître de Luc dort. Luc, ce traître, dort. Le scandale éclate. Un fiasco de Luc."
    names = [("Paul Roy", "P", 0), ("Jeanne Morel", "J", 0), ("Luc", "L", 50), ("Luc", "L", 60), ("Luc", "L", 100)]
    mentions = [{"start": text.index(n, at), "end": text.index(n, at) + len(n), "actor": a} for n, a, at in names]
    quotes = [{"start": 34, "end": 53, "speaker": "Ada Lee", "speaker_actor": "A"}]
    found = [r for r in vocabulary.measure(read(text), quotes, mentions)["loaded_terms"] if r["listed"]]
    keys = ("sentence_id", "term", "category", "intensity", "voice", "speaker", "speaker_actor", "target_actor")
    assert [tuple(row[k] for k in keys) for row in found] == [
        (0, "trahir", "betrayal", 2, "outlet", None, None, "P"),  # who betrays is judged, not who is betrayed
        (1, "traître", "betrayal", 3, "quoted", "Ada Lee", "A", None),
        (2, "traître", "betrayal", 3, "outlet", None, None, "L"),
        (3, "scandale", "scandal", 2, "outlet", None, None, None),
        (4, "fiasco", "catastrophe", 3, "outlet", None, None, "L"),
    ]
    assert [text[row["start"] : row["end"]] for row in found] == ["trahi", "traître", "traître", "scandale", "fiasco"]


def test_loaded_entries_stand_once_and_in_one_row_of_numbers():
    entries = loaded_entries()
    assert entries["entry"].is_unique and list(entries.index) == list(range(len(entries)))
    assert set(entries["intensity"]) <= {"", "1", "2", "3"} and (entries["category"] != "").all()
    assert {"guerre": "war"}.items() <= dict(zip(entries["entry"], entries["domain"].fillna(""))).items()
