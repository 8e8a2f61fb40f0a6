"""Stories: which events the corpus tells, who told each first and who left it out, and how two outlets tell the same one."""

import pandas as pd

from ..study import comparison as compared
from ..study.within import FEW
from ..text.language import count, day, joined, name, number, percent, signed, tr
from ..text.typography import french_spaces
from .corpus import OUTLET_UNKNOWN
from .figure import Figure
from .style import GREY, GROUP, MARKER, SOFT, axes, dates, rows_named, short
from .telling import interval, sentence

MOST, _MOST_OUTLETS, _WORDS, _MEASURES = 12, 10, 8, ("loaded", "quoted", "press_conditional", "polarity")


# --- tables


def members(study):
    """The articles with their story: story_id, doc_id, outlet, date, title, n (articles of the story), the first of a story first."""
    articles = study.articles[["doc_id", "outlet", "date", "title"]].assign(outlet=study.articles["outlet"].fillna(OUTLET_UNKNOWN))
    made = study.stories[["story_id", "doc_id"]].merge(articles, on="doc_id")
    made["n"] = made.groupby("story_id")["doc_id"].transform("size")
    return made.sort_values(["n", "story_id", "date", "doc_id"], ascending=[False, True, True, True], ignore_index=True)


def foremost(study):
    """One row per story of more than one article, those of most articles first: story_id, title (of its first article), n, outlets, first (who told it
    first), begins, ends, days, left_out (outlets of this corpus that did not tell it while they published), shared (foremost words)."""
    found = members(study)
    spans = found.groupby("outlet")["date"].agg(["min", "max"])
    rows = []
    for story_id, part in found[found["n"] > 1].groupby("story_id", sort=False):
        begins, ends = part["date"].min(), part["date"].max()
        there = spans[(spans["min"] <= ends) & (spans["max"] >= begins)].index
        same_day = part[part["date"] == begins]["outlet"].unique() if pd.notna(begins) else []
        words = study.stories.loc[study.stories["story_id"] == story_id, "shared"].dropna().str.split(", ").explode()
        rows.append({
            "story_id": story_id, "title": part["title"].iloc[0], "n": len(part), "outlets": part["outlet"].nunique(),
            "first": ", ".join(sorted(same_day)) or None, "begins": begins, "ends": ends, "days": (ends - begins).days if pd.notna(begins) else None,
            "left_out": ", ".join(sorted(set(there) - set(part["outlet"]))) or None,
            "shared": ", ".join(words.value_counts(sort=True).index[:_WORDS]),
        })  # fmt: skip
    columns = ["story_id", "title", "n", "outlets", "first", "begins", "ends", "days", "left_out", "shared"]
    return pd.DataFrame(rows, columns=columns).sort_values(["outlets", "n", "begins", "story_id"], ascending=[False, False, True, True], ignore_index=True)


def lanes(study):
    """The articles of the foremost stories: story, doc_id, outlet, date."""
    first = foremost(study).head(MOST)
    found = members(study)
    found = found[found["story_id"].isin(first["story_id"])]
    titles = dict(zip(first["story_id"], first["title"].fillna(first["story_id"])))
    order = {s: i for i, s in enumerate(first["story_id"])}
    made = found.assign(story=found["story_id"].map(titles), _place=found["story_id"].map(order)).sort_values(["_place", "date", "doc_id"])
    return made[["story_id", "story", "doc_id", "outlet", "date"]].reset_index(drop=True)


def within(study):
    """Each outlet on the stories that another tells too: measure, and the columns of `study.within.compared`."""
    parts = [compared.compare(study, m, by="outlet", within="story").assign(measure=m) for m in _MEASURES]
    made = pd.concat(parts, ignore_index=True)
    return made[["measure", "outlet", "stories", "n", "value", "others", "difference", "difference_low", "difference_high"]]


def tellings(study, story_id=None):
    """One story as its outlets tell it: a row per aspect, a column per outlet (the first article of each): title, lead, frames present, words that only
    this one uses, who is quoted, loaded words in its own voice, what is only reported. Of a study that does not share whole articles no lead, and of what
    is only reported the verb alone. Without story_id the foremost one; empty where there is none. Raises ValueError for a story that is not there."""
    first = foremost(study)
    if story_id is None and first.empty:
        return pd.DataFrame()
    story_id = story_id or first["story_id"].iloc[0]
    found = members(study)
    found = found[found["story_id"] == story_id].drop_duplicates("outlet").head(4)
    if found.empty:
        raise ValueError(f"no story {story_id!r}: see study.stories")
    articles = study.articles.set_index("doc_id")
    words = {d: compared.term_counts([articles.loc[d, "text"]]) for d in found["doc_id"]}
    columns = {row.outlet: _telling(study, articles.loc[row.doc_id], row.doc_id, words) for row in found.itertuples()}
    return pd.DataFrame(columns).rename_axis("aspect").reset_index().rename(columns={"aspect": tr("aspect")})


def _telling(study, article, doc_id, words):
    text = article["text"]

    def own(table):
        return table[table["doc_id"] == doc_id]

    frames = own(study.frames)
    frames = frames[(frames["level"] == "article") & frames["present"] & (frames["scheme"] != "metaphor")].sort_values("score", ascending=False)
    only = [w for w, _ in words[doc_id].most_common() if not any(w in other for d, other in words.items() if d != doc_id)]
    loaded = own(study.loaded_terms)
    hedged = own(study.hedges)
    hedged = hedged[hedged["type"] == "press_conditional"]
    whole = study.settings["share_full_text"]
    lead = study.sentences[(study.sentences["doc_id"] == doc_id) & (study.sentences["part"] == "lead") & whole]
    events = [text[int(r.event_start) : int(r.event_end)] if whole and pd.notna(r.event_start) else r.marker for r in hedged.itertuples()]
    spoken = own(study.quotes)
    return {
        name("title"): article["title"] if isinstance(article["title"], str) else "–",
        name("date"): day(article["date"]) if pd.notna(article["date"]) else "–",
        name("lead"): text[lead["start"].iloc[0] : lead["end"].iloc[0]] if len(lead) else "–",
        name("frames"): ", ".join(name(f) for f in frames["frame"].head(4)) or "–",
        tr("words of its own"): ", ".join(only[:_WORDS]) or "–",
        tr("who is quoted"): ", ".join(spoken["speaker"].dropna().value_counts().index[:4]) or "–",
        tr("loaded words of its own voice"): ", ".join(dict.fromkeys(text[a:b] for a, b in zip(*(loaded[loaded["voice"] == "outlet"][c] for c in ("start", "end"))))) or "–",
        tr("only reported"): "; ".join(dict.fromkeys(events)) or "–",
    }  # fmt: skip


# --- sentences


def how_many(study, table=None):
    """How many stories the articles tell, and which is the foremost. table: not looked at."""
    found = members(study)
    if found.empty:
        return tr("There is no article, and so no story.")
    if len(found) == 1:
        return tr("With one article there is no other telling of its story.")
    first, n = foremost(study), found["story_id"].nunique()
    if first.empty:
        return tr("{articles}, no two of which seem to tell of one event.", articles=count(len(found), "article"))
    top = first.iloc[0]
    told = tr(
        "{articles} tell {stories}, of which {several} stand in more than one article. The foremost, « {title} », is told in {n} by {outlets}.",
        articles=count(len(found), "article"), stories=count(n, "story"), several=number(len(first)),
        title=french_spaces(top["title"] or top["story_id"]), n=count(top["n"], "article"), outlets=count(top["outlets"], "outlet"),
    )  # fmt: skip
    return sentence(told)


def who_is_first(study):
    """How often each outlet told a story first, alone on that day, of those that several outlets tell."""
    first = foremost(study)
    first = first[(first["outlets"] > 1) & first["begins"].notna()]
    if len(first) < 3:
        return tr("Fewer than three dated stories are told by several outlets: who is first cannot be told.")
    alone = first[~first["first"].str.contains(", ", na=True)]
    ranked = alone["first"].value_counts()
    if ranked.empty:
        return tr("Of {stories} that several outlets tell, none was told by one outlet alone on its first day.", stories=count(len(first), "story"))
    told = tr(
        "Of {stories} that several outlets tell, {alone} began in one outlet alone: {listed}.",
        stories=count(len(first), "story"), alone=number(len(alone)),
        listed=joined(tr("{outlet} ({n})", outlet=o, n=number(n)) for o, n in ranked.head(4).items()),
    )  # fmt: skip
    return f"{told} {_by_chance(study, alone, ranked)}"


def _by_chance(study, alone, ranked):
    """Whether an outlet is first more often than the number of its articles in these stories makes likely."""
    from scipy import stats

    there = members(study)
    share = there.loc[there["story_id"].isin(alone["story_id"]), "outlet"].value_counts(normalize=True)
    p = {o: stats.binomtest(int(n), int(ranked.sum()), min(1.0, float(share.get(o, 0)) or 1e-9), alternative="greater").pvalue * len(share) for o, n in ranked.items()}
    more = [o for o in ranked.index if p[o] < 0.05]
    if not more:
        return tr("No outlet more often than the number of its articles there makes likely.")
    return tr("More often than the number of its articles there makes likely: {outlets}.", outlets=joined(more))


def on_the_same_stories(study, table=None):
    """Which differences between outlets on the same stories stand after correction for their number. table: :func:`within`, if it is at hand."""
    table = within(study) if table is None else table
    if table.empty or table["stories"].max() < FEW:
        return tr("Fewer than five stories are told by several outlets: how they tell the same one is shown below, and not compared.")
    tests = compared.differences(study, by="outlet", of=list(dict.fromkeys(table["measure"])), within="story")
    sure = tests[(tests["p_adjusted"] < 0.05) & (tests["stories"] >= FEW)]
    if sure.empty:
        return tr("On the stories that others tell too, no outlet differs from them beyond chance in loaded words, quotations, conditionals or sentiment.")
    told = [
        tr("{measure}: {outlet} {difference} against {other}{interval}, {stories}",
           measure=compared.title(r.measure), outlet=r.one, other=r.other, difference=signed(r.difference), interval=interval(r.low, r.high), stories=count(r.stories, "story"))
        for r in sure.head(3).itertuples()
    ]  # fmt: skip
    return tr("On the same stories: {listed}.", listed=tr("; ").join(told))


def how_alike(study):
    """How sure the kit is of its stories, and what that means."""
    joined_rows = study.stories.dropna(subset=["similarity"])
    if joined_rows.empty:
        return tr("No article was joined to another.")
    weak = (joined_rows["similarity"] < 0.5).mean()
    return tr(
        "Stories are proposals: {share} of the articles that were joined to another were so with a probability under one half. Each row of study.stories names the words that both share.",
        share=percent(weak),
    )  # fmt: skip


# --- the figure


def plot_lanes(table, *, ax=None):
    """A lane per story, a mark per article: shape and colour tell the outlet, a stroke the first day."""
    table = table.dropna(subset=["date"])
    stories = list(dict.fromkeys(table["story_id"]))
    ax = axes(ax, len(stories), width=9)
    outlets = list(table["outlet"].value_counts().index)
    for i, story in enumerate(stories):
        part = table[table["story_id"] == story]
        ax.hlines(i, part["date"].min(), part["date"].max(), color=GREY, linewidth=1, alpha=0.6, zorder=1)
        ax.plot(part["date"].min(), i, "|", markersize=22, color=SOFT, zorder=2)
    for k, outlet in enumerate(outlets):
        part = table[table["outlet"] == outlet]
        look = (GROUP[k], MARKER[k]) if k < _MOST_OUTLETS else (GREY, ".")
        apart = 0.14 * (min(k, _MOST_OUTLETS) - (min(len(outlets), _MOST_OUTLETS) - 1) / 2) if len(outlets) > 1 else 0  # marks of one day
        ax.plot(part["date"], [stories.index(s) + apart for s in part["story_id"]], look[1], color=look[0], markersize=7, label=short(name(outlet), 26) if k < _MOST_OUTLETS else None, zorder=3)
    titles = dict(zip(table["story_id"], table["story"]))
    rows_named(ax, [short(titles[s], 48) for s in stories])
    ax.margins(y=0.15 if len(stories) > 1 else 1)
    if stories:
        dates(ax)
        ax.legend(ncols=min(4, len(outlets)), loc="lower center", bbox_to_anchor=(0.3, 1.0))
    return ax


LANES = Figure(
    file="stories-lanes",
    caption="The foremost stories in time, a lane each, a mark per article, by outlet; a stroke stands on the first day. Articles without a date are left out.",
    table=lanes,
    plot=plot_lanes,
    counts=("story", lambda table: table.loc[table["date"].notna(), "story_id"].nunique()),
    finding=how_many,
)
