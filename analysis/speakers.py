"""Who a word stands for when it speaks: a name in full, an actor of the catalogue, or the words as they are."""

import re
from bisect import bisect_right

from .actors import named
from .lexicon import closed_list
from .syntax import phrase

_SPEAKING_PRONOUNS = {
    "il",
    "elle",
    "ils",
    "elles",
    "-il",
    "-elle",
    "-t-il",
    "-t-elle",
    "-ils",
    "-elles",
    "-t'il",
    "qui",
    "lui",
}
_THING = re.compile(r"(?:tion|sion|ment|ité|ance|ence|isme|age|ure|orme|tie|esse|image|projet|nappe|bilan)$")
_OF_A_GROUP = {"on", "-on", "-t-on", "je", "j'", "nous", "-je", "ce", "c'", "vous", "tu"}


class Speakers:
    """The names of one document, by the place where they stand.

    Built once per document from spaCy's entities and the mentions of the catalogue's actors; a class because every
    speaker of the document is looked up in the same index.
    """

    def __init__(self, reading, doc_id, mentions):
        self.doc = reading.docs[doc_id]
        self.text = reading.texts[doc_id]
        entities = list(named(reading, doc_id))
        found = [(s, e, name, None) for s, e, name, _, _ in entities]
        found = [f for f in found if not any(m["start"] < f[1] and f[0] < m["end"] for m in mentions)]
        found += [(m["start"], m["end"], m["actor"], m["actor"]) for m in mentions if isinstance(m["actor"], str)]
        self.names = sorted(found)
        self._starts = [f[0] for f in self.names]
        people = {name for _, _, name, kind, _ in entities if kind == "person"}
        self.people = people | {m["actor"] for m in mentions if m["kind"] in {"short_name", "pronoun"} and m["actor"]}
        self.roles = self._roles()

    def at(self, token):
        """(name, actor) of the name or mention that holds a token, or None."""
        i = bisect_right(self._starts, token.idx) - 1
        if i >= 0 and self.names[i][0] <= token.idx < self.names[i][1]:
            return self.names[i][2:]
        return None

    def of(self, token, last=None):
        """(speaker, actor) of a token: its name, that of its apposition, of its antecedent, else its words.

        last: the (speaker, actor) who spoke before, for pronouns. (None, None) where a pronoun stays unresolved.
        """
        direct = self.at(token)
        if direct:
            return direct
        if token.lower_ in _OF_A_GROUP:
            return None, None
        if token.pos_ == "PRON" or token.lower_ in _SPEAKING_PRONOUNS:
            return self._before(token, last)
        for child in token.children:
            if (
                child.dep_ in {"appos", "flat:name", "flat", "nmod"}
                and not _has_case(child)
                and (name := self.at(child))
            ):
                return name
        start, end = phrase(token)
        inside = [
            n[2:]
            for n in self.names
            if start <= n[0] < end and n[2] in self.people and not _after_case(self.text, n[0])
        ]
        if inside:
            return inside[0]
        known = self.roles.get(token.lemma_.casefold(), set())
        if (
            len(known) == 1
            and token.pos_ == "NOUN"
            and any(c.lower_ in {"le", "la", "l'", "ce", "cet", "cette"} for c in token.children)
        ):
            return next(iter(known))
        return re.sub(r"\s+", " ", self.text[start:end]), None

    def _roles(self):
        """{noun: people it is said of} where a title stands beside a name ("l'universitaire belge X", "Y, maire de …")."""
        roles, titles = {}, closed_list("person_title")
        for start, end, name, actor in self.names:
            first, last = self._token_at(start), self._token_at(end - 1)
            if name not in self.people or first is None or last is None:
                continue
            near = [
                *self.doc[max(first.sent.start, first.i - 4) : first.i],
                *self.doc[last.i + 1 : min(last.sent.end, last.i + 5)],
            ]
            for noun in near:
                if noun.pos_ == "NOUN" and noun.lower_ in titles:
                    roles.setdefault(noun.lemma_.casefold(), set()).add((name, actor))
        return roles

    def named_beside(self, noun, verb):
        """The person named right beside a noun that speaks ("le président des États-Unis, Donald Trump, a …"), or None."""
        start, end = phrase(noun)
        limit = verb.idx if verb.i > noun.i else end + 60
        stop = re.search(r"[.;:«»“”\"!?]|,.*,.*,", self.text[end:limit])
        limit = end + stop.start() if stop else limit
        for at, _, name, actor in self.names:
            if start <= at < limit and name in self.people and not _after_case(self.text, at):
                return name, actor
        return None

    def nearest(self, token):
        """The last name before a token in its sentence that no preposition governs, or None."""
        start = token.sent.start_char
        before = [n for n in self.names if start <= n[0] < token.idx and not _after_case(self.text, n[0])]
        return before[-1][2:] if before else None

    def cannot_speak(self, noun):
        """Whether a noun is a thing or an idea that says nothing by itself ("cette réforme", "la sortie")."""
        word = noun.lemma_.casefold()
        return bool(_THING.search(word)) and word not in closed_list("source_noun") | closed_list("person_title")

    def _before(self, pronoun, last):
        """Whom il or elle stands for: who spoke last, else the person named as subject nearest before it."""
        near = [
            n
            for n in self.names[: bisect_right(self._starts, pronoun.idx)]
            if n[2] in self.people and pronoun.idx - n[0] < 600
        ]
        as_subject = [n for n in near if (token := self._token_at(n[0])) is not None and token.dep_.startswith("nsubj")]
        if as_subject:
            return as_subject[-1][2:]
        return last or (near[-1][2:] if near else (None, None))

    def _token_at(self, offset):
        span = self.doc.char_span(offset, offset + 1, alignment_mode="expand")
        return span[0] if span is not None and len(span) else None


def _has_case(token):
    return any(c.dep_ == "case" for c in token.children)


def _after_case(text, offset):
    return (
        re.search(r"(?:\b(?:de|du|des|à|au|avec|chez|pour)\s|d')(?:M\. |Mme )?$", text[max(0, offset - 12) : offset])
        is not None
    )
