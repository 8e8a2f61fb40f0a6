"""How sure: the conditional sorted by what it does, and the markers of attribution and doubt."""

import re
from functools import cache

from ..reading.lexicon import closed_list, find, from_lexicons, load_lexicon, matcher
from ..reading.syntax import NOMINAL, clause, is_verb, phrase, subjects
from ..text.marks import is_question
from ..text.tables import PLACE, TEXT, WHOLE
from .cues import before_verb, names_a_source
from .entities import actors_at
from .running import on_texts

_ENDING = re.compile(r"r(?:ais|ait|ions|iez|aient)$")
_NOT_VERBS = {
    "vrais",
    "frais",
    "désormais",
    "jamais",
    "portrait",
    "extrait",
    "retrait",
    "attrait",
    "trait",
    "contrait",
    "abstrait",
    "distrait",
    "soustrait",
    "marais",
    "palais",
    "lorrais",
    "derrais",
}
_IRREGULAR = re.compile(
    r"(?:ser|(?:r?)aur|ir|(?:re|dé|satis|contre)?fer|pourr|(?:re)?devr|(?:re)?voudr|\w*viendr|\w*tiendr|\w*verr|saur|faudr|"
    r"\w*vaudr|\w*courr|mourr|\w*querr|\w*cevr|\w*cueiller|\w*mouvr)"
)
_POSSIBLE = {"pouvoir", "devoir", "falloir", "risquer", "convenir", "suffire", "mériter", "gagner"}
_WISHES = {"vouloir", "aimer", "souhaiter", "désirer", "préférer"}
_CONDITION = re.compile(
    r"\b(?:si (?!bien|seul|peu|tôt|ce n'est)|s'(?=il)|sinon|sans (?!doute|que |cesse|précédent|surprise|appel)|en cas d|au cas où|"
    r"à moins |à condition |dans l'hypothèse|faute d|quand bien même|pourvu que|comme si)",
    re.I,
)
_PAST = {"Past", "Imp"}
_SAYS = re.compile(r"\b(?:selon|d'après|de source|à en croire|aux dires|sources? proches?|rumeurs?|bruit court|murmure|chuchote|on dit|se dit|affirm\w+|assur\w+)\b", re.I)


TABLES = {
    "hedges": PLACE
    | {
        "marker": TEXT, "form": TEXT, "type": TEXT, "event_start": WHOLE, "event_end": WHOLE, "actor": TEXT, "source": TEXT,
    },
}  # fmt: skip


def find_hedges(texts):
    """Conditionals and markers of doubt in bare texts: the table `hedges` with `text_id`; see :func:`measure`."""
    return on_texts(texts, "hedges")


def measure(article, quotes, mentions):
    """{"hedges": rows} of one article: each conditional, and each marker of attribution or doubt.

    form: verb (conditional, or a verb like sembler), attribution (selon …, le bruit court), adjective (présumé),
    question (a headline that asks what may be answered by yes or no). type: press_conditional (presented as reported,
    unverified), possibility (pourrait, devrait), hypothetical (hangs on a condition, or counterfactual), future_in_past
    (a annoncé qu'il viendrait), politeness (voudrait). event_start, event_end: the clause that is weakened; actor: the
    catalogue's actor who is its subject; source: on whose word the sentence lays it, inside the verb group too ("aurait, selon
    nos informations, touché"). Conditionals are found by form (about .98 right); the type rests on rules over the parse, and
    possibility against press conditional is the hardest call.
    """
    conditionals = [_conditional(t, quotes) for t in article.doc if is_conditional(t)]
    marked = [hit for hit in find(article.doc, _marker_index()) if _attributes(hit)]
    found = [*conditionals, *_markers(marked), *_asked(article)]
    sources = list(_sources(marked))
    rows = sorted(found, key=lambda r: r["start"])
    return {"hedges": [_placed(article, row, quotes, mentions, sources) for row in rows]}


def _placed(article, row, quotes, mentions, sources):
    sentence = article.sentence_at(row["start"])
    return row | {
        "sentence_id": sentence,
        "marker": article.text[row["start"] : row["end"]],
        "actor": _actor(row.pop("subject"), mentions),
        "source": _source(row, quotes, sentence, sources),
    }


def _asked(article):
    """Rows of the questions that stand in an article's title and may be answered by yes or no: what they ask isn't asserted."""
    for start, end in article.spans:
        if article.title is None or start >= len(article.title):
            return
        words = [t for t in article.span_of({"start": start, "end": end}) or () if not t.is_space]
        told = article.text[start:end]
        if is_question(told) and len(words) > 2 and closed_list("question_word").isdisjoint(t.lower_ for t in words):
            last = start + len(told.rstrip(" ?»”\""))
            subject = next((s for t in words if is_verb(t) for s in subjects(t)), None)
            yield {"start": start, "end": last, "form": "question", "type": "press_conditional", "event_start": start, "event_end": last, "subject": subject}  # fmt: skip


def _sources(marked):
    """(start of the marker, words of the source) where one of these hits lays something on somebody ("selon nos informations")."""
    for hit in marked:
        doc = hit.doc
        mark = max((m for m in closed_list("source_marker") if f"{hit.row['entry']} ".startswith(f"{m} ")), key=len, default=None)  # fmt: skip
        if mark is None:
            continue
        behind = hit.start + len(mark)
        noun = next((t for t in doc[hit.first : hit.last + 7] if t.idx >= behind and t.pos_ in NOMINAL), None)
        if noun is not None and not any(t.is_punct for t in doc[hit.first : noun.i]):
            start, end = phrase(noun)
            yield hit.start, doc.text[max(start, behind) : end].strip()


def is_conditional(token):
    """Whether a word is a verb in the conditional, by its form (and its lemma, which tells "préparait" from it)."""
    word = token.lower_
    if (
        not _ENDING.search(word)
        or word in _NOT_VERBS
        or token.pos_ in {"NOUN", "DET", "ADP", "PROPN"}
        and token.ent_type_
    ):
        return False
    stem = re.sub(r"(?:ais|ait|ions|iez|aient)$", "", word)
    if _IRREGULAR.fullmatch(stem):
        return True
    if token.pos_ not in {"VERB", "AUX", "ADJ"}:
        return False
    lemmas = {token.lemma_.casefold(), _simple(word)}
    if any(lemma.endswith(("rer", "rir")) and lemma[:-2] == stem for lemma in lemmas):
        return False
    return stem.endswith(("er", "ir")) or stem.endswith(("dr", "tr", "vr", "pr", "ur", "oir", "clur", "air", "cr"))


@cache
def _simple(word):
    import simplemma

    return simplemma.lemmatize(word, lang="fr").casefold()


def _conditional(token, quotes):
    """The row of a conditional verb: with its participle where it is an auxiliary ("aurait tenté")."""
    parted = _after_incise(token)
    verb = parted or (token.head if token.dep_.startswith(("aux", "cop")) else token)
    compound = not token.dep_.startswith("cop") and token.i < verb.i <= token.i + (6 if parted is None else 12)
    kind = _type(token, verb, compound)
    if kind == "press_conditional" and any(q["kind"] == "direct" and q["start"] <= token.idx < q["end"] for q in quotes):
        kind = "hypothetical"  # who speaks supposes; the outlet reports nothing
    last = verb if compound else token
    start, end = clause(verb)
    return {
        "start": token.idx,
        "end": last.idx + len(last),
        "form": "verb",
        "type": kind,
        "event_start": start,
        "event_end": end,
        "subject": next(iter(subjects(verb)), None),
    }


def _after_incise(token):
    """The participle of an auxiliary that an incise parts from it ("aurait, selon nos informations, touché")."""
    doc = token.doc
    if token.i + 3 >= len(doc) or doc[token.i + 1].text != "," or not re.match(r"(?:au|se)r", token.lower_):
        return None
    second = next((t.i for t in doc[token.i + 2 : token.i + 12] if t.text == "," and t.sent == token.sent), None)
    behind = [t for t in doc[second + 1 : second + 4] if t.pos_ != "ADV"] if second else []
    return behind[0] if behind and "Part" in behind[0].morph.get("VerbForm") else None


def _type(token, verb, compound):
    """What a conditional does, by the rules of the codebook, most certain sign first."""
    sentence = token.sent.text
    lemma = token.lemma_.casefold() if not token.dep_.startswith("aux:tense") else verb.lemma_.casefold()
    past = token.dep_.startswith("aux:tense") and re.match(r"(?:au|se)r", token.lower_) is not None
    if _CONDITION.search(sentence) and _conditioned(token, sentence):
        return "hypothetical"
    if past and verb.lemma_ in {"pouvoir", "devoir", "falloir", "vouloir", "aimer"}:
        return "hypothetical"
    if not past and any(lemma.startswith(w[:-2]) or _form_of(token, w) for w in _WISHES):
        return "politeness"
    if not past and token.lower_.startswith("pourriez"):
        return "politeness"
    if not past and (
        lemma in _POSSIBLE or re.match(r"(?:pourr|devr|faudr|vaudr|risquer|suffir|conviendr)", token.lower_)
    ):
        return "possibility"
    person = {p for p in token.morph.get("Person")} & {"1", "2"}
    if not past and person:
        return "hypothetical"
    if not past and _told_in_past(verb):
        return "future_in_past"
    if not past and _is_impersonal(verb) and not _SAYS.search(sentence):
        return "possibility"
    if not past and verb.dep_ == "acl:relcl" and not _SAYS.search(sentence):
        return "possibility"
    return "press_conditional"


def _is_impersonal(verb):
    """Whether what may happen has nobody for a subject: cela, ce, on, an impersonal il."""
    return any(
        c.dep_.startswith(("nsubj", "expl:subj"))
        and (c.lower_ in {"cela", "ça", "ceci", "c'", "ce", "on"} or c.dep_.startswith("expl:subj"))
        for c in verb.children
    )


def _form_of(token, infinitive):
    return infinitive == "vouloir" and token.lower_.startswith("voudr") or token.lower_.startswith(infinitive)


def _conditioned(token, sentence):
    """Whether the condition of a sentence is this verb's: in the same stretch between full stops or semicolons."""
    start = token.idx - token.sent.start_char
    left, right = sentence.rfind(";", 0, start) + 1, sentence.find(";", start)
    return _CONDITION.search(sentence[left : right if right > 0 else len(sentence)]) is not None


def _told_in_past(verb):
    """Whether a verb stands in a que clause of something said, thought or decided in the past."""
    for up in [verb, *verb.ancestors]:
        if up.dep_ in {"ccomp", "acl", "advcl", "obj"} and any(c.lower_ in {"que", "qu'"} for c in up.children):
            head = up.head
            tenses = {
                t for c in [head, *head.children] if c == head or c.dep_.startswith("aux") for t in c.morph.get("Tense")
            }
            helped = any(c.dep_ == "aux:tense" for c in head.children)
            return helped or bool(
                tenses & _PAST and head.pos_ in {"VERB", "AUX"} and "Fin" in head.morph.get("VerbForm")
            )
    return False


def _actor(subject, mentions):
    return None if subject is None else next(actors_at(subject, mentions), None)


def _source(row, quotes, sentence, sources):
    """On whose word: what the marker itself names or an incise inside the verb group, else who speaks the words that hold the hedge."""
    holding = [q for q in quotes if q["start"] <= row["start"] < q["end"] and isinstance(q["speaker"], str)]
    beside = [
        q for q in quotes if q["sentence_id"] == sentence and q["kind"] == "indirect" and isinstance(q["speaker"], str)
    ]
    inside = [words for start, words in sources if row["start"] <= start < row["end"]]
    chosen = (holding or [q for q in beside if row["form"] == "attribution"] or [None])[0]
    if inside and (chosen is None or inside[0] in chosen["speaker"]):
        return inside[0]
    return chosen["speaker"] if chosen else None


@from_lexicons("hedges")
def _marker_index():
    return matcher(load_lexicon("hedges"))


def _markers(marked):
    """Rows of these hits of the lexicon's markers; a verb of doubt in the conditional is already a row of its own."""
    rows = []
    for hit in marked:
        if any(is_conditional(t) for t in hit.doc[hit.first : hit.last + 1]):
            continue
        start, end = phrase(hit.root.head) if hit.row["form"] == "adjective" else clause(hit.root.head)
        rows.append(
            {
                "start": hit.start,
                "end": hit.end,
                "form": hit.row["form"],
                "type": hit.row["type"],
                "event_start": start,
                "event_end": end,
                "subject": hit.root.head
                if hit.row["form"] == "adjective"
                else next(iter(subjects(hit.root.head)), None),
            }
        )
    return rows


def _attributes(hit):
    """Whether "selon" and the like introduce a source here, and not a measure ("selon les cas", "selon que"); and whether a
    participle stands by its noun ("le groupe dit X"), and not in a verb ("a-t-elle dit")."""
    if hit.row["form"] == "adjective":
        verb = any(c.dep_.startswith(("aux", "nsubj", "expl")) for c in hit.root.children)
        before = hit.doc[before_verb(hit.doc, hit.first) + 1 : hit.first]
        return not verb and not any(t.pos_ == "AUX" or t.lemma_ in {"avoir", "être"} for t in before)
    if hit.row["entry"] not in {"selon", "d'après", "suivant"}:
        return True
    return names_a_source(hit.doc, hit.last + 1)
