"""Loaded vocabulary and whose voice speaks it, concordance, keyness."""

import re
from collections import Counter
from functools import cache

import numpy as np
import pandas as pd
from scipy import stats

from ..reading.article import read_texts
from ..reading.lexicon import find, load_lexicon, matcher
from ..reading.syntax import agents, is_verb, patients, subjects
from ..text.tables import by_document
from ..text.typography import analysis_copy, as_word_tokens
from .metaphors import figurative, metaphor_entries
from .voices import quotes, voice_at

CATEGORIES = ["war", "betrayal", "catastrophe", "scandal", "praise", "insult", "exaggeration", "fear", "moral", "other"]
PRIOR_WORDS = 500


def loaded_entries():
    """The lexicon of loaded terms with the loaded ones among the metaphors (all of war): entry, pos, category, intensity, domain.

    domain: whose literal uses are to be set aside; empty where a word has none.
    """
    own = load_lexicon("loaded")
    borrowed = metaphor_entries().query("category != ''")
    return pd.concat([own, borrowed], ignore_index=True).drop_duplicates("entry", ignore_index=True)


@cache
def _index():
    return matcher(loaded_entries())


def find_loaded_terms(texts):
    """Loaded terms in bare texts: the table `loaded_terms` with `text_id`; see :func:`loaded_terms`."""
    reading = read_texts(texts)
    return loaded_terms(reading, quotes(reading)[0])


def loaded_terms(reading, quotes, mentions=None):
    """The table `loaded_terms` of a reading: words that judge, dramatise or move where a neutral wording existed.

    term: the lexicon's entry; category: one of CATEGORIES; intensity 1–3. voice: outlet, or quoted (inside reported
    speech, with marks or without), then with its speaker. target_actor: the actor that the word is said of, where
    the syntax shows one. Literal uses of war, weather … are set aside (see metaphors). A lexicon finds what it
    lists: it says how often these words occur, not how loaded a text is, and irony escapes it.
    """
    said, who = by_document(quotes), {} if mentions is None else by_document(mentions)
    rows = []
    for doc_id, doc in reading.docs.items():
        hits = find(doc, _index())
        hits = [h for h in hits if not h.row["domain"]] + figurative(doc, [h for h in hits if h.row["domain"]])
        for hit in sorted(hits, key=lambda h: h.first):
            voice, speaker, actor = voice_at(said.get(doc_id, []), hit.start, hit.end)
            rows.append(
                {
                    "doc_id": doc_id,
                    "sentence_id": reading.sentence_at(doc_id, hit.start),
                    "start": hit.start,
                    "end": hit.end,
                    "term": hit.row["entry"],
                    "category": hit.row["category"],
                    "intensity": int(hit.row["intensity"] or 1),
                    "voice": voice,
                    "speaker": speaker,
                    "speaker_actor": actor,
                    "target_actor": _target(hit, who.get(doc_id, [])),
                }
            )
    return reading.table("loaded_terms", rows)


def _target(hit, mentions):
    """The actor a loaded word is said of: who is or does the noun or adjective, whom the verb strikes."""
    root = hit.root
    if is_verb(root):
        about = patients(root) or agents(root)
    else:
        noun = root.head if root.dep_ == "amod" else root
        about = [noun, *(c for c in noun.children if c.dep_ in {"nmod", "appos"}), *subjects(root)]
        about += [noun.head] if noun.dep_ in {"appos", "nmod"} and root.dep_ != "nmod" else []
    for token in about:
        for mention in mentions:
            if mention["start"] <= token.idx < mention["end"]:
                return mention["actor"]
    return None


class Concordance(pd.DataFrame):
    """A concordance: a DataFrame that shows itself, as a cell's last line, with the word in the middle of its lines."""


def concordance(articles, pattern, *, sort=None, width=60):
    """Every place of a word or phrase with what stands left and right of it: doc_id, start, end, left, node, right.

    pattern: words, found whole and in any case; * stands for any letters ("trahi*"). sort: None keeps the order of the
    text; "right" sorts by the words after, "left" by the words before, nearest first.
    Raises ValueError for an empty pattern.
    """
    if not pattern.strip(" *"):
        raise ValueError(f"the pattern {pattern!r} has no letters to look for")
    if sort not in {None, "left", "right"}:
        raise ValueError(f"sort is {sort!r}: None, 'left' or 'right'")
    words = r"\s+".join(re.escape(w).replace(r"\*", r"\w*") for w in analysis_copy(pattern).split())
    expression = re.compile(rf"(?<!\w){words}(?!\w)", re.I)
    rows = [
        {
            "doc_id": doc_id,
            "start": m.start(),
            "end": m.end(),
            "left": _one_line(text[max(0, m.start() - width) : m.start()]),
            "node": text[m.start() : m.end()],
            "right": _one_line(text[m.end() : m.end() + width]),
        }
        for doc_id, text in zip(articles["doc_id"], articles["text"])
        for m in expression.finditer(analysis_copy(text))
    ]
    lines = pd.DataFrame(rows, columns=["doc_id", "start", "end", "left", "node", "right"])
    if sort and len(lines):
        step = 1 if sort == "right" else -1
        lines = lines.sort_values(
            sort, key=lambda side: side.map(lambda t: as_word_tokens(t)[::step]), kind="stable", ignore_index=True
        )
    return Concordance(lines)


def _one_line(text):
    return re.sub(r"\s+", " ", text)


def stop_words():
    """French function words, elided ones too (spaCy's list)."""
    from spacy.lang.fr.stop_words import STOP_WORDS

    return frozenset(analysis_copy(w) for w in STOP_WORDS) | {
        "l'",
        "d'",
        "qu'",
        "n'",
        "s'",
        "c'",
        "j'",
        "m'",
        "t'",
        "faire",
    }


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
    ours, theirs = (term_counts(t["text"] if isinstance(t, pd.DataFrame) else t) for t in (target, reference))
    return keyness_of_counts(ours, theirs)


def keyness_of_counts(ours, theirs):
    """As :func:`keyness`, from two Counters of terms."""
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
