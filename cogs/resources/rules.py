"""What is right in a resource that somebody typed: no Discord, no database."""

import re
from collections.abc import Mapping
from typing import Any

from bot.errors import Refusal
from bot.forms import check_room
from bot.guidance import TYPES
from bot.languages import N_
from bot.render import clean
from data.languages import LANGUAGES, WORK_LANGUAGES
from data.resources.addresses import AddressFault, read_address
from data.resources.writing import Facts

TITLE_LIMIT = 250
PUBLISHERS_LIMIT = 250
SUMMARY_LIMIT = 1500
ADDRESS_LIMIT = 500
KEY_AREAS = ("institutional-change", "prevention-investigation", "budgeting", "capacity", "leadership")
FIRST_YEAR, LAST_YEAR = 1900, 2100

# Why an address is not taken.
ADDRESS_FAULTS = {
    "none": N_("This is no address. Copy it from your browser; it begins with https://"),
    "https": N_("Only addresses that begin with https:// are taken."),
    "credentials": N_("The address holds a user name or an @ before the site. Copy it from your browser again."),
    "host": N_("This address leads to no site that everyone can open."),
    "letters": N_("The site's name has letters that look like others, so it may be a trap. It is not taken."),
    "long": N_("This address is too long: 500 characters fit."),
}
NO_TITLE = N_("The title is missing.")
NO_AREA = N_("Choose one key area at least.")
NO_YEAR = N_("Write the year with four digits, for instance 2021, or leave it out.")
# Publishers' names may hold commas.
_PARTS = re.compile(r"[;|\n]")


def address_of(text: str) -> str | None:
    """An address as it is kept; None where nothing was typed.

    Raises:
        Refusal: it is not to be shown.
    """
    if not clean(text):
        return None
    try:
        # Not `clean` first: what it takes away unseen is a reason to refuse.
        return read_address(text).url
    except AddressFault as fault:
        raise Refusal(ADDRESS_FAULTS[fault.code]) from fault


def is_foreign(url: str | None) -> bool:
    """Whether the site's name has letters beyond those of the alphabet, so that people should look twice."""
    return url is not None and read_address(url).foreign


def year_of(text: str) -> int | None:
    """A year; None where nothing was typed.

    Raises:
        Refusal: it is none.
    """
    typed = text.strip()
    if not typed:
        return None
    if not re.fullmatch("[0-9]{4}", typed) or not FIRST_YEAR <= int(typed) <= LAST_YEAR:
        raise Refusal(NO_YEAR)
    return int(typed)


def publishers_of(text: str) -> tuple[str, ...]:
    """The publishers that somebody typed, parted by semicolons or lines."""
    names = (" ".join(part.split()) for part in _PARTS.split(clean(text)[:PUBLISHERS_LIMIT]))
    return tuple(dict.fromkeys(name for name in names if name))


def facts_of(typed: Mapping[str, Any], language: str) -> Facts:
    """What the forms say.

    Args:
        typed: their fields.
        language: that of the title where the person chose none.

    Raises:
        Refusal: something is missing or wrong.
    """
    title = " ".join(clean(_text(typed, "title")).split())
    summary = clean(_text(typed, "summary"))
    if not title:
        raise Refusal(NO_TITLE)
    for text, limit in ((title, TITLE_LIMIT), (summary, SUMMARY_LIMIT)):
        if len(text) > limit:
            raise Refusal("This text is too long: {limit} characters fit.", limit=limit)
    # Of a form that is known already; a table comes here first.
    check_room({"title": title, "summary": summary})
    kinds = _chosen(typed, "type", tuple(TYPES))
    if not kinds:
        raise Refusal("That value does not fit here. Choose one from the list.")
    areas = _chosen(typed, "areas", KEY_AREAS)
    if not areas:
        raise Refusal(NO_AREA)
    title_language = next(iter(_chosen(typed, "title_language", LANGUAGES)), language)
    return Facts(
        title=title,
        title_language=title_language,
        summary=summary,
        publishers=publishers_of(_text(typed, "publishers")),
        year=year_of(_text(typed, "year")),
        languages=_chosen(typed, "languages", WORK_LANGUAGES),
        type=kinds[0],
        key_areas=areas,
        url=address_of(_text(typed, "url")),
    )


def typed_from(facts: Facts) -> dict[str, Any]:
    """The forms' fields as they would be typed for what is there."""
    return {
        "title": facts.title,
        "url": facts.url or "",
        "publishers": "; ".join(facts.publishers),
        "year": str(facts.year or ""),
        "type": [facts.type],
        "areas": list(facts.key_areas),
        "languages": list(facts.languages),
        "title_language": [facts.title_language],
        "summary": facts.summary,
    }


def _text(typed: Mapping[str, Any], name: str) -> str:
    value = typed.get(name) or ""
    return value if isinstance(value, str) else ""


def _chosen(typed: Mapping[str, Any], name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """What was chosen in a menu, in the order in which it was: a forged form may bring anything."""
    value: Any = typed.get(name) or []
    several: list[Any] = [value] if isinstance(value, str) else list(value)
    return tuple(dict.fromkeys(code for code in several if code in known))
