"""What the command `cadrage` does: each a function of what was read from the command line, which prints what it made.

What a user can mend is raised as ValueError, OSError, RuntimeError or ImportError, in words that say how.
"""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from .text import places

KINDS = (".parquet", ".csv", ".jsonl")

# --- a study, its report, its notebooks


def new(given):
    """Makes a folder for a study with study.yaml, actors.yaml and a README to fill in; what is there is left as it is."""
    given.folder.mkdir(parents=True, exist_ok=True)
    for template in sorted((places.TEMPLATES / "study").iterdir()):
        _copy(template, given.folder / template.name)
    (given.folder / "codebooks").mkdir(exist_ok=True)
    for codebook in sorted((places.PACKAGE / "codebooks").iterdir()):
        _copy(codebook, given.folder / "codebooks" / codebook.name)
    print(f"Put articles into {given.folder}, name its actors, then: cadrage report {given.folder}")


def _copy(source, target):
    """Copies a file, unless something of that name is there: that is never touched."""
    try:
        with open(target, "xb") as file:
            file.write(source.read_bytes())
    except FileExistsError:
        print(f"{target} is there already and was left as it is")
    else:
        print(f"{target} is written")


def report(given):
    """Executes the notebooks over a folder of articles and writes the pages, and the PDF where it is wished."""
    folder = _study_folder(given.folder)
    target = given.to or _beside(folder, "reports", os.environ.get("CADRAGE_REPORTS"))
    _check_target(target, folder)
    if given.scheduler:
        _needs("distributed", "a scheduler", 'pip install "dask[distributed]"')
        os.environ["CADRAGE_SCHEDULER"] = given.scheduler
    os.environ |= {"CADRAGE_SEEDS": str(folder.resolve()), "CADRAGE_REPORTS": str(target.resolve())}
    from .report.writing import write_pdf, write_reports

    print(f"Open {write_reports() / 'index.html'}")
    if given.pdf:
        print(f"Open {write_pdf()}")


def pdf(given):
    """Prints the report that was written last as one PDF."""
    if given.reports:
        os.environ["CADRAGE_REPORTS"] = str(given.reports.resolve())
    from .report.writing import write_pdf

    print(f"Open {write_pdf()}")


def lab(given):
    """Opens JupyterLab on the first notebook, over a folder of articles, until it is stopped there."""
    _needs("jupyterlab", "cadrage lab", "pip install jupyterlab ipywidgets")
    folder = _study_folder(given.folder)
    notebooks = _notebooks(folder)
    reports = given.to or _beside(folder, "reports", os.environ.get("CADRAGE_REPORTS"))
    environment = os.environ | {"CADRAGE_SEEDS": str(folder.resolve()), "CADRAGE_REPORTS": str(reports.resolve())}
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={notebooks.parent.resolve()}"]
    command += [f"--LabApp.default_url=/lab/tree/{notebooks.name}/00-start-here.ipynb"]
    server = subprocess.Popen([*command, *given.options], env=environment)
    while server.poll() is None:
        try:
            server.wait()
        except KeyboardInterrupt:  # JupyterLab got it as well, and asks whether to stop
            pass
    if server.returncode:
        raise RuntimeError(f"JupyterLab ended with code {server.returncode}")


def _notebooks(folder):
    """The folder of notebooks to work in: the checkout's own, else copies of those that came with the kit."""
    carried = places.notebooks_folder()
    if carried.parent != places.PACKAGE:
        return carried
    own = _beside(folder, "notebooks")
    own.mkdir(parents=True, exist_ok=True)
    for notebook in sorted(carried.glob("*.ipynb")):
        if not (own / notebook.name).exists():
            _copy(notebook, own / notebook.name)
    return own


def _study_folder(folder):
    """The folder of a study: the one named, else $CADRAGE_SEEDS, else `seeds/`, else the one we stand in, if it is a study's."""
    named = folder or os.environ.get("CADRAGE_SEEDS")
    seeds, here = places.project_folder() / "seeds", Path.cwd()
    if not named and not seeds.is_dir() and not any((here / file).exists() for file in ("study.yaml", "actors.yaml")):
        raise ValueError("name the folder of your articles, or go into it (cadrage new FOLDER makes one)")
    folder = Path(named) if named else seeds if seeds.is_dir() else here
    if not folder.exists():
        raise FileNotFoundError(f"no such folder: {folder} (cadrage new {folder} makes one)")
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is a file: put it into a folder of its own, and name that folder")
    return folder


def _beside(folder, name, given=None):
    """Where things made from a study go: what is given, else a folder of this name where one stands, never in the study's."""
    if given:
        return Path(given)
    here = places.project_folder() if folder.resolve() == places.project_folder() / "seeds" else Path.cwd()
    inside = here.resolve().is_relative_to(folder.resolve())
    return (folder.resolve().parent if inside else here) / name


def _check_target(target, folder):
    """Refuses to write a report over what is no report: pages of another kind, or the articles themselves."""
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(f"{target} is a file: --to names the folder for the report")
    if target.resolve().is_relative_to(folder.resolve()) or folder.resolve().is_relative_to(target.resolve()):
        raise ValueError(
            f"the report cannot be written to {target}, where the articles are: name another folder with --to"
        )
    ours = {"index", "report", "articles", *(path.stem for path in places.notebooks_folder().glob("*.ipynb"))}
    foreign = [page.name for page in target.glob("*.html") if page.stem not in ours]
    if foreign and not (target / "tables" / "study-articles.csv").exists():
        raise ValueError(f"{target} holds pages of another kind ({foreign[0]}): name another folder with --to")


def _needs(package, what, remedy):
    if not find_spec(package):
        raise ImportError(f"{what} needs {package}, which is not installed: {remedy}")


# --- a corpus as a table


def read(given):
    """Reads a file or folder of articles into one table, with a table beside it of what was not read."""
    from .corpus.articles import inspect_corpus

    target = given.to
    problems_file = target.with_name(f"{target.stem}-problems.csv")
    _check_table(target, given.source)
    articles, problems = inspect_corpus(given.source)
    _write(problems, problems_file)
    if articles.empty:
        raise ValueError(f"no article was found in {given.source}; {_kinds(problems)}: see {problems_file}")
    _write(articles, target)
    outlets = articles["outlet"].nunique()
    print(f"{len(articles):,} articles of {outlets or 'no'} known outlet{'s' * (outlets != 1)}: {target}")
    print(f"{_kinds(problems)}: {problems_file}")


def _kinds(problems):
    kinds = ", ".join(f"{n:,} {what}" for what, n in problems["what"].value_counts().items())
    return f"{len(problems):,} problems ({kinds})" if kinds else "no problems"


def _check_table(target, source):
    if source.exists() and target.resolve().is_relative_to(source.resolve()):
        raise ValueError(
            f"the table cannot be written to {target}, where the articles are: name another place with --to"
        )
    if not target.parent.is_dir():
        raise FileNotFoundError(f"no such folder: {target.parent}")


def _write(table, target):
    """Writes a table in the format that the file's name asks for, whole or not at all."""
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        if target.suffix == ".parquet":
            table.to_parquet(unfinished, index=False)
        elif target.suffix == ".jsonl":
            table.to_json(unfinished, orient="records", lines=True, force_ascii=False, date_format="iso")
        else:
            from .text.tables import harmless

            table.map(harmless).to_csv(unfinished, index=False)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


# --- for those who work on the kit


def accuracy(given):
    """Measures every measure on labelled data and prints the table."""
    if not given.data.is_dir():
        raise FileNotFoundError(f"no such folder: {given.data}")
    from .report.writing import write_accuracy

    print(write_accuracy(given.data))


def messages(given):
    """Brings the catalogues of the report's languages in step with what the kit says."""
    from .report.translation import update_all

    print(update_all())


def setup(given):
    """Puts the report's template where Jupyter of this environment finds it, so that plain nbconvert makes the same page."""
    from .report.writing import install_settings

    print(install_settings())
