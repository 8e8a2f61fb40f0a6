"""Claims: what an article asserts, clause by clause, and how surely each stands."""

from ..reading.lexicon import closed_list
from ..reading.syntax import clause, is_verb
from ..text.marks import is_question
from ..text.tables import PLACE, TEXT

TABLES = {"claims": PLACE | {"standing": TEXT}}


def measure(article, hedges, quotes):
    """{"claims": rows} of one article: each clause with a finite verb, from its verb to its end, but for questions and conditions.

    standing: quoted (somebody's words), unverified (under a hedge of type press_conditional, or laid on a source), possible
    (under another hedge), stated (all the rest: the outlet vouches for it). It rests on the parse and on what was found of hedges and
    quotations: a share over an article is worth more than a single row.
    """
    return {"claims": list(_claims(article, hedges, quotes))}


def _claims(article, hedges, quotes):
    for verb in article.doc:
        if not _is_finite(verb) or any(c.lower_ in {"si", "s'"} and c.dep_ == "mark" for c in verb.children):
            continue
        if is_question(verb.sent.text):
            continue
        _, end = clause(verb)
        at = verb.idx
        over = {h["type"] for h in hedges if h["event_start"] <= at < h["event_end"] or h["start"] <= at < h["end"]}
        laid = [q for q in quotes if q["start"] <= at < q["end"]]
        if any(q["kind"] != "indirect" or q["cue"] not in closed_list("source_marker") for q in laid):
            standing = "quoted"
        elif "press_conditional" in over or laid:
            standing = "unverified"
        else:
            standing = "possible" if over else "stated"
        yield {"sentence_id": article.sentence_at(at), "start": at, "end": max(end, at + len(verb)), "standing": standing}


def _is_finite(verb):
    """Whether a word is the verb (or the predicate) of a clause of its own, in a finite form."""
    if verb.dep_.startswith("aux") or verb.dep_ == "cop":
        return False
    helping = [c for c in verb.children if c.dep_.startswith("aux") or c.dep_ == "cop"]
    return any(is_verb(t) and "Fin" in t.morph.get("VerbForm") for t in (verb, *helping))
