"""Stories: articles about one event brought together, in the order of time, so that a story may run for weeks and another trial of the same
man is another story.

What two articles share is weighed: rare words, names and words of titles count more, and most where the word stands out in those
weeks (a name that the corpus has all year tells little). A small model says how probable it is that both tell of one event. Each article is
laid only against those of the weeks before that share its foremost words, so that the time grows with the articles and not with their pairs.
"""

import csv
import json
import re
from collections import Counter, defaultdict, deque
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..text.places import MODELS
from ..text.tables import NUMBER, TEXT, WHOLE, table
from ..text.typography import word_places

COLUMNS = {"story_id": TEXT, "doc_id": TEXT, "similarity": NUMBER, "nearest": TEXT, "n_shared": WHOLE, "shared": TEXT}
FEATURES = ("cosine", "days", "rare", "less of a title", "more of a title", "another of a series", "same beginning")
_FOLDER = MODELS / "stories"
_WINDOW, _BURST, _UNDATED = 45, 21, 10  # days back to which an article's story is sought; within which a word stands out; that an unknown gap counts
_FOREMOST, _CANDIDATES, _LIVE, _MEMBERS = 25, 12, 150, 8  # words by which candidates are found; of them; articles of a word; of a story
_COMMON, _RARE = 0.15, 0.01  # shares of articles that have a word, from which on it says nothing; up to which it is rare
_NAME, _TITLE, _LEAST = 1.8, 1.8, 0.05  # how much more a name and a word of the title weigh; cosine below which no pair is judged
_FEWEST, _ALIKE = 3, 0.4  # rare words that two articles must share, but where their cosine is as large
_BEGINNING = 4  # words with which two titles of one rubric begin alike
_TOLD = 8  # words that are told of what two articles share
_PARTS = re.compile(r"^(?:[cdjlmnst]|qu)'", re.I)
_OF_SERIES = re.compile(
    r"\b(\d+)(?:e|er|ère|ème)\b|\b(premi[eè]re?|seconde?|deuxième|troisième|quatrième|cinquième|sixième|septième|huitième|neuvième|dixième|"
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b",
    re.I,
)
_DATES = {*"lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()}  # fmt: skip


class Words(NamedTuple):
    """What one article says: how often each word comes, which are names, which stand in the title; the title itself; its day or None."""

    counts: dict
    names: frozenset
    of_title: frozenset
    title: str
    day: int | None


def stories(articles):
    """The stories of a table of articles: `COLUMNS`, one row per article, an article alone is a story of one.

    story_id is the doc_id of the story's first article. similarity: the probability that the article and `nearest`, the member most like it
    that came before, tell of one event (missing of a first article); n_shared and shared: how many rare words both have, and the
    foremost of them, names first. Articles without a date are laid against all. See `models/stories/README.md` for what was measured: half of the pairs that
    people would join are found, so a story is a beginning of a search, not the end of it.
    """
    ordered = articles.sort_values(["date", "doc_id"], ignore_index=True, na_position="last")
    corpus = Corpus(words_of(row) for row in ordered.itertuples())
    story, rows, members = {}, [], defaultdict(deque)
    for i, others in enumerate(_candidates(corpus)):
        judged = sorted(((probability(corpus, i, j), j) for j in others), reverse=True)
        chosen, sure, nearest = _joined(corpus, i, judged, story, members)
        story[i] = chosen
        members[chosen].append(i)
        while len(members[chosen]) > _MEMBERS:
            members[chosen].popleft()
        rows.append(_row(corpus, ordered["doc_id"], i, chosen, sure, nearest))
    return table(COLUMNS, rows).sort_values("doc_id", ignore_index=True)


def words_of(article):
    """The :class:`Words` of an article: a row with text, title and date."""
    text, title = article.text, article.title if isinstance(article.title, str) else article.text.split("\n", 1)[0][:200]
    counts, names, of_title = Counter(), set(), set()
    for word, start, _ in word_places(text):
        word = _PARTS.sub("", word).rstrip("'")
        capital = text[start + 2 : start + 3].isupper() if text[start + 1 : start + 2] in "'’" else text[start].isupper()
        if len(word) < (3 if capital else 4) or word.isdigit() or word in _DATES:
            continue
        counts[word] += 1
        before = text[max(0, start - 3) : start].rstrip()[-1:]
        if capital and start > len(title) and before not in ("", *'.!?…\n»«"“'):
            names.add(word)
        if start < len(title):
            of_title.add(word)
    day = None if pd.isna(article.date) else (article.date - pd.Timestamp(0)).days
    return Words(dict(counts), frozenset(names), frozenset(of_title), title, day)


class Article(NamedTuple):
    """What is kept of one article: its names and the words of its title, as numbers; the title's beginning, its place in a series; its day or None."""

    names: np.ndarray
    of_title: np.ndarray
    beginning: tuple
    series: frozenset
    day: int | None


class Corpus:
    """What is known of all articles before two are laid against each other: how many have a word, and when, and what each article weighs. A class
    because every pair asks it. Words are numbers here, and an article two short arrays, so that a hundred thousand fit into memory."""

    def __init__(self, read):
        number, self.read, counts = {}, [], []
        for article in read:
            ids = np.array([number.setdefault(w, len(number)) for w in article.counts], np.int32)
            order = np.argsort(ids)
            counts.append((ids[order], np.array(list(article.counts.values()), np.int32)[order]))
            told = (np.array(sorted(number[w] for w in words), np.int32) for words in (article.names, article.of_title))
            title = article.title.lower()
            series = frozenset(a or b for a, b in _OF_SERIES.findall(title))
            self.read.append(Article(*told, tuple(title.split()[:_BEGINNING]), series, article.day))
        self.words, size = list(number), len(self.read)
        self.spread = np.bincount(np.concatenate([ids for ids, _ in counts]), minlength=len(number)) if size else np.zeros(0, int)
        back, of_back = _background()
        self.share = (self.spread + np.array([back.get(w, 0) for w in self.words])) / (size + of_back)
        days = [np.full(len(ids), np.iinfo(np.int32).min if a.day is None else a.day, np.int32) for (ids, _), a in zip(counts, self.read)]
        self.telling = [frozenset(a.of_title[self.share[a.of_title] < _COMMON / 3].tolist()) for a in self.read]
        weighed = [self._weighed(i, *own) for i, own in enumerate(zip(counts, self._standing_out(counts, days)))]
        self.weights, self.lengths = [w for w, _ in weighed], [length for _, length in weighed]

    def _standing_out(self, counts, days):
        """Of each article's words the share of the word's articles that lie within three weeks of its day; a half where the day is not known."""
        ids, when = (np.concatenate(x) if x else np.zeros(0, np.int32) for x in ([i for i, _ in counts], days))
        dated = when > np.iinfo(np.int32).min
        span = np.int64(1) << 32  # a word and a day as one number, in the order of both
        keys = np.sort(ids[dated].astype(np.int64) * span + when[dated] + (span >> 1))
        known = np.bincount(ids[dated], minlength=len(self.words))
        for (own, _), day in zip(counts, days):
            if not len(own) or day[0] == np.iinfo(np.int32).min:
                yield np.full(len(own), 0.5)
                continue
            at = own.astype(np.int64) * span + day + (span >> 1)
            yield (np.searchsorted(keys, at + _BURST, "right") - np.searchsorted(keys, at - _BURST)) / np.maximum(known[own], 1)

    def _weighed(self, i, counted, standing):
        """((ids, weights) of an article's words that others have too and that say something, the length of all that say something)."""
        ids, n = counted
        telling = self.share[ids] <= _COMMON
        ids, n = ids[telling], n[telling]
        weights = (1 + np.log(n)) * -np.log(self.share[ids]) * (0.3 + 0.7 * standing[telling])
        weights *= np.where(np.isin(ids, self.read[i].names), _NAME, 1) * np.where(np.isin(ids, self.read[i].of_title), _TITLE, 1)
        others = self.spread[ids] > 1
        return (ids[others], weights[others].astype(np.float32)), float(np.linalg.norm(weights)) or 1.0

    def both(self, i, j):
        """(ids, weights in the one, weights in the other) of the words that two articles share."""
        (one, a), (other, b) = self.weights[i], self.weights[j]
        ids, here, there = np.intersect1d(one, other, assume_unique=True, return_indices=True)
        return ids, a[here], b[there]

    def shared(self, i, j):
        """The rare words that two articles share, the weightiest first, names before others."""
        ids, weights, _ = self.both(i, j)
        named = np.isin(ids, np.concatenate([self.read[i].names, self.read[j].names]))
        rare = [(not is_name, -w, self.words[k]) for k, w, is_name in zip(ids, weights, named) if self.share[k] <= _RARE]
        return [word for _, _, word in sorted(rare)]


def _candidates(corpus):
    """Of each article, in order, those before it that share its foremost words, the nearest first; of the last weeks where dates are known."""
    live = defaultdict(lambda: deque(maxlen=_LIVE))
    for i, article in enumerate(corpus.read):
        ids, weights = corpus.weights[i]
        foremost = np.argsort(-weights, kind="stable")[:_FOREMOST]
        score = defaultdict(float)
        for word, weight in zip(ids[foremost].tolist(), weights[foremost].tolist()):
            held = live[word]
            while held and article.day is not None and held[0][2] is not None and held[0][2] < article.day - _WINDOW:
                held.popleft()
            for j, share, _ in held:
                score[j] += weight * share
        yield sorted(score, key=lambda j: (-score[j], j))[:_CANDIDATES]
        for word, weight in zip(ids[foremost].tolist(), weights[foremost].tolist()):
            live[word].append((i, weight / corpus.lengths[i], article.day))


def features(corpus, i, j):
    """The `FEATURES` of two articles; None where they share too little to be judged."""
    ids, here, there = corpus.both(i, j)
    cosine = float(here @ there) / corpus.lengths[i] / corpus.lengths[j]
    rare = int((corpus.share[ids] <= _RARE).sum())
    if cosine < _LEAST or rare < _FEWEST and cosine < _ALIKE:
        return None
    one, other = corpus.read[i], corpus.read[j]
    gap = _UNDATED if one.day is None or other.day is None else abs(one.day - other.day)
    both = set(ids.tolist())
    found = sorted(len(corpus.telling[k] & both) / max(1, len(corpus.telling[k])) for k in (i, j))
    series = bool(one.series and other.series and not one.series & other.series)
    same = len(one.beginning) == _BEGINNING and one.beginning == other.beginning
    return cosine, np.log1p(gap), np.log1p(rare), *found, float(series), float(same)


@cache
def _model():
    return json.loads((_FOLDER / "weights.json").read_text(encoding="utf-8"))


@cache
def _background():
    """({word: articles that have it}, number of articles) of French news at large, so that small corpora know common words."""
    with open(_FOLDER / "words.csv", encoding="utf-8", newline="") as stream:
        rows = {row["word"]: int(row["articles"]) for row in csv.DictReader(stream)}
    return rows, _model()["background"]


def probability(corpus, i, j):
    """The probability that two articles tell of one event."""
    found = features(corpus, i, j)
    if found is None:
        return 0.0
    model = _model()
    return float(1 / (1 + np.exp(-(model["intercept"] + sum(model["weights"][name] * x for name, x in zip(FEATURES, found))))))


def _joined(corpus, i, judged, story, members):
    """(story, similarity, nearest) of an article: the story of the one most like it, if the others of that story are not unlike it."""
    model = _model()
    for sure, j in judged:
        if sure < model["threshold"]:
            break
        others = [probability(corpus, i, k) for k in members[story[j]] if k != j]
        if not others or np.mean(others) >= model["others"]:
            return story[j], sure, j
    return i, None, None


def _row(corpus, ids, i, chosen, sure, nearest):
    row = {"story_id": ids[chosen], "doc_id": ids[i], "similarity": sure}
    if nearest is None:
        return row
    shared = corpus.shared(i, nearest)
    return row | {"nearest": ids[nearest], "n_shared": len(shared), "shared": ", ".join(shared[:_TOLD])}
