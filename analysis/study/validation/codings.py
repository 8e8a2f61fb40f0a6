"""Codings kept and read: one CSV a coder, a workbook, Label Studio's and doccano's files, with a clear word on what is wrong in one."""

import html
import io
import json
import os
from pathlib import Path

import pandas as pd

from ...text.tables import DATE, NUMBER, TEXT, WHOLE, YESNO, table
from .units import SETTLED, answers, coded_as, question

COLUMNS = {
    "unit": TEXT, "measure": TEXT, "kind": TEXT, "doc_id": TEXT, "outlet": TEXT, "date": DATE, "title": TEXT, "start": WHOLE, "end": WHOLE,
    "target": TEXT, "passage": TEXT, "probability": NUMBER, "coder": TEXT, "value": TEXT, "unsure": YESNO, "remark": TEXT,
    "source_file": TEXT,
}  # fmt: skip
_NEEDED = ("unit", "measure", "kind", "doc_id", "start", "end", "probability", "value")
_YES = {"yes", "true", "1", "x", "oui", "vrai", "1.0"}


def read_codings(path):
    """The codings of a file, or of all in a folder: unit, measure, kind, doc_id, …, probability, coder, value, unsure, remark, source_file.

    Reads what `code` keeps (CSV, one file a coder), a CSV or workbook filled in by hand (:func:`write_sample`; saved by Excel with
    semicolons or in its own encoding too), and what Label Studio (JSON) and doccano (JSONL) export. value: missing where a unit was skipped.
    coder: as the file says, else the last part of the file's name ("loaded-AB.csv"). Raises FileNotFoundError where there is no such
    place, ValueError naming file and row for a column that is missing, an answer that is none of the measure's, a probability
    that isn't one, or a unit that one coder answered in two ways.
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"no such folder or file: {path}")
    files = sorted(p for p in path.iterdir() if _holds_codings(p)) if path.is_dir() else [path]
    parts = [_read(file) for file in files]
    return pd.concat(parts, ignore_index=True) if parts else table(COLUMNS)


def _holds_codings(path):
    return path.is_file() and path.suffix.lower() in _READERS and not path.name.startswith((".", "~$"))


def _read(path):
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise ValueError(f"{path}: codings are {', '.join(_READERS)}")
    try:
        rows, first = reader(path)
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise ValueError(f"{path}: {error}") from error
    missing = [c for c in _NEEDED if c not in rows]
    if missing:
        raise ValueError(f"{path}: it has no column {missing[0]!r}; its columns: {', '.join(map(str, rows)) or 'none'}")
    rows = rows.drop(columns=[c for c in rows if c not in COLUMNS])
    rows = rows.map(lambda v: v.strip() or None if isinstance(v, str) else None if v is pd.NA or v != v else v)
    coder = path.stem.rpartition("-")[2]
    rows["coder"] = rows["coder"].fillna(coder).astype("str") if "coder" in rows else coder
    rows["value"] = pd.Series([_plain(v) for v in rows["value"]], index=rows.index, dtype=object)
    rows["unsure"] = [str(v).casefold() in _YES for v in rows["unsure"]] if "unsure" in rows else False
    _check(path, rows.reset_index(drop=True), first)
    return table(COLUMNS, rows.assign(source_file=path.name))


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
        try:
            coded_as(row["measure"])
        except ValueError as error:
            wrong(i, error)
        known = answers(row["measure"], row["kind"])
        if isinstance(row["value"], str) and row["value"] not in known:
            wrong(i, f"{row['value']!r} is no answer: {', '.join(known)}, or nothing where it was skipped")
        for column, least in (("start", 0), ("end", 0)):
            if not _is_number(row[column]) or float(row[column]) < least:
                wrong(i, f"{column} is {row[column]!r}, which is no place in a text")
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
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
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
    from zipfile import BadZipFile

    try:
        return pd.read_excel(path, dtype={"value": "object", "unit": "str", "doc_id": "str"}, keep_default_na=False, na_values=[""]), 2
    except BadZipFile as error:
        raise ValueError("it is no workbook") from error


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
            given = record.pop("label", None) or [None]
            rows.append(record | {"passage": record.get("text"), "value": given[0], "remark": "; ".join(map(str, record.get("Comments") or ())) or None})  # fmt: skip
    return pd.DataFrame(rows), 1


_READERS = {".csv": _from_csv, ".xlsx": _from_workbook, ".json": _from_label_studio, ".jsonl": _from_doccano}


def write_sample(sample, path):
    """Writes a sample for coders who work elsewhere: .xlsx (Excel, LibreOffice: a list of answers to choose from in each row), .csv,
    .json (Label Studio; its labelling configuration beside it as .xml) or .jsonl (doccano). Returns the path.

    What comes back is read by :func:`read_codings`; only `value`, `unsure` and `remark` are to be filled in. Raises ValueError for
    a name that ends otherwise, FileExistsError for a file that is there: it might hold answers.
    """
    path = Path(path)
    writer = {".xlsx": _workbook, ".csv": _csv, ".json": _label_studio, ".jsonl": _doccano}.get(path.suffix.lower())
    if writer is None:
        raise ValueError(f"{path}: name a file that ends in .xlsx, .csv, .json (Label Studio) or .jsonl (doccano)")
    if path.exists():
        raise FileExistsError(f"{path} is there already and may hold answers: name another file")
    path.parent.mkdir(parents=True, exist_ok=True)
    writer(sample, path)
    return path


def _asked(sample):
    """The units with their question, and the columns that coders fill in."""
    asked = [question(*unit) for unit in zip(sample["measure"], sample["kind"], sample["target"])]
    return sample.assign(question=asked, value=None, unsure=None, remark=None)


def _harmless(value):
    return "'" + value if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _csv(sample, path):
    made = _asked(sample)
    made.assign(passage=[_harmless(p) for p in made["passage"]]).to_csv(path, index=False, encoding="utf-8-sig")


_WIDE = {"passage": 80, "question": 36, "value": 16, "remark": 30, "unsure": 8, "title": 30}
_FIRST = ["question", "passage", "value", "unsure", "remark", "outlet", "date", "title"]


def _workbook(sample, path):
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    made = _asked(sample)
    columns = _FIRST + [c for c in made if c not in _FIRST]
    book = Workbook()
    sheet = book.active
    sheet.title = "codings"
    sheet.append(columns)
    lists = {}
    for i, row in enumerate(made[columns].to_dict("records"), 2):
        for j, column in enumerate(columns, 1):
            value = row[column]
            value = None if value is None or value != value else value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
            cell = sheet.cell(i, j, ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value)
            cell.data_type = "s" if isinstance(value, str) else cell.data_type  # never a formula
            cell.alignment = Alignment(wrap_text=column in _WIDE, vertical="top")
        lists.setdefault(",".join(answers(row["measure"], row["kind"])), []).append(f"{_letter(columns, 'value')}{i}")
    lists["yes"] = [f"{_letter(columns, 'unsure')}2:{_letter(columns, 'unsure')}{len(made) + 1}"]
    for choices, cells in lists.items():
        rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True, showErrorMessage=True)
        rule.error = choices
        for cell in cells:
            rule.add(cell)
        sheet.add_data_validation(rule)
    for column in columns:
        letter = _letter(columns, column)
        sheet.column_dimensions[letter].width = _WIDE.get(column, 12)
        sheet.column_dimensions[letter].hidden = column not in _FIRST
        sheet[f"{letter}1"].font = Font(bold=True)
        if column in ("value", "unsure", "remark"):
            sheet[f"{letter}1"].fill = PatternFill("solid", fgColor="FFF2CC")
    sheet.freeze_panes = "A2"
    book.save(path)


def _letter(columns, column):
    from openpyxl.utils import get_column_letter

    return get_column_letter(columns.index(column) + 1)


def _records(sample):
    """The units as plain values, for JSON."""
    made = sample.assign(date=pd.to_datetime(sample["date"]).dt.strftime("%Y-%m-%d"))
    return json.loads(made.to_json(orient="records", force_ascii=False))


def _label_studio(sample, path):
    asked = _asked(sample)["question"]
    tasks = [{"data": unit | {"question": q}} for unit, q in zip(_records(sample), asked)]
    path.write_text(json.dumps(tasks, ensure_ascii=False, indent=1), encoding="utf-8")
    kinds = dict.fromkeys(a for m, k in zip(sample["measure"], sample["kind"]) for a in answers(m, k))
    choices = "".join(f'<Choice value="{html.escape(a)}" alias="{html.escape(a)}"/>' for a in kinds)
    path.with_suffix(".xml").write_text(
        '<View><Header value="$question"/><Text name="passage" value="$passage"/>'
        f'<Choices name="value" toName="passage" choice="single" showInline="true">{choices}</Choices>'
        '<TextArea name="remark" toName="passage" placeholder="remark" maxSubmissions="1"/></View>\n',
        encoding="utf-8",
    )


def _doccano(sample, path):
    lines = [unit | {"text": f"{q}\n\n{unit['passage']}", "label": []} for unit, q in zip(_records(sample), _asked(sample)["question"])]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


def keep(codings, path):
    """Writes the codings of one coder, whole or not at all, so that git can follow them line by line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    made = codings.assign(date=pd.to_datetime(codings["date"]).dt.strftime("%Y-%m-%d"), unsure=codings["unsure"].map({True: "yes", False: ""}))
    made.drop(columns=["source_file"], errors="ignore").to_csv(unfinished, index=False, lineterminator="\n", encoding="utf-8")
    unfinished.replace(path)


def settle(codings, unit, value, *, folder):
    """Writes the answer that coders agreed on for a unit after talking it over, as the coder "settled"; it counts before theirs.

    Returns all codings, with it. Raises ValueError for a unit that nobody coded, or an answer that is none.
    """
    own = codings[codings["unit"] == unit]
    if own.empty:
        raise ValueError(f"nobody coded the unit {unit!r}")
    row = own.iloc[[-1]].assign(coder=SETTLED, value=value, unsure=False, remark=None, source_file=None)
    known = answers(row["measure"].iloc[0], row["kind"].iloc[0])
    if value not in known:
        raise ValueError(f"{value!r} is no answer: {', '.join(known)}")
    others = codings[(codings["unit"] != unit) | (codings["coder"] != SETTLED)]
    made = pd.concat([others, row], ignore_index=True)
    for measure, part in made[made["coder"] == SETTLED].groupby("measure"):
        keep(part, Path(folder) / f"{str(measure).replace(':', '-')}-{SETTLED}.csv")
    return made

