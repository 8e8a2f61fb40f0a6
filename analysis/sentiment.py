"""Sentiment toward each actor: whom the words of a clause blame or praise, not the tone of the sentence."""

import math
import re
from dataclasses import replace
from functools import cache

import pandas as pd

from .lexicon import closed_list, find, load_lexicon, matcher
from .reading import read_texts
from .syntax import agents, infinitive, is_negated, is_verb, patients, subjects
from .tables import by_document
from .voices import quotes, voice_at

SURE = 0.45
_NEUTRAL, _STRENGTH = 0.6, 3.0
_FAINT, _NEAR = 0.5, 25
_LIGHT = {  # verbs that only link their subject to the noun that says something of it
    "faire",
    "avoir",
    "commettre",
    "connaître",
    "remporter",
    "essuyer",
    "multiplier",
    "montrer",
    "obtenir",
    "mener",
    "accumuler",
    "enchaîner",
    "devenir",
    "rester",
    "incarner",
    "signer",
    "subir",
    "donner",
    "rencontrer",
    "offrir",
    "créer",
    "provoquer",
}
_NAME_JOINTS = {"flat", "flat:name", "flat:foreign", "conj", "appos"}


def score_targets(sentences, spans):
    """Sentiment toward one actor per sentence: one row each, in order.

    sentences: list of str; spans: parallel list of (start, end), the actor's mention in that sentence.
    Columns: negative, neutral, positive (sum 1), polarity (positive − negative, in [−1, 1]), label (the most probable,
    always set), withheld (whether its probability is under .45), because (the words that made it, with their weight).

    By rule: verbs, nouns and adjectives of the lexicon `polarity` count where the syntax ties them to the actor, as the
    one who does, undergoes or is so; negation turns and halves them. Where nothing is tied to the actor the label is
    neutral. The figures are a rule's scores, not calibrated probabilities; irony and implication escape it.
    Raises ValueError naming the position of a span that is empty or outside its sentence.
    """
    sentences, spans = list(sentences), list(spans)
    if len(sentences) != len(spans):
        raise ValueError(f"{len(sentences)} sentences but {len(spans)} spans")
    for i, (sentence, (start, end)) in enumerate(zip(sentences, spans)):
        if not 0 <= start < end <= len(sentence):
            raise ValueError(
                f"spans[{i}] = ({start}, {end}) is no stretch of its sentence of {len(sentence)} characters"
            )
    reading = read_texts(sentences)
    targets = [_tokens_at(reading.docs[i], reading.offsets[i], *span) for i, span in enumerate(spans)]
    places = [
        {"doc_id": i, "start": t[0].idx, "end": t[-1].idx + len(t[-1]), "actor": "target", "kind": "name"}
        for i, t in enumerate(targets)
        if t
    ]
    said = by_document(quotes(replace(reading, offsets=None), pd.DataFrame(places))[0]) if places else {}
    rows = []
    for i, tokens in enumerate(targets):
        own_words = [q for q in said.get(str(i), []) if q["speaker_actor"] == "target"]
        rows.append(_probabilities(_effects(reading.docs[i], [tokens] if tokens else [], own_words)))
    columns = ["negative", "neutral", "positive", "polarity", "label", "withheld", "because"]
    return pd.DataFrame([{k: row[k] for k in columns} for row in rows], columns=columns)


def _tokens_at(doc, back, start, end):
    """The tokens of a doc that stand in [start, end) of the text as given; back: the offsets of its copy."""
    return [t for t in doc if back[t.idx] < end and back[t.idx + len(t)] > start and not t.is_space]


def sentiment(reading, mentions, said):
    """The table `sentiment`: one row per sentence and actor named in it, several mentions joined.

    start, end: the first mention by name, else by description, else by pronoun. voice and speaker_actor: whose words
    carry the judgement (of the strongest word; the outlet's where there is none). baseline: textblob-fr's tone of the
    whole sentence, blind to its target. See :func:`score_targets` for the scores and when not to trust them.
    """
    said, rows = by_document(said), []
    named = mentions.dropna(subset=["actor"])
    for (doc_id, sentence_id, actor), group in named.groupby(["doc_id", "sentence_id", "actor"], sort=False):
        doc, found = reading.docs[doc_id], group.to_dict("records")
        spans = [doc.char_span(m["start"], m["end"], alignment_mode="expand") for m in found]
        own_words = [q for q in said.get(doc_id, []) if q["speaker_actor"] == actor]
        effects = _effects(doc, [list(s) for s in spans if s is not None], own_words)
        first = min(
            found, key=lambda m: (["name", "short_name", "description", "pronoun"].index(m["kind"]), m["start"])
        )
        at = max(effects, key=lambda e: abs(e[0]))[1] if effects else first["start"]
        voice, speaker_actor = _voice(
            doc, at, sentence_id, said.get(doc_id, []), named[named["doc_id"] == doc_id] if effects else named[:0]
        )
        start, end = reading.spans[doc_id][sentence_id]
        rows.append(
            _probabilities(effects)
            | {
                "doc_id": doc_id,
                "sentence_id": sentence_id,
                "actor": actor,
                "start": first["start"],
                "end": first["end"],
                "n_mentions": len(found),
                "voice": voice,
                "speaker_actor": speaker_actor,
                "baseline": baseline(reading.texts[doc_id][start:end]),
            }
        )
    return reading.table("sentiment", rows)


def _voice(doc, at, sentence_id, said, mentions):
    """(voice, speaker_actor) of a judgement: a verb like "accuser" is the reproach of the one who utters it."""
    voice, _, actor = voice_at(said, at, at + 1)
    verb = doc.char_span(at, at + 1, alignment_mode="expand")[0]
    if voice == "outlet" and is_verb(verb) and infinitive(verb) in speech_verbs():
        for quote in said:
            if quote["sentence_id"] == sentence_id and quote["cue"] == infinitive(verb):
                return "quoted", quote["speaker_actor"]
        for agent in agents(verb):
            for mention in mentions.itertuples():
                if mention.start <= agent.idx < mention.end:
                    return "quoted", mention.actor
    return voice, actor


@cache
def speech_verbs():
    """The verbs that utter a judgement: those of the lexicon `speech_verbs`."""
    return frozenset(load_lexicon("speech_verbs", key=("entry", "pos"))["entry"])


@cache
def baseline(sentence):
    """textblob-fr's polarity of a sentence, clipped to [−1, 1]: its tone by adjectives, blind to any target."""
    from textblob import TextBlob
    from textblob_fr import PatternAnalyzer, PatternTagger

    found = TextBlob(sentence, pos_tagger=PatternTagger(), analyzer=PatternAnalyzer()).sentiment[0]
    return max(-1.0, min(1.0, float(found)))


@cache
def _index():
    return matcher(load_lexicon("polarity", key=("entry", "pos")))


def _probabilities(effects):
    """Scores, label and explanation from the signed effects on an actor."""
    total = math.tanh(sum(value for value, _, _ in effects)) if effects else 0.0
    weights = [math.exp(_STRENGTH * -total), math.exp(_NEUTRAL), math.exp(_STRENGTH * total)]
    negative, neutral, positive = (w / sum(weights) for w in weights)
    scores = {"negative": negative, "neutral": neutral, "positive": positive}
    label = max(scores, key=lambda k: (scores[k], k == "neutral"))
    because = ", ".join(f"{word} ({value:+.1f})" for value, _, word in sorted(effects, key=lambda e: -abs(e[0]))[:4])
    return scores | {
        "polarity": positive - negative,
        "label": label,
        "withheld": scores[label] < SURE,
        "because": because or None,
    }


def _effects(doc, mentions, own_words=()):
    """(value, offset, word) of each lexicon word tied to an actor's mentions (lists of tokens), in their sentences.

    own_words: the actor's own quotations; what they say is no judgement of them.
    """
    own = {t.i for tokens in mentions for t in tokens}
    effects = []
    for sentence in {doc[tokens[0].i].sent.start: doc[tokens[0].i].sent for tokens in mentions}.values():
        lost = _headline_verb(sentence)
        roots = [
            tokens[0] if lost is not None else _root(tokens)
            for tokens in mentions
            if tokens[0].sent.start == sentence.start
        ]
        if lost is not None:
            effects += _of_headline(lost, roots)
        for hit in find(doc, _index(), within=(sentence.start, sentence.end)):
            if own & set(range(hit.first, hit.last + 1)) or lost is not None and hit.first <= lost.i <= hit.last:
                continue
            if any(q["start"] <= hit.start < q["end"] for q in own_words):
                continue
            value = _effect(hit, roots)
            value = _nearby(hit, roots) if value is None else value
            if value:
                word = re.sub(r"\s+", " ", doc[hit.first : hit.last + 1].text)
                effects.append((value * (-0.5 if is_negated(hit.root) else 1), hit.start, word))
    return effects


def _root(tokens):
    """The token that stands for a mention in its clause: the first of a name, of coordinated names."""
    inside = {t.i for t in tokens}
    root = next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[0])
    while root.dep_ in _NAME_JOINTS and root.head != root and root.head.pos_ in {"PROPN", "NOUN", "X"}:
        root = root.head
    return root


def _effect(hit, roots):
    """What a lexicon word does to the actor whose mentions have these roots; None where it isn't tied to them."""
    agent, patient = (float(hit.row[k] or 0) for k in ("agent", "patient"))
    verb = next((t for t in hit.doc[hit.first : hit.last + 1] if is_verb(t)), None)
    if verb is not None and (agent or patient) and hit.row["pos"] in {"VERB", "PHRASE"}:
        return _of_verb(verb, roots, agent, patient)
    share = max((_of_word(hit.root, root) for root in roots), default=0)
    return share * agent if share else None


@cache
def _verbs():
    """{infinitive: row} of the lexicon's verbs."""
    rows = load_lexicon("polarity", key=("entry", "pos")).query("pos == 'VERB'").to_dict("records")
    return {row["entry"]: row for row in rows}


def _headline_verb(sentence):
    """The verb that the parse loses in a bare sentence of two names ("Musk attaque Altman"), or None."""
    if any(t.dep_.startswith("nsubj") for t in sentence):
        return None
    for left, verb, right in zip(sentence[:-2], sentence[1:], sentence[2:]):
        if (
            left.pos_ == "PROPN"
            and verb.lower_ + "r" in _verbs()
            and verb.text.islower()
            and right.pos_ in {"PROPN", "DET"}
        ):
            return verb
    return None


def _of_headline(verb, roots):
    row, effects = _verbs()[verb.lower_ + "r"], []
    for root in roots:
        value = float(row["agent" if root.i < verb.i else "patient"] or 0)
        effects += [(value, verb.idx, verb.text)] if value else []
    return effects


def _nearby(hit, roots):
    """A faint share of a word that no relation ties to the actor but that stands close: its sentence colours it a little.

    What stands under a complaint or a charge ("une plainte pour harcèlement") says nothing of who stands near.
    """
    if any(up.lemma_.casefold() in closed_list("complaint_noun") for up in hit.root.ancestors):
        return 0
    agent, patient = (float(hit.row[k] or 0) for k in ("agent", "patient"))
    distance = min((abs(hit.root.i - r.i) for r in roots), default=99)
    return _FAINT * (agent or patient) if distance <= _NEAR else 0


def _of_verb(verb, roots, agent, patient):
    weight = {t.i: agent for t in agents(verb)}
    weight |= {t.i: patient for t in [*patients(verb), *(c for c in verb.children if c.dep_ in {"obl:arg", "iobj"})]}
    direct = max((weight[r.i] for r in roots if r.i in weight), key=abs, default=None)
    owner = max(
        (0.5 * weight[r.head.i] for r in roots if r.dep_ == "nmod" and r.head.i in weight), key=abs, default=None
    )
    return direct or owner or direct


def _of_word(word, root):
    """How much a noun, adjective or adverb is said of an actor: 1 as predicate or apposition, less at a distance."""
    if root in word.children and root.dep_ in {"nmod", "appos", "obl:arg", "flat:name"}:
        return 0 if any(c.lower_ in {"par", "contre", "pour", "à", "avec", "envers"} for c in root.children) else 0.8
    if word.head == root and word.dep_ in {"amod", "appos", "nmod", "acl"}:
        return 1.0
    if any(s == root for s in subjects(word)) or _shares(word, root):
        return 1.0
    head = word.head
    if head != word and word.dep_ in {"amod", "conj", "nmod"} and head != root and not is_verb(head):
        return 0.8 * _of_word(head, root)
    if is_verb(head) and word.dep_ in {"obj", "xcomp", "obl:arg", "advmod", "obl:mod", "obl"}:
        if any(s == root for s in subjects(head)) and (word.pos_ in {"ADJ", "ADV"} or infinitive(head) in _LIGHT):
            return 0.6
        return 0.8 if word.dep_ == "xcomp" and root in patients(head) else 0
    return 0


def _shares(word, root):
    """Whether word and actor are both of one copula ("Musk est, dit-il, un menteur")."""
    return root.head == word and root.dep_.startswith("nsubj")
