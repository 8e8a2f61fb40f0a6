"""What stands in a page or a cell: sentences and tables, as markup in which every word of an article is escaped."""

import base64
import hashlib
import html
import re
from numbers import Integral, Real

import numpy as np
import pandas as pd

from ..pages import corpus
from ..study import comparison
from ..text.language import day, name, named, number, retold, signed, spoken, tr
from ..text.places import TEMPLATES

_ROWS_SHOWN = 15
_NAMED = {  # columns whose values are names of ours
    *("category", "voice", "label", "by_rule", "kind", "type", "form", "frame", "domain", "part", "cue_stance", "role"),
    *("subject", "what", "metric", "measured_on", "labels", "other_frame", "scheme", "construction"),
}  # fmt: skip


class Html(str):
    """Markup that shows itself in a notebook; everything from an article in it has been escaped."""

    def _repr_html_(self):
        return str(self)


def stylesheet(which):
    """The style of a page ("page"), of what stands in it ("content"), or of the latter's surroundings in a lab ("lab")."""
    return (TEMPLATES / "cadrage" / f"{which}.css").read_text(encoding="utf-8")


def style(scope=".jp-OutputArea-output", rules=""):
    """The report's style, and rules of one's own, for the cells of a notebook in JupyterLab; nothing outside of them changes."""
    strong = f":is(#cadrage, {scope})"  # as an id counts, so that the lab's own style of tables gives way
    return Html(f"<style>{strong} {{ {stylesheet('lab')}{stylesheet('content')}{rules} }}</style>")


def say(text, *, machine=False, place=None):
    """A finding, set apart for the reader. machine: it is the kit's by itself, and stands behind one corrected by hand. place: its name on its
    page, by which it is led to."""
    own, link = (f' id="{html.escape(place, quote=True)}"', f" {here(place)}") if place else ("", "")
    return Html(f'<p class="finding{" machine" if machine else ""}"{own}>{html.escape(text)}{link}</p>')


def show_text(text):
    """A paragraph to be copied, or that there is none."""
    return Html(f'<p class="{"meta" if text else "none"}">{html.escape(text or tr("Nothing to report yet."))}</p>')


def beware(text):
    """What to beware of."""
    return Html(f'<p class="beware"><b>{tr("Beware.")}</b> {html.escape(text)}</p>')


def beware_of_size(study):
    """What the size of this corpus does not allow."""
    return beware(corpus.beware_of_size(study))


def of_genres(study):
    """What the genres of these articles mean for their measures; nothing where none is known."""
    told = corpus.of_genres(study)
    return beware(told) if told else Html("")


def here(place):
    """A link to a place on its own page, by which it can be sent to somebody."""
    return f'<a class="here" href="#{html.escape(place, quote=True)}" aria-label="{tr("Link to this")}">#</a>'


def page(title, body, *, rules="", before="", after="", script=""):
    """A whole page; title, body and what stands before and after it are markup, escaped where they come from articles; script: ours, allowed by its hash."""
    css = stylesheet("content") + stylesheet("page")
    allowed = f"script-src 'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'; " if script else ""
    script = f"<script>{script}</script>" if script else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{spoken()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, '
        'initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        f'{allowed}img-src data:; style-src '
        f"'unsafe-inline'; base-uri 'none'; form-action 'none'\"><title>{title}</title><style>{css}{rules}</style></head>"
        f"<body>{before}<main>{body}</main>{after}{script}</body></html>\n"
    )


def heading(words):
    """A heading of the second level that can be led to."""
    return f'<h2 id="{html.escape(words.replace(" ", "-"), quote=True)}">{html.escape(words)}</h2>'


def named_once(markup, seen):
    """Markup in which each place is named once: a name that was seen before goes, and links to it lead to where it was seen. seen: a set, added to."""

    def once(found):
        if found[1] in seen:
            return ""
        seen.add(found[1])
        return found[0]

    return re.sub(r' id="([^"]+)"', once, markup)


def folded(title, body, kind="table"):
    """Markup behind a line that opens it."""
    return Html(f'<details class="{kind}"><summary>{html.escape(title)}</summary>{body}</details>')


def show(table, *, rows=_ROWS_SHOWN, file=None):
    """A table as readable markup, escaped, cut at what a reader scans, with what was left out said. file: that which holds it whole."""
    if not len(table):
        return Html(f'<p class="none">{tr("Nothing to show here: the table has no rows.")}</p>')
    head = "".join(f"<th>{html.escape(name(str(c)))}</th>" for c in table)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell_told(c, v))}</td>" for c, v in zip(table, row)) + "</tr>"
        for row in table.head(rows).itertuples(index=False, name=None)
    )
    left = len(table) - rows
    told = tr("Further rows in {file}: {n}.", file=file, n=left) if file else tr("Further rows, not shown here: {n}.", n=left)
    more = f'<p class="meta">{html.escape(told)}</p>' if left > 0 else ""
    return Html(
        f'<div class="scroll" tabindex="0" role="group" aria-label="{tr("Table")}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{more}"
    )


def cell_told(column, value):
    """A value as readers of this language write it; what names a category is told by its name."""
    if isinstance(value, (list, tuple, set, np.ndarray)):
        return ", ".join(map(str, value)) or "–"
    if pd.isna(value):
        return "–"
    if isinstance(value, pd.Timestamp):
        return day(value, short=True)
    if isinstance(value, (bool, np.bool_)):
        return tr("yes") if value else tr("no")
    if isinstance(value, Integral):
        return number(value)
    if isinstance(value, Real):
        if column not in ("p", "p_adjusted"):
            return number(value, 2)
        return number(value, 3) if value >= 0.001 else "< " + number(0.001, 3)
    if column == "why":
        return retold(value)
    if column == "measure":
        return comparison.title(value)
    if column == "because":
        return re.sub(r"\(([+-][\d.]+), ([^()]+?)(?: by ([^()]+))?\)", _told_effect, value)
    return name(value) if column in _NAMED else str(named(value))


def _told_effect(found):
    """An effect of a word on an actor, "(-0.8, aimed at them by X)", in the language of the page."""
    value, tie, who = found.groups()
    why = tr("aimed at them by {who}", who=who) if who else name(tie)
    return f"({signed(float(value), 1)}, {why})"
