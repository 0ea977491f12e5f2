"""Tables as files that are safe to open in a spreadsheet.

A spreadsheet takes a cell that begins with one of a few signs for a formula, which may fetch addresses with what stands
in other cells. Whoever types a name must not be able to do that to whoever opens the file.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

# What begins a formula, also as the wide forms that Excel reads alike, and behind what it skips.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
CSV, XLSX = "csv", "xlsx"
FORMATS = (CSV, XLSX)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might take a text for a formula."""
    return text.startswith(FORMULA) or text.lstrip(" \u00a0\"'\ufeff").startswith(FORMULA)


def harmless(text: str) -> str:
    """A text with an apostrophe in front where a spreadsheet might take it for a formula."""
    return f"'{text}" if is_formula(text) else text


def make_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """A file of RFC 4180 in UTF-8, with the mark by which spreadsheets know that; every cell in quotes."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def make_xlsx(rows: Iterable[Sequence[str]], title: str) -> bytes:
    """An Excel file with one sheet, its first row in bold; every cell is text, and stays so when it is edited."""
    # Costs a tenth of a second, and is rarely used.
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "".join(char for char in title if char not in r"[]:*?/\'")[:31].strip() or "1"
    widths: dict[int, int] = {}
    for line, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell: Any = sheet.cell(line, column)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
            cell.data_type = "s"
            cell.number_format = "@"
            cell.quotePrefix = is_formula(text)
            widths[column] = min(max(widths.get(column, 8), len(text) + 2), 60)
            if line == 1:
                cell.font = Font(bold=True)
    for column, width in widths.items():
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
    sheet.freeze_panes = "A2"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
