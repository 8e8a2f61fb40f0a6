"""Who is who: the people, organisations and acting states of one article, and where each is meant.

Found once, for all other measures: by name (:mod:`.names`, :mod:`.identities`), by the roles said of them (:mod:`.appositions`),
then by role, common noun and pronoun (:mod:`.references`, :mod:`.resolving`).
"""

from collections import Counter

from ..reading.syntax import role
from ..text.tables import PLACE, TEXT, WHOLE
from .catalogue import catalogue
from .identities import identities
from .resolving import resolved
from .running import on_texts

TABLES = {
    "entities": {"doc_id": TEXT, "entity_id": WHOLE, "name": TEXT, "type": TEXT, "actor": TEXT, "gender": TEXT, "n_mentions": WHOLE},
    "mentions": PLACE | {"surface": TEXT, "entity_id": WHOLE, "actor": TEXT, "kind": TEXT, "role": TEXT},
    "roles": PLACE | {"entity_id": WHOLE, "actor": TEXT, "noun": TEXT, "said": TEXT},
}  # fmt: skip


def actors_at(token, mentions):
    """The actor (or None) of each mention, of these rows of `mentions`, in which a token stands, in order."""
    return (m["actor"] for m in mentions if m["start"] <= token.idx < m["end"])


def find_mentions(texts, actors=None):
    """Mentions of people and organisations in bare texts: the table `mentions` with `text_id`; see :func:`measure`.

    actors: a catalogue (:func:`read_actors`): only its actors are given, and surnames that stay open between them. Without
    one, everybody, and the actor is the fullest name in the text.
    """
    found = on_texts(texts, "mentions", actors=catalogue(actors))
    return found if actors is None else found[found["actor"].notna() | found["entity_id"].isna()].reset_index(drop=True)


def measure(article, actors=None):
    """{"entities": rows, "mentions": rows, "roles": rows} of one article; actors: a :class:`Catalogue`, or None.

    entities: name (the fullest in the article), type (person, organisation, state: a country where it acts), actor (of the
    catalogue; without a catalogue, the name), gender (f, m, or missing where nothing tells), n_mentions.
    mentions: kind is name, short_name (surname, first name), description (a role, a common noun: "le garde des Sceaux", "le
    groupe") or pronoun (il, elle, ils of a body, celui-ci, lui; no clitics, no possessives); role: agent (does it), patient
    (undergoes it), other. Among nested forms of the catalogue the longest counts: in "le patron de Tesla" no Tesla is
    mentioned. A surname that several share goes to the one named in full last before it, else entity and actor are missing.
    roles: what the article says somebody is, right beside a name ("Bernard Olivot, ministre de la Justice"); these words are
    no mention of their own.

    Names rest on the parser's entities and on lists; roles and pronouns on a small learned model that abstains where two
    candidates are close: expect one in six of what it gives to be wrong (on dry newswire, two in five: precision .87 on press texts
    written for this, .56 on Wikinews, n = 39), and half of what there is to be missing.
    """
    named = identities(article, actors)
    references, told = resolved(article, named)
    found = sorted([*named, *references], key=lambda m: (m.start, -m.end))
    numbers = {}
    for mention in found:
        if mention.entity is not None:
            numbers.setdefault(mention.entity, len(numbers))
    counts = Counter(m.entity for m in found)
    called = {e: e.name if actors is None else e.actor for e in numbers}
    return {
        "entities": [
            {"entity_id": n, "name": e.name, "type": e.type, "actor": called[e], "gender": e.gender, "n_mentions": counts[e]}
            for e, n in numbers.items()
        ],
        "mentions": [
            {
                "sentence_id": article.sentence_at(m.start), "start": m.start, "end": m.end, "surface": (article.printed or article.text)[m.start : m.end],
                "entity_id": numbers.get(m.entity), "actor": called.get(m.entity), "kind": m.kind, "role": role(m.head),
            }
            for m in found
        ],
        "roles": [
            {
                "sentence_id": article.sentence_at(t.start), "start": t.start, "end": t.end, "entity_id": numbers[t.mention.entity],
                "actor": called[t.mention.entity], "noun": t.row["entry"], "said": article.text[t.start : t.end],
            }
            for t in told
        ],
    }  # fmt: skip
