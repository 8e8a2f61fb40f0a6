"""explore(study): choose an actor, an outlet, a frame, a voice, a period, search for words, and see a figure with its passages."""

import html
from dataclasses import replace

import pandas as pd

from ..corpus.metadata import PERIODS
from ..measures.voices import voice_at
from ..pages.certainty import HEDGES
from ..pages.corpus import OUTLET_UNKNOWN
from ..pages.framing import framed_sentences, frames_of
from ..pages.sharing import first_of_each
from ..pages.treatment import TREATMENT
from ..pages.vocabulary import RANKING, whose_words
from ..pages.voices import SPEAKERS
from ..pages.who_frames import BY_VOICE
from ..report.figures import drawn, framed, nothing_to_draw
from ..report.markup import say
from ..report.passages import passages
from ..study.comparison import frame_named
from ..study.concordance import places
from ..study.groups import groups_of_actors, members
from ..study.study import names
from ..text.language import count, date_part, name, named, speak, tr
from ..text.tables import by_document
from .citing import citation
from .display import in_lab
from .mending import mending, told_as
from .remembered import keep, recalled

_WHOLE = {
    "articles",
    "actors",
    "sentences",
    "tokens",
    "problems",
    "entities",
    "stories",
    "reuse",
}  # the tables that are not cut by sentence


def selection(study, *, actor=None, outlet=None, frame=None, voice=None, month=None, text=None, kind="words"):
    """The part of a study that fits: its tables with only the sentences that do, as another Study.

    actor: sentences that name them, or one of a group of them. text: sentences that hold it; kind: as words, in all forms of its words ("lemma"), or as a
    regular expression ("regex"), see `concordance.places`. outlet: its articles. frame: sentences that carry it ("conflict", or with its scheme
    "policy:health"). voice: what stands in the outlet's own voice, or is quoted (mentions and conditionals by where they
    stand). month: "2026-03". What is None doesn't matter. Raises ValueError for a search that is none.
    Rates per article or per 1,000 words of such a part mean nothing, for its articles are whole: count, and compare shares
    within it.
    """
    articles = study.articles
    if outlet:
        articles = articles[articles["outlet"].fillna(OUTLET_UNKNOWN) == outlet]
    if month:
        articles = articles[articles["date"].dt.to_period(PERIODS["month"]).astype("str") == month]
    fitting = study.sentences[study.sentences["doc_id"].isin(articles["doc_id"])]
    if actor:
        fitting = fitting.merge(_sentences(study.mentions[study.mentions["actor"].isin(members(study, actor))]))
    if text and text.strip():
        fitting = fitting.merge(_sentences(_holding(study, articles, text, kind)))
    if frame:
        scheme, frame = frame_named(study, frame) or ("", frame)
        carried = framed_sentences(study, scheme)
        fitting = fitting.merge(_sentences(carried[carried["frame"] == frame]))
    keys, parts, said = _sentences(fitting), {}, by_document(study.quotes)
    for which in (w for w in names() if w not in _WHOLE):
        part = getattr(study, which)
        part = part.merge(keys) if "sentence_id" in part else part[part["doc_id"].isin(keys["doc_id"])]
        parts[which] = part[_voices(part, which, said) == voice] if voice else part
    if actor:
        parts["sentiment"] = parts["sentiment"][parts["sentiment"]["actor"].isin(members(study, actor))]
    articles = articles[articles["doc_id"].isin(keys["doc_id"])]
    return study.copy(articles=articles.reset_index(drop=True), sentences=fitting, **parts)


def _holding(study, articles, text, kind):
    """The sentences of these articles that hold what is searched, wherever in them it begins."""
    found = places(articles, text, kind)
    both = study.sentences[["doc_id", "sentence_id", "start", "end"]].merge(found, on="doc_id", suffixes=("", "_found"))
    return both[(both["start"] <= both["start_found"]) & (both["start_found"] < both["end"])]


def _voices(table, which, said):
    """The voice of each row: as the table tells it, else by whether it stands in a quotation."""
    if which == "quotes":
        return pd.Series("quoted", index=table.index)
    if "voice" in table:
        return table["voice"]
    places = table[["doc_id", "start", "end"]].itertuples(index=False, name=None)
    return pd.Series([voice_at(said.get(d, []), s, e)[0] for d, s, e in places], index=table.index, dtype="str")


def _sentences(table):
    return table[["doc_id", "sentence_id"]].drop_duplicates()


def views():
    """{name: (title, Figure)} of what can be looked at."""
    return {
        "treatment": (tr("Treatment of actors"), TREATMENT),
        "frames": (tr("Frames"), BY_VOICE),
        "loaded": (tr("Loaded words"), _LOADED),
        "quoted": (tr("Who is quoted"), SPEAKERS),
        "reported": (tr("What is only reported"), HEDGES),
    }


# the figure's own sentence tells a rate per 1,000 words, which of a part of the sentences means nothing
_LOADED = replace(RANKING, finding=lambda study, table: whose_words(study))


def orders():
    """{name: words} of the orders that passages can stand in."""
    return {"": tr("every article by turns"), "text": tr("as in the text"), "date": tr("oldest first"), "newest": tr("newest first"), "outlet": tr("by outlet")}


def ordered(study, rows, order=""):
    """The passages of a table in one of :func:`orders`, those of undated articles last."""
    rows = rows.dropna(subset=["start"]).reset_index(drop=True)
    if not order:
        return first_of_each(rows)
    articles = study.articles.set_index("doc_id")
    if order == "text":
        rows = rows.assign(at=rows["doc_id"].map({d: i for i, d in enumerate(articles.index)}))
    else:
        rows = rows.assign(at=rows["doc_id"].map(articles["outlet" if order == "outlet" else "date"]))
    rows = rows.sort_values("start", kind="stable").sort_values("at", ascending=order != "newest", kind="stable")
    return rows.drop(columns="at").reset_index(drop=True)


def page(study, view, *, order="", **chosen):
    """Figure and passages of what fits, as markup. view: a name of :func:`views`; order: of :func:`orders`; chosen: as for :func:`selection`."""
    speak(study.settings["language"])
    try:
        part, (_, which) = selection(study, **chosen), views()[view]
    except ValueError as error:  # a search that is none: what to write instead stands in it
        return in_lab(f'<p class="none">{html.escape(str(error))}</p>')
    table = which.table(part)
    if table.empty:
        told = tr("Nothing of this kind fits what was chosen.")
        image = nothing_to_draw(told)
    else:
        told = which.finding(part, table)
        image = framed(part, which, drawn(study, which, table), table, alt=told)
    fits = tr("{sentences} in {articles} fit.", sentences=count(len(part.sentences), "sentence"), articles=count(len(part.articles), "article"))  # fmt: skip
    rows = which.passages(part)
    rows = part.sentences if rows.empty and chosen.get("text") else rows  # what was searched is read, whatever stands in it
    read = passages(study, ordered(study, rows, order), label=which.label, most=8, cell=True)
    both = f'<div class="beside"><div>{image}</div><div>{read}</div></div>'
    return in_lab(f'<p class="meta">{fits}</p>', say(told), both)


def explore(study):
    """Choices of view, actor (or group of them), outlet, frame, voice, month and words, and below them the figure with its passages (ipywidgets).

    A wrong passage can be put right below it: that is kept in `corrections.csv` of the study's folder, and shown at once. A passage can be taken as a
    citation, and all that fit as a DataFrame, which stands in the notebook as `selected`. What was chosen is found again after a restart. Needs a running
    notebook (JupyterLab): of a page that was exported it is no part. What is chosen can be computed by :func:`selection` with the same words.
    """
    import ipywidgets as widgets

    speak(study.settings["language"])
    view, order, chosen = _choices(study)
    boxes = {"view": view, **chosen, "order": order}
    for which, value in recalled(study.folder).items():  # of another state of the study some may not be there any more
        if which in boxes and isinstance(value, str) and (which == "text" or value in [v for _, v in boxes[which].options]):
            boxes[which].value = value
    shown, state = widgets.HTML(), {"study": study}

    def choice_made():
        return {which: box.value or None for which, box in chosen.items()} | {"kind": chosen["kind"].value}

    def rows():
        try:
            found = views()[view.value][1].passages(selection(state["study"], **choice_made()))
        except ValueError:
            return state["study"].sentiment.head(0)
        return ordered(state["study"], found, order.value)

    def changed(mended):
        state["study"] = mended
        refresh()

    def refresh(_=None):
        keep({which: box.value for which, box in boxes.items()}, study.folder)
        shown.value = page(state["study"], view.value, order=order.value, **choice_made())
        state["rows"] = rows()
        show_what_is_wrong()
        show_what_can_be_taken()

    mend, show_what_is_wrong = mending(lambda: (state["study"], view.value, state["rows"]), changed)
    take, show_what_can_be_taken = _taking(lambda: (state["study"], state["rows"]))
    for box in boxes.values():
        box.observe(refresh, "value")
    refresh()
    return widgets.VBox([widgets.HBox(list(boxes.values()), layout={"flex_flow": "row wrap"}), shown, mend, take])


def _choices(study):
    """(view, order, {what: its widget}) of all that can be chosen."""
    import ipywidgets as widgets

    def dropdown(title, options):
        return widgets.Dropdown(options=options, description=title, style={"description_width": "4.5rem"})

    def choice(title, options, all_of_them, told=named):
        return dropdown(title, [(all_of_them, ""), *((told(o), o) for o in options)])

    months = study.articles["date"].dt.to_period(PERIODS["month"]).dropna().astype("str").sort_values().unique()
    actors = dict.fromkeys([*groups_of_actors(study), *study.mentions["actor"].dropna().value_counts().index])
    outlets = study.articles["outlet"].fillna(OUTLET_UNKNOWN).value_counts().index
    chosen = {
        "actor": choice(name("actor"), actors, tr("everybody")),
        "outlet": choice(name("outlet"), outlets, tr("all")),
        "frame": choice(name("frame"), frames_of(study, "generic"), tr("any"), name),
        "voice": choice(name("voice"), ["outlet", "quoted"], tr("both"), name),
        "month": choice(name("month"), months, tr("all"), lambda m: date_part(pd.Timestamp(m), "MMMM yyyy")),
        "text": widgets.Text(description=tr("search"), placeholder=tr("words; Enter searches"), continuous_update=False, style={"description_width": "4.5rem"}),
        "kind": dropdown(tr("search as"), [(tr("words (* for any letters)"), "words"), (tr("all forms of a word"), "lemma"), (tr("regular expression"), "regex")]),
    }
    view = dropdown(tr("show"), [(title, which) for which, (title, _) in views().items()])
    return view, dropdown(tr("order"), [(told, which) for which, told in orders().items()]), chosen


def _taking(current):
    """(a row of widgets, a function that shows in them what can be taken now): a passage as a citation, all rows as a DataFrame."""
    import ipywidgets as widgets

    which = widgets.Dropdown(description=tr("cite"), layout={"width": "26rem"}, style={"description_width": "4.5rem"})
    words = widgets.Textarea(layout={"width": "40rem"}, rows=3)
    button, told = widgets.Button(description=tr("take as DataFrame")), widgets.Label()

    def cited(_=None):
        study, _rows = current()
        words.value = citation(study, which.value) if which.value is not None else ""

    def refresh():
        study, rows = current()
        texts = study.articles.set_index("doc_id")["text"]
        which.options = [(told_as(i, row, texts), row) for i, row in enumerate(rows.head(8).to_dict("records"), 1)]
        which.index = 0 if which.options else None
        button.disabled, told.value = rows.empty, ""
        cited()

    def taken(_):
        from IPython import get_ipython

        _study, rows = current()
        get_ipython().push({"selected": rows})
        told.value = tr("Rows that stand in the notebook as `selected`: {n}.", n=len(rows))

    which.observe(cited, "value")
    button.on_click(taken)
    return widgets.HBox([which, words, button, told], layout={"flex_flow": "row wrap"}), refresh
