"""Study: the tables of one corpus, kept together, saved and loaded, and what they say of its parts."""

import hashlib
import json
import os
import shutil
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path

import pandas as pd
import yaml

from ..corpus.articles import PERIODS, inspect_corpus, without_copies
from ..measures.agency import agency
from ..measures.certainty import hedges
from ..measures.entities import COLUMNS, discover_actors, genders_of, mentions, read_actors
from ..measures.framing import frames, read_schemes
from ..measures.sentiment import sentiment
from ..measures.vocabulary import loaded_terms
from ..measures.voices import quotes
from ..reading.article import Reading, read_articles
from ..reading.encoder import fingerprint
from ..reading.lexicon import FOLDER
from ..text.language import languages, speak, tr
from ..text.places import cache_folder, seeds_folder, source_hash
from ..text.tables import COLUMNS as TABLES
from ..text.tables import table

SETTINGS = {
    "title": "A study of French articles",
    "description": "",
    "language": "en",
    "share_full_text": False,
    "group_by": "outlet",
    "copies": "every",  # near-copies of a text count every time, or "once"
}
_SAVED = [name for name in TABLES if name not in {"tokens"}]


@dataclass(repr=False)
class Study:
    """The tables of one corpus, as attributes under the names of `analysis.tables`; `actors` is the catalogue.

    As a cell's last line it shows what it holds, and what to do with it.

    reading: the parses (absent from a study that was loaded). settings: what `study.yaml` says.
    """

    articles: pd.DataFrame
    actors: pd.DataFrame
    sentences: pd.DataFrame
    mentions: pd.DataFrame
    quotes: pd.DataFrame
    scare_quotes: pd.DataFrame
    hedges: pd.DataFrame
    loaded_terms: pd.DataFrame
    frames: pd.DataFrame
    sentiment: pd.DataFrame
    agency: pd.DataFrame
    problems: pd.DataFrame
    settings: dict = field(default_factory=lambda: dict(SETTINGS))

    @cached_property
    def reading(self) -> Reading:
        """The parses of the articles, from the cache."""
        return read_articles(self.articles, progress=False)

    @property
    def tokens(self):
        """The table `tokens`: every token with lemma, part of speech and dependency."""
        return self.reading.tokens

    def __repr__(self):
        sizes = ", ".join(f"{which} {len(getattr(self, which)):,}" for which in _tables())
        return f"<Study “{self.settings['title']}”: {sizes}>"

    def copy(self, **changed):
        """The same study with these tables (or settings) in place of its own: `study.copy(quotes=some_of_them)`."""
        return replace(self, **changed)

    def save(self, folder):
        """Writes every table as Parquet, and the settings, into a folder (made if need be)."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for name in [*_tables(), "actors"]:
            getattr(self, name).to_parquet(folder / f"{name}.parquet")
        (folder / "settings.json").write_text(json.dumps(self.settings, ensure_ascii=False, indent=1), encoding="utf-8")


def _tables():
    return [f.name for f in fields(Study) if f.name in _SAVED]


def load_study(folder):
    """The study saved in a folder; results are told in its language. Raises FileNotFoundError naming the table that isn't there."""
    study = _loaded(Path(folder))
    speak(study.settings["language"])
    return study


def _loaded(folder):
    for name in [*_tables(), "actors"]:
        if not (folder / f"{name}.parquet").exists():
            raise FileNotFoundError(f"{folder} holds no saved study: {name}.parquet is missing")
    made = {name: table(name, pd.read_parquet(folder / f"{name}.parquet")) for name in _tables()}
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    return Study(**made, actors=pd.read_parquet(folder / "actors.parquet"), settings=settings)


def analyse(articles, actors, *, schemes=None, progress=True):
    """The :class:`Study` of a table of articles and a catalogue of actors: read once, measured, cached by content.

    schemes: frames of the study's own, see :func:`analysis.framing.read_schemes`. The same texts, catalogue, lexicons
    and rules give the kept tables back; a text that was read before is never parsed again. progress: whether a bar shows while texts are read.
    """
    kept = cache_folder() / "studies" / _key(articles, actors, schemes or {})
    try:
        return _loaded(kept)
    except Exception:  # not there, or damaged: made anew
        study = _measured(articles, actors, schemes, progress)
    unfinished = kept.with_name(f"{kept.name}.{os.getpid()}")
    shutil.rmtree(kept, ignore_errors=True)  # a damaged one
    try:
        study.save(unfinished)
        unfinished.replace(kept)
    except OSError:  # no place to write, or made meanwhile by another process
        pass
    return study


def _measured(articles, actors, schemes, progress):
    reading = read_articles(articles, progress=progress)
    found = mentions(reading, actors)
    said, scares = quotes(reading, found, genders=genders_of(actors))
    judged = sentiment(reading, found, said, progress=progress)  # before the frames, which then read no sentence again
    return Study(
        articles=table("articles", articles),
        actors=actors,
        sentences=reading.sentences,
        mentions=found,
        quotes=said,
        scare_quotes=scares,
        hedges=hedges(reading, said, found),
        loaded_terms=loaded_terms(reading, said, found),
        frames=frames(reading, said, schemes),
        sentiment=judged,
        agency=agency(reading, found),
        problems=table(
            "problems",
            [
                {"doc_id": q["doc_id"], "what": "note: quotation", "why": f"opened and never closed at {q['start']}"}
                for q in said[~said["closed"]].to_dict("records")
            ],
        ),
    )


def _key(articles, actors, schemes):
    """A hash of all that a study is made of: texts and metadata, catalogue, lexicons, model, rules."""
    digest = hashlib.sha256(pd.util.hash_pandas_object(articles.astype(str), index=False).values.tobytes())
    digest.update(actors.to_csv().encode())
    digest.update("".join(f"{name}\n{lexicon.to_csv()}" for name, lexicon in schemes.items()).encode())
    for path in sorted(FOLDER.rglob("*.csv")):
        digest.update(path.read_bytes())
    digest.update(fingerprint().encode())
    digest.update(source_hash("text", "reading", "measures").encode())
    return digest.hexdigest()[:32]


def open_study(folder=None):
    """The study of a folder of seeds: its articles, `actors.yaml` and `study.yaml`, read and measured.

    `frames/` beside them may define frames of the study's own. folder: default `seeds/` of the project, or $CADRAGE_SEEDS. Results are told
    in the language that `study.yaml` names. Without `actors.yaml` the actors are discovered.
    `problems` holds what could not be read. Raises ValueError for a broken `actors.yaml` or `study.yaml`.
    """
    folder = Path(folder or seeds_folder())
    settings = read_settings(folder / "study.yaml")
    speak(settings["language"])
    if settings["title"] == SETTINGS["title"]:
        settings["title"] = tr("A study of French articles")
    articles, problems = inspect_corpus(folder)
    catalogue = folder / "actors.yaml"
    if catalogue.exists():
        actors = read_actors(catalogue)
    else:
        actors = discover_actors(articles) if len(articles) else pd.DataFrame(columns=COLUMNS, dtype="str")
    kept = without_copies(articles) if settings["copies"] == "once" else articles
    study = analyse(kept, actors, schemes=read_schemes(folder / "frames"))
    study.settings = settings
    copies = articles[~articles["doc_id"].isin(kept["doc_id"])].assign(what="set aside")
    copies["why"] = "a near-copy of " + copies["duplicate_group"] + ", and copies count once in this study"
    study.problems = table(
        "problems", pd.concat([problems, copies, study.problems], ignore_index=True)[list(TABLES["problems"])]
    )
    return study


def read_settings(path):
    """The settings of `study.yaml`, with defaults for those it doesn't give. Raises ValueError for unknown ones."""
    if not path.exists():
        return dict(SETTINGS)
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {}
    except yaml.YAMLError as error:
        raise ValueError(f"{path} is not YAML: {error}") from error
    unknown = sorted(map(str, set(given) - set(SETTINGS))) if isinstance(given, dict) else [given]
    if unknown:
        raise ValueError(f"{path}: unknown setting {unknown[0]!r}; known: {', '.join(SETTINGS)}")
    given = {key: value for key, value in given.items() if value is not None}
    if given.get("language", "en") not in languages():
        raise ValueError(f"{path}: language is {given['language']!r}: {', '.join(languages())}")
    if not isinstance(given.get("share_full_text", False), bool):
        raise ValueError(
            f"{path}: share_full_text is {given['share_full_text']!r}: true or false, without quotation marks"
        )
    groups = [*PERIODS, "outlet", "section", "author", "edition", "channel", "language", "source_file"]
    if given.get("group_by", "outlet") not in groups:
        raise ValueError(f"{path}: group_by is {given['group_by']!r}: one of {', '.join(groups)}")
    if given.get("copies", "every") not in ("every", "once"):
        raise ValueError(f"{path}: copies is {given['copies']!r}: every or once")
    return SETTINGS | given | {key: str(given[key]) for key in ("title", "description") if key in given}
