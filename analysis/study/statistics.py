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


def difference(top_one, bottom_one, top_other, bottom_other):
    """(difference, low, high, p) of two ratios Σ top / Σ bottom, one pair per article in each group.

    The interval is a 95 % percentile bootstrap, articles drawn within each group; p (two-sided) is the share of 2,000
    random deals of all articles to the two groups (seeded) that make a difference at least as large.
    """
    one, other = (np.array([t, b], float) for t, b in ((top_one, bottom_one), (top_other, bottom_other)))
    found = one[0].sum() / one[1].sum() - other[0].sum() / other[1].sum()
    random = np.random.default_rng(SEED)
    drawn = [g[:, random.integers(0, g.shape[1], (RESAMPLES, g.shape[1]))].sum(2) for g in (one, other)]
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = np.nanpercentile(drawn[0][0] / drawn[0][1] - drawn[1][0] / drawn[1][1], [2.5, 97.5])
    everyone, n = np.concatenate([one, other], 1), one.shape[1]
    deals = random.permuted(np.tile(np.arange(everyone.shape[1]), (RESAMPLES, 1)), axis=1)
    first, rest = everyone[:, deals[:, :n]].sum(2), everyone[:, deals[:, n:]].sum(2)
    with np.errstate(divide="ignore", invalid="ignore"):
        dealt = np.abs(first[0] / first[1] - rest[0] / rest[1])
    p = (1 + (dealt >= abs(found) - 1e-12).sum()) / (1 + np.isfinite(dealt).sum())
    return found, low, high, p


def contrast(rows):
    """(difference, low, high) of two ratios over the same articles: Σ top / Σ bottom − Σ other top / Σ other bottom.

    rows: of each article top, bottom, other top, other bottom. The interval is as `ratio_interval`'s: an article is drawn with both of its sides.
    """
    rows = np.asarray(rows, float).reshape(-1, 4)
    with np.errstate(divide="ignore", invalid="ignore"):
        top, bottom, other, below = rows.sum(axis=0)
        value = top / bottom - other / below
        if len(rows) < FEWEST:
            return value, np.nan, np.nan
        top, bottom, other, below = rows[np.random.default_rng(SEED).integers(0, len(rows), (RESAMPLES, len(rows)))].sum(axis=1).T
        return value, *np.nanpercentile(top / bottom - other / below, [2.5, 97.5])


def ahead(counts):
    """(first, second, lead, low, high): the two columns with the highest sums, and how far the first lies ahead as a share of all that was counted.

    counts: one row per article, one column per thing counted. Raises ValueError where fewer than two columns hold anything.
    """
    order = counts.sum().sort_values(ascending=False, kind="stable")
    order = order[order > 0]
    if len(order) < 2:
        raise ValueError("fewer than two things were counted")
    first, second = order.index[:2]
    return first, second, *ratio_interval(counts[first] - counts[second], counts.sum(axis=1))
