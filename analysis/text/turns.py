"""How a text is parted by its genre: turns of an interview or a transcript, times of a live blog, the opening of a dispatch or a letter.

Only typography and a few fixed words are looked at, so that the importers and the measures mean the same by each.
"""

import re
from collections import Counter
from typing import NamedTuple

from .typography import analysis_copy

_NAME = r"[A-ZÀ-ÝŒ][\w'.-]*(?: (?:d[eu]s? |l[ae] |d')?[A-ZÀ-ÝŒ0-9][\w'.-]*){0,4}(?: \([^()\n]{2,60}\))?"
_OFFICE = r"(?:M\.|Mme|Monsieur|Madame) l(?:e |a |')[a-zà-ÿ][\w'-]+(?: [a-zà-ÿ]{1,3}(?: |')[\w'-]+)?"
_LABEL = re.compile(rf"[*_]{{0,3}}(?:[-–—] ?)?({_OFFICE}|{_NAME}|[QR])[*_]{{0,3}} ?(?:[.:]|\s[–—-])[*_]{{0,3}}\s+(?=\S)")
_ASKS, _ANSWERS = {"Q", "Question"}, {"R", "Réponse", "Rép"}
_FIRST_PERSON = re.compile(r"\b(?:je|j'|m'|mon|ma|mes|moi|nous|notre|nos)\b", re.I)
_SPOKEN = re.compile(r"\b(?:je|j'|nous|vous|votre|vos|merci|monsieur|madame)\b", re.I)
_QUESTIONS, _LONGEST, _SHARE = 3, 320, 0.6  # from so many; characters of one; share of answers that speak in the first person
_TURNS, _TALK = 4, 0.4  # turns from which on a text without questions is a transcript; share of them in which somebody is addressed
_TIME = re.compile(r"[*_]{0,3}(?:[-–—•] ?)?(?:[Àà] )?([01]?\d|2[0-4]) ?(?:[hH](?!\w)|[hH] ?([0-5]\d)|:([0-5]\d))(?: ?min)?\b\.?[*_]{0,3}(?: ?[-–—:.|] ?|\n|\s+(?=[A-ZÀ-ÝŒ«“]))")
_ENTRIES, _ENTRY, _ROUND = 3, 60, 5  # from so many entries, of so many characters in the middle one, or at minutes that no programme has


class Turn(NamedTuple):
    """A paragraph that somebody says: where, by what label (None without one), and whether its speaker is the one who asks."""

    start: int
    end: int
    label: str | None
    asks: bool


def _lines(text):
    return [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]


def labelled(text):
    """The turns of a text whose paragraphs begin with labels that recur ("Marie Lantier : …", "Q. / R."); a paragraph without a
    label goes on with the turn before it. Empty where fewer than two labels recur."""
    text = analysis_copy(text)
    marks = [(_LABEL.match(text, start, end), start, end) for start, end in _from_the_first(text)]
    found = [(m, end) for m, _, end in marks if m]
    often = Counter(m[1] for m, _ in found)
    asking = Counter(m[1] for m, end in found if _is_question(text[m.end() : end]))
    told = {label for label, n in often.items() if n > 1}
    if len(told) < 2:
        return []
    made, label = [], None
    for mark, start, end in marks:
        if mark and mark[1] in told:
            label, start = mark[1], mark.end()
        if label is not None:
            asks = label in _ASKS or label not in _ANSWERS and asking[label] > often[label] / 2
            made.append(Turn(start, end, label, asks))
    return made


def _from_the_first(text):
    """The paragraphs, with the first one where that is a turn: a transcript may lack a title."""
    every = _lines(text)
    labels = [m[1] for start, end in every if (m := _LABEL.match(text, start, end))]
    return every if every and _LABEL.match(text, *every[0]) and labels.count(labels[0]) > 1 else every[1:]


def answers(text):
    """The turns that answer bare questions: paragraphs that ask, each followed by one, mostly in the first person. Else empty."""
    text = analysis_copy(text)
    parts = _lines(text)[1:]  # without the title
    questions = [
        i for i, (start, end) in enumerate(parts)
        if _is_question(text[start:end]) and end - start <= _LONGEST and text[start] not in "«“\"" and not _FIRST_PERSON.search(text, start, end)
    ]  # fmt: skip
    if len(questions) < _QUESTIONS:
        return []
    replies = [i for q, after in zip(questions, [*questions[1:], len(parts)]) for i in range(q + 1, after)]
    first = [i for q in questions if (i := q + 1) in replies]
    marked = sum(text[parts[i][0]] in "«“\"" for i in first)
    personal = sum(bool(_FIRST_PERSON.search(text, *parts[i])) for i in first)
    if len(first) < _QUESTIONS or marked or personal < _SHARE * len(first):
        return []
    return [Turn(*parts[i], None, False) for i in replies]


def _is_question(text):
    return text.rstrip("*_ »”\u00a0\u202f").endswith("?")


def names_nobody(label):
    """Whether a label only says that somebody asks or answers ("R."), and not who."""
    return label in _ASKS | _ANSWERS


def is_transcript(text, turns):
    """Whether labelled turns without an asker are somebody's speech: they are many, fill the text, and people are addressed in them."""
    text = analysis_copy(text)
    spoken = sum(bool(_SPOKEN.search(text, t.start, t.end)) for t in turns)
    filled = sum(t.end - t.start for t in turns) > len(text) / 2
    return len(turns) >= _TURNS and filled and spoken >= _TALK * len(turns)


def times(text):
    """(start, hour, minute) of each entry of a live blog: paragraphs that begin with a time ("19h12 – …"), from three on, that tell
    something or come at odd minutes: a television programme or an agenda is none."""
    text = analysis_copy(text)
    found = [(start, int(m[1]) % 24, int(m[2] or m[3] or 0)) for start, _ in _lines(text) if (m := _TIME.match(text, start))]
    if len(found) < _ENTRIES:
        return []
    lengths = sorted(after[0] - one[0] for one, after in zip(found, [*found[1:], (len(text), 0, 0)]))
    return found if lengths[len(lengths) // 2] >= _ENTRY or any(minute % _ROUND for _, _, minute in found) else []
