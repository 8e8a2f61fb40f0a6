"""The lists of names: organisations, states and places, first names, and what is no actor; and where their forms stand in a doc."""

import re

from ..reading.lexicon import from_lexicons, lexicon_rows
from .catalogue import key, keys
from .references import roles

# kinds of words that are no name alone, but may be part of one
_WORDS = {"function", "title", "generic", "weekday", "section", "compass"}


@from_lexicons("organisations", "states", "not_actors")
def _index():
    """{first word: [(words, exact, inner, type, listed, gender)]}, the longest first, of every form of the lists."""
    made = {}
    states, seats = lexicon_rows("states"), {}
    for row in states:
        for form in filter(None, row["government"].split(";")):
            bare = re.sub(r"^(?:l'|le |la |les )", "", form)
            seats[bare] = (row["entry"], "seat") if form == row["capital"] else (bare, "palace")
    for row in lexicon_rows("organisations"):
        for form in sorted({row["entry"], *filter(None, row["variants"].split(";"))}):
            if form not in seats:
                _add(made, form, "organisation", row["entry"], row["gender"][:1])
            elif seats[form][1] == "palace":
                seats[form] = row["entry"], "palace"
    for form, (state, kind) in seats.items():
        _add(made, form, kind, state, "")
    for row in states:
        kind = "state" if row["type"] == "state" else "place"
        if row["entry"] not in seats:
            _add(made, row["entry"], kind, row["entry"], row["gender"][:1])
    for row in lexicon_rows("not_actors"):
        if row["kind"] not in _WORDS:
            _add(made, row["entry"], "nothing", row["entry"], "")
    return {first: sorted(forms, key=lambda f: (-len(f[0]), f[0])) for first, forms in made.items()}


def _add(made, form, kind, listed, gender):
    printed = _WORD.findall(form)
    words = tuple(map(key, printed))
    if words:
        exact = form if form.isupper() or len(words) == 1 else None
        inner = len(words) > 1 and any(w[:1].isupper() for w in printed[1:]) and words[0] not in roles()
        made.setdefault(words[0], []).append((words, exact, inner, kind, listed, gender or None))


_WORD = re.compile(r"[^\W_]+(?:[-.&][^\W_]+)*\.?|[dlDL]['’]|&")


@from_lexicons("states", "not_actors")
def places():
    """Keys of countries, towns and common words: a surname that is one of them needs more than itself to be a name."""
    rows = lexicon_rows("states") + lexicon_rows("not_actors")
    return frozenset(key(row["entry"]) for row in rows)


@from_lexicons("organisations")
def fits():
    """{name in the list: kind of organisation}, for the nouns that may stand for it."""
    rows = lexicon_rows("organisations")
    return {row["entry"]: row["domain"] for row in rows}


@from_lexicons("first_names")
def first_names():
    """{key of a first name: f, m or e (either)}."""
    rows = lexicon_rows("first_names")
    return {key(row["entry"]): row["gender"] for row in rows}


@from_lexicons("not_actors")
def events():
    """What `not_actors` has of events, as printed: "assemblée générale" names no body."""
    return frozenset(row["entry"] for row in lexicon_rows("not_actors") if row["kind"] == "event")


@from_lexicons("not_actors")
def words_alone():
    """The words of `not_actors` that name nobody when they stand alone, as printed."""
    rows = lexicon_rows("not_actors")
    return frozenset(row["entry"] for row in rows if row["kind"] in _WORDS)


@from_lexicons("not_actors")
def function_words():
    """Words that open a sentence, days and labels, in lower case: they begin no name."""
    rows = lexicon_rows("not_actors")
    return frozenset(row["entry"].casefold() for row in rows if row["kind"] in {"function", "weekday", "section"})


def found_in_lists(doc):
    """(first, last, type, name in the list, gender) of the forms of the lists in a doc, the longest at each place.

    type: organisation, state, place, seat (a capital that stands for a government), palace (that does) or nothing (what is no actor).
    """
    index, spelt, free = _index(), keys(doc), 0
    for i, word in enumerate(spelt):
        if i < free or word not in index:
            continue
        for words, exact, inner, kind, listed, gender in index[word]:
            if len(words) > 1 and (i + 1 == len(spelt) or spelt[i + 1] != words[1] and spelt[i + 1]):
                continue
            last = _matches(doc, spelt, i, words, exact, inner)
            if last is not None:
                free = last + 1
                yield i, last, kind, listed, gender
                break


def _matches(doc, spelt, i, words, exact, inner):
    """The last token of a form that stands at token i, or None; inner: whether a word after the first must have a capital."""
    at, seen = i, 0
    while seen < len(words):
        if at >= len(spelt) or spelt[at] != words[seen] or at > i and doc[at].is_sent_start:
            if at < len(spelt) and at > i and (doc[at].text == "-" or doc[at].text == "," and len(words) > 5):
                at += 1  # "l'éducation, la science et la culture"
                continue
            return None
        at, seen = at + 1, seen + 1
    text = doc[i:at].text
    if exact is not None:
        return at - 1 if text == exact or text.isupper() and len(text) > 3 and exact.upper() == text else None
    return at - 1 if any(t.text[:1].isupper() for t in doc[i + inner : at]) else None
