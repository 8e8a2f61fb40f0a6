"""Actors proposed by the articles themselves: names are counted article by article, then the counts are joined."""

import re
from collections import Counter, defaultdict

import pandas as pd

from ..reading.lexicon import closed_list
from ..text.tables import TEXT, WHOLE
from .catalogue import COLUMNS, forms_of, surname
from .entities import named, role

TABLES = {"names": {"what": TEXT, "name": TEXT, "detail": TEXT, "n": WHOLE}}
_KINDS = ("person", "organisation", "thing")  # the first of those that are as frequent counts


def counted(article):
    """Rows of what one article says of its names, to be summed over a corpus (what, name, detail, n).

    what: "label" (detail: person, organisation, or thing: what spaCy takes for a place or something else), "acts" and "takes
    part" (a thing that does something, or undergoes it too), "pair" (two names joined by "et", " & ": detail is the rest).
    """
    counts, doc = Counter(), article.doc
    for _, _, name, kind, _ in named(article):
        counts["label", name, kind] += 1
    for entity, after in zip(doc.ents, [*doc.ents[1:], None]):
        words = re.sub(r"\s+", " ", entity.text).strip()
        between = doc.text[entity.end_char : after.start_char] if after else ""
        if between in {" et ", " & "}:
            counts["pair", words, between + re.sub(r"\s+", " ", after.text).strip()] += 1
        if entity.label_ in {"MISC", "LOC"} and words[:1].isupper() and len(words) < 60:
            part, proper = role(entity.root), entity.root.pos_ == "PROPN" or " " in words
            counts["label", words, "thing"] += 1
            counts["acts", words, None] += proper and part == "agent"
            counts["takes part", words, None] += part != "other"
    return [{"what": w, "name": n, "detail": d, "n": k} for (w, n, d), k in counts.items() if k]


def joined(counts, at_least):
    """The catalogue that summed counts suggest (a table what, name, detail, n): people and organisations named so often.

    Nothing in it depends on the order of the counts.
    """
    sums = {what: group for what, group in counts.groupby("what")}
    labels = defaultdict(Counter)
    for row in _rows(sums, "label"):
        labels[row.name][row.detail] += int(row.n)
    acts, takes_part = ({r.name: int(r.n) for r in _rows(sums, what)} for what in ("acts", "takes part"))
    titles, surnames = closed_list("person_title"), {surname(n) for n, found in labels.items() if found["person"]}
    kinds = {n: _kind_of(n, found, acts.get(n, 0), takes_part.get(n, 0)) for n, found in labels.items() if n.casefold() not in titles}  # fmt: skip
    often = [n for n, kind in kinds.items() if kind and labels[n].total() >= at_least]
    often = [n for n in often if not labels[n]["thing"] or n not in surnames]
    often.sort(key=lambda n: (-labels[n].total(), n))
    names = _paired(often, labels, {(r.name, r.detail): int(r.n) for r in _rows(sums, "pair")})
    rows = [row for n in names for row in forms_of({"name": n, "type": kinds.get(n, "organisation")})]
    return pd.DataFrame(rows, columns=COLUMNS).drop_duplicates(["actor", "form"], ignore_index=True).astype("str")


def _rows(sums, what):
    return sums[what].itertuples() if what in sums else ()


def _kind_of(name, found, acts, takes_part):
    """What most of its mentions are labelled; a thing only where it acts, or is written as organisations are and takes part."""
    kind = max(_KINDS, key=lambda k: found[k])
    if kind != "thing":
        return kind
    written_so = re.search(r"[a-zé][A-Z]|^[A-Z]{3,}$", name) and takes_part >= max(1, found.total() / 6)
    return "organisation" if acts >= max(2, found.total() / 4) or written_so else None


def _paired(names, labels, pairs):
    """The names, with one for two that nearly always stand together ("Air et Estran")."""
    whole, known = {}, set(names)
    for (one, rest), n in sorted(pairs.items()):
        other = rest.removeprefix(" et ").removeprefix(" & ")
        alike = {one, other} <= known - set(whole) and not any(labels[w]["person"] for w in (one, other))
        if alike and n >= 3 and n >= 0.6 * max(labels[one].total(), labels[other].total()):
            whole |= {one: one + rest, other: None}
    return [w for n in names if (w := whole.get(n, n))]
