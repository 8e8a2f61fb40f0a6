"""Identities: which names of an article are one's, by full name, surname, first name, acronym, and the catalogue of a study."""

import re
from collections import defaultdict

from ..reading.lexicon import Stretch
from .again import Entity, Mention, acronyms, fuller, mention_at, named_again, whose
from .capitals import TITLES, capital, is_of_several
from .catalogue import key
from .kinds import as_a_body, typed
from .listed import fits
from .names import names


def identities(article, actors=None):
    """The :class:`Mention` of each name in an article, in order; actors: a :class:`Catalogue`, or None."""
    doc = article.doc
    told, whole = _told(article, actors), names(doc)
    told = [t for t in (_of_their_gender(doc, t, actors) for t in told) if t[2] and not _within_a_longer(doc, t, whole)]
    strangers = typed(doc, [n for n in whole if not any(t[0] < n.end and n.start < t[1] for t in told)])
    entities, mentions = {}, []
    for start, end, whom in told:
        for actor, _ in whom:
            entities.setdefault(actor, Entity(actor, actors.types[actor], actor, actors.genders.get(actor)))
        if len(whom) == 1 and whom[0][1] != "short_name":
            mentions.append(mention_at(doc, start, end, whom[0][1], entities[whom[0][0]]))
    mentions += _named_in_full(strangers)
    mentions += acronyms(article, mentions)
    people = [m for m in mentions if m.entity.type == "person" and m.kind == "name"]
    for start, end, whom in told:
        if len(whom) > 1 or whom[0][1] == "short_name":
            mine = [entities[actor] for actor, _ in whom]
            kind = "short_name" if any(k == "short_name" for _, k in whom) else whom[0][1]
            found, mine_too = whose(start, article.text[start:end], people, mine)
            if found is not None or mine_too:
                mentions.append(mention_at(doc, start, end, kind, found))
    mentions += _named_in_short(doc, strangers, mentions)
    mentions += named_again(article, mentions)
    return sorted(mentions, key=lambda m: m.start)


def _told(article, actors):
    """(start, end, [(actor, kind)]) of the catalogue's forms."""
    if actors is None or actors.pattern is None:
        return []
    found = [
        (m.start(), m.end(), actors.meaning[re.sub(r"\s+", " ", m.group())])
        for m in actors.pattern.finditer(article.text)
    ]
    return [f for f in found if actors.types[f[2][0][0]] != "state" or _stands_for_its_government(article.doc, *f[:2])]


def _stands_for_its_government(doc, start, end):
    span = doc.char_span(start, end, alignment_mode="expand")
    return as_a_body(Stretch(doc, span.start, span.end - 1))


def _of_their_gender(doc, told, actors):
    """A place of the catalogue's surnames without those whom the title before it can't mean ("Mme" before a man's)."""
    start, end, whom = told
    before = doc.char_span(max(0, start - 2), end, alignment_mode="expand")  # from the word before on
    title = TITLES.get(before[0].lower_) if before[0].idx < start else None
    if title is None:
        return told
    return start, end, [w for w in whom if w[1] != "short_name" or actors.genders.get(w[0]) in {title, None}]


def _within_a_longer(doc, told, whole):
    """Whether a name of the catalogue stands in a longer one that isn't theirs ("Kimbal Musk", "James Webb")."""
    start, end, whom = told
    longer = [n for n in whole if n.start <= start and end <= n.end and n.end - n.start > end - start]
    if any(n.listed and n.type == "organisation" and n.listed != whom[0][0] for n in longer):
        return True  # "Organisation des Nations unies" in the full name of Unesco
    if not all(kind == "short_name" for _, kind in whom):
        return False
    if is_of_several(doc.char_span(start, end, alignment_mode="expand")[0]) or any(
        n.start < start and n.end >= end and n.type == "person" and n.text != whom[0][0] for n in whole
    ):
        return True
    after = doc.char_span(start, min(end + 2, len(doc.text)), alignment_mode="expand")
    last = after[-1] if len(after) else None
    goes_on = last is not None and last.idx == end + 1 and capital(last) and last.pos_ == "PROPN" and last.is_alpha
    return goes_on and not last.is_sent_start and not last.text.isupper()


# --- groups


def _named_in_full(strangers):
    """Mentions of people by first name and surname, and of organisations and states by name: one entity for each."""
    made, entities = [], {}
    for name, kind in strangers:
        text = name.text
        if kind == "person" and " " not in text or not text.strip():
            continue
        place = (kind == "person", key(name.listed or text) if kind != "person" else key(text))
        known = entities.get(place) or (_initialled(text, entities) if kind == "person" else _shortened(text, entities))
        if known is None:
            known = Entity(text, kind, domain=fits().get(name.listed), gender=name.gender, listed=name.listed)
            known.plural = kind == "organisation" and text.lower().startswith("les ")
        entities[place] = known
        known.gender = known.gender or name.gender
        known.name = fuller(known.name, text)
        made.append(Mention(name.start, name.end, name.root, "name", known))
    return made


def _initialled(text, entities):
    """The person that a name with initials, or with a word more or less, is ("F. Hollande", "Jean-Luc Marie Roy")."""
    words = key(text).split()
    for (person, other), entity in entities.items():
        theirs = other.split()
        if person and words[-1] == theirs[-1] and len(words) > 1 and len(theirs) > 1:
            initials = (
                len(words[0]) == 1 and theirs[0][0] == words[0] or len(theirs[0]) == 1 and words[0][0] == theirs[0]
            )
            within = set(words) <= set(theirs) or set(theirs) <= set(words)
            if initials or within and words[0] == theirs[0]:
                return entity
    return None


def _shortened(text, entities):
    """The organisation whose name a shorter or longer one is ("Valdo" beside "groupe Valdo"); None if that isn't one only."""
    words = key(text).split()
    found = []
    for (person, other), entity in entities.items():
        theirs = other.split()
        short, long_ = sorted((words, theirs), key=len)
        if (
            not person
            and short != long_
            and len(short) == 1
            and len(short[0]) > 3
            and (long_[-1] == short[0] or long_[0] == short[0])
        ):
            found.append(entity)
    return found[0] if len(set(map(id, found))) == 1 and found[0].type == "organisation" else None


def _named_in_short(doc, strangers, mentions):
    """Mentions of people by one name, and by a title and surname: somebody's who is named in full, else an entity of its own."""
    full = [m for m in mentions if m.entity is not None and m.entity.type == "person" and m.kind == "name"]
    made, alone = [], {}
    surnames = defaultdict(list)
    for m in full:
        words = key(m.entity.name).split()
        for n in range(1, len(words)):
            surnames[" ".join(words[n:])].append(m)
        surnames["first " + words[0]].append(m)
    for name, kind in strangers:
        said = key(name.text)
        if kind != "person" or any(m.start <= name.start < m.end for m in mentions):
            continue
        candidates = surnames.get(said) or surnames.get("first " + said, [])
        told = name.gender if name.first and doc[name.first - 1].lower_ in TITLES else None
        candidates = [m for m in candidates if not (told and m.entity.gender) or m.entity.gender == told]
        before = [m for m in candidates if m.start < name.start] or candidates
        whom = (
            before[-1].entity
            if before and (before[-1].start < name.start or len({id(m.entity) for m in before}) == 1)
            else None
        )
        if whom is None:
            whom = alone.setdefault((said, name.gender), Entity(name.text, "person", gender=name.gender))
            made.append(Mention(name.start, name.end, name.root, "name", whom))
        else:
            whom.gender = whom.gender or name.gender
            made.append(Mention(name.start, name.end, name.root, "short_name", whom))
    return made
