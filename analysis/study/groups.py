"""Groups of actors: majority and opposition, firms and regulators; what is measured of actors, measured of groups of them."""

from difflib import get_close_matches

_PRIMARY = ("mentions", "sentiment")  # a row is about one actor: it is told of each of their groups
_NAMED = {  # columns that name an actor beside what a row is about
    "quotes": ["speaker_actor"],
    "hedges": ["actor"],
    "loaded_terms": ["speaker_actor", "target_actor"],
    "frames": ["speaker_actor", "held_actor"],
    "agency": ["agent", "patient"],
    "entities": ["actor"],
}


def groups_of_actors(study):
    """{group: its actors}, as `groups:` of `actors.yaml` says; empty where it says nothing."""
    return study.settings.get("groups") or {}


def members(study, who):
    """The actors that a name stands for: those of a group, or the one of that name."""
    return {who, *groups_of_actors(study).get(who, ())}


def sentiment_of(study, who):
    """The rows of `sentiment` on an actor, or on a group: of a sentence that names several of its actors the most polar row."""
    rows = study.sentiment[study.sentiment["actor"].isin(members(study, who))]
    return _once(rows) if who in groups_of_actors(study) else rows


def _once(rows, *of):
    """Rows of `sentiment`, one of each sentence: the most polar."""
    first = rows.loc[rows["polarity"].abs().sort_values(ascending=False, kind="stable").index].drop_duplicates([*of, "doc_id", "sentence_id"])
    return first.sort_index()


def grouped(study):
    """The same study with groups in the place of their actors, as if each were one: every measure and figure of actors takes it.

    Mentions and sentiment hold the groups alone, an actor of two groups counting for both, and a sentence on several actors of a group once; where a row names an actor beside what it is about (a
    speaker, a target, who acts), the actor's first group stands there, and whoever is in no group stays. Raises ValueError where no groups are given.
    """
    groups = groups_of_actors(study)
    if groups and set(groups) & set(study.sentiment["actor"]) and not any(set(own) & set(study.sentiment["actor"]) for own in groups.values()):
        return study  # its groups stand there already
    if not groups:
        raise ValueError("this study has no groups: write them into actors.yaml, as “groups:” and below it “majority: [Anne Lou, Paul Roy]”")
    of = {}
    for group, actors in groups.items():
        for actor in actors:
            of.setdefault(actor, []).append(group)
    tables = {}
    for which in _PRIMARY:
        rows = getattr(study, which)
        rows = rows.assign(actor=rows["actor"].map(of)).dropna(subset=["actor"]).explode("actor", ignore_index=True)
        tables[which] = rows.assign(actor=rows["actor"].astype(getattr(study, which)["actor"].dtype))
    tables["sentiment"] = _once(tables["sentiment"], "actor").reset_index(drop=True)
    first = {actor: own[0] for actor, own in of.items()}
    for which, columns in _NAMED.items():
        rows = getattr(study, which)
        tables[which] = rows.assign(**{c: rows[c].replace(first) for c in columns if c in rows})
    quotes = tables["quotes"]
    tables["quotes"] = quotes.assign(speaker=quotes["speaker"].where(study.quotes["speaker_actor"].map(first).isna(), quotes["speaker_actor"]))
    return study.copy(**tables)


def unknown(groups, actors):
    """(group, name, the actor that is likely meant or None) of each name in a group that no actor bears."""
    known = sorted(set(actors))
    for group, names in groups.items():
        for name in names:
            if name not in known:
                yield group, name, next(iter(get_close_matches(name, known, n=1)), None)
