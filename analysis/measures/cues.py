"""Cues: the verbs that hand over the word, the incises they stand in, and who speaks them."""

from bisect import bisect_left
from dataclasses import dataclass

from ..reading.lexicon import Hit, closed_list, find, from_lexicons, load_lexicon, matcher
from ..reading.syntax import NOMINAL, agents, infinitive, is_passive, is_verb, subjects

_BEFORE_INCISE = {",", "»", "?", "!", "…", "...", "—", "–", '"'}
_MANY = {"beaucoup", "certains", "certaines", "plusieurs", "d'aucuns", "aucuns", "tous", "toutes", "autres", "peu"}
_CLITICS = {"s'", "se", "m'", "me", "l'", "lui", "nous", "leur", "y", "en", "a", "ont", "avait", "avaient", "n'", "ne"}


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


@from_lexicons("speech_verbs")
def _cue_index():
    return matcher(load_lexicon("speech_verbs", key=("entry", "pos")).drop(columns="pos"))


@from_lexicons("speech_verbs")
def speech_verbs():
    """The verbs that hand over the word or utter a judgement: those of the lexicon `speech_verbs`."""
    return frozenset(load_lexicon("speech_verbs", key=("entry", "pos"))["entry"])


@from_lexicons("speech_verbs")
def uttering_verbs():
    """Those of them whose object is somebody's word: not the ones by which the outlet vouches for it ("révéler", "concéder")."""
    known = load_lexicon("speech_verbs", key=("entry", "pos"))
    return frozenset(known.loc[known["stance"] != "endorsing", "entry"])


def find_cues(doc, stretches):
    """The cues of a doc: verbs of speech outside quotation marks, and those of an incise inside them (", dit-elle,")."""
    cues = []
    for hit in find(doc, _cue_index()) + _mistagged(doc):
        verb = next((t for t in doc[hit.first : hit.last + 1] if is_verb(t)), None)
        takes = frozenset(hit.row["takes"].split(";"))
        incise = bool(takes & {"incise", "quote"}) and _is_incise(doc, hit)
        if not incise and (
            verb is None or inside(stretches, hit.start) or verb.dep_.startswith("aux") or verb.dep_ == "cop"
        ):
            continue
        if not incise and "Inf" in verb.morph.get("VerbForm") and infinitive(verb.head) == "devoir":
            continue  # what somebody must say has not been said
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
    if doc[hit.last].text.endswith("ant"):
        return False
    before = before_verb(doc, hit.first)
    if (
        before < 0
        or doc[before].text not in _BEFORE_INCISE
        or any(t.lower_ in {"et", "qui"} for t in doc[before + 1 : hit.first])
    ):
        return False
    pronoun = any(is_inverted(t) for t in doc[before + 1 : min(len(doc), hit.last + 3)])
    after = doc[hit.last + 1] if hit.last + 1 < len(doc) else None
    passing = after is not None and (after.pos_ in {"ADV", "PRON"} or after.dep_ == "obl:mod" and after.pos_ == "NOUN")
    if passing and hit.last + 2 < len(doc) and not pronoun:
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


def before_verb(doc, first):
    """The place before a verb, its auxiliaries, clitics and adverbs."""
    i = first - 1
    while i >= 0 and (
        doc[i].dep_.startswith(("aux", "expl"))
        or doc[i].lower_ in _CLITICS
        or doc[i].pos_ == "AUX"
        or is_inverted(doc[i])
    ):
        i -= 1
    return i


def incise_end(doc, cue, limit):
    """Where an incise ends: at its full stop, or at the comma after which a verb goes on."""
    end = cue.token.sent.end
    for token in doc[cue.last + 1 : end]:
        if token.idx >= limit or token.text in {".", "!", "?", ";", ":", "—", "–"}:
            return min(limit, token.idx)
        if token.text == "," and any(is_verb(t) and "Fin" in t.morph.get("VerbForm") for t in doc[token.i + 1 : end]):
            return token.idx
    return min(limit, doc[end - 1].idx + len(doc[end - 1]))


def names_a_source(doc, first):
    """Whether what follows "selon" and the like, from this token on, is somebody's word, and not a measure ("selon les règles")."""
    return closed_list("no_source").isdisjoint(t.lower_ for t in doc[first : first + 3])


def is_inverted(token):
    """Whether a token is the pronoun of an inversion ("-il", "-t")."""
    return (
        token.text.startswith("-")
        and token.lower_.lstrip("-t") in {"il", "elle", "ils", "elles", "on", "je"}
        or token.lower_ == "-t"
    )


def inside(stretches, offset):
    """Whether an offset stands within one of these marked stretches."""
    i = bisect_left(stretches, offset + 1, key=lambda m: m.start) - 1
    return i >= 0 and stretches[i].start <= offset < stretches[i].end


def subject_of(cue, speakers, last, stretches=()):
    """(speaker, actor) of a cue: its subject in the parse, else the nearest noun before it, or after it in an inversion."""
    doc = cue.token.doc
    inverted = _inverted_pronoun(cue, doc)
    if inverted is not None:
        return speakers.of(inverted, last)
    if is_passive(cue.token) and not cue.incise:
        return next((speakers.of(token, last) for token in agents(cue.token)), (None, None))
    stretches = () if cue.incise and inside(stretches, cue.token.idx) else stretches
    own = subjects(cue.token) or [c for c in cue.token.children if c.dep_ == "expl:subj"]
    if not own and cue.token.text.endswith("ant") and cue.token.head.i > cue.token.i:
        own = subjects(cue.token.head)  # "Tout en reconnaissant …, elle a requis"
    outside = [t for t in own if not cue.first <= t.i <= cue.last and not inside(stretches, t.idx)]
    if cue.incise:
        outside = [t for t in outside if t.i > cue.last]
    for token in outside or _subject_by_place(cue, doc, stretches, speakers):
        speaker, actor = speakers.of(token, last)
        if actor is None and isinstance(speaker, str) and token.pos_ != "PRON":
            beside = speakers.named_beside(token, cue.token)
            if beside is None and speakers.cannot_speak(token):
                beside = speakers.nearest(cue.token) or last
            return beside or (speaker, actor)
        if speaker is None and token.lower_ not in {"on", "-on", "je", "j'", "nous"}:
            return speakers.nearest(cue.token) or last or (None, None)
        return speaker, actor
    return last or speakers.nearest(cue.token) or (None, None)


def _inverted_pronoun(cue, doc):
    """The pronoun of "a-t-il dit", "lance-t-elle", which the parse often takes for an expletive."""
    near = doc[max(cue.token.sent.start, cue.first - 3) : cue.last + 3]
    return next((t for t in near if is_inverted(t) and t.lower_ != "-t"), None)


def _subject_by_place(cue, doc, stretches, speakers):
    """Where the parse gives no subject: the noun right after an inverted verb, else the last subject before it."""
    sentence = cue.token.sent
    start = cue.first
    while start > sentence.start and doc[start - 1].dep_.startswith("aux"):
        start -= 1
    inverted = cue.incise or start > sentence.start and doc[start - 1].is_punct
    wrong = {"obl:mod", "obl:arg"} | (set() if inverted else {"obj"})
    for token in doc[cue.last + 1 : min(sentence.end, cue.last + 8)]:
        if token.is_punct or token.lower_ in {"que", "qu'"}:
            break
        wanted = token.pos_ in NOMINAL and token.dep_ not in wrong and not inside(stretches, token.idx)
        if wanted and (inverted or speakers.can_speak(token)):
            return [token]
    many = doc[before_verb(doc, cue.first)]
    if many.lower_ in _MANY:
        return [many]
    above = {cue.token, *cue.token.ancestors}
    before = [t for t in doc[sentence.start : cue.first] if t.pos_ in NOMINAL and not inside(stretches, t.idx)]
    subject = [t for t in before if t.dep_.startswith("nsubj") and t.head in above]
    return subject[-1:] or [t for t in before if t.dep_ in {"ROOT", "dislocated"}][-1:]
