"""The engine: batches over processes or a cluster, workers that die, schedulers that don't answer; parts on disk."""

import os
import threading
import time

import pyarrow as pa
import pytest

import analysis
from analysis.study import engine, parts

JOBS = [{"key": f"k{i}", "text": "x" * 10, "doc_id": f"d{i}"} for i in range(8)]


def told(batch):
    """What stands in for the work of a worker: it dies of one article, each time."""
    if any(job.get("deadly") for job in batch):
        os._exit(1)
    return [job["doc_id"] for job in batch]


def mapped(submit, width, jobs, size=3):
    batches = [jobs[i : i + size] for i in range(0, len(jobs), size)]
    done, lost = [], []
    for batch, made, error in engine._mapped(submit, width, batches, lambda batch: (told, batch)):
        done += made
        lost += [job["doc_id"] for job in batch if error]
    return sorted(done), lost


def test_batches_hold_every_article_once_in_order():
    made = engine._batches([{"text": "x" * 3000, "n": i} for i in range(20)], 2)
    assert [job["n"] for batch in made for job in batch] == list(range(20)) and len(made) > 2


def test_nothing_is_started_for_little():
    assert mapped(engine._here, 1, JOBS) == ([f"d{i}" for i in range(8)], [])


def test_an_article_that_kills_its_worker_is_found_and_costs_only_itself():
    jobs = [job | {"deadly": job["doc_id"] == "d4"} for job in JOBS]
    with engine._processes(2) as submit:
        assert mapped(submit, 2, jobs) == ([f"d{i}" for i in range(8) if i != 4], ["d4"])


def test_an_error_of_the_work_itself_is_raised_and_leaves_no_process():
    import psutil

    with pytest.raises(ZeroDivisionError), engine._processes(2) as submit:
        list(engine._mapped(submit, 2, [[1], [2]], lambda batch: (_divided, batch)))
    names = [
        " ".join(p.cmdline()) for p in psutil.Process().children(recursive=True) if p.status() != psutil.STATUS_ZOMBIE
    ]
    assert not [name for name in names if "popen_loky" in name]


def _divided(batch):
    return batch[0] / 0


@pytest.fixture(scope="module")
def cluster():
    """A Dask cluster of two workers on this machine, which gives a task up after its second death."""
    dask = pytest.importorskip("dask")
    distributed = pytest.importorskip("distributed")
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as made,
        distributed.Client(made) as client,
    ):
        yield client


def test_a_cluster_gives_the_same_tables_though_a_worker_is_killed_half_way(cluster, example, monkeypatch, tmp_path):
    monkeypatch.setenv("CADRAGE_CACHE", str(tmp_path))
    pids, keep = list(cluster.run(os.getpid).values()), parts.keep

    def killing(*given):
        if len(pids) == 2:
            os.kill(pids.pop(), 9)
        return keep(*given)

    monkeypatch.setattr(parts, "keep", killing)
    made = analysis.analyse(example.articles, example.actors, client=cluster, progress=False)
    assert len(pids) == 1
    for name in example.sizes():
        assert getattr(made, name).equals(getattr(example, name)), name


def test_a_cluster_gives_up_only_the_article_that_kills_its_workers(cluster):
    jobs = [job | {"deadly": job["doc_id"] == "d4"} for job in JOBS]
    cluster.run(_importable, os.path.dirname(__file__))
    cluster.register_plugin(_Path(os.path.dirname(__file__)))
    assert mapped(cluster.get_executor().submit, 2, jobs) == ([f"d{i}" for i in range(8) if i != 4], ["d4"])


def _importable(folder):
    import sys

    sys.path.insert(0, folder)


try:
    from distributed import WorkerPlugin
except ImportError:
    WorkerPlugin = object


class _Path(WorkerPlugin):
    """Lets workers that come anew find this file."""

    def __init__(self, folder):
        self.folder = folder

    def setup(self, worker):
        _importable(self.folder)


def test_a_worker_that_is_not_the_same_kit_is_named(cluster, monkeypatch, example, tmp_path):
    monkeypatch.setenv("CADRAGE_CACHE", str(tmp_path))
    monkeypatch.setattr(engine.work, "made_by", lambda kind: "another kit")
    with pytest.raises(RuntimeError, match="worker tcp://.* can't do the work: RuntimeError: the kit, its lexicons"):
        analysis.analyse(example.articles.head(1), example.actors, client=cluster, progress=False)


def test_a_scheduler_that_does_not_answer_is_named_soon(monkeypatch, example, tmp_path):
    pytest.importorskip("distributed")
    monkeypatch.setenv("CADRAGE_CACHE", str(tmp_path))
    monkeypatch.setenv("CADRAGE_SCHEDULER", "tcp://127.0.0.1:9")
    monkeypatch.setattr(engine, "_WAIT", 1)
    start = time.monotonic()
    with pytest.raises(RuntimeError, match="no Dask scheduler answers at tcp://127.0.0.1:9"):
        analysis.analyse(example.articles.head(1), example.actors, progress=False)
    assert time.monotonic() - start < 30


# --- parts


def content(n=3):
    table = pa.table({parts.KEY: [f"k{i}" for i in range(n)], "value": list(range(n))})
    return [f"k{i}" for i in range(n)], {"values.parquet": parts.parquet(table)}


def test_a_part_is_found_by_what_it_holds(tmp_path):
    part = parts.keep(tmp_path / "kind" / "made", *content())
    assert parts.index(tmp_path / "kind" / "made") == {f"k{i}": part for i in range(3)}


def test_a_part_written_twice_at_once_stands_once(tmp_path):
    shelf = tmp_path / "kind" / "made"
    threads = [threading.Thread(target=parts.keep, args=(shelf, *content())) for _ in range(8)]
    [t.start() for t in threads], [t.join() for t in threads]
    assert len([*shelf.iterdir()]) == 1 and len(parts.index(shelf)) == 3


def test_what_another_run_is_writing_is_left_alone_and_what_is_old_is_removed(tmp_path):
    shelf = tmp_path / "kind" / "made"
    fresh, old = shelf / "a.unfinished-1", shelf / "b.unfinished-2"
    fresh.mkdir(parents=True), old.mkdir()
    os.utime(old, (1, 1))
    assert parts.index(shelf) == {} and fresh.exists() and not old.exists()


def test_rows_of_articles_that_are_not_in_the_study_are_neither_loaded_nor_counted_nor_asked(tmp_path):
    import duckdb

    part = parts.keep(tmp_path / "kind" / "made", *content())
    stored = parts.Stored({part: ["k2", "k0"]}, {"k2": 0, "k0": 1})
    assert stored.load("values").to_pydict() == {"value": [2, 0]} and stored.count("values") == 2
    with duckdb.connect() as connection:
        assert stored.view(connection, "values") and not stored.view(connection, "nothing")
        assert sorted(connection.execute('select value from "values"').fetchall()) == [(0,), (2,)]
    assert stored.load("nothing") is None


def test_no_place_to_write_is_an_error_that_says_what_to_do(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parts, "_written", full)
    with pytest.warns(UserWarning), pytest.raises(RuntimeError, match="No space left on device.*CADRAGE_CACHE"):
        parts.keep(tmp_path / "kind" / "made", *content())
