"""Over time: how a measure moves from period to period, and past which events."""

from functools import partial

from ..study import comparison as compared
from ..study import courses
from ..text.language import count, day, number, tr
from ..text.places import seeds_folder
from .comparison import FEWEST, MOST_GROUPS
from .figure import Figure
from .style import GREY, GRID, GROUP, SOFT, axes, dates, numbers, of_group, short


def events():
    """The events of the study that reports are made of, for `events=`: date and label, from its `events.csv`."""
    return compared.read_events(seeds_folder() / "events.csv")


def how_it_moves(table, measure):
    """How a measure moves from period to period. table: `comparison.over_time`."""
    known = table.dropna(subset=["value"])
    known = known[known["n"] >= (10 if (known["n"] >= 10).sum() > 1 else FEWEST)]
    told = compared.title(measure)
    if len(known) < 2:
        return tr(
            "{measure}: fewer than two periods with three dated articles, so no course can be told.", measure=told
        )
    high, low = known.loc[known["value"].idxmax()], known.loc[known["value"].idxmin()]
    return tr(
        "{measure}: highest in the period of {first} ({high}, {n_high}), lowest in that of {last} ({low}, {n_low}).",
        measure=told,
        first=day(high["period"]),
        high=number(high["value"], 2),
        n_high=count(high["n"], "article"),
        last=day(low["period"]),
        low=number(low["value"], 2),
        n_low=count(low["n"], "article"),
    )


def plot_over_time(table, *, measure=None, events=None, groups=(), ax=None):
    """A measure by period, a line for each group; events: dates and labels, as dotted lines."""
    ax = axes(ax, 7, width=9)
    parts = list(table.groupby(table.columns[5], sort=False)) if table.shape[1] > 5 else [(None, table)]
    for group, part in parts[:MOST_GROUPS]:
        _line(ax, part.sort_values("period"), *of_group(group, groups or [g for g, _ in parts]), group)
    _events(ax, events)
    dates(ax)
    ax.set_ylabel(short(compared.title(measure), 40) if measure else "")
    numbers(ax, "y")
    ax.grid(axis="y", color=GRID)
    if table.shape[1] > 5:
        ax.legend(ncols=min(4, len(parts)), loc="lower center", bbox_to_anchor=(0.5, 1.0))
    return ax


def _events(ax, events):
    for event in () if events is None else events.itertuples():
        ax.axvline(event.date, color=GREY, linestyle=":", linewidth=1.2)
        look = {"rotation": 90, "fontsize": 8.5, "ha": "right", "va": "top", "color": SOFT}
        ax.annotate(short(event.label, 26), (event.date, 1), xycoords=("data", "axes fraction"), **look)


def _line(ax, part, colour, marker, group):
    """One group's course, with its intervals; hollow marks where a period has under three articles."""
    ax.plot(part["period"], part["value"], color=colour, linewidth=1.4, label=group)
    ax.vlines(part["period"], part["low"], part["high"], color=colour, linewidth=2, alpha=0.45)
    for style, some in (("full", part[part["n"] >= FEWEST]), ("none", part[part["n"] < FEWEST])):
        look = {"color": colour, "fillstyle": style, "markersize": 6.5, "linestyle": ""}
        ax.plot(some["period"], some["value"], marker, **look)


def course(measure, *, every="month", file=None):
    """The figure of a measure's course; events may be given to it as `events=`."""
    return Figure(
        file=file or f"comparison-time-{measure}",
        caption="A measure by period, with 95 % intervals over articles; dotted lines mark events. Hollow where a period has "
        "under three articles.",
        table=partial(compared.over_time, measure=measure, every=every),
        plot=partial(plot_over_time, measure=measure),
        counts=("article", lambda table: table["n"].sum()),
        finding=lambda study, table: how_it_moves(table, measure),
    )


def where_it_changes(study, table, measure):
    """Where a measure's smoothed course changes beyond chance. table: `study.courses.course`."""
    told = compared.title(measure)
    if table.empty:
        return tr("{measure}: too few dated articles for a smoothed course.", measure=told)
    found = courses.changes(study, measure)
    if found.empty:
        dated = int(study.articles["date"].notna().sum())
        few = tr("With {articles} only large changes can be found.", articles=count(dated, "article")) if dated < 100 else ""
        return " ".join(filter(None, [tr("{measure}: no change of its course stands (splits with ten articles on each side were looked at).", measure=told), few]))
    listed = [
        tr("{day}: from {before} to {after} ({n_before} and {n_after} articles)", day=day(r.date), before=number(r.before, 2), after=number(r.after, 2), n_before=r.n_before, n_after=r.n_after)
        for r in found.itertuples()
    ]  # fmt: skip
    return tr(
        "{measure} changes on {listed}. Articles of neighbouring days tell the same events, so that chance makes such a change more often than its p says: read the course.",
        measure=told, listed=tr("; ").join(listed),
    )  # fmt: skip


def plot_course(table, *, measure=None, events=None, ax=None):
    """A smoothed course with its interval as a band; events: dates and labels, as dotted lines."""
    ax = axes(ax, 7, width=9)
    ax.fill_between(table["date"], table["low"].astype(float), table["high"].astype(float), color=GROUP[0], alpha=0.18, linewidth=0)
    ax.plot(table["date"], table["value"], color=GROUP[0], linewidth=1.8)
    _events(ax, events)
    dates(ax)
    ax.set_ylabel(short(compared.title(measure), 40) if measure else "")
    numbers(ax, "y")
    ax.grid(axis="y", color=GRID)
    return ax


SMOOTH = Figure(
    file="comparison-course",
    caption="A measure as it goes, each day the articles around it, those far off weighing less; the band is the 95 % interval over articles; "
    "dotted lines mark events.",
    table=lambda study: courses.course(study, "loaded").assign(of=int(study.articles["date"].notna().sum())),
    plot=partial(plot_course, measure="loaded"),
    counts=("article", lambda table: table["of"].iloc[0] if len(table) else 0),
    finding=lambda study, table: where_it_changes(study, table, "loaded"),
)
LOADED = course("loaded", file="comparison-time")
