"""What a moderator should know of an hour before publishing: clocks, nights, holidays, and what else is on then."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.ask import Ask
from bot.languages import Texts
from bot.render import one_line
from data import countries
from data.days_off import DaysOff, days_off
from data.languages import LANGUAGES
from data.wall_time import Moment, in_words, write_offset
from data.webinars import NewWebinar, Webinar
from data.webinars.concerned import Place, others_between, places_concerned
from data.zones import name_city

NIGHT_FROM, NIGHT_UNTIL = 22, 7
WORK_FROM, WORK_UNTIL = 8, 18
# So many names at most in one line; the rest are counted.
NAMES = 6
LINES = 3
NOTHING_KNOWN = DaysOff()


class Hours(StrEnum):
    """What part of the day a webinar takes somewhere, from its beginning to its end."""

    WORK = "work"
    EDGE = "edge"
    NIGHT = "night"


# A sign beside the words: the less light, the fewer people can come.
SIGNS = {Hours.WORK: "☀️", Hours.EDGE: "🌤️", Hours.NIGHT: "🌙"}


@dataclass(frozen=True, slots=True)
class Line:
    """What the clocks of some cities show when a webinar begins.

    Attributes:
        wall: what they show.
        offset: how far they are ahead of UTC then.
        hours: what part of the day it is.
        places: the cities.
    """

    wall: datetime
    offset: timedelta
    hours: Hours
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """A difference between clocks that is another one when the webinar begins than it is now.

    Attributes:
        before: the difference now.
        after: the difference then.
        zones: the zones that will differ so from the webinar's own.
    """

    before: timedelta
    after: timedelta
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """All there is to know of an hour.

    Attributes:
        lines: the hour in the cities of those whom it concerns, east first.
        shifts: what changes with the clocks between now and then.
        days: public holidays and weekends there.
        overlapping: other webinars of the community at the same time.
        same_day: others on the same day.
    """

    lines: Sequence[Line] = ()
    shifts: Sequence[Shift] = ()
    days: DaysOff = NOTHING_KNOWN
    overlapping: Sequence[Webinar] = ()
    same_day: Sequence[Webinar] = ()


async def look_around(ask: Ask, new: NewWebinar, *, but: int | None = None) -> Around:
    """Gather what there is to know of the hour of a webinar.

    Args:
        ask: the moderator.
        new: what would be announced.
        but: the webinar that is being changed.
    """
    moment, community_id = new.moment, ask.community.id
    begins, ends = moment.instant, moment.instant + timedelta(minutes=new.minutes)
    since, until = day_of(moment)
    async with ask.bot.db.read() as session:
        places = await places_concerned(session, community_id, new)
        others = await others_between(session, community_id, since, max(until, ends), but=but)
    overlapping = [other for other in others if other.starts_at < ends and other.ends_at > begins]
    days = [(place.country, Moment.at(begins, place.zone).wall.date()) for place in places if place.country]
    return Around(
        lines=hours_around(moment, new.minutes, places),
        shifts=shifts_before(ask.now, moment, places),
        # The calendars of many countries take a while to be read.
        days=await asyncio.to_thread(days_off, days, ask.t.language),
        overlapping=overlapping,
        same_day=[other for other in others if other not in overlapping and other.starts_at < until],
    )


@dataclass(frozen=True, slots=True)
class Doubt:
    """What to think about of one of the later dates of a series.

    Attributes:
        number: which date, from 1.
        moment: when it is.
        overlapping: other webinars of the community at the same time.
        days: public holidays and weekends where those live whom it concerns.
        everywhere: whether all of them have a weekend then.
        night: zones where it is night then, and was not on the first date.
    """

    number: int
    moment: Moment
    overlapping: Sequence[Webinar]
    days: DaysOff
    everywhere: bool
    night: Sequence[str]


async def look_along(ask: Ask, new: NewWebinar, moments: Sequence[Moment]) -> list[Doubt]:
    """Gather what there is to think about of the dates of a series after the first, of which `look_around` tells.

    Args:
        ask: the moderator.
        new: the first webinar.
        moments: all dates, in their order.
    """
    length = timedelta(minutes=new.minutes)
    async with ask.bot.db.read() as session:
        places = await places_concerned(session, ask.community.id, new)
        since, until = moments[0].instant, moments[-1].instant + length
        others = await others_between(session, ask.community.id, since, until)

    def look() -> list[Doubt]:
        at_first = _nights(moments[0], new.minutes, places)
        found: list[Doubt] = []
        for number, moment in enumerate(moments[1:], start=2):
            begins, ends = moment.instant, moment.instant + length
            days = [(place.country, Moment.at(begins, place.zone).wall.date()) for place in places if place.country]
            off = days_off(days, ask.t.language)
            doubt = Doubt(
                number,
                moment,
                [other for other in others if other.starts_at < ends and other.ends_at > begins],
                off,
                bool(days) and {country for country, _ in days} <= set(off.weekends),
                [zone for zone in _nights(moment, new.minutes, places) if zone not in at_first],
            )
            if doubt.overlapping or off.holidays or doubt.everywhere or doubt.night:
                found.append(doubt)
        return found

    # The calendars of many countries and years take a while to be read.
    return await asyncio.to_thread(look)


def _nights(moment: Moment, minutes: int, places: Iterable[Place]) -> list[str]:
    """The zones where it is night, at least in part."""
    lines = hours_around(moment, minutes, places)
    return [place.zone for line in lines if line.hours is Hours.NIGHT for place in line.places]


def warm(now: datetime) -> None:
    """Read what the first look needs, for up to a second: the calendars, and the words of each language."""
    for language in LANGUAGES:
        in_words(now, language)
        in_words(now, language, year=False)
        name_city("Europe/Paris", language)
        countries.name("FR", language)
        days_off([("FR", now.date())], language)


def day_of(moment: Moment) -> tuple[datetime, datetime]:
    """The day on which a webinar begins, where its hour was set: its first moment, and that of the next day (UTC)."""
    zone = ZoneInfo(moment.zone)
    first = datetime.combine(moment.wall.date(), time(), zone)
    following = datetime.combine(moment.wall.date() + timedelta(days=1), time(), zone)
    utc = moment.instant.tzinfo
    return first.astimezone(utc), following.astimezone(utc)


def part_of_day(wall: datetime, minutes: int) -> Hours:
    """What part of the day a webinar takes that begins when the clocks show this, and lasts so long."""
    ends = wall + timedelta(minutes=minutes)
    night_ends = wall.replace(hour=NIGHT_UNTIL, minute=0, second=0, microsecond=0)
    night_begins = night_ends.replace(hour=NIGHT_FROM)
    if wall < night_ends or ends > night_begins:
        return Hours.NIGHT
    work_begins, work_ends = night_ends.replace(hour=WORK_FROM), night_ends.replace(hour=WORK_UNTIL)
    return Hours.WORK if wall >= work_begins and ends <= work_ends else Hours.EDGE


def hours_around(moment: Moment, minutes: int, places: Iterable[Place]) -> list[Line]:
    """What the clocks show around, cities with the same hour together, east first."""
    groups: dict[timedelta, list[Place]] = {}
    walls: dict[timedelta, datetime] = {}
    for place in places:
        there = Moment.at(moment.instant, place.zone)
        walls[there.offset] = there.wall
        groups.setdefault(there.offset, []).append(place)
    return [
        Line(walls[offset], offset, part_of_day(walls[offset], minutes), tuple(groups[offset]))
        for offset in sorted(groups, reverse=True)
    ]


def shifts_before(now: datetime, moment: Moment, places: Iterable[Place]) -> list[Shift]:
    """Which differences from the webinar's own zone change between now and then, those of most cities first."""
    groups: dict[tuple[timedelta, timedelta], list[str]] = {}
    for zone in dict.fromkeys(place.zone for place in places):
        before, after = (
            Moment.at(instant, moment.zone).offset - Moment.at(instant, zone).offset
            for instant in (now, moment.instant)
        )
        if before != after:
            groups.setdefault((before, after), []).append(zone)
    ordered = sorted(groups.items(), key=lambda item: -len(item[1]))
    return [Shift(before, after, tuple(zones)) for (before, after), zones in ordered]


# In words ------------------------------------------------------------------------------------------------------------


def hours_line(t: Texts, line: Line) -> str:
    """What the clocks show, in which cities, and what part of the day that is."""
    named = {Hours.WORK: t("working hours"), Hours.EDGE: t("early or late"), Hours.NIGHT: t("night")}[line.hours]
    shown = f"`{in_words(line.wall, t.language, year=False)} UTC{write_offset(line.offset)}`"
    return f"{SIGNS[line.hours]} {shown} **{named}** · {cities(t, [place.zone for place in line.places])}"


def cities(t: Texts, zones: Iterable[str]) -> str:
    """The names of some cities; of many the first, and how many more there are."""
    return _some(t, [name_city(zone, t.language) for zone in zones])


def warning_lines(t: Texts, around: Around, zone: str) -> list[str]:
    """What to think about, in sentences; what matters most first.

    Args:
        t: the moderator's texts.
        around: what was found.
        zone: the zone in which the hour was set.
    """
    night = [place.zone for line in around.lines if line.hours is Hours.NIGHT for place in line.places]
    lines = [
        t(
            "At the same time: “{title}”, {when}.",
            title=one_line(other.title, 120),
            when=in_words(Moment.at(other.starts_at, zone).wall, t.language, year=False),
        )
        for other in around.overlapping[:LINES]
    ]
    if around.days.holidays:
        named = [f"{_country(t, day.country)} ({one_line(day.name, 60)})" for day in around.days.holidays]
        lines.append(t("Public holiday in: {countries}.", countries=_some(t, named)))
    everywhere = {place.country for line in around.lines for place in line.places} <= set(around.days.weekends)
    if around.days.weekends and everywhere:
        lines.append(t("It falls on a weekend."))
    elif around.days.weekends:
        lines.append(t("It is the weekend in: {countries}.", countries=_names(t, around.days.weekends)))
    if night:
        lines.append(t("It is night (22:00 to 07:00), at least in part, in: {cities}.", cities=cities(t, night)))
    lines += [shift_line(t, shift, zone) for shift in around.shifts[:LINES]]
    if len(around.shifts) > LINES:
        more = [each for shift in around.shifts[LINES:] for each in shift.zones]
        lines.append(t("The difference changes for these as well: {cities}.", cities=cities(t, more)))
    lines += [
        t(
            "On the same day: “{title}”, {when}.",
            title=one_line(other.title, 120),
            when=in_words(Moment.at(other.starts_at, zone).wall, t.language, year=False),
        )
        for other in around.same_day[:LINES]
    ]
    if around.days.unknown:
        lines.append(
            t("Convenor does not know the public holidays of: {countries}.", countries=_names(t, around.days.unknown))
        )
    return lines


def doubt_line(t: Texts, doubt: Doubt) -> str:
    """What to think about of a later date, in one line, as in `3. 14 July, 15:00: public holiday in France`."""
    said = [t("at the same time: “{title}”", title=one_line(other.title, 60)) for other in doubt.overlapping[:1]]
    if doubt.days.holidays:
        holders = [day.country for day in doubt.days.holidays]
        said.append(t("public holiday in {countries}", countries=_names(t, holders)))
    if doubt.everywhere:
        said.append(t("a weekend"))
    if doubt.night:
        said.append(t("by then night in {cities}", cities=cities(t, doubt.night)))
    when = in_words(doubt.moment.wall, t.language)
    return f"{doubt.number}. " + t.pair(when, "; ".join(said))


def shift_line(t: Texts, shift: Shift, zone: str) -> str:
    """What changes with the clocks, as in `from 4 h to 5 h`."""
    return t(
        "The clocks change before then: between {city} and {cities} the difference is {before} now, and {after} then.",
        city=name_city(zone, t.language),
        cities=cities(t, shift.zones),
        before=_length(shift.before),
        after=_length(shift.after),
    )


def _length(difference: timedelta) -> str:
    """A difference of clocks, whichever is ahead: `4 h`, `5 h 30`."""
    hours, minutes = divmod(round(abs(difference).total_seconds() / 60), 60)
    return f"{hours} h" + (f" {minutes:02}" if minutes else "")


def _country(t: Texts, code: str) -> str:
    return countries.name(code, t.language)


def _names(t: Texts, codes: Iterable[str]) -> str:
    return _some(t, [_country(t, code) for code in codes])


def _some(t: Texts, names: Iterable[str]) -> str:
    shown = list(dict.fromkeys(names))
    if len(shown) <= NAMES + 1:
        return ", ".join(shown)
    return t("{names} and {n} more", names=", ".join(shown[:NAMES]), n=len(shown) - NAMES)
