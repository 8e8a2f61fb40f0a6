"""Comparison: how the groups of a corpus differ on every measure, and which of these differences stand."""

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from ..study import comparison as compared
from ..text.language import count, name, number, percent, signed, tr
from .certainty import only_reported
from .figure import Figure, News
from .framing import framed_sentences
from .style import GREY, GRID, GROUP, IN_BAR, INK, MARKER, SOFT, axes, numbers, of_group, short
from .treatment import judged

_COLUMNS, MOST_GROUPS, FEWEST, _MOST_PLACES, _MOST_DIFFERENCES = 3, 10, 3, 30, 12
_SURE = 0.05


# --- tables


def by(study):
    """By what this study compares: what `study.yaml` says."""
    return study.settings["group_by"]


def differences(study):
    """Every two groups on every measure: see `study.comparison.differences`."""
    return compared.differences(study, by=by(study))


def standing(study, tests=None):
    """The differences between groups that stand, the surest first, each with both values: measure, one, value_one, low_one, high_one, n_one, other,
    value_other, low_other, high_other, n_other, difference, low, high, p_adjusted. The surest is the rarest by chance, of equals the one farthest from
    zero for its interval. Empty where none stands. tests: :func:`differences`, if they are at hand."""
    tests = differences(study) if tests is None else tests
    sure = tests[tests["p_adjusted"] < _SURE]
    far = (sure["difference"] / (sure["high"] - sure["low"])).abs()
    sure = sure.loc[far.sort_values(ascending=False, kind="stable").index].sort_values("p_adjusted", kind="stable")
    values = compared.compare_all(study, by=by(study), of=list(dict.fromkeys(sure["measure"]))) if len(sure) else None
    for side in ("one", "other"):
        own = ["value", "low", "high"]
        if values is None:
            sure = sure.assign(**{f"{c}_{side}": np.nan for c in own})
        else:
            sides = values[["measure", by(study), *own]].set_axis(["measure", side, *(f"{c}_{side}" for c in own)], axis=1)
            sure = sure.merge(sides, on=["measure", side], how="left")
    columns = ["measure", *(f"{c}{s}" for s in ("one", "other") for c in ("", "value_", "low_", "high_", "n_")), "difference", "low", "high", "p_adjusted"]
    return sure[columns]


def profiles(study):
    """The groups on a map of four at least, for three always lie in a plane: see `study.comparison.profiles`."""
    made = compared.profiles(study, by=by(study))
    return made if len(made) > 3 else made.head(0)


def rows_behind(study, measure):
    """(the rows that a measure counts, the column that tags them): passages behind what :func:`differences` says of it."""
    if measure.startswith("polarity"):
        rows = judged(study)
        return (rows if measure == "polarity" else rows[rows["actor"] == measure.removeprefix("polarity of ")]), "tag"
    if measure == "loaded":
        return study.loaded_terms, "category"
    if measure == "quoted":
        return study.quotes.assign(voice="quoted"), "kind"
    if measure == "press_conditional":
        return only_reported(study), "type"
    scheme, frame = compared.frame_named(study, measure)
    rows = framed_sentences(study, scheme)
    return rows[rows["frame"] == frame], "frame"


def _measured(study, measure):
    """By which metric the measure behind a difference was measured."""
    if measure.startswith("polarity"):
        return "sentiment", "macro-F1"
    known = {"loaded": ("loaded", "F, overlap ≥ 0.3"), "quoted": ("quotes", "F, overlap ≥ 0.3"), "press_conditional": ("hedges", "F, overlap ≥ 0.3")}
    if measure in known:
        return known[measure]
    scheme, frame = compared.frame_named(study, measure)
    return f"{scheme} frames", f"{'κ' if scheme == 'generic' else 'F1'} {frame}"


# --- sentences


def news(study):
    """The surest difference on each measure, or that none stands between groups large enough for one to show."""
    tests = differences(study)
    if tests.empty:
        return
    group = compared.groups_of(study.articles, by(study)).set_index("doc_id")[by(study)]
    for row in standing(study, tests).drop_duplicates("measure").itertuples():
        rows, label = rows_behind(study, row.measure)
        rows = alternating(rows, rows["doc_id"].map(group), [row.one, row.other] if row.difference > 0 else [row.other, row.one])
        said = tr("Between {one} and {other}: {difference}.", one=row.one, other=row.other, difference=_difference(row))
        yield News(said, min(row.n_one, row.n_other), row.difference, row.low, row.high, _LEAST.get(row.measure, 0.05), rows, label, _measured(study, row.measure))
    if (tests["p_adjusted"] >= _SURE).all():
        largest = pd.concat([tests[["one", "n_one"]].set_axis(["group", "n"], axis=1), tests[["other", "n_other"]].set_axis(["group", "n"], axis=1)])
        yield News(which_differences(study, tests), int(largest.groupby("group")["n"].max().min()), 0, 0, 0, None)


def alternating(rows, whose, order):
    """The rows of these groups by turns, the first of each first. whose: the group of each row."""
    turn = rows.groupby(whose).cumcount()
    kept = pd.DataFrame({"turn": turn, "whose": whose.map({g: i for i, g in enumerate(order)})}).dropna()
    return rows.loc[kept.sort_values(["turn", "whose"], kind="stable").index]


_LEAST = {"polarity": 0.1, "loaded": 1, "quoted": 0.05, "press_conditional": 0.02}  # differences worth telling, in each measure's own unit


def which_differences(study, tests):
    """Which differences between groups stand, and how many were tested. tests: :func:`differences`."""
    if tests.empty:
        return tr(
            "Grouped by {by}: no two groups have three articles each, so there is nothing to compare.",
            by=name(by(study)),
        )
    sure, tested = tests[tests["p_adjusted"] < 0.05], count(len(tests), "difference")
    if sure.empty:
        return tr("Of {differences} tested, none stands after correction for their number (adjusted p < .05).", differences=tested)  # fmt: skip
    return tr(
        "Of {differences} tested, still sure after correction (adjusted p < .05): {n}. The surest: {listed}.",
        differences=tested,
        n=len(sure),
        listed=tr("; ").join(_difference(r) for r in sure.head(3).itertuples()),
    )


def _difference(row):
    """One difference in words."""
    return tr(
        "{measure}: {difference} ({one} against {other}; 95 % interval {low} to {high}; {n_one} and {n_other} articles)",
        measure=compared.title(row.measure),
        difference=signed(row.difference),
        one=row.one,
        other=row.other,
        low=signed(row.low),
        high=signed(row.high),
        n_one=row.n_one,
        n_other=row.n_other,
    )


def how_alike(table):
    """What the map of profiles shows. table: `comparison.profiles`, whose first column names the group."""
    if table.empty:
        return tr("Fewer than four groups have every measure: there is no map to draw.")
    return tr(
        "{n} groups by {by}, placed by likeness of their profiles; the two directions show {share} of their variance.",
        n=len(table),
        by=name(table.columns[0]),
        share=percent(table["x_share"].iloc[0] + table["y_share"].iloc[0]),
    )


# --- figures


def plot_standing(table, *, groups=(), ax=None):
    """The surest difference on each measure, a line each: both groups' values with their intervals, on a scale from zero (the tick) of the line's own."""
    part = table.drop_duplicates("measure").head(_MOST_DIFFERENCES)
    ax = axes(ax, len(part), width=9, each=0.62)
    for y, row in enumerate(part.to_dict("records")):
        sides = sorted(([row[s], *(row[f"{c}_{s}"] for c in ("value", "low", "high")), row[f"n_{s}"]] for s in ("one", "other")), key=lambda s: s[1])
        span = [v for side in sides for v in side[1:4]]
        least, most = min(0, np.nanmin(span)), max(0, np.nanmax(span))
        for side in sides:
            side[1:4] = [side[1], *((v - least) / (most - least) for v in side[1:4])]
        ax.plot([s[2] for s in sides], [y, y], color=GREY, linewidth=1, zorder=1)
        ax.vlines(-least / (most - least), y - 0.16, y + 0.16, color=SOFT, linewidth=1.2, zorder=0)
        for side, align, off in zip(sides, ("right", "left"), (-9, 9)):
            _value(ax, y, side, of_group(side[0], groups), align, off)
        ax.annotate(short(compared.title(row["measure"]), 60), (0, y - 0.36), xycoords=("axes fraction", "data"), fontsize=10, color=INK, fontweight="bold")
    ax.set_ylim(len(part) - 0.5, -0.7)
    ax.set_xlim(-0.8, 1.8)
    ax.set_yticks([])
    ax.set_xticks([])
    ax.spines[["left", "bottom"]].set_visible(False)
    return ax


def _value(ax, y, side, look, align, off):
    """One group's value on its line, with its interval around it, its name and its number beside."""
    group, value, at, low, high, n = side
    colour, marker = look
    ax.plot([low, high], [y, y], color=colour, linewidth=5, alpha=0.35, solid_capstyle="butt", zorder=2)
    ax.plot(at, y, marker, color=colour, markersize=8, zorder=3)
    edge = np.nanmin([low, at]) if align == "right" else np.nanmax([high, at])
    told = tr("{group} {value} (n = {n})", group=short(group, 24), value=number(value, 2), n=int(n))
    ax.annotate(told, (edge, y), xytext=(off, 0), textcoords="offset points", ha=align, va="center", fontsize=9.5, color=INK, bbox=IN_BAR)


def plot_measures(table, *, groups=(), ax=None):
    """Each measure in a panel of its own, every group on the same line in all: value and interval, grey where texts are few."""
    group = table.columns[1]
    groups = [g for g in groups or dict.fromkeys(table.sort_values(group)[group]) if g in set(table[group])][:MOST_GROUPS]
    names = list(dict.fromkeys(table["measure"]))
    lines = -(-len(names) // _COLUMNS)
    ax = axes(ax, 1, width=11, base=0.4, each=lines * (0.62 + 0.14 * len(groups)))
    ax.set_axis_off()
    for i, measure in enumerate(names):
        row, column = divmod(i, _COLUMNS)
        height = 1 / lines
        panel = ax.inset_axes([0.17 + column * 0.285, 1 - (row + 1) * height + 0.3 * height, 0.25, height * 0.5])
        _panel(panel, table[table["measure"] == measure].set_index(group), groups, named=column == 0)
        panel.set_title(short(compared.title(measure), 36), fontsize=9.5, loc="left")
        panel.xaxis.set_major_locator(MaxNLocator(4))
        numbers(panel, "x")
    return ax


def _panel(panel, part, groups, *, named):
    """One measure: a line per group."""
    for y, group in enumerate(groups):
        if group in part.index and not np.isnan(part.loc[group, "value"]):
            _group(panel, y, *part.loc[group, ["n", "value", "low", "high"]])
    panel.set_yticks(range(len(groups)), [short(g, 22) for g in groups] if named else [])
    panel.set_ylim(len(groups) - 0.4, -0.6)
    panel.margins(x=0.12)
    panel.tick_params(labelsize=8.5)
    panel.grid(axis="x", color=GRID)
    low, high = panel.get_xlim()
    if low < 0 < high:
        panel.axvline(0, color=INK, linewidth=0.8)


def _group(panel, y, n, value, low, high):
    """One group's value with its interval and n; hollow and grey under three articles."""
    small = n < FEWEST
    fill = GREY if small else GROUP[y]
    if not np.isnan(low):
        panel.plot([low, high], [y, y], color=fill, linewidth=2)
    panel.plot(value, y, MARKER[y], color=fill, markersize=6, fillstyle="none" if small else "full")
    beside = {"xycoords": ("axes fraction", "data"), "fontsize": 8, "va": "center", "color": SOFT}
    panel.annotate(f"{int(n)}", (1.01, y), **beside)


def plot_profiles(table, *, groups=(), ax=None):
    """The groups by all measures together, on a map: near means alike; size is the number of articles."""
    ax = axes(ax, 9, width=8)
    group = table.columns[0]
    for row in table.head(_MOST_PLACES).to_dict("records"):
        size = 6 + 2 * np.sqrt(row["n"])
        colour, marker = of_group(row[group], groups or list(table[group]))
        ax.plot(row["x"], row["y"], marker, color=colour, markersize=size)
        told, beside = f"{short(row[group], 26)} ({row['n']})", {"xytext": (9, 6), "textcoords": "offset points"}
        ax.annotate(told, (row["x"], row["y"]), fontsize=10, **beside)
    ax.axhline(0, color=GRID, zorder=0)
    ax.axvline(0, color=GRID, zorder=0)
    numbers(ax, "x")
    numbers(ax, "y")
    ax.set_xlabel(tr("first component ({share} of the variance)", share=percent(table["x_share"].iloc[0])))
    ax.set_ylabel(tr("second component ({share})", share=percent(table["y_share"].iloc[0])))
    ax.margins(0.2)
    return ax


STANDING = Figure(
    file="comparison-differences",
    caption="Of each measure the surest of the differences between groups that stand after correction for their number, twelve measures at most: both "
    "values with 95 % intervals over articles, on a scale of the line's own (the tick: zero).",
    table=standing,
    plot=plot_standing,
    counts=("difference", len),
    finding=lambda study, table: which_differences(study, differences(study)),
    news=news,
)
MEASURES = Figure(
    file="comparison-measures",
    caption="Each measure in a panel of its own, every group on the same line in all: value, and 95 % interval over articles; "
    "grey where a group has under three articles.",
    table=lambda study: compared.compare_all(study, by=by(study)),
    plot=plot_measures,
    counts=("measure", lambda table: table["measure"].nunique()),
    finding=lambda study, table: which_differences(study, differences(study)),
)
PROFILES = Figure(
    file="comparison-profiles",
    caption="The groups by all measures together (principal components of standardised values): near means alike; size is "
    "the number of articles.",
    table=profiles,
    plot=plot_profiles,
    counts=("article", lambda table: table["n"].sum()),
    finding=lambda study, table: how_alike(table),
)
