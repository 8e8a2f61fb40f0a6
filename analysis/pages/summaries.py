"""Small tables for readers, from the tables of a study: each is what one figure draws and one sentence says."""

from itertools import combinations

import numpy as np
import pandas as pd

from ..measures.framing import SCHEMES, threshold_of
from ..measures.sentiment import explain_targets
from ..measures.vocabulary import term_counts
from ..study.comparison import quoted_characters
from ..study.statistics import ratio_interval
from ..text.language import name, signed, tr
from ..text.typography import n_words

KINDS = ["name", "short_name", "description", "pronoun"]
LABELS = ["negative", "neutral", "positive"]
OUTLET_UNKNOWN = "(outlet unknown)"
LONGEST = 320  # characters of a passage with what stands around it
_SENTENCES, _SHARED = 8, 0.25  # of an article that may not be shared whole


def outlets(study):
    """One row per outlet: n (articles), words, first and last date. Articles without an outlet stand together."""
    articles = study.articles.assign(outlet=study.articles["outlet"].fillna(OUTLET_UNKNOWN))
    grouped = articles.groupby("outlet", as_index=False)
    made = grouped.agg(n=("doc_id", "size"), words=("n_words", "sum"), first=("date", "min"), last=("date", "max"))
    return made.sort_values(["n", "outlet"], ascending=[False, True], ignore_index=True)


def lengths(study):
    """One row per article: doc_id, outlet, date, words, sentences."""
    sentences = study.sentences.groupby("doc_id").size()
    made = study.articles[["doc_id", "title", "outlet", "date", "n_words"]].rename(columns={"n_words": "words"})
    made["outlet"] = made["outlet"].fillna(OUTLET_UNKNOWN)
    return made.assign(sentences=made["doc_id"].map(sentences).astype("Int64"))


def presence(study):
    """One row per mention: doc_id, actor, kind, role, position (0 at an article's first character, 1 at its last)."""
    return _with_position(study, study.mentions.dropna(subset=["actor"]))[
        ["doc_id", "actor", "kind", "role", "position"]
    ]


def _with_position(study, table):
    length = study.articles.set_index("doc_id")["text"].str.len()
    return table.assign(position=table["start"].astype(float) / table["doc_id"].map(length).astype(float))


def actors(study):
    """One row per actor, the most mentioned first: mentions, articles, and how often they act, undergo, or neither."""
    found = study.mentions.dropna(subset=["actor"])
    made = found.groupby("actor").agg(mentions=("start", "size"), articles=("doc_id", "nunique"))
    roles = (
        found.groupby(["actor", "role"])
        .size()
        .unstack(fill_value=0)
        .reindex(columns=["agent", "patient", "other"], fill_value=0)
    )
    return made.join(roles).sort_values("mentions", ascending=False, kind="stable").reset_index()


def sentiment_by_actor(study):
    """One row per actor: counts of negative, neutral, positive sentences, how many were withheld, n, mean polarity.

    n counts the sentences that are not withheld; polarity has a 95 % interval over articles (low, high; missing for
    fewer than three articles); baseline is textblob-fr's mean over the same sentences, which is blind to its target.
    """
    columns = ["actor", *LABELS, "n", "withheld", "articles", "polarity", "low", "high", "baseline"]
    rows = []
    for actor, group in study.sentiment.groupby("actor"):
        sure = group[~group["withheld"]]
        per_article = sure.groupby("doc_id")["polarity"].agg(["sum", "size"])
        value, low, high = ratio_interval(per_article["sum"], per_article["size"])
        counts = {label: int((sure["label"] == label).sum()) for label in LABELS}
        rows.append(
            {"actor": actor}
            | counts
            | {
                "n": len(sure),
                "withheld": int(group["withheld"].sum()),
                "articles": len(per_article),
                "polarity": value,
                "low": low,
                "high": high,
                "baseline": sure["baseline"].mean(),
            }
        )
    return pd.DataFrame(rows, columns=columns).sort_values(["n", "actor"], ascending=[False, True], ignore_index=True)


def explained(study, *, most=8):
    """The surest polar judgements with the words that moved them most: actor, label, polarity, sentence, words."""
    found = judged(study).sort_values("polarity", key=lambda p: -p.abs(), kind="stable")
    if not study.settings["share_full_text"]:
        found = found[standing_in(found, shareable(study))]
    found = found.head(most)
    places = study.sentences.set_index(["doc_id", "sentence_id"])
    texts = study.articles.set_index("doc_id")["text"]
    where = [tuple(places.loc[(d, s), ["start", "end"]]) for d, s in zip(found["doc_id"], found["sentence_id"])]
    sentences = [texts[d][a:b] for d, (a, b) in zip(found["doc_id"], where)]
    spans = [(max(0, s - a), min(e, b) - a) for s, e, (a, b) in zip(found["start"], found["end"], where)]
    moved = explain_targets(sentences, spans)
    words = [", ".join(tr("{word} ({effect})", word=w, effect=signed(e)) for w, e in moved.loc[moved["text_id"] == i, ["word", "effect"]].itertuples(index=False))
             for i in range(len(found))]  # fmt: skip
    made = found[["actor", "label", "polarity"]].assign(words=words, sentence=[s[:160] for s in sentences])
    return made.reset_index(drop=True)


def disputed(study):
    """The rows of `sentiment` that the model calls positive and the rules negative, or the reverse, with a tag."""
    rows = study.sentiment
    against = (rows["label"] != "neutral") & (rows["by_rule"] != "neutral") & (rows["label"] != rows["by_rule"])
    found = rows[against & ~rows["withheld"]]
    told = [
        tr("{actor}: {label}, by rule {other}", actor=r.actor, label=name(r.label), other=name(r.by_rule))
        for r in found.itertuples()
    ]
    return found.assign(tag=pd.Series(told, index=found.index, dtype="str"))


def judged(study):
    """The rows of `sentiment` that praise or blame and are not withheld, with a tag of actor and label."""
    found = study.sentiment[(study.sentiment["label"] != "neutral") & ~study.sentiment["withheld"]]
    told = [tr("{actor}: {label}", actor=r.actor, label=name(r.label)) for r in found.itertuples()]
    return found.assign(tag=pd.Series(told, index=found.index, dtype="str"))


def shareable(study):
    """The sentences that a report may show where whole articles are not shared: (doc_id, sentence_id), as a set.

    The most marked of each article (loaded words, quotations, conditionals, judgements), at most eight, together a quarter
    of its length; of a long sentence LONGEST characters count, and are shown. The same ones on every page.
    """
    marked = pd.concat(
        [t[["doc_id", "sentence_id"]] for t in (study.loaded_terms, study.quotes, study.hedges, judged(study))]
    )
    weight = marked.groupby(["doc_id", "sentence_id"]).size().rename("weight").reset_index()
    found = study.sentences[study.sentences["part"] != "title"].merge(weight, on=["doc_id", "sentence_id"])
    found = found.sort_values(["doc_id", "weight", "sentence_id"], ascending=[True, False, True])
    length = (found["end"] - found["start"]).clip(upper=LONGEST).groupby(found["doc_id"])
    allowed = found["doc_id"].map(study.articles.set_index("doc_id")["text"].str.len()).astype(float) * _SHARED
    kept = found[(length.cumsum() <= allowed) & (length.cumcount() < _SENTENCES)]
    return set(zip(kept["doc_id"], kept["sentence_id"]))


def standing_in(table, sentences):
    """Which rows of a table stand in one of these sentences, a set of (doc_id, sentence_id)."""
    return np.array([place in sentences for place in zip(table["doc_id"], table["sentence_id"])], bool)


def own_schemes(study):
    """The names of the schemes of frames that the study defines itself, in `seeds/frames/`."""
    return [scheme for scheme in study.frames["scheme"].unique() if scheme not in SCHEMES]


def frames_of(study, scheme):
    """The names of a scheme's frames, the kit's or the study's own."""
    return SCHEMES.get(scheme) or list(study.frames.query("level == 'article' and scheme == @scheme")["frame"].unique())


def frames_of_articles(study, scheme):
    """One row per frame of a scheme: mean article score with its interval, the threshold, and the share of articles above it."""
    rows, found = [], study.frames.query("level == 'article' and scheme == @scheme")
    for frame in frames_of(study, scheme):
        own = found[found["frame"] == frame]
        value, low, high = ratio_interval(own["score"], np.ones(len(own)))
        share = own["present"].mean() if len(own) else np.nan
        rows.append(
            {
                "frame": frame,
                "n": len(own),
                "score": value,
                "low": low,
                "high": high,
                "threshold": threshold_of(scheme, frame),
                "present": share,
            }
        )
    return pd.DataFrame(rows).sort_values("score", ascending=False, kind="stable", ignore_index=True)


def frames_of_own_schemes(study):
    """As :func:`frames_of_articles`, for all the schemes that the study defines itself, with a column `scheme`."""
    parts = [frames_of_articles(study, scheme).assign(scheme=scheme) for scheme in own_schemes(study)]
    return (
        pd.concat(parts, ignore_index=True) if parts else frames_of_articles(study, "generic").head(0).assign(scheme="")
    )


def frames_through(study, scheme, *, steps=10):
    """Where in the articles frames stand: one row per frame and tenth of the text, share of its sentences with the frame."""
    places = study.sentences.rename(columns={"start": "s"})[["doc_id", "sentence_id", "s"]]
    places = _with_position(study, places.rename(columns={"s": "start"}))
    places["step"] = np.minimum((places["position"] * steps).astype(int), steps - 1) + 1
    present = study.frames.query("level == 'sentence' and scheme == @scheme and present")
    total = places.groupby("step").size()
    rows = []
    for frame in frames_of(study, scheme):
        own = places.merge(
            present[present["frame"] == frame][["doc_id", "sentence_id"]].drop_duplicates(),
            on=["doc_id", "sentence_id"],
        )
        counts = own.groupby("step").size()
        rows += [
            {
                "frame": frame,
                "step": step,
                "sentences": int(n),
                "with_frame": int(counts.get(step, 0)),
                "share": counts.get(step, 0) / n,
            }
            for step, n in total.items()
        ]
    return pd.DataFrame(rows, columns=["frame", "step", "sentences", "with_frame", "share"])


def frames_by_voice(study, scheme):
    """Whose voice brings each frame: frame, outlet, quoted (sentences that hold a cue, by the voice of the strongest one)."""
    found = _framed_sentences(study, scheme, cued=True)
    counts = found.groupby(["frame", "voice"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["outlet", "quoted"], fill_value=0).astype(int)
    return counts.loc[counts.sum(axis=1).sort_values(ascending=False).index].rename_axis(columns=None).reset_index()


def actors_in_frames(study, scheme, *, most=8):
    """Which actor stands in which frame: actor, frame, sentences (that name the actor and carry the frame), of (sentences
    that name the actor), share, as_agent (those where the actor does something). The `most` mentioned actors."""
    named = study.mentions.dropna(subset=["actor"])
    named = named.assign(agent=named["role"] == "agent").groupby(["actor", "doc_id", "sentence_id"])["agent"].any()
    named = named.reset_index()
    of = named["actor"].value_counts().head(most)
    met = named[named["actor"].isin(of.index)].merge(_framed_sentences(study, scheme), on=["doc_id", "sentence_id"])
    made = met.groupby(["actor", "frame"]).agg(sentences=("agent", "size"), as_agent=("agent", "sum")).reset_index()
    made["of"] = np.array([of[actor] for actor in made["actor"]], dtype=int)
    made["share"] = made["sentences"] / made["of"]
    order = made["actor"].map({a: i for i, a in enumerate(of.index)})
    made = made.assign(order=order).sort_values(["order", "sentences"], ascending=[True, False], kind="stable")
    return made[["actor", "frame", "sentences", "of", "share", "as_agent"]].reset_index(drop=True)


def frames_together(study, scheme):
    """Which frames come together: frame, other_frame, sentences (that carry both), expected (were they independent), lift, articles.

    lift: sentences / expected; over 1 the two attract each other. Under five sentences it says little.
    """
    found = _framed_sentences(study, scheme)
    sets = found.groupby(["doc_id", "sentence_id"])["frame"].agg(frozenset)
    single = found["frame"].value_counts()
    rows = []
    for one, other in combinations(frames_of(study, scheme), 2):
        both = sets[[one in s and other in s for s in sets]]
        expected = single.get(one, 0) * single.get(other, 0) / max(1, len(study.sentences))
        if len(both):
            articles = both.index.get_level_values("doc_id").nunique()
            rows.append((one, other, len(both), expected, len(both) / expected, articles))
    made = pd.DataFrame(rows, columns=["frame", "other_frame", "sentences", "expected", "lift", "articles"])
    return made.sort_values("sentences", ascending=False, kind="stable", ignore_index=True)


def _framed_sentences(study, scheme, *, cued=False):
    """doc_id, sentence_id, frame, voice of every sentence that carries a frame (cued: by a word of the lexicon at least)."""
    present = study.frames.query("level == 'sentence' and scheme == @scheme and present")
    present = present[present["cues"] > 0] if cued else present
    return present[["doc_id", "sentence_id", "frame", "voice"]].drop_duplicates(["doc_id", "sentence_id", "frame"])


def metaphors(study):
    """One row per metaphor in the text: domain, words, what it speaks of, voice, and its place."""
    found = study.frames.query("level == 'sentence' and scheme == 'metaphor'")
    text = study.articles.set_index("doc_id")["text"]
    words = [text[d][s:e] for d, s, e in zip(found["doc_id"], found["start"], found["end"])]
    made = found.assign(words=words)[
        ["frame", "words", "target", "voice", "speaker_actor", "doc_id", "sentence_id", "start", "end"]
    ]
    return made.rename(columns={"frame": "domain"}).reset_index(drop=True)


def loaded_ranking(study):
    """One row per loaded term, the most frequent first: term, category, n, in the outlet's voice, quoted, articles."""
    grouped = study.loaded_terms.groupby(["term", "category"], as_index=False)
    made = grouped.agg(
        n=("start", "size"),
        articles=("doc_id", "nunique"),
        intensity=("intensity", "max"),
        outlet=("voice", lambda v: int((v == "outlet").sum())),
        quoted=("voice", lambda v: int((v == "quoted").sum())),
    )
    return made.sort_values(["n", "intensity", "term"], ascending=[False, False, True], ignore_index=True)


def cloud(study):
    """One row per lemma of the articles: term, n, and its category where it is a loaded word ("plain" else).

    The words of the actors' names are left out: they are counted as mentions.
    """
    counts = term_counts(study.articles["text"])
    for word in term_counts(study.actors.query("kind != 'description'")["form"]):
        counts.pop(word, None)
    category = {}
    for row in study.loaded_terms.itertuples():
        category.setdefault(row.term, row.category)
    rows = [{"term": t, "n": n, "category": category.get(t, "plain")} for t, n in counts.most_common(120)]
    return pd.DataFrame(rows, columns=["term", "n", "category"])


def dispersion(study):
    """One row per loaded term in the text: term, category, voice, position in its article (0 to 1)."""
    return _with_position(study, study.loaded_terms)[
        ["doc_id", "term", "category", "voice", "speaker", "position", "start", "end"]
    ]


def loaded_by_voice(study):
    """One row per category of loaded terms: in the outlet's voice, in quotes, and both per 1,000 words of that voice."""
    quoted = quoted_characters(study).sum()
    total = study.articles["text"].str.len().sum()
    words = float(study.articles["n_words"].sum())
    by_voice = {
        "quoted": words * quoted / total if total else 0,
        "outlet": words * (1 - quoted / total) if total else 0,
    }
    counts = study.loaded_terms.groupby(["category", "voice"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["outlet", "quoted"], fill_value=0).reset_index()
    for voice in ("outlet", "quoted"):
        counts[f"{voice}_per_1000"] = counts[voice] / by_voice[voice] * 1000 if by_voice[voice] else np.nan
    counts["n"] = counts["outlet"] + counts["quoted"]
    return counts.sort_values(["n", "category"], ascending=[False, True], ignore_index=True)


def speakers(study):
    """One row per speaker, the most quoted first: quotes, words, share of all quoted words, marked (in quotation marks)."""
    text = study.articles.set_index("doc_id")["text"]
    said = study.quotes.assign(speaker=study.quotes["speaker"].fillna("(nobody named)"))
    said["words"] = [n_words(text[d][s:e]) for d, s, e in zip(said["doc_id"], said["start"], said["end"])]
    said["marked"] = np.where(said["kind"] != "indirect", said["words"], 0)
    said["quote"] = said["doc_id"] + "#" + said["quote_id"].astype(str)
    made = (
        said.groupby("speaker")
        .agg(
            quotes=("quote", "nunique"),
            words=("words", "sum"),
            marked=("marked", "sum"),
            articles=("doc_id", "nunique"),
        )
        .reset_index()
    )
    made["share"] = made["words"] / max(1, made["words"].sum())
    return made.sort_values(["words", "speaker"], ascending=[False, True], ignore_index=True)


def speakers_by_outlet(study):
    """One row per outlet and speaker: quoted words and their share of the outlet's quoted words, the largest first."""
    outlet = study.articles.set_index("doc_id")["outlet"].fillna(OUTLET_UNKNOWN)
    parts = []
    for who, group in study.quotes.groupby(study.quotes["doc_id"].map(outlet)):
        one = speakers(study.copy(quotes=group))
        parts.append(one.assign(outlet=who)[["outlet", "speaker", "quotes", "words", "share"]].head(5))
    columns = ["outlet", "speaker", "quotes", "words", "share"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def voices_apart(study):
    """(the outlets' own words, the quoted words): two lists of texts, one each per article, for `keyness`."""
    own, quoted = [], []
    for doc_id, text in zip(study.articles["doc_id"], study.articles["text"]):
        said = study.quotes[study.quotes["doc_id"] == doc_id]
        inside = np.zeros(len(text), bool)
        for start, end in zip(said["start"], said["end"]):
            inside[start:end] = True
        quoted.append("".join(c if i else " " for c, i in zip(text, inside)))
        own.append("".join(" " if i else c for c, i in zip(text, inside)))
    return own, quoted


def hedge_sources(study):
    """One row per source: how many unverified statements stand on its word, in how many sentences and articles."""
    reported = study.hedges[study.hedges["type"] == "press_conditional"]
    reported = reported.assign(source=reported["source"].fillna("(no source named)"))
    made = reported.groupby("source", as_index=False).agg(
        n=("start", "size"), sentences=("sentence_id", "nunique"), articles=("doc_id", "nunique")
    )
    return made.sort_values(["n", "source"], ascending=[False, True], ignore_index=True)


def stances(study):
    """One row per cue and stance: how the outlet hands over the word (neutral, endorsing, distancing), and how often."""
    cues = study.quotes.dropna(subset=["cue"]).drop_duplicates(["doc_id", "quote_id"])
    made = cues.groupby(["cue_stance", "cue"]).size().rename("n").reset_index()
    return made.sort_values(["n", "cue"], ascending=[False, True], ignore_index=True)


def hedge_types(study):
    """One row per type and form of hedge: n, and on whose word most often."""
    grouped = study.hedges.groupby(["type", "form"])
    made = grouped.agg(
        n=("start", "size"), articles=("doc_id", "nunique"), with_source=("source", "count")
    ).reset_index()
    return made.sort_values(["n", "type"], ascending=[False, True], ignore_index=True)


def relations(study):
    """One row per pair of actors and verb: who does what to whom, n times, in how many articles; denied ones apart."""
    both = study.agency.dropna(subset=["agent_actor", "patient_actor"])
    grouped = both.groupby(["agent_actor", "verb", "patient_actor", "negated"])
    made = grouped.agg(n=("start", "size"), articles=("doc_id", "nunique")).reset_index()
    return made.sort_values(["n", "agent_actor", "verb"], ascending=[False, True, True], ignore_index=True)


def undergone(study):
    """What is done to each actor, by whoever it be (accused, courted, refused …): actor, verb, n, by (who does it,
    in words). Passives, and active clauses that name who does it: of infinitives the parse is too unsure."""
    found = study.agency.dropna(subset=["patient_actor"])
    found = found[found["agent"].notna() | (found["construction"] != "active")]  # infinitives: the parse is too unsure
    doer = found["agent_actor"].where(found["agent_actor"].notna(), found["agent"])
    found = found.assign(by=doer, verb=np.where(found["negated"], "ne pas ", "") + found["verb"].astype(object))
    grouped = found.groupby(["patient_actor", "verb"], as_index=False)
    made = grouped.agg(n=("start", "size"), by=("by", lambda b: ", ".join(dict.fromkeys(b.dropna())) or None))
    made = made.rename(columns={"patient_actor": "actor"})
    return made.sort_values(["n", "actor", "verb"], ascending=[False, True, True], ignore_index=True)
