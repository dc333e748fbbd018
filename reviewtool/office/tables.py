"""Tables as people keep them: reading .xlsx and .csv, writing .xlsx without formulas."""

import csv
import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any, Protocol

from reviewtool.office.charsets import decode
from reviewtool.office.errors import Place, Unit, UnreadableFile, UnreadableReason
from reviewtool.office.limits import DEFAULT_LIMITS, Limits
from reviewtool.office.package import Package, check_size, content_kind, extension, refuse_binary

Cell = str | int | float | bool | date | datetime | None

_DELIMITERS = (";", ",", "\t")
_SEPARATOR_LINE = re.compile(r"sep=(.)\n")


@dataclass(frozen=True)
class Row:
    """One row of a table; `number` counts from 1 as a spreadsheet program shows it."""

    number: int
    cells: tuple[str, ...]


class _Sheet(Protocol):
    """What is used of a worksheet that is being read."""

    title: str

    def iter_rows(
        self, *, max_row: int, max_col: int, values_only: bool
    ) -> Iterable[tuple[object, ...]]: ...


def read_rows(data: bytes, file_name: str, limits: Limits = DEFAULT_LIMITS) -> list[Row]:
    """The rows that hold something, of a .csv file or of an .xlsx file's first sheet that does.

    Cells are text without outer white space; whole numbers have no decimals, dates are ISO dates.
    In .csv the delimiter is a comma, semicolon or tab, the character set UTF-8, UTF-16 or
    Windows-1252. Raises UnreadableFile.
    """
    kind = extension(file_name)
    check_size(data, limits)
    if kind == "xlsx":
        rows = _xlsx(data, limits)
    elif kind == "csv":
        rows = _csv(data, limits)
    elif kind in ("xlsm", "xltm"):
        raise UnreadableFile(UnreadableReason.MACROS, found=kind)
    elif content_kind(data) == "ole":
        raise UnreadableFile(UnreadableReason.OLD_FORMAT, found=kind)
    else:
        raise UnreadableFile(UnreadableReason.UNKNOWN_KIND, found=kind)
    if not rows:
        raise UnreadableFile(UnreadableReason.EMPTY)
    return rows


def write_xlsx(rows: Iterable[Sequence[Cell]], sheet: str = "") -> bytes:
    """An .xlsx file of one sheet; see `write_book`."""
    return write_book([(sheet, rows)])


def write_book(sheets: Iterable[tuple[str, Iterable[Sequence[Cell]]]]) -> bytes:
    """An .xlsx file of sheets by name; the first row of each is a bold heading.

    Text is never a formula or a link.
    """
    # Imported here so that starting the web process doesn't load the writer of Excel files.
    import xlsxwriter

    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    bold = book.add_format({"bold": True})
    for name, rows in sheets:
        page = book.add_worksheet(name or None)
        for index, row in enumerate(rows):
            _write_row(page, index, row, None if index else bold)
        page.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _write_row(page: Any, index: int, row: Sequence[Cell], style: Any) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            page.write_string(index, column, cell, style)
        elif isinstance(cell, bool):
            page.write_boolean(index, column, cell, style)
        elif isinstance(cell, int | float):
            page.write_number(index, column, cell, style)
        elif isinstance(cell, datetime):
            # A spreadsheet has no time zones: the wall time is written as it is.
            page.write_datetime(index, column, cell.replace(tzinfo=None), style)
        elif cell is not None:
            page.write_datetime(index, column, cell, style)


def _csv(data: bytes, limits: Limits) -> list[Row]:
    refuse_binary(data)
    text, _ = decode(data)
    named = _SEPARATOR_LINE.match(text)
    delimiter = named[1] if named else _delimiter(text)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Row] = []
    try:
        for number, cells in enumerate(reader, start=1):
            if named and number == 1:
                continue
            _add(rows, number, tuple(cell.strip() for cell in cells), limits)
    except csv.Error as error:
        place = Place(Unit.LINE, reader.line_num)
        raise UnreadableFile(UnreadableReason.DAMAGED, place) from error
    return rows


def _delimiter(text: str) -> str:
    """The delimiter that the first line with words holds most often, outside of quotes."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    outside = re.sub(r'"[^"]*"', "", first)
    return max(_DELIMITERS, key=outside.count)


def _add(rows: list[Row], number: int, cells: tuple[str, ...], limits: Limits) -> None:
    if not any(cells):
        return
    if len(rows) >= limits.rows:
        place = Place(Unit.ROW, number)
        raise UnreadableFile(UnreadableReason.TOO_MANY_ROWS, place, limit=limits.rows)
    used = max(index for index, cell in enumerate(cells, start=1) if cell)
    rows.append(Row(number, cells[: min(used, limits.columns)]))


def _xlsx(data: bytes, limits: Limits) -> list[Row]:
    package = Package(data, limits, "xl/")
    for name in sorted(package.names):
        if name.endswith((".xml", ".rels")):
            package.refuse_entities(name)
    # Imported here so that starting the web process doesn't load the reader of Excel files.
    import openpyxl

    with warnings.catch_warnings():
        # It warns of the parts that it leaves out (drawings, rules for what may be typed).
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            found = (_sheet_rows(sheet, limits) for sheet in sheets)
            return next((rows for rows in found if rows), [])
        except (KeyError, ValueError, TypeError, AttributeError, SyntaxError, OSError) as error:
            raise UnreadableFile(UnreadableReason.DAMAGED) from error


def _sheet_rows(sheet: _Sheet, limits: Limits) -> list[Row]:
    rows: list[Row] = []
    # Bounded, since a single cell far out makes openpyxl fill in all those before it.
    within = sheet.iter_rows(max_row=limits.scanned_rows, max_col=limits.columns, values_only=True)
    for number, cells in enumerate(within, start=1):
        _add(rows, number, tuple(_shown(cell) for cell in cells), limits)
    return rows


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        day = cell.time() == datetime.min.time()
        return cell.date().isoformat() if day else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()
