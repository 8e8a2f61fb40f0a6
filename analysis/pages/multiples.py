"""Figures that compare the parts of a corpus: small multiples, courses in time, a map of profiles. Style: `plots`."""

import numpy as np
from matplotlib.ticker import MaxNLocator

from ..study.comparison import title
from ..text.language import percent, tr
from .plots import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, RED, SKY, YELLOW, _axes, _dates, _numbers, _short

GROUPS = [BLUE, ORANGE, GREEN, RED, PURPLE, SKY, YELLOW, "#332288", "#882255", "#117733"]
MARKERS = "osD^vP*Xhd"
_COLUMNS, _MOST_GROUPS, _FEWEST = 3, 10, 3


def plot_comparison(table, *, ax=None):
    """Each measure in a panel of its own, every group on the same line in all: value, and 95 % interval over articles; grey where a group has under three articles."""
    by = table.columns[1]
    groups = list(dict.fromkeys(table.sort_values(by)[by]))[:_MOST_GROUPS]
    names = list(dict.fromkeys(table["measure"]))
    lines = -(-len(names) // _COLUMNS)
    ax = _axes(ax, 1, width=11, base=0.4, each=lines * (0.62 + 0.14 * len(groups)))
    ax.set_axis_off()
    for i, measure in enumerate(names):
        row, column = divmod(i, _COLUMNS)
        height = 1 / lines
        box = [0.17 + column * 0.285, 1 - (row + 1) * height + 0.3 * height, 0.25, height * 0.5]
        panel = ax.inset_axes(box)
        _panel(panel, table[table["measure"] == measure].set_index(by), groups, named=column == 0)
        panel.set_title(_short(title(measure), 36), fontsize=9.5, loc="left")
        panel.xaxis.set_major_locator(MaxNLocator(4))
        _numbers(panel, "x")
    return ax


def _panel(panel, part, groups, *, named):
    for y, group in enumerate(groups):
        if group not in part.index or np.isnan(part.loc[group, "value"]):
            continue
        n, value, low, high = part.loc[group, ["n", "value", "low", "high"]]
        small = n < _FEWEST
        if not np.isnan(low):
            panel.plot([low, high], [y, y], color=GREY if small else GROUPS[y], linewidth=2)
        panel.plot(
            value,
            y,
            MARKERS[y],
            color=GREY if small else GROUPS[y],
            markersize=6,
            fillstyle="none" if small else "full",
        )
        panel.annotate(
            f"{int(n)}", (1.01, y), xycoords=("axes fraction", "data"), fontsize=8, va="center", color="#5F6B7A"
        )
    panel.set_yticks(range(len(groups)), [_short(g, 22) for g in groups] if named else [])
    panel.set_ylim(len(groups) - 0.4, -0.6)
    panel.margins(x=0.12)
    panel.tick_params(labelsize=8.5)
    panel.grid(axis="x", color="#E6E9ED")
    low, high = panel.get_xlim()
    if low < 0 < high:
        panel.axvline(0, color=INK, linewidth=0.8)


def plot_over_time(table, *, measure=None, events=None, ax=None):
    """A measure by period, with 95 % intervals over articles; dotted lines mark events. Hollow where a period has under three articles."""
    ax = _axes(ax, 7, width=9)
    groups = list(dict.fromkeys(table[table.columns[5]])) if table.shape[1] > 5 else [None]
    for i, group in enumerate(groups[:_MOST_GROUPS]):
        part = (table if group is None else table[table[table.columns[5]] == group]).sort_values("period")
        ax.plot(part["period"], part["value"], color=GROUPS[i], linewidth=1.4, label=group)
        ax.vlines(part["period"], part["low"], part["high"], color=GROUPS[i], linewidth=2, alpha=0.45)
        for small, style in ((False, "full"), (True, "none")):
            some = part[(part["n"] < _FEWEST) == small]
            ax.plot(
                some["period"],
                some["value"],
                MARKERS[i],
                color=GROUPS[i],
                fillstyle=style,
                markersize=6.5,
                linestyle="",
            )
    for event in () if events is None else events.itertuples():
        ax.axvline(event.date, color=GREY, linestyle=":", linewidth=1.2)
        ax.annotate(_short(event.label, 26), (event.date, 1), xycoords=("data", "axes fraction"), rotation=90, fontsize=8.5,
                    ha="right", va="top", color="#5F6B7A")  # fmt: skip
    _dates(ax)
    ax.set_ylabel(_short(title(measure), 40) if measure else "")
    _numbers(ax, "y")
    ax.grid(axis="y", color="#E6E9ED")
    if groups != [None]:
        ax.legend(ncols=min(4, len(groups)), loc="lower center", bbox_to_anchor=(0.5, 1.0))
    return ax


def plot_profiles(table, *, ax=None):
    """The groups by all measures together (principal components of standardised values): near means alike; size is the number of articles."""
    ax = _axes(ax, 9, width=8)
    by = table.columns[0]
    for i, row in enumerate(table.head(30).itertuples()):
        ax.plot(row.x, row.y, MARKERS[i % 10], color=GROUPS[i % 10], markersize=6 + 2 * np.sqrt(row.n))
        ax.annotate(
            f"{_short(getattr(row, by), 26)} ({row.n})",
            (row.x, row.y),
            xytext=(9, 6),
            textcoords="offset points",
            fontsize=10,
        )
    ax.axhline(0, color="#E6E9ED", zorder=0)
    ax.axvline(0, color="#E6E9ED", zorder=0)
    _numbers(ax, "x"), _numbers(ax, "y")
    ax.set_xlabel(tr("first component ({share} of the variety)", share=percent(table["x_share"].iloc[0])))
    ax.set_ylabel(tr("second component ({share})", share=percent(table["y_share"].iloc[0])))
    ax.margins(0.2)
    return ax


def plot_keyness(table, *, ax=None):
    """What sets each group's vocabulary apart from the rest: the terms with the highest log-odds z, and how often each comes."""
    by = table.columns[0]
    groups = list(dict.fromkeys(table[by]))[:6]
    most = max((len(table[table[by] == g]) for g in groups), default=1)
    ax = _axes(ax, most, width=2.2 + 2.5 * len(groups), each=0.3)
    ax.set_axis_off()
    for i, group in enumerate(groups):
        panel = ax.inset_axes([i / len(groups) + 0.085, 0.08, 1 / len(groups) - 0.11, 0.84])
        part = table[table[by] == group]
        panel.barh(range(len(part)), part["z"], color=GROUPS[i], height=0.6)
        panel.set_yticks(
            range(len(part)),
            [f"{_short(t, 16)} ({n:.0f})" for t, n in zip(part["term"], part["n_target"])],
            fontsize=8.5,
        )
        panel.set_ylim(most - 0.5, -0.5)
        panel.set_title(_short(group, 24), fontsize=10, loc="left")
        panel.set_xlabel("z", fontsize=8.5)
        _numbers(panel, "x")
        panel.tick_params(axis="x", labelsize=8)
    return ax
