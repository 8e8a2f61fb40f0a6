"""From articles to a study: actors discovered, everything measured, or a whole folder opened."""

from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from ..corpus.articles import TABLES as OF_CORPUS
from ..corpus.articles import inspect_corpus
from ..corpus.copies import without_copies
from ..measures.catalogue import COLUMNS, names_actors, read_actors, read_groups
from ..measures.discovery import joined
from ..measures.framing import read_schemes
from ..reading.lexicon import read_forced
from ..text.language import speak, tr
from ..text.places import seeds_folder
from ..text.tables import table
from ..text.typography import n_words
from . import engine
from .corrections import read_corrections
from .groups import unknown
from .settings import SETTINGS, read_settings
from .study import Study
from .validation.codings import inspect_codings
from .validation.corrected import corrected, unfitting


def discover_actors(articles, *, at_least=2, client=None, progress=True):
    """A catalogue proposed from the articles themselves: people and organisations named at least so many times.

    articles: a table of articles. Found by spaCy's entities (people about .9, organisations about .7 right) and the lists of
    `lexicons/` (organisations, states, first names, what is no actor); a country or town counts, as a state, where it acts;
    an outlet where it does more than report. One actor has one name, and what articles show to be its other names are its
    forms. To be read over before it is used (see `analysis.lab.proposals`). Names are counted article by article and the
    counts joined: columns as :func:`read_actors`. client: as for :func:`analyse`.
    """
    articles = _checked(articles)
    with _bar(articles, progress) as bar:
        return _discovered(articles, at_least, client, bar)


def _discovered(articles, at_least, client, bar):
    if not len(articles):
        return pd.DataFrame(columns=COLUMNS, dtype="str")
    return joined(engine.names(articles, client=client, bar=bar), at_least)


def analyse(articles, actors, *, schemes=None, lexicons=None, client=None, progress=True):
    """The :class:`Study` of a table of articles and a catalogue of actors: read once, measured, cached by content.

    articles: a table with doc_id (unique) and text, and whatever else of the table `articles` is known; the study has them by
    doc_id. schemes: frames of the study's own, see :func:`analysis.measures.framing.read_schemes`. lexicons:
    entries forced on or off in this study, see :func:`analysis.reading.lexicon.read_forced`. client: a Dask client whose
    cluster does the work (else that of $CADRAGE_SCHEDULER, else all cores of this machine). The same texts, catalogue,
    lexicons and rules give the kept tables back, however they were mapped; one more article costs only itself. progress:
    whether a bar shows. Raises ValueError for a table of articles that isn't one, RuntimeError where a cluster doesn't answer.
    """
    articles = _checked(articles)
    with _bar(articles, progress) as bar:
        return _analysed(articles, actors, schemes, lexicons, client, bar)


def _analysed(articles, actors, schemes, lexicons, client, bar):
    stored, lost = engine.tables(articles, actors, schemes or {}, lexicons or {}, client=client, bar=bar)
    study = Study(articles, actors, stored)
    return study.copy(problems=_problems(lost, study.problems)) if lost else study


def _problems(*parts):
    wanted = OF_CORPUS["problems"]
    return table(wanted, pd.concat([table(wanted, part) for part in parts], ignore_index=True)[list(wanted)])


def _checked(articles):
    """The articles as the study has them: all columns, in the order of their doc_id."""
    missing = {"doc_id", "text"} - set(articles.columns)
    if missing:
        raise ValueError(f"a table of articles needs doc_id and text; it has no {sorted(missing)[0]}")
    made = table(OF_CORPUS["articles"], articles)
    wrong = made["doc_id"].isna() | made["text"].isna() | made["doc_id"].duplicated()
    if wrong.any():
        row = int(wrong.idxmax())
        why = (
            "twice"
            if made["doc_id"].duplicated()[row]
            else "without text"
            if made["text"].isna()[row]
            else "without one"
        )
        raise ValueError(f"row {row} of the articles: doc_id {made.loc[row, 'doc_id']!r} stands {why}")
    counted = pd.Series(
        [n_words(t) for t in made["text"]] if made["n_words"].isna().any() else made["n_words"], dtype="Int64"
    )
    return made.assign(n_words=made["n_words"].fillna(counted)).sort_values("doc_id", ignore_index=True)


@contextmanager
def _bar(articles, progress, times=1):
    """A bar over all that must be done, with an estimate of the time left; it shows once something has to be waited for."""
    from tqdm.auto import tqdm

    total = times * int(articles["text"].str.len().sum())
    with tqdm(total=total, unit="char", unit_scale=True, desc="Analysing", disable=not progress, delay=1) as bar:
        yield bar


def open_study(folder=None, *, client=None, progress=True):
    """The study of a folder of seeds: its articles, `actors.yaml` and `study.yaml`, read and measured.

    `frames/` beside them may define frames of the study's own, `lexicons/` force entries of the lexicons on or off,
    `corrections.csv` puts rows right, `codings/` holds samples coded by hand. folder: default `seeds/` of the project, or $CADRAGE_SEEDS.
    Results are told in the language that `study.yaml` names. Without `actors.yaml`, or with one that names nobody, the actors are discovered.
    `problems` holds what could not be read. client, progress: as for :func:`analyse`. Raises ValueError for a broken
    `actors.yaml` or `study.yaml`.
    """
    folder = Path(folder or seeds_folder())
    settings = read_settings(folder / "study.yaml")
    speak(settings["language"])
    if settings["title"] == SETTINGS["title"]:
        settings["title"] = tr("A study of French articles")
    articles, problems = inspect_corpus(folder)
    catalogue, schemes, lexicons = folder / "actors.yaml", read_schemes(folder / "frames"), read_forced(folder / "lexicons")
    kept = _checked(without_copies(articles) if settings["copies"] == "once" else articles)
    given = read_actors(catalogue) if catalogue.exists() and names_actors(catalogue) else None
    groups = read_groups(catalogue) if catalogue.exists() else {}
    given = None if given is None or given.empty else given
    with _bar(kept, progress, times=1 if given is not None else 2) as bar:
        actors = _discovered(kept, 2, client, bar) if given is None else given
        if given is None and settings["states"] == "hidden":
            actors = actors[actors["type"] != "state"].reset_index(drop=True)
        study = _analysed(kept, actors, schemes, lexicons, client, bar)
    study = study.copy(settings=settings | ({"groups": groups} if groups else {}))
    study.folder = folder
    copies = articles[~articles["doc_id"].isin(kept["doc_id"])].assign(what="set aside")
    copies["why"] = "a near-copy of " + copies["duplicate_group"] + ", and copies count once in this study"
    study = study.copy(problems=_problems(problems, copies, _strangers(groups, study.actors), study.problems))
    return _with_hand_work(study, folder)


def _strangers(groups, actors):
    """The names in groups that no actor of the study bears, as problems."""
    rows = [
        {"source_file": "actors.yaml", "doc_id": None, "what": "not used", "why": f"the group {group!r} names {name!r}, who is no actor of this study" + (f"; did you mean {near!r}?" if near else "")}
        for group, name, near in unknown(groups, actors["actor"])
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["source_file", "doc_id", "what", "why"])


def _with_hand_work(study, folder):
    """A study with what stands in its folder of corrections and codings; what of them fits nowhere is told."""
    corrections, codings = read_corrections(folder), folder / "codings"
    study = study.with_corrections(corrections) if len(corrections) else study
    if not codings.is_dir():
        return study
    read, rows = inspect_codings(codings)
    study = study.with_codings(read)
    for file, lost in unfitting(study, read).groupby("source_file"):
        units = lost["unit"].unique()
        why = f"{len(units)} units coded that the kit does not have (any more), the first {units[0]!r}"
        rows.append({"source_file": f"codings/{file}", "doc_id": None, "what": "not used", "why": why})
    for measure in read["measure"].unique():
        try:
            corrected(study, read, measure)
        except ValueError as error:
            rows.append({"source_file": "codings/", "doc_id": None, "what": "not used", "why": str(error)})
    return study.copy(problems=_problems(study.problems, pd.DataFrame(rows))) if rows else study
