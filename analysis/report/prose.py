"""The prose of notebooks in the language of the report: nbconvert calls this before it makes a page."""

import re

from nbconvert.preprocessors import Preprocessor

from ..study.settings import read_settings
from ..text.language import speak, spoken, tr
from ..text.places import seeds_folder


class Translated(Preprocessor):
    """Sets each paragraph of a notebook in the language that `study.yaml` names; what cells tagged `setup` put out goes."""

    def preprocess(self, nb, resources):
        """The notebook and its resources, in that language."""
        speak(read_settings(seeds_folder() / "study.yaml")["language"])
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.source = translated(cell.source)
            elif "setup" in cell.metadata.get("tags", []):
                cell.outputs = []
        nb.metadata["title"] = tr(nb.metadata.get("title", ""))
        resources |= {"language_code": spoken(), "report": tr("Report"), "back": tr("← The study in one view")}
        return nb, resources


def paragraphs(markdown):
    """(what a paragraph begins with, its words) of each paragraph; a heading's words without its #."""
    return [re.match(r"(#*\s*)(.*)", part, re.S).groups() for part in re.split(r"\n\n+", markdown.strip())]


def translated(markdown):
    """Markdown in the language spoken, paragraph by paragraph."""
    return "\n\n".join(mark + tr(words) for mark, words in paragraphs(markdown))
