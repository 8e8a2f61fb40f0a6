"""Framing: which frames of a scheme are present, where in the articles they stand, and which come together."""

from dataclasses import replace
from functools import partial
from itertools import combinations

import numpy as np
import pandas as pd

from ..measures.framing import SCHEMES, threshold_of
from ..study.statistics import ratio_interval
from ..study.trust import exploratory
from ..text.language import count, joined, name, number, percent, tr
from .corpus import nothing, with_position
from .figure import Figure, News
from .style import BLUE, INK, RED, SKY, axes, cells_named, heatmap, numbers, rows_named, short
from .telling import scheme_told

_STEPS = 10  # parts of an article


# --- tables


def own_schemes(study):
    """The names of the schemes of frames that the study defines itself, in `seeds/frames/`."""
    return [scheme for scheme in study.frames["scheme"].unique() if scheme not in SCHEMES]


def frames_of(study, scheme):
    """The names of a scheme's frames, the kit's or the study's own."""
    return SCHEMES.get(scheme) or list(_of(study, scheme, "article")["frame"].unique())


def _of(study, scheme, level):
    """The rows of a scheme on a level: article, or sentence."""
    return study.frames[(study.frames["level"] == level) & (study.frames["scheme"] == scheme)]


def frames_of_articles(study, scheme):
    """One row per frame of a scheme: mean article score with its interval, the threshold, and the share of articles above it.

    exploratory: whether its measured agreement with coders is too low to rely on it; such frames stand last.
    """
    groups, rows = dict(list(_of(study, scheme, "article").groupby("frame"))), []
    nobody = study.frames.head(0)
    for frame in frames_of(study, scheme):
        own = groups.get(frame, nobody)
        value, low, high = ratio_interval(own["score"], np.ones(len(own)))
        share = own["present"].mean() if len(own) else np.nan
        rows.append((frame, len(own), value, low, high, threshold_of(scheme), share))
    made = pd.DataFrame(rows, columns=["frame", "n", "score", "low", "high", "threshold", "present"])
    made["exploratory"] = made["frame"].isin(exploratory() if scheme == "generic" else ())
    return made.sort_values(["exploratory", "score"], ascending=[True, False], kind="stable", ignore_index=True)


def frames_of_own_schemes(study):
    """As :func:`frames_of_articles`, for all the schemes that the study defines itself, with a column `scheme`."""
    parts = [frames_of_articles(study, scheme).assign(scheme=scheme) for scheme in own_schemes(study)]
    return pd.concat(parts, ignore_index=True) if parts else frames_of_articles(study, "generic").head(0).assign(scheme="")  # fmt: skip


def framed_sentences(study, scheme):
    """The rows of a scheme's frames that are present in a sentence, the strongest first."""
    found = _of(study, scheme, "sentence")
    return found[found["present"]].sort_values("score", ascending=False)


def framed_by_own_schemes(study):
    """The rows of the study's own frames that are present in a sentence."""
    found = study.frames[study.frames["scheme"].isin(own_schemes(study)) & study.frames["present"]]
    return found[found["level"] == "sentence"]


def frames_through(study, scheme):
    """Where in the articles frames stand: one row per frame and tenth of the text, share of its sentences with the frame."""
    places = with_position(study, study.sentences[["doc_id", "sentence_id", "start"]])
    places["step"] = np.minimum((places["position"] * _STEPS).astype(int), _STEPS - 1) + 1
    total = places.groupby("step").size()
    found = framed_sentences(study, scheme)[["doc_id", "sentence_id", "frame"]].drop_duplicates()
    counts = places.merge(found, on=["doc_id", "sentence_id"]).groupby(["frame", "step"]).size()
    rows = [
        (frame, step, int(n), k := int(counts.get((frame, step), 0)), k / n)
        for frame in frames_of(study, scheme)
        for step, n in total.items()
    ]
    return pd.DataFrame(rows, columns=["frame", "step", "sentences", "with_frame", "share"])


def frames_together(study, scheme):
    """Which frames come together: frame, other_frame, sentences (that carry both), expected (were they independent), lift, articles.

    lift: sentences / expected; over 1 the two attract each other. Under five sentences it says little.
    """
    found = framed_sentences(study, scheme)
    grid = pd.crosstab([found["doc_id"], found["sentence_id"]], found["frame"]).astype(bool)
    rows, docs = [], grid.index.get_level_values("doc_id") if len(grid) else []
    for one, other in combinations([f for f in frames_of(study, scheme) if f in grid], 2):
        both = (grid[one] & grid[other]).to_numpy()
        if n := int(both.sum()):
            expected = int(grid[one].sum()) * int(grid[other].sum()) / len(study.sentences)
            rows.append((one, other, n, expected, n / expected, docs[both].nunique()))
    made = pd.DataFrame(rows, columns=["frame", "other_frame", "sentences", "expected", "lift", "articles"])
    return made.sort_values("sentences", ascending=False, kind="stable", ignore_index=True)


# --- sentences


def which_frames(table, scheme):
    """Which frames are present, and which of these not to rely on. table: :func:`frames_of_articles`."""
    n = int(table["n"].max()) if len(table) else 0
    if not n:
        return nothing()
    present = table[table["present"] > 0].sort_values("present", ascending=False, kind="stable")
    unsure = present[present["exploratory"]]
    table, present = table[~table["exploratory"]], present[~present["exploratory"]]
    if present.empty:
        told = tr(
            "No {scheme} frame reaches the threshold in {articles}; nearest is {frame} ({score}).",
            scheme=scheme_told(scheme),
            articles=count(n, "article"),
            frame=name(table["frame"].iloc[0]),
            score=number(table["score"].iloc[0], 2),
        )
    else:
        present = present if n == 1 else present.head(3)
        told = _in_one_article(present, scheme) if n == 1 else _in_most_articles(present, scheme, n)
    if len(unsure):
        listed = joined(map(name, unsure["frame"]))
        told += " " + tr("Exploratory, not to be relied on: {frames}.", frames=listed)
    return told


def _in_one_article(present, scheme):
    listed = [tr("{frame} ({score})", frame=name(r.frame), score=number(r.score, 2)) for r in present.itertuples()]
    values = {"scheme": scheme_told(scheme), "frames": joined(listed)}
    if len(listed) == 1:
        return tr("In this one article one {scheme} frame is present: {frames}.", **values)
    return tr("In this one article several {scheme} frames are present: {frames}.", **values)


def _in_most_articles(present, scheme, n):
    listed = [tr("{frame} in {k} of {n}", frame=name(r.frame), k=round(r.present * n), n=n) for r in present.itertuples()]  # fmt: skip
    return tr("The {scheme} frames present in most articles: {frames}.", scheme=scheme_told(scheme), frames=joined(listed))  # fmt: skip


def which_own_frames(table):
    """What the study's own frames show. table: :func:`frames_of_own_schemes`."""
    if table.empty:
        return tr("This study defines no frames of its own.")
    return " ".join(which_frames(part, scheme) for scheme, part in table.groupby("scheme", sort=False))


def news(study, scheme):
    """Which frame is present in most articles, where it leads the next one; those not to be relied on are no news."""
    own = _of(study, scheme, "article")
    own = own[~own["frame"].isin(exploratory() if scheme == "generic" else ())]
    present = own.pivot(index="doc_id", columns="frame", values="present").astype(float)
    if present.sum().gt(0).sum() < 2:
        return
    first, second = present.mean().sort_values(ascending=False, kind="stable").index[:2]
    lead = ratio_interval(present[first] - present[second], np.ones(len(present)))
    said = tr(
        "Of the {scheme} frames, {frame} is present most often (in {share} of {articles}); {other} comes next ({other_share}).",
        scheme=scheme_told(scheme), frame=name(first), share=percent(present[first].mean()), articles=count(len(present), "article"),
        other=name(second), other_share=percent(present[second].mean()),
    )  # fmt: skip
    rows, metric = framed_sentences(study, scheme), "κ" if scheme == "generic" else "F1"
    yield News(said, len(present), *lead, 0.05, rows[rows["frame"] == first], "frame", (f"{scheme} frames", f"{metric} {first}"))


# --- figures


def plot_frames(table, *, ax=None):
    """Frames of a scheme by mean article score, with its interval and the mark from where on a frame is present."""
    ax, rows = axes(ax, len(table)), np.arange(len(table))
    colours = [BLUE if s >= t else SKY for s, t in zip(table["score"], table["threshold"])]
    apart = ["///" if one else "" for one in table["exploratory"]]
    bars = ax.barh(rows, table["score"], color=colours, height=0.6, hatch=apart, edgecolor="white")
    known = table["low"].notna()
    if known.any():
        part = table[known]
        gaps = np.abs([part["score"] - part["low"], part["high"] - part["score"]])
        ax.errorbar(part["score"], np.flatnonzero(known), xerr=gaps, fmt="none", color=INK, capsize=3, linewidth=1.2)
    else:
        ax.bar_label(bars, [number(s, 2) for s in table["score"]], padding=4)
    ax.vlines(table["threshold"], rows - 0.42, rows + 0.42, color=RED, linestyle=(0, (3, 1.5)), linewidth=1.8)
    at = {"xy": (table["threshold"].iloc[0], -0.5), "xytext": (4, 0), "textcoords": "offset points"}
    ax.annotate(tr("present from here"), **at, color=RED, fontsize=9.5, ha="left", va="bottom")
    told = [tr("{frame} (exploratory)", frame=name(f)) if e else name(f) for f, e in zip(table["frame"], table["exploratory"])]
    rows_named(ax, [short(t) for t in told])
    ax.set_xlim(0, 1)
    numbers(ax)
    ax.set_xlabel(tr("score (mean over articles, 0 to 1)"))
    return ax


def plot_frames_through(table, *, ax=None):
    """How frames move through the articles: share of the sentences of each tenth of the text that carry the frame."""
    grid = table.pivot(index="frame", columns="step", values="share")
    grid = grid.loc[grid.max(axis=1).sort_values(ascending=False).index]
    ax = axes(ax, len(grid), each=0.5)
    beside = {"label": tr("share of sentences"), "format": lambda v, _: percent(v)}
    heatmap(grid, ax, vmin=0, vmax=1, cbar_kws=beside)
    cells_named(ax, [short(name(f)) for f in grid.index])
    ax.set(xlabel=tr("tenth of the article, from its first to its last"), ylabel="")
    return ax


def frames(scheme):
    """The figure of a scheme's frames: "generic", "policy", or one of the study's own."""
    return Figure(
        file=f"framing-{scheme}",
        caption="Frames of a scheme by mean article score, with its interval; the dashed mark is from where on a frame is "
        "present.",
        table=partial(frames_of_articles, scheme=scheme),
        plot=plot_frames,
        counts=("article", lambda table: table["n"].max()),
        finding=lambda study, table: which_frames(table, scheme),
        passages=partial(framed_sentences, scheme=scheme),
        label="frame",
        measure="frames" if scheme == "generic" else f"frames:{scheme}",
        news=partial(news, scheme=scheme),
    )


def through(scheme, *, file=None):
    """The figure of where in the articles a scheme's frames stand."""
    return Figure(
        file=file or f"framing-{scheme}-through",
        caption="How frames move through the articles: share of the sentences of each tenth of the text that carry the "
        "frame.",
        table=partial(frames_through, scheme=scheme),
        plot=plot_frames_through,
        counts=("sentence", lambda table: table.drop_duplicates("step")["sentences"].sum()),
        finding=lambda study, table: frames(scheme).told(study),
        passages=partial(framed_sentences, scheme=scheme),
        label="frame",
    )


GENERIC, POLICY = frames("generic"), frames("policy")
THROUGH = through("generic", file="framing-through")
OWN = replace(
    frames("own"),
    table=frames_of_own_schemes,
    finding=lambda study, table: which_own_frames(table),
    passages=framed_by_own_schemes,
    measure=None,
    news=None,
)
