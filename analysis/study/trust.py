"""How far a measure can be trusted: what `make accuracy` last found, kept in accuracy.csv beside this file."""

import re

import pandas as pd

from ..text.language import name, number
from ..text.places import PACKAGE, project_folder

MEASURED = PACKAGE / "accuracy.csv"
_PUBLISHED = ("train", "check", "devtest_real_world", "publish", "measure", "all")
_NAMES = {
    "actor_sentiment_fr": "MAD-TSC, French politics",
    "actor_sentiment_fr_coded": "Wikinews kept aside",
    "actor_sentiment_en": "NewsMTSC, English",
    "policy_frames_fr": "CCF, Canadian press on climate",
    "wikinews_fr": "French Wikinews",
    "tests/gold/chains": "press texts written for this",
    "tests/gold/press": "94 press texts written for this",
    "tests/gold/metaphors_fresh": "pairs of sentences written for this",
}


def trust(measure):
    """One row per metric and labelled set of a measure: metric, measured_on, labels, n, and a column per method.

    measure: "sentiment", "policy frames", "generic frames", "quotes", "hedges", "loaded", "metaphors", "actors by name"
    or "who is who". A cell holds the value with its 95 % bootstrap interval. Figures of parts that settings were chosen on are left out. They say how the
    measure did there; on texts of another kind it can do worse. Raises ValueError for a measure that was not measured.
    """
    found = pd.read_csv(MEASURED).query("measure == @measure and part in @_PUBLISHED")
    if found.empty:
        raise ValueError(f"nothing was measured of “{measure}”; known: {', '.join(_measures())}")
    found = found.assign(
        measured_on=found["data"].map(_NAMES),
        metric=[re.sub(r"(F1|κ) (\w+)$", lambda m: f"{m[1]} {name(m[2])}", metric) for metric in found["metric"]],
        cell=[f"{number(v, 2)} ({number(a, 2)}–{number(b, 2)})" if a < b else number(v, 2) for v, a, b in found[["value", "low", "high"]].to_numpy()],
    )  # fmt: skip
    keys = ["metric", "measured_on", "labels"]
    shown = found.pivot_table(index=keys, columns="method", values="cell", aggfunc="first", sort=False).fillna("")
    n = found.groupby(keys, sort=False)["n"].max()
    return shown[list(dict.fromkeys(found["method"]))].assign(n=n).reset_index().rename_axis(columns=None)


def asserted_right():
    """(lowest, highest) share of asserted praise and blame that was right, over the French sets on which it was measured."""
    found = pd.read_csv(MEASURED).query(
        "metric == 'asserted, right' and part in @_PUBLISHED and data != 'actor_sentiment_en'"
    )
    return float(found["value"].min()), float(found["value"].max())


def weakest(measure, metric):
    """The lowest value of a metric over the French sets on which a measure was measured, of the kit's own method (the first of each set); missing
    where it never was."""
    found = pd.read_csv(MEASURED).query("measure == @measure and metric == @metric and part in @_PUBLISHED and data != 'actor_sentiment_en'")
    return float(found[found["method"] == found["method"].groupby(found["data"]).transform("first")]["value"].min())


def exploratory(measure="generic frames"):
    """The frames that cannot be relied on: κ with coders under .40 on a set on which they were measured, or no surer than chance."""
    found = pd.read_csv(MEASURED).query("measure == @measure and part in @_PUBLISHED and method == 'cues and encoder'")
    found = found[found["metric"].str.startswith("κ ") & ((found["value"] < 0.4) | (found["low"] <= 0))]
    return list(dict.fromkeys(found["metric"].str.removeprefix("κ ")))


def remember(measured):
    """Keeps what was measured for `trust`, in a checkout; figures of data that were not measured this time stay as they were."""
    if project_folder() != PACKAGE.parent:
        return  # an installed kit is not written into
    known = pd.read_csv(MEASURED) if MEASURED.exists() else measured.head(0)
    kept = known[~known["data"].isin(measured["data"])]
    pd.concat([kept, measured]).round(4).to_csv(MEASURED, index=False, lineterminator="\n")


def _measures():
    return dict.fromkeys(pd.read_csv(MEASURED)["measure"])
