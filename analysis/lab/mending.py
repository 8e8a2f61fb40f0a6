"""Wrong rows put right under a reader's hands: which of the passages shown, what should stand there, and who says so."""

import pandas as pd

from ..reading.encoder import LABELS
from ..study.corrections import FILE, WRONG, correct
from ..text.language import name, tr
from ..text.places import seeds_folder

TABLES = {"treatment": "sentiment", "frames": "frames", "loaded": "loaded_terms", "quoted": "quotes", "reported": "hedges"}  # by view


def choices(table):
    """[(words, (column, value))] of what may be put right in a table."""
    made = [(tr("should not be there"), (None, WRONG))]
    if table == "sentiment":
        made = [(tr("is {label}", label=name(label)), ("label", label)) for label in LABELS]
    if table == "loaded_terms":
        made += [(tr("voice: {voice}", voice=name(v)), ("voice", v)) for v in ("outlet", "quoted")]
    return made


def mending(current, changed):
    """(a row of widgets, a function that shows in them what can be put right now).

    current: gives (study, view, rows of its passages); changed: is called with the study once a row of it was put right. The correction is
    written to `corrections.csv` of the study's folder.
    """
    import ipywidgets as widgets

    which = widgets.Dropdown(description=tr("wrong"), layout={"width": "26rem"}, style={"description_width": "4.5rem"})
    what, told = widgets.Dropdown(layout={"width": "14rem"}), widgets.Label()
    who = widgets.Text(placeholder=tr("your initials"), layout={"width": "8rem"})
    button = widgets.Button(description=tr("put right"))

    def refresh():
        study, view, rows = current()
        texts = study.articles.set_index("doc_id")["text"]
        for box, options in (
            (which, [(told_as(i, row, texts), row) for i, row in enumerate(_shown(rows), 1)]),
            (what, choices(TABLES[view])),
        ):
            box.options = options
            box.index = 0 if options else None
        button.disabled = not which.options

    def put_right(_):
        if not who.value.strip():
            told.value = tr("Who says so? Give your initials first.")
            return
        study, view, _rows = current()
        column, value = what.value
        try:
            made = correct(study, TABLES[view], which.value, column, value, who=who.value.strip(), folder=study.folder or seeds_folder())
        except (ValueError, OSError) as error:
            told.value = str(error)
            return
        told.value = tr("Kept in {file}.", file=FILE)
        changed(made)

    button.on_click(put_right)
    return widgets.HBox([which, what, who, button, told], layout={"flex_flow": "row wrap"}), refresh


def _shown(rows):
    """The passages of a view that are shown, in their order, as records."""
    return rows.head(8).to_dict("records")


def told_as(number, row, texts):
    """A passage in a list to choose from: its number, its first words, whom or what it is about; * where it was put right by hand."""
    start, end = int(row["start"]), int(row["end"])
    words = " ".join(texts.get(row["doc_id"], "")[start : min(end, start + 60)].split())
    tag = next((str(row[c]) for c in ("actor", "frame", "speaker") if isinstance(row.get(c), str)), None)
    return f"{number}. {words}" + (f" ({tag})" if tag else "") + (" *" if row.get("by_hand") is True and pd.notna(row["start"]) else "")
