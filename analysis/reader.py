"""The articles as a reader sees them: actors, loaded words, quotations and conditionals marked in their places.

No script: layers, outlets and actors are switched by checkboxes and style alone.
"""

import html
import re
from bisect import bisect_right
from functools import lru_cache

import pandas as pd

from .plots import ACTOR

SIGNS = "●■▲◆▼★⬟✚"
LAYERS = {"q": "quotations", "l": "loaded words", "h": "conditionals and doubt", "a": "actors"}
_SNIPPETS, _LONGEST, _SHARED = 8, 320, 0.25


def anchor(study, doc_id, sentence_id=None):
    """Where a sentence (or an article) stands in the page of articles: the part of an address after #."""
    number = _numbers(study)[doc_id]
    return f"a{number}" if sentence_id is None or pd.isna(sentence_id) else f"a{number}-s{int(sentence_id)}"


@lru_cache(maxsize=8)
def _numbered(doc_ids):
    return {d: i for i, d in enumerate(doc_ids, 1)}


def _numbers(study):
    return _numbered(tuple(study.articles["doc_id"]))


def actors_shown(study):
    """The most mentioned actors, as many as there are signs to tell them apart."""
    return list(study.mentions["actor"].dropna().value_counts().index[: len(SIGNS)])


def controls(study):
    """The legend, which is also what switches layers, outlets and actors."""
    layers = "".join(
        f'<label><input type="checkbox" id="show-{key}" checked> <span class="{key} sample">{name}</span></label>'
        for key, name in LAYERS.items()
    )
    outlets = _outlets(study)
    named = "".join(
        f'<label><input type="checkbox" id="outlet-{i}" checked> {html.escape(o)}</label>'
        for i, o in enumerate(outlets)
    )
    actors = '<label><input type="radio" name="actor" id="only-all" checked> every sentence</label>' + "".join(
        f'<label><input type="radio" name="actor" id="only-{i}"> <span class="a a{i} sample">{html.escape(a)}</span></label>'
        for i, a in enumerate(actors_shown(study))
    )
    parts = [("Show", layers), ("Sentences that name", actors)] + ([("Outlets", named)] if len(outlets) > 1 else [])
    return "".join(f"<fieldset><legend>{title}</legend>{body}</fieldset>" for title, body in parts)


def _outlets(study):
    return list(study.articles["outlet"].fillna("(outlet unknown)").value_counts().index[:12])


def style(study):
    """The style of marks and switches for the actors and outlets of this study."""
    plain = {
        "q": "border-bottom-color: transparent",
        "l": "background: none; font-weight: inherit",
        "h": "text-decoration: none",
    }
    rules = [f"main:has(#show-{k}:not(:checked)) .{k}:not(.sample) {{ {undone}; }}" for k, undone in plain.items()]
    rules.append("main:has(#show-q:not(:checked)) .q:not(.sample):not(.l):not(.a) { background: none; border: 0; }")
    rules += [
        "main:has(#show-a:not(:checked)) .a:not(.sample) { border: 0; padding: 0; }",
        "main:has(#show-a:not(:checked)) .a:not(.sample)::before { content: none; }",
    ]
    for i, _ in enumerate(actors_shown(study)):
        rules.append(f".a{i} {{ border-color: {ACTOR[i]}; }} .a{i}.first::before, .a{i}.sample::before {{ content: \"{SIGNS[i]}\"; }}")  # fmt: skip
        rules.append(f"main:has(#only-{i}:checked) .s:not(.n{i}) {{ opacity: 0.35; }}")
    rules += [
        f"main:has(#outlet-{i}:not(:checked)) article.o{i} {{ display: none; }}" for i in range(len(_outlets(study)))
    ]
    return "\n".join(rules)


def article(study, doc_id):
    """One article as markup: whole where the study may share it, else its most marked sentences, cut short."""
    row = study.articles[study.articles["doc_id"] == doc_id].iloc[0]
    outlets = _outlets(study)
    outlet = row["outlet"] if isinstance(row["outlet"], str) else "(outlet unknown)"
    where = f" o{outlets.index(outlet)}" if outlet in outlets else ""
    date = f"{row['date']:%Y-%m-%d}" if pd.notna(row["date"]) else None
    meta = " · ".join(html.escape(str(v)) for v in (outlet, row["author"], date, doc_id) if isinstance(v, str))
    first = [t for t in _of(study.sentences, doc_id) if t["part"] == "title"]
    marks = _marks(study, doc_id)
    title = " ".join(_wrapped(study, doc_id, t["sentence_id"], row["text"], int(t["start"]), int(t["end"]), marks) for t in first)  # fmt: skip
    title = f'<span lang="fr">{title}</span>' if title else html.escape(doc_id)
    body = _whole(study, row) if study.settings["share_full_text"] else _snippets(study, row)
    return (
        f'<article class="text{where}" id="{anchor(study, doc_id)}"><h2>{title}</h2><p class="meta">{meta}</p>'
        f'<div lang="fr">{body}</div></article>'
    )


def _marks(study, doc_id):
    """(start, end, classes, words) of everything to be marked in an article, by start."""
    number = {a: i for i, a in enumerate(actors_shown(study))}
    found = []
    for q in _of(study.quotes, doc_id):
        who = q["speaker"] if isinstance(q["speaker"], str) else "nobody named"
        found.append((q["start"], q["end"], "q", f"{q['kind']} speech: {who}"))
    for t in _of(study.loaded_terms, doc_id):
        found.append((t["start"], t["end"], "l", f"loaded: {t['category']}, in the voice of the {t['voice']}"))
    for h in _of(study.hedges, doc_id):
        found.append((h["start"], h["end"], "h", str(h["type"]).replace("_", " ")))
    for m in _of(study.mentions.dropna(subset=["actor"]), doc_id):
        if m["actor"] in number:
            found.append((m["start"], m["end"], f"a a{number[m['actor']]}", m["actor"]))
    return sorted((int(s), int(e), c, w) for s, e, c, w in found)


def _of(table, doc_id):
    return table[table["doc_id"] == doc_id].to_dict("records")


def _sentence(text, start, end, marks):
    """A sentence's text with its marks: cut wherever one begins or ends, each piece with the classes of all that hold it."""
    inside = [m for m in marks if m[0] < end and m[1] > start]
    cuts = sorted({start, end, *(c for m in inside for c in m[:2] if start < c < end)})
    parts = []
    for a, b in zip(cuts, cuts[1:]):
        holding = [m for m in inside if m[0] <= a and b <= m[1]]
        if not holding:
            parts.append(html.escape(text[a:b]))
            continue
        classes = " ".join(dict.fromkeys(m[2] for m in holding)) + (" first" if any(m[0] == a and m[2][0] == "a" for m in holding) else "")  # fmt: skip
        told = html.escape("; ".join(dict.fromkeys(m[3] for m in holding)), quote=True)
        parts.append(f'<span class="{classes}" title="{told}">{html.escape(text[a:b])}</span>')
    return "".join(parts)


def _wrapped(study, doc_id, sentence, text, start, end, marks):
    named = {c[3:] for s, e, c, _ in marks if c[0] == "a" and s < end and e > start}
    names = "".join(f" n{i}" for i in sorted(named))
    return f'<span class="s{names}" id="{anchor(study, doc_id, sentence)}">{_sentence(text, start, end, marks)}</span>'


def _whole(study, row):
    text, doc_id = row["text"], row["doc_id"]
    marks = _marks(study, doc_id)
    spans = [(s["sentence_id"], s["start"], s["end"]) for s in _of(study.sentences, doc_id) if s["part"] != "title"]
    breaks = [m.start() for m in re.finditer(r"\n+", text)]
    paragraphs, last = [[]], None
    for number, start, end in spans:
        place = bisect_right(breaks, start)
        if last is not None and place != last:
            paragraphs.append([])
        paragraphs[-1].append(_wrapped(study, doc_id, number, text, int(start), int(end), marks))
        last = place
    return "".join(f"<p>{' '.join(p)}</p>" for p in paragraphs if p)


def _snippets(study, row):
    text, doc_id, marks = row["text"], row["doc_id"], _marks(study, row["doc_id"])
    heavy = []
    for s in _of(study.sentences, doc_id):
        if s["part"] == "title":
            continue
        weight = sum(m[2][0] in "lhq" for m in marks if m[0] < s["end"] and m[1] > s["start"])
        heavy.append((-weight, int(s["sentence_id"]), int(s["start"]), int(s["end"])))
    chosen, length = [], 0
    for weight, number, start, end in sorted(heavy)[:_SNIPPETS]:
        length += min(end - start, _LONGEST)
        if weight and length <= _SHARED * len(text):
            chosen.append((number, start, end))
    chosen.sort()
    shown = [f"<p>[…] {_wrapped(study, doc_id, n, text, s, min(e, s + _LONGEST), marks)} […]</p>" for n, s, e in chosen]
    return "".join(shown) or '<p class="none" lang="en">No passage of it is shown.</p>'
