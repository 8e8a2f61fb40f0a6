"""Copied text: how much of what each outlet prints stood in an article before, whose it is, and what was added to it."""

import pandas as pd

from ..study import copied as found_again
from ..study.statistics import ratio_interval
from ..text.language import count, number, percent, tr
from ..text.typography import n_words
from .corpus import OUTLET_UNKNOWN
from .figure import Figure, News
from .style import BLUE, IN_BAR, MOST, SKY, axes, legend_above, percents, rows_named, short

_LONGEST, _SHORTEST = 300, 60  # characters of a passage that is shown; where whole articles are not shared


def by_outlet(study):
    """One row per outlet: articles, words, share (of its words that stood in an article before), of_agency (of its words, those of an agency),
    articles_copied (articles of which a tenth at least is copied)."""
    table = found_again.copied(study)
    agency = found_again.agency_text(study).groupby("doc_id")["n_words"].sum()
    table = table.assign(of_agency=table["doc_id"].map(agency).fillna(0))
    table["of_agency"] = table[["of_agency", "copied"]].min(axis=1)  # the first to print it copied nothing
    made = table.groupby("outlet", as_index=False).agg(
        articles=("doc_id", "size"), words=("words", "sum"), copied=("copied", "sum"), agency=("of_agency", "sum"), articles_copied=("share", lambda s: int((s >= 0.1).sum()))
    )
    made["share"], made["of_agency"] = made["copied"] / made["words"].clip(lower=1), made["agency"] / made["words"].clip(lower=1)
    return made.sort_values(["share", "outlet"], ascending=[False, True], ignore_index=True)[["outlet", "articles", "words", "share", "of_agency", "articles_copied"]]


def shared(study, *, most=MOST):
    """The longest passages that articles share: n_words, outlets (of all that print it), first (who printed it first), passage (its beginning)."""
    articles = study.articles.set_index("doc_id")
    outlet, text = articles["outlet"].fillna(OUTLET_UNKNOWN), articles["text"]
    rows = study.reuse.sort_values(["n_words", "doc_id"], ascending=[False, True])
    seen, made = [], []
    for row in rows.itertuples():
        key = (row.other_doc_id, row.other_start, row.other_end)
        if any(d == key[0] and min(e, key[2]) - max(s, key[1]) > (key[2] - key[1]) / 2 for d, s, e in seen) or len(made) == most:
            continue
        seen += [key, (row.doc_id, row.start, row.end)]
        same = study.reuse[(study.reuse["other_doc_id"] == key[0]) & (study.reuse["other_start"] < key[2]) & (study.reuse["other_end"] > key[1])]
        own, longest = text[row.other_doc_id][row.other_start : row.other_end], _LONGEST if study.settings["share_full_text"] else _SHORTEST
        made.append({"n_words": row.n_words, "outlets": ", ".join(sorted({outlet[row.other_doc_id], *outlet[same["doc_id"]]})), "first": outlet[row.other_doc_id],
                     "passage": own if len(own) <= longest else own[:longest].rsplit(" ", 1)[0] + " …"})  # fmt: skip
    return pd.DataFrame(made, columns=["n_words", "outlets", "first", "passage"])


def how_much(study, table=None):
    """How much of the corpus is copied, and by whom most. table: :func:`by_outlet`, if it is at hand."""
    if study.reuse.empty:
        return tr("No two articles share a passage of {n} words or more, word for word.", n=number(12))
    table = by_outlet(study) if table is None else table
    words = sum(n_words(t) for t in study.articles["text"])
    copied = (table["share"] * table["words"]).sum()
    top = table.iloc[0]
    told = tr(
        "{share} of all words stood in another article before, word for word (passages of twelve words or more), in {articles}.",
        share=percent(copied / max(1, words)), articles=count(study.reuse["doc_id"].nunique(), "article"),
    )  # fmt: skip
    if len(table) > 1 and top["share"] >= 0.05:
        told += " " + tr("The highest share is in {outlet}: {share} of its words.", outlet=top["outlet"], share=percent(top["share"]))
    agency = (table["of_agency"] * table["words"]).sum()
    if agency:
        told += " " + tr("{share} of the copied words are an agency's, by its mark or because three outlets print them.", share=percent(agency / max(1, copied)))
    return told


def news(study):
    """How much of the corpus is copied, where it is one word in twenty."""
    if len(study.reuse):
        table = found_again.copied(study)
        rows = study.reuse.sort_values(["n_words", "doc_id"], ascending=[False, True])
        yield News(how_much(study), int((table["copied"] > 0).sum()), *ratio_interval(table["copied"], table["words"]), 0.05, rows)


def plot_copied(table, *, ax=None):
    """A bar per outlet: the share of its words that stood elsewhere before, and within it that of an agency's."""
    part = table.head(MOST)
    ax = axes(ax, len(part))
    ax.barh(range(len(part)), part["share"].astype(float), color=SKY, height=0.6, label=tr("copied"))
    ax.barh(range(len(part)), part["of_agency"].astype(float), color=BLUE, height=0.6, hatch="///", edgecolor="white", label=tr("of these, an agency's"))
    for i, row in enumerate(part.itertuples()):
        ax.annotate(tr("{share} of {words}", share=percent(row.share), words=count(row.words, "word")), (row.share, i), xytext=(5, 0), textcoords="offset points", va="center", bbox=IN_BAR, fontsize=9.5)
    rows_named(ax, [short(o) for o in part["outlet"]])
    percents(ax)
    ax.margins(x=0.4)
    ax.set_xlim(left=0)
    legend_above(ax, ncols=2)
    return ax


COPIED = Figure(
    file="stories-copied",
    caption="The share of each outlet's words that stood in an article before, word for word, in passages of twelve words or more; hatched: an agency's.",
    table=by_outlet,
    plot=plot_copied,
    counts=("article", lambda table: table["articles"].sum()),
    finding=how_much,
    news=news,
)
