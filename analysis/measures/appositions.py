"""Appositions: what an article says that somebody is, right beside the name ("l'attaquant Paul Ferrec", "Claire Vimont, sa porte-parole")."""

from dataclasses import dataclass

from ..reading.syntax import is_verb
from .capitals import TITLES, capital
from .references import complement_of, determined, is_people, role_at

_BETWEEN = {",", "(", "-", "–", "—"}
_FREE = {"ancien", "ancienne", "ex", "le", "la", "l'", "les", "un", "une", "son", "sa", "leur", "actuel", "actuelle", "futur", "future", "autre", "premier",
         "première", "jeune", "du", "au", "nouveau", "nouvelle", "célèbre", "président", "lui-même", "également", "aussi", "alors", "ans", "d'", "ex-"}  # fmt: skip

_CLITICS = {"se", "s'", "ne", "n'", "le", "la", "l'", "les", "lui", "leur", "y", "en", "me", "m'", "nous", "vous"}


@dataclass(frozen=True)
class Told:
    """A role said of a mention: the noun's entry, its row of the list, its complement, its place, and the gender it tells."""

    mention: object
    row: dict
    complement: str
    start: int
    end: int
    gender: str | None

    @property
    def noun(self):
        return self.row["noun"]

    @property
    def of(self):
        """All that follows the noun: what its entry holds, and its complement."""
        return f"{self.row['of']} {self.complement}".strip()


def told_roles(doc, mentions):
    """The :class:`Told` of each role that stands right beside a name, before or after it, or is said of it with "être"."""
    made, starts = [], {m.start for m in mentions if m.entity is not None}
    for mention in mentions:
        if (
            mention.entity is not None
            and mention.kind in {"name", "short_name"}
            and mention.entity.type in {"person", "organisation"}
        ):
            made += [
                t for t in (_before(doc, mention), _after(doc, mention, starts), _said(doc, mention)) if t is not None
            ]
    return made


def _first(doc, mention):
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return span.start, span.end - 1


def _before(doc, mention):
    """The role right before a name: nothing between its noun phrase and the name but a comma or a title."""
    first, _ = _first(doc, mention)
    i = first - 1
    while i >= 0 and (doc[i].lower_ in TITLES or doc[i].text in {",", "«", '"'}) and not doc[i + 1].is_sent_start:
        i -= 1
    if i < 0 or doc[i + 1].is_sent_start and doc[i].text == ".":
        return None
    if i > 1 and capital(doc[i]) and is_people(doc[i].text) and doc[i - 1].lower_ in {"le", "la", "l'"}:
        i -= 3 if doc[i - 2].text == "," else 0  # "la championne, l'Italienne Carla Priaro"
    comma = any(t.text == "," for t in doc[i + 1 : first])
    for start in range(i, max(doc[first].sent.start - 1, i - 9), -1):
        token = doc[start]
        if is_verb(token) and token.pos_ != "AUX" or token.text in {",", ".", ":", ";", "»"}:
            return None
        found = role_at(doc, start)
        if found is None:
            continue
        last, row, gender, plural = found
        if plural and not mention.entity.plural:
            return None
        end, complement = complement_of(doc, last)
        if last < i and not _reaches(doc, last, i):
            return None
        if last == i:
            end, complement = doc[last].idx + len(doc[last]), ""
        twofold = start > 1 and doc[start - 1].text == "-" and role_at(doc, start - 2) is not None
        at, determiner, told = determined(doc[start - 2] if twofold else token)  # "le journaliste-économiste"
        if comma and determiner is None and start != doc[first].sent.start:
            continue  # "X, président, Y": an enumeration
        if row["type"] != mention.entity.type:
            continue
        return Told(mention, row, complement, doc[at].idx, end, gender or told)
    return None


def _reaches(doc, last, i):
    """Whether all between a role and the name is its complement ("le ministre de la Justice Bernard Olivot")."""
    words = doc[last + 1 : i + 1]
    if (
        not len(words)
        or words[0].pos_ not in {"ADP", "ADJ", "NOUN", "PROPN", "DET", "NUM"}
        and words[0].text[0] != "-"
        or doc[i].pos_ in {"ADP", "DET", "CCONJ"}
    ):
        return False
    return all(
        t.pos_ in {"ADP", "DET", "NOUN", "PROPN", "ADJ", "CCONJ", "NUM", "X"} or t.text in {"-", "'"} for t in words
    )


def _after(doc, mention, starts):
    """The role that follows a name after a comma or bracket ("Bernard Olivot, ministre de la Justice")."""
    _, last = _first(doc, mention)
    if last + 2 >= len(doc) or doc[last + 1].text not in _BETWEEN:
        return None
    for i in range(last + 2, min(len(doc), last + 9)):
        token = doc[i]
        if (
            token.is_sent_start
            or token.idx in starts
            or token.text in {".", ";", ":", ")", "«", '"'}
            or is_verb(token)
            and token.pos_ == "VERB"
            and "Part" not in token.morph.get("VerbForm")
        ):
            return None
        found = role_at(doc, i)
        if found is None:
            if (
                token.lower_ in _FREE
                or token.like_num
                or token.text in {",", "-"}
                or token.pos_ in {"ADJ", "ADV", "NUM", "DET"}
            ):
                continue
            return None
        final, row, gender, plural = found
        if plural and not mention.entity.plural or row["type"] != mention.entity.type:
            return None
        end, complement = complement_of(doc, final)
        at, determiner, told = determined(token)
        stop = next((t for t in doc[final + 1 :] if t.idx >= end and t.lower_ not in _CLITICS), None)
        goes_on = stop is not None and (is_verb(stop) or token.dep_.startswith("nsubj") and stop.text not in {",", ")"})
        if goes_on and determiner is not None and doc[last + 1].text == ",":
            return None  # "selon Paul Roy, le maire a …": the subject of what follows
        return Told(mention, row, complement, doc[at].idx, end, gender or told)
    return None


def _said(doc, mention):
    """The role that is said of a name with "être" ("Paul Roy est le maire de Brives")."""
    head = mention.head
    if not head.dep_.startswith("nsubj"):
        return None
    noun = head.head
    if (
        noun.pos_ in {"NOUN", "PROPN"}
        and any(c.dep_ == "cop" for c in noun.children)
        and (found := role_at(doc, noun.i)) is not None
    ):
        last, row, gender, plural = found
        if row["type"] == mention.entity.type and not plural:
            return Told(mention, row, complement_of(doc, last)[1], noun.idx, noun.idx + len(noun), gender)
    return None
