"""Voices: who gets to speak, for how long, and with which verbs the outlet hands over the word."""

import numpy as np
import pandas as pd

from ..study.statistics import ratio_interval
from ..text.language import count, joined, named, percent, tr
from ..text.typography import n_words
from .corpus import OUTLET_UNKNOWN
from .figure import Figure, News
from .style import BLUE, MOST, SKY, axes, label_below, legend_above, numbers, rows_named, short, signs
from .telling import sentence, speaker

NOBODY = "(nobody named)"


# --- tables


def speakers(study):
    """One row per speaker, the most quoted first: quotes, words, share of all quoted words, marked (in quotation marks)."""
    return _by_speaker(_spoken(study))


def speakers_by_outlet(study, *, most=5):
    """One row per outlet and speaker: quoted words and their share of the outlet's quoted words, the largest first."""
    outlet = study.articles.set_index("doc_id")["outlet"].fillna(OUTLET_UNKNOWN)
    spoken, columns = _spoken(study), ["outlet", "speaker", "quotes", "words", "share"]
    parts = [
        _by_speaker(own).assign(outlet=who)[columns].head(most)
        for who, own in spoken.groupby(spoken["doc_id"].map(outlet))
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _spoken(study):
    """The quotes with who speaks, how many words, how many of these in marks, and which quotation they are part of."""
    text = dict(zip(study.articles["doc_id"], study.articles["text"]))
    said = study.quotes.assign(speaker=study.quotes["speaker"].fillna(NOBODY))
    said["words"] = [n_words(text[d][s:e]) for d, s, e in zip(said["doc_id"], said["start"], said["end"])]
    said["marked"] = np.where(said["kind"] != "indirect", said["words"], 0)
    return said.assign(quote=said["doc_id"] + "#" + said["quote_id"].astype(str))


def _by_speaker(spoken):
    made = spoken.groupby("speaker", as_index=False).agg(
        quotes=("quote", "nunique"), words=("words", "sum"), marked=("marked", "sum"), articles=("doc_id", "nunique")
    )
    made["share"] = made["words"] / max(1, made["words"].sum())
    return made.sort_values(["words", "speaker"], ascending=[False, True], ignore_index=True)


def stances(study):
    """One row per cue and stance: how the outlet hands over the word (neutral, endorsing, distancing), and how often."""
    cues = study.quotes.dropna(subset=["cue"]).drop_duplicates(["doc_id", "quote_id"])
    made = cues.groupby(["cue_stance", "cue"]).size().rename("n").reset_index()
    return made.sort_values(["n", "cue"], ascending=[False, True], ignore_index=True)


# --- sentences


def who_speaks(table):
    """Who is quoted most. table: :func:`speakers`."""
    if table.empty:
        return tr("Nobody is quoted.")
    words = int(table["words"].sum())
    told = tr(
        "{quotations}, {words} in all.",
        quotations=sentence(count(table["quotes"].sum(), "quotation")),
        words=count(words, "word"),
    )
    return " ".join([told, *_most_room(table[table["speaker"] != NOBODY]), _unnamed(table, words)])


def _most_room(known):
    """To whom most room goes, of those who are named."""
    for first in known.head(1).to_dict("records"):
        yield tr(
            "Most room goes to {speaker}: {words}, {share}.",
            speaker=speaker(first["speaker"]),
            words=count(first["words"], "word"),
            share=percent(first["share"]),
        )


def _unnamed(table, words):
    unnamed = table[table["speaker"] == NOBODY]["words"].sum()
    if not unnamed:
        return tr("Every quotation has a speaker.")
    return tr("For {share} of quoted words no speaker was found.", share=percent(unnamed / words))


def news(study):
    """Who is quoted most of those who are named, where that is sure."""
    spoken = _spoken(study)
    named_ones = spoken[spoken["speaker"].str[:1].str.isupper()]
    if named_ones["speaker"].nunique() < 2:
        return
    counts = spoken.pivot_table(index="doc_id", columns="speaker", values="words", aggfunc="sum", fill_value=0)
    first, second = named_ones.groupby("speaker")["words"].sum().sort_values(ascending=False, kind="stable").index[:2]
    lead = ratio_interval(counts[first] - counts[second], counts.sum(axis=1))
    share, own = counts.sum() / counts.to_numpy().sum(), spoken[spoken["speaker"] == first]
    said = tr(
        "Of those named, {speaker} speaks most: {share} of the words quoted, in {articles}; {other} comes next ({other_share}).",
        speaker=first, share=percent(share[first]), articles=count(own["doc_id"].nunique(), "article"), other=second, other_share=percent(share[second]),
    )  # fmt: skip
    yield News(said, own["doc_id"].nunique(), *lead, 0.03, own.assign(voice="quoted"), "kind", ("quotes", "speaker right"))


def how_the_word_is_handed_over(study):
    """How the outlet hands over the word."""
    cues = study.quotes.dropna(subset=["cue_stance"]).drop_duplicates(["doc_id", "quote_id"])
    if cues.empty:
        return tr("No reporting verb was found.")
    kinds = cues["cue_stance"].value_counts()
    first = {k: cues[cues["cue_stance"] == k]["cue"].value_counts().index[0] for k in kinds.index}
    parts = [tr("{n} neutral", n=int(kinds.get("neutral", 0)))]
    if "endorsing" in kinds:
        parts.append(tr("{n} endorsing (« {cue} »)", n=kinds["endorsing"], cue=first["endorsing"]))
    if "distancing" in kinds:
        parts.append(tr("{n} distancing (« {cue} »)", n=kinds["distancing"], cue=first["distancing"]))
    return tr("{cues} introduce speech: {kinds}.", cues=sentence(count(len(cues), "cue")), kinds=joined(parts))


# --- the figure


def plot_speakers(table, *, actors=(), ax=None):
    """Who is quoted, by words; the plain part in quotation marks, the hatched part reported without."""
    part = table.head(MOST)
    ax, rows = axes(ax, len(part)), range(len(part))
    ax.barh(rows, part["marked"], color=BLUE, height=0.62, label=tr("in quotation marks"))
    look = {"color": SKY, "hatch": "///", "edgecolor": "white", "height": 0.62}
    unmarked = part["words"] - part["marked"]
    bars = ax.barh(rows, unmarked, left=part["marked"], label=tr("reported, without marks"), **look)
    ax.bar_label(bars, [percent(s) for s in part["share"]], padding=4)
    rows_named(ax, [short(named(s)) for s in part["speaker"]])
    signs(ax, list(part["speaker"]), actors)
    ax.margins(x=0.12)
    numbers(ax)
    label_below(ax, tr("words (share of all quoted words beside the bar)"))
    legend_above(ax, ncols=2)
    return ax


SPEAKERS = Figure(
    file="voices-speakers",
    caption="Who is quoted, by words; the plain part in quotation marks, the hatched part reported without.",
    table=speakers,
    plot=plot_speakers,
    counts=("quotation", lambda table: table["quotes"].head(MOST).sum()),
    finding=lambda study, table: who_speaks(table),
    passages=lambda study: study.quotes.assign(voice="quoted"),
    label="kind",
    measure="quotes",
    news=news,
)
