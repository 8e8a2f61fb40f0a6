"""Who a word stands for when it speaks: a name in full, an actor of the catalogue, or the words as they are."""

import re
from bisect import bisect_right

from ..reading.lexicon import closed_list, from_lexicons
from ..reading.syntax import agents, is_reduced, phrase
from .entities import named

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
    "celui-ci",
    "celle-ci",
    "ceux-ci",
    "celles-ci",
    "celui",
    "celle",
}
_THING = re.compile(r"(?:tion|sion|ment|ité|ance|ence|isme|age|ure|orme|tie|esse|image|projet|nappe|bilan)$")
_MISTER = {"m.": "Masc", "monsieur": "Masc", "mme": "Fem", "madame": "Fem", "mlle": "Fem"}
_ARTICLE = {"le": "Masc", "un": "Masc", "du": "Masc", "au": "Masc", "la": "Fem", "une": "Fem"}
_LATTER = {"dernier", "dernière"}
_HERS = {"dernière", "elle", "-elle", "-t-elle", "celle-ci", "celle"}
_HIS = {"dernier", "il", "-il", "-t-il", "-t'il", "celui-ci", "celui"}
_THE, _THIS = {"le", "la", "l'"}, {"ce", "cet", "cette"}
_OFFICES = {"chef de l'état": "président", "chef du gouvernement": "premier ministre", "premier ministre": "premier ministre",
            "première ministre": "premier ministre"}  # fmt: skip
_OF_A_GROUP = {"on", "-on", "-t-on", "je", "j'", "nous", "-je", "ce", "c'", "vous", "tu"}


class Speakers:
    """The names of one document, by the place where they stand.

    Built once per document from spaCy's entities and the mentions of the catalogue's actors; a class because every
    speaker of the document is looked up in the same index. genders: {actor: Fem or Masc}, as the catalogue says.
    """

    def __init__(self, article, mentions, genders=None):
        self.doc, self.text = article.doc, article.text
        entities = list(named(article))
        found = [(s, e, name, None) for s, e, name, _, _ in entities]
        found = [f for f in found if not any(m["start"] < f[1] and f[0] < m["end"] for m in mentions)]
        found += [(m["start"], m["end"], m["actor"], m["actor"]) for m in mentions if isinstance(m["actor"], str)]
        self.names = sorted(found)
        self._starts = [f[0] for f in self.names]
        people = {name for _, _, name, kind, _ in entities if kind == "person"}
        self.people = people | {m["actor"] for m in mentions if m["kind"] in {"short_name", "pronoun"} and m["actor"]}
        self.roles, told = self._roles()
        self.genders = told | (genders or {})

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
        if token.lower_ in _SPEAKING_PRONOUNS or token.lower_ in _LATTER and _has_determiner(token, _THIS):
            return self._before(token, last)
        writer = next((w for c in token.children if is_reduced(c) for w in agents(c)), None)
        if writer is not None and token.lemma_.casefold() in closed_list("source_noun"):
            return self.of(writer)
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
        known = self.roles.get(_role(token), set())
        if len(known) == 1 and token.pos_ == "NOUN" and _has_determiner(token, _THE | _THIS):
            return next(iter(known))
        return re.sub(r"\s+", " ", self.text[start:end]), None

    def _roles(self):
        """{noun: people it is said of} where a title stands beside a name ("l'universitaire belge X", "Y, maire de …"), and
        {person: gender} where titles and participles that agree with a name all say the same."""
        roles, genders, titles = {}, {}, closed_list("person_title")
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
                    roles.setdefault(_role(noun), set()).add((name, actor))
            genders.setdefault(name, set()).update(_gender_told(first, last))
        return roles, {name: next(iter(told)) for name, told in genders.items() if len(told) == 1}

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
        return bool(_THING.search(word)) and word not in _who_speaks()

    def can_speak(self, token):
        """Whether a token is a name, a pronoun for people, or a noun of the lists of those who speak."""
        named = bool(self.at(token)) or token.pos_ == "PRON"
        return named or not _who_speaks().isdisjoint({token.lemma_.casefold(), _role(token)})

    def _before(self, pronoun, last):
        """Whom il or elle stands for: who spoke last, else the person named as subject nearest before it."""
        other = "Masc" if pronoun.lower_ in _HERS else "Fem" if pronoun.lower_ in _HIS else "none"
        near = [
            n
            for n in self.names[: bisect_right(self._starts, pronoun.idx)]
            if n[2] in self.people and pronoun.idx - n[0] < 600 and self.genders.get(n[2]) != other
        ]
        last = None if last and self.genders.get(last[0]) == other else last
        if pronoun.lower_ in _LATTER and near:
            return near[-1][2:]
        as_subject = [n for n in near if self._is_subject(n[0])]
        known = [n for n in as_subject if self.genders.get(n[2]) and other != "none"]
        if as_subject:
            return (known or as_subject)[-1][2:]
        return last or (near[-1][2:] if near else (None, None))

    def _is_subject(self, offset):
        token = self._token_at(offset)
        token = token.head if token is not None and token.dep_.startswith("flat") else token
        return token is not None and token.dep_.startswith("nsubj")

    def _token_at(self, offset):
        span = self.doc.char_span(offset, offset + 1, alignment_mode="expand")
        return span[0] if span is not None and len(span) else None


@from_lexicons("functions")
def _who_speaks():
    """The nouns of those who speak: sources and titles."""
    return closed_list("source_noun") | closed_list("person_title")


def _role(noun):
    """A noun that says what somebody is, by one word for each office: "chef de l'État" is "président"."""
    words = noun.doc[noun.i : noun.i + 4].text.casefold()
    return next((office for said, office in _OFFICES.items() if words.startswith(said)), noun.lemma_.casefold())


def _gender_told(first, last):
    """Genders of the titles right before a name, and of the participle that agrees with it as its subject."""
    before = [t for t in first.doc[max(first.sent.start, first.i - 3) : first.i] if t.pos_ in {"NOUN", "DET"}]
    told = [_MISTER[t.lower_] for t in first.doc[max(0, first.i - 1) : first.i] if t.lower_ in _MISTER]
    beside = not _has_case(first)  # else the title is somebody else's: "le frère de Jeanne Morel"
    told += [g for t in before[-1:] if beside and t.lower_ in closed_list("person_title") for g in _determined(t)]
    verb = next((t.head for t in (first, last) if t.dep_.startswith("nsubj")), None)
    if verb is not None and any(c.dep_.startswith("aux") and c.lemma_ == "être" for c in verb.children):
        told += ["Fem"] if re.search(r"ée$|ie$|ue$|ite$|ise$", verb.lower_) else []
    return told


def _determined(noun):
    """The gender that a noun's article tells: "la ministre" is a woman."""
    return [_ARTICLE[c.lower_] for c in noun.children if c.lower_ in _ARTICLE]


def _has_determiner(token, words):
    return any(c.lower_ in words for c in token.children)


def _has_case(token):
    return any(c.dep_ == "case" for c in token.children)


def _after_case(text, offset):
    return (
        re.search(r"(?:\b(?:de|du|des|à|au|avec|chez|pour)\s|d')(?:M\. |Mme )?$", text[max(0, offset - 12) : offset])
        is not None
    )
