"""A sample for coders who work elsewhere: a workbook, a table, Label Studio's and doccano's files."""

import html
import json
from pathlib import Path

import pandas as pd

from ...text.tables import harmless
from .units import answers, codebook, question


def write_sample(sample, path):
    """Writes a sample for coders who work elsewhere: .xlsx (Excel, LibreOffice: a list of answers to choose from in each row), .csv,
    .json (Label Studio; its labelling configuration beside it as .xml) or .jsonl (doccano). Returns the path.

    What comes back is read by `read_codings`; only `value`, `unsure` and `remark` are to be filled in. Raises ValueError for
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


def _csv(sample, path):
    made = _asked(sample)
    made.assign(passage=[harmless(p) for p in made["passage"]]).to_csv(path, index=False, encoding="utf-8-sig")


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
    for measure in dict.fromkeys(m.partition(":")[0] for m in sample["measure"]):
        beside = book.create_sheet(f"codebook {measure}")
        beside.column_dimensions["A"].width = 120
        for line in codebook(measure).splitlines():
            beside.append([line])
            beside.cell(beside.max_row, 1).data_type = "s"
            beside.cell(beside.max_row, 1).alignment = Alignment(wrap_text=True, vertical="top")
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
