"""The corpus: what was read, whence, and how much of it; what its size does not allow."""

from ..study.corrections import FILE
from ..text.language import count, day, joined, name, named, tr
from .figure import Figure
from .style import BLUE, MOST, axes, dates, label_below, numbers, rows_named, short
from .telling import sentence

OUTLET_UNKNOWN = "(outlet unknown)"
GENRES = {"interview": "interview", "transcript": "transcript", "live": "live blog", "letter": "letter", "dispatch": "dispatch", "list": "list"}


# --- tables


def outlets(study):
    """One row per outlet: n (articles), words, first and last date. Articles without an outlet stand together."""
    articles = study.articles.assign(outlet=study.articles["outlet"].fillna(OUTLET_UNKNOWN))
    grouped = articles.groupby("outlet", as_index=False)
    made = grouped.agg(n=("doc_id", "size"), words=("n_words", "sum"), first=("date", "min"), last=("date", "max"))
    return made.sort_values(["n", "outlet"], ascending=[False, True], ignore_index=True)


def lengths(study):
    """One row per article: doc_id, outlet, date, words, sentences."""
    sentences = study.sentences.groupby("doc_id").size()
    made = study.articles[["doc_id", "title", "outlet", "date", "n_words"]].rename(columns={"n_words": "words"})
    made["outlet"] = made["outlet"].fillna(OUTLET_UNKNOWN)
    return made.assign(sentences=made["doc_id"].map(sentences).astype("Int64"))


def with_position(study, table):
    """The rows with `position`: where in its article each begins, 0 at the first character and 1 at the last."""
    length = study.articles.set_index("doc_id")["text"].str.len()
    return table.assign(position=table["start"].astype(float) / table["doc_id"].map(length).astype(float))


# --- sentences


def nothing():
    """What is said where there is no article."""
    return tr("There is no article to measure: put some into the seeds folder and run this again.")


def what_was_read(study):
    """What was read: articles, words, outlets, period, and what was set aside."""
    articles = study.articles
    if articles.empty:
        return nothing()
    named_outlets = articles["outlet"].dropna().nunique()
    where = tr("from {outlets}", outlets=count(named_outlets, "outlet")) if named_outlets else tr("whose outlet is not known")  # fmt: skip
    if when := period(articles["date"]):
        where += tr(", {period}", period=when)
    text = tr(
        "{articles} {where}: {words} in {sentences}.",
        articles=count(len(articles), "article"),
        where=where,
        words=count(articles["n_words"].sum(), "word"),
        sentences=count(len(study.sentences), "sentence"),
    )
    return sentence(" ".join([text, *_set_apart(study, named_outlets)]))


def _set_apart(study, named_outlets):
    """What is to be known of articles without an outlet, of copies, and of what could not be read."""
    unknown = int(study.articles["outlet"].isna().sum())
    if named_outlets and unknown:
        yield tr("Without an outlet: {articles}.", articles=count(unknown, "article"))
    if told := of_genres(study):
        yield told
    if copies := int(study.articles["duplicate_group"].dropna().duplicated().sum()):
        yield tr("Near-copies of another text, each of which counts: {n}.", n=copies)
    of_articles = ~study.problems["source_file"].fillna("").str.startswith((FILE, "codings/"))
    if aside := int((of_articles & ~study.problems["what"].str.startswith(("repaired", "note"))).sum()):
        yield tr("Files or records that could not be read or were set aside: {n}.", n=aside)


def of_genres(study):
    """How many articles are interviews, live blogs, letters …, and what that means for their measures; empty where none is plainly one."""
    n = study.articles["genre"].value_counts() if "genre" in study.articles else {}
    known = [count(n[genre], noun) for genre, noun in GENRES.items() if n.get(genre)]
    if not known:
        return ""
    told = [tr("Known by their form: {genres}.", genres=joined(known))]
    if n.get("interview") or n.get("transcript"):
        told.append(tr("What is said in the turns of interviews and transcripts counts as the words of whoever speaks there, not as the outlet's."))
    if n.get("letter") or n.get("dispatch"):
        told.append(tr("What letters and dispatches say counts as the outlet's words, though somebody else wrote them."))
    return " ".join(told)


def period(dates):
    """ "2 March 2026", "2 March 2026 to 9 March 2026"; empty where no date is known."""
    dates = dates.dropna()
    if dates.empty:
        return ""
    first, last = day(dates.min()), day(dates.max())
    return first if first == last else tr("{first} to {last}", first=first, last=last)


def source(study):
    """Whence a figure's numbers: articles, outlets by name where they are few, and the period."""
    articles = study.articles
    outlets = sorted(articles["outlet"].dropna().unique())
    parts = [count(len(articles), "article")]
    if outlets:
        parts.append(joined(outlets) if len(outlets) <= 4 else count(len(outlets), "outlet"))
    return ", ".join([*parts, *filter(None, [period(articles["date"])])])


def beware_of_size(study):
    """What the size of this corpus does not allow."""
    n = len(study.articles)
    if n == 0:
        return nothing()
    if n < 3:
        return tr(
            "With {articles} nothing here can be generalised: the figures describe this text and no more, and no interval "
            "is given, for there is nothing to resample.",
            articles=count(n, "article"),
        )
    if n < 30:
        return tr(
            "With {articles} the intervals are wide and rest on few texts: read differences as hints.",
            articles=count(n, "article"),
        )
    return tr(
        "Intervals are drawn by resampling the {articles}, for sentences of one article are no independent witnesses.",
        articles=count(n, "article"),
    )


# --- the figure


def plot_articles(table, *, ax=None):
    """Articles in time where any date is known, else by length."""
    return _in_time(table, ax) if table["date"].notna().any() else _by_length(table, ax)


def _in_time(table, ax):
    """One line per outlet, a dot per article, as large as it is long."""
    names, part = _outlets_drawn(table), _dated(table)
    ax = axes(ax, len(names))
    rows = [names.index(o) for o in part["outlet"]]
    ax.scatter(part["date"], rows, s=part["words"].astype(float) / 4 + 20, color=BLUE, alpha=0.65, edgecolor="white")
    rows_named(ax, [short(named(n)) for n in names])
    label_below(ax, tr("date of the article (larger dots: longer articles)"))
    dates(ax)
    ax.margins(y=0.25 if len(names) > 1 else 1)
    return ax


def _by_length(table, ax):
    """A bar per article, the longest first."""
    part = table.sort_values("words", ascending=False).head(MOST)
    ax = axes(ax, len(part))
    bars = ax.barh(range(len(part)), part["words"].astype(float), color=BLUE, height=0.6)
    told = [
        tr("{words}, {sentences}", words=count(w, "word"), sentences=count(s, "sentence"))
        for w, s in zip(part["words"], part["sentences"])
    ]
    ax.bar_label(bars, told, padding=4)
    rows_named(ax, [short(t if isinstance(t, str) else d) for t, d in zip(part["title"], part["doc_id"])])
    ax.set_xlabel(name("words"))
    numbers(ax)
    ax.margins(x=0.35)
    return ax


def _outlets_drawn(table):
    return list(dict.fromkeys(table["outlet"]))[:MOST]


def _dated(table):
    """The articles with a date, of as many outlets as one figure holds."""
    return table[table["outlet"].isin(_outlets_drawn(table)) & table["date"].notna()]


ARTICLES = Figure(
    file="corpus-articles",
    caption="Articles in time, one line per outlet, dots as large as they are long, without those that have no date; "
    "by length alone where no date is known.",
    table=lengths,
    plot=plot_articles,
    counts=("article", lambda table: len(_dated(table)) or min(len(table), MOST)),
    finding=lambda study, table: what_was_read(study),
)
