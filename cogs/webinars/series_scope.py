"""For which dates of a series a change goes, and what each of them becomes."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.ask import Ask
from bot.authorize import not_found
from bot.errors import Refusal
from cogs.webinars import rules
from cogs.webinars.editing import filled
from cogs.webinars.series_dates import CHOICES
from data.drafts import Draft
from data.webinars import NewWebinar, Webinar
from data.webinars.records import as_new
from data.webinars.rhythms import Chosen, Slot, decide, slot_at
from data.webinars.series import Occurrence, occurrence_of, occurrences_of_series, webinars_of_series
from data.webinars.series_changing import OccurrenceChange, differing

ONE = "one"
FOLLOWING = "following"
AHEAD = "ahead"
SCOPES = (FOLLOWING, AHEAD)
# A field of a draft: whether those that were moved on their own are moved too.
APART = "apart"


@dataclass(frozen=True, slots=True)
class Target:
    """A date that a correction goes for.

    Attributes:
        webinar: as it is published.
        new: as it would be.
        chosen: when it would be, where it would be moved; None where it stays.
        wall_time: what the rhythm gives from now on; None where it stays.
        apart: whether it stays because it was moved on its own before.
    """

    webinar: Webinar
    new: NewWebinar
    chosen: Chosen | None = None
    wall_time: datetime | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Wide:
    """A correction of several dates.

    Attributes:
        targets: the dates; first the one that the moderator looked at.
        fields: the names of what changes, the moment apart.
        moved: whether dates are moved.
        aparts: how many dates were moved on their own before.
    """

    targets: tuple[Target, ...]
    fields: tuple[str, ...]
    moved: bool
    aparts: int

    @property
    def open(self) -> Slot | None:
        """The first date that somebody has to decide about; None where there is none."""
        waiting = (one.chosen.slot for one in self.targets if one.chosen is not None and one.chosen.open)
        return next(waiting, None)

    @property
    def changes(self) -> list[OccurrenceChange]:
        """What would be saved: those that stay entirely as they are need not be."""
        return [
            OccurrenceChange(one.webinar.id, one.webinar.version, one.new, one.wall_time)
            for one in self.targets
            if self.fields or one.new.moment != one.webinar.moment
        ]

    @property
    def digest(self) -> str:
        """Eight figures that change with anything that would be saved."""
        return hashlib.sha256(repr(self.changes).encode()).hexdigest()[:8]


async def widened(ask: Ask, webinar: Webinar, draft: Draft | None, scope: str) -> Wide:
    """What a correction comes to where it goes for more dates of the series.

    What the moderator changed is changed on each of them; what they left alone stays what it is on each. A new hour is
    meant for the clock on the wall: each date has it in its own offset from UTC.

    Raises:
        Refusal: it is no series, the scope is none, a field cannot be taken, or a date would be in the past.
        WhenFault: the date and time cannot be taken as they are.
    """
    typed = filled(webinar, draft)
    new = rules.propose(typed, ask.t.language, webinar.zone, ask.now, webinar.moment)
    places, several = await _of_series(ask, webinar)
    place = places.get(webinar.id)
    if place is None or scope not in SCOPES:
        raise not_found()
    changed, moved = differing(webinar, new), new.moment != webinar.moment
    decided: dict[str, str] = typed.get(CHOICES) or {}
    days = (new.moment.wall.date() - place.wall_time.date()) if moved else timedelta()
    targets = [Target(webinar, new, None, new.moment.wall if moved else None)]
    for other in in_scope(webinar, places, several, scope, ask.now):
        its = places[other.id]
        base = replace(as_new(other), **changed, notify=new.notify)
        if not moved or (its.apart and typed.get(APART) != "yes"):
            targets.append(Target(other, base, apart=moved and its.apart))
            continue
        wall = datetime.combine(its.wall_time.date() + days, new.moment.wall.time())
        chosen = decide(slot_at(wall, new.moment.zone), decided)
        moment = chosen.moment or other.moment
        if moment != other.moment and moment.instant <= ask.now:
            raise Refusal("One of the dates would then be in the past. Change fewer dates, or choose another hour.")
        targets.append(Target(other, replace(base, moment=moment), chosen, wall if chosen.moment is not None else None))
    aparts = sum(places[one.webinar.id].apart for one in targets[1:])
    return Wide(tuple(targets), tuple(changed), moved, aparts)


def in_scope(
    webinar: Webinar, places: dict[int, Occurrence], several: list[Webinar], scope: str, now: datetime
) -> list[Webinar]:
    """The other webinars of a series for which a change goes: those that are ahead, later in number if only they."""
    number = places[webinar.id].number
    return [
        one
        for one in several
        if one.id != webinar.id
        and not one.cancelled
        and one.starts_at > now
        and (scope == AHEAD or places[one.id].number > number)
    ]


async def scopes(ask: Ask, webinar: Webinar) -> list[tuple[str, str, int]]:
    """For how many dates a change of a webinar can go beside this one.

    Returns:
        The scope, what a button for it says, and how many dates it has. Those that come to the same are told once.
    """
    places, several = await _of_series(ask, webinar)
    if webinar.id not in places:
        return []
    t = ask.t
    following = 1 + len(in_scope(webinar, places, several, FOLLOWING, ask.now))
    ahead = 1 + len(in_scope(webinar, places, several, AHEAD, ask.now))
    found: list[tuple[str, str, int]] = []
    if following > 1:
        found.append((FOLLOWING, t("This and the following ({n})", n=following), following))
    if ahead > following:
        found.append((AHEAD, t("All that are ahead ({n})", n=ahead), ahead))
    return found


async def _of_series(ask: Ask, webinar: Webinar) -> tuple[dict[int, Occurrence], list[Webinar]]:
    """The series of a webinar: its occurrences by webinar, and its webinars; nothing where it is single."""
    async with ask.bot.db.read() as session:
        place = await occurrence_of(session, ask.community.id, webinar.id)
        if place is None:
            return {}, []
        places = await occurrences_of_series(session, ask.community.id, place.series_id)
        several = await webinars_of_series(session, ask.community.id, place.series_id)
    return {one.webinar_id: one for one in places}, several
