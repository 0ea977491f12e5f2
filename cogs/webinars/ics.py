"""Webinars as a calendar file (RFC 5545). Nobody's link is in one: such files are passed on, and services keep them.

Hours are written in UTC, without zones: a webinar is one instant, the one that its announcement and its reminders name,
and a calendar that had other rules for its zone would show another. Each program shows it in its reader's own zone.

There is no METHOD: these are entries of a calendar, no invitations; those would need an organizer's address.
It then takes DTSTAMP for the time of the last change, so that the same webinars always give the same bytes.
"""

import asyncio
import io
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any

import discord

from bot.languages import Texts
from bot.render import clean, cut, label
from cogs.webinars.cards import CANCELLED, jump_url
from cogs.webinars.detail_cards import languages_text
from data.webinars import MAYBE, MEETING, Webinar
from data.webinars.texts import is_current, translation_in

CONTENT_TYPE = "text/calendar; charset=utf-8"
# How often calendar programs that go by it look again.
REFRESH = timedelta(hours=4)
TEXT_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class Entry:
    """A webinar in somebody's calendar.

    Attributes:
        webinar: which.
        answer: what the person said, None in a file that is for everyone.
    """

    webinar: Webinar
    answer: str | None = None


async def calendar_text(t: Texts, entries: Iterable[Entry], name: str | None = None) -> bytes:
    """A calendar file.

    Args:
        t: the reader's texts; titles and descriptions are in their language where somebody translated them.
        entries: what stands in it, in this order.
        name: what the calendar is called, for one that is subscribed to.
    """
    if "icalendar" not in sys.modules:
        # It takes a fifth of a second to load, of which nobody else is to feel anything.
        await asyncio.to_thread(import_module, "icalendar")
    from icalendar import Calendar

    # The library leaves the types of values open.
    calendar: Any = Calendar()
    calendar.add("prodid", "-//Convenor//Webinars//EN")
    calendar.add("version", "2.0")
    if name is not None:
        shown = label(name, 100)
        calendar.add("name", shown)
        calendar.add("x-wr-calname", shown)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", f"PT{REFRESH // timedelta(hours=1)}H")
    for entry in entries:
        _add(calendar, t, entry)
    written: bytes = calendar.to_ical()
    return written


async def calendar_file(t: Texts, entries: Iterable[Entry], filename: str) -> discord.File:
    """The same, to be attached to a message."""
    return discord.File(io.BytesIO(await calendar_text(t, entries)), filename, description=t("Calendar file"))


def _add(calendar: Any, t: Texts, entry: Entry) -> None:
    from icalendar import Event

    webinar = entry.webinar
    event: Any = Event()
    changed = webinar.changed_at.replace(microsecond=0)
    title = label(webinar.read_in(t.language).title, 200)
    status = "CANCELLED" if webinar.cancelled else "TENTATIVE" if entry.answer == MAYBE else "CONFIRMED"
    properties: dict[str, Any] = {
        "uid": f"webinar-{webinar.id}.{webinar.community_id}@convenor",
        "sequence": webinar.version - 1,
        "dtstamp": changed,
        "created": webinar.created_at.replace(microsecond=0),
        "last-modified": changed,
        "dtstart": webinar.starts_at,
        "dtend": webinar.ends_at,
        "summary": t.pair(t(CANCELLED), title) if webinar.cancelled else title,
        "description": cut(description(t, webinar), TEXT_LIMIT),
        "status": status,
        # What may take place without the person, or not at all, does not make them busy.
        "transp": "OPAQUE" if status == "CONFIRMED" else "TRANSPARENT",
    }
    where = place(t, webinar)
    for name, value in (properties | ({"location": where} if where else {})).items():
        event.add(name, value)
    calendar.add_component(event)


def description(t: Texts, webinar: Webinar) -> str:
    """What a webinar is about, who speaks, and where its announcement is."""
    translation = translation_in(webinar, t.language)
    parts = [clean(webinar.read_in(t.language).description)]
    if translation is not None and not is_current(webinar, translation):
        parts.append(t("This translation is of an earlier text."))
    if webinar.cancelled and webinar.cancel_reason:
        parts.insert(0, t("Why: {reason}", reason=clean(webinar.cancel_reason)))
    languages = languages_text((t.language,), webinar)
    if languages:
        parts.append(t.pair(t("Languages"), languages))
    if webinar.speakers:
        parts.append(t.pair(t("Speakers"), clean(webinar.speakers)))
    if webinar.link and not webinar.cancelled:
        parts.append(t("The link is given privately to those who say they are going."))
    announcement = jump_url(webinar.community_id, webinar.announcement_channel_id, webinar.announcement_id)
    if announcement is not None:
        parts.append(t("Announcement: {link}", link=announcement))
    return "\n\n".join(parts)


def place(t: Texts, webinar: Webinar) -> str:
    """Where one goes: the place, the server, or nowhere; empty where a place is still to be said."""
    if webinar.place:
        return label(webinar.place, 300)
    if webinar.channel_id is not None:
        return t("On Discord")
    return "" if webinar.kind == MEETING else t("Online")
