"""The only writer into reports/: figures with their tables, passages, pages, and the index."""

import base64
import html
import inspect
import io
import os
import re
import shutil
import subprocess
import tempfile
from numbers import Integral, Real
from pathlib import Path

import numpy as np
import pandas as pd

from . import comparison, exports, findings, plots, reader, summaries
from .language import count, day, name, number, retold, spoken, tr
from .study import open_study, project_folder, seeds_folder
from .trust import remember

TEMPLATES = Path(__file__).parent / "template"
_ROWS_SHOWN = 40
_LARGEST = 4_800_000
_NAMED = {  # columns whose values are names of ours
    *("category", "voice", "label", "by_rule", "kind", "type", "form", "frame", "domain", "part", "cue_stance", "role"),
    *("what", "metric", "measured_on", "labels", "one", "other", "outlet", "speaker", "source", "scheme", "construction"),
}  # fmt: skip


def reports_folder():
    """Where reports are written: $CADRAGE_REPORTS, else `reports/` of the project."""
    return Path(os.environ.get("CADRAGE_REPORTS") or project_folder() / "reports")


class Html(str):
    """Markup that shows itself in a notebook; everything from an article in it has been escaped."""

    def _repr_html_(self):
        return str(self)


def say(text):
    """A finding, set apart for the reader."""
    return Html(f'<p class="finding">{html.escape(text)}</p>')


def beware(text):
    """What to beware of."""
    return Html(f'<p class="beware"><b>{tr("Beware.")}</b> {html.escape(text)}</p>')


def figure(study, file, plot, table, *, alt, **drawn):
    """Draws a table, keeps it as figures/<file>.png and .svg with tables/<file>.csv, and shows both with n and source.

    plot: a function of `analysis.plots`; alt: the finding in words, for those who can't see the figure. A table without
    rows is kept, and a line says that there is nothing to draw. What else is given goes to the plot; one that tells
    actors apart by colour is given the study's own order of them, so that each has one colour everywhere.
    """
    write_table(file, table)
    if table.empty:
        return Html(f'<p class="none">{html.escape(tr("There is nothing to draw: {why}", why=alt))}</p>')
    if "actors" in inspect.signature(plot).parameters:
        drawn["actors"] = reader.actors_shown(study)
    image = _drawn(file, plot, table, drawn)
    noun, counted = plots.COUNTED[plot.__name__]
    caption = tr(
        "{what} n: {n}. Source: {source}. Data: {file}.",
        what=tr(" ".join(plot.__doc__.split("\n\n")[0].split())),
        n=count(counted(table), noun),
        source=findings.source(study),
        file=f"tables/{file}.csv",
    )
    return Html(
        f'<figure><img src="data:image/png;base64,{image}" alt="{html.escape(alt, quote=True)}">'
        f"<figcaption>{html.escape(caption)}</figcaption></figure>"
        + _folded(tr("The table behind this figure"), show(table))
    )


def _drawn(file, plot, table, drawn):
    """The figure written to disk; its PNG at screen size, in base64."""
    import matplotlib.pyplot as plt

    folder = reports_folder() / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    plots.set_style()
    axes = plot(table, **drawn)
    for suffix in ("png", "svg"):
        axes.figure.savefig(folder / f"{file}.{suffix}", metadata={"Date": None} if suffix == "svg" else None)
    screen = io.BytesIO()
    axes.figure.savefig(screen, format="png", dpi=130)
    plt.close(axes.figure)
    return base64.b64encode(screen.getvalue()).decode()


def write_table(file, table):
    """Writes tables/<file>.csv (UTF-8); a cell that a spreadsheet would take for a formula gets a ' before it."""
    folder = reports_folder() / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    table.map(_harmless).to_csv(folder / f"{file}.csv", index=False)


def _harmless(value):
    return "'" + value if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _folded(title, body):
    return Html(f"<details><summary>{html.escape(title)}</summary>{body}</details>")


def show(table, *, rows=_ROWS_SHOWN):
    """A table as readable markup, escaped, with what was left out said."""
    if not len(table):
        return Html(f'<p class="none">{tr("Nothing to show here: the table has no rows.")}</p>')
    head = "".join(f"<th>{html.escape(name(str(c)))}</th>" for c in table)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(_cell(c, v))}</td>" for c, v in zip(table, row)) + "</tr>"
        for row in table.head(rows).itertuples(index=False, name=None)
    )
    left = len(table) - rows
    more = f'<p class="meta">{tr("Further rows in the CSV: {n}.", n=left)}</p>' if left > 0 else ""
    return Html(
        f'<div class="scroll" tabindex="0" role="group" aria-label="{tr("Table")}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{more}"
    )


def _cell(column, value):
    """A value as readers of this language write it; what names a category is told by its name."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return "–"
    if isinstance(value, pd.Timestamp):
        return day(value, short=True)
    if isinstance(value, (bool, np.bool_)):
        return tr("yes") if value else tr("no")
    if isinstance(value, Integral):
        return number(value)
    if isinstance(value, Real):
        return number(value, 3 if str(column).startswith("p_") or column == "p" else 2)
    if column == "why":
        return retold(value)
    if column == "measure":
        return comparison.title(value)
    return name(value) if column in _NAMED else str(value)


def passages(study, table, *, most=12, label=None):
    """The passages behind a table that has doc_id, start, end: each in its sentence, marked, with source and voice.

    label: the column whose words tag each passage ("category", "type", …). Short passages only; what is left out is said.
    """
    found = table.dropna(subset=["start"])
    if not len(found):
        return Html(f'<p class="none">{tr("There are no passages to show.")}</p>')
    cards = "".join(_passage(study, row, label) for row in found.head(most).to_dict("records"))
    left = len(found) - most
    more = f'<p class="meta">{tr("Further passages in the tables: {n}.", n=left)}</p>' if left > 0 else ""
    title = tr("The passages behind this ({shown} of {n})", shown=min(most, len(found)), n=len(found))
    return _folded(title, cards + more)


def _passage(study, row, label):
    article = study.articles[study.articles["doc_id"] == row["doc_id"]].iloc[0]
    text, start, end = article["text"], int(row["start"]), int(row["end"])
    left, right = _around(study, row["doc_id"], start, end)
    body = html.escape(text[left:start]) + f"<mark>{html.escape(text[start:end])}</mark>" + html.escape(text[end:right])
    tag = (
        f'<span class="tag">{html.escape(name(row[label]))}</span>' if label and isinstance(row.get(label), str) else ""
    )
    voice = row.get("voice")
    if voice in ("outlet", "quoted"):
        who = row.get("speaker") if isinstance(row.get("speaker"), str) else row.get("speaker_actor")
        told = tr("quoted: {speaker}", speaker=who) if voice == "quoted" and isinstance(who, str) else name(voice)
        tag += f'<span class="tag {voice}">{html.escape(told)}</span>'
    source = [
        article["outlet"],
        article["title"],
        day(article["date"], short=True) if pd.notna(article["date"]) else None,
        f"{row['doc_id']}, {start}–{end}",
    ]
    meta = " · ".join(html.escape(str(s)) for s in source if isinstance(s, str))
    if study.settings["share_full_text"]:
        place = reader.anchor(study, row["doc_id"], row.get("sentence_id"))
        meta += f' · <a href="articles.html#{place}">{tr("in the article")}</a>'
    return f'<blockquote><p lang="fr">{body}</p><div class="meta">{tag}{meta}</div></blockquote>'


def _around(study, doc_id, start, end, *, most=320):
    """The sentence that holds a passage, cut to a length that may be shared."""
    spans = study.sentences[study.sentences["doc_id"] == doc_id]
    holding = spans[(spans["start"] < end) & (spans["end"] > start)]
    left, right = (int(holding["start"].min()), int(holding["end"].max())) if len(holding) else (start, end)
    return max(left, start - most), min(right, end + most)


# --- the index and the whole report


def write_index(study, pages):
    """Writes index.html: the study in one view, its headline findings, and the way to each page.

    pages: (file name, title, one sentence) of each.
    """
    folder = reports_folder()
    folder.mkdir(parents=True, exist_ok=True)
    title, description = (html.escape(str(study.settings[k])) for k in ("title", "description"))
    links = "".join(
        f'<li><a href="{html.escape(f)}"><b>{html.escape(t)}</b>{html.escape(s)}</a></li>' for f, t, s in pages
    )
    body = "".join(
        [
            f"<h1>{title}</h1>",
            f"<p>{description}</p>",
            say(findings.corpus(study)),
            _numbers(study),
            beware(findings.beware_of_size(study)),
            f"<h2>{tr('Three findings')}</h2>",
            *_headlines(study),
            f"<h2>{tr('Question by question')}</h2>",
            f'<ul class="cards">{links}</ul>',
            _problems(study),
            f"<h2>{tr('How this was made')}</h2>",
            f"<p>{html.escape(exports.methods(study))}</p>",
        ]
    )
    (folder / "index.html").write_text(_page(title, body), encoding="utf-8")


def _page(title, body, *, style="", before=""):
    """A whole page; title, body and what stands before it are markup, escaped where they come from articles."""
    css = (TEMPLATES / "cadrage" / "page.css").read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="{spoken()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, '
        'initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; style-src '
        f"'unsafe-inline'; base-uri 'none'; form-action 'none'\"><title>{title}</title><style>{css}{style}</style></head>"
        f"<body>{before}<main>{body}</main></body></html>\n"
    )


def write_articles(study):
    """Writes articles.html: the texts (or the passages that may be shared) with actors, quotations, loaded words and
    conditionals marked, and switches for each."""
    texts = reader.articles(study)
    back = f'<nav aria-label="{tr("Report")}"><a href="index.html">{tr("← The study in one view")}</a></nav>'
    title = tr("The articles, marked")
    body = f"<h1>{title}</h1>" + _reading_aid(study) + "".join(texts)
    page = _page(title, body, style=reader.style(study), before=back)
    (reports_folder() / "articles.html").write_text(page, encoding="utf-8")


def _reading_aid(study):
    shared = (
        ""
        if study.settings["share_full_text"]
        else " " + tr("Whole articles are not shared in this study: short passages only.")
    )
    told = tr("What the measures found, where it stands. Hold the pointer on a mark to read what it is.")
    return f"<p>{told}{shared}</p>{reader.controls(study)}"


def write_single(study, pages):
    """Writes report.html: the whole report as one file to be mailed, under five megabytes; what is left out is said."""
    folder = reports_folder()
    parts = [("index", _main(folder / "index.html"))]
    parts += [(Path(name).stem, _main(folder / name)) for name, *_ in pages]
    here = {f"{stem}.html": stem for stem, _ in parts} | {"articles.html": "articles"}
    body = ""
    for stem, part in parts:
        part = re.sub(r'<a class="anchor-link".*?</a>', "", re.sub(r"(<h[1-6])[^>]*>", r"\1>", part), flags=re.S)
        if stem != "index":
            part = re.sub(r"(</?h)([1-3])>", lambda m: f"{m[1]}{int(m[2]) + 1}>", part)
        body += f'<section id="{stem}">{part}</section>'
    body = re.sub(r'href="([^"#]+)"', lambda m: f'href="#{here[m[1]]}"' if m[1] in here else m[0], body)
    texts, left = "", len(study.articles)
    size = len(body.encode())
    for text in reader.articles(study):
        size += len(text.encode())
        if size > _LARGEST:
            break
        texts, left = texts + re.sub(r"(</?h)2>", r"\g<1>3>", text), left - 1
    told = tr(
        "Left out here to keep this file small: {n} of {articles}; articles.html has them.",
        n=left,
        articles=count(len(study.articles), "article"),
    )
    told = f"<p>{told}</p>" if left else ""
    title = tr("The articles, marked")
    body += f'<section id="articles"><h2>{title}</h2>{_reading_aid(study)}{told}{texts}</section>'
    body = body.replace('href="articles.html#', 'href="#')
    title = html.escape(str(study.settings["title"]))
    (folder / "report.html").write_text(_page(title, body, style=reader.style(study)), encoding="utf-8")


def _main(path):
    """What stands in the main part of a page that was written here."""
    text = path.read_text(encoding="utf-8")
    return text[text.index("<main>") + 6 : text.rindex("</main>")]


def _numbers(study):
    figures = [
        (len(study.articles), "article"),
        (study.articles["outlet"].nunique(), "outlet"),
        (study.articles["n_words"].sum(), "word"),
        (study.mentions["actor"].nunique(), "actor"),
        (study.quotes.groupby(["doc_id", "quote_id"]).ngroups, "quotation"),
        (len(study.loaded_terms), "loaded term"),
    ]
    told = (count(n, noun).partition(" ") for n, noun in figures)
    return '<ul class="numbers">' + "".join(f"<li><b>{n}</b> {noun}</li>" for n, _, noun in told) + "</ul>"


def _headlines(study):
    """The three findings that open the report, each with its figure and the page that goes on from it."""
    by_actor, generic = summaries.sentiment_by_actor(study), summaries.frames_of_articles(study, "generic")
    voice = summaries.loaded_by_voice(study)
    shown = [
        (tr("How each actor is treated"), "actors-sentiment", plots.plot_sentiment, by_actor, findings.sentiment(by_actor), "02-actors"),
        (tr("How the story is framed"), "framing-generic", plots.plot_frames, generic, findings.frames(generic, "generic"), "03-framing"),
        (tr("Which loaded words, and whose"), "vocabulary-voice", plots.plot_loaded_by_voice, voice, findings.loaded_voice(study), "04-vocabulary"),
    ]  # fmt: skip
    return [
        f"<h3>{title}</h3>"
        + say(finding)
        + figure(study, file, plot, table if len(study.articles) else table.head(0), alt=finding)
        + f'<p class="meta"><a href="{page}.html">{tr("The passages, and more on this")}</a></p>'
        for title, file, plot, table, finding, page in shown
    ]


def _problems(study):
    if not len(study.problems):
        return f"<h2>{tr('What could not be read')}</h2><p>{tr('Everything was read.')}</p>"
    return f"<h2>{tr('What could not be read')}</h2>" + show(study.problems)


def notebooks():
    """(path, title, one sentence) of the notebooks that make pages, in order; from their metadata."""
    import json

    for path in sorted((project_folder() / "notebooks").glob("[0-9]*.ipynb")):
        metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        if metadata.get("page", True):
            yield path, tr(metadata.get("title", path.stem)), tr(metadata.get("description", ""))


def write_reports(*, progress=True):
    """Executes every notebook over the seeds and writes the whole of reports/. Returns the folder.

    An error in a notebook stops the run and names the notebook.
    """
    from tqdm.auto import tqdm

    os.environ["CADRAGE_SEEDS"] = str(seeds_folder().resolve())  # notebooks run in a folder of their own
    os.environ["CADRAGE_REPORTS"] = str(reports_folder().resolve())
    study, folder = open_study(), reports_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for old in [*folder.glob("*.html"), *folder.glob("figures/*"), *folder.glob("tables/*")]:
        old.unlink()
    pages = []
    for path, title, sentence in tqdm(list(notebooks()), desc="Notebooks", unit="page", disable=not progress):
        (folder / f"{path.stem}.html").write_text(execute(path), encoding="utf-8")
        pages.append((f"{path.stem}.html", title, sentence))
    for which in (
        "articles",
        "mentions",
        "quotes",
        "scare_quotes",
        "hedges",
        "loaded_terms",
        "frames",
        "sentiment",
        "agency",
        "problems",
    ):
        table = getattr(study, which)
        write_table(
            f"study-{which}",
            table.drop(columns=["text"], errors="ignore") if not study.settings["share_full_text"] else table,
        )
    write_exports(study)
    marked = (
        "articles.html",
        tr("The articles, marked"),
        tr("Every finding in its place: actors, quotations, loaded words, doubt."),
    )
    write_articles(study)
    write_index(study, [*pages, marked])
    write_single(study, pages)
    return folder


def write_pdf():
    """Prints reports/report.html to reports/report.pdf by Chromium or Chrome, where one is installed. Returns its path.

    Raises RuntimeError where there is no browser, FileNotFoundError where there is no report yet.
    """
    page, target = (reports_folder().resolve() / f"report.{kind}" for kind in ("html", "pdf"))
    browser = next(
        (p for n in ("chromium", "chromium-browser", "google-chrome", "chrome") if (p := shutil.which(n))), None
    )
    if not page.exists():
        raise FileNotFoundError(f"{page} does not exist: run make reports first")
    if browser is None:
        raise RuntimeError("no Chromium or Chrome found: install one, or print report.html from your browser")
    flags = (
        "--headless --no-sandbox --disable-gpu --no-first-run --no-pdf-header-footer --disable-background-networking"
    )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [browser, *flags.split(), f"--user-data-dir={profile}", f"--print-to-pdf={target}", page.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode or not target.exists():
        raise RuntimeError(f"{browser} could not print the report: {done.stderr[-300:]}")
    return target


def write_exports(study):
    """Writes tables/study.xlsx, tables/network.gexf, tables/methods.txt, and tables/iramuteq.txt where whole articles are shared."""
    folder = reports_folder() / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.xlsx").write_bytes(exports.workbook(study))
    texts = {"network.gexf": exports.gexf(study), "methods.txt": exports.methods(study) + "\n"}
    if study.settings["share_full_text"]:
        texts["iramuteq.txt"] = exports.iramuteq(study)
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")


def execute(path):
    """The HTML page of a notebook, executed in a fresh kernel where it stands. Raises RuntimeError naming the notebook."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    notebook = nbformat.read(path, as_version=4)
    try:
        NotebookClient(
            notebook,
            timeout=None,
            kernel_name="python3",
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": str(path.parent)}},
        ).execute()
    except CellExecutionError as error:
        raise RuntimeError(f"{path.name} failed:\n{error}") from error
    page, _ = HTMLExporter(config=Config(jupyter_settings())).from_notebook_node(
        notebook, resources={"metadata": {"name": path.stem}}
    )
    return page


def write_accuracy(data):
    """Measures every measure on the labelled data of a folder and returns the table as text.

    Writes tables/accuracy.csv, the figure `reliability`, and what the reports show of it (see :mod:`analysis.trust`).
    """
    from .accuracy import measure_accuracy, reliability

    measured, bins = measure_accuracy(data), reliability(data)
    write_table("accuracy", measured)
    remember(measured)
    if len(bins):
        _drawn("reliability", plots.plot_reliability, bins, {})
    return measured.to_string(index=False, float_format=lambda v: f"{v:.3f}")


def jupyter_settings():
    """The settings of nbconvert that make a page of the report: our template, no code, nothing from the network."""
    return {
        "HTMLExporter": {
            "template_name": "cadrage",
            "extra_template_basedirs": [str(TEMPLATES)],
            "exclude_input": True,
            "exclude_input_prompt": True,
            "exclude_output_prompt": True,
            "embed_images": True,
            "preprocessors": ["analysis.prose.Translated"],
        },
        "TagRemovePreprocessor": {"enabled": True, "remove_all_outputs_tags": ["setup"]},
    }


def install_settings():
    """Puts the template's settings where Jupyter of this environment finds them; other settings there stay."""
    import json
    import sys

    folder = Path(sys.prefix) / "etc" / "jupyter"
    folder.mkdir(parents=True, exist_ok=True)
    for file in ("jupyter_nbconvert_config.json", "jupyter_server_config.json"):
        path = folder / file
        present = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        for section, values in jupyter_settings().items():
            present.setdefault(section, {}).update(values)
        path.write_text(json.dumps(present, indent=1), encoding="utf-8")
    return folder
