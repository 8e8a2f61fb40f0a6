"""explore(study): choose an actor, an outlet, a frame, a voice, a period, and see a figure with its passages."""

import pandas as pd

from ..corpus.articles import PERIODS
from ..measures.voices import voice_at
from ..pages import findings, plots, summaries
from ..pages.summaries import OUTLET_UNKNOWN
from ..report.markup import drawn, framed, nothing_to_draw, passages, say
from ..text.language import count, date_part, name, named, speak, tr
from ..text.tables import by_document
from .display import in_lab


def selection(study, *, actor=None, outlet=None, frame=None, voice=None, month=None):
    """The part of a study that fits: its tables with only the sentences that do, as another Study.

    actor: sentences that name them. outlet: its articles. frame: sentences that carry it. voice: what stands in the outlet's
    own voice, or is quoted (mentions and conditionals by where they stand). month: "2026-03". What is None doesn't matter.
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
        fitting = fitting.merge(_sentences(study.mentions.query("actor == @actor")))
    if frame:
        fitting = fitting.merge(_sentences(study.frames.query("frame == @frame and level == 'sentence' and present")))
    keys, parts, said = _sentences(fitting), {}, by_document(study.quotes)
    for which in ("mentions", "quotes", "scare_quotes", "hedges", "loaded_terms", "frames", "sentiment", "agency"):
        part = getattr(study, which).merge(keys)
        parts[which] = part[_voices(part, which, said) == voice] if voice else part
    if actor:
        parts["sentiment"] = parts["sentiment"].query("actor == @actor")
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
    """{name: (title, function from a study to (plot, table, finding, passages, their label))} of what can be looked at."""
    return {
        "treatment": (tr("Treatment of actors"), _treatment),
        "frames": (tr("Frames"), _frames),
        "loaded": (tr("Loaded words"), _loaded),
        "quoted": (tr("Who is quoted"), _quoted),
        "reported": (tr("What is only reported"), _reported),
    }


def _treatment(part):
    table = summaries.sentiment_by_actor(part)
    return plots.plot_sentiment, table, findings.sentiment(table), summaries.judged(part), "tag"


def _frames(part):
    table = summaries.frames_by_voice(part, "generic")
    rows = part.frames.query("scheme == 'generic' and present").sort_values("score", ascending=False)
    return plots.plot_frames_by_voice, table, findings.frames_by_voice(table, "generic"), rows, "frame"


def _loaded(part):
    return plots.plot_loaded, summaries.loaded_ranking(part), findings.loaded_voice(part), part.loaded_terms, "category"


def _quoted(part):
    table = summaries.speakers(part)
    return plots.plot_speakers, table, findings.voices(table), part.quotes.assign(voice="quoted"), "kind"


def _reported(part):
    return plots.plot_hedges, summaries.hedge_types(part), findings.certainty(part), part.hedges, "type"


def page(study, view, **chosen):
    """Figure and passages of what fits, as markup. view: a name of :func:`views`; chosen: as for :func:`selection`."""
    speak(study.settings["language"])
    part = selection(study, **chosen)
    plot, table, finding, rows, label = views()[view][1](part)
    if table.empty:
        finding = tr("Nothing of this kind fits what was chosen.")
    fits = tr("{sentences} in {articles} fit.", sentences=count(len(part.sentences), "sentence"), articles=count(len(part.articles), "article"))  # fmt: skip
    image = (
        framed(part, drawn(study, plot, table), plot, table, alt=finding) if len(table) else nothing_to_draw(finding)
    )
    read = passages(study, rows, label=label, most=8, cell=True)
    both = f'<div class="beside"><div>{image}</div><div>{read}</div></div>'
    return in_lab(f'<p class="meta">{fits}</p>', say(finding), both)


def explore(study):
    """Choices of view, actor, outlet, frame, voice and month, and below them the figure with its passages (ipywidgets).

    Needs a running notebook (JupyterLab): of a page that was exported it is no part. What is chosen can be computed by
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
        "frame": choice(name("frame"), summaries.frames_of(study, "generic"), tr("any"), name),
        "voice": choice(name("voice"), ["outlet", "quoted"], tr("both"), name),
        "month": choice(name("month"), months, tr("all"), lambda m: date_part(pd.Timestamp(m), "MMMM yyyy")),
    }
    shown = widgets.HTML()

    def refresh(_=None):
        shown.value = page(study, view.value, **{which: box.value or None for which, box in chosen.items()})

    for box in (view, *chosen.values()):
        box.observe(refresh, "value")
    refresh()
    rows = widgets.HBox([view, *chosen.values()], layout={"flex_flow": "row wrap"})
    return widgets.VBox([rows, shown])
