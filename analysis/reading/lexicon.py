"""Lexicons: folders with a table and a README, loaded, checked, and matched against readings by lemma."""

import hashlib
import os
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, wraps
from pathlib import Path

import pandas as pd

from ..text.places import LEXICONS as FOLDER
from ..text.typography import analysis_copy, nfc
from .parse import tokenizer

_POS = {
    "NOUN": {"NOUN"},
    "VERB": {"VERB", "AUX"},
    "ADJ": {"ADJ"},
    "ADV": {"ADV", "ADP", "SCONJ", "CCONJ", "NOUN"},
    "PROPN": {"PROPN", "NOUN"},
}


# lexicons that a study may change by `seeds/lexicons/<name>.csv`, and what an entry of its own has where it says nothing
OF_STUDIES = {
    "loaded": {"category": "other", "intensity": "2"},
    "hedges": {"form": "attribution", "type": "press_conditional"},
    "speech_verbs": {"pos": "VERB", "stance": "neutral", "takes": "que;quote;incise"},
    "metaphors": {"intensity": "1"},
}
_forced = {}  # {lexicon: (what the study that is measured forces, its hash)}


def read_forced(folder):
    """{lexicon: table} of the entries that a study forces: `loaded.csv`, `hedges.csv`, `speech_verbs.csv`, `metaphors.csv` of a folder.

    Columns entry and use: off (never found in this study) or on (found wherever it stands; one that the kit lacks is added, with
    what other columns of the lexicon are given). Empty where there is no such folder. Raises ValueError naming file and line.
    """
    found = {}
    for path in sorted(Path(folder).glob("*.csv")):
        if path.stem not in OF_STUDIES:
            raise ValueError(f"{path}: a study can force entries of {', '.join(OF_STUDIES)}")
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        missing = {"entry", "use"} - set(table.columns)
        if missing:
            raise ValueError(f"{path}: no column {sorted(missing)[0]!r}; it needs entry and use (on or off)")
        table["entry"] = [analysis_copy(nfc(v)).strip() for v in table["entry"]]
        wrong = ~table["use"].isin(["on", "off"]) | table["entry"].eq("") | table.duplicated("entry")
        if path.stem == "metaphors":
            own = table["entry"].isin(load_lexicon("metaphors")["entry"]) | (table["use"] == "off")
            wrong |= ~own & (table["domain"].eq("") if "domain" in table else True)
        if wrong.any():
            line = int(wrong.idxmax())
            raise ValueError(f"{path}, line {line + 2}: entry once, use on or off, and of a new metaphor its domain; found {tuple(table.loc[line])}")  # fmt: skip
        found[path.stem] = table
    return found


@contextmanager
def forcing(tables):
    """While it lasts the lexicons are those of a study that forces these entries, as :func:`read_forced` gives them."""
    before = dict(_forced)
    _forced.clear()
    for name, table in (tables or {}).items():
        _forced[name] = table, hashlib.sha256(table.to_csv().encode()).hexdigest()
    try:
        yield
    finally:
        _forced.clear()
        _forced.update(before)


def forced(name, lexicon):
    """A lexicon with what the study that is measured forces: entries off left out, on marked so in a column `use`, new ones added."""
    if name not in _forced:
        return lexicon
    own, _ = _forced[name]
    off, on = (set(own.loc[own["use"] == use, "entry"]) for use in ("off", "on"))
    kept = lexicon[~lexicon["entry"].isin(off)]
    kept = kept.assign(use=kept["entry"].map(lambda entry: "on" if entry in on else ""))
    new = own[(own["use"] == "on") & ~own["entry"].isin(kept["entry"])]
    for column, usual in OF_STUDIES[name].items():
        new = new.assign(**{column: new[column].replace("", usual) if column in new else usual})
    return pd.concat([kept, new], ignore_index=True).fillna("")


def load_lexicon(name, *, key=("entry",), folder=None):
    """The table of the lexicon `name`, with entries composed, in lower case, ’ as '.

    key: the columns that together name an entry once. folder: where to look beside the kit's own lexicons.
    Raises FileNotFoundError, or ValueError naming file, line and entry of the first that is empty or doubled.
    """
    path = Path(folder or FOLDER / name) / "lexicon.csv"
    if not path.exists():
        raise FileNotFoundError(f"no lexicon {name!r}: {path} does not exist")
    lexicon = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    missing = [c for c in key if c not in lexicon]
    if missing:
        raise ValueError(f"{path}: no column {missing[0]!r}; its columns: {', '.join(lexicon.columns)}")
    for column in key:
        lexicon[column] = [analysis_copy(nfc(v)).strip() for v in lexicon[column]]
    bad = lexicon[list(key)].eq("").any(axis=1) | lexicon.duplicated(list(key))
    if bad.any():
        line = int(bad.idxmax())
        raise ValueError(f"{path}, line {line + 2}: empty or doubled entry {tuple(lexicon.loc[line, list(key)])}")
    return lexicon if folder else forced(name, lexicon)


def from_lexicons(*names):
    """Decorates a function that makes something of these lexicons: it is made once, and anew when a file of theirs changes.

    Without names, of those that the function is called with.
    """

    def decorate(make):
        kept = {}

        @wraps(make)
        def made(*given):
            stamps = tuple([(_stamp(f"{FOLDER}/{name}/lexicon.csv"), _forced.get(name, (None, None))[1]) for name in names or given])
            if given not in kept or kept[given][0] != stamps:
                kept[given] = stamps, make(*given)
            return kept[given][1]

        return made

    return decorate


@from_lexicons()
def lexicon_rows(name):
    """The rows of the kit's lexicon `name`, as dicts that nobody changes."""
    return load_lexicon(name).to_dict("records")


def _stamp(path):
    """What tells that a file was written anew, at the price of one look at its folder."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def closed_list(name):
    """One of the small closed lists of the lexicon `functions`, as a frozenset of lower-case words."""
    return _closed_lists()[name]


@from_lexicons("functions")
def _closed_lists():
    lists = load_lexicon("functions", key=("list", "entry"))
    return {name: frozenset(group["entry"].str.casefold()) for name, group in lists.groupby("list")}


@dataclass(frozen=True)
class Stretch:
    """Some tokens of a doc that stand together: [first, last]."""

    doc: object
    first: int
    last: int

    @property
    def start(self):
        return self.doc[self.first].idx

    @property
    def end(self):
        return self.doc[self.last].idx + len(self.doc[self.last])

    @property
    def root(self):
        """The token that governs the others."""
        return self.doc[self.first : self.last + 1].root


@dataclass(frozen=True)
class Hit(Stretch):
    """An entry found in a doc: its tokens, and the entry's row."""

    row: dict


def matcher(lexicon):
    """An index of a lexicon's entries, to be given to :func:`find`; rows keep all their columns."""
    index = {}
    for row in lexicon.to_dict("records"):
        node = index
        for token in tokenizer().make_doc(row["entry"]):
            if not token.is_space:
                node = node.setdefault(token.lower_, {})
        node.setdefault(None, []).append(row)
    return index


def find(doc, index, *, overlapping=False, within=None):
    """Hits of a lexicon's entries in a doc, the longest at each place.

    A word of an entry matches any inflection of its lemma; a word with a `pos` must have that part of speech.
    An adverb may stand inside a phrase ("mettre encore le feu aux poudres"). Without `overlapping` a word
    belongs to one hit only, the first and longest. within: (first, end) tokens between which hits may begin.
    """
    hits, free, called = [], 0, _called(doc)
    for i in range(*(within or (0, len(doc)))):
        if i < free and not overlapping:
            continue
        found = _longest(doc, i, index, called) if any(form in index for form in called[i]) else []
        hits += found
        if found:
            free = max(h.last for h in found) + 1
    return hits


def _called(doc):
    """What each token of a doc may be called, made once for all lexicons."""
    if "called" not in doc.user_data:
        doc.user_data["called"] = [forms(token) for token in doc]
    return doc.user_data["called"]


def _longest(doc, i, index, called):
    best, frontier = [], [(i, index, 0)]
    while frontier:
        at, node, depth = frontier.pop()
        if at >= len(doc):
            continue
        for form in called[at]:
            child = node.get(form)
            if child is None:
                continue
            rows = [r for r in child.get(None, ()) if depth or _fits(doc[at], r)]
            if rows and (not best or at > best[0].last):
                best = [Hit(doc, i, at, row) for row in rows]
            frontier.append((at + 1, child, depth + 1))
        if depth and doc[at].pos_ == "ADV":
            frontier.append((at + 1, node, depth))
    return best


def _fits(token, row):
    wanted = row.get("pos")
    if wanted not in _POS:
        return True
    participle = token.pos_ in {"ADJ", "VERB", "AUX"} and (wanted == "VERB" or "Part" in token.morph.get("VerbForm"))
    return token.pos_ in _POS[wanted] or (wanted in {"ADJ", "VERB"} and participle and token.pos_ != "NOUN")


def forms(token):
    """What a token may be called in a lexicon, in order: as printed, its lemma by the parser, its lemma by simplemma.

    A verb in -e whose lemma neither knows ("lâche", "glisse") is also taken for the infinitive in -er.
    """
    return _forms(token.lower_, token.lemma_.casefold(), token.pos_ in {"VERB", "AUX"})


@lru_cache(maxsize=50_000)
def _forms(lower, lemma, verb):
    import simplemma

    guessed = [lower + "r"] if verb and lower.endswith("e") and lemma == lower else []
    return tuple(dict.fromkeys([lower, lemma, simplemma.lemmatize(lower, lang="fr").casefold(), *guessed]))
