"""code(sample): units coded by hand in a cell, one at a time, by button or by key; every answer is kept at once."""

import asyncio
import html
import re
import time
from contextlib import suppress
from pathlib import Path

import pandas as pd

from ..report.markup import Html
from ..study.validation.codings import COLUMNS, file_of, keep, read_codings
from ..study.validation.units import answers, codebook, question
from ..text.language import day, name, number, tr
from ..text.places import seeds_folder
from ..text.tables import table
from .display import in_lab

_RULES = ".unit p { white-space: pre-line; } .unit { max-height: 24rem; overflow: auto; }"


def code(sample, coder="AB", *, folder=None):
    """Codes a sample in JupyterLab, one unit at a time: the passage in its article, the question, the codebook beside it.

    Answers by button, or by key in the field below them: 1, 2, 3 … in the order of the buttons (a count by its own figure), s skips, u marks
    the answer that follows as unsure, b goes back, r leads to the remark (Enter leads back). Every answer is written at once to
    `codings/<measure>-<coder>.csv` in the study's folder (or in `folder`), which git can follow; the same call goes on where it
    stopped. The codebook is `codebooks/<measure>.md` of the study, else the kit's; edit a copy of it. coder: letters and digits. Raises
    ValueError for a coder's name that is no name for a file, or a sample that isn't one.
    """
    import ipywidgets as widgets

    missing = {"unit", "measure", "kind", "doc_id", "passage", "probability"} - set(sample.columns)
    if missing or sample.empty:
        raise ValueError(f"a sample is wanted, as sample_for_coding draws it; {'it has no ' + sorted(missing)[0] if missing else 'it is empty'}")
    path = coding_file(sample, coder, folder)
    units, given = sample.reset_index(drop=True), answered_so_far(path)
    texts = sample.attrs.get("articles", {})
    state = {"at": _first_open(units, given), "since": time.monotonic(), "times": []}

    shown, told = widgets.HTML(), widgets.HTML()
    buttons = widgets.HBox(layout={"flex_flow": "row wrap"})
    key = widgets.Text(placeholder=tr("answer by key"), layout={"width": "11rem"}, continuous_update=True)
    unsure = widgets.Checkbox(description=tr("unsure"), indent=False, layout={"width": "7rem"})
    remark = widgets.Text(placeholder=tr("remark"), layout={"width": "24rem"}, continuous_update=False)
    back, skip = widgets.Button(description=tr("b · back")), widgets.Button(description=tr("s · skip"))
    book = widgets.HTML(codebook_shown(str(units["measure"][0])))

    def unit():
        return units.iloc[state["at"]]

    def show():
        if state["at"] >= len(units):
            shown.value, buttons.children = in_lab(f"<p class='finding'>{html.escape(_finished(units, given, path))}</p>"), ()
        else:
            known, kinds = given.get(unit()["unit"], {}), answers(unit()["measure"], unit()["kind"])
            shown.value = in_lab(unit_shown(unit(), texts.get(unit()["doc_id"])), rules=_RULES)
            buttons.children = [_button(widgets, a, k, known.get("value") == a, answer) for k, a in _keys(kinds).items()]
            unsure.value, remark.value = bool(known.get("unsure")), known.get("remark") or ""
        told.value = in_lab(f"<p class='meta'>{html.escape(_progress(units, given, state))}</p>")

    def answer(value):
        if state["at"] < len(units):
            given[unit()["unit"]] = {"value": value, "unsure": unsure.value, "remark": remark.value or None}
            keep(codings_of(units, given, coder, path), path)
            state["times"].append(min(time.monotonic() - state["since"], 120))
            go(1)

    def go(steps):
        state["at"] = max(0, min(len(units), state["at"] + steps))
        state["since"] = time.monotonic()
        show()

    def pressed(change):
        typed = str(change["new"]).strip().casefold()[-1:]
        if not typed:
            return
        key.value = ""
        kinds = _keys(answers(unit()["measure"], unit()["kind"])) if state["at"] < len(units) else {}
        if typed in kinds:
            answer(kinds[typed])
        elif typed == "s":
            answer(None)
        elif typed == "b":
            go(-1)
        elif typed == "u":
            unsure.value = not unsure.value
        elif typed == "r":
            remark.focus()

    key.observe(pressed, "value")
    remark.observe(lambda _: key.focus(), "value")
    back.on_click(lambda _: go(-1))
    skip.on_click(lambda _: answer(None))
    show()
    _once_shown(key.focus)
    fields = widgets.HBox([key, unsure, remark, back, skip], layout={"flex_flow": "row wrap"})
    left = widgets.VBox([told, shown, buttons, fields], layout={"flex": "1 1 34rem", "min_width": "0"})
    right = widgets.VBox([book], layout={"flex": "1 1 20rem", "max_height": "34rem", "overflow": "auto"})
    return widgets.HBox([left, right], layout={"flex_flow": "row wrap"})


def _once_shown(do):
    """Does something a moment after a cell has shown what it made; outside of a notebook nothing."""
    with suppress(RuntimeError):
        asyncio.get_running_loop().call_later(1, do)


def coding_file(sample, coder, folder=None):
    """The file that keeps one coder's answers to a sample's measure. Raises ValueError for a coder's name that won't do for a file."""
    if not re.fullmatch(r"\w+", str(coder)):
        raise ValueError(f"coder is {coder!r}: letters and digits, such as AB")
    return Path(folder or seeds_folder() / "codings") / file_of(sample["measure"].iloc[0], coder)


def answered_so_far(path):
    """{unit: its row} of what a coding file holds."""
    if not path.exists():
        return {}
    rows = read_codings(path)
    rows["value"] = rows["value"].astype(object).where(rows["value"].notna(), None)
    rows["remark"] = rows["remark"].astype(object).where(rows["remark"].notna(), None)
    return {row["unit"]: row for row in rows.to_dict("records")}


def codings_of(units, given, coder, path):
    """The table of one coder's answers: those of the sample in its order, after what the file held of other samples."""
    known = units.set_index("unit", drop=False).to_dict("index")
    rows = [known.get(unit, {}) | row | {"coder": coder} for unit, row in given.items() if unit not in known]
    rows += [known[unit] | given[unit] | {"coder": coder} for unit in units["unit"] if unit in given]
    return table(COLUMNS, rows)[list(COLUMNS)]


def unit_shown(unit, text=None):
    """A unit as markup: where it stands, what is asked, and its passage in the article with the target marked."""
    date = day(unit["date"], short=True) if pd.notna(unit.get("date")) else None
    source = " · ".join(html.escape(str(v)) for v in (unit.get("outlet"), date, unit.get("title")) if isinstance(v, str))
    whole = unit["measure"].startswith("frames")
    if text is not None and not whole:
        start, end = int(unit["start"]), int(unit["end"])
        before, target, after = text[:start], text[start:end], text[end:]
        passage = f"{html.escape(before[-700:])}<mark>{html.escape(target)}</mark>{html.escape(after[:500])}"
        passage = ("… " if len(before) > 700 else "") + passage + (" …" if len(after) > 500 else "")
    else:
        passage = html.escape(text if text is not None else unit["passage"]).replace("⟦", "<mark>").replace("⟧", "</mark>")
    asked = html.escape(question(unit["measure"], unit["kind"], unit["target"]))
    return f'<p class="finding">{asked}</p><blockquote class="unit"><p lang="fr">{passage}</p></blockquote><p class="meta">{source}</p>'


def codebook_shown(measure):
    """A codebook as markup; what in it looks like markup is shown as it was written."""
    import mistune

    return Html(in_lab(mistune.create_markdown(escape=True, plugins=["table"])(codebook(measure))))


def _keys(kinds):
    """{key: answer}: a count by its own figure, other answers by their place."""
    return {a if a.isdigit() else str(i): a for i, a in enumerate(kinds, 1)}


def _button(widgets, answer, key, chosen, given):
    told = answer if answer.isdigit() else f"{key} · {name(answer)}"
    made = widgets.Button(description=told, button_style="primary" if chosen else "", layout={"width": "auto", "min_width": "3.5rem"})
    made.on_click(lambda _: given(answer))
    return made


def _first_open(units, given):
    return next((i for i, unit in enumerate(units["unit"]) if unit not in given), len(units))


def _progress(units, given, state):
    done = sum(unit in given for unit in units["unit"])
    told = tr("{at} of {n}; answered: {done}.", at=min(state["at"] + 1, len(units)), n=len(units), done=done)
    if len(state["times"]) >= 3 and done < len(units):
        minutes = pd.Series(state["times"][-20:]).median() * (len(units) - done) / 60
        told += " " + tr("About {n} minutes left.", n=number(max(1, round(minutes))))
    return told


def _finished(units, given, path):
    left = sum(given.get(unit, {}).get("value") is None for unit in units["unit"])
    told = tr("All units are answered; they are in {file}.", file=str(path))
    return told + (" " + tr("Skipped: {n}. A skipped unit counts as not drawn: go back to it if you can.", n=left) if left else "")
