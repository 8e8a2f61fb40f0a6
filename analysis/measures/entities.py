"""The actor catalogue, and who is mentioned where."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd
import yaml

from ..reading.article import read_articles, read_texts
from ..reading.lexicon import closed_list
from ..reading.syntax import inverted_subject, is_passive, is_verb
from ..text.typography import analysis_copy, nfc

COLUMNS = ["actor", "type", "gender", "form", "kind"]
_KEYS = ("name", "type", "gender", "aliases", "descriptions")
_PARTICLES = {
    "de",
    "du",
    "des",
    "la",
    "le",
    "van",
    "von",
    "der",
    "den",
    "ben",
    "bin",
    "al",
    "el",
    "di",
    "da",
    "d'",
    "saint",
}


def read_actors(path):
    """The catalogue of a study as a table, one row per actor and form: actor, type, gender, form, kind.

    kind: name (the name and its aliases), short_name (a person's surname, derived), description ("le patron de
    Tesla"). The file is YAML: a list `actors` of name, type (person or organisation), and, where wished, gender
    (f or m: without it no pronoun is resolved to a person), aliases, descriptions.
    Raises ValueError naming the file and the entry that is wrong.
    """
    path = Path(path)
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {}
    except yaml.YAMLError as error:
        raise ValueError(
            f"{path} is not YAML: {error}\nQuote names that hold a colon, and indent with spaces, not tabs."
        ) from error
    entries = content.get("actors") if isinstance(content, dict) else None
    if not isinstance(entries, list):
        raise ValueError(f"{path}: expected a list under `actors:`")
    rows = [row for n, entry in enumerate(entries, 1) for row in _forms(_checked(entry, f"{path}, actor {n}"))]
    catalogue = pd.DataFrame(rows, columns=COLUMNS).drop_duplicates(["actor", "form"], ignore_index=True)
    return catalogue.astype("str")


def _checked(entry, where):
    if not isinstance(entry, dict) or not str(entry.get("name") or "").strip():
        raise ValueError(f"{where}: no name; write “- name: …” and, below it, “type: person” or “type: organisation”")
    unknown = set(entry) - set(_KEYS)
    if unknown:
        raise ValueError(f"{where} ({entry['name']}): unknown key {sorted(unknown)[0]!r}; known: {', '.join(_KEYS)}")
    if entry.get("type") not in {"person", "organisation"}:
        raise ValueError(f"{where} ({entry['name']}): type is {entry.get('type')!r}, not person or organisation")
    if entry.get("gender") not in {None, "f", "m"}:
        raise ValueError(f"{where} ({entry['name']}): gender is {entry['gender']!r}, not f or m")
    for key in ("aliases", "descriptions"):
        if not isinstance(entry.get(key) or [], list):
            raise ValueError(f"{where} ({entry['name']}): {key} is not a list")
    return entry


def _forms(entry):
    name, kind = _clean(entry["name"]), entry["type"]
    named = [name, *map(_clean, entry.get("aliases") or [])]
    short = [s for n in named if kind == "person" and (s := surname(n))]
    described = map(_clean, entry.get("descriptions") or [])
    for form_kind, found in (("name", named), ("short_name", short), ("description", described)):
        for form in found:
            yield {"actor": name, "type": kind, "gender": entry.get("gender"), "form": form, "kind": form_kind}


def _clean(text):
    return re.sub(r"\s+", " ", analysis_copy(nfc(str(text)))).strip()


def surname(name):
    """The surname of a full name with its particles ("Ursula von der Leyen" → "von der Leyen"); None of a single word."""
    words = name.split()
    first = len(words) - 1
    while first > 1 and words[first - 1].casefold() in _PARTICLES:
        first -= 1
    return " ".join(words[first:]) if len(words) > 1 else None


def discover_actors(articles, *, at_least=2):
    """A catalogue proposed from the articles themselves: people and organisations named at least so many times.

    articles: a table of articles. Found by spaCy's entities (people about .9, organisations about .7 right). What it takes
    for a place or a thing counts as an organisation where it acts (a country, a club: at least twice, and in a quarter of
    its mentions) or is written like one ("OpenAI", "SMDR") and acts or undergoes. To be read over before it is used (see `proposals`). Columns as
    :func:`read_actors`; gender is missing.
    """
    return _discovered(read_articles(articles), at_least)


def _discovered(reading, at_least):
    labels, titles = defaultdict(Counter), closed_list("person_title")
    acting, taking_part, pairs = Counter(), Counter(), Counter()
    for doc_id, doc in reading.docs.items():
        for _, _, name, kind, _ in named(reading, doc_id):
            labels[name][kind] += 1
        for entity, after in zip(doc.ents, [*doc.ents[1:], None]):
            words = re.sub(r"\s+", " ", entity.text).strip()
            between = doc.text[entity.end_char : after.start_char] if after else ""
            pairs[words, between, after.text if after else ""] += between in {" et ", " & "}
            if entity.label_ in {"MISC", "LOC"} and words[:1].isupper() and len(words) < 60:
                part, proper = role(entity.root), entity.root.pos_ == "PROPN" or " " in words
                labels[words]["thing"] += 1
                acting[words] += proper and part == "agent"
                taking_part[words] += part != "other"
    known = {surname(n) for n, found in labels.items() if found["person"]}
    kinds = {
        n: _kind_of(n, found, acting[n], taking_part[n]) for n, found in labels.items() if n.casefold() not in titles
    }
    often = [n for n, kind in kinds.items() if kind and labels[n].total() >= at_least]
    often = [n for n in often if not labels[n]["thing"] or n not in known]
    often.sort(key=lambda n: labels[n].total(), reverse=True)
    rows = [
        row for n in _joined(often, labels, pairs) for row in _forms({"name": n, "type": kinds.get(n, "organisation")})
    ]
    return pd.DataFrame(rows, columns=COLUMNS).drop_duplicates(["actor", "form"], ignore_index=True).astype("str")


def _kind_of(name, found, acts, takes_part):
    """What most of its mentions are labelled; a thing only where it acts, or is written as organisations are and takes part."""
    kind = found.most_common(1)[0][0]
    if kind != "thing":
        return kind
    written_so = re.search(r"[a-zé][A-Z]|^[A-Z]{3,}$", name) and takes_part >= max(1, found.total() / 6)
    return "organisation" if acts >= max(2, found.total() / 4) or written_so else None


def _joined(names, labels, pairs):
    """The names, with one for two that nearly always stand together ("Air et Estran")."""
    whole = {}
    for (one, between, other), n in pairs.items():
        alike = {one, other} <= set(names) - set(whole) and not any(labels[w]["person"] for w in (one, other))
        if alike and n >= 3 and n >= 0.6 * max(labels[one].total(), labels[other].total()):
            whole |= {one: one + between + other, other: None}
    return [w for n in names if (w := whole.get(n, n))]


def named(reading, doc_id):
    """(start, end, fullest name, type, kind) of the people and organisations that spaCy names in a doc.

    Five values each: a surname alone carries the full name that the document gives elsewhere, and kind short_name.
    """
    found = []
    for entity in reading.docs[doc_id].ents:
        words = _without_title([t for t in entity if not t.is_space])
        kind = {"PER": "person", "ORG": "organisation"}.get(entity.label_)
        if (
            kind
            and words
            and any(w.text[0].isupper() for w in words)
            and not all(w.pos_ in {"VERB", "ADV"} for w in words)
        ):
            start, end = words[0].idx, words[-1].idx + len(words[-1])
            found.append((start, end, re.sub(r"\s+", " ", reading.texts[doc_id][start:end]), kind))
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


def find_mentions(texts, actors=None):
    """Mentions of actors in bare texts: the table `mentions` with `text_id`.

    actors: a catalogue (:func:`read_actors`); without one, people and organisations found by name.
    kind: name, short_name, description, pronoun; role: agent (does it), patient (undergoes it), other.
    Among nested forms the longest counts: in "le patron de Tesla" no Tesla is mentioned. A surname that several
    actors share goes to the one named in full last before it, else `actor` is missing. A pronoun is resolved only
    where the nearest subject before it is an actor of its gender; where that is unsure there is no row.
    """
    reading = read_texts(texts)
    return mentions(reading, actors)


def mentions(reading, actors=None):
    """The table `mentions` of a reading; see :func:`find_mentions`."""
    pattern = None if actors is None else _pattern(actors)
    rows = []
    for doc_id, doc in reading.docs.items():
        found = _discovered_in(reading, doc_id) if actors is None else _catalogued_in(reading, doc_id, actors, pattern)
        if actors is not None:
            found += _pronouns(doc, found, _genders(actors))
        for row in sorted(found, key=lambda r: r["start"]):
            tokens = doc.char_span(row["start"], row["end"], alignment_mode="expand")
            surface = reading.texts[doc_id][row["start"] : row["end"]]
            place = {"doc_id": doc_id, "sentence_id": reading.sentence_at(doc_id, row["start"]), "surface": surface}
            rows.append(row | place | {"role": role(tokens.root) if tokens is not None else "other"})
    return reading.table("mentions", rows)


def _discovered_in(reading, doc_id):
    return [{"start": s, "end": e, "actor": name, "kind": kind} for s, e, name, _, kind in named(reading, doc_id)]


def genders_of(actors):
    """{actor: Fem or Masc} of a catalogue's people, in the words of the parser."""
    return {actor: {"f": "Fem", "m": "Masc"}[g] for actor, g in _genders(actors).items() if g in ("f", "m")}


def _genders(actors):
    people = actors[actors["type"] == "person"]
    return dict(zip(people["actor"], people["gender"]))


def _pattern(actors):
    """(compiled pattern, {form: [(actor, kind)]}): the longest form first, so that it wins over what it holds."""
    meaning = defaultdict(list)
    for row in actors.to_dict("records"):
        for form in _variants(row["form"], row["kind"]):
            if (row["actor"], row["kind"]) not in meaning[form]:
                meaning[form].append((row["actor"], row["kind"]))
    ordered = sorted(meaning, key=len, reverse=True)
    body = "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in ordered)
    return re.compile(rf"(?<!\w)(?:{body})(?!\w|-[a-zéè])") if ordered else None, dict(meaning)


def _variants(form, kind):
    """A form, in capitals too; a description also with its article contracted or demonstrative, or at a sentence's start."""
    if kind != "description":
        return {form, form.upper()} if len(form) > 3 else {form}
    head, _, rest = form.partition(" ")
    swap = {"le": ["le", "du", "au", "ce"], "la": ["la", "cette"], "les": ["les", "des", "aux", "ces"]}
    made = {f"{h} {rest}" for h in swap.get(head.lower(), [head])}
    return made | {m[0].upper() + m[1:] for m in made}


def _catalogued_in(reading, doc_id, actors, pattern):
    compiled, meaning = pattern
    if compiled is None:
        return []
    text, doc = reading.texts[doc_id], reading.docs[doc_id]
    found = []
    for match in compiled.finditer(text):
        for_whom = meaning[re.sub(r"\s+", " ", match.group())]
        found.append({"start": match.start(), "end": match.end(), "for_whom": for_whom})
    strangers = _strangers(reading, doc_id, set(actors["actor"]) | set(actors["form"]))
    return [row for one in found if (row := _settled(one, found, doc, strangers)) is not None]


def _strangers(reading, doc_id, known):
    """(start, surname) of the people named in full whom the catalogue doesn't know."""
    return [
        (s, surname(n))
        for s, _, n, kind, _ in named(reading, doc_id)
        if kind == "person" and n not in known and surname(n)
    ]


def _settled(one, found, doc, strangers):
    """The mention that a match is: whose it is among those who share the form, or None if somebody else's."""
    names = {actor for actor, _ in one["for_whom"]}
    kinds = {kind for _, kind in one["for_whom"]}
    row = {"start": one["start"], "end": one["end"], "actor": next(iter(names)), "kind": sorted(kinds)[0]}
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
