"""Pronouns that may stand for somebody named: il, elle, ils of a body, celui-ci, lui; not the impersonal "il", no clitics."""

import re
from dataclasses import dataclass

_SUBJECTS = {"il": "m", "elle": "f", "ils": "m", "elles": "f"}
_STRESSED = {"lui": "m", "elle": "f", "eux": "m", "elles": "f"}
_THESE = {"celui-ci": "m", "celle-ci": "f", "ceux-ci": "m", "celles-ci": "f"}
_PRONOUN = re.compile(r"-?(?:t[-'])?(ils?|elles?)$")
_IMPERSONAL = {"falloir", "suffire", "pleuvoir", "neiger", "convenir", "importer", "avérer", "agir"}
_SEEMING = {"sembler", "paraître", "arriver", "exister", "rester", "manquer", "apparaître", "survenir", "advenir"}


@dataclass(frozen=True)
class Reference:
    """A noun phrase or pronoun that may stand for somebody named.

    noun: its entry in the list of roles, None of a pronoun. type: person, organisation, or None where it may be either.
    determiner: the, this, its or none. complement: key of what follows the noun ("de la Justice" → "justice"). latter: "ce
    dernier", "celui-ci". by_form: whether the noun's own form tells its gender ("préfet", not "ministre"). doubtful: an "il"
    that the parser takes for nobody's.
    """

    start: int
    end: int
    head: object
    kind: str
    gender: str | None
    plural: bool
    noun: str | None = None
    type: str | None = None
    field: str | None = None
    fits: frozenset = frozenset()
    rank: int = 2
    determiner: str = "none"
    complement: str = ""
    latter: bool = False
    doubtful: bool = False
    by_form: bool = False


def pronoun(token):
    """The :class:`Reference` that a token is as a pronoun; None of one that stands for nobody, and of any other word."""
    word = token.lower_
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    this = word if word.endswith("-ci") else word + "-ci" if after is not None and after.lower_ == "-ci" else None
    if this in _THESE:
        end = token.idx + len(token) if word == this else after.idx + len(after)
        return Reference(token.idx, end, token, "pronoun", _THESE[this], this in {"ceux-ci", "celles-ci"}, latter=True)
    subject = _PRONOUN.match(word)
    if subject and token.pos_ in {"PRON", "ADV", "PROPN", "NOUN", "VERB", "X"} and not _stands_after_case(token):
        if _is_impersonal(token):
            return None
        end = token.idx + len(token)
        return Reference(
            end - len(subject[1]),
            end,
            token,
            "pronoun",
            _SUBJECTS[subject[1]],
            subject[1].endswith("s"),
            doubtful=token.dep_.startswith("expl"),
        )
    if (
        word in _STRESSED
        and token.pos_ == "PRON"
        and (
            _stands_after_case(token)
            or _is_parenthetic(token)
            or word == "lui"
            and (token.is_sent_start or after is not None and after.lower_ in {"qui", "aussi", "?"})
        )
    ):
        return Reference(token.idx, token.idx + len(token), token, "pronoun", _STRESSED[word], word in {"eux", "elles"})
    return None


def _stands_after_case(token):
    before = token.doc[token.i - 1] if token.i > token.sent.start else None
    return before is not None and before.pos_ == "ADP" and before.lower_ not in {"voici", "voilà"}


def _is_parenthetic(token):
    """Whether a pronoun stands between commas, for the name before it ("Mme Gagnon, elle, parle")."""
    doc, i = token.doc, token.i
    return (
        token.sent.start < i < token.sent.end - 1
        and doc[i - 1].text in {",", "-"}
        and doc[i + 1].text in {",", "-"}
        or i > 0
        and doc[i - 1].lower_ == "quant à"
    )


def _is_impersonal(token):
    """Whether an "il" stands for nobody: "il faut", "il y a", "il s'agit de", "il est clair que"."""
    if token.lower_.lstrip("-t'") != "il":
        return False
    verb = token.head
    children, near = list(verb.children), {t.lower_ for t in token.doc[token.i + 1 : token.i + 4]}
    lemma, expletive = verb.lemma_.casefold(), token.dep_.startswith("expl")
    if lemma in _IMPERSONAL or "faut" in near or "y" in near and near & {"a", "avait", "aura", "aurait", "ait"}:
        return True
    if lemma in _SEEMING and expletive and not any(c.dep_ == "xcomp" for c in children):
        return True
    que = any(c.dep_ in {"ccomp", "csubj", "advcl", "xcomp"} and c.i > verb.i for c in children)
    predicate = any(c.dep_ == "cop" for c in children) or any(c.dep_ == "aux:pass" for c in children)
    return expletive and predicate and que and not token.lower_.startswith("-")
