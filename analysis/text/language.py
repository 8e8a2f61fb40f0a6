"""The language in which results are told: messages, names, numbers and dates.

English stands in the code; every other language is one catalogue, `languages/<language>.po`, with whatever the kit says
(see the README there). Tables keep their English names of columns and values: only what readers see is translated.
"""

import gettext
import io
import re
from functools import cache
from numbers import Integral

import pandas as pd
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from .places import LANGUAGES as FOLDER
from .typography import french_spaces

NO_BREAK = "\u00a0"
NOUNS = {  # what is counted, and its plural; a catalogue has three forms of each: none, one, many
    "actor": "actors",
    "article": "articles",
    "claim": "claims",
    "clause": "clauses",
    "cue": "cues",
    "difference": "differences",
    "finding": "findings",
    "dispatch": "dispatches",
    "hedge": "hedges",
    "interview": "interviews",
    "judgement": "judgements",
    "letter": "letters",
    "list": "lists",
    "live blog": "live blogs",
    "loaded term": "loaded terms",
    "measure": "measures",
    "mention": "mentions",
    "metaphor": "metaphors",
    "near-copy": "near-copies",
    "negative sentence": "negative sentences",
    "note on reading": "notes on reading",
    "outlet": "outlets",
    "passage": "passages",
    "positive sentence": "positive sentences",
    "quotation": "quotations",
    "sentence": "sentences",
    "story": "stories",
    "time": "times",
    "transcript": "transcripts",
    "unit": "units",
    "word": "words",
}
STAND_INS = {"(nobody named)", "(no source named)", "(outlet unknown)"}
_spoken = "en"


def languages():
    """The languages that results can be told in."""
    return ["en", *sorted(path.stem for path in FOLDER.glob("*.po"))]


def speak(language):
    """Sets the language in which figures, sentences and pages are told from here on; `open_study` does it from `study.yaml`.

    Raises ValueError for a language without a catalogue.
    """
    global _spoken
    if language not in languages():
        raise ValueError(f"language is {language!r}: {', '.join(languages())}")
    _spoken = language


def spoken():
    """The language that results are told in now."""
    return _spoken


@cache
def _messages(language):
    with (FOLDER / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


@cache
def _catalogue(language):
    """The messages of a language; those of English are the keys themselves."""
    if language == "en":
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, _messages(language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def tr(message, **values):
    """A message of the kit in the language spoken, with its values; whole numbers among them are set as is usual there."""
    if not message:
        return message
    told = _set(_catalogue(_spoken).gettext(message), _spoken)
    return (
        told.format(**{k: number(v) if isinstance(v, Integral) else v for k, v in values.items()}) if values else told
    )


@cache
def _set(message, language):
    """A message with its no-break spaces."""
    if language == "fr":
        return french_spaces(message)
    return message.replace("« ", "«" + NO_BREAK).replace(" »", NO_BREAK + "»").replace(" %", NO_BREAK + "%")


def name(word):
    """The name for readers of a column, a category, a frame, …: "press_conditional" → "press conditional".

    What is not ours (an actor, an outlet, a frame of the study's own) stays as it is.
    """
    if not isinstance(word, str):
        return word
    told = re.sub("_", " ", word) if re.fullmatch(r"[a-z0-9_]+", word) else word
    return _set(_catalogue(_spoken).pgettext("name", told), _spoken)


def named(word):
    """A name that is not ours, as it is; what stands for a missing one ("(nobody named)") in the language spoken."""
    return name(word) if word in STAND_INS else word


def count(n, noun):
    """ "1 article", "3,000 articles", "no article"."""
    n, plural = int(n), NOUNS[noun]
    told = _catalogue(_spoken).ngettext(noun, plural, n)
    if told in (noun, plural):  # English, or not translated yet
        return f"no {noun}" if n == 0 else f"{number(n)} {told}"
    return _set(told, _spoken).format(n=number(n))


def number(value, digits=0):
    """A number with its thousands set apart and so many decimals; "–" where it is missing."""
    if pd.isna(value):
        return "–"
    return format_decimal(
        round(value, digits) + 0, "#,##0" + ("." + "0" * digits if digits else ""), locale=_spoken
    ).replace("-", "−")


def signed(value, digits=2):
    """A number with its sign."""
    made = number(abs(value), digits)
    nothing = pd.isna(value) or value < 0 and float(f"{value:.{digits}f}") == 0  # no "−0.00"
    return made if nothing else ("−" if value < 0 else "+") + made


def percent(share, digits=0):
    """A share as a percentage."""
    return number(share * 100, digits) + ("\u202f" if _spoken == "fr" else NO_BREAK) + "%"


def day(stamp, *, short=False):
    """A date: "1 March 2026", in short "1 Mar 2026"; "–" where it is missing."""
    if pd.isna(stamp):
        return "–"
    return date_part(stamp, f"d {'MMM' if short else 'MMMM'} yyyy")


def date_part(stamp, pattern):
    """A part of a date, by a pattern of CLDR ("MMM yyyy")."""
    return _ordinal(format_date(stamp, pattern, locale=_spoken))


def _ordinal(told):
    return re.sub(r"^1 ", "1er ", told) if _spoken == "fr" else told


def opening(docstring):
    """The first paragraph of a docstring, in one line: what a figure's caption says, and the message it is translated by."""
    return " ".join(docstring.split("\n\n")[0].split())


def joined(items):
    """ "a", "a and b", "a, b and c"."""
    items = list(items)
    if len(items) < 2:
        return "".join(items)
    return tr("{these} and {last}", these=", ".join(items[:-1]), last=items[-1])


def retold(text):
    """A sentence that was put together elsewhere (why a file was not read), by the message it follows; else as it is."""
    for pattern, translation in _templates(_spoken):
        if found := pattern.fullmatch(text):
            return translation.format(**found.groupdict())
    return text


@cache
def _templates(language):
    if language == "en":
        return []
    return [
        (_pattern(m.id), _set(m.string, language)) for m in _messages(language) if m.context == "problem" and m.string
    ]


def _pattern(message):
    """The pattern of the sentences that a message with {values} makes."""
    parts = re.split(r"\{(\w+)\}", message)
    made = "".join(f"(?P<{p}>.*?)" if i % 2 else re.escape(p) for i, p in enumerate(parts))
    return re.compile(made, re.S)
