"""Uses: whether a word is loaded where it stands, and whether a metaphor is one, by what the encoder reads off it there.

The encoder gives each token `COLUMNS`: how loaded it is and of which category, and how figurative, by itself and by its
sentence. A logistic rule weighs these with what the lexicon knows of the entry and with the syntax around it:
`models/uses/weights.csv`, a row per feature, learned by `training/uses.py`.
"""

import math
from functools import cache

import numpy as np
import pandas as pd

from ..reading.encoder import USES, uses_of
from ..reading.lexicon import Stretch
from ..text.places import MODELS

CATEGORIES = ["war", "betrayal", "catastrophe", "scandal", "praise", "insult", "exaggeration", "fear", "moral", "other"]
COLUMNS = ["loaded", *CATEGORIES, "figurative", "figurative sentence"]
FOLDER = MODELS / "uses"
_CONTENT = {"NOUN", "VERB", "ADJ", "ADV", "PROPN", "INTJ", "X", "NUM"}
_BETWEEN = {"DET", "ADP", "CCONJ", "PRON", "AUX", "PART"}
_LONGEST, _LIKELY = 5, -0.5  # tokens of a wording that no list has; from which logit of a token on it is looked at
_VAGUE = {"other", "exaggeration"}
_FAR = 9.0  # logits are cut there, so that one number does not decide alone
assert len(COLUMNS) == USES


@cache
def weights():
    """{"loaded" or "figurative": {feature: weight}} of the rules, and {"threshold", "category"}: what was chosen with them."""
    table = pd.read_csv(FOLDER / "weights.csv")
    return {rule: dict(zip(part["feature"], part["weight"])) for rule, part in table.groupby("rule")}


def probability(rule, features):
    """The probability that a rule of :func:`weights` gives these features ({name: value}); unknown ones count nothing."""
    known = weights()[rule]
    logit = known["bias"] + sum(known.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def wordings(article, taken):
    """Stretches that read as loaded though no list has them; taken: tokens that belong to entries of a lexicon."""
    doc, loaded = article.doc, uses_of(article)[:, 0]
    at = 0
    while at < len(doc):
        if not _marked(doc, at, loaded, taken):
            at += 1
            continue
        last = at
        while last - at + 1 < _LONGEST and (after := _next(doc, last, loaded, taken)) is not None and after - at < _LONGEST:  # fmt: skip
            last = after
        if any(doc[i].pos_ not in {"PROPN", "X", "NUM"} for i in range(at, last + 1)):
            yield Stretch(doc, at, last)
        at = last + 1


def _marked(doc, i, loaded, taken):
    return doc[i].pos_ in _CONTENT and loaded[i] > _LIKELY and i not in taken and doc[i].text[0].isalpha()


def _next(doc, i, loaded, taken):
    """The next token of content that is marked too, right behind or after one small word; None where there is none."""
    if i + 1 < len(doc) and _marked(doc, i + 1, loaded, taken):
        return i + 1
    small = i + 2 < len(doc) and doc[i + 1].pos_ in _BETWEEN and i + 1 not in taken
    return i + 2 if small and _marked(doc, i + 2, loaded, taken) else None


def loaded_features(article, stretch, row=None, literal=0.0):
    """{name: value} of what tells whether a stretch is loaded; row: its entry in the lexicon, None where no list has it.

    literal: the logit by which its entry, one of a domain with literal uses, is meant figuratively.
    """
    doc, own = article.doc, range(stretch.first, stretch.last + 1)
    content, sentence = _content(stretch), doc[stretch.first].sent
    around = _read(article, slice(sentence.start, sentence.end))[:, 0]
    others = [v for i, v in enumerate(around, sentence.start) if i not in own and doc[i].pos_ in _CONTENT]
    read = _read(article, content)
    loaded = read[:, 0]
    made = {
        "highest": loaded.max(), "mean": loaded.mean(), "lowest": loaded.min(),
        "before": around[own[0] - 1 - sentence.start] if own[0] > sentence.start else -4.0,
        "after": around[own[-1] + 1 - sentence.start] if own[-1] + 1 < sentence.end else -4.0,
        "elsewhere": max(others, default=-4.0), "category": read[:, 1:11].max(),  # of whichever
        "words": len(content), "long": float(len(content) > 2),
    }  # fmt: skip
    return made | (_of_entry(stretch, row, loaded, literal) if row is not None else {})


def _content(stretch):
    """The tokens of a stretch that are words of content; all of them where none is."""
    own = range(stretch.first, stretch.last + 1)
    return [i for i in own if stretch.doc[i].pos_ in _CONTENT] or list(own)


def _read(article, tokens):
    return np.clip(uses_of(article, tokens), -_FAR, _FAR)


def _of_entry(stretch, row, loaded, literal):
    made = {
        "listed": 1.0, "strength 2": float(row["intensity"] == "2"), "strength 3": float(row["intensity"] == "3"),
        "phrase": float(stretch.last > stretch.first), f"category {row['category']}": 1.0, f"pos {stretch.root.pos_}": 1.0,
    }  # fmt: skip
    made |= of_counts(float(row.get("judged") or 0), float(row.get("loaded") or 0))
    if row["domain"]:
        made |= {"domain": 1.0, "figurative": max(-_FAR, min(_FAR, literal))}
    if stretch.last > stretch.first:
        made["highest of a phrase"] = loaded.max()
    return made


def of_counts(judged, loaded):
    """{name: value} of among how many judged uses an entry was loaded in how many; with none it is as likely as most."""
    return {"loaded among those judged": logit((loaded + 0.45) / (judged + 1)), "judged": min(judged, 5.0)}


def category_of(article, stretch, row=None):
    """What kind of loaded word a stretch is: its entry's category; where that is vague, or no list has it, what is read there.

    Of a vague entry another kind is taken only where it reads likelier by the chosen margin.
    """
    own = [i for i in range(stretch.first, stretch.last + 1) if article.doc[i].pos_ in _CONTENT] or [stretch.first]
    read = uses_of(article, own)[:, 1:11].max(0)
    best = CATEGORIES[int(read.argmax())]
    if row is None:
        return best
    likelier = read.max() - read[CATEGORIES.index(row["category"])] > weights()["chosen"]["category"]
    return best if likelier and row["category"] in _VAGUE else row["category"]


def figurative_features(article, hit, told):
    """{name: value} of what tells whether a hit of the metaphor lexicon is meant figuratively; told: what its neighbours say."""
    words = [t.i for t in article.doc[hit.first].sent if not t.is_space]
    own, sentence = _read(article, _content(hit))[:, 11], _read(article, words)[:, 12]
    return {
        "word": own.mean(), "sentence": sentence.mean(), f"domain {hit.row['domain']}": 1.0,
        "phrase": float(hit.last > hit.first), "strength": float(hit.row["intensity"] == "3"),
        **{name: float(value) for name, value in told.items()},
    }  # fmt: skip


def logit(p):
    """The logit of a probability."""
    p = min(max(p, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))
