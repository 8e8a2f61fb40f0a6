"""The pages that no notebook makes: the index, the articles marked, and the whole report as one file."""

import html
import re
from pathlib import Path

from ..pages import corpus, framing, treatment, vocabulary
from ..pages.validation import is_corrected
from ..text.language import count, number, spoken, tr
from ..text.places import reports_folder
from . import exports, navigation, reader
from .figures import shown, validated
from .markup import beware_of_size, say, show, stylesheet

_LARGEST = 4_800_000  # bytes of the one file


def write_index(study, pages):
    """Writes index.html: the study in one view, its headline findings, and the way to each page.

    pages: (file name, title, one sentence) of each.
    """
    folder = reports_folder()
    folder.mkdir(parents=True, exist_ok=True)
    title, description = (html.escape(str(study.settings[k])) for k in ("title", "description"))
    links = "".join(
        f'<li><a href="{html.escape(f)}"><b>{html.escape(t)}</b>{html.escape(s)}</a></li>' for f, t, s in pages
    )
    body = "".join(
        [
            f"<h1>{title}</h1>",
            f"<p>{description}</p>",
            say(corpus.what_was_read(study)),
            _numbers(study),
            beware_of_size(study),
            f"<h2>{tr('Three findings')}</h2>",
            *_headlines(study),
            f"<h2>{tr('Question by question')}</h2>",
            f'<ul class="cards">{links}</ul>',
            _problems(study),
            f"<h2>{tr('How this was made')}</h2>",
            f"<p>{html.escape(exports.methods(study))}</p>",
        ]
    )
    before = navigation.above(study.settings["title"], "index.html")
    (folder / "index.html").write_text(_page(title, body, before=before, after=navigation.below("index.html")), encoding="utf-8")


def _numbers(study):
    figures = [
        (len(study.articles), "article"),
        (study.articles["outlet"].nunique(), "outlet"),
        (study.articles["n_words"].sum(), "word"),
        (study.mentions["actor"].nunique(), "actor"),
        (study.quotes.groupby(["doc_id", "quote_id"]).ngroups, "quotation"),
        (len(study.loaded_terms), "loaded term"),
    ]
    told = ((number(n), count(n or 2, noun).partition(" ")[2]) for n, noun in figures)
    return '<ul class="numbers">' + "".join(f"<li><b>{n}</b> {noun}</li>" for n, noun in told) + "</ul>"


def _headlines(study):
    """The three findings that open the report, each with its figure (whose files its page writes) and the way to that page."""
    opening = [
        (tr("How each actor is treated"), treatment.TREATMENT, "02-actors"),
        (tr("How the story is framed"), framing.GENERIC, "03-framing"),
        (tr("Which loaded words, and whose"), vocabulary.BY_VOICE, "04-vocabulary"),
    ]
    more = tr("The passages, and more on this")
    for title, which, page in opening:
        table = which.table(study)
        told = which.finding(study, table)
        machine = is_corrected(study, which.measure)
        yield f"<h3>{title}</h3>" + validated(study, which.measure) + say(told, machine=machine) + shown(study, which, table, alt=told)
        yield f'<p class="meta"><a href="{page}.html">{more}</a></p>'


def _problems(study):
    head = f"<h2>{tr('What was not read, set aside or repaired')}</h2>"
    return head + (show(study.problems) if len(study.problems) else f"<p>{tr('Everything was read.')}</p>")


def _page(title, body, *, rules="", before="", after=""):
    """A whole page; title, body and what stands before and after it are markup, escaped where they come from articles."""
    css = stylesheet("content") + stylesheet("page")
    return (
        f'<!DOCTYPE html>\n<html lang="{spoken()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, '
        'initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; style-src '
        f"'unsafe-inline'; base-uri 'none'; form-action 'none'\"><title>{title}</title><style>{css}{rules}</style></head>"
        f"<body>{before}<main>{body}</main>{after}</body></html>\n"
    )


def write_articles(study):
    """Writes articles.html: the texts (or the passages that may be shared) with actors, quotations, loaded words and
    conditionals marked, and switches for each. Of a large corpus it holds the first articles, and says how many not."""
    before = navigation.above(study.settings["title"], navigation.ARTICLES)
    title = tr("The articles, marked")
    left = len(study.articles) - len(reader.held(study))
    told = f"<p>{_left_out(study, left)}</p>" if left else ""
    body = f"<h1>{title}</h1>" + _reading_aid(study) + told + "".join(reader.articles(study))
    page = _page(title, body, rules=reader.style(study), before=before, after=navigation.below(navigation.ARTICLES))
    (reports_folder() / "articles.html").write_text(page, encoding="utf-8")


def _left_out(study, left):
    articles = count(len(study.articles), "article")
    return tr("Left out here to keep this page small: {n} of {articles}; the tables have them all.", n=left, articles=articles)  # fmt: skip


def _reading_aid(study):
    shared = (
        ""
        if study.settings["share_full_text"]
        else " " + tr("Whole articles are not shared in this study: short passages only.")
    )
    told = tr("What the measures found, where it stands. Hold the pointer on a mark to read what it is.")
    return f'<p><span class="hint">{told}</span>{shared}</p>{reader.controls(study)}'


def write_single(study, pages):
    """Writes report.html: the whole report as one file to be mailed, under five megabytes; what is left out is said."""
    folder = reports_folder()
    parts = {"index": _main(folder / "index.html")}
    parts |= {Path(name).stem: _lowered(_main(folder / name)) for name, *_ in pages}
    here = {f"{stem}.html": stem for stem in parts} | {"articles.html": "articles"}
    body = "".join(f'<section id="{stem}">{_unlinked(part)}</section>' for stem, part in parts.items())
    body = re.sub(r'href="([^"#]+)"', lambda m: f'href="#{here[m[1]]}"' if m[1] in here else m[0], body)
    texts, left = _fitting(study, _LARGEST - len(body.encode()))
    articles = count(len(study.articles), "article")
    told = tr("Left out here to keep this file small: {n} of {articles}; articles.html has them.", n=left, articles=articles)  # fmt: skip
    told = f"<p>{told}</p>" if left else ""
    title = tr("The articles, marked")
    body += f'<section id="articles"><h2>{title}</h2>{_reading_aid(study)}{told}{texts}</section>'
    title = html.escape(str(study.settings["title"]))
    page = _page(title, _led_within(body), rules=reader.style(study))
    (folder / "report.html").write_text(page, encoding="utf-8")


def _main(path):
    """What stands in the main part of a page that was written here."""
    text = path.read_text(encoding="utf-8")
    return text[text.index("<main>") + 6 : text.rindex("</main>")]


def _unlinked(part):
    """A page's markup without the ids of its headings and the links to them, which would stand twice in one file."""
    return re.sub(r'<a class="anchor-link".*?</a>', "", re.sub(r"(<h[1-6])[^>]*>", r"\1>", part), flags=re.S)


def _lowered(part):
    """A page's markup with its first headings one level lower."""
    part = re.sub(r"(<h[1-6])[^>]*>", r"\1>", part)
    return re.sub(r"(</?h)([1-3])>", lambda m: f"{m[1]}{int(m[2]) + 1}>", part)


def _fitting(study, room):
    """(the articles that fit into so many bytes, as markup; how many are left out)."""
    texts, left = [], len(study.articles)
    for text in reader.articles(study):
        room -= len(text.encode())
        if room < 0:
            break
        texts.append(re.sub(r"(</?h)2>", r"\g<1>3>", text))
        left -= 1
    return "".join(texts), left


def _led_within(body):
    """The markup of the one file with its links to articles leading to those that it holds; the others are no links here."""
    held = set(re.findall(r'<article [^>]*id="([^"]+)"', body))
    link = re.compile(r' · <a href="articles\.html#((a\d+)[^"]*)">(.*?)</a>')
    return link.sub(lambda m: f' · <a href="#{m[1]}">{m[3]}</a>' if m[2] in held else "", body)
