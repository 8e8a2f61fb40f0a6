"""Headlines: what titles and leads say against the bodies below them."""

from ..study import headlines as measured
from ..text.language import count, name, number, signed, tr
from ..text.typography import french_spaces
from .figure import Figure, News
from .style import BLUE, GREY, ORANGE, SOFT, axes, numbers, rows_named, short
from .telling import interval

_LOOK = {"title": (BLUE, "o"), "lead": (ORANGE, "s"), "body": (GREY, "D")}


def told_as(measure):
    """A measure's name for readers."""
    return {
        "judged": tr("sentences that judge an actor"), "negative": tr("sentences that judge an actor negatively"), "loaded": tr("loaded terms per 100 words"),
        "quoted": tr("words in quotations"), "press_conditional": tr("sentences only reported"), "named": tr("sentences that name an actor"),
    }[measure]  # fmt: skip


def parts(study):
    """Each measure by part: see `study.headlines.by_part`; `what` is the measure in words, for it is none that `compare` knows by that name."""
    table = measured.by_part(study)
    return table.assign(what=[told_as(m) for m in table["measure"]])[["what", *(c for c in table if c != "measure")]]


def bolder(study):
    """Titles that state what their text only reports, with the sentences that report it."""
    found = measured.bolder(study)
    return found if study.settings["share_full_text"] else found.assign(event=found["marker"])


def what_titles_do(study, table=None):
    """Where titles differ from the bodies of the same articles, by intervals without zero. table: :func:`parts`, if it is at hand."""
    table = parts(study) if table is None else table
    titles = table[table["part"] == "title"]
    if titles.empty or titles["n"].max() < 3:
        return tr("Fewer than three articles have a title and a body: they are not compared.")
    sure = titles[(titles["difference_low"] > 0) | (titles["difference_high"] < 0)]
    if sure.empty:
        return tr("Over {articles}, titles differ from their bodies on none of these measures beyond chance.", articles=count(titles["n"].max(), "article"))
    body = table[table["part"] == "body"].set_index("what")["value"]
    told = [
        tr("{measure}: {title} in titles, {body} in bodies, {difference}{interval}", measure=r.what, title=number(r.value, 2), body=number(body[r.what], 2), difference=signed(r.difference), interval=interval(r.difference_low, r.difference_high))
        for r in sure.itertuples()
    ]  # fmt: skip
    return tr("Over {articles}, {listed}.", articles=count(titles["n"].max(), "article"), listed=tr("; ").join(told))


_MEASURED = {"loaded": ("loaded", "F, overlap ≥ 0.3"), "negative": ("sentiment", "macro-F1")}


def news(study):
    """Where titles are more loaded or more negative than the texts below them."""
    table = measured.by_part(study, of=_MEASURED).set_index(["measure", "part"])
    titles = study.sentences.loc[study.sentences["part"] == "title", ["doc_id", "sentence_id"]]
    for measure, metric in _MEASURED.items():
        if (measure, "title") not in table.index or (measure, "body") not in table.index:
            continue
        title, body = table.loc[(measure, "title")], table.loc[(measure, "body")]
        said = tr(
            "Titles against the texts below them, {measure}: {title} against {body}, a difference{interval} over {articles}.",
            measure=told_as(measure), title=number(title["value"], 2), body=number(body["value"], 2), interval=interval(title["difference_low"], title["difference_high"]),
            articles=count(title["n"], "article"),
        )  # fmt: skip
        rows = measured.rows_of(study, measure).merge(titles)
        effect = title[["difference", "difference_low", "difference_high"]]
        yield News(said, int(title["n"]), *effect, 0.25 * max(title["value"], body["value"]), rows, None, metric)


def how_bold(study):
    """How many titles state what their text only reports."""
    found = bolder(study)
    if found.empty:
        return tr("No title was found that states what its text only reports.")
    return tr("Titles that seem to state what their text only reports: {articles}; the first: « {title} », against « {event} ».",
              articles=count(found["doc_id"].nunique(), "article"), title=french_spaces(found["title"].iloc[0]), event=french_spaces(found["event"].iloc[0]))  # fmt: skip


def plot_parts(table, *, ax=None):
    """A row per measure, a mark per part with its interval, each measure drawn against its own largest value."""
    measures = list(dict.fromkeys(table["what"]))
    ax = axes(ax, len(measures), width=9)
    for k, (part, (colour, marker)) in enumerate(_LOOK.items()):
        rows = table[table["part"] == part]
        for row in rows.itertuples():
            largest = table.loc[table["what"] == row.what, ["value", "high"]].max().max() or 1
            y = measures.index(row.what) + (k - 1) * 0.22
            ax.hlines(y, (row.low if row.low == row.low else row.value) / largest, (row.high if row.high == row.high else row.value) / largest, color=colour, linewidth=2, alpha=0.5)
            ax.plot(row.value / largest, y, marker, color=colour, markersize=7, label=name(part) if row.what == rows["what"].iloc[0] else None)
            ax.annotate(number(row.value, 2), (row.value / largest, y), xytext=(7, -1), textcoords="offset points", va="center", fontsize=8.5, color=SOFT)
    rows_named(ax, [short(m, 40) for m in measures])
    numbers(ax)
    ax.set_xlabel(tr("share of the measure's largest value (the values stand beside the marks)"))
    ax.set_xlim(-0.03, 1.12)
    if len(table):
        ax.legend(ncols=3, loc="lower center", bbox_to_anchor=(0.4, 1.0))
    return ax


PARTS = Figure(
    file="headlines-parts",
    caption="Title, lead and body on six measures, with 95 % intervals over articles; differences are paired within the article.",
    table=parts,
    plot=plot_parts,
    counts=("article", lambda table: table["n"].max() if len(table) else 0),
    finding=what_titles_do,
    news=news,
)
