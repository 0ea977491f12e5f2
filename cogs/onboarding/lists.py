"""A moderator's list of people: what its rows say, and what is wrong in them. No Discord, no database."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.languages import N_, texts
from bot.lists import Columns, Problem, several
from bot.render import label
from bot.tables import Row
from cogs.onboarding import rules
from data import countries
from data.countries import fold
from data.languages import LANGUAGES, WORK_LANGUAGES, name_language

# The columns, and the heads under which a list that we write has them.
HEADS: Mapping[str, str] = {
    "discord": N_("Discord"),
    "name": N_("Name"),
    "country": N_("Country"),
    "kind": N_("Kind of organisation"),
    "organisation": N_("Organisation"),
    "role": N_("Role or title"),
    "languages": N_("Languages"),
    "areas": N_("Key areas"),
    "offers": N_("Offers"),
    "seeks": N_("Looks for"),
}
# What else people call them, folded, in whichever language.
ALSO: Mapping[str, str] = {
    "discord": "discord id|id discord|discord user|discord name|user|user id|user name|username|id|utilisateur|"
    "utilisateur discord|identifiant|identifiant discord|nom d utilisateur|usuario|usuario de discord|"
    "nombre de usuario|usuario do discord|nome de usuario|id de discord|id do discord",
    "name": "full name|nom|nom complet|nombre|nombre completo|nome|nome completo",
    "country": "pays|pais",
    "kind": "kind|type|type of organisation|type of organization|kind of organization|type d organisation|tipo|"
    "tipo de organizacion|tipo de organizacao|tipo de institucion|tipo de instituicao",
    "organisation": "organization|organizacion|organizacao|institution|institucion|instituicao|service|ministry",
    "role": "role|title|job title|post|position|fonction|poste|titre|role ou titre|cargo|funcion|puesto|funcao",
    "languages": "language|langue|langues|langues de travail|idioma|idiomas|lingua|linguas",
    "areas": "key area|areas|domaine cle|domaines cles|area clave|areas clave|area chave|areas chave",
    "offers": "offer|can offer|offre|offres|peut offrir|propose|ofrece|ofertas|puede ofrecer|oferece|pode oferecer",
    "seeks": "seek|need|needs|looking for|besoin|besoins|recherche|cherche|busca|necesidades|procura|necessidades",
}
ID = re.compile(r"(?:<@!?)?(\d{15,20})>?")
USER_NAME = re.compile(r"@?([a-z0-9_.]{2,32})")
ROUNDED = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A row that can be taken, so far as it tells by itself.

    Attributes:
        row: its number.
        key: an id, or a user name in small letters.
        said: what it says, by column, in the form of a draft of the form for newcomers.
    """

    row: int
    key: str
    said: Mapping[str, Any]


COLUMNS = Columns(HEADS, ALSO, ("discord", "kind", "organisation", "role"))


def read_lines(rows: Sequence[Row], areas: Mapping[str, str]) -> tuple[list[Line], list[Problem]]:
    """What the rows say, and what is wrong in them.

    Args:
        rows: the first has the heads.
        areas: ids of key areas by all that they are called, folded.

    Raises:
        bot.lists.MissingColumns: there are no rows, or a column is missing without which nothing can be taken.
    """
    lines: list[Line] = []
    problems: list[Problem] = []
    chosen = Choices(areas)
    for number, cell in COLUMNS.cells(rows):
        wrong, line = _read(number, cell, chosen)
        problems += wrong
        if line is not None and not wrong:
            lines.append(line)
    return lines, problems


class Choices:
    """What can be chosen, by all that it is called in the four languages.

    Args:
        areas: ids of key areas, likewise.
    """

    def __init__(self, areas: Mapping[str, str]) -> None:
        self.areas = areas
        self.kinds = {fold(kind): kind for kind in rules.ORGANISATION_KINDS}
        self.languages: dict[str, str] = {code: code for code in WORK_LANGUAGES}
        for language in LANGUAGES:
            t = texts(language)
            self.kinds |= {fold(t(name)): kind for kind, name in rules.ORGANISATION_KINDS.items()}
            self.languages |= {fold(name_language(code, language)): code for code in WORK_LANGUAGES}


def _read(number: int, cell: Mapping[str, str], choices: Choices) -> tuple[list[Problem], Line | None]:
    reading = _Reading(number, cell, choices)
    key = reading.key()
    kind, country = reading.kind_and_country()
    said = {
        "name": " ".join(cell.get("name", "").split())[: rules.NAME_LIMIT],
        "country": country,
        "kind": kind,
        "organisation": reading.short("organisation", rules.ORGANISATION_LIMIT, N_("The organisation is missing.")),
        "role": reading.short("role", rules.ROLE_LIMIT, N_("The role is missing.")),
        "languages": reading.several("languages", choices.languages, N_("No such language here."), WORK_LANGUAGES),
        "areas": reading.several("areas", choices.areas, N_("No such key area."), rules.KEY_AREAS),
        "offers": reading.words("offers"),
        "seeks": reading.words("seeks"),
    }
    return reading.wrong, None if key is None else Line(number, key, said)


class _Reading:
    """One row while it is read; `wrong` gathers what is wrong in it."""

    def __init__(self, number: int, cell: Mapping[str, str], choices: Choices) -> None:
        self.number = number
        self.cell = cell
        self.choices = choices
        self.wrong: list[Problem] = []

    def fail(self, column: str, text: str, found: str = "", **values: Any) -> None:
        """Note a problem."""
        self.wrong.append(Problem(self.number, column, text, label(found), values))

    def key(self) -> str | None:
        """Whom the row is about."""
        typed = self.cell.get("discord", "")
        key = _key(typed)
        if key is None and ROUNDED.fullmatch(typed):
            self.fail("discord", N_("The spreadsheet has rounded this id. Format the column as text."), typed)
        elif key is None and typed:
            self.fail("discord", N_("This is neither an id nor a user name."), typed)
        elif key is None:
            self.fail("discord", N_("The id or the user name is missing."))
        return key

    def kind_and_country(self) -> tuple[str | None, str | None]:
        """The kind of organisation, and the country, which some kinds need."""
        kind = self.choices.kinds.get(fold(self.cell.get("kind", "")))
        if kind is None:
            self.fail("kind", N_("No such kind of organisation."), self.cell.get("kind", ""))
        typed = self.cell.get("country", "")
        country = countries.find(typed) if typed else None
        if typed and country is None:
            self.fail("country", N_("No country has this name."), typed)
        elif not typed and kind in rules.OF_A_COUNTRY:
            self.fail("country", N_("The country is missing."))
        return kind, country

    def short(self, column: str, limit: int, missing: str) -> str:
        """A text on one line that has to be there."""
        typed = " ".join(self.cell.get(column, "").split())
        if not typed:
            self.fail(column, missing)
        return self._within(column, typed, limit)

    def words(self, column: str) -> str:
        """A text that may be missing."""
        return self._within(column, self.cell.get(column, ""), rules.WORDS_LIMIT)

    def several(self, column: str, known: Mapping[str, str], missing: str, order: Sequence[str]) -> list[str]:
        """The codes of what is chosen, in their usual order."""
        found, unknown = several(self.cell.get(column, ""), known)
        if unknown:
            self.fail(column, missing, ", ".join(unknown))
        return [code for code in order if code in found]

    def _within(self, column: str, typed: str, limit: int) -> str:
        if len(typed) > limit:
            self.fail(column, N_("This text is too long: {limit} characters fit."), typed, limit=limit)
        return typed


def _key(text: str) -> str | None:
    """Whom a cell names: an id, or a user name in small letters; None where it is neither."""
    typed = "".join(text.split())
    if found := ID.fullmatch(typed):
        # Discord counts no higher, and no database either.
        return found[1] if int(found[1]) < 2**63 else None
    found = USER_NAME.fullmatch(typed.casefold())
    return found[1] if found and not ROUNDED.fullmatch(typed) else None
