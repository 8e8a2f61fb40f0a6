"""How right the rest is, on Wikinews and on written press: actors by name (people annotated), voices, hedges, loaded terms, frames, metaphors."""

import numpy as np
import pandas as pd

from ...measures.certainty import find_hedges
from ...measures.framing import GENERIC, POLICY
from ...measures.identities import identities
from ...measures.metaphors import find_metaphors
from ...measures.vocabulary import find_loaded_terms
from ...measures.voices import find_quotes
from ...reading.article import read, read_texts
from ...text.places import project_folder
from ...text.tables import by_document
from . import chains
from .frames import framed
from .scores import f1_of_yes, f_of_counts, interval, kappa, overlap, records, row, same_words, share

_KINDS = {"person": "person", "organization": "organisation"}


def measured(folder):
    """Rows of the table of accuracy from a folder of articles, with the codings of `tests/gold/`."""
    known = {r["doc_id"]: r for path in sorted(folder.glob("*.jsonl")) for r in records(path)}
    yield from _named_actors(folder.name, known)
    yield from chains.measured(folder.name, {doc_id: r["text"] for doc_id, r in known.items()})
    coded = [r for r in records(_gold("wikinews_coding.jsonl")) if r["doc_id"] in known]
    for part in ("learn", "measure"):
        yield from _voices(folder.name, part, [r for r in coded if r["part"] == part], known)
    yield from _loaded(folder.name, known)
    yield from _frames(folder.name, _coded_frames(coded, known), known, "generic", GENERIC)
    yield from _metaphors_in_articles(folder.name, known)
    yield from _on_press()
    yield from _metaphors()


def _on_press():
    """Rows on the press texts of `tests/gold`, coded twice: hedges, loaded terms, frames."""
    coded = list(records(_gold("press_coding.jsonl")))
    known = {r["doc_id"]: {"text": _press_text(r["doc_id"])} for r in coded}
    yield from _voices("tests/gold/press", "measure", coded, known)
    rows = [(r["doc_id"], r["part"], r["A"]["frames"], r["B"]["frames"]) for r in coded]
    for scheme, names in (("generic", GENERIC), ("policy", POLICY)):
        yield from _frames("tests/gold/press", rows, known, scheme, names)


def _press_text(doc_id):
    path = _gold(f"{doc_id}.txt")
    return chains.read_marked(path)["text"] if doc_id.startswith("chains") else path.read_text(encoding="utf-8").strip()


def _metaphors():
    """How often a use is rightly taken for figurative or literal, on pairs by writers who saw neither lexicon nor rule."""
    cases = [line.split("\t") for line in _gold("metaphors_fresh.txt").read_text(encoding="utf-8").splitlines()]
    right = {}
    for (domain, kind, word, *_), article in zip(cases, read_texts([c[4] for c in cases])):
        found = [article.text[h.start : h.end].lower() for h in find_metaphors(article) if h.row["domain"] == domain]
        hit = any(w in f or f in w for f in found for w in word.lower().replace("’", "'").split("; "))
        right.setdefault(domain, []).append(hit == (kind == "figurative"))
    right["all"] = [one for own in right.values() for one in own]
    for domain, own in right.items():
        value = interval(own, np.mean)
        yield row("metaphors", "tests/gold/metaphors_fresh", "written so", "measure", "rules and encoder", f"right, {domain}", len(own), value)  # fmt: skip


def _metaphors_in_articles(data, known):
    """How many of the uses called figurative in news are, and how many of those that are figurative are found."""
    judged = pd.read_csv(_gold("wikinews_metaphors.csv"))
    judged = judged[judged["text"].isin(known)]
    groups = dict(list(judged.groupby("text")))
    counts = []
    for own, article in zip(groups.values(), read_texts([known[d]["text"] for d in groups])):
        found = {(h.start, h.row["domain"]) for h in find_metaphors(article)}
        told = np.array([place in found for place in zip(own["start"], own["domain"])])
        either, both = (own[["A", "B"]].to_numpy().any(1), own[["A", "B"]].to_numpy().all(1))
        counts.append(((told & either).sum(), told.sum(), (told & both).sum(), both.sum()))
    place = ("metaphors", data, "language models", "measure", "rules and encoder")
    yield from _found_and_met(place, counts, "F in articles")


def _gold(file):
    return project_folder() / "tests" / "gold" / file


def _named_actors(data, known):
    counts, n = {"person": [], "organisation": []}, {"person": 0, "organisation": 0}
    for record in known.values():
        found = identities(read(record["text"]))
        for kind, own in counts.items():
            ours = {(m.start, m.end) for m in found if m.entity is not None and m.entity.type == kind}
            truth = {(s, e) for s, e, k in record["entities"] if _KINDS.get(k) == kind}
            own.append((len(ours & truth), len(ours), len(ours & truth), len(truth)))
            n[kind] += len(truth)
    for kind, own in counts.items():
        value = interval(own, f_of_counts)
        yield row("actors by name", data, "human", "all", "entities", f"F {kind}, exact span", n[kind], value)


def _voices(data, part, coded, known):
    texts = [known[r["doc_id"]]["text"] for r in coded]
    found = {"quotes": find_quotes(texts), "hedges": find_hedges(texts), "loaded": find_loaded_terms(texts)}
    for name, least, agreement in (
        ("quotes", 0.3, "speaker"), ("quotes", 0.8, None), ("hedges", 0.3, "type"), ("loaded", 0.3, "voice"),
    ):  # fmt: skip
        if name not in coded[0]["A"]:
            continue
        counts, agreed, wanted, own = [], [], 0, by_document(found[name])
        for i, record in enumerate(coded):
            ours, one, other = own.get(i, []), record["A"][name], record["B"][name]
            matches = [[c for c in one + other if overlap(o, c) >= least] for o in ours]
            both = [c for c in one if any(overlap(_span(c), d) >= least for d in other)]
            met = sum(any(overlap(o, c) >= least for o in ours) for c in both)
            counts.append((sum(map(bool, matches)), len(ours), met, len(both)))
            agreed.append([_agrees(agreement, o, m, texts[i]) for o, m in zip(ours, matches) if m and agreement])
            wanted += len(both)
        place = (name, data, "language models", part, "rules")
        if name == "loaded":
            yield from _found_and_met(place, counts)
        else:
            yield row(*place, f"F, overlap ≥ {least}", wanted, interval(counts, f_of_counts))
        if agreement:
            right = interval(agreed, lambda lists: np.mean([x for one in lists for x in one] or [np.nan]))
            yield row(*place, f"{agreement} right", sum(map(len, agreed)), right)


def _span(coding):
    return {"start": coding[0], "end": coding[1]}


def _agrees(what, row, codings, text):
    if what == "type":
        return any(row["type"] == c[3] for c in codings)
    if what == "voice":
        return any(row["voice"] == c[3] for c in codings)
    return any(same_words(row["speaker"], text[slice(*c[3])] if c[3] else "") for c in codings)


def _loaded(data, known):
    """F, precision and recall of loaded terms on articles that one language model coded once."""
    coded = pd.read_csv(_gold("wikinews_loaded.csv"))
    for part, rows in coded[coded["doc_id"].isin(known)].groupby("part"):
        truth = {
            d: g.dropna(subset=["start"])[["start", "end"]].to_numpy(int).tolist() for d, g in rows.groupby("doc_id")
        }
        ours, counts = by_document(find_loaded_terms([known[d]["text"] for d in truth])), []
        for i, spans in enumerate(truth.values()):
            own = ours.get(i, [])
            right = sum(any(overlap(o, c) >= 0.3 for c in spans) for o in own)
            met = sum(any(overlap(o, c) >= 0.3 for o in own) for c in spans)
            counts.append((right, len(own), met, len(spans)))
        yield from _found_and_met(("loaded", data, "language model, once", part, "rules"), counts)


def _found_and_met(place, counts, metric="F, overlap ≥ 0.3"):
    """Rows of F, precision and recall, from (right, found, met, to find) per article."""
    n = sum(c[3] for c in counts)
    yield row(*place, metric, n, interval(counts, f_of_counts))
    yield row(*place, "precision", sum(c[1] for c in counts), interval(counts, lambda c: share(c, 0, 1)))
    yield row(*place, "recall", n, interval(counts, lambda c: share(c, 2, 3)))


def _coded_frames(coded, known):
    """(doc_id, part, frames by A, by B) of the articles whose generic frames were coded twice."""
    rows = [(r["doc_id"], r["part"], r["A"]["frames"], r["B"]["frames"]) for r in coded]
    more = pd.read_csv(_gold("wikinews_frames.csv"))
    for one in more[more["doc_id"].isin(known)].to_dict("records"):
        rows.append((one["doc_id"], one["part"], *({f: one[f"{f}_{c}"] == 1 for f in GENERIC} for c in "AB")))
    return rows


def _frames(data, rows, known, scheme, names):
    """κ and F1 of the frames of articles, against each of two codings; and how far these two agree."""
    found = framed([known[doc_id]["text"] for doc_id, *_ in rows], scheme)
    for part in sorted({r[1] for r in rows}):
        chosen = [i for i, r in enumerate(rows) if r[1] == part]
        for frame in names:
            for coder, (own, other) in {"A": (2, 3), "B": (3, 2)}.items():
                truth = [bool(rows[i][own][frame]) for i in chosen]
                guesses = {m: [g[i] for i in chosen] for m, g in found[frame].items()}
                guesses["the other coding"] = [bool(rows[i][other][frame]) for i in chosen]
                for method, guess in guesses.items():
                    place = f"{scheme} frames", data, f"language model {coder}", part, method
                    pairs = list(zip(truth, guess))
                    yield row(*place, f"κ {frame}", sum(truth), interval(pairs, kappa))
                    yield row(*place, f"F1 {frame}", sum(truth), interval([(t, g, 1) for t, g in pairs], f1_of_yes))
