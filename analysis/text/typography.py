"""French typography, str → str: small steps that are composed by those who need them.

`analysis_copy` never changes a text's length, so offsets into it are offsets into the text as printed.
`composed` is for bare texts of unknown normalisation: it also returns the way back.
"""

import re
import unicodedata

OPENING, CLOSING = "«“„", "»”"
_SAME_LENGTH = str.maketrans(
    {
        "’": "'",
        "ʼ": "'",
        "‘": "'",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u2007": " ",
        "\u2002": " ",
        "\u2003": " ",
        "\u200a": " ",
        "‑": "-",
        "\u2010": "-",
        "\t": " ",
        "\u2028": "\n",
        "\u2029": "\n",
    }
)
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\uf001": "fi", "\uf002": "fl"})
_CONTROLS = re.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]")
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def analysis_copy(text):
    """The text with ’ as ' and every kind of space as a plain one; same length, character for character."""
    return text.translate(_SAME_LENGTH)


def french_spaces(text):
    """The text as French sets it: ’, and no-break spaces, thin before ; ! ? %, full before : and within « »."""
    text = re.sub(r"« | »| :(?=\s|$)", lambda m: m[0].replace(" ", "\u00a0"), text)
    return re.sub(r"(?<=\w)'(?=\w)", "’", re.sub(r" (?=[;!?%])", "\u202f", text))


def without_invisible(text):
    """The text without soft hyphens, zero-width characters and direction overrides."""
    return re.sub(f"[{_INVISIBLE}]", "", text)


def nfc(text):
    """The text with composed accents and without ligatures: "é" is one character, "ﬁ" two letters."""
    return unicodedata.normalize("NFC", text).translate(_LIGATURES)


def unix_lines(text):
    """The text with \\n as its only line break."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def printable(text):
    """The text without control characters other than tab and line break."""
    return _CONTROLS.sub("", text)


def as_printed(text):
    """What `articles.text` holds: composed, with plain line breaks, nothing invisible, no blank edges."""
    text = nfc(without_invisible(printable(unix_lines(text))))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip()


def composed(text):
    """A composed, same-meaning copy of a bare text, and for each of its characters the offset it came from.

    Returns (copy, offsets) with len(offsets) == len(copy) + 1, so that a span [start, end) of the copy is
    [offsets[start], offsets[end]) of the text exactly as given, be it NFD or sown with soft hyphens.
    """
    copy, offsets, i = [], [], 0
    while i < len(text):
        j = i + 1
        while j < len(text) and unicodedata.combining(text[j]):
            j += 1
        piece = "" if text[i] in _INVISIBLE else nfc(text[i:j])
        copy.append(piece)
        offsets.extend([i] * len(piece))
        i = j
    return "".join(copy), offsets + [len(text)]


def as_word_tokens(text):
    """Lower-case words of a text, elided articles split off: "l'IA" → ["l'", "ia"]."""
    return re.findall(r"\w+(?:-\w+)*'?|[^\w\s]", analysis_copy(text).casefold())


_WORD = re.compile(r"\w+(?:-\w+)*'?")


def n_words(text):
    """How many words a text has; "l'IA" counts two, punctuation none."""
    return len(_WORD.findall(analysis_copy(text)))


def word_places(text):
    """(word in lower case, start, end) of each word of a text, punctuation left out."""
    return [(m[0].casefold(), m.start(), m.end()) for m in _WORD.finditer(analysis_copy(text))]


_ABBREVIATIONS = (
    "M MM Mme Mmes Mlle Mlles Mgr Me Dr Drs Pr Prs St Ste cf art vol éd p pp al av apr env etc hab ex min max "
    "no tél chap fig op cit ibid inc ltd jr sr prof sept oct nov déc janv févr juil bd resp lieut gén col cap sgt "
    "U.S U.K J.-C"
).split()
_NO_STOP = re.compile(
    r"(?:(?<!\w)(?:"
    + "|".join(map(re.escape, _ABBREVIATIONS))
    + r")|(?<![\w'])(?:[A-ZÉÈ]\.?-?){0,3}[A-ZÉÈ]|(?<!\w)n°)\.$"
)
_END = re.compile(r"""(?:[.!?…]+|\.\.\.)(?:\s?[»”"')\]]+)*(?=\s)""")
_NEXT = re.compile(r"""\s+(?:[-–—•]\s?)?[«“„"'(\[]*\s?(?:[^\W\d_]|\d)""")

_SITES = "Com Fr Org Net Io Ai Eu Be Ch Tv Uk Info Gouv Co".split()
_GLUED = re.compile(  # a full stop to which scraping has glued the next sentence: "résultats.Selon", "100 000.Il", "fait.»Le"
    r"""(?:(?<=[a-zà-ÿ][a-zà-ÿ])|(?<=\d\d)|(?<=[)»”"]))(?:[.!?…][»”"]?)(?=(?!(?:"""
    + "|".join(_SITES)
    + r""")\b)(?:[A-ZÀ-ÝŒ][a-zà-ÿ' ]|[«“]\s?[A-ZÀ-ÝŒ]))"""
)


def _ends_here(text, match):
    """Whether the mark at `match` really ends a sentence: what follows starts one, what precedes is no abbreviation."""
    following = _NEXT.match(text, match.end())
    if following is None:
        return text[match.end() :].strip() == ""
    first = following.group()[-1]
    if first.islower():
        return False
    if match.group() == "." and _NO_STOP.search(text[max(0, match.start() - 12) : match.end()]):
        return text[match.start() - 4 : match.start()] == " etc" and not first.isdigit()
    return True


def _line_breaks(text):
    """Ends of lines that end a paragraph; a line broken in mid-sentence (hard-wrapped text) goes on."""
    for match in re.finditer(r"[ \t]*\n\s*", text):
        blank = match.group().count("\n") > 1
        wrapped = (
            text[match.end() : match.end() + 1].islower() and text[match.start() - 1 : match.start()] not in ".!?…:;»”"
        )
        if blank or not wrapped:
            yield match.start()


def sentence_spans(text):
    """(start, end) of each sentence of a text, without its surrounding blanks.

    Breaks at . ! ? … and their closing marks, before something that can start a sentence, and at paragraph
    breaks; never just after an opening quotation mark, nor at "M.", "J.-C." or an initial. Inside a quotation of
    several sentences each stays a sentence of its own. A title printed without a full stop ends with its line. Sentences that
    scraping has glued together ("résultats.Selon") are told apart.
    """
    copy = analysis_copy(text)
    ends = {m.end() for m in _END.finditer(copy) if _ends_here(copy, m)} | set(_line_breaks(copy)) | {len(copy)}
    ends |= {m.end() for m in _GLUED.finditer(copy) if not _NO_STOP.search(copy[max(0, m.start() - 12) : m.end()])}
    spans, start = [], 0
    for end in sorted(ends):
        piece = copy[start:end]
        if piece.strip():
            spans.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
        start = end
    return spans
