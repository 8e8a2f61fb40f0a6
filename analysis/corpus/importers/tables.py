"""Tables of articles: CSV and TSV, JSON lines, Parquet, Excel; a row is an article, columns go by the names in columns.yaml."""

import csv
import json
import re
import zipfile
from collections import deque

from . import Unreadable, columns
from ._bytes import DAMAGED_ZIP, looks_binary, text_stream

PRIORITY = 10
_LARGEST_BOOK = 500_000_000


def recognises(path, head):
    if head.startswith(b"PAR1") or _is_workbook(path, head):
        return True
    return not looks_binary(head) and (
        path.suffix.lower() in {".csv", ".tsv", ".tab", ".jsonl", ".ndjson"} or _is_json(head)
    )


def _is_json(head):
    return bool(re.match(rb'[\xef\xbb\xbf\s]*(?:\[?\s*\{\s*"|\[\s*\]\s*$)', head))


def _is_workbook(path, head):
    if not head.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except DAMAGED_ZIP:
        return path.suffix.lower() == ".xlsx"


def read(path):
    with open(path, "rb") as stream:
        start = stream.read(4)
    reader = {b"PAR1": _parquet, b"PK\x03\x04": _workbook}.get(start, _text_table)
    for row in reader(path):
        yield row if "problem" in row and isinstance(row["problem"], tuple) else _record(row)


def _record(row):
    """The record of a row, by the names of its columns; a problem where they name articles but hold no text."""
    row = {str(k).strip().lower(): v for k, v in row.items() if k is not None}
    known = columns()
    found = {f: next((row[n] for n in names if row.get(n) not in (None, "")), None) for f, names in known.items()}
    if any(name in row for name in known["text"]):
        return found
    own = found["id"] or found["url"] or found["title"]
    if own and any(name in row for name in known["url"]):
        return {"problem": ("not read", "its table holds addresses and titles but no column with the text"), "id": own}
    why = f"no column holds the text; its columns: {', '.join(row) or 'none'}; name one of them {', '.join(known['text'][:4])}"
    return {"problem": ("not read", why), "id": own}


def _parquet(path):
    import pyarrow.parquet as pq

    try:
        for batch in pq.ParquetFile(path).iter_batches(1000):
            for row in batch.to_pylist():
                yield {k: None if v is None else str(v) for k, v in row.items()}
    except Exception as error:
        raise Unreadable(f"damaged Parquet file: {error}") from error


def _workbook(path):
    """The rows of every sheet of an Excel workbook that has a header; values only, formulas are not computed."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(path) as archive:
            if sum(i.file_size for i in archive.infolist()) > _LARGEST_BOOK:
                raise Unreadable(f"this workbook would unpack to over {_LARGEST_BOOK:,} bytes: not unpacked")
        book = load_workbook(path, read_only=True, data_only=True)
        for sheet in book.worksheets:
            yield from _rows(_cells(sheet), f"{sheet.title}: row")
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(f"damaged workbook: {error}") from error


def _cells(sheet):
    """The rows of a sheet as text, all as wide as the first that holds anything: a writer may leave out empty last cells."""
    width = 0
    for row in sheet.iter_rows(values_only=True):
        cells = [None if cell is None else str(cell) for cell in row]
        while cells and cells[-1] is None and (not width or len(cells) > width):
            cells.pop()
        width = width or len(cells)
        yield cells + [None] * (width - len(cells))


def _rows(rows, where="row"):
    """The dicts of rows of cells below a header; a row of another width, or a stretch of empty ones, is a problem."""
    header, empty = None, []
    for number, row in enumerate(rows, 1):
        if isinstance(row, dict):  # a problem
            yield row
            continue
        if not any((cell or "").strip() for cell in row):
            empty += [number] if row and header else []
            continue
        if empty:
            yield _empty(empty, where)
            empty = []
        if header is None:
            header = [(name or "").strip() for name in row]
        elif len(row) != len(header):
            why = f"{where} {number} has {len(row)} cells where the header has {len(header)}"
            yield {"problem": ("not read", why)}
        else:
            yield {name: cell for name, cell in zip(header, row) if name}
    if empty:
        yield _empty(empty, where)


def _empty(numbers, where):
    return {"problem": ("not read", f"{where} {numbers[0]} to {numbers[-1]}: {len(numbers):,} empty row(s)"), "records": 0}


def _text_table(path):
    with open(path, "rb") as raw:
        stream, notes = text_stream(raw)
        yield from ({"problem": note} for note in notes)
        start = stream.read(100).lstrip()
        stream.seek(0)
        if start.startswith("["):
            yield from _json_array(stream)
        elif start.startswith("{") or path.suffix.lower() in {".jsonl", ".ndjson"}:
            yield from _json_lines(stream)
        else:
            yield from _csv_rows(stream)


def _json_array(stream):
    """The rows of one list of objects, which has to be held whole."""
    try:
        rows = json.load(stream)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"damaged JSON: {str(error)[:120]}") from error
    yield from (_json_row(row, f"item {number}") for number, row in enumerate(rows, 1))


def _json_lines(stream):
    for number, line in enumerate(stream, 1):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                row = error
            yield _json_row(row, f"line {number}")


def _json_row(row, where):
    if isinstance(row, dict):
        return {k: v if v is None or isinstance(v, str) else json.dumps(v, ensure_ascii=False) for k, v in row.items()}
    return {"problem": ("not read", f"{where} is not a JSON object: {str(row)[:80]}")}


def _csv_rows(stream):
    csv.field_size_limit(2**31 - 1)
    first = stream.readline()
    told = re.match(r"\ufeff?sep=(.)\s*$", first)  # as Excel may write it
    if told is None:
        stream.seek(0)
    try:
        yield from _rows(_records_apart(stream, told[1] if told else max(",;\t|", key=first.count)))
    except csv.Error as error:
        raise Unreadable(f"damaged table: {error}") from error


def _records_apart(stream, mark):
    """The rows of a CSV; where a quotation mark that is never closed has swallowed further records, these, and a problem."""
    style, number, width, waiting, held = _style(stream, mark), 0, None, deque(), []

    def lines():
        while waiting or (line := stream.readline()):
            held.append(waiting.popleft() if waiting else line)
            yield held[-1]

    while (row := next(csv.reader(lines(), **style), None)) is not None:
        own, first = held[:], number + 1
        held.clear()
        number += len(own)
        width = width or (len(row) if any(row) else None)
        swallowed = width and width > 1 and len(own) > 1 and (len(row) != width or any(_is_record(x, style, width) for x in own[1:]))
        if len(own) == 1 and width and (apart := _literal(own[0], style, width)):
            yield from [{"problem": ("repaired: table", f"line {first}: a quotation mark is never closed; its record is taken to end with line {first}"), "records": 0}] * apart[1]  # fmt: skip
            yield apart[0]
            continue
        if not swallowed or len(row) == width and _closes("".join(own), mark):
            yield row
            continue
        cells, n = _closed(own, style, width)
        told = f"line {first}: a quotation mark is never closed"
        if cells:
            yield {"problem": ("repaired: table", f"{told}; its record is taken to end with line {first + n - 1}"), "records": 0}
            yield cells
        else:
            yield {"problem": ("not read", f"{told}, and what follows to line {first + n - 1} can't be told apart")}
        waiting.extendleft(reversed(own[n:]))
        number -= len(own) - n


def _style(stream, mark):
    """How cells are quoted: a mark inside them is doubled, or has a backslash before it."""
    place = stream.tell()
    head = stream.read(1 << 20)
    stream.seek(place)
    spaced = head.count(f'{mark} "') > head.count(f'{mark}"')
    escaped = len(re.findall(r"(?<!\\)\\\"", head)) > head.count('""')
    return {"delimiter": mark, "skipinitialspace": spaced} | ({"escapechar": "\\", "doublequote": False} if escaped else {})


def _literal(line, style, width):
    """(cells, whether a mark was left open) of a line in which text follows a closing mark: its marks are the text's own, or one that
    opens a cell is never closed. None for any other line."""
    mark = re.escape(style["delimiter"])
    found = re.search(rf'(?:^|{mark})("[^"]*")(?!{mark}|"|\s*$)', line)
    if found is None or "escapechar" in style:
        return None
    bare = next(csv.reader([line], delimiter=style["delimiter"], quoting=csv.QUOTE_NONE), [])
    if len(bare) == width:
        return bare, False
    opened = next(csv.reader([line[: found.start(1)] + line[found.start(1) + 1 :]], **style), [])
    return (opened, True) if len(opened) == width else None


def _closed(own, style, width):
    """(cells or None, how many lines are theirs) of the record that a mark leaves open: closed at the end of the first line where that makes
    as many cells as the others have and a further record follows, else its first line without marks."""
    for n in range(1, len(own) + 1):
        follows = n == len(own) or _is_record(own[n], style, width)
        made = list(csv.reader(["".join(own[:n]).rstrip() + '"'], **style)) if follows else []
        if len(made) == 1 and len(made[0]) == width and not any(_is_record(line, style, width) for line in own[1:n]):
            return made[0], n
    ends = [m.start() for m in re.finditer(re.escape(style["delimiter"]), own[0])]
    for alone in [_even(own[0]), *(f'{own[0][:at]}"{own[0][at:]}' for at in reversed(ends))]:  # the cell that is open may be any
        cells = next(csv.reader([alone], **style), [])
        if len(cells) == width:
            return cells, 1
    return None, next((n for n in range(1, len(own)) if _is_record(own[n], style, width)), len(own))


def _closes(raw, mark):
    """Whether the quotation marks of a record open and close where they may: beside a separator or at an end."""
    marks = [m.start() for m in re.finditer('"', raw.replace('""', "  "))]
    raw = f"{mark}{raw.strip()}{mark}"
    shift = 1 - (len(raw) - 2 - len(raw[1:-1].lstrip()))
    opens = all(raw[at + shift - 1] in mark + "\n" for at in marks[::2])
    ends = all(raw[at + shift + 1] in mark + "\r\n" for at in marks[1::2] if at + shift + 1 < len(raw))
    return len(marks) % 2 == 0 and opens and ends


def _is_record(line, style, width):
    """Whether a line by itself is a record of so many cells, or begins one whose last cell goes on in the next line."""
    mark = style["delimiter"]
    prose = mark == "," and not style["skipinitialspace"] and not re.search(r",\S", line)
    if line.count(mark) < width - 1 or prose:
        return False
    return width in {len(next(csv.reader([made], **style), [])) for made in (_even(line), line.rstrip() + '"' * (line.count('"') % 2))}


def _even(line):
    """A line whose quotation marks open and close; else without them."""
    return line if line.count('"') % 2 == 0 else line.replace('"', "")
