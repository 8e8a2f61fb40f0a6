"""Fine-tuning: the upper layers of the base encoder and the head, on labelled sentences."""

import math
import random
import time

import numpy as np
import torch
from torch.nn import functional as F

from analysis.reading.encoder import LONGEST, distances, encode

from .data import LABELS
from .model import Head

BATCH, RATE, HEAD_RATE, DECAY, SMOOTH, SEED = 32, 8e-5, 5e-4, 0.93, 0.05, 1
SOURCES = ["newsmtsc", "coded", "written", "press"]


def prepared(records, tokenizer):
    """The records as arrays, cut to `LONGEST` pieces; a target beyond that is left out."""
    made = []
    for record in records:
        ids, at = encode(tokenizer, record["text"], [[s] for s in record["spans"]])
        ids, at = ids[:LONGEST], at[:, :LONGEST]
        kept = at.any(1)
        if kept.any():
            labels, weights = np.array(record["labels"])[kept], np.array(record["weights"])[kept]
            made.append((ids, at[kept], labels, weights, record["source"]))
    return made


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


def tensors(rows):
    """Several prepared sentences as tensors: what the network takes, and the labels."""
    arrays = batch([(ids, at) for ids, at, *_ in rows])
    truth = np.concatenate([labels for _, _, labels, *_ in rows])
    return [torch.from_numpy(np.ascontiguousarray(a)) for a in (*arrays.values(), truth)]


def _groups(encoder, head):
    """Parameters with their learning rates: lower layers learn more slowly."""
    groups = [{"params": list(head.parameters()), "lr": HEAD_RATE}]
    for depth, layer in enumerate(reversed(encoder.layers)):
        learned = [p for p in layer.parameters() if p.requires_grad]
        groups += [{"params": learned, "lr": RATE * DECAY**depth}] if learned else []
    return groups


def train(encoder, records, tokenizer, *, epochs, log=print, seed=SEED):
    """Trains a head and the encoder's upper layers in place; returns the head.

    Each source's sentences are weighted by class (√ of the inverse frequency) and shift the logits by an offset of their
    own, learned too and dropped after training: annotators of one source call more polar than those of another.
    """
    torch.manual_seed(seed), random.seed(seed), np.random.seed(seed)
    head = Head()
    shift = torch.nn.Parameter(torch.zeros(len(SOURCES), 3))
    rows = prepared(records, tokenizer)
    weight = torch.tensor(np.array([_class_weights(rows, s) for s in SOURCES]), dtype=torch.float32)
    groups = [*_groups(encoder, head), {"params": [shift], "lr": 5e-3}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = epochs * math.ceil(len(rows) / BATCH)
    plan = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min(1, (s + 1) / (0.06 * steps)) * (1 - s / steps))
    started, done = time.time(), 0
    for _ in range(epochs):
        for part in _batches(rows):
            encoder.train(), head.train()
            ids, mask, row, at, near, truth = tensors(part)
            origin = torch.tensor([SOURCES.index(part[i][4]) for i in row.tolist()])
            logits = head(encoder(ids, mask), mask, row, at, near) + shift[origin] - shift.mean(0)
            each = F.cross_entropy(logits, truth, reduction="none", label_smoothing=SMOOTH) * weight[origin, truth]
            optimiser.zero_grad()
            each.mean().backward()
            torch.nn.utils.clip_grad_norm_([p for g in groups for p in g["params"]], 1.0)
            optimiser.step(), plan.step()
            done += 1
            if done % 50 == 0:
                log(f"{done}/{steps} {each.mean().item():.3f} {time.time() - started:.0f} s", flush=True)
    log("shift", dict(zip(SOURCES, (shift - shift.mean(0)).detach().numpy().round(2).tolist())), flush=True)
    return head


def _class_weights(rows, source):
    labels = np.concatenate([r[2] for r in rows if r[4] == source] or [np.arange(3)])
    counts = np.bincount(labels, minlength=len(LABELS))
    weights = np.sqrt(counts.sum() / np.maximum(counts, 1))
    return weights * counts.sum() / (weights * counts).sum()


def _batches(rows):
    """Batches of sentences of like length, in a new order each time."""
    order = list(range(len(rows)))
    random.shuffle(order)
    pools = [sorted(order[i : i + 50 * BATCH], key=lambda j: len(rows[j][0])) for i in range(0, len(order), 50 * BATCH)]
    found = [pool[i : i + BATCH] for pool in pools for i in range(0, len(pool), BATCH)]
    random.shuffle(found)
    return [[rows[j] for j in one] for one in found]
