"""Who frames: whose voice brings each frame, and which actor stands in it."""

from functools import partial

import numpy as np

from ..study.trust import exploratory
from ..text.language import count, joined, name, percent, tr
from .figure import Figure
from .framing import framed_sentences
from .style import axes, bars_by_voice, cells_named, heatmap, middles, short, signs
from .telling import scheme_told

_FEWEST = 3  # sentences with a frame, below which no sentence of ours singles it out
_ONE = ["doc_id", "sentence_id", "frame"]  # a sentence carries a frame once


# --- tables


def frames_by_voice(study, scheme):
    """Whose voice brings each frame: frame, outlet, quoted (sentences that hold a cue, by the voice of the strongest one)."""
    found = framed_sentences(study, scheme)
    found = found[found["cues"] > 0].drop_duplicates(_ONE)
    counts = found.groupby(["frame", "voice"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["outlet", "quoted"], fill_value=0).astype(int)
    return counts.loc[counts.sum(axis=1).sort_values(ascending=False).index].rename_axis(columns=None).reset_index()


def actors_in_frames(study, scheme, *, most=8):
    """Which actor stands in which frame: actor, frame, sentences (that name the actor and carry the frame), of (sentences
    that name the actor), share, as_agent (those where the actor does something). The `most` mentioned actors."""
    named = study.mentions.dropna(subset=["actor"])
    named = named.assign(agent=named["role"] == "agent").groupby(["actor", "doc_id", "sentence_id"])["agent"].any()
    named = named.reset_index()
    of = named["actor"].value_counts().head(most)
    carried = framed_sentences(study, scheme).drop_duplicates(_ONE)
    met = named[named["actor"].isin(of.index)].merge(carried, on=["doc_id", "sentence_id"])
    made = met.groupby(["actor", "frame"]).agg(sentences=("agent", "size"), as_agent=("agent", "sum")).reset_index()
    made["of"] = np.array([of[actor] for actor in made["actor"]], dtype=int)
    made["share"] = made["sentences"] / made["of"]
    order = made["actor"].map({a: i for i, a in enumerate(of.index)})
    made = made.assign(order=order).sort_values(["order", "sentences"], ascending=[True, False], kind="stable")
    return made[["actor", "frame", "sentences", "of", "share", "as_agent"]].reset_index(drop=True)


# --- sentences


def whose_frames(table, scheme):
    """Whose voice brings the frames. table: :func:`frames_by_voice`."""
    total = int(table[["outlet", "quoted"]].to_numpy().sum()) if len(table) else 0
    if not total:
        return tr("No sentence carries a cue of a {scheme} frame.", scheme=scheme_told(scheme))
    own = int(table["outlet"].sum())
    text = tr(
        "Of {sentences} with a cue of a {scheme} frame, {own} ({share}) bring it in the outlet's own voice.",
        sentences=count(total, "sentence"),
        scheme=scheme_told(scheme),
        own=own,
        share=percent(own / total),
    )
    return " ".join([text, *_in_others_mouths(table)])


def _in_others_mouths(table):
    """The frame that is most laid in others' mouths, if one is."""
    n = table["outlet"] + table["quoted"]
    most = table.assign(n=n, share=table["quoted"] / n)[(n >= _FEWEST) & ~table["frame"].isin(exploratory())]
    if len(most) and most["share"].max() > 0:
        first = most.sort_values("share", ascending=False).iloc[0]
        values = {"frame": name(first["frame"]), "k": first["quoted"], "n": first["n"]}
        yield tr("Of the frames that can be relied on, the one most often found in quoted speech is {frame} ({k} of {n}).", **values)


def who_stands_in_which(table, scheme):
    """Which actor stands most in which frame. table: :func:`actors_in_frames`."""
    if table.empty:
        return tr("No sentence that names an actor carries a {scheme} frame.", scheme=scheme_told(scheme))
    parts = [
        tr("{actor} in {frame} ({k} of {n} sentences)", actor=r.actor, frame=name(r.frame), k=r.sentences, n=r.of)
        for r in table.sort_values(["sentences", "share"], ascending=False).head(2).itertuples()
    ]
    return tr("Most often together: {pairs}.", pairs=joined(parts))


# --- figures


def plot_frames_by_voice(table, *, ax=None):
    """Frames by whose voice brings them: the outlet's own to the left, quoted speech to the right."""
    return bars_by_voice(axes(ax, len(table)), table.set_index("frame")[["outlet", "quoted"]])


def plot_actors_in_frames(table, *, actors=(), ax=None):
    """Which actor stands in which frame: share of the sentences that name the actor, and their number."""
    order = list(dict.fromkeys(table["actor"]))
    frames = list(table.groupby("frame")["sentences"].sum().sort_values(ascending=False).index)
    ax = axes(ax, len(order), each=0.5)
    share, n = (
        table.pivot(index="actor", columns="frame", values=which).reindex(index=order, columns=frames)
        for which in ("share", "sentences")
    )
    told = [["" if np.isnan(k) else f"{k:.0f}" for k in row] for row in n.to_numpy(float)]
    beside = {"label": tr("share of the actor's sentences"), "format": lambda v, _: percent(v)}
    heatmap(share.fillna(0), ax, vmin=0, vmax=1, annot=told, fmt="", cbar_kws=beside)
    columns = [short(name(f)).replace(" ", "\n") for f in frames]
    cells_named(ax, [short(a) for a in order], columns, rotation=0)
    signs(ax, order, actors, rows=middles(order))
    ax.set(xlabel="", ylabel="")
    return ax


def by_voice(scheme, *, file=None):
    """The figure of whose voice brings a scheme's frames."""
    return Figure(
        file=file or f"framing-{scheme}-voices",
        caption="Frames by whose voice brings them: the outlet's own to the left, quoted speech to the right.",
        table=partial(frames_by_voice, scheme=scheme),
        plot=plot_frames_by_voice,
        counts=("sentence", lambda table: table[["outlet", "quoted"]].to_numpy().sum()),
        finding=lambda study, table: whose_frames(table, scheme),
        passages=partial(framed_sentences, scheme=scheme),
        label="frame",
    )


def by_actor(scheme, *, file=None):
    """The figure of which actor stands in which of a scheme's frames."""
    return Figure(
        file=file or f"framing-{scheme}-actors",
        caption="Which actor stands in which frame: share of the sentences that name the actor, and their number.",
        table=partial(actors_in_frames, scheme=scheme),
        plot=plot_actors_in_frames,
        counts=("sentence", lambda table: table.drop_duplicates("actor")["of"].sum()),
        finding=lambda study, table: who_stands_in_which(table, scheme),
        passages=partial(framed_sentences, scheme=scheme),
        label="frame",
    )


BY_VOICE = by_voice("generic", file="framing-voices")
BY_ACTOR = by_actor("generic", file="framing-actors")
