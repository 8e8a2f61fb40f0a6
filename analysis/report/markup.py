"""What stands in a page or a cell: findings, tables, passages, figures, as markup in which every word of an article is escaped."""

import base64
import html
import inspect
import io
import re
from numbers import Integral, Real

import numpy as np
import pandas as pd

from ..pages import findings, plots, summaries
from ..study import comparison
from ..text.language import count, day, name, named, number, opening, retold, signed, tr
from ..text.places import TEMPLATES
from . import reader

_ROWS_SHOWN = 40
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


def say(text):
    """A finding, set apart for the reader."""
    return Html(f'<p class="finding">{html.escape(text)}</p>')


def beware(text):
    """What to beware of."""
    return Html(f'<p class="beware"><b>{tr("Beware.")}</b> {html.escape(text)}</p>')


def drawn(study, plot, table, **how):
    """The figure that a function of `analysis.plots` draws of a table, in the one style; close it when it is shown.

    A plot that tells actors apart by colour is given the study's own order of them: each has one colour everywhere.
    """
    plots.set_style()
    if "actors" in inspect.signature(plot).parameters:
        how["actors"] = reader.actors_shown(study)
    return plot(table, **how).figure


def framed(study, image, plot, table, *, alt, file=None):
    """A figure with its caption (what it shows, n, source), its finding as alternative text, and its table one click away."""
    import matplotlib.pyplot as plt

    screen = io.BytesIO()
    image.savefig(screen, format="png", dpi=130)
    plt.close(image)
    noun, counted = plots.COUNTED[plot.__name__]
    caption = [
        tr(opening(plot.__doc__)),
        tr("n: {n}. Source: {source}.", n=count(counted(table), noun), source=findings.source(study)),
        *([tr("Data: {file}.", file=file)] if file else []),
    ]
    return Html(
        '<figure><div class="scroll" tabindex="0" role="group" aria-label="'
        + tr("Figure")
        + f'"><img src="data:image/png;base64,{base64.b64encode(screen.getvalue()).decode()}" '
        f'alt="{html.escape(alt, quote=True)}"></div><figcaption>{html.escape(" ".join(caption))}</figcaption></figure>'
        + folded(tr("The table behind this figure"), show(table))
    )


def nothing_to_draw(why):
    """What stands in a figure's place where its table has no rows."""
    return Html(f'<p class="none">{html.escape(tr("There is nothing to draw: {why}", why=why))}</p>')


def folded(title, body, kind="table"):
    """Markup behind a line that opens it."""
    return Html(f'<details class="{kind}"><summary>{html.escape(title)}</summary>{body}</details>')


def show(table, *, rows=_ROWS_SHOWN):
    """A table as readable markup, escaped, with what was left out said."""
    if not len(table):
        return Html(f'<p class="none">{tr("Nothing to show here: the table has no rows.")}</p>')
    head = "".join(f"<th>{html.escape(name(str(c)))}</th>" for c in table)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(_cell(c, v))}</td>" for c, v in zip(table, row)) + "</tr>"
        for row in table.head(rows).itertuples(index=False, name=None)
    )
    left = len(table) - rows
    more = f'<p class="meta">{tr("Further rows in the CSV: {n}.", n=left)}</p>' if left > 0 else ""
    return Html(
        f'<div class="scroll" tabindex="0" role="group" aria-label="{tr("Table")}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{more}"
    )


def _cell(column, value):
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
        return re.sub(r"(?<=\()[+-][\d.]+(?=\))", lambda m: signed(float(m[0]), 1), value)
    return name(value) if column in _NAMED else str(named(value))


def passages(study, table, *, most=12, label=None, cell=False):
    """The passages behind a table that has doc_id, sentence_id, start, end: each in its sentence, marked, with source and voice.

    label: the column whose words tag each passage ("category", "type", …). The first of every article come first. Short
    passages only and, unless whole articles may be shared, of each article the same sentences on every page, a quarter of it
    at most (`summaries.shareable`); what is left out is said. cell: they stand in a cell of a lab, for the researcher's
    eyes: all of them, open, and without links into the report.
    """
    found = table.dropna(subset=["start"]).reset_index(drop=True)
    if not len(found):
        return Html(f'<p class="none">{tr("There are no passages to show.")}</p>')
    turn = found.groupby("doc_id").cumcount().sort_values(kind="stable")
    shown = found.loc[turn.index]
    if not (cell or study.settings["share_full_text"]):
        shown = shown[summaries.standing_in(shown, summaries.shareable(study))]
    cards = [_passage(study, row, label, linked=not cell) for row in shown.head(most).to_dict("records")]
    left = len(found) - len(cards)
    more = f'<p class="meta">{tr("Further passages in the tables: {n}.", n=left)}</p>' if left else ""
    title = tr("The passages behind this ({shown} of {n})", shown=len(cards), n=len(found))
    body = "".join(cards) + more
    return Html(f'<p class="meta">{title}</p>{body}') if cell else folded(title, body, kind="passages")


def _passage(study, row, label, linked):
    article = study.articles[study.articles["doc_id"] == row["doc_id"]].iloc[0]
    left, start, end, right = _around(study, row["doc_id"], int(row["start"]), int(row["end"]))
    text, cut = article["text"], " […]" if end < row["end"] else ""
    body = (
        html.escape(text[left:start])
        + f"<mark>{html.escape(text[start:end])}{cut}</mark>"
        + html.escape(text[end:right])
    )
    tag = (
        f'<span class="tag">{html.escape(_cell(label, row[label]))}</span>'
        if label and isinstance(row.get(label), str)
        else ""
    )
    voice = row.get("voice")
    if voice in ("outlet", "quoted"):
        who = row.get("speaker") if isinstance(row.get("speaker"), str) else row.get("speaker_actor")
        told = tr("quoted: {speaker}", speaker=who) if voice == "quoted" and isinstance(who, str) else name(voice)
        tag += f'<span class="tag {voice}">{html.escape(told)}</span>'
    source = [
        article["outlet"],
        article["title"],
        day(article["date"], short=True) if pd.notna(article["date"]) else None,
        f"{row['doc_id']}, {int(row['start'])}–{int(row['end'])}",
    ]
    meta = " · ".join(html.escape(str(s)) for s in source if isinstance(s, str))
    if linked and study.settings["share_full_text"]:
        place = reader.anchor(study, row["doc_id"], row.get("sentence_id"))
        meta += f' · <a href="articles.html#{place}">{tr("in the article")}</a>'
    return f'<blockquote><p lang="fr">{body}</p><div class="meta">{tag}{meta}</div></blockquote>'


def _around(study, doc_id, start, end):
    """(left, start, end, right): a passage in the sentence that holds it, cut to a length that may be shared."""
    spans = study.sentences[study.sentences["doc_id"] == doc_id]
    holding = spans[(spans["start"] < end) & (spans["end"] > start)]
    left, right = (int(holding["start"].min()), int(holding["end"].max())) if len(holding) else (start, end)
    end = min(end, start + summaries.LONGEST)
    around = (summaries.LONGEST - (end - start)) // 2
    return max(left, start - around), start, end, min(right, end + around)
