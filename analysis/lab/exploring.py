"""explore(study): choose an actor, an outlet, a frame, a voice, a period, and see a figure with its passages."""

from dataclasses import replace

import pandas as pd

from ..corpus.metadata import PERIODS
from ..measures.voices import voice_at
from ..pages.certainty import HEDGES
from ..pages.corpus import OUTLET_UNKNOWN
from ..pages.framing import framed_sentences, frames_of
from ..pages.treatment import TREATMENT
from ..pages.vocabulary import RANKING, whose_words
from ..pages.voices import SPEAKERS
from ..pages.who_frames import BY_VOICE
from ..report.figures import drawn, framed, nothing_to_draw
from ..report.markup import say
from ..report.passages import passages
from ..study.comparison import frame_named
from ..study.study import names
from ..text.language import count, date_part, name, named, speak, tr
from ..text.tables import by_document
from .display import in_lab
from .mending import mending

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


def selection(study, *, actor=None, outlet=None, frame=None, voice=None, month=None):
    """The part of a study that fits: its tables with only the sentences that do, as another Study.

    actor: sentences that name them. outlet: its articles. frame: sentences that carry it ("conflict", or with its scheme
    "policy:health"). voice: what stands in the outlet's own voice, or is quoted (mentions and conditionals by where they
    stand). month: "2026-03". What is None doesn't matter.
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
        fitting = fitting.merge(_sentences(study.mentions[study.mentions["actor"] == actor]))
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
        parts["sentiment"] = parts["sentiment"][parts["sentiment"]["actor"] == actor]
    articles = articles[articles["doc_id"].isin(keys["doc_id"])]
    return study.copy(articles=articles.reset_index(drop=True), sentences=fitting, **parts)


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


def page(study, view, **chosen):
    """Figure and passages of what fits, as markup. view: a name of :func:`views`; chosen: as for :func:`selection`."""
    speak(study.settings["language"])
    part, (_, which) = selection(study, **chosen), views()[view]
    table = which.table(part)
    if table.empty:
        told = tr("Nothing of this kind fits what was chosen.")
        image = nothing_to_draw(told)
    else:
        told = which.finding(part, table)
        image = framed(part, which, drawn(study, which, table), table, alt=told)
    fits = tr("{sentences} in {articles} fit.", sentences=count(len(part.sentences), "sentence"), articles=count(len(part.articles), "article"))  # fmt: skip
    read = passages(study, which.passages(part), label=which.label, most=8, cell=True)
    both = f'<div class="beside"><div>{image}</div><div>{read}</div></div>'
    return in_lab(f'<p class="meta">{fits}</p>', say(told), both)


def explore(study):
    """Choices of view, actor, outlet, frame, voice and month, and below them the figure with its passages (ipywidgets).

    A wrong passage can be put right below it: that is kept in `corrections.csv` of the study's folder, and shown at once. Needs a running notebook (JupyterLab): of a page that was exported it is no part. What is chosen can be computed by
    :func:`selection` with the same words.
    """
    import ipywidgets as widgets

    speak(study.settings["language"])

    def dropdown(title, options):
        return widgets.Dropdown(options=options, description=title, style={"description_width": "4.5rem"})

    def choice(title, options, all_of_them, told=named):
        return dropdown(title, [(all_of_them, ""), *((told(o), o) for o in options)])

    months = study.articles["date"].dt.to_period(PERIODS["month"]).dropna().astype("str").sort_values().unique()
    view = dropdown(tr("show"), [(title, which) for which, (title, _) in views().items()])
    chosen = {
        "actor": choice(name("actor"), study.mentions["actor"].dropna().value_counts().index, tr("everybody")),
        "outlet": choice(
            name("outlet"), study.articles["outlet"].fillna(OUTLET_UNKNOWN).value_counts().index, tr("all")
        ),
        "frame": choice(name("frame"), frames_of(study, "generic"), tr("any"), name),
        "voice": choice(name("voice"), ["outlet", "quoted"], tr("both"), name),
        "month": choice(name("month"), months, tr("all"), lambda m: date_part(pd.Timestamp(m), "MMMM yyyy")),
    }
    shown, state = widgets.HTML(), {"study": study}

    def choice_made():
        return {which: box.value or None for which, box in chosen.items()}

    def rows():
        return views()[view.value][1].passages(selection(state["study"], **choice_made()))

    def changed(mended):
        state["study"] = mended
        refresh()

    def refresh(_=None):
        shown.value = page(state["study"], view.value, **choice_made())
        show_what_is_wrong()

    mend, show_what_is_wrong = mending(lambda: (state["study"], view.value, rows()), changed)

    for box in (view, *chosen.values()):
        box.observe(refresh, "value")
    refresh()
    return widgets.VBox([widgets.HBox([view, *chosen.values()], layout={"flex_flow": "row wrap"}), shown, mend])
