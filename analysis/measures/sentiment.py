"""Sentiment toward each actor: what a sentence conveys of an actor, read by a learned model from the actor's own tokens."""

import re
import sys
from functools import cache, lru_cache

import numpy as np
import pandas as pd

from ..reading.article import read_texts
from ..reading.encoder import LABELS, logits_of, settings, target_logits
from ..reading.syntax import agents, infinitive, is_verb
from ..text.tables import NUMBER, TEXT, WHOLE, YESNO
from . import voices
from .cues import speech_verbs
from .entities import actors_at
from .judgements import EVIDENCE, because, evidence, judgements, rule_label
from .voices import voice_at

_WORD = re.compile(r"\w[\w-]*")
_LETTERS = re.compile(r"[^\W\d_]+")
KINDS = ["name", "short_name", "description", "pronoun"]
TABLES = {
    "sentiment": {
        "doc_id": TEXT, "sentence_id": WHOLE, "actor": TEXT, "start": WHOLE, "end": WHOLE, "n_mentions": WHOLE,
        "negative": NUMBER, "neutral": NUMBER, "positive": NUMBER, "polarity": NUMBER, "label": TEXT, "withheld": YESNO,
        "because": TEXT, "by_rule": TEXT, "voice": TEXT, "speaker_actor": TEXT, "baseline": NUMBER,
    },
}  # fmt: skip


def score_targets(sentences, spans):
    """Sentiment toward one actor per sentence: one row each, in order.

    sentences: list of str; spans: parallel list of (start, end), the actor's mention in that sentence.
    Columns: negative, neutral, positive (probabilities, sum 1, calibrated for the French press), polarity (positive −
    negative, in [−1, 1]), label (always set), withheld (the probability of the label is below the confidence stated in
    `models/actor_sentiment/settings.json`, where more is asked for of praise and blame that no word of the lexicon supports;
    leave these rows out of what you conclude).

    A small transformer reads each sentence once and each actor from its own tokens; beside it the rules are heard that tell
    by syntax whom a word of the lexicon `polarity` blames or praises, who only utters it, and who only undergoes it: how
    much each counts was fitted on coded sentences. The label is the class whose probability, multiplied by the class's
    weight in the same file, is greatest. The sentence alone is judged: who the actor is elsewhere doesn't count. Irony,
    allusion and what only context tells escape it; see the model's README for its accuracy by class and text. Raises
    ValueError naming the position of a span that is empty or outside its sentence.
    """
    sentences, spans = list(sentences), list(spans)
    _check(sentences, spans)
    return _scored(*read_spans(sentences, spans))


def read_spans(sentences, spans):
    """(logits, evidence) of one actor per sentence: what :func:`score_targets` judges from; same arguments."""
    joined = {}
    for i, (sentence, span) in enumerate(zip(sentences, spans)):
        joined.setdefault(sentence, []).append((i, [tuple(span)]))
    logits = np.empty((len(sentences), 3))
    for rows, found in zip(joined.values(), target_logits(list(joined), [[s for _, s in r] for r in joined.values()])):
        logits[[i for i, _ in rows]] = found
    return logits, [heard for _, heard in _ruled(sentences, spans)]


def _check(sentences, spans):
    if len(sentences) != len(spans):
        raise ValueError(f"{len(sentences)} sentences but {len(spans)} spans")
    for i, (sentence, (start, end)) in enumerate(zip(sentences, spans)):
        if not 0 <= start < end <= len(sentence):
            raise ValueError(
                f"spans[{i}] = ({start}, {end}) is no stretch of its sentence of {len(sentence)} characters"
            )


def _scored(logits, heard):
    """The table of probabilities, labels and what is withheld, from logits [rows, 3] and what the rules say (`evidence`)."""
    fitted, heard = settings(), np.reshape(heard, (-1, len(EVIDENCE)))
    scores = probabilities(logits.reshape(-1, 3), heard, fitted)
    label = (scores * np.array(fitted["weight"])).argmax(1)
    alone = (label != LABELS.index("neutral")) & ~heard[:, :2].any(1)  # no word blames or praises
    made = pd.DataFrame(scores, columns=LABELS)
    return made.assign(
        polarity=made["positive"] - made["negative"],
        label=pd.Series([LABELS[k] for k in label], dtype="str"),
        withheld=scores[np.arange(len(scores)), label] < np.where(alone, fitted["sure_alone"], fitted["sure"]),
    )


def probabilities(logits, heard, fitted):
    """Calibrated probabilities [rows, 3]; fitted: scale, shift, and rules, {name of EVIDENCE: what it adds to each class}."""
    shifted = logits * np.array(fitted["scale"]) + np.array(fitted["shift"])
    shifted = shifted + heard @ np.array([fitted["rules"][name] for name in EVIDENCE])
    raised = np.exp(shifted - shifted.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)


def measure(article, mentions, quotes):
    """{"sentiment": rows} of one article: one row per sentence and actor named in it, several mentions joined.

    start, end: the first mention by name, else by description, else by pronoun. because: the words of the lexicon
    `polarity` that the syntax ties to the actor, with their effect by rule, and why it falls on this actor: where they say
    otherwise than the label, look at the passage. voice and speaker_actor: whose words carry the judgement (of the strongest
    such word, else of the mention). baseline: textblob-fr's tone of the whole sentence, blind to its target. The scores, and
    when not to trust them: :func:`score_targets`.
    """
    rows, logits, heard = read_actors(article, mentions, quotes)
    scored = _scored(logits, heard).to_dict("records") if rows else []
    return {"sentiment": [row | scores for row, scores in zip(rows, scored)]}


def read_actors(article, mentions, quotes):
    """(rows, logits, evidence) of each sentence and actor named in it: what :func:`measure` judges from."""
    named, groups = [m for m in mentions if m["actor"] is not None], {}
    for mention in named:
        groups.setdefault((mention["sentence_id"], mention["actor"]), []).append(mention)
    order = sorted(groups, key=lambda g: g[0])
    made = [_row(article, *key, groups[key], quotes, named) for key in order]
    logits = logits_of(article, _targets(article, order, groups)) if order else np.zeros((0, 3))
    return [row for row, _ in made], logits, [heard for _, heard in made]


def _row(article, sentence_id, actor, found, quotes, named):
    """(row, evidence) of one actor in one sentence."""
    spans = [list(span) for m in found if (span := article.span_of(m)) is not None]
    own_words = [q for q in quotes if q["speaker_actor"] == actor]
    effects = judgements(article.doc, spans, own_words)
    first = min(found, key=lambda m: (KINDS.index(m["kind"]), m["start"]))
    strongest = max(effects, key=lambda e: abs(e[0]), default=(0,))
    at = strongest[1] if strongest[0] else first["start"]
    voice, speaker_actor = _voice(article.doc, at, sentence_id, quotes, named)
    start, end = article.spans[sentence_id]
    row = {
        "sentence_id": sentence_id,
        "actor": actor,
        "start": first["start"],
        "end": first["end"],
        "n_mentions": len(found),
        "because": because(effects),
        "by_rule": rule_label(effects),
        "voice": voice,
        "speaker_actor": speaker_actor,
        "baseline": baseline(article.text[start:end]),
    }
    speaks = any(q["start"] < end and q["end"] > start for q in own_words)
    return row, evidence(effects, speaks, len(_LETTERS.findall(article.text[start:end])))


def _targets(article, order, groups):
    """For each sentence the places of its actors' mentions in it; order: (sentence_id, actor), by sentence."""
    wanted = [[] for _ in article.spans]
    for sentence_id, actor in order:
        start, end = article.spans[sentence_id]
        spans = [(max(0, m["start"] - start), min(m["end"], end) - start) for m in groups[sentence_id, actor]]
        wanted[sentence_id].append(spans)
    return wanted


def labels_by_rule(sentences, spans):
    """The labels that the rules alone give: a baseline for :func:`score_targets`, with the same arguments."""
    return [rule_label(effects) for effects, _ in _ruled(sentences, spans)]


def _ruled(sentences, spans):
    """(effects, evidence) of what the rules say of each span in its sentence."""
    articles = dict(zip(dict.fromkeys(sentences), read_texts(dict.fromkeys(sentences))))
    for sentence, (start, end) in zip(sentences, spans):
        article = articles[sentence]
        tokens = _tokens_at(article.doc, article.offsets, start, end)
        target = {"entity_id": 0, "name": "target", "actor": "target", "type": "person", "gender": None}
        place = {"entity_id": 0, "actor": "target", "kind": "name"}
        place |= {"start": tokens[0].idx, "end": tokens[-1].idx + len(tokens[-1])} if tokens else {}
        said = voices.measure(article, [place], [target])["quotes"] if tokens else []
        own_words = [q for q in said if q["speaker_actor"] == "target"]
        effects = judgements(article.doc, [tokens] if tokens else [], own_words)
        yield effects, evidence(effects, bool(own_words), len(_LETTERS.findall(article.text)))


def _tokens_at(doc, back, start, end):
    """The tokens of a doc that stand in [start, end) of the text as given; back: the offsets of its copy."""
    return [t for t in doc if back[t.idx] < end and back[t.idx + len(t)] > start and not t.is_space]


def _voice(doc, at, sentence_id, said, mentions):
    """(voice, speaker_actor) of a judgement: a verb like "accuser" is the reproach of the one who utters it."""
    voice, _, actor = voice_at(said, at, at + 1)
    verb = doc.char_span(at, at + 1, alignment_mode="expand")[0]
    if voice == "outlet" and is_verb(verb) and infinitive(verb) in speech_verbs():
        for quote in said:
            if quote["sentence_id"] == sentence_id and quote["cue"] == infinitive(verb):
                return "quoted", quote["speaker_actor"]
        for agent in agents(verb):
            for uttering in actors_at(agent, mentions):
                return "quoted", uttering
    return voice, actor


@cache
def _textblob():
    """textblob-fr's parts. nltk comes with it and would load all of scipy, 60 MB in each worker, for a test it isn't asked for."""
    hidden = "scipy" not in sys.modules
    if hidden:
        sys.modules["scipy"] = None
    try:
        from textblob import TextBlob
        from textblob_fr import PatternAnalyzer, PatternTagger
    finally:
        if hidden:
            del sys.modules["scipy"]
    return TextBlob, PatternTagger, PatternAnalyzer


@lru_cache(maxsize=10_000)
def baseline(sentence):
    """textblob-fr's polarity of a sentence, clipped to [−1, 1]: its tone by adjectives, blind to any target."""
    blob, tagger, analyzer = _textblob()
    found = blob(sentence, pos_tagger=tagger(), analyzer=analyzer()).sentiment[0]
    return max(-1.0, min(1.0, float(found)))


def explain_targets(sentences, spans, *, most=4):
    """The words that moved each score most: text_id, word, start, end, effect, strongest first, at most `most` each.

    effect: how much the polarity falls when the word is blanked out (so +0.4: the word made it 0.4 more positive).
    Each content word costs one pass of the encoder; an effect says what the model reacts to, not why it should.
    Same arguments and errors as :func:`score_targets`.
    """
    whole = score_targets(sentences, spans)["polarity"]
    places, texts, marks = [], [], []
    for i, (sentence, (start, end)) in enumerate(zip(sentences, spans)):
        for word in _WORD.finditer(sentence):
            if len(word[0]) > 2 and not (word.start() < end and word.end() > start):
                gap = len(word[0]) - 1
                shift = gap if word.start() < start else 0
                places.append((i, word[0], word.start(), word.end()))
                texts.append(sentence[: word.start()] + "…" + sentence[word.end() :])
                marks.append((start - shift, end - shift))
    without = score_targets(texts, marks)["polarity"]
    rows = [
        {"text_id": i, "word": word, "start": a, "end": b, "effect": whole[i] - value}
        for (i, word, a, b), value in zip(places, without)
    ]
    found = pd.DataFrame(rows, columns=["text_id", "word", "start", "end", "effect"])
    found = found.sort_values("effect", key=lambda e: -e.abs(), kind="stable")
    return found.groupby("text_id", sort=True).head(most).sort_values("text_id", kind="stable").reset_index(drop=True)
