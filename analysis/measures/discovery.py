"""Actors proposed by the articles themselves: names are counted article by article, then the counts are joined."""

import re
from collections import Counter, defaultdict

import pandas as pd

from ..reading.syntax import infinitive, role
from ..text.tables import TEXT, WHOLE
from .catalogue import COLUMNS, forms_of, key, surname
from .cues import speech_verbs
from .identities import identities
from .kinds import is_where
from .listed import fits, places

TABLES = {"names": {"what": TEXT, "name": TEXT, "detail": TEXT, "n": WHOLE}}
_SOURCES = {"media", "news_agency"}  # mostly named as a source, and then no actor of the story
_MOST = 0.8  # share of a surname's mentions that its foremost bearer must have to be meant by the surname alone


def counted(article):
    """Rows of what one article says of its names, to be summed over a corpus (what, name, detail, n).

    what: "type" (detail: person, organisation, state; n: how often it is named), "form" (detail: another name that the article
    uses for it), "gender" (detail: f or m), "pair" (two names joined by "et" or "&"; detail: the rest), "place" (one
    word that stands where a place does).
    """
    counts = Counter()
    for mention in identities(article):
        entity = mention.entity
        if entity is None or entity.domain in _SOURCES and not _takes_part(mention.head):
            continue
        name = entity.listed or entity.name
        counts["type", name, entity.type] += 1
        said = re.sub(r"\s+", " ", article.text[mention.start : mention.end])
        if said != name:
            counts["form", name, said] += 1
        if entity.gender and entity.type == "person":
            counts["gender", name, entity.gender] += 1
    for entity in article.doc.ents:
        if len(entity) == 1 and (entity.label_ == "LOC" or is_where(article.doc, entity.start)):
            counts["place", entity.text, None] += 1
    for one, other in zip(article.doc.ents, article.doc.ents[1:]):
        between = article.text[one.end_char : other.start_char]
        if between in {" et ", " & "}:
            counts["pair", one.text, between + other.text] += 1
    return [{"what": w, "name": n, "detail": d, "n": k} for (w, n, d), k in counts.items()]


def _takes_part(token):
    """Whether an outlet does something in the story, and isn't only the source of what is told."""
    return role(token) != "other" and infinitive(token.head) not in speech_verbs()


def joined(counts, at_least):
    """The catalogue that summed counts suggest (a table what, name, detail, n): who is named at least so often.

    One actor, one name: spellings that differ by accents, capitals or hyphens are one; a surname, a first name or an acronym
    goes to the one whose articles use it so, where that is clear. Nothing in it depends on the order of the counts.
    """
    found = defaultdict(lambda: {"names": Counter(), "types": Counter(), "forms": Counter(), "genders": Counter()})
    counts = counts.sort_values(["what", "name", "detail"])
    pairs, where = counts[counts["what"] == "pair"], Counter()
    for row in counts[counts["what"] == "place"].itertuples():
        where[_alike(row.name)] += int(row.n)
    counts = counts[~counts["what"].isin(["pair", "place"])]
    for row in counts.itertuples():
        own = found[_alike(row.name)]
        own[{"type": "types", "form": "forms", "gender": "genders"}[row.what]][row.detail] += int(row.n)
        if row.what == "type":
            own["names"][row.name] += int(row.n)
    found = {k: own for k, own in found.items() if own["types"] and not _is_place(own, where[k])}
    for short, whole in sorted(_short_for(found).items()):
        for what in ("types", "forms", "genders"):
            found[whole][what] += found[short][what]
        found[whole]["forms"] += found[short]["names"]
        del found[short]
    _join_pairs(found, pairs)
    kept = [own for own in found.values() if own["types"].total() >= at_least]
    kept.sort(key=lambda own: (-own["types"].total(), _called(own)))
    rows = [row for own in kept for row in _entry(own)]
    return pd.DataFrame(rows, columns=COLUMNS).drop_duplicates(["actor", "form"], ignore_index=True).astype("str")


def _is_place(own, where):
    """Whether what some articles take for a person stands where places do in half of its mentions or more."""
    return _type(own) == "person" and 2 * where >= own["types"].total() > 0


def _join_pairs(found, pairs):
    """Makes one of two organisations that nearly always stand together ("Air et Estran")."""
    for row in pairs.itertuples():
        one, other = _alike(row.name), _alike(re.sub(r"^ (?:et|&) ", "", row.detail))
        both = [found[k] for k in (one, other) if k in found and _type(found[k]) == "organisation"]
        if len(both) == 2 and one != other and row.n >= 3 and row.n >= 0.6 * max(b["types"].total() for b in both):
            both[0]["names"], both[0]["forms"] = Counter({row.name + row.detail: int(row.n)}), Counter()
            del found[other]


def _alike(name):
    """What spellings of one name share ("Les Républicains", "républicains")."""
    return re.sub(r"^(?:les|le|la|l) ", "", key(name))


def _called(own):
    """The spelling to show: the most frequent that isn't all in capitals, then the one with more accents."""
    spellings = own["names"]
    return max(
        sorted(spellings), key=lambda n: (not (n.isupper() and len(n) > 5), spellings[n], sum(ord(c) > 127 for c in n))
    )


def _type(own):
    return max(("person", "organisation", "state"), key=lambda kind: own["types"][kind])


def _short_for(found):
    """{short name: the full one it goes to}: surnames, first names and acronyms that stand alone in some articles."""
    bearers = defaultdict(Counter)
    for whole, own in found.items():
        total = own["types"].total()
        words = whole.split()
        if _type(own) == "person" and len(words) > 1:
            bearers[key(surname(_called(own)) or "")][whole] += total
        for form, n in own["forms"].items():
            if _alike(form) != whole and _alike(form) in found:
                bearers[_alike(form)][whole] += n * 10
    made = {}
    for short, whom in bearers.items():
        whole, n = min(whom.items(), key=lambda w: (-w[1], w[0]))
        if (
            short in found
            and short != whole
            and n >= _MOST * whom.total()
            and short not in places()
            and len(short.split()) <= len(whole.split()) + 1
        ):
            alike = (
                _type(found[short]) == _type(found[whole])
                or _type(found[whole]) == "person"
                and not set(found[short]["names"]) & set(fits())
            )
            if alike or len(short) <= 6:
                made[short] = whole
    return {short: whole for short, whole in made.items() if whole not in made}


def _entry(own):
    """The rows of a catalogue for one actor; a surname that is a place or a common word is no form of its own."""
    name, kind = _called(own), _type(own)
    genders = own["genders"].most_common(2)
    gender = genders[0][0] if genders and (len(genders) == 1 or genders[0][1] > 3 * genders[1][1]) else None
    short = key(surname(name) or "")
    others = [n for n in sorted({*own["names"], *own["forms"]} - {name}) if _stands_alone(n, kind, name)]
    for row in forms_of(
        {"name": name, "type": kind, "gender": gender if kind == "person" else None, "aliases": others}
    ):
        if row["kind"] != "short_name" or key(row["form"]) == short and short not in places():
            yield row


def _stands_alone(form, kind, name):
    """Whether a form means its actor in any article: not a first name or a surname, nor a common word."""
    if kind == "person":
        return (
            " " in form and key(form) != key(name) and len(form.split()) >= 2 and key(surname(name) or "") in key(form)
        )
    return key(form) != key(name) and (form.isupper() or " " in form or form in fits()) and key(form) not in places()
