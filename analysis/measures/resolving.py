"""Resolving: whom a role or a pronoun stands for, told by a small ranking model over pairs of a reference and an entity.

For each reference, in order, every entity named before it is a candidate. What speaks for and against (agreement, distance,
who is subject, the roles that the article said somebody has, who else fits, what the encoder makes of the words where they
stand) is weighed by `models/references/weights.csv`;
the best wins where it is likely enough and clear of the second, else the reference stays open.
"""

import csv
import math
from functools import cache

import numpy as np

from ..text.places import MODELS
from .again import Mention
from .features import CONTEXT, features, in_context, may_mean, of_nobody
from .references import references
from .scene import Scene

_SURE = {"pronoun": 0.35, "description": 0.4}  # probability from which a reference is resolved
_CLEAR = {"pronoun": 0.05, "description": 0.05}  # and by how much the best must lead the second


def candidates(reference, scene):
    """[(entity, features)] of the entities that a reference may mean."""
    fitting = [e for e in scene.history if may_mean(reference, e, scene)]
    if not fitting:
        return []
    beside = [
        e for e in fitting if reference.kind == "pronoun" and 0 <= reference.start - scene.history[e][-1].end <= 3
    ]
    fitting = beside or fitting  # "Mme Gagnon, elle, parle"
    told = (
        sum(
            any(r.noun == reference.noun and r.start < reference.start for r in scene.roles.get(e, ())) for e in fitting
        )
        if reference.noun
        else 0
    )
    subjects = [e for e in fitting if scene.history[e][-1].subject]
    rivals = {
        "most": max(fitting, key=lambda e: (len(scene.history[e]), scene.history[e][-1].start)),
        "latest": max(fitting, key=lambda e: scene.history[e][-1].start),
        "latest subject": max(subjects, key=lambda e: scene.history[e][-1].start) if subjects else None,
        "n": len(fitting),
        "told": told,
    }
    return [(e, features(reference, e, scene, rivals)) for e in fitting]


@cache
def weights_of_model():
    """{"pronoun", "description": ({feature: weight}, weights of `CONTEXT`)} that were learned (see `models/references/README.md`)."""
    with open(MODELS / "references" / "weights.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = {
        kind: {row["feature"]: float(row[kind]) for row in rows if row[kind]} for kind in ("pronoun", "description")
    }
    return {kind: (own, np.array([own[name] for name in CONTEXT])) for kind, own in kinds.items()}


def probabilities(reference, scene, found):
    """[(probability, entity)] of the candidates of a reference; what is missing to one is that it means nobody of them."""
    weights, along = weights_of_model()[reference.kind]
    entities, told = zip(*found)
    read = in_context(reference, entities, scene) @ along
    scores = [
        math.exp(sum(weights.get(name, 0.0) * value for name, value in f.items()) + x)
        for f, x in zip((*told, of_nobody(reference, scene, found)), read)
    ]
    total = sum(scores)
    return sorted(((s / total, e) for s, e in zip(scores, entities)), key=lambda p: -p[0])


def walk(article, mentions):
    """(Scene, Mention or Reference) of a document in order of place; a mention is seen once the next thing is asked for."""
    scene = Scene(article, mentions)
    apposed = [(t.start, t.end) for t in scene.told]
    taken = [(m.start, m.end) for m in mentions if m.kind == "description"]
    things = [r for r in references(article.doc) if not any(a <= r.head.idx < b for a, b in apposed + taken)]
    things = [r for r in things if not any(m.start <= r.head.idx < m.end for m in mentions if m.kind != "pronoun")]
    for thing in sorted([*mentions, *things], key=lambda t: (t.start, t.end)):
        yield scene, thing
        if isinstance(thing, Mention) and thing.entity is not None:
            scene.seen(thing)


def resolved(article, mentions):
    """(mentions that roles and pronouns are, in order, the roles told beside names); what stays open gives no mention."""
    made, scene = [], None
    for scene, thing in walk(article, mentions):
        if isinstance(thing, Mention):
            continue
        found = candidates(thing, scene)
        ranked = probabilities(thing, scene, found) if found else []
        if (
            ranked
            and ranked[0][0] >= _SURE[thing.kind]
            and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _CLEAR[thing.kind])
        ):
            scene.resolved_to(thing, ranked[0][1])
            made.append(Mention(thing.start, thing.end, thing.head, thing.kind, ranked[0][1]))
    return made, scene.told if scene else []
