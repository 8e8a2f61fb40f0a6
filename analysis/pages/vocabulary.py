"""Vocabulary: the loaded words, how often they come, in whose voice, and where in the articles."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..study.comparison import quoted_characters
from ..study.statistics import contrast
from ..text.language import count, joined, name, number, percent, tr
from .comparison import alternating
from .corpus import nothing, with_position
from .figure import Figure, News
from .style import CATEGORY, INK, axes, bars_by_voice, counted, label_below, legend_above, percents, rows_named, short
from .telling import in_marks, interval, sentence, speaker

_MOST_TERMS = 20


# --- tables


def ranking(study):
    """One row per loaded term, the most frequent first: term, category, n, in the outlet's voice, quoted, articles.

    listed: whether the lexicon has it, or the reader proposes it; score: the mean probability that it is loaded where it stands.
    """
    terms = study.loaded_terms.assign(**{v: study.loaded_terms["voice"] == v for v in ("outlet", "quoted")})
    made = terms.groupby(["term", "category"], as_index=False).agg(
        n=("start", "size"),
        articles=("doc_id", "nunique"),
        listed=("listed", "max"),
        score=("score", "mean"),
        intensity=("intensity", "max"),
        outlet=("outlet", "sum"),
        quoted=("quoted", "sum"),
    )
    return made.sort_values(["n", "intensity", "term"], ascending=[False, False, True], ignore_index=True)


def by_voice(study):
    """One row per category of loaded terms: in the outlet's voice, in quotes, and both per 1,000 words of that voice."""
    words = _words_by_voice(study)
    counts = study.loaded_terms.groupby(["category", "voice"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["outlet", "quoted"], fill_value=0).reset_index()
    for voice in ("outlet", "quoted"):
        counts[f"{voice}_per_1000"] = counts[voice] / words[voice] * 1000 if words[voice] else np.nan
    counts["n"] = counts["outlet"] + counts["quoted"]
    return counts.sort_values(["n", "category"], ascending=[False, True], ignore_index=True)


def _words_by_voice(study):
    """How many words each voice has: the articles' words, shared out as their characters are."""
    total, words = study.articles["text"].str.len().sum(), float(study.articles["n_words"].sum())
    quoted = quoted_characters(study).sum() / total if total else 0
    return {"quoted": words * quoted, "outlet": words * (1 - quoted)}


def dispersion(study):
    """One row per loaded term in the text: term, category, voice, position in its article (0 to 1)."""
    columns = ["doc_id", "term", "category", "voice", "speaker", "position", "start", "end"]
    return with_position(study, study.loaded_terms)[columns]


def words_of_speakers(study):
    """The loaded words that each speaker uses: speaker, n, terms."""
    spoken = study.loaded_terms[study.loaded_terms["voice"] == "quoted"].groupby("speaker")["term"]
    return spoken.agg(n="size", terms=lambda t: ", ".join(dict.fromkeys(t))).reset_index()


# --- sentences


def how_loaded(study):
    """How much loaded vocabulary, and of what kind."""
    terms, words = study.loaded_terms, int(study.articles["n_words"].sum())
    if not words:
        return nothing()
    if terms.empty:
        return tr("None of the lexicon's loaded terms stands in these {words}.", words=count(words, "word"))
    kinds = terms["category"].value_counts()
    return tr(
        "{terms} in {words}, {rate} per 1,000. The largest categories are {categories}.",
        terms=sentence(count(len(terms), "loaded term")),
        words=count(words, "word"),
        rate=number(len(terms) / words * 1000, 1),
        categories=joined(tr("{category} ({n})", category=name(c), n=n) for c, n in kinds.head(3).items()),
    )


def whose_words(study):
    """How much of the loaded vocabulary is the outlet's own."""
    terms = study.loaded_terms
    if terms.empty:
        return tr("There is no loaded term to attribute to anybody.")
    own = int((terms["voice"] == "outlet").sum())
    text = tr(
        "Of {terms}, {own} ({share}) stand in the outlet's own voice.",
        terms=count(len(terms), "loaded term"),
        own=own,
        share=percent(own / len(terms)),
    )
    return " ".join([text, *_who_speaks_most(terms)])


def _who_speaks_most(terms):
    """Who among those quoted uses most loaded terms, and which, if anybody does."""
    speakers = terms[terms["voice"] == "quoted"]["speaker"].dropna().value_counts()
    if len(speakers):
        examples = terms[terms["speaker"] == speakers.index[0]]["term"].drop_duplicates().head(3)
        yield tr(
            "Among those quoted, {speaker} speaks most of them ({n}): {terms}.",
            speaker=speaker(speakers.index[0]),
            n=speakers.iloc[0],
            terms=in_marks(examples),
        )


def news(study):
    """Whether the quoted or the outlets speak in more loaded words."""
    articles = study.articles.set_index("doc_id")
    quoted = articles["n_words"].astype(float) * quoted_characters(study).reindex(articles.index, fill_value=0) / articles["text"].str.len()
    terms = study.loaded_terms.groupby(["doc_id", "voice"]).size().unstack(fill_value=0).reindex(articles.index, columns=["quoted", "outlet"], fill_value=0)
    rows = np.column_stack([terms["quoted"], quoted / 1000, terms["outlet"], (articles["n_words"] - quoted) / 1000]).astype(float)
    rows = rows[(rows[:, 1] > 0) & (rows[:, 3] > 0)]
    if not len(rows) or not rows[:, [0, 2]].sum():
        return
    value, low, high = contrast(rows)
    total = rows.sum(axis=0)
    rate = {"quoted": number(total[0] / total[1], 1), "own": number(total[2] / total[3], 1), "interval": interval(low, high), "articles": count(len(rows), "article")}
    if value > 0:
        said = tr("The words that the outlets quote are more loaded than their own: {quoted} loaded terms per 1,000 words against {own}, a difference{interval} over {articles} that quote.", **rate)
    else:
        said = tr("The outlets' own words are more loaded than those they quote: {own} loaded terms per 1,000 words against {quoted}, a difference{interval} over {articles} that quote.", **rate)
    own = study.loaded_terms[study.loaded_terms["listed"]].sort_values("score", ascending=False, kind="stable")
    own = alternating(own, own["voice"], ["quoted", "outlet"] if value > 0 else ["outlet", "quoted"])
    yield News(said, len(rows), value, low, high, 0.25 * max(total[0] / total[1], total[2] / total[3]), own, "category", ("loaded", "F, overlap ≥ 0.3"))


# --- figures


def _categories(table):
    """A patch for each category that a table holds, in the one order."""
    shown = set(table["category"])
    told = {"plain": tr("not loaded")}
    return [Patch(color=CATEGORY[c], label=told.get(c) or name(c)) for c in CATEGORY if c in shown]


def plot_ranking(table, *, ax=None):
    """The most frequent loaded terms, coloured by category; the hatched part is quoted, the plain part the outlet's."""
    part = table.head(_MOST_TERMS)
    ax = axes(ax, len(part), each=0.36)
    rows, look = range(len(part)), {"color": [CATEGORY[c] for c in part["category"]], "height": 0.68}
    ax.barh(rows, part["outlet"], **look)
    ax.barh(rows, part["quoted"], left=part["outlet"], hatch="///", edgecolor="white", **look)
    rows_named(ax, [short(t) for t in part["term"]])
    counted(ax)
    label_below(ax, tr("number of uses (hatched: inside quoted speech)"))
    shown = _categories(part)
    ax.legend(handles=shown, loc="lower right", ncols=1 + (len(shown) > 5))
    return ax


def plot_by_voice(table, *, ax=None):
    """Loaded terms by category per 1,000 words of each voice: the outlet's own to the left, quoted speech to the right; beside the bars their number."""
    counts = table.set_index("category")
    rates = counts[["outlet_per_1000", "quoted_per_1000"]].set_axis(["outlet", "quoted"], axis=1)
    return bars_by_voice(axes(ax, len(table)), counts[["outlet", "quoted"]], rates=rates)


def plot_dispersion(table, *, ax=None):
    """Where loaded terms stand in the articles: one row per term, a filled mark for the outlet's voice, a hollow one quoted."""
    first = table.groupby("term")["position"].min()
    order = sorted(table["term"].value_counts().index[:_MOST_TERMS], key=lambda t: first[t])
    part = table[table["term"].isin(order)]
    ax = axes(ax, len(order), each=0.34)
    for (voice, category), rows in part.groupby(["voice", "category"]):
        own, fill = voice == "outlet", CATEGORY[category]
        look = {"marker": "o" if own else "D", "facecolor": fill if own else "white", "edgecolor": fill}
        ax.scatter(rows["position"], [order.index(t) for t in rows["term"]], s=58, linewidth=1.6, zorder=3, **look)
    rows_named(ax, [short(t) for t in order])
    ax.grid(axis="y", color="#E4E7EB")
    ax.set_xlim(-0.02, 1.02)
    percents(ax)
    ax.set_xlabel(tr("position in the article"))
    marks = [
        Line2D([], [], marker="o", linestyle="", color=INK, label=tr("outlet's voice")),
        Line2D([], [], marker="D", linestyle="", markerfacecolor="white", color=INK, label=name("quoted")),
    ]
    legend_above(ax, handles=marks + _categories(part), ncols=5, handletextpad=0.4, columnspacing=1.2)
    return ax


def _passages(study):
    return study.loaded_terms


RANKING = Figure(
    file="vocabulary-ranking",
    caption="The most frequent loaded terms, coloured by category; the hatched part is quoted, the plain part the "
    "outlet's.",
    table=ranking,
    plot=plot_ranking,
    counts=("loaded term", lambda table: table["n"].head(_MOST_TERMS).sum()),
    finding=lambda study, table: how_loaded(study),
    passages=_passages,
    label="category",
    measure="loaded",
)
BY_VOICE = Figure(
    file="vocabulary-voice",
    caption="Loaded terms by category per 1,000 words of each voice: the outlet's own to the left, quoted speech to the right; beside the bars their "
    "number.",
    table=by_voice,
    plot=plot_by_voice,
    counts=("loaded term", lambda table: table["n"].sum()),
    finding=lambda study, table: whose_words(study),
    passages=_passages,
    label="category",
    measure="loaded",
    news=news,
)
DISPERSION = Figure(
    file="vocabulary-dispersion",
    caption="Where loaded terms stand in the articles: one row per term, a filled mark for the outlet's voice, a hollow one "
    "quoted.",
    table=dispersion,
    plot=plot_dispersion,
    counts=("loaded term", lambda table: table["term"].value_counts().head(_MOST_TERMS).sum()),
    finding=lambda study, table: how_loaded(study),
    passages=_passages,
    label="category",
)
