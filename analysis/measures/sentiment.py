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
from .judgements import because, judgements, rule_label
from .voices import voice_at

_WORD = re.compile(r"\w[\w-]*")
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
    Columns: negative, neutral, positive (probabilities, sum 1, calibrated for French news), polarity (positive −
    negative, in [−1, 1]), label (always set), withheld (the probability of the label is below the confidence stated in
    `models/actor_sentiment/settings.json`; leave these rows out of what you conclude).

    A small transformer reads each sentence once and each actor from its own tokens; the label is the class whose
    probability, multiplied by the class's weight in the same file, is greatest. The sentence alone is judged: who
    the actor is elsewhere doesn't count. Irony, allusion and what only context tells escape it; see the model's README
    for its accuracy by class and text. Raises ValueError naming the position of a span that is empty or outside its
    sentence.
    """
    sentences, spans = list(sentences), list(spans)
    _check(sentences, spans)
    joined = {}
    for i, (sentence, span) in enumerate(zip(sentences, spans)):
        joined.setdefault(sentence, []).append((i, [tuple(span)]))
    logits = np.empty((len(sentences), 3))
    for rows, found in zip(joined.values(), target_logits(list(joined), [[s for _, s in r] for r in joined.values()])):
        logits[[i for i, _ in rows]] = found
    return _scored(logits)


def _check(sentences, spans):
    if len(sentences) != len(spans):
        raise ValueError(f"{len(sentences)} sentences but {len(spans)} spans")
    for i, (sentence, (start, end)) in enumerate(zip(sentences, spans)):
        if not 0 <= start < end <= len(sentence):
            raise ValueError(
                f"spans[{i}] = ({start}, {end}) is no stretch of its sentence of {len(sentence)} characters"
            )


def _scored(logits):
    """The table of probabilities, labels and what is withheld, from logits [rows, 3]."""
    fitted = settings()
    shifted = logits.reshape(-1, 3) * np.array(fitted["scale"]) + np.array(fitted["shift"])
    raised = np.exp(shifted - shifted.max(1, keepdims=True))
    scores = raised / raised.sum(1, keepdims=True)
    label = (scores * np.array(fitted["weight"])).argmax(1)
    made = pd.DataFrame(scores, columns=LABELS)
    return made.assign(
        polarity=made["positive"] - made["negative"],
        label=pd.Series([LABELS[k] for k in label], dtype="str"),
        withheld=scores[np.arange(len(scores)), label] < fitted["sure"],
    )


def measure(article, mentions, quotes):
    """{"sentiment": rows} of one article: one row per sentence and actor named in it, several mentions joined.

    start, end: the first mention by name, else by description, else by pronoun. because: the words of the lexicon
    `polarity` that the syntax ties to the actor, with their effect by rule: where they say otherwise than the label,
    look at the passage. withheld: of praise or blame, where the rules say the contrary, or its probability is below what is
    asked for where they say nothing, or less where they say the same (`sure_alone`, `sure_agreed` in the model's settings).
    voice and speaker_actor: whose words carry the judgement (of the strongest such word, else of the
    mention). baseline: textblob-fr's tone of the whole sentence, blind to its target. The scores, and when not to trust
    them: :func:`score_targets`.
    """
    named, groups = [m for m in mentions if m["actor"] is not None], {}
    for mention in named:
        groups.setdefault((mention["sentence_id"], mention["actor"]), []).append(mention)
    order = sorted(groups, key=lambda g: g[0])
    rows = [_row(article, *key, groups[key], quotes, named) for key in order]
    scored = _scored(logits_of(article, _targets(article, order, groups))).to_dict("records") if rows else []
    return {"sentiment": [row | scores | _withheld(row, scores) for row, scores in zip(rows, scored)]}


def _withheld(row, scores):
    """{"withheld": …} of a judgement of praise or blame, heard beside the rules'; nothing of a neutral one."""
    label, fitted = scores["label"], settings()
    if label == "neutral":
        return {}
    needed = {label: fitted["sure_agreed"], "neutral": fitted["sure_alone"]}.get(row["by_rule"])
    return {"withheld": bool(needed is None or scores[label] < needed)}


def _row(article, sentence_id, actor, found, quotes, named):
    spans = [list(span) for m in found if (span := article.span_of(m)) is not None]
    own_words = [q for q in quotes if q["speaker_actor"] == actor]
    effects = judgements(article.doc, spans, own_words)
    first = min(found, key=lambda m: (KINDS.index(m["kind"]), m["start"]))
    at = max(effects, key=lambda e: abs(e[0]))[1] if effects else first["start"]
    voice, speaker_actor = _voice(article.doc, at, sentence_id, quotes, named)
    start, end = article.spans[sentence_id]
    return {
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
    found = []
    for article, (start, end) in zip(read_texts(sentences), spans):
        tokens = _tokens_at(article.doc, article.offsets, start, end)
        target = {"entity_id": 0, "name": "target", "actor": "target", "type": "person", "gender": None}
        place = {"entity_id": 0, "actor": "target", "kind": "name"}
        place |= {"start": tokens[0].idx, "end": tokens[-1].idx + len(tokens[-1])} if tokens else {}
        said = voices.measure(article, [place], [target])["quotes"] if tokens else []
        own_words = [q for q in said if q["speaker_actor"] == "target"]
        found.append(rule_label(judgements(article.doc, [tokens] if tokens else [], own_words)))
    return found


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
            for mention in mentions:
                if mention["start"] <= agent.idx < mention["end"]:
                    return "quoted", mention["actor"]
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
