"""Actors: who the story is about, where in the articles they are named, and who acts in it."""

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from ..study.statistics import ahead
from ..text.language import count, joined, name, percent, tr
from .corpus import nothing, with_position
from .figure import Figure, News
from .style import (
    BLUE,
    MOST,
    SOFT,
    axes,
    cells_named,
    colour,
    heatmap,
    legend_above,
    middles,
    percents,
    rows_named,
    short,
    signs,
    with_n,
)

KIND = {"name": "o", "short_name": "s", "description": "D", "pronoun": "^"}
_MANY = 12  # articles, above which marks would hide each other


# --- tables


def mentioned(study):
    """One row per actor, the most mentioned first, countries after the others: mentions, articles, and how often they act, undergo, or neither."""
    found = study.mentions.dropna(subset=["actor"])
    made = found.groupby("actor").agg(mentions=("start", "size"), articles=("doc_id", "nunique"))
    roles = found.groupby(["actor", "role"]).size().unstack(fill_value=0)
    made = made.join(roles.reindex(columns=["agent", "patient", "other"], fill_value=0))
    states = set(study.entities.loc[study.entities["type"] == "state", "actor"])
    made = made.sort_values("mentions", ascending=False, kind="stable").reset_index()
    return made.sort_values("actor", key=lambda a: a.isin(states), kind="stable", ignore_index=True)


def presence(study):
    """One row per mention: doc_id, actor, kind, role, position (0 at an article's first character, 1 at its last)."""
    found = with_position(study, study.mentions.dropna(subset=["actor"]))
    return found[["doc_id", "actor", "kind", "role", "position"]]


def called(study, *, most=12):
    """One row per actor, the most mentioned first: under which names, by which roles and how often by a pronoun it was found.

    said_of_them: what an article says of somebody right beside the name, which is no mention. Of each the most frequent, with how
    often, wordings that differ by capitals as one.
    """
    found = study.mentions.dropna(subset=["actor"])
    told = study.roles.dropna(subset=["actor"])
    rows = []
    for actor in mentioned(study)["actor"].head(most):
        own = found[found["actor"] == actor]
        kinds = {kind: own.loc[own["kind"].isin(of), "surface"] for kind, of in _KINDS.items()}
        rows.append(
            {"actor": actor, "names": _wordings(kinds["names"]), "roles": _wordings(kinds["roles"])}
            | {"pronouns": len(kinds["pronouns"]), "said_of_them": _wordings(told.loc[told["actor"] == actor, "said"])}
        )
    return pd.DataFrame(rows, columns=["actor", "names", "roles", "pronouns", "said_of_them"])


_KINDS = {"names": ["name", "short_name"], "roles": ["description"], "pronouns": ["pronoun"]}


def _wordings(said):
    """Wordings with how often, the most frequent first: "le groupe (3), Valdo"."""
    plain = _plain(said)
    groups = plain.groupby(plain.str.casefold()).agg(["first", "size"])
    groups = groups.sort_values("size", ascending=False, kind="stable").head(5)
    return joined([tr("{actor} ({n})", actor=w, n=n) if n > 1 else w for w, n in groups.itertuples(index=False)])


def _plain(said):
    return said.str.replace(r"\s+", " ", regex=True)


def merged(study):
    """The mentions by role, pronoun or one name, each wording of an actor once and roles first, with a tag that tells whom it was taken for."""
    found = study.mentions.dropna(subset=["actor"])
    order = {"description": 0, "short_name": 1, "pronoun": 2}
    found = found[found["kind"].isin(order)].assign(wording=lambda rows: _plain(rows["surface"]).str.casefold())
    found = found.sort_values("kind", key=lambda k: k.map(order), kind="stable")
    found = found.drop_duplicates(["actor", "wording"])
    tags = [tr("{words} = {actor}", words=w, actor=a) for w, a in zip(_plain(found["surface"]), found["actor"])]
    return found.drop(columns="wording").assign(tag=pd.Series(tags, index=found.index, dtype="str"))


# --- sentences


def who_is_there(study):
    """Who is there most, and who acts."""
    table = mentioned(study)
    if table.empty:
        return nothing() if study.articles.empty else tr("No actor of the catalogue is mentioned.")
    first = table.iloc[0]
    others = [tr("{actor} ({n})", actor=r.actor, n=r.mentions) for r in table.iloc[1:4].itertuples()]
    values = {
        "actor": first["actor"],
        "times": count(first["mentions"], "time"),
        "articles": count(first["articles"], "article"),
        "others": joined(others),
    }
    if others:
        text = tr("{actor} is mentioned most, {times} in {articles}; then {others}.", **values)
    else:
        text = tr("{actor} is mentioned most, {times} in {articles}.", **values)
    return " ".join([text, *_who_acts(table)])


def _who_acts(table):
    """Who is most often the subject of an active verb, if anybody is."""
    acts = table.sort_values("agent", ascending=False, kind="stable").iloc[0]
    if acts["agent"]:
        yield tr(
            "The one who most often acts is {actor}: subject of an active verb in {n} of {mentions}.",
            actor=acts["actor"],
            n=acts["agent"],
            mentions=count(acts["mentions"], "mention"),
        )


def news(study):
    """Whom the articles speak of most, where that is sure; countries are left aside, for they are places as often as actors."""
    states = set(study.entities.loc[study.entities["type"] == "state", "actor"])
    found = study.mentions.dropna(subset=["actor"])
    counts = found[~found["actor"].isin(states)].groupby(["doc_id", "actor"]).size().unstack(fill_value=0)
    if counts.shape[1] < 2:
        return
    first, second, *lead = ahead(counts)
    share, own = counts.sum() / counts.to_numpy().sum(), found[found["actor"] == first]
    said = tr(
        "{actor} stands at the centre: {share} of all mentions of actors, in {k} of {articles}; {other} comes next ({other_share}).",
        actor=first, share=percent(share[first]), k=own["doc_id"].nunique(), articles=count(len(study.articles), "article"), other=second, other_share=percent(share[second]),
    )  # fmt: skip
    named = own.sort_values("kind", key=lambda k: k != "name", kind="stable")
    yield News(said, own["doc_id"].nunique(), *lead, 0.05, named, "actor", ("who is who", "F names"))


# --- the figure


def plot_presence(table, *, actors=(), ax=None):
    """Where actors are mentioned: a mark per mention, or where articles are many a number per tenth of the article."""
    order = list(table["actor"].value_counts().index)[:MOST]
    ax = axes(ax, len(order))
    return (_map if table["doc_id"].nunique() > _MANY else _marks)(table, order, actors, ax)


def _marks(table, order, actors, ax):
    for kind, marker in KIND.items():
        part = table[(table["kind"] == kind) & table["actor"].isin(order)]
        ax.scatter(
            part["position"],
            [order.index(a) for a in part["actor"]],
            marker=marker,
            s=62,
            color=[colour(a, actors) for a in part["actor"]] if actors else BLUE,
            alpha=0.75,
            edgecolor="white",
            linewidth=0.8,
        )
    counts = table["actor"].value_counts()
    rows_named(ax, [with_n(a, counts[a]) for a in order])
    signs(ax, order, actors)
    ax.grid(axis="y", color="#E4E7EB")
    ax.set_xlim(-0.02, 1.02)
    percents(ax)
    ax.set_xlabel(tr("position in the article"))
    handles = [Line2D([], [], linestyle="", marker=m, color=SOFT, label=name(k)) for k, m in KIND.items()]
    legend_above(ax, handles=handles, ncols=4, handletextpad=0.1)
    return ax


def _map(table, order, actors, ax):
    bins = np.minimum((table["position"] * 10).astype(int), 9)
    grid = table.assign(bin=bins).groupby(["actor", "bin"]).size().unstack(fill_value=0)
    grid = grid.reindex(index=order, columns=range(10), fill_value=0).astype(int)
    heatmap(grid, ax, annot=True, fmt="d", cbar=False, linewidths=1)
    ax.set(xlabel=tr("tenth of the article"), ylabel="")
    ax.set_xticklabels(range(1, 11))
    cells_named(ax, [short(a) for a in order])
    signs(ax, order, actors, rows=middles(order))
    return ax


PRESENCE = Figure(
    file="actors-presence",
    caption="Where actors are mentioned, from an article's first character to its last; several articles lie upon one "
    "another.",
    table=presence,
    plot=plot_presence,
    counts=("mention", lambda table: table["actor"].value_counts().head(MOST).sum()),
    finding=lambda study, table: who_is_there(study),
    passages=lambda study: study.mentions.dropna(subset=["actor"]),
    label="actor",
    measure="mentions",
    news=news,
)
