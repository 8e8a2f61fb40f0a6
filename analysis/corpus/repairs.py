"""Text as it comes, from scans and from files with wrapped lines: words cut at line ends, letters spaced for emphasis, page heads between
paragraphs, lines that a page's width has broken. What is changed is told; clean text stays as it is, character for character."""

import re

_WRAPPED, _WIDEST, _BROKEN = 4, 110, 0.5  # lines from which on, the longest, and the share of ends without a stop, of wrapped text
_HEAD, _TIMES = 90, 3  # characters of a page head; times that a line must come which breaks no sentence
_PRONOUNS = {"je", "tu", "il", "elle", "on", "ce", "nous", "vous", "ils", "elles", "y", "en", "la", "le", "les", "lui", "leur", "moi", "toi", "là", "ci", "t"}  # fmt: skip
_SPACED = re.compile(r"(?<![\w'’])[^\W\d_](?: {1,4}[^\W\d_]){4,}(?![\w'’])")
_CUT = re.compile(r"(?<![\w-])((?:[^\W\d_]+-)?[^\W\d_]+)[-\u2010¬][ \t]*\n(?=([^\W\d_]+))")
_PAGE = re.compile(r"\W*(?:p(?:age|\.)?\s*)?\d{1,4}(?:\s*(?:/|sur)\s*\d{1,4})?\W*", re.I)
_NUMBERED = re.compile(r"^\s*\d{1,4}\s*[–—|•·-]\s|\s[–—|•·-]\s*(?:p(?:age|\.)?\s*)?\d{1,4}\s*$|\bp(?:age|\.)\s?\d{1,4}\s*$", re.I)
_STOPS = '.!?…:;»”"'


def mended(text):
    """(text, what was done, each with its number) of a body as it was printed or recognised."""
    text, heads = without_heads(text)
    text, cut = _CUT.subn(lambda m: m[1] + ("" if is_one_word(m[1], m[2]) else "-"), text)
    text, spaced = _SPACED.subn(_unspaced, text)
    text, lines = unwrapped(text)
    done = [
        (heads, f"page heads and page numbers taken out: {heads}"),
        (cut, f"words cut at line ends joined: {cut}"),
        (spaced, f"words with spaced letters closed up: {spaced}"),
        (lines, f"wrapped lines joined: {lines}"),
    ]
    return text, [what for n, what in done if n]


def is_one_word(left, right):
    """Whether what a hyphen at a line end parts is one word ("inter-", "national"), and not a compound of its own ("Port-", "Clair")."""
    from simplemma import is_known

    if not right[0].islower() or right in _PRONOUNS or "-" in left:
        return False
    known = [is_known(word.lower(), lang="fr") for word in (left + right, f"{left}-{right}", left, right)]
    return known[0] or not known[1] and not (known[2] and known[3] and len(left) > 2 and len(right) > 2)


def _unspaced(match):
    """Letters spaced for emphasis as words, which wider gaps part."""
    words = [re.sub(" ", "", word) for word in re.split(" {2,}", match[0])]
    return match[0] if all(len(word) < 3 for word in words) else " ".join(words)


def without_heads(text):
    """(text, number) without lines that a page carries and the article does not: they come again and again, or are page numbers that
    rise, or break a sentence. What they have broken goes on."""
    lines = text.split("\n")
    short = [i for i, line in enumerate(lines) if line.strip() and len(line) <= _HEAD and line.rstrip()[-1] not in _STOPS]
    numbers = [i for i in short if _PAGE.fullmatch(lines[i])]
    rising = [int(re.search(r"\d+", lines[i])[0]) for i in numbers]
    counted = len(numbers) > 1 and rising == sorted(set(rising))
    breaking = {i for i in short if _breaks(lines, i)}
    running = {_key(lines[i]) for i in breaking} | _numbered(lines, short)
    heads = {i for i in short if i in breaking or (counted if i in numbers else _key(lines[i]) in running)}
    if not heads:
        return text, 0
    kept = []
    for i, line in enumerate(lines):
        if i in heads:
            while kept and not kept[-1].strip():
                kept.pop()
            kept += [] if _goes_on(lines, i) else [""]
        elif line.strip() or i - 1 not in heads:
            kept.append(line)
    return "\n".join(kept), len(heads)


def _key(line):
    return re.sub(r"\d+", "#", re.sub(r"\W+", " ", line)).strip().casefold()


def _around(lines, i):
    """The last line that holds something before a line, and the first one after it."""
    before = next((line.rstrip() for line in reversed(lines[:i]) if line.strip()), "")
    return before, next((line.lstrip() for line in lines[i + 1 :] if line.strip()), "")


def _goes_on(lines, i):
    before, after = _around(lines, i)
    return bool(before) and before[-1] not in _STOPS and after[:1].islower()


def _breaks(lines, i):
    """Whether a line in capitals or with a page's number stands in the middle of a sentence; between blank lines any with a number."""
    blank = [0 < j < len(lines) - 1 and not lines[j].strip() for j in (i - 1, i + 1)]
    marked = lines[i].isupper() or _NUMBERED.search(lines[i]) or any(blank) and re.search(r"\d", lines[i])
    return i > 1 and bool(marked) and _goes_on(lines, i)


def _numbered(lines, short):
    """What the lines say that come again and again, each with another page's number: subheads have none."""
    numbers = {}
    for i in short:
        if 1 < i < len(lines) - 1 and (number := _NUMBERED.search(lines[i])):
            numbers.setdefault(_key(lines[i]), []).append(number[0])
    return {key for key, found in numbers.items() if len(found) >= _TIMES and len(set(found)) == len(found)}


def unwrapped(text):
    """(text, number) with the lines joined that a page's width has broken; of the same length. Only where most lines are such."""
    lines = text.split("\n")
    ends = [i for i in range(len(lines) - 1) if lines[i].strip() and lines[i + 1].strip()]
    open_ends = [i for i in ends if lines[i].rstrip()[-1] not in _STOPS]
    widest = max((len(line) for line in lines), default=0)
    full = [i for i in ends if len(lines[i]) > 0.6 * widest]
    if len(ends) < _WRAPPED or widest > _WIDEST or len(open_ends) < _BROKEN * len(ends) or len(full) < 0.7 * len(ends):
        return text, 0
    joins = {i for i in ends if not re.match(r"[-–—•*]\s|\d{1,2}[.)]\s", lines[i + 1]) and (i in full if lines[i].rstrip()[-1] in _STOPS else len(lines[i]) > 0.4 * widest)}  # fmt: skip
    return "".join(line + (" " if i in joins else "\n") for i, line in enumerate(lines))[:-1], len(joins)
