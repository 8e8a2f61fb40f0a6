"""Passages: the sentences behind a table or a figure, marked in their place, with source and voice."""

import hashlib
import html
from bisect import bisect_left, bisect_right

import pandas as pd

from ..pages.figure import Figure
from ..pages.sharing import LONGEST, first_of_each, what_may_be_shown
from ..text.language import day, name, tr
from . import reader
from .markup import Html, cell_told, folded, here


def passages(study, what, *, most=12, label=None, cell=False):
    """The passages behind a figure, or a table that has doc_id, sentence_id, start, end: each in its sentence, marked.

    what: a Figure, such as `treatment.TREATMENT`, or a table; label: the column whose words tag each passage ("category",
    "type", …; a Figure has its own). The first of every article come first. Short passages only and, unless whole articles
    may be shared, of each article the same sentences on every page, a quarter of it at most (`sharing.shareable`); what is
    left out is said. cell: they stand in a cell of a lab, for the researcher's eyes: all of them, in the order given, open, and without links
    into the report.
    """
    if isinstance(what, Figure):
        if what.passages is None:
            raise ValueError(f"figure {what.file!r} has no passages")
        what, label = what.passages(study), label or what.label
    found = what.dropna(subset=["start"]).reset_index(drop=True)
    if not len(found):
        return Html(f'<p class="none">{tr("There are no passages to show.")}</p>')
    shown = (found if cell else what_may_be_shown(study, first_of_each(found))).head(most)
    body = "".join(_cards(study, shown, label, cell=cell))
    left = len(found) - len(shown)
    body += f'<p class="meta">{tr("Further passages in the tables: {n}.", n=left)}</p>' if left else ""
    title = tr("The passages behind this ({shown} of {n})", shown=len(shown), n=len(found))
    return Html(f'<p class="meta">{title}</p>{body}') if cell else folded(title, body, kind="passages")


def shown_with(study, rows, label, *, most=2):
    """A few passages of a finding, open: those that stand first, of as many articles as can be; none where they may not be shared."""
    found = rows.dropna(subset=["start"]).reset_index(drop=True)
    if "sentence_id" in found or study.settings["share_full_text"]:
        return Html("".join(_cards(study, what_may_be_shown(study, first_of_each(found)).head(most), label)))
    return Html("")


def _cards(study, rows, label, *, cell=False):
    """The rows as cards; of the study only their articles are looked at. In a cell of a lab they lead nowhere."""
    ids = set(rows["doc_id"])
    articles = study.articles[study.articles["doc_id"].isin(ids)].set_index("doc_id", drop=False)
    spans = study.sentences[study.sentences["doc_id"].isin(ids)].sort_values("start")
    spans = {d: (g["start"].astype(int).tolist(), g["end"].astype(int).tolist()) for d, g in spans.groupby("doc_id")}
    places = reader.places(study) if study.settings["share_full_text"] and not cell else {}
    for row in rows.to_dict("records"):
        doc_id = row["doc_id"]
        yield _card(row, articles.loc[doc_id], spans.get(doc_id, ([], [])), label, places.get(doc_id), linked=not cell)


def _card(row, article, spans, label, place, *, linked):
    text, (left, start, end, right) = article["text"], _around(*spans, int(row["start"]), int(row["end"]))
    before, passage, after = (html.escape(t) for t in (text[left:start], text[start:end], text[end:right]))
    cut = " […]" if end < row["end"] else ""
    source = [
        article["outlet"],
        article["title"],
        day(article["date"], short=True) if pd.notna(article["date"]) else None,
        f"{row['doc_id']}, {int(row['start'])}–{int(row['end'])}",
    ]
    meta = _tags(row, label) + " · ".join(html.escape(str(s)) for s in source if isinstance(s, str))
    if place:
        meta += f' · <a href="{reader.address(place, row.get("sentence_id"))}">{tr("in the article")}</a>'
    shown, own = f"{before}<mark>{passage}{cut}</mark>{after}", _place(row)
    if linked:
        meta += f" {here(own)}"
    place = f' id="{own}"' if linked else ""
    return f'<blockquote{place}><p lang="fr">{shown}</p><div class="meta">{meta}</div></blockquote>'


def _place(row):
    """The name of a passage's place on its page: the same for the same passage, on every page and in every run."""
    return "p" + hashlib.sha256(f"{row['doc_id']} {row['start']} {row['end']}".encode()).hexdigest()[:10]


def _tags(row, label):
    """What a passage is, and in whose voice."""
    tags = []
    if label and isinstance(row.get(label), str):
        tags.append(f'<span class="tag">{html.escape(cell_told(label, row[label]))}</span>')
    voice = row.get("voice")
    if voice in ("outlet", "quoted"):
        who = row.get("speaker") if isinstance(row.get("speaker"), str) else row.get("speaker_actor")
        told = tr("quoted: {speaker}", speaker=who) if voice == "quoted" and isinstance(who, str) else name(voice)
        tags.append(f'<span class="tag {voice}">{html.escape(told)}</span>')
    if row.get("by_hand") is True:
        tags.append(f'<span class="tag">{tr("put right by hand")}</span>')
    return "".join(tags)


def _around(starts, ends, start, end):
    """(left, start, end, right): a passage in the sentences that hold it, cut to a length that may be shared.

    starts, ends: those of the article's sentences, which follow one another.
    """
    first, last = bisect_right(ends, start), bisect_left(starts, end)
    left, right = (starts[first], ends[last - 1]) if first < last else (start, end)
    end = min(end, start + LONGEST)
    around = (LONGEST - (end - start)) // 2
    return max(left, start - around), start, end, min(right, end + around)
