"""What a worker makes of a batch: tables, parses, states of the encoder, and rows of `problems`."""

import pickle
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.measures.catalogue import COLUMNS
from analysis.reading import encoder
from analysis.reading.article import read
from analysis.study import parts, work

ACTORS = pd.DataFrame([["Jeanne Morel", "person", "f", "Jeanne Morel", "name"]], columns=COLUMNS)
GIVEN = pickle.dumps({"actors": ACTORS, "schemes": {}, "lexicons": {}})
ONE = "Jeanne Morel a dit : « Le port ferme. »"
TWO = "Le port ouvre. Paul Roy dort."


def job(n, text, **known):
    return {
        "key": f"k{n}",
        "text_key": f"t{n}",
        "doc_id": f"d{n}",
        "text": text,
        "title": None,
        "lead_end": None,
    } | known


def content(made, kind, file):
    return pq.read_table(pa.BufferReader(made[kind][1][file])).to_pylist()


@pytest.fixture(scope="module")
def made():
    return work.measure_all([job(1, ONE), job(2, TWO)], work.made_by("tables"), GIVEN)


def test_every_row_says_of_which_article_it_is(made):
    assert set(made) == {"readings", "encoded", "tables"} and made["tables"][0] == ["k1", "k2"]
    rows = content(made, "tables", "sentences.parquet")
    assert [(r[parts.KEY], r["doc_id"], r["start"], r["end"]) for r in rows] == [
        ("k1", "d1", 0, 39),
        ("k2", "d2", 0, 14),
        ("k2", "d2", 15, 29),
    ]
    assert [r["actor"] for r in content(made, "tables", "mentions.parquet")] == ["Jeanne Morel", None]
    assert "problems.parquet" not in made["tables"][1], "no file of a table without rows"


def test_parses_and_states_are_kept_under_their_text(made):
    assert made["readings"][0] == ["t1", "t2"]
    assert [r[parts.KEY] for r in content(made, "readings", "readings.parquet")] == ["t1", "t2"]
    states = content(made, "encoded", "encoded.parquet")
    assert made["encoded"][0] == [f"{r[parts.KEY]}:{r['targets']}" for r in states]
    sizes = {(r[parts.KEY], r["targets"]): len(r["content"]) for r in states}
    assert (sizes["t1", "vectors"], sizes["t2", "vectors"]) == (1 * encoder.WIDTH * 2, 2 * encoder.WIDTH * 2), (
        "two bytes a number"
    )
    tokens = {f"t{n}": len(read(text).doc) for n, text in ((1, ONE), (2, TWO))}
    assert {k: sizes[k, "words"] for k in tokens} == {k: n * (encoder.DEPTH + encoder.USES) * 2 for k, n in tokens.items()}
    judged = sum(n for (_, what), n in sizes.items() if what not in {"vectors", "words"})
    assert judged == 1 * 3 * 4, "one target, in single precision"


def test_what_is_known_is_neither_computed_nor_given_back_again(made, monkeypatch):
    parses = {r[parts.KEY]: r["parse"] for r in content(made, "readings", "readings.parquet")}
    known = {"t1": {"logits": {}}, "t2": {"logits": {}}}
    for row in content(made, "encoded", "encoded.parquet"):
        own = known[row[parts.KEY]]
        (own if row["targets"] in {"vectors", "words"} else own["logits"])[row["targets"]] = row["content"]
    monkeypatch.setattr(encoder, "_read", None)
    batch = [job(n, text, parse=parses[f"t{n}"], **known[f"t{n}"]) for n, text in ((1, ONE), (2, TWO))]
    again = work.measure_all(batch, work.made_by("tables"), GIVEN)
    assert set(again) == {"tables"} and again["tables"] == made["tables"]


def test_a_mark_never_closed_is_a_note_with_its_place():
    made = work.measure_all(
        [job(1, "Elle a dit : « Le port ferme demain.\n\nLe reste va.")], work.made_by("tables"), GIVEN
    )
    (row,) = content(made, "tables", "problems.parquet")
    assert (row["doc_id"], row["what"], row["why"]) == ("d1", "note: quotation", "opened and never closed at 15")


def test_an_article_that_fails_has_one_row_and_the_others_all_of_theirs(monkeypatch):
    original = work.measured

    def measured(article, **given):
        if "Roy" in article.text:
            raise KeyError("x" * 300)
        return original(article, **given)

    monkeypatch.setattr(work, "measured", measured)
    batch = [job(2, TWO, source_file="b.txt"), job(1, ONE)]
    made = work.measure_all(batch, work.made_by("tables"), GIVEN)
    (row,) = content(made, "tables", "problems.parquet")
    assert row == {
        parts.KEY: "k2",
        "source_file": "b.txt",
        "doc_id": "d2",
        "what": "set aside",
        "why": "it could not be measured: KeyError: '" + "x" * 199,
        "held": None,
        "gave": None,
    }
    assert {r["doc_id"] for r in content(made, "tables", "sentences.parquet")} == {"d1"}


def test_names_are_counted_article_by_article(monkeypatch):
    text = "Jeanne Morel parle. Jeanne Morel part."
    made = work.count_names([job(1, text), job(2, TWO)], work.made_by("names"))
    assert set(made) == {"readings", "names"} and made["names"][0] == ["k1", "k2"]
    rows = content(made, "names", "names.parquet")
    found = {(r[parts.KEY], r["what"], r["name"], r["detail"]): r["n"] for r in rows}
    assert found["k1", "type", "Jeanne Morel", "person"] == 2 and found["k2", "type", "Paul Roy", "person"] == 1
    original = work._read
    monkeypatch.setattr(work, "_read", lambda one, readings: 1 / (one["key"] == "k1") and original(one, readings))
    made = work.count_names([job(2, TWO), job(1, text)], work.made_by("names"))
    assert {r[parts.KEY] for r in content(made, "names", "names.parquet")} == {"k1"}, "who fails costs only itself"
    assert made["names"][0] == ["k2", "k1"], "and is not counted again"


def test_what_was_made_by_other_code_or_words_is_made_anew(monkeypatch):
    monkeypatch.setattr(work, "source_hash", lambda *rooms: "+".join(rooms))
    monkeypatch.setattr(work, "data_hash", lambda *rooms: "+".join(rooms))
    monkeypatch.setattr(work.parse, "version", lambda: "spacy")
    monkeypatch.setattr(work.encoder, "fingerprint", lambda: "weights")
    assert [work.made_by(kind) for kind in ("readings", "names", "encoded", "tables")] == [
        "reading/parse.py-reading/headlines.py+text/typography.py-lexicons/first_names-spacy",
        "reading/parse.py-reading/headlines.py+text/typography.py-lexicons/first_names-spacy-text+reading+measures-lexicons",
        "reading/encoder.py-reading/headlines.py+text/typography.py-lexicons/first_names-weights",
        "reading/parse.py-reading/headlines.py+text/typography.py-lexicons/first_names-spacy-text+reading+measures-weights-lexicons",
    ]


def test_a_worker_that_is_another_kit_says_so():
    assert work.ready(work.made_by("tables")) is None
    assert work.ready("another").startswith("RuntimeError: the kit, its lexicons or its models are not the same here")
    with pytest.raises(RuntimeError, match="not the same here"):
        work.measure_all([job(1, ONE)], "another", GIVEN)
    with pytest.raises(RuntimeError, match="not the same here"):
        work.count_names([job(1, ONE)], work.made_by("tables"))


def test_only_new_states_are_given_back():
    states = SimpleNamespace(
        vectors={1: np.ones(2), 0: np.zeros(2)},
        words=np.ones((3, 2), np.float16),
        logits={"b": np.zeros((1, 3)), "a": np.ones((2, 3)), "old": None},
    )
    found = list(work._new_states({"text_key": "t"}, states, {"old"}, False))
    assert [(key, targets) for key, targets, _ in found] == [("t", "vectors"), ("t", "words"), ("t", "a"), ("t", "b")]
    assert found[0][2] == np.array([[0, 0], [1, 1]], np.float16).tobytes(), "in the order of the sentences"
    assert found[1][2] == states.words.tobytes() and found[2][2] == np.ones((2, 3), np.float32).tobytes()
    assert [key for _, key, _ in work._new_states({"text_key": "t"}, states, {"old", "a", "b"}, True)] == []
    states.words = None
    assert [k for _, k, _ in work._new_states({"text_key": "t"}, states, {"old", "a", "b"}, False)] == [], (
        "nothing passed"
    )
