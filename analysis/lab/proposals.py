"""A first `actors.yaml` from the articles themselves: who is named, what they are called, to be read over by a person."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd
import yaml

from ..measures.catalogue import catalogue
from ..measures.entities import measure
from ..study.analysing import discover_actors
from ..study.engine import read_again

COLUMNS = ["actor", "type", "gender", "mentions", "articles", "aliases", "descriptions"]
_LONGEST = 60
_HEAD = """# Who is who in this story, as proposed from the articles: read it over before you trust it.
#   name          the name that reports show
#   type          person, organisation, or state (a country, counted only where it acts)
#   gender        f or m, people only
#   aliases       other names, acronyms
#   descriptions  definite descriptions that in this story can only mean this actor ("le patron de Tesla")
"""


def propose_actors(articles, *, most=15):
    """The actors that the articles themselves suggest: actor, type, gender, mentions, articles, aliases, descriptions.

    articles: a table of articles. The `most` mentioned are proposed, countries that act after the others. gender: where all
    articles that tell it say the same; else missing. aliases: other full names and acronyms, a list. descriptions: what is
    said of somebody right beside the name ("la maire de Port-Clair") and of nobody else, a list, the most frequent first.
    Read them over: above all the descriptions, which must mean nobody else in your articles.
    """
    if not len(articles):
        return pd.DataFrame(columns=COLUMNS)
    actors = discover_actors(articles)
    counts, genders, said = _told(articles, catalogue(actors))
    if not counts:
        return pd.DataFrame(columns=COLUMNS)
    kinds = actors.drop_duplicates("actor").set_index("actor")["type"]
    also = actors[(actors["kind"] == "name") & (actors["form"] != actors["actor"])].groupby("actor")["form"].agg(list)
    rows = [{"actor": name, "mentions": sum(found), "articles": len(found)} for name, found in counts.items()]
    made = pd.DataFrame(rows).assign(type=lambda m: m["actor"].map(kinds), last=lambda m: m["type"] == "state")
    made = made.sort_values(["last", "mentions", "actor"], ascending=[True, False, True]).head(most)
    people = made["type"] == "person"
    return made.assign(
        gender=made["actor"].map(genders).where(people),
        aliases=[list(also.get(a, ())) for a in made["actor"]],
        descriptions=[said.get(a, []) if p else [] for a, p in zip(made["actor"], people)],
    )[COLUMNS].reset_index(drop=True)


def _told(articles, actors):
    """({actor: its mentions in each article}, {actor: f or m} where all articles agree, {actor: descriptions beside the name})."""
    counts, genders, said = defaultdict(list), defaultdict(set), defaultdict(Counter)
    for _, article in read_again(articles):
        made = measure(article, actors)
        for row in made["entities"]:
            if row["actor"]:
                counts[row["actor"]].append(row["n_mentions"])
                genders[row["actor"]] |= {row["gender"]} - {None}
        for row in made["roles"]:
            if row["actor"] and (words := _as_description(row["said"])):
                said[row["actor"]][words] += 1
    claimed = Counter(words for own in said.values() for words in own)  # a role that two bear names neither
    return (
        counts,
        {a: next(iter(g)) for a, g in genders.items() if len(g) == 1},
        {
            a: [w for w, _ in sorted(own.items(), key=lambda o: (-o[1], o[0])) if claimed[w] == 1]
            for a, own in said.items()
        },
    )


def _as_description(said):
    """A role as a description of `actors.yaml`, if it is definite and long enough to mean one person; None otherwise."""
    words = re.sub(r"\s+", " ", said).strip(" ,")
    words = words[:1].lower() + words[1:]
    definite = re.match(r"(?:le|la) \w|l'\w", words) and " " in words.partition(" ")[2]
    return words if definite and len(words) <= _LONGEST else None


def actors_file(proposed):
    """The text of an `actors.yaml` with what :func:`propose_actors` found."""
    entries = []
    for row in proposed.to_dict("records"):
        entry = {"name": row["actor"], "type": row["type"]}
        entry |= {"gender": row["gender"]} if isinstance(row["gender"], str) else {}
        entries.append(entry | {key: list(row[key]) for key in ("aliases", "descriptions") if row[key]})
    return _HEAD + yaml.safe_dump({"actors": entries}, allow_unicode=True, sort_keys=False, width=100)


def save_actors(proposed, folder):
    """Writes `actors.yaml` beside the articles, unless there is one: that is never overwritten. Returns what was done."""
    path = Path(folder) / "actors.yaml"
    if path.exists():
        return f"{path} is there already and was left as it is: edit it, or remove it to start anew."
    if proposed.empty:
        return "No actor is named often enough to be proposed: write actors.yaml by hand (the README says how)."
    path.write_text(actors_file(proposed), encoding="utf-8")
    return f"{path} is written: read it over, correct it, and go on."
