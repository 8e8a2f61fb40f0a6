"""Quotations: which words are whose."""

from dataclasses import dataclass

from ..reading.lexicon import closed_list
from ..reading.syntax import is_verb, subjects
from ..text.marks import marked
from ..text.tables import PLACE, TEXT, WHOLE, YESNO
from .cues import Finding, before_verb, find_cues, subject_of
from .reported import attributed_speech, reported_speech
from .running import on_texts
from .speakers import Speakers

TABLES = {
    "quotes": {
        "doc_id": TEXT, "quote_id": WHOLE, "sentence_id": WHOLE, "start": WHOLE, "end": WHOLE, "kind": TEXT, "closed": YESNO,
        "speaker": TEXT, "speaker_actor": TEXT, "cue": TEXT, "cue_stance": TEXT,
    },
    "scare_quotes": PLACE,
}  # fmt: skip


def find_quotes(texts):
    """Quotations in bare texts: the table `quotes` with `text_id`; see :func:`measure`."""
    return on_texts(texts, "quotes", mentions=[])


def measure(article, mentions, actors=None):
    """{"quotes": rows, "scare_quotes": rows} of one article.

    quotes: one row per sentence of a quotation, marks excluded. kind: direct (a clause in marks), fragment (part of
    a clause in marks, laid in someone's mouth), indirect (que clause, reported infinitive, selon X). speaker: the
    fullest name in the document, else the words that name them, else missing; speaker_actor where it is an actor of
    the catalogue. cue_stance: whether the outlet vouches for the words (endorsing), keeps away (distancing) or only
    hands them on (neutral). closed is False where a mark was opened and never closed.
    scare_quotes: short words in marks that nobody is said to have said. Titles of works and names are neither.
    actors: a :class:`Catalogue`, so that no pronoun of the other gender speaks for its people.

    Pronoun speakers and indirect speech lean on the parse: expect errors in long sentences.
    """
    speakers = Speakers(article, mentions, actors.parsers_genders() if actors else None)
    found, scares = _in_article(article, speakers)
    return {
        "quotes": list(_by_sentence(found, article.spans)),
        "scare_quotes": [{"start": s, "end": e, "sentence_id": article.sentence_at(s)} for s, e in scares],
    }


def voice_at(quotes_of_doc, start, end):
    """(voice, speaker, speaker_actor) of a stretch of a document: the innermost quotation that holds it, else the outlet's.

    quotes_of_doc: records of `quotes` of that document.
    """
    middle = (start + end) / 2
    holding = [q for q in quotes_of_doc if q["start"] <= middle < q["end"]]
    if not holding:
        return "outlet", None, None
    best = min(holding, key=lambda q: q["end"] - q["start"])
    named_first = (
        best if isinstance(best["speaker"], str) else next((q for q in holding if isinstance(q["speaker"], str)), best)
    )
    return "quoted", named_first["speaker"], named_first["speaker_actor"]


@dataclass(frozen=True)
class Scene:
    """What is known of one document before its marked stretches are judged one by one."""

    doc: object
    text: str
    spans: list
    stretches: list
    cues: list
    sources: list
    speakers: Speakers


def _in_article(article, speakers):
    doc, spans, text = article.doc, article.spans, article.text
    stretches = marked(text)
    cues = find_cues(doc, stretches)
    sources = attributed_speech(doc, text, spans, stretches, speakers)
    scene = Scene(doc, text, spans, stretches, cues, sources, speakers)
    found, scares = [], []
    for stretch in stretches:
        tokens = _tokens(doc, stretch)
        followed = tokens and any(c.incise and 0 < c.first - tokens[-1].i <= 6 for c in cues)
        if not tokens or not followed and _is_title(tokens, doc):
            continue
        finding = _marked_finding(scene, stretch, tokens, found[-1] if found else None)
        if finding is None:
            scares.append((stretch.start, stretch.end))
        else:
            found.append(finding)
    found += reported_speech(doc, text, stretches, cues, speakers, found)
    found += [f for f in sources if not _covered(f, found)]
    return sorted(found, key=lambda f: f.start), scares


def _tokens(doc, stretch):
    span = doc.char_span(stretch.start, stretch.end, alignment_mode="contract")
    return [t for t in span or () if not t.is_space]


def _marked_finding(scene, stretch, tokens, last):
    """The Finding of a stretch in marks, with its speaker; None where nobody is said to have said it (a scare quote)."""
    inner = [c for c in scene.cues if c.incise and stretch.start < c.token.idx < stretch.end]
    direct = bool(inner) or _is_clause(tokens, scene.text, stretch)
    parts = _without_incises(stretch, inner, scene.doc) if inner else [(stretch.start, stretch.end)]
    said = _attribution(scene, stretch, tokens, inner, direct, last)
    if said is None and not direct and len(tokens) <= 6:
        return None
    return Finding(parts, "direct" if direct else "fragment", stretch.closed, *(said or (None, None, None, None)))


def _attribution(scene, stretch, tokens, inner, direct, last):
    """(speaker, actor, cue, stance) of a stretch in marks, or None.

    In this order: an incise inside it, a cue in its sentence, a source ("selon X"), the speaker before where it goes
    on, a cue in the sentence before.
    """
    host, before = _host(stretch, scene.spans), (last.speaker, last.actor) if last else None
    cue = inner[0] if inner else _cue_for(stretch, tokens, host, scene.cues, direct)
    if cue is not None:
        return *subject_of(cue, scene.speakers, before, scene.stretches), cue.entry, cue.stance
    source = next((s for s in scene.sources if host[0] <= s.start and s.end <= host[1] + 1), None)
    if source is not None:
        return source.speaker, source.actor, source.cue, source.stance
    if direct and last is not None and _follows(last, stretch, scene.text):
        return last.speaker, last.actor, None, None
    cue = _neighbour_cue(host, scene.text, scene.cues) if direct else None
    if cue is not None:
        return *subject_of(cue, scene.speakers, None, scene.stretches), cue.entry, cue.stance
    subject = _subject_of_marked(stretch, tokens, direct, scene.text)
    if subject is None or not (direct or scene.speakers.can_speak(subject)):
        return None
    return *scene.speakers.of(subject, before), None, None


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


def _without_incises(stretch, cues, doc):
    """The parts of a stretch left when its incises are taken out, each from its comma to where the speaker goes on."""
    parts, at = [], stretch.start
    for cue in cues:
        comma = doc[before_verb(doc, cue.first)]
        end = _incise_end(doc, cue, stretch.end)
        if comma.idx > at:
            parts.append((at, comma.idx if comma.text in {",", "—", "–"} else comma.idx + len(comma)))
        at = max(at, end)
    rest = doc.text[at : stretch.end]
    at += len(rest) - len(rest.lstrip(" ,.—–"))
    return parts + ([(at, stretch.end)] if stretch.end - at > 1 else []) or [(stretch.start, stretch.end)]


def _incise_end(doc, cue, limit):
    """Where an incise ends: at its full stop, or at the comma after which a verb goes on."""
    end = cue.token.sent.end
    for token in doc[cue.last + 1 : end]:
        if token.idx >= limit or token.text in {".", "!", "?", ";", ":", "—", "–"}:
            return min(limit, token.idx)
        if token.text == "," and any(is_verb(t) and "Fin" in t.morph.get("VerbForm") for t in doc[token.i + 1 : end]):
            return token.idx
    return min(limit, doc[end - 1].idx + len(doc[end - 1]))


def _is_title(tokens, doc):
    """Whether words in marks are a title or a name: after a word like "film", or all in capitals at their start."""
    content = [t for t in tokens if t.pos_ not in {"DET", "ADP", "CCONJ", "PUNCT"}]
    named = bool(content) and len(tokens) <= 6 and all(t.text[:1].isupper() or t.like_num for t in content)
    first = tokens[0].i
    while first > 0 and (doc[first - 1].is_quote or doc[first - 1].is_space):
        first -= 1
    near = [t for t in doc[max(0, first - 2) : first] if t.pos_ != "ADJ"]
    told = bool(near) and not (is_verb(near[-1]) and "Fin" in near[-1].morph.get("VerbForm"))
    return named or len(tokens) <= 10 and told and near[-1].lower_ in closed_list("title_noun")


def _is_clause(tokens, text, stretch):
    """Whether words in marks are a clause of their own (direct speech) rather than part of the outlet's (fragment)."""
    finite = any(is_verb(t) and "Fin" in t.morph.get("VerbForm") or t.dep_.startswith("aux") for t in tokens)
    subject = any(t.dep_.startswith(("nsubj", "expl")) for t in tokens)
    upper = tokens[0].text[:1].isupper()
    after_colon = text[: stretch.outer_start].rstrip().endswith(":")
    ends = tokens[-1].text[-1] in ".!?…"
    return (
        finite
        and (upper or after_colon or subject and len(tokens) >= 5)
        or upper
        and ends
        or (after_colon and len(tokens) >= 4)
        or upper
        and len(tokens) >= 8
    )


def _host(stretch, spans):
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


def _neighbour_cue(host, text, cues):
    """A cue in the sentence before, where it leads to the quotation by a colon or stands at its end."""
    before = text[: host[0]].rstrip()
    near = [c for c in cues if 0 < len(before) - c.token.idx < 220]
    if not near:
        return None
    return near[-1] if before.endswith(":") or "quote" in near[-1].takes else None


def _covered(finding, found):
    """Whether most of a finding is already somebody's words."""
    inside = sum(max(0, min(end, finding.end) - max(start, finding.start)) for f in found for start, end in f.parts)
    return inside > 0.6 * (finding.end - finding.start)


def _by_sentence(findings, spans):
    """Rows of `quotes`: each finding cut at sentence ends."""
    for number, f in enumerate(findings):
        row = {
            "quote_id": number,
            "kind": f.kind,
            "closed": f.closed,
            "speaker": f.speaker,
            "speaker_actor": f.actor,
            "cue": f.cue,
            "cue_stance": f.stance,
        }
        for first, last in f.parts:
            for i, (s, e) in enumerate(spans):
                start, end = max(s, first), min(e, last)
                if end > start:
                    yield row | {"sentence_id": i, "start": start, "end": end}
