"""The catalogue of actors: who is who in a study, and the forms by which each is known."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pandas as pd
import yaml

from ..text.typography import analysis_copy, nfc

COLUMNS = ["actor", "type", "gender", "form", "kind"]
_KEYS = ("name", "type", "gender", "aliases", "descriptions")
PARTICLES = {
    *("de", "du", "des", "la", "le", "van", "von", "der", "den", "ben", "bin", "al", "el", "di", "da", "d'", "saint"),
}  # fmt: skip


def read_actors(path):
    """The catalogue of a study as a table, one row per actor and form: actor, type, gender, form, kind.

    kind: name (the name and its aliases), short_name (a person's surname, derived), description ("le patron de
    Tesla"). The file is YAML: a list `actors` of name, type (person, organisation, or state: a country, counted only where
    it acts), and, where wished, gender (f or m), aliases, descriptions.
    Raises ValueError naming the file and the entry that is wrong.
    """
    path, content = Path(path), _content(path)
    if isinstance(content, dict) and "actors" in content and (strange := sorted(map(str, set(content) - {"actors", "groups"}))):
        raise ValueError(f"{path}: unknown key {strange[0]!r}; known: actors, groups")
    entries = (content.get("actors") or []) if isinstance(content, dict) and "actors" in content else None
    if not isinstance(entries, list):
        raise ValueError(f"{path}: expected a list under `actors:`")
    rows = [row for n, entry in enumerate(entries, 1) for row in forms_of(_checked(entry, f"{path}, actor {n}"))]
    catalogue = pd.DataFrame(rows, columns=COLUMNS).drop_duplicates(["actor", "form"], ignore_index=True)
    return catalogue.astype("str")


def _content(path):
    try:
        return yaml.safe_load(Path(path).read_text(encoding="utf-8-sig")) or {}
    except yaml.YAMLError as error:
        raise ValueError(
            f"{path} is not YAML: {error}\nQuote names that hold a colon, and indent with spaces, not tabs."
        ) from error


def read_groups(path):
    """The groups of actors of a study, {group: [actor]}, from `groups:` of `actors.yaml`: names of groups, and below each a list of actors' names.

    Raises ValueError naming the file and the group that is wrong.
    """
    content = _content(path)
    groups = content.get("groups") or {} if isinstance(content, dict) else {}
    if not isinstance(groups, dict):
        raise ValueError(f"{path}: expected names of groups under `groups:`, and below each a list of actors: “majority: [Anne Lou, Paul Roy]”")
    for group, names in groups.items():
        if not isinstance(names, list) or not names or not all(isinstance(n, str) and n.strip() for n in names):
            raise ValueError(f"{path}: the group {group!r} holds no list of actors' names: write “{group}: [Anne Lou, Paul Roy]”")
    return {_clean(group): list(dict.fromkeys(map(_clean, names))) for group, names in groups.items()}


def names_actors(path):
    """Whether an `actors.yaml` has a list of actors; one that has only `groups:` leaves it to the kit to find them."""
    content = _content(path)
    return not (isinstance(content, dict) and "groups" in content and "actors" not in content)


def _checked(entry, where):
    if not isinstance(entry, dict) or not str(entry.get("name") or "").strip():
        raise ValueError(f"{where}: no name; write “- name: …” and, below it, “type: person” or “type: organisation”")
    unknown = set(entry) - set(_KEYS)
    if unknown:
        raise ValueError(f"{where} ({entry['name']}): unknown key {sorted(unknown)[0]!r}; known: {', '.join(_KEYS)}")
    if entry.get("type") not in {"person", "organisation", "state"}:
        raise ValueError(f"{where} ({entry['name']}): type is {entry.get('type')!r}, not person, organisation or state")
    if entry.get("gender") not in {None, "f", "m"}:
        raise ValueError(f"{where} ({entry['name']}): gender is {entry['gender']!r}, not f or m")
    for key in ("aliases", "descriptions"):
        if not isinstance(entry.get(key) or [], list):
            raise ValueError(f"{where} ({entry['name']}): {key} is not a list")
    return entry


def forms_of(entry):
    """The rows of a catalogue for one of its entries: a dict of name, type, and whatever else `actors.yaml` may say."""
    name, kind = _clean(entry["name"]), entry["type"]
    named = [name, *map(_clean, entry.get("aliases") or [])]
    short = [s for n in named if kind == "person" and (s := surname(n))]
    described = map(_clean, entry.get("descriptions") or [])
    for form_kind, found in (("name", named), ("short_name", short), ("description", described)):
        for form in found:
            yield {"actor": name, "type": kind, "gender": entry.get("gender"), "form": form, "kind": form_kind}


def _clean(text):
    return re.sub(r"\s+", " ", analysis_copy(nfc(str(text)))).strip()


@lru_cache(maxsize=100_000)
def key(name):
    """A name by which its spellings are one: without capitals, accents, hyphens, dots."""
    plain = unicodedata.normalize("NFD", name.casefold().replace("œ", "oe"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[\s\-.'’]+", " ", plain).strip()


def keys(doc):
    """The :func:`key` of each token of a doc, made once."""
    if "keys" not in doc.user_data:
        doc.user_data["keys"] = [key(t.text) for t in doc]
    return doc.user_data["keys"]


def surname(name):
    """The surname of a full name with its particles ("Ursula von der Leyen" → "von der Leyen"); None of a single word."""
    words = name.split()
    first = len(words) - 1
    while first > 1 and words[first - 1].casefold() in PARTICLES:
        first -= 1
    return " ".join(words[first:]) if len(words) > 1 else None


@dataclass(frozen=True, eq=False)
class Catalogue:
    """A catalogue made ready to be found in texts.

    pattern: all forms, the longest first, so that it wins over what it holds. meaning: {form: [(actor, kind)]}.
    types: {actor: person, organisation or state}. genders: {actor: f or m} of the people whose gender it gives.
    """

    pattern: object
    meaning: dict
    types: dict
    genders: dict


def catalogue(actors):
    """The :class:`Catalogue` of a table of actors (see :func:`read_actors`); None of None, where names are found in the texts."""
    if actors is None or isinstance(actors, Catalogue):
        return actors
    people = actors[actors["type"] == "person"]
    genders = {actor: g for actor, g in zip(people["actor"], people["gender"]) if g in ("f", "m")}
    meaning = defaultdict(list)
    for row in actors.to_dict("records"):
        for form in _variants(row["form"], row["kind"]):
            if (row["actor"], row["kind"]) not in meaning[form]:
                meaning[form].append((row["actor"], row["kind"]))
    body = "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in sorted(meaning, key=lambda f: (-len(f), f)))
    pattern = re.compile(rf"(?<!\w)(?:{body})(?!\w|-[a-zéè])") if meaning else None
    return Catalogue(pattern, dict(meaning), dict(zip(actors["actor"], actors["type"])), genders)


def _variants(form, kind):
    """A form, in capitals too; a description also with its article contracted or demonstrative, or at a sentence's start."""
    if kind != "description":
        return {form, form.upper()} if len(form) > 3 else {form}
    head, _, rest = form.partition(" ")
    swap = {"le": ["le", "du", "au", "ce"], "la": ["la", "cette"], "les": ["les", "des", "aux", "ces"]}
    made = {f"{h} {rest}" for h in swap.get(head.lower(), [head])}
    return made | {m[0].upper() + m[1:] for m in made}
