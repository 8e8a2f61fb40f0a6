import pandas as pd
import pytest

import analysis
from analysis.reading import article as reading
from analysis.reading import encoder
from analysis.study import study
from analysis.text.tables import COLUMNS, table

TABLES = [
    "articles",
    "sentences",
    "mentions",
    "quotes",
    "scare_quotes",
    "hedges",
    "loaded_terms",
    "frames",
    "sentiment",
    "agency",
    "problems",
]


@pytest.mark.parametrize("name", [*TABLES, "tokens"])
def test_columns_and_types_are_those_of_the_design_full_or_empty(name, seed, example, empty):
    for one in (seed, example, empty):
        found = getattr(one, name)
        assert list(found.columns) == list(COLUMNS[name])
        assert found.dtypes.astype(str).to_dict() == table(name).dtypes.astype(str).to_dict()


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
    assert again.settings == example.settings


def test_loading_what_is_not_there(tmp_path):
    with pytest.raises(FileNotFoundError, match="articles.parquet is missing"):
        analysis.load_study(tmp_path)


@pytest.fixture
def counted(monkeypatch, tmp_path):
    """The texts that spaCy really parses, with a cache of its own."""
    parsed = []
    original = reading._parse
    monkeypatch.setenv("CADRAGE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(reading, "_parse", lambda texts: parsed.extend(t for t, _ in texts) or original(texts))
    return parsed


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


def test_interrupted_work_goes_on_where_it_stopped(counted, example, monkeypatch):
    """Whatever stops it: what was parsed and judged until then is not parsed and judged again."""
    judged, run = [], encoder._run

    def interrupted(sentences, targets, **how):
        if len(judged) > 60 and not resumed:
            raise KeyboardInterrupt
        judged.extend(sentences)
        return run(sentences, targets, **how)

    monkeypatch.setattr(encoder, "_run", interrupted)
    resumed = []
    with pytest.raises(KeyboardInterrupt):
        analysis.analyse(example.articles, example.actors, progress=False)
    before, resumed = len(judged), [True]
    again = analysis.analyse(example.articles, example.actors, progress=False)
    assert len(counted) == len(example.articles) and before > 0
    assert len(judged) == len(example.sentences), "each sentence is judged once, before or after"
    pd.testing.assert_frame_equal(again.sentiment, example.sentiment)


def test_a_reading_from_the_cache_is_the_reading(counted, example):
    articles = example.articles.head(1)
    fresh, kept = (reading.read_articles(articles, progress=False) for _ in range(2))
    pd.testing.assert_frame_equal(fresh.tokens, kept.tokens)
    assert len(counted) == 1


def test_a_damaged_cache_is_read_anew(counted, example, tmp_path):
    articles = example.articles.head(1)
    reading.read_articles(articles, progress=False)
    for file in (tmp_path / "cache" / "readings").rglob("*"):
        if file.is_file():
            file.write_bytes(b"rubbish")
    reading.read_articles(articles, progress=False)
    assert len(counted) == 2


def test_docs_stand_on_the_offsets_of_the_text(example):
    made = reading.read_articles(example.articles, progress=False)
    for doc_id, text in zip(example.articles["doc_id"], example.articles["text"]):
        assert len(made.docs[doc_id].text) == len(text)
        assert all(text[t.idx : t.idx + len(t)].isspace() == t.is_space for t in made.docs[doc_id])


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
    read = study.read_settings(tmp_path / "study.yaml")
    assert (read["title"], read["description"], read["group_by"]) == (study.SETTINGS["title"], "2024-01-01", "outlet")


def test_a_damaged_study_in_the_cache_is_made_anew_and_kept(counted, example, tmp_path):
    articles = example.articles.head(1)
    analysis.analyse(articles, example.actors, progress=False)
    kept = [*(tmp_path / "cache" / "studies").iterdir()]
    (kept[0] / "quotes.parquet").write_bytes(b"rubbish")
    analysis.analyse(articles, example.actors, progress=False)
    assert [*(tmp_path / "cache" / "studies").iterdir()] == kept and (kept[0] / "quotes.parquet").stat().st_size > 100


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
        study.read_settings(tmp_path / "study.yaml")


def test_without_a_catalogue_actors_are_discovered(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Emmanuel Delorme a parlé. Emmanuel Delorme partira. Le conseil attend la réponse du préfet de région.",
        encoding="utf-8",
    )
    assert "Emmanuel Delorme" in set(analysis.open_study(tmp_path).mentions["actor"])
