"""Metaphors and their literal doubles: one lexicon, one filter, for framing and for loaded vocabulary alike."""

from collections import Counter

from ..reading.lexicon import find, forms, from_lexicons, load_lexicon, matcher
from ..reading.syntax import phrase

_OF = {"de", "d'", "du", "des", "pour", "contre", "entre", "autour", "sur"}
_COMPLEMENT = {"nmod", "amod", "obl:arg", "obl", "obl:mod", "obj", "nsubj", "appos", "acl", "flat", "advmod"}


def metaphor_entries():
    """The lexicon of metaphors as a table: entry, pos, domain, category (of loaded words, or empty), intensity, note."""
    return load_lexicon("metaphors")


def figurative(doc, hits):
    """Those hits of the metaphor lexicon that are meant figuratively in this doc.

    A use is literal where what completes it says so ("la guerre en Ukraine", "la guerre civile"), or where its
    sentence, or much of the article, is about that very domain (armies, the weather), unless what completes it is
    abstract ("la guerre des prix"). When the context says nothing, a use counts as figurative.
    """
    literal, figured = _cues()
    everywhere = literal.get("any", frozenset())
    own = {h.row["domain"]: literal.get(h.row["domain"], frozenset()) | everywhere for h in hits}
    about = {domain for domain, cues in own.items() if _is_about(doc, cues)}
    return [
        h
        for h in hits
        if _is_figurative(
            h,
            _no_witnesses(h, hits, own[h.row["domain"]]),
            own[h.row["domain"]],
            figured.get(h.row["domain"], frozenset()),
            h.row["domain"] in about,
        )
    ]


def _no_witnesses(hit, hits, literal):
    """The tokens that say nothing of whether a hit is literal: its own, and other hits that are no literal cue ("soldat")."""
    others = (h for h in hits if h is not hit and h.row["entry"] not in literal)
    return {i for h in (hit, *others) for i in range(h.first, h.last + 1)}


def target(hit):
    """The words a metaphor speaks of ("l'IA" in "la guerre de l'IA"), or None where the syntax names none."""
    root, doc = hit.root, hit.doc
    inside = range(hit.first, hit.last + 1)
    after = [c for c in root.children if c.i not in inside]
    for wanted in ({"nmod", "obl:arg"}, {"obj"}, {"amod"}):
        for child in after:
            if child.dep_ in wanted and child.i > root.i and _speaks_of(child):
                start, end = phrase(child)
                return doc.text[start:end]
    beside = doc[hit.last + 1 : hit.last + 6]
    if len(beside) > 1 and beside[0].lower_ in _OF:
        noun = next((t for t in beside if t.pos_ in {"NOUN", "PROPN"}), None)
        if noun is not None:
            start, end = phrase(noun)
            return doc.text[start:end]
    for child in after:
        if child.dep_.startswith("nsubj"):
            start, end = phrase(child)
            return doc.text[start:end]
    return None


def _speaks_of(child):
    """Whether a complement is what the metaphor is about, not its circumstance."""
    case = next((c.lower_ for c in child.children if c.dep_ == "case"), None)
    return case is None or case in _OF


@from_lexicons("metaphors")
def metaphor_index():
    """The matcher of the metaphor lexicon."""
    return matcher(metaphor_entries())


def find_metaphors(doc):
    """Hits of figurative uses in a doc."""
    return figurative(doc, find(doc, metaphor_index()))


@from_lexicons("literal")
def _cues():
    """({domain: literal cues}, {domain: figurative cues})."""
    table = load_lexicon("literal", key=("domain", "cue"))
    return tuple(
        {d: frozenset(g["cue"].str.casefold()) for d, g in table[table["kind"] == kind].groupby("domain")}
        for kind in ("literal", "figurative")
    )


def _words(tokens):
    """Every form of these tokens, and of neighbours in pairs, as the cues are written."""
    tokens = [t for t in tokens if not t.is_space]
    single = {f for t in tokens for f in forms(t)}
    return single | {f"{a.lower_} {b.lower_}" for a, b in zip(tokens, tokens[1:])}


def _is_about(doc, literal):
    """Whether an article is about a domain: three different literal words of it, and one word in a hundred or more."""
    counts = Counter(
        word
        for t in doc
        if t.pos_ in {"NOUN", "PROPN", "ADJ", "VERB"}
        and (word := next((f for f in forms(t) if f in literal), None)) is not None
    )
    return len(counts) >= 3 and sum(counts.values()) * 100 >= len(doc)


def _is_figurative(hit, own, literal, figured, about):
    """Whether a hit is meant figuratively; own: the tokens of all hits, which are no witnesses for each other."""
    complements = [
        t for c in hit.root.children if c.dep_ in _COMPLEMENT and c.i not in own for t in c.subtree if t.i not in own
    ]
    near = _words(complements[:12])
    if near & figured:
        return True
    if near & literal or any(t.ent_type_ == "LOC" for t in complements) and hit.row["domain"] == "war":
        return False
    around = _words(t for t in hit.root.sent if t.i not in own)
    if around & literal:
        return False
    return not about or bool(around & figured and len(around & figured) > 1)
