"""Whom the words of a clause blame or praise, by rule: verbs, nouns and adjectives of the lexicon `polarity`, tied by syntax.

They explain the sentiment of the model (`because`), give a judgement its voice, tell who only utters it, and stand beside
the model as a baseline. An effect is (value, offset, word, tie); tie: why it falls on the actor, one of `TIES`.
"""

import math
import re

from ..reading.lexicon import closed_list, find, from_lexicons, load_lexicon, matcher
from ..reading.syntax import agents, infinitive, is_negated, is_verb, patients, phrase, subjects

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
OWN_ACT, AIMED, THEIRS, SAID, NEAR, UTTERED, UNDERGONE, OF_ONE = TIES = (
    "their own act",
    "aimed at them",
    "aimed at what is theirs",
    "said of them",
    "only near",
    "judging, not judged",
    "done to them",
    "about one of theirs",
)
_SPARED = {UTTERED, UNDERGONE, OF_ONE}
_SHORT = 10
# What is heard beside the model: how much the words blame or praise the actor, whether the actor is spared (only judges another,
# undergoes what another does, or it is about one of theirs), whether the actor speaks; the first two once more in sentences of at
# most `_SHORT` words.
EVIDENCE = ["blame", "praise", "spared", "speaking", "blame_short", "praise_short"]
_NAME_JOINTS = {"flat", "flat:name", "flat:foreign", "conj", "appos"}


def rule_label(effects):
    """The label that the rules alone give: negative, neutral or positive, from the signed effects on an actor."""
    total = math.tanh(sum(value for value, *_ in effects)) if effects else 0.0
    weights = {
        "negative": math.exp(_STRENGTH * -total),
        "neutral": math.exp(_NEUTRAL),
        "positive": math.exp(_STRENGTH * total),
    }
    return max(weights, key=lambda k: (weights[k], k == "neutral"))


def evidence(effects, speaking, n_words):
    """What the rules say of an actor in a sentence of so many words, as the numbers named by `EVIDENCE`, each in [0, 1]."""
    total = math.tanh(sum(value for value, *_ in effects))
    blame, praise, short = max(0.0, -total), max(0.0, total), n_words <= _SHORT
    spared = not total and any(tie in _SPARED for *_, tie in effects)
    return [blame, praise, float(spared), float(speaking), blame * short, praise * short]


def because(effects):
    """The four strongest words with their effect and why it falls on the actor, as text; None where there are none."""
    strongest = sorted(effects, key=lambda e: -abs(e[0]))[:4]
    return ", ".join(f"{word} ({value + 0:+.1f}, {tie})" for value, _, word, tie in strongest) or None


@from_lexicons("polarity")
def _index():
    return matcher(load_lexicon("polarity", key=("entry", "pos")))


def judgements(doc, mentions, own_words=()):
    """(value, offset, word, tie) of each lexicon word tied to an actor's mentions (lists of tokens), in their sentences.

    A verb by which the actor judges another, that blames or praises only the one who does it to them, or one of theirs, has the
    value 0; what only stands near then says nothing of the actor. own_words: the actor's own quotations; what they say is no
    judgement of them.
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
            value, tie = _effect(hit, roots)
            if value is None:
                value, tie = _nearby(hit, roots), NEAR
            if value or tie in _SPARED:
                word = re.sub(r"\s+", " ", doc[hit.first : hit.last + 1].text)
                effects.append((value * (-0.5 if is_negated(hit.root) else 1), hit.start, word, tie))
    spared = any(tie in _SPARED for *_, tie in effects)
    return [e for e in effects if not (spared and e[3] == NEAR)]


def _root(tokens):
    """The token that stands for a mention in its clause: the first of a name, of coordinated names."""
    inside = {t.i for t in tokens}
    root = next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[0])
    while root.dep_ in _NAME_JOINTS and root.head != root and root.head.pos_ in {"PROPN", "NOUN", "X"}:
        root = root.head
    return root


def _effect(hit, roots):
    """(value, tie): what a lexicon word does to the actor whose mentions have these roots; None where it isn't tied to them."""
    agent, patient = _values(hit.row)
    verb = next((t for t in hit.doc[hit.first : hit.last + 1] if is_verb(t)), None)
    if verb is not None and (agent or patient) and hit.row["pos"] in {"VERB", "PHRASE"}:
        return _of_verb(verb, roots, agent, patient)
    shares = [(_of_word(hit.root, root), root) for root in roots]
    share, root = max(shares, key=lambda found: found[0], default=(0, None))
    if not share:
        return None, None
    undergone = _tells_of_undergoing(hit.row) and root.dep_ == "nmod" and root.head == hit.root
    return share * (patient if undergone else agent), SAID


def judged_by(word):
    """The tokens of whom a word judges, likeliest first: who is, has or does the noun or adjective; of a verb, who does it or
    whom it strikes, whichever the lexicon blames or praises more ("Musk a trahi Altman": Musk; "Musk accable Altman": Altman).
    """
    if is_verb(word):
        agent, patient = _values(_verbs().get(infinitive(word)))
        return agents(word) if abs(agent) > abs(patient) else patients(word) or agents(word)
    noun = word.head if word.dep_ == "amod" else word
    apart = _tells_of_undergoing(_nouns().get(noun.lemma_.casefold(), {}))
    beside = [c for c in noun.children if c.dep_ == "appos" or c.dep_ == "nmod" and not apart and not _by_or_with(c)]
    above = [noun.head] if noun.dep_ in {"appos", "nmod"} and word.dep_ != "nmod" else []
    return [noun, *beside, *subjects(word), *above]


def _by_or_with(token):
    return any(c.lower_ in {"par", "pour", "avec"} for c in token.children if c.dep_ == "case")


def _tells_of_undergoing(row):
    """Whether the row of a noun says something else of who undergoes it ("l'assassinat de X")."""
    return row.get("patient") not in ("", None)


def _values(row):
    """(agent, patient) of a row of the lexicon, 0 where it says nothing or there is none."""
    return tuple(float((row or {}).get(k) or 0) for k in ("agent", "patient"))


@from_lexicons("polarity")
def _verbs():
    """{infinitive: row} of the lexicon's verbs."""
    return _rows_of("VERB")


@from_lexicons("polarity")
def _nouns():
    """{lemma: row} of the lexicon's nouns."""
    return _rows_of("NOUN")


def _rows_of(pos):
    rows = load_lexicon("polarity", key=("entry", "pos")).query("pos == @pos").to_dict("records")
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
        does = root.i < verb.i
        value = float(row["agent" if does else "patient"] or 0)
        tie = (OWN_ACT if value else UTTERED) if does else AIMED if value else UNDERGONE
        effects.append((value, verb.idx, verb.text, tie))
    return effects


def _nearby(hit, roots):
    """A faint share of a word that no relation ties to the actor but that stands close: its sentence colours it a little.

    What stands under a complaint or a charge ("une plainte pour harcèlement") says nothing of who stands near.
    """
    if any(up.lemma_.casefold() in closed_list("complaint_noun") for up in hit.root.ancestors):
        return 0
    agent, patient = _values(hit.row)
    distance = min((abs(hit.root.i - r.i) for r in roots), default=99)
    return _FAINT * (agent or patient) if distance <= _NEAR else 0


def _of_verb(verb, roots, agent, patient):
    """(value, tie) of the strongest of the places that these roots have around a verb; (None, None) where they have none."""
    doing = agents(verb)
    aimed = [*patients(verb), *(c for c in verb.children if c.dep_ in {"obl:arg", "iobj"})]
    itself = any(c.lower_ in {"se", "s'"} for c in verb.children)
    at = {t.i: (agent, UTTERED if not agent and not itself else OWN_ACT) for t in doing}
    at |= {t.i: (patient, AIMED if patient else UNDERGONE) for t in aimed}
    found = [at[r.i] for r in roots if r.i in at]
    behind = [r for r in roots if r.dep_ in {"nmod", "amod", "appos"} and r.head.i in at]
    found = found or [(0.0, OF_ONE) for r in behind if _one_of_theirs(r)]
    found = found or [(0.5 * at[r.head.i][0], THEIRS) for r in behind if r.dep_ == "nmod"]
    value, tie = max(found, key=lambda one: abs(one[0]), default=(None, None))
    return value, f"{AIMED} by {_called(doing[0])}" if tie == AIMED and doing else tie


@from_lexicons("roles")
def _people():
    """The roles that a person has, in both genders."""
    rows = load_lexicon("roles", key=("entry", "type")).query("type == 'person'")
    return {word for k in ("entry", "feminine") for word in rows[k] if isinstance(word, str) and word}


def _one_of_theirs(root):
    """Whether an actor stands beside the role of one of theirs: "le porte-parole de X", "l'élue PS"."""
    joined = root.text.isupper() or any(c.dep_ == "case" for c in root.children)
    return joined and bool({root.head.lemma_.casefold(), root.head.lower_} & _people())


def _called(token):
    """The words that name who does something, on one line, without brackets, at most 40 characters."""
    start, end = phrase(token)
    words = re.sub(r"[\s()]+", " ", token.doc.text[start:end]).strip()
    return words if len(words) <= 40 else token.text


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
