"""Who acts, who undergoes."""

import re

from ..reading.syntax import agents, infinitive, is_negated, is_passive, is_reduced, is_verb, patients, phrase
from ..text.tables import PLACE, TEXT, YESNO

TABLES = {
    "agency": PLACE
    | {
        "agent": TEXT, "verb": TEXT, "patient": TEXT, "construction": TEXT, "negated": YESNO, "agent_actor": TEXT,
        "patient_actor": TEXT,
    },
}  # fmt: skip


def measure(article, mentions):
    """{"agency": rows} of one article: one row per verb that an actor of the catalogue does or undergoes.

    agent, patient: the actor's name, else the words of the noun phrase, missing where the clause names none;
    agent_actor, patient_actor: only actors of the catalogue. verb: its lemma. construction: active, passive ("est
    rejeté par"), reduced_passive ("rejeté par"). A verb within an actor's own name (Nations unies) is none. From the parse: about one object in six is missed or misplaced.
    """
    owner, rows = {}, []
    for mention in mentions:
        if mention["actor"] is not None:
            owner |= {t.i: mention["actor"] for t in article.span_of(mention) or ()}
    for verb in article.doc:
        if is_verb(verb) and verb.i not in owner and not verb.dep_.startswith(("aux", "cop")):
            place = {"sentence_id": article.sentence_at(verb.idx), "start": verb.idx, "end": verb.idx + len(verb)}
            rows += [row | place for row in _rows(verb, owner)]
    return {"agency": rows}


def _rows(verb, owner):
    """One row per pair of agent and patient of which one at least is an actor."""
    construction, pairs = (
        "active" if not is_passive(verb) else "reduced_passive" if is_reduced(verb) else "passive",
        set(),
    )
    for agent in agents(verb) or [None]:
        for patient in patients(verb) or [None]:
            a, p = (owner.get(t.i) if t is not None else None for t in (agent, patient))
            if (a or p) and a != p and (pair := (a or _words(agent), p or _words(patient))) not in pairs:
                pairs.add(pair)
                yield {
                    "agent": pair[0],
                    "patient": pair[1],
                    "agent_actor": a,
                    "patient_actor": p,
                    "verb": infinitive(verb),
                    "construction": construction,
                    "negated": is_negated(verb),
                }


def _words(token):
    if token is None or token.pos_ in {"PRON", "DET"}:
        return None
    start, end = phrase(token)
    return re.sub(r"\s+", " ", token.doc.text[start:end])
