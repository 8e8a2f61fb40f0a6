"""The command line, `cadrage` or python -m analysis: its arguments, its help, and how each command ends.

What a user can mend ends in one line and exit code 1 (after a traceback where $CADRAGE_DEBUG is set), a wrong use of the
command in 2, Ctrl+C in 130.
"""

import argparse
import os
import re
import sys
import traceback
from pathlib import Path

from . import commands
from .text import places

_MISTAKES = (ValueError, OSError, RuntimeError, ImportError)
_ABOUT = """Cadrage measures how French articles frame a story, how they treat its actors, and which loaded words they use,
with the passages behind every number. A study is a folder: articles, actors.yaml (who is who) and study.yaml."""
_EXAMPLES = """examples:
  cadrage new my-study          make a folder for a study; then put articles into it
  cadrage report my-study       measure it and write reports/index.html
  cadrage lab my-study          look closer, in JupyterLab
  cadrage read exports/ --to corpus.csv    only turn a pile of exports into one table

`cadrage COMMAND --help` tells more. For those who work on the kit itself: cadrage accuracy, messages, setup."""


def main(arguments=None):
    """Runs the command that these arguments (default: the command line's) name, and returns its exit code."""
    given = _parser().parse_args(arguments)
    try:
        given.run(given)
    except KeyboardInterrupt:
        print(f"\ninterrupted: {given.kept()}", file=sys.stderr)
        return 130
    except _MISTAKES as error:
        if os.environ.get("CADRAGE_DEBUG"):
            traceback.print_exc()
        print(f"error: {_told(error)}", file=sys.stderr)
        return 1
    return 0


def _told(error):
    """An error in one line; of a long one (a notebook's traceback) the first and the last."""
    if isinstance(error, OSError) and error.strerror:
        return ": ".join(str(part) for part in (error.filename, error.strerror) if part)
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error)) or type(error).__name__
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = [lines[0], lines[-1], "(CADRAGE_DEBUG=1 shows all of it)"] if len(lines) > 8 else lines
    return " ".join(told)


def _parser():
    parser = argparse.ArgumentParser("cadrage", description=_ABOUT, epilog=_EXAMPLES, formatter_class=_Plain)
    parser.add_argument("--version", action=_Version, nargs=0, help="tell the version of the kit")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True, title="commands")
    _add_new(subparsers)
    _add_report(subparsers)
    _add_lab(subparsers)
    _add_read(subparsers)
    _add_pdf(subparsers)
    _add_of_developers(subparsers)
    return parser


_Plain = argparse.RawDescriptionHelpFormatter


class _Version(argparse.Action):
    """Tells the version when asked: looking it up takes time."""

    def __call__(self, parser, *_):
        from importlib.metadata import version

        print("cadrage", version("cadrage"))
        parser.exit()


def _command(subparsers, run, about=None, *, examples=(), kept="nothing was written", **more):
    """The parser of one command, under the name of its function. kept: what an interruption leaves, a text or a function."""
    shown = "\n".join(["examples:", *(f"  {line}" for line in examples)]) if examples else None
    made = subparsers.add_parser(
        run.__name__, description=about or run.__doc__, epilog=shown, formatter_class=_Plain, **more
    )
    made.set_defaults(run=run, kept=kept if callable(kept) else lambda: kept)
    return made


def _goes_on():
    return f"what was read and measured so far is kept in {places.cache_folder()}; the same command goes on from there"


def _add_new(subparsers):
    about = """Makes a folder for a study: study.yaml (its title, the language of its report, what to compare), actors.yaml
(who is who) and a README, each with comments that say what may stand there. Files that are there already are left
as they are."""
    kept = "some of the files may be missing; the same command adds them"
    made = _command(
        subparsers, commands.new, about, examples=["cadrage new my-study"], kept=kept, help="make a folder for a study"
    )
    made.add_argument("folder", metavar="FOLDER", type=_path, help="the folder to make")


def _add_report(subparsers):
    about = """Reads the articles of a folder, measures them and writes the report: index.html, which leads to a page per
question and to the articles with everything marked; report.html, all of it in one file to be mailed; tables/ for
Excel, R, Gephi and IRaMuTeQ. Articles may be Europresse or Factiva exports, text, web pages, tables, archives of
these, in subfolders too; they are not changed. A report that is there is replaced. What was measured once is kept:
a second run is quick, and one more article costs only itself."""
    examples = [
        "cadrage report my-study",
        "cadrage report my-study --to ~/Desktop/my-report --pdf",
        "cadrage report my-study --scheduler tcp://10.0.0.1:8786",
    ]
    made = _command(
        subparsers,
        commands.report,
        about,
        examples=examples,
        kept=_goes_on,
        help="measure a study and write its report",
    )
    _add_places(made)
    made.add_argument("--pdf", action="store_true", help="print report.pdf too (needs Chromium or Chrome)")
    told = "a Dask scheduler whose workers measure, tcp://HOST:PORT (default: all cores of this machine)"
    made.add_argument("--scheduler", metavar="ADDRESS", type=_address, help=told)
    subparsers.choices["reports"] = made  # as it was called first


def _add_places(command):
    told = "the study's folder (default: seeds/, else the folder you are in)"
    command.add_argument("folder", metavar="FOLDER", nargs="?", type=_path, help=told)
    command.add_argument("--to", metavar="REPORTS", type=_path, help="where results are written (default: reports/)")


def _add_lab(subparsers):
    about = """Opens JupyterLab on a notebook that leads from a folder of articles to a first finding in ten minutes; the
other notebooks take one question each. Notebooks are copied once to notebooks/ and are yours to change; those that
are there are left as they are. Stop it with Ctrl+C."""
    examples = ["cadrage lab my-study", "cadrage lab my-study -- --no-browser --port 8899"]
    made = _command(subparsers, commands.lab, about, examples=examples, help="look closer, in JupyterLab")
    _add_places(made)
    made.add_argument("options", metavar="-- OPTIONS", nargs="*", help="what follows -- is given to JupyterLab itself")


def _add_read(subparsers):
    about = """Reads a file or a folder of articles (Europresse, Factiva, text, web pages, tables, archives …) into one table
with a row per article, and writes beside it a table of everything that was not read, set aside or repaired, with its
reason. Nothing is measured. The format follows the file's name: .parquet, .csv (UTF-8; nothing in it is taken for a
formula) or .jsonl. A file of that name is replaced."""
    examples = ["cadrage read exports/", "cadrage read europresse.html --to corpus.csv"]
    made = _command(subparsers, commands.read, about, examples=examples, help="turn a pile of articles into one table")
    made.add_argument("source", metavar="SOURCE", type=_path, help="a file, or a folder with its subfolders")
    told = f"the file to write, {', '.join(commands.KINDS)} (default: articles.parquet)"
    made.add_argument("--to", metavar="FILE", type=_table_file, default=Path("articles.parquet"), help=told)


def _add_pdf(subparsers):
    about = "Prints a report that `cadrage report` wrote, as report.pdf beside it. Needs Chromium or Chrome."
    examples = ["cadrage pdf", "cadrage pdf ~/Desktop/my-report"]
    made = _command(subparsers, commands.pdf, about, examples=examples, help="print a report as PDF")
    made.add_argument("reports", metavar="REPORTS", nargs="?", type=_path, help="its folder (default: reports/)")


def _add_of_developers(subparsers):
    """What the Makefile calls; the list of commands does not show them."""
    measured = _command(subparsers, commands.accuracy, examples=["cadrage accuracy labelled-data/"])
    measured.add_argument("data", metavar="DATA", type=_path, help="labelled data (see analysis/study/accuracy.py)")
    _command(subparsers, commands.messages, kept="some catalogues may be in step and others not")
    _command(subparsers, commands.setup)


def _path(text):
    if not text.strip():
        raise argparse.ArgumentTypeError("no name is given")
    return Path(text).expanduser()


def _address(text):
    if not re.fullmatch(r"\w+://\S+", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no address such as tcp://10.0.0.1:8786")
    return text


def _table_file(text):
    if Path(text).suffix not in commands.KINDS:
        raise argparse.ArgumentTypeError(f"{text!r} ends in none of {', '.join(commands.KINDS)}")
    return _path(text)


if __name__ == "__main__":
    sys.exit(main())
