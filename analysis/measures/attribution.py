"""Whose a stretch in quotation marks is: by its cue, its source, the colon that leads to it, who spoke before, who is asked."""

import re
from dataclasses import dataclass

from ..reading.syntax import is_verb, subjects
from .cues import inside, subject_of
from .speakers import Speakers

_COLON = re.compile(r" ?: (?=\S)")


@dataclass(frozen=True)
class Heard:
    """What is known of one document before its marked stretches are judged one by one."""

    doc: object
    text: str
    spans: list
    stretches: list
    cues: list
    sources: list
    speakers: Speakers
    interviewee: tuple | None = None


def attribution(heard, stretch, tokens, inner, direct, last):
    """(speaker, actor, cue, stance) of a stretch in marks, or None.

    In this order: an incise inside it, a cue in its sentence, a source ("selon X"), the speaker before where it goes
    on, a cue in the sentence before.
    """
    if heard.interviewee is not None and _is_paragraph(stretch, heard.text):
        return *heard.interviewee, None, None
    host, before = host_of(stretch, heard.spans), (last.speaker, last.actor) if last else None
    if direct and not inner and (led := _led_by_colon(heard, stretch)) is not None:
        return *heard.speakers.of(led[0], before), *led[1]
    if direct and not inner and (named := _named_by_colon(heard, stretch)) is not None:
        return *named, None, None
    cue = inner[0] if inner else _cue_for(stretch, tokens, host, heard.cues, direct)
    if cue is not None:
        return *subject_of(cue, heard.speakers, before, heard.stretches), cue.entry, cue.stance
    source = next((s for s in heard.sources if host[0] <= s.start and s.end <= host[1] + 1), None)
    if source is not None:
        return source.speaker, source.actor, source.cue, source.stance
    if direct and last is not None and _follows(last, stretch, heard.text):
        return *(_who_comes_between(heard, last.end, stretch) or before), None, None
    cue = _neighbour_cue(host, heard.text, heard.cues) if direct else None
    if cue is not None and (other := _who_comes_between(heard, cue.token.sent.end_char, stretch)) is not None:
        return *other, None, None
    if cue is not None:
        return *subject_of(cue, heard.speakers, None, heard.stretches), cue.entry, cue.stance
    subject = _subject_of_marked(stretch, tokens, direct, heard.text)
    if (
        subject is None
        and direct
        and stretch.start - host[0] <= 2
        and (focus := heard.speakers.focus(host[0])) is not None
    ):
        return *focus, None, None
    if subject is None or not (direct or heard.speakers.can_speak(subject)):
        return None
    return *heard.speakers.of(subject, before), None, None


def _led_by_colon(heard, stretch):
    """(subject, (cue, stance)) of the main clause that leads to a stretch by a colon ("Paul Roy ne cache pas sa colère : « …")."""
    before = heard.text[: stretch.outer_start].rstrip()
    if not before.endswith(":"):
        return None
    span = heard.doc.char_span(len(before) - 1, len(before), alignment_mode="expand")
    if span is None or not len(span):
        return None
    root = span[0].sent.root
    own = [t for t in subjects(root) if t.idx < len(before) and not inside(heard.stretches, t.idx)]
    if not own or not root.sent.start_char <= root.idx < len(before):
        # the parse lost the clause: "Vandamme dément avoir exigé quoi que ce soit : « …"
        own = [t for t in root.sent if t.pos_ not in {"PUNCT", "SPACE", "DET"}][:1]
        own = [t for t in own if heard.speakers.names_a_person(t) and t.idx < len(before)]
    titled = own and any(heard.speakers.names_a_person(c) for c in own[0].children if c.dep_ in {"appos", "flat:name"})
    if not own or not (
        titled or heard.speakers.at(own[0]) or own[0].pos_ == "NOUN" and heard.speakers.can_speak(own[0])
    ):
        return None
    cue = next((c for c in heard.cues if c.token == root), None)
    return own[0], (cue.entry, cue.stance) if cue else (None, None)


def _named_by_colon(heard, stretch):
    """Whom a headline names right after what was said: "« C'est une trahison » : Sofia Lahlou accuse le préfet"."""
    opens = heard.text[: stretch.outer_start].rstrip(" ")[-1:] in {"", "\n"}
    after = _COLON.match(heard.text, stretch.outer_end)
    if not (opens and after):
        return None
    at = after.end()
    return next((who for start, _, who, kind in heard.speakers.places if start == at and kind != "pronoun"), None)


def _subject_of_marked(stretch, tokens, direct, text):
    """Who does what is in marks ("la mairie « regrette » ce choix"), or what leads to it by a colon; None if nobody."""
    verb = next((t for t in tokens if t.head.i not in {x.i for x in tokens} or t.head == t), tokens[0])
    if direct:
        if not text[: stretch.outer_start].rstrip().endswith(":"):
            return None
        before = [t for t in verb.doc[: tokens[0].i] if is_verb(t) and t.sent.end_char >= stretch.outer_start - 3]
        verb = before[-1] if before else verb
    outside = [t for t in subjects(verb) if not stretch.start <= t.idx < stretch.end] if is_verb(verb) else []
    return outside[0] if outside else None


def interviewee(text, stretches, speakers):
    """Who answers in an interview whose answers are paragraphs in marks: the person named first; None where it is none."""
    answers = [s for s in stretches if _is_paragraph(s, text)]
    asked = [s for s in answers if text[: s.outer_start].rstrip().endswith("?")]
    if len(answers) < 3 or not asked:
        return None
    return next((who for _, _, who, _ in speakers.names if who in speakers.people), None)


def _is_paragraph(stretch, text):
    before, after = text[: stretch.outer_start].rstrip(" "), text[stretch.outer_end :].lstrip(" ")
    return before[-1:] == "\n" and after[:1] in {"\n", ""}


def host_of(stretch, spans):
    """(start, end) of the sentences that a stretch in marks touches."""
    touched = [(s, e) for s, e in spans if s < stretch.outer_end and stretch.outer_start < e]
    return (touched[0][0], touched[-1][1]) if touched else (stretch.start, stretch.end)


def _cue_for(stretch, tokens, host, cues, direct):
    """The cue of the host sentences that governs a stretch: nearest, an incise after it or a verb before it."""
    ranked = []
    for cue in cues:
        at = cue.token.idx
        if not host[0] <= at < host[1]:
            continue
        if stretch.start <= at < stretch.end:
            continue
        joins_on = cue.first > 0 and cue.token.doc[cue.first - 1].lower_ in {"et", "puis", "mais", "en"}
        if at >= stretch.end and joins_on:
            continue
        if at >= stretch.end:
            distance = cue.first - tokens[-1].i - (20 if cue.incise and direct else 0)
            if not direct and distance > 8 or direct and not cue.incise and distance > 4:
                continue
        else:
            distance = tokens[0].i - cue.last
            if not direct and not _reaches(cue, tokens):
                distance += 12
        ranked.append((distance, cue))
    ranked.sort(key=lambda r: r[0])
    return ranked[0][1] if ranked and ranked[0][0] <= 40 else None


def _reaches(cue, tokens):
    """Whether what a cue governs in the parse holds some of these tokens."""
    return any(cue.token in t.ancestors for t in tokens[:4])


def _follows(last, stretch, text):
    """Whether a stretch goes on where the last quotation stopped: nothing but its incise or a break between them."""
    between = text[last.end : stretch.start]
    return len(between) < 160 and between.count(".") <= 2 and between.count("\n") <= 2


def _who_comes_between(heard, at, stretch):
    """(speaker, actor) of the one whom the last sentence before a stretch, from a place on, is about ("Paul Roy a souri."); else None."""
    whole = [(s, e) for s, e in heard.spans if at <= s and e <= stretch.outer_start]
    if not whole:
        return None
    there = heard.speakers.people_between(*whole[-1])
    return (
        next(iter(there)) if len(there) == 1 == len(heard.speakers.people_between(*whole[-1], subjects=True)) else None
    )


def _neighbour_cue(host, text, cues):
    """A cue in the sentence before, where it leads to the quotation by a colon or stands at its end."""
    before = text[: host[0]].rstrip()
    near = [c for c in cues if 0 < len(before) - c.token.idx < 220]
    if not near:
        return None
    return near[-1] if before.endswith(":") or "quote" in near[-1].takes else None
