"""In a real JupyterLab: what shows itself in a cell, and explore(study) under the hands of a reader."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pandas as pd
import pytest
from browser import chromium, page
from conftest import PROJECT
from small import study

import analysis
from analysis.lab import citing, exploring
from analysis.pages import actors
from analysis.text import language

CELLS = [
    "import analysis\nstudy = analysis.open_study()\nstudy",
    "analysis.article(study, study.articles['doc_id'][0])",
    "analysis.actor(study, 'Maëlle Corvandier')",
    "analysis.concordance(study.articles, 'quai*')",
    "analysis.explore(study)",
]
CODING = """import analysis
study = analysis.open_study()
analysis.code(analysis.sample_for_coding(study, "sentiment", 40, seed=11), "AB", folder={folder!r})"""
SELECT = "document.querySelectorAll('.widget-dropdown select')"
SHOWN = "document.querySelector('.widget-html-content .cadrage')"


@pytest.fixture(scope="module")
def lab_folder(tmp_path_factory):
    """The folder that JupyterLab is opened on."""
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="module")
def lab(lab_folder, tmp_path_factory):
    """The address of a JupyterLab on a folder with one notebook; its seeds are a copy, over which nobody has chosen anything yet."""
    chromium()
    folder = lab_folder
    seeds = shutil.copytree(PROJECT / "examples" / "port-clair", tmp_path_factory.mktemp("chosen") / "port-clair")
    cells = [{"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": c, "outputs": [], "execution_count": None}
             for i, c in enumerate(CELLS)]  # fmt: skip
    kernel = {"name": "python3", "display_name": "Python 3"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "try.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    cell = cells[0] | {"source": CODING.format(folder=str(folder / "codings"))}
    (folder / "code.ipynb").write_text(json.dumps(notebook | {"cells": [cell]}), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", f"--port={port}", "--ip=127.0.0.1",
               "--IdentityProvider.token=open", f"--ServerApp.root_dir={folder}", "--LabApp.expose_app_in_browser=True",
               "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]  # fmt: skip
    environment = os.environ | {"CADRAGE_SEEDS": str(seeds), "HOME": str(folder)}
    log = (folder / "log").open("w")
    process = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=2).read()
                break
            except OSError:
                time.sleep(0.2)
        else:
            pytest.fail(f"JupyterLab did not start:\n{(folder / 'log').read_text()[-2000:]}")
        yield f"http://127.0.0.1:{port}/lab/tree/try.ipynb?token=open"
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def test_a_notebook_in_jupyterlab(lab, example):
    with page(width=1400) as tab:
        tab.open(lab)
        tab.wait(
            "window.jupyterapp && window.jupyterapp.commands && document.querySelectorAll('.jp-Notebook .jp-CodeCell').length == 5"
        )
        for _ in range(20):  # asked before the notebook is ready, JupyterLab does nothing and says nothing
            tab.value("(window.jupyterapp.commands.execute('notebook:run-all-cells'), true)")
            time.sleep(2)
            if tab.value("[...document.querySelectorAll('.jp-InputPrompt')].some(p => /[*1-9]/.test(p.textContent))"):
                break
        shown = f"{SELECT}.length == 11 && {SHOWN}"
        try:
            tab.wait(shown)
        except TimeoutError:  # on a cold machine the kernel can come after the cells, which then wait for ever
            tab.value("(window.jupyterapp.commands.execute('notebook:run-all-cells'), true)")
            tab.wait(shown)
        outputs = "[...document.querySelectorAll('.jp-OutputArea-output')].map(o => o.textContent)"
        shown = "\n".join(tab.value(outputs))
        assert "Traceback" not in shown and "9 articles from 3 outlets" in shown
        n = (example.mentions["actor"] == "Maëlle Corvandier").sum()
        for told in ("study.loaded_terms", f"{n} mentions in 9 articles", "nuit blanche pour le port", "passages in"):
            assert told in shown
        assert tab.value("document.querySelectorAll('.jp-OutputArea-output article .a.first').length") > 5
        assert tab.value("getComputedStyle(document.querySelector('.cadrage .l')).fontWeight") == "600"

        def choose(number, text):
            tab.value(f"{SHOWN}.dataset.old = true")
            tab.value(f"""(() => {{ const s = {SELECT}[{number}];
                s.selectedIndex = [...s.options].findIndex(o => o.value == {json.dumps(text)});
                s.dispatchEvent(new Event('change', {{bubbles: true}})); }})()""")
            tab.wait(f"{SHOWN} && !{SHOWN}.dataset.old", 30)
            return tab.value(f"{SHOWN}.textContent")

        assert "neutral toward the actor" in tab.value(f"{SHOWN}.textContent")
        assert tab.value(f"{SHOWN}.querySelector('figure img').naturalWidth") > 400
        assert "loaded terms" in choose(0, "Loaded words")
        one = exploring.selection(example, outlet="L'Écume rouge")
        assert f"{len(one.sentences)} sentences in 3 articles fit" in choose(2, "L'Écume rouge")
        choose(4, "quoted")
        tags = tab.value(f"[...{SHOWN}.querySelectorAll('.tag.outlet')].length")
        assert tags == 0, "passages follow the choice of voice"
        choose(2, "all")
        assert (
            "1 loaded term" in choose(1, "Loïc Garvennec")
            or tab.value(f"{SHOWN}.querySelectorAll('blockquote').length") > 1
        )


def test_forty_units_are_coded_by_keyboard_alone(lab, example, request):
    """Every key is a real one, sent to the page; the mouse is never used."""
    folder = request.getfixturevalue("lab_folder")
    with page(width=1400) as tab:
        tab.open(lab.replace("try.ipynb", "code.ipynb"))
        tab.wait("window.jupyterapp && window.jupyterapp.commands && document.querySelectorAll('.jp-Notebook .jp-CodeCell').length == 1")
        field = "document.querySelector('.widget-text input')"
        prompt = "document.querySelector('.jp-InputPrompt').textContent"
        for _ in range(90):  # asked before the notebook is ready, JupyterLab does nothing, or asks back for a kernel
            if tab.value("document.querySelector('.jp-Dialog') != null"):
                _press(tab, "Enter", 13)
            elif tab.value(f"/[1-9]/.test({prompt}) && {field} != null"):
                break
            elif not tab.value(f"/[*1-9]/.test({prompt})"):
                tab.value("(window.jupyterapp.commands.execute('notebook:run-all-cells'), true)")
            time.sleep(2)
        time.sleep(2)  # the field takes the focus a moment after it is shown
        if tab.value("document.querySelector('.jp-Dialog') != null"):
            _press(tab, "Enter", 13)
        for _ in range(60):  # by Tab to the field, if it has not the focus already
            if tab.value(f"document.activeElement === {field}"):
                break
            _press(tab, "Tab", 9)
        assert tab.value(f"document.activeElement === {field}")
        told = "[...document.querySelectorAll('.cadrage .meta')].map(p => p.textContent).find(t => t.includes('answered'))"
        for done in range(40):
            tab.wait(f"({told} || '').includes('answered: {done}.')", 20)
            _press(tab, "123"[done % 3])
        tab.wait("document.body.textContent.includes('All units are answered')", 20)
    kept = analysis.read_codings(folder / "codings")
    assert kept["value"].tolist() == ["negative", "neutral", "positive"] * 13 + ["negative"]


def _press(tab, key, number=None):
    """A key pressed and let go. number: of a key that types nothing."""
    code = {"key": key, "windowsVirtualKeyCode": number} if number else {"key": key, "text": key}
    tab("Input.dispatchKeyEvent", type="keyDown", **code, **({"text": "\r"} if number == 13 else {}))
    tab("Input.dispatchKeyEvent", type="keyUp", **{k: v for k, v in code.items() if k != "text"})


def test_a_selection_is_counted_from_the_same_tables(example):
    part = exploring.selection(example, actor="Maëlle Corvandier", month="2026-04")
    dates = example.articles.set_index("doc_id")["date"].dt.strftime("%Y-%m")
    named = example.mentions.query("actor == 'Maëlle Corvandier'")
    named = named[named["doc_id"].map(dates) == "2026-04"]
    assert len(part.sentences) == len(named.drop_duplicates(["doc_id", "sentence_id"])) > 0
    assert set(part.sentiment["actor"]) == {"Maëlle Corvandier"}
    halves = [exploring.selection(example, voice=v) for v in ("outlet", "quoted")]
    for which in ("hedges", "mentions", "loaded_terms", "quotes", "sentiment"):
        both = sum(len(getattr(half, which)) for half in halves)
        assert both == len(getattr(example, which)) and len(getattr(halves[1], which)), which
    quoted = halves[1]
    assert set(quoted.loaded_terms["voice"]) == {"quoted"} and len(quoted.quotes) == len(example.quotes)
    assert exploring.selection(example, voice="outlet").quotes.empty
    framed = exploring.selection(example, frame="conflict")
    assert len(framed.sentences) == example.frames.query("frame == 'conflict' and level == 'sentence' and present")["sentence_id"].size  # fmt: skip


@pytest.mark.parametrize("which", ["seed", "example", "empty"])
@pytest.mark.parametrize("view", list(exploring.views()))
def test_every_view_shows_something_for_every_study(which, view, request):
    study = request.getfixturevalue(which)
    assert ("<figure>" in exploring.page(study, view)) == (which != "empty")
    assert "Nothing of this kind fits" in exploring.page(study, view, month="1999-01")


def test_a_study_is_shown_in_its_own_language_whatever_was_opened_last(example):
    french = example.copy(settings=example.settings | {"language": "fr"})
    try:
        for _ in range(2):
            assert "ce qui a été lu" in french._repr_html_() and "what was read" in example._repr_html_()
            assert "phrases sont neutres" in exploring.page(french, "treatment")
            assert "mentions dans" in analysis.actor(french, "Maëlle Corvandier")
            assert "are neutral" in exploring.page(example, "treatment")
    finally:
        language.speak("en")


def test_a_study_and_what_it_holds_show_themselves(seed, empty):
    card = seed._repr_html_()
    assert "study.frames" in card and "explore(study)" in card and len(card) < 20_000
    assert repr(seed).startswith("<Study “Musk") and len(repr(seed)) < 400
    assert "There is no article" in empty._repr_html_()
    lines = analysis.concordance(seed.articles, "OpenAI")
    assert "OpenAI" in lines._repr_html_() and list(lines.columns) == [
        "doc_id",
        "start",
        "end",
        "left",
        "node",
        "right",
    ]
    assert "No passage holds this" in analysis.concordance(seed.articles, "zygomatique")._repr_html_()


def test_an_actor_or_article_that_is_not_there_is_told_with_those_that_are(seed):
    with pytest.raises(ValueError, match="no actor 'Elon Muks' in this study; did you mean 'Elon Musk'"):
        analysis.actor(seed, "Elon Muks")
    with pytest.raises(ValueError, match="no doc_id 'x'"):
        analysis.article(seed, "x")


def test_every_actor_has_a_card(example):
    for who in actors.mentioned(example)["actor"]:
        card = analysis.actor(example, who)
        n = (example.mentions["actor"] == who).sum()
        assert who in card and f"{n} mention" in card


def test_what_a_cell_shows_holds_no_markup_of_an_article(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Le maire <img src=x onerror=alert(1)> a dit à Paul Roy qu'il ment, dans le bourg.\n\nPaul Roy <script>alert(2)</script> a quitté la salle hier.",
        encoding="utf-8",
    )
    (tmp_path / "actors.yaml").write_text("actors: [{name: 'Paul Roy', type: person}]", encoding="utf-8")
    study = analysis.open_study(tmp_path)
    shown = [study._repr_html_(), analysis.actor(study, "Paul Roy"), analysis.article(study, study.articles["doc_id"][0]),
             analysis.concordance(study.articles, "Paul")._repr_html_(), exploring.page(study, "treatment")]  # fmt: skip
    assert not [s for s in shown if "<img src=x" in s or "<script" in s]


def test_a_frame_is_chosen_with_its_scheme():
    row = {"level": "sentence", "present": True, "score": 0.9, "frame": "conflict", "start": 0}
    frames = [row | {"scheme": "generic", "doc_id": "d0"}, row | {"scheme": "mine", "doc_id": "d1"}]
    own = row | {"scheme": "mine", "frame": "saga", "doc_id": "d2"}
    one = study(["a", "b", "c"], frames=[*frames, own])
    for told, fits in {"conflict": ["d0"], "mine:conflict": ["d1"], "saga": ["d2"], "morality": [], "none": []}.items():
        assert list(exploring.selection(one, frame=told).articles["doc_id"]) == fits, told


def test_words_are_searched_in_all_the_ways_of_a_concordance(example):
    whole, forms = (exploring.selection(example, text="refuser", kind=k) for k in ("words", "lemma"))
    assert len(forms.sentences) > len(whole.sentences)
    texts = example.articles.set_index("doc_id")["text"]
    found = exploring.selection(example, text=r"\bquais?\b", kind="regex", outlet="Le Phare de l'Ouest")
    assert len(found.sentences) and all("quai" in texts[r.doc_id][r.start : r.end].casefold() for r in found.sentences.itertuples())
    assert set(found.articles["outlet"]) == {"Le Phare de l'Ouest"} and len(found.loaded_terms) < len(example.loaded_terms)
    assert "unterminated" in exploring.page(example, "loaded", text="(quai", kind="regex"), "an expression that is broken says where"
    assert "Nothing of this kind fits" in exploring.page(example, "loaded", text="zygomatique")
    plain = exploring.page(example, "loaded", text="ferry", kind="lemma")
    assert plain.count("<blockquote") or not exploring.selection(example, text="ferry", kind="lemma").sentences.size, "what was found is read"
    assert exploring.page(example, "loaded", text="  ") == exploring.page(example, "loaded"), "blanks search nothing"


def test_passages_stand_in_the_order_asked_for(example):
    rows, dates = example.quotes, example.articles.set_index("doc_id")["date"]
    turns = exploring.ordered(example, rows)
    assert turns["doc_id"].head(9).nunique() == 9
    for order, rising in (("date", True), ("newest", False)):
        told = exploring.ordered(example, rows, order)["doc_id"].map(dates)
        assert (told.is_monotonic_increasing if rising else told.is_monotonic_decreasing) and len(told) == len(rows)
    text = exploring.ordered(example, rows.sample(frac=1, random_state=1), "text")
    places = list(zip(text["doc_id"].map({d: i for i, d in enumerate(example.articles["doc_id"])}), text["start"]))
    assert places == sorted(places) and set(text) == set(rows)


def test_a_passage_is_cited_with_its_place(example):
    row = example.quotes.iloc[0]
    told = citing.citation(example, row)
    article = example.articles.set_index("doc_id").loc[row["doc_id"]]
    assert told.startswith("« ") and article["outlet"] in told and row["doc_id"] in told and str(article["date"].year) in told
    start, end = map(int, told.rstrip(")").rpartition(", ")[2].split("–"))
    assert start <= row["start"] and row["end"] <= end and " ".join(article["text"][start:end].split())[:40] in told.replace("\u00a0", " ").replace("\u202f", " ")
    assert citing.citation(example, example.quotes.head(1)) == told
    with pytest.raises(ValueError, match="no article 'x'"):
        citing.citation(example, {"doc_id": "x", "start": 0, "end": 1})
    with pytest.raises(ValueError, match="no place"):
        citing.citation(example, dict(row) | {"start": pd.NA})
    long = study([{"text": "mot " * 400, "title": None}])
    assert "[…]" in citing.citation(long, {"doc_id": "d0", "start": 0, "end": 1}) and "(outlet unknown)" in citing.citation(long, {"doc_id": "d0", "start": 0, "end": 1})


def test_what_was_chosen_is_found_again(example, tmp_path, monkeypatch):
    monkeypatch.setenv("CADRAGE_CACHE", str(tmp_path))

    def boxes(shown):
        return {w.description: w for w in shown.children[0].children}

    first = boxes(exploring.explore(example))
    first["outlet"].value, first["search"].value, first["order"].value = "Le Phare de l'Ouest", "quai*", "newest"
    again = boxes(exploring.explore(example))
    assert (again["outlet"].value, again["search"].value, again["order"].value) == ("Le Phare de l'Ouest", "quai*", "newest")
    other = example.copy()
    other.folder = tmp_path
    assert not boxes(exploring.explore(other))["search"].value, "another study has choices of its own"
    for broken in ('{"outlet": "La Lune", "search": 1, "text": 2}', "[1]", "{"):
        for path in (tmp_path / "choices").glob("*.json"):
            path.write_text(broken, encoding="utf-8")
        assert boxes(exploring.explore(example))["outlet"].value == ""


def test_a_group_is_chosen_like_an_actor(example):
    groups = {"patrons": ["Maëlle Corvandier", "Loïc Garvennec"]}
    grouped = example.copy(settings=example.settings | {"groups": groups})
    part = exploring.selection(grouped, actor="patrons")
    assert set(part.sentiment["actor"]) == set(groups["patrons"])
    n = sum((example.mentions["actor"] == a).sum() for a in groups["patrons"])
    assert f"{n} mentions" in analysis.actor(grouped, "patrons")


def test_all_that_fits_is_taken_as_a_dataframe_and_a_passage_as_a_citation(example, tmp_path, monkeypatch):
    monkeypatch.setenv("CADRAGE_CACHE", str(tmp_path))
    taken = {}
    shell = type("Shell", (), {"push": lambda self, names: taken.update(names)})()
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    explorer = exploring.explore(example)
    boxes = {w.description: w for w in explorer.children[0].children}
    boxes["show"].value = "loaded"
    which, words, button, told = explorer.children[-1].children
    assert words.value == citing.citation(example, which.value)
    button.click()
    assert len(taken["selected"]) == len(example.loaded_terms) and "selected" in told.value
    boxes["search"].value = "zygomatique"
    assert button.disabled and words.value == ""
