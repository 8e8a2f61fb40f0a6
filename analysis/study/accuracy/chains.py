"""How right *Who is who* is, against chains that were coded through whole articles; and how actors are treated there, sentence by sentence.

A coded text is written as it stands, each mention in ⟦ID kind:words⟧ after a head of lines "# ID TYPE full name" and a line of
three dashes; kinds: n name, a role beside a name, d role or common noun alone, p pronoun (see `tests/gold/README.md`).
"""

import csv
import re
from collections import Counter, defaultdict

import numpy as np

from ...measures import sentiment, voices
from ...measures.entities import find_mentions
from ...measures.voices import find_quotes
from ...reading.article import read
from ...text.places import project_folder
from .scores import (
    asserted_right,
    f_of_counts,
    interval,
    macro_f1,
    overlap,
    polar_found,
    records,
    row,
    same_words,
    share,
)

_MARK = re.compile(r"⟦(\d+) ([nadp]):|⟧")
_KINDS = {"n": "name", "a": "apposition", "d": "description", "p": "pronoun"}
_TYPES = {"P": "person", "O": "organisation", "S": "state"}


def read_marked(path):
    """{name, text, entities: {id: (type, name)}, mentions: [(start, end, id, kind)]} of a marked text.

    Raises ValueError naming the file where a mark is not closed or has no entity.
    """
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    entities = {
        int(number): (_TYPES[kind], name.strip())
        for number, kind, name in re.findall(r"^# (\d+) ([POS]) (.+)$", head, re.M)
    }
    text, at, opened, mentions = "", 0, [], []
    for mark in _MARK.finditer(body):
        text += body[at : mark.start()]
        at = mark.end()
        if mark[1]:
            opened.append((len(text), int(mark[1]), _KINDS[mark[2]]))
        elif opened:
            start, entity, kind = opened.pop()
            mentions.append((start, len(text), entity, kind))
    if opened or {m[2] for m in mentions} - set(entities):
        raise ValueError(f"{path}: a mark is not closed, or names an entity that the head lacks")
    return {"name": path.stem, "text": text + body[at:], "entities": entities, "mentions": sorted(mentions)}


def coded_articles(known, part):
    """The coded articles of `tests/gold/wikinews_chains.jsonl` of a part, in the same form; known: {doc_id: text}."""
    for r in records(project_folder() / "tests" / "gold" / "wikinews_chains.jsonl"):
        if r["part"] == part and r["doc_id"] in known:
            entities = {number: (kind, name) for number, kind, name in r["entities"]}
            mentions = [tuple(m) for m in r["mentions"]]
            yield {"name": r["doc_id"], "text": known[r["doc_id"]], "entities": entities, "mentions": mentions}


def measured(data, known):
    """Rows of the table of accuracy: the coded articles of Wikinews and the texts written for this, kept for measuring."""
    gold = project_folder() / "tests" / "gold" / "chains"
    for name, documents in (
        (data, list(coded_articles(known, "measure"))),
        ("tests/gold/chains", [read_marked(p) for p in sorted(gold.glob("*.txt"))]),
    ):
        yield from _scores(name, documents)
    yield from _speakers(gold)
    yield from _treatment(gold)


def _treatment(folder):
    """Rows on sentiment toward the coded entities of the written texts (`sentiment.csv`), where both codings say the same.

    Asserted is what the kit calls negative or positive without withholding it.
    """
    with open(folder / "sentiment.csv", encoding="utf-8", newline="") as file:
        coded = {(r["text"], int(r["start"]), int(r["entity"])): (r["A"], r["B"]) for r in csv.DictReader(file)}
    judged = []
    for path in sorted(folder.glob("*.txt")):
        article, mentions, quotes = coded_entities(read_marked(path))
        made = sentiment.measure(article, mentions, quotes)["sentiment"]
        found = {(article.spans[r["sentence_id"]][0], int(r["actor"])): r for r in made}
        pairs = [(who, found.get(who[1:])) for who in coded if who[0] == path.stem and len(set(coded[who])) == 1]
        judged.append([(coded[who][0], r["label"], 1.0, r["withheld"]) for who, r in pairs if r is not None])
    place = "sentiment", "tests/gold/chains", "language models", "measure"
    n, polar = sum(map(len, judged)), sum(t != "neutral" for one in judged for t, *_ in one)
    said = sum(g != "neutral" and not withheld for one in judged for _, g, _, withheld in one)
    for method, metric, size, value in (
        ("model", "macro-F1", n, lambda rows: macro_f1([r[:3] for r in rows])),
        ("majority class", "macro-F1", n, lambda rows: macro_f1([(t, "neutral", w) for t, _, w, _ in rows])),
        ("model", "asserted, right", said, asserted_right),
        ("model", "praise and blame, asserted", polar, polar_found),
    ):
        found = interval(judged, lambda texts, value=value: value([r for one in texts for r in one]))
        yield row(*place, method, metric, size, found)


def coded_entities(document):
    """(article, mentions, quotes) of a coded document, its entities as coded: the actor of a mention is their number."""
    article = read(document["text"])
    entities = [
        {"entity_id": k, "name": name, "actor": str(k), "type": kind, "gender": None}
        for k, (kind, name) in document["entities"].items()
    ]
    mentions = [
        {"sentence_id": article.sentence_at(s), "start": s, "end": e, "entity_id": k, "actor": str(k), "kind": kind}
        for s, e, k, kind in document["mentions"]
    ]
    roles = [m for m in mentions if m["kind"] == "apposition"]
    mentions = [m for m in mentions if m["kind"] != "apposition"]
    return article, mentions, voices.measure(article, mentions, entities, roles)["quotes"]


def _speakers(folder):
    """Rows on the quotations of the written texts: found, and their speakers, by the words that name them."""
    paths = sorted(folder.glob("*.quotes"))
    texts = [read_marked(p.with_suffix(".txt"))["text"] for p in paths]
    table, counts, agreed = find_quotes(texts), [], []
    for i, (path, text) in enumerate(zip(paths, texts)):
        lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.count("\t") == 2]
        coded = [(text.index(words), text.index(words) + len(words), who) for words, _, who in lines if words in text]
        ours = table[table["text_id"] == i].to_dict("records")
        matches = [[c for c in coded if overlap(o, c) >= 0.3] for o in ours]
        met = sum(any(overlap(o, c) >= 0.3 for o in ours) for c in coded)
        counts.append((sum(map(bool, matches)), len(ours), met, len(coded)))
        agreed.append([any(same_words(o["speaker"], c[2]) for c in m) for o, m in zip(ours, matches) if m])
    place = "quotes", "tests/gold/chains", "language models", "measure", "rules"
    yield row(*place, "F, overlap ≥ 0.3", sum(c[3] for c in counts), interval(counts, f_of_counts))
    right = interval(agreed, lambda lists: np.mean([x for one in lists for x in one] or [np.nan]))
    yield row(*place, "speaker right", sum(map(len, agreed)), right)


def _scores(data, documents):
    counts = [counted(document, mentions) for document, mentions in zip(documents, _found(documents))]
    place = "who is who", data, "language models", "measure", "rules and model"
    for what, metric in (("name", "F names"), ("reference", "F roles and pronouns")):
        own = [c[what] for c in counts]
        n = sum(c[3] for c in own)
        yield row(*place, metric, n, interval(own, f_of_counts))
        yield row(*place, metric.replace("F ", "recall, "), n, interval(own, lambda c: share(c, 2, 3)))
        yield row(
            *place, metric.replace("F ", "precision, "), sum(c[1] for c in own), interval(own, lambda c: share(c, 0, 1))
        )


def _found(documents):
    table = find_mentions([d["text"] for d in documents])
    return [table[table["text_id"] == i].to_dict("records") for i in range(len(documents))]


def counted(document, found):
    """{"name", "reference": (right, found, met, to find)} of one document; found: rows of `mentions`.

    A mention is right where it touches a coded one of the same entity; which entity of ours is which coded one is told by the
    names that both have.
    """
    to = matched(
        document, [(m["start"], m["end"], m["entity_id"]) for m in found if m["kind"] in {"name", "short_name"}]
    )
    kinds = {"name": ({"name", "short_name"}, {"name"}, {"name"}), "reference": ({"description", "pronoun"}, {"description", "pronoun"}, {"description", "pronoun", "apposition"})}  # fmt: skip
    made = {}
    for what, (ours, wanted, allowed) in kinds.items():
        own = [m for m in found if m["kind"] in ours]
        gold = [g for g in document["mentions"] if g[3] in wanted]
        right = sum(any(_meets(m, g, to) for g in document["mentions"] if g[3] in allowed) for m in own)
        made[what] = right, len(own), sum(any(_meets(m, g, to) for m in own) for g in gold), len(gold)
    return made


def matched(document, names):
    """{our entity: the coded one whose names it has most often}; names: (start, end, our entity)."""
    votes = defaultdict(Counter)
    for start, end, ours in names:
        for a, b, entity, kind in document["mentions"]:
            if kind == "name" and start < b and a < end:
                votes[ours][entity] += 1
    return {ours: found.most_common(1)[0][0] for ours, found in votes.items()}


def _meets(mention, coded, to):
    return mention["start"] < coded[1] and coded[0] < mention["end"] and to.get(mention["entity_id"]) == coded[2]
