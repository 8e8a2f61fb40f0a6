"""Names: where an article names people, organisations and states, and what it takes them for.

The parser's entities are the start; lists that a researcher can edit (first names, organisations, states, what is no actor)
and what stands around a name (titles, brackets, verbs) correct them.
"""

import re
from itertools import chain

from ..reading.lexicon import closed_list
from ..reading.syntax import is_verb
from .bodies import after_their_kind, bodies
from .capitals import TITLES, Name, capital, is_common, is_of_several, run_of
from .catalogue import PARTICLES, key, keys
from .listed import events, first_names, found_in_lists, words_alone
from .references import PEOPLE, is_people

_KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place", "MISC": "thing"}


def names(doc):
    """The :class:`Name` of each proper name in a doc, in order; what a list or a title tells wins over the parser."""
    taken, made, common = set(), [], words_alone() | events()
    loud = {t.i for sent in doc.sents if _is_loud(sent) for t in sent}
    for name in _candidates(doc):
        places = set(range(name.first, name.last + 1))
        if not places.isdisjoint(taken) or not name.listed and (name.first in loud or _names_nobody(doc, name, common)):
            continue
        taken |= places
        if _is_thing(doc, name):
            made.append(Name(doc, name.first, name.last, "nothing"))
        elif not _is_left_out(doc, name):
            made.append(name)
    return sorted(made, key=lambda n: n.first)


def _candidates(doc):
    """What may be a :class:`Name`, the surest first; where two stand in one place the first counts."""
    told = bodies(doc)
    within = {i for body in told for i in range(body.first, body.last + 1) if body.sure}
    listed = [n for n in _listed(doc) if n.type not in _GROUND or n.first not in within]
    found = (_titled(doc), after_their_kind(doc), _first_named(doc), _parsed(doc), _acronyms(doc))
    return [*listed, *told, *chain.from_iterable(found)]


_GROUND = {"state", "place", "seat", "palace"}  # what may stand in the name of a body ("gouvernement du Qatar")


def _names_nobody(doc, name, common):
    """Whether words are no name: a common word, a people's, a family's, what somebody of a place is called, or with odd marks."""
    single = name.first == name.last
    return (
        name.text in common
        or is_people(name.text)
        or single
        and (is_of_several(doc[name.first]) or not name.sure and _is_inhabitant(doc, name.first))
        or re.search(r"[()\[\]@#]", name.text) is not None
    )


def _is_left_out(doc, name):
    """Whether a name is one of nobody who acts: a flight's number, a medium ("sur Twitter"), a street's, a prize's."""
    if not name.listed and _CODE.fullmatch(name.text):
        return True
    where = name.type == "organisation" and name.first > 0 and doc[name.first - 1].lower_ in {"sur", "via"}
    return where or name.listed is None and _way_before(doc, name.first)


def _is_inhabitant(doc, i):
    """Whether a word is what somebody of a place is called ("l'ancien Montfortain")."""
    return i > 1 and doc[i - 1].lower_ in {"ancien", "ancienne"} and PEOPLE.search(doc[i].text) is not None


def _is_loud(sentence):
    """Whether a sentence is printed in capitals, in which nothing tells a name."""
    if len(_SMALL.findall(sentence.text)) > len(sentence) / 3:
        return False
    letters = [t for t in sentence if t.is_alpha and len(t) > 1]
    return len(letters) > 2 and sum(t.text.isupper() for t in letters) > 0.8 * len(letters)


_SMALL = re.compile(r"\b[^\W\d_A-ZÀ-Þ]{2,}")
_CODE = re.compile(
    r"[A-Z]{1,3}-?\d+|[A-Z]|\d.*|[Gg]roupe [A-H]|[A-Z][a-z]+ (?:19|20)\d\d"
)  # a group, a flight, a year's edition: no name


def _listed(doc):
    for first, last, kind, listed, gender in found_in_lists(doc):
        if not _goes_on(doc, first, last, kind):
            yield Name(doc, first, last, kind, True, listed, gender)


def _goes_on(doc, first, last, kind):
    """Whether a listed word is only part of a longer name ("France" in "Air France Cargo", "Total" in "Marc Total")."""
    if kind == "nothing" and first < last:
        return False
    after = doc[last + 1] if last + 1 < len(doc) else None
    before = doc[first - 1] if first else None
    beside = (
        after is not None
        and capital(after)
        and not after.is_sent_start
        and after.pos_ == "PROPN"
        and not after.text.isupper()
    )
    named = before is not None and capital(before) and before.pos_ == "PROPN"
    led = named and (key(before.text) in first_names() or before.ent_type_ == "PER")
    inside = kind == "organisation" and before is not None and capital(before) and doc[first].ent_iob_ == "I"
    return (kind in _GROUND or first == last) and beside or led or inside and not before.is_sent_start


# --- titles, first names


def _titled(doc):
    """People named after a title: "M. Lavigueur", "Mme Le Pen"."""
    for token in doc:
        if token.lower_ in TITLES and token.i + 1 < len(doc):
            if (
                token.lower_ in {"me", "dr", "pr", "maître", "docteur", "professeur"}
                and not capital(token)
                and token.lower_ != "docteur"
            ):
                continue
            run = run_of(doc, token.i + 1)
            if run is not None:
                yield Name(doc, *run, "person", True, None, TITLES[token.lower_] or _gender(doc[run[0]]))


def _first_named(doc):
    """People whom the parser overlooked: a first name of the list, alone in mid-sentence or before capitals."""
    known, spelt, i = first_names(), keys(doc), 0
    while i < len(doc):
        token, run = doc[i], None
        if spelt[i] in known and capital(token) and not _way_before(doc, i):
            run = run_of(doc, i)
        if run is not None:
            alone = run[0] == run[1]
            if not alone or token.pos_ == "PROPN" and not token.is_sent_start and not token.text.isupper():
                yield Name(doc, *run, "person", not alone, None, _gender(token))
            i = run[1]
        i += 1


def _acronyms(doc):
    """Acronyms after an article that the parser overlooked ("l'UA"): things, until they do something."""
    for token in doc[1:]:
        if token.is_alpha and token.text.isupper() and 2 <= len(token) <= 5 and token.pos_ in {"PROPN", "NOUN", "X"}:
            if doc[token.i - 1].lower_ in {"l'", "la", "le", "du", "au"} and not token.ent_type_:
                yield Name(doc, token.i, token.i, "thing")


def _way_before(doc, i):
    """Whether a name is that of a street, a school, a prize ("rue Paul-Bert", "place de la République")."""
    while i and doc[i - 1].lower_ in {"de", "du", "des", "d'", "la", "l'"}:
        i -= 1
    return i > 0 and doc[i - 1].lower_ in closed_list("way_noun")


def _is_thing(doc, name):
    """Whether what stands before a name says that it is a thing's or an animal's ("la sonde Cassini")."""
    alone = not name.sure and name.listed is None and name.first > 0
    return alone and doc[name.first - 1].lower_ in closed_list("thing_noun")


def _gender(token):
    told = first_names().get(key(token.text)) or first_names().get(key(token.text.split("-")[0]))
    return told if told in {"f", "m"} else None


# --- the parser's entities


def _parsed(doc):
    for entity in doc.ents:
        kind = _KINDS.get(entity.label_)
        for tokens in _pieces(entity):
            if kind == "person":
                yield from _person(doc, tokens)
            elif kind and tokens and any(capital(t) for t in tokens):
                tokens = _trimmed(tokens)
                if tokens and not all(t.pos_ in {"VERB", "ADV"} for t in tokens):
                    yield Name(doc, tokens[0].i, tokens[-1].i, kind)


def _pieces(entity):
    """The tokens of an entity, cut where a sentence or a line ends inside it."""
    piece = []
    for token in entity:
        if piece and (token.is_sent_start or token.is_space and "\n" in token.text):
            yield piece
            piece = []
        if not token.is_space:
            piece.append(token)
    if piece:
        yield piece


def _person(doc, tokens):
    """The runs of capitals in what the parser takes for a person, without titles before them."""
    titles, i, end = closed_list("person_title"), tokens[0].i, tokens[-1].i
    while i <= end:
        token = doc[i]
        titled = token.lower_ in titles or token.lower_ in TITLES
        if capital(token) and not titled and not is_common(token):
            first, last = run_of(doc, i) or (i, i)
            last = min(last, end)
            while last > first and doc[last].lower_ in PARTICLES:
                last -= 1
            if not (first == last and is_verb(doc[first])):
                yield Name(doc, first, last, "person", False, None, _gender(doc[first]))
            return
        if titled and i < end and doc[i + 1].pos_ in {"ADP", "DET"}:
            return  # a title and its place
        i += 1


def _trimmed(tokens):
    """A name of an organisation or place without the articles and titles around it."""
    titles = closed_list("person_title")
    while tokens and (
        tokens[0].pos_ in {"DET", "ADP", "PUNCT"}
        and not (capital(tokens[0]) and len(tokens) > 1 and not tokens[0].is_sent_start)
        or tokens[0].lower_ in titles | set(TITLES)
        and len(tokens) > 1
    ):
        cut = tokens[0].lower_ in titles
        tokens = tokens[1:]
        if cut and tokens and tokens[0].pos_ in {"ADP", "DET"}:
            return []
    while tokens and (
        tokens[-1].is_punct and tokens[-1].text not in {"!", ")"} or tokens[-1].pos_ in {"ADP", "DET", "CCONJ"}
    ):
        tokens = tokens[:-1]
    return tokens
