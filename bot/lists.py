"""A list that a moderator sends as a file: its columns by what they are called, and what is wrong in its rows."""

import asyncio
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import discord

from bot.errors import Refusal
from bot.languages import Texts, texts
from bot.render import one_line
from bot.sheets import is_formula, make_csv
from bot.tables import LARGEST, Row, read_rows
from data.countries import fold
from data.languages import LANGUAGES

PARTS = re.compile(r"[;|\n/]")
# So many problems stand in the message; the file has all.
SHOWN = 15


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a row.

    Attributes:
        row: its number, as a spreadsheet counts.
        column: which, empty where it is about the whole row.
        text: what is wrong, in English.
        found: what stands there.
        values: for the text.
    """

    row: int
    column: str
    text: str
    found: str = ""
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])


class MissingColumns(Exception):
    """Columns are missing without which nothing can be taken.

    Args:
        columns: which.
    """

    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__(*columns)
        self.columns = columns


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that a list may have.

    Attributes:
        heads: what a list that we write has above each, in English.
        also: what else people call them, folded, in whichever language, parted by |.
        needed: those without which nothing can be taken.
    """

    heads: Mapping[str, str]
    also: Mapping[str, str]
    needed: Sequence[str]

    def places(self, heads: Sequence[str]) -> dict[str, int]:
        """Where each column stands, by what is written above it; the first of two with the same head counts."""
        known = {name: column for column, names in self.also.items() for name in names.split("|")}
        for column, head in self.heads.items():
            known |= {fold(texts(language)(head)): column for language in LANGUAGES}
        found: dict[str, int] = {}
        for index, head in enumerate(heads):
            column = known.get(fold(head))
            if column is not None:
                found.setdefault(column, index)
        return found

    def count(self, heads: Sequence[str]) -> int:
        """How many columns are known by what is written above them."""
        return len(self.places(heads))

    def cells(self, rows: Sequence[Row]) -> list[tuple[int, dict[str, str]]]:
        """The rows below the first, each with its number and its cells by column.

        Raises:
            MissingColumns: there are no rows, or a column is missing without which nothing can be taken.
        """
        places = self.places(rows[0][1]) if rows else {}
        missing = [column for column in self.needed if column not in places]
        if missing:
            raise MissingColumns(missing)
        return [
            (number, {column: bare(cells[at]) if at < len(cells) else "" for column, at in places.items()})
            for number, cells in rows[1:]
        ]

    def refusal(self, t: Texts, error: MissingColumns) -> Refusal:
        """What the person is told of columns that are missing."""
        return Refusal(
            "The first row must name the columns. Missing: {columns}. Known: {known}.",
            columns=", ".join(t(self.heads[column]) for column in error.columns),
            known=", ".join(map(t, self.heads.values())),
        )


def bare(text: str) -> str:
    """A cell without the sign that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if text.startswith("'") and is_formula(text[1:]) else text


def several(text: str, known: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The codes of what stands in a cell, in their order, and what is not known. Names may hold commas."""
    found: list[str] = []
    unknown: list[str] = []
    for part in (part.strip(" •-") for part in PARTS.split(text)):
        pieces = [part] if fold(part) in known else part.split(",")
        for piece in pieces:
            code = known.get(fold(piece))
            if code is not None:
                found.append(code)
            elif fold(piece):
                unknown.append(piece.strip())
    return list(dict.fromkeys(found)), unknown


def check_size(file: discord.Attachment) -> None:
    """Let pass what is no larger than a list may be.

    Raises:
        Refusal: it is.
    """
    if file.size > LARGEST:
        raise Refusal("This file is too large: 2 MB fit. Please send it in parts.")


async def content_of(file: discord.Attachment) -> bytes:
    """What a person sent.

    Raises:
        Refusal: Discord does not give it.
    """
    try:
        return await file.read()
    except (discord.HTTPException, aiohttp.ClientError, TimeoutError) as error:
        raise Refusal("Discord does not give the file just now. Please try again.") from error


async def rows_of(content: bytes, known: Callable[[Sequence[str]], int]) -> list[Row]:
    """The rows of a file, read beside everything else, for it may take a second.

    Raises:
        Refusal: it is no table.
    """
    return await asyncio.to_thread(read_rows, content, known)


def problems_text(t: Texts, problems: Sequence[Problem], heads: Mapping[str, str]) -> str:
    """The first problems, as many as a field holds."""
    lines: list[str] = []
    for one in problems[:SHOWN]:
        said = t(one.text, **one.values)
        found = f" ({one_line(one.found, 40)})" if one.found else ""
        line = t("Row {row}, {column}: {problem}", row=one.row, column=_head(t, one, heads), problem=said + found)
        if len("\n".join([*lines, line])) > 950:
            break
        lines.append("- " + line)
    left = len(problems) - len(lines)
    if left:
        lines.append(t.plural("{n} more is in the file.", "{n} more are in the file.", left))
    return "\n".join(lines)


def _head(t: Texts, one: Problem, heads: Mapping[str, str]) -> str:
    return t(heads[one.column]) if one.column in heads else one.column


def problems_file(t: Texts, problems: Sequence[Problem], heads: Mapping[str, str]) -> discord.File:
    """All problems, as a table."""
    first = [t("Row"), t("Column"), t("What is wrong"), t("What stands there")]
    rows = [
        [
            str(one.row),
            t(heads[one.column]) if one.column in heads else one.column,
            t(one.text, **one.values),
            one.found,
        ]
        for one in problems
    ]
    content = io.BytesIO(make_csv([first, *rows]))
    return discord.File(content, "problems.csv", description=t("All problems in the list"))
