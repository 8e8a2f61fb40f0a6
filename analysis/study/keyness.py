"""Keyness: which words set one part of a corpus apart from another."""

from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from ..text.typography import analysis_copy, as_word_tokens
from .statistics import SEED

PRIOR_WORDS = 500


@cache
def stop_words():
    """French function words, elided ones too (spaCy's list)."""
    from importlib.util import find_spec, module_from_spec, spec_from_file_location

    path = Path(find_spec("spacy").origin).parent / "lang" / "fr" / "stop_words.py"
    alone = spec_from_file_location("french_stop_words", path)  # spaCy itself takes seconds to load, and isn't needed
    alone.loader.exec_module(words := module_from_spec(alone))
    elided = {"l'", "d'", "qu'", "n'", "s'", "c'", "j'", "m'", "t'"}
    return frozenset(analysis_copy(w) for w in words.STOP_WORDS) | elided | {"faire"}


def term_counts(texts):
    """A Counter of the lemmas of texts (simplemma), without function words, numbers and punctuation."""
    import simplemma

    stop, lemma = stop_words(), {}
    counts = Counter(
        w for text in texts for w in as_word_tokens(text) if w not in stop and w[0].isalpha() and len(w) > 1
    )
    totals = Counter()
    for word, n in counts.items():
        lemma[word] = simplemma.lemmatize(word, lang="fr").casefold()
        if lemma[word] not in stop:
            totals[lemma[word]] += n
    return totals


def keyness(target, reference):
    """Which words set one part of a corpus apart from another: one row per term, the most characteristic first.

    target, reference: tables with a `text` column, or lists of texts. Columns: term (a lemma), n_target, n_reference,
    log_ratio (binary log of the relative frequencies, half a count standing for none; above 0: more in the target),
    g2 (log-likelihood; Rayson & Garside 2000), p_adjusted (of G², Benjamini–Hochberg over all terms), log_odds and z
    (log-odds ratio with an informative Dirichlet prior of 500 words drawn from both parts; Monroe et al. 2008).
    Words of one article come together, so p is too small where parts hold few articles: read z and log_ratio with both
    counts. An empty part gives an empty table.
    """
    for part in (target, reference):
        if isinstance(part, str) or not (hasattr(part, "text") if isinstance(part, pd.DataFrame) else hasattr(part, "__iter__")):
            raise ValueError("two tables with a column `text`, or two lists of texts: keyness(study.where(…).articles, study.where(…).articles)")
    ours, theirs = (term_counts(t["text"] if isinstance(t, pd.DataFrame) else t) for t in (target, reference))
    return keyness_of_counts(ours, theirs)


def keyness_of_counts(ours, theirs):
    """As :func:`keyness`, from two Counters of terms."""
    from scipy import stats

    terms = sorted(set(ours) | set(theirs))
    a, b = (np.array([c[t] for t in terms], float) for c in (ours, theirs))
    names = ["term", "n_target", "n_reference", "log_ratio", "g2", "p_adjusted", "log_odds", "z"]
    if not a.sum() or not b.sum():
        return pd.DataFrame({n: pd.Series(dtype="str" if n == "term" else "float64") for n in names})
    g2 = log_likelihood(a, b)
    odds, z = log_odds(a, b)
    ratio = np.log2(np.where(a > 0, a, 0.5) / a.sum()) - np.log2(np.where(b > 0, b, 0.5) / b.sum())
    p = stats.false_discovery_control(stats.chi2.sf(g2, 1))
    made = pd.DataFrame(dict(zip(names, [terms, a.astype(int), b.astype(int), ratio, g2, p, odds, z])))
    return made.sort_values("z", ascending=False, kind="stable", ignore_index=True)


def log_likelihood(a, b):
    """Dunning's G² of each term from its counts in two parts (2 × 2 table: term or not, part or part)."""
    n, m = a.sum(), b.sum()
    share = (a + b) / (n + m)
    cells = [(a, n * share), (b, m * share), (n - a, n * (1 - share)), (m - b, m * (1 - share))]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.maximum(0, 2 * sum(np.where(o > 0, o * np.log(o / e), 0) for o, e in cells))


def log_odds(a, b):
    """(log-odds ratio, z) of each term with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, eq. 16, 22)."""
    prior = PRIOR_WORDS * (a + b) / (a + b).sum()
    total = prior.sum()
    delta = np.log((a + prior) / (a.sum() + total - a - prior)) - np.log((b + prior) / (b.sum() + total - b - prior))
    return delta, delta / np.sqrt(1 / (a + prior) + 1 / (b + prior))


DEALS = 99  # of the articles to the groups, by which chance is judged


def largest_by_chance(counts, sizes):
    """The z that the surest term of any group stays under in 95 of 100 deals of whole articles to groups of these sizes (seeded).

    counts: one Counter of terms per article; sizes: how many articles each group has. Of a group only terms that two of its articles hold count, as in
    `comparison.characteristic_terms`. A term with a z above it sets its group apart more than chance sets any term of any group.
    """
    from scipy import sparse

    index = {term: i for i, term in enumerate(sorted(set().union(*counts)))}
    rows = np.repeat(np.arange(len(counts)), [len(c) for c in counts])
    columns = np.array([index[t] for c in counts for t in c], int)
    found = sparse.csr_matrix((np.array([n for c in counts for n in c.values()], float), (rows, columns)), shape=(len(counts), len(index)))
    held = found.sign()
    everywhere, of = np.asarray(found.sum(axis=0)).ravel(), np.repeat(np.arange(len(sizes)), sizes)
    random, largest = np.random.default_rng(SEED), []
    for _ in range(DEALS):
        deal = sparse.csr_matrix((np.ones(len(of)), (of, random.permutation(len(counts))[: len(of)])), shape=(len(sizes), len(counts)))
        own, spread = (deal @ found).toarray(), (deal @ held).toarray()
        surest = [log_odds(a, everywhere - a)[1][s >= 2].max(initial=0.0) for a, s in zip(own, spread) if a.sum() and a.sum() < everywhere.sum()]
        largest.append(max(surest, default=0.0))
    return float(np.percentile(largest, 95))
