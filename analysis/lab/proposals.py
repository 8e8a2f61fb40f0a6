"""A first `actors.yaml` from the articles themselves: who is named, what they are called, to be read over by a person."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd
import yaml

from ..measures.catalogue import catalogue
from ..measures.entities import measure
from ..measures.speakers import Speakers
from ..reading.lexicon import closed_list
from ..reading.syntax import phrase
from ..study.analysing import discover_actors
from ..study.engine import read_again

COLUMNS = ["actor", "type", "gender", "mentions", "articles", "descriptions"]
_LONGEST = 60
_HEAD = """# Who is who in this story, as proposed from the articles: read it over before you trust it.
#   name          the name that reports show
#   type          person or organisation
#   gender        f or m, people only: without it no pronoun is resolved to them
#   aliases       other names, acronyms
#   descriptions  definite descriptions that in this story can only mean this actor ("le patron de Tesla")
"""


def propose_actors(articles, *, most=15):
    """The actors that the articles themselves suggest: actor, type, gender, mentions, articles, descriptions.

    articles: a table of articles. The `most` mentioned are proposed. gender: told by a title, a participle that agrees, all
    saying the same; else missing. descriptions: what stands in apposition to a name ("la maire de Port-Clair"), a list.
    Types and names are spaCy's (people about .9, organisations about .7 right): read them over, above all the descriptions,
    which must mean nobody else in your articles.
    """
    if not len(articles):
        return pd.DataFrame(columns=COLUMNS)
    actors = discover_actors(articles)
    counts, genders, said = _told(articles, catalogue(actors))
    if not counts:
        return pd.DataFrame(columns=COLUMNS)
    kinds = actors.drop_duplicates("actor").set_index("actor")["type"]
    rows = [{"actor": name, "mentions": sum(found), "articles": len(found)} for name, found in counts.items()]
    made = pd.DataFrame(rows).sort_values(["mentions", "actor"], ascending=[False, True]).head(most)
    people = made["actor"].map(kinds) == "person"
    return made.assign(
        type=made["actor"].map(kinds),
        gender=made["actor"].map(genders).where(people),
        descriptions=[sorted(said.get(a, ())) if p else [] for a, p in zip(made["actor"], people)],
    )[COLUMNS].reset_index(drop=True)


def _told(articles, actors):
    """({actor: its mentions in each article}, {actor: f or m} where all articles agree, {actor: descriptions beside the name})."""
    counts, genders, said = defaultdict(list), defaultdict(set), defaultdict(set)
    for _, article in read_again(articles):
        rows = [row for row in measure(article, actors)["mentions"] if row["actor"]]
        for actor, n in Counter(row["actor"] for row in rows).items():
            counts[actor].append(n)
        for actor, gender in Speakers(article, rows).genders.items():
            genders[actor].add(gender)
        for row in rows:
            for words in _appositions(article, row):
                said[row["actor"]].add(words)
                genders[row["actor"]].update({"la": {"Fem"}, "le": {"Masc"}}.get(words[:2], ()))
    claimed = Counter(words for own in said.values() for words in own)  # a title that two bear names neither
    return (
        counts,
        {a: {"Fem": "f", "Masc": "m"}[next(iter(g))] for a, g in genders.items() if len(g) == 1},
        {actor: {w for w in own if claimed[w] == 1} for actor, own in said.items()},
    )


def _appositions(article, row):
    """The definite noun phrases of a person's title that stand right beside a name."""
    doc, span = article.doc, article.span_of(row)
    head, titles = span.root, closed_list("person_title")
    owned = any(c.dep_ == "case" for c in head.children)  # "le frère de Jeanne Morel" is another person
    beside = [head.head] if head.dep_ in {"appos", "nmod", "flat:name"} and not owned else []
    for noun in [*beside, *(c for c in head.children if c.dep_ == "appos")]:
        if noun.pos_ == "NOUN" and noun.lower_ in titles:
            start, end = phrase(noun)
            end = min(end, row["start"]) if start < row["start"] else end
            words = re.sub(r"\s+", " ", doc.text[start:end]).strip(" ,")
            words = words[:1].lower() + words[1:]
            if re.match(r"(?:le|la) \w|l'\w", words) and " " in words.partition(" ")[2] and len(words) <= _LONGEST:
                yield words


def actors_file(proposed):
    """The text of an `actors.yaml` with what :func:`propose_actors` found."""
    entries = []
    for row in proposed.to_dict("records"):
        entry = {"name": row["actor"], "type": row["type"]}
        entry |= {"gender": row["gender"]} if isinstance(row["gender"], str) else {}
        entries.append(entry | ({"descriptions": list(row["descriptions"])} if row["descriptions"] else {}))
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
