"""Who a word stands for when it speaks: somebody whom the article names, or the words as they are.

Whom a name, a role or a pronoun means is told by :mod:`.entities`; here that is only looked up, and what can't speak is kept out.
"""

import re
from bisect import bisect_right

from ..reading.lexicon import closed_list, from_lexicons
from ..reading.syntax import agents, governing, is_reduced, phrase
from .references import description, role_at

_SPEAKING_PRONOUNS = {
    *("il", "elle", "ils", "elles", "-il", "-elle", "-t-il", "-t-elle", "-ils", "-elles", "-t'il", "qui", "lui", "celui-ci"),
    *("celle-ci", "ceux-ci", "celles-ci", "celui", "celle", "dernier", "dernière"),
}  # fmt: skip
_THING = re.compile(r"(?:tion|sion|ment|ité|ance|ence|isme|age|ure|orme|tie|esse|image|projet|nappe|bilan)$")
_OF_A_GROUP = {
    *("on", "-on", "-t-on", "je", "j'", "nous", "-je", "ce", "c'", "vous", "tu", "tout", "cela", "ça", "ceci", "rien"),
}  # fmt: skip
_HERS = {"dernière", "elle", "-elle", "-t-elle", "celle-ci", "celle"}
_HIS = {"dernier", "il", "-il", "-t-il", "-t'il", "celui-ci", "celui"}


class Speakers:
    """The people and organisations of one document, by the place where they are meant.

    Built once per document from the rows of `mentions`, `entities` and `roles`; a class because every speaker of the document
    is looked up in the same index.
    """

    def __init__(self, article, mentions, entities, roles=()):
        self.doc, self.text = article.doc, article.text
        known = {e["entity_id"]: e for e in entities}
        self.genders = {(e["name"], e["actor"]): e["gender"] for e in entities}
        self.people = {(e["name"], e["actor"]) for e in entities if e["type"] == "person"}
        places = [(m, m["kind"]) for m in mentions if m["entity_id"] is not None] + [(r, "role") for r in roles]
        self.places = sorted(
            (m["start"], m["end"], (known[m["entity_id"]]["name"], m["actor"]), kind) for m, kind in places
        )
        self.names = [p for p in self.places if p[3] in {"name", "short_name"}]
        self._starts = [p[0] for p in self.places]

    def at(self, token):
        """(name, actor) of the innermost name, role or pronoun that holds a token, or None."""
        i = bisect_right(self._starts, token.idx)
        holding = [p for p in self.places[max(0, i - 6) : i] if p[0] <= token.idx + len(token) - 1 < p[1]]
        return min(holding, key=lambda p: p[1] - p[0])[2] if holding else None

    def of(self, token, last=None):
        """(speaker, actor) of a token: whom it means, whom its apposition means, else its words.

        last: the (speaker, actor) who spoke before, for pronouns that are open. (None, None) where nobody can be told.
        """
        if token.pos_ == "DET" and token.head.pos_ in {"NOUN", "PROPN"}:
            token = token.head
        if self._means_unnamed(token, last):
            return last
        direct = self.at(token) or self._at_inverted(token)
        if direct:
            return direct
        if token.is_quote or token.text in {"-", "–", "—"}:
            return None, None
        if token.lower_ in _OF_A_GROUP:
            return None, None
        if token.lower_ in _SPEAKING_PRONOUNS:
            return self._last_subject(token) or (last if last and self._agrees(token, last) else (None, None))
        writer = next((w for c in token.children if is_reduced(c) for w in agents(c)), None)
        if writer is not None and token.lemma_.casefold() in closed_list("source_noun"):
            return self.of(writer)
        for child in token.children:
            beside = child.dep_ in {"appos", "flat:name", "flat", "nmod"} and not _has_case(child)
            if beside and (name := self.at(child)):
                return name
        start, end = phrase(token)
        inside = [
            n[2] for n in self.names if start <= n[0] < end and n[2] in self.people and not _after_case(self.text, n[0])
        ]
        if inside:
            return inside[0]
        if (meant := self._by_focus(token)) is not None:
            return meant
        return re.sub(r"\s+", " ", self.text[start:end]), None

    def _means_unnamed(self, pronoun, last):
        """Whether a pronoun goes on with somebody whom nothing names ("un conseiller"): who spoke right before it, and nobody since."""
        if not last or last in self.genders or pronoun.lower_ not in _HERS | _HIS or not isinstance(last[0], str):
            return False
        at = self.text.rfind(last[0], max(0, pronoun.idx - 300), pronoun.idx)
        same = at >= 0 and "\n" not in self.text[at : pronoun.idx] and not self.people_between(at, pronoun.idx)
        return same and self._agrees(pronoun, last)

    def _by_focus(self, noun):
        """Whom a person's role that stayed open means where the paragraph is about one person only; None elsewhere."""
        found = description(noun)
        if found is None or found.type != "person" or found.plural or found.determiner == "its" or found.rank > 3:
            return None
        who = self.focus(noun.sent.start_char)
        return who if who and found.gender in {None, self.genders.get(who) or found.gender} else None

    def _at_inverted(self, token):
        """Whom the pronoun of "-t-il" means, whose mention begins after the hyphens."""
        return (
            next((p[2] for p in self.places if token.idx < p[0] < token.idx + len(token)), None)
            if token.text[:1] == "-"
            else None
        )

    def _last_subject(self, pronoun):
        """The person of its gender who was subject last before a pronoun that is open, in its paragraph; None where two are close."""
        start = self.text.rfind("\n", 0, pronoun.idx) + 1
        near = [
            p
            for p in self.places
            if max(start, pronoun.idx - 600) <= p[0] < pronoun.idx and p[2] in self.people and p[3] != "role"
        ]
        near = [p for p in near if self._agrees(pronoun, p[2]) and self._is_subject(p[0])]
        return near[-1][2] if near else None

    def _is_subject(self, offset):
        span = self.doc.char_span(offset, offset + 1, alignment_mode="expand")
        if span is None or not len(span):
            return False
        token = governing(span[0])
        presented = token.head.lemma_.casefold() == "appeler" or any(c.dep_ == "cop" for c in token.children)
        return token.dep_.startswith("nsubj") or token.dep_ == "ROOT" or presented  # "Le géomètre, c'est Paul Roy."

    def focus(self, offset):
        """Whom the paragraph is about before a place where somebody speaks and nothing says who: the only person of its last
        two sentences, named or meant there as a subject; None where there are two, or none."""
        start = self.text.rfind("\n", 0, offset) + 1
        sentences = [s for s in self.doc.sents if start <= s.start_char and s.end_char <= offset + 1][-2:]
        if not sentences:
            return None
        here = [p for p in self.places if sentences[0].start_char <= p[0] < offset and p[2] in self.people]
        return (
            here[-1][2]
            if here and len({p[2] for p in here}) == 1 and any(self._is_subject(p[0]) for p in here)
            else None
        )

    def _agrees(self, pronoun, last):
        wanted = "f" if pronoun.lower_ in _HERS else "m" if pronoun.lower_ in _HIS else None
        if last in self.genders:
            return not wanted or self.genders[last] in {None, wanted}
        article = str(last[0]).partition(" ")[0].lower()
        return bool(wanted) and {"un": "m", "le": "m", "une": "f", "la": "f"}.get(article, wanted) == wanted

    def named_beside(self, noun, verb):
        """The person named right beside a noun that speaks ("le président des États-Unis, Donald Trump, a …"), or None."""
        start, end = phrase(noun)
        limit = verb.idx if verb.i > noun.i else end + 60
        stop = re.search(r"[.;:«»“”\"!?]|,.*,.*,", self.text[end:limit])
        limit = end + stop.start() if stop else limit
        for at, _, who, _ in self.names:
            if start <= at < limit and who in self.people and not _after_case(self.text, at):
                return who
        return None

    def nearest(self, token):
        """The last name before a token in its sentence that no preposition governs, or None."""
        start = token.sent.start_char
        before = [n for n in self.names if start <= n[0] < token.idx and not _after_case(self.text, n[0])]
        return before[-1][2] if before else None

    def cannot_speak(self, noun):
        """Whether a noun is a thing or an idea that says nothing by itself ("cette réforme", "la sortie")."""
        word = noun.lemma_.casefold()
        return bool(_THING.search(word)) and word not in _who_speaks() and role_at(noun.doc, noun.i) is None

    def people_between(self, start, end, *, subjects=False):
        """The people who are named or meant between two characters; subjects: only those who are subjects there."""
        there = [p for p in self.places if start <= p[0] < end and p[2] in self.people and p[3] != "role"]
        return {p[2] for p in there if not subjects or self._is_subject(p[0])}

    def names_a_person(self, token):
        """Whether a token stands in a person's name."""
        return self.at(token) in self.people and any(n[0] <= token.idx < n[1] for n in self.names)

    def can_speak(self, token):
        """Whether a token is a name, a pronoun for people, or a noun of the lists of those who speak."""
        if self.at(token) or token.pos_ == "PRON":
            return True
        return (
            token.lemma_.casefold() in _who_speaks() or token.pos_ == "NOUN" and role_at(token.doc, token.i) is not None
        )


@from_lexicons("functions")
def _who_speaks():
    """The nouns of those who speak: sources and titles."""
    return closed_list("source_noun") | closed_list("person_title")


def _has_case(token):
    return any(c.dep_ == "case" for c in token.children)


def _after_case(text, offset):
    return (
        re.search(r"(?:\b(?:de|du|des|à|au|avec|chez|pour)\s|d')(?:M\. |Mme )?$", text[max(0, offset - 12) : offset])
        is not None
    )
