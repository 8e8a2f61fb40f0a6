"""The one style of all figures: colours, signs, axes, and how numbers and dates stand on them."""

import textwrap

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np

from ..text.language import date_part, name, number, percent, tr

# Okabe & Ito (2008): told apart by colour-blind readers; shapes and hatches repeat what colours say.
BLUE, ORANGE, GREEN, RED, PURPLE, SKY, YELLOW, GREY = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#D55E00",
    "#CC79A7",
    "#56B4E9",
    "#B8A800",
    "#8A8A8A",
)
INK, SOFT, GRID = "#1F2933", "#5F6B7A", "#E6E9ED"
CATEGORY = {
    "war": RED,
    "betrayal": PURPLE,
    "catastrophe": ORANGE,
    "scandal": "#A6611A",
    "praise": GREEN,
    "insult": "#882255",
    "exaggeration": BLUE,
    "fear": "#332288",
    "moral": "#117733",
    "other": SOFT,
    "plain": "#9AA3AD",
}
VOICE = {"outlet": BLUE, "quoted": ORANGE}
ACTOR = [BLUE, RED, GREEN, "#882255", ORANGE, "#332288", SKY, PURPLE]
SIGN = "os^Dv*pP"  # of the same actors; the reader's signs look alike
GROUP = [BLUE, ORANGE, GREEN, RED, PURPLE, SKY, YELLOW, "#332288", "#882255", "#117733"]
MARKER = "osD^vP*Xhd"  # of the same groups
MOST = 15  # rows of a figure
IN_BAR = {"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.85}  # what lies behind a number in a bar
_THICK = {"major.width": 1.25, "minor.width": 1.0, "major.size": 6.0, "minor.size": 4.0, "color": INK}
_STYLE = {  # seaborn's "white" for a notebook, and what is ours; as values, for seaborn itself takes long to load
    "font.family": "DejaVu Sans",
    "font.size": 11,
    "axes.axisbelow": True,
    "axes.edgecolor": "#B8C0CA",
    "axes.labelcolor": INK,
    "axes.labelsize": 11,
    "axes.linewidth": 1.25,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 12,
    "figure.dpi": 110,
    "grid.color": ".8",
    "grid.linewidth": 1.0,
    "legend.fontsize": 10,
    "legend.frameon": False,
    "legend.title_fontsize": 12.0,
    "lines.solid_capstyle": "round",
    "patch.edgecolor": "w",
    "patch.force_edgecolor": True,
    "savefig.dpi": 300,
    "svg.hashsalt": "cadrage",
    "text.color": INK,
    "xtick.bottom": False,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10.5,
    "ytick.left": False,
    **{f"{side}tick.{what}": value for side in "xy" for what, value in _THICK.items()},
}


def set_style():
    """The one visual style of all figures."""
    plt.rcParams.update(_STYLE)


def axes(ax, rows, *, width=8.4, base=1.3, each=0.42):
    """The axes given, or else new ones, as high as so many rows need."""
    if ax is not None:
        return ax
    set_style()
    return plt.subplots(figsize=(width, base + each * max(2, rows)), layout="constrained")[1]


def short(words, longest=34):
    """Words cut to fit beside an axis; $ is a dollar there and begins no formula."""
    words = str(words).replace("$", r"\$")
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def with_n(words, n):
    """A name with its n, as it stands beside an axis."""
    return tr("{actor}  (n = {n})", actor=short(words), n=n)


def rows_named(ax, names):
    """One row for each of these names, the first on top."""
    ax.set_yticks(range(len(names)), names)
    ax.invert_yaxis()


def cells_named(ax, rows, columns=None, **how):
    """The names of a heatmap's rows, and of its columns, in the middle of each."""
    ax.set_yticks(middles(rows), rows, rotation=0)
    if columns is not None:
        ax.set_xticks(middles(columns), columns, **how)


def middles(cells):
    """Where the middle of each cell of a heatmap lies."""
    return np.arange(len(cells)) + 0.5


def legend_above(ax, **how):
    """A legend in one line above the axes."""
    ax.legend(**{"loc": "lower center", "bbox_to_anchor": (0.4, 1.0)} | how)


def label_below(ax, words):
    """A label below the axes, in lines that are no wider than they are."""
    ax.set_xlabel(textwrap.fill(words, 66, break_on_hyphens=False))


def counted(ax):
    """An axis that counts: whole numbers, no sign."""
    ax.xaxis.get_major_locator().set_params(integer=True)


def percents(ax, axis="x"):
    """Shares as percentages along an axis, without their sign."""
    getattr(ax, f"{axis}axis").set_major_formatter(lambda v, _: percent(abs(v)))


def numbers(ax, axis="x"):
    """Numbers as the language writes them, with the decimals that the steps of the axis need."""
    side = getattr(ax, f"{axis}axis")

    def told(value, _):
        steps = np.diff(side.get_majorticklocs())
        step = abs(steps[0]) if len(steps) else 1
        return number(value, next((d for d in range(4) if abs(round(step, d) - step) < 1e-9), 4))

    side.set_major_formatter(told)


def dates(ax):
    """Dates as the language writes them, as exact as the span needs."""
    low, high = ax.dataLim.intervalx
    if not np.isfinite(high - low):
        return
    span = np.diff(ax.get_xlim())[0]
    if high - low < 2 or span > 3 * (high - low):
        ax.set_xlim(low - max(1.5, (high - low) / 10), high + max(1.5, (high - low) / 10))
    first, last = mdates.num2date(ax.get_xlim())
    days = (last - first).days
    pattern = "yyyy" if days > 1500 else "MMM yyyy" if days > 120 else "d MMM"
    few = mdates.DayLocator(interval=1 + days // 7)
    ax.xaxis.set_major_locator(few if days < 15 else mdates.AutoDateLocator(minticks=2, maxticks=7))
    ax.xaxis.set_major_formatter(lambda v, _: date_part(mdates.num2date(v), pattern))


def signs(ax, names, actors, *, rows=None, side="y"):
    """Each actor's sign in the actor's colour, between the name and the axis: the same in all figures and in the articles.

    actors: the study's most mentioned, in order; who is not among them has no sign.
    """
    across = ax.get_yaxis_transform() if side == "y" else ax.get_xaxis_transform()
    signed = [(i, actors.index(n)) for i, n in enumerate(names) if n in actors[: len(SIGN)]]
    for i, k in signed:
        along, off = (i if rows is None else rows[i]), -0.018 if side == "y" else -0.03
        x, y = (off, along) if side == "y" else (along, off)
        ax.plot(x, y, SIGN[k], color=ACTOR[k], markersize=7, transform=across, clip_on=False, zorder=5)
    if signed:
        ax.tick_params(axis=side, pad=14)


def colour(actor, actors):
    """The colour of an actor, the same in all figures and in the articles; grey for one who is seldom mentioned."""
    return ACTOR[actors.index(actor)] if actor in actors[: len(ACTOR)] else GREY


def of_group(group, groups):
    """(colour, marker) of a group of articles, the same in all figures. groups: the study's, in order."""
    at = groups.index(group) % len(GROUP) if group in groups else 0
    return GROUP[at], MARKER[at]


def heatmap(grid, ax, **how):
    """A table as cells, darker where there is more."""
    import seaborn as sns

    return sns.heatmap(grid, ax=ax, **{"cmap": "Blues", "linewidths": 1.5, "linecolor": "white"} | how)


def bars_by_voice(ax, counts, *, rates=None):
    """Bars of counts to the left (outlet) and to the right (quoted) of a middle line; counts: a row each, by name. rates: how long the bars are
    instead, uses per 1,000 words of each voice; the counts then stand beside them."""
    rows, long = range(len(counts)), counts if rates is None else rates
    for voice, side, hatch in (("outlet", -1, ""), ("quoted", 1, "///")):
        bars = ax.barh(rows, side * long[voice].fillna(0), color=VOICE[voice], height=0.62, hatch=hatch, edgecolor="white")
        ax.bar_label(bars, [n or "" for n in counts[voice]], padding=4)
    ax.axvline(0, color=INK, linewidth=0.8)
    rows_named(ax, [short(name(c)) for c in counts.index])
    widest = np.nanmax([1 if rates is None else 0.1, np.nanmax(long.to_numpy(float), initial=0)]) * 1.25
    ax.set_xlim(-widest, widest)
    if rates is None:
        counted(ax)
        ax.xaxis.set_major_formatter(lambda v, _: number(abs(v)))
        ax.set_xlabel(tr("← in the outlet's own voice    number of uses    in quoted speech →"))
    else:
        ax.xaxis.set_major_formatter(lambda v, _: number(abs(v), 1))
        ax.set_xlabel(tr("← the outlet's own    uses per 1,000 words of each voice (beside: their number)    quoted →"))
    return ax
