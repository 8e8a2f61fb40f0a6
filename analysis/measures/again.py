"""Names again: the same name elsewhere in an article, by its acronym, its surname alone, or where the parser overlooked it."""

import re
from collections import defaultdict
from dataclasses import dataclass

from ..reading.syntax import is_verb
from .capitals import TITLES, capital, is_of_several
from .catalogue import PARTICLES, key, keys, surname
from .kinds import acts
from .listed import first_names, places
from .references import roles


@dataclass(eq=False)
class Entity:
    """Somebody or something that an article names.

    name: the fullest. type: person, organisation or state. actor: of the study's catalogue, else None. gender: f, m, or None
    where nothing tells. plural: a body spoken of in the plural ("Les Républicains"). domain: the kind of organisation, where
    a list knows it. listed: its name in that list.
    """

    name: str
    type: str
    actor: str | None = None
    gender: str | None = None
    plural: bool = False
    domain: str | None = None
    listed: str | None = None


@dataclass(eq=False)
class Mention:
    """A place where an entity is meant: characters [start, end), the token that heads it, its kind, and whom (None: open)."""

    start: int
    end: int
    head: object
    kind: str
    entity: Entity | None


def mention_at(doc, start, end, kind, entity):
    """The :class:`Mention` of an entity between two characters."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return Mention(start, end, span.root, kind, entity)


_SMALL = {*("de", "du", "des", "la", "le", "les", "l", "d", "et", "pour", "en", "a", "au", "aux", "sur", "contre"),
          *("the", "of", "and", "for")}  # fmt: skip


def fuller(one, other):
    """The fuller of two names: more words, then not all in capitals."""
    rank = lambda n: (len(n.split()), not n.isupper(), len(n))  # noqa: E731
    return (
        other
        if rank(other) > rank(one)
        and not (other.isupper() and not one.isupper())
        or one.isupper()
        and not other.isupper()
        else one
    )


def acronyms(article, mentions):
    """Joins an organisation and its acronym: in brackets beside the name, or made of its initials."""
    owner, made, text = {}, [], article.text
    full = [m for m in mentions if m.entity.type == "organisation" and " " in m.entity.name]
    for m in full:
        beside = re.match(r"\s?\(\s?([A-Z][\w&-]{1,9})\s?[),]", text[m.end : m.end + 16])
        if beside:
            owner[beside[1]] = m.entity
        initials = "".join(w[0] for w in key(m.entity.name).split() if w not in _SMALL).upper()
        if len(initials) > 2:
            owner.setdefault(initials, m.entity)
    if not owner:
        return []
    for m in mentions:
        said = text[m.start : m.end]
        before = re.search(r"([A-Z][\w&-]{1,9})\s?\($", text[max(0, m.start - 13) : m.start])
        if before and m.entity.type == "organisation" and " " in said:
            owner[before[1]] = m.entity
    for m in mentions:
        whom = owner.get(text[m.start : m.end])
        if whom is not None and whom is not m.entity and (m.entity.actor is None or whom.actor is None):
            _join(mentions, *((whom, m.entity) if m.entity.actor is None else (m.entity, whom)))
    for found in re.finditer(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(owner, key=lambda o: (-len(o), o))))})(?!\w)", text
    ):
        if not any(m.start <= found.start() < m.end for m in mentions):
            made.append(mention_at(article.doc, found.start(), found.end(), "name", owner[found.group()]))
    return made


def _join(mentions, kept, other):
    for m in mentions:
        if m.entity is other:
            m.entity = kept
    kept.gender, kept.domain = kept.gender or other.gender, kept.domain or other.domain
    if kept.actor is None:
        kept.name = fuller(kept.name, other.name)


def whose(start, form, people, mine=()):
    """(entity or None, whether the catalogue has a say) of a surname: the last before it who was named in full, else the only one."""
    wanted = key(form)
    same = [m for m in people if key(surname(m.entity.name) or "") == wanted or m.entity in mine]
    before = [m.entity for m in same if m.start < start]
    if before:
        return before[-1], True
    others = {id(m.entity): m.entity for m in same}
    if mine:
        if same and not any(m.entity in mine for m in same):
            return None, False
        return (mine[0], True) if len({id(e) for e in mine}) == 1 else (None, True)
    return (next(iter(others.values())), True) if len(others) == 1 else (None, len(others) > 1)


def named_again(article, mentions):
    """The same names where the parser overlooked them, in capitals or not, and surnames of those who are named in full."""
    forms, doc = {}, article.doc
    for m in mentions:
        if (
            m.entity is None
            or m.kind not in {"name", "short_name"}
            or m.entity.actor is not None
            and m.kind == "name"
            and " " not in m.entity.name
        ):
            continue
        text = article.text[m.start : m.end]
        forms.setdefault(key(text), (m.entity, m.kind if " " in text or m.entity.type != "person" else "short_name"))
        if m.entity.type == "person" and (short := surname(m.entity.name)):
            forms.setdefault(key(short), (m.entity, "short_name"))
            forms.setdefault(key(short).split()[-1], (m.entity, "short_name"))
    for word, entities in _distinctive(mentions).items():
        if len(entities) == 1:
            forms.setdefault(word, (entities.pop(), "short_name"))
    taken = {i for m in mentions for i in range(m.start, m.end)}
    by_first = defaultdict(list)
    for form in sorted(forms, key=lambda f: (-len(f), f)):
        by_first[form.split(" ")[0]].append(form)
    people = [m for m in mentions if m.entity is not None and m.entity.type == "person" and m.kind == "name"]
    made, free = [], 0
    for token, word in zip(doc, keys(doc)):
        if word.partition(" ")[0] not in by_first or token.i < free or token.idx in taken or not capital(token):
            continue
        for form in by_first[word.partition(" ")[0]]:
            last = _spelt(doc, token.i, form)
            if last is None or not _may_stand_alone(doc, token.i, last, form, forms[form][0]):
                continue
            entity, kind = forms[form]
            if kind == "short_name":
                entity = whose(token.idx, doc[token.i : last + 1].text, people)[0] or entity
            if entity.type == "state" and not acts(token):
                break
            made.append(Mention(token.idx, doc[last].idx + len(doc[last]), doc[token.i : last + 1].root, kind, entity))
            free = last + 1
            break
    return made


def _distinctive(mentions):
    """{first or last word of organisations' names, where it could be no other's: those organisations} ("Orlis", "Vernasque")."""
    made, common = defaultdict(set), (places(), first_names(), roles())
    for m in mentions:
        if (
            m.entity is not None
            and m.entity.type == "organisation"
            and m.entity.listed is None
            and " " in m.entity.name
        ):
            words = re.findall(r"[^\W\d_][\w'’-]*", m.entity.name)
            for word in {words[0], words[-1]} if len(words) > 1 else ():
                if len(word) > 3 and word[0].isupper() and not any(key(word) in known for known in common):
                    made[key(word)].add(m.entity)
    return made


def _spelt(doc, first, form):
    """The last of the tokens from the first on that spell a form, or None."""
    said, at = "", first
    while at < min(len(doc), first + 12) and len(said) < len(form):
        if at > first and doc[at].is_sent_start:
            return None
        said = key(doc[first : at + 1].text)
        if not form.startswith(said):
            return None
        at += 1
    return at - 1 if said == form else None


def _may_stand_alone(doc, first, last, form, entity):
    """Whether a form found again is a name there: not a common word that opens a sentence, nor part of a longer name."""
    token = doc[first]
    before, after = doc[first - 1] if first else None, doc[last + 1] if last + 1 < len(doc) else None
    joined = (
        before is not None
        and capital(before)
        and before.pos_ == "PROPN"
        and before.whitespace_
        and not before.is_sent_start
        and not before.text.isupper()
    )
    bare = entity.type == "person" and before is not None and before.lower_ in PARTICLES
    if bare and form != key(surname(entity.name) or "") and " " not in form:
        return False  # "la vallée d'Aoste" is not Conrad d'Aoste
    if entity.type == "person" and form in places() and not (before is not None and before.lower_ in TITLES):
        return False
    if " " not in form and entity.type == "person":
        if (
            joined
            or is_of_several(token)
            or after is not None
            and capital(after)
            and after.pos_ == "PROPN"
            and doc[last].whitespace_
            and not after.is_sent_start
        ):
            return False
        if token.pos_ in {"PRON", "DET", "ADP", "CCONJ", "SCONJ", "ADV"} or token.is_sent_start and is_verb(token):
            return False
    return True
