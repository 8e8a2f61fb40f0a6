"""Certainty: how much of the story is only reported, and on whose word it stands."""

import numpy as np

from ..study.statistics import ratio_interval
from ..text.language import count, joined, name, percent, tr
from .corpus import nothing
from .figure import Figure, News
from .style import BLUE, GREEN, IN_BAR, ORANGE, SKY, axes, counted, legend_above, rows_named
from .telling import interval_of_shares, speaker

_FORMS = {"verb": (BLUE, ""), "attribution": (ORANGE, "///"), "adjective": (GREEN, "..."), "question": (SKY, "xxx")}


# --- tables


def only_reported(study):
    """The hedges by which the press marks what it has not verified."""
    return study.hedges[study.hedges["type"] == "press_conditional"]


def hedge_types(study):
    """One row per type and form of hedge: n, in how many articles, and how many name a source."""
    made = study.hedges.groupby(["type", "form"], as_index=False).agg(
        n=("start", "size"), articles=("doc_id", "nunique"), with_source=("source", "count")
    )
    return made.sort_values(["n", "type"], ascending=[False, True], ignore_index=True)


def hedge_sources(study):
    """One row per source: how many unverified statements stand on its word, in how many sentences and articles."""
    reported = only_reported(study)
    reported = reported.assign(source=reported["source"].fillna("(no source named)"))
    reported["sentence"] = reported["doc_id"] + "#" + reported["sentence_id"].astype(str)
    made = reported.groupby("source", as_index=False).agg(
        n=("start", "size"), sentences=("sentence", "nunique"), articles=("doc_id", "nunique")
    )
    return made.sort_values(["n", "source"], ascending=[False, True], ignore_index=True)


def claims_of_articles(study):
    """One row per article: doc_id, claims in the outlet's own voice, how many of them stand unverified or only possible, and shares."""
    own = study.claims[study.claims["standing"] != "quoted"]
    own = own.assign(**{kind: (own["standing"] == kind).astype(int) for kind in ("unverified", "possible")})
    made = own.groupby("doc_id").agg(claims=("start", "size"), unverified=("unverified", "sum"), possible=("possible", "sum"))
    made["share"] = made["unverified"] / made["claims"]
    return made.reset_index()


# --- the sentence


def how_much_is_only_reported(study):
    """How much of the story stands in the conditional or on a source's word."""
    n, reported = len(study.sentences), only_reported(study)
    if not n:
        return nothing()
    if reported.empty:
        return tr("None of {sentences} is presented as only reported.", sentences=count(n, "sentence"))
    k = len(reported.drop_duplicates(["doc_id", "sentence_id"]))
    text = tr(
        "Of {sentences}, {k} ({share}) report something as unverified (conditional or attribution, as in « {marker} »).",
        sentences=count(n, "sentence"),
        k=k,
        share=percent(k / n),
        marker=reported.iloc[0]["marker"],
    )
    return " ".join([text, *_how_much_of_the_claims(study), _on_whose_word(reported)])


def _how_much_of_the_claims(study):
    """What share of what the outlets claim in their own voice stands unverified."""
    told = claims_of_articles(study)
    if len(told):
        yield tr(
            "Of {n} in the outlet's own voice, {k} ({share}) stand unverified.",
            n=count(int(told["claims"].sum()), "claim"),
            k=int(told["unverified"].sum()),
            share=percent(told["unverified"].sum() / told["claims"].sum()),
        )


def _on_whose_word(reported):
    """Who is relied on in most sentences; those who share the first place, three at most."""
    sources = reported.drop_duplicates(["doc_id", "sentence_id", "source"])["source"].dropna().value_counts()
    if sources.empty:
        return tr("None of them names its source.")
    if sources.iloc[0] < max(2, len(reported) / 50):  # of hundreds, twice is nothing to tell
        return tr("No source stands out among the {n} they rest on.", n=len(sources))
    return tr(
        "The word most relied on is that of {source} ({times}).",
        source=joined(map(speaker, sources[sources == sources.max()].index[:3])),
        times=count(sources.iloc[0], "time"),
    )


def news(study):
    """What share of what the outlets claim in their own voice they do not vouch for: from one in ten on it is news."""
    told = claims_of_articles(study)
    if told.empty:
        return
    value, low, high = ratio_interval(told["unverified"], told["claims"])
    said = tr(
        "Of what the outlets claim in their own voice, {share} stands unverified{interval}: {k} of {claims}, in {articles}.",
        share=percent(value), interval=interval_of_shares(low, high), k=int(told["unverified"].sum()), claims=count(int(told["claims"].sum()), "claim"), articles=count(len(told), "article"),
    )  # fmt: skip
    yield News(said, len(told), value, low, high, 0.1, only_reported(study), "type", ("hedges", "F, overlap ≥ 0.3"))


# --- the figure


def plot_hedges(table, *, ax=None):
    """Hedges by type, stacked by form: verb, attribution, adjective, question."""
    counts = table.pivot_table(index="type", columns="form", values="n", aggfunc="sum", fill_value=0).astype(int)
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False).index]
    ax, rows, left = axes(ax, len(counts)), range(len(counts)), np.zeros(len(counts))
    for form, (fill, hatch) in _FORMS.items():
        if form in counts:
            look = {"color": fill, "hatch": hatch, "edgecolor": "white", "height": 0.62, "label": name(form)}
            bars = ax.barh(rows, counts[form], left=left, **look)
            ax.bar_label(bars, [n or "" for n in counts[form]], label_type="center", fontsize=10, bbox=IN_BAR)
            left += counts[form].to_numpy()
    rows_named(ax, [name(t) for t in counts.index])
    counted(ax)
    ax.set_xlabel(tr("number of uses"))
    legend_above(ax, ncols=3)
    return ax


HEDGES = Figure(
    file="voices-hedges",
    caption="Hedges by type, stacked by form: verb, attribution, adjective, question.",
    table=hedge_types,
    plot=plot_hedges,
    counts=("hedge", lambda table: table["n"].sum()),
    finding=lambda study, table: how_much_is_only_reported(study),
    passages=lambda study: study.hedges,
    label="type",
    measure="hedges",
    news=news,
)
