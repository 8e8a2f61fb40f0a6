"""The only writer into reports/: figures with their tables, passages, pages, and the index."""

import html
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from ..pages import findings, plots, summaries
from ..study.study import open_study
from ..study.trust import remember
from ..text.language import count, number, spoken, tr
from ..text.places import notebooks_folder, reports_folder, seeds_folder
from . import exports, reader
from .markup import TEMPLATES, beware, drawn, framed, nothing_to_draw, passages, say, show, style, stylesheet  # noqa: F401 (the notebooks' door)

_LARGEST = 4_800_000


def figure(study, file, plot, table, *, alt, **how):
    """Draws a table, keeps it as figures/<file>.png and .svg with tables/<file>.csv, and shows it (see `markup.framed`).

    plot: a function of `analysis.plots`; alt: the finding in words, for those who can't see the figure. A table without
    rows is kept, and a line says that there is nothing to draw. What else is given goes to the plot.
    """
    write_table(file, table)
    if table.empty:
        return nothing_to_draw(alt)
    image = drawn(study, plot, table, **how)
    _keep(file, image)
    return framed(study, image, plot, table, alt=alt, file=f"tables/{file}.csv")


def _keep(file, image):
    """Writes a figure as PNG (300 dpi) and SVG."""
    folder = reports_folder() / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    for suffix in ("png", "svg"):
        image.savefig(folder / f"{file}.{suffix}", metadata={"Date": None} if suffix == "svg" else None)


def write_table(file, table):
    """Writes tables/<file>.csv (UTF-8); a cell that a spreadsheet would take for a formula gets a ' before it."""
    folder = reports_folder() / "tables"
    folder.mkdir(parents=True, exist_ok=True)
    table.map(_harmless).to_csv(folder / f"{file}.csv", index=False)


def _harmless(value):
    return "'" + value if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


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


def _page(title, body, *, rules="", before=""):
    """A whole page; title, body and what stands before it are markup, escaped where they come from articles."""
    css = stylesheet("content") + stylesheet("page")
    return (
        f'<!DOCTYPE html>\n<html lang="{spoken()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, '
        'initial-scale=1"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; style-src '
        f"'unsafe-inline'; base-uri 'none'; form-action 'none'\"><title>{title}</title><style>{css}{rules}</style></head>"
        f"<body>{before}<main>{body}</main></body></html>\n"
    )


def write_articles(study):
    """Writes articles.html: the texts (or the passages that may be shared) with actors, quotations, loaded words and
    conditionals marked, and switches for each."""
    texts = reader.articles(study)
    back = f'<nav aria-label="{tr("Report")}"><a href="index.html">{tr("← The study in one view")}</a></nav>'
    title = tr("The articles, marked")
    body = f"<h1>{title}</h1>" + _reading_aid(study) + "".join(texts)
    page = _page(title, body, rules=reader.style(study), before=back)
    (reports_folder() / "articles.html").write_text(page, encoding="utf-8")


def _reading_aid(study):
    shared = (
        ""
        if study.settings["share_full_text"]
        else " " + tr("Whole articles are not shared in this study: short passages only.")
    )
    told = tr("What the measures found, where it stands. Hold the pointer on a mark to read what it is.")
    return f'<p><span class="hint">{told}</span>{shared}</p>{reader.controls(study)}'


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
    (folder / "report.html").write_text(_page(title, body, rules=reader.style(study)), encoding="utf-8")


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
    told = ((number(n), count(n or 2, noun).partition(" ")[2]) for n, noun in figures)
    return '<ul class="numbers">' + "".join(f"<li><b>{n}</b> {noun}</li>" for n, noun in told) + "</ul>"


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
        return f"<h2>{tr('What was not read, set aside or repaired')}</h2><p>{tr('Everything was read.')}</p>"
    return f"<h2>{tr('What was not read, set aside or repaired')}</h2>" + show(study.problems)


def notebooks():
    """(path, title, one sentence) of the notebooks that make pages, in order; from their metadata."""
    import json

    for path in sorted(notebooks_folder().glob("[0-9]*.ipynb")):
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
    from ..study.accuracy import measure_accuracy, reliability

    measured, bins = measure_accuracy(data), reliability(data)
    write_table("accuracy", measured)
    remember(measured)
    if len(bins):
        plots.set_style()
        _keep("reliability", plots.plot_reliability(bins).figure)
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
            "preprocessors": ["analysis.report.prose.Translated"],
        },
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
