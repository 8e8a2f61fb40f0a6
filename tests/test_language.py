"""French as well as English: one catalogue, and everything that readers see in it; numbers, dates and spaces as French sets them."""

import ast
import gettext
import re
from string import Formatter

import pandas as pd
import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from conftest import PROJECT

from analysis import report
from analysis.pages import actors, certainty, corpus, framing, treatment, vocabulary
from analysis.report import translation
from analysis.text import language
from analysis.text.language import count, day, joined, name, named, number, percent, retold, signed, tr


@pytest.fixture
def french():
    language.speak("fr")
    yield
    language.speak("en")


@pytest.fixture(scope="module")
def catalogue():
    with (language.FOLDER / "fr.po").open("rb") as file:
        return [m for m in read_po(file, locale="fr") if m.id]


def fields(text):
    return sorted(f for _, f, _, _ in Formatter().parse(text) if f)


def test_everything_that_is_said_has_a_translation_and_nothing_else(catalogue):
    said = translation.messages()
    have = {m.id[0] if isinstance(m.id, tuple) else m.id: m for m in catalogue if not m.context}
    assert not set(said) - set(have), "run make messages, then translate what is new"
    assert not set(have) - set(said), "run make messages: nobody says these any more"
    assert all(m.string if isinstance(m.string, str) else all(m.string) for m in catalogue)


def test_translations_hold_the_same_values(catalogue):
    for m in catalogue:
        if isinstance(m.id, tuple):
            assert len(m.string) == 3 and fields(m.string[2]) == ["n"] and "{" not in m.string[0] + m.string[1]
        elif "{" in m.id:
            assert fields(m.string) == fields(m.id), m.id


def test_numbers_dates_and_lists(french):
    assert number(12345.678, 2) == "12\u202f345,68" and number(float("nan")) == "–"
    assert (signed(-0.284), signed(0.1), number(-0.001, 2)) == ("−0,28", "+0,10", "0,00")
    assert percent(0.755) == "76\u202f%"
    assert day(pd.Timestamp("2026-03-01")) == "1er mars 2026" and day(pd.Timestamp("2026-03-11")) == "11 mars 2026"
    assert joined(["a", "b", "c"]) == "a, b et c" and joined(["a"]) == "a" and joined([]) == ""
    assert [count(n, "sentence") for n in (0, 1, 1200)] == ["aucune phrase", "1 phrase", "1\u202f200 phrases"]


def test_english_is_what_stands_in_the_code():
    assert language.spoken() == "en"
    assert [count(n, "near-copy") for n in (0, 1, 1200)] == ["no near-copy", "1 near-copy", "1,200 near-copies"]
    assert (percent(0.5), day(pd.Timestamp("2026-03-01"))) == ("50\u00a0%", "1 March 2026")
    assert name("press_conditional") == "press conditional" and name("L'Écho_de_l'Est") == "L'Écho_de_l'Est"


def test_french_spaces_stand_in_messages_and_not_in_what_is_put_into_them(french):
    told = tr("{group}: {words}", group="Le Phare : édition", words="{x} ; y")
    assert told == "Le Phare : édition\u00a0: {x} ; y"


def test_names_and_reasons(french):
    assert name("press_conditional") == "non vérifié" and name("Paul Roy") == "Paul Roy"
    assert (
        named("war") == "war" and named("le_monde") == "le_monde" and named("(nobody named)") == "(locuteur non nommé)"
    )
    assert retold("identical to a-001") == "identique au document a-001"
    assert retold("something nobody foresaw") == "something nobody foresaw"


def test_every_reason_of_a_problem_has_a_translation(french):
    """The reasons that importers write, as they stand in the code, with a 1 for each value."""
    reasons = set()
    for path in (PROJECT / "analysis" / "corpus").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            said = None
            if isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[0], ast.Constant):
                said = (
                    node.elts[1] if str(node.elts[0].value).startswith(("not read", "set aside", "repaired")) else None
                )
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Unreadable":
                said = node.args[0]
            if isinstance(said, ast.Constant):
                reasons.add(said.value)
            if isinstance(said, ast.JoinedStr):
                reasons.add("".join(v.value if isinstance(v, ast.Constant) else "1" for v in said.values))
    own = {r for r in reasons if isinstance(r, str) and re.search("[a-z]{3}", r)}
    assert len(own) > 25 and not {r for r in own if retold(r) == r}


def test_an_untranslated_noun_keeps_its_number(monkeypatch):
    monkeypatch.setattr(language, "_catalogue", lambda _: gettext.NullTranslations())
    assert [count(n, "article") for n in (0, 1, 2)] == ["no article", "1 article", "2 articles"]


def test_a_language_without_a_catalogue_is_named():
    with pytest.raises(ValueError, match="'xx': en, fr"):
        language.speak("xx")


def test_sentences_are_french_for_one_article_none_and_many(french, seed, example, empty):
    for study in (seed, example, empty):
        for told in (
            corpus.what_was_read(study),
            corpus.beware_of_size(study),
            actors.who_is_there(study),
            vocabulary.how_loaded(study),
            certainty.how_much_is_only_reported(study),
            treatment.TREATMENT.told(study),
            framing.POLICY.told(study),
        ):
            assert not english(told) and told[0].isupper() | told[0].isdigit(), told
    assert "9 articles (3 médias, du 4 mars 2026 au 27 mai 2026)" in corpus.what_was_read(example)


def english(text):
    """Words of English prose that French has not."""
    return re.findall(r"\b(?:the|of|and|with|from|which|is|are|by|this|where|no|there)\b", text)


def visible(path):
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
    for node in soup(["style"]):
        node.decompose()
    said = [soup.get_text(" "), *(n[a] for a in ("alt", "title", "aria-label") for n in soup.find_all(attrs={a: True}))]
    return soup, "\n".join(said)


def test_a_french_report_is_french_throughout(written):
    pages = sorted(written["french"].glob("*.html"))
    assert len(pages) == len(list(written["example"].glob("*.html")))
    for path in pages:
        soup, text = visible(path)
        assert soup.html["lang"] == "fr"
        assert not english(text), (path.name, english(text)[:5])
        for as_printed in soup.select("body [lang=fr], blockquote, td, .meta"):
            as_printed.decompose()
        plain = re.findall(r".{0,20}(?:« |[^\s«] [;!?»]).{0,9}", soup.get_text())
        assert not plain, (path.name, plain[:3])


def test_no_header_of_a_french_table_is_left_in_english(written, catalogue):
    names = {m.id: m.string for m in catalogue if m.context == "name"}
    left = {k for k, v in names.items() if k != v} - set(names.values())
    for path in written["french"].glob("*.html"):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        shown = {n.get_text() for n in soup.select("th, .tag:not(.quoted)")}
        assert not shown & left, (path.name, shown & left)
        headers = {n.get_text() for n in soup.select("th")}
        known = {language.french_spaces(v) for v in names.values()} | {"tableau", "lignes", "contenu"}
        assert headers <= known, (path.name, headers - known)


def test_tables_keep_their_names_whatever_the_language(written):
    for folder in ("french", "example"):
        table = pd.read_csv(written[folder] / "tables" / "study-hedges.csv")
        assert {"doc_id", "marker", "type"} <= set(table) and set(table["type"]) >= {"press_conditional"}


def test_a_catalogue_is_kept_by_one_command(tmp_path, monkeypatch):
    (tmp_path / "fr.po").write_bytes((language.FOLDER / "fr.po").read_bytes())
    monkeypatch.setattr(translation, "FOLDER", tmp_path)
    assert translation.update("fr") == []
    assert (tmp_path / "fr.po").read_bytes() == (language.FOLDER / "fr.po").read_bytes()


def test_what_a_page_says_of_a_table_is_in_the_language(french):
    told = report.show(
        pd.DataFrame({"type": ["press_conditional"], "p": [0.0123], "date": [pd.Timestamp("2026-03-01")]})
    )
    assert "non vérifié" in told and "0,012" in told and "1er mars 2026" in told
