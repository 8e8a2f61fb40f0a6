"""Figures: plot_<what>(table, *, ax=None) → Axes. One style for all; none of them writes a file."""

import textwrap

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
import seaborn as sns
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..text.language import count, date_part, name, named, number, percent, tr

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
    "other": "#5F6B7A",
    "plain": "#9AA3AD",
}
VOICE = {"outlet": BLUE, "quoted": ORANGE}
SENTIMENT = {"negative": RED, "neutral": "#C9CED6", "positive": BLUE}
KIND = {"name": "o", "short_name": "s", "description": "D", "pronoun": "^"}
INK = "#1F2933"
ACTOR = [BLUE, RED, GREEN, "#882255", ORANGE, "#332288", SKY, PURPLE]
SIGN = "os^Dv*pP"  # of the same actors; the reader's signs look alike
MOST = 15


def _dated(table):
    """The articles with a date, of as many outlets as one figure holds."""
    return table[table["outlet"].isin(list(dict.fromkeys(table["outlet"]))[:MOST]) & table["date"].notna()]


COUNTED = {  # what n counts of what each figure draws: a noun, and its number from the table
    "plot_articles": ("article", lambda t: _dated(t)["date"].size or min(len(t), MOST)),
    "plot_presence": ("mention", lambda t: t["actor"].value_counts().head(MOST).sum()),
    "plot_sentiment": ("sentence", lambda t: t["n"].head(MOST).sum()),
    "plot_relations": ("clause", lambda t: t["n"].sum()),
    "plot_network": ("clause", lambda t: t["n"].sum()),
    "plot_frames": ("article", lambda t: t["n"].max()),
    "plot_frames_through": ("sentence", lambda t: t.drop_duplicates("step")["sentences"].sum()),
    "plot_frames_by_voice": ("sentence", lambda t: t[["outlet", "quoted"]].to_numpy().sum()),
    "plot_actors_in_frames": ("sentence", lambda t: t.drop_duplicates("actor")["of"].sum()),
    "plot_metaphors": ("metaphor", len),
    "plot_loaded": ("loaded term", lambda t: t["n"].head(20).sum()),
    "plot_cloud": ("word", lambda t: t["n"].head(90).sum()),
    "plot_dispersion": ("loaded term", lambda t: t["term"].value_counts().head(20).sum()),
    "plot_loaded_by_voice": ("loaded term", lambda t: t["n"].sum()),
    "plot_speakers": ("quotation", lambda t: t["quotes"].head(MOST).sum()),
    "plot_hedges": ("hedge", lambda t: t["n"].sum()),
    "plot_reliability": ("judgement", lambda t: t["n"].sum()),
    "plot_comparison": ("measure", lambda t: t["measure"].nunique()),
    "plot_over_time": ("article", lambda t: t["n"].sum()),
    "plot_profiles": ("article", lambda t: t["n"].sum()),
    "plot_keyness": ("word", len),
}


def set_style():
    """The one visual style of all figures."""
    sns.set_theme(
        style="white",
        context="notebook",
        rc={
            "font.family": "DejaVu Sans",
            "font.size": 11,
            "axes.labelsize": 11,
            "axes.titlesize": 12,
            "xtick.labelsize": 10,
            "ytick.labelsize": 10.5,
            "axes.edgecolor": "#B8C0CA",
            "axes.labelcolor": INK,
            "text.color": INK,
            "xtick.color": INK,
            "ytick.color": INK,
            "figure.dpi": 110,
            "savefig.dpi": 300,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "svg.hashsalt": "cadrage",
            "legend.frameon": False,
            "legend.fontsize": 10,
        },
    )


def _axes(ax, rows, *, width=8.4, base=1.3, each=0.42):
    if ax is not None:
        return ax
    set_style()
    return plt.subplots(figsize=(width, base + each * max(2, rows)), layout="constrained")[1]


def _short(words, longest=34):
    words = str(words).replace("$", r"\$")
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _label(ax, words):
    """A label below the axes, in lines that are no wider than they are."""
    ax.set_xlabel(textwrap.fill(words, 66, break_on_hyphens=False))


def _percent(ax, axis="x"):
    getattr(ax, f"{axis}axis").set_major_formatter(lambda v, _: percent(abs(v)))


def _numbers(ax, axis="x"):
    """Numbers as the language writes them, with the decimals that the steps of the axis need."""
    side = getattr(ax, f"{axis}axis")

    def told(value, _):
        steps = np.diff(side.get_majorticklocs())
        step = abs(steps[0]) if len(steps) else 1
        return number(value, next((d for d in range(4) if abs(round(step, d) - step) < 1e-9), 4))

    side.set_major_formatter(told)


def _signs(ax, names, actors, *, rows=None, side="y"):
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


def _colour(actor, actors):
    """The colour of an actor, the same in all figures and in the articles; grey for one who is seldom mentioned."""
    return ACTOR[actors.index(actor)] if actor in actors[: len(ACTOR)] else GREY


def _dates(ax):
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


def plot_articles(table, *, ax=None):
    """Articles in time, one line per outlet, dots as large as they are long, without those that have no date; by length alone where no date is known."""
    dated = table["date"].notna().any()
    names = list(dict.fromkeys(table["outlet"]))[:MOST]
    ax = _axes(ax, len(names) if dated else min(len(table), MOST))
    if dated:
        part = _dated(table)
        ax.scatter(
            part["date"],
            [names.index(o) for o in part["outlet"]],
            s=part["words"].astype(float) / 4 + 20,
            color=BLUE,
            alpha=0.65,
            edgecolor="white",
        )
        ax.set_yticks(range(len(names)), [_short(named(n)) for n in names])
        ax.invert_yaxis()
        _label(ax, tr("date of the article (larger dots: longer articles)"))
        _dates(ax)
        ax.margins(y=0.25 if len(names) > 1 else 1)
    else:
        part = table.sort_values("words", ascending=False).head(MOST)
        labels = [_short(t if isinstance(t, str) else d) for t, d in zip(part["title"], part["doc_id"])]
        bars = ax.barh(range(len(part)), part["words"].astype(float), color=BLUE, height=0.6)
        ax.bar_label(
            bars,
            [
                tr("{words}, {sentences}", words=count(w, "word"), sentences=count(s, "sentence"))
                for w, s in zip(part["words"], part["sentences"])
            ],
            padding=4,
        )
        ax.set_yticks(range(len(part)), labels)
        ax.invert_yaxis()
        ax.set_xlabel(name("words"))
        _numbers(ax)
        ax.margins(x=0.35)
    return ax


def plot_presence(table, *, actors=(), ax=None):
    """Where actors are mentioned, from an article's first character to its last; several articles lie upon one another."""
    order = list(table["actor"].value_counts(sort=True).index)[:MOST]
    ax = _axes(ax, len(order))
    if table["doc_id"].nunique() > 12:
        return _presence_map(table, order, actors, ax)
    for kind, marker in KIND.items():
        part = table[(table["kind"] == kind) & table["actor"].isin(order)]
        ax.scatter(
            part["position"],
            [order.index(a) for a in part["actor"]],
            marker=marker,
            s=62,
            color=[_colour(a, actors) for a in part["actor"]] if actors else BLUE,
            alpha=0.75,
            edgecolor="white",
            linewidth=0.8,
        )
    counts = table["actor"].value_counts()
    ax.set_yticks(range(len(order)), [tr("{actor}  (n = {n})", actor=_short(a), n=counts[a]) for a in order])
    _signs(ax, order, actors)
    ax.grid(axis="y", color="#E4E7EB")
    ax.invert_yaxis()
    ax.set_xlim(-0.02, 1.02)
    _percent(ax)
    ax.set_xlabel(tr("position in the article"))
    handles = [Line2D([], [], linestyle="", marker=m, color="#5F6B7A", label=name(k)) for k, m in KIND.items()]
    ax.legend(handles=handles, ncols=4, loc="lower center", bbox_to_anchor=(0.4, 1.0), handletextpad=0.1)
    return ax


def _presence_map(table, order, actors, ax):
    bins = np.minimum((table["position"] * 10).astype(int), 9)
    grid = (
        table.assign(bin=bins)
        .groupby(["actor", "bin"])
        .size()
        .unstack(fill_value=0)
        .reindex(index=order, columns=range(10), fill_value=0)
        .astype(int)
    )
    sns.heatmap(grid, ax=ax, cmap="Blues", annot=True, fmt="d", cbar=False, linewidths=1, linecolor="white")
    ax.set(xlabel=tr("tenth of the article"), ylabel="")
    ax.set_xticklabels(range(1, 11))
    ax.set_yticks(np.arange(len(order)) + 0.5, [_short(a) for a in order], rotation=0)
    _signs(ax, order, actors, rows=np.arange(len(order)) + 0.5)
    return ax


def plot_sentiment(table, *, actors=(), ax=None):
    """Sentences on each actor as a diverging bar: negative to the left, positive to the right, neutral astride the middle."""
    part = table[table["n"] > 0].head(MOST)
    ax = _axes(ax, len(part))
    share = part[["negative", "neutral", "positive"]].div(part["n"], axis=0)
    left = -(share["negative"] + share["neutral"] / 2)
    for label, hatch in (("negative", "///"), ("neutral", ""), ("positive", "...")):
        bars = ax.barh(
            range(len(part)),
            share[label],
            left=left,
            color=SENTIMENT[label],
            height=0.62,
            hatch=hatch,
            edgecolor="white",
            linewidth=0.8,
            label=name(label),
        )
        ax.bar_label(
            bars,
            [n or "" for n in part[label]],
            label_type="center",
            color=INK,
            fontsize=10,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.85},
        )
        left = left + share[label]
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.set_yticks(
        range(len(part)), [tr("{actor}  (n = {n})", actor=_short(a), n=n) for a, n in zip(part["actor"], part["n"])]
    )
    _signs(ax, list(part["actor"]), actors)
    ax.invert_yaxis()
    ax.set_xlim(-1.02, 1.02)
    _percent(ax)
    _label(ax, tr("share of the sentences that name the actor (in the bar: n)"))
    ax.legend(ncols=3, loc="lower center", bbox_to_anchor=(0.4, 1.0))
    return ax


def _verbs(rows):
    """The verbs of relations, denied ones as such, with how often each comes."""
    return [
        _short(f"{'ne pas ' if r.negated else ''}{r.verb}{f' ×{r.n}' if r.n > 1 else ''}") for r in rows.itertuples()
    ]


def plot_relations(table, *, actors=(), ax=None):
    """Who acts on whom: rows act, columns undergo; the verbs stand in the cells."""
    agents = list(table.groupby("agent_actor")["n"].sum().sort_values(ascending=False).index)[:8]
    patients = list(table.groupby("patient_actor")["n"].sum().sort_values(ascending=False).index)[:8]
    part = table[table["agent_actor"].isin(agents) & table["patient_actor"].isin(patients)]
    grid = (
        part.groupby(["agent_actor", "patient_actor"])["n"]
        .sum()
        .unstack(fill_value=0)
        .reindex(index=agents, columns=patients, fill_value=0)
        .astype(int)
    )
    ax = _axes(ax, len(agents), width=min(8.4, 3.2 + 1.5 * len(patients)), each=0.75)
    sns.heatmap(
        grid,
        ax=ax,
        cmap="Blues",
        cbar=False,
        linewidths=2,
        linecolor="white",
        vmin=0,
        vmax=max(4, grid.to_numpy().max()),
    )
    for (agent, patient), rows in part.groupby(["agent_actor", "patient_actor"]):
        verbs = _verbs(rows.head(3))
        dark = grid.loc[agent, patient] > 0.6 * max(4, grid.to_numpy().max())
        ax.text(
            patients.index(patient) + 0.5,
            agents.index(agent) + 0.5,
            "\n".join(verbs),
            ha="center",
            va="center",
            fontsize=9.5,
            color="white" if dark else INK,
        )
    ax.set_xticks(
        np.arange(len(patients)) + 0.5,
        [_short(p, 18) for p in patients],
        rotation=0 if len(patients) < 5 else 30,
        ha="center",
    )
    ax.set_yticks(np.arange(len(agents)) + 0.5, [_short(a) for a in agents], rotation=0)
    _signs(ax, agents, actors, rows=np.arange(len(agents)) + 0.5)
    _signs(ax, patients, actors, rows=np.arange(len(patients)) + 0.5, side="x")
    ax.set(xlabel=tr("undergoes"), ylabel=tr("acts"))
    return ax


def plot_network(table, *, actors=(), ax=None):
    """Who acts on whom, as a graph: an arrow from who does it to who undergoes it, as thick as it is frequent, with its verbs."""
    pairs = table.groupby(["agent_actor", "patient_actor"], sort=False)
    weight = pairs["n"].sum().sort_values(ascending=False).head(MOST)
    names = list(dict.fromkeys(who for pair in weight.index for who in pair))
    ax = _axes(ax, 12, width=8.4)
    angle = {who: np.pi / 2 - 2 * np.pi * i / len(names) for i, who in enumerate(names)}
    place = {who: np.array([1.5 * np.cos(a), np.sin(a)]) for who, a in angle.items()}
    box = {"boxstyle": "round,pad=0.45", "facecolor": "#EEF3F7", "linewidth": 2}
    told = {who: ax.text(*at, _short(who, 22), ha="center", va="center", fontsize=10.5, fontweight="bold", zorder=5,
                         bbox=box | {"edgecolor": _colour(who, actors)})
            for who, at in place.items()}  # fmt: skip
    for (agent, patient), n in weight.items():
        if agent == patient:
            continue
        verbs = _verbs(pairs.get_group((agent, patient)).head(2))
        arrow = {"arrowstyle": "-|>,head_width=0.35,head_length=0.7", "color": _colour(agent, actors) if actors else BLUE, "linewidth": min(5, 1 + n / 2),
                 "connectionstyle": "arc3,rad=0.16", "shrinkA": 2, "shrinkB": 4,
                 "patchA": told[agent].get_bbox_patch(), "patchB": told[patient].get_bbox_patch()}  # fmt: skip
        ax.annotate("", place[patient], place[agent], arrowprops=arrow)
        along = place[patient] - place[agent]
        middle = place[agent] + 0.45 * along + 0.08 * np.array([along[1], -along[0]])
        ax.text(*middle, ", ".join(verbs), ha="center", va="center", fontsize=9.5, zorder=4,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})  # fmt: skip
    ax.set(xlim=(-2.1, 2.1), ylim=(-1.3, 1.3))
    ax.set_axis_off()
    return ax


def plot_frames(table, *, ax=None):
    """Frames of a scheme by mean article score, with its interval; the dashed mark is from where on a frame is present."""
    ax, rows = _axes(ax, len(table)), np.arange(len(table))
    colours = [BLUE if s >= t else SKY for s, t in zip(table["score"], table["threshold"])]
    bars = ax.barh(rows, table["score"], color=colours, height=0.6)
    known = table["low"].notna()
    if known.any():
        part = table[known]
        gaps = np.abs([part["score"] - part["low"], part["high"] - part["score"]])
        ax.errorbar(part["score"], np.flatnonzero(known), xerr=gaps, fmt="none", color=INK, capsize=3, linewidth=1.2)
    else:
        ax.bar_label(bars, [number(s, 2) for s in table["score"]], padding=4)
    ax.vlines(table["threshold"], rows - 0.42, rows + 0.42, color=RED, linestyle=(0, (3, 1.5)), linewidth=1.8)
    ax.annotate(tr("present from here"), (table["threshold"].iloc[0], -0.5), color=RED, fontsize=9.5, ha="left", va="bottom",
                xytext=(4, 0), textcoords="offset points")  # fmt: skip
    ax.set_yticks(rows, [_short(name(f)) for f in table["frame"]])
    ax.invert_yaxis()
    ax.set_xlim(0, 1)
    _numbers(ax)
    ax.set_xlabel(tr("score (mean over articles, 0 to 1)"))
    return ax


def plot_frames_through(table, *, ax=None):
    """How frames move through the articles: share of the sentences of each tenth of the text that carry the frame."""
    grid = table.pivot(index="frame", columns="step", values="share")
    grid = grid.loc[grid.max(axis=1).sort_values(ascending=False).index]
    ax = _axes(ax, len(grid), each=0.5)
    sns.heatmap(
        grid,
        ax=ax,
        cmap="Blues",
        vmin=0,
        vmax=1,
        linewidths=1.5,
        linecolor="white",
        cbar_kws={"label": tr("share of sentences"), "format": lambda v, _: percent(v)},
    )
    ax.set_yticks(np.arange(len(grid)) + 0.5, [_short(name(f)) for f in grid.index], rotation=0)
    ax.set(xlabel=tr("tenth of the article, from its first to its last"), ylabel="")
    return ax


def plot_frames_by_voice(table, *, ax=None):
    """Frames by whose voice brings them: the outlet's own to the left, quoted speech to the right."""
    return _by_voice(_axes(ax, len(table)), table.set_index("frame")[["outlet", "quoted"]])


def plot_actors_in_frames(table, *, actors=(), ax=None):
    """Which actor stands in which frame: share of the sentences that name the actor, and their number."""
    order = list(dict.fromkeys(table["actor"]))
    frames = list(table.groupby("frame")["sentences"].sum().sort_values(ascending=False).index)
    ax = _axes(ax, len(order), each=0.5)
    grid = table.pivot(index="actor", columns="frame", values="share").reindex(index=order, columns=frames).fillna(0)
    counts = table.pivot(index="actor", columns="frame", values="sentences").reindex(index=order, columns=frames)
    sns.heatmap(grid, ax=ax, cmap="Blues", vmin=0, vmax=1, linewidths=1.5, linecolor="white",
                annot=[["" if np.isnan(n) else f"{n:.0f}" for n in row] for row in counts.to_numpy(float)], fmt="",
                cbar_kws={"label": tr("share of the actor's sentences"), "format": lambda v, _: percent(v)})  # fmt: skip
    ax.set_xticks(np.arange(len(frames)) + 0.5, [_short(name(f)).replace(" ", "\n") for f in frames], rotation=0)
    ax.set_yticks(np.arange(len(order)) + 0.5, [_short(a) for a in order], rotation=0)
    _signs(ax, order, actors, rows=np.arange(len(order)) + 0.5)
    ax.set(xlabel="", ylabel="")
    return ax


def plot_metaphors(table, *, ax=None):
    """Metaphors by source domain, apart for the outlet's voice and the quoted ones."""
    counts = (
        table.groupby(["domain", "voice"])
        .size()
        .unstack(fill_value=0)
        .reindex(columns=["outlet", "quoted"], fill_value=0)
        .astype(int)
    )
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False).index]
    ax = _axes(ax, len(counts))
    return _by_voice(ax, counts)


def _by_voice(ax, counts):
    """Bars of counts to the left (outlet) and to the right (quoted) of a middle line."""
    rows = range(len(counts))
    for voice, sign, hatch in (("outlet", -1, ""), ("quoted", 1, "///")):
        bars = ax.barh(rows, sign * counts[voice], color=VOICE[voice], height=0.62, hatch=hatch, edgecolor="white")
        ax.bar_label(bars, [n or "" for n in counts[voice]], padding=4)
    ax.axvline(0, color=INK, linewidth=0.8)
    ax.set_yticks(rows, [_short(name(c)) for c in counts.index])
    ax.invert_yaxis()
    widest = max(1, counts.to_numpy().max()) * 1.25
    ax.set_xlim(-widest, widest)
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.xaxis.set_major_formatter(lambda v, _: number(abs(v)))
    ax.set_xlabel(tr("← in the outlet's own voice    number of uses    in quoted speech →"))
    return ax


def plot_loaded(table, *, ax=None):
    """The most frequent loaded terms, coloured by category; the hatched part is quoted, the plain part the outlet's."""
    part = table.head(20)
    ax = _axes(ax, len(part), each=0.36)
    colours = [CATEGORY[c] for c in part["category"]]
    ax.barh(range(len(part)), part["outlet"], color=colours, height=0.68)
    ax.barh(
        range(len(part)),
        part["quoted"],
        left=part["outlet"],
        color=colours,
        height=0.68,
        hatch="///",
        edgecolor="white",
    )
    ax.set_yticks(range(len(part)), [_short(t) for t in part["term"]])
    ax.invert_yaxis()
    ax.xaxis.get_major_locator().set_params(integer=True)
    _label(ax, tr("number of uses (hatched: inside quoted speech)"))
    shown = [c for c in CATEGORY if c in set(part["category"])]
    ax.legend(
        handles=[Patch(color=CATEGORY[c], label=name(c)) for c in shown], loc="lower right", ncols=1 + (len(shown) > 5)
    )
    return ax


def plot_cloud(table, *, ax=None):
    """The words of the articles, as large as they are frequent; loaded ones in the colour of their category."""
    from wordcloud import WordCloud

    ax = _axes(ax, 8)
    category = dict(zip(table["term"], table["category"]))
    cloud = WordCloud(
        width=1500,
        height=760,
        background_color="white",
        random_state=7,
        prefer_horizontal=1.0,
        max_words=90,
        color_func=lambda word, **_: CATEGORY[category.get(word, "plain")],
        margin=6,
    )
    ax.imshow(cloud.generate_from_frequencies(dict(zip(table["term"], table["n"]))), interpolation="bilinear")
    ax.axis("off")
    shown = [c for c in CATEGORY if c in set(table["category"])]
    ax.legend(
        handles=[Patch(color=CATEGORY[c], label=tr("not loaded") if c == "plain" else name(c)) for c in shown],
        loc="upper center",
        bbox_to_anchor=(0.5, -0.01),
        ncols=min(6, len(shown)),
    )
    return ax


def plot_dispersion(table, *, ax=None):
    """Where loaded terms stand in the articles: one row per term, a filled mark for the outlet's voice, a hollow one quoted."""
    order = list(table["term"].value_counts().index)
    first = table.groupby("term")["position"].min()
    order = sorted(order[:20], key=lambda t: first[t])
    ax = _axes(ax, len(order), each=0.34)
    for (voice, category), rows in table[table["term"].isin(order)].groupby(["voice", "category"]):
        filled = voice == "outlet"
        ax.scatter(
            rows["position"],
            [order.index(t) for t in rows["term"]],
            s=58,
            marker="o" if filled else "D",
            linewidth=1.6,
            facecolor=CATEGORY[category] if filled else "white",
            edgecolor=CATEGORY[category],
            zorder=3,
        )
    ax.set_yticks(range(len(order)), [_short(t) for t in order])
    ax.grid(axis="y", color="#E4E7EB")
    ax.invert_yaxis()
    ax.set_xlim(-0.02, 1.02)
    _percent(ax)
    ax.set_xlabel(tr("position in the article"))
    shown = [c for c in CATEGORY if c in set(table[table["term"].isin(order)]["category"])]
    marks = [
        Line2D([], [], marker="o", linestyle="", color=INK, label=tr("outlet's voice")),
        Line2D([], [], marker="D", linestyle="", markerfacecolor="white", color=INK, label=name("quoted")),
    ]
    ax.legend(
        handles=marks + [Patch(color=CATEGORY[c], label=name(c)) for c in shown],
        ncols=5,
        loc="lower center",
        bbox_to_anchor=(0.4, 1.0),
        handletextpad=0.4,
        columnspacing=1.2,
    )
    return ax


def plot_loaded_by_voice(table, *, ax=None):
    """Loaded terms by category: the outlet's own to the left, those in quoted speech to the right."""
    ax = _axes(ax, len(table))
    return _by_voice(ax, table.set_index("category")[["outlet", "quoted"]])


def plot_speakers(table, *, actors=(), ax=None):
    """Who is quoted, by words; the plain part in quotation marks, the hatched part reported without."""
    part = table.head(MOST)
    ax = _axes(ax, len(part))
    ax.barh(range(len(part)), part["marked"], color=BLUE, height=0.62, label=tr("in quotation marks"))
    bars = ax.barh(
        range(len(part)),
        part["words"] - part["marked"],
        left=part["marked"],
        color=SKY,
        hatch="///",
        edgecolor="white",
        height=0.62,
        label=tr("reported, without marks"),
    )
    ax.bar_label(bars, [percent(s) for s in part["share"]], padding=4)
    ax.set_yticks(range(len(part)), [_short(named(s)) for s in part["speaker"]])
    _signs(ax, list(part["speaker"]), actors)
    ax.invert_yaxis()
    ax.margins(x=0.12)
    _numbers(ax)
    _label(ax, tr("words (share of all quoted words beside the bar)"))
    ax.legend(ncols=2, loc="lower center", bbox_to_anchor=(0.4, 1.0))
    return ax


def plot_hedges(table, *, ax=None):
    """Hedges by type, stacked by form: verb, attribution, adjective."""
    counts = table.pivot_table(index="type", columns="form", values="n", aggfunc="sum", fill_value=0).astype(int)
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False).index]
    ax = _axes(ax, len(counts))
    left = np.zeros(len(counts))
    for form, colour, hatch in (("verb", BLUE, ""), ("attribution", ORANGE, "///"), ("adjective", GREEN, "...")):
        if form in counts:
            bars = ax.barh(
                range(len(counts)),
                counts[form],
                left=left,
                color=colour,
                hatch=hatch,
                edgecolor="white",
                height=0.62,
                label=name(form),
            )
            ax.bar_label(
                bars,
                [n or "" for n in counts[form]],
                label_type="center",
                fontsize=10,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.85},
            )
            left += counts[form].to_numpy()
    ax.set_yticks(range(len(counts)), [name(t) for t in counts.index])
    ax.invert_yaxis()
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.set_xlabel(tr("number of uses"))
    ax.legend(ncols=3, loc="lower center", bbox_to_anchor=(0.4, 1.0))
    return ax


def plot_reliability(table, *, ax=None):
    """How often a label is right, by how sure the model is of it; on the diagonal the probabilities tell the truth."""
    ax = _axes(ax, 10, width=6.4)
    ax.plot([1 / 3, 1], [1 / 3, 1], color=GREY, linestyle="--", linewidth=1)
    for (data, rows), colour, mark in zip(table.groupby("data", sort=False), (BLUE, RED, GREEN), "osD"):
        ax.plot(
            rows["confidence"],
            rows["right"],
            color=colour,
            marker=mark,
            label=tr("{data} (n {n})", data=name(data), n=rows["n"].sum()),
        )
    _percent(ax, "x"), _percent(ax, "y")
    _label(ax, tr("probability of the most probable label (mean of a bin)"))
    ax.set_ylabel(tr("how often it is the annotators'"))
    ax.legend(loc="lower right")
    return ax
