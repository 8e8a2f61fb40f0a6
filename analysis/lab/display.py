"""What shows itself in a cell: a study, an article, an actor, a concordance; brief, with the way to more."""

import html
from difflib import get_close_matches

import pandas as pd

from ..pages import actors, corpus, relations, treatment
from ..report import reader
from ..report.markup import Html, folded, say, show, style
from ..report.passages import passages
from ..study.groups import groups_of_actors
from ..text.language import count, number, signed, speak, tr

_LINES = 20
_BESIDE = 44  # characters shown on either side in a line of a concordance
_NEIGHBOURS, _COUNTED = 10, 5_000  # of a concordance: neighbours shown, passages in which they are counted
_UNTOLD = {"sentences", "scare_quotes"}  # tables that a study in brief does not name


def in_lab(*parts, rules=""):
    """Markup in the report's style, with rules of its own, for a cell."""
    return Html(f'<div class="cadrage">{style(".cadrage", rules)}{"".join(parts)}</div>')


def card(study):
    """A study in brief: what was read, what stands in its tables, and what to do next."""
    speak(study.settings["language"])
    told = {
        "articles": tr("what was read"),
        "mentions": tr("where actors are named"),
        "sentiment": tr("how each is treated, sentence by sentence"),
        "frames": tr("how the story is framed"),
        "loaded_terms": tr("loaded words, and in whose voice"),
        "quotes": tr("who is quoted"),
        "hedges": tr("what is only reported"),
        "agency": tr("who does what to whom"),
        "problems": tr("what could not be read, was set aside or repaired"),
    }
    sizes = study.sizes()
    told |= {which: "" for which in sizes if which not in told and which not in _UNTOLD}
    rows = "".join(
        f"<tr><td><code>study.{which}</code></td><td>{number(sizes[which])}</td><td>{what}</td></tr>"
        for which, what in told.items()
    )
    head = "".join(f"<th>{word}</th>" for word in (tr("table"), tr("rows"), tr("what it holds")))
    first = html.escape(repr(next(iter(reader.actors_shown(study)), "…")))
    next_steps = f"<code>analysis.explore(study)</code>, <code>analysis.actor(study, {first})</code>"
    return in_lab(
        f"<h3>{html.escape(str(study.settings['title']))}</h3>",
        say(corpus.what_was_read(study)),
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>",
        f'<p class="meta">{tr("Go on with {calls}.", calls=next_steps)}</p>',
    )


def article(study, doc_id):
    """One article with everything marked in its place: actors, quotations, loaded words, conditionals.

    It is shown whole, whatever `share_full_text` says: mind that before you share the notebook. Raises ValueError for a
    doc_id that is not in the study, with those that look like it.
    """
    speak(study.settings["language"])
    _known(doc_id, study.articles["doc_id"], "doc_id")
    return in_lab(reader.legend(study), reader.article(study, doc_id), rules=reader.signs(study))


def actor(study, who):
    """One actor, or group of actors, in brief: how often mentioned, how treated and in whose voice, what is done to them, and the passages.

    Raises ValueError for a name that is not in the study, with those that look like it.
    """
    speak(study.settings["language"])
    study = study.grouped() if who in groups_of_actors(study) else study
    mentioned = actors.mentioned(study)
    _known(who, mentioned["actor"], "actor")
    alone = study.copy(sentiment=study.sentiment[study.sentiment["actor"] == who])
    judged = treatment.judged(alone).sort_values("polarity", key=lambda p: -p.abs())
    parts = [
        f"<h3>{html.escape(who)}</h3>",
        say(_mentioned(mentioned[mentioned["actor"] == who].iloc[0])),
        *(say(_treated(row)) for row in treatment.by_actor(alone).query("n > 0").to_dict("records")),
        passages(study, judged, label="label", most=4, cell=True),
    ]
    aimed = study.loaded_terms[study.loaded_terms["target_actor"] == who]
    if len(aimed):
        parts += [
            f"<h4>{tr('Loaded words aimed at them')}</h4>",
            passages(study, aimed, label="category", most=4, cell=True),
        ]
    undergone = relations.undergone(study)
    undergone = undergone[undergone["actor"] == who].drop(columns="actor")
    if len(undergone):
        parts += [f"<h4>{tr('What is done to them')}</h4>", show(undergone, rows=8)]
    return in_lab(*parts)


def _mentioned(row):
    return tr(
        "{mentions} in {articles}; acts in {agent}, undergoes in {patient}.",
        mentions=count(row["mentions"], "mention"),
        articles=count(row["articles"], "article"),
        agent=row["agent"],
        patient=row["patient"],
    )


def _treated(row):
    return tr(
        "Of {sentences} that could be judged: {negative} negative, {neutral} neutral, {positive} positive (mean "
        "polarity {polarity}).",
        sentences=count(row["n"], "sentence"),
        polarity=signed(row["polarity"]),
        **{label: row[label] for label in treatment.LABELS},
    )


def _known(given, names, what):
    names = list(dict.fromkeys(names.dropna()))
    if given not in names:
        near = get_close_matches(str(given), names, n=3, cutoff=0.6) or names[:5]
        raise ValueError(
            f"no {what} {given!r} in this study; did you mean {' or '.join(map(repr, near)) or 'another study'}?"
        )


def lines(found):
    """A concordance as lines with what was found in the middle, the first of them, and folded below what stands beside it."""
    if list(found.columns) != ["doc_id", "start", "end", "left", "node", "right"]:
        return pd.DataFrame(found)._repr_html_()
    if found.empty:
        return in_lab(f'<p class="none">{tr("No passage holds this.")}</p>')
    shown = found.head(_LINES)
    rows = "".join(map(_line, shown["left"], shown["node"], shown["right"], shown["doc_id"]))
    left = len(found) - len(shown)
    told = tr(
        "{passages} in {articles}.",
        passages=count(len(found), "passage"),
        articles=count(found["doc_id"].nunique(), "article"),
    )
    more = " " + tr("Not shown here: {n}.", n=left) if left else ""
    return in_lab(
        f'<div class="scroll lines"><table><tbody>{rows}</tbody></table></div><p class="meta">{told}{more}</p>',
        folded(tr("What stands beside it"), _beside(found)),
        rules=".lines { max-width: none; } .lines td:nth-child(2) { text-align: center; }",
    )


def _line(left, node, right, doc_id):
    """A line of a concordance, cut at whole words to what can be read at a glance."""
    if len(left) > _BESIDE:
        left = "… " + left[-_BESIDE:].partition(" ")[2]
    if len(right) > _BESIDE:
        right = right[:_BESIDE].rpartition(" ")[0] + " …"
    told = "".join(f'<td lang="fr">{html.escape(text)}</td>' for text in (left, node, right))
    return f"<tr>{told}<td>{html.escape(str(doc_id))}</td></tr>"


def _beside(found):
    """The commonest words left and right of what was found, and its forms where it has several."""
    head = found.head(_COUNTED)
    titles = {"left": tr("To the left"), "right": tr("To the right"), "node": tr("Forms found")}
    tables = {side: head.counts(side) for side in titles}
    if len(tables["node"]) < 2:
        del tables["node"]
    parts = "".join(
        f"<div><h4>{titles[side]}</h4>{show(table.head(_NEIGHBOURS))}</div>" for side, table in tables.items()
    )
    calls = '<code>.by("left")</code>, <code>.counts("right", words=2)</code>'
    said = tr("Go on with {calls}.", calls=calls)
    if len(found) > _COUNTED:
        said = tr("Counted in the first passages only: {n}.", n=_COUNTED) + " " + said
    return f'<div class="beside">{parts}</div><p class="meta">{said}</p>'
