"""Files of rows and cells: opened within limits, every cell as text with its place.

Numbers and dates that the file knows by type are written so that they can be read in one way
only. Formulas are never evaluated: what counts is the value that the writer's program stored.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from ..containers import archive
from ..reader import BrokenSource, EmptySource, EncryptedSource, ReaderError, TooLarge
from ..source import Source, decode
from ..unpack import Limits
from . import concealed, unseen
from .typeset import Cell

ROWS, COLUMNS, SHEETS = 20_000, 200, 20
EMPTY_ROWS = 200  # so many in a row end a sheet

Row = list["Cell | None"]
Rows = list[Row]


def sheets(source: Source) -> list[Rows]:
    """The filled sheets of a spreadsheet; a CSV file has one.

    :raises ReaderError: it cannot be opened, is locked, too large or has no cell
    """
    opener = {"xlsx": _xlsx, "xls": _xls, "ods": _ods, "csv": _csv}.get(source.kind)
    if opener is None:
        raise EncryptedSource if source.kind == "encrypted" else BrokenSource
    try:
        found = [rows for rows in map(_trimmed, opener(source)) if rows]
    except (ReaderError, MemoryError):
        raise
    except Exception as error:  # a broken file makes these libraries raise anything
        raise BrokenSource(f"{type(error).__name__}: {error}"[:200]) from error
    if not found:
        raise EmptySource
    return found


# Excel -----------------------------------------------------------------------------------


def _xlsx(source: Source) -> Iterator[Rows]:
    import openpyxl

    with zipfile.ZipFile(io.BytesIO(source.content)) as file:
        archive.check(file.infolist(), Limits())
        hidden = concealed.by_sheet(file)
    # read_only: rows are read as they come; a sheet may claim a million of them
    book = openpyxl.load_workbook(
        io.BytesIO(source.content), read_only=True, data_only=True, keep_links=False
    )
    for sheet in book.worksheets[:SHEETS]:
        if sheet.sheet_state != "visible":
            continue
        rows: Rows = []
        empty = 0
        unseen = hidden.get(sheet.title, concealed.NOTHING)
        for number, cells in enumerate(sheet.iter_rows(max_col=COLUMNS), 1):
            if number in unseen.rows:
                continue
            row: Row = [
                _typed(cell, sheet.title, number)
                for column, cell in enumerate(cells, 1)
                if column not in unseen.columns
            ]
            empty = 0 if any(row) else empty + 1
            rows.append(row)
            if len(rows) > ROWS:
                raise TooLarge(limit="rows", value=ROWS)
            if empty > EMPTY_ROWS:
                break
        yield rows


def _typed(cell: Any, sheet: str, row: int) -> Cell | None:
    value = cell.value
    if value is None or unseen.is_unseen_cell(cell):
        return None
    place = f"{sheet}!{_letters(cell.column)}{row}"
    return written(value, place, cell.number_format or "")


def written(value: Any, place: str, form: str = "") -> Cell | None:
    """A typed value as text that can be read in one way only.

    >>> written(2.125, "A1").text
    '2.1250'
    >>> written(0.025, "A1", "0.0%").text
    '2.5%'
    """
    if isinstance(value, bool):
        return Cell("x" if value else "", place) if value else None
    if isinstance(value, (int, float, Decimal)):
        return _number(Decimal(repr(value) if isinstance(value, float) else value), place, form)
    if isinstance(value, (datetime.datetime, datetime.date)):
        return Cell(value.strftime("%Y-%m-%d"), place)
    if isinstance(value, (datetime.time, datetime.timedelta)):
        return Cell(str(value), place)
    text = str(value).replace("\xa0", " ").strip()
    return Cell(text, place) if text else None


def _number(value: Decimal, place: str, form: str) -> Cell | None:
    if not value.is_finite():
        return None
    if "%" in form:
        return Cell(f"{_digits(value * 100)}%", place)
    if value == value.to_integral_value():
        text = str(int(value))
        zeros = re.fullmatch(r"0{2,}", form)  # a code with leading zeros
        return Cell(text.zfill(len(form)) if zeros else text, place)
    value = round(value, 8).normalize()  # what binary fractions add is no digit
    return Cell(_digits(value), place, printed=f"{value:f}")


def _digits(value: Decimal) -> str:
    text = f"{value.normalize():f}"
    # three decimals could be thousands
    return text + "0" if len(text.partition(".")[2]) == 3 else text


def _letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _xls(source: Source) -> Iterator[Rows]:
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=source.content, on_demand=True, formatting_info=True
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise EncryptedSource from error
        raise
    for index in range(min(book.nsheets, SHEETS)):
        sheet = book.sheet_by_index(index)
        if sheet.visibility:
            continue
        if sheet.nrows > ROWS:
            raise TooLarge(limit="rows", value=ROWS)
        yield [
            [_old(book, sheet, row, column) for column in range(min(sheet.row_len(row), COLUMNS))]
            for row in range(sheet.nrows)
        ]


def _old(book: Any, sheet: Any, row: int, column: int) -> Cell | None:
    import xlrd

    cell = sheet.cell(row, column)
    place = f"{sheet.name}!{_letters(column + 1)}{row + 1}"
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return written(xlrd.xldate_as_datetime(cell.value, book.datemode), place)
        except (ValueError, OverflowError):
            return None
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        form = book.format_map.get(book.xf_list[cell.xf_index].format_key)
        return written(cell.value, place, form.format_str if form else "")
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return written(cell.value, place)
    return None


# OpenDocument ----------------------------------------------------------------------------

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def _ods(source: Source) -> Iterator[Rows]:
    from . import xml

    with zipfile.ZipFile(io.BytesIO(source.content)) as file:
        archive.check(file.infolist(), Limits())
        content = file.read("content.xml")
    root = xml.parse(content).element
    for sheet in list(root.iter(f"{_TABLE}table"))[:SHEETS]:
        rows: Rows = []
        for element in sheet.iter(f"{_TABLE}table-row"):
            name, number = sheet.get(f"{_TABLE}name") or "", len(rows) + 1
            row = _ods_row(element, name, number)
            repeat = int(element.get(f"{_TABLE}number-rows-repeated") or 1)
            # empty rows are repeated down to the end of the sheet
            rows += [list(row) for _count in range(min(repeat, 1000 if any(row) else 1))]
            if len(rows) > ROWS:
                raise TooLarge(limit="rows", value=ROWS)
        yield rows


def _ods_row(element: Any, sheet: str, number: int) -> Row:
    row: Row = []
    for cell in element.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        repeat = int(cell.get(f"{_TABLE}number-columns-repeated") or 1)
        for _count in range(min(repeat, COLUMNS - len(row))):
            place = f"{sheet}!{_letters(len(row) + 1)}{number}"
            row.append(written(_ods_value(cell), place, _ods_form(cell)))
    return row


def _ods_form(cell: Any) -> str:
    return "%" if cell.get(f"{_OFFICE}value-type") == "percentage" else ""


def _ods_value(cell: Any) -> Any:
    kind, value = cell.get(f"{_OFFICE}value-type"), cell.get(f"{_OFFICE}value")
    if kind in ("float", "currency", "percentage") and value:
        try:
            return Decimal(value)
        except ArithmeticError:
            return value
    if kind == "date":
        try:
            return datetime.date.fromisoformat((cell.get(f"{_OFFICE}date-value") or "")[:10])
        except ValueError:
            pass
    return "\n".join("".join(part.itertext()) for part in cell.iterchildren(f"{_TEXT}p"))


# plain text ------------------------------------------------------------------------------


def _csv(source: Source) -> Iterator[Rows]:
    text = decode(source.content)
    lines = text.splitlines()
    separator = _separator(lines)
    if lines and lines[0].lower().startswith("sep="):
        lines = lines[1:]
    rows: Rows = []
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    for number, values in enumerate(reader, 1):
        if number > ROWS or len(values) > COLUMNS:
            raise TooLarge(limit="rows", value=ROWS)
        row: Row = []
        for column, value in enumerate(values, 1):
            # a formula that guards a code from Excel: ="00123"
            value = re.sub(r'^=?"(.*)"$', r"\1", value.strip())
            row.append(Cell(value, f"{_letters(column)}{number}") if value else None)
        rows.append(row)
    yield rows


def _separator(lines: Sequence[str]) -> str:
    """The character that parts most lines into equally many cells."""
    if lines and re.fullmatch(r"sep=.", lines[0].strip(), re.I):
        return lines[0].strip()[-1]
    filled = [line for line in lines[:300] if line.strip()]
    best = (0, 0, ";")
    for rank, separator in enumerate(";\t|,"):
        counts = [len(next(csv.reader([line], delimiter=separator), [])) - 1 for line in filled]
        usual = max(set(counts) - {0}, key=counts.count, default=0)
        best = max(best, (counts.count(usual) * usual if usual else 0, -rank, separator))
    return best[2]


def _trimmed(rows: Rows) -> Rows:
    """Without empty rows at both ends and empty columns at the right."""
    while rows and not any(rows[-1]):
        rows.pop()
    while rows and not any(rows[0]):
        rows.pop(0)
    width = max((index + 1 for row in rows for index, cell in enumerate(row) if cell), default=0)
    return [row[:width] for row in rows]
