"""What stands behind codes and numbers, for people who read what is held about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from discord.utils import format_dt

from bot.languages import N_, Texts
from bot.render import one_line, plain
from cogs.mydata.names import COLUMNS
from data import countries
from data.members import DIRECTORY, MATCHING, TRANSLATION
from data.members.visibility import ME, MODERATORS

# One person's own words are cut here only, never in the file they get.
VALUE_LIMIT = 600
# What stands in these is a word of the person, or a number that is told apart by its own name.
UNITS = ((604_800, "duration-week"), (86_400, "duration-day"), (3_600, "duration-hour"), (60, "duration-minute"))

PURPOSES: Mapping[str, str] = {
    DIRECTORY: N_("Members can find you, and you are introduced to them."),
    MATCHING: N_("You are named to members who look for what you offer, and they to you."),
    TRANSLATION: N_("What you write may be put into the other languages."),
}
# What begins with this is about that.
TOPICS: Mapping[str, str] = {
    "onboarding": N_("Joining"),
    "practice": N_("Practices"),
    "webinar": N_("Webinars"),
    "digest": N_("Weekly digest"),
    "mydata": N_("Your data"),
    "peer": N_("Questions to peers"),
    "profile": N_("Your profile"),
    "report": N_("Reports in confidence"),
    "lookup": N_("Searches"),
    "setup": N_("The server"),
    "consent": N_("What you agreed to"),
    "member": N_("Membership"),
}
STATES: Mapping[str, str] = {
    "pending": N_("waiting"),
    "sending": N_("on its way"),
    "sent": N_("sent"),
    "skipped": N_("not sent"),
    "failed": N_("could not be sent"),
    "approved": N_("approved"),
    "declined": N_("declined"),
    "lapsed": N_("paused"),
    "left": N_("left"),
    "in_review": N_("in review"),
    "returned": N_("returned"),
    "published": N_("published"),
    "withdrawn": N_("withdrawn"),
    "open": N_("received"),
    "taken": N_("looked into"),
    "closed": N_("closed"),
    "asked": N_("waiting for your answer"),
    "offered": N_("you offered to help"),
    "introduced": N_("you were introduced"),
    "answered": N_("answered"),
    "waiting": N_("waiting"),
}
ANSWERS: Mapping[str, str] = {
    "going": N_("Going"),
    "maybe": N_("Maybe"),
    "cannot": N_("Cannot come"),
    "waiting": N_("Waiting list"),
    "offered": N_("A place is offered"),
    "lapsed": N_("The place was offered to somebody else"),
    "ready": N_("All is ready"),
    "help": N_("Help is needed"),
}
ORGANISATIONS: Mapping[str, str] = {
    "ministry": N_("Ministry"),
    "police": N_("Police"),
    "gendarmerie": N_("Gendarmerie"),
    "law-enforcement": N_("Other law enforcement"),
    "united-nations": N_("United Nations or advisory member"),
    "expert": N_("Expert or other"),
}
CATEGORIES: Mapping[str, str] = {
    "harassment": N_("Harassment or sexism"),
    "discrimination": N_("Hate or discrimination"),
    "identifies": N_("It identifies a survivor or an open case"),
    "impersonation": N_("Somebody is not who they say"),
    "other": N_("Something else"),
}
OUTCOMES: Mapping[str, str] = {
    "measures": N_("Measures were taken."),
    "advice": N_("The moderators spoke with those concerned."),
    "none": N_("The moderators saw no need for measures."),
    "withdrawn": N_("It was taken back by whoever sent it. What it said is erased."),
}
OF_COLUMN: Mapping[str, Mapping[str, str]] = {
    "purpose": PURPOSES,
    "state": STATES,
    "answer": ANSWERS,
    "organisation_kind": ORGANISATIONS,
    "category": CATEGORIES,
    "outcome": OUTCOMES,
}


@dataclass(frozen=True, slots=True)
class Names:
    """What is called what in a community.

    Attributes:
        webinars: titles, by number.
        key_areas: names in the reader's language, by id.
    """

    webinars: Mapping[int, str] = field(default_factory=dict[int, str])
    key_areas: Mapping[str, str] = field(default_factory=dict[str, str])


def value_text(t: Texts, names: Names, column: str, value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    if column == "offsets":
        return ", ".join(_before(t, seconds) for seconds in cast("list[int]", value))
    if isinstance(value, list):
        return plain(", ".join(_item(t, names, column, item) for item in cast("list[Any]", value)), VALUE_LIMIT)
    if column == "hidden":
        eyes = {MODERATORS: t("moderators"), ME: t("only you")}
        hidden = cast("dict[str, str]", value)
        return "; ".join(t.pair(t(COLUMNS.get(each, each)), eyes.get(who, who)) for each, who in hidden.items())
    if isinstance(value, dict):
        return plain("; ".join(_parts(t, names, cast("dict[str, Any]", value).items())), VALUE_LIMIT)
    if column == "webinar_id" and value in names.webinars:
        return one_line(names.webinars[value], 200)
    if column.endswith("_at") or column in ("at", "until"):
        return format_dt(datetime.fromisoformat(value), "f")
    return _named(t, names, column, str(value)) or plain(str(value), VALUE_LIMIT)


def _parts(t: Texts, names: Names, items: Iterable[tuple[str, Any]]) -> list[str]:
    """The fields of a form that was begun, or of a text in several languages."""
    return [
        t.pair(t(COLUMNS[name]) if name in COLUMNS else name, value_text(t, names, name, part))
        for name, part in items
        if part not in (None, "", [], {})
    ]


def _item(t: Texts, names: Names, column: str, item: Any) -> str:
    if isinstance(item, dict):
        return "; ".join(_parts(t, names, cast("dict[str, Any]", item).items()))
    return _named(t, names, column, str(item)) or str(item)


def _named(t: Texts, names: Names, column: str, code: str) -> str:
    """What a code stands for; empty where it is none of ours."""
    if column == "country":
        return countries.name(code, t.language)
    if column in ("language", "languages"):
        return _language(t, code)
    if column in ("key_area", "key_areas", "areas"):
        return names.key_areas.get(code, "")
    if column == "kind" and code in ORGANISATIONS:
        return t(ORGANISATIONS[code])
    topic = code.partition(".")[0].partition("-")[0]
    if column in ("kind", "action") and topic in TOPICS:
        return t(TOPICS[topic]) if column == "kind" else f"{t(TOPICS[topic])} (`{code}`)"
    words = OF_COLUMN.get(column, {})
    return t(words[code]) if code in words else ""


def _language(t: Texts, code: str) -> str:
    # Costly to import, and needed for such pages only.
    from babel import Locale

    names: Any = Locale.parse(t.language).languages
    name: str = names.get(code, code)
    return name


def _before(t: Texts, seconds: int) -> str:
    """A time before a start, in the largest unit that says it whole."""
    from babel.units import format_unit

    for length, unit in UNITS:
        if seconds and seconds % length == 0:
            return format_unit(seconds // length, unit, locale=t.language)
    return format_unit(seconds // 60, "duration-minute", locale=t.language)
