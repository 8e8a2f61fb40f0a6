import json
import os
import shutil
import subprocess
import sys

import pandas as pd
import pytest

import analysis
from analysis.measures.running import tables as declared
from analysis.reading import encoder, parse
from analysis.study import parts, settings, work
from analysis.study.across import MADE
from analysis.study.study import names
from analysis.text.tables import table

TABLES = [name for name in names() if name not in {"actors", "tokens"}]


@pytest.mark.parametrize("name", [*TABLES, "tokens"])
def test_columns_and_types_are_those_declared_full_or_empty(name, seed, example, empty):
    columns = MADE[name][0] if name in MADE else declared()[name]
    for one in (seed, example, empty):
        found = getattr(one, name)
        assert list(found.columns) == list(columns)
        assert found.dtypes.astype(str).to_dict() == table(columns).dtypes.astype(str).to_dict()


def test_scores_are_in_range_and_yes_or_no_never_missing(example):
    assert example.frames["score"].between(0, 1).all() and example.sentiment["polarity"].between(-1, 1).all()
    assert example.sentiment["baseline"].between(-1, 1).all()
    for name, column in (("frames", "present"), ("sentiment", "withheld"), ("quotes", "closed"), ("agency", "negated")):
        assert getattr(example, name)[column].dtype == bool


def test_saved_and_loaded_again(example, tmp_path):
    example.save(tmp_path)
    again = analysis.load_study(tmp_path)
    for name in [*TABLES, "actors"]:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(example, name))
    assert again.sql("select count(*) as n from quotes")["n"][0] == len(example.quotes)
    assert again.settings == example.settings


def test_loading_what_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError, match="articles.parquet is missing"):
        analysis.load_study(tmp_path)


@pytest.fixture
def counted(monkeypatch, tmp_path):
    """The texts that spaCy really parses, with a cache of its own."""
    found, original = [], parse.parsed
    monkeypatch.setenv("CADRAGE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(parse, "parsed", lambda text, spans: found.append(text) or original(text, spans))
    yield found
    parts._temporary.cache_clear(), parts._warn.cache_clear()  # what was kept for this test's session only


def test_a_text_is_read_once(counted, example):
    articles = example.articles.head(2)
    first = analysis.analyse(articles, example.actors, progress=False)
    assert len(counted) == 2
    second = analysis.analyse(articles, example.actors, progress=False)
    assert len(counted) == 2
    pd.testing.assert_frame_equal(first.quotes, second.quotes)
    analysis.analyse(example.articles.head(3), example.actors, progress=False)
    assert len(counted) == 3, "one more article costs one more reading"
    analysis.analyse(articles, example.actors.head(1), progress=False)
    assert len(counted) == 3, "another catalogue never parses again"


def test_another_catalogue_runs_the_encoder_only_where_its_actors_stand(counted, example, monkeypatch):
    passed, original = [], encoder._read
    monkeypatch.setattr(encoder, "_read", lambda ids: passed.append(ids) or original(ids))
    articles = example.articles.head(2)
    study = analysis.analyse(articles, example.actors, progress=False)
    assert len(passed) == len(study.sentences), "each sentence passes once"
    passed.clear()
    fewer = analysis.analyse(articles, example.actors.query("actor == 'Maëlle Corvandier'"), progress=False)
    assert len(passed) == fewer.sentiment["sentence_id"].count() < len(study.sentences)
    again = analysis.analyse(articles, example.actors, progress=False)
    pd.testing.assert_frame_equal(again.frames, study.frames)


def test_interrupted_work_goes_on_where_it_stopped(counted, example, monkeypatch):
    """Whatever stops it: the batches that were done until then are not done again."""
    original = work.measure_all

    def interrupted(batch, *given):
        if len(counted) > 3:
            raise KeyboardInterrupt
        return original(batch, *given)

    monkeypatch.setattr(work, "measure_all", interrupted)
    with pytest.raises(KeyboardInterrupt):
        analysis.analyse(example.articles, example.actors, progress=False)
    before = len(counted)
    monkeypatch.setattr(work, "measure_all", original)
    again = analysis.analyse(example.articles, example.actors, progress=False)
    assert 0 < before < len(counted) == len(example.articles), "each is parsed once, before or after"
    pd.testing.assert_frame_equal(again.sentiment, example.sentiment)


@pytest.mark.parametrize("kind", ["readings", "encoded", "tables"])
@pytest.mark.parametrize("how", ["shortened", "gone"])
def test_a_damaged_part_is_made_anew(counted, example, tmp_path, kind, how):
    articles = example.articles.head(1)
    first = analysis.analyse(articles, example.actors, progress=False)
    parts = [*(tmp_path / "cache" / kind).glob("*/*")]
    for file in (f for part in parts for f in part.glob("*.parquet")):
        file.write_bytes(b"rubbish") if how == "shortened" else file.unlink()
    for other in {"tables"} - {kind}:
        shutil.rmtree(tmp_path / "cache" / other)
    again = analysis.analyse(articles, example.actors, progress=False)
    pd.testing.assert_frame_equal(again.sentiment, first.sentiment)
    assert len(counted) == 1 + (kind == "readings")


def test_a_part_that_rots_unseen_is_named_and_removed(counted, example, tmp_path):
    articles = example.articles.head(1)
    study = analysis.analyse(articles, example.actors, progress=False)
    (file,) = (tmp_path / "cache" / "tables").rglob("quotes.parquet")
    file.write_bytes(b"x" * file.stat().st_size)
    with pytest.raises(RuntimeError, match="quotes.parquet was damaged and is removed"):
        study.quotes  # noqa: B018
    again = analysis.analyse(articles, example.actors, progress=False)
    assert len(again.quotes) == len(example.quotes[example.quotes["doc_id"] == articles["doc_id"][0]])


@pytest.mark.skipif(os.name == "nt", reason="folders are made read-only otherwise there")
def test_a_cache_that_cannot_be_written_is_told_once_and_nothing_is_computed_twice(counted, example, tmp_path):
    (tmp_path / "cache").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.warns(UserWarning, match="can't be written") as told:
        first = analysis.analyse(example.articles.head(2), example.actors, progress=False)
        again = analysis.analyse(example.articles.head(2), example.actors, progress=False)
    assert len(told) == 1 and len(counted) == 2
    pd.testing.assert_frame_equal(first.quotes, again.quotes)


def test_docs_stand_on_the_offsets_of_the_text(example):
    from analysis.study.engine import read_again

    texts = dict(zip(example.articles["doc_id"], example.articles["text"]))
    for doc_id, article in read_again(example.articles):
        text = texts[doc_id]
        assert len(article.doc.text) == len(text)
        assert all(text[t.idx : t.idx + len(t)].isspace() == t.is_space for t in article.doc)


def test_title_lead_and_body(example):
    parts = example.sentences.groupby("doc_id")["part"].agg(list)
    assert all(p[0] == "title" and p.count("title") == 1 and "lead" in p and "body" in p for p in parts)


@pytest.mark.parametrize(
    "measure", ["polarity", "polarity of Maëlle Corvandier", "loaded", "quoted", "press_conditional", "conflict", "war"]
)
def test_compare(example, measure):
    rows = analysis.compare(example, measure, by="outlet")
    assert list(rows.columns) == ["outlet", "n", "value", "low", "high"]
    judged = example.sentiment[~example.sentiment["withheld"] & (example.sentiment["actor"] == "Maëlle Corvandier")]
    outlet = judged["doc_id"].map(example.articles.set_index("doc_id")["outlet"])
    expected = judged.groupby(outlet)["doc_id"].nunique() if "Corvandier" in measure else [3, 3, 3]
    assert list(rows["n"]) == list(expected)
    enough = rows[rows["n"] >= 3]
    assert ((enough["low"] <= enough["value"]) & (enough["value"] <= enough["high"])).all()
    assert rows.loc[rows["n"] < 3, "low"].isna().all()


def test_compare_by_month_and_with_too_few(example, seed):
    assert list(analysis.compare(example, "loaded", by="month")["month"]) == ["2026-03", "2026-04", "2026-05"]
    assert analysis.compare(seed, "loaded", by="language")["low"].isna().all()


@pytest.mark.parametrize(
    ("measure", "by", "message"), [("beauty", "outlet", "measure is 'beauty'"), ("loaded", "colour", "by is 'colour'")]
)
def test_compare_names_what_is_wrong(example, measure, by, message):
    with pytest.raises(ValueError, match=message):
        analysis.compare(example, measure, by=by)


def test_settings_that_say_nothing_are_the_usual_ones(tmp_path):
    (tmp_path / "study.yaml").write_text("title:\ndescription: 2024-01-01\ngroup_by:", encoding="utf-8")
    read = settings.read_settings(tmp_path / "study.yaml")
    assert (read["title"], read["description"], read["group_by"]) == (
        settings.SETTINGS["title"],
        "2024-01-01",
        "outlet",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titel: x", "unknown setting 'titel'"),
        ("share_full_text: 'non'", "share_full_text is 'non': true or false"),
        ("group_by: journal", "group_by is 'journal': one of week"),
        ("language: french", "language is 'french': en, fr"),
        ("title: [", "not YAML"),
        ("- a", "unknown setting"),
    ],
)
def test_wrong_settings_are_named(text, message, tmp_path):
    (tmp_path / "study.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        settings.read_settings(tmp_path / "study.yaml")


def test_without_a_catalogue_actors_are_discovered(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Emmanuel Delorme a parlé. Emmanuel Delorme partira. Le conseil attend la réponse du préfet de région.",
        encoding="utf-8",
    )
    assert "Emmanuel Delorme" in set(analysis.open_study(tmp_path).mentions["actor"])


def test_the_tables_do_not_depend_on_the_order_of_the_articles(example, counted):
    mixed = example.articles.sample(frac=1, random_state=3)
    made = analysis.analyse(mixed, example.actors, progress=False)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(made, name), getattr(example.copy(problems=made.problems), name))
    assert analysis.discover_actors(mixed).equals(analysis.discover_actors(example.articles))


HASHED = """
import hashlib, sys
import analysis
from analysis.study import engine
if __name__ == "__main__":
    engine._SMALL, engine._cores = int(sys.argv[1]), lambda: 2
    study = analysis.open_study(sys.argv[2], progress=False)
    made = "".join(getattr(study, t).to_csv() for t in study.sizes())
    print(hashlib.sha256((made + study.actors.to_csv()).encode()).hexdigest())
"""


def test_the_same_bytes_whatever_the_workers_and_the_hash_seed(tmp_path, example):
    """In this process, and over two processes with another seed; actors discovered, so that both passes are run."""
    for article in example.articles.head(3).to_dict("records"):
        (tmp_path / f"{article['doc_id']}.txt").write_text(article["text"], encoding="utf-8")
    (tmp_path / "run.py").write_text(HASHED, encoding="utf-8")
    found = set()
    for small, seed in (("0", "1"), ("1000000", "2")):
        own = {"CADRAGE_CACHE": str(tmp_path / f".cache-{seed}"), "PYTHONHASHSEED": seed}
        command = [sys.executable, str(tmp_path / "run.py"), small, str(tmp_path)]
        done = subprocess.run(command, env=os.environ | own, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-2000:]
        found.add(done.stdout)
    assert len(found) == 1


def test_one_article_that_a_measure_fails_on_costs_only_itself(counted, example, monkeypatch):
    original = work.measured

    def measured(article, **given):
        if article.text.startswith(example.articles["title"][1][:12]):
            raise KeyError("no such word")
        return original(article, **given)

    monkeypatch.setattr(work, "measured", measured)
    made = analysis.analyse(example.articles.head(3), example.actors, progress=False)
    (row,) = made.problems.to_dict("records")
    assert row["doc_id"] == example.articles["doc_id"][1] and row["what"] == "set aside" and "KeyError" in row["why"]
    left = set(example.articles["doc_id"].head(3)) - {row["doc_id"]}
    assert set(made.sentences["doc_id"]) == left


@pytest.mark.parametrize(
    ("articles", "message"),
    [
        (pd.DataFrame({"doc_id": ["a", "a"], "text": ["x", "y"]}), "row 1 of the articles: doc_id 'a' stands twice"),
        (pd.DataFrame({"doc_id": ["a"], "text": [None]}), "row 0 of the articles: doc_id 'a' stands without text"),
        (pd.DataFrame({"text": ["x"]}), "it has no doc_id"),
    ],
)
def test_a_table_that_is_none_of_articles_is_named(articles, message, example):
    with pytest.raises(ValueError, match=message):
        analysis.analyse(articles, example.actors, progress=False)


def test_tables_are_loaded_when_they_are_asked_for(example, tmp_path):
    example.save(tmp_path)
    study = analysis.load_study(tmp_path)
    assert study.sizes()["frames"] == len(example.frames) and "frames" not in study._tables
    assert study.frames is study.frames and "frames" in dir(study)
    with pytest.raises(AttributeError, match="no table 'beauty'"):
        study.beauty  # noqa: B018
    with pytest.raises(TypeError, match="no table 'beauty'"):
        study.copy(beauty=1)


def test_sql_asks_the_parts_and_what_was_put_in_their_place(example):
    counted = example.sql(
        "select outlet, count(*) as n from loaded_terms join articles using (doc_id) group by 1 order by 1"
    )
    outlets = example.loaded_terms.merge(example.articles, on="doc_id")["outlet"].value_counts().sort_index()
    assert list(counted["n"]) == list(outlets) and list(counted["outlet"]) == list(outlets.index)
    few = example.copy(loaded_terms=example.loaded_terms.head(2))
    assert few.sql("select count(*) as n from loaded_terms")["n"][0] == 2
    verbs = example.sql("select count(*) as n from tokens where pos = 'VERB'")["n"][0]
    assert verbs == (example.tokens["pos"] == "VERB").sum() > 100


def test_a_saved_study_says_its_settings(example, tmp_path):
    example.copy(settings=example.settings | {"title": "Un essai"}).save(tmp_path)
    assert json.loads((tmp_path / "settings.json").read_text(encoding="utf-8"))["title"] == "Un essai"
    assert "Un essai" in repr(analysis.load_study(tmp_path))


def test_a_part_of_the_articles_is_a_study_like_any_other(example):
    part = example.where("outlet == \"Le Phare de l'Ouest\" and date >= '2026-04'")
    assert part.articles["outlet"].unique().tolist() == ["Le Phare de l'Ouest"] and len(part.articles) == 2
    for name in names():
        if name not in {"actors", "tokens"}:
            assert set(getattr(part, name)["doc_id"]) <= set(part.articles["doc_id"]), name
    assert len(part.tokens) and part.sql("select count(*) as n from sentences")["n"][0] == len(part.sentences) < len(example.sentences)
    assert analysis.compare(part, "loaded", by="outlet")["n"].tolist() == [2]
    with pytest.raises(ValueError, match="no article fits"):
        example.where("outlet == 'x'")
    with pytest.raises(ValueError, match="the columns of articles \\(doc_id, outlet"):
        example.where("media == 'x'")
