"""Framing: generic news frames, policy frames, metaphors; each score with the words that made it."""

import math
from functools import cache

from .lexicon import find, load_lexicon, matcher
from .metaphors import find_metaphors, target
from .reading import read_texts
from .syntax import is_negated
from .tables import by_document
from .voices import voice_at

GENERIC = ["conflict", "human_interest", "economic_consequences", "morality", "responsibility"]
POLICY = ["economic", "political", "justice", "science", "security", "health", "environment", "culture"]
METAPHOR = ["war", "sport", "weather", "theatre", "disease", "religion", "machine"]
SCHEMES = {"generic": GENERIC, "policy": POLICY, "metaphor": METAPHOR}
THRESHOLD = 0.5  # of a sentence, and of a text of five sentences or fewer
OF_ARTICLES = {"generic": 0.3, "policy": 0.5, "metaphor": 0.5}  # generic: chosen on 20 coded articles
_METAPHOR_WEIGHT = 0.7


def score_frames(texts):
    """Frames of bare texts, be they a sentence or an article: exactly one row per text and frame.

    Columns text_id, scheme, frame, score, present, start, end. Generic frames after Semetko & Valkenburg (2000),
    policy frames after Boydstun et al. (2014), metaphors by source domain. A sentence's score joins the weights of its
    cues by noisy-or (1 − Π(1 − w)); a text's score is the mean of its highest-scoring fifth of sentences, so that a
    passing mention does not make an article's frame. present: score ≥ .5 (generic frames of texts longer than five
    sentences: .3); start, end: the strongest cue, missing where there is none. Weights are judgements of the lexicon's authors, not probabilities measured on text.
    """
    reading = read_texts(texts)
    rows = []
    for doc_id, doc in reading.docs.items():
        rows += [
            row | {"doc_id": doc_id} for row in _article_rows(reading, doc_id, _sentence_scores(reading, doc_id, doc))
        ]
    made = reading.table("frames", rows)
    return made[["text_id", "scheme", "frame", "score", "present", "start", "end"]]


def frames(reading, quotes):
    """The table `frames` of a reading: each sentence's frames that have any evidence, each article's frames all.

    level: sentence or article. voice, speaker_actor: whose words hold the strongest cue. target: what a metaphor
    speaks of ("l'IA" in "la guerre de l'IA"). See :func:`score_frames` for score and present.
    """
    said, rows = by_document(quotes), []
    for doc_id, doc in reading.docs.items():
        scores = _sentence_scores(reading, doc_id, doc)
        found = [*scores.values(), *_article_rows(reading, doc_id, scores)]
        for row in found:
            voice, actor = None, None
            if row.get("start") is not None:
                voice, _, actor = voice_at(said.get(doc_id, []), row["start"], row["end"])
            rows.append(row | {"doc_id": doc_id, "voice": voice, "speaker_actor": actor})
    return reading.table("frames", rows)


@cache
def _index(scheme):
    return matcher(load_lexicon(f"frames_{scheme}", key=("frame", "entry")))


def _evidence(doc):
    """(scheme, frame, weight, start, end, target) of each cue in a doc; a denied cue weighs half."""
    for scheme in ("generic", "policy"):
        for hit in find(doc, _index(scheme), overlapping=True):
            weight = float(hit.row["weight"]) * (0.5 if is_negated(hit.root) else 1)
            yield scheme, hit.row["frame"], weight, hit.start, hit.end, None
    for hit in find_metaphors(doc):
        if hit.row["domain"] in METAPHOR:
            yield "metaphor", hit.row["domain"], _METAPHOR_WEIGHT, hit.start, hit.end, target(hit)


def _sentence_scores(reading, doc_id, doc):
    """{key: row} with the noisy-or of a sentence's cues and the strongest as evidence; each metaphor has its own row."""
    rows, best = {}, {}
    for scheme, frame, weight, start, end, about in _evidence(doc):
        key = (reading.sentence_at(doc_id, start), scheme, frame, start if scheme == "metaphor" else None)
        row = rows.setdefault(
            key, {"level": "sentence", "sentence_id": key[0], "scheme": scheme, "frame": frame, "score": 0.0}
        )
        row["score"] = 1 - (1 - row["score"]) * (1 - weight)
        row["present"] = row["score"] >= THRESHOLD
        if weight > best.get(key, 0):
            best[key] = weight
            row |= {"start": start, "end": end, "target": about}
    return rows


def _article_rows(reading, doc_id, scores):
    """One row per frame of a whole text: the mean of its highest fifth of sentences."""
    n = max(1, math.ceil(len(reading.spans[doc_id]) / 5))
    for scheme, names in SCHEMES.items():
        threshold = OF_ARTICLES[scheme] if n > 1 else THRESHOLD
        for frame in names:
            rows = sorted(
                (r for r in scores.values() if (r["scheme"], r["frame"]) == (scheme, frame)), key=lambda r: -r["score"]
            )
            own = list({r["sentence_id"]: r for r in reversed(rows)}.values())[::-1]
            score = sum(r["score"] for r in own[:n]) / n
            top = {k: own[0].get(k) for k in ("start", "end", "target")} if own else {}
            yield {
                "level": "article",
                "scheme": scheme,
                "frame": frame,
                "score": score,
                "present": score >= threshold,
            } | top
