"""Statistics: intervals by bootstrap over articles, ratios, agreement."""

import numpy as np
import pandas as pd

RESAMPLES, SEED = 2000, 20260
FEWEST = 3


def ratio_interval(numerators, denominators):
    """(value, low, high) of Σ numerators / Σ denominators, with a 95 % percentile interval.

    One pair per article: whole articles are drawn with replacement (2,000 times, seeded), for words of one article are
    no independent witnesses. low and high are NaN for fewer than three articles, value is NaN for nothing to divide by.
    """
    top, bottom = (np.asarray(v, float) for v in (numerators, denominators))
    if not bottom.sum():
        return np.nan, np.nan, np.nan
    value = top.sum() / bottom.sum()
    if len(top) < FEWEST:
        return value, np.nan, np.nan
    drawn = np.random.default_rng(SEED).integers(0, len(top), (RESAMPLES, len(top)))
    below = bottom[drawn].sum(axis=1)
    values = top[drawn].sum(axis=1)[below > 0] / below[below > 0]
    return value, *np.percentile(values, [2.5, 97.5])


def ratios(table, numerator, denominator, *, by):
    """One row per group of `by`: n (articles), value, low, high of the ratio of two columns; see `ratio_interval`.

    table: one row per article (a group without rows has none here).
    """
    rows = []
    for group, part in table.groupby(by, sort=True, dropna=False):
        value, low, high = ratio_interval(part[numerator], part[denominator])
        rows.append({by: group, "n": len(part), "value": value, "low": low, "high": high})
    return pd.DataFrame(rows, columns=[by, "n", "value", "low", "high"])
