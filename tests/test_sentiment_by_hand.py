"""From logits to labels, from mentions to rows, from words to effects: worked by hand."""

import math

import numpy as np
import pandas as pd
import pytest

from analysis.measures import entities, sentiment, voices
from analysis.measures.catalogue import COLUMNS, catalogue
from analysis.measures.judgements import EVIDENCE
from analysis.reading.article import read

ACTORS = catalogue(
    pd.DataFrame(
        [
            ("Jeanne Morel", "person", "f", "Jeanne Morel", "name"),
            ("Jeanne Morel", "person", "f", "la maire", "description"),
            ("Paul Roy", "person", "m", "Paul Roy", "name"),
        ],
        columns=COLUMNS,
    )
)


def rows(text):
    article = read(text)
    made = entities.measure(article, ACTORS)
    mentions, quotes = (
        made["mentions"],
        voices.measure(article, made["mentions"], made["entities"], made["roles"])["quotes"],
    )
    return sentiment.measure(article, mentions, quotes)["sentiment"]


def told(text, *keys):
    return [tuple(row[key] for key in keys) for row in rows(text)]


def test_a_row_per_sentence_and_actor_at_the_first_mention_by_name():
    assert told("La maire, Jeanne Morel, a vu Paul Roy.", "sentence_id", "actor", "start", "end", "n_mentions") == [
        (0, "Jeanne Morel", 10, 22, 2),
        (0, "Paul Roy", 29, 37, 1),
    ]
    assert told("Jeanne Morel dort. Elle ronfle.", "sentence_id", "start", "end", "n_mentions") == [
        (0, 0, 12, 1),
        (1, 19, 23, 1),
    ]
    assert rows("Le port ferme.") == []


def test_the_words_that_tell_why_and_whose_they_are():
    assert told("Jeanne Morel accuse Paul Roy de mensonge. La maire est courageuse.", "actor", "because", "by_rule", "voice", "speaker_actor") == [
        ("Jeanne Morel", "accuse (+0.0, judging, not judged)", "neutral", "outlet", None),
        ("Paul Roy", "accuse (-0.8, aimed at them by Jeanne Morel), mensonge (-0.8, said of them)", "negative", "quoted", "Jeanne Morel"),
        ("Jeanne Morel", "courageuse (+0.8, said of them)", "positive", "outlet", None),
    ]  # fmt: skip
    assert told("« Paul Roy est un escroc », a dit Jeanne Morel.", "actor", "because", "voice", "speaker_actor") == [
        ("Paul Roy", "escroc (-0.9, said of them)", "quoted", "Jeanne Morel"),
        ("Jeanne Morel", None, "outlet", None),
    ]


def test_the_baseline_is_the_tone_of_the_sentence_alone():
    assert told("C’est magnifique. Paul Roy a écrit un mauvais livre.", "baseline") == [
        (sentiment.baseline("Paul Roy a écrit un mauvais livre."),)
    ]
    assert sentiment.baseline("C'est magnifique.") == 1 and sentiment.baseline("Un mauvais livre.") < 0


LN = math.log


@pytest.fixture
def fitted(monkeypatch):
    """(scale, shift, weight, sure, sure_alone) are what the model's settings say."""

    def set_(scale=(1, 1, 1), shift=(0, 0, 0), weight=(1, 1, 1), sure=0.5, sure_alone=None):
        rules = dict.fromkeys(EVIDENCE, (0, 0, 0)) | {"blame": (LN(4), 0, 0), "spared": (LN(1 / 2), 0, LN(1 / 2))}
        told = {"scale": list(scale), "shift": list(shift), "weight": list(weight)}
        told |= {"sure": sure, "sure_alone": sure_alone or sure, "rules": rules}
        monkeypatch.setattr(sentiment, "settings", lambda: told)

    return set_


@pytest.mark.parametrize(
    ("how", "logits", "scores", "label", "withheld"),
    [
        ({}, [LN(1), LN(2), LN(5)], [1 / 8, 2 / 8, 5 / 8], "positive", False),
        ({}, [LN(5), LN(2), LN(1)], [5 / 8, 2 / 8, 1 / 8], "negative", False),
        ({"sure": 0.7}, [LN(5), LN(2), LN(1)], [5 / 8, 2 / 8, 1 / 8], "negative", True),
        ({}, [1000.0, 0.0, 0.0], [1, 0, 0], "negative", False),
        ({"scale": (2, 1, 1)}, [LN(2), LN(3), LN(1)], [4 / 8, 3 / 8, 1 / 8], "negative", False),
        ({"shift": (0, LN(4), 0)}, [LN(2), LN(1), LN(2)], [2 / 8, 4 / 8, 2 / 8], "neutral", False),
        ({"weight": (1, 1, 4)}, [LN(5), LN(1), LN(2)], [5 / 8, 1 / 8, 2 / 8], "positive", True),  # chosen, yet not sure
    ],
)
def test_scores_labels_and_what_is_withheld(fitted, how, logits, scores, label, withheld):
    fitted(**how)
    (row,) = sentiment._scored(np.array(logits), [[0] * len(EVIDENCE)]).to_dict("records")
    assert [row[k] for k in ("negative", "neutral", "positive")] == pytest.approx(scores)
    assert row["polarity"] == pytest.approx(scores[2] - scores[0])
    assert (row["label"], row["withheld"]) == (label, withheld)


@pytest.mark.parametrize(
    ("heard", "scores"),
    [
        ({}, [1 / 3, 1 / 3, 1 / 3]),
        ({"blame": 1}, [4 / 6, 1 / 6, 1 / 6]),
        ({"blame": 0.5}, [2 / 4, 1 / 4, 1 / 4]),
        ({"spared": 1}, [1 / 4, 2 / 4, 1 / 4]),
        ({"praise": 1, "speaking": 1}, [1 / 3, 1 / 3, 1 / 3]),
    ],
)
def test_what_the_rules_say_is_added_to_the_models_logits(fitted, heard, scores):
    fitted()
    (row,) = sentiment._scored(np.zeros(3), [[heard.get(name, 0) for name in EVIDENCE]]).to_dict("records")
    assert [row[k] for k in ("negative", "neutral", "positive")] == pytest.approx(scores)


@pytest.mark.parametrize(
    ("heard", "logits", "withheld"),
    [
        ({}, [LN(6), LN(4), 0], True),  # .55: no word supports it
        ({"praise": 1}, [LN(6), LN(4), 0], False),
        ({}, [LN(4), LN(6), 0], False),  # neutral
        ({}, [LN(9), 0, 0], False),
        ({"speaking": 1}, [LN(6), LN(4), 0], True),
    ],
)
def test_more_is_asked_of_praise_and_blame_that_no_word_supports(fitted, heard, logits, withheld):
    fitted(sure_alone=0.7)
    (row,) = sentiment._scored(np.array(logits), [[heard.get(name, 0) for name in EVIDENCE]]).to_dict("records")
    assert row["withheld"] == withheld


def test_each_sentence_is_read_once_and_each_row_gets_its_own_scores(monkeypatch):
    asked = []

    def target_logits(sentences, targets):
        asked.append((sentences, targets))
        return [np.array([[s, e, i] for ((s, e),) in t], float) for i, t in enumerate(targets)]

    monkeypatch.setattr(sentiment, "target_logits", target_logits)
    monkeypatch.setattr(sentiment, "_scored", lambda logits, heard: logits.tolist())
    found = sentiment.score_targets(["Ada part.", "Bo dort.", "Ada part."], [(0, 3), (0, 2), (4, 8)])
    assert asked == [(["Ada part.", "Bo dort."], [[[(0, 3)], [(4, 8)]], [[(0, 2)]]])]
    assert found == [[0, 3, 0], [0, 2, 1], [4, 8, 0]]


@pytest.mark.parametrize(
    ("span", "right"),
    [
        ((0, 9), True),
        ((0, 10), False),
        ((8, 9), True),
        ((9, 9), False),
        ((4, 4), False),
        ((-1, 3), False),
        ((5, 4), False),
    ],
)
def test_a_span_is_a_stretch_of_its_sentence(span, right):
    if right:
        sentiment._check(["Ada part."], [span])
    else:
        with pytest.raises(ValueError, match=r"spans\[0\] = \(.*\) is no stretch of its sentence of 9 characters"):
            sentiment._check(["Ada part."], [span])


def test_a_words_effect_is_what_the_score_loses_without_it(monkeypatch):
    """The stand-in says .5 of a sentence with "escroc", .1 without it, and .4 where "est" is gone."""
    seen = []

    def score_targets(sentences, spans):
        seen.extend(sentence[a:b] for sentence, (a, b) in zip(sentences, spans))
        return pd.DataFrame(
            {"polarity": [-0.5 if "escroc" in s and "est" in s else -0.4 if "escroc" in s else -0.1 for s in sentences]}
        )

    monkeypatch.setattr(sentiment, "score_targets", score_targets)
    found = sentiment.explain_targets(["Oui, Paul Roy est un vil escroc.", "Bo dort là."], [(5, 13), (0, 2)])
    assert set(seen) == {"Paul Roy", "Bo"}, "the actor's place moves with what is blanked before it"
    assert found.iloc[:, :4].values.tolist() == [
        [0, "escroc", 25, 31],
        [0, "est", 14, 17],
        [0, "Oui", 0, 3],
        [0, "vil", 21, 24],
        [1, "dort", 3, 7],
    ], "the strongest first, equals as they stand; “un”, “là” are too short, “Roy” is the actor"
    assert list(found["effect"]) == pytest.approx([-0.4, -0.1, 0, 0, 0])
    assert len(sentiment.explain_targets(["Oui, Paul Roy est un vil escroc."], [(5, 13)], most=2)) == 2


def test_places_of_targets_are_counted_from_their_sentence():
    article = read("Il pleut. Paul Roy dort, et Paul Roy ronfle.")
    groups = {(1, "P"): [{"start": 10, "end": 18}, {"start": 28, "end": 36}], (1, "Q"): [{"start": 8, "end": 60}]}
    assert sentiment._targets(article, [(1, "P"), (1, "Q")], groups) == [[], [[(0, 8), (18, 26)], [(0, 34)]]]


def test_a_reproach_is_uttered_by_its_subject_or_by_the_one_quoted_with_it():
    text = "Ada Lee accuse Bo Roy."
    article, ada = read(text), {"start": 0, "end": 7, "actor": "Ada"}
    voice = lambda at, said=(), mentions=(ada,): sentiment._voice(article.doc, at, 0, list(said), list(mentions))  # noqa: E731
    assert voice(8) == ("quoted", "Ada") and voice(8, mentions=[]) == ("outlet", None)
    assert voice(15) == ("outlet", None), "a name utters nothing"
    quote = {"start": 15, "end": 21, "sentence_id": 0, "cue": "accuser", "speaker": "X", "speaker_actor": "X"}
    assert voice(8, [quote]) == ("quoted", "X") and voice(8, [quote | {"cue": "dire"}]) == ("quoted", "Ada")
    assert voice(8, [quote | {"sentence_id": 1}]) == ("quoted", "Ada")
    assert voice(8, [quote | {"start": 0}]) == ("quoted", "X")


@pytest.mark.parametrize(
    ("sentence", "name", "label"),
    [
        ("Paul Roy est un escroc.", "Paul Roy", "negative"),
        ("Paul Roy dort.", "Paul Roy", "neutral"),
        ("Le conseil salue Jeanne Morel.", "Jeanne Morel", "positive"),
        ("« Quel escroc », dit Paul Roy.", "Paul Roy", "neutral"),  # what they say themselves
        ("« Paul est un escroc », dit Luc.", "Paul", "negative"),
    ],
)
def test_the_rules_label_bare_sentences(sentence, name, label):
    start = sentence.index(name)
    assert sentiment.labels_by_rule([sentence], [(start, start + len(name))]) == [label]
