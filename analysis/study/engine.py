"""How articles are mapped: in batches over processes of this machine, or over a Dask cluster, by one path.

Workers get what is known of a batch and give back Parquet; only this process reads and writes the cache. The results don't
depend on the size of batches, their order, or who did them.
"""

import os
import pickle
import threading
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from contextlib import contextmanager

import pyarrow as pa

from ..measures.discovery import TABLES as NAMES
from ..reading.article import read
from ..text.tables import arrow_table
from . import known as known_of
from . import parts, work

_WAIT = 20  # seconds for a scheduler, or its first worker, to answer
_SMALL = 60_000  # characters below which starting processes costs more than it saves
_BATCH = 8_000, 150_000  # characters, least and most
_ROWS = 200_000  # of names that are held before they are added up
_OF_A_WORKER = 1_000_000_000  # bytes that a worker may need
_IDLE = 15  # seconds after which workers of this machine that have nothing to do go home


def names(articles, *, client=None, bar=None):
    """The names counted in a table of articles, summed over all of it: what, name, detail, n (see `measures.discovery`)."""
    made_by = work.made_by("names")
    stored, _ = _run(work.count_names, (made_by,), parts.shelf("names", made_by), articles, client, bar, states=False)
    return _summed(stored.each("names")).to_pandas()


def _summed(tables):
    """The counts of many tables of names added up; memory holds about as many rows as there are different names."""
    by, total, held = ["what", "name", "detail"], arrow_table(NAMES["names"], []), []
    for table in tables:
        held.append(table.select(total.column_names))
        if sum(t.num_rows for t in held) > max(_ROWS, total.num_rows):
            total, held = _added([total, *held], by), []
    return _added([total, *held], by).sort_by([(column, "ascending") for column in by])


def _added(tables, by):
    added = pa.concat_tables(tables).group_by(by).aggregate([("n", "sum")]).rename_columns([*by, "n"])
    return added.select([*by, "n"])


def tables(articles, actors, schemes, lexicons, *, client=None, bar=None):
    """(:class:`Stored`, rows of `problems`) of the measured tables of a table of articles, with what was missing made."""
    made_by, given = work.made_by("tables"), pickle.dumps({"actors": actors, "schemes": schemes, "lexicons": lexicons})
    beside = [*schemes.items(), *((f"lexicons/{name}", table) for name, table in lexicons.items())]
    own = parts.hashed(made_by, actors.to_csv(), *(f"{name}\n{table.to_csv()}" for name, table in beside))
    return _run(work.measure_all, (made_by, given), parts.shelf("tables", own), articles, client, bar)


def read_again(articles):
    """(doc_id, Article) of each article, one at a time, from the parses that were kept."""
    known = known_of.knower(states=False)
    for job in _jobs(articles):
        one = known([job])[0]
        yield job["doc_id"], read(one["text"], title=one["title"], lead_end=one["lead_end"], kept=one.get("parse"))


def _by_part(places):
    made = {}
    for key, part in sorted(places.items(), key=lambda p: (p[1], p[0])):
        made.setdefault(part, []).append(key)
    return made


def _jobs(articles):
    """What of each article the measures may know, with the keys under which it is kept."""
    for row in articles.to_dict("records"):
        text, title, lead_end = row["text"], row.get("title"), row.get("lead_end")
        title = title if isinstance(title, str) else None
        lead_end = None if lead_end is None or lead_end != lead_end else int(lead_end)
        date = row.get("date") if row.get("date") == row.get("date") else None
        yield {
            "key": parts.hashed(row["doc_id"], text, title, lead_end, date), "text_key": parts.hashed(text), "doc_id": row["doc_id"],
            "text": text, "title": title, "lead_end": lead_end, "date": date, "source_file": row.get("source_file"),
        }  # fmt: skip


def _run(function, arguments, shelf, articles, client, bar, *, states=True):
    """Maps the articles that are missing on a shelf and keeps what comes back.

    Returns where all of it lies, and a row of `problems` for each article whose worker died.
    """
    jobs, there, lost = list(_jobs(articles)), parts.index(shelf), []
    missing = [job for job in jobs if job["key"] not in there]
    _told(bar, jobs, missing)
    if missing:
        shelves, known = known_of.shelves(), known_of.knower(states=states)
        with _executor(client, _characters(missing)) as (submit, width):
            calls = _mapped(submit, width, _batches(missing, width), lambda batch: (function, known(batch), *arguments))
            for batch, made, error in calls:
                for kind, (keys, files) in made.items():
                    parts.keep(shelves.get(kind, shelf), keys, files)
                lost += [work.failed(job, error) for job in batch if error]
                _told(bar, batch)
        there = parts.index(shelf)
    places = {job["key"]: there[job["key"]] for job in jobs if job["key"] in there}
    return parts.Stored(_by_part(places), {job["key"]: i for i, job in enumerate(jobs)}), lost


def _characters(jobs):
    return sum(len(job["text"]) for job in jobs)


def _told(bar, jobs, but=()):
    if bar is not None:
        bar.update(_characters(jobs) - _characters(but))


def _batches(jobs, width):
    least, most = _BATCH
    size = min(most, max(least, sum(len(job["text"]) for job in jobs) // (8 * width)))
    made, held = [], 0
    for job in jobs:
        if not made or held > size:
            made, held = [*made, []], 0
        made[-1].append(job)
        held += len(job["text"])
    return made


def _mapped(submit, width, batches, call):
    """(batch, result, error) of each batch as it is done; one whose worker died is tried again, article by article.

    Only who dies alone is given up, and told as an error.
    """
    todo, suspects, pending, ahead = deque(batches), deque(), {}, 2 * width if width > 1 else 1
    while todo or suspects or pending:
        while todo and len(pending) < ahead:
            batch = todo.popleft()
            pending[submit(*call(batch))] = batch
        alone = bool(suspects) and not pending
        if alone:
            batch = suspects.popleft()
            pending[submit(*call(batch))] = batch
        for future in wait(pending, return_when=FIRST_COMPLETED).done:
            batch = pending.pop(future)
            try:
                yield batch, future.result(), None
            except Exception as error:
                if not _died(error):
                    raise
                if alone:
                    yield batch, {}, "the worker that read it died, each time"
                else:
                    suspects += [[job] for job in batch]


def _died(error):
    return isinstance(error, BrokenExecutor) or type(error).__name__ in {"KilledWorker", "TerminatedWorkerError"}


@contextmanager
def _executor(client, characters):
    """(submit, how many work at once): of a client's cluster, of processes of this machine, or of this very process."""
    client = client or _client_of_environment()
    if client is not None:
        width = _checked(client)
        yield client.get_executor().submit, width
    elif characters < _SMALL or (width := _cores()) < 2:
        yield _here, 1
    else:
        with _processes(width) as submit:
            yield submit, width


def _cores():
    """How many processes to start: one for each core that may be used, but no more than there is memory for."""
    import psutil
    from loky import cpu_count

    return min(cpu_count(), psutil.virtual_memory().available // _OF_A_WORKER)


def _here(function, *given):
    done = Future()
    done.set_result(function(*given))
    return done


@contextmanager
def _processes(width):
    """The submit function of as many processes; a broken pool is replaced, an interrupted one killed."""
    from loky import get_reusable_executor

    alone = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}
    lean = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "100000"}
    how = {"timeout": _IDLE, "env": alone | lean, "initializer": _follow, "initargs": (os.getpid(),)}

    def submit(function, *given):
        return get_reusable_executor(width, **how).submit(function, *given)

    try:
        yield submit
    except BaseException:
        get_reusable_executor(width, **how).shutdown(wait=True, kill_workers=True)
        raise


def _follow(parent):
    """In a worker: ends it when the process that started it is gone, whatever ended that one."""
    import psutil

    def watch():
        while os.getppid() == parent and psutil.pid_exists(parent):
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _client_of_environment():
    """The Dask client that $CADRAGE_SCHEDULER names, or None. Raises RuntimeError where nobody answers."""
    address = os.environ.get("CADRAGE_SCHEDULER")
    if not address:
        return None
    try:
        from distributed import Client
    except ImportError as error:
        raise RuntimeError(
            "$CADRAGE_SCHEDULER names a cluster, but Dask is not installed: pip install 'cadrage[cluster]'"
        ) from error
    try:
        return Client(address, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise RuntimeError(f"no Dask scheduler answers at {address} ({error or type(error).__name__})") from error


def _checked(client):
    """How many tasks a cluster works at once, after each of its workers has shown that it can do them."""
    address = client.scheduler.address if client.scheduler else "the cluster"
    try:
        client.wait_for_workers(1, timeout=_WAIT)
    except TimeoutError as error:
        raise RuntimeError(f"the Dask scheduler at {address} has no worker") from error
    for worker, trouble in client.run(work.ready, work.made_by("tables"), on_error="return").items():
        if trouble is not None and not isinstance(trouble, OSError):  # a worker that is gone is the cluster's business
            raise RuntimeError(f"worker {worker} of the cluster can't do the work: {trouble}")
    return max(1, sum(client.nthreads().values()))
