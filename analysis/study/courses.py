"""Over time: smoothed courses with intervals, places where a course changes, before and after an event."""

import numpy as np
import pandas as pd

from .comparison import per_article
from .statistics import FEWEST, RESAMPLES, SEED, difference

FEW = 10  # articles on a side of a change below which it is not looked for
_POINTS, _RESAMPLES = 60, 400


def course(study, measure, *, days=None, by=None):
    """A measure as it goes: date, value, low, high, n (articles that weigh there, as if each weighed one or nothing), and `by` where groups are told apart.

    Each point is the ratio of the articles around it, those far off weighing less (a Gaussian kernel of `days` width; by default a twelfth of the
    period, a day at least). Intervals are 95 %, bootstrapped over articles. Points around which fewer than three articles weigh are left out. Raises
    ValueError for an unknown measure.
    """
    table = _dated(study, measure)
    if by is not None:
        table = table.merge(study.articles[["doc_id", by]], on="doc_id").dropna(subset=[by])
    made = [_course(part, days).assign(**({by: group} if by else {})) for group, part in (table.groupby(by) if by else [(None, table)])]
    columns = ["date", "value", "low", "high", "n", *([by] if by else [])]
    return pd.concat(made, ignore_index=True)[columns] if made else pd.DataFrame(columns=columns)


def _dated(study, measure):
    table = per_article(study, measure).merge(study.articles[["doc_id", "date"]], on="doc_id").dropna(subset=["date"])
    return table[table["denominator"] > 0].sort_values("date", ignore_index=True)


def _course(table, days):
    empty = pd.DataFrame(columns=["date", "value", "low", "high", "n"])
    if len(table) < FEWEST:
        return empty
    at = (table["date"] - table["date"].min()).dt.days.to_numpy(float)
    width = days or max(1.0, at.max() / 12)
    points = np.linspace(0, at.max(), min(_POINTS, int(at.max()) + 1))
    weights = np.exp(-0.5 * ((points[:, None] - at[None]) / width) ** 2)
    n = weights.sum(1) ** 2 / (weights**2).sum(1)
    two = table[["numerator", "denominator"]].to_numpy(float)
    drawn = np.random.default_rng(SEED).multinomial(len(table), np.full(len(table), 1 / len(table)), _RESAMPLES)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (weights @ two[:, 0]) / (weights @ two[:, 1])
        values = ((drawn * two[:, 0]) @ weights.T) / ((drawn * two[:, 1]) @ weights.T)
    low, high = np.nanpercentile(values, [2.5, 97.5], axis=0)
    made = pd.DataFrame({"date": table["date"].min() + pd.to_timedelta(points.round(), "D"), "value": value, "low": low, "high": high, "n": n})
    return made[n >= FEWEST].reset_index(drop=True)


def changes(study, measure, *, few=FEW):
    """Where a measure's course changes: date, n_before, n_after, before, after, difference, low, high, p; the surest split of the period, then those of
    its two sides, while p < .05.

    p comes from permuting articles over dates (2,000 times, seeded), the best split sought anew each time, so that looking everywhere is paid for.
    Splits with fewer than `few` articles on a side are not looked at: with few articles no change can be found, which does not say that there is none.
    """
    found, todo = [], [_dated(study, measure)]
    while todo:
        table = todo.pop()
        split = _split(table, few)
        if split is None:
            continue
        at, p = split
        if p >= 0.05:
            continue
        one, other = table.iloc[:at], table.iloc[at:]
        moved, low, high, _ = difference(other["numerator"], other["denominator"], one["numerator"], one["denominator"])
        found.append((other["date"].iloc[0], len(one), len(other), *(part["numerator"].sum() / part["denominator"].sum() for part in (one, other)), moved, low, high, p))
        todo += [one, other]
    columns = ["date", "n_before", "n_after", "before", "after", "difference", "low", "high", "p"]
    return pd.DataFrame(found, columns=columns).sort_values("date", ignore_index=True)


def _split(table, few):
    """(place, p) of the split of a period whose sides differ most; None where no split leaves enough articles on both."""
    ends = np.flatnonzero(table["date"].to_numpy()[1:] != table["date"].to_numpy()[:-1]) + 1
    ends = ends[(ends >= few) & (ends <= len(table) - few)]
    if not len(ends):
        return None
    two = table[["numerator", "denominator"]].to_numpy(float)
    mean = two[:, 0].sum() / two[:, 1].sum()
    strength = _strength(two, mean, ends)
    random = np.random.default_rng(SEED)
    dealt = np.array([_strength(two[random.permutation(len(two))], mean, ends).max() for _ in range(RESAMPLES)])
    best = int(strength.argmax())
    return int(ends[best]), (1 + (dealt >= strength[best] - 1e-12).sum()) / (1 + RESAMPLES)


def _strength(two, mean, ends):
    """How far the sides of each split lie from the mean, in standard errors of articles dealt by chance."""
    left = np.cumsum(two[:, 0] - mean * two[:, 1])[ends - 1]
    n = len(two)
    return np.abs(left) / np.sqrt(ends * (n - ends) / n)


def before_after(study, measure, date):
    """A measure before and from a date on: one row with n_before, n_after, before, after, difference (after − before), low, high, p.

    p as for :func:`.comparison.differences`. It tells that the articles differ, not that the event made them so: others may have fallen on the same
    days. Raises ValueError where one of the sides has fewer than three articles.
    """
    table, day = _dated(study, measure), pd.Timestamp(date)
    one, other = table[table["date"] < day], table[table["date"] >= day]
    if min(len(one), len(other)) < FEWEST:
        raise ValueError(f"{len(one)} articles before {day.date()} and {len(other)} from then on: three are needed on each side")
    moved, low, high, p = difference(other["numerator"], other["denominator"], one["numerator"], one["denominator"])
    values = [part["numerator"].sum() / part["denominator"].sum() for part in (one, other)]
    return pd.DataFrame([(len(one), len(other), *values, moved, low, high, p)], columns=["n_before", "n_after", "before", "after", "difference", "low", "high", "p"])
