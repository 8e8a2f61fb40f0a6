"""The sentences with numbers that notebooks and reports show. Plain text: whoever shows it escapes it.

Each takes a study or the table of a figure, reads well for no article, for one and for a thousand, and names its n.
"""

import pandas as pd

FEWEST = 3  # sentences on an actor, below which no sentence of ours singles them out
NOTHING = "There is no article to measure: put some into the seeds folder and run this again."


def count(n, noun):
    """ "1 article", "3,000 articles", "no article"."""
    n = int(n)
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"no {noun}" if n == 0 else f"1 {noun}" if n == 1 else f"{n:,} {plural}"


def joined(items):
    """ "a", "a and b", "a, b and c"."""
    items = list(items)
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1] if items else ""


def _sentence(text):
    return text[:1].upper() + text[1:]


def _words(name):
    return str(name).replace("_", " ")


def _signed(value):
    return f"{value:+.2f}".replace("-", "−")


def _speaker(words):
    """A speaker's name, or the article's words for them in their marks."""
    return words if words[:1].isupper() else f"« {words} »"


def _range(low, high, form=_signed):
    return "" if pd.isna(low) else f" (95 % interval {form(low)} to {form(high)})"


def corpus(study):
    """What was read: articles, words, outlets, period, and what was set aside."""
    articles = study.articles
    if articles.empty:
        return NOTHING
    named = articles["outlet"].dropna().nunique()
    dates = articles["date"].dropna()
    where = f"from {count(named, 'outlet')}" if named else "whose outlet is not known"
    when = (
        ""
        if dates.empty
        else f", {_date(dates.min())}"
        if dates.min() == dates.max()
        else f", {_date(dates.min())} to {_date(dates.max())}"
    )
    text = (
        f"{_sentence(count(len(articles), 'article'))} {where}{when}: {count(articles['n_words'].sum(), 'word')} "
        f"in {count(len(study.sentences), 'sentence')}."
    )
    copies = articles["duplicate_group"].dropna().duplicated().sum()
    text += (
        f" {_sentence(count(copies, 'text'))} {'repeats' if copies == 1 else 'repeat'} another with few changes; each counts."
        if copies
        else ""
    )
    aside = (~study.problems["what"].str.startswith(("repaired", "note"))).sum()
    return text + (
        f" {_sentence(count(aside, 'file or record'))} could not be read or was set aside."
        if aside == 1
        else f" {aside:,} files or records could not be read or were set aside."
        if aside
        else ""
    )


def _date(stamp):
    return f"{stamp.day} {stamp:%B %Y}"


def beware_of_size(study):
    """What the size of this corpus does not allow."""
    n = len(study.articles)
    if n == 0:
        return NOTHING
    if n < 3:
        return (
            f"With {count(n, 'article')} nothing here can be generalised: the figures describe this text and no more, and no "
            "interval is given, for there is nothing to resample."
        )
    if n < 30:
        return f"With {count(n, 'article')} the intervals are wide and rest on few texts: read differences as hints."
    return f"Intervals are drawn by resampling the {n:,} articles, for sentences of one article are no independent witnesses."


def presence(study):
    """Who is there most, and who acts."""
    from .summaries import actors

    table = actors(study)
    if table.empty:
        return NOTHING if study.articles.empty else "No actor of the catalogue is mentioned."
    first = table.iloc[0]
    others = [f"{r.actor} ({r.mentions})" for r in table.iloc[1:4].itertuples()]
    acts = table.sort_values("agent", ascending=False, kind="stable").iloc[0]
    text = (
        f"{first['actor']} is mentioned most, {count(first['mentions'], 'time')} in {count(first['articles'], 'article')}"
        + (f"; then {joined(others)}" if others else "")
        + "."
    )
    if acts["agent"]:
        text += f" The one who most often acts is {acts['actor']}: subject of an active verb in {acts['agent']} of {count(acts['mentions'], 'mention')}."
    return text


def sentiment(table):
    """Who is treated worst and best; what was withheld. table: summaries.sentiment_by_actor."""
    known = table[table["n"] > 0]
    if known.empty:
        return "No sentence names an actor, so no sentiment can be measured."
    often = known[known["n"] >= FEWEST]
    withheld = int(table["withheld"].sum())
    n = int(known["n"].sum())
    text = f"Toward actors {known['neutral'].sum() / n * 100:.0f} % of sentences are neutral (n = {n:,}, one per sentence and actor). "
    if often.empty:
        return text + f"No actor is named in {FEWEST} sentences or more: too few to compare them."
    low, high = often.loc[often["polarity"].idxmin()], often.loc[often["polarity"].idxmax()]
    if low["polarity"] < -0.05:
        text += (
            f"Judged worst is {low['actor']}: {count(low['negative'], 'negative sentence')} of {low['n']}, mean polarity "
            f"{_signed(low['polarity'])}{_range(low['low'], low['high'])}. "
        )
    if high["polarity"] > 0.05:
        text += (
            f"Judged best is {high['actor']}: {count(high['positive'], 'positive sentence')} of {high['n']}, "
            f"{_signed(high['polarity'])}{_range(high['low'], high['high'])}. "
        )
    return text + (
        f"{_sentence(count(withheld, 'sentence'))} too close to call {'is' if withheld == 1 else 'are'} left out."
        if withheld
        else "None was too close to call."
    )


def judgements_by_voice(study):
    """How many of the judgements are the outlet's and how many are in others' words."""
    judged = study.sentiment[(study.sentiment["label"] != "neutral") & ~study.sentiment["withheld"]]
    if judged.empty:
        return "No sentence passes a judgement on an actor."
    quoted = int((judged["voice"] == "quoted").sum())
    own = len(judged) - quoted
    return f"Of {count(len(judged), 'judgement')}, {own} stand{'s' if own == 1 else ''} in the outlet's own voice and {quoted} in reported speech."


def relations(table):
    """Who does most to whom. table: summaries.relations."""
    if table.empty:
        return "No clause sets one actor of the catalogue acting upon another."
    first = table.iloc[0]
    pairs = table.groupby(["agent_actor", "patient_actor"])["n"].sum().sort_values(ascending=False)
    (agent, patient), n = pairs.index[0], int(pairs.iloc[0])
    verbs = [
        r.verb
        for r in table[(table["agent_actor"] == agent) & (table["patient_actor"] == patient)].head(3).itertuples()
    ]
    total = int(table["n"].sum())
    text = (
        f"In {count(total, 'clause')} one actor acts upon another; most often {agent} upon {patient} ({count(n, 'clause')}: "
        f"{joined(f'« {v} »' for v in verbs)})."
    )
    return (
        text
        if n > 1 or total > 1
        else f"In one clause one actor acts upon another: {agent} upon {patient} (« {first['verb']} »)."
    )


def frames(table, scheme):
    """Which frames are present. table: summaries.frames_of_articles."""
    n = int(table["n"].max()) if len(table) else 0
    if not n:
        return NOTHING
    present = table[table["present"] > 0]
    first = table.iloc[0]
    if present.empty:
        return f"No {scheme} frame reaches the threshold in {count(n, 'article')}; nearest is {_words(first['frame'])} ({first['score']:.2f})."
    if n == 1:
        parts = [f"{_words(r.frame)} ({r.score:.2f})" for r in present.itertuples()]
        return f"In this one article the {scheme} frame{'s' if len(parts) > 1 else ''} present {'are' if len(parts) > 1 else 'is'} {joined(parts)}."
    parts = [
        f"{_words(r.frame)} in {round(r.present * n)} of {n}"
        for r in present.sort_values("present", ascending=False).head(3).itertuples()
    ]
    return f"The {scheme} frames present in most articles: {joined(parts)}."


def own_frames(table):
    """What the study's own frames show. table: summaries.frames_of_own_schemes."""
    if table.empty:
        return "This study defines no frames of its own."
    return " ".join(frames(part, f"“{scheme}”") for scheme, part in table.groupby("scheme", sort=False))


def frames_by_voice(table, scheme):
    """Whose voice brings the frames. table: summaries.frames_by_voice."""
    total = int(table[["outlet", "quoted"]].to_numpy().sum()) if len(table) else 0
    if not total:
        return f"No sentence carries a {scheme} frame."
    own = int(table["outlet"].sum())
    text = f"{own} of {count(total, 'sentence')} with a cue ({own / total * 100:.0f} %) bring their {scheme} frame in the outlet's own voice."
    most = table[table["outlet"] + table["quoted"] >= 3].assign(
        share=lambda t: t["quoted"] / (t["outlet"] + t["quoted"])
    )
    if len(most) and most["share"].max() > 0:
        first = most.sort_values("share", ascending=False).iloc[0]
        text += f" {_sentence(_words(first['frame']))} is the one most laid in others' mouths ({first['quoted']} of {first['outlet'] + first['quoted']})."
    return text


def actors_in_frames(table, scheme):
    """Which actor stands most in which frame. table: summaries.actors_in_frames."""
    if table.empty:
        return f"No sentence that names an actor carries a {scheme} frame."
    found = table.sort_values(["sentences", "share"], ascending=False).head(2)
    parts = [f"{r.actor} in {_words(r.frame)} ({r.sentences} of {r.of} sentences)" for r in found.itertuples()]
    return f"Most often together: {joined(parts)}."


def metaphors(table):
    """Which source domains the story is told in, and an example. table: summaries.metaphors."""
    if table.empty:
        return "No metaphor of the lexicon is used figuratively."
    counts = table["domain"].value_counts()
    aimed = table[(table["domain"] == counts.index[0]) & table["target"].notna()]
    example = aimed.iloc[-1] if len(aimed) else table[table["domain"] == counts.index[0]].iloc[0]
    about = f" (of {example['target']})" if isinstance(example["target"], str) else ""
    own = int((table["voice"] == "outlet").sum())
    return (
        f"{_sentence(count(len(table), 'metaphor'))}, {own} in the outlet's own voice; most come from "
        f"{_words(counts.index[0])} ({counts.iloc[0]}), as in « {example['words']} »{about}."
    )


def loaded(study):
    """How much loaded vocabulary, and of what kind."""
    terms, words = study.loaded_terms, int(study.articles["n_words"].sum())
    if not words:
        return NOTHING
    if terms.empty:
        return f"None of the lexicon's loaded terms stands in these {words:,} words."
    kinds = terms["category"].value_counts()
    return (
        f"{_sentence(count(len(terms), 'loaded term'))} in {words:,} words, {len(terms) / words * 1000:.1f} per 1,000. The largest "
        f"categories are {joined(f'{c} ({n})' for c, n in kinds.head(3).items())}."
    )


def loaded_voice(study):
    """How much of the loaded vocabulary is the outlet's own."""
    terms = study.loaded_terms
    if terms.empty:
        return "There is no loaded term to lay in anybody's mouth."
    own = int((terms["voice"] == "outlet").sum())
    text = (
        f"{own} of {count(len(terms), 'loaded term')} ({own / len(terms) * 100:.0f} %) stand in the outlet's own voice."
    )
    speakers = terms[terms["voice"] == "quoted"]["speaker"].dropna().value_counts()
    if len(speakers):
        examples = terms[terms["speaker"] == speakers.index[0]]["term"].drop_duplicates().head(3)
        text += f" Among those quoted, {speakers.index[0]} speaks {speakers.iloc[0]}: {joined(f'« {t} »' for t in examples)}."
    return text


def voices(table):
    """Who is quoted most. table: summaries.speakers."""
    if table.empty:
        return "Nobody is quoted."
    words = int(table["words"].sum())
    known = table[table["speaker"] != "(nobody named)"]
    text = f"{_sentence(count(table['quotes'].sum(), 'quotation'))}, {count(words, 'word')} in all. "
    if len(known):
        first = known.iloc[0]
        text += f"Most room goes to {_speaker(first['speaker'])}: {count(first['words'], 'word')}, {first['share'] * 100:.0f} %. "
    unnamed = table[table["speaker"] == "(nobody named)"]["words"].sum()
    return text + (
        f"For {unnamed / words * 100:.0f} % of quoted words no speaker was found."
        if unnamed
        else "Every quotation has a speaker."
    )


def stances(study):
    """How the outlet hands over the word."""
    cues = study.quotes.dropna(subset=["cue_stance"]).drop_duplicates(["doc_id", "quote_id"])
    if cues.empty:
        return "No verb of speech hands over the word."
    kinds = cues["cue_stance"].value_counts()
    marked = [
        f"{kinds[k]} {k} (« {cues[cues['cue_stance'] == k]['cue'].value_counts().index[0]} »)"
        for k in ("endorsing", "distancing")
        if k in kinds
    ]
    plain = f"{kinds.get('neutral', 0)} are neutral"
    return f"Of {count(len(cues), 'cue')} that hand over the word, {joined([plain, *marked])}."


def certainty(study):
    """How much of the story stands in the conditional or on a source's word."""
    n = len(study.sentences)
    if not n:
        return NOTHING
    reported = study.hedges[study.hedges["type"] == "press_conditional"]
    sentences = reported.drop_duplicates(["doc_id", "sentence_id"])
    if reported.empty:
        return f"None of {count(n, 'sentence')} is hedged as only reported."
    sources = reported["source"].dropna().value_counts()
    text = (
        f"{len(sentences)} of {count(n, 'sentence')} ({len(sentences) / n * 100:.0f} %) report something as unverified "
        f"(conditional or attribution, as in « {reported.iloc[0]['marker']} »)."
    )
    return text + (
        f" The word most relied on is that of {_speaker(sources.index[0])} ({count(sources.iloc[0], 'time')})."
        if len(sources)
        else " None of them says on whose word."
    )


def comparison(table, by):
    """Which differences between groups stand, and how many were tested. table: comparison.differences."""
    from .comparison import title

    if table.empty:
        return f"No two groups of {by} have three articles each: there is nothing to compare."
    sure = table[table["p_adjusted"] < 0.05]
    tested = count(len(table), "difference")
    if sure.empty:
        return f"Of {tested} tested, none stands after correction for their number (adjusted p < .05)."
    listed = [
        f"{title(r.measure)}: {r.one} {_signed(r.difference)} against {r.other} (95 % interval {_signed(r.low)} to {_signed(r.high)}, "
        f"{r.n_one} and {r.n_other} articles)"
        for r in sure.head(3).itertuples()
    ]
    text = f"Of {tested} tested, {len(sure):,} {'stands' if len(sure) == 1 else 'stand'} after correction (adjusted p < .05). "
    return text + "The surest: " + "; ".join(listed) + "."


def course(table, measure):
    """How a measure moves from period to period. table: comparison.over_time."""
    from .comparison import title

    known = table.dropna(subset=["value"])
    if len(known) < 2:
        return f"{title(measure)}: fewer than two periods with dated articles, so no course can be drawn."
    high, low = known.loc[known["value"].idxmax()], known.loc[known["value"].idxmin()]
    return (
        f"{title(measure)}: highest in the period of {_date(high['period'])} ({high['value']:.2f}, {count(high['n'], 'article')}), "
        f"lowest in that of {_date(low['period'])} ({low['value']:.2f}, {count(low['n'], 'article')})."
    )


def own_words(table, by):
    """Which terms set each group apart. table: comparison.characteristic_terms."""
    if table.empty:
        return "No group is large enough for its words to be told apart from the others'."
    listed = [f"{group}: {joined(part['term'].head(4))}" for group, part in table.groupby(by, sort=True)]
    return f"The words that set each {by} apart from the rest: " + "; ".join(listed) + "."
