"""Labelled sentences to train on: one record per sentence, with every actor whose label is known.

newsmtsc  NewsMTSC (Hamborg & Donnay 2021), English, human labels, MIT: `actor_sentiment_en/train.jsonl` and
          `devtest_multi_target.jsonl`; `devtest_real_world.jsonl` is kept to measure on
coded     Wikinews, French, coded by a language model: `actor_sentiment_fr_coded/train.jsonl`, split by article
written   `training/sentences/*.txt`: written and labelled for this project by a language model
press     `training/press/*.txt`: press articles written and labelled likewise, every mention of theirs
"""

import json
import re
from pathlib import Path

from analysis.reading.encoder import LABELS
from analysis.study.accuracy.sentiment import coded_part

_MARKED = re.compile(r"\{([^{}|]+)\|([+\-0])\}")
_SIGNS = {"-": 0, "0": 1, "+": 2}


def labelled(folder):
    """{part: records} of all sources; parts: train, calibrate, check (coded), check_written, check_en.

    A record: text, spans (one per target), labels (0, 1, 2), weights (natural share), source.
    """
    folder = Path(folder)
    english = [r for name in ("train", "devtest_multi_target") for r in _english(folder, name)]
    seen = {r["text"] for r in english}
    coded, written = _coded(folder), _written()
    return {
        "train": english
        + [r for r in coded if r["part"] == "train"]
        + [r for r in written if r["part"] == "train"]
        + _press(),
        "calibrate": [r for r in coded if r["part"] == "calibrate"],
        "check": [r for r in coded if r["part"] == "check"],
        "check_written": [r for r in written if r["part"] == "check"],
        "check_en": [r for r in _english(folder, "devtest_real_world") if r["text"] not in seen],
    }


def validation(folder):
    """The validation part of MAD-TSC (Dufraisse et al. 2023): to choose the rule of the labels, never to train on."""
    return _joined(_flat(Path(folder) / "actor_sentiment_fr" / "validation.jsonl"), "validation")


def texts(folder, parts):
    """French and English texts whose word pieces the vocabulary must keep: what is trained on, and Wikinews."""
    return [*wikinews(folder).values()] + [record["text"] for name, records in parts.items() for record in records]


def wikinews(folder):
    """{doc_id: text} of the articles of Wikinews."""
    return {row["doc_id"]: row["text"] for row in _flat(Path(folder) / "wikinews_fr" / "articles.jsonl")}


def _flat(path):
    with open(path, encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def _joined(rows, source):
    """One record per sentence, its targets together."""
    made = {}
    for row in rows:
        record = made.setdefault(
            row["sentence"], {"text": row["sentence"], "spans": [], "labels": [], "weights": [], "source": source}
        )
        record["spans"].append((row["start"], row["end"]))
        record["labels"].append(LABELS.index(row["polarity"]))
        record["weights"].append(float(row.get("weight", 1)))
        record["doc_id"] = row.get("doc_id")
    return list(made.values())


def _english(folder, name):
    return _joined(_flat(folder / "actor_sentiment_en" / f"{name}.jsonl"), "newsmtsc")


def _coded(folder):
    records = _joined(_flat(folder / "actor_sentiment_fr_coded" / "train.jsonl"), "coded")
    for record in records:
        record["part"] = coded_part(record["doc_id"])
    return records


def _written():
    """The sentences of `training/sentences/`; the last ten of each file are kept to check on."""
    records = []
    for path in sorted((Path(__file__).parent / "sentences").glob("*.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for i, line in enumerate(lines):
            record = unmarked(line) | {
                "source": "written",
                "part": "check" if i >= len(lines) - 10 else "train",
            }
            if record["spans"]:
                records.append(record)
    return records


def _press():
    """The sentences of `training/press/`, all to train on."""
    paths = sorted((Path(__file__).parent / "press").glob("*.txt"))
    made = [
        unmarked(line) | {"source": "press"} for path in paths for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [record for record in made if record["spans"]]


def plain_articles():
    """{name: text} of the articles of `training/articles/`."""
    paths = sorted((Path(__file__).parent / "articles").glob("*.txt"))
    return {f"articles/{path.stem}": path.read_text(encoding="utf-8").strip() for path in paths}


def press_articles():
    """(name of the file, [(line number, sentence without its marks)]) of each article of `training/press/`."""
    for path in sorted((Path(__file__).parent / "press").glob("*.txt")):
        lines = [*enumerate(path.read_text(encoding="utf-8").splitlines(), 1), (0, "")]
        article = []
        for number, line in lines:
            if line.strip():
                article.append((number, unmarked(line.strip())["text"]))
            elif article:
                yield path.stem, article
                article = []


def unmarked(line):
    """The record of a line whose actors stand as `{Name|-}`: the text without marks, spans and labels."""
    text, spans, labels, at = "", [], [], 0
    for found in _MARKED.finditer(line):
        text += line[at : found.start()]
        spans.append((len(text), len(text) + len(found[1])))
        labels.append(_SIGNS[found[2]])
        text, at = text + found[1], found.end()
    return {"text": text + line[at:], "spans": spans, "labels": labels, "weights": [1.0] * len(spans)}
