"""What a moderator may announce, and what they should be warned of: decided without Discord or the database."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from bot.errors import Refusal
from bot.render import clean, safe_link
from cogs.webinars.details import detail_fields, is_somewhere, lacks_place, read_details, same
from cogs.webinars.offsets import read_offsets, write_offsets
from cogs.webinars.wording import read_texts, text_fields
from data.wall_time import Moment, PastFault, WhenFault, parse_when, write
from data.webinars import MINUTES, NewWebinar, Webinar
from data.zones import find_zone

TITLE_LIMIT = 100
WHEN_LIMIT = 100
SPEAKERS_LIMIT = 300
DESCRIPTION_LIMIT = 1500
LINK_LIMIT = 500
REASON_LIMIT = 300
# The field of a draft that says when its date was typed.
TYPED_AT = "typed_at"
DEFAULT_MINUTES = 60

# Discord takes no event that begins later.
FARTHEST = timedelta(days=5 * 365)
SOON = timedelta(hours=1)
FAR = timedelta(days=365)
LATE = timedelta(minutes=5)


class Caution(StrEnum):
    """What a moderator should think about before publishing."""

    SOON = "soon"
    FAR = "far"
    NO_LINK = "no link"
    NO_PLACE = "no place"
    NO_REMINDER = "no reminder"


def propose(
    typed: Mapping[str, Any], language: str, zone: str, now: datetime, published: Moment | None = None
) -> NewWebinar:
    """The webinar that a draft describes.

    Args:
        typed: the fields of the forms.
        language: the moderator's; the date is read in it.
        zone: where the draft names none.
        now: the time (UTC).
        published: when it begins so far; it may stay that, also where it has begun.

    Raises:
        Refusal: a field cannot be taken.
        WhenFault: the date and time cannot be taken as they are.
    """
    title = one_line(typed.get("title"))
    description = clean(str(typed.get("description") or ""))
    speakers = clean(str(typed.get("speakers") or ""))
    when = one_line(typed.get("when"))
    if not title:
        raise Refusal("Give the webinar a title.")
    if not description:
        raise Refusal("Say in a few words what the webinar is about.")
    for text, limit in ((title, TITLE_LIMIT), (when, WHEN_LIMIT), (speakers, SPEAKERS_LIMIT)):
        if len(text) > limit:
            raise Refusal("One of the lines is too long: {limit} characters at most.", limit=limit)
    if len(description) > DESCRIPTION_LIMIT:
        raise Refusal("The description is too long: {limit} characters at most.", limit=DESCRIPTION_LIMIT)
    texts = read_texts(typed, TITLE_LIMIT, DESCRIPTION_LIMIT)
    further = [part for text in texts for part in (text.title, text.description)]
    link = read_link(typed.get("link"), (title, description, speakers, one_line(typed.get("place")), *further))
    reminders = read_offsets(typed.get("reminders"))
    minutes = read_minutes(typed.get("minutes"))
    details = read_details(typed)
    there = read_zone(typed.get("zone")) or zone
    if published is not None and (when, there) == (phrase_of(published), published.zone):
        moment = published
    else:
        moment = parse_when(when, language, there, typed_at(typed, now))
        if moment.instant <= now:
            raise PastFault(moment)
    if moment.instant > now + FARTHEST:
        raise Refusal("That is more than five years ahead. Please check the year.")
    return NewWebinar(
        title=title,
        description=description,
        speakers=speakers,
        link=link,
        moment=moment,
        minutes=minutes,
        notify=chosen(typed.get("notify")) == "yes",
        reminder_offsets=reminders,
        texts=texts,
        **details,
    )


def typed_at(typed: Mapping[str, Any], now: datetime) -> datetime:
    """When the date was typed, from which "tomorrow" and "in two hours" count; now, where that was not noted."""
    noted = typed.get(TYPED_AT)
    return min(datetime.fromisoformat(noted), now) if isinstance(noted, str) else now


def phrase_of(moment: Moment) -> str:
    """A moment as a phrase for the form, which every language reads alike, and in one way only."""
    phrase = write(moment.wall)
    try:
        again = parse_when(phrase, "en", moment.zone, moment.instant - timedelta(days=2))
    except WhenFault:
        again = None
    return phrase if again is not None and again.instant == moment.instant else write(moment.wall, moment.offset)


def facts_of(webinar: Webinar) -> dict[str, Any]:
    """A webinar as the fields of the forms hold it."""
    return {
        "title": webinar.title,
        "when": phrase_of(webinar.moment),
        "speakers": webinar.speakers,
        "description": webinar.description,
        "link": webinar.link or "",
        "zone": webinar.zone,
        "minutes": str(webinar.minutes),
        "notify": "no",
        "reminders": write_offsets(webinar.reminder_offsets),
        **text_fields(webinar),
        **detail_fields(webinar),
    }


def carried(typed: Mapping[str, Any], before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """A moderator's changes, field by field, on top of what somebody else published meanwhile.

    Args:
        typed: the moderator's fields.
        before: the fields as they were when the moderator began; one that is not there counts as changed.
        now: the fields as they are published now.
    """
    changed: dict[str, Any] = {
        name: typed[name] if name in typed and not _same(typed[name], before.get(name)) else value
        for name, value in now.items()
    }
    return changed | ({TYPED_AT: typed[TYPED_AT]} if TYPED_AT in typed else {})


def _same(typed: Any, before: Any) -> bool:
    if isinstance(typed, list) or isinstance(before, list):
        return same(typed, before)
    return before is not None and clean(str(typed)) == clean(str(before))


def chosen(typed: Any) -> str:
    """What was chosen in a menu (which gives a list) or in a command; empty where nothing was."""
    if isinstance(typed, list):
        several = cast("list[Any]", typed)
        typed = several[0] if several else ""
    return typed if isinstance(typed, str) else ""


def one_line(text: Any) -> str:
    """What was typed, on one line, without what cannot be seen."""
    return " ".join(clean(str(text or "")).split())


def read_link(typed: Any, public: Iterable[str]) -> str | None:
    """The link to join, or None where none was given.

    Args:
        typed: what stands in the field.
        public: texts that everyone will see.

    Raises:
        Refusal: it is no https address, or stands in a text that everyone will see.
    """
    link = one_line(typed)
    if not link:
        return None
    if link[:8].lower() == "https://":
        link = "https://" + link[8:]
    if len(link) > LINK_LIMIT or safe_link(link) is None:
        raise Refusal("The link must begin with https:// and hold no spaces. Paste it as your meeting tool gives it.")
    keep_private(link, public)
    return link


def keep_private(link: str, public: Iterable[str]) -> None:
    """Let pass texts that everyone may see.

    Raises:
        Refusal: the link stands in one of them, if only without its https://.
    """
    bare = link.lower().removeprefix("https://").rstrip("/")
    # The name of a site alone gives nothing away: "on Zoom" is no invitation.
    wanted = bare if "/" in bare else link.lower()
    if any(wanted in text.lower() for text in public):
        raise Refusal(
            "The link also stands in a text that everyone sees. Take it out there: those who come get it privately."
        )


def read_minutes(typed: Any) -> int:
    """The length in minutes.

    Raises:
        Refusal: it is none, or out of bounds.
    """
    text = one_line(typed) or str(DEFAULT_MINUTES)
    if not (text.isascii() and text.isdecimal() and len(text) <= 4 and int(text) in MINUTES):
        raise Refusal("The length is a number of minutes from {least} to {most}.", least=MINUTES[0], most=MINUTES[-1])
    return int(text)


def read_zone(typed: Any) -> str | None:
    """The IANA zone that was typed, or None where none was.

    Raises:
        Refusal: there is no such zone, or several.
    """
    text = one_line(typed)
    if not text:
        return None
    zone = find_zone(text[:100])
    if zone is None:
        raise Refusal("That time zone is not known. Write it like Europe/Paris or America/Santiago.")
    return zone


def digest(new: NewWebinar) -> str:
    """Eight figures that change with anything that would be announced: a preview is good for what it showed only."""
    return hashlib.sha256(repr(new).encode()).hexdigest()[:8]


def cautions(new: NewWebinar, reminders: int, now: datetime) -> list[Caution]:
    """What a moderator should think about before publishing, whatever the place."""
    ahead = new.moment.instant - now
    found = {
        Caution.SOON: ahead < SOON,
        Caution.FAR: ahead > FAR,
        Caution.NO_LINK: new.link is None and not is_somewhere(new) and not lacks_place(new),
        Caution.NO_PLACE: lacks_place(new),
        Caution.NO_REMINDER: reminders == 0 and new.reminder_offsets != (),
    }
    return [caution for caution, holds in found.items() if holds]


def is_late(due_at: datetime, now: datetime) -> bool:
    """Whether a message goes out so long after it was due that it is noted."""
    return now - due_at > LATE
