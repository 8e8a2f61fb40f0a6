"""Comparison: how the groups of a corpus differ on every measure, and which of these differences stand."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from ..study import comparison as compared
from ..text.language import count, name, percent, signed, tr
from .figure import Figure
from .style import GREY, GRID, GROUP, INK, MARKER, SOFT, axes, numbers, short

_COLUMNS, MOST_GROUPS, FEWEST, _MOST_PLACES = 3, 10, 3, 30


# --- tables


def by(study):
    """By what this study compares: what `study.yaml` says."""
    return study.settings["group_by"]


def differences(study):
    """Every two groups on every measure: see `study.comparison.differences`."""
    return compared.differences(study, by=by(study))


# --- sentences


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
        return tr("Fewer than three groups have every measure: there is no map to draw.")
    return tr(
        "{n} groups by {by}, placed by likeness of their profiles; the two directions show {share} of their variety.",
        n=len(table),
        by=name(table.columns[0]),
        share=percent(table["x_share"].iloc[0] + table["y_share"].iloc[0]),
    )


# --- figures


def plot_measures(table, *, ax=None):
    """Each measure in a panel of its own, every group on the same line in all: value and interval, grey where texts are few."""
    group = table.columns[1]
    groups = list(dict.fromkeys(table.sort_values(group)[group]))[:MOST_GROUPS]
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


def plot_profiles(table, *, ax=None):
    """The groups by all measures together, on a map: near means alike; size is the number of articles."""
    ax = axes(ax, 9, width=8)
    group = table.columns[0]
    for i, row in enumerate(table.head(_MOST_PLACES).to_dict("records")):
        size = 6 + 2 * np.sqrt(row["n"])
        ax.plot(row["x"], row["y"], MARKER[i % 10], color=GROUP[i % 10], markersize=size)
        told, beside = f"{short(row[group], 26)} ({row['n']})", {"xytext": (9, 6), "textcoords": "offset points"}
        ax.annotate(told, (row["x"], row["y"]), fontsize=10, **beside)
    ax.axhline(0, color=GRID, zorder=0)
    ax.axvline(0, color=GRID, zorder=0)
    numbers(ax, "x")
    numbers(ax, "y")
    ax.set_xlabel(tr("first component ({share} of the variety)", share=percent(table["x_share"].iloc[0])))
    ax.set_ylabel(tr("second component ({share})", share=percent(table["y_share"].iloc[0])))
    ax.margins(0.2)
    return ax


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
    table=lambda study: compared.profiles(study, by=by(study)),
    plot=plot_profiles,
    counts=("article", lambda table: table["n"].sum()),
    finding=lambda study, table: how_alike(table),
)
