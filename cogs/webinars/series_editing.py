"""Correcting several dates of a series at once: which they are, what each becomes, asked about where clocks change."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Standing, authorize, not_found
from bot.buttons import Button, row
from bot.errors import Refusal
from bot.forms import OpenForm
from bot.languages import Texts
from bot.render import ACCENT, cut, one_line
from cogs.webinars import rules
from cogs.webinars.announce import show
from cogs.webinars.detail_cards import too_few
from cogs.webinars.editing import (
    EDIT,
    EDIT_DRAFT,
    begun,
    filled,
    outdated,
    review_edit,
    save_edit,
    subject,
)
from cogs.webinars.keys import key_of
from cogs.webinars.proof import Deliveries
from cogs.webinars.repeating import check_choice
from cogs.webinars.series_cards import struck
from cogs.webinars.series_dates import CHOICES, clocks_text, wall_text
from data.drafts import Draft, delete_draft
from data.wall_time import WhenFault, in_words
from data.webinars import FewerPlacesFault, NewWebinar, Webinar
from data.webinars.rhythms import EARLIER, LATER, OUT, Chosen, Slot, decide, slot_at
from data.webinars.series import Occurrence, occurrence_of, occurrences_of_series, webinars_of_series
from data.webinars.series_changing import (
    ChangedMeanwhile,
    OccurrenceChange,
    SeriesChanged,
    as_new,
    differing,
    edit_series,
)

ONE = "one"
FOLLOWING = "following"
AHEAD = "ahead"
SCOPES = (FOLLOWING, AHEAD)
# A field of a draft: whether those that were moved on their own are moved too.
APART = "apart"


class Wider(Button, custom_id="webinar:series:edit:{webinar}:{version}:{scope}"):
    """Shows what changes if a correction goes for more dates of the series, or for one only again."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Show it; nothing is saved yet."""
        key, version, scope = key_of(self.values["webinar"]), key_of(self.values["version"]), self.values["scope"]
        if scope == ONE:
            await review_edit(ask, key, version)
        else:
            await review_series_edit(ask, key, version, scope)


class DateChoice(Button, custom_id="webinar:series:editat:{webinar}:{version}:{scope}:{slot}:{choice}"):
    """Decides about a date whose new hour the clocks skip, or show twice."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Note the choice, and ask about the next, or show what would be saved."""
        key, version = key_of(self.values["webinar"]), key_of(self.values["version"])
        slot, choice = self.values["slot"], self.values["choice"]
        check_choice(slot, choice)
        _, draft = await begun(ask, key, version)
        decided: dict[str, str] = (draft.data.get(CHOICES) if draft else None) or {}
        async with ask.bot.db.begin() as session:
            await save_edit(session, ask, key, version, {CHOICES: {**decided, slot: choice}})
        await review_series_edit(ask, key, version, self.values["scope"])


class MoveApart(Button, custom_id="webinar:series:apart:{webinar}:{version}:{scope}:{move}"):
    """Moves those dates too that were moved on their own before, or leaves them again."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Note it, and show what would be saved."""
        key, version = key_of(self.values["webinar"]), key_of(self.values["version"])
        await begun(ask, key, version)
        async with ask.bot.db.begin() as session:
            await save_edit(session, ask, key, version, {APART: "yes" if self.values["move"] == "yes" else "no"})
        await review_series_edit(ask, key, version, self.values["scope"])


class SaveSeries(Button, custom_id="webinar:series:save:{webinar}:{version}:{scope}:{digest}"):
    """Publishes what the preview shows for several dates."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Save all of it, once; if somebody else was quicker, say so and keep what was typed."""
        key, version, scope = key_of(self.values["webinar"]), key_of(self.values["version"]), self.values["scope"]
        webinar, draft = await begun(ask, key, version)
        if webinar.version != version:
            await outdated(ask, webinar, version)
            return
        try:
            wide = await widened(ask, webinar, draft, scope)
        except WhenFault:
            await review_edit(ask, key, version)
            return
        if wide.open is not None or wide.digest != self.values["digest"]:
            await review_series_edit(ask, key, version, scope, changed=True)
            return
        await ask.defer(thinking=False)
        try:
            async with ask.bot.db.begin() as session:
                await authorize(session, ask.actor, EDIT, key)
                done = await edit_series(session, ask.community, wide.changes, by=ask.actor.user_id, now=ask.now)
                await delete_draft(session, ask.community.id, ask.actor.user_id, EDIT_DRAFT, subject(key, version))
        except ChangedMeanwhile:
            await review_series_edit(ask, key, version, scope, changed=True)
            return
        except FewerPlacesFault as fault:
            raise too_few(fault.taken) from fault
        deliveries = Deliveries(ask.t("What goes out, and when"), webinar=key)
        await ask.update(saved_series(ask.t, webinar, done), view=row(deliveries))


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


async def widening(ask: Ask, webinar: Webinar) -> list[Wider]:
    """The buttons that let a correction go for more dates; none where the webinar is single, or the last."""
    return [
        Wider(said, style=discord.ButtonStyle.primary, webinar=webinar.id, version=webinar.version, scope=scope)
        for scope, said, _ in await scopes(ask, webinar)
    ]


async def _of_series(ask: Ask, webinar: Webinar) -> tuple[dict[int, Occurrence], list[Webinar]]:
    """The series of a webinar: its occurrences by webinar, and its webinars; nothing where it is single."""
    async with ask.bot.db.read() as session:
        place = await occurrence_of(session, ask.community.id, webinar.id)
        if place is None:
            return {}, []
        places = await occurrences_of_series(session, ask.community.id, place.series_id)
        several = await webinars_of_series(session, ask.community.id, place.series_id)
    return {one.webinar_id: one for one in places}, several


async def review_series_edit(ask: Ask, key: int, version: int, scope: str, *, changed: bool = False) -> None:
    """Show what would be saved for several dates, or ask what was meant. Only the moderator sees it.

    Args:
        ask: the moderator.
        key: the webinar that they looked at.
        version: as they saw it.
        scope: for which other dates the correction goes.
        changed: whether something has changed since they looked last.

    Raises:
        Refusal: a field cannot be taken, or the webinar can be changed no more.
    """
    webinar, draft = await begun(ask, key, version)
    if webinar.version != version:
        await outdated(ask, webinar, version)
        return
    try:
        wide = await widened(ask, webinar, draft, scope)
    except WhenFault:
        await review_edit(ask, key, version)
        return
    t = ask.t
    places: dict[str, Any] = {"webinar": key, "version": version, "scope": scope}
    back = Wider(t("This date only"), webinar=key, version=version, scope=ONE)
    change = OpenForm(t("Change the text or time"), form=f"webinar:edit:{key}:{version}")
    if wide.open is not None:
        slot = wide.open
        asked = f"**{in_words(slot.wall, t.language)}**\n{clocks_text(t, slot)}"
        readings = [DateChoice(shown, **places, slot=slot.key, choice=choice) for shown, choice in _choices(t, slot)]
        await show(ask, asked, row(*readings, back), [wide_card(t, wide)])
        return
    if not wide.changes:
        await show(ask, t("Nothing has changed yet."), row(change, back))
        return
    save = t.plural("Save for {n} date", "Save for {n} dates", len(wide.changes))
    buttons: list[Button] = [SaveSeries(save, style=discord.ButtonStyle.success, digest=wide.digest, **places)]
    if wide.moved and wide.aparts:
        moving = any(one.apart for one in wide.targets)
        said = t("Move those too that were moved on their own") if moving else t("Leave those moved on their own")
        buttons.append(MoveApart(said, **places, move="yes" if moving else "no"))
    heading = (
        t("The series has changed meanwhile; your changes are not lost. This is what would be saved now:")
        if changed
        else t("Nothing has been saved yet. This is what would change:")
    )
    await show(ask, heading, row(*buttons, change, back), [wide_card(t, wide)])


def _choices(t: Texts, slot: Slot) -> list[tuple[str, str]]:
    first, second = slot.moments
    return [
        (wall_text(t, first)[:80], EARLIER),
        (wall_text(t, second)[:80], LATER),
        (t("Leave this date as it is"), OUT),
    ]


def wide_card(t: Texts, wide: Wide) -> discord.Embed:
    """Every date that a correction goes for: the old hour struck, then the new; and what else changes on all."""
    total = len(wide.targets)
    card = discord.Embed(title=t.plural("The series: {n} date", "The series: {n} dates", total), colour=ACCENT)
    lines: list[str] = []
    for one in wide.targets:
        line = discord.utils.format_dt(one.webinar.starts_at, "F")
        if one.new.moment.instant != one.webinar.starts_at:
            line = f"{struck(one.webinar.starts_at, cancelled=True)} → **{wall_text(t, one.new.moment)}**"
        elif one.chosen is not None and one.chosen.open:
            line += " → " + t.pair(in_words(one.chosen.slot.wall, t.language), f"**{t('to be decided')}**")
        elif one.apart:
            line += " (" + t("stays: it was moved on its own") + ")"
        lines.append(f"- {line}")
    card.description = cut("\n".join(lines), 4000)
    if wide.fields:
        first = wide.targets[0]
        names = {
            "title": t("Title"),
            "speakers": t("Speakers"),
            "description": t("What it is about"),
            "link": t("Link to join"),
            "minutes": t("Length in minutes"),
        }
        said = list(dict.fromkeys(names.get(name, t("Other details")) for name in wide.fields))
        value = t.list(said)
        if "title" in wide.fields:
            value += "\n" + one_line(first.new.title, 200)
        card.add_field(name=t("Also changes on each of them"), value=cut(value, 1024), inline=False)
    return card


def saved_series(t: Texts, webinar: Webinar, done: SeriesChanged) -> str:
    """What a moderator is told once the changes of several dates are saved."""
    saved = t.plural(
        "Saved: “{title}”, {n} date.",
        "Saved: “{title}”, {n} dates.",
        len(done.webinars),
        title=one_line(webinar.title, 200),
    )
    if done.moved:
        told = t.plural(
            "The new times are posted in the channel, and {n} person who is going is told directly.",
            "The new times are posted in the channel, and {n} people who are going are told directly.",
            done.told,
        )
    elif done.told:
        told = t.plural(
            "{n} person who is going gets the new link directly; nothing is posted.",
            "{n} people who are going get the new link directly; nothing is posted.",
            done.told,
        )
    else:
        told = t("The announcement is changed; nobody is told.")
    return f"{saved} {told}"
