"""Capitals: a name as a run of capitalised words, and what stands before it."""

import re
from dataclasses import dataclass

from ..reading.lexicon import Stretch, closed_list
from .catalogue import PARTICLES
from .listed import function_words

TITLES = {"m.": "m", "mm.": "m", "monsieur": "m", "mr": "m", "mr.": "m", "mme": "f", "mme.": "f", "mmes": "f", "madame": "f", "mlle": "f",
          "me": None, "dr": None, "pr": None, "mgr": "m", "maître": None, "docteur": None, "professeur": None, "lord": "m", "lady": "f"}  # fmt: skip
_LONGEST = 8  # words of a name


def run_of(doc, first):
    """(first, last) of the capitalised words, with particles between them, that stand from a token on; None if there are none."""
    last = None
    for token in doc[first : first + _LONGEST]:
        if token.i > first and token.is_sent_start and doc[token.i - 1].text not in {"M.", "J.", "C."}:
            break
        if (
            capital(token)
            and not is_common(token)
            and (
                token.is_alpha
                or "-" in token.text
                or "'" in token.text
                or re.fullmatch(r"[A-Z]\.(?:-?[A-Z]\.)*", token.text)
            )
        ):
            last = token.i
        elif last is not None and _is_glued(token, last):
            last = token.i  # "Ban Ki-moon"
        elif last is None or token.lower_ not in PARTICLES | {"'", "-"}:
            break
    return (first, last) if last is not None else None


def _is_glued(token, last):
    """Whether a word goes on with a hyphen where a name ends."""
    before = token.doc[token.i - 1]
    if last == token.i - 1:
        return token.text[0] == "-" and len(token) > 1 and not before.whitespace_
    return last == token.i - 2 and before.text == "-" and not before.whitespace_ and not token.doc[last].whitespace_


def is_common(token):
    """Whether a capitalised word is a pronoun, an article or another common word at a sentence's start, and no name."""
    return (
        token.lower_ in function_words()
        and token.lower_ not in PARTICLES
        or token.lower_ in TITLES
        or token.pos_ in {"PRON", "DET", "ADP", "CCONJ", "SCONJ"}
        and token.lower_ not in PARTICLES
    )


def is_of_several(token):
    """Whether a surname is that of a family ("les parents Lambert"), and of nobody in it."""
    return token.i > 0 and token.doc[token.i - 1].lower_ in closed_list("family_noun")


@dataclass(frozen=True)
class Name(Stretch):
    """A place where something is named: its tokens [first, last], and what the parser or a list takes it for.

    sure: whether a list or a title says so, and not the parser alone. listed: the list's own name for it. gender: f or m
    where a title or a list tells it.
    """

    type: str
    sure: bool = False
    listed: str | None = None
    gender: str | None = None

    @property
    def text(self):
        return re.sub(r"\s+", " ", self.doc[self.first : self.last + 1].text)


def capital(token):
    """Whether a word begins with a capital."""
    return token.text[:1].isupper()
