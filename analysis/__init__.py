"""Cadrage: how French news frames a story, treats its actors, and loads its words; whose words, and how surely."""

from importlib import import_module

from .corpus.articles import inspect_corpus, read_corpus
from .measures.catalogue import read_actors
from .measures.certainty import find_hedges
from .measures.entities import find_mentions
from .measures.framing import score_frames
from .measures.sentiment import score_targets
from .measures.vocabulary import find_loaded_terms
from .measures.voices import find_quotes
from .study.analysing import analyse, discover_actors, open_study
from .study.comparison import compare
from .study.concordance import Concordance, concordance
from .study.corrections import correct
from .study.keyness import keyness
from .study.study import Study, load_study
from .study.validation.agreement import agreement
from .study.validation.codings import read_codings
from .study.validation.corrected import corrected
from .study.validation.estimates import corrected_mean
from .study.validation.exports import write_sample
from .study.validation.sampling import sample_for_coding

__all__ = [
    "Study",
    "actor",
    "agreement",
    "analyse",
    "article",
    "code",
    "compare",
    "concordance",
    "correct",
    "corrected",
    "corrected_mean",
    "discover_actors",
    "explore",
    "find_hedges",
    "find_loaded_terms",
    "find_mentions",
    "find_quotes",
    "grid",
    "inspect_corpus",
    "keyness",
    "load_study",
    "open_study",
    "read_actors",
    "read_codings",
    "read_corpus",
    "sample_for_coding",
    "score_frames",
    "score_targets",
    "write_sample",
]

_LATER = {
    "actor": "lab.display",
    "article": "lab.display",
    "code": "lab.coding",
    "explore": "lab.exploring",
    "grid": "lab.grid",
}  # they draw: loaded when they are asked for


def __getattr__(door):
    if door in _LATER:
        return getattr(import_module(f".{_LATER[door]}", __name__), door)
    raise AttributeError(f"module {__name__!r} has no attribute {door!r}")


def _shown_by(what):
    return lambda shown: getattr(import_module(".lab.display", __name__), what)(shown)


Study._repr_html_, Concordance._repr_html_ = _shown_by("card"), _shown_by("lines")
