"""Tellings side by side: one story as its outlets tell it, and what one article took word for word from another, added, or left out."""

import html

from ..pages import stories
from ..study import copied
from ..text.language import day, tr
from .markup import Html


def most_copied(study):
    """(doc_id, source) of the article most of which stood in another before; None where no text is shared."""
    table = copied.copied(study)
    table = table[table["copied"] > 0].sort_values(["share", "doc_id"], ascending=[False, True])
    return (table["doc_id"].iloc[0], table["source"].iloc[0]) if len(table) else None


def beside(study, pair=None, *, cell=False):
    """Two articles in two columns, what both have word for word marked: the one that printed it first at the left. pair: (doc_id, the other's); by
    default the article that copied most, and its source. Whole articles are shown only where the study shares them; cell: for the researcher's own eyes."""
    pair = pair or most_copied(study)
    if pair is None:
        return Html(f'<p class="none">{tr("No two articles share a passage.")}</p>')
    if not (cell or study.settings["share_full_text"]):
        return Html(f'<p class="none">{tr("Whole articles are not shown: this study does not share them.")}</p>')
    rows = copied.against(study, *pair)
    columns = "".join(_column(study, rows[rows["doc_id"] == own], own) for own in (pair[1], pair[0]))
    legend = tr("Marked: what both have, word for word. At the right, the rest was added; at the left, it was left out.")
    return Html(f'<p class="meta">{legend}</p><div class="tellings">{columns}</div>')


def _column(study, rows, doc_id):
    article = study.articles.set_index("doc_id").loc[doc_id]
    told = [article["outlet"], day(article["date"]) if article["date"] == article["date"] else None]
    head = " · ".join(html.escape(str(t)) for t in told if isinstance(t, str))
    said = " ".join(f"<mark>{html.escape(r.text)}</mark>" if r.what == "shared" else html.escape(r.text) for r in rows.itertuples())
    return f'<section><p class="meta">{head}</p><p lang="fr">{said}</p></section>'


def tellings(study, story_id=None):
    """One story as its outlets tell it, a column each: see :func:`analysis.pages.stories.tellings`."""
    table = stories.tellings(study, story_id)
    if table.empty:
        return Html(f'<p class="none">{tr("No story is told twice.")}</p>')
    aspects = table.iloc[:, 0]
    return Html(f'<div class="tellings">{"".join(_telling(outlet, aspects, table[outlet]) for outlet in table.columns[1:])}</div>')


def _telling(outlet, aspects, said):
    rows = "".join(f"<dt>{html.escape(a)}</dt><dd lang=\"fr\">{html.escape(str(v))}</dd>" for a, v in zip(aspects, said))
    return f"<section><h3>{html.escape(str(outlet))}</h3><dl>{rows}</dl></section>"
