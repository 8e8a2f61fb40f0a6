"""The one place where the sentence encoder loads: each sentence passes once, whatever the number of actors in it.

The weights are in `models/actor_sentiment/` (see its README); ONNX Runtime runs them, without network or GPU. Each sentence
is run by itself: what the encoder makes of it depends on nothing that stands beside it, and nothing is spent on padding.
"""

import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from ..text.places import MODELS, data_hash
from ..text.typography import analysis_copy

FOLDER = MODELS / "actor_sentiment"
LABELS = ["negative", "neutral", "positive"]
LONGEST, WIDTH = 192, 384
_WHOLE = [[(0, 1)]]  # stands for a target where none is wanted


@dataclass(eq=False)
class States:
    """What the encoder made of the sentences of one article so far.

    vectors: {sentence_id: mean of its pieces' last states, in half precision}; logits: {hash of targets: [targets, 3]}.
    """

    vectors: dict = field(default_factory=dict)
    logits: dict = field(default_factory=dict)


@cache
def settings():
    """What was fitted beside the weights: calibration and the rule of the labels (`settings.json`)."""
    return json.loads((FOLDER / "settings.json").read_text(encoding="utf-8"))


@cache
def fingerprint():
    """A hash of all the models' files, so that what older ones found is found anew."""
    return data_hash("models")


@cache
def tokenizer():
    """The tokenizer of the encoder."""
    from sentencepiece import SentencePieceProcessor

    return SentencePieceProcessor(model_file=str(FOLDER / "pieces.model"))


@cache
def _session():
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # it would tell its maker that it is used
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = (
        1  # articles are mapped over processes, sentences over threads: nothing waits for others
    )
    how = {
        "providers": ["CPUExecutionProvider"],
        "disabled_optimizers": ["SkipLayerNormFusion"],
    }  # slower on one thread
    return onnxruntime.InferenceSession(FOLDER / "model.onnx", options, **how)


def target_logits(sentences, targets):
    """Logits (negative, neutral, positive) of each target of each sentence, before calibration.

    targets: for each sentence a list of targets, each a list of (start, end), its mentions there. Returns a list of
    arrays [targets, 3], parallel to the sentences. Sentences over 190 pieces (about 130 words) are read in a window
    around each target.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda pair: _passed(*pair)[0], zip(sentences, targets)))


def logits_of(article, targets):
    """Logits [targets, 3] of the targets of an article's sentences, sentence by sentence; read once, then kept in its states.

    targets: for each sentence a list of targets, as for :func:`target_logits`.
    """
    key = hashlib.sha256(json.dumps(targets).encode()).hexdigest()[:16]
    if key not in article.states.logits:
        found = [np.zeros((0, 3))]
        for i, (sentence, wanted) in enumerate(zip(article.sentences, targets)):
            if wanted:
                logits, vector = _passed(sentence, wanted)
                found.append(logits)
                if vector is not None:
                    article.states.vectors.setdefault(i, vector)
        article.states.logits[key] = np.concatenate(found).astype(np.float32)
    return article.states.logits[key]


def vectors_of(article):
    """What the encoder makes of each sentence, [sentences, width]: the mean of its pieces' last states.

    Of a sentence over 190 pieces the beginning counts.
    """
    for i, sentence in enumerate(article.sentences):
        if i not in article.states.vectors:
            article.states.vectors[i] = _passed(sentence, _WHOLE, cut=True)[1]
    found = [article.states.vectors[i] for i in range(len(article.spans))]
    return np.array(found, np.float32).reshape(len(found), WIDTH)


def _passed(sentence, targets, *, cut=False):
    """(logits of the targets, mean state) of one sentence; the latter of a long one only if `cut`: of a window."""
    ids, at = encode(tokenizer(), sentence, targets)
    logits, vector = np.full((len(targets), 3), np.nan), None
    for window, numbers in _windows(ids, at):
        whole, found = _session().run(["whole", "logits"], batch([window]))
        logits[list(numbers)] = found
        if cut or len(ids) <= LONGEST:
            vector = whole[0].astype(np.float16)
    return logits, vector


def encode(tokens_of, sentence, targets):
    """(ids, at) of a sentence: pieces between the marks of its ends, and [targets, length] with 1 on a target's pieces.

    tokens_of: the tokenizer; targets: lists of (start, end).
    """
    sentence = analysis_copy(sentence).encode("utf-8", "replace").decode()  # a lone surrogate is no text
    pieces = tokens_of.encode(sentence, return_type="proto").pieces  # whose begin and end count bytes
    wanted = [[[len(sentence[:place].encode()) for place in span] for span in spans] for spans in targets]
    at = np.zeros((len(targets), len(pieces) + 2), np.float32)
    for i, spans in enumerate(wanted):
        for j, (a, b) in enumerate(((p.begin, p.end) for p in pieces), 1):
            at[i, j] = a < b and any(a < end and b > start for start, end in spans)
        if not at[i].any():  # the target is of characters that the tokenizer drops
            at[i, 0] = 1
    return np.array([0, *(p.id for p in pieces), 2]), at


def _windows(ids, at):
    """((ids, at), numbers of its targets): the whole sentence, or a window around each target of a very long one."""
    if len(ids) <= LONGEST:
        return [((ids, at), range(len(at)))] if len(at) else []
    found = []
    for number, row in enumerate(at):
        own = np.flatnonzero(row)
        first = int(np.clip(own[0] - LONGEST // 2, 1, len(ids) - LONGEST + 1))
        inside = slice(first, first + LONGEST - 2)
        part = np.concatenate([[0], ids[inside], [2]]), np.concatenate([[0], row[inside], [0]])[None].astype(np.float32)
        if not part[1].any():
            part[1][0, 0] = 1
        found.append((part, [number]))
    return found


def distances(at):
    """The bucket (0–14) of each piece's signed distance from the nearest piece of the target: 7 on it, less before it."""
    places = np.arange(at.shape[1])
    found = np.full(at.shape, 7, np.int64)
    for i, row in enumerate(at):
        own = np.flatnonzero(row)
        if len(own):
            gap = places[:, None] - own[None, :]
            signed = gap[places, np.abs(gap).argmin(1)]
            found[i] = 7 + np.sign(signed) * np.minimum(7, np.ceil(np.log2(np.abs(signed) + 1)).astype(int))
    return found


def batch(windows):
    """The arrays of several (ids, at), padded to one length, under the names the network knows."""
    length = max(len(ids) for ids, _ in windows)
    ids, mask = np.ones((len(windows), length), np.int64), np.zeros((len(windows), length), np.float32)
    at, distance, row = [], [], []
    for i, (one, places) in enumerate(windows):
        ids[i, : len(one)], mask[i, : len(one)] = one, 1
        wide = [(0, 0), (0, length - len(one))]
        at.append(np.pad(places, wide)), distance.append(np.pad(distances(places), wide)), row.extend([i] * len(places))
    return {"ids": ids, "mask": mask, "row": np.array(row), "at": np.concatenate(at), "distance": np.concatenate(distance)}  # fmt: skip
