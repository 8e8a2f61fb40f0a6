"""Whom the words of a clause blame or praise, by rule: verbs, nouns and adjectives of the lexicon `polarity`, tied by syntax.

They explain the sentiment of the model (`because`), give a judgement its voice, and stand beside it as a baseline.
"""

import math
import re

from ..reading.lexicon import closed_list, find, from_lexicons, load_lexicon, matcher
from ..reading.syntax import agents, infinitive, is_negated, is_verb, patients, subjects

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


def rule_label(effects):
    """The label that the rules alone give: negative, neutral or positive, from the signed effects on an actor."""
    total = math.tanh(sum(value for value, _, _ in effects)) if effects else 0.0
    weights = {
        "negative": math.exp(_STRENGTH * -total),
        "neutral": math.exp(_NEUTRAL),
        "positive": math.exp(_STRENGTH * total),
    }
    return max(weights, key=lambda k: (weights[k], k == "neutral"))


def because(effects):
    """The four strongest words with their effect, as text; None where there are none."""
    words = (f"{word} ({value:+.1f})" for value, _, word in sorted(effects, key=lambda e: -abs(e[0]))[:4])
    return ", ".join(words) or None


@from_lexicons("polarity")
def _index():
    return matcher(load_lexicon("polarity", key=("entry", "pos")))


def judgements(doc, mentions, own_words=()):
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


@from_lexicons("polarity")
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
