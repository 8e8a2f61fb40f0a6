"""From articles, or a folder, to a study."""

import pandas as pd
import pytest

import analysis
from analysis.study import analysing
from analysis.study.study import names
from analysis.text import language

TEXT = "La maire Jeanne Morel a inauguré le port. Jeanne Morel a remercié les dockers, et le préfet est reparti."


@pytest.fixture(autouse=True)
def _own(monkeypatch, tmp_path):
    monkeypatch.setenv("CADRAGE_CACHE", str(tmp_path / "cache"))
    before = language.spoken()
    yield
    language.speak(before)


@pytest.fixture
def folder(tmp_path):
    """(study.yaml, {file: text}) → a folder of seeds."""

    def made(settings="", **texts):
        (tmp_path / "seeds").mkdir(exist_ok=True)
        (tmp_path / "seeds" / "study.yaml").write_text(settings, encoding="utf-8")
        for name, text in texts.items():
            (tmp_path / "seeds" / f"{name}.{'yaml' if name == 'actors' else 'txt'}").write_text(text, encoding="utf-8")
        return tmp_path / "seeds"

    return made


# --- a table of articles


def test_articles_are_taken_in_the_order_of_their_doc_id_with_all_columns_and_their_words_counted():
    given = pd.DataFrame({"doc_id": ["b", "a"], "text": ["L’eau monte.", "Il pleut."], "mood": ["x", "y"]})
    found = analysing._checked(given)
    assert list(found["doc_id"]) == ["a", "b"] and list(found["n_words"]) == [2, 3] and list(found.index) == [0, 1]
    assert list(found.columns)[-1] == "mood" and {"outlet", "date", "title"} <= set(found.columns)
    assert list(given["doc_id"]) == ["b", "a"], "what was given stays as it was"


def test_words_that_were_counted_before_stay_counted():
    given = pd.DataFrame({"doc_id": ["a", "b"], "text": ["Il pleut.", "Il vente."], "n_words": [70, None]})
    assert list(analysing._checked(given)["n_words"]) == [70, 2]
    assert list(analysing._checked(given.fillna({"n_words": 5}))["n_words"]) == [70, 5]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("a", "x"), (None, "y")], "row 1 of the articles: doc_id nan stands without one"),
        ([("a", "x"), ("b", None)], "row 1 of the articles: doc_id 'b' stands without text"),
        ([("b", "x"), ("a", "y"), ("b", "z")], "row 2 of the articles: doc_id 'b' stands twice"),
    ],
)
def test_the_first_wrong_row_is_named(rows, message):
    with pytest.raises(ValueError, match=message):
        analysing._checked(pd.DataFrame(rows, columns=["doc_id", "text"]))


def test_a_table_without_text_is_named():
    with pytest.raises(ValueError, match="it has no doc_id"):
        analysing._checked(pd.DataFrame({"mood": ["a"]}))
    with pytest.raises(ValueError, match="needs doc_id and text; it has no text"):
        analysing._checked(pd.DataFrame({"doc_id": ["a"]}))


# --- the bar


@pytest.mark.parametrize(("progress", "times", "total"), [(True, 1, 7), (True, 2, 14), (False, 1, 7)])
def test_a_bar_counts_characters(progress, times, total):
    articles = pd.DataFrame({"text": ["abc", "defg"]})
    with analysing._bar(articles, progress, times=times) as bar:
        assert bar.total == total and bar.disable is not progress
    with analysing._bar(articles, False) as bar:
        assert bar.total == 7


def test_progress_shows_unless_told_otherwise(monkeypatch, folder):
    told, original = [], analysing._bar
    monkeypatch.setattr(
        analysing, "_bar", lambda a, progress, **k: told.append((progress, k)) or original(a, False, **k)
    )
    none = analysing._checked(pd.DataFrame({"doc_id": [], "text": []}))
    actors = analysis.discover_actors(none)
    analysis.analyse(none, actors)
    analysis.open_study(folder(actors="actors: []"))
    analysis.open_study(folder(actors="actors: [{name: Jeanne Morel, type: person}]"))
    assert told == [(True, {}), (True, {}), (True, {"times": 2}), (True, {"times": 1})], "names are counted first"
    analysis.analyse(none, actors, progress=False)
    assert told[-1][0] is False


# --- actors


def test_names_are_discovered_from_two_mentions_on():
    articles = pd.DataFrame({"doc_id": ["a", "b"], "text": [TEXT, "Paul Roy est venu."]})
    found = analysis.discover_actors(articles, progress=False)
    assert found[["actor", "form", "kind", "type"]].values.tolist() == [
        ["Jeanne Morel", "Jeanne Morel", "name", "person"],
        ["Jeanne Morel", "Morel", "short_name", "person"],
    ]
    assert set(analysis.discover_actors(articles, at_least=1, progress=False)["actor"]) == {"Jeanne Morel", "Paul Roy"}
    assert analysis.discover_actors(articles, at_least=3, progress=False).empty


def test_nothing_to_read_has_no_actors():
    none = analysis.discover_actors(pd.DataFrame({"doc_id": [], "text": []}), progress=False)
    assert none.empty and list(none.columns) == ["actor", "type", "gender", "form", "kind"]


# --- a folder


def test_a_folder_has_its_title_in_its_language_unless_it_gives_one(folder):
    assert analysis.open_study(folder(), progress=False).settings["title"] == "A study of French articles"
    french = analysis.open_study(folder("language: fr"), progress=False).settings
    assert french["language"] == "fr" and french["title"].startswith("Une étude")
    assert analysis.open_study(folder("title: L’eau\nlanguage: fr"), progress=False).settings["title"] == "L’eau"


def test_actors_of_the_catalogue_and_no_others(folder):
    seeds = folder(
        a=TEXT, b="Luc Petit est venu hier soir avec sa mère.", actors="actors: [{name: Paul Roy, type: person}]"
    )
    study = analysis.open_study(seeds, progress=False)
    assert list(study.actors["actor"].unique()) == ["Paul Roy"] and study.mentions["actor"].isna().all()
    (seeds / "actors.yaml").unlink()
    assert set(analysis.open_study(seeds, progress=False).mentions["actor"].dropna()) == {"Jeanne Morel"}


COPY = " ".join(
    f"Le quai numéro {n} ferme pour travaux." for n in "un deux trois quatre cinq six sept huit neuf dix".split()
)


def test_copies_count_every_time_or_once(folder):
    seeds = folder("copies: once", a=COPY, b=COPY + " Fin.", c=TEXT)
    once = analysis.open_study(seeds, progress=False)
    (problem,) = once.problems.query("what == 'set aside'").to_dict("records")
    first, second = sorted({*once.articles["doc_id"], problem["doc_id"]} - {_other(once)})
    assert len(once.articles) == 2 and problem["doc_id"] == second
    assert problem["why"] == f"a near-copy of {first}, and copies count once in this study"
    assert problem["source_file"] == "b.txt" and set(once.sentences["doc_id"]) == set(once.articles["doc_id"])
    every = analysis.open_study(folder("copies: every"), progress=False)
    assert len(every.articles) == 3 and every.problems.empty and len(every.sentences) == 10 + 11 + 2


def _other(study):
    return study.articles.loc[study.articles["text"].str.startswith("La maire"), "doc_id"].iloc[0]


def test_frames_of_the_folder_are_frames_of_the_study(folder):
    seeds = folder(a=TEXT)
    (seeds / "frames" / "port").mkdir(parents=True)
    (seeds / "frames" / "port" / "lexicon.csv").write_text(
        "frame,entry,pos,weight\nwork,docker,NOUN,0.75\n", encoding="utf-8"
    )
    found = analysis.open_study(seeds, progress=False).frames.query("scheme == 'port'")
    assert list(zip(found["level"], found["frame"], found["score"])) == [
        ("sentence", "work", 0.75),
        ("article", "work", 0.75),
    ]


def test_an_article_whose_worker_died_is_a_row_of_problems_beside_the_others(monkeypatch):
    given = pd.DataFrame({"doc_id": ["a", "b"], "text": ["« Il pleut.", TEXT]})
    actors = analysis.discover_actors(given, progress=False)
    original = analysing.engine.tables
    lost = [analysing.engine.work.failed({"doc_id": "b", "source_file": "b.txt"}, "the worker died")]
    monkeypatch.setattr(analysing.engine, "tables", lambda *given, **how: (original(*given, **how)[0], lost))
    rows = analysis.analyse(given, actors, progress=False).problems
    assert rows[["doc_id", "what", "why"]].values.tolist() == [
        ["b", "set aside", "it could not be measured: the worker died"],
        ["a", "note: quotation", "opened and never closed at 2"],
    ]
    assert list(rows.columns) == ["source_file", "doc_id", "what", "why", "held", "gave"] and list(rows.index) == [0, 1]


# --- the study itself


@pytest.fixture
def study(folder):
    return analysis.open_study(folder("title: L’eau", a=TEXT), progress=False)


def test_a_study_says_its_title_and_the_sizes_of_its_tables(study):
    sizes = study.sizes()
    assert (
        list(sizes)[0] == "articles" and sizes["articles"] == 1 and sizes["sentences"] == 2 and sizes["mentions"] == 2
    )
    assert set(sizes) == set(names()) - {"actors", "tokens", "stories", "reuse"}
    assert repr(study).startswith("<Study “L’eau”: articles 1, problems 0, sentences 2,") and repr(study).endswith(">")
    assert study.mentions is study.mentions and study.sizes() == sizes, "loaded or not"


def test_tokens_are_made_anew_and_stand_on_their_text(study):
    tokens, text = study.tokens, study.articles["text"][0]
    words = [text[a:b] for a, b in zip(tokens["start"], tokens["end"])]
    assert words[:4] == ["La", "maire", "Jeanne", "Morel"] and set(tokens["doc_id"]) == set(study.articles["doc_id"])
    assert tokens is not study.tokens


def test_a_copy_has_other_tables_and_settings_and_leaves_the_first_alone(study):
    other = study.copy(mentions=study.mentions.head(1), settings={"title": "Autre"})
    assert len(other.mentions) == 1 and len(study.mentions) == 2 and other.articles is study.articles
    assert (
        other.settings["title"] == "Autre" and other.settings["language"] == "en" and study.settings["title"] == "L’eau"
    )
    assert study.copy().settings == study.settings and study.copy(mentions=other.mentions).sizes()["mentions"] == 1


@pytest.mark.parametrize("name", ["_secret", "beauty"])
def test_what_a_study_lacks_is_named(study, name):
    with pytest.raises(AttributeError, match=f"a study has no table '{name}': articles, actors, problems"):
        getattr(study, name)


def test_sql_knows_tables_by_whole_names_in_any_case(study):
    assert study.sql("SELECT count(*) AS n FROM Mentions JOIN ARTICLES USING (doc_id)")["n"][0] == 2
    assert study.sql("select form from actors order by form")["form"].tolist() == ["Jeanne Morel", "Morel"]
    assert study.copy(mentions=study.mentions.head(0)).sql("select count(*) as n from mentions")["n"][0] == 0
    assert study.sql("select count(*) as n from scare_quotes")["n"][0] == 0, "a table that no part has"


def test_saved_in_a_folder_below_others_and_missing_one_file(study, tmp_path):
    study.save(tmp_path / "a" / "b")
    assert "L’eau" in (tmp_path / "a" / "b" / "settings.json").read_text(encoding="utf-8")
    study.save(tmp_path / "a" / "b")
    again = analysis.load_study(tmp_path / "a" / "b")
    assert again.settings["title"] == "L’eau" and again.sizes() == study.sizes()
    pd.testing.assert_frame_equal(again.mentions, study.mentions)
    assert not (tmp_path / "a" / "b" / "tokens.parquet").exists() and len(again.tokens) == len(study.tokens)
    (tmp_path / "a" / "b" / "agency.parquet").unlink()
    with pytest.raises(FileNotFoundError, match="holds no saved study: agency.parquet is missing"):
        analysis.load_study(tmp_path / "a" / "b")


def test_a_saved_study_is_told_in_its_language(study, tmp_path):
    study.copy(settings=study.settings | {"language": "fr"}).save(tmp_path / "saved")
    language.speak("en")
    analysis.load_study(tmp_path / "saved")
    assert language.spoken() == "fr"
