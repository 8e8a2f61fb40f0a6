"""Treatment: whether the words of a story praise or blame each actor, how surely, and whose judgement it is."""

from dataclasses import replace

import pandas as pd

from ..study.groups import grouped, groups_of_actors
from ..study.statistics import ratio_interval
from ..study.trust import asserted_right
from ..text.language import count, name, percent, signed, tr
from .figure import Figure, News
from .sharing import judgements
from .style import BLUE, IN_BAR, INK, MOST, RED, axes, label_below, legend_above, percents, rows_named, signs, with_n
from .telling import interval, sentence

LABELS = ["negative", "neutral", "positive"]
FEWEST = 3  # sentences on an actor, below which no sentence of ours singles them out
OFTEN = 10  # the same where some actor has as many
_LOOK = {"negative": (RED, "///"), "neutral": ("#C9CED6", ""), "positive": (BLUE, "...")}


# --- tables


def by_actor(study):
    """One row per actor: counts of negative, neutral, positive sentences, how many were withheld, n, mean polarity.

    n counts the sentences that are not withheld. blame, praise: the expected shares of negative and positive sentences, and
    polarity their difference: means of calibrated probabilities over all sentences, those withheld too, so that what the
    model often misses or wrongly finds is made up for (Bella et al. 2010), as far as the texts are like those that the
    calibration was fitted on (French press; on opinion pieces it says too little of both). polarity has a 95 % interval over
    articles (low, high; missing for fewer than three articles), which knows nothing of the model's own errors. baseline is
    textblob-fr's mean over the same sentences, which is blind to its target.
    """
    columns = ["actor", *LABELS, "n", "withheld", "articles", "blame", "praise", "polarity", "low", "high", "baseline"]
    rows = [{"actor": actor} | _treated(group) for actor, group in study.sentiment.groupby("actor")]
    return pd.DataFrame(rows, columns=columns).sort_values(["n", "actor"], ascending=[False, True], ignore_index=True)


def _treated(group):
    """What the table says of one actor, from the rows of `sentiment` that are about them."""
    sure = group[~group["withheld"]]
    per_article = group.groupby("doc_id")["polarity"].agg(["sum", "size"])
    value, low, high = ratio_interval(per_article["sum"], per_article["size"])
    return {label: int((sure["label"] == label).sum()) for label in LABELS} | {
        "n": len(sure),
        "withheld": int(group["withheld"].sum()),
        "articles": len(per_article),
        "blame": group["negative"].mean(),
        "praise": group["positive"].mean(),
        "polarity": value,
        "low": low,
        "high": high,
        "baseline": group["baseline"].mean(),
    }


def judged(study):
    """The rows of `sentiment` that praise or blame and are not withheld, with a tag of actor and label."""
    found = judgements(study)
    told = [tr("{actor}: {label}", actor=r.actor, label=name(r.label)) for r in found.itertuples()]
    return found.assign(tag=pd.Series(told, index=found.index, dtype="str"))


def by_group(study):
    """As :func:`by_actor`, of the groups that `actors.yaml` makes of actors; empty where it makes none."""
    return by_actor(grouped(study)) if groups_of_actors(study) else by_actor(study).head(0)


# --- sentences


def who_is_treated_how(table):
    """Who is treated worst and best; what was withheld. table: :func:`by_actor`."""
    known = table[table["n"] > 0]
    if known.empty and len(table):
        return _left_out(int(table["withheld"].sum()))
    if known.empty:
        return tr("No sentence names an actor, so no sentiment can be measured.")
    n = int(known["n"].sum())
    neutral = tr(
        "{share} of sentences are neutral toward the actor they name (n = {n}, one per sentence and actor).",
        share=percent(known["neutral"].sum() / n),
        n=n,
    )
    often = known[known["n"] >= (OFTEN if known["n"].max() >= OFTEN else FEWEST)]
    if often.empty:
        few = tr("No actor is named in {fewest} sentences or more: too few to compare them.", fewest=FEWEST)
        return f"{neutral} {few}"
    return " ".join([neutral, *_extremes(often), _left_out(int(table["withheld"].sum())), *_how_right(known)])


def _extremes(often):
    """Who is judged worst, and who best, where that is sure."""
    often = often[often["low"].notna()] if often["low"].notna().any() else often  # who is in three articles, if any
    often = often[often["articles"] >= OFTEN] if often["articles"].max() >= OFTEN else often  # in ten, if any
    worst = often[(often["polarity"] < -0.05) & ~(often["high"] >= 0)].sort_values("polarity")
    best = often[(often["polarity"] > 0.05) & ~(often["low"] <= 0)].sort_values("polarity")
    if len(worst):
        told = _told(worst.iloc[0], "negative")
        yield tr("Most negatively judged is {actor}: {sentences} of {n}, mean polarity {polarity}{interval}.", **told)
    if len(best):
        told = _told(best.iloc[-1], "positive")
        yield tr("Most positively judged is {actor}: {sentences} of {n}, {polarity}{interval}.", **told)
    if worst.empty and best.empty:
        yield tr("For no actor is the mean polarity clearly and surely negative or positive.")


def _told(row, label):
    """What a sentence says of how one actor is treated; label: negative or positive."""
    return {
        "actor": row["actor"],
        "sentences": count(row[label], f"{label} sentence"),
        "n": row["n"],
        "polarity": signed(row["polarity"]),
        "interval": interval(row["low"], row["high"]),
    }


def _left_out(withheld):
    if not withheld:
        return tr("None was too close to call.")
    return tr("Left out as too close to call: {sentences}.", sentences=count(withheld, "sentence"))


def _how_right(known):
    """How often praise and blame were right where that was measured, if there is any."""
    if known["neutral"].sum() < known["n"].sum():
        low, high = asserted_right()
        told = {"low": percent(low), "high": percent(high)}
        yield tr("Of such praise and blame {low} to {high} was right where it was measured: read the passages.", **told)


def which_groups(study, table):
    """How groups of actors are treated. table: :func:`by_group`."""
    if groups_of_actors(study):
        return who_is_treated_how(table)
    return tr("This study makes no groups of actors: `groups:` in actors.yaml does.")


def whose_judgement(study):
    """How many of the judgements are the outlet's and how many are in others' words."""
    found = judgements(study)
    if found.empty:
        return tr("No sentence passes a judgement on an actor.")
    quoted = int((found["voice"] == "quoted").sum())
    return tr(
        "{judgements} on actors: {own} in the outlet's own voice, {quoted} in reported speech.",
        judgements=sentence(count(len(found), "judgement")),
        own=len(found) - quoted,
        quoted=quoted,
    )


def news(study):
    """To which side the sentences on each actor lean who is named and judged often enough, where that is sure."""
    found = judged(study)
    for row in by_actor(study).query("n >= @OFTEN and (low > 0 or high < 0)").itertuples():
        label, other = ("negative", "positive") if row.polarity < 0 else ("positive", "negative")
        rows = found[(found["actor"] == row.actor) & (found["label"] == label)].sort_values("polarity", key=lambda p: -p.abs(), kind="stable")
        if len(rows) < max(FEWEST, getattr(row, other) + 1):
            continue
        own = int((rows["voice"] == "outlet").sum())
        told = {
            "actor": row.actor, "sentences": count(len(rows), f"{label} sentence"), "n": row.n, "neutral": row.neutral, "own": own, "quoted": len(rows) - own,
            "k": rows["doc_id"].nunique(), "articles": count(row.articles, "article"),
            "polarity": signed(row.polarity), "interval": interval(row.low, row.high), "all": row.n + row.withheld,
        }  # fmt: skip
        said = {
            "negative": tr("What is said of {actor} leans to the negative: {sentences} of {n}, {neutral} neutral ({own} in the outlets' own voice, {quoted} quoted; in {k} of {articles}). Facts and accusations that are told count too. Mean polarity over all {all}, undecided ones too: {polarity}{interval}.", **told),
            "positive": tr("What is said of {actor} leans to the positive: {sentences} of {n}, {neutral} neutral ({own} in the outlets' own voice, {quoted} quoted; in {k} of {articles}). Facts and accusations that are told count too. Mean polarity over all {all}, undecided ones too: {polarity}{interval}.", **told),
        }  # fmt: skip
        rows = rows.sort_values("voice", key=lambda v: v != "outlet", kind="stable")
        yield News(said[label], row.articles, row.polarity, row.low, row.high, 0.15, rows, "tag", ("sentiment", "macro-F1"))


# --- the figure


def plot_treatment(table, *, actors=(), ax=None):
    """Sentences on each actor as a diverging bar: negative to the left, positive to the right, neutral astride."""
    part = table[table["n"] > 0].head(MOST)
    ax = axes(ax, len(part))
    share = part[LABELS].div(part["n"], axis=0)
    left = -(share["negative"] + share["neutral"] / 2)
    for label, (fill, hatch) in _LOOK.items():
        bars = ax.barh(
            range(len(part)),
            share[label],
            left=left,
            color=fill,
            height=0.62,
            hatch=hatch,
            edgecolor="white",
            linewidth=0.8,
            label=name(label),
        )
        ax.bar_label(bars, [n or "" for n in part[label]], label_type="center", color=INK, fontsize=10, bbox=IN_BAR)
        left = left + share[label]
    ax.axvline(0, color=INK, linewidth=0.8)
    rows_named(ax, [with_n(a, n) for a, n in zip(part["actor"], part["n"])])
    signs(ax, list(part["actor"]), actors)
    ax.set_xlim(-1.02, 1.02)
    percents(ax)
    label_below(ax, tr("share of the sentences that name the actor (in the bar: n)"))
    legend_above(ax, ncols=3)
    return ax


TREATMENT = Figure(
    file="actors-sentiment",
    caption="Sentences on each actor as a diverging bar: negative to the left, positive to the right, neutral astride the "
    "middle.",
    table=by_actor,
    plot=plot_treatment,
    counts=("sentence", lambda table: table["n"].head(MOST).sum()),
    finding=lambda study, table: who_is_treated_how(table),
    passages=judged,
    label="tag",
    measure="sentiment",
    news=news,
)
OF_GROUPS = replace(
    TREATMENT,
    file="actors-groups",
    table=by_group,
    finding=which_groups,
    passages=lambda study: judged(grouped(study)) if groups_of_actors(study) else judged(study).head(0),
    measure=None,
    news=None,
)
