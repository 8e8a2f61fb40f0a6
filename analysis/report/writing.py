"""The whole report: every page, figure, table and export of a study, written into reports/."""

import os

from ..study.analysing import open_study
from ..study.trust import remember
from ..text.language import tr
from ..text.places import reports_folder, seeds_folder
from ..text.tables import harmless
from . import exports
from .articles import write_articles
from .figures import write_image, write_table
from .index import write_index, write_single
from .notebooks import executed, install_settings, notebooks
from .pdf import write_pdf

__all__ = ["harmless", "install_settings", "write_accuracy", "write_pdf", "write_reports"]


def write_reports(*, progress=True):
    """Executes every notebook over the seeds and writes the whole of reports/. Returns the folder.

    An error in a notebook stops the run and names the notebook. While notebooks are executed, all that they don't make is
    written.
    """
    os.environ["CADRAGE_SEEDS"] = str(seeds_folder().resolve())  # notebooks run in a folder of their own
    os.environ["CADRAGE_REPORTS"] = str(reports_folder().resolve())
    study, folder = open_study(), reports_folder()
    found = notebooks()
    folder.mkdir(parents=True, exist_ok=True)
    for old in [*folder.glob("*.html"), *folder.glob("figures/*"), *folder.glob("tables/*"), *folder.glob("articles/*.html")]:
        old.unlink()
    pages = [(f"{path.stem}.html", title, sentence) for path, title, sentence in found]
    with executed([path for path, *_ in found], progress=progress) as made:
        write_tables(study)
        write_exports(study)
        write_articles(study)
        told = tr("Every finding in its place: actors, quotations, loaded words, doubt.")
        write_index(study, [*pages, ("articles.html", tr("The articles, marked"), told)])
        for page, (file, *_) in zip(made, pages):
            (folder / file).write_text(page, encoding="utf-8")
    write_single(study, pages)
    return folder


def write_tables(study):
    """Writes tables/study-<table>.csv for each table; whole articles are in it only where the study shares them."""
    for which in exports.tables():
        write_table(f"study-{which}", exports.shared(study, which))


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


def write_accuracy(data):
    """Measures every measure on the labelled data of a folder and returns the table as text.

    Writes tables/accuracy.csv, the figure `reliability`, and what the reports show of it (see `analysis.study.trust`).
    """
    from ..pages.reliability import plot_reliability
    from ..pages.style import set_style
    from ..study.accuracy import measure_accuracy, reliability

    measured, bins = measure_accuracy(data), reliability(data)
    write_table("accuracy", measured)
    remember(measured)
    if len(bins):
        set_style()
        write_image("reliability", plot_reliability(bins).figure)
    return measured.to_string(index=False, float_format=lambda v: f"{v:.3f}")
