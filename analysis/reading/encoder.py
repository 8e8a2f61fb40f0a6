"""The one place where the sentence encoder loads: each sentence passes once, whatever the number of actors in it.

The weights are in `models/actor_sentiment/` (see its README); ONNX Runtime runs them, without network or GPU.
"""

import hashlib
import io
import json
from functools import cache

import numpy as np

from ..text.cache import file_of, keep, kept
from ..text.places import MODELS, source_hash
from ..text.typography import analysis_copy

FOLDER = MODELS / "actor_sentiment"
LABELS = ["negative", "neutral", "positive"]
LONGEST, WIDTH = 192, 384
_BATCH = 16
_WHOLE = [[(0, 1)]]  # stands for a target where none is wanted


@cache
def settings():
    """What was fitted beside the weights: calibration and the rule of the labels (`settings.json`)."""
    return json.loads((FOLDER / "settings.json").read_text(encoding="utf-8"))


@cache
def fingerprint():
    """A hash of all the models' files, so that what older ones found is found anew."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.parent.glob("*/*")):
        if path.suffix in (".onnx", ".model", ".json", ".csv"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def tokenizer():
    """The tokenizer of the encoder."""
    from sentencepiece import SentencePieceProcessor

    return SentencePieceProcessor(model_file=str(FOLDER / "pieces.model"))


@cache
def _session():
    import onnxruntime

    return onnxruntime.InferenceSession(FOLDER / "model.onnx", providers=["CPUExecutionProvider"])


def target_logits(sentences, targets):
    """Logits (negative, neutral, positive) of each target of each sentence, before calibration.

    targets: for each sentence a list of targets, each a list of (start, end), its mentions there. Returns a list of
    arrays [targets, 3], parallel to the sentences. Sentences over 190 pieces (about 130 words) are read in a window
    around each target.
    """
    return _run(sentences, targets)[0]


def read_documents(documents, *, progress=False):
    """(logits, vectors) of each document, in order, from the cache where it was read before.

    documents: list of (sentences, targets), as for :func:`target_logits`. logits: as there. vectors: what the encoder makes
    of each sentence, [sentences, width], the mean of its pieces' last states; of a sentence over 190 pieces the beginning
    counts. Each document is read by itself, so that its scores don't depend on what stands beside it, and kept at once,
    so that work that was interrupted goes on where it stopped.
    """
    from tqdm.auto import tqdm

    files = [_files(sentences, targets) for sentences, targets in documents]
    new = sum(not all(f.exists() for f in pair) for pair in files)
    with tqdm(total=new, unit="text", desc="Judging", disable=not progress or new < 2) as bar:
        for (sentences, targets), places in zip(documents, files):
            found = [kept(f, _array) for f in places]
            if any(array is None for array in found):
                found = _read(sentences, targets)
                for file, array in zip(places, found):
                    keep(file, _bytes(array))
                bar.update()
            vectors, *logits = found
            cuts = np.cumsum([len(wanted) for wanted in targets])[:-1]
            yield np.split(logits[0], cuts) if logits else [], vectors.astype(np.float32)


def _read(sentences, targets):
    """[vectors of a document's sentences in half precision, logits of its targets]."""
    logits, means = _run(sentences, [wanted or _WHOLE for wanted in targets])
    rest = [s for s in dict.fromkeys(sentences) if s not in means]
    means |= _run(rest, [_WHOLE] * len(rest), cut=True)[1] if rest else {}
    own = [found for found, wanted in zip(logits, targets) if wanted]
    vectors = np.array([means[s] for s in sentences], np.float16).reshape(len(sentences), WIDTH)
    return [vectors, np.concatenate([np.zeros((0, 3)), *own]).astype(np.float32)]


def _files(sentences, targets):
    """Where the vectors of a document are kept and, if it has targets, their logits."""
    made_by = fingerprint() + source_hash("reading/encoder.py", "text/typography.py")
    text = json.dumps(sentences)
    judged = [file_of("encoded", made_by, text, json.dumps(targets))] if any(targets) else []
    return [file_of("encoded", made_by, text), *judged]


def _bytes(array):
    made = io.BytesIO()
    np.save(made, array, allow_pickle=False)
    return made.getvalue()


def _array(content):
    return np.load(io.BytesIO(content), allow_pickle=False)


def _run(sentences, targets, *, cut=False):
    """(logits of each sentence's targets, {sentence: its mean state}); the latter of long ones only if `cut`: of a window."""
    windows, places = [], []
    for i, (sentence, wanted) in enumerate(zip(sentences, targets)):
        ids, at = encode(tokenizer(), sentence, wanted)
        for window, numbers in _windows(ids, at):
            windows.append(window)
            places.append((i, numbers, cut or len(ids) <= LONGEST))
    found, means = [np.full((len(wanted), 3), np.nan) for wanted in targets], {}
    order = sorted(range(len(windows)), key=lambda j: len(windows[j][0]))
    for first in range(0, len(order), _BATCH):
        chosen = order[first : first + _BATCH]
        whole, logits = map(iter, _session().run(["whole", "logits"], batch([windows[j] for j in chosen])))
        for j in chosen:
            i, numbers, kept = places[j]
            for number in numbers:
                mean, found[i][number] = next(whole), next(logits)
                if kept:
                    means[sentences[i]] = mean
    return found, means


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
