"""What is kept, and found again: parts on disk, batches, the order of a study."""

import hashlib
import json
import time

import duckdb
import pyarrow as pa
import pytest

from analysis.study import engine, known, parts
from analysis.text.places import cache_folder


def part_of(folder, name="words", **rows):
    """A part that holds a table {key: values}."""
    pairs = [(key, value) for key, values in rows.items() for value in values]
    table = pa.table({parts.KEY: pa.array([k for k, _ in pairs], pa.large_string()), "value": [v for _, v in pairs]})
    return parts.keep(folder, list(rows), {f"{name}.parquet": parts.parquet(table)})


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    monkeypatch.setenv("CADRAGE_CACHE", str(tmp_path))
    return parts.shelf("kind", "made")


def test_a_hash_depends_on_every_word_and_their_order():
    expected = hashlib.sha256(b"un\x1edeux").hexdigest()[:32]
    assert parts.hashed("un", "deux") == expected
    assert len({expected, parts.hashed("deux", "un"), parts.hashed("undeux"), parts.hashed("un", "deux", None)}) == 4
    assert parts.hashed("un", None) == parts.hashed("un", "") and parts.hashed(7) == parts.hashed("7")
    assert parts.hashed("\ud800"), "a lone surrogate is a key like any other"


def test_a_shelf_lies_in_the_cache_under_its_kind_and_what_made_it(shelf, tmp_path):
    assert shelf == tmp_path / "kind" / "made" == cache_folder() / "kind" / "made"


def test_a_part_is_named_by_its_keys_and_lists_what_it_holds(shelf):
    part = part_of(shelf, k1=[1], k2=[2, 3])
    assert part == shelf / parts.hashed("k1", "k2") and [p.name for p in shelf.iterdir()] == [part.name]
    listed = json.loads((part / "index.json").read_text(encoding="utf-8"))
    assert listed == {"keys": ["k1", "k2"], "sizes": {"words.parquet": (part / "words.parquet").stat().st_size}}


def test_of_two_parts_that_hold_a_key_the_first_counts(shelf):
    one, other = sorted([part_of(shelf, k1=[1]), part_of(shelf, k1=[1], k2=[2])])
    found = parts.index(shelf)
    assert found["k1"] == one and set(found) == {"k1", "k2"} and found["k2"] in {one, other}


@pytest.mark.parametrize(
    "harm",
    [
        lambda part: (part / "words.parquet").write_bytes((part / "words.parquet").read_bytes() + b"x"),
        lambda part: (part / "words.parquet").unlink(),
        lambda part: (part / "index.json").unlink(),
        lambda part: (part / "index.json").write_text("{", encoding="utf-8"),
        lambda part: (part / "index.json").write_text("{}", encoding="utf-8"),
        lambda part: (part / "index.json").write_text("[]", encoding="utf-8"),
    ],
    ids=["longer", "without its table", "without a list", "a list cut off", "an empty list", "a list of nothing"],
)
def test_a_damaged_part_is_removed_and_another_left(shelf, harm):
    damaged, whole = part_of(shelf, k1=[1]), part_of(shelf, k2=[2])
    harm(damaged)
    assert parts.index(shelf) == {"k2": whole} and not damaged.exists()
    assert part_of(shelf, k1=[1]) == damaged and set(parts.index(shelf)) == {"k1", "k2"}


def test_what_stands_damaged_in_its_place_is_replaced_and_what_stands_whole_is_left(shelf):
    part = part_of(shelf, k1=[1])
    (part / "words.parquet").write_bytes(b"")
    assert part_of(shelf, k1=[1]) == part and set(parts.index(shelf)) == {"k1"}
    written = (part / "index.json").stat().st_mtime_ns
    assert part_of(shelf, k1=[1]) == part and (part / "index.json").stat().st_mtime_ns == written


@pytest.mark.parametrize(("hours", "left"), [(0, True), (23, True), (25, False)])
def test_half_written_parts_are_removed_after_a_day(shelf, hours, left):
    import os

    (shelf / "a.unfinished-1").mkdir(parents=True)
    then = time.time() - 3600 * hours
    os.utime(shelf / "a.unfinished-1", (then, then))
    assert parts.index(shelf) == {} and (shelf / "a.unfinished-1").exists() is left


def test_nothing_kept_is_nothing_found(shelf):
    assert parts.index(shelf) == {} and parts.Stored({}, {}).load("words") is None
    assert parts.Stored({}, {}).count("words") == 0


# --- the tables of a study


@pytest.fixture
def stored(shelf):
    """Two parts of three articles; the study holds two of them, in another order."""
    one, other = part_of(shelf, k1=[10, 11], k2=[20]), part_of(shelf, k3=[30, 31])
    return parts.Stored({one: ["k1"], other: ["k3"]}, {"k3": 0, "k1": 1})


def test_rows_stand_article_by_article_in_the_order_of_the_study(stored):
    assert stored.load("words").to_pydict() == {"value": [30, 31, 10, 11]}


def test_rows_are_counted_as_they_are_loaded(stored, shelf, monkeypatch):
    assert stored.count("words") == 4 and stored.count("nothing") == 0
    whole = dict.fromkeys(stored.parts, None)
    assert parts.Stored(whole, {}).count("words") == 5
    every = {part: sorted(k for k, p in parts.index(shelf).items() if p == part) for part in stored.parts}
    assert parts.Stored(every, {}).count("words") == 5
    monkeypatch.setattr(parts, "_read", None)
    assert parts.Stored(every, {}).count("words") == 5, "of whole parts no row is read"


def test_sql_sees_the_same_rows(stored):
    with duckdb.connect() as connection:
        assert stored.view(connection, "words") is True and stored.view(connection, "nothing") is False
        found = connection.execute("select * from words order by value")
        assert [c[0] for c in found.description] == ["value"] and found.fetchall() == [(10,), (11,), (30,), (31,)]


def test_a_saved_table_has_no_keys_and_keeps_its_order(tmp_path):
    (tmp_path / "words.parquet").write_bytes(parts.parquet(pa.table({"value": [3, 1, 2]})))
    saved = parts.Stored({tmp_path: None}, {})
    assert saved.load("words").to_pydict() == {"value": [3, 1, 2]} and saved.count("words") == 3
    with duckdb.connect() as connection:
        assert saved.view(connection, "words")
        assert connection.execute("select value from words").fetchall() == [(3,), (1,), (2,)]


# --- what was known before


def test_what_is_known_of_an_article_is_given_to_its_batch(shelf, monkeypatch):
    monkeypatch.setattr(known, "shelves", lambda: {"readings": shelf / "r", "encoded": shelf / "e"})
    read = pa.table({parts.KEY: ["t1"], "parse": [b"parse"]})
    states = pa.table(
        {parts.KEY: ["t1"] * 3, "targets": ["vectors", "abc", "def"], "content": [b"vectors", b"one", b"two"]}
    )
    parts.keep(shelf / "r", ["t1"], {"readings.parquet": parts.parquet(read)})
    parts.keep(shelf / "e", ["t1:vectors", "t1:abc", "t1:def"], {"encoded.parquet": parts.parquet(states)})
    jobs = [{"text_key": "t1", "n": 1}, {"text_key": "t2", "n": 2}]
    first, second = known.knower()(jobs)
    assert first == jobs[0] | {"parse": b"parse", "vectors": b"vectors", "logits": {"abc": b"one", "def": b"two"}}
    assert second == jobs[1] | {"logits": {}}
    assert known.knower(states=False)(jobs)[0] == jobs[0] | {"parse": b"parse", "logits": {}}


def test_only_so_many_parts_are_held_open_and_each_is_read_once(shelf, monkeypatch):
    monkeypatch.setattr(known, "shelves", lambda: {"readings": shelf})
    for i in range(6):
        table = pa.table({parts.KEY: [f"t{i}"], "parse": [b"%d" % i]})
        parts.keep(shelf, [f"t{i}"], {"readings.parquet": parts.parquet(table)})
    opened, original = [], known._by_key
    monkeypatch.setattr(known, "_by_key", lambda path: opened.append(path) or original(path))
    knower = known.knower(states=False)
    order = (0, 1, 2, 3, 0, 3)
    assert [one["parse"] for one in knower([{"text_key": f"t{i}"} for i in order])] == [b"%d" % i for i in order]
    assert len(opened) == 4, "four at a time"
    knower([{"text_key": "t4"}, {"text_key": "t1"}, {"text_key": "t0"}])
    assert len(opened) == 6, "t4 took the place of t0, the oldest, and t0 that of t1"


# --- batches


def jobs(*lengths):
    return [{"text": "x" * length, "n": i} for i, length in enumerate(lengths)]


@pytest.mark.parametrize(
    ("lengths", "width", "sizes"),
    [
        ([3000] * 5, 1, [3, 2]),  # 8,000 characters at least: the article that passes them is the last
        ([8000, 1, 8001, 1], 1, [2, 1, 1]),
        ([8000, 1, 8000, 1], 1, [2, 2]),  # exactly so many don't pass them
        ([100_000] * 8, 1, [2, 2, 2, 2]),  # 100,000 of 800,000 for each of eight
        ([100_000] * 8, 5, [1] * 8),  # 20,000: each article passes it
        ([200_000] * 9, 1, [1] * 9),  # 150,000 at most
        ([70_000] * 40, 1, [3] * 13 + [1]),
        ([], 2, []),
    ],
)
def test_batches_are_eight_for_each_worker_but_neither_small_nor_large(lengths, width, sizes):
    made = engine._batches(jobs(*lengths), width)
    assert [len(batch) for batch in made] == sizes
    assert [job["n"] for batch in made for job in batch] == list(range(len(lengths)))


def test_keys_are_grouped_by_their_part_in_order():
    assert list(engine._by_part({"k3": "b", "k2": "a", "k1": "b"}).items()) == [("a", ["k2"]), ("b", ["k1", "k3"])]


class Bar:
    """Stands in for a bar: what it was told."""

    def __init__(self):
        self.told = []

    def update(self, n):
        self.told.append(n)


def test_the_bar_is_told_the_characters_that_are_done():
    bar = Bar()
    engine._told(bar, jobs(5, 7), jobs(7))
    engine._told(bar, jobs(7))
    engine._told(None, jobs(7))
    assert bar.told == [5, 7]


def test_an_article_is_kept_under_what_measures_may_know_of_it():
    import pandas as pd

    articles = pd.DataFrame(
        {
            "doc_id": ["a", "b", "c"],
            "text": ["Un.", "Un.", "Deux."],
            "title": ["Un", None, None],
            "lead_end": pd.array([3, None, None], "Int64"),
            "source_file": ["a.txt"] * 3,
        }
    )
    first, second, third = engine._jobs(articles.astype({"lead_end": "float64"}))
    assert first == {
        "key": parts.hashed("a", "Un.", "Un", 3, None), "text_key": parts.hashed("Un."), "doc_id": "a",
        "text": "Un.", "title": "Un", "lead_end": 3, "date": None, "source_file": "a.txt",
    }  # fmt: skip
    assert (second["title"], second["lead_end"], second["text_key"]) == (None, None, first["text_key"])
    assert second["key"] == parts.hashed("b", "Un.", None, None, None) and third["text_key"] != first["text_key"]
    assert type(first["lead_end"]) is int


# --- who does the work


@pytest.mark.parametrize(
    ("characters", "cores", "width"), [(59_999, 8, 1), (60_000, 8, 8), (60_000, 2, 2), (10**9, 1, 1), (60_000, 0, 1)]
)
def test_processes_are_started_only_where_they_pay(monkeypatch, characters, cores, width):
    monkeypatch.delenv("CADRAGE_SCHEDULER", raising=False)
    monkeypatch.setattr(engine, "_cores", lambda: cores)
    with engine._executor(None, characters) as (submit, found):
        assert found == width and (submit is engine._here) is (width == 1)


class Cluster:
    """Stands in for a Dask client."""

    class scheduler:  # noqa: N801
        address = "tcp://here"

    def __init__(self, threads, troubles, workers=True):
        self.threads, self.troubles, self.workers = threads, troubles, workers

    def wait_for_workers(self, n, timeout):
        assert n == 1 and timeout == 20
        if not self.workers:
            raise TimeoutError

    def run(self, function, made_by, on_error):
        assert function is engine.work.ready and on_error == "return"
        return self.troubles

    def nthreads(self):
        return self.threads


@pytest.mark.parametrize(
    ("threads", "troubles", "width"),
    [
        ({"w1": 2, "w2": 4}, {"w1": None, "w2": None}, 6),
        ({}, {}, 1),
        ({"w1": 2}, {"w1": None, "w2": OSError("gone")}, 2),
    ],
)
def test_a_cluster_is_as_wide_as_its_threads(threads, troubles, width):
    assert engine._checked(Cluster(threads, troubles)) == width


def test_a_worker_that_cannot_do_the_work_or_no_worker_at_all_is_named():
    with pytest.raises(RuntimeError, match="worker w2 of the cluster can't do the work: no model"):
        engine._checked(Cluster({"w1": 1}, {"w1": None, "w2": "no model"}))
    with pytest.raises(RuntimeError, match="the Dask scheduler at tcp://here has no worker"):
        engine._checked(Cluster({}, {}, workers=False))


class Pool:
    """Stands in for workers: what each call gives or raises, in the order in which calls are handed over."""

    def __init__(self, deadly=()):
        self.deadly, self.handed = set(deadly), []

    def submit(self, batch):
        from concurrent.futures import BrokenExecutor, Future

        self.handed.append(list(batch))
        done = Future()
        done.set_exception(BrokenExecutor()) if self.deadly & set(batch) else done.set_result(sum(batch))
        return done


def mapped(pool, batches, width=1):
    return list(engine._mapped(pool.submit, width, batches, lambda batch: (batch,)))


def test_batches_are_done_in_order_by_one():
    pool = Pool()
    assert mapped(pool, [[1, 2], [3]]) == [([1, 2], 3, None), ([3], 3, None)] and pool.handed == [[1, 2], [3]]


def test_who_dies_in_company_is_tried_again_alone_after_the_others():
    pool = Pool(deadly=[2])
    died = "the worker that read it died, each time"
    assert mapped(pool, [[1, 2], [3]]) == [([3], 3, None), ([1], 1, None), ([2], {}, died)]
    assert pool.handed == [[1, 2], [3], [1], [2]], "who dies alone is not tried again"


def test_a_pool_that_breaks_once_costs_nobody():
    pool = Pool(deadly=[1, 2, 3, 4])

    def submit(batch):
        done = pool.submit(batch)
        pool.deadly = pool.deadly if len(pool.handed) < 4 else set()
        return done

    found = list(engine._mapped(submit, 2, [[1], [2], [3], [4]], lambda batch: (batch,)))
    assert sorted((batch[0], made) for batch, made, _ in found) == [(1, 1), (2, 2), (3, 3), (4, 4)]


def test_twice_as_many_batches_as_workers_are_handed_over_ahead():
    from concurrent.futures import Future

    handed = []

    def submit(batch):
        handed.append(batch)
        done = Future()
        if len(handed) == 1 or len(handed) > 4:
            [d.set_result(0) for d in (done, *waiting)]
        waiting.append(done) if not done.done() else waiting.clear()
        return done

    waiting = []
    calls = engine._mapped(submit, 2, [[i] for i in range(6)], lambda batch: (batch,))
    next(calls)
    assert handed == [[0], [1], [2], [3]]
    assert len(list(calls)) == 5
