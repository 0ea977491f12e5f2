"""What a webinar is beside its text and its hour: kind, place, languages, key areas, whom it is for, places, hosts."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast

from bot.errors import Refusal
from bot.languages import N_
from bot.render import clean
from data.languages import WORK_LANGUAGES
from data.webinars import AUDIENCES, FOR_ALL, FOR_AREAS, KINDS, MEETING, WEBINAR, NewWebinar, Webinar

KEY_AREAS = ("institutional-change", "prevention-investigation", "budgeting", "capacity", "leadership")
PLACE_LIMIT = 150
MOST_PLACES = 10_000
# What only a link has. A name such as "Zoom" gives nothing away.
LINK_SIGNS = ("://", "www.")


class DetailRefusal(Refusal):
    """A field of the further forms that cannot be taken.

    Args:
        form: the one in which it stands: `place` or `who`.
        message: English text, marked with N_ so that it gets into the catalogues.
        values: what to put in its {places}.
    """

    def __init__(self, form: str, message: str, /, **values: Any) -> None:
        super().__init__(message, **values)
        self.form = form


def read_details(typed: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a `NewWebinar` that a draft gives beside its text and its hour.

    Args:
        typed: the fields of the forms: `kind`, `place`, `channel`, `spoken`, `interpreted`, `area`, `who`, `who_areas`,
            `places`, `host`, `co_host`.

    Raises:
        Refusal: a field cannot be taken.
    """
    kinds = several(typed.get("kind"), KINDS)
    audiences = several(typed.get("who"), AUDIENCES)
    audience = audiences[0] if audiences else FOR_ALL
    areas = several(typed.get("who_areas"), KEY_AREAS) if audience == FOR_AREAS else ()
    if audience == FOR_AREAS and not areas:
        raise DetailRefusal("who", N_("Choose the key areas whose members it is for."))
    spoken = several(typed.get("spoken"), WORK_LANGUAGES)
    host, co_host = read_id(typed.get("host")), read_id(typed.get("co_host"))
    if co_host is not None and co_host == host:
        raise DetailRefusal("who", N_("Host and co-host are the same person. Choose two, or no co-host."))
    return {
        "kind": kinds[0] if kinds else WEBINAR,
        "place": read_place(typed.get("place")),
        "channel_id": read_id(typed.get("channel")),
        "spoken": spoken,
        "interpreted": tuple(code for code in several(typed.get("interpreted"), WORK_LANGUAGES) if code not in spoken),
        "key_areas": several(typed.get("area"), KEY_AREAS),
        "audience": audience,
        "audience_areas": areas,
        "capacity": read_places(typed.get("places")),
        "host_id": host,
        "co_host_id": co_host,
    }


def detail_fields(webinar: Webinar) -> dict[str, Any]:
    """A webinar's details as the fields of the forms hold them."""
    return {
        "kind": [webinar.kind],
        "place": webinar.place or "",
        "channel": [str(webinar.channel_id)] if webinar.channel_id else [],
        "spoken": list(webinar.spoken),
        "interpreted": list(webinar.interpreted),
        "area": list(webinar.key_areas),
        "who": [webinar.audience],
        "who_areas": list(webinar.audience_areas),
        "places": "" if webinar.capacity is None else str(webinar.capacity),
        "host": [str(webinar.host_id)] if webinar.host_id else [],
        "co_host": [str(webinar.co_host_id)] if webinar.co_host_id else [],
    }


def several(typed: Any, allowed: Collection[str]) -> tuple[str, ...]:
    """What was chosen in a menu (which gives a list) or in a command, each once; what is not allowed is left out."""
    items: list[Any] = cast("list[Any]", typed) if isinstance(typed, list) else [typed]
    return tuple(dict.fromkeys(item for item in items if item in allowed))


def read_id(typed: Any) -> int | None:
    """The id of a person or a channel chosen in a menu; None where nothing was, or what was is no id."""
    items: list[Any] = cast("list[Any]", typed) if isinstance(typed, list) else [typed]
    text = str(items[0]) if items and items[0] else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 19 and int(text) < 2**63 else None


def read_place(typed: Any) -> str | None:
    """Where people meet, or None where nothing was typed.

    Raises:
        Refusal: it is too long, or holds a link: everyone reads it.
    """
    place = " ".join(clean(str(typed or "")).split())
    if len(place) > PLACE_LIMIT:
        raise DetailRefusal("place", N_("One of the lines is too long: {limit} characters at most."), limit=PLACE_LIMIT)
    if any(sign in place.lower() for sign in LINK_SIGNS):
        raise DetailRefusal(
            "place", N_("The place holds a link, and everyone reads it. Put it into “Link to join”, or take it out.")
        )
    return place or None


def read_places(typed: Any) -> int | None:
    """How many can come, or None where all who want can.

    Raises:
        Refusal: it is no number, or one that no meeting has.
    """
    text = "".join(clean(str(typed or "")).split())
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and 1 <= int(text) <= MOST_PLACES):
        raise DetailRefusal(
            "who",
            N_("The number of places is a number from 1 to {most}. Leave it empty where all who want can come."),
            most=MOST_PLACES,
        )
    return int(text)


def same(typed: Any, before: Any) -> bool:
    """Whether what was chosen in a menu is what was chosen before, in whatever order."""
    return _items(typed) == _items(before)


def is_somewhere(new: NewWebinar) -> bool:
    """Whether people know where to go without a link."""
    return bool(new.place or new.channel_id)


def lacks_place(new: NewWebinar) -> bool:
    """Whether a meeting in person says nowhere where it is."""
    return new.kind == MEETING and not is_somewhere(new)


def _items(value: Any) -> list[str]:
    items: Iterable[Any] = cast("list[Any]", value) if isinstance(value, list) else [value]
    # "none" stood in drafts and commands where nothing is chosen.
    return sorted(str(item) for item in items if item and item != "none")
