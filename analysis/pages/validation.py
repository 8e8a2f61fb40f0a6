"""Validation: what a sample coded by hand says of the kit's figures on this very corpus, and how far the coders agree."""

import pandas as pd

from ..study.validation.agreement import agreement, answered, disagreements
from ..study.validation.corrected import FEW, corrected, is_coded, is_enough
from ..study.validation.units import MEASURES, SETTLED
from ..text.language import count, joined, name, number, percent, signed, tr
from .figure import Figure
from .style import BLUE, GREY, axes, label_below, legend_above, rows_named

SHARES = {"precision", "recall"}
_MOST = 24  # rows of the figure


# --- tables


def coded(study):
    """The measures of which units were coded, in the kit's order."""
    there = set(study.codings["measure"]) if len(study.codings) else set()
    known = [*MEASURES, *sorted(there - set(MEASURES))]
    return [m for m in known if m in there and is_coded(study.codings, m)]


def by_measure(study, *, by=None):
    """What hand-coding makes of the kit's figures, of every measure that was coded: subject (the measure), and the columns of `corrected`."""
    parts = [_corrected(study, m, by).assign(subject=m) for m in coded(study)]
    columns = ["subject", "group", "what", "n", "n_coded", "kit", "corrected", "low", "high", "believe"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _corrected(study, measure, by=None):
    try:
        return corrected(study, study.codings, measure, by=by)
    except ValueError:  # codings of other articles: `problems` tells them
        return pd.DataFrame(columns=["group", "what", "n", "n_coded", "kit", "corrected", "low", "high", "believe"])


def by_group(study):
    """The same by the group of the study's comparisons (`group_by`), where it has two or more."""
    by = study.settings["group_by"]
    made = by_measure(study, by=by)
    return made if made["group"].nunique() > 1 else made.head(0)


def agreements(study):
    """How far the coders agree, one row per measure and answer; see `analysis.agreement`."""
    made = agreement(study.codings).rename(columns={"measure": "subject"})
    return made[made["n"] > 0].reset_index(drop=True)


def open_disagreements(study):
    """The units that coders answered differently and nobody has settled: unit, subject, doc_id, sentence_id, start, end, target, answers."""
    found = disagreements(study.codings)
    people = [c for c in found if c in set(study.codings["coder"])]
    given = [[f"{who}: {name(row[who])}" for who in people if isinstance(row[who], str)] for row in found.to_dict("records")]
    made = found.assign(subject=found["measure"], answers=pd.Series([tr("; ").join(g) for g in given], index=found.index, dtype="str"))
    columns = ["unit", "subject", "doc_id", "sentence_id", "start", "end", "target", "answers"]
    if made.empty:
        return pd.DataFrame(columns=columns)
    return made.assign(sentence_id=_sentences_at(study, made))[columns].reset_index(drop=True)


def _sentences_at(study, rows):
    """The sentence in which each row begins, by which what may be shown of an article is told."""
    spans = study.sentences[study.sentences["doc_id"].isin(rows["doc_id"])]
    both = rows.reset_index()[["index", "doc_id", "start"]].merge(spans[["doc_id", "sentence_id", "start", "end"]], on="doc_id", suffixes=("", "_of"))
    there = both[(both["start"] >= both["start_of"]) & (both["start"] < both["end"])]
    return there.drop_duplicates("index").set_index("index")["sentence_id"].reindex(rows.index)


# --- sentences


def is_corrected(study, measure):
    """Whether so many units were coded that the corrected figure goes before the kit's."""
    return bool(measure) and measure in coded(study) and bool(_enough(_corrected(study, measure)).any())


def _enough(rows):
    """Of which rows so many units were coded that they may be told."""
    return pd.Series([is_enough(n, of) for n, of in zip(rows["n_coded"], rows["n"])], index=rows.index, dtype=bool)


def what_coding_says(study, measure):
    """The corrected figures of a measure in a sentence, with n, agreement and what the kit said; or that nobody coded it here."""
    if measure not in coded(study):
        return tr("Not validated on this corpus: {call} draws what to code by hand.", call=f'sample_for_coding(study, "{measure}", 200)')
    rows = _corrected(study, measure)
    told, sure = [_coded_by(study, measure)], rows[_enough(rows)]
    if sure.empty:
        return " ".join([*told, tr("Too few to correct the kit's figure.")])
    parts = [_told(measure, row) for row in sure.to_dict("records")]
    return " ".join([*told, tr("Corrected by it (95 % in brackets): {parts}.", parts=tr("; ").join(parts[:5]))])


def _coded_by(study, measure):
    """How many units who coded, and how far they agree."""
    rows = answered(study.codings[study.codings["measure"] == measure])
    agreed = agreement(rows)
    agreed = agreed[agreed["answer"].isna() & (agreed["n"] > 0) & agreed["alpha"].notna()]
    people = sorted(set(rows["coder"]) - {SETTLED})
    told = tr("Coded by hand on this corpus: {units} ({coders})", units=count(rows["unit"].nunique(), "unit"), coders=joined(people))
    if agreed.empty:
        return told + "."
    parts = [
        tr("α = {alpha} (n = {n})", alpha=number(r.alpha, 2), n=int(r.n)) if len(agreed) == 1 else
        tr("α = {alpha} ({kind}, n = {n})", alpha=number(r.alpha, 2), kind=tr("rows found") if r.kind == "row" else tr("sentences"), n=int(r.n))
        for r in agreed.itertuples()
    ]  # fmt: skip
    return tr("{told}, who agree at {parts}.", told=told, parts=joined(parts))


def _told(measure, row):
    share = row["what"] in SHARES or measure.startswith("frames")
    figure = percent if share else (lambda v: signed(v, 2)) if row["what"] == "polarity" else (lambda v: number(v, 1))
    around = {"low": figure(row["low"]), "high": figure(row["high"])}
    if row["kit"] != row["kit"]:
        return tr("{what} {value} ({low} to {high})", what=name(row["what"]), value=figure(row["corrected"]), **around)
    return tr(
        "{what} {value} ({low} to {high}; the kit by itself: {kit})", what=name(row["what"]), value=figure(row["corrected"]),
        kit=figure(row["kit"]), **around,
    )  # fmt: skip


def validated(study):
    """What was coded by hand, and what of it the kit's figures survived; for the page of validation."""
    measures = coded(study)
    if not measures:
        return tr("Nothing was coded by hand in this study yet: every figure is the kit's own, and how right it is here is not known.")
    rows = by_measure(study)
    rows = rows[_enough(rows) & rows["kit"].notna()]
    off = rows[(rows["kit"] < rows["low"] - 1e-9) | (rows["kit"] > rows["high"] + 1e-9)]
    units = int(answered(study.codings)["unit"].nunique())
    told = tr("{units} were coded by hand: {measures}.", units=count(units, "unit").capitalize(), measures=joined(name(m) for m in measures))
    if rows.empty:
        return told + " " + tr("Too few of any measure to correct its figures ({n} are wanted, 200 better).", n=FEW)
    return told + " " + tr("The kit's figures that could be checked: {n}; outside the interval of the corrected figure: {off}.", n=len(rows), off=len(off))


def methods(study):
    """The paragraph on validation in the form that journals ask for; "" where nothing was coded."""
    told = [f"{name(m).capitalize()}: {what_coding_says(study, m)}" for m in coded(study) if is_corrected(study, m)]
    if not told:
        return ""
    return " ".join([
        tr(
            "Units were drawn at random with known probabilities, in strata of the kit's answer (and of groups), and coded without that answer "
            "in sight; figures are corrected by the difference between the codes and the kit's answers (design-based; intervals clustered by article)."
        ),
        *told,
    ])  # fmt: skip


# --- figure


def _drawn_rows(study):
    """The rows that can be drawn on one axis: shares, and polarity; the foremost."""
    rows = by_measure(study)
    rows = rows[(rows["what"] != "per 1,000 words") & rows["corrected"].notna()]
    return rows.head(_MOST).reset_index(drop=True)


def plot_corrected(table, *, ax=None):
    """Each figure as corrected by hand-coding, with its 95 % interval, and as the kit by itself gives it (hollow)."""
    ax = axes(ax, len(table))
    rows = range(len(table))
    ax.hlines(rows, table["low"], table["high"], color=BLUE, linewidth=2)
    ax.scatter(table["corrected"], rows, color=BLUE, s=52, zorder=3, label=tr("corrected by hand-coding"))
    ax.scatter(table["kit"], rows, facecolor="white", edgecolor=GREY, s=52, linewidth=1.6, zorder=2, label=tr("the kit by itself"))
    rows_named(ax, [f"{name(m)}: {name(w)}" for m, w in zip(table["subject"], table["what"])])
    label_below(ax, tr("share, or mean from −1 to 1"))
    legend_above(ax, ncols=2)
    return ax


CORRECTED = Figure(
    file="validation-corrected",
    caption="Each figure as corrected by hand-coding, with its 95 % interval, and as the kit by itself gives it (hollow).",
    table=_drawn_rows,
    plot=plot_corrected,
    counts=("unit", lambda table: int(table.groupby("subject")["n_coded"].max().sum())),
    finding=lambda study, table: validated(study),
)
