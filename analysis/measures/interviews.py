"""Interviews and transcripts without quotation marks: whose turn each paragraph is, by labels, or by questions and answers in the first person."""

import re
from collections import Counter

_LABEL = re.compile(r"([A-ZÀ-ÝŒ][\w'’.-]*(?: (?:d[eu]s? |l[ae] |d['’])?[A-ZÀ-ÝŒ0-9][\w'’.-]*){0,4}|[QR])\s?(?:[.:]|\s[–—-])\s+(?=\S)")
_FIRST_PERSON = re.compile(r"\b(?:je|j['’]|m['’]|mon|ma|mes|moi|nous|notre|nos)\b", re.I)
_QUESTIONS, _LONGEST, _SHARE = 3, 320, 0.6  # from so many; characters of one; share of answers that speak in the first person


def turns(text, speakers):
    """[(start, end, (speaker, actor))] of each paragraph that somebody says in an interview or a transcript; none elsewhere.

    Turns with labels that recur ("Marie Lantier : …", "Q. / R.") belong to whom the label names, those of labels that mostly ask to the
    outlet. Without labels: paragraphs that ask, each followed by one in the first person; these belong to the person named
    first. speakers: the people of the document.
    """
    paragraphs = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)][1:]
    return _labelled(text, paragraphs, speakers) or _asked(text, paragraphs, speakers)


def _labelled(text, paragraphs, speakers):
    marks = [(_LABEL.match(text, start, end), end) for start, end in paragraphs]
    found = [(m, end) for m, end in marks if m]
    often = Counter(m[1] for m, _ in found)
    asking = Counter(m[1] for m, end in found if text[m.end() : end].rstrip().endswith("?"))
    told = {label for label, n in often.items() if n > 1}
    people = {word for who in speakers.people if isinstance(who[0], str) for word in who[0].split()}
    asked = any(asking[label] > often[label] / 2 for label in told)
    if len(told) < 2 or not asked and not all(set(label.split()) & people for label in told):
        return []  # "Groupe A : …", "Samedi : …" are lists
    made, whose = [], None
    for (start, end), (mark, _) in zip(paragraphs, marks):
        if mark and mark[1] in told:
            whose = None if asking[mark[1]] > often[mark[1]] / 2 else _who(mark[1], speakers)
            start = mark.end()
        if whose is not None:
            made.append((start, end, whose))
    return made


def _who(label, speakers):
    """Who a label means: the person of the document who bears this name, the person named first for "R", else the label's words."""
    people = [who for _, _, who, _ in speakers.names if who in speakers.people]
    if label in {"R", "Q"}:
        return people[0] if people else (None, None)
    named = next((who for who in people if isinstance(who[0], str) and set(label.split()) & set(who[0].split())), None)
    return named or (label, None)


def _asked(text, paragraphs, speakers):
    questions = [
        i for i, (start, end) in enumerate(paragraphs)
        if text[start:end].rstrip().endswith("?") and end - start <= _LONGEST and text[start] not in "«“\"" and not _FIRST_PERSON.search(text, start, end)
    ]  # fmt: skip
    if len(questions) < _QUESTIONS:
        return []
    answers = [i for q, after in zip(questions, [*questions[1:], len(paragraphs)]) for i in range(q + 1, after)]
    first = [i for q in questions if (i := q + 1) in answers]
    marked = sum(text[paragraphs[i][0]] in "«“\"" for i in first)
    personal = sum(bool(_FIRST_PERSON.search(text, *paragraphs[i])) for i in first)
    if len(first) < _QUESTIONS or marked or personal < _SHARE * len(first):
        return []
    whose = next((who for _, _, who, _ in speakers.names if who in speakers.people), None)
    return [(*paragraphs[i], whose or (None, None)) for i in answers]
