"""Scene: what is known of the entities of an article while its references are read in order."""

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from ..reading.encoder import words_of
from ..reading.syntax import governing
from .again import Mention
from .appositions import told_roles
from .catalogue import key


class Seen(NamedTuple):
    """Where an entity was last meant."""

    sentence: int
    start: int
    subject: bool
    kind: str
    token: object
    end: int


class Role(NamedTuple):
    """What an entity was said to be, or was called, at a place."""

    noun: str
    of: str
    field: str
    start: int


class Noun(NamedTuple):
    """A common noun that a pronoun may stand for as well."""

    start: int
    gender: str | None
    plural: bool
    subject: bool
    key: str


class Scene:
    """What is known of the entities of a document while its references are read in order."""

    def __init__(self, article, mentions):
        self.article, self.doc = article, article.doc
        self.told = told_roles(article.doc, mentions)
        self.mentions = sorted(mentions, key=lambda m: m.start)
        self.history = {}
        self.first = next((m.entity for m in self.mentions if m.entity is not None), None)
        self.roles = {}
        for told in self.told:
            entity = told.mention.entity
            self.roles.setdefault(entity, []).append(
                Role(told.noun, told.of, told.row["field"], min(told.start, told.mention.start))
            )
        _tell_genders(self.told, self.mentions)
        named = sorted((m.start, m.end) for m in mentions) + [(t.start, t.end) for t in self.told]
        held = {i for start, end in named for i in range(start, end)}
        self.nouns = [noun_of(t) for t in self.doc if t.pos_ == "NOUN" and t.idx not in held]
        self._nouns_at = [n.start for n in self.nouns]
        self.paragraphs = [i for i, c in enumerate(self.article.text) if c == "\n"]

    def seen(self, mention):
        """Takes down where an entity was meant."""
        token = governing(mention.head)
        self.history.setdefault(mention.entity, []).append(
            Seen(
                self.article.sentence_at(mention.start),
                mention.start,
                token.dep_.startswith("nsubj") or token.dep_ == "obl:agent",
                mention.kind,
                token,
                mention.end,
            )
        )

    def resolved_to(self, reference, entity):
        """Takes down that a reference meant an entity, so that the same noun will mean it again."""
        self.seen(Mention(reference.start, reference.end, reference.head, reference.kind, entity))
        if reference.noun:
            self.roles.setdefault(entity, []).append(
                Role(reference.noun, reference.complement, reference.field, reference.start)
            )

    def others(self, start, end, reference):
        """(how many, how many as subjects) of the common nouns between two places that agree with a reference."""
        found = self.nouns[bisect_right(self._nouns_at, start) : bisect_right(self._nouns_at, end - 1)]
        fit = [
            n
            for n in found
            if n.plural == reference.plural and (not n.gender or not reference.gender or n.gender == reference.gender)
        ]
        return len(fit), sum(n.subject for n in fit)

    @cached_property
    def _words(self):
        return words_of(self.article), [t.idx for t in self.doc], {}

    def context(self, start, end):
        """What the encoder makes of the words between two characters, the mean of its tokens' :func:`words_of`."""
        words, starts, known = self._words
        if (start, end) not in known:
            first, after = max(0, bisect_right(starts, start) - 1), bisect_right(starts, end - 1)
            known[start, end] = words[first] if after == first + 1 else words[first:after].mean(0)
        return known[start, end]

    def paragraph(self, at):
        """The number of the paragraph that holds a character."""
        return bisect_right(self.paragraphs, at)


def _tell_genders(told, mentions):
    """Gives people the gender that their roles and the participles that agree with them tell; none where these disagree."""
    evidence = {}
    for one in told:
        evidence.setdefault(one.mention.entity, set()).add(one.gender)
    for mention in mentions:
        token = governing(mention.head)
        if mention.kind != "pronoun" and token.dep_.startswith("nsubj") and _is_feminine(token.head):
            evidence.setdefault(mention.entity, set()).add("f")
    for entity, found in evidence.items():
        found.discard(None)
        if entity is not None and entity.type == "person" and found and not (entity.actor and entity.gender):
            entity.gender = next(iter(found)) if len(found) == 1 else None


def _is_feminine(verb):
    """Whether a participle with "être" agrees with a woman ("est allée")."""
    being = any(c.dep_.startswith("aux") and c.lemma_ == "être" for c in verb.children)
    return being and verb.lower_.endswith(("ée", "ie", "ue", "ite", "ise"))


def noun_of(token):
    """The :class:`Noun` of a token."""
    told = str(token.morph)
    gender = "f" if "Gender=Fem" in told else "m" if "Gender=Masc" in told else None
    return Noun(token.idx, gender, "Number=Plur" in told, token.dep_.startswith("nsubj"), key(token.text))
