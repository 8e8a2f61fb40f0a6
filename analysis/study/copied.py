"""What the copied text of a study means: how much of each article and outlet is another's, what is an agency's, and the same counts with copies once.

All of it rests on the table `reuse`: passages shared word for word, and which article had them before.
"""

import re

import numpy as np
import pandas as pd

from ..corpus.genres import is_agency
from ..text.typography import n_words
from .reuse import places_of

UNKNOWN = "(outlet unknown)"
AGENCY = 3  # outlets that print a passage from which on it is taken for an agency's, though nothing says so


def spans(study, *, quoted=True):
    """{doc_id: [(start, end)]}: what of each article stood in another before, overlapping passages joined. quoted: passages wholly in
    quotation marks too."""
    rows = study.reuse if quoted else study.reuse[~study.reuse["in_quotes"]]
    return {doc_id: _joined(sorted(zip(own["start"], own["end"]))) for doc_id, own in rows.groupby("doc_id")}


def _joined(places):
    """Places in order, those that overlap made one."""
    made = []
    for start, end in places:
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made


def copied(study):
    """One row per article: doc_id, outlet, words, copied (of them, that stood in an article before), share, source (the article that most of it
    stood in), agency (whether that text is an agency's: see :func:`agency_text`)."""
    found, articles = spans(study), study.articles
    text = dict(zip(articles["doc_id"], articles["text"]))
    most = study.reuse.groupby(["doc_id", "other_doc_id"])["n_words"].sum().reset_index().sort_values(["n_words", "other_doc_id"], ascending=[False, True]).drop_duplicates("doc_id")
    source, agency = most.set_index("doc_id")["other_doc_id"], agency_text(study)
    of_agency = set(agency["doc_id"])
    rows = [
        {"doc_id": d, "outlet": o, "words": n_words(text[d]), "copied": sum(n_words(text[d][a:b]) for a, b in found.get(d, ()))}
        for d, o in zip(articles["doc_id"], articles["outlet"].fillna(UNKNOWN))
    ]
    made = pd.DataFrame(rows, columns=["doc_id", "outlet", "words", "copied"])
    made["share"] = made["copied"] / made["words"].clip(lower=1)
    return made.assign(source=made["doc_id"].map(source), agency=made["doc_id"].isin(of_agency))


def between_outlets(study):
    """One row per two outlets, `later` and `earlier`: articles, passages and words that the later one printed after the earlier."""
    outlet = study.articles.set_index("doc_id")["outlet"].fillna(UNKNOWN)
    rows = study.reuse.assign(later=study.reuse["doc_id"].map(outlet), earlier=study.reuse["other_doc_id"].map(outlet))
    made = rows.groupby(["later", "earlier"], as_index=False).agg(articles=("doc_id", "nunique"), passages=("doc_id", "size"), words=("n_words", "sum"))
    return made.sort_values(["words", "later"], ascending=[False, True], ignore_index=True)


def agency_text(study):
    """The passages that are an agency's, of each article that holds one: doc_id, start, end, n_words, because ("signed": an article that holds it bears an agency's mark; "many":
    so many outlets print it that it is probably one's)."""
    outlet = study.articles.set_index("doc_id")["outlet"]
    signed = {d for d, g, o, a in zip(study.articles["doc_id"], study.articles["genre"], outlet, study.articles["author"]) if g == "dispatch" or is_agency(o) or is_agency(a)}
    rows = []
    for doc_id, own in sorted(places_of(study.reuse).items()):
        for start, end in _joined(sorted({(a, b) for a, b, _ in own})):
            holders = {doc_id, *(other for a, b, other in own if a < end and b > start)}
            outlets = outlet.reindex(list(holders)).dropna().nunique()
            because = "signed" if holders & signed else "many" if outlets >= AGENCY else None
            rows += [(doc_id, start, end, because)] if because else []
    text = dict(zip(study.articles["doc_id"], study.articles["text"]))
    made = pd.DataFrame(rows, columns=["doc_id", "start", "end", "because"])
    return made.assign(n_words=[n_words(text[d][a:b]) for d, a, b in zip(made["doc_id"], made["start"], made["end"])])


def once(study):
    """The same study with copied passages counted once: rows that lie in a passage which another article printed before are left out of every
    table, and their words out of `n_words`. Somebody's words that two outlets quote (passages wholly in quotation marks) count every time."""
    found, changed = spans(study, quoted=False), {}
    for name in ("sentences", "mentions", "quotes", "scare_quotes", "hedges", "claims", "loaded_terms", "frames", "sentiment", "agency"):
        rows = getattr(study, name)
        changed[name] = rows[~_inside(rows, found)].reset_index(drop=True)
    text = dict(zip(study.articles["doc_id"], study.articles["text"]))
    less = [sum(n_words(text[d][a:b]) for a, b in found.get(d, ())) for d in study.articles["doc_id"]]
    left = (study.articles["n_words"] - pd.Series(less, index=study.articles.index, dtype="Int64")).clip(lower=0)
    return study.copy(articles=study.articles.assign(n_words=left), **changed)


def _inside(rows, found):
    """Whether each row begins in a passage that is copied; rows without a place (of whole articles) never do."""
    made = np.zeros(len(rows), bool)
    for i, (doc_id, start) in enumerate(zip(rows["doc_id"], rows["start"])):
        made[i] = not pd.isna(start) and any(a <= start < b for a, b in found.get(doc_id, ()))
    return made


def against(study, doc_id, other_doc_id):
    """What one article took from another, sentence by sentence: of (doc_id), start, end, text, what ("shared", "added" by the one, "left out" of
    the other). A sentence is shared where more than half of its words are in a passage that both have."""
    rows = study.reuse
    same = rows[((rows["doc_id"] == doc_id) & (rows["other_doc_id"] == other_doc_id)) | ((rows["doc_id"] == other_doc_id) & (rows["other_doc_id"] == doc_id))]
    text, made = dict(zip(study.articles["doc_id"], study.articles["text"])), []
    for own, what in ((doc_id, "added"), (other_doc_id, "left out")):
        places = [(r.start, r.end) if r.doc_id == own else (r.other_start, r.other_end) for r in same.itertuples()]
        for s in study.sentences[study.sentences["doc_id"] == own].itertuples():
            held = sum(n_words(text[own][max(s.start, a) : min(s.end, b)]) for a, b in places if max(s.start, a) < min(s.end, b))
            shared = held > n_words(text[own][s.start : s.end]) / 2
            made.append({"doc_id": own, "start": s.start, "end": s.end, "what": "shared" if shared else what, "text": re.sub(r"\s+", " ", text[own][s.start : s.end])})
    return pd.DataFrame(made, columns=["doc_id", "start", "end", "what", "text"])
