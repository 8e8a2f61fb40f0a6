"""Parses made by hand, where a rule must be tried on exactly one construction."""

from spacy.tokens import Doc

from analysis.reading.parse import tokenizer


def parse(*words, ents=()):
    """A Doc of words, each "text|pos|dep|head" (head: the place of its governor; lemma and morphology may follow).

    Words are parted by spaces; the one whose head is itself is the root. ents: (first, end, label) in words.
    """
    made = [(word.split("|") + ["", ""])[:6] for word in words]
    text, pos, dep, head, lemma, morph = zip(*made)
    doc = Doc(
        tokenizer().vocab,
        words=list(text),
        spaces=[True] * (len(text) - 1) + [False],
        pos=list(pos),
        deps=list(dep),
        heads=[int(h) for h in head],
        lemmas=[given or word.lower() for given, word in zip(lemma, text)],
        morphs=list(morph),
        ents=["O"] * len(text),
    )
    doc.set_ents([doc.char_span(doc[a].idx, doc[b - 1].idx + len(doc[b - 1]), label=label) for a, b, label in ents])
    return doc
