"""Reliability: how often the sentiment model is right, by how sure it is; drawn by `make accuracy` only."""

from ..text.language import name, tr
from .style import BLUE, GREEN, GREY, RED, axes, label_below, percents


def plot_reliability(table, *, ax=None):
    """How often a label is right, by how sure the model is of it; on the diagonal the probabilities tell the truth."""
    ax = axes(ax, 10, width=6.4)
    ax.plot([1 / 3, 1], [1 / 3, 1], color=GREY, linestyle="--", linewidth=1)
    for (data, rows), colour, mark in zip(table.groupby("data", sort=False), (BLUE, RED, GREEN), "osD"):
        told = tr("{data} (n {n})", data=name(data), n=rows["n"].sum())
        ax.plot(rows["confidence"], rows["right"], color=colour, marker=mark, label=told)
    percents(ax, "x")
    percents(ax, "y")
    label_below(ax, tr("probability of the most probable label (mean of a bin)"))
    ax.set_ylabel(tr("how often it is the annotators'"))
    ax.legend(loc="lower right")
    return ax
