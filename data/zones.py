"""Time zones as people look for them: by city, by country, or by the IANA name, in any of the four languages."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import cast
from zoneinfo import ZoneInfo, available_timezones

from data.countries import fold
from data.languages import LANGUAGES
from data.wall_time import write_offset

UTC_ZONE = "UTC"
# Where the list of zones goes from east to west, and not by the number of people.
MAIN = frozenset(
    {
        "America/Sao_Paulo",
        "America/Toronto",
        "Asia/Tashkent",
        "Australia/Sydney",
        "Europe/Kyiv",
        "Europe/Moscow",
        "Pacific/Pohnpei",
    }
)
_LOCALES = {"en": "en", "fr": "fr", "es": "es", "pt": "pt_BR"}


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone where people live.

    Attributes:
        id: its IANA name.
        country: ISO 3166-1 alpha-2; empty for UTC.
        cities: the name of its city by language.
        countries: the name of its country by language.
    """

    id: str
    country: str
    cities: dict[str, str]
    countries: dict[str, str]


def find_zone(text: str) -> str | None:
    """The zone that a text names: an IANA name in any case, a city, or a country that has one zone only.

    Returns:
        The IANA name; None where there is none, or several.
    """
    wanted = fold(text)
    if not wanted:
        return None
    if wanted in _ids():
        return _ids()[wanted]
    by_city = {zone.id for zone in _zones() if wanted in {fold(name) for name in zone.cities.values()}}
    by_country = {zone.id for zone in _zones() if wanted in {fold(name) for name in zone.countries.values()}}
    found = by_city or by_country
    return found.pop() if len(found) == 1 else None


def suggest_zones(text: str, language: str, *, first: str = UTC_ZONE, limit: int = 25) -> list[str]:
    """Zones in whose city, country or IANA name each word of a text begins a word.

    Args:
        text: what was typed so far; nothing gives `first` and UTC.
        language: whose names are looked at first; those of the other languages count as well.
        first: the zone to put first where it fits.
        limit: how many at most.

    Returns:
        IANA names.
    """
    words = fold(text).split()
    if not words:
        return list(dict.fromkeys((first, UTC_ZONE)))[:limit]
    ranked: list[tuple[int, int, int, str]] = []
    for index, zone in enumerate(_zones()):
        sources = (
            (zone.cities[language], zone.countries[language]),
            (*zone.cities.values(), *zone.countries.values()),
            (*zone.cities.values(), *zone.countries.values(), zone.id),
        )
        for rank, names in enumerate(sources):
            parts = fold(" ".join(names)).split()
            if all(any(part.startswith(word) for part in parts) for word in words):
                # The list has the largest city of a country first.
                ranked.append((rank, 0 if zone.id == first else 1, index, zone.id))
                break
    return [zone for *_, zone in sorted(ranked)][:limit]


def name_zone(zone: str, language: str, at: datetime) -> str:
    """A zone as a person knows it: `Santiago, Chile (UTC-03:00)`, with its offset at that moment (aware)."""
    offset = at.astimezone(ZoneInfo(zone)).utcoffset()
    shown = f"UTC{write_offset(offset)}" if offset else "UTC"
    known = next((item for item in _zones() if item.id == zone), None)
    if zone == UTC_ZONE:
        return zone
    if known is None or not known.country:
        return f"{zone} ({shown})"
    language = language if language in LANGUAGES else "en"
    return f"{known.cities[language]}, {known.countries[language]} ({shown})"


def name_city(zone: str, language: str) -> str:
    """The city that a zone is named after, in a language; the zone's own name where it is named after none."""
    known = _by_id().get(zone)
    if known is None or not known.country:
        return zone
    return known.cities[language if language in LANGUAGES else "en"]


def country_of(zone: str) -> str | None:
    """The country (ISO 3166-1 alpha-2) that a zone lies in, or None."""
    known = _by_id().get(zone)
    return known.country if known is not None and known.country else None


def main_zone(country: str) -> str | None:
    """The zone of a country's largest city or capital, or None where there is no such country."""
    found = [zone.id for zone in _zones() if zone.country == country]
    return next((zone for zone in found if zone in MAIN), found[0] if found else None)


@functools.cache
def _by_id() -> dict[str, Zone]:
    return {zone.id: zone for zone in _zones()}


@functools.cache
def _ids() -> dict[str, str]:
    """Every IANA name that says where it is, by its folded form. `EST` and the like are left out: they mislead."""
    named = {fold(zone): zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")}
    return named | dict.fromkeys(("utc", "gmt", "etc/utc", "z"), UTC_ZONE)


@functools.cache
def _zones() -> tuple[Zone, ...]:
    """One zone for each city of the tz database's own list, with its names."""
    from babel import Locale  # costly to import, and needed for names only
    from babel.core import get_global

    locales = {language: Locale.parse(name) for language, name in _LOCALES.items()}
    aliases: Mapping[str, str] = get_global("zone_aliases")
    zones = [Zone(UTC_ZONE, "", dict.fromkeys(LANGUAGES, UTC_ZONE), dict.fromkeys(LANGUAGES, ""))]
    for line in (files("tzdata.zoneinfo") / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        country, _, zone = line.split("\t")[:3]
        plain = zone.rpartition("/")[2].replace("_", " ")
        cities: dict[str, str] = {}
        countries: dict[str, str] = {}
        for language, locale in locales.items():
            # CLDR keeps some cities under the name their zone had first, such as Asia/Calcutta.
            names = cast("Mapping[str, Mapping[str, str]]", locale.time_zones)
            none: Mapping[str, str] = {}
            known = names.get(zone) or names.get(aliases.get(zone, "")) or none
            cities[language] = known.get("city", plain)
            countries[language] = cast("Mapping[str, str]", locale.territories).get(country, country)
        zones.append(Zone(zone, country, cities, countries))
    return tuple(zones)
