"""Framing: generic news frames, policy frames, metaphors; each score with the words that made it."""

import math
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from ..reading.article import read_texts
from ..reading.encoder import read_documents
from ..reading.lexicon import find, load_lexicon, matcher
from ..reading.syntax import is_negated
from ..text.places import MODELS
from ..text.tables import by_document
from .metaphors import find_metaphors, target
from .voices import voice_at

GENERIC = ["conflict", "human_interest", "economic_consequences", "morality", "responsibility"]
POLICY = ["economic", "political", "justice", "science", "security", "health", "environment", "culture"]
METAPHOR = ["war", "sport", "weather", "theatre", "disease", "religion", "machine"]
SCHEMES = {"generic": GENERIC, "policy": POLICY, "metaphor": METAPHOR}
THRESHOLD = 0.5  # of a sentence, and of a text of five sentences or fewer
OF_ARTICLES = {"metaphor": 0.5}  # of schemes without learned thresholds; those of a study itself: .3
FOLDER = MODELS / "frames"
_METAPHOR_WEIGHT = 0.7


def score_frames(texts):
    """Frames of bare texts, be they a sentence or an article: exactly one row per text and frame.

    Columns text_id, scheme, frame, score, present, start, end. Generic frames after Semetko & Valkenburg (2000),
    policy frames after Boydstun et al. (2014), metaphors by source domain.

    A sentence's score for a generic or policy frame joins two things by a logistic rule (`models/frames/`): the cues of the
    lexicon in it (noisy-or of their weights), and what the encoder makes of it and its neighbours, learned from units that
    a language model wrote and labelled for this project. It is shifted so that .5 is the threshold chosen on data that it
    did not learn from. A metaphor's score is the noisy-or of its cues. A text's score is the mean of its highest-scoring
    fifth of sentences, so that a passing mention does not make an article's frame; present: at or over .5, or over the
    threshold for articles in `models/frames/thresholds.csv` for texts of more than five sentences. start, end: the
    strongest cue of the best sentence, that sentence where a present frame has no cue, else missing. How far to trust each
    frame: `analysis.trust`.
    """
    reading = read_texts(texts)
    rows = []
    for doc_id, scores in _scored(reading):
        rows += [row | {"doc_id": doc_id} for row in _article_rows(reading, doc_id, scores)]
    made = reading.table("frames", rows)
    return made[["text_id", "scheme", "frame", "score", "present", "start", "end"]]


def read_schemes(folder):
    """{scheme: lexicon} of the frames that a study defines itself: each subfolder of `seeds/frames/` with a `lexicon.csv`.

    Its columns are those of the kit's own (frame, entry, pos, weight, note), its name is the scheme's. Empty where there is
    no such folder. Raises ValueError for a name that is taken, a column that is missing or a weight outside (0, 1].
    """
    found = {}
    for path in sorted(Path(folder).glob("*/lexicon.csv")):
        lexicon = load_lexicon(path.parent.name, key=("frame", "entry"), folder=path.parent)
        if path.parent.name in SCHEMES:
            raise ValueError(f"{path.parent}: “{path.parent.name}” is a scheme of the kit; give yours another name")
        weight = pd.to_numeric(lexicon.get("weight"), errors="coerce")
        wrong = ~weight.between(0, 1, inclusive="right")
        if wrong.any():
            raise ValueError(f"{path}, line {int(wrong.idxmax()) + 2}: its weight must be over 0 and at most 1")
        found[path.parent.name] = lexicon
    return found


def frames(reading, quotes, schemes=None):
    """The table `frames` of a reading: each sentence's frames that have any evidence, each article's frames all.

    schemes: those that a study defines itself, from :func:`read_schemes`. level: sentence or article. voice, speaker_actor: whose words hold the strongest cue. target: what a metaphor
    speaks of ("l'IA" in "la guerre de l'IA"). See :func:`score_frames` for score and present.
    """
    said, rows = by_document(quotes), []
    own = {name: (matcher(lexicon), list(dict.fromkeys(lexicon["frame"]))) for name, lexicon in (schemes or {}).items()}
    for doc_id, scores in _scored(reading, {name: index for name, (index, _) in own.items()}):
        names = SCHEMES | {name: frames for name, (_, frames) in own.items()}
        kept = [row for row in scores.values() if row["present"] or row["cues"]]
        found = [*kept, *_article_rows(reading, doc_id, scores, names)]
        for row in found:
            voice, actor = None, None
            if row.get("start") is not None:
                voice, _, actor = voice_at(said.get(doc_id, []), row["start"], row["end"])
            rows.append(row | {"doc_id": doc_id, "voice": voice, "speaker_actor": actor})
    return reading.table("frames", rows)


@cache
def _index(scheme):
    return matcher(load_lexicon(f"frames_{scheme}", key=("frame", "entry")))


def _evidence(doc, indexes):
    """(scheme, frame, weight, start, end, target) of each cue in a doc; a denied cue weighs half."""
    for scheme, index in ({s: _index(s) for s in ("generic", "policy")} | indexes).items():
        for hit in find(doc, index, overlapping=True):
            weight = float(hit.row["weight"]) * (0.5 if is_negated(hit.root) else 1)
            yield scheme, hit.row["frame"], weight, hit.start, hit.end, None
    for hit in find_metaphors(doc):
        if hit.row["domain"] in METAPHOR:
            yield "metaphor", hit.row["domain"], _METAPHOR_WEIGHT, hit.start, hit.end, target(hit)


@cache
def _model():
    """(names, weights [frames, width], weight of cues, bias, thresholds of articles) of the learned frames."""
    table = pd.read_csv(FOLDER / "weights.csv")
    articles = pd.read_csv(FOLDER / "thresholds.csv").set_index("frame")["articles"]
    weights = table.drop(columns=["scheme", "frame", "cues", "bias"]).to_numpy(np.float32)
    return (
        list(zip(table["scheme"], table["frame"])),
        weights,
        table["cues"].to_numpy(),
        table["bias"].to_numpy(),
        articles,
    )


def around(vectors):
    """Each sentence's vector and its neighbours', as their mean: [sentences, width] → the same."""
    if len(vectors) < 2:
        return vectors
    wide = np.pad(vectors, ((1, 1), (0, 0)))
    counts = np.full(len(vectors), 3.0)
    counts[[0, -1]] = 2
    return (wide[:-2] + wide[1:-1] + wide[2:]) / counts[:, None]


def _scored(reading, indexes=MappingProxyType({})):
    """(doc_id, {key: row}) of each document: every sentence's score for each learned frame, and for each frame with cues."""
    names, weights, of_cues, bias, _ = _model()
    sentences = [reading.sentences_of(d) for d in reading.docs]
    read = read_documents([(found, [[]] * len(found)) for found in sentences])
    for (doc_id, doc), (_, own) in zip(reading.docs.items(), read):
        spans, rows = reading.spans[doc_id], cue_scores(reading, doc_id, doc, indexes)
        cues = np.zeros((len(spans), len(names)))
        for j, (scheme, frame) in enumerate(names):
            for i in range(len(spans)):
                cues[i, j] = rows.get((i, scheme, frame, None), {"score": 0.0})["score"]
        logits = around(own) @ weights.T + cues * of_cues + bias if len(spans) else cues
        for i, (start, end) in enumerate(spans):
            for j, (scheme, frame) in enumerate(names):
                place = {"level": "sentence", "sentence_id": i, "scheme": scheme, "frame": frame, "cues": 0.0}
                place |= {"start": start, "end": end} if logits[i, j] >= 0 else {}
                row = rows.setdefault((i, scheme, frame, None), place)
                row |= {"score": 1 / (1 + math.exp(-logits[i, j])), "present": bool(logits[i, j] >= 0)}
        yield doc_id, rows


def cue_scores(reading, doc_id, doc, indexes=MappingProxyType({})):
    """{key: row} with the noisy-or of a sentence's cues and the strongest as evidence; each metaphor has its own row."""
    rows, best = {}, {}
    for scheme, frame, weight, start, end, about in _evidence(doc, indexes):
        key = (reading.sentence_at(doc_id, start), scheme, frame, start if scheme == "metaphor" else None)
        row = rows.setdefault(
            key, {"level": "sentence", "sentence_id": key[0], "scheme": scheme, "frame": frame, "score": 0.0}
        )
        row["score"] = row["cues"] = 1 - (1 - row["score"]) * (1 - weight)
        row["present"] = row["score"] >= THRESHOLD
        if weight > best.get(key, 0):
            best[key] = weight
            row |= {"start": start, "end": end, "target": about}
    return rows


def threshold_of(scheme, frame):
    """From which score on a frame counts as present in an article of more than five sentences."""
    return (
        float(_model()[-1].get(frame, THRESHOLD)) if scheme in ("generic", "policy") else OF_ARTICLES.get(scheme, 0.3)
    )


def _article_rows(reading, doc_id, scores, schemes=MappingProxyType(SCHEMES)):
    """One row per frame of a whole text: the mean of its highest fifth of sentences."""
    n = max(1, math.ceil(len(reading.spans[doc_id]) / 5))
    for scheme, names in schemes.items():
        for frame in names:
            threshold = threshold_of(scheme, frame) if n > 1 else THRESHOLD
            rows = sorted(
                (r for r in scores.values() if (r["scheme"], r["frame"]) == (scheme, frame)), key=lambda r: -r["score"]
            )
            best = {}
            for row in rows:
                best.setdefault(row["sentence_id"], row)
            own = list(best.values())
            score = sum(r["score"] for r in own[:n]) / n
            top = {k: own[0].get(k) for k in ("start", "end", "target")} if own else {}
            yield {
                "level": "article",
                "scheme": scheme,
                "frame": frame,
                "score": score,
                "present": score >= threshold,
            } | top
