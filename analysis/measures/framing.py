"""Framing: generic news frames, policy frames, metaphors; each score with the words that made it."""

import math
from collections import defaultdict
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from ..reading.article import read_texts
from ..reading.encoder import vectors_of
from ..reading.lexicon import find, from_lexicons, load_lexicon, matcher
from ..reading.syntax import is_negated
from ..text.places import MODELS
from ..text.tables import NUMBER, TEXT, WHOLE, YESNO, table
from .entities import actors_at
from .judgements import judged_by
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
_OF_SOMEBODY = {"responsibility", "morality"}
_NO_CUE = MappingProxyType({"score": 0.0})
TABLES = {
    "frames": {
        "doc_id": TEXT, "level": TEXT, "sentence_id": WHOLE, "scheme": TEXT, "frame": TEXT, "score": NUMBER, "cues": NUMBER,
        "present": YESNO, "start": WHOLE, "end": WHOLE, "voice": TEXT, "speaker_actor": TEXT, "target": TEXT,
        "held_actor": TEXT,
    },
}  # fmt: skip


def score_frames(texts):
    """Frames of bare texts, be they a sentence or an article: exactly one row per text and frame.

    Columns text_id, scheme, frame, score, present, start, end. Generic frames after Semetko & Valkenburg (2000),
    policy frames after Boydstun et al. (2014), metaphors by source domain.

    A sentence's score for a generic or policy frame joins two things by a logistic rule (`models/frames/sentences.csv`): the
    cues of the lexicon in it (noisy-or of their weights), and what the encoder makes of it and of its neighbours, learned from
    units and articles that language models labelled sentence by sentence. A text of more than five sentences is scored by a
    second rule (`models/frames/articles.csv`) over the scores of all its sentences: the highest, their mean, those of its
    beginning, how many carry the frame. A shorter one has the score of its best sentence. Both are shifted so that .5 is the
    threshold chosen on data that they did not learn from. A metaphor's score is the noisy-or of its cues, a text's the mean of
    its highest fifth of sentences. present: from .5 on. start, end: the strongest cue of the best sentence, that sentence where
    a present frame has no cue, else missing. How far to trust each frame: `analysis.trust`.
    """
    rows = []
    for i, article in enumerate(read_texts(texts)):
        found = _of_article(len(article.spans), sentence_scores(article))
        rows += [article.as_given(row) | {"text_id": i} for row in found]
    made = table(TABLES["frames"], rows, text_id=True)
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


def own_frames(schemes):
    """{scheme: (index, names of its frames)} of the frames that a study defines itself, made ready to be found."""
    return {
        name: (matcher(lexicon), list(dict.fromkeys(lexicon["frame"]))) for name, lexicon in (schemes or {}).items()
    }


def measure(article, quotes, schemes=None, mentions=()):
    """{"frames": rows} of one article: each sentence's frames that have any evidence, and all frames of the article.

    schemes: those that a study defines itself, from :func:`own_frames`. level: sentence or article. voice, speaker_actor:
    whose words hold the strongest cue. target: what a metaphor speaks of ("l'IA" in "la guerre de l'IA"). held_actor: of
    responsibility and morality whom that cue falls on: who is held responsible, who keeps or breaks a norm; missing where the
    syntax names none. See :func:`score_frames` for score and present.
    """
    schemes = schemes or {}
    scores = sentence_scores(article, {name: index for name, (index, _) in schemes.items()})
    names = SCHEMES | {name: frames for name, (_, frames) in schemes.items()}
    found = [row for row in scores.values() if row["present"] or row["cues"]]
    found += _of_article(len(article.spans), scores, names)
    return {"frames": [row | _voiced(row, quotes) | {"held_actor": _held(article, row, mentions)} for row in found]}


def _held(article, row, mentions):
    """The actor on whom a cue of responsibility or morality falls, or None."""
    if row["frame"] not in _OF_SOMEBODY or row["scheme"] != "generic" or not row.get("cues") or row.get("start") is None:
        return None
    span = article.span_of(row)
    falls_on = judged_by(span.root) if span is not None else ()
    return next((actor for t in falls_on for actor in actors_at(t, mentions) if actor), None)


def _voiced(row, quotes):
    voice, actor = None, None
    if row.get("start") is not None:
        voice, _, actor = voice_at(quotes, row["start"], row["end"])
    return {"voice": voice, "speaker_actor": actor}


@from_lexicons("frames_generic")
def _generic_index():
    return matcher(load_lexicon("frames_generic", key=("frame", "entry")))


@from_lexicons("frames_policy")
def _policy_index():
    return matcher(load_lexicon("frames_policy", key=("frame", "entry")))


def _evidence(article, indexes):
    """(scheme, frame, weight, start, end, target) of each cue in an article; a denied cue weighs half."""
    for scheme, index in ({"generic": _generic_index(), "policy": _policy_index()} | indexes).items():
        for hit in find(article.doc, index, overlapping=True):
            weight = float(hit.row["weight"]) * (0.5 if is_negated(hit.root) else 1)
            yield scheme, hit.row["frame"], weight, hit.start, hit.end, None
    for hit in find_metaphors(article):
        if hit.row["domain"] in METAPHOR:
            yield "metaphor", hit.row["domain"], _METAPHOR_WEIGHT, hit.start, hit.end, target(hit)


@cache
def _model():
    """(names, weights [frames, 2 × width], weight of cues, bias) of the learned frames in sentences."""
    table = pd.read_csv(FOLDER / "sentences.csv")
    weights = table.drop(columns=["scheme", "frame", "cues", "bias"]).to_numpy(np.float32)
    return list(zip(table["scheme"], table["frame"])), weights, table["cues"].to_numpy(), table["bias"].to_numpy()


@cache
def _of_whole():
    """{frame: {feature: weight}} of the learned frames in articles, see :func:`features_of_article`."""
    table = pd.read_csv(FOLDER / "articles.csv")
    return {frame: dict(zip(part["feature"], part["weight"])) for frame, part in table.groupby("frame")}


def around(vectors):
    """Each sentence's vector and its neighbours', as their mean: [sentences, width] → the same."""
    if len(vectors) < 2:
        return vectors
    wide = np.pad(vectors, ((1, 1), (0, 0)))
    counts = np.full(len(vectors), 3.0)
    counts[[0, -1]] = 2
    return (wide[:-2] + wide[1:-1] + wide[2:]) / counts[:, None]


def sentence_scores(article, indexes=MappingProxyType({})):
    """{key: row} of one article: every sentence's score for each learned frame, and for each frame with cues."""
    names, weights, of_cues, bias = _model()
    rows, vectors = cue_scores(article, indexes), vectors_of(article)
    if not len(vectors):
        return rows
    cues = [[rows.get((i, *name, None), _NO_CUE)["score"] for name in names] for i in range(len(vectors))]
    logits = np.hstack([vectors, around(vectors)]) @ weights.T + np.array(cues) * of_cues + bias
    for i, (start, end) in enumerate(article.spans):
        for (scheme, frame), logit in zip(names, logits[i]):
            place = {"level": "sentence", "sentence_id": i, "scheme": scheme, "frame": frame, "cues": 0.0}
            place |= {"start": start, "end": end} if logit >= 0 else {}
            row = rows.setdefault((i, scheme, frame, None), place)
            row |= {"score": 1 / (1 + math.exp(-logit)), "present": bool(logit >= 0)}
    return rows


def cue_scores(article, indexes=MappingProxyType({})):
    """{key: row} with the noisy-or of a sentence's cues and the strongest as evidence; each metaphor has its own row."""
    rows, best = {}, {}
    for scheme, frame, weight, start, end, about in _evidence(article, indexes):
        key = (article.sentence_at(start), scheme, frame, start if scheme == "metaphor" else None)
        place = {"level": "sentence", "sentence_id": key[0], "scheme": scheme, "frame": frame, "score": 0.0}
        row = rows.setdefault(key, place)
        row["score"] = row["cues"] = 1 - (1 - row["score"]) * (1 - weight)
        row["present"] = row["score"] >= THRESHOLD
        if weight > best.get(key, 0):
            best[key] = weight
            row |= {"start": start, "end": end, "target": about}
    return rows


def threshold_of(scheme):
    """From which score on a frame counts as present in an article of more than five sentences."""
    return THRESHOLD if scheme in ("generic", "policy") else OF_ARTICLES.get(scheme, 0.3)


def features_of_article(scores, cues):
    """{name: value} of what tells whether an article carries a frame, from its sentences' scores and cues, in order."""
    logits = np.log(np.clip(scores, 1e-6, 1 - 1e-6) / np.clip(1 - scores, 1e-6, 1))
    n, highest = fifth(len(scores)), np.sort(logits)[::-1]
    mean = float(np.clip(scores.mean(), 1e-6, 1 - 1e-6))
    return {
        "highest fifth": highest[:n].mean(), "mean": logits.mean(), "highest": highest[0], "third": highest[min(2, len(highest) - 1)],
        "first": logits[0], "opening": logits[:3].mean(), "share": math.log(mean / (1 - mean)),
        "carrying": math.log1p((scores >= THRESHOLD).sum()), "length": math.log(len(scores)),
        "cues, highest fifth": np.sort(cues)[::-1][:n].mean(), "cues": (cues >= THRESHOLD).mean(),
    }  # fmt: skip


def fifth(sentences):
    """How many sentences are a fifth of a text, one at least."""
    return max(1, math.ceil(sentences / 5))


def _of_article(sentences, scores, schemes=MappingProxyType(SCHEMES)):
    """One row per frame of a whole text of so many sentences."""
    n, of_frame = fifth(sentences), defaultdict(list)
    for row in scores.values():
        of_frame[row["scheme"], row["frame"]].append(row)
    for scheme, names in schemes.items():
        threshold = threshold_of(scheme) if n > 1 else THRESHOLD
        for frame in names:
            best = {}
            for row in sorted(of_frame[scheme, frame], key=lambda r: (-r["score"], r["sentence_id"])):
                best.setdefault(row["sentence_id"], row)
            own = list(best.values())
            score = sum(r["score"] for r in own[:n]) / n
            if n > 1 and frame in _of_whole() and len(own) == sentences:
                score = _learned(frame, sorted(own, key=lambda r: r["sentence_id"]))
            top = {k: own[0].get(k) for k in ("start", "end", "target")} if own else {}
            made = {"level": "article", "scheme": scheme, "frame": frame, "score": score, "present": score >= threshold}
            yield made | top


def _learned(frame, rows):
    """The score of an article for a learned frame from the rows of all its sentences, in order."""
    weights = _of_whole()[frame]
    features = features_of_article(*(np.array([r[k] for r in rows], float) for k in ("score", "cues")))
    return 1 / (1 + math.exp(-weights["bias"] - sum(weights[name] * value for name, value in features.items())))
