"""The command `cadrage`: its help, how it ends, what it says of a user's mistakes, and what it leaves on disk."""

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import EntryPoint

import pandas as pd
import pytest
import yaml
from conftest import PROJECT

import analysis
from analysis import commands
from analysis.__main__ import main
from analysis.study.settings import SETTINGS, read_settings
from analysis.text import places

EXAMPLE = PROJECT / "examples" / "port-clair"
NAMED = ("new", "report", "lab", "read", "pdf")
OF_DEVELOPERS = ("accuracy", "messages", "setup")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Each test stands in an empty folder; what a command puts into the environment ends with it."""
    kept = dict(os.environ)
    monkeypatch.chdir(tmp_path)
    for variable in ("CADRAGE_SEEDS", "CADRAGE_REPORTS", "CADRAGE_SCHEDULER", "CADRAGE_DEBUG"):
        os.environ.pop(variable, None)
    yield tmp_path
    os.environ.clear()
    os.environ.update(kept)


@pytest.fixture
def installed(monkeypatch, tmp_path):
    """As if the kit stood in site-packages, with its notebooks inside, and not in a checkout."""
    package = tmp_path / "site-packages" / "analysis"
    (package / "notebooks").mkdir(parents=True)
    for file in (PROJECT / "notebooks").glob("*.ipynb"):
        (package / "notebooks" / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(places, "PACKAGE", package)


@pytest.fixture
def mistaken(capsys):
    """(arguments) → what a command says of a mistake: one line, after exit code 1."""

    def told(*arguments):
        assert main([str(a) for a in arguments]) == 1
        said = capsys.readouterr().err
        assert re.fullmatch(r"error: [^\n]+\n", said), said
        return said

    return told


def a_study(folder, **files):
    folder.mkdir()
    (folder / "article.txt").write_bytes((EXAMPLE / "2026-03-04_le-phare_concession.txt").read_bytes())
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


# --- help, and wrong uses


@pytest.mark.parametrize("command", [*NAMED, *OF_DEVELOPERS])
def test_every_command_tells_what_it_does(command, capsys):
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    shown = capsys.readouterr().out
    assert end.value.code == 0 and f"usage: cadrage {command}" in shown
    assert "example" in shown or command in OF_DEVELOPERS
    assert max(map(len, shown.splitlines())) <= 120


def test_the_list_of_commands_is_for_researchers(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    listed = re.findall(r"^    (\w+)  ", capsys.readouterr().out, flags=re.M)
    assert end.value.code == 0 and tuple(listed) == NAMED


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nothing"],
        ["new"],
        ["new", ""],
        ["read"],
        ["read", "x", "--to", "x.doc"],
        ["report", "x", "--scheduler", "here"],
        ["lab", "x", "--no-browser"],
    ],
    ids=" ".join,
)
def test_a_wrong_use_ends_in_2(arguments, capsys):
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2 and "usage: cadrage" in capsys.readouterr().err


def test_the_command_is_the_module():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert EntryPoint("cadrage", project["scripts"]["cadrage"], "console_scripts").load() is main
    done = subprocess.run([sys.executable, "-m", "analysis", "report", "nowhere"], capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith("error: no such folder: nowhere") and not done.stdout


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0 and re.match(r"cadrage \d+\.\d+", capsys.readouterr().out)


# --- mistakes of a study


def test_a_folder_that_is_not_there(mistaken):
    for command in ("report", "lab"):
        assert "no such folder: nowhere (cadrage new nowhere makes one)" in mistaken(command, "nowhere")


def test_a_file_in_the_place_of_a_folder(mistaken, elsewhere):
    (elsewhere / "a.txt").write_text("Un texte.", encoding="utf-8")
    assert "is a file" in mistaken("report", "a.txt")
    assert "a.txt: File exists" in mistaken("new", "a.txt")
    folder = a_study(elsewhere / "mine")
    assert "--to names the folder" in mistaken("report", folder, "--to", "a.txt")


@pytest.mark.parametrize(
    "files, says",
    [
        ({"actors": "actors: [{name: Jeanne Morel, type: persona}]"}, "type is 'persona', not person, organisation or state"),
        ({"actors": "actors:\n\t- name: x"}, "is not YAML"),
        ({"actors": "Jeanne Morel"}, "expected a list under `actors:`"),
        ({"study": "titel: x"}, "unknown setting 'titel'"),
        ({"study": "language: de"}, "language is 'de'"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong_in_it(files, says, mistaken, elsewhere):
    folder = a_study(elsewhere / "mine", **files)
    said = mistaken("report", folder)
    assert says in said and str(folder / f"{next(iter(files))}.yaml") in said
    assert not list((elsewhere / "reports").glob("*.html"))


def test_a_report_goes_neither_among_the_articles_nor_over_other_pages(mistaken, elsewhere):
    folder = a_study(elsewhere / "mine")
    for target in (folder, folder / "reports", elsewhere):
        assert "where the articles are" in mistaken("report", folder, "--to", target)
    (elsewhere / "site").mkdir()
    (elsewhere / "site" / "home.html").write_text("mine", encoding="utf-8")
    assert "pages of another kind (home.html)" in mistaken("report", folder, "--to", "site")
    assert (elsewhere / "site" / "home.html").read_text(encoding="utf-8") == "mine"


def test_what_is_not_installed_is_named_with_the_way_to_it(mistaken, elsewhere, monkeypatch):
    monkeypatch.setattr(commands, "find_spec", lambda package: None)
    folder = a_study(elsewhere / "mine")
    assert "pip install jupyterlab ipywidgets" in mistaken("lab", folder)
    assert 'pip install "dask[distributed]"' in mistaken("report", folder, "--scheduler", "tcp://127.0.0.1:1")


def test_a_scheduler_that_does_not_answer_is_named(mistaken, elsewhere, monkeypatch):
    monkeypatch.setattr("analysis.study.engine._WAIT", 0.5)
    monkeypatch.setenv("CADRAGE_CACHE", str(elsewhere / "cache"))
    folder = a_study(elsewhere / "mine")
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in mistaken(
        "report", folder, "--scheduler", "tcp://127.0.0.1:9"
    )


def test_no_report_and_no_browser(mistaken, elsewhere, monkeypatch):
    assert "does not exist" in mistaken("pdf", "reports")
    (elsewhere / "reports").mkdir()
    (elsewhere / "reports" / "report.html").write_text("<p>", encoding="utf-8")
    monkeypatch.setenv("PATH", "")
    assert "no Chromium or Chrome found" in mistaken("pdf", "reports")


def test_accuracy_needs_its_data(mistaken):
    assert "no such folder: nowhere" in mistaken("accuracy", "nowhere")


def test_the_traceback_is_there_for_who_asks(capsys, monkeypatch):
    monkeypatch.setenv("CADRAGE_DEBUG", "1")
    assert main(["report", "nowhere"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_long_error_is_told_by_its_ends(capsys, monkeypatch):
    def failing(*_):
        raise RuntimeError(
            "02-actors.ipynb failed:\n" + "\n".join(f"line {n}" for n in range(50)) + "\nKeyError: 'x'\n"
        )

    monkeypatch.setattr("analysis.corpus.articles.inspect_corpus", failing)
    assert main(["read", "x"]) == 1
    assert capsys.readouterr().err == "error: 02-actors.ipynb failed: KeyError: 'x' (CADRAGE_DEBUG=1 shows all of it)\n"


# --- where things go


def test_a_study_is_the_folder_named_else_seeds_else_the_one_we_stand_in(installed, mistaken, elsewhere, monkeypatch):
    assert "name the folder of your articles" in mistaken("report")
    mine = a_study(elsewhere / "mine", study="title: x")
    monkeypatch.chdir(mine)
    assert commands._study_folder(None) == mine
    monkeypatch.chdir(elsewhere)
    seeds = a_study(elsewhere / "seeds")
    assert commands._study_folder(None) == seeds and commands._study_folder(mine) == mine
    monkeypatch.setenv("CADRAGE_SEEDS", str(mine))
    assert commands._study_folder(None) == mine


def test_reports_go_where_we_stand_and_never_into_the_study(elsewhere, monkeypatch):
    mine = a_study(elsewhere / "mine")
    assert commands._beside(mine, "reports") == elsewhere / "reports"
    monkeypatch.chdir(mine)
    assert commands._beside(mine, "reports") == elsewhere / "reports"
    assert commands._beside(PROJECT / "seeds", "reports") == PROJECT / "reports"


def test_the_notebooks_of_an_installed_kit_are_copied_once(installed, elsewhere, capsys):
    mine = a_study(elsewhere / "mine")
    (elsewhere / "notebooks").mkdir()
    (elsewhere / "notebooks" / "02-actors.ipynb").write_text("my own", encoding="utf-8")
    assert commands._notebooks(mine) == elsewhere / "notebooks"
    assert {p.name for p in (elsewhere / "notebooks").iterdir()} == {
        p.name for p in (PROJECT / "notebooks").glob("*.ipynb")
    }
    assert (elsewhere / "notebooks" / "02-actors.ipynb").read_text(encoding="utf-8") == "my own"


def test_in_a_checkout_the_notebooks_are_its_own(elsewhere):
    assert commands._notebooks(elsewhere) == PROJECT / "notebooks"


def test_jupyterlab_is_started_over_the_study(elsewhere, monkeypatch, installed):
    mine, started = a_study(elsewhere / "mine"), {}

    class Server:
        returncode = 0

        def __init__(self, command, env):
            started.update(command=command, env=env)

        def poll(self):
            return 0

    monkeypatch.setattr(commands.subprocess, "Popen", Server)
    assert main(["lab", str(mine), "--", "--no-browser", "--port=9999"]) == 0
    assert started["command"][3:] == [
        f"--ServerApp.root_dir={elsewhere}",
        "--LabApp.default_url=/lab/tree/notebooks/00-start-here.ipynb",
        "--no-browser",
        "--port=9999",
    ]
    assert started["env"]["CADRAGE_SEEDS"] == str(mine)
    assert started["env"]["CADRAGE_REPORTS"] == str(elsewhere / "reports")


# --- a new study


def test_a_new_study_can_be_read_as_it_is(elsewhere, capsys):
    assert main(["new", "deep/mine"]) == 0
    assert "cadrage report deep/mine" in capsys.readouterr().out
    folder = elsewhere / "deep" / "mine"
    assert {p.name for p in folder.iterdir()} == {"README.md", "actors.yaml", "study.yaml", "codebooks"}
    assert len(list((folder / "codebooks").iterdir())) == 6
    assert read_settings(folder / "study.yaml") == SETTINGS
    assert analysis.read_actors(folder / "actors.yaml").empty
    study = analysis.open_study(folder)
    assert study.articles.empty and study.problems.empty


def test_its_comments_name_every_setting_and_its_example_is_an_actor(elsewhere):
    main(["new", "mine"])
    settings = (elsewhere / "mine" / "study.yaml").read_text(encoding="utf-8")
    assert set(yaml.safe_load(settings)) == set(SETTINGS)
    assert all(re.search(rf"^{setting}: .*# ..", settings, flags=re.M) for setting in SETTINGS)
    _, _, example = (elsewhere / "mine" / "actors.yaml").read_text(encoding="utf-8").partition("actors: []\n")
    (elsewhere / "example.yaml").write_text("actors:\n" + example.replace("#  ", "  "), encoding="utf-8")
    catalogue = analysis.read_actors("example.yaml")
    assert list(catalogue["actor"].unique()) == ["Jeanne Morel", "Syndicat des transports"]
    assert set(catalogue["kind"]) == {"name", "short_name", "description"}


def test_nothing_is_ever_overwritten(elsewhere, capsys):
    mine = a_study(elsewhere / "mine", actors="actors: []  # my own")
    assert main(["new", str(mine)]) == 0
    assert "actors.yaml is there already and was left as it is" in capsys.readouterr().out
    assert (mine / "actors.yaml").read_text(encoding="utf-8") == "actors: []  # my own"
    assert (mine / "study.yaml").exists()


# --- a corpus as a table


@pytest.mark.parametrize("file", ["articles.parquet", "corpus.csv", "corpus.jsonl"])
def test_a_new_study_filled_is_read_into_a_table(file, elsewhere, capsys):
    main(["new", "mine"])
    for article in EXAMPLE.glob("*.txt"):
        (elsewhere / "mine" / article.name).write_bytes(article.read_bytes())
    (elsewhere / "mine" / "vide.txt").write_bytes(b"")
    capsys.readouterr()
    assert main(["read", "mine", "--to", file]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"9 articles of 3 known outlets: {file}",
        f"1 problems (1 not read): {file.partition('.')[0]}-problems.csv",
    ]
    articles, _ = analysis.inspect_corpus("mine")
    again = analysis.read_corpus(file)
    for column in ("outlet", "author", "date", "title", "text", "n_words"):
        assert again[column].equals(articles[column]), column
    problems = pd.read_csv(f"{file.partition('.')[0]}-problems.csv")
    assert list(problems["source_file"]) == ["vide.txt"]
    assert {p.name for p in elsewhere.iterdir()} == {"mine", file, f"{file.partition('.')[0]}-problems.csv"}


def test_no_cell_of_a_csv_is_a_formula(elsewhere):
    mine = a_study(elsewhere / "mine")
    text = (mine / "article.txt").read_text(encoding="utf-8")
    (mine / "article.txt").write_text(re.sub(r"^title: .*$", "title: '=1+1'", text, flags=re.M), encoding="utf-8")
    assert main(["read", str(mine), "--to", "corpus.csv"]) == 0
    assert pd.read_csv("corpus.csv")["title"][0] == "'=1+1"


def test_mistakes_of_reading(mistaken, elsewhere):
    assert "no such folder or file: nowhere" in mistaken("read", "nowhere")
    folder = a_study(elsewhere / "mine")
    assert "where the articles are" in mistaken("read", folder, "--to", folder / "all.csv")
    assert "where the articles are" in mistaken(
        "read", folder / "article.txt", "--to", folder / "article.csv/../article.txt/x.csv"
    )
    assert "no such folder: deep" in mistaken("read", folder, "--to", "deep/all.csv")
    (elsewhere / "none").mkdir()
    (elsewhere / "none" / "vide.txt").write_bytes(b"")
    assert "no article was found in none; 1 problems (1 not read): see articles-problems.csv" in mistaken(
        "read", "none"
    )
    assert (elsewhere / "articles-problems.csv").exists() and not (elsewhere / "articles.parquet").exists()


def test_an_interruption_says_what_was_kept(capsys, monkeypatch, elsewhere):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("analysis.corpus.articles.inspect_corpus", interrupted)
    assert main(["read", "mine"]) == 130
    assert capsys.readouterr().err == "\ninterrupted: nothing was written\n"
    monkeypatch.setattr("analysis.report.writing.write_reports", interrupted)
    assert main(["report", str(a_study(elsewhere / "mine"))]) == 130
    assert re.search(r"interrupted: what was read and measured so far is kept in .+; the same", capsys.readouterr().err)
