"""Quotations: which words are whose."""

from ..reading.lexicon import closed_list
from ..reading.syntax import is_verb
from ..text.marks import marked
from ..text.tables import PLACE, TEXT, WHOLE, YESNO
from .attribution import Heard, attribution, interviewee
from .cues import Finding, before_verb, find_cues, incise_end
from .interviews import turns
from .reported import attributed_speech, reported_speech, unmarked_speech
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
    return on_texts(texts, "quotes")


def measure(article, mentions, entities, roles=()):
    """{"quotes": rows, "scare_quotes": rows} of one article.

    quotes: one row per sentence of a quotation, marks excluded. kind: direct (a clause in marks), fragment (part of
    a clause in marks, laid in someone's mouth), indirect (que clause, reported infinitive, selon X). speaker: the
    fullest name in the document, else the words that name them, else missing; speaker_actor where it is an actor of
    the catalogue. cue_stance: whether the outlet vouches for the words (endorsing), keeps away (distancing) or only
    hands them on (neutral). closed is False where a mark was opened and never closed.
    scare_quotes: short words in marks that nobody is said to have said. Titles of works and names are neither.
    Whom a role or a pronoun means is told by :mod:`.entities`; indirect speech leans on the parse: expect errors in long sentences.
    """
    speakers = Speakers(article, mentions, entities, roles)
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


def _in_article(article, speakers):
    doc, spans, text = article.doc, article.spans, article.text
    stretches = marked(text)
    cues = find_cues(doc, stretches)
    sources = attributed_speech(doc, text, spans, stretches, speakers)
    heard = Heard(doc, text, spans, stretches, cues, sources, speakers, interviewee(text, stretches, speakers))
    found, scares = [], []
    for stretch in stretches:
        tokens = _tokens(doc, stretch)
        followed = tokens and any(c.incise and 0 < c.first - tokens[-1].i <= 6 for c in cues)
        if not tokens or not followed and _is_title(tokens, doc):
            continue
        finding = _marked_finding(heard, stretch, tokens, found[-1] if found else None)
        if finding is None:
            scares.append((stretch.start, stretch.end))
        else:
            found.append(finding)
    found += reported_speech(doc, text, stretches, cues, speakers, found)
    found += unmarked_speech(doc, text, spans, stretches, cues, speakers)
    found += [f for f in sources if not _covered(f, found)]
    found += _turns(text, speakers, found)
    return sorted(found, key=lambda f: f.start), scares


def _turns(text, speakers, found):
    """The turns of an interview or a transcript as findings, where they are not in marks already."""
    said = [Finding([(start, end)], "direct", True, *who, None, None) for start, end, who in turns(text, speakers)]
    return [f for f in said if not _covered(f, found)]


def _tokens(doc, stretch):
    span = doc.char_span(stretch.start, stretch.end, alignment_mode="contract")
    return [t for t in span or () if not t.is_space]


def _marked_finding(heard, stretch, tokens, last):
    """The Finding of a stretch in marks, with its speaker; None where nobody is said to have said it (a scare quote)."""
    inner = [c for c in heard.cues if c.incise and stretch.start < c.token.idx < stretch.end]
    direct = bool(inner) or _is_clause(tokens, heard.text, stretch)
    parts = _without_incises(stretch, inner, heard.doc) if inner else [(stretch.start, stretch.end)]
    said = attribution(heard, stretch, tokens, inner, direct, last)
    if said is None and not direct and len(tokens) <= 6:
        return None
    return Finding(parts, "direct" if direct else "fragment", stretch.closed, *(said or (None, None, None, None)))


def _without_incises(stretch, cues, doc):
    """The parts of a stretch left when its incises are taken out, each from its comma to where the speaker goes on."""
    parts, at = [], stretch.start
    for cue in cues:
        comma = doc[before_verb(doc, cue.first)]
        end = incise_end(doc, cue, stretch.end)
        if comma.idx > at:
            parts.append((at, comma.idx if comma.text in {",", "—", "–"} else comma.idx + len(comma)))
        at = max(at, end)
    rest = doc.text[at : stretch.end]
    at += len(rest) - len(rest.lstrip(" ,.—–"))
    return parts + ([(at, stretch.end)] if stretch.end - at > 1 else []) or [(stretch.start, stretch.end)]


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
