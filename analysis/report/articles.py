"""The articles, marked: an index of all of them, searched and by outlet, and each in the same page where they are few, else in a page of its own."""

import html

import pandas as pd

from ..pages.corpus import OUTLET_UNKNOWN
from ..text.language import count, day, name, named, number, tr
from ..text.places import TEMPLATES, reports_folder
from . import navigation, reader
from .markup import page

FOLDER = "articles"
_ACTORS = 3  # of an article that its line names


def write_articles(study):
    """Writes articles.html: an index, and the texts (or the passages that may be shared) with actors, quotations, loaded words and
    conditionals marked, and switches for each. Of a large corpus each article is a page in the folder `articles`."""
    together, title = reader.on_one_page(study), tr("The articles, marked")
    many = len(study.articles) > 1
    parts = [f"<h1>{title}</h1>", reading_aid(study, layers=together), _index(study) if many else ""]
    if together:
        parts += reader.articles(study, study.articles)
    else:
        _write_each(study)
    before, after = navigation.above(study.settings["title"], navigation.ARTICLES), navigation.below(navigation.ARTICLES)
    script = (TEMPLATES / "cadrage" / "search.js").read_text(encoding="utf-8") if many else ""
    made = page(title, "".join(parts), rules=reader.style(study), before=before, after=after, script=script)
    (reports_folder() / navigation.ARTICLES).write_text(made, encoding="utf-8")


def reading_aid(study, *, layers=True):
    """What the marks mean, whether whole articles are shown, and the switches; layers: those of marks too, not of outlets alone."""
    shared = "" if study.settings["share_full_text"] else " " + tr("Whole articles are not shared in this study: short passages only.")
    told = tr("What the measures found, where it stands. Hold the pointer on a mark to read what it is.")
    return f'<p><span class="hint">{told}</span>{shared}</p>{reader.controls(study, layers=layers)}'


def _index(study):
    """One line for each article: title, outlet, date, how many tell its story, words, and whom it names most; the search is the script's."""
    where = reader.places(study)
    many = study.stories.groupby("story_id")["doc_id"].transform("size")
    story = {d: (s, n) for d, s, n in zip(study.stories["doc_id"], study.stories["story_id"], many) if n > 1}
    known = reader.outlets(study)
    named_most = study.mentions.dropna(subset=["actor"]).groupby("doc_id")["actor"].agg(lambda a: list(a.value_counts().index[:_ACTORS]))
    rows = "".join(_line(row, where[row["doc_id"]], known, story.get(row["doc_id"]), named_most.get(row["doc_id"], [])) for row in study.articles.to_dict("records"))
    heads = tuple(map(name, ("title", "outlet", "date", "story", "words", "actor")))
    orders = "".join(f'<option value="{i}">{html.escape(h)}</option>' for i, h in enumerate(heads) if i in (0, 1, 2, 3, 4))
    search = (
        f'<p id="search" hidden><label>{tr("Search titles, outlets, dates and actors")} <input type="search"></label> '
        f'<label>{tr("Order")} <select><option value="">{tr("as read")}</option>{orders}</select></label> <output aria-live="polite"></output></p>'
    )
    head = "".join(f"<th>{html.escape(h)}</th>" for h in heads)
    return (
        f'{search}<div class="scroll" tabindex="0" role="group" aria-label="{tr("Table")}"><table id="index" class="articles"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _line(row, address, known, story, actors):
    outlet = row["outlet"] if isinstance(row["outlet"], str) else OUTLET_UNKNOWN
    date = row["date"] if pd.notna(row["date"]) else None
    title = row["title"] if isinstance(row["title"], str) else row["doc_id"]
    told = tr("one of {articles}", articles=count(story[1], "article")) if story else "–"
    cells = [
        ("", f'<a lang="fr" href="{html.escape(address)}">{html.escape(title)}</a>'),
        (outlet, html.escape(named(outlet))),
        (f"{date:%Y-%m-%d}" if date else "", day(date, short=True) if date else "–"),
        (story[0] if story else "", told),
        (f"{row['n_words']:09d}", number(row["n_words"])),
        ("", html.escape(", ".join(actors))),
    ]
    own = f' class="o{known.index(outlet)}"' if outlet in known else ""
    return f"<tr{own}>" + "".join(f'<td data-by="{html.escape(str(by), quote=True)}">{cell}</td>' for by, cell in cells) + "</tr>"


def _write_each(study):
    """Writes each article into a page of its own."""
    folder = reports_folder() / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    addresses = [a.partition("#")[0].partition("/")[2] for a in reader.places(study).values()]
    rules, controls = reader.signs(study) + reader.layers_off(study), reader.controls(study, outlets_too=False)
    texts = reader.articles(study, study.articles)
    for i, (file, text, title) in enumerate(zip(addresses, texts, study.articles["title"].fillna(study.articles["doc_id"]))):
        before = navigation.above_article(study.settings["title"])
        after = navigation.steps(addresses[i - 1] if i else None, addresses[i + 1] if i + 1 < len(addresses) else None)
        (folder / file).write_text(page(html.escape(title), controls + text.replace("<h2>", "<h1>", 1).replace("</h2>", "</h1>", 1), rules=rules, before=before, after=after), encoding="utf-8")
