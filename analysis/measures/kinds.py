"""What a name is taken for: a person, an organisation, a state that acts; or a place or thing that does nothing, and is left out."""

import re
from collections import Counter, defaultdict

from ..reading.syntax import is_passive
from .catalogue import key


def typed(doc, found):
    """(Name, type) of the names of people, organisations and acting states; places and things that do nothing are left out."""
    votes, sure_of, acting, where = defaultdict(Counter), set(), Counter(), Counter()
    called = [key(name.text) for name in found]
    for name, said in zip(found, called):
        votes[said][name.type] += 3 if name.sure else 1
        acting[said] += acts(name.root)
        where[said] += is_where(doc, name.first)
        sure_of |= {said} if name.sure else set()
    made = []
    for name, said in zip(found, called):
        own = votes[said]
        kind = max(("person", "organisation", "state", "seat", "thing", "place", "nothing"), key=lambda k: own[k])
        if kind == "person" and where[said] and said not in sure_of and name.first == name.last:
            kind = "place"
        if kind in {"state", "seat"}:
            kind = "state" if acts(name.root) or _is_source(doc, name) else None
        elif kind in {"thing", "place"}:
            organised = said not in sure_of and (_written_so(name.text) or kind == "thing" and acting[said] >= 2)
            kind = "organisation" if organised else "state" if kind == "place" and does(name.root) else None
        elif kind == "nothing":
            kind = None
        if kind:
            made.append((name, kind))
    return made


_WHERE = {"à", "en", "dans", "vers", "depuis"}
_OF_A_PLACE = {*("maire", "ville", "commune", "port", "mairie", "préfet", "préfète", "député", "députée", "habitants", "région", "gare"),
               *("rade", "quais", "quai", "baie", "village", "conseil", "tribunal", "île", "côte", "centre-ville", "adjoint", "adjointe")}  # fmt: skip


def is_where(doc, first):
    """Whether a word stands where a place does ("à Port-Clair", "la maire de Port-Clair")."""
    if not first:
        return False
    return (
        doc[first - 1].lower_ in _WHERE
        or first > 1
        and doc[first - 1].lower_ in {"de", "d'"}
        and doc[first - 2].lower_ in _OF_A_PLACE
    )


def acts(token):
    """Whether a name does or undergoes something, and isn't only where it happens."""
    while token.dep_ in {"conj", "flat:name", "flat", "flat:foreign", "appos"} and token.head != token:
        token = token.head
    return (
        token.dep_.startswith("nsubj")
        and token.head.pos_ in {"VERB", "AUX"}
        or token.dep_ == "obl:agent"
        and is_passive(token.head)
    )


def does(token):
    """Whether a place does something as a body would ("Port-Clair vend son lavoir"), and doesn't only lie or have something."""
    return (
        token.dep_ == "nsubj"
        and token.head.pos_ == "VERB"
        and token.head.lemma_.casefold() not in _STATES
        and acts(token)
    )


_STATES = {
    "être",
    "avoir",
    "compter",
    "abriter",
    "accueillir",
    "connaître",
    "devenir",
    "rester",
    "situer",
    "offrir",
    "comporter",
    "voir",
    "vivre",
    "faire",
}


def _is_source(doc, name):
    return name.first > 0 and doc[name.first - 1].lower_ == "selon"


def _written_so(text):
    return bool(re.search(r"[a-zé][A-Z]|^[A-Z][A-Z0-9&]{2,5}$", text))
