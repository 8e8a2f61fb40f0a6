"""The index, which opens with what is worth telling, and the whole report as one file."""

import html
import re
from pathlib import Path

from ..pages import certainty, corpus, figure, findings, framing, vocabulary, voices
from ..pages.validation import is_corrected
from ..text.language import count, number, tr
from ..text.places import reports_folder
from . import exports, navigation, reader
from .articles import reading_aid
from .figures import shown, validated
from .markup import beware_of_size, folded, heading, here, named_once, page, say, show
from .passages import shown_with

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
            f"<p>{description}</p>" if description else "",
            say(corpus.what_was_read(study)),
            _numbers(study),
            beware_of_size(study),
            *_findings(study),
            heading(tr("Question by question")),
            f'<ul class="cards">{links}</ul>',
            _problems(study),
            heading(tr("How this was made")),
            f"<p>{html.escape(exports.methods(study))}</p>",
        ]
    )
    body = named_once(body, set())
    before = navigation.above(study.settings["title"], "index.html", navigation.headings_in(body))
    (folder / "index.html").write_text(page(title, body, before=before, after=navigation.below("index.html")), encoding="utf-8")


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


def _findings(study):
    """What opens the report: the findings that lead, or what stands in the texts where these are too few for any; and what else was looked at."""
    table = findings.findings(study)
    leading, figures = findings.leading(study, table), figure.figures()
    if len(leading):
        yield heading(tr("Findings")) + f'<p class="meta">{html.escape(_rule(table))}</p>'
        of_pages, drawn = [(figures[r["file"]], r["finding"], r["passages"], r["label"]) for r in leading.to_dict("records")], set()
    else:
        yield heading(tr("What stands in these texts"))
        of_pages, drawn = [(w, w.told(study), w.passages(study), w.label) for w in _OPENING], set()
    where = navigation.pages_of_figures()
    for number_, (which, told, rows, label) in enumerate(of_pages, 1):
        yield _finding(study, f"finding-{number_}", which, told, rows, label, where.get(which.file), again=which.file in drawn)
        drawn.add(which.file)
    if len(rest := table[table["because"].notna()]):
        title = tr("What else was looked at, and why it does not open this report ({n})", n=len(rest))
        yield folded(title, show(rest[["finding", "n", "because"]].reset_index(drop=True), rows=len(rest)))


_OPENING = (framing.GENERIC, vocabulary.BY_VOICE, voices.SPEAKERS, certainty.HEDGES)  # of texts too few for findings: what can be counted in them


def _rule(table):
    return tr(
        "Chosen from {n} that all pages looked at: each rests on {enough} articles or more and on one in fifty of all, its 95 % interval excludes that there is nothing, the effect is worth telling, "
        "and its measure agreed well enough with those who labelled the French texts on which it was measured (people, for many sets a language model: see the end of its page). That nothing differs is told "
        "where each group has thirty articles. The surest come first, {most} at most.",
        n=count(len(table), "finding"), enough=findings.ENOUGH, most=findings.MOST,
    )  # fmt: skip


def _finding(study, place, which, told, rows, label, where, *, again):
    """One finding: its sentence, its figure (whose files its page writes; not twice), two passages, and the way to its page."""
    (file, title), table = where or ("", ""), which.table(study)
    empty = table.empty or study.articles.empty
    image = "" if again or empty else shown(study, which, table, alt=which.finding(study, table))
    two = "" if rows is None else shown_with(study, rows, label)
    to = html.escape(file if empty else f"{file}#figure-{which.file}")
    more = f'<p class="meta"><a href="{to}">{tr("The passages, and more on this")}</a></p>' if file else ""
    head = f'<h3 id="{place}">{html.escape(title)} {here(place)}</h3>'
    coded = validated(study, which.measure) if which.measure else ""
    return f"<section>{head}{coded}{say(told, machine=is_corrected(study, which.measure))}{image}{two}{more}</section>"


def _problems(study):
    return heading(tr("What was not read, set aside or repaired")) + (show(study.problems) if len(study.problems) else f"<p>{tr('Everything was read.')}</p>")


def write_single(study, pages):
    """Writes report.html: the whole report as one file to be mailed, under five megabytes; what is left out is said."""
    folder = reports_folder()
    parts = {"index": _main(folder / "index.html")} | {Path(name).stem: _lowered(_main(folder / name)) for name, *_ in pages}
    here = {f"{stem}.html": stem for stem in parts} | {navigation.ARTICLES: "articles"}
    body = "".join(f'<section id="{stem}">{_own(part, stem, here)}</section>' for stem, part in parts.items())
    texts, left = _fitting(study, _LARGEST - len(body.encode()))
    articles = count(len(study.articles), "article")
    told = tr("Left out here to keep this file small: {n} of {articles}; articles.html has them.", n=left, articles=articles)  # fmt: skip
    told = f"<p>{told}</p>" if left else ""
    title = tr("The articles, marked")
    body += f'<section id="articles"><h2>{title}</h2>{reading_aid(study)}{told}{texts}</section>'
    title = html.escape(str(study.settings["title"]))
    whole = page(title, _led_within(body), rules=reader.style(study), before=navigation.within())
    (folder / "report.html").write_text(whole, encoding="utf-8")


def _main(path):
    """What stands in the main part of a page that was written here."""
    text = path.read_text(encoding="utf-8")
    return text[text.index("<main>") + 6 : text.rindex("</main>")]


def _own(part, stem, here):
    """A page's markup as a part of one file: its places named for it, its links leading to where they lead there."""
    part = re.sub(r'<a class="anchor-link".*?</a>', "", part, flags=re.S)
    part = re.sub(r' id="([^"]+)"', lambda m: f' id="{stem}--{m[1]}"', part)
    part = re.sub(r'href="#([^"]+)"', lambda m: f'href="#{stem}--{m[1]}"', part)
    to = re.compile(r'href="([^"#/]+\.html)(?:#([^"]+))?"')
    return to.sub(lambda m: f'href="#{here[m[1]]}{"--" + m[2] if m[2] else ""}"' if m[1] in here and m[1] != navigation.ARTICLES or m[1] == navigation.ARTICLES and not m[2] else m[0], part)


def _lowered(part):
    """A page's markup with its first headings one level lower."""
    return re.sub(r"(</?h)([1-3])(?=[ >])", lambda m: f"{m[1]}{int(m[2]) + 1}", part)


def _fitting(study, room):
    """(the articles that fit into so many bytes, as markup; how many are left out)."""
    texts, left = [], len(study.articles)
    for text in reader.articles(study, study.articles):
        room -= len(text.encode())
        if room < 0:
            break
        texts.append(re.sub(r"(</?h)2>", r"\g<1>3>", text))
        left -= 1
    return "".join(texts), left


def _led_within(body):
    """The markup of the one file with its links to articles leading to those that it holds; the others are no links here."""
    held = set(re.findall(r'<article [^>]*id="([^"]+)"', body))
    link = re.compile(r' · <a href="articles(?:/a\d+)?\.html#((a\d+)[^"]*)">(.*?)</a>')
    return link.sub(lambda m: f' · <a href="#{m[1]}">{m[3]}</a>' if m[2] in held else "", body)
