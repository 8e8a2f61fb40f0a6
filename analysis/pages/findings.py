"""The sentences with numbers that notebooks and reports show, in the language spoken. Plain text: whoever shows it escapes it.

Each takes a study or the table of a figure, reads well for no article, for one and for a thousand, and names its n.
"""

import pandas as pd

from ..study import comparison as compared
from ..study.trust import doubtful
from ..text.language import count, day, joined, name, number, percent, signed, tr
from . import summaries

FEWEST = 3  # sentences on an actor, below which no sentence of ours singles them out


def nothing():
    """What is said where there is no article."""
    return tr("There is no article to measure: put some into the seeds folder and run this again.")


def _sentence(text):
    return text[:1].upper() + text[1:]


def _speaker(words):
    """A speaker's name, or the article's words for them in their marks."""
    return words if words[:1].isupper() else tr("« {words} »", words=words)


def _quoted(words):
    return joined(tr("« {words} »", words=w) for w in words)


def _range(low, high):
    return "" if pd.isna(low) else tr(" (95 % interval {low} to {high})", low=signed(low), high=signed(high))


def corpus(study):
    """What was read: articles, words, outlets, period, and what was set aside."""
    articles = study.articles
    if articles.empty:
        return nothing()
    named = articles["outlet"].dropna().nunique()
    where = tr("from {outlets}", outlets=count(named, "outlet")) if named else tr("whose outlet is not known")
    if when := period(articles["date"]):
        where += tr(", {period}", period=when)
    text = tr(
        "{articles} {where}: {words} in {sentences}.",
        articles=count(len(articles), "article"),
        where=where,
        words=count(articles["n_words"].sum(), "word"),
        sentences=count(len(study.sentences), "sentence"),
    )
    unknown = int(articles["outlet"].isna().sum())
    if named and unknown:
        text += " " + tr("Without an outlet: {articles}.", articles=count(unknown, "article"))
    copies = int(articles["duplicate_group"].dropna().duplicated().sum())
    if copies:
        text += " " + tr("Near-copies of another text, each of which counts: {n}.", n=copies)
    aside = int((~study.problems["what"].str.startswith(("repaired", "note"))).sum())
    if aside:
        text += " " + tr("Files or records that could not be read or were set aside: {n}.", n=aside)
    return _sentence(text)


def period(dates):
    """ "2 March 2026", "2 March 2026 to 9 March 2026"; empty where no date is known."""
    dates = dates.dropna()
    if dates.empty:
        return ""
    first, last = day(dates.min()), day(dates.max())
    return first if first == last else tr("{first} to {last}", first=first, last=last)


def source(study):
    """Whence a figure's numbers: articles, outlets by name where they are few, and the period."""
    articles = study.articles
    outlets = sorted(articles["outlet"].dropna().unique())
    parts = [count(len(articles), "article")]
    if outlets:
        parts.append(joined(outlets) if len(outlets) <= 4 else count(len(outlets), "outlet"))
    return ", ".join([*parts, *filter(None, [period(articles["date"])])])


def beware_of_size(study):
    """What the size of this corpus does not allow."""
    n = len(study.articles)
    if n == 0:
        return nothing()
    if n < 3:
        return tr(
            "With {articles} nothing here can be generalised: the figures describe this text and no more, and no interval "
            "is given, for there is nothing to resample.",
            articles=count(n, "article"),
        )
    if n < 30:
        return tr(
            "With {articles} the intervals are wide and rest on few texts: read differences as hints.",
            articles=count(n, "article"),
        )
    return tr(
        "Intervals are drawn by resampling the {articles}, for sentences of one article are no independent witnesses.",
        articles=count(n, "article"),
    )


def presence(study):
    """Who is there most, and who acts."""
    table = summaries.actors(study)
    if table.empty:
        return nothing() if study.articles.empty else tr("No actor of the catalogue is mentioned.")
    first = table.iloc[0]
    others = [tr("{actor} ({n})", actor=r.actor, n=r.mentions) for r in table.iloc[1:4].itertuples()]
    acts = table.sort_values("agent", ascending=False, kind="stable").iloc[0]
    values = {
        "actor": first["actor"],
        "times": count(first["mentions"], "time"),
        "articles": count(first["articles"], "article"),
        "others": joined(others),
    }
    text = (
        tr("{actor} is mentioned most, {times} in {articles}; then {others}.", **values)
        if others
        else tr("{actor} is mentioned most, {times} in {articles}.", **values)
    )
    if acts["agent"]:
        text += " " + tr(
            "The one who most often acts is {actor}: subject of an active verb in {n} of {mentions}.",
            actor=acts["actor"],
            n=acts["agent"],
            mentions=count(acts["mentions"], "mention"),
        )
    return text


def sentiment(table):
    """Who is treated worst and best; what was withheld. table: summaries.sentiment_by_actor."""
    known = table[table["n"] > 0]
    if known.empty:
        return tr("No sentence names an actor, so no sentiment can be measured.")
    often = known[known["n"] >= FEWEST]
    n = int(known["n"].sum())
    parts = [
        tr(
            "{share} of sentences are neutral toward the actor they name (n = {n}, one per sentence and actor).",
            share=percent(known["neutral"].sum() / n),
            n=n,
        )
    ]
    if often.empty:
        parts.append(
            tr("No actor is named in {fewest} sentences or more: too few to compare them.", fewest=FEWEST),
        )
        return " ".join(parts)
    often = often[often["low"].notna()] if often["low"].notna().any() else often  # who is in three articles, if any
    worst = often[(often["polarity"] < -0.05) & ~(often["high"] >= 0)].sort_values("polarity")
    best = often[(often["polarity"] > 0.05) & ~(often["low"] <= 0)].sort_values("polarity")
    if len(worst):
        told = _treatment(worst.iloc[0], "negative")
        parts.append(tr("Judged worst is {actor}: {sentences} of {n}, mean polarity {polarity}{interval}.", **told))
    if len(best):
        told = _treatment(best.iloc[-1], "positive")
        parts.append(tr("Judged best is {actor}: {sentences} of {n}, {polarity}{interval}.", **told))
    if worst.empty and best.empty:
        parts.append(tr("For no actor is the mean polarity clearly and surely negative or positive."))
    withheld = int(table["withheld"].sum())
    parts.append(
        tr("Left out as too close to call: {sentences}.", sentences=count(withheld, "sentence"))
        if withheld
        else tr("None was too close to call.")
    )
    return " ".join(parts)


def _treatment(row, label):
    """What a sentence says of how one actor is treated; label: negative or positive."""
    return {
        "actor": row["actor"],
        "sentences": count(row[label], f"{label} sentence"),
        "n": row["n"],
        "polarity": signed(row["polarity"]),
        "interval": _range(row["low"], row["high"]),
    }


def judgements_by_voice(study):
    """How many of the judgements are the outlet's and how many are in others' words."""
    judged = summaries.judged(study)
    if judged.empty:
        return tr("No sentence passes a judgement on an actor.")
    quoted = int((judged["voice"] == "quoted").sum())
    return tr(
        "{judgements} on actors: {own} in the outlet's own voice, {quoted} in reported speech.",
        judgements=_sentence(count(len(judged), "judgement")),
        own=len(judged) - quoted,
        quoted=quoted,
    )


def relations(table):
    """Who does most to whom. table: summaries.relations."""
    if table.empty:
        return tr("No clause sets one actor of the catalogue acting upon another.")
    pairs = table.groupby(["agent_actor", "patient_actor"])["n"].sum().sort_values(ascending=False)
    (agent, patient), n = pairs.index[0], int(pairs.iloc[0])
    verbs = _quoted(table[(table["agent_actor"] == agent) & (table["patient_actor"] == patient)]["verb"].head(3))
    total = int(table["n"].sum())
    if total == 1:
        return tr(
            "In one clause one actor acts upon another: {agent} upon {patient} ({verbs}).",
            agent=agent,
            patient=patient,
            verbs=verbs,
        )
    return tr(
        "In {clauses} one actor acts upon another; most often {agent} upon {patient} ({times}: {verbs}).",
        clauses=count(total, "clause"),
        agent=agent,
        patient=patient,
        times=count(n, "clause"),
        verbs=verbs,
    )


def _scheme(scheme):
    """A scheme's name within a sentence: the kit's as an adjective, a study's own in its marks."""
    known = {"generic": tr("generic"), "policy": tr("policy"), "metaphor": tr("metaphorical")}
    return known.get(scheme) or tr("“{scheme}”", scheme=scheme)


def frames(table, scheme):
    """Which frames are present, and which of these not to rely on. table: summaries.frames_of_articles."""
    n = int(table["n"].max()) if len(table) else 0
    if not n:
        return nothing()
    present = table[table["present"] > 0].sort_values("present", ascending=False, kind="stable")
    told = _scheme(scheme)
    if present.empty:
        first = table.iloc[0]
        return tr(
            "No {scheme} frame reaches the threshold in {articles}; nearest is {frame} ({score}).",
            scheme=told,
            articles=count(n, "article"),
            frame=name(first["frame"]),
            score=number(first["score"], 2),
        )
    present = present if n == 1 else present.head(3)
    if n == 1:
        listed = joined(
            tr("{frame} ({score})", frame=name(r.frame), score=number(r.score, 2)) for r in present.itertuples()
        )
        text = (
            tr("In this one article one {scheme} frame is present: {frames}.", scheme=told, frames=listed)
            if len(present) == 1
            else tr("In this one article several {scheme} frames are present: {frames}.", scheme=told, frames=listed)
        )
    else:
        listed = joined(
            tr("{frame} in {k} of {n}", frame=name(r.frame), k=round(r.present * n), n=n) for r in present.itertuples()
        )
        text = tr("The {scheme} frames present in most articles: {frames}.", scheme=told, frames=listed)
    unsure = [f for f in present["frame"] if scheme == "generic" and f in doubtful("generic frames")]
    if unsure:
        text += " " + tr(
            "Not to be relied on (measured agreement near chance): {frames}.", frames=joined(map(name, unsure))
        )
    return text


def own_frames(table):
    """What the study's own frames show. table: summaries.frames_of_own_schemes."""
    if table.empty:
        return tr("This study defines no frames of its own.")
    return " ".join(frames(part, scheme) for scheme, part in table.groupby("scheme", sort=False))


def frames_by_voice(table, scheme):
    """Whose voice brings the frames. table: summaries.frames_by_voice."""
    total = int(table[["outlet", "quoted"]].to_numpy().sum()) if len(table) else 0
    if not total:
        return tr("No sentence carries a cue of a {scheme} frame.", scheme=_scheme(scheme))
    own = int(table["outlet"].sum())
    text = tr(
        "Of {sentences} with a cue of a {scheme} frame, {own} ({share}) bring it in the outlet's own voice.",
        sentences=count(total, "sentence"),
        scheme=_scheme(scheme),
        own=own,
        share=percent(own / total),
    )
    most = table[table["outlet"] + table["quoted"] >= 3].assign(
        share=lambda t: t["quoted"] / (t["outlet"] + t["quoted"])
    )
    if len(most) and most["share"].max() > 0:
        first = most.sort_values("share", ascending=False).iloc[0]
        text += " " + tr(
            "The frame most laid in others' mouths is {frame} ({k} of {n}).",
            frame=name(first["frame"]),
            k=first["quoted"],
            n=first["outlet"] + first["quoted"],
        )
    return text


def actors_in_frames(table, scheme):
    """Which actor stands most in which frame. table: summaries.actors_in_frames."""
    if table.empty:
        return tr("No sentence that names an actor carries a {scheme} frame.", scheme=_scheme(scheme))
    found = table.sort_values(["sentences", "share"], ascending=False).head(2)
    parts = [
        tr("{actor} in {frame} ({k} of {n} sentences)", actor=r.actor, frame=name(r.frame), k=r.sentences, n=r.of)
        for r in found.itertuples()
    ]
    return tr("Most often together: {pairs}.", pairs=joined(parts))


def metaphors(table):
    """Which source domains the story is told in, and an example. table: summaries.metaphors."""
    if table.empty:
        return tr("No metaphor of the lexicon is used figuratively.")
    counts = table["domain"].value_counts()
    aimed = table[(table["domain"] == counts.index[0]) & table["target"].notna()]
    example = aimed.iloc[-1] if len(aimed) else table[table["domain"] == counts.index[0]].iloc[0]
    about = tr(" (of {target})", target=example["target"]) if isinstance(example["target"], str) else ""
    return tr(
        "{metaphors}, {own} in the outlet's own voice; most come from the domain of {domain} ({n}), as in « {words} »{about}.",
        metaphors=_sentence(count(len(table), "metaphor")),
        own=int((table["voice"] == "outlet").sum()),
        domain=name(counts.index[0]),
        n=counts.iloc[0],
        words=example["words"],
        about=about,
    )


def loaded(study):
    """How much loaded vocabulary, and of what kind."""
    terms, words = study.loaded_terms, int(study.articles["n_words"].sum())
    if not words:
        return nothing()
    if terms.empty:
        return tr("None of the lexicon's loaded terms stands in these {words}.", words=count(words, "word"))
    kinds = terms["category"].value_counts()
    return tr(
        "{terms} in {words}, {rate} per 1,000. The largest categories are {categories}.",
        terms=_sentence(count(len(terms), "loaded term")),
        words=count(words, "word"),
        rate=number(len(terms) / words * 1000, 1),
        categories=joined(tr("{category} ({n})", category=name(c), n=n) for c, n in kinds.head(3).items()),
    )


def loaded_voice(study):
    """How much of the loaded vocabulary is the outlet's own."""
    terms = study.loaded_terms
    if terms.empty:
        return tr("There is no loaded term to lay in anybody's mouth.")
    own = int((terms["voice"] == "outlet").sum())
    text = tr(
        "Of {terms}, {own} ({share}) stand in the outlet's own voice.",
        terms=count(len(terms), "loaded term"),
        own=own,
        share=percent(own / len(terms)),
    )
    speakers = terms[terms["voice"] == "quoted"]["speaker"].dropna().value_counts()
    if len(speakers):
        examples = terms[terms["speaker"] == speakers.index[0]]["term"].drop_duplicates().head(3)
        text += " " + tr(
            "Among those quoted, {speaker} speaks most of them ({n}): {terms}.",
            speaker=_speaker(speakers.index[0]),
            n=speakers.iloc[0],
            terms=_quoted(examples),
        )
    return text


def voices(table):
    """Who is quoted most. table: summaries.speakers."""
    if table.empty:
        return tr("Nobody is quoted.")
    words = int(table["words"].sum())
    known = table[table["speaker"] != "(nobody named)"]
    parts = [
        tr(
            "{quotations}, {words} in all.",
            quotations=_sentence(count(table["quotes"].sum(), "quotation")),
            words=count(words, "word"),
        )
    ]
    if len(known):
        first = known.iloc[0]
        parts.append(
            tr(
                "Most room goes to {speaker}: {words}, {share}.",
                speaker=_speaker(first["speaker"]),
                words=count(first["words"], "word"),
                share=percent(first["share"]),
            )
        )
    unnamed = table[table["speaker"] == "(nobody named)"]["words"].sum()
    parts.append(
        tr("For {share} of quoted words no speaker was found.", share=percent(unnamed / words))
        if unnamed
        else tr("Every quotation has a speaker.")
    )
    return " ".join(parts)


def stances(study):
    """How the outlet hands over the word."""
    cues = study.quotes.dropna(subset=["cue_stance"]).drop_duplicates(["doc_id", "quote_id"])
    if cues.empty:
        return tr("No verb of speech hands over the word.")
    kinds = cues["cue_stance"].value_counts()
    first = {k: cues[cues["cue_stance"] == k]["cue"].value_counts().index[0] for k in kinds.index}
    parts = [tr("{n} neutral", n=int(kinds.get("neutral", 0)))]
    if "endorsing" in kinds:
        parts.append(tr("{n} endorsing (« {cue} »)", n=kinds["endorsing"], cue=first["endorsing"]))
    if "distancing" in kinds:
        parts.append(tr("{n} distancing (« {cue} »)", n=kinds["distancing"], cue=first["distancing"]))
    return tr("{cues} hand over the word: {kinds}.", cues=_sentence(count(len(cues), "cue")), kinds=joined(parts))


def certainty(study):
    """How much of the story stands in the conditional or on a source's word."""
    n = len(study.sentences)
    if not n:
        return nothing()
    reported = study.hedges[study.hedges["type"] == "press_conditional"]
    k = len(reported.drop_duplicates(["doc_id", "sentence_id"]))
    if reported.empty:
        return tr("Of {sentences} none is hedged as only reported.", sentences=count(n, "sentence"))
    sources = reported.drop_duplicates(["doc_id", "sentence_id", "source"])["source"].dropna().value_counts()
    first = sources[sources == sources.max()].index[:3]
    text = tr(
        "Of {sentences}, {k} ({share}) report something as unverified (conditional or attribution, as in « {marker} »).",
        sentences=count(n, "sentence"),
        k=k,
        share=percent(k / n),
        marker=reported.iloc[0]["marker"],
    )
    return (
        text
        + " "
        + (
            tr(
                "The word most relied on is that of {source} ({times}).",
                source=joined(map(_speaker, first)),
                times=count(sources.iloc[0], "time"),
            )
            if len(sources)
            else tr("None of them says on whose word.")
        )
    )


def comparison(table, by):
    """Which differences between groups stand, and how many were tested. table: comparison.differences."""
    if table.empty:
        return tr(
            "Grouped by {by}: no two groups have three articles each, so there is nothing to compare.", by=name(by)
        )
    sure = table[table["p_adjusted"] < 0.05]
    tested = count(len(table), "difference")
    if sure.empty:
        return tr("Of {differences} tested, none stands after correction for their number (adjusted p < .05).", differences=tested)  # fmt: skip
    listed = [
        tr(
            "{measure}: {difference} ({one} against {other}; 95 % interval {low} to {high}; {n_one} and {n_other} articles)",
            measure=compared.title(r.measure),
            difference=signed(r.difference),
            one=r.one,
            other=r.other,
            low=signed(r.low),
            high=signed(r.high),
            n_one=r.n_one,
            n_other=r.n_other,
        )
        for r in sure.head(3).itertuples()
    ]
    return tr(
        "Of {differences} tested, still sure after correction (adjusted p < .05): {n}. The surest: {listed}.",
        differences=tested,
        n=len(sure),
        listed=tr("; ").join(listed),
    )


def course(table, measure):
    """How a measure moves from period to period. table: comparison.over_time."""
    known = table.dropna(subset=["value"])
    known = known[known["n"] >= FEWEST]
    told = compared.title(measure)
    if len(known) < 2:
        return tr(
            "{measure}: fewer than two periods with three dated articles, so no course can be told.", measure=told
        )
    high, low = known.loc[known["value"].idxmax()], known.loc[known["value"].idxmin()]
    return tr(
        "{measure}: highest in the period of {first} ({high}, {n_high}), lowest in that of {last} ({low}, {n_low}).",
        measure=told,
        first=day(high["period"]),
        high=number(high["value"], 2),
        n_high=count(high["n"], "article"),
        last=day(low["period"]),
        low=number(low["value"], 2),
        n_low=count(low["n"], "article"),
    )


def profiles(table, by):
    """What the map of profiles shows. table: comparison.profiles."""
    if table.empty:
        return tr("Fewer than three groups have every measure: there is no map to draw.")
    return tr(
        "{n} groups by {by}, placed by likeness of their profiles; the two directions show {share} of their variety.",
        n=len(table),
        by=name(by),
        share=percent(table["x_share"].iloc[0] + table["y_share"].iloc[0]),
    )


def own_words(table, by):
    """Which terms set each group apart. table: comparison.characteristic_terms."""
    if table.empty:
        return tr("No group is large enough for its words to be told apart from the others'.")
    listed = [
        tr("{group}: {words}", group=group, words=joined(part["term"].head(4)))
        for group, part in table.groupby(by, sort=True)
    ]
    return tr("Grouped by {by}, the words that set each apart from the rest: {listed}.", by=name(by), listed=tr("; ").join(listed))  # fmt: skip
