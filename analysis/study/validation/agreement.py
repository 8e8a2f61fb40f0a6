"""How far coders agree: percent, Cohen's κ, Krippendorff's α, with intervals, and what they disagree about."""

from itertools import combinations

import numpy as np
import pandas as pd

from ..statistics import FEWEST, RESAMPLES, SEED
from .units import SETTLED, answers, is_ordered

COLUMNS = ["measure", "kind", "answer", "coders", "n", "percent", "kappa", "alpha", "low", "high"]


def agreement(codings, *, level=None):
    """How far coders agree, by measure: measure, kind, answer, coders, n, percent, kappa, alpha, low, high.

    codings: as :func:`read_codings` gives them; unit, coder and value will do. First, for rows and for sentences of a measure, all answers
    together (`answer` missing), then each answer against all others, of frames each frame. n: units that two coders or more
    answered (skipped ones are no answers); percent: share of pairs of answers that are the same; kappa: Cohen's of two coders, of
    more the mean over pairs (Light 1971); alpha: Krippendorff's (2011), of any number of coders with gaps; low, high: 95 % of alpha, by bootstrap over
    articles. level: "nominal" or "ordinal" (answers in their order; of a measure that the kit does not know, sorted); default: ordinal
    of sentiment and counts. α of .80 is usually asked for, .667 the least for tentative conclusions. κ and α are missing where everybody
    gave one and the same answer. They say that coders agree, not that they are right. The settled answers of :func:`settle` are
    no coder's. Raises ValueError where the codings lack a column.
    """
    if level not in (None, "nominal", "ordinal"):
        raise ValueError(f"level is {level!r}: nominal or ordinal")
    table = answered(codings)
    table = table[table["coder"] != SETTLED]
    rows = []
    for (measure, kind), part in table.groupby(["measure", "kind"], sort=True):
        known = answers(measure, kind)
        known += sorted(set(part["value"]) - set(known), key=_in_order)
        wanted = level or ("ordinal" if kind == "sentence" or is_ordered(measure) else "nominal")
        own = {"measure": measure, "kind": kind}
        rows.append(own | {"answer": None} | _agreed(part, known, wanted))
        rows += [own | {"answer": told} | _agreed(each, kinds, "nominal") for told, each, kinds in _categories(part, measure, known)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _in_order(value):
    try:
        return (0, float(value), value)
    except ValueError:
        return (1, 0.0, value)


def _categories(part, measure, known):
    """(name, codings, answers) of each category: of frames each frame, else each answer against all others."""
    if str(measure).startswith("frames"):
        return [(frame, own, known) for frame, own in part.groupby("target", sort=False)]
    given = [a for a in known if (part["value"] == a).any()]
    return [(a, part.assign(value=(part["value"] == a).map({True: "yes", False: "no"})), ["no", "yes"]) for a in given if len(given) > 1]


def disagreements(codings):
    """The units that coders answered differently and nobody has settled, to be talked over: the unit's columns, and one a coder."""
    table = answered(codings)
    table = table[~table["unit"].isin(table.loc[table["coder"] == SETTLED, "unit"])]
    kinds = table.groupby("unit")["value"].nunique()
    open_ones = table[table["unit"].map(kinds) > 1]
    told = open_ones.pivot_table(index="unit", columns="coder", values="value", aggfunc="last", sort=False)
    beside = [c for c in ("unit", "measure", "doc_id", "start", "end", "target", "passage") if c in table]
    units = open_ones.drop_duplicates("unit")[beside]
    return units.merge(told.reset_index(), on="unit").rename_axis(columns=None).reset_index(drop=True)


def answered(codings):
    """The codings that hold an answer, the last one where a coder answered a unit more than once."""
    if not isinstance(codings, pd.DataFrame):
        raise ValueError("codings are a table: read_codings reads one from a file or a folder")
    missing = {"unit", "coder", "value"} - set(codings.columns)
    if missing:
        raise ValueError(f"codings need {', '.join(sorted(missing))}: a row per unit and coder, with the answer as value")
    beside = {"measure": "", "kind": "row", "doc_id": codings["unit"]}
    codings = codings.assign(**{column: value for column, value in beside.items() if column not in codings})
    kept = codings[codings["value"].notna() & (codings["value"].astype("str").str.strip() != "")]
    return kept.assign(value=kept["value"].astype("str").str.strip()).drop_duplicates(["unit", "coder"], keep="last")


def cohen_kappa(one, other):
    """Cohen's κ of two lists of answers; NaN where chance alone would make them agree always."""
    one, other = np.asarray(one, object), np.asarray(other, object)
    if not len(one):
        return np.nan
    kinds = sorted({*one, *other}, key=str)
    shares = [[np.mean(list_ == kind) for kind in kinds] for list_ in (one, other)]
    chance = float(np.dot(*shares))
    return (np.mean(one == other) - chance) / (1 - chance) if chance < 1 - 1e-12 else np.nan


def krippendorff_alpha(table, *, level="nominal", order=None):
    """Krippendorff's α of a table of answers, a row per unit, a column per coder, None or NaN where a coder gave none.

    level: "nominal", or "ordinal" by `order`, the answers from lowest to highest (default: sorted). After Krippendorff,
    *Computing Krippendorff's Alpha-Reliability* (2011). NaN where there is nothing to compare, or but one answer.
    """
    values = pd.DataFrame(table).to_numpy(object)
    given = {v for v in values.ravel() if not _gap(v)}
    kinds = [v for v in order if v in given] if order is not None else sorted(given)
    place = {v: i for i, v in enumerate(kinds)}
    counts = np.zeros((len(values), len(kinds)))
    for row, unit in enumerate(values):
        for value in unit:
            if not _gap(value):
                counts[row, place[value]] += 1
    return _alpha(counts, level)


def _gap(value):
    return value is None or value != value


def _alpha(counts, level):
    """α of a table with how many coders gave each answer (columns, in order) to each unit."""
    counts = counts[counts.sum(1) > 1]
    size = counts.sum(1, keepdims=True)
    if not len(counts):
        return np.nan
    seen = (counts.T / (size.T - 1)) @ counts - np.diag((counts / (size - 1)).sum(0))
    total = seen.sum(1)
    n = total.sum()
    distance = 1 - np.eye(len(total))
    if level == "ordinal":
        middle = np.cumsum(total) - total / 2
        distance = (middle[:, None] - middle[None, :]) ** 2
    expected = (np.outer(total, total) * distance).sum() / (n - 1)
    return 1 - (seen * distance).sum() / expected if expected > 1e-12 else np.nan


def _agreed(part, kinds, level):
    """What `agreement` says of some codings."""
    wide = part.pivot(index="unit", columns="coder", values="value").astype(object)
    wide = wide[wide.notna().sum(axis=1) > 1].dropna(axis=1, how="all")
    pairs = [wide[[a, b]].dropna() for a, b in combinations(wide.columns, 2)]
    same = [p.iloc[:, 0] == p.iloc[:, 1] for p in pairs if len(p)]
    kappas = [k for k in (cohen_kappa(p.iloc[:, 0], p.iloc[:, 1]) for p in pairs) if k == k]
    counts = np.stack([(wide == kind).sum(axis=1).to_numpy(float) for kind in kinds], 1)
    low, high = _interval(counts, part.drop_duplicates("unit").set_index("unit")["doc_id"].reindex(wide.index), level)
    return {
        "coders": wide.shape[1], "n": len(wide), "percent": float(pd.concat(same).mean()) if same else np.nan,
        "kappa": float(np.mean(kappas)) if kappas else np.nan, "alpha": _alpha(counts, level), "low": low, "high": high,
    }  # fmt: skip


def _interval(counts, of, level):
    """95 % of α: articles are drawn anew with all their units. of: the article of each unit."""
    places = list(of.groupby(of.astype("str")).indices.values())
    if len(places) < FEWEST:
        return np.nan, np.nan
    random = np.random.default_rng(SEED)
    drawn = [_alpha(counts[np.concatenate([places[i] for i in random.integers(0, len(places), len(places))])], level) for _ in range(RESAMPLES // 2)]  # fmt: skip
    known = [a for a in drawn if a == a]
    return tuple(np.percentile(known, [2.5, 97.5])) if len(known) > RESAMPLES // 4 else (np.nan, np.nan)
