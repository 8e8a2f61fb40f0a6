"""Pages: offline, escaped, accessible in their structure, readable on a phone; opened in a real browser."""

import re
from urllib.parse import unquote

import pandas as pd
import pytest
from browser import chromium, page
from bs4 import BeautifulSoup
from conftest import HOSTILE

import analysis
from analysis import report
from analysis.report import articles, figures, index
from analysis.report.notebooks import notebooks
from analysis.report.pdf import write_pdf

PAGES = ["index", *(path.stem for path, *_ in notebooks()), "articles", "report"]
# What is read must stand out from what lies behind it (WCAG 2: 4.5, or 3 where it is large), wherever it lies.
CONTRAST = """(() => {
  const light = c => c.map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const parts = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const behind = e => { for (; e; e = e.parentElement) { const c = parts(getComputedStyle(e).backgroundColor);
                        if (c.length == 3 || c[3] > 0.99) return c.slice(0, 3); } return [255, 255, 255]; };
  const poor = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType == 3 && n.textContent.trim()) || !e.getClientRects().length) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize);
    const [a, b] = [light(parts(style.color).slice(0, 3)), light(behind(e))].sort((x, y) => y - x);
    const enough = size >= 24 || size >= 18.66 && style.fontWeight >= 700 ? 3 : 4.5;
    if ((a + 0.05) / (b + 0.05) < enough) poor.push(e.outerHTML.slice(0, 80));
  }
  return poor;
})()"""


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("study", ["seed", "empty"])
def test_a_page_asks_the_network_for_nothing_and_fits_a_phone(written, name, study):
    with page(width=360) as tab:
        tab.open(written[study] / f"{name}.html")
        assert tab.requests() == []
        assert tab.value("document.documentElement.scrollWidth") <= 360
        tab.value("document.querySelectorAll('details').forEach(d => d.open = true)")
        tab.value("document.querySelectorAll('.tag').forEach(t => t.textContent += ' = Confédération générale du travail')")
        assert tab.value("document.documentElement.scrollWidth") <= 360, "nor does anything that is opened"
        assert tab.value("document.querySelectorAll('h1').length") == 1
        assert tab.value("document.documentElement.lang") == "en"
        assert tab.value("document.scripts.length") == 0
        assert tab.value("[...document.images].every(i => i.alt.length > 20 && i.naturalWidth > 0)")
        assert tab.value("[...document.querySelectorAll('th')].every(t => t.textContent.trim())")
        assert tab.value("document.title.length") > 3


@pytest.mark.parametrize("name", PAGES)
def test_code_is_hidden_and_the_policy_strict(written, name):
    text = (written["seed"] / f"{name}.html").read_text(encoding="utf-8")
    assert (
        "study = open_study()" not in text
        and "<script" not in text
        and "font-src" in text
        or name in {"index", "articles", "report"}
    )
    assert "default-src 'none'" in text
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", text)


def test_links_of_the_index_lead_somewhere(written):
    text = (written["seed"] / "index.html").read_text(encoding="utf-8")
    links = {link for link in re.findall(r'href="([^"]+)"', text) if link[0] != "#"}
    assert len({link.partition("#")[0] for link in links}) == len(PAGES) - 1
    for file, _, place in (link.partition("#") for link in links):
        there = (written["seed"] / file).read_text(encoding="utf-8")
        assert not place or f' id="{place}"' in there, (file, place)
    places = set(re.findall(r' id="([^"]+)"', text))
    assert {unquote(link) for link in re.findall(r'href="#([^"]+)"', text)} <= places and len(places) > 6


@pytest.mark.parametrize("name", PAGES[:-1])
def test_every_page_leads_to_every_other_and_tells_where_it_is(written, name):
    soup = BeautifulSoup((written["example"] / f"{name}.html").read_text(encoding="utf-8"), "lxml")
    pages = soup.select_one("nav.pages")
    assert {a["href"] for a in pages.select("li a")} == {f"{p}.html" for p in PAGES[:-1]} and pages.select_one("a.study").get_text().startswith("Port-Clair")
    assert [a["href"] for a in pages.select("[aria-current=page]")] == [f"{name}.html"]
    at = PAGES.index(name)
    onward = {a["rel"][0]: a["href"] for a in soup.select("nav.onward a")}
    assert onward.get("next") == (f"{PAGES[at + 1]}.html" if at + 2 < len(PAGES) else None) and onward.get("prev") == (f"{PAGES[at - 1]}.html" if at else None)
    places = {t.get("id") for t in soup.select("[id]")}
    assert all(unquote(a["href"][1:]) in places for a in soup.select("nav.contents a"))


def test_passages_lead_to_their_place_in_the_articles(written):
    for folder in (written["seed"], written["example"]):
        places = set(re.findall(r' id="([^"]+)"', (folder / "articles.html").read_text(encoding="utf-8")))
        for name in PAGES[1:-2]:
            links = re.findall(r'href="articles.html#([^"]+)"', (folder / f"{name}.html").read_text(encoding="utf-8"))
            assert set(links) <= places and (links or name in {"01-corpus", "06-comparison", "07-validation", "08-stories", "09-headlines"})


@pytest.mark.parametrize("study", ["seed", "example", "empty"])
def test_the_one_file_holds_all_and_leads_nowhere_else(written, study):
    text = (written[study] / "report.html").read_text(encoding="utf-8")
    links, places = re.findall(r'href="([^"]+)"', text), re.findall(r' id="([^"]+)"', text)
    assert len(text.encode()) < 5_000_000 and len(set(places)) == len(places)
    assert 'href="#articles"' in text
    assert {link[1:] for link in links if link.startswith("#")} <= set(places) and all(i[0] == "#" for i in links)


def test_switches_of_the_articles_work_without_a_script(written):
    def seen(tab, what, kind):
        return tab.value(f"getComputedStyle(document.querySelector({what!r})).{kind}")

    with page() as tab:
        tab.open(written["example"] / "articles.html")
        plain = seen(tab, "article p", "backgroundColor")
        assert seen(tab, "article .l", "backgroundColor") != plain
        tab.value("document.getElementById('show-l').click()")
        assert seen(tab, "article .l:not(.q)", "backgroundColor") == plain
        tab.value("document.getElementById('show-q').click()")
        assert seen(tab, "article .q.a", "borderTopWidth") == "1px", "an actor inside a quotation keeps its mark"
        tab.value("document.getElementById('only-0').click()")
        assert seen(tab, ".s:not(.n0)", "opacity") == "0.35" and seen(tab, ".s.n0", "opacity") == "1"
        tab.value("document.getElementById('outlet-1').click()")
        assert seen(tab, "article.o1", "display") == "none" and seen(tab, "article.o0", "display") == "block"


def test_whole_articles_are_shown_only_where_the_study_says_so(example, monkeypatch, tmp_path):
    monkeypatch.setenv("CADRAGE_REPORTS", str(tmp_path))
    shared = example.copy(settings=example.settings | {"share_full_text": False})
    articles.write_articles(shared)
    text = BeautifulSoup((tmp_path / "articles.html").read_text(encoding="utf-8"), "lxml").get_text()
    assert "short passages only" in text
    for article in example.articles.itertuples():
        sentences = example.sentences.query("doc_id == @article.doc_id")
        shown = sum((e - s) * (article.text[s:e] in text) for s, e in zip(sentences["start"], sentences["end"]))
        assert shown <= 0.25 * len(article.text) + len(article.title)


@pytest.fixture
def hostile(tmp_path, monkeypatch):
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.txt").write_text(HOSTILE, encoding="utf-8")
    (tmp_path / "seeds" / "actors.yaml").write_text(
        "actors: [{name: '<i>Paul</i> Roy', type: person, aliases: [Paul Roy]}]", encoding="utf-8"
    )
    monkeypatch.setenv("CADRAGE_REPORTS", str(tmp_path / "reports"))
    return analysis.open_study(tmp_path / "seeds")


def test_article_text_stays_text(hostile, tmp_path):
    index.write_index(hostile, [])
    articles.write_articles(hostile)
    index.write_single(hostile, [])
    shown = [
        report.passages(hostile, hostile.loaded_terms, label="category"),
        report.show(hostile.articles),
        report.say(hostile.articles["title"][0]),
        report.passages(hostile, hostile.sentiment, label="actor"),
        *((tmp_path / "reports" / f"{n}.html").read_text(encoding="utf-8") for n in ("index", "articles", "report")),
    ]
    for markup in shown:
        assert not re.search(r"<script|<img src=x|<b>préfet|<i>Paul|\u202e", markup)
    file = tmp_path / "all.html"
    file.write_text("<!doctype html><meta charset='utf-8'>" + "".join(shown), encoding="utf-8")
    with page() as tab:
        tab.open(file)
        assert tab.value("document.scripts.length") == 0 and tab.requests() == []
        assert "<script>alert(3)</script>" in tab.value("document.body.textContent")


def test_the_report_prints(written, monkeypatch, tmp_path):
    chromium()
    monkeypatch.setenv("CADRAGE_REPORTS", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="make reports"):
        write_pdf()
    (tmp_path / "report.html").write_bytes((written["seed"] / "report.html").read_bytes())
    assert write_pdf().read_bytes().startswith(b"%PDF") and (tmp_path / "report.pdf").stat().st_size > 50_000


def test_a_table_holds_no_live_formula(hostile, tmp_path):
    figures.write_table("articles", hostile.articles)
    cells = (tmp_path / "reports" / "tables" / "articles.csv").read_text(encoding="utf-8")
    assert "'=cmd" in cells and not re.search(r'(?:^|,)"?=', cells, re.M)


def test_dark_and_light_differ_and_print_is_possible(written):
    with page(dark=True) as tab:
        tab.open(written["seed"] / "index.html")
        assert tab.value("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 29)"
        assert len(tab("Page.printToPDF")["data"]) > 10_000


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_is_read_stands_out_from_its_ground(written, dark):
    with page(dark=dark) as tab:
        for name in PAGES[:-1]:
            tab.open(written["example"] / f"{name}.html")
            tab.value("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert tab.value(CONTRAST) == [], name
        tab.value("document.querySelector('article p').style.color = '#777'")
        assert tab.value(CONTRAST), "grey on either ground is seen"


def test_everything_that_acts_has_a_name_and_is_reached_by_the_keyboard(written):
    with page() as tab:
        tab.open(written["example"] / "articles.html")
        acts = "[...document.querySelectorAll('a[href], summary, input')]"
        assert tab.value(
            f"{acts}.every(e => (e.labels ? [...e.labels].map(l => l.textContent).join('') : e.textContent).trim())"
        )
        reached = set()
        for _ in range(30):
            tab("Input.dispatchKeyEvent", type="keyDown", key="Tab", code="Tab", windowsVirtualKeyCode=9)
            tab("Input.dispatchKeyEvent", type="keyUp", key="Tab", code="Tab", windowsVirtualKeyCode=9)
            reached.add(tab.value("document.activeElement.id || document.activeElement.tagName"))
        assert {"A", "show-q", "show-l", "show-h", "show-a", "only-all", "outlet-0", "outlet-2"} <= reached


def test_a_hostile_corpus_makes_pages_of_text(written):
    """Script, markup, style, frames, formulas and overrides in articles, names and titles stay what they are: text."""
    with page() as tab:
        for name in PAGES:
            tab.open(written["hostile"] / f"{name}.html")
            assert tab.requests() == [] and tab.value("document.scripts.length") == 0, name
            assert (
                tab.value("document.querySelectorAll('iframe, img:not([src^=\"data:\"]), b b, main i').length") == 0
            ), name
            assert (
                tab.value("getComputedStyle(document.body).display") == "block"
                and tab.value("document.styleSheets.length") == 1
            )
            assert "\u202e" not in tab.value("document.body.textContent")
        assert "<script>alert(3)</script>" in tab.value("document.body.textContent")


def test_no_list_of_passages_holds_an_article_that_may_not_be_shared(tmp_path):
    sentence = "nous avons attendu longtemps devant la mairie de la ville avec les autres"
    (tmp_path / "a.txt").write_text(f"Paul Roy a dit : « {', '.join([sentence] * 40)} ».", encoding="utf-8")
    many = " ".join(f"Nous partirons demain avec le train numéro {i} de la gare." for i in range(40))
    (tmp_path / "b.txt").write_text(f"Paul Roy a dit : « {many} »", encoding="utf-8")
    study = analysis.open_study(tmp_path)
    shown = BeautifulSoup(report.passages(study, study.quotes, most=100), "lxml")
    assert len(study.quotes) > 30 and "Further passages" in shown.get_text()
    for i, text in enumerate(study.articles["text"]):
        own = [b.p.get_text() for b in shown.select("blockquote") if study.articles["doc_id"][i] in b.get_text()]
        assert (i == 0 or own) and sum(map(len, own)) <= 0.25 * len(text)
    twice = report.passages(study, pd.concat([study.quotes.tail(3)] * 2), cell=True)
    assert twice.count("<blockquote>") == 6 and "(6 of 6)" in twice


def test_all_pages_together_hold_no_more_than_a_quarter_of_an_article(written, example):
    """Where the study does not share whole articles: every passage, table and marked sentence counted once."""
    pages = [BeautifulSoup(p.read_text(encoding="utf-8"), "lxml") for p in written["french"].glob("*.html")]
    told = "\n".join(node.get_text() for soup in pages for node in soup.select("blockquote p, article.text div, td"))
    for article in example.articles.itertuples():
        body = example.sentences.query("doc_id == @article.doc_id and part != 'title'")
        lengths = [
            min(e - s, 320) for s, e in zip(body["start"], body["end"]) if article.text[s : min(e, s + 60)] in told
        ]
        assert 0 < sum(lengths) <= 0.25 * len(article.text), article.doc_id
