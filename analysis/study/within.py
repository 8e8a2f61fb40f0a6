"""Comparing outlets on the same stories: what they cover is held still, how they cover it is compared.

Every function takes one table: a row per article with the group, `story_id`, numerator and denominator of a measure. A story counts once,
however many articles it has, and only where two groups tell it; it is the block that is drawn and dealt.
"""

import numpy as np
import pandas as pd

from .statistics import RESAMPLES, SEED

FEW = 5  # stories below which there is no interval: drawing anew from three or four says nothing
COLUMNS = ["n", "stories", "value", "low", "high", "others", "difference", "difference_low", "difference_high"]


def cells(table, by):
    """One row per story and group, of stories that two groups tell: n (articles), value."""
    grouped = table.groupby(["story_id", by], as_index=False).agg(n=("doc_id", "size"), top=("numerator", "sum"), bottom=("denominator", "sum"))
    grouped = grouped[grouped["bottom"] > 0]
    told = grouped.groupby("story_id")[by].transform("nunique") > 1
    return grouped[told].assign(value=grouped["top"] / grouped["bottom"])[["story_id", by, "n", "value"]].reset_index(drop=True)


def compared(table, by):
    """One row per group, over the stories that it and another group tell: n (articles), stories, value (mean over stories), low, high; others
    (the mean of the other groups on the same stories) and the difference with its interval. Intervals are 95 %, bootstrapped over
    stories, missing for fewer than five."""
    found = cells(table, by)
    total, n = (found.groupby("story_id")["value"].transform(how) for how in ("sum", "size"))
    found = found.assign(others=(total - found["value"]) / (n - 1))
    rows = []
    for group, part in found.groupby(by, sort=True):
        value, other = part["value"].to_numpy(), part["others"].to_numpy()
        own, against = _interval(value), _interval(value - other)
        rows.append([group, int(part["n"].sum()), len(part), value.mean(), *own, other.mean(), (value - other).mean(), *against])
    return pd.DataFrame(rows, columns=[by, *COLUMNS])


def _interval(values):
    if len(values) < FEW:
        return np.nan, np.nan
    drawn = np.random.default_rng(SEED).integers(0, len(values), (RESAMPLES, len(values)))
    return tuple(np.percentile(values[drawn].mean(axis=1), [2.5, 97.5]))


def difference(table, by, one, other):
    """(stories, difference, low, high, p) of two groups on the stories that both tell.

    p (two-sided): the share of random exchanges of the two within each story (2,000, seeded) that make a mean difference at least as large.
    """
    wide = cells(table, by).pivot(index="story_id", columns=by, values="value")
    if not {one, other} <= set(wide):
        return 0, np.nan, np.nan, np.nan, np.nan
    found = (wide[one] - wide[other]).dropna().to_numpy()
    if not len(found):
        return 0, np.nan, np.nan, np.nan, np.nan
    signs = np.random.default_rng(SEED).choice([-1, 1], (RESAMPLES, len(found)))
    dealt = np.abs((signs * found).mean(axis=1))
    p = (1 + (dealt >= abs(found.mean()) - 1e-12).sum()) / (1 + RESAMPLES)
    return len(found), found.mean(), *_interval(found), p
