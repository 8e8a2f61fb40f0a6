"""What a worker does with a batch of articles: what is known of them in, tables out; it touches no file of the study.

A batch is a list of dicts: key, text_key, doc_id, text, title, lead_end, date; and where they were computed before: parse (bytes),
vectors, words (bytes), logits ({hash of targets: bytes}). What comes out is {kind: (keys, {file: bytes of Parquet})}.
"""

import pickle
from functools import lru_cache
from threading import Lock

import numpy as np
import pyarrow as pa

from ..measures import discovery
from ..measures.catalogue import catalogue
from ..measures.framing import own_frames
from ..measures.running import measured, tables
from ..reading import encoder, parse
from ..reading.article import read
from ..reading.encoder import States
from ..reading.lexicon import forcing
from ..text.places import data_hash, source_hash
from ..text.tables import TEXT, arrow_table
from .parts import KEY, parquet

_ONE_AT_A_TIME = Lock()  # threads of one process share a model
_OF_PARTS = {KEY: TEXT}


def made_by(kind):
    """What makes each kind of thing that is kept, as a hash: code, lexicons, models."""
    text = source_hash("reading/headlines.py", "text/typography.py"), data_hash("lexicons/first_names")
    reading = source_hash("reading/parse.py"), *text, parse.version()
    rooms = {
        "readings": reading,
        "names": (*reading, source_hash("text", "reading", "measures"), data_hash("lexicons")),
        "encoded": (source_hash("reading/encoder.py"), *text, encoder.fingerprint()),
        "tables": (*reading, source_hash("text", "reading", "measures"), encoder.fingerprint(), data_hash("lexicons")),
    }
    return "-".join(rooms[kind])


def count_names(batch, expected):
    """The parses of a batch where they are new (readings), and the names counted in each article (names)."""
    with _ONE_AT_A_TIME:
        _check("names", expected)
        readings, rows = {}, []
        for one in batch:
            try:
                article = _read(one, readings)
                rows += [row | {KEY: one["key"]} for row in discovery.counted(article)]
            except Exception:  # it is told in `problems` when the article is measured
                continue
        found = arrow_table(_OF_PARTS | discovery.TABLES["names"], rows)
        return _parses(readings) | {"names": ([one["key"] for one in batch], {"names.parquet": parquet(found)})}


def measure_all(batch, expected, given):
    """All tables of a batch (tables), and where they are new its parses (readings) and the encoder's states (encoded).

    given: actors, schemes and forced entries of lexicons, pickled. An article that a measure fails on has one row in `problems`, and no other.
    """
    with _ONE_AT_A_TIME:
        _check("tables", expected)
        rows, readings, encoded = {name: [] for name in tables()}, {}, []
        for one in batch:
            try:
                article = _read(one, readings)
                known = set(article.states.logits), article.states.words is not None
                lexicons, setting = _setting(given)
                with forcing(lexicons):
                    made = measured(article, **setting)
                encoded += _new_states(one, article.states, *known)
            except Exception as error:  # one article must not cost the corpus
                made = {"problems": [failed(one, f"{type(error).__name__}: {str(error)[:200]}")]}
            made.setdefault("problems", [_unclosed(q) for q in made.get("quotes", ()) if not q["closed"]])
            for name, found in made.items():
                rows[name] += [row | {"doc_id": one["doc_id"], KEY: one["key"]} for row in found]
        columns = tables()
        files = {f"{name}.parquet": parquet(arrow_table(_OF_PARTS | columns[name], found)) for name, found in rows.items() if found}  # fmt: skip
        return _parses(readings) | _states(encoded) | {"tables": ([one["key"] for one in batch], files)}


def failed(one, why):
    """The row of `problems` of an article that could not be measured."""
    return {"source_file": one.get("source_file"), "doc_id": one["doc_id"], "what": "set aside", "why": f"it could not be measured: {why}"}  # fmt: skip


def ready(expected):
    """What keeps a worker from its work, in words; None where nothing does."""
    try:
        parse.model(), encoder.tokenizer()
        _check("tables", expected)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def _check(kind, expected):
    if made_by(kind) != expected:
        raise RuntimeError(
            "the kit, its lexicons or its models are not the same here as where the study was started: if you edited a "
            "lexicon while it ran, run it again; workers of a cluster need the same version of the kit"
        )


@lru_cache(maxsize=2)
def _setting(given):
    """(entries that a study forces, what it gives its measures), made ready once for many articles."""
    study = pickle.loads(given)
    return study["lexicons"], {"actors": catalogue(study["actors"]), "schemes": own_frames(study["schemes"])}


def _read(one, readings):
    """The article, with what is known of it; a new parse is put into `readings`."""
    states = States(
        dict(enumerate(_array(one["vectors"], np.float16, encoder.WIDTH))) if one.get("vectors") else {},
        _array(one["words"], np.float16, encoder.DEPTH + encoder.USES) if one.get("words") else None,
        {key: _array(content, np.float32, 3) for key, content in (one.get("logits") or {}).items()},
    )
    article = read(one["text"], title=one["title"], lead_end=one["lead_end"], date=one.get("date"), kept=one.get("parse"), states=states)
    if one.get("parse") is None:
        readings[one["text_key"]] = parse.as_bytes(article.doc)
    return article


def _array(content, kind, width):
    return np.frombuffer(content, kind).reshape(-1, width)


def _unclosed(quote):
    return {"what": "note: quotation", "why": f"opened and never closed at {quote['start']}"}


def _parses(readings):
    if not readings:
        return {}
    table = pa.table({KEY: list(readings), "parse": pa.array(readings.values(), pa.binary())})
    return {"readings": (list(readings), {"readings.parquet": parquet(table)})}


def _new_states(one, states, logits, passed):
    """(key, targets, content) of what the encoder found anew; sentences and words stand under their names, not under targets."""
    if states.words is not None and not passed:
        whole = np.array([states.vectors[i] for i in range(len(states.vectors))], np.float16)
        yield one["text_key"], "vectors", whole.tobytes()
        yield one["text_key"], "words", states.words.tobytes()
    for key in sorted(set(states.logits) - logits):
        yield one["text_key"], key, states.logits[key].astype(np.float32).tobytes()


def _states(encoded):
    if not encoded:
        return {}
    keys, targets, contents = zip(*encoded)
    table = pa.table({KEY: list(keys), "targets": list(targets), "content": pa.array(contents, pa.binary())})
    return {"encoded": ([f"{k}:{t}" for k, t in zip(keys, targets)], {"encoded.parquet": parquet(table)})}
