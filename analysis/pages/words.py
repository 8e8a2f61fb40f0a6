"""Words: all of them, loaded or not; what sets two voices apart, and what sets each group of articles apart."""

import numpy as np
import pandas as pd
from matplotlib.patches import Patch

from ..study.comparison import characteristic_terms
from ..study.keyness import keyness, term_counts
from ..text.language import joined, name, tr
from .figure import Figure
from .style import CATEGORY, GRID, axes, numbers, of_group, short
from .vocabulary import how_loaded

_MOST_WORDS, _MOST_GROUPS = 90, 6


# --- tables


def cloud(study):
    """One row per lemma of the articles: term, n, and its category where it is a loaded word ("plain" else).

    The words of the actors' names are left out: they are counted as mentions.
    """
    counts = term_counts(study.articles["text"])
    for word in term_counts(study.actors.query("kind != 'description'")["form"]):
        counts.pop(word, None)
    first = study.loaded_terms.drop_duplicates("term")
    category = dict(zip(first["term"], first["category"]))
    rows = [(t, n, category.get(t, "plain")) for t, n in counts.most_common(120)]
    return pd.DataFrame(rows, columns=["term", "n", "category"])


def voices_apart(study):
    """(the outlets' own words, the quoted words): two lists of texts, one each per article, for `keyness`."""
    said = {d: list(zip(g["start"], g["end"])) for d, g in study.quotes.groupby("doc_id")}
    both = [_apart(text, said.get(d, [])) for d, text in zip(study.articles["doc_id"], study.articles["text"])]
    return [own for own, _ in both], [quoted for _, quoted in both]


def _apart(text, spans):
    """A text outside these spans, and inside of them; blanks in the place of the rest."""
    inside = np.zeros(len(text), bool)
    for start, end in spans:
        inside[start:end] = True
    letters = np.array(list(text), dtype="<U1")
    return "".join(np.where(inside, " ", letters)), "".join(np.where(inside, letters, " "))


def words_of_voices(study, *, most=15):
    """The words that set the outlets' own voice and the quoted ones apart: the columns of `keyness`, the surest first."""
    apart = keyness(*voices_apart(study))
    often = apart[apart["n_target"] + apart["n_reference"] > 1]
    return often.sort_values("z", key=abs, ascending=False).head(most)


# --- the sentence


def which_words(table):
    """Which terms set each group apart. table: `comparison.characteristic_terms`, whose first column names the group."""
    by = table.columns[0]
    if table.empty:
        return tr("No group is large enough for its words to be told apart from the others'.")
    sure = table[table["beyond_chance"]]
    if sure.empty:
        return tr("Grouped by {by}, no word sets a group apart more than articles dealt to them at random would: what is drawn is no difference.", by=name(by))
    listed = [
        tr("{group}: {words}", group=group, words=joined(part["term"].head(4)))
        for group, part in sure.groupby(by, sort=True)
    ]
    listed = tr("; ").join(listed)
    return tr("Grouped by {by}, the words that set each apart from the rest: {listed}.", by=name(by), listed=listed)


# --- figures


def plot_cloud(table, *, ax=None):
    """The words of the articles, as large as they are frequent; loaded ones in the colour of their category."""
    from wordcloud import WordCloud

    ax = axes(ax, 8)
    category = dict(zip(table["term"], table["category"]))
    made = WordCloud(
        width=1500,
        height=760,
        background_color="white",
        random_state=7,
        prefer_horizontal=1.0,
        max_words=_MOST_WORDS,
        color_func=lambda word, **_: CATEGORY[category.get(word, "plain")],
        margin=6,
    )
    ax.imshow(made.generate_from_frequencies(dict(zip(table["term"], table["n"]))), interpolation="bilinear")
    ax.axis("off")
    shown = [c for c in CATEGORY if c in set(table["category"])]
    handles = [Patch(color=CATEGORY[c], label=tr("not loaded") if c == "plain" else name(c)) for c in shown]
    ax.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.01), ncols=min(6, len(shown)))
    return ax


def plot_keyness(table, *, groups=(), ax=None):
    """What sets each group's vocabulary apart from the rest: the terms with the highest log-odds z, and how often each comes; pale: not beyond chance."""
    by = table.columns[0]
    order = list(groups) or sorted(set(table[by]))
    groups = list(dict.fromkeys(table[by]))[:_MOST_GROUPS]
    parts = [table[table[by] == group] for group in groups]
    most = max(map(len, parts), default=1)
    ax = axes(ax, most, width=2.2 + 2.5 * len(groups), each=0.3)
    ax.set_axis_off()
    for i, part in enumerate(parts):
        panel = ax.inset_axes([i / len(groups) + 0.085, 0.08, 1 / len(groups) - 0.11, 0.84])
        colour = of_group(groups[i], order)[0]
        panel.barh(range(len(part)), part["z"], color=[colour if sure else GRID for sure in part["beyond_chance"]], height=0.6)
        told = [f"{short(t, 16)} ({n:.0f})" for t, n in zip(part["term"], part["n_target"])]
        panel.set_yticks(range(len(part)), told, fontsize=8.5)
        panel.set_ylim(most - 0.5, -0.5)
        panel.set_title(short(groups[i], 24), fontsize=10, loc="left")
        panel.set_xlabel("z", fontsize=8.5)
        numbers(panel, "x")
        panel.tick_params(axis="x", labelsize=8)
    return ax


CLOUD = Figure(
    file="vocabulary-cloud",
    caption="The words of the articles, as large as they are frequent; loaded ones in the colour of their category.",
    table=cloud,
    plot=plot_cloud,
    counts=("word", lambda table: table["n"].head(_MOST_WORDS).sum()),
    finding=lambda study, table: how_loaded(study),
)
OF_GROUPS = Figure(
    file="comparison-words",
    caption="What sets each group's vocabulary apart from the rest: the terms with the highest log-odds z, and how often each comes; pale where articles "
    "dealt at random make as much.",
    table=lambda study: characteristic_terms(study, by=study.settings["group_by"]),
    plot=plot_keyness,
    counts=("word", len),
    finding=lambda study, table: which_words(table),
)
