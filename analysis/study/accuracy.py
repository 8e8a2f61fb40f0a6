"""How right the measures are, against labels: `make accuracy DATA=folder` for whoever holds the data.

The folder holds, each under its name, what its README says (only those that are there are measured):
    actor_sentiment_fr/        MAD-TSC, French (Dufraisse et al., ACL 2023): human labels; sentence, start, end, polarity
    actor_sentiment_fr_coded/  sentences of Wikinews coded by a language model; the same fields, doc_id and weight; measured
                               on the articles that the model neither learned from nor was calibrated on
    actor_sentiment_en/        NewsMTSC (Hamborg & Donnay, EACL 2021), English: human labels; the same fields; measured on
                               devtest_real_world, which the model did not learn from
    policy_frames_fr/          CCF (Lemor et al.): one expert coder; text, frames, outlet, date, title
    wikinews_fr/               WiNER-fr: articles with person and organisation spans by human annotators
The published layouts of MAD-TSC (`sentence_normalized`, `targets`) and CCF (`label`) are read too.
For quotations, hedges and loaded terms `tests/gold/` holds two independent codings of forty Wikinews articles by language
models, as offsets into the articles of `wikinews_fr/`; for loaded terms one more of 250; for generic frames two of 200.
"""

import hashlib
import json
import math
from pathlib import Path

import numpy as np
import pandas as pd

from ..measures.certainty import hedges
from ..measures.entities import named
from ..measures.framing import GENERIC, POLICY, cue_scores, score_frames
from ..measures.sentiment import baseline, labels_by_rule, score_targets
from ..measures.vocabulary import loaded_terms
from ..measures.voices import quotes
from ..reading.article import read_articles, read_texts
from ..reading.encoder import LABELS
from ..text.places import project_folder
from ..text.tables import by_document
from .statistics import RESAMPLES, SEED

COLUMNS = ["measure", "data", "labels", "part", "method", "metric", "n", "value", "low", "high"]
_POLARITY = {2.0: "negative", 4.0: "neutral", 6.0: "positive"}
_CCF = {"Eco": "economic", "Pol": "political", "Just": "justice", "Sci": "science", "Secu": "security",
        "Pbh": "health", "Envt": "environment", "Cult": "culture"}  # fmt: skip


def measure_accuracy(folder):
    """A table of what was measured on the data in a folder: one row per measure, part, method and metric.

    value with a 95 % bootstrap interval (over articles or sentences, seeded); n is what had to be found or judged.
    Raises FileNotFoundError if the folder holds none of the data.
    """
    folder = Path(folder)
    known = {"actor_sentiment_fr": _sentiment, "actor_sentiment_fr_coded": _sentiment, "actor_sentiment_en": _sentiment, "policy_frames_fr": _policy,
             "wikinews_fr": _wikinews}  # fmt: skip
    rows = [row for name, measure in known.items() if (folder / name).is_dir() for row in measure(folder / name)]
    if not rows:
        raise FileNotFoundError(f"{folder} holds none of {', '.join(known)}")
    return pd.DataFrame(rows, columns=COLUMNS)


def _records(path):
    with open(path, encoding="utf-8") as stream:
        return [json.loads(line) for line in stream if line.strip()]


def interval(units, statistic):
    """(value, low, high) of a statistic of a list of units, which are drawn with replacement."""
    random = np.random.default_rng(SEED)
    value = statistic(units)
    draws = [
        statistic([units[i] for i in random.integers(0, len(units), len(units))])
        for _ in range(min(RESAMPLES, 400_000 // max(1, len(units)) + 100))
    ]
    return value, *np.nanpercentile(draws, [2.5, 97.5])


def macro_f1(pairs):
    """Macro-F1 over the labels of (truth, guess, weight) triples, as the mean of the F1 of each label that occurs."""
    scores = []
    for label in sorted({truth for truth, _, _ in pairs}):
        right = sum(w for t, g, w in pairs if t == g == label)
        both = sum(w for t, _, w in pairs if t == label) + sum(w for _, g, w in pairs if g == label)
        scores.append(2 * right / both if both else 0.0)
    return float(np.mean(scores))


def kappa(pairs):
    """Cohen's κ of (one, other) pairs; NaN where both always say the same one thing."""
    n = len(pairs)
    agreed = sum(a == b for a, b in pairs) / n
    values = {v for pair in pairs for v in pair}
    expected = sum(sum(a == v for a, _ in pairs) * sum(b == v for _, b in pairs) for v in values) / n**2
    return (agreed - expected) / (1 - expected) if expected < 1 else np.nan


# --- sentiment


def coded_part(doc_id):
    """Which part an article of the coded sentences belongs to, by a hash of its id: train, calibrate, or check."""
    share = hashlib.sha256(str(doc_id).encode()).digest()[0]
    return "train" if share < 145 else "calibrate" if share < 190 else "check"


def _sentiment(folder):
    for part, rows in _sentiment_parts(folder):
        yield from _sentiment_rows(folder.name, "language model" if part == "check" else "human", part, rows)


def _sentiment_parts(folder):
    """(part, rows) of each file of a folder that may be measured on."""
    for path in sorted(folder.glob("*.jsonl")):
        rows = [r for record in _records(path) for r in _flat(record)]
        if "weight" in rows[0]:
            yield "check", [r for r in rows if coded_part(r.get("doc_id")) == "check"]
        elif folder.name != "actor_sentiment_en" or path.stem == "devtest_real_world":
            yield path.stem, rows


def _scores(rows):
    return score_targets([r["sentence"] for r in rows], [(r["start"], r["end"]) for r in rows])


def _labels(rows):
    """(labels, weights) that the annotators gave."""
    return [r["polarity"] for r in rows], [float(r.get("weight", 1)) for r in rows]


def _sentiment_rows(data, who, part, rows):
    truth, weight = _labels(rows)
    scored = _scores(rows)
    methods = {"model": list(scored["label"]), **_baselines(rows, truth, french=not data.endswith("_en"))}
    for method, guess in methods.items():
        value = interval(list(zip(truth, guess, weight)), macro_f1)
        yield _row("sentiment", data, who, part, method, "macro-F1", len(rows), value)
    for label in LABELS:
        triples = [(t == label, g == label, w) for t, g, w in zip(truth, methods["model"], weight)]
        value = interval(triples, _f1_of_yes)
        yield _row("sentiment", data, who, part, "model", f"F1 {label}", truth.count(label), value)
    sure = [(t, g, w) for t, g, w, no in zip(truth, methods["model"], weight, scored["withheld"]) if not no]
    yield _row("sentiment", data, who, part, "model", "macro-F1, not withheld", len(sure), interval(sure, macro_f1))
    triples = list(zip(scored[LABELS].to_numpy(), truth, weight))
    value = interval(triples, _calibration_error)
    yield _row("sentiment", data, who, part, "model", "calibration error", len(rows), value)


def _baselines(rows, truth, *, french):
    """The guesses of what the model must beat: blind to its target, by rule, by lexicon, and the most frequent label."""
    sentences = [r["sentence"] for r in rows]
    found = {"model blind to its target": list(score_targets(sentences, [(0, len(s)) for s in sentences])["label"])}
    if french:
        found["rules"] = labels_by_rule(sentences, [(r["start"], r["end"]) for r in rows])
        found["textblob-fr"] = [_tone(s) for s in sentences]
        vader = _vader()
        found |= {"vaderSentiment-fr": [vader(s) for s in sentences]} if vader else {}
    return found | {"majority class": [max(LABELS, key=truth.count)] * len(rows)}


def _vader():
    """vaderSentiment-fr's label of a sentence, where that package is installed (it isn't needed for anything else)."""
    try:
        from vaderSentiment_fr.vaderSentiment import SentimentIntensityAnalyzer
    except ImportError:
        return None
    analyzer = SentimentIntensityAnalyzer()

    def label(sentence):
        tone = analyzer.polarity_scores(sentence)["compound"]
        return "positive" if tone >= 0.05 else "negative" if tone <= -0.05 else "neutral"

    return label


def _calibration_error(triples):
    """Expected calibration error of the most probable label of (probabilities, truth, weight), in bins of equal weight."""
    found = _bins(triples)
    return float((found["weight"] * (found["confidence"] - found["right"]).abs()).sum() / found["weight"].sum())


def _bins(triples, *, bins=10):
    """confidence, right (share), weight, n of (probabilities, truth, weight) triples, in bins of equal weight by confidence."""
    p, weights = np.array([t[0] for t in triples]), np.array([t[2] for t in triples])
    right = np.array([LABELS[k] == t[1] for k, t in zip(p.argmax(1), triples)])
    order = np.argsort(p.max(1), kind="stable")
    made = pd.DataFrame({"confidence": p.max(1), "right": right, "weight": weights, "n": 1}).iloc[order]
    middle = np.cumsum(weights[order]) - weights[order] / 2
    bin_of = np.minimum((middle / weights.sum() * bins).astype(int), bins - 1)
    made[["confidence", "right"]] = made[["confidence", "right"]].mul(made["weight"], axis=0)
    made = made.groupby(bin_of).sum()
    return made.assign(confidence=made["confidence"] / made["weight"], right=made["right"] / made["weight"])


def reliability(folder):
    """For a reliability diagram of the sentiment model: data, confidence, right, weight, n, one row per data and bin.

    confidence: mean probability of the most probable label in a bin (ten of equal weight); right: how often that label is
    the annotators'. Sentences as in :func:`measure_accuracy`; sets that are not in the folder are left out.
    """
    found = []
    for name in ("actor_sentiment_fr", "actor_sentiment_fr_coded", "actor_sentiment_en"):
        for part, rows in _sentiment_parts(Path(folder) / name):
            if part in ("train", "check", "devtest_real_world"):
                triples = list(zip(_scores(rows)[LABELS].to_numpy(), *_labels(rows)))
                found.append(_bins(triples).assign(data=name))
    return (
        pd.concat(found, ignore_index=True)
        if found
        else pd.DataFrame(columns=["confidence", "right", "weight", "n", "data"])
    )


def _flat(record):
    """The rows of a record in the flat or in the published layout, one per target."""
    if "targets" not in record:
        return [record]
    text = record["sentence_normalized"]
    return [
        {"sentence": text, "start": t["from"], "end": t["to"], "polarity": _POLARITY[float(t["polarity"])]}
        for t in record["targets"]
    ]


def _tone(sentence):
    value = baseline(sentence)
    return "positive" if value > 0.1 else "negative" if value < -0.1 else "neutral"


def _f1_of_yes(triples):
    right = sum(w for t, g, w in triples if t and g)
    both = sum(w for t, _, w in triples if t) + sum(w for _, g, w in triples if g)
    return 2 * right / both if both else 0.0


# --- policy frames


def _policy(folder):
    for path in sorted(folder.glob("*.jsonl")):
        rows = _records(path)
        found = _framed([r["text"] for r in rows], "policy")
        for part in ("choose", "publish"):
            chosen = [i for i, r in enumerate(rows) if _half(r) == part]
            for frame in POLICY:
                truth = [frame in _frames(rows[i]) for i in chosen]
                for method, guess in found[frame].items():
                    value = interval([(t, guess[i], 1) for t, i in zip(truth, chosen)], _f1_of_yes)
                    yield _row(
                        "policy frames", folder.name, "one expert", part, method, f"F1 {frame}", sum(truth), value
                    )


def _framed(texts, scheme):
    """{frame: {method: decisions}} on texts: the measure, its cues alone (.5; articles .3), and always yes."""
    scores, reading = score_frames(texts).query("scheme == @scheme"), read_texts(texts)
    cues = {frame: [] for frame in scores["frame"]}
    for doc_id, doc in reading.docs.items():
        rows, n = cue_scores(reading, doc_id, doc), max(1, math.ceil(len(reading.spans[doc_id]) / 5))
        for frame in cues:
            own = sorted((r["score"] for (_, s, f, _), r in rows.items() if (s, f) == (scheme, frame)), reverse=True)
            cues[frame].append(sum(own[:n]) / n >= (0.5 if n == 1 or scheme == "policy" else 0.3))
    both = {f: list(g.sort_values("text_id")["present"]) for f, g in scores.groupby("frame")}
    return {f: {"cues and encoder": both[f], "cues alone": cues[f], "always yes": [True] * len(texts)} for f in cues}


def _half(record):
    """Which half a unit belongs to, by a hash of its article: thresholds may be chosen on one, figures come from the other."""
    meta = record.get("meta", record)
    key = "|".join(str(meta.get(k, "")) for k in ("outlet", "date", "title"))
    return "choose" if hashlib.sha256(key.encode()).digest()[0] % 2 else "publish"


def _frames(record):
    """The frames of a unit, in the flat or in the published layout ("Eco Detection" → economic)."""
    return (
        record["frames"]
        if "frames" in record
        else [_CCF[w] for label in record.get("label", []) if (w := label.split()[0]) in _CCF]
    )


# --- Wikinews: actors by human annotators, voices, hedges, loaded terms and generic frames by language models


def _wikinews(folder):
    records = {r["doc_id"]: r for path in sorted(folder.glob("*.jsonl")) for r in _records(path)}
    yield from _named_actors(folder.name, records)
    coded = [
        r for r in _records(project_folder() / "tests" / "gold" / "wikinews_coding.jsonl") if r["doc_id"] in records
    ]
    for part in ("learn", "measure"):
        yield from _voices(folder.name, part, [r for r in coded if r["part"] == part], records)
    yield from _loaded(folder.name, records)
    yield from _generic(folder.name, coded, records)


def _named_actors(data, records):
    reading = read_articles(pd.DataFrame([{"doc_id": d, "text": r["text"]} for d, r in records.items()]), progress=True)
    for ours, theirs in (("person", "person"), ("organisation", "organization")):
        counts, n = [], 0
        for doc_id, record in records.items():
            found = {(s, e) for s, e, _, kind, _ in named(reading, doc_id) if kind == ours}
            truth = {(s, e) for s, e, kind in record["entities"] if kind == theirs}
            counts.append((len(found & truth), len(found), len(found & truth), len(truth)))
            n += len(truth)
        yield _row(
            "actors by name",
            data,
            "human",
            "all",
            "entities",
            f"F {ours}, exact span",
            n,
            interval(counts, _f_of_counts),
        )


def _f_of_counts(counts):
    """F of (right, found, met, to find) per article."""
    right, found, met, wanted = (sum(c[i] for c in counts) for i in range(4))
    precision, recall = right / found if found else 0.0, met / wanted if wanted else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _voices(data, part, coded, records):
    texts = [records[r["doc_id"]]["text"] for r in coded]
    reading = read_texts(texts)
    said = quotes(reading)[0]
    found = {"quotes": said, "hedges": hedges(reading, said), "loaded": loaded_terms(reading, said)}
    for name, overlap, agreement in (
        ("quotes", 0.3, "speaker"), ("quotes", 0.8, None), ("hedges", 0.3, "type"), ("loaded", 0.3, "voice"),
    ):  # fmt: skip
        counts, agreed, wanted = [], [], 0
        for i, record in enumerate(coded):
            ours = found[name][found[name]["text_id"] == i].to_dict("records")
            one, other = record["A"][name], record["B"][name]
            matches = [[c for c in one + other if _overlap(o, c) >= overlap] for o in ours]
            both = [c for c in one if any(_overlap(_span(c), d) >= overlap for d in other)]
            met = sum(any(_overlap(o, c) >= overlap for o in ours) for c in both)
            counts.append((sum(map(bool, matches)), len(ours), met, len(both)))
            agreed.append([_agrees(agreement, o, m, texts[i]) for o, m in zip(ours, matches) if m and agreement])
            wanted += len(both)
        yield _row(
            name,
            data,
            "language models",
            part,
            "rules",
            f"F, overlap ≥ {overlap}",
            wanted,
            interval(counts, _f_of_counts),
        )
        if agreement:
            share = interval(agreed, lambda lists: np.mean([x for one in lists for x in one] or [np.nan]))
            yield _row(name, data, "language models", part, "rules", f"{agreement} right", sum(map(len, agreed)), share)


def _span(coding):
    return {"start": coding[0], "end": coding[1]}


def _overlap(row, coding):
    inside = max(0, min(row["end"], coding[1]) - max(row["start"], coding[0]))
    return inside / (max(row["end"], coding[1]) - min(row["start"], coding[0])) if inside else 0.0


def _agrees(what, row, codings, text):
    if what == "type":
        return any(row["type"] == c[3] for c in codings)
    if what == "voice":
        return any(row["voice"] == c[3] for c in codings)
    ours = _words(row["speaker"] if isinstance(row["speaker"], str) else "")
    theirs = [_words(text[slice(*c[3])] if c[3] else "") for c in codings]
    return any((not ours and not t) or len(ours & t) >= max(1, min(len(ours), len(t)) / 2) for t in theirs)


def _words(name):
    return {w for w in name.casefold().replace("’", " ").replace("'", " ").split() if len(w) > 2} - {
        "les",
        "des",
        "une",
    }


def _loaded(data, records):
    """F, precision and recall of loaded terms on articles that one language model coded once."""
    coded = pd.read_csv(project_folder() / "tests" / "gold" / "wikinews_loaded.csv")
    for part, rows in coded[coded["doc_id"].isin(records)].groupby("part"):
        truth = {
            d: g.dropna(subset=["start"])[["start", "end"]].to_numpy(int).tolist() for d, g in rows.groupby("doc_id")
        }
        reading = read_texts([records[d]["text"] for d in truth])
        ours = by_document(loaded_terms(reading, quotes(reading)[0]))
        counts = []
        for i, spans in enumerate(truth.values()):
            own = ours.get(i, [])
            right = sum(any(_overlap(o, c) >= 0.3 for c in spans) for o in own)
            met = sum(any(_overlap(o, c) >= 0.3 for o in own) for c in spans)
            counts.append((right, len(own), met, len(spans)))
        n = sum(map(len, truth.values()))
        place = "loaded", data, "language model, once", part, "rules"
        yield _row(*place, "F, overlap ≥ 0.3", n, interval(counts, _f_of_counts))
        yield _row(*place, "precision", sum(c[1] for c in counts), interval(counts, lambda c: _share(c, 0, 1)))
        yield _row(*place, "recall", n, interval(counts, lambda c: _share(c, 2, 3)))


def _share(counts, part, whole):
    total = sum(c[whole] for c in counts)
    return sum(c[part] for c in counts) / total if total else np.nan


def _generic(data, coded, records):
    """κ and F1 of the generic frames of articles, against each of two codings; and how far these two agree."""
    rows = [(r["doc_id"], r["part"], r["A"]["frames"], r["B"]["frames"]) for r in coded]
    more = pd.read_csv(project_folder() / "tests" / "gold" / "wikinews_frames.csv")
    for row in more[more["doc_id"].isin(records)].to_dict("records"):
        rows.append((row["doc_id"], row["part"], *({f: row[f"{f}_{c}"] == 1 for f in GENERIC} for c in "AB")))
    found = _framed([records[doc_id]["text"] for doc_id, *_ in rows], "generic")
    for part in ("learn", "measure"):
        chosen = [i for i, row in enumerate(rows) if row[1] == part]
        for frame in GENERIC:
            for coder, (own, other) in {"A": (2, 3), "B": (3, 2)}.items():
                truth = [bool(rows[i][own][frame]) for i in chosen]
                guesses = {m: [g[i] for i in chosen] for m, g in found[frame].items()}
                guesses["the other coding"] = [bool(rows[i][other][frame]) for i in chosen]
                for method, guess in guesses.items():
                    place = "generic frames", data, f"language model {coder}", part, method
                    pairs = list(zip(truth, guess))
                    yield _row(*place, f"κ {frame}", sum(truth), interval(pairs, kappa))
                    yield _row(*place, f"F1 {frame}", sum(truth), interval([(t, g, 1) for t, g in pairs], _f1_of_yes))


def _row(measure, data, labels, part, method, metric, n, value):
    return dict(zip(COLUMNS, [measure, data, labels, part, method, metric, n, *value]))
