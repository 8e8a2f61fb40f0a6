"""How a text is parted by its genre: turns of an interview or a transcript, times of a live blog.

Only typography and a few fixed words are looked at, so that the importers, the reading and the measures mean the same by each.
"""

import re
from collections import Counter
from typing import NamedTuple

from .typography import analysis_copy

_WORDS = r"[A-ZÀ-ÝŒ][\w'.-]+(?: (?:d[eu]s? |l[ae] |d')?[A-ZÀ-ÝŒ0-9][\w'.-]*){0,4}(?: d[eu]s? (?:la )?[a-zà-ÿ]{3,12})?(?: \([^()\n]{2,60}\))?"
_OFFICE = r"(?:M\.|Mme|Monsieur|Madame) l(?:e |a |')[a-zà-ÿ][\w'-]+(?: [a-zà-ÿ]{1,3}(?: |')[\w'-]+)?"
_TITLED = rf"(?:M\.|Mme|MM\.|Mmes) {_WORDS}(?:, [a-zà-ÿ][^.:\n–—]{{2,80}})?"
_NAME = rf"{_TITLED}|(?:\d{{1,3}} )?(?!(?:M|Mme|MM|Mmes)\b){_WORDS}(?:, [a-zà-ÿ][^.:?!\n–—]{{2,60}}(?= :))?|[a-zà-ÿ][\w.-]{{3,20}}(?= :)"
_LABEL = re.compile(rf"[*_]{{0,3}}(?:[-–—] ?)?({_OFFICE}|{_NAME}|[QR])[*_]{{0,3}} ?(?:[.:](?: ?[–—-])?|\s[–—-])[*_]{{0,3}}\s+(?=\S)")
_ALONE = re.compile(r"[A-ZÀ-ÝŒ][A-ZÀ-ÝŒ'.-]*(?: [A-ZÀ-ÝŒ][A-ZÀ-ÝŒ'.-]*){1,4}\s*")
_ASKS, _ANSWERS = {"Q", "Question"}, {"R", "Réponse", "Rép"}
_FIRST_PERSON = re.compile(r"\b(?:je|j'|m'|mon|ma|mes|moi|nous|notre|nos)\b", re.I)
_OWN_PERSON = re.compile(r"\b(?:je|j'|m'|mon|ma|mes|moi)\b", re.I)
_SPOKEN = re.compile(r"\b(?:je|j'|nous|vous|votre|vos|merci|monsieur|madame)\b", re.I)
_ENDS = re.compile(r"[*_]*(?:propos recueillis|interview réalisée|entretien réalisé|recueilli par)\b", re.I)
_QUESTIONS, _LONGEST, _SHARE = 3, 320, 0.6  # from so many; characters of one; share of answers that speak in the first person
_TURNS, _TALK = 4, 0.4  # turns from which on a text without questions is a transcript; share of them in which somebody is addressed
_OUTLET = re.compile(r"(?:L[ea]s? |L'|\d|[a-zà-ÿ])")  # how the label of an outlet begins, and a person's does not
_MARKS, _DASHES = "«“\"", "-–—"
_SUBHEAD = 60  # characters of a line without a stop that is nobody's words
_TIME = re.compile(
    r"[#*_ ]{0,4}(?:[-–—•] ?)?(?:[A-Za-z]+di,? |[Dd]imanche,? )?(?:[Àà] )?[\[(]?([01]?\d|2[0-4]) ?(?:[hH](?!\w)|[hH] ?([0-5]\d)|:([0-5]\d))"
    r"(?: ?min)?\b\.?[\])]?[*_]{0,3}(?: ?[-–—:.|>,·] ?|\n|\s+(?=[A-ZÀ-ÝŒ«“]))",
)
_ENTRIES, _ENTRY, _LONG, _ROUND = 3, 60, 150, 5  # from so many entries, of so many characters in the middle one at odd minutes, or of so many


class Turn(NamedTuple):
    """A paragraph that somebody says: where, by what label (None without one), and whether its speaker is the one who asks."""

    start: int
    end: int
    label: str | None
    asks: bool


def labelled(text):
    """The turns of a text whose paragraphs begin with labels that recur ("Marie Lantier : …", "Q. / R."); a paragraph without a
    label goes on with the turn before it. Empty where fewer than two labels recur."""
    text = analysis_copy(text)
    parts = [(*_label(text, start, end), end) for start, end in _from_the_first(text)]
    often = Counter(label for label, _, _ in parts if label)
    told = {label for label, n in often.items() if n > 1}
    if len(told) < 2:
        return []
    asking = _askers([(label, _is_question(said)) for label, said in _with_what_follows(text, parts) if label in told])
    made, whose = [], None
    for label, start, end in parts:
        if label in told:
            whose = label
        elif whose is None or _ENDS.match(text, start):
            whose = None
            continue
        if start == end or label not in told and _is_nobodys(text[start:end]):
            continue
        made.append(Turn(start, end, whose, whose in asking or label not in told and _is_bare_question(text, start, end)))
    return made


def _label(text, start, end):
    """(label or None, where its words begin) of a paragraph; a line that is nothing but a name in capitals is the label of what follows."""
    if _ALONE.fullmatch(text, start, end):
        return text[start:end].strip(), end
    mark = _LABEL.match(text, start, end)
    return (mark[1], mark.end()) if mark else (None, start)


def _with_what_follows(text, parts):
    """(label, its words) of each labelled paragraph; of a label alone on its line those of the next one."""
    for (label, start, end), after in zip(parts, [*parts[1:], (None, 0, 0)]):
        if label:
            yield label, text[start:end] if start < end else text[after[1] : after[2]]


def _askers(turns):
    """The labels that ask: most of whose turns end with a question mark; of two that both do (or neither), whose share is larger, or who begins."""
    often, questions = Counter(label for label, _ in turns), Counter(label for label, asks in turns if asks)
    share = {label: questions[label] / n for label, n in often.items()}
    asking = {label for label in often if label in _ASKS or label not in _ANSWERS and share[label] > 0.5}
    outlets = [label for label in often if _OUTLET.match(label)]
    if len(often) == 2 and len(outlets) == 1 and (questions[outlets[0]] or turns[0][0] == outlets[0] and questions):
        return set(outlets)
    if len(often) == 2 and questions and not _ASKS & set(often):
        (one, other), first = sorted(often, key=share.get, reverse=True), turns[0][0]
        return {first} if share[one] - share[other] < 0.34 and share[first] > 0 else {one} if one in asking else set()
    return asking


def _from_the_first(text):
    """The paragraphs, with the first one where that is a turn: a transcript may lack a title."""
    every = _lines(text)
    labels = [label for start, end in every if (label := _label(text, start, end)[0])]
    label, start = _label(text, *every[0]) if every else (None, 0)
    headline = text[start : start + 1] in _MARKS  # "Paul Roy : « Je pars sans regret »"
    return every if label and labels.count(label) > 1 and not headline else every[1:]


def answers(text, *, in_marks=False):
    """The turns that answer bare questions: paragraphs that ask, each followed by one that speaks in the first person, bears a label, or
    begins with a dash as the question does. Else empty. in_marks: also where the answers stand in quotation marks."""
    text = analysis_copy(text)
    parts = _lines(text)[1:]  # without the title
    questions = [i for i, (start, end) in enumerate(parts) if text[start] not in _MARKS and _is_bare_question(text, start, end)]
    first = [q + 1 for q, after in zip(questions, [*questions[1:], len(parts)]) if q + 1 < after]
    if len(questions) < _QUESTIONS or len(first) < _QUESTIONS:
        return []
    marked = sum(text[parts[i][0]] in _MARKS for i in first)
    personal = sum(bool(_OWN_PERSON.search(text, *parts[i]) or _label(text, *parts[i])[0]) for i in first)
    dashes = all(text[parts[i][0]] in _DASHES for i in [*first, *(i - 1 for i in first)])
    if marked and not in_marks or max(personal, marked) < _SHARE * len(first) and not dashes:
        return []
    made = []
    for i in (i for q, after in zip(questions, [*questions[1:], len(parts)]) for i in range(q + 1, after)):
        if _ENDS.match(text, parts[i][0]):
            break
        if not _is_nobodys(text[slice(*parts[i])]):
            made.append(Turn(_label(text, *parts[i])[1], parts[i][1], None, False))
    return [t for t in made if t.start < t.end]


def _lines(text):
    return [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]


def _is_question(text):
    return text.rstrip("*_ »”\u00a0\u202f").endswith("?")


def _is_bare_question(text, start, end):
    """Whether a paragraph asks somebody else: it is short, ends with a question mark (or trails off at the one it speaks to), without "je" and "nous"."""
    part = text[start:end]
    trails = part.rstrip("*_ ").endswith(("…", "...")) and re.search(r"\b(?:vous|votre|vos)\b", part, re.I)
    return (_is_question(part) or bool(trails)) and end - start <= _LONGEST and not _FIRST_PERSON.search(text, start, end)


def _is_nobodys(part):
    """Whether a paragraph among turns is nobody's words: a subhead, a stage direction."""
    bare = part.strip(" *_#")
    return len(bare) < _SUBHEAD and bare[-1:] not in ".!?…»”\":;" or bare.startswith("(") and bare.endswith((")", ").")) and "(" not in bare[1:]


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
    something and come at odd minutes: a television programme or an agenda is none."""
    text = analysis_copy(text)
    found = [(start, int(m[1]) % 24, int(m[2] or m[3] or 0)) for start, _ in _lines(text) if (m := _TIME.match(text, start))]
    if len(found) < _ENTRIES:
        return []
    lengths = sorted(after[0] - one[0] for one, after in zip(found, [*found[1:], (len(text), 0, 0)]))
    middle, odd = lengths[len(lengths) // 2], sum(bool(minute % _ROUND) for _, _, minute in found)
    return found if middle >= _LONG or middle >= _ENTRY and odd or middle >= _ENTRY / 2 and 3 * odd > len(found) > 3 else []
