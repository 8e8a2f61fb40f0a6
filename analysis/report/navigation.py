"""The way through a report: on every page the study's name, all pages, what is on this one, and the page before and after."""

import html
from urllib.parse import quote

from ..text.language import tr
from .notebooks import notebooks

ARTICLES = "articles.html"


def pages():
    """(file, title) of every page in order, the index first."""
    made = [(f"{path.stem}.html", title) for path, title, _ in notebooks()]
    return [("index.html", tr("In one view")), *made, (ARTICLES, tr("The articles, marked"))]


def above(title, file, contents=()):
    """Markup that stands above a page: the study's name, the pages, and the headings of this one (their words)."""
    here = ' aria-current="page"'
    links = "".join(f'<li><a href="{html.escape(f)}"{here if f == file else ""}>{html.escape(t)}</a></li>' for f, t in pages())
    places = "".join(f'<li><a href="#{quote(words.replace(" ", "-"))}">{html.escape(words)}</a></li>' for words in contents)
    own = f'<nav class="contents" aria-label="{tr("On this page")}"><span>{tr("On this page")}</span><ul>{places}</ul></nav>' if places else ""
    return f'<nav class="pages" aria-label="{tr("Report")}"><a class="study" href="index.html">{html.escape(str(title))}</a><ul>{links}</ul></nav>{own}'


def below(file):
    """Markup that stands below a page: the page before and the page after."""
    every = pages()
    at = next((i for i, (f, _) in enumerate(every) if f == file), None)
    if at is None:
        return ""
    before = _step(every[at - 1], tr("Before"), "prev") if at else ""
    after = _step(every[at + 1], tr("Next"), "next") if at + 1 < len(every) else ""
    return f'<nav class="onward" aria-label="{tr("Before and after")}">{before}{after}</nav>'


def _step(page, told, rel):
    return f'<a rel="{rel}" href="{html.escape(page[0])}"><span>{told}</span> {html.escape(page[1])}</a>'
