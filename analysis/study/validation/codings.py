"""Codings kept and read: one CSV a coder, a workbook, what Label Studio and doccano export; and a clear word on what is wrong in one."""

import io
import json
import re
from pathlib import Path

import pandas as pd

from ...corpus.importers import decoded
from ...text.places import seeds_folder
from ...text.tables import DATE, NUMBER, TEXT, WHOLE, YESNO, table, write_whole
from .units import SETTLED, answers, coded_as

COLUMNS = {
    "unit": TEXT, "measure": TEXT, "kind": TEXT, "doc_id": TEXT, "outlet": TEXT, "date": DATE, "title": TEXT, "start": WHOLE, "end": WHOLE,
    "target": TEXT, "passage": TEXT, "probability": NUMBER, "coder": TEXT, "value": TEXT, "unsure": YESNO, "remark": TEXT,
    "source_file": TEXT,
}  # fmt: skip
_NEEDED = ("unit", "measure", "kind", "doc_id", "start", "end", "probability", "value")
_YES = {"yes", "true", "1", "x", "oui", "vrai", "1.0"}


def read_codings(path):
    """The codings of a file, or of all in a folder: unit, measure, kind, doc_id, …, probability, coder, value, unsure, remark, source_file.

    Reads what `code` keeps (CSV, one file a coder), a CSV or workbook filled in by hand (`write_sample`; saved by Excel with
    semicolons or in its own encoding too), and what Label Studio (JSON) and doccano (JSONL) export. value: missing where a unit was skipped.
    coder: as the file says, else the last part of the file's name ("loaded-AB.csv"). Raises FileNotFoundError where there is no such
    place, ValueError naming file and row for a column that is missing, an answer that is none of the measure's, a probability
    that isn't one, a unit that doesn't fit its place, or one that a coder answered in two ways or that was drawn with two probabilities.
    """
    found, problems = inspect_codings(path)
    if problems:
        raise ValueError(problems[0]["why"])
    return found


def inspect_codings(path):
    """(codings, problems) of a file or a folder: what can be read, and a row of `problems` for each file that can't."""
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"no such folder or file: {path}")
    files = sorted(p for p in path.iterdir() if _may_hold_codings(p)) if path.is_dir() else [path]
    found, problems = table(COLUMNS), []
    for file in files:
        try:
            both = pd.concat([found, _read(file)], ignore_index=True)
            _check_together(both, file)
            found = table(COLUMNS, both.drop_duplicates(["unit", "coder", "value"], ignore_index=True))
        except ValueError as error:
            problems.append({"source_file": f"codings/{file.name}", "doc_id": None, "what": "not read", "why": str(error)})
    return found, problems


def _may_hold_codings(path):
    return path.is_file() and not path.name.startswith((".", "~$")) and path.suffix.lower() not in {".xml", ".md"}


def _read(path):
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise ValueError(f"{path}: codings are {', '.join(_READERS)}")
    try:
        rows, first = reader(path)
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error
    except Exception as error:  # of a damaged file a library may say anything
        raise ValueError(f"{path}: it can't be read as {path.suffix}: {type(error).__name__}: {error}") from error
    missing = [c for c in _NEEDED if c not in rows]
    if missing:
        raise ValueError(f"{path}: it has no column {missing[0]!r}; its columns: {', '.join(map(str, rows)) or 'none'}")
    rows = rows.drop(columns=[c for c in rows if c not in COLUMNS])
    rows = rows.map(lambda v: v.strip() or None if isinstance(v, str) else None if v is pd.NA or v != v else v)
    rows = rows[rows.notna().any(axis=1)]
    coder = path.stem.rpartition("-")[2]
    rows["coder"] = rows["coder"].fillna(coder).astype("str") if "coder" in rows else coder
    rows["value"] = pd.Series([_plain(v) for v in rows["value"]], index=rows.index, dtype=object)
    rows["unsure"] = [str(v).casefold() in _YES for v in rows["unsure"]] if "unsure" in rows else False
    _check(path, rows.reset_index(drop=True), first)
    return table(COLUMNS, rows.assign(source_file=path.name))


def _check_together(rows, path):
    """Raises ValueError where a file doesn't go with those before it."""
    names = {}
    for who in rows["coder"].unique():
        if names.setdefault(who.casefold(), who) != who:
            raise ValueError(f"{path}: coders {names[who.casefold()]!r} and {who!r}: one name, or two that differ more")
    given = rows.dropna(subset=["value"])
    for column, told in (("value", "was answered in two ways by"), ("probability", "has two probabilities, says")):
        by = ["unit", "coder"] if column == "value" else ["unit"]
        part = given.assign(probability=given["probability"].round(6))
        twice = part.groupby(by)[column].transform("nunique") > 1
        if twice.any():
            row = part[twice].iloc[-1]
            other = part[twice & (part["unit"] == row["unit"])].iloc[0]
            raise ValueError(f"{path}: unit {row['unit']!r} {told} {row['coder']}: {other[column]} in {other['source_file']}, {row[column]} in {row['source_file']}")


def _plain(value):
    """An answer as text; a count that a spreadsheet made 2.0 is 2."""
    if value is None or value != value:
        return None
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value).strip().casefold()


def _check(path, rows, first):
    """Raises ValueError for the first row that cannot be right. first: the number of its first row as the file counts."""

    def wrong(i, why):
        raise ValueError(f"{path}, row {i + first}: {why}")

    for i, row in enumerate(rows.to_dict("records")):
        if not isinstance(row["unit"], str) or not isinstance(row["doc_id"], str):
            wrong(i, "it names no unit")
        if not re.fullmatch(r"\w[\w.@-]*", row["coder"]):
            wrong(i, f"its coder is {row['coder']!r}: name the file like loaded-AB{path.suffix}, or is it a copy?")
        try:
            coded_as(row["measure"])
        except ValueError as error:
            wrong(i, error)
        known = answers(row["measure"], row["kind"])
        if isinstance(row["value"], str) and row["value"] not in known:
            wrong(i, f"{row['value']!r} is no answer: {', '.join(known)}, or nothing where it was skipped")
        for column in ("start", "end"):
            if not _is_number(row[column]) or float(row[column]) < 0 or float(row[column]) % 1:
                wrong(i, f"{column} is {row[column]!r}, which is no place in a text")
        place = f":{row['doc_id']}:{int(float(row['start']))}"
        if float(row["end"]) <= float(row["start"]) or not (row["unit"].endswith(place) or f"{place}:" in row["unit"]):
            wrong(i, f"the unit {row['unit']!r} does not fit its place: were columns changed or sorted alone?")
        if not _is_number(row["probability"]) or not 0 < float(row["probability"]) <= 1:
            wrong(i, f"probability is {row['probability']!r}: keep what the sample said, above 0 and at most 1")
    given = rows.dropna(subset=["value"]).reset_index()
    twice = given.groupby(["unit", "coder"])["value"].transform("nunique") > 1
    if twice.any():
        again = given[twice].iloc[-1]
        wrong(int(again["index"]), f"{again['coder']} answered the unit {again['unit']!r} before, otherwise")


def _is_number(value):
    try:
        return float(value) == float(value)
    except (TypeError, ValueError):
        return False


# --- the files


def _from_csv(path):
    text, _ = decoded(path.read_bytes())
    if not text.strip():
        raise ValueError("the file is empty")
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    try:
        rows = pd.read_csv(io.StringIO(text), dtype="str", keep_default_na=False, na_values=[""], sep=mark)
    except pd.errors.ParserError as error:
        raise ValueError(f"it is no CSV: {error}") from error
    if mark == ";" and "probability" in rows:
        rows["probability"] = rows["probability"].str.replace(",", ".")
    return rows, 2


def _from_workbook(path):
    kinds = {"value": "object", "unit": "str", "doc_id": "str"}
    return pd.read_excel(path, engine="openpyxl", dtype=kinds, keep_default_na=False, na_values=[""]), 2


def _from_label_studio(path):
    tasks = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(tasks, list) or not all(isinstance(t, dict) and "data" in t for t in tasks):
        raise ValueError("it is no export of Label Studio (JSON): a list of tasks with their data")
    rows = []
    for task in tasks:
        for made in [a for a in task.get("annotations", ()) if not a.get("was_cancelled")] or [{}]:
            by = made.get("completed_by")
            by = (by.get("email") or by.get("id")) if isinstance(by, dict) else by
            given = {r.get("from_name"): r.get("value", {}) for r in made.get("result", ())}
            choice, remark = given.get("value", {}).get("choices") or [None], given.get("remark", {}).get("text") or [None]
            rows.append(task["data"] | {"value": choice[0], "remark": remark[0], **({"coder": str(by)} if by is not None else {})})
    return pd.DataFrame(rows), 1


def _from_doccano(path):
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if line.strip():
            try:
                record = json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"row {number}: it is no JSON") from error
            if not isinstance(record, dict):
                raise ValueError(f"row {number}: it is no unit of doccano")
            given = record.pop("label", None) or [None]
            rows.append(record | {"passage": record.get("text"), "value": given[0], "remark": "; ".join(map(str, record.get("Comments") or ())) or None})  # fmt: skip
    return pd.DataFrame(rows), 1


_READERS = {".csv": _from_csv, ".xlsx": _from_workbook, ".json": _from_label_studio, ".jsonl": _from_doccano}


def file_of(measure, coder):
    """The name of the file that keeps one coder's answers to a measure."""
    return f"{str(measure).replace(':', '-')}-{coder}.csv"


def keep(codings, path):
    """Writes the codings of one coder, whole or not at all, so that git can follow them line by line."""
    made = codings.assign(date=pd.to_datetime(codings["date"]).dt.strftime("%Y-%m-%d"), unsure=codings["unsure"].map({True: "yes", False: ""}))
    write_whole(made.drop(columns=["source_file"], errors="ignore"), path)


def settle(codings, unit, value, *, folder=None):
    """Writes the answer that coders agreed on for a unit after talking it over, as the coder "settled"; it counts before theirs.

    folder: that of the codings (default: `codings/` of the study). Returns all codings, with it. Raises ValueError for a unit that
    nobody coded, or an answer that is none.
    """
    own, value = codings[codings["unit"] == unit], str(value)
    if own.empty:
        raise ValueError(f"nobody coded the unit {unit!r}")
    row = own.iloc[[-1]].assign(coder=SETTLED, value=value, unsure=False, remark=None, source_file=None)
    known = answers(row["measure"].iloc[0], row["kind"].iloc[0])
    if value not in known:
        raise ValueError(f"{value!r} is no answer: {', '.join(known)}")
    folder = Path(folder or seeds_folder() / "codings")
    folder = folder / "codings" if (folder / "codings").is_dir() else folder
    others = codings[(codings["unit"] != unit) | (codings["coder"] != SETTLED)]
    made = pd.concat([others, row], ignore_index=True)
    for measure, part in made[made["coder"] == SETTLED].groupby("measure"):
        keep(part, folder / file_of(measure, SETTLED))
    return made
