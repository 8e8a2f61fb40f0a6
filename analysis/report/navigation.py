"""The way through a report: on every page the study's name, all pages, what is on this one, and the page before and after."""

import html
import json
import re
from urllib.parse import quote

from ..pages.figure import declared
from ..text.language import tr
from .notebooks import notebooks

ARTICLES = "articles.html"


def pages():
    """(file, title) of every page in order, the index first."""
    made = [(f"{path.stem}.html", title) for path, title, _ in notebooks()]
    return [("index.html", tr("In one view")), *made, (ARTICLES, tr("The articles, marked"))]


def pages_of_figures():
    """{file of a figure: (file of the page that shows it, the page's title)}, as the notebooks name them."""
    code = [("".join("".join(c["source"]) for c in json.loads(p.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == "code"), f"{p.stem}.html", t) for p, t, _ in notebooks()]  # fmt: skip
    shown = {which.file: [(page, title) for source, page, title in code if f"figure(study, {key}" in source] for key, which in declared().items()}
    return {file: where[-1] for file, where in shown.items() if where}


def above(title, file, contents=()):
    """Markup that stands above a page: the study's name, the pages, and the headings of this one (their words)."""
    here = ' aria-current="page"'
    links = "".join(f'<li><a href="{html.escape(f)}"{here if f == file else ""}>{html.escape(t)}</a></li>' for f, t in pages())
    places = "".join(f'<li><a href="#{quote(words.replace(" ", "-"))}">{html.escape(words)}</a></li>' for words in contents)
    own = f'<nav class="contents" aria-label="{tr("On this page")}"><span>{tr("On this page")}</span><ul>{places}</ul></nav>' if places else ""
    return f'<nav class="pages" aria-label="{tr("Report")}"><a class="study" href="index.html">{html.escape(str(title))}</a><ul>{links}</ul></nav>{own}'


def headings_in(body):
    """The words of the headings of the second level that markup holds."""
    return [html.unescape(words) for words in re.findall(r"<h2 id=[^>]*>(.*?)</h2>", body)]


def within():
    """Markup that stands above the one file that holds all pages: its contents."""
    links = "".join(f'<li><a href="#{file.removesuffix(".html")}">{html.escape(title)}</a></li>' for file, title in pages())
    return f'<nav class="contents whole" aria-label="{tr("Contents")}"><span>{tr("Contents")}</span><ul>{links}</ul></nav>'


def below(file):
    """Markup that stands below a page: the page before and the page after."""
    every = pages()
    at = next((i for i, (f, _) in enumerate(every) if f == file), None)
    if at is None:
        return ""
    before = _step(every[at - 1], tr("Previous"), "prev") if at else ""
    after = _step(every[at + 1], tr("Next"), "next") if at + 1 < len(every) else ""
    return f'<nav class="onward" aria-label="{tr("Before and after")}">{before}{after}</nav>'


def above_article(title):
    """Markup that stands above the page of one article: the way back."""
    back = tr("The articles, marked")
    return f'<nav class="pages" aria-label="{tr("Report")}"><a class="study" href="../index.html">{html.escape(str(title))}</a><ul><li><a href="../{ARTICLES}">{back}</a></li></ul></nav>'


def steps(before, after):
    """Markup that leads to the article before and the one after, where there are such."""
    parts = [f'<a rel="{rel}" href="{html.escape(file)}">{told}</a>' for file, told, rel in ((before, tr("Previous"), "prev"), (after, tr("Next"), "next")) if file]
    return f'<nav class="onward" aria-label="{tr("Before and after")}">{"".join(parts)}</nav>'


def _step(page, told, rel):
    return f'<a rel="{rel}" href="{html.escape(page[0])}"><span>{told}</span> {html.escape(page[1])}</a>'
