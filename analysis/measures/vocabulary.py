"""Loaded vocabulary: words that judge, dramatise or move, and whose voice speaks them."""

import pandas as pd

from ..reading.lexicon import find, from_lexicons, load_lexicon, matcher
from ..text.tables import PLACE, TEXT, WHOLE
from .judgements import judged_by
from .metaphors import figurative, metaphor_entries
from .running import on_texts
from .voices import voice_at

CATEGORIES = ["war", "betrayal", "catastrophe", "scandal", "praise", "insult", "exaggeration", "fear", "moral", "other"]
TABLES = {
    "loaded_terms": PLACE
    | {
        "term": TEXT, "category": TEXT, "intensity": WHOLE, "voice": TEXT, "speaker": TEXT, "speaker_actor": TEXT,
        "target_actor": TEXT,
    },
}  # fmt: skip


def loaded_entries():
    """The lexicon of loaded terms with the loaded ones among the metaphors (all of war): entry, pos, category, intensity, domain.

    domain: whose literal uses are to be set aside; empty where a word has none.
    """
    own = load_lexicon("loaded")
    borrowed = metaphor_entries().query("category != ''")
    return pd.concat([own, borrowed], ignore_index=True).drop_duplicates("entry", ignore_index=True)


@from_lexicons("loaded", "metaphors")
def _index():
    return matcher(loaded_entries())


def find_loaded_terms(texts):
    """Loaded terms in bare texts: the table `loaded_terms` with `text_id`; see :func:`measure`."""
    return on_texts(texts, "loaded_terms")


def measure(article, quotes, mentions):
    """{"loaded_terms": rows} of one article: words that judge, dramatise or move where a neutral wording existed.

    term: the lexicon's entry; category: one of CATEGORIES; intensity 1–3. voice: outlet, or quoted (inside reported
    speech, with marks or without), then with its speaker. target_actor: the actor that the word is said of, where
    the syntax shows one. Literal uses of war, weather … are set aside (see metaphors). A lexicon finds what it
    lists: it says how often these words occur, not how loaded a text is, and irony escapes it.
    """
    hits = find(article.doc, _index())
    hits = [h for h in hits if not h.row["domain"]] + figurative(article.doc, [h for h in hits if h.row["domain"]])
    hits.sort(key=lambda h: (h.first, h.last, h.row["entry"]))
    return {"loaded_terms": [_row(article, hit, quotes, mentions) for hit in hits]}


def _row(article, hit, quotes, mentions):
    voice, speaker, actor = voice_at(quotes, hit.start, hit.end)
    return {
        "sentence_id": article.sentence_at(hit.start),
        "start": hit.start,
        "end": hit.end,
        "term": hit.row["entry"],
        "category": hit.row["category"],
        "intensity": int(hit.row["intensity"] or 1),
        "voice": voice,
        "speaker": speaker,
        "speaker_actor": actor,
        "target_actor": _target(hit, mentions, speaker=actor),
    }


def _target(hit, mentions, speaker=None):
    """The actor a loaded word is said of, never the one who says it; see :func:`.judgements.judged_by`."""
    for token in judged_by(hit.root):
        for mention in mentions:
            if mention["start"] <= token.idx < mention["end"] and (speaker is None or mention["actor"] != speaker):
                return mention["actor"]
    return None
