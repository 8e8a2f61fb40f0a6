"""The one place where the sentence encoder loads: each sentence passes once, whatever is asked of it afterwards.

The weights are in `models/actor_sentiment/` (see its README); ONNX Runtime runs them, without network or GPU: `encoder.onnx`
makes states of a sentence, `head.onnx` judges targets from them. Each sentence is run by itself: what the encoder makes of
it depends on nothing that stands beside it, and nothing is spent on padding.
"""

import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate

import numpy as np

from ..text.places import MODELS, data_hash
from ..text.typography import analysis_copy

FOLDER = MODELS / "actor_sentiment"
LABELS = ["negative", "neutral", "positive"]
LONGEST, WIDTH, DEPTH = 192, 384, 12
USES = 13  # what is read off each word of how it is used: see measures/uses.py
_HELD = 1000  # sentences of one article whose states are held while it is measured


@dataclass(eq=False)
class States:
    """What the encoder made of one article so far.

    vectors: {sentence_id: mean of its pieces' last states}; words: [tokens, DEPTH + USES], or None; both in half precision.
    logits: {hash of targets: [targets, 3]}. passed: {sentence_id: last states} of this very reading, which nobody keeps.
    """

    vectors: dict = field(default_factory=dict)
    words: np.ndarray | None = None
    logits: dict = field(default_factory=dict)
    passed: dict = field(default_factory=dict)


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
def _session(name):
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
    return onnxruntime.InferenceSession(FOLDER / f"{name}.onnx", options, **how)


def _read(ids):
    """(last states, words) of the pieces of one sentence, [pieces, WIDTH] and [pieces, DEPTH + USES]."""
    given = {"ids": ids[None], "mask": np.ones((1, len(ids)), np.float32)}
    last, *words = _session("encoder").run(["states", "context", "uses"], given)
    return last[0], np.concatenate(words, 2)[0]


def target_logits(sentences, targets):
    """Logits (negative, neutral, positive) of each target of each sentence, before calibration.

    targets: for each sentence a list of targets, each a list of (start, end), its mentions there. Returns a list of
    arrays [targets, 3], parallel to the sentences. Sentences over 190 pieces (about 130 words) are read in a window
    around each target.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(_judged, sentences, targets))


def logits_of(article, targets):
    """Logits [targets, 3] of the targets of an article's sentences, sentence by sentence; judged once, then kept in its states.

    targets: for each sentence a list of targets, as for :func:`target_logits`.
    """
    key = hashlib.sha256(json.dumps(targets).encode()).hexdigest()[:16]
    if key not in article.states.logits:
        passed = article.states.passed
        found = [
            _judged(s, wanted, passed.get(i)) for i, (s, wanted) in enumerate(zip(article.sentences, targets)) if wanted
        ]
        article.states.logits[key] = np.concatenate([np.zeros((0, 3)), *found]).astype(np.float32)
    return article.states.logits[key]


def vectors_of(article):
    """What the encoder makes of each sentence, [sentences, WIDTH]: the mean of its pieces' last states.

    Of a sentence over 190 pieces the beginning counts.
    """
    _ready(article)
    found = [article.states.vectors[i] for i in range(len(article.spans))]
    return np.array(found, np.float32).reshape(len(found), WIDTH)


def words_of(article):
    """What the encoder makes of each token where it stands, [tokens, DEPTH]: a few directions of a middle layer's states.

    Zero of blanks, and beyond the first 190 pieces of a sentence.
    """
    _ready(article)
    return article.states.words[:, :DEPTH].astype(np.float32)


def uses_of(article, tokens=slice(None)):
    """What the encoder reads off each token (or off those asked for) of how it is used there, [tokens, USES]: see :mod:`..measures.uses`.

    Zero of blanks, and beyond the first 190 pieces of a sentence.
    """
    _ready(article)
    return article.states.words[tokens, DEPTH:].astype(np.float32)


def _ready(article):
    """Has each sentence of an article pass, if they haven't yet."""
    states, words = article.states, []
    if states.words is not None:
        return
    for i, sentence in enumerate(article.sentences):
        ids, places = _pieces(tokenizer(), sentence)
        last, own = _read(ids[:LONGEST])
        states.vectors[i] = last.mean(0).astype(np.float16)
        if len(ids) <= LONGEST and i < _HELD:
            states.passed[i] = last
        words.append((places, own))
    states.words = on_tokens(article, words, DEPTH + USES)


def on_tokens(article, of_pieces, width):
    """[tokens, width] in half precision: the mean over each token's pieces of what there is of them.

    of_pieces: for each sentence (where its pieces stand, what there is of them and of the mark before them).
    """
    total, n = np.zeros((len(article.doc), width), np.float32), np.zeros(len(article.doc), np.float32)
    starts = np.array([t.idx for t in article.doc])
    ends = starts + np.array([len(t) for t in article.doc])
    for (first, _), (places, words) in zip(article.spans, of_pieces):
        for (begin, end), word in zip(places, words[1:]):
            if begin == end:
                continue
            inside = slice(np.searchsorted(ends, first + begin, "right"), np.searchsorted(starts, first + end, "left"))
            total[inside] += word
            n[inside] += 1
    return (total / np.maximum(n, 1)[:, None]).astype(np.float16)


def _judged(sentence, targets, last=None):
    """Logits of the targets of one sentence; last: its last states, where they are at hand."""
    ids, at = encode(tokenizer(), sentence, targets)
    logits = np.full((len(targets), 3), np.nan)
    for (window, places), numbers in _windows(ids, at):
        states = last if last is not None and len(ids) <= LONGEST else _read(window)[0]
        logits[list(numbers)] = _session("head").run(["logits"], {
            "states": states[None], "mask": np.ones((1, len(window)), np.float32), "row": np.zeros(len(places), np.int64),
            "at": places, "distance": distances(places),
        })[0]  # fmt: skip
    return logits


def _pieces(tokens_of, sentence):
    """(ids, [(begin, end)]): the pieces of a sentence between the marks of its ends, and where each but these stands."""
    sentence = analysis_copy(sentence).encode("utf-8", "replace").decode()  # a lone surrogate is no text
    pieces = tokens_of.encode(sentence, return_type="proto").pieces  # whose begin and end count bytes
    at = list(accumulate((len(c.encode()) for c in sentence), initial=0))
    begins = np.searchsorted(at, [p.begin for p in pieces], "right") - 1
    ends = np.searchsorted(at, [p.end for p in pieces], "left")
    return np.array([0, *(p.id for p in pieces), 2]), list(zip(begins.tolist(), ends.tolist()))


def encode(tokens_of, sentence, targets):
    """(ids, at) of a sentence: pieces between the marks of its ends, and [targets, length] with 1 on a target's pieces.

    tokens_of: the tokenizer; targets: lists of (start, end).
    """
    ids, places = _pieces(tokens_of, sentence)
    at = np.zeros((len(targets), len(ids)), np.float32)
    for i, spans in enumerate(targets):
        for j, (a, b) in enumerate(places, 1):
            at[i, j] = a < b and any(a < end and b > start for start, end in spans)
        if not at[i].any():  # the target is of characters that the tokenizer drops
            at[i, 0] = 1
    return ids, at


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
