"""Metaphors: from which domains the story borrows its words, of what they speak, and whose they are."""

from ..study.statistics import ahead
from ..text.language import count, name, percent, tr
from .figure import Figure, News
from .style import axes, bars_by_voice
from .telling import in_marks, sentence


def metaphors(study):
    """One row per metaphor in the text: domain, words, what it speaks of, voice, and its place."""
    found = study.frames[(study.frames["level"] == "sentence") & (study.frames["scheme"] == "metaphor")]
    text = dict(zip(study.articles["doc_id"], study.articles["text"]))
    words = [text[d][s:e] for d, s, e in zip(found["doc_id"], found["start"], found["end"])]
    found = found.assign(words=words).rename(columns={"frame": "domain"})
    columns = ["domain", "words", "target", "voice", "speaker_actor", "doc_id", "sentence_id", "start", "end"]
    return found[columns].reset_index(drop=True)


def extended(table):
    """One row per article and domain with three metaphors of it or more, in two words or more: doc_id, domain, n, words (as they follow).

    table: :func:`metaphors`. Several metaphors of one domain in an article are one extended metaphor: the story is told in it.
    """
    made = table.assign(words=table["words"].str.casefold()).groupby(["doc_id", "domain"], as_index=False)
    made = made.agg(n=("start", "size"), different=("words", "nunique"), words=("words", lambda w: ", ".join(dict.fromkeys(w))))  # fmt: skip
    made = made[(made["n"] >= 3) & (made["different"] > 1)].drop(columns="different")
    return made.sort_values(["n", "doc_id"], ascending=[False, True], ignore_index=True)


def _told_through(table):
    """What the most extended metaphor is, if there is any."""
    found = extended(table)
    if len(found):
        yield tr(
            "The most extended is one of {domain} ({n} in one article): {words}.",
            domain=name(found["domain"].iloc[0]),
            n=found["n"].iloc[0],
            words=in_marks(found["words"].iloc[0].split(", ")[:5]),
        )


def which_domains(table):
    """Which source domains the story is told in, and an example. table: :func:`metaphors`."""
    if table.empty:
        return tr("No metaphor of the lexicon is used figuratively.")
    counts = table["domain"].value_counts()
    first = table[table["domain"] == counts.index[0]]
    aimed = first[first["target"].notna()]
    example = aimed.iloc[-1] if len(aimed) else first.iloc[0]
    about = tr(" (of {target})", target=example["target"]) if isinstance(example["target"], str) else ""
    told = tr(
        "{metaphors}, {own} in the outlet's own voice; most come from the domain of {domain} ({n}), as in « {words} »{about}.",
        metaphors=sentence(count(len(table), "metaphor")),
        own=int((table["voice"] == "outlet").sum()),
        domain=name(counts.index[0]),
        n=counts.iloc[0],
        words=example["words"],
        about=about,
    )
    return " ".join([told, *_told_through(table)])


def news(study):
    """The domain that most metaphors borrow from, where it leads the next one."""
    found = metaphors(study)
    if found["domain"].nunique() < 2:
        return
    counts = found.groupby(["doc_id", "domain"]).size().unstack(fill_value=0)
    first, second, *lead = ahead(counts)
    share = counts.sum() / counts.to_numpy().sum()
    said = tr(
        "Metaphors borrow most from {domain}: {share} of {metaphors}, in {articles}; {other} comes next ({other_share}).",
        domain=name(first), share=percent(share[first]), metaphors=count(len(found), "metaphor"), articles=count(int((counts[first] > 0).sum()), "article"),
        other=name(second), other_share=percent(share[second]),
    )  # fmt: skip
    own = found[found["domain"] == first]
    yield News(said, own["doc_id"].nunique(), *lead, 0.1, own, "domain", ("metaphors", "F in articles"))


def plot_metaphors(table, *, ax=None):
    """Metaphors by source domain, apart for the outlet's voice and the quoted ones."""
    counts = table.groupby(["domain", "voice"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=["outlet", "quoted"], fill_value=0).astype(int)
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False).index]
    return bars_by_voice(axes(ax, len(counts)), counts)


DOMAINS = Figure(
    file="framing-metaphors",
    caption="Metaphors by source domain, apart for the outlet's voice and the quoted ones.",
    table=metaphors,
    plot=plot_metaphors,
    counts=("metaphor", len),
    finding=lambda study, table: which_domains(table),
    passages=metaphors,
    label="domain",
    news=news,
)
