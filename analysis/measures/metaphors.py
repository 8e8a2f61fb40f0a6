"""Metaphors and their literal doubles: one lexicon, one filter, for framing and for loaded vocabulary alike."""

from ..reading.lexicon import find, forms, from_lexicons, load_lexicon, matcher
from ..reading.syntax import phrase
from .uses import figurative_features, logit, probability, weights

_FEW, _FAR = 2, 9.0  # sentences up to which a text is no article; logits are cut there
_OF = {"de", "d'", "du", "des", "pour", "contre", "entre", "autour", "sur"}
_COMPLEMENT = {"nmod", "amod", "obl:arg", "obl", "obl:mod", "obj", "nsubj", "appos", "acl", "flat", "advmod"}


def metaphor_entries():
    """The lexicon of metaphors as a table: entry, pos, domain, category (of loaded words, or empty), intensity, note."""
    return load_lexicon("metaphors")


def figurative(article, hits):
    """Those hits of the metaphor lexicon that are meant figuratively, in order.

    Told by what the encoder reads off the word and its sentence, and by who does what to whom: whether the doer, what it is
    done to, or what completes the word belongs to the literal domain ("la guerre en Ukraine"), or is abstract ("la guerre
    des prix"). Learned from written pairs, see `models/uses`. In an article, not in a sentence or two, it counts too how the other
    uses of the domain in it are meant, and that figures are rare there: where shots are told of, an attack is one.
    """
    told = in_article(article, hits)
    rule = weights()["in articles"] if len(article.spans) > _FEW else {"own": 1.0, "others": 0.0, "bias": 0.0}
    return [
        hit
        for hit, (own, others) in zip(hits, told)
        if hit.row.get("use") == "on" or rule["own"] * own + rule["others"] * others + rule["bias"] > 0
    ]


def in_article(article, hits):
    """[(logit by which a hit is figurative by itself, what those of its domain in other sentences say)] of each hit."""
    own = [max(-_FAR, min(_FAR, logit(figurativeness(article, hit, hits)))) for hit in hits]
    made = []
    for hit, value in zip(hits, own):
        there = [v for h, v in zip(hits, own) if h.row["domain"] == hit.row["domain"] and h.root.sent.start != hit.root.sent.start]
        made.append((value, sum(max(-4.0, min(4.0, v)) for v in there) / (len(there) + 1)))
    return made


def figurativeness(article, hit, hits):
    """The probability that a hit is meant figuratively; hits: all of its article."""
    if hit.row.get("use") == "on":
        return 1.0
    return probability("figurative", figurative_features(article, hit, told(hit, hits)))


def told(hit, hits):
    """{what its neighbours say: yes or no} of a hit: which of them belong to its literal domain, or show a figure."""
    domain = hit.row["domain"]
    literal, figured = _literal(domain), _cues()[1].get(domain, frozenset())
    own = _no_witnesses(hit, hits, literal)
    parts = {"doer": ("nsubj", "obl:agent"), "undergoer": ("obj", "iobj", "obl:arg", "nsubj:pass"), "complement": ("nmod", "amod", "acl", "appos", "flat")}  # fmt: skip
    governing = hit.root.head if hit.root.dep_ in {"obj", "nsubj", "obl:arg", "obl", "obl:mod"} else hit.root
    made, seen = {}, set(own)
    for part, deps in parts.items():
        near = [t for up in dict.fromkeys((hit.root, governing)) for c in up.children if c.dep_ in deps and c.i not in own for t in c.subtree if t.i not in own]  # fmt: skip
        words = _words(near[:12])
        made |= {f"literal {part}": bool(words & literal), f"figured {part}": bool(words & figured)}
        seen |= {t.i for t in near}
    around = _words(t for t in hit.root.sent if t.i not in seen)
    made |= {"literal around": bool(around & literal), "figured around": bool(around & figured)}
    place = any(t.ent_type_ == "LOC" for c in hit.root.children if c.dep_ in _COMPLEMENT for t in c.subtree)
    return made | {"place": place and domain == "war"}


def _literal(domain):
    literal = _cues()[0]
    return literal.get(domain, frozenset()) | literal.get("any", frozenset())


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


def find_metaphors(article):
    """Hits of figurative uses in an article."""
    return figurative(article, find(article.doc, metaphor_index()))


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
