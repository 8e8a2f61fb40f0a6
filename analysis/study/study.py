"""Study: the tables of one corpus, kept together, loaded when first used, saved and asked in SQL."""

import json
import re
from pathlib import Path

import pandas as pd
import pyarrow as pa

from ..measures.running import tables as declared
from ..reading.article import token_rows
from ..text.language import speak
from ..text.tables import arrow_table, table
from . import across
from .corrections import COLUMNS as CORRECTIONS
from .corrections import FILE, mended
from .groups import grouped
from .parts import Stored
from .settings import SETTINGS
from .validation.codings import COLUMNS as CODINGS

_GIVEN = ("articles", "actors")
_BESIDE = ("corrections", "codings")  # what people said of it: files of the study's folder


class Study:
    """The tables of one corpus, as attributes under their names (see the README); `actors` is the catalogue.

    A table is read from disk when it is first asked for, and then stays in memory; :meth:`sql` asks the files themselves.
    As a cell's last line a study shows what it holds, and what to do with it. A class because tables are many, large, and
    seldom all wanted. Which articles tell one story (`stories`) and what text they share (`reuse`) is found when first asked for. settings: what `study.yaml` says. corrections: rows put right by hand, laid over what the kit found (see
    `analysis.study.corrections`); codings: a sample coded by hand (see `analysis.study.validation`). folder: where its seeds lie, if it was opened
    from some; changed: the tables that were given in place of its own.
    """

    def __init__(self, articles, actors, stored, *, settings=None, corrections=None, codings=None, folder=None, changed=frozenset(), **tables):
        self.settings = dict(SETTINGS) | (settings or {})
        self.corrections = table(CORRECTIONS, () if corrections is None else corrections)
        self.codings = table(CODINGS, () if codings is None else codings)
        self.folder = folder
        self._stored, self._changed = stored, frozenset(changed)
        self._tables = {"articles": articles, "actors": actors} | tables

    def __getattr__(self, name):
        if name.startswith("_") or name not in names():
            raise AttributeError(f"a study has no table {name!r}: {', '.join(names())}")
        if name == "tokens":
            return self._tokens()
        if name not in self._tables:
            self._tables[name] = self._loaded(name)
        return self._tables[name]

    def __dir__(self):
        return [*super().__dir__(), *names()]

    def __repr__(self):
        return f"<Study “{self.settings['title']}”: {', '.join(f'{name} {n:,}' for name, n in self.sizes().items())}>"

    def _loaded(self, name):
        if name in across.MADE:
            return across.made(name, self.articles)
        return mended(self._found(name), name, self.corrections, self.articles)[0]

    def _found(self, name):
        found = self._stored.load(name)
        rows = table(declared()[name], () if found is None else found.to_pandas())
        return rows if name == "problems" else rows[rows["doc_id"].isin(self.articles["doc_id"])].reset_index(drop=True)

    def _tokens(self):
        """The table `tokens`: every token with lemma, part of speech and dependency; made anew each time, and large."""
        return table(declared()["tokens"], pd.concat(f.to_pandas() for f in self._token_parts()))

    def _token_parts(self):
        from . import engine

        columns = declared()["tokens"]
        yield arrow_table(columns, [])
        for doc_id, article in engine.read_again(self.articles):
            yield arrow_table(columns, [row | {"doc_id": doc_id} for row in token_rows(article)])

    def sizes(self):
        """{table: number of rows}, without loading what isn't loaded."""
        kept = [name for name in names() if name not in {*_GIVEN, "tokens"} and (name not in across.MADE or name in self._tables)]
        counts = {name: len(getattr(self, name)) if name in self._tables or self._is_corrected(name) else self._stored.count(name) for name in kept}
        return {"articles": len(self.articles)} | counts

    def with_corrections(self, corrections):
        """The same study with these corrections in place of its own; `problems` says which fit nowhere. Raises ValueError where a table to be
        corrected was changed (`copy`, `grouped`): its rows are not those that the kit found."""
        touched = {*corrections["table"], *self.corrections["table"]}
        if lost := sorted(touched & self._changed):
            raise ValueError(f"{lost[0]} of this study is not as the kit found it (copy, or grouped): correct the study that it was made from")
        return self._laid(corrections, touched)

    def _laid(self, corrections, touched):
        """The same study with these corrections laid over what the kit found; touched: the tables that are found anew."""
        made = self._copied(corrections=corrections, problems=self._uncorrected_problems())
        made._tables = {name: rows for name, rows in made._tables.items() if name not in touched}
        told = [row for name in corrections["table"].unique() for row in mended(made._found(name), name, made.corrections, made.articles)[1]]
        problems = made._tables["problems"]
        return made._copied(problems=table(declared()["problems"], pd.concat([problems, pd.DataFrame(told)]))) if told else made

    def with_codings(self, codings):
        """The same study with these codings."""
        return self._copied(codings=codings)

    def _uncorrected_problems(self):
        return self.problems[self.problems["source_file"] != FILE]

    def as_found(self):
        """The same study as the kit found it, without corrections: what its answers are measured by."""
        return self._laid(self.corrections.head(0), set(self.corrections["table"])) if len(self.corrections) else self

    def copy(self, *, settings=None, **tables):
        """The same study with these tables (or settings) in place of its own: `study.copy(quotes=some_of_them)`."""
        wrong = sorted(set(tables) - set(names()))
        if wrong:
            raise TypeError(f"a study has no table {wrong[0]!r}: {', '.join(names())}")
        made = self._copied(settings=settings or self.settings, changed=self._changed | set(tables) - {"articles", "actors", "problems"}, **tables)
        for name in set(across.MADE) - set(tables) if "articles" in tables else ():
            made._tables.pop(name, None)  # of other articles others
        return made

    def where(self, query):
        """The part of the study whose articles fit a condition over their columns, as another Study: `study.where("outlet == 'Le Phare' and
        date >= '2026-04'")`.

        Every table holds only the rows of these articles; stories and copied text are found anew among them. Raises ValueError for a condition
        that is none, with the columns there are, and for one that no article fits.
        """
        try:
            articles = self.articles.query(query)
        except Exception as error:  # of a condition pandas may say anything
            columns = ", ".join(self.articles.columns)
            how = "write == for “is”, and a name that holds an apostrophe in double quotes: study.where('outlet == \"L\\'Écho\" and date >= \"2026-04\"')"
            raise ValueError(f"{str(query)[:200]!r} is no condition over the columns of articles ({columns}): {str(error)[:200]}; {how}") from error
        if articles.empty:
            outlets = ", ".join(self.articles["outlet"].dropna().unique()[:12])
            raise ValueError(f"no article fits {query!r}; the outlets are {outlets or 'not known'}, the dates from {self.articles['date'].min()} to {self.articles['date'].max()}")
        ids = set(articles["doc_id"])
        kept = {name: getattr(self, name) for name in names() if name not in {*_GIVEN, "tokens", *across.MADE}}
        kept = {name: rows[rows["doc_id"].isin(ids)].reset_index(drop=True) for name, rows in kept.items()}
        made = self._copied(articles=articles.reset_index(drop=True), **kept)
        for name in across.MADE:
            made._tables.pop(name, None)  # of other articles others
        own = {which: rows[rows["doc_id"].isin(ids)] for which in _BESIDE if len(rows := getattr(self, which))}
        return made._copied(**own) if own else made

    def grouped(self):
        """The same study with the groups of `actors.yaml` in the place of their actors: see :func:`.groups.grouped`."""
        return grouped(self)

    def _copied(self, **changed):
        own = {"settings": self.settings, "corrections": self.corrections, "codings": self.codings, "folder": self.folder, "changed": self._changed}
        return Study(stored=self._stored, **(own | self._tables | changed))

    def sql(self, query):
        """The answer to a query in SQL (DuckDB's) over the tables of the study, by their names, as a DataFrame.

        `study.sql("select outlet, count(*) as n from loaded_terms join articles using (doc_id) group by outlet")`. The files
        are asked where they lie: what the answer doesn't need is never in memory. `tokens` can be asked too, once in a query.
        """
        import duckdb

        with duckdb.connect() as connection:
            for name in names():
                if re.search(rf"\b{name}\b", query, re.I):
                    self._show(connection, name)
            return connection.execute(query).df()

    def _show(self, connection, name):
        if name == "tokens":
            parts = self._token_parts()
            first = next(parts)
            stream = (batch for part in parts for batch in part.to_batches())
            connection.register(name, pa.RecordBatchReader.from_batches(first.schema, stream))
        elif name in self._tables or self._is_corrected(name) or name in across.MADE or not self._stored.view(connection, name):
            connection.register(name, getattr(self, name))

    def _is_corrected(self, name):
        return name in set(self.corrections["table"])

    def save(self, folder):
        """Writes every table as Parquet, and the settings, into a folder (made if need be); corrections and codings beside them."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for name in names():
            if name != "tokens":
                kept = name in across.MADE or name in self._tables and not self._is_corrected(name)
                found = getattr(self, name) if kept else self._found(name)
                found.to_parquet(folder / f"{name}.parquet")
        for name in _BESIDE:
            getattr(self, name).to_parquet(folder / f"{name}.parquet")
        (folder / "settings.json").write_text(json.dumps(self.settings, ensure_ascii=False, indent=1), encoding="utf-8")


def names():
    """The names of a study's tables, the catalogue `actors` among them."""
    return ["articles", "actors", *(name for name in declared() if name != "articles"), *across.MADE]


def load_study(folder):
    """The study saved in a folder; results are told in its language. Raises FileNotFoundError naming the table that isn't there."""
    folder = Path(folder)
    for name in names():
        if name not in {"tokens", *across.MADE} and not (folder / f"{name}.parquet").exists():
            raise FileNotFoundError(f"{folder} holds no saved study: {name}.parquet is missing")
    settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    speak(settings["language"])
    articles = table(declared()["articles"], pd.read_parquet(folder / "articles.parquet"))
    actors = pd.read_parquet(folder / "actors.parquet")
    beside = {n: pd.read_parquet(folder / f"{n}.parquet") for n in (*_BESIDE, *across.MADE) if (folder / f"{n}.parquet").exists()}
    beside |= {name: table(across.MADE[name][0], beside[name]) for name in across.MADE if name in beside}
    return Study(articles, actors, Stored({folder: None}, {}), settings=settings, **beside)
