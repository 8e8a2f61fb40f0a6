"""Who is mentioned where: the people and organisations of one article, by name, surname, description and pronoun."""

import re

from ..reading.lexicon import closed_list
from ..reading.syntax import inverted_subject, is_passive, is_verb
from ..text.tables import PLACE, TEXT
from .catalogue import catalogue, surname
from .running import on_texts

TABLES = {"mentions": PLACE | {"surface": TEXT, "actor": TEXT, "kind": TEXT, "role": TEXT}}


def find_mentions(texts, actors=None):
    """Mentions of actors in bare texts: the table `mentions` with `text_id`.

    actors: a catalogue (:func:`read_actors`); without one, people and organisations found by name.
    kind: name, short_name, description, pronoun; role: agent (does it), patient (undergoes it), other.
    Among nested forms the longest counts: in "le patron de Tesla" no Tesla is mentioned. A surname that several
    actors share goes to the one named in full last before it, else `actor` is missing. A pronoun is resolved only
    where the nearest subject before it is an actor of its gender; where that is unsure there is no row.
    """
    return on_texts(texts, "mentions", actors=catalogue(actors))


def measure(article, actors=None):
    """{"mentions": rows} of one article; actors: a :class:`Catalogue`, or None. See :func:`find_mentions`."""
    if actors is None:
        found = [{"start": s, "end": e, "actor": name, "kind": kind} for s, e, name, _, kind in named(article)]
    else:
        found = _catalogued(article, actors)
        found += _pronouns(article.doc, found, actors.genders)
    return {"mentions": [_placed(article, row) for row in sorted(found, key=lambda r: r["start"])]}


def _placed(article, row):
    tokens = article.span_of(row)
    return row | {
        "sentence_id": article.sentence_at(row["start"]),
        "surface": article.text[row["start"] : row["end"]],
        "role": role(tokens.root) if tokens is not None else "other",
    }


def named(article):
    """(start, end, fullest name, type, kind) of the people and organisations that spaCy names in an article.

    Five values each: a surname alone carries the full name that the document gives elsewhere, and kind short_name.
    """
    found = []
    for entity in article.doc.ents:
        words = _without_title([t for t in entity if not t.is_space])
        kind = {"PER": "person", "ORG": "organisation"}.get(entity.label_)
        if (
            kind
            and words
            and any(w.text[0].isupper() for w in words)
            and not all(w.pos_ in {"VERB", "ADV"} for w in words)
        ):
            start, end = words[0].idx, words[-1].idx + len(words[-1])
            found.append((start, end, re.sub(r"\s+", " ", article.text[start:end]), kind))
    full = {}
    for _, _, name, kind in found:
        if kind == "person" and surname(name):
            full.setdefault(surname(name), name)
    for start, end, name, kind in found:
        whole = full.get(name) if kind == "person" else None
        yield start, end, whole or name, kind, "short_name" if whole else "name"


def _without_title(words):
    """The words of a name without "président" and the like before it; none if only a title and its place remain."""
    titles = closed_list("person_title")
    cut = next((i for i, w in enumerate(words) if w.lower_ not in titles), len(words))
    rest = words[cut:]
    return [] if cut and rest and rest[0].pos_ in {"ADP", "DET"} else rest


def _catalogued(article, actors):
    if actors.pattern is None:
        return []
    found = []
    for match in actors.pattern.finditer(article.text):
        for_whom = actors.meaning[re.sub(r"\s+", " ", match.group())]
        found.append({"start": match.start(), "end": match.end(), "for_whom": for_whom})
    strangers = _strangers(article, actors.known)
    return [row for one in found if (row := _settled(one, found, article.doc, strangers)) is not None]


def _strangers(article, known):
    """(start, surname) of the people named in full whom the catalogue doesn't know."""
    return [
        (s, surname(n)) for s, _, n, kind, _ in named(article) if kind == "person" and n not in known and surname(n)
    ]


def _settled(one, found, doc, strangers):
    """The mention that a match is: whose it is among those who share the form, or None if somebody else's."""
    names = {actor for actor, _ in one["for_whom"]}
    kinds = {kind for _, kind in one["for_whom"]}
    row = {"start": one["start"], "end": one["end"], "actor": one["for_whom"][0][0], "kind": sorted(kinds)[0]}
    if "short_name" not in kinds:
        return row if len(names) == 1 else row | {"actor": None}
    if _has_other_first_name(one, found, doc):
        return None
    form = doc.text[one["start"] : one["end"]]
    named = [
        (f["start"], f["for_whom"][0][0])
        for f in found
        if len(f["for_whom"]) == 1 and f["for_whom"][0][1] == "name" and f["for_whom"][0][0] in names
    ]
    named += [(start, None) for start, other in strangers if other == form]
    before = [who for start, who in sorted(named, key=lambda n: n[0]) if start < one["start"]]
    if before:
        return row | {"actor": before[-1]} if before[-1] else None
    if any(who is None for _, who in named) and not any(who for _, who in named):
        return None
    return row if len(names) == 1 else row | {"actor": None}


def _has_other_first_name(one, found, doc):
    """Whether a surname follows a capitalised word that makes it somebody else's ("Kimbal Musk")."""
    span = doc.char_span(one["start"], one["end"], alignment_mode="expand")
    if span is None or span.start == 0:
        return False
    before = doc[span.start - 1]
    joined = before.idx + len(before) + 1 == one["start"] and before.is_title and before.pos_ == "PROPN"
    within = any(f["start"] <= before.idx < f["end"] for f in found)
    return joined and not within and before.lower_ not in closed_list("person_title") and not before.is_sent_start


def _pronouns(doc, found, genders):
    """il, elle (and -t-il) where the nearest subject before them is an actor of that gender, and they aren't impersonal."""
    owner = {}
    for row in found:
        span = doc.char_span(row["start"], row["end"], alignment_mode="expand")
        if span is not None and row["actor"]:
            owner[span.root.i] = row["actor"]
    rows, last = [], None
    for token in doc:
        if token.i in owner:
            last = _salient(token, owner[token.i], last)
        elif token.lower_.lstrip("-t") in {"il", "elle"} and token.pos_ == "PRON":
            if _may_refer(token, last, genders):
                end = token.idx + len(token)
                rows.append(
                    {"start": end - len(token.lower_.lstrip("-t")), "end": end, "actor": last[1], "kind": "pronoun"}
                )
                last = (token, last[1])
        elif token.dep_ in {"nsubj", "nsubj:pass"} and token.pos_ in {"NOUN", "PROPN"}:
            last = None
    return rows


def _salient(token, actor, last):
    return (
        (token, actor)
        if token.dep_ in {"nsubj", "nsubj:pass", "ROOT"} or last is None and token.dep_ == "obl:agent"
        else last
    )


def _may_refer(pronoun, last, genders):
    if last is None or pronoun.dep_.startswith("expl") or pronoun.dep_ not in {"nsubj", "nsubj:pass"}:
        return False
    antecedent, actor = last
    near = sum(1 for t in pronoun.doc[antecedent.i + 1 : pronoun.i + 1] if t.is_sent_start) <= 1
    verb = pronoun.head
    impersonal = (
        verb.lemma_ in {"falloir", "agir", "sembler", "suffire", "pleuvoir", "exister"}
        or verb.lemma_ == "avoir"
        and any(c.lower_ == "y" for c in verb.children)
    )
    wanted = "f" if "elle" in pronoun.lower_ else "m"
    return near and not impersonal and genders.get(actor) == wanted


def role(token):
    """agent, patient or other: what a token is to the verb it depends on, directly or through coordination."""
    while token.dep_ in {"conj", "appos", "flat:name", "flat", "flat:foreign"} and token.head != token:
        token = token.head
    if token.dep_ == "obl:agent" and is_passive(token.head):
        return "agent"
    if token.dep_.startswith("nsubj"):
        return "patient" if is_passive(token.head) else "agent"
    if token.dep_ in {"obj", "iobj"} and is_verb(token.head):
        return "agent" if token in inverted_subject(token.head) else "patient"
    reduced = [c for c in token.children if c.dep_ == "acl" and is_passive(c)]
    return "patient" if reduced else "other"
