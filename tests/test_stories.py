"""Stories, copied text, headlines and courses: on the invented four stories, and on small articles made for a trap each."""

import random

import numpy as np
import pandas as pd
import pytest
from conftest import PROJECT

import analysis
from analysis.pages import copies, headlines
from analysis.pages import stories as page
from analysis.report import beside
from analysis.study import comparison, copied, courses, within
from analysis.study import headlines as measured
from analysis.study.reuse import reuse
from analysis.study.stories import COLUMNS, stories


@pytest.fixture(scope="module")
def four():
    return analysis.open_study(PROJECT / "examples" / "quatre-recits", progress=False)


def articles(*texts, dates=None, titles=None, outlets=None):
    n = len(texts)
    made = {"doc_id": [f"d{i:03d}" for i in range(n)], "text": texts, "title": titles or [None] * n, "outlet": outlets or ["Le Phare"] * n}
    return pd.DataFrame(made | {"date": pd.to_datetime(dates or [None] * n)})


# --- stories


def test_four_stories_in_three_papers_and_a_second_trial_apart(four):
    found = four.stories.set_index("doc_id")["story_id"]
    for event, least in (("incendie", 3), ("hopital", 3), ("proces", 3), ("eboueurs", 3)):
        own = found[found.index.str.contains(event)]
        assert own.value_counts().iloc[0] >= least, event
        assert not set(own) & set(found[~found.index.str.contains(event)]), "two events are never one story"
    assert found["2026-09-15_la-gazette_fisc-001"] == "2026-09-15_la-gazette_fisc-001", "another trial of the same man"
    joined = four.stories.dropna(subset=["similarity"])
    assert joined["similarity"].between(0, 1).all() and (joined["n_shared"] > 0).all() and joined["shared"].str.len().gt(5).all()


def test_stories_depend_on_no_order_and_every_article_has_one(four):
    shuffled = four.articles.sample(frac=1, random_state=1)
    assert stories(shuffled).equals(stories(four.articles))
    assert sorted(four.stories["doc_id"]) == sorted(four.articles["doc_id"]) and not four.stories["story_id"].isna().any()


def test_one_article_none_and_articles_without_dates():
    assert stories(articles("Le maire a démissionné.")).to_dict("records")[0]["story_id"] == "d000"
    empty = stories(articles())
    assert empty.empty and list(empty.columns) == list(COLUMNS)
    fire = "Un incendie a détruit l'entrepôt Lemarin sur le quai des Chaudronniers, a dit Armand Lemarin."
    few = ["Le maire a démissionné lundi soir devant les élus réunis.", "Le préfet recevra le maire jeudi pour parler de la piscine fermée."]
    assert stories(articles(*few))["story_id"].nunique() == 2, "common words alone join nothing"
    undated = stories(articles(fire, fire.replace("détruit", "ravagé"), "La grève des éboueurs de Nettoval continue, dit Karim Ziani."))
    assert undated["story_id"].tolist() == ["d000", "d000", "d002"]


def test_copies_of_one_text_are_one_story():
    text = "Un incendie a détruit l'entrepôt Lemarin sur le quai des Chaudronniers, a dit Armand Lemarin lundi soir."
    found = stories(articles(*[text] * 30, dates=["2026-03-04"] * 30))
    assert found["story_id"].nunique() == 1


# --- copied text

WORDS = [f"mot{a}{b}" for a in "abcdefghijklmnopqrst" for b in "abcdefghijklmnopqrst"]


def invented(seed, n=220):
    draw = random.Random(seed)
    return " ".join(draw.choice(WORDS) + ("." if i % 17 == 16 else "") for i in range(n))


@pytest.mark.parametrize("length", [12, 13, 20, 60, 200])
def test_planted_passages_are_found_to_within_three_words(length):
    found = 0
    for seed in range(20):
        source, target = invented(seed, 300).split(), invented(1000 + seed).split()
        at, place = (seed * 7) % (300 - length), (seed * 11) % 200
        passage = source[at : at + length]
        changed = ["Ainsi", *passage[1:]] if seed % 2 else passage
        texts = " ".join(source), " ".join([*target[:place], "«", *changed, "»", *target[place:]])
        rows = reuse(articles(*texts, dates=["2026-03-01", "2026-03-02"]))
        start = len(" ".join([*target[:place], "«"])) + 1
        near = [r for r in rows.itertuples() if r.doc_id == "d001" and abs(r.start - start) < 24 and abs(r.end - start - len(" ".join(changed))) < 24]
        found += len(near) == 1 and len(rows) == 1
    assert found == 20


def test_marks_case_and_spaces_are_put_aside_and_offsets_hold():
    one = "Le maire a dit : « Nous fermerons la piscine municipale au printemps, malgré la pétition des habitants du quartier. » Puis il est parti."
    other = 'Hier, il parlait. "NOUS FERMERONS la piscine municipale au printemps malgré la pétition des habitants du quartier", selon lui.'
    (row,) = reuse(articles(one, other, dates=["2026-03-01", "2026-03-02"])).to_dict("records")
    assert other[row["start"] : row["end"]].startswith("NOUS") and one[row["other_start"] : row["other_end"]].endswith("quartier")
    assert row["in_quotes"] and row["n_words"] == 14 and row["doc_id"] == "d001"


def test_small_edits_inside_do_not_part_a_passage():
    words = invented(3, 60).split()
    edited = [*words[:30], "quarante", *words[31:]]
    (row,) = reuse(articles(" ".join(words), " ".join(["Début", *edited]), dates=["2026-03-01", "2026-03-02"])).to_dict("records")
    assert row["n_words"] == 60


def test_turns_of_phrase_and_names_are_no_copies():
    name = "le Conseil National pour la Défense de la Démocratie et les Forces de Défense de la Démocratie Nouvelle"
    texts = [f"{invented(i, 40)} {name} {invented(50 + i, 40)}" for i in range(6)]
    assert reuse(articles(*texts, dates=["2026-03-01"] * 6)).empty
    assert reuse(articles("Un.", "", "Un.")).empty


def test_many_copies_stay_near_linear():
    text = invented(9, 80)
    rows = reuse(articles(*[f"{invented(i, 30)} {text}" for i in range(60)], dates=["2026-03-01"] * 60))
    assert len(rows) < 3 * 60 and set(rows["doc_id"]) == {f"d{i:03d}" for i in range(1, 60)}


def test_what_is_copied_by_whom_and_what_is_added(four):
    table = copied.copied(four).set_index("doc_id")
    own = table.loc["2026-06-03_la-gazette_incendie-001"]
    assert own["copied"] == 82 and own["agency"] and own["source"] == "2026-06-02_le-phare_incendie-001"
    assert table["copied"].gt(0).sum() == 2 and set(copied.agency_text(four)["because"]) == {"many"} and len(copied.agency_text(four)) == 3
    pairs = copied.between_outlets(four)
    assert ("L'Écume rouge", "Le Phare de l'Ouest") in set(zip(pairs["later"], pairs["earlier"]))
    told = copied.against(four, "2026-06-03_la-gazette_incendie-001", "2026-06-02_le-phare_incendie-001")
    assert (told["what"] == "shared").sum() == 8 and {"added", "left out"} < set(told["what"])
    markup = str(beside(four))
    assert markup.count("<mark>") == 8 and "<script" not in markup


def test_every_count_can_be_had_with_copies_once(four):
    once = copied.once(four)
    assert len(once.sentences) == len(four.sentences) - 8 and once.articles["n_words"].sum() == four.articles["n_words"].sum() - 164
    assert len(once.hedges) < len(four.hedges) and len(four.articles) == len(once.articles)


# --- within stories


def test_outlets_are_compared_on_the_same_stories(four):
    table = analysis.compare(four, "loaded", by="outlet", within="story").set_index("outlet")
    assert {"n", "value", "low", "high", "stories", "others", "difference"} <= set(table.columns)
    assert table.loc["La Gazette des Bilans", "difference"] < 0 < table.loc["L'Écume rouge", "difference"]
    assert table["stories"].tolist() == [4, 4, 4] and table["difference_low"].isna().all(), "four stories give no interval"
    pairs = comparison.differences(four, by="outlet", of=["loaded"], within="story")
    assert (pairs["stories"] >= 3).all() and pairs["p"].between(0, 1).all()
    with pytest.raises(ValueError, match="within is 'day'"):
        analysis.compare(four, "loaded", by="outlet", within="day")


def test_a_story_counts_once_and_only_where_two_tell_it():
    rows = pd.DataFrame({
        "story_id": ["a", "a", "a", "b", "b", "c"], "doc_id": list("uvwxyz"), "outlet": ["P", "P", "Q", "P", "Q", "P"],
        "numerator": [1, 3, 0, 4, 2, 100], "denominator": [1.0] * 6,
    })  # fmt: skip
    found = within.compared(rows, "outlet").set_index("outlet")
    assert found.loc["P", "value"] == pytest.approx((2 + 4) / 2) and found.loc["P", "difference"] == pytest.approx(2.0)
    assert found.loc["P", "stories"] == 2 and found.loc["P", "n"] == 3 and np.isnan(found.loc["P", "low"])
    assert within.difference(rows, "outlet", "P", "Q")[:2] == (2, 2.0)
    many = pd.DataFrame([(f"s{k}", f"{o}{k}", o, (3 if o == "P" else 1) + k % 3, 1.0) for k in range(12) for o in "PQ"], columns=["story_id", "doc_id", "outlet", "numerator", "denominator"])
    told = within.compared(many, "outlet").set_index("outlet").loc["P"]
    assert told["difference"] == told["difference_low"] == told["difference_high"] == 2 and told["low"] < told["value"] < told["high"], "stories differ, tellings do not"
    assert within.difference(many, "outlet", "P", "Q")[4] < 0.01


# --- headlines, courses


def test_parts_are_paired_within_the_article(four):
    table = measured.by_part(four).set_index(["measure", "part"])
    title = table.loc[("press_conditional", "title")]
    assert title["value"] == 0 and title["difference"] == pytest.approx(-table.loc[("press_conditional", "body"), "value"])
    assert title["difference_high"] < 0 and table["n"].max() == 13
    shown = headlines.parts(four)
    assert set(shown["what"]) >= {"loaded terms per 100 words", "sentences only reported"} and "measure" not in shown
    with pytest.raises(ValueError, match="measure is 'x'"):
        measured.counted(four, "x")


def test_a_title_that_states_what_its_text_only_reports():
    text = "La direction a menti aux salariés\n\nSelon un rapport, la direction aurait menti aux salariés pendant deux ans."
    given = articles(text, titles=["La direction a menti aux salariés"]).assign(lead_end=0)
    study = analysis.analyse(given, analysis.discover_actors(given, progress=False), progress=False)
    (row,) = measured.bolder(study).to_dict("records")
    assert "menti" in row["event"] and text[row["start"] : row["end"]].startswith("Selon")
    doubtful = given.assign(title="Soupçons de mensonge : la direction a menti ?", text=text.replace("La direction a menti aux salariés", "Soupçons de mensonge : la direction a menti ?"))
    assert measured.bolder(analysis.analyse(doubtful, analysis.discover_actors(given, progress=False), progress=False)).empty


def dated(four, step):
    """A study of many dated articles, whose loaded words begin on a day."""
    n = 60
    made = pd.DataFrame({"doc_id": [f"d{i:03d}" for i in range(n)], "outlet": "Le Phare", "date": pd.date_range("2026-01-01", periods=n), "n_words": 1000, "text": "x"})
    rows = [d for i, d in enumerate(made["doc_id"]) for _ in range(8 if i >= step else 1 + i % 2)]
    loaded = pd.DataFrame({"doc_id": rows}).reindex(columns=four.loaded_terms.columns)
    return four.copy(articles=made.reindex(columns=four.articles.columns).assign(n_words=1000), loaded_terms=loaded)


def test_a_change_is_found_where_it_is_and_none_where_there_is_none(four):
    study = dated(four, 40)
    found = courses.changes(study, "loaded")
    assert len(found) == 1 and found["date"][0] == pd.Timestamp("2026-02-10") and found["low"][0] > 0
    assert courses.changes(dated(four, 60), "loaded").empty
    course = courses.course(study, "loaded")
    assert course["value"].iloc[-1] > 7 > 2 > course["value"].iloc[0] and (course["low"] <= course["value"]).all()
    told = courses.before_after(study, "loaded", "2026-02-10")
    assert (told["n_before"][0], told["n_after"][0]) == (40, 20) and told["p"][0] < 0.01
    with pytest.raises(ValueError, match="0 articles before"):
        courses.before_after(study, "loaded", "2025-01-01")


# --- pages


@pytest.mark.parametrize("which", ["seed", "example", "empty"])
def test_pages_are_sensible_with_few_articles_or_none(which, request):
    study = request.getfixturevalue(which)
    told = [page.how_many(study), page.who_is_first(study), page.on_the_same_stories(study), page.how_alike(study), copies.how_much(study)]
    told += [headlines.what_titles_do(study), headlines.how_bold(study)]
    assert all(told) and page.foremost(study) is not None and page.tellings(study) is not None
    assert str(beside(study))


def test_what_the_page_of_stories_says(four):
    assert page.how_many(four).startswith("13 articles tell 5 stories") and "Le Phare de l'Ouest (4)" in page.who_is_first(four)
    assert page.on_the_same_stories(four).startswith("Fewer than five stories")
    side = page.tellings(four)
    assert list(side.columns)[1:] == ["Le Phare de l'Ouest", "L'Écume rouge", "La Gazette des Bilans"]
    with pytest.raises(ValueError, match="no story"):
        page.tellings(four, "x")
    assert copies.how_much(four).startswith("11\u00a0%") and len(copies.shared(four)) == 1


def test_stories_and_reuse_are_saved_and_belong_to_their_articles(four, tmp_path):
    four.save(tmp_path / "saved")
    again = analysis.load_study(tmp_path / "saved")
    assert again.stories.equals(four.stories) and again.reuse.equals(four.reuse)
    few = again.copy(articles=again.articles[again.articles["outlet"] == "Le Phare de l'Ouest"].reset_index(drop=True))
    assert len(few.stories) == len(few.articles) and few.reuse.empty
    assert four.sql("select count(distinct story_id) as n from stories")["n"][0] == 5
