"""What can be coded by hand: of each measure its units in a study, what coders may answer, and what the kit answered.

Whoever wants another measure coded adds a line to `MEASURES` and a codebook to `codebooks/`.
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from ...measures.framing import SCHEMES
from ...text.language import name, tr
from ...text.places import PACKAGE, seeds_folder

COUNTS = {str(n): n for n in range(6)}  # of a sentence; the last means so many or more
SETTLED = "settled"  # the coder whose answers are those that all agreed on in the end
YES_NO = {"yes": 1, "no": 0}
COLUMNS = ["unit", "measure", "kind", "doc_id", "start", "end", "target", "kit", "said"]


@dataclass(frozen=True)
class Coded:
    """How one measure is coded. answers: {answer: the number it counts as}; rows: from a study to what the kit found, a table with
    doc_id, start, end, target (what is asked about), kit (its number) and said (its answer); ordered: whether the answers
    have an order; sentences: whether sentences drawn at random are coded beside the rows found, for what was missed: then
    the coder counts what a sentence holds."""

    answers: dict
    rows: Callable
    ordered: bool = False
    sentences: bool = False


def _sentiment(study):
    rows = study.sentiment
    said = rows["label"].where(~rows["withheld"], "withheld")
    return rows.assign(target=rows["actor"], kit=rows["polarity"], said=said)


def _frames(scheme):
    def rows(study):
        of_articles = study.frames[(study.frames["level"] == "article") & (study.frames["scheme"] == scheme)]
        length = of_articles["doc_id"].map(study.articles.set_index("doc_id")["text"].str.len())
        said = of_articles["frame"] + " " + of_articles["present"].map({True: "yes", False: "no"})
        return of_articles.assign(start=0, end=length, target=of_articles["frame"], kit=of_articles["present"].astype(float), said=said)  # fmt: skip

    return rows


def _found(table, target, said):
    def rows(study):
        found = getattr(study, table)
        found = found[found[target].notna()] if table == "mentions" else found
        return found.assign(target=found[target], kit=1.0, said=found[said])

    return rows


MEASURES = {
    "sentiment": Coded({"negative": -1, "neutral": 0, "positive": 1}, _sentiment, ordered=True),
    "frames": Coded(YES_NO, _frames("generic")),
    "loaded": Coded(YES_NO, _found("loaded_terms", "term", "category"), sentences=True),
    "quotes": Coded(YES_NO | {"wrong speaker": 0}, _found("quotes", "speaker", "kind"), sentences=True),
    "hedges": Coded(YES_NO, _found("hedges", "marker", "type"), sentences=True),
    "mentions": Coded(YES_NO, _found("mentions", "actor", "kind"), sentences=True),
}


def coded_as(measure):
    """How a measure is coded. Raises ValueError for one that cannot be: "frames:policy" asks for the frames of a scheme."""
    kind, _, scheme = str(measure).partition(":")
    if kind == "frames" and scheme:
        return Coded(YES_NO, _frames(scheme))
    if measure not in MEASURES:
        raise ValueError(f"measure is {measure!r}: one of {', '.join(MEASURES)}, or frames:policy, frames:<a scheme of yours>")
    return MEASURES[measure]


def answers(measure, kind=None):
    """The answers that a measure's coders choose from; kind "sentence": those of a sentence; None: all of them."""
    try:
        coded = coded_as(measure)
    except ValueError:
        return []
    if kind == "sentence":
        return list(COUNTS)
    return [*coded.answers, *(COUNTS if coded.sentences and kind is None else ())]


def as_number(measure, kind, value):
    """An answer as the number it counts as; NaN for one that is no answer of the measure."""
    return float((COUNTS if kind == "sentence" else coded_as(measure).answers).get(value, float("nan")))


def is_ordered(measure):
    """Whether a measure's answers have an order."""
    return measure in MEASURES and MEASURES[measure].ordered


def question(measure, kind, target):
    """What a coder is asked of a unit, in the language spoken."""
    measure = measure.partition(":")[0]
    if kind == "sentence":
        return {
            "loaded": tr("How many loaded terms does this sentence hold?"),
            "quotes": tr("How many stretches of reported speech (with or without quotation marks) does this sentence hold?"),
            "hedges": tr("How many times does this sentence mark something as only reported or uncertain?"),
            "mentions": tr("How many times does this sentence mean one of the study's actors (by name, role or pronoun)?"),
        }[measure]
    target = target if isinstance(target, str) else tr("nobody")
    asked = {
        "sentiment": tr("Do the words of this sentence put {target} in a bad or a good light?", target=target),
        "frames": tr("Does this article carry the frame “{target}”?", target=name(target)),
        "loaded": tr("Is the marked wording loaded, as it is used here?"),
        "quotes": tr("Are the marked words those of {target}?", target=target),
        "hedges": tr("Does the marked word say that something is only reported or uncertain?"),
        "mentions": tr("Do the marked words mean {target}?", target=target),
    }
    return asked[measure]


def codebook(measure):
    """The text of a measure's codebook: the study's own `codebooks/<measure>.md`, else the kit's."""
    file = f"{measure.partition(':')[0]}.md"
    own = seeds_folder() / "codebooks" / file
    return (own if own.exists() else PACKAGE / "codebooks" / file).read_text(encoding="utf-8")


def units_of(study, measure):
    """Every unit of a measure in a study: unit (its lasting name), measure, kind, doc_id, start, end, target, kit, said.

    kind: "row", something that the kit found or judged, or "sentence". kit: the number it answered (of a row found 1, of a
    sentence how many it found there); said: its answer.
    """
    coded = coded_as(measure)
    rows = coded.rows(study).dropna(subset=["start"]).assign(measure=measure, kind="row")
    rows["unit"] = [_named(measure, *place) for place in zip(rows["doc_id"], rows["start"], rows["target"])]
    parts = [rows.drop_duplicates("unit")]
    if coded.sentences:
        parts.append(_sentences(study, measure, rows))
    return pd.concat([p[COLUMNS] for p in parts], ignore_index=True).astype({"kit": float, "start": int, "end": int})


def _named(measure, doc_id, start, target=None):
    return ":".join([measure.replace(":", "/"), str(doc_id), str(int(start)), *([target] if isinstance(target, str) else [])])


def _sentences(study, measure, rows):
    """Every sentence, with how many of the rows begin in it."""
    made = study.sentences.assign(measure=measure, kind="sentence", target=None)
    begins = {d: sorted(g["start"]) for d, g in rows.groupby("doc_id")}
    held = [_between(begins.get(d, ()), s, e) for d, s, e in zip(made["doc_id"], made["start"], made["end"])]
    made["kit"] = pd.Series(held, index=made.index, dtype=float).clip(upper=max(COUNTS.values()))
    made["said"] = ["some" if n else "none" for n in held]
    made["unit"] = [_named(f"{measure} in", d, s) for d, s in zip(made["doc_id"], made["start"])]
    return made


def _between(starts, start, end):
    return bisect_left(starts, end) - bisect_left(starts, start)


def schemes(study):
    """The measures of frames that a study has: "frames", "frames:policy", and one for each scheme of its own."""
    own = sorted(set(study.frames["scheme"].dropna()) - set(SCHEMES))
    return ["frames", "frames:policy", *(f"frames:{s}" for s in own)]
