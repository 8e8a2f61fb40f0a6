"""Loaded vocabulary: words that judge, dramatise or move, and whose voice speaks them."""

import pandas as pd

from ..reading.lexicon import closed_list, find, forced, from_lexicons, load_lexicon, matcher
from ..reading.syntax import agents, infinitive, is_verb, phrase
from ..text.tables import NUMBER, PLACE, TEXT, WHOLE, YESNO
from .cues import uttering_verbs
from .entities import actors_at
from .judgements import judged_by
from .metaphors import figurativeness, metaphor_entries
from .running import on_texts
from .uses import category_of, loaded_features, logit, probability, weights, wordings
from .voices import voice_at

TABLES = {
    "loaded_terms": PLACE
    | {
        "term": TEXT, "category": TEXT, "intensity": WHOLE, "score": NUMBER, "listed": YESNO, "voice": TEXT, "speaker": TEXT,
        "speaker_actor": TEXT, "target_actor": TEXT,
    },
}  # fmt: skip


def loaded_entries():
    """The lexicon of loaded terms with the loaded ones among the metaphors (all of war): entry, pos, category, intensity, domain.

    domain: whose literal uses are to be told apart; empty where a word has none. judged, loaded: among how many uses that
    coders judged the entry was loaded in how many.
    """
    own = load_lexicon("loaded")
    borrowed = metaphor_entries().query("category != ''")
    joined = pd.concat([own, borrowed], ignore_index=True).drop_duplicates("entry", ignore_index=True)
    return forced("loaded", joined.drop(columns="use", errors="ignore")).fillna("")


@from_lexicons("loaded", "metaphors")
def _index():
    return matcher(loaded_entries())


def find_loaded_terms(texts):
    """Loaded terms in bare texts: the table `loaded_terms` with `text_id`; see :func:`measure`."""
    return on_texts(texts, "loaded_terms")


def measure(article, quotes, mentions, scare_quotes=()):
    """{"loaded_terms": rows} of one article: words that judge, dramatise or move where a neutral wording existed.

    Each use of an entry of the lexicon is judged in its sentence, by what the encoder reads off the word and its neighbours, by
    the entry and how often it was loaded among judged uses; wordings that no list has are proposed by the same reader. score:
    the probability that a coder would call it loaded; what is under the threshold of `models/uses/weights.csv` is left out.
    term: the lexicon's entry, or the words as printed where listed is False; category: one of `uses.CATEGORIES`, the entry's unless
    another reads much likelier there; intensity: 1–3, the entry's, missing where it is not listed. voice: outlet, or quoted
    (inside reported speech, with marks or without), then with its speaker. target_actor: the actor that the word is said of, where
    the syntax shows one. An entry that a study forces (`use` in seeds/lexicons/loaded.csv) has the score 1, or is never found.
    Irony escapes it, and how loaded a text is depends on more than its words.
    """
    uses = candidates(article)
    figures = [use for use, entry in uses if entry and entry["domain"]]
    found = [(use, entry, _score(article, use, entry, figures)) for use, entry in uses]
    found = sorted((u for u in found if u[2] >= weights()["chosen"]["threshold"]), key=lambda u: (u[0].first, u[0].last))
    return {"loaded_terms": [_row(article, *use, quotes, mentions, scare_quotes) for use in found]}


def candidates(article):
    """[(stretch, its entry in the lexicon, or None)] of what may be loaded: uses of entries, then wordings that no list has."""
    hits = find(article.doc, _index())
    taken = {i for hit in hits for i in range(hit.first, hit.last + 1)}
    return [(hit, hit.row) for hit in hits] + [(stretch, None) for stretch in wordings(article, taken)]


def features(article, use, entry, figures):
    """{name: value} of what tells whether a candidate is loaded; figures: those whose entries are of a domain with literal uses."""
    literal = logit(figurativeness(article, use, figures)) if entry and entry["domain"] else 0.0
    return loaded_features(article, use, entry, literal)


def _score(article, use, entry, figures):
    forced_on = entry is not None and entry.get("use") == "on"
    return 1.0 if forced_on else probability("loaded", features(article, use, entry, figures))


def _row(article, use, entry, score, quotes, mentions, scare_quotes):
    voice, speaker, actor = _voice(use, quotes, mentions, scare_quotes)
    return {
        "sentence_id": article.sentence_at(use.start),
        "start": use.start,
        "end": use.end,
        "term": entry["entry"] if entry else _told(article, use),
        "category": category_of(article, use, entry),
        "intensity": int(entry["intensity"] or 1) if entry else None,
        "score": score,
        "listed": entry is not None,
        "voice": voice,
        "speaker": speaker,
        "speaker_actor": actor,
        "target_actor": _target(use, mentions, speaker=actor),
    }


def _voice(use, quotes, mentions, scare_quotes):
    """(voice, speaker, speaker_actor): who says a word, in marks, in reported speech, or as the object of a verb of speech."""
    found = voice_at(quotes, use.start, use.end)
    if found[0] == "quoted":
        return found
    if any(s["start"] <= (use.start + use.end) / 2 < s["end"] for s in scare_quotes):
        return "quoted", None, None  # in marks, but nobody is said to have said it
    verb = _uttering(use.root)
    if verb is None:
        return found
    for subject in agents(verb):
        actor = next(iter(actors_at(subject, mentions)), None)
        if actor or subject.lemma_.casefold() in closed_list("source_noun"):  # somebody: what a report "reveals" is the outlet's word
            start, end = phrase(subject)
            return "quoted", use.doc.text[start:end], actor
    return found


def _uttering(token):
    """The verb of speech whose object holds a word ("dénonce un lynchage médiatique", "crie à la trahison"), or None."""
    while token.dep_ in {"nmod", "amod", "conj", "appos"} and token.head != token:
        token = token.head
    uttered = token.dep_ in {"obj", "obl:arg"} and is_verb(token.head) and infinitive(token.head) in uttering_verbs()
    return token.head if uttered else None


def _told(article, use):
    """A wording that no list has, as a term: its words in lower case, of a single word the lemma."""
    first = article.doc[use.first]
    return first.lemma_.casefold() if use.first == use.last else article.text[use.start : use.end].casefold()


def _target(hit, mentions, speaker=None):
    """The actor a loaded word is said of, never the one who says it; see :func:`.judgements.judged_by`."""
    for token in judged_by(hit.root):
        for actor in actors_at(token, mentions):
            if speaker is None or actor != speaker:
                return actor
    return None
