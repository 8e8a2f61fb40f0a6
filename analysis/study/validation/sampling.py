"""What to code by hand: units drawn at random, each with a probability that is known."""

from bisect import bisect_right

import numpy as np
import pandas as pd

from ..comparison import groups_of
from ..statistics import SEED
from .units import units_of

CONTEXT, LONGEST = 320, 6_000  # characters around a passage; of an article
FEWEST = 2  # units of a stratum, where it has as many
COLUMNS = ["unit", "measure", "kind", "doc_id", "outlet", "date", "title", "start", "end", "target", "passage", "probability"]


def sample_for_coding(study, measure, n, *, by=None, seed=0):
    """`n` units of a measure to be coded by hand, drawn at random with known probabilities: a row per unit, to be coded in this order.

    measure: "sentiment" (a sentence and an actor), "frames" (an article and a generic frame; "frames:policy" or
    "frames:<scheme>" for others), or "loaded", "quotes", "hedges", "mentions": half of the units are rows that the kit found,
    half are sentences, in which coders count, so that what was missed is seen too. Units are drawn in strata of group (`by`, a column of
    `articles`, "month" …) and of what the kit answered, rare ones more often than they come, and spread over articles; what the kit
    answered is not told. probability: with which the unit was drawn; corrected figures rest on it, so every unit of the sample
    should be answered, hard ones too, and none be exchanged for another. target: what is asked about; passage: it stands between ⟦ and ⟧, with
    its surroundings. The same seed draws the same units of the same study. Where there are fewer than `n` units, all of them. Raises
    ValueError for an unknown measure or column, n below 1, or a study that has no such unit.
    """
    if int(n) < 1:
        raise ValueError(f"n is {n!r}: how many units to draw, 1 or more")
    units = units_of(study.as_found(), measure)
    if units.empty:
        raise ValueError(f"there is nothing to code: this study has no unit of {measure!r}")
    units["group"] = group_of(study, units, by)
    random = np.random.default_rng([SEED, seed])
    kinds = [part for _, part in units.groupby("kind", sort=True)]
    share = [len(kinds[0])] if len(kinds) == 1 else _evenly(int(n), [len(k) for k in kinds])
    drawn = pd.concat([_drawn(part, min(int(n), most), random) for part, most in zip(kinds, share) if most])
    turn = {d: i for i, d in enumerate(random.permutation(sorted(drawn["doc_id"].unique())))}
    drawn = drawn.assign(turn=drawn["doc_id"].map(turn)).sort_values(["turn", "start", "end", "unit"], kind="stable")
    made = _shown(study, drawn, [by] if by else []).reset_index(drop=True)
    made.attrs["articles"] = articles_of(study, made)  # so that a coder sees each passage in its article
    return made


def articles_of(study, sample):
    """{doc_id: text} of the articles that a sample was drawn from."""
    return study.articles.set_index("doc_id")["text"].reindex(sample["doc_id"].unique()).to_dict()


def group_of(study, units, by):
    """The group of each unit: a column of `articles` or a period, or what is asked about ("actor", "frame"); "" without `by`.

    Raises ValueError for a column that isn't there.
    """
    if by is None:
        return pd.Series("", index=units.index)
    if by in ("actor", "frame", "target"):
        return units["target"].astype("str")
    if not isinstance(by, str):
        raise ValueError(f"by is {by!r}: the name of one column")
    groups = groups_of(study.articles, by)
    return units["doc_id"].map(groups.set_index("doc_id")[by].astype("str"))


def _evenly(n, sizes):
    """n dealt to parts of these sizes, as evenly as they allow."""
    given = [0] * len(sizes)
    for i in sorted(range(len(sizes)), key=sizes.__getitem__):
        left = len(sizes) - sum(g > 0 for g in given)
        given[i] = min(sizes[i], -(-(n - sum(given)) // max(left, 1)))
    return given


def _drawn(units, n, random):
    """n of these units with their probability, drawn in strata of group and answer."""
    strata = [part for _, part in _in_strata(units, n)]
    made = []
    for part, most in zip(strata, _allocated([len(s) for s in strata], n)):
        if most:
            ordered = part.sort_values(["doc_id", "start", "unit"], kind="stable")
            places = np.floor((random.random() + np.arange(most)) * len(part) / most).astype(int)
            made.append(ordered.iloc[places].assign(probability=most / len(part)))
    return pd.concat(made)


def _in_strata(units, n):
    """The strata: of group and answer, of answer or of group where these would be too many for n units, else all in one."""
    said, group = units["said"].fillna("").astype("str"), units["group"].fillna("").astype("str")
    for keys in ([group, said], [said], [group]):
        found = units.groupby([k.to_numpy() for k in keys], sort=True)
        if found.ngroups * FEWEST <= n:
            return found
    return units.groupby(np.zeros(len(units)))


def _allocated(sizes, n):
    """How many to draw of each stratum: by the root of its size, FEWEST at least, never more than it has; n in all."""
    sizes = np.array(sizes)
    n, given = min(n, sizes.sum()), np.minimum(sizes, min(FEWEST, n // len(sizes)))
    while given.sum() < n:
        wanted = np.sqrt(sizes) / (given + 0.5) * (given < sizes)
        given[int(np.argmax(wanted))] += 1
    return given


def _shown(study, drawn, more):
    """The units as coders get them: with source and passage, without what the kit answered."""
    articles = study.articles.set_index("doc_id")
    spans = {d: (g["start"].tolist(), g["end"].tolist()) for d, g in study.sentences.sort_values("start").groupby("doc_id")}
    made = drawn.assign(
        **{column: drawn["doc_id"].map(articles[column]) for column in ("outlet", "date", "title")},
        passage=[_passage(articles.at[r.doc_id, "text"], spans[r.doc_id], r) for r in drawn.itertuples()],
    )
    group = {} if not more else {more[0]: made["group"]}
    return made.assign(**{k: v for k, v in group.items() if k not in made})[[*COLUMNS, *(k for k in more if k not in COLUMNS)]]


def _passage(text, spans, unit):
    """A unit between ⟦ and ⟧ with the sentences around it; of a whole article its beginning."""
    start, end = int(unit.start), int(unit.end)
    if unit.measure.startswith("frames"):
        return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " […]"
    starts, ends = spans
    first = max(bisect_right(starts, start) - 1, 0)
    last = max(bisect_right(starts, max(end - 1, start)) - 1, first)
    left = starts[first - 1] if first and start - starts[first - 1] <= CONTEXT else starts[first]
    right = ends[last + 1] if last + 1 < len(ends) and ends[last + 1] - end <= CONTEXT else ends[last]
    return f"{text[left:start]}⟦{text[start:end]}⟧{text[end:right]}"
