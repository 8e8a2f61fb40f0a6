"""The prose of notebooks in the language of the report: nbconvert calls this before it makes a page."""

import re

from nbconvert.preprocessors import Preprocessor

from ..study.settings import SETTINGS, read_settings
from ..text.language import speak, spoken, tr
from ..text.places import seeds_folder
from .markup import named_once
from .navigation import above, below


class Translated(Preprocessor):
    """Sets each paragraph of a notebook in the language that `study.yaml` names; what cells tagged `setup` put out goes."""

    def preprocess(self, nb, resources):
        """The notebook and its resources, in that language."""
        settings = read_settings(seeds_folder() / "study.yaml")
        speak(settings["language"])
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.source = translated(cell.source)
            elif "setup" in cell.metadata.get("tags", []):
                cell.outputs = []
        seen = set()
        for output in (o for cell in nb.cells for o in cell.get("outputs", []) if "text/html" in o.get("data", {})):
            output["data"]["text/html"] = named_once("".join(output["data"]["text/html"]), seen)
        nb.metadata["title"] = tr(nb.metadata.get("title", ""))
        title = tr("A study of French articles") if settings["title"] == SETTINGS["title"] else settings["title"]
        file = f"{resources.get('metadata', {}).get('name', '')}.html"
        resources |= {"language_code": spoken(), "above": above(title, file, headings(nb)), "below": below(file)}
        return nb, resources


def headings(nb):
    """The words of the headings of the second level of a notebook."""
    found = [paragraphs(cell.source) for cell in nb.cells if cell.cell_type == "markdown"]
    return [words for parts in found for mark, words in parts if mark.strip() == "##"]


def paragraphs(markdown):
    """(what a paragraph begins with, its words) of each paragraph; a heading's words without its #."""
    return [re.match(r"(#*\s*)(.*)", part, re.S).groups() for part in re.split(r"\n\n+", markdown.strip())]


def translated(markdown):
    """Markdown in the language spoken, paragraph by paragraph."""
    return "\n\n".join(mark + tr(words) for mark, words in paragraphs(markdown))
