"""Correcting several dates of a series at once: which they are, what each becomes, asked about where clocks change."""

from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Standing, authorize
from bot.buttons import Button, row
from bot.forms import OpenForm
from bot.languages import Texts
from bot.render import ACCENT, cut, one_line
from cogs.webinars.announce import show
from cogs.webinars.detail_cards import too_few
from cogs.webinars.editing import (
    EDIT,
    EDIT_DRAFT,
    begun,
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
from cogs.webinars.series_scope import APART, ONE, Wide, scopes, widened
from data.drafts import delete_draft
from data.wall_time import WhenFault, in_words
from data.webinars import FewerPlacesFault, Webinar
from data.webinars.rhythms import EARLIER, LATER, OUT, Slot
from data.webinars.series_changing import (
    ChangedMeanwhile,
    SeriesChanged,
    edit_series,
)


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


async def widening(ask: Ask, webinar: Webinar) -> list[Wider]:
    """The buttons that let a correction go for more dates; none where the webinar is single, or the last."""
    return [
        Wider(said, style=discord.ButtonStyle.primary, webinar=webinar.id, version=webinar.version, scope=scope)
        for scope, said, _ in await scopes(ask, webinar)
    ]


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
