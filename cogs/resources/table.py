"""A moderator's list of resources: what its rows say, and what is wrong in them. No Discord, no database."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from bot.errors import Refusal
from bot.guidance import TYPES, language_name
from bot.languages import N_, Texts, texts
from bot.lists import Columns, Problem, several
from bot.render import clean, label
from bot.tables import LARGEST, LONGEST_CELL, MOST_ROWS, Row, no_table, read_rows
from cogs.resources import rules
from data.countries import fold
from data.languages import LANGUAGES, WORK_LANGUAGES, name_language
from data.resources.writing import Facts

# The columns, and the heads under which a list that we write has them.
HEADS: Mapping[str, str] = {
    "title": N_("Title, as published"),
    "url": N_("Address"),
    "publishers": N_("Published by"),
    "year": N_("Year"),
    "type": N_("Kind"),
    "areas": N_("Key areas"),
    "languages": N_("Can be read in"),
    "title_language": N_("Language of title and summary"),
    "summary": N_("Summary"),
}
# What else people call them, folded, in whichever language; the names in a JSON list first.
ALSO: Mapping[str, str] = {
    "title": "title|name|titre|titulo|nom|nombre|nome",
    "url": "url|link|address|web address|website|adresse|adresse web|lien|direccion|enlace|endereco|ligacao",
    "publishers": "publishers|publisher|published by|editeur|editeurs|publie par|editor|editores|publicado por|editora",
    "year": "year|date|annee|ano",
    "type": "type|kind|sorte|genre|tipo|clase",
    "areas": "areas|key areas|key area|area|domaine cle|domaines cles|area clave|areas clave|area chave|areas chave",
    "languages": "languages|language|langue|langues|idioma|idiomas|lingua|linguas",
    "title_language": "title language|language of the title|langue du titre|idioma del titulo|idioma do titulo",
    "summary": "summary|description|abstract|resume|resumen|resumo|descripcion|descricao",
}
COLUMNS = Columns(HEADS, ALSO, ("title", "type", "areas"))


@dataclass(frozen=True, slots=True)
class Line:
    """A row that can be taken, so far as it tells by itself."""

    row: int
    facts: Facts


def rows_in(content: bytes) -> list[Row]:
    """The rows of a file: CSV, Excel or JSON.

    Raises:
        Refusal: it is none of these.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        return _json(content)
    return read_rows(content, COLUMNS.count)


def _json(content: bytes) -> list[Row]:
    """A list of objects, as rows: what stands in each is told by its names. The first object is row 1."""
    if len(content) > LARGEST:
        raise Refusal("This file is too large: 2 MB fit. Please send it in parts.")
    try:
        read: Any = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise no_table() from error
    if isinstance(read, dict):
        read = cast("dict[str, Any]", read).get("resources")
    if not isinstance(read, list):
        raise no_table()
    items = cast("list[Any]", read)
    if len(items) > MOST_ROWS:
        raise Refusal("This list is too long: {n} rows fit. Please send it in parts.", n=MOST_ROWS)
    names = list(HEADS)
    rows: list[Row] = [(0, [HEADS[name] for name in names])]
    for number, item in enumerate(items, start=1):
        said = cast("dict[str, Any]", item) if isinstance(item, dict) else {}
        by = {column: said[key] for key, column in ((key, _column(key)) for key in said) if column is not None}
        rows.append((number, [_cell(by.get(name)) for name in names]))
    return rows


def _column(name: str) -> str | None:
    return next(iter(COLUMNS.places([name.replace("_", " ")])), None)


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_cell(part) for part in cast("list[Any]", value)[:50])
    if value is None or isinstance(value, dict | bool):
        return ""
    return clean(str(value)[:LONGEST_CELL])


class Reading:
    """Reads rows, and gathers what is wrong in them.

    Args:
        areas: ids of key areas by all that they are called, folded.
        language: that of the titles where a row does not say.
    """

    def __init__(self, areas: Mapping[str, str], language: str) -> None:
        self.areas = areas
        self.language = language
        self.problems: list[Problem] = []
        self.types = {fold(code): code for code in TYPES}
        self.languages: dict[str, str] = {code: code for code in WORK_LANGUAGES}
        for each in LANGUAGES:
            self.types |= {fold(texts(each)(name)): code for code, name in TYPES.items()}
            self.languages |= {fold(name_language(code, each)): code for code in WORK_LANGUAGES}

    def lines(self, rows: Sequence[Row]) -> list[Line]:
        """The rows that can be taken.

        Raises:
            bot.lists.MissingColumns: there are no rows, or a column is missing without which nothing can be taken.
        """
        lines: list[Line] = []
        for number, cell in COLUMNS.cells(rows):
            before = len(self.problems)
            facts = self._facts(number, cell)
            if facts is not None and len(self.problems) == before:
                lines.append(Line(number, facts))
        return lines

    def fail(self, number: int, column: str, text: str, found: str = "", **values: Any) -> None:
        """Note a problem in the row of that number."""
        self.problems.append(Problem(number, column, text, label(found), values))

    def _facts(self, row: int, cell: Mapping[str, str]) -> Facts | None:
        areas = self._several(row, cell, "areas", self.areas, N_("No such key area."))
        if not areas and not cell.get("areas"):
            self.fail(row, "areas", rules.NO_AREA)
        kind = self.types.get(fold(cell.get("type", "")))
        if kind is None:
            self.fail(row, "type", N_("No such kind of resource."), cell.get("type", ""))
        languages = self._several(row, cell, "languages", self.languages, N_("No such language here."))
        written = self._several(row, cell, "title_language", self.languages, N_("No such language here."))
        ours = [code for code in [*written, *languages] if code in LANGUAGES]
        for column, limit in (("title", rules.TITLE_LIMIT), ("summary", rules.SUMMARY_LIMIT)):
            if len(cell.get(column, "")) > limit:
                text = N_("This text is too long: {limit} characters fit.")
                self.fail(row, column, text, cell[column], limit=limit)
        typed: dict[str, Any] = {
            "title": cell.get("title", ""),
            "publishers": cell.get("publishers", ""),
            "summary": cell.get("summary", ""),
            "areas": areas,
            "languages": languages,
            "type": [kind or "handbook"],
            "title_language": ours[:1],
        }
        if not typed["title"].strip():
            self.fail(row, "title", rules.NO_TITLE)
        self._try(row, "url", rules.address_of, cell.get("url", ""))
        self._try(row, "year", rules.year_of, cell.get("year", ""))
        if any(problem.row == row for problem in self.problems):
            return None
        return rules.facts_of({**typed, "url": cell.get("url", ""), "year": cell.get("year", "")}, self.language)

    def _try(self, row: int, column: str, read: Callable[[str], Any], found: str) -> None:
        try:
            read(found)
        except Refusal as refusal:
            self.fail(row, column, refusal.message, found)

    def _several(self, row: int, cell: Mapping[str, str], column: str, known: Mapping[str, str], no: str) -> list[str]:
        found, unknown = several(cell.get(column, ""), known)
        if unknown:
            self.fail(row, column, no, ", ".join(unknown))
        return found


def cells_of(t: Texts, areas: Mapping[str, Any], facts: Facts) -> list[str]:
    """A resource as a row of a list that we write, in the order of HEADS."""
    return [
        facts.title,
        facts.url or "",
        "; ".join(facts.publishers),
        str(facts.year or ""),
        t(TYPES[facts.type]) if facts.type in TYPES else facts.type,
        "; ".join(areas[area].text(t.language) for area in facts.key_areas if area in areas),
        "; ".join(language_name(t, code) for code in facts.languages),
        language_name(t, facts.title_language),
        facts.summary,
    ]
