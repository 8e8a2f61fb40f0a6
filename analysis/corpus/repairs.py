"""Text as it comes, from scans and from files with wrapped lines: words cut at line ends, letters spaced for emphasis, page heads between
paragraphs, lines that a page's width has broken. What is changed is told; clean text stays as it is, character for character."""

import re
from collections import Counter

from ..text.typography import as_printed, unix_lines

_WRAPPED, _WIDEST, _NARROWEST, _BROKEN, _GOING = 4, 110, 45, 0.5, 0.4  # lines from which on; the longest line, most and least; shares of
# ends without a stop, and of lines that begin in lower case, from which on text is wrapped
_HEAD, _TIMES, _FULL = 90, 3, 45  # characters of a page head; times that a line must come which breaks no sentence; characters of a broken line
_PRONOUNS = {"je", "tu", "il", "elle", "on", "ce", "nous", "vous", "ils", "elles", "y", "en", "la", "le", "les", "lui", "leur", "moi", "toi", "là", "ci", "t"}  # fmt: skip
_LINKS = {"au", "aux", "de", "du", "des", "la", "le", "les", "en", "sur", "sous", "lès", "et", "ou", "à"}
_PREFIXES = {"ex", "mi", "là", "au", "ci", "par", "e", "non", "demi", "semi"}  # which keep their hyphen
_SPACED = re.compile(r"(?<![\w'’])[^\W\d_](?: {1,4}[^\W\d_]){4,}(?![\w'’])")
_CUT = re.compile(r"(?<![\w-])((?:\w+-)*\w+)[-\u2010¬][ \t]*\n[ \t]*(\w+)([^\w\s]*)[ \t]?")
_PAGE = re.compile(r"\W*(?:p(?:age|\.)?\s*)?\d{1,4}(?:\s*(?:/|sur)\s*\d{1,4})?\W*", re.I)
_NUMBERED = re.compile(r"^\s*\d{1,4}\s*[–—|•·-]\s|\s[–—|•·-]\s*(?:p(?:age|\.)?\s*)?\d{1,4}\s*$|\bp(?:age|\.)\s?\d{1,4}\s*$", re.I)
_DATED = re.compile(r"\b\d{1,2}(?:er)? [a-zéû]+ (?:19|20)\d\d\b|\b\d{1,2}/\d{1,2}/(?:19|20)\d\d\b", re.I)
_STOPS = '.!?…:;»”"'


def mended(text):
    """(text, what was done, each with its number) of a body as it was printed or recognised."""
    text, soft = re.subn("\u00ad[ \t]*\n[ \t]*", "", unix_lines(text))
    text, heads = without_heads(as_printed(text))
    broken, cut = _CUT.subn(lambda m: _whole(m, "\n"), text)
    broken, lines = unwrapped(broken)
    text = broken if lines else _CUT.sub(lambda m: _whole(m, " "), text)
    closed = [(m[0], _unspaced(m)) for m in _SPACED.finditer(text)]
    text, spaced = _SPACED.sub(_unspaced, text), sum(a != b for a, b in closed)
    done = [
        (heads, f"page heads and page numbers taken out: {heads}"),
        (cut + soft, f"words cut at line ends joined: {cut + soft}"),
        (spaced, f"words with spaced letters closed up: {spaced}"),
        (lines, f"wrapped lines joined: {lines}"),
    ]
    return text.strip(), [what for n, what in done if n]


def _whole(match, end):
    """The word that a line end has cut, and the line end (or a space) behind it."""
    left, right, after = match.groups()
    return left + ("" if is_one_word(left, right) else "-") + right + after + end


def is_one_word(left, right):
    """Whether what a hyphen at a line end parts is one word ("inter-", "national"), and not a compound of its own ("Port-", "Clair")."""
    from simplemma import is_known

    if not right[0].islower() or left[-1].isdigit():
        return False
    left, right = left.lower() if left[:1].islower() else left, right.lower()
    if is_known((left + right).lower(), lang="fr") or right in {"ment", "ments"}:
        return True
    if right in _PRONOUNS or right in _LINKS or "-" in left or left in _PREFIXES:
        return False
    if left[:1].isupper() or not is_known(f"{left}-{right}", lang="fr"):
        return left[:1].isupper() or not (is_known(left, lang="fr") and is_known(right, lang="fr") and min(len(left), len(right)) > 2)
    return False


def _unspaced(match):
    """Letters spaced for emphasis as words, which wider gaps part; letters in the order of the alphabet are a list."""
    words = [re.sub(" ", "", word) for word in re.split(" {2,}", match[0])]
    listed = any(ord(b) - ord(a) == 1 == ord(c) - ord(b) for word in words for a, b, c in zip(word, word[1:], word[2:])) or len(words) == 1 and not any(v in match[0].lower() for v in "aeiouyéèàê")
    return match[0] if listed or all(len(word) < 3 for word in words) else " ".join(words)


def without_heads(text):
    """(text, number) without lines that a page carries and the article does not: they break sentences, or come again and again with
    another page's number. What they have broken goes on."""
    lines = text.split("\n")
    short = [i for i, line in enumerate(lines) if line.strip() and len(line) <= _HEAD and line.rstrip()[-1] not in _STOPS]
    often = Counter(_key(lines[i]) for i in short)
    skipped = {i for i in short if _PAGE.fullmatch(lines[i]) or _NUMBERED.search(lines[i]) or often[_key(lines[i])] > 1}
    breaking = {i for i in short if i > 1 and _is_marked(lines, i, often) and _goes_on(lines, i, skipped)}
    running = {_key(lines[i]) for i in breaking} | _numbered(lines, short)
    pages = _pages(lines, short, breaking)
    heads = {i for i in short if i in breaking or i in pages or not _PAGE.fullmatch(lines[i]) and _key(lines[i]) in running}
    if not heads:
        return text, 0
    kept = []
    for i, line in enumerate(lines):
        if i in heads:
            while kept and not kept[-1].strip():
                kept.pop()
            kept += [] if _goes_on(lines, i, heads) else [""]
        elif line.strip() or i - 1 not in heads:
            kept.append(line)
    return "\n".join(kept), len(heads)


def _key(line):
    return re.sub(r"\d+", "#", re.sub(r"\W+", " ", line)).strip().casefold()


def _goes_on(lines, i, others=()):
    """Whether a sentence goes on over a line, and over others of its kind: a long line without a stop before, lower case after."""
    before = next((lines[j].rstrip() for j in range(i - 1, -1, -1) if lines[j].strip() and j not in others), "")
    after = next((lines[j].lstrip() for j in range(i + 1, len(lines)) if lines[j].strip() and j not in others), "")
    full = _FULL / 2 if _NUMBERED.search(lines[i]) and len(lines[i].split()) > 3 else _FULL
    return len(before) > full and (before[-1] in "-¬\u2010" or before[-1] not in _STOPS and after[:1].islower())


def _is_marked(lines, i, often):
    """Whether a line looks like a page's own: capitals, a page's number or a date, or one that comes again."""
    line = lines[i]
    return line.isupper() and (often[_key(line)] > 1 or re.search(r"\d", line)) or _PAGE.fullmatch(line) or _NUMBERED.search(line) or _DATED.search(line) or often[_key(line)] >= _TIMES


def _pages(lines, short, breaking):
    """The lines that are nothing but page numbers, which rise by one or two: where one breaks a sentence, or is written as a page's."""
    numbers = [i for i in short if _PAGE.fullmatch(lines[i])]
    values = [int(re.search(r"\d+", lines[i])[0]) for i in numbers]
    steps = [b - a for a, b in zip(values, values[1:])]
    written = numbers and all(re.search(r"p|[-–—/]", lines[i], re.I) for i in numbers)
    sure = any(i in breaking for i in numbers) or written
    return set(numbers) if len(numbers) > 1 and sure and all(0 < s < 3 for s in steps) else set()


def _numbered(lines, short):
    """What the lines say that come again and again, each with another page's number: subheads have none."""
    numbers = {}
    for i in short:
        capitals = re.fullmatch(r"[^a-zà-ÿ]*[A-ZÀ-Ý]{2,}[^a-zà-ÿ]*\s\d{1,4}", lines[i]) and len(lines[i].split()) > 3
        if 1 < i < len(lines) - 1 and (_NUMBERED.search(lines[i]) and len(lines[i].split()) > 3 or capitals):
            numbers.setdefault(_key(lines[i]), []).append(lines[i])
    return {key for key, found in numbers.items() if len(found) >= _TIMES and len(set(found)) == len(found)}


def unwrapped(text):
    """(text, number) with the lines joined that a page's width has broken. Only where most lines are such: they end without a stop, fill the
    width, and many go on in lower case; verse, lists and results do not."""
    lines = [line.strip(" \t") for line in text.split("\n")]
    ends = [i for i in range(len(lines) - 1) if lines[i] and lines[i + 1]]
    widest = max((len(line) for line in lines), default=0)
    if len(ends) < _WRAPPED or not _NARROWEST < widest <= _WIDEST:
        return text, 0
    shares = [
        sum(lines[i][-1] not in _STOPS for i in ends) / len(ends) >= _BROKEN,
        sum(lines[i + 1][0].islower() for i in ends) / len(ends) >= _GOING,
        sum(len(lines[i]) > 0.6 * widest for i in ends) / len(ends) >= 0.7,
    ]
    if not all(shares):
        return text, 0
    joins = {i for i in ends if not re.match(r"[-–—•*]\s|\d{1,2}[.)]\s", lines[i + 1]) and len(lines[i]) > (0.6 if lines[i][-1] in _STOPS else 0.4) * widest}  # fmt: skip
    return "".join(line + (" " if i in joins else "\n") for i, line in enumerate(lines))[:-1], len(joins)
