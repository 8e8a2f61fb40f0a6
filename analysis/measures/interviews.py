"""Interviews and transcripts without quotation marks: whose turn each paragraph is, by labels, or by questions and answers in the first person."""

import re

from ..text.turns import answers, is_transcript, labelled, names_nobody


def turns(text, speakers):
    """[(start, end, (speaker, actor))] of each paragraph that somebody says in an interview or a transcript; none elsewhere.

    Turns with labels that recur ("Marie Lantier : …", "Q. / R.") belong to whom the label names, those of labels that mostly ask to the
    outlet. Without labels: paragraphs that ask, each followed by one in the first person; these belong to the person named
    first. speakers: the people of the document.
    """
    named = labelled(text)
    if named and not any(t.asks for t in named) and not is_transcript(text, named) and not _all_people(named, speakers):
        named = []  # "Groupe A : …", "Samedi : …" are lists
    if named:
        return [(t.start, t.end, _who(t.label, speakers)) for t in named if not t.asks]
    first = next((who for _, _, who, _ in speakers.names if who in speakers.people), None)
    return [(t.start, t.end, first or (None, None)) for t in answers(text)]


def _all_people(named, speakers):
    people = {word for who in speakers.people if isinstance(who[0], str) for word in who[0].split()}
    return all(set(t.label.split()) & people for t in named)


def _who(label, speakers):
    """Who a label means: the person of the document who bears this name, the person named first for "R", else the label's words."""
    people = [who for _, _, who, _ in speakers.names if who in speakers.people]
    if names_nobody(label):
        return people[0] if people else (None, None)
    words = {word.casefold() for word in label.split() if word[:1].isupper()}
    named = next((who for who in people if isinstance(who[0], str) and words & set(who[0].casefold().split())), None)
    return named or (re.sub(r"^(?:M\.|Mme|MM\.|Mmes) |, .*$", "", label), None)
