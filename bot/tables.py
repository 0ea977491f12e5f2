"""A table that somebody sent as a file: its rows, whatever wrote it, and nothing that could harm who reads it."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from bot.errors import Refusal
from bot.render import clean

LARGEST = 2_000_000
MOST_ROWS = 2_000
# More than that is no list that people keep, and costs memory.
MOST_COLUMNS = 40
LONGEST_CELL = 10_000
# What an Excel file may unpack to: text packs ten to one, a bomb a thousand to one.
LARGEST_UNPACKED, MOST_PARTS = 40_000_000, 500
# From here on Excel has rounded a number that was typed; ids of Discord are longer.
EXACT = 10**15

# A row's number, as a spreadsheet counts, and its cells.
Row = tuple[int, Sequence[str]]


def read_rows(content: bytes, known: Callable[[Sequence[str]], int]) -> list[Row]:
    """The rows of a file that have something in them, with their numbers.

    Args:
        content: of the file.
        known: how many of some heads of columns are known: by that it is seen what parts the cells of a CSV file.

    Raises:
        Refusal: it is too large, or no table.
    """
    if len(content) > LARGEST:
        raise Refusal("This file is too large: 2 MB fit. Please send it in parts.")
    read = _excel(content) if content.startswith(b"PK\x03\x04") else _text(content, known)
    rows: list[Row] = []
    for number, cells in read:
        shown = [clean(cell[:LONGEST_CELL]) for cell in cells[:MOST_COLUMNS]]
        if any(shown):
            rows.append((number, shown))
        if len(rows) > MOST_ROWS + 1:
            raise Refusal("This list is too long: {n} rows fit. Please send it in parts.", n=MOST_ROWS)
    return rows


def no_table() -> Refusal:
    """The file holds no table that can be read."""
    return Refusal("This file cannot be read. Please save it as CSV (UTF-8) or as an Excel workbook (.xlsx).")


def _text(content: bytes, known: Callable[[Sequence[str]], int]) -> Iterator[Row]:
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise no_table()
    if "\0" in text:
        raise no_table()
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=lambda sign: (known(first.split(sign)), first.count(sign)))
    try:
        yield from enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1)
    except csv.Error as error:
        raise no_table() from error


def _excel(content: bytes) -> Iterator[Row]:
    # Costs a tenth of a second, and is rarely used.
    import openpyxl

    try:
        _check_parts(content)
        book: Any = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet: Any = book.worksheets[0]
        # What a file says of its own size is not believed.
        sheet.reset_dimensions()
        cells: Iterable[Sequence[Any]] = sheet.iter_rows(max_row=2 * MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
        for number, row in enumerate(cells, start=1):
            yield number, [_cell(value) for value in row]
    except Refusal:
        raise
    except Exception as error:  # a broken file fails in any way there is
        raise no_table() from error


def _check_parts(content: bytes) -> None:
    """See to it that the file is not many times as large as it looks, and declares nothing that grows when it is read.

    Raises:
        Refusal: it is.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        listed = parts.infolist()
        if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > LARGEST_UNPACKED:
            raise Refusal("This file is too large: 2 MB fit. Please send it in parts.")
        for part in listed:
            # No more than what was declared is ever unpacked.
            with parts.open(part) as opened:
                if b"<!DOCTYPE" in opened.read(LARGEST_UNPACKED).replace(b"\0", b""):
                    raise no_table()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= EXACT:
        return f"{value:.5E}"
    return str(value)
