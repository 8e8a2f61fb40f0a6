"""Quotations: which words are whose."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from .lexicon import Hit, closed_list, find, load_lexicon, matcher
from .marks import marked
from .reading import read_texts
from .speakers import Speakers
from .syntax import NOMINAL, clause, is_verb, subjects

_ACCORDING = re.compile(
    r"\b(?:selon|d'après|suivant|à en croire|aux yeux d(?=[e'])|aux dires d(?=[e'])|au dire d(?=[e'])|de l'avis d(?=[e'])|"
    r"de l'aveu d(?=[e'])|pour)(?:e |'|es |u |\s)?",
    re.I,
)
_BEFORE_INCISE = {",", "»", "?", "!", "…", "...", "—", "–", '"'}
_CLITICS = {"s'", "se", "m'", "me", "l'", "lui", "nous", "leur", "y", "en", "a", "ont", "avait", "avaient", "n'", "ne"}
_NOT_A_SOURCE = {
    "que",
    "qu'",
    "lequel",
    "laquelle",
    "lesquels",
    "lesquelles",
    "moi",
    "nous",
    "cas",
    "loi",
    "fois",
    "besoin",
    "moment",
}


@dataclass(frozen=True)
class Cue:
    """A verb (or phrase) that hands the word to someone."""

    first: int
    last: int
    token: object
    entry: str
    stance: str
    takes: frozenset
    incise: bool = False


@dataclass
class Finding:
    """Somebody's words before they are cut into sentences: one stretch, or several parted by an incise (", dit-il,")."""

    parts: list
    kind: str
    closed: bool = True
    speaker: str | None = None
    actor: str | None = None
    cue: str | None = None
    stance: str | None = None

    @property
    def start(self):
        return self.parts[0][0]

    @property
    def end(self):
        return self.parts[-1][1]


def find_quotes(texts):
    """Quotations in bare texts: the table `quotes` with `text_id`; see :func:`quotes`."""
    return quotes(read_texts(texts))[0]


def quotes(reading, mentions=None):
    """(quotes, scare_quotes) of a reading.

    quotes: one row per sentence of a quotation, marks excluded. kind: direct (a clause in marks), fragment (part of
    a clause in marks, laid in someone's mouth), indirect (que clause, reported infinitive, selon X). speaker: the
    fullest name in the document, else the words that name them, else missing; speaker_actor where it is an actor of
    the catalogue. cue_stance: whether the outlet vouches for the words (endorsing), keeps away (distancing) or only
    hands them on (neutral). closed is False where a mark was opened and never closed.
    scare_quotes: short words in marks that nobody is said to have said. Titles of works and names are neither.

    Pronoun speakers and indirect speech lean on the parse: expect errors in long sentences.
    """
    by_doc = {} if mentions is None else {d: g.to_dict("records") for d, g in mentions.groupby(mentions.columns[0])}
    said, scares = [], []
    for doc_id in reading.docs:
        found, scare = _in_doc(reading, doc_id, Speakers(reading, doc_id, by_doc.get(doc_id, [])))
        said += [row | {"doc_id": doc_id} for row in _by_sentence(found, reading.spans[doc_id])]
        scares += [
            {"doc_id": doc_id, "start": s, "end": e, "sentence_id": reading.sentence_at(doc_id, s)} for s, e in scare
        ]
    return reading.table("quotes", said), reading.table("scare_quotes", scares)


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


def by_document(table):
    """{doc_id: records} of a table, for lookups by place."""
    return {d: g.to_dict("records") for d, g in table.groupby(table.columns[0])}


@cache
def _cue_index():
    return matcher(load_lexicon("speech_verbs", key=("entry", "pos")).drop(columns="pos"))


def _in_doc(reading, doc_id, speakers):
    doc, spans, text = reading.docs[doc_id], reading.spans[doc_id], reading.texts[doc_id]
    stretches = marked(text)
    cues = _cues(doc, stretches)
    sources = _sources(doc, text, spans, stretches, speakers)
    found, scares, last = [], [], None
    for stretch in stretches:
        finding = _marked_finding(stretch, stretches, doc, text, spans, cues, sources, speakers, last)
        if finding == "scare":
            scares.append((stretch.start, stretch.end))
        elif finding is not None:
            found.append(finding)
            last = finding
    found += _indirect(doc, text, spans, stretches, cues, speakers, found)
    found += [f for f in sources if not _covered(f, found)]
    return sorted(found, key=lambda f: f.start), scares


def _cues(doc, stretches):
    """The cues of a doc: verbs of speech outside quotation marks, and those of an incise inside them (", dit-elle,")."""
    cues = []
    for hit in find(doc, _cue_index()) + _mistagged(doc):
        verb = next((t for t in doc[hit.first : hit.last + 1] if is_verb(t)), None)
        takes = frozenset(hit.row["takes"].split(";"))
        incise = bool(takes & {"incise", "quote"}) and _is_incise(doc, hit)
        if not incise and (
            verb is None or _inside(stretches, hit.start) or verb.dep_.startswith("aux") or verb.dep_ == "cop"
        ):
            continue
        cues.append(
            Cue(
                hit.first,
                hit.last,
                verb if verb is not None else hit.root,
                hit.row["entry"],
                hit.row["stance"],
                takes,
                incise,
            )
        )
    return cues


def _mistagged(doc):
    """Present-tense cues of an incise that the tagger takes for nouns or adjectives ("», lâche-t-il", "», tempête Paul")."""
    hits = []
    for token in doc:
        row = _cue_index().get(token.lower_ + "r", {}).get(None)
        if row and token.lower_.endswith("e") and not is_verb(token):
            hits.append(Hit(doc, token.i, token.i, row[0]))
    return hits


def _is_incise(doc, hit):
    """Whether a verb of speech stands inverted after a comma or a closing mark: ", a-t-il dit", "», tempête Paul"."""
    before = _before_verb(doc, hit.first)
    if (
        before < 0
        or doc[before].text not in _BEFORE_INCISE
        or any(t.lower_ in {"et", "qui"} for t in doc[before + 1 : hit.first])
    ):
        return False
    pronoun = any(_is_inverted(t) for t in doc[before + 1 : min(len(doc), hit.last + 3)])
    after = doc[hit.last + 1] if hit.last + 1 < len(doc) else None
    if after is not None and after.pos_ in {"ADV", "PRON"} and hit.last + 2 < len(doc) and not pronoun:
        after = doc[hit.last + 2]
    return (
        pronoun
        or after is not None
        and after.lower_ not in {"que", "qu'", "de", "d'"}
        and (
            after.pos_ in {"PROPN", "DET"}
            or after.text[:1].isupper()
            or after.lower_ in {"le", "la", "l'", "un", "une", "cette", "ce", "celui"}
        )
    )


def _before_verb(doc, first):
    """The place before a verb, its auxiliaries, clitics and adverbs."""
    i = first - 1
    while i >= 0 and (
        doc[i].dep_.startswith(("aux", "expl"))
        or doc[i].lower_ in _CLITICS
        or doc[i].pos_ == "AUX"
        or _is_inverted(doc[i])
    ):
        i -= 1
    return i


def _is_inverted(token):
    return (
        token.text.startswith("-")
        and token.lower_.lstrip("-t") in {"il", "elle", "ils", "elles", "on", "je"}
        or token.lower_ == "-t"
    )


def _inside(stretches, offset):
    i = bisect_left(stretches, offset + 1, key=lambda m: m.start) - 1
    return i >= 0 and stretches[i].start <= offset < stretches[i].end


# --- words in quotation marks


def _marked_finding(stretch, stretches, doc, text, spans, cues, sources, speakers, last):
    """The Finding of a stretch in marks, "scare", or None for titles and names."""
    tokens = [t for t in doc.char_span(stretch.start, stretch.end, alignment_mode="contract") or () if not t.is_space]
    if not tokens or _is_title(tokens, doc):
        return None
    direct = _is_clause(tokens, text, stretch)
    finding = Finding([(stretch.start, stretch.end)], "direct" if direct else "fragment", stretch.closed)
    host = _host(stretch, spans)
    inner = [c for c in cues if c.incise and stretch.start < c.token.idx < stretch.end]
    if inner:
        finding.parts, finding.kind = _without_incises(stretch, inner, doc), "direct"
    cue = inner[0] if inner else _cue_for(stretch, tokens, host, cues, direct)
    if cue is not None:
        finding.cue, finding.stance = cue.entry, cue.stance
        finding.speaker, finding.actor = _subject_of(
            cue, speakers, (last.speaker, last.actor) if last else None, stretches
        )
        return finding
    source = next((s for s in sources if host[0] <= s.start and s.end <= host[1] + 1), None)
    if source is not None:
        finding.speaker, finding.actor, finding.cue, finding.stance = (
            source.speaker,
            source.actor,
            source.cue,
            source.stance,
        )
        return finding
    if direct and last is not None and _follows(last, stretch, text):
        finding.speaker, finding.actor = last.speaker, last.actor
        return finding
    cue = _neighbour_cue(stretch, host, text, cues) if direct else None
    if cue is not None:
        finding.cue, finding.stance = cue.entry, cue.stance
        finding.speaker, finding.actor = _subject_of(cue, speakers, None, stretches)
        return finding
    return finding if direct or len(tokens) > 6 else "scare"


def _without_incises(stretch, cues, doc):
    """The parts of a stretch left when its incises are taken out, each from its comma to where the speaker goes on."""
    parts, at = [], stretch.start
    for cue in cues:
        comma = doc[_before_verb(doc, cue.first)]
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
    before = [t.lower_ for t in doc[max(0, first - 2) : first] if t.pos_ != "ADJ"]
    return named or len(tokens) <= 10 and bool(before) and before[-1] in closed_list("title_noun")


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


def _neighbour_cue(stretch, host, text, cues):
    """A cue in the sentence before, where it leads to the quotation by a colon or stands at its end."""
    before = text[: host[0]].rstrip()
    near = [c for c in cues if 0 < len(before) - c.token.idx < 220]
    if not near:
        return None
    return near[-1] if before.endswith(":") or "quote" in near[-1].takes else None


def _subject_of(cue, speakers, last, stretches=()):
    """(speaker, actor) of a cue: its subject in the parse, else the nearest noun before it, or after it in an inversion."""
    doc = cue.token.doc
    inverted = _inverted_pronoun(cue, doc)
    if inverted is not None:
        return speakers.of(inverted, last)
    stretches = () if cue.incise and _inside(stretches, cue.token.idx) else stretches
    outside = [t for t in subjects(cue.token) if not cue.first <= t.i <= cue.last and not _inside(stretches, t.idx)]
    if cue.incise:
        outside = [t for t in outside if t.i > cue.last]
    for token in outside or _subject_by_place(cue, doc, stretches):
        speaker, actor = speakers.of(token, last)
        if actor is None and isinstance(speaker, str) and token.pos_ != "PRON":
            return speakers.named_beside(token, cue.token) or (speaker, actor)
        return speaker, actor
    return last or (None, None)


def _inverted_pronoun(cue, doc):
    """The pronoun of "a-t-il dit", "lance-t-elle", which the parse often takes for an expletive."""
    near = doc[max(cue.token.sent.start, cue.first - 3) : cue.last + 3]
    return next((t for t in near if _is_inverted(t) and t.lower_ != "-t"), None)


def _subject_by_place(cue, doc, stretches):
    """Where the parse gives no subject: the noun right after an inverted verb, else the last subject before it."""
    sentence = cue.token.sent
    start = cue.first
    while start > sentence.start and doc[start - 1].dep_.startswith("aux"):
        start -= 1
    inverted = cue.incise or start > sentence.start and doc[start - 1].is_punct
    wrong = {"obl:mod", "obl:arg"} | (set() if inverted else {"obj"})
    for token in doc[cue.last + 1 : min(sentence.end, cue.last + 8)]:
        if token.pos_ in NOMINAL and token.dep_ not in wrong and not _inside(stretches, token.idx):
            return [token]
        if token.is_punct:
            break
    before = [
        t for t in doc[sentence.start : cue.first] if t.dep_.startswith("nsubj") and not _inside(stretches, t.idx)
    ]
    return before[-1:]


# --- reported speech without marks


def _indirect(doc, text, spans, stretches, cues, speakers, found):
    """Findings of que clauses, reported infinitives, "ce qu'il appelle …" and "accuser de …"."""
    made = []
    for cue in cues:
        span = None if cue.incise else _reported(cue)
        if span is None:
            continue
        span = _outside(span, stretches, text)
        if span is None or any(f.start <= span[0] < f.end for f in made):
            continue
        speaker, actor = _subject_of(cue, speakers, _speaker_before(cue, found), stretches)
        made.append(Finding([span], "indirect", True, speaker, actor, cue.entry, cue.stance))
    return made


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
        if "inf" in cue.takes and child.dep_ in {"xcomp", "ccomp"} and _is_infinitive(child):
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
    for token in doc[cue.last + 1 : min(end, cue.last + 4)]:
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


# --- selon X, d'après X, pour X, aux yeux de X


def _sources(doc, text, spans, stretches, speakers):
    """Findings of what a sentence lays on a source ("Selon X, …", "…, d'après Y")."""
    found = []
    for match in _ACCORDING.finditer(text):
        if _inside(stretches, match.start()):
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
    if head is None or head.lower_ in _NOT_A_SOURCE or doc[span.start].lower_ in _NOT_A_SOURCE:
        return None
    marker = match.group().strip().casefold()
    if marker == "pour" and not _is_opinion(match, head, sentence, speakers):
        return None
    stop = _source_end(doc, head, sentence)
    claimed = _claimed(text, sentence, match.start(), stop)
    if claimed is None:
        return None
    speaker, actor = speakers.of(head)
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
    """Whether "pour X" gives X's view: it opens the sentence, X is a named person or speaks, and a comma follows."""
    opens = match.start() == sentence[0]
    speaks = (
        speakers.at(head) is not None
        and speakers.at(head)[0] in speakers.people
        or head.lower_ in closed_list("source_noun")
    )
    return opens and speaks


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
