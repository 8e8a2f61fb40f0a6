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
_FOREMOST, _CANDIDATES, _LIVE, _MEMBERS = 25, 12, 400, 8  # words by which candidates are found; of them; articles of a word; of a story
_COMMON, _RARE = 0.15, 0.01  # shares of articles that have a word, from which on it says nothing; up to which it is rare
_NAME, _TITLE, _LEAST = 1.8, 1.8, 0.1  # how much more a name and a word of the title weigh; cosine below which no pair is judged
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


class Corpus:
    """What is known of all articles before two are laid against each other: how many have a word, and when. A class because every pair asks it."""

    def __init__(self, read):
        self.read = list(read)
        self.days = defaultdict(list)
        for article in self.read:
            for word in article.counts:
                self.days[word].append(article.day)
        self.spread = {word: len(days) for word, days in self.days.items()}
        self.size, (back, of_back) = len(self.read), _background()
        self.share = {w: (n + back.get(w, 0)) / (self.size + of_back) for w, n in self.spread.items()}
        self.days = {w: np.sort(np.array([d for d in days if d is not None])) for w, days in self.days.items() if len(days) > 1}
        self.weights = [self._weighed(article) for article in self.read]
        self.lengths = [float(np.sqrt(sum(g * g for g in weights.values()))) or 1.0 for weights in self.weights]

    def _weighed(self, article):
        """{word: weight} of an article's words that others have too and that say something."""
        made = {}
        for word, n in article.counts.items():
            if self.spread[word] < 2 or self.share[word] > _COMMON:
                continue
            weight = (1 + np.log(n)) * -np.log(self.share[word]) * (0.3 + 0.7 * self._stands_out(word, article.day))
            made[word] = float(weight * (_NAME if word in article.names else 1) * (_TITLE if word in article.of_title else 1))
        return made

    def _stands_out(self, word, day):
        """The share of a word's articles that lie within three weeks of a day."""
        days = self.days[word]
        if day is None or not len(days):
            return 0.5
        return (np.searchsorted(days, day + _BURST, "right") - np.searchsorted(days, day - _BURST)) / len(days)

    def cosine(self, i, j):
        """How much of their weight two articles share."""
        one, other = sorted((self.weights[i], self.weights[j]), key=len)
        return sum(g * other[w] for w, g in one.items() if w in other) / self.lengths[i] / self.lengths[j]

    def shared(self, i, j):
        """The rare words that two articles share, the weightiest first, names before others."""
        one, other = self.weights[i], self.weights[j]
        names = self.read[i].names | self.read[j].names
        both = [w for w in one if w in other and self.share[w] <= _RARE]
        return sorted(both, key=lambda w: (w not in names, -one[w] * other[w], w))


def _candidates(corpus):
    """Of each article, in order, those before it that share its foremost words, the nearest first; of the last weeks where dates are known."""
    live = defaultdict(deque)
    for i, article in enumerate(corpus.read):
        foremost = sorted(corpus.weights[i], key=corpus.weights[i].get, reverse=True)[:_FOREMOST]
        score = Counter()
        for word in foremost:
            held = live[word]
            while held and article.day is not None and corpus.read[held[0]].day is not None and corpus.read[held[0]].day < article.day - _WINDOW:
                held.popleft()
            for j in held:
                score[j] += corpus.weights[i][word] * corpus.weights[j][word] / corpus.lengths[j]
        yield [j for j, _ in score.most_common(_CANDIDATES)]
        for word in foremost:
            live[word].append(i)
            while len(live[word]) > _LIVE:
                live[word].popleft()


def features(corpus, i, j):
    """The `FEATURES` of two articles."""
    one, other = corpus.read[i], corpus.read[j]
    gap = _UNDATED if one.day is None or other.day is None else abs(one.day - other.day)
    found = sorted((_found(corpus, one, other), _found(corpus, other, one)))
    both = [w for w in corpus.weights[i] if w in corpus.weights[j]]
    series = [{(a or b).lower() for a, b in _OF_SERIES.findall(x.title)} for x in (one, other)]
    same = sum(1 for _ in _same_words(one.title.lower().split(), other.title.lower().split()))
    return (
        corpus.cosine(i, j), np.log1p(gap), np.log1p(sum(corpus.share[w] <= _RARE for w in both)), *found,
        float(all(series) and not series[0] & series[1]), float(same >= 4),
    )  # fmt: skip


def _same_words(one, other):
    for a, b in zip(one, other):
        if a != b:
            return
        yield a


def _found(corpus, one, other):
    """The share of one title's telling words that the other article has."""
    telling = [w for w in one.of_title if corpus.share[w] < _COMMON / 3]
    return sum(w in other.counts for w in telling) / max(1, len(telling))


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
    if found[0] < _LEAST:
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
