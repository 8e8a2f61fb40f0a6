"""Small words that the sentences of several questions are made of."""

import pandas as pd

from ..text.language import joined, percent, signed, tr


def sentence(text):
    """Words as a sentence begins: with a capital."""
    return text[:1].upper() + text[1:]


def speaker(words):
    """A speaker's name, or the article's words for them in their marks."""
    return words if words[:1].isupper() else tr("« {words} »", words=words)


def in_marks(words):
    """Words of the articles, each in its marks, as a list in a sentence."""
    return joined(tr("« {words} »", words=w) for w in words)


def interval(low, high):
    """The interval of a number, after it; nothing where there is none."""
    return "" if pd.isna(low) else tr(" (95 % interval {low} to {high})", low=signed(low), high=signed(high))


def interval_of_shares(low, high):
    """The interval of a share, after it; nothing where there is none."""
    return "" if pd.isna(low) else tr(" (95 % interval {low} to {high})", low=percent(low), high=percent(high))


def scheme_told(scheme):
    """A scheme's name within a sentence: the kit's as an adjective, a study's own in its marks."""
    known = {"generic": tr("generic"), "policy": tr("policy"), "metaphor": tr("metaphorical")}
    return known.get(scheme) or tr("“{scheme}”", scheme=scheme)
