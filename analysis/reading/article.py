"""One article as it was read: its text, its parse, its sentences, and what the encoder makes of them.

Every measure takes one :class:`Article` and gives rows; none of them knows that there are others.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

import pandas as pd

from ..text.tables import DATE, PLACE, TEXT, WHOLE
from ..text.turns import times
from ..text.typography import analysis_copy, composed, sentence_spans
from . import parse
from .encoder import States
from .headlines import in_sentence_case

TABLES = {
    "sentences": PLACE | {"part": TEXT, "time": DATE},
    "tokens": {
        "doc_id": TEXT, "sentence_id": WHOLE, "token_id": WHOLE, "start": WHOLE, "end": WHOLE,
        "lemma": TEXT, "pos": TEXT, "morph": TEXT, "dep": TEXT, "head": WHOLE,
    },
}  # fmt: skip

_NIGHT = 12 * 60  # minutes by which the clock falls where a night lies between


@dataclass(eq=False)
class Article:
    """One article, or one bare text, as read.

    text: an analysis copy of the same length, headlines in capitals in sentence case (printed: as they stand); unlike the Doc's copy it keeps “ and ” apart from « and ». doc: the spaCy
    Doc, whose `token.idx` are offsets into it. spans: [(start, end), …] of the sentences; their position is the
    sentence_id. title, lead_end, date: as in `articles`. offsets: for a bare text, of each character its place in the string
    as given.
    """

    text: str
    doc: object
    spans: list
    title: str | None = None
    lead_end: int | None = None
    date: object = None
    offsets: list | None = None
    printed: str | None = None
    states: States = field(default_factory=States)

    def sentence_at(self, offset):
        """The sentence_id of the sentence that holds (or last began before) a character offset."""
        return max(0, bisect_right(self.spans, (offset, float("inf"))) - 1)

    @property
    def sentences(self):
        """The sentences, as text."""
        return [self.text[start:end] for start, end in self.spans]

    def span_of(self, row):
        """The tokens of a row that has start and end, as a spaCy Span; None where no token stands there."""
        return self.doc.char_span(row["start"], row["end"], alignment_mode="expand")

    def as_given(self, row):
        """A row of a bare text with its offsets into the string exactly as it was given."""
        if self.offsets is None:
            return row
        places = ("start", "end", "event_start", "event_end")
        return row | {k: self.offsets[row[k]] for k in places if row.get(k) is not None}


def read(text, *, title=None, lead_end=None, date=None, kept=None, states=None):
    """The :class:`Article` of a text: parsed now, or from the bytes of its parse that were kept."""
    printed = analysis_copy(text)
    copy = in_sentence_case(printed)
    spans = sentence_spans(copy)
    doc = parse.parsed(copy, spans) if kept is None else parse.from_bytes(kept)
    title = title if isinstance(title, str) else None
    lead_end = None if lead_end is None or lead_end != lead_end else int(lead_end)
    return Article(copy, doc, spans, title, lead_end, date, printed=printed, states=states or States())


def read_texts(texts):
    """The articles of bare texts, in order; `as_given` turns what is found in them back into offsets of the strings given.

    Raises TypeError naming the position of anything that isn't a str.
    """
    if isinstance(texts, str):
        raise TypeError("texts is one string: put it into a list, [text]")
    texts = list(texts)
    for i, text in enumerate(texts):
        if not isinstance(text, str):
            raise TypeError(f"texts[{i}] is {type(text).__name__}, not str")
    return [_bare(*composed(text)) for text in texts]


def _bare(copy, offsets):
    article = read(copy)
    article.offsets = offsets
    return article


def sentence_rows(article):
    """Rows of `sentences`; part is title, lead or body, time when the entry of a live blog was posted in which it stands."""
    posted = _posted(article)
    for i, (start, end) in enumerate(article.spans):
        time = next((when for first, when in reversed(posted) if first <= start), None)
        yield {"sentence_id": i, "start": start, "end": end, "part": _part(article, start), "time": time}


def _posted(article):
    """(start, timestamp) of each entry of a live blog whose date is known; its hours run down or up, and past midnight."""
    entries = times(article.text)
    if not entries or article.date is None or pd.isna(article.date):
        return []
    minutes = [60 * hour + minute for _, hour, minute in entries]
    rises = sum((0 < b - a) - (b < a) if abs(b - a) < _NIGHT else (b < a) - (a < b) for a, b in zip(minutes, minutes[1:]))
    order, day, last, when = range(len(entries)), 0, None, {}
    for i in order if rises > 0 else reversed(order):
        day += last is not None and last - minutes[i] > _NIGHT
        last = minutes[i]
        when[i] = pd.Timestamp(article.date).normalize() + pd.Timedelta(days=day, minutes=last)
    return [(start, when[i]) for i, (start, _, _) in enumerate(entries)]


def _part(article, start):
    if article.title is not None and start < len(article.title):
        return "title"
    return "lead" if article.lead_end is not None and start < article.lead_end else "body"


def token_rows(article):
    """Rows of `tokens`: every token that is no blank."""
    for t in article.doc:
        if not t.is_space:
            yield {
                "sentence_id": article.sentence_at(t.idx), "token_id": t.i, "start": t.idx, "end": t.idx + len(t),
                "lemma": t.lemma_, "pos": t.pos_, "morph": str(t.morph), "dep": t.dep_, "head": t.head.i,
            }  # fmt: skip
