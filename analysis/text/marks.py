"""Quotation marks: which opens, which closes, what was never closed."""

from dataclasses import dataclass

_PAIRS = {"«": "»", "“": "”", "„": "”"}
LONGEST = 4000


@dataclass(frozen=True)
class Marked:
    """A stretch between quotation marks, the marks and blanks beside them left out."""

    start: int
    end: int
    closed: bool
    outer_start: int
    outer_end: int


def marked(text):
    """The outermost stretches of a text between « », “ ” or " ", in order; nested ones belong to the outer.

    A mark that is opened and never closed reaches to the end of its paragraph, or to the next one opened, and is
    not `closed`. A « at the start of a paragraph inside an open quotation repeats it and opens nothing.
    """
    found, at = [], 0
    while at < len(text):
        char = text[at]
        if char in _PAIRS or (char == '"' and not _after_digit(text, at)):
            one = _trimmed(text, at, *_end(text, at))
            if one.end > one.start:
                found.append(one)
            at = max(one.outer_end, at + 1)
        else:
            at += 1
    return found


def _after_digit(text, at):
    return at > 0 and text[at - 1].isdigit()


def _end(text, at):
    """(offset of the closing mark or of the end, closed)."""
    paragraph = _paragraph_end(text, at)
    if text[at] == '"':
        close = text.find('"', at + 1, paragraph)
        return (close, True) if close > 0 else (paragraph, False)
    opening, closing, depth = text[at], _PAIRS[text[at]], 1
    for i in range(at + 1, min(len(text), at + LONGEST)):
        if text[i] == closing:
            depth -= 1
            if depth == 0:
                return i, True
        elif text[i] == opening and text[max(0, i - 1)] != "\n":
            depth += 1
    again = text.find(opening, at + 1, paragraph)
    alone = text.find(closing, at + 1, paragraph)
    if alone > 0 and again > 0:
        return (alone, True) if alone < again else (again, False)
    return (again if again > 0 else paragraph), False


def _paragraph_end(text, at):
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _trimmed(text, at, end, closed):
    start, stop = at + 1, end
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return Marked(start, stop, closed, at, end + 1 if closed else end)


def is_question(sentence):
    """Whether a sentence ends with a question mark, inside closing marks or not."""
    return sentence.rstrip(" »”\"\n").endswith("?")
