"""Tables of articles: CSV and TSV, JSON lines, Parquet, Excel; a row is an article, columns go by the names in columns.yaml."""

import csv
import io
import json
import zipfile
from functools import cache
from pathlib import Path

import pandas as pd
import yaml

from . import Unreadable
from ._bytes import file_text, looks_binary

PRIORITY = 10
_LARGEST_BOOK = 500_000_000


def recognises(path, head):
    if head.startswith(b"PAR1") or _is_workbook(path, head):
        return True
    return not looks_binary(head) and (
        path.suffix.lower() in {".csv", ".tsv", ".tab", ".jsonl", ".ndjson"} or _is_json(head)
    )


def _is_json(head):
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"')


def _is_workbook(path, head):
    if not head.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return path.suffix.lower() == ".xlsx"


def read(path):
    with open(path, "rb") as stream:
        start = stream.read(4)
    reader = {b"PAR1": _parquet, b"PK\x03\x04": _workbook}.get(start, _text_table)
    for row in reader(path):
        yield row if "problem" in row else _record(row, path)


@cache
def _columns():
    return yaml.safe_load(Path(__file__).with_name("columns.yaml").read_text(encoding="utf-8"))


def _record(row, path):
    row = {str(k).strip().lower(): v for k, v in row.items() if k is not None}
    if not any(name in row for name in _columns()["text"]):
        raise Unreadable(
            f"no column holds the text; its columns: {', '.join(row) or 'none'}; "
            f"name one of them {', '.join(_columns()['text'][:4])}"
        )
    return {
        field: next((row[n] for n in names if row.get(n) not in (None, "")), None)
        for field, names in _columns().items()
    }


def _parquet(path):
    try:
        frame = pd.read_parquet(path)
    except Exception as error:
        raise Unreadable(f"damaged Parquet file: {error}") from error
    frame = frame.astype(object).where(frame.notna(), None)
    yield from ({k: None if v is None else str(v) for k, v in row.items()} for row in frame.to_dict("records"))


def _workbook(path):
    """The rows of every sheet of an Excel workbook that has a header; values only, formulas are not computed."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(i.file_size for i in archive.infolist()) > _LARGEST_BOOK:
                raise Unreadable(f"this workbook would unpack to over {_LARGEST_BOOK:,} bytes: not unpacked")
        book = load_workbook(path, read_only=True, data_only=True)
        sheets = [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(f"damaged workbook: {error}") from error
    for rows in sheets:
        filled = [row for row in rows if any(cell not in (None, "") for cell in row)]
        names = [str(name or "").strip() for name in filled[0]] if filled else []
        for row in filled[1:]:
            yield {k: None if v is None else str(v) for k, v in zip(names, row) if k}


def _text_table(path):
    text, notes = file_text(path)
    yield from ({"problem": note} for note in notes)
    json_lines = path.suffix.lower() in {".jsonl", ".ndjson"} or _is_json(text[:100].encode())
    yield from _json_rows(text) if json_lines else _csv_rows(text)


def _json_rows(text):
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            row = error
        if isinstance(row, dict):
            yield {
                k: v if v is None or isinstance(v, str) else json.dumps(v, ensure_ascii=False) for k, v in row.items()
            }
        else:
            yield {"problem": ("not read", f"line {number} is not a JSON object: {str(row)[:80]}")}


def _csv_rows(text):
    csv.field_size_limit(2**31 - 1)
    head = text[:20000]
    first = head.split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = next(rows, [])
    names = [name.strip() for name in header]
    for number, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(names):
            yield {"problem": ("not read", f"row {number} has {len(row)} cells where the header has {len(names)}")}
        else:
            yield dict(zip(names, row))
    if not any(n.lower() in _columns()["text"] for n in names):
        _record(dict.fromkeys(names), None)
