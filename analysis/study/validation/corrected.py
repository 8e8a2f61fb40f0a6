"""What hand-coding makes of the kit's figures: corrected, by group, with intervals, and a word on which to believe."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd

from ...text.language import tr
from .agreement import answered
from .estimates import difference, estimate, interval
from .sampling import group_of
from .units import SETTLED, as_number, coded_as, units_of

COLUMNS = ["group", "what", "n", "n_coded", "kit", "corrected", "low", "high", "believe"]
FEW, SOME = 30, 100  # coded units below which a correction says little; from which it may be relied on


def corrected(study, codings, measure, *, by=None):
    """The kit's figure for each group, and what hand-coding makes of it: group, what, n, n_coded, kit, corrected, low, high, believe.

    codings: of a sample that :func:`sample_for_coding` drew from this study (:func:`read_codings`); of several coders the answer that was settled, else the mean of theirs
    counts; skipped units count as not drawn. by: a column of `articles`, "month" …, or "actor" (sentiment),
    "frame"; without it there is one group, "all". what: "polarity" (mean from −1 to 1), a frame (share of articles), or of rows that are
    found "precision" (share of them that is right), "per 1,000 words" (how many there are, those missed too) and "recall"
    (share of them that was found). n: units in the study; low, high: 95 % around `corrected`, by :func:`corrected_mean`, articles being
    the witnesses; of recall from both samples. kit of precision and recall is missing: the kit knows neither. believe: in words, which
    figure to report: below some 30 coded units neither is sure; below some 100 the interval may be wider than the kit's error.
    Not to be trusted where units were left out because they were hard, or the sample was drawn from other articles. Raises
    ValueError for an unknown measure or column, codings that fit no unit of this study, or those of two samples thrown together.
    """
    units = _joined(study, codings, measure)
    units["group"] = group_of(study, units, by).where(lambda g: g != "", "all")
    rows = []
    for group, part in units.groupby("group", sort=True):
        rows += [{"group": group} | row for row in _of_group(study, part, measure)]
    return pd.DataFrame(rows, columns=COLUMNS)


def corrected_differences(study, codings, measure, *, by):
    """Every two groups: what, one, other, difference (one − other) of the corrected figures, low, high, n_one, n_other, believe.

    n_one, n_other: units coded in each group; believe: whether these are enough. As :func:`corrected`; 95 %; articles that hold units of both groups are taken into account. Precision and recall are not compared.
    """
    units = _joined(study, codings, measure)
    units["group"] = group_of(study, units, by)
    rows = []
    for what, part in _asked(units, measure):
        found = {g: _estimated(own, what) for g, own in part.groupby("group", sort=True)}
        for one, other in combinations(found, 2):
            scale = [_scale(study, part[part["group"] == g], what) for g in (one, other)]
            both = [_scaled(found[g], s) for g, s in zip((one, other), scale)]
            value, low, high = difference(*both)
            few = [e.n for e in both if not is_enough(e.n, e.units)]
            told = tr("too few coded ({n}) to compare", n=min(few)) if few else tr("report the difference, with its interval")
            rows.append((what, one, other, value, low, high, both[0].n, both[1].n, told))
    return pd.DataFrame(rows, columns=["what", "one", "other", "difference", "low", "high", "n_one", "n_other", "believe"])


def is_coded(codings, measure):
    """How many units of a measure were answered."""
    return int(answered(codings[codings["measure"] == measure])["unit"].nunique()) if len(codings) else 0


def unfitting(study, codings):
    """The codings of units that the study does not have (any more): the kit finds other rows, or the article was changed."""
    parts = []
    for measure, own in codings.groupby("measure"):
        known = set(units_of(study.as_found(), measure)["unit"])
        parts.append(own[~own["unit"].isin(known)])
    return pd.concat(parts) if parts else codings


def _joined(study, codings, measure):
    """Every unit of a measure, with the number that coders gave (`coded`) and its probability."""
    coded_as(measure)
    given = answered(codings)
    given = given[given["measure"] == measure]
    missing = {"kind", "probability"} - set(given.columns)
    if missing:
        raise ValueError(f"codings need {', '.join(sorted(missing))}: keep the columns of the sample beside coder and value")
    if given.empty:
        raise ValueError(f"nobody coded {measure!r}: sample_for_coding draws what to code")
    numbers = [as_number(*answer) for answer in zip(given["measure"], given["kind"], given["value"])]
    given = given.assign(number=numbers).dropna(subset=["number"])
    settled = set(given.loc[given["coder"] == SETTLED, "unit"])
    given = given[(given["coder"] == SETTLED) | ~given["unit"].isin(settled)]
    each = given.groupby("unit").agg(coded=("number", "mean"), probability=("probability", "first"))
    units = units_of(study.as_found(), measure).join(each, on="unit")
    for kind, own in units.groupby("kind"):
        if (1 / own.loc[own["coded"].notna(), "probability"]).sum() > 1.1 * len(own) + 1 and own["coded"].isna().any():
            raise ValueError(f"the codings of {measure!r} ({kind}s) come from more than one sample: put each into a folder of its own, or draw one larger sample")
    if units["coded"].isna().all():
        raise ValueError(f"none of the {len(each)} units coded of {measure!r} is in this study: were they drawn from other articles?")
    return units


def _asked(units, measure):
    """(what, units) of each mean that is asked for of a measure."""
    if coded_as(measure).sentences:
        return [("per 1,000 words", units[units["kind"] == "sentence"])]
    if measure.startswith("frames"):
        return list(units.groupby("target", sort=False))
    return [("polarity", units)]


def _estimated(units, what):
    shape = {"polarity": "plain", "per 1,000 words": "count"}.get(what, "share")
    return estimate(units["kit"], units["coded"], units["probability"], units["doc_id"], shape=shape)


def _scale(study, sentences, what):
    """By what a mean per unit is to be multiplied: of counts per sentence, to be per 1,000 words."""
    if what != "per 1,000 words":
        return 1.0
    words = study.articles.loc[study.articles["doc_id"].isin(sentences["doc_id"]), "n_words"].sum()
    return 1000 * len(sentences) / max(float(words), 1.0)


def _scaled(found, factor):
    return replace(found, value=found.value * factor, moves=found.moves * factor, spread=found.spread * factor**2)


def _of_group(study, units, measure):
    """The rows of one group."""
    rows, sure = [], None
    if coded_as(measure).sentences:
        found = units[units["kind"] == "row"]
        sure = _estimated(found, "precision")
        rows.append(_row("precision", found, sure, interval(sure)))
    for what, part in _asked(units, measure):
        known, factor = _estimated(part, what), _scale(study, part, what)
        row = _row(what, part, known, interval(known), factor)
        rows.append(row)
        if sure is not None:
            rows.append(_recall(units, sure, known))
    return rows


def _row(what, units, found, around, factor=1.0):
    kit = units["kit"].mean() * factor if len(units) and what != "precision" else np.nan
    value, low, high = (factor * v for v in (found.value, *around))
    if what == "polarity":  # a mean of answers from −1 to 1
        low, high = max(low, -1.0), min(high, 1.0)
    return {
        "what": what, "n": found.units, "n_coded": found.n, "kit": kit, "corrected": value, "low": low, "high": high,
        "believe": _believe(found.n, found.units, kit, low, high),
    }  # fmt: skip


def _recall(units, sure, known):
    """The share of what there is that the kit found: right rows by all there are, each estimated from its own sample."""
    n_found, n_there = (units["kind"] == "row").sum(), known.value * known.units
    row = {"what": "recall", "n": known.units, "n_coded": known.n, "kit": np.nan}
    right = sure.value * n_found
    if not (sure.n and known.n and n_there > 0 and right > 0):
        return row | {"corrected": np.nan, "low": np.nan, "high": np.nan, "believe": _believe(known.n, known.units, np.nan, np.nan, np.nan)}
    spread = (sure.spread / sure.value**2 + known.spread / known.value**2) ** 0.5
    value = right / n_there
    low, high = (min(value * np.exp(sign * 1.96 * spread), 1.0) for sign in (-1, 1))
    return row | {"corrected": min(value, 1.0), "low": low, "high": high, "believe": _believe(known.n, known.units, np.nan, low, high)}


def _believe(n, units, kit, low, high):
    """Which figure to report, in words."""
    if not low == low:
        return tr("nothing to correct")
    if is_enough(n, units) and n == units:
        return tr("all units were coded: report the corrected figure")
    if not is_enough(n, units):
        return tr("too few coded ({n}) to correct: neither figure is sure; code more", n=n)
    if kit == kit and not low <= kit <= high:
        return tr("the kit is off here: report the corrected figure, with its interval")
    if n < SOME and kit == kit:
        return tr("few coded ({n}): report the interval; the kit's figure is not shown to be wrong", n=n)
    return tr("report the corrected figure, with its interval")


def is_enough(n_coded, n):
    """Whether so many coded units of so many correct a figure: some thirty, or all there are."""
    return bool(n_coded) and (n_coded >= FEW or n_coded == n)
