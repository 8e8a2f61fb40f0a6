"""What a name is taken for: a person, an organisation, a state that acts; or a place or thing that does nothing, and is left out."""

import re
from collections import Counter, defaultdict

from ..reading.lexicon import closed_list
from ..reading.syntax import is_passive
from .catalogue import key
from .references import role_at


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
        kind = max(
            ("person", "organisation", "state", "seat", "palace", "thing", "place", "nothing"), key=lambda k: own[k]
        )
        if kind == "person" and where[said] and said not in sure_of and name.first == name.last:
            kind = "place"
        if name.first == name.last and said not in sure_of and own["nothing"]:
            kind = None  # "Cassini" where another place says "la sonde Cassini"
        elif kind in {"state", "seat", "palace"}:
            body = as_a_body(name) or kind == "palace" and _has_servants(name.root)
            kind = ("organisation" if kind == "palace" else "state") if body else None
        elif kind in {"thing", "place"}:
            organised = said not in sure_of and acting[said] >= (1 if _written_so(name.text) else 2)
            kind = (
                "organisation"
                if organised
                else "state"
                if kind == "place" and does(name.root) and not _is_rubric(name)
                else None
            )
        elif kind == "nothing":
            kind = None
        if kind:
            made.append((name, kind))
    return made


def _is_rubric(name):
    """Whether a place only heads a title ("France : un homme arrêté")."""
    doc = name.doc
    colon = name.last + 1 < len(doc) and doc[name.last + 1].text == ":"
    return colon and (doc[name.first].is_sent_start or "\n" in doc[name.first - 1].text_with_ws)


def _has_servants(token):
    """Whether a palace stands for those in it: "un conseiller de l'Élysée"."""
    found = role_at(token.doc, token.head.i) if token.dep_ == "nmod" else None
    return found is not None and found[1]["type"] == "person"


_WHERE = {"à", "en", "dans", "vers", "depuis"}


def is_where(doc, first):
    """Whether a word stands where a place does ("à Port-Clair", "la maire de Port-Clair")."""
    if not first:
        return False
    return (
        doc[first - 1].lower_ in _WHERE
        and not (doc[first - 1].lower_ == "à" and doc[first].dep_ in {"obl:arg", "iobj"})
        or first > 1
        and doc[first - 1].lower_ in {"de", "d'"}
        and doc[first - 2].lower_ in closed_list("place_noun")
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
        and token.head.lemma_.casefold() not in closed_list("stative_verb")
        and acts(token)
    )


def as_a_body(name):
    """Whether a country (some tokens, a Stretch) stands for its government there: it acts, or is named as a source."""
    before = name.doc[name.first - 1].lower_ if name.first else ""
    return before == "selon" or acts(name.root) and before not in {"au", "aux", "en", "à", "("} and not _is_rubric(name)


def _written_so(text):
    return bool(re.search(r"[a-zé][A-Z]|^[A-Z][A-Z0-9&]{1,5}$", text))
