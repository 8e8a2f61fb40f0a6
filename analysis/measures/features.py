"""Features: what speaks for a role or pronoun meaning an entity, or nobody whom the article names."""

import math

import numpy as np

from ..reading.encoder import DEPTH
from ..reading.syntax import infinitive
from .catalogue import key
from .cues import speech_verbs
from .scene import noun_of

_FAR = 20  # sentences back beyond which nobody is a candidate but by role


def speaks(token):
    """Whether a word is the subject of a verb of speech."""
    return (
        token.dep_.startswith(("nsubj", "expl:subj", "obj"))
        and infinitive(token.head) in speech_verbs()
        and (
            token.dep_ != "obj"
            or token.i > token.head.i
            and token.doc[token.head.left_edge.i - 1].text in {",", "»", '"'}
        )
    )


def may_mean(reference, entity, scene):
    """Whether nothing speaks against a reference meaning an entity: its type, gender, number, how far back it was named."""
    last = scene.history[entity][-1]
    distance = scene.article.sentence_at(reference.start) - last.sentence
    person, pronoun = entity.type == "person", reference.kind == "pronoun"
    if reference.plural and person:
        return False
    if (
        reference.type
        and reference.type != entity.type
        and (reference.type == "group" or person or reference.type == "person" and not reference.rank == 1)
    ):
        return False
    if reference.fits == {"state"} and entity.type == "organisation":
        return False
    clash = bool(reference.gender and entity.gender and reference.gender != entity.gender)
    if clash and person and (pronoun or reference.gender == "f" or reference.by_form):
        return False
    if distance > _FAR and not _same_roles(reference, entity, scene):
        return False
    if reference.start < last.start + 1 < reference.end:
        return False  # it holds the name
    if not pronoun and any(m.entity is entity and reference.start <= m.start < reference.end for m in scene.mentions):
        return False
    on = _hangs(last.token) if pronoun and distance <= 1 else None
    return on is None or not _fits_noun(reference, on)  # "Le procès de Paul Roy approche. Il sera long."


def _roles_before(reference, entity, scene):
    return [r for r in scene.roles.get(entity, ()) if r.start < reference.start]


def _same_roles(reference, entity, scene):
    return [r for r in _roles_before(reference, entity, scene) if r.noun == reference.noun]


def features(reference, entity, scene, rivals):
    """What speaks for a reference meaning an entity that it may mean, by name of feature."""
    past = scene.history[entity]
    last = past[-1]
    distance = scene.article.sentence_at(reference.start) - last.sentence
    pronoun, talks = reference.kind == "pronoun", speaks(reference.head)
    clash = bool(reference.gender and entity.gender and reference.gender != entity.gender)
    bound = (
        last.token.head == reference.head.head
        and last.token.i != reference.head.i
        and distance == 0
        and last.start < reference.start
        and not pronoun
    )
    own = {
        "one": 1.0,
        "person": entity.type == "person",
        "state": entity.type == "state",
        "gender agrees": bool(reference.gender and entity.gender) and not clash,
        "gender clashes": clash,
        "gender unknown": not entity.gender,
        "plural for one": reference.plural and not entity.plural,
        "plural for a plural": reference.plural and entity.plural,
        "same sentence": distance == 0,
        "one sentence back": distance == 1,
        "two sentences back": distance == 2,
        "three to five back": 3 <= distance <= 5,
        "six or more back": distance > 5,
        "same paragraph": scene.paragraph(last.start) == scene.paragraph(reference.start),
        "last was subject": last.subject,
        "last was subject, one back": last.subject and distance == 1,
        "last was subject, same sentence": last.subject and distance == 0,
        "last was a pronoun": last.kind == "pronoun",
        "last was a description": last.kind == "description",
        "hangs on a noun": _hangs(last.token) is not None,
        "same clause": bound,
        "first named": entity is scene.first,
        "named once": len(past) == 1,
        "log of mentions": math.log(len(past)),
        "most named of the fitting": rivals["most"] is entity,
        "latest of the fitting": rivals["latest"] is entity,
        "latest subject of the fitting": rivals["latest subject"] is entity,
        "only one fitting": rivals["n"] == 1,
        "log of the fitting": math.log(rivals["n"]),
        "subject": reference.head.dep_.startswith("nsubj"),
        "subject, last subject": reference.head.dep_.startswith("nsubj") and last.subject,
        "speaks": talks,
        "speaks, last spoke": talks and speaks(last.token),
        "both latest and most": rivals["most"] is entity and rivals["latest"] is entity,
    }  # fmt: skip
    more = _of_a_pronoun if pronoun else _of_a_description
    own |= more(reference, entity, scene, rivals)
    return {name: float(value) for name, value in own.items() if value}


def _of_a_pronoun(reference, entity, scene, rivals):
    """What speaks for a pronoun meaning an entity, beside what does for any reference."""
    last = scene.history[entity][-1]
    same_sentence = scene.article.sentence_at(reference.start) == last.sentence
    on = _hangs(last.token)
    nouns, subjects = scene.others(last.start if on is None else on.idx - 1, reference.start, reference)
    return {
        "stressed": not reference.head.dep_.startswith("nsubj") and not reference.latter,
        "the latter": reference.latter,
        "log of fitting nouns since": math.log1p(nouns),
        "fitting subjects since": min(subjects, 3),
        "a fitting subject since, same sentence": subjects > 0 and same_sentence,
        "the latter, latest": reference.latter and rivals["latest"] is entity,
        "beside its name": 0 <= reference.start - (last.start + len(last.token)) <= 3 and same_sentence,
        "an organisation or state": entity.type != "person",
        "taken for nobody's": reference.doubtful,
        "inverted": scene.article.text[max(0, reference.start - 1) : reference.start] == "-",
    }


def _of_a_description(reference, entity, scene, rivals):
    """What speaks for a role or common noun meaning an entity, beside what does for any reference."""
    roles, same_role = _roles_before(reference, entity, scene), _same_roles(reference, entity, scene)
    name = key(entity.name).split()
    word = key(reference.noun or "").split(" ")[0]
    complement = set(reference.complement.split())
    theirs = {w for r in same_role for w in r.of.split()}
    return {
        "role told": bool(same_role),
        "role told of another": rivals["told"] - bool(same_role) > 0,
        "role told, and of no other": bool(same_role) and rivals["told"] == 1,
        "role told with this complement": bool(complement & theirs),
        "role told with another complement": bool(same_role and complement and theirs and not complement & theirs),
        "another role told": bool(roles) and not same_role,
        "a role of this field told": any(r.field == reference.field for r in roles),
        "only other fields told": bool(roles) and not any(r.field == reference.field for r in roles) and not same_role,
        "no role told": not roles,
        "its complement is in a role": bool(complement) and any(complement & set(r.of.split()) for r in roles),
        "has a complement": bool(complement),
        "has a complement, role untold": bool(complement) and not same_role,
        "noun in its name": word in name,
        "noun of another type": reference.type is not None and reference.type != entity.type,
        "a country's noun": entity.type == "state" and "state" in reference.fits,
        "fits its kind": bool(entity.domain) and _fits(entity.domain, reference.fits),
        "fits another kind": bool(entity.domain and reference.fits) and not _fits(entity.domain, reference.fits),
        "this": reference.determiner == "this",
        "its": reference.determiner == "its",
        "rank 1": reference.rank == 1,
        "rank 3": reference.rank == 3,
        "the latter": reference.latter,
        "the latter, latest": reference.latter and rivals["latest"] is entity,
        "inhabitant": reference.noun == "inhabitant",
        "kin": reference.field == "family",
    }


def _hangs(token):
    """The common noun that a name only belongs to ("le procès de Paul Roy"), or None."""
    owned = token.dep_ == "nmod" and any(c.dep_ == "case" for c in token.children)
    return token.head if owned and token.head.pos_ == "NOUN" else None


def _fits_noun(reference, noun):
    one = noun_of(noun)
    agrees = not one.gender or not reference.gender or one.gender == reference.gender
    return one.subject and one.plural == reference.plural and agrees


_LIKE = {
    "agency": "media",
    "bank": "company",
    "federation": "association",
    "institute": "association",
    "news_agency": "media",
    "ministry": "government",
}


def of_nobody(reference, scene, found):
    """What speaks for a reference meaning nobody whom the article names: features of its own, whoever the candidates are."""
    own = {
        "nobody": 1.0,
        "nobody: speaks": speaks(reference.head),
        "nobody: subject": reference.head.dep_.startswith("nsubj"),
        "nobody: plural": reference.plural,
        "nobody: the latter": reference.latter,
        "nobody: log of the fitting": math.log(len(found)),
        "nobody: taken for nobody's": reference.doubtful,
        "nobody: stressed": reference.kind == "pronoun" and not reference.head.dep_.startswith("nsubj"),
        "nobody: inverted": scene.article.text[max(0, reference.start - 1) : reference.start] == "-",
    }
    if reference.kind == "pronoun":
        nouns, subjects = scene.others(reference.head.sent.start_char, reference.start, reference)
        own |= {
            "nobody: fitting nouns before it in the sentence": min(nouns, 3),
            "nobody: fitting subjects before it in the sentence": subjects > 0,
        }
    else:
        noun = key(reference.head.text)
        before = [
            n for n in scene.nouns if n.key == noun and n.start < reference.start and n.start != reference.head.idx
        ]
        own |= {
            "nobody: noun before": bool(before),
            "nobody: unknown to roles": not any(r.noun == reference.noun for rs in scene.roles.values() for r in rs),
            "nobody: its": reference.determiner == "its",
            "nobody: this": reference.determiner == "this",
            "nobody: complement": bool(reference.complement),
            "nobody: rank 1": reference.rank == 1,
            "nobody: rank 3": reference.rank == 3,
            "nobody: unlisted": reference.field == "unlisted",
            "nobody: organisation": reference.type == "organisation",
            "nobody: kin": reference.field == "family",
            "nobody: inhabitant": reference.noun == "inhabitant",
            "nobody: first sentence of a paragraph": scene.paragraph(reference.start)
            != scene.paragraph(reference.head.sent.start_char - 1)
            if reference.head.sent.start_char
            else True,
        }
    return {name: float(value) for name, value in own.items() if value}


CONTEXT = [
    *(f"context {i}, as where it was last named" for i in range(DEPTH)),
    *(f"context {i}, as where it was first named" for i in range(DEPTH)),
    *(f"context {i} where it was last named" for i in range(DEPTH)),
    "context as where it was last named",
    *(f"nobody: context {i}" for i in range(DEPTH)),
]
_EVEN = 0.3  # makes the encoder's features as large as the others, for the penalty on all of them


def in_context(reference, entities, scene):
    """What the encoder makes of a reference beside each entity, [entities and nobody, CONTEXT]."""
    own = scene.context(reference.start, reference.end)
    last, first = (
        np.array([scene.context(scene.history[e][i].start, scene.history[e][i].end) for e in entities]) for i in (-1, 0)
    )
    like = last @ own / (np.linalg.norm(last, axis=1) * np.linalg.norm(own) + 1e-6)
    made = np.zeros((len(entities) + 1, len(CONTEXT)))
    made[:-1, : 3 * DEPTH + 1] = np.concatenate([own * last, own * first, last, like[:, None] / _EVEN], axis=1)
    made[-1, 3 * DEPTH + 1 :] = own
    return made * _EVEN


def _fits(domain, wanted):
    return domain in wanted or _LIKE.get(domain) in wanted
