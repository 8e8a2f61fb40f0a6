"""grid(table): any table to be sorted, filtered and leafed through in a cell, whole."""

import re

import pandas as pd

from ..report.markup import Html, cell_told
from ..text.language import name, number, spoken, tr


def grid(table):
    """Any table as a grid in a cell, whole: sorted by a click on a heading, searched as a whole or by column, in pages.

    table: a DataFrame; its index is shown where it says something. Headings and categories are told in the language
    spoken, lists in one line, dates as 2026-03-04, "–" where a value is missing. Returns markup that shows itself and
    loads nothing from the network: the library (itables) travels in it, about 1 MB for each grid of a saved notebook.
    Every word of the table is in it: mind that before you share a notebook with whole articles.
    Raises TypeError for what is no DataFrame, ImportError where the extra "lab" is not installed.
    """
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"a grid shows a DataFrame, not {type(table).__name__}: of a study, give one table, such as study.quotes")
    itables = _library()
    told = _told(table)
    columns = [_shown(i, told.iloc[:, i], itables.JavascriptFunction) for i in range(told.shape[1])]
    made = itables.to_html_datatable(told, columnDefs=columns, language=_words(), **_OPTIONS)
    library = itables.generate_init_offline_itables_html(itables.opt.dt_bundle)
    rows = f"<p>{tr('Rows: {n}.', n=len(table))}</p>"
    return Html(f'<div class="cadrage-grid"><style>{_STYLE}</style>{rows}{_OF_LIBRARY.sub("", library + made)}</div>')


_SHORT, _LONG = 20, 160  # characters: up to which a column is never broken, from which its cells scroll by themselves
_OF_LIBRARY = re.compile(r"<noscript>.*?</noscript>|<a href=https?:[^>]*>.*?</a>", re.S)  # what it says of itself
_OPTIONS = {
    "connected": False,
    "showIndex": False,
    "maxBytes": 0,
    "maxRows": 0,
    "maxColumns": 0,
    "display_logo_when_loading": False,
    "classes": "display compact",
    "style": "width:100%;margin:0",
    "lengthMenu": [10, 25, 100],
}
_STYLE = """
:is(#cadrage, .cadrage-grid) { overflow-x: auto; font: 0.86rem/1.4 system-ui, "DejaVu Sans", sans-serif;
  color: var(--jp-content-font-color1, inherit); background: var(--jp-layout-color0, transparent);
  --dt-html-background: var(--jp-layout-color0, white); --dtcc-dropdown_background: var(--jp-layout-color1, white);
  --dtcc-search-input_background: var(--dt-html-background); --dtcc-search-input_background-color: var(--dt-html-background);
  --dtcc-dropdown-button_color: var(--jp-content-font-color1, black); --dtcc-button-icon_color: currentColor; --dtcc-search-icon_color: currentColor;
  .dtcc-button-icon { flex: none; }
  table { table-layout: auto; } th, td { text-align: left; vertical-align: top; white-space: normal; }
  .dt-type-numeric { text-align: right; } .short { white-space: nowrap; } .long { max-height: 7.5em; min-width: 22em; overflow-y: auto; } }
[data-jp-theme-light="false"] .cadrage-grid { color-scheme: dark; --dt-row-stripe: 255, 255, 255; --dt-row-hover: 255, 255, 255; }
"""
_LONG_TEXT = "function (told, use) { return use === 'display' ? '<div class=\"long\">' + told + '</div>' : told; }"
_NUMBER = """function (value, use) {
    const missing = value === null || Number.isNaN(value);
    if (use !== 'display') return missing ? (use === 'filter' ? '' : -Infinity) : value;
    const digits = Math.abs(value) < 1 ? {maximumSignificantDigits: 3} : {maximumFractionDigits: 2};
    return missing ? '–' : value.toLocaleString('%s', digits).replace('-', '−'); }"""


def _library():
    try:
        import itables.javascript
    except ImportError as missing:
        raise ImportError('a grid needs itables: pip install "cadrage[lab]", or pip install itables') from missing
    return itables.javascript


def _told(table):
    """The table with every column as readers are told it: numbers and truth values as such, all else as text."""
    if any(level is not None for level in table.index.names) or not pd.api.types.is_integer_dtype(table.index):
        table = table.reset_index(allow_duplicates=True)
    columns = [_column(column, table.iloc[:, i]) for i, column in enumerate(table.columns)]
    made = pd.concat(columns, axis=1) if columns else pd.DataFrame()
    made.columns = [_heading(column) for column in table.columns]
    return made.reset_index(drop=True)


def _heading(column):
    parts = column if isinstance(column, tuple) else (column,)
    return " / ".join(name(str(part)) for part in parts if str(part))


def _column(column, values):
    if pd.api.types.is_bool_dtype(values) or not pd.api.types.is_numeric_dtype(values):
        return pd.Series([_cell(column, value) for value in values], index=values.index, dtype="object")
    whole = pd.api.types.is_integer_dtype(values) and not values.isna().any()
    return values.astype("int64" if whole else "float64")


def _cell(column, value):
    if isinstance(value, pd.Timestamp) and not pd.isna(value):
        value = value.strftime("%Y-%m-%d" if value == value.normalize() else "%Y-%m-%d %H:%M")
    return re.sub(r"\s+", " ", str(cell_told(column, value)))


def _shown(i, values, script):
    """How a column is drawn and searched: numbers by what they are, texts by what they hold, long ones in a small window."""
    numbers = values.dtype != "object"
    search = {"extend": "searchNumber" if numbers else "searchText", "excludeLogic": ["empty", "notEmpty"]}
    made = {"targets": [i], "columnControl": [{"extend": "dropdown", "icon": "search", "content": [search]}]}
    if numbers:
        made["render"] = script(_NUMBER % spoken())
    elif (longest := values.str.len().max()) > _LONG:
        made["render"] = script(_LONG_TEXT)
    elif longest <= _SHORT:
        made["className"] = "short"
    return made


def _words():
    """What the grid says, in the language spoken."""
    text = {
        "contains": tr("contains"),
        "notContains": tr("does not contain"),
        "equal": tr("is"),
        "notEqual": tr("is not"),
        "starts": tr("starts with"),
        "ends": tr("ends with"),
    }
    numbers = {
        "equal": tr("is"),
        "notEqual": tr("is not"),
        "greater": tr("is above"),
        "greaterOrEqual": tr("is at least"),
        "less": tr("is below"),
        "lessOrEqual": tr("is at most"),
    }
    return {
        "search": tr("Search the table:"),
        "lengthMenu": tr("_MENU_ rows at a time"),
        "info": tr("_START_ to _END_ of _TOTAL_"),
        "infoEmpty": "",
        "infoFiltered": tr("(of _MAX_ in all)"),
        "zeroRecords": tr("No row fits."),
        "emptyTable": tr("Nothing to show here: the table has no rows."),
        "thousands": number(1000)[1:-3],
        "columnControl": {"dropdown": tr("Search this column"), "search": {"text": text, "number": numbers}},
    }
