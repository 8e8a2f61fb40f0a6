"""Comparing the parts of a corpus: outlets, periods, sections, authors, on every measure, with intervals."""

from collections import Counter, defaultdict
from difflib import get_close_matches
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from ..corpus.metadata import PERIODS, parse_date
from ..measures.framing import SCHEMES
from ..text.language import name, tr
from . import within as paired
from .groups import groups_of_actors, sentiment_of
from .keyness import keyness_of_counts, largest_by_chance, term_counts
from .statistics import FEWEST, difference, ratios

STANDING = ["polarity", "loaded", "quoted", "press_conditional"]


def measures(study, *, actors=4):
    """The names of the measures worth comparing here: the standing ones, each frame, groups of actors, the `actors` most judged actors."""
    judged = study.sentiment.loc[~study.sentiment["withheld"], "actor"].value_counts().head(actors).index
    judged = dict.fromkeys([*groups_of_actors(study), *judged])
    frames = [f for scheme in ("generic", "policy") for f in SCHEMES[scheme]]
    return [*STANDING, *(f"polarity of {a}" for a in judged), *frames]


def title(measure):
    """A measure's name for readers, in the language spoken."""
    known = {
        "polarity": tr("Sentiment toward actors"),
        "loaded": tr("Loaded terms per 1,000 words"),
        "quoted": tr("Share of text in quotations"),
        "press_conditional": tr("Share of sentences only reported"),
    }
    if measure.startswith("polarity of "):
        return tr("Sentiment toward {actor}", actor=measure.removeprefix("polarity of "))
    return known.get(measure) or tr("Frame: {frame} (mean score)", frame=name(measure.rpartition(":")[2]))


def compare(study, measure, *, by, within=None):
    """A measure of the parts of a corpus: one row per group, with n (articles), value, low, high.

    by: a column of `articles` (outlet, section, author, …), "week", "month" or "year". measure: "polarity" (mean over sentences
    and actors, those withheld too: its probabilities are calibrated), "polarity of <actor>" (or of a group of them), "loaded" (loaded
    terms per 1,000 words), "quoted" (share of characters in quotes),
    "press_conditional" (share of sentences), or a frame ("conflict": mean score of articles), one of the study's own by its
    name, or by that of its scheme too where it is named like another ("openai:saga").
    Intervals are 95 %, bootstrapped over articles; missing for groups of fewer than three. Articles that have nothing to
    measure (no sentence on the actor) are not counted in n. within: "story" compares groups only on the stories that another
    group tells too, each story counting once, with the columns of :func:`.within.compared` (stories, others, difference with its interval).
    Raises ValueError for an unknown measure or column.
    """
    if within is not None:
        return paired.compared(_in_stories(study, measure, by, within), by)
    return ratios(_grouped(study, measure, by), "numerator", "denominator", by=by)


def compare_all(study, *, by, of=None):
    """Several measures of the parts of a corpus (default: :func:`measures`): as :func:`compare`, with a column `measure`."""
    parts = [compare(study, m, by=by).assign(measure=m) for m in of or measures(study)]
    return pd.concat(parts, ignore_index=True)[["measure", by, "n", "value", "low", "high"]]


def differences(study, *, by, of=None, within=None):
    """Every two groups on every measure: measure, one, other, n_one, n_other, difference (one − other), low, high, p, p_adjusted.

    of: names of measures (default: :func:`measures`). The interval is bootstrapped and p found by permuting whole
    articles (see `statistics.difference`); p_adjusted is Benjamini and Hochberg's over the whole table returned, which is
    one family of tests. Groups of fewer than three articles are left out: see :func:`compare_all` for these. A small p
    says that the difference would be rare if articles had been dealt to the groups by chance, not that it is large. within: "story"
    sets groups against each other on the stories that both tell (three at least), with a column `stories`; n counts the articles there.
    """
    rows = []
    for measure in of or measures(study):
        if within is not None:
            rows += _paired_rows(_in_stories(study, measure, by, within), measure, by)
            continue
        table = _grouped(study, measure, by)
        groups = {g: part for g, part in table.groupby(by, sort=True) if len(part) >= FEWEST}
        for one, other in combinations(groups, 2):
            a, b = groups[one], groups[other]
            found = difference(a["numerator"], a["denominator"], b["numerator"], b["denominator"])
            rows.append((measure, one, other, len(a), len(b), *found))
    columns = ["measure", "one", "other", "n_one", "n_other", *(["stories"] if within is not None else []), "difference", "low", "high", "p"]
    made = pd.DataFrame(rows, columns=columns)
    from scipy import stats

    made["p_adjusted"] = stats.false_discovery_control(made["p"].astype(float)) if len(made) else made["p"]
    return made.sort_values(["p_adjusted", "p"], kind="stable", ignore_index=True)


def _in_stories(study, measure, by, within):
    """The articles that have something to measure, with their group and their story."""
    if within != "story":
        raise ValueError(f"within is {within!r}: story, or None")
    return _grouped(study, measure, by).merge(study.stories[["doc_id", "story_id"]], on="doc_id")


def _paired_rows(table, measure, by):
    counted = paired.cells(table, by)
    for one, other in combinations(sorted(counted[by].unique()), 2):
        stories, *found = paired.difference(table, by, one, other)
        if stories >= FEWEST:
            both = counted[counted["story_id"].isin(set(counted.loc[counted[by] == one, "story_id"]) & set(counted.loc[counted[by] == other, "story_id"]))]
            n = both.groupby(by)["n"].sum()
            yield measure, one, other, int(n[one]), int(n[other]), stories, *found


def over_time(study, measure, *, every="month", by=None):
    """A measure by period: `period` (its first day), n, value, low, high, and `by` where groups are told apart.

    every: "week", "month" or "year". Articles without a date are left out; a period without articles has no row.
    """
    if every not in PERIODS:
        raise ValueError(f"every is {every!r}: {', '.join(PERIODS)}")
    names = [every] if by is None else [every, by]
    table = per_article(study, measure).merge(groups_of(study.articles, every), on="doc_id")
    if by is not None:
        table = table.merge(groups_of(study.articles, by), on="doc_id")
    table = table[table["denominator"] > 0].dropna(subset=names)
    parts = [("", table)] if by is None else list(table.groupby(by))
    made = [ratios(part, "numerator", "denominator", by=every).assign(**({by: g} if by else {})) for g, part in parts]
    made = pd.concat(made or [pd.DataFrame(columns=[every])], ignore_index=True).rename(columns={every: "period"})
    made["period"] = pd.to_datetime(made["period"].astype("str").str[:10], errors="coerce")
    return made


def profiles(study, *, by):
    """The groups on a map: group, n, x, y, and how much of their variety each axis shows (x_share, y_share).

    Every measure is standardised over the groups, and the two directions along which they differ most are drawn
    (principal components). Near means alike on these measures, nothing more; with few groups the map always looks tidy.
    """
    table = compare_all(study, by=by).dropna(subset=["value"])
    wide = table.pivot(index=by, columns="measure", values="value").dropna(axis=1)
    wide = wide.loc[:, wide.std() > 1e-9]
    n = groups_of(study.articles, by)[by].value_counts()
    columns = [by, "n", "x", "y", "x_share", "y_share"]
    if len(wide) < 3 or wide.shape[1] < 2:
        return pd.DataFrame(columns=columns)
    scaled = (wide - wide.mean()) / wide.std()
    left, size, _ = np.linalg.svd(scaled.to_numpy(), full_matrices=False)
    share = size**2 / (size**2).sum()
    made = pd.DataFrame({by: wide.index, "n": wide.index.map(n), "x": left[:, 0] * size[0], "y": left[:, 1] * size[1]})
    return made.assign(x_share=share[0], y_share=share[1])[columns]


def characteristic_terms(study, *, by, most=12):
    """What sets the words of each group apart from all the others: group, and the columns of `keyness`, `most` terms each.

    Only terms that at least two articles of the group hold and with z over 1.96: see :func:`vocabulary.keyness` for what
    these figures mean. Groups of fewer than three articles are left out. beyond_chance: whether z is above what the surest term of any group reaches
    where whole articles are dealt to the groups at random (see `keyness.largest_by_chance`); of the others none is to be told as a difference.
    """
    groups = groups_of(study.articles, by).dropna()
    texts = study.articles.set_index("doc_id")["text"]
    counts, spread, each = defaultdict(Counter), defaultdict(Counter), []
    for doc_id, group in zip(groups["doc_id"], groups[by]):
        terms = term_counts([texts[doc_id]])
        each.append(terms)
        counts[group].update(terms)
        spread[group].update(terms.keys())
    everywhere, parts = Counter(), []
    for own in counts.values():
        everywhere.update(own)
    for group, n in groups[by].value_counts().sort_index().items():
        if n < FEWEST or n == len(groups):
            continue
        found = keyness_of_counts(counts[group], everywhere - counts[group])
        found = found[(found["z"] > 1.96) & (found["term"].map(spread[group]) >= 2)].head(most)
        parts.append(found.assign(**{by: group})[[by, *found.columns]])
    if not parts:
        return pd.DataFrame(columns=[by, *keyness_of_counts(Counter(), Counter()), "beyond_chance"])
    made = pd.concat(parts, ignore_index=True)
    return made.assign(beyond_chance=made["z"] > largest_by_chance(each, [n for n in groups[by].value_counts() if FEWEST <= n < len(groups)]))


def read_events(path):
    """The events of a study: date and label, from `events.csv`; empty where there is no such file.

    Raises ValueError naming the line that holds no date.
    """
    path = Path(path)
    if not path.exists():
        return pd.DataFrame({"date": pd.Series(dtype="datetime64[ns]"), "label": pd.Series(dtype="str")})
    table = pd.read_csv(path, dtype="str", keep_default_na=False, sep=None, engine="python", encoding="utf-8-sig")
    if not {"date", "label"} <= set(table.columns):
        raise ValueError(f"{path}: its columns must be date and label; they are {', '.join(table.columns)}")
    dates = [parse_date(d) for d in table["date"]]
    wrong = [i for i, d in enumerate(dates) if d is None]
    if wrong:
        raise ValueError(f"{path}, line {wrong[0] + 2}: {table['date'][wrong[0]]!r} is no date")
    return table.assign(date=pd.to_datetime(pd.Series(dates))).sort_values("date", ignore_index=True)[["date", "label"]]


def _grouped(study, measure, by):
    """The articles that have something to measure, with their group."""
    merged = per_article(study, measure).merge(groups_of(study.articles, by), on="doc_id").dropna(subset=[by])
    return merged[merged["denominator"] > 0]


def groups_of(articles, by):
    """doc_id and group of each article: a column of `articles`, or the period of its date. Raises ValueError for another word."""
    if by in PERIODS:
        period = articles["date"].dt.to_period(PERIODS[by])
        label = period.dt.start_time.dt.strftime("%Y-%m-%d") if by == "week" else period.astype("str")
        return pd.DataFrame({"doc_id": articles["doc_id"], by: label.where(articles["date"].notna())})
    if by not in articles or by == "doc_id":
        known = ", ".join(c for c in articles if c != "doc_id")
        raise ValueError(f"by is {by!r}: a column of articles ({known}), or one of {', '.join(PERIODS)}")
    return articles[["doc_id", by]]


def per_article(study, measure):
    """doc_id, numerator, denominator of a measure, one row per article."""
    index = study.articles["doc_id"]
    if measure == "polarity" or measure.startswith("polarity of "):
        who = measure.removeprefix("polarity of ")
        if measure != "polarity" and who not in groups_of_actors(study) and not any((t["actor"] == who).any() for t in (study.actors, study.sentiment)):
            near = get_close_matches(who, [*study.actors["actor"].unique(), *groups_of_actors(study)], n=3)
            raise ValueError(f"no actor or group {who!r} in this study" + (f"; did you mean {' or '.join(map(repr, near))}?" if near else ""))
        rows = study.sentiment if measure == "polarity" else sentiment_of(study, who)
        top, bottom = rows.groupby("doc_id")["polarity"].sum(), rows.groupby("doc_id").size()
    elif measure == "loaded":
        top, bottom = study.loaded_terms.groupby("doc_id").size(), study.articles.set_index("doc_id")["n_words"] / 1000
    elif measure == "quoted":
        top, bottom = quoted_characters(study), study.articles.set_index("doc_id")["text"].str.len()
    elif measure == "press_conditional":
        reported = study.hedges[study.hedges["type"] == "press_conditional"].drop_duplicates(["doc_id", "sentence_id"])
        top, bottom = reported.groupby("doc_id").size(), study.sentences.groupby("doc_id").size()
    elif (place := frame_named(study, measure)) is not None:
        rows = study.frames[study.frames["level"] == "article"]
        rows = rows[(rows["scheme"] == place[0]) & (rows["frame"] == place[1])]
        top, bottom = rows.groupby("doc_id")["score"].sum(), rows.groupby("doc_id").size()
    else:
        raise ValueError(
            f"measure is {measure!r}: polarity, polarity of <actor>, loaded, quoted, press_conditional, or a frame "
            f"({', '.join(f if s in SCHEMES else f'{s}:{f}' for s, f in frame_names(study))})"
        )
    made = {"numerator": index.map(top).astype(float), "denominator": index.map(bottom).astype(float)}
    return pd.DataFrame({"doc_id": index} | made).fillna({"numerator": 0.0, "denominator": 0.0})


def frame_names(study):
    """(scheme, frame) of all frames of a study: the kit's, then its own."""
    own = study.frames.loc[~study.frames["scheme"].isin(list(SCHEMES)), ["scheme", "frame"]].drop_duplicates()
    return [(s, f) for s, names in SCHEMES.items() for f in names] + sorted(own.itertuples(index=False, name=None))


def frame_named(study, measure):
    """(scheme, frame) that a measure names: "conflict", "saga" or "openai:saga"; the kit's go first. None where it names none."""
    known = frame_names(study)
    return next((place for place in known if measure in (place[1], ":".join(place))), None)


def quoted_characters(study):
    """How many characters of each article stand in quotations; nested ones count once. A Series by doc_id."""
    total = {}
    for doc_id, group in study.quotes.sort_values(["start", "end"]).groupby("doc_id"):
        reached = length = 0
        for start, end in zip(group["start"], group["end"]):
            length += max(0, end - max(start, reached))
            reached = max(reached, end)
        total[doc_id] = length
    return pd.Series(total, dtype=float)
