"""Reported speech without quotation marks: que clauses, reported infinitives, "ce qu'il appelle …", "selon X, …"."""

import re

from ..reading.lexicon import closed_list
from ..reading.syntax import NOMINAL, clause, is_negated, is_passive, is_verb
from .cues import Finding, before_verb, incise_end, inside, is_inverted, names_a_source, subject_of

_ACCORDING = re.compile(
    r"\b(?:selon|d'après(?!-)|suivant|à en croire|aux yeux d(?=[e'])|aux dires d(?=[e'])|au dire d(?=[e'])|de l'avis d(?=[e'])|"
    r"de l'aveu d(?=[e'])|pour)(?:e |'|es |u |\s)?",
    re.I,
)


def reported_speech(doc, text, stretches, cues, speakers, found):
    """Findings of que clauses, reported infinitives, "ce qu'il appelle …" and "accuser de …"."""
    made = []
    for cue in cues:
        span = None if cue.incise else _reported(cue)
        if span is None:
            continue
        span = _outside(span, stretches, text)
        if span is None or any(f.start <= span[0] < f.end for f in made):
            continue
        speaker, actor = subject_of(cue, speakers, _speaker_before(cue, found), stretches)
        made.append(Finding([span], "indirect", True, speaker, actor, cue.entry, cue.stance))
    return made


def unmarked_speech(doc, text, spans, stretches, cues, speakers):
    """Findings of what an incise gives to a speaker without quotation marks ("L'usine fermera, prévient le syndicat.")."""
    made = []
    for cue in cues:
        if not cue.incise or inside(stretches, cue.token.idx) or not _spoken_by_somebody(cue, speakers):
            continue
        start, end = next((span for span in spans if span[0] <= cue.token.idx < span[1]), (0, 0))
        comma = doc[before_verb(doc, cue.first)]
        if not start < comma.idx or comma.text != "," or comma.i == cue.first - 1 and "Part" in cue.token.morph.get("VerbForm"):
            continue
        rest = incise_end(doc, cue, end)
        parts = [(start, comma.idx), (rest + len(text[rest:end]) - len(text[rest:end].lstrip(" ,")), end)]
        said = [part for part in (_outside(p, stretches, text) for p in parts) if part is not None]
        told = any(_has_verb(doc.char_span(*part, alignment_mode="contract")) for part in said)
        if told and said[0][0] == start:
            made.append(Finding(said, "indirect", True, *subject_of(cue, speakers, None, stretches), cue.entry, cue.stance))
    return made


def _spoken_by_somebody(cue, speakers):
    """Whether who speaks stands behind an incise: an inverted pronoun, its subject, or a noun of those who speak, which closes it."""
    doc = cue.token.doc
    if any(is_inverted(t) for t in doc[cue.first : cue.last + 3]):
        return True
    behind = doc[cue.last + 1 : min(cue.last + 6, cue.token.sent.end)]
    noun = next((t for t in behind if t.pos_ in NOMINAL and t.dep_ != "obl:mod"), None)
    if noun is None or any(t.is_punct for t in doc[cue.last + 1 : noun.i]):
        return False
    return noun.dep_.startswith("nsubj") or speakers.can_speak(noun)


def _has_verb(tokens):
    return any(is_verb(t) and "Fin" in t.morph.get("VerbForm") or t.dep_ in {"cop", "aux:tense"} for t in tokens or ())


def _speaker_before(cue, found):
    before = [f for f in found if f.end < cue.token.idx and f.speaker]
    return (before[-1].speaker, before[-1].actor) if before else None


def _reported(cue):
    """(start, end) of what a cue reports without marks, or None."""
    for child in cue.token.children:
        if child.i <= cue.last:
            continue
        if child.lower_ == "ce":
            continue
        if "que" in cue.takes and child.dep_ in {"ccomp", "obj", "advcl", "conj"} and (mark := _que(child)) is not None:
            if mark.i > cue.last and mark.i - cue.last <= 12:
                return _after_token(mark, clause(child))
        if (
            "inf" in cue.takes
            and not is_negated(cue.token)
            and child.dep_ in {"xcomp", "ccomp"}
            and _is_infinitive(child)
        ):
            return _infinitive(child)
    return _complement(cue) or _next_que(cue)


def _que(token):
    return next((c for c in token.children if c.lower_ in {"que", "qu'"} and c.dep_ in {"mark", "dep", "obj"}), None)


def _is_infinitive(token):
    return "Inf" in token.morph.get("VerbForm") or any(
        c.dep_.startswith("aux") and "Inf" in c.morph.get("VerbForm") for c in token.children
    )


def _infinitive(verb):
    """(start, end) of a reported infinitive, from the verb (or what denies it) on."""
    start, end = clause(verb)
    first = next(
        t for t in verb.doc[verb.left_edge.i : verb.i + 1] if t.dep_ not in {"mark", "case"} and not t.is_punct
    )
    short = end <= verb.idx + len(verb)
    return (first.idx, _to_stop(verb.doc, verb.i, verb.sent.end)[1] if short else end)


def _after_token(mark, span):
    return (
        (mark.idx + len(mark) + (mark.doc.text[mark.idx + len(mark)] == " "), span[1]) if span[1] > mark.idx else None
    )


def _complement(cue):
    """What follows "considère comme", "qualifie de", "appelle", "accuse X de": judgements laid in someone's mouth."""
    wanted = {"comme"} if "comme" in cue.takes else set()
    wanted |= {"de", "d'"} if "de" in cue.takes else set()
    doc = cue.token.doc
    for token in doc[cue.last + 1 : min(cue.token.sent.end, cue.last + 14)]:
        if token.lower_ in wanted and token.i + 1 < cue.token.sent.end and not _within_a_name(token):
            following = doc[token.i + 1]
            return (
                _infinitive(following) if _is_infinitive(following) else _to_stop(doc, token.i + 1, cue.token.sent.end)
            )
        if token.is_punct:
            return None
    relative = cue.entry in {"appeler", "juger", "nommer"} and cue.token.dep_ == "acl:relcl"
    return _to_stop(doc, cue.last + 1, cue.token.sent.end) if relative else None


def _within_a_name(token):
    """Whether a "de" only joins a noun and what belongs to it ("le patron de Tesla")."""
    owner = token.head
    return owner.ent_type_ != "" or owner.pos_ == "PROPN"


def _to_stop(doc, first, end):
    last = first
    while last + 1 < end and doc[last + 1].text not in {",", ".", ";", ":", "!", "?", "»", "(", "…"}:
        last += 1
    return (doc[first].idx, doc[last].idx + len(doc[last])) if first < end else None


def _next_que(cue):
    """The que clause right after a cue where the parse has lost it: up to the end of the sentence."""
    doc, end = cue.token.doc, cue.token.sent.end
    for token in doc[cue.last + 1 : min(end, cue.last + (9 if is_passive(cue.token) else 4))]:
        if token.lower_ == "ce":
            return None
        if "que" in cue.takes and token.lower_ in {"que", "qu'"} and token.i + 2 < end and token.pos_ != "ADV":
            start, stop = clause(doc[token.i + 1].sent.root)
            return (doc[token.i + 1].idx, stop) if stop > doc[token.i + 1].idx else None
    return None


def _outside(span, stretches, text):
    """What of a reported stretch stands outside quotation marks: its longest piece of three words or more, or None."""
    pieces, at = [], span[0]
    for stretch in stretches:
        if stretch.outer_end > span[0] and stretch.outer_start < span[1]:
            pieces.append((at, stretch.outer_start))
            at = max(at, stretch.outer_end)
    pieces.append((at, span[1]))
    best = max(
        (p for p in pieces if not text[p[0] : p[1]].lstrip().startswith((",", ";"))),
        key=lambda p: p[1] - p[0],
        default=(0, 0),
    )
    start, end = (
        best[0] + len(text[best[0] : best[1]]) - len(text[best[0] : best[1]].lstrip()),
        best[0] + len(text[best[0] : best[1]].rstrip()),
    )
    return (start, end) if end - start > (12 if len(pieces) > 1 else 2) else None


def attributed_speech(doc, text, spans, stretches, speakers):
    """Findings of what a sentence lays on a source ("Selon X, …", "…, d'après Y")."""
    found = []
    for match in _ACCORDING.finditer(text):
        if inside(stretches, match.start()):
            continue
        finding = _source(match, doc, text, spans, speakers)
        if finding is not None:
            found += [finding]
    return found


def _source(match, doc, text, spans, speakers):
    span = doc.char_span(match.end(), match.end() + 1, alignment_mode="expand")
    sentence = next(((s, e) for s, e in spans if s <= match.start() < e), None)
    if span is None or sentence is None or match.end() >= sentence[1]:
        return None
    following = doc[span.start : span.start + 5]
    head = next(
        (t for t in following if t.pos_ in NOMINAL - {"NUM"}), next((t for t in following if t.pos_ == "NUM"), None)
    )
    if head is None or not names_a_source(doc, span.start):
        return None
    marker = match.group().strip().casefold()
    if marker == "pour" and not _is_opinion(match, head, sentence, speakers):
        return None
    stop = _source_end(doc, head, sentence)
    claimed = _claimed(text, sentence, match.start(), stop)
    if claimed is None:
        return None
    speaker, actor = (None, None) if speakers.cannot_speak(head) else speakers.of(head)
    return Finding(
        [claimed],
        "indirect",
        True,
        speaker,
        actor,
        marker.split(" ")[0] if marker.startswith("selon") else marker,
        "neutral",
    )


def _is_opinion(match, head, sentence, speakers):
    """Whether "pour X" gives X's view: it opens the sentence, and X is a person, a pronoun or a noun that speaks."""
    if match.start() != sentence[0]:
        return False
    named = speakers.at(head)
    person = named is not None and named in speakers.people
    return person or head.lower_ in {"lui", "elle", "eux"} or head.lower_ in closed_list("source_noun")


def _source_end(doc, head, sentence):
    """Where the words that name a source end: at the comma, or with their noun phrase."""
    for token in doc[head.i + 1 : head.i + 25]:
        if token.idx >= sentence[1]:
            return sentence[1]
        if token.text in {",", "»", ":", ";", ".", "("} and not _goes_on(doc, token):
            return token.idx
    return head.idx + len(head)


def _goes_on(doc, comma):
    """Whether what follows a comma still names the source ("Selon Jean Petit, maire de X, …")."""
    following = doc[comma.i + 1] if comma.i + 1 < len(doc) else comma
    title = following.pos_ == "NOUN" and following.lower_ in closed_list("person_title")
    participle = (
        "Part" in following.morph.get("VerbForm") and following.dep_ in {"acl", "amod"} and following.head.i < comma.i
    )
    return comma.text == "," and (title or participle)


def _claimed(text, sentence, start, stop):
    """The part of the sentence laid on the source, or None: after it if it opens, before it if it closes, else all."""
    before, after = text[sentence[0] : start].strip(" ,;:"), text[stop : sentence[1]].strip(" ,;:.!?…")
    if not before and not after:
        return None
    if len(before) <= 25 and len(after) > len(before):
        begin = text.index(after, stop)
        return _first_part(text, begin, begin + len(after))
    begin = text.index(before, sentence[0])
    return (begin, begin + len(before)) if len(after) < 40 else (begin, sentence[1] - (text[sentence[1] - 1] in ".!?…"))


def _first_part(text, start, end):
    """A claim up to a colon or semicolon, after which the outlet speaks again."""
    cut = re.search(r"\s?[:;]\s", text[start:end])
    return (
        (start, start + cut.start())
        if cut and "«" not in text[start + cut.start() : end] and cut.start() > 15
        else (start, end)
    )
