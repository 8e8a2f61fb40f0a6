"""What a hand-coded random sample says of the whole: the machine's mean corrected, with an interval that may be believed.

The estimate is the mean of the machine's answers, moved by what the coded units show it to be wrong by: a difference (generalised
regression) estimator (Särndal and others, 1992), as in prediction-powered inference (Angelopoulos and others, 2023; PPI++, 2023) and
design-based supervised learning (Egami and others, 2023). It needs no model of the machine's errors: only that units were drawn at
random, with probabilities that are known.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

LEVEL = 0.975


@dataclass(frozen=True)
class Estimate:
    """An estimate, what each article adds to its error, and on what scale it stands.

    value: the estimate; moves: its error by cluster (a Series); n: how many units were coded; units: how many there are;
    spread: the variance that the coded units show; shape: how variance goes with the mean, "share", "count" or "plain".
    """

    value: float
    moves: pd.Series
    n: int
    units: int
    spread: float
    shape: str


def corrected_mean(kit, coded, probability, *, clusters=None):
    """(estimate, low, high): the mean of what coders would have said of all units, had they coded all of them, with 95 %.

    kit: the machine's answer for every unit (numbers: 0 and 1 for a share); coded: the coder's for the units that were drawn, NaN for
    the others; probability: with which each unit was drawn, an array or one number (of units that were not drawn it is
    not looked at). clusters: what units belong to (their articles), for units of one article are no independent witnesses; default:
    each its own. The figure is that of these units, not of others like them: where all were coded there is no interval left. The machine may be wrong as it likes, and differently in each group: the interval holds the truth some 95 times in 100
    all the same; the better the machine, the shorter it is. How far the machine's answers are followed is learned from the
    coded units (a factor from 0 to 1), so a useless machine does little harm. Of shares and counts the interval is Wilson's, with the size of
    sample that gives the same variance (Korn & Graubard 1998), and half an unseen error each way is allowed for. Not to be trusted
    where units were chosen by hand or left out because they were hard, or with fewer than some 30 coded units. All NaN where
    none was coded. Raises ValueError for arrays of different lengths, a missing answer of the machine, or a probability
    of a coded unit outside (0, 1].
    """
    found = estimate(kit, coded, probability, clusters)
    return found.value, *interval(found)


def estimate(kit, coded, probability, clusters=None, *, shape=None):
    """The :class:`Estimate` of a mean; see :func:`corrected_mean`. shape: what the answers are, if known: "share", "count", "plain"."""
    kit, coded, probability, clusters = _checked(kit, coded, probability, clusters)
    known = ~np.isnan(coded)
    n, units = int(known.sum()), len(kit)
    k, y = kit[known], coded[known]
    shape = shape or _shape(y)
    if not n:
        return Estimate(np.nan, pd.Series(dtype=float), 0, units, np.nan, shape)
    if n == units:  # nothing is left to err about
        return Estimate(float(y.mean()), pd.Series(0.0, index=np.unique(clusters)), n, units, 0.0, shape)
    weight = 1 / probability[known]
    unseen = 1 - probability[known] * min(1.0, weight.sum() / units)  # of units that were drawn and not coded more is unseen
    machine, hand = np.average(k, weights=weight), np.average(y, weights=weight)
    follow, pull = _follow(k - machine, y - hand, weight)
    errors = (y - hand - follow * (k - machine)) / np.maximum(1 - pull, 0.2)
    moves = pd.Series(weight * errors * unseen**0.5 / weight.sum()).groupby(clusters[known]).sum()
    spread = len(moves) / max(len(moves) - 1, 1) * (moves**2).sum()
    spread += unseen.mean() * (_step(y) * np.average(weight, weights=weight) / weight.sum()) ** 2  # half an error each way that n did not show
    return Estimate(hand + follow * (kit.mean() - machine), moves, n, units, spread, shape)


def _checked(kit, coded, probability, clusters):
    kit, coded = np.asarray(kit, float), np.asarray(coded, float)
    probability = np.broadcast_to(np.asarray(probability, float), kit.shape) if np.ndim(probability) == 0 else np.asarray(probability, float)
    clusters = np.arange(len(kit)) if clusters is None else np.asarray(clusters)
    sizes = {"kit": len(kit), "coded": len(coded), "probability": len(probability), "clusters": len(clusters)}
    if len(set(sizes.values())) > 1:
        raise ValueError("one entry per unit is wanted: " + ", ".join(f"{k} has {n}" for k, n in sizes.items()))
    if np.isnan(kit).any():
        raise ValueError(f"kit: the answer for unit {int(np.isnan(kit).argmax())} is missing")
    wrong = ~np.isnan(coded) & ~((probability > 0) & (probability <= 1))
    if wrong.any():
        at = int(wrong.argmax())
        raise ValueError(f"probability of unit {at} is {probability[at]}: a coded unit was drawn with one above 0, at most 1")
    return kit, coded, probability, clusters


def _follow(k, y, weight):
    """The factor, from 0 to 1, by which the machine's answers are followed, and how much each unit pulls it; k, y: less their means."""
    varied = (weight * k * k).sum()
    if varied < 1e-12:
        return 0.0, np.zeros(len(k))
    factor = (weight * k * y).sum() / varied
    return float(np.clip(factor, 0, 1)), weight * k * k / varied if 0 < factor < 1 else np.zeros(len(k))


def _step(y):
    """What one error amounts to: a step of the coders' scale. Means of several coders lie between the steps."""
    whole = np.unique(y[np.abs(y - np.round(y)) < 1e-9])
    return float(min(1.0, np.diff(whole).min())) if len(whole) > 1 else 1.0


def _shape(y):
    whole = np.abs(y - np.round(y)) < 1e-9
    return "share" if np.isin(y, (0, 1)).all() else "count" if whole.all() and (y >= 0).all() else "plain"


def interval(found):
    """(low, high) of an :class:`Estimate`: 95 %."""
    from scipy import stats

    if not found.n:
        return np.nan, np.nan
    t = stats.t.ppf(LEVEL, max(len(found.moves) - 1, 1))
    around = found.value - t * found.spread**0.5, found.value + t * found.spread**0.5
    if found.shape == "plain" or not found.spread:
        return around
    top = 1 if found.shape == "share" else np.inf
    value = np.clip(found.value, 0, top)
    smooth = (found.n * value + 1) / (found.n + 2) if top == 1 else value + 1 / found.n
    size = smooth * (1 - smooth if top == 1 else 1) / found.spread  # of a plain random sample as sure as this one
    wide = t * t / size
    if top == 1:
        middle, half = (value + wide / 2) / (1 + wide), (wide * value * (1 - value) + wide**2 / 4) ** 0.5 / (1 + wide)
    else:
        middle, half = value + wide / 2, (wide * value + wide**2 / 4) ** 0.5
    low, high = max(around[0], 0), min(around[1], top)  # errors both ways make the interval more even than Wilson's
    return min(low, middle - half), max(high, middle + half)


def difference(one, other):
    """(difference, low, high) of two estimates, with what they share: their errors are taken article by article."""
    from scipy import stats

    if not one.n or not other.n:
        return np.nan, np.nan, np.nan
    moves = one.moves.sub(other.moves, fill_value=0)
    own = [(e.moves**2).sum() * len(e.moves) / max(len(e.moves) - 1, 1) for e in (one, other)]
    unseen = one.spread - own[0] + other.spread - own[1]
    spread = len(moves) / max(len(moves) - 1, 1) * (moves**2).sum() + unseen
    half = stats.t.ppf(LEVEL, max(min(len(one.moves), len(other.moves)) - 1, 1)) * spread**0.5
    return one.value - other.value, one.value - other.value - half, one.value - other.value + half
