"""The articles as a reader sees them: actors, loaded words, quotations and conditionals marked in their places.

No script: layers, outlets and actors are switched by checkboxes and style alone.
"""

import html
import re
from bisect import bisect_right

import pandas as pd

from ..pages.corpus import OUTLET_UNKNOWN
from ..pages.sharing import LONGEST, shareable, standing_in
from ..pages.style import ACTOR
from ..text.language import day, name, named, spoken, tr
from ..text.tables import by_document

SIGNS = "●■▲◆▼★⬟✚"
_MOST_CHARACTERS = 400_000  # of articles that stand in one page; of more, each has a page of its own


def on_one_page(study):
    """Whether the articles are so few that they stand together in `articles.html`; else each is a file in `articles/`."""
    return study.articles["text"].str.len().sum() <= _MOST_CHARACTERS


def places(study):
    """{doc_id: the address of the article in the report}: "articles.html#a1", or "articles/a1.html#a1"."""
    page = "articles.html" if on_one_page(study) else "articles/{place}.html"
    return {doc_id: f"{page.format(place=place)}#{place}" for doc_id, place in _places(study.articles).items()}


def _places(articles):
    return {doc_id: f"a{number}" for number, doc_id in enumerate(articles["doc_id"], 1)}


def address(place, sentence_id=None):
    """The address of a sentence of an article, of its article's."""
    return place if sentence_id is None or pd.isna(sentence_id) else f"{place}-s{int(sentence_id)}"


def actors_shown(study):
    """The most mentioned actors, as many as there are signs to tell them apart."""
    return list(study.mentions["actor"].dropna().value_counts().index[: len(SIGNS)])


def controls(study, *, layers=True, outlets_too=True):
    """The legend, which is also what switches layers, outlets and actors; layers, outlets_too: which of them, for not every page has all."""
    switches = "".join(
        f'<label><input type="checkbox" id="show-{key}" checked> <span class="{key} sample">{told}</span></label>'
        for key, told in _layers().items()
    )
    found = outlets(study)
    shown = "".join(
        f'<label><input type="checkbox" id="outlet-{i}" checked> {html.escape(named(o))}</label>'
        for i, o in enumerate(found)
    )
    actors = (
        '<label><input type="radio" name="actor" id="only-all" checked> '
        + tr("every sentence")
        + "</label>"
        + "".join(
            f'<label><input type="radio" name="actor" id="only-{i}"> <span class="a a{i} sample">{html.escape(a)}</span></label>'
            for i, a in enumerate(actors_shown(study))
        )
    )
    parts = [(tr("Show"), switches), (tr("Sentences that name"), actors)] if layers else []
    parts += [(tr("Outlets"), shown)] if len(found) > 1 and outlets_too else []
    return "".join(f"<fieldset><legend>{title}</legend>{body}</fieldset>" for title, body in parts)


def outlets(study):
    """The outlets that can be switched on and off: the twelve with most articles."""
    return list(study.articles["outlet"].fillna(OUTLET_UNKNOWN).value_counts().index[:12])


def style(study):
    """The style of marks and switches for the actors and outlets of this study."""
    hidden = [f"main:has(#outlet-{i}:not(:checked)) .o{i} {{ display: none; }}" for i in range(len(outlets(study)))]
    return "\n".join([signs(study), layers_off(study), *hidden])


def layers_off(study):
    """The style that takes marks away where their switch is off, and dims the sentences that name others than the actor chosen."""
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
        rules.append(f"main:has(#only-{i}:checked) .s:not(.n{i}) {{ opacity: 0.35; }}")
    return "\n".join(rules)


def signs(study):
    """The style of the signs by which the actors of this study are told apart."""
    return "\n".join(
        f'.a.a{i} {{ border-color: {ACTOR[i]}; }} .a{i}.first::before, .a{i}.sample::before {{ content: "{SIGNS[i]}"; }}'
        for i, _ in enumerate(actors_shown(study))
    )


def legend(study):
    """What the marks of an article stand for, in one line."""
    kinds = " ".join(f'<span class="{key} sample">{told}</span>' for key, told in _layers().items() if key != "a")
    named = " ".join(f'<span class="a a{i} sample">{html.escape(a)}</span>' for i, a in enumerate(actors_shown(study)))
    return f'<p class="meta signs">{kinds} {named}</p>'


def _layers():
    return {"q": tr("quotations"), "l": tr("loaded words"), "h": tr("conditionals and doubt"), "a": tr("actors")}


def articles(study, chosen):
    """Articles of the study as markup, in order: whole where the study may share them, else their most marked sentences, cut short."""
    return _marked(study, chosen, study.settings["share_full_text"])


def article(study, doc_id):
    """One article as markup, whole: for the eyes of the researcher."""
    return next(_marked(study, study.articles[study.articles["doc_id"] == doc_id], True))


def _marked(study, chosen, whole):
    """Each of these articles as markup."""
    ids = set(chosen["doc_id"])

    def own(table):
        return table[table["doc_id"].isin(ids)]

    sentences = own(study.sentences)
    tables = {
        "quotes": own(study.quotes),
        "loaded": own(study.loaded_terms),
        "hedges": own(study.hedges),
        "mentions": own(study.mentions).dropna(subset=["actor"]),
        "sentences": sentences.assign(shown=whole or standing_in(sentences, shareable(study))),
    }
    found = {which: by_document(rows) for which, rows in tables.items()}
    known, signs_of = outlets(study), {a: i for i, a in enumerate(actors_shown(study))}
    place = _places(study.articles)
    for row in chosen.to_dict("records"):
        own_rows = {which: rows.get(row["doc_id"], []) for which, rows in found.items()}
        yield _article(whole, place[row["doc_id"]], row, own_rows, known, signs_of)


def _article(whole, place, row, found, outlets, signs):
    doc_id = row["doc_id"]
    outlet = row["outlet"] if isinstance(row["outlet"], str) else OUTLET_UNKNOWN
    where = f" o{outlets.index(outlet)}" if outlet in outlets else ""
    date = day(row["date"]) if pd.notna(row["date"]) else None
    meta = " · ".join(html.escape(str(v)) for v in (named(outlet), row["author"], date, doc_id) if isinstance(v, str))
    first = [t for t in found["sentences"] if t["part"] == "title"]
    marks = _marks(found, signs)
    title = " ".join(_wrapped(place, t["sentence_id"], row["text"], int(t["start"]), int(t["end"]), marks) for t in first)  # fmt: skip
    title = f'<span lang="fr">{title}</span>' if title else html.escape(doc_id)
    body = (_whole if whole else _snippets)(place, row["text"], found["sentences"], marks)
    return (
        f'<article class="text{where}" id="{place}"><h2>{title}</h2><p class="meta">{meta}</p>'
        f'<div lang="fr">{body}</div></article>'
    )


def _marks(found, signs):
    """(start, end, classes, words) of everything to be marked in an article, by start; found: its rows of each table."""
    made = [(r["start"], r["end"], "hand", tr("put right by hand")) for which in ("quotes", "loaded", "hedges", "mentions") for r in found[which] if r.get("by_hand") is True]  # fmt: skip
    for q in found["quotes"]:
        who = q["speaker"] if isinstance(q["speaker"], str) else name("(nobody named)")
        made.append((q["start"], q["end"], "q", tr("{kind}: {speaker}", kind=name(f"{q['kind']} speech"), speaker=who)))
    for t in found["loaded"]:
        made.append(
            (
                t["start"],
                t["end"],
                "l",
                tr("loaded ({category}), {voice}", category=name(t["category"]), voice=name(t["voice"])),
            )
        )
    for h in found["hedges"]:
        made.append((h["start"], h["end"], "h", name(h["type"])))
    for m in found["mentions"]:
        if m["actor"] in signs:
            made.append((m["start"], m["end"], f"a a{signs[m['actor']]}", m["actor"]))
    return sorted((int(s), int(e), c, w) for s, e, c, w in made)


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


def _wrapped(place, sentence, text, start, end, marks):
    named = {c[3:] for s, e, c, _ in marks if c[0] == "a" and s < end and e > start}
    names = "".join(f" n{i}" for i in sorted(named))
    return f'<span class="s{names}" id="{place}-s{int(sentence)}">{_sentence(text, start, end, marks)}</span>'


def _whole(place, text, sentences, marks):
    spans = [(s["sentence_id"], s["start"], s["end"]) for s in sentences if s["part"] != "title"]
    breaks = [m.start() for m in re.finditer(r"\n+", text)]
    paragraphs, last = [[]], None
    for number, start, end in spans:
        paragraph = bisect_right(breaks, start)
        if last is not None and paragraph != last:
            paragraphs.append([])
        paragraphs[-1].append(_wrapped(place, number, text, int(start), int(end), marks))
        last = paragraph
    return "".join(f"<p>{' '.join(p)}</p>" for p in paragraphs if p)


def _snippets(place, text, sentences, marks):
    shown = [
        f"<p>[…] {_wrapped(place, s['sentence_id'], text, int(s['start']), int(min(s['end'], s['start'] + LONGEST)), marks)} […]</p>"
        for s in sentences
        if s["shown"]
    ]
    return "".join(shown) or f'<p class="none" lang="{spoken()}">{tr("No passage of it is shown.")}</p>'
