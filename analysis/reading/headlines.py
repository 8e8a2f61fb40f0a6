"""Headlines in capitals, as a sentence would print them: what the parser and the lists can read."""

import re

from .lexicon import from_lexicons, load_lexicon

_CAPITALS, _SHOUTED = re.compile(r"[^\W\d_]{2,}"), 3  # words of two letters and more from which on a line of capitals is a headline
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def in_sentence_case(text):
    """The text with lines wholly in capitals as a sentence would print them: a word as the rest of the text has it, else in lower case
    if French knows it so, else as a name. Same length, character for character; a text without such lines as it is."""
    lines = text.split("\n")
    shouted = [i for i, line in enumerate(lines) if line.isupper() and len(_CAPITALS.findall(line)) >= _SHOUTED]
    if not shouted:
        return text
    rest = "\n".join(line for i, line in enumerate(lines) if i not in shouted)
    printed = {}
    for match in re.finditer(r"(?:(?<=[\w,;] )|(?<=\w'))[^\W\d_][\w-]*|(?:^|(?<=[.!?\n] )|(?<=\n))[A-ZÀ-Ý][\w-]+(?= [A-ZÀ-Ý][a-zà-ÿ])", rest):
        printed.setdefault(match[0].upper(), match[0])
    for i in shouted:
        lines[i] = _of_sentence(lines[i], printed)
    return "\n".join(lines)


@from_lexicons("first_names")
def _first_names():
    return frozenset(load_lexicon("first_names")["entry"].str.upper())


def _of_sentence(line, printed):
    """A line of capitals in sentence case; a word whose lower case is longer or shorter stays."""
    words = list(_WORD.finditer(line))
    cased = [_cased(m[0], printed) for m in words]
    for i, match in enumerate(words[:-1]):
        if cased[i].islower() and match[0] in _first_names() and cased[i + 1][:1].isupper() and line[match.end() : words[i + 1].start()] == " ":
            cased[i] = match[0].title()  # "JEAN ROUVEL"
    made = list(line)
    for match, word in zip(words, cased):
        made[match.start() : match.end()] = word if len(word) == len(match[0]) else match[0]
    first = next((m.start() for m in words), 0)
    made[first] = line[first]
    return "".join(made)


def _cased(word, printed):
    from simplemma import is_known

    lower = word.lower()
    return printed.get(word) or (lower if len(word) < 3 or is_known(lower, lang="fr") else lower.title())
