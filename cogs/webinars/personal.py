"""Reminders that a person asks for themselves: how they stand, and changing them."""

from collections.abc import Mapping
from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Standing
from bot.buttons import Button, row
from bot.forms import Form, OpenForm, Typed
from bot.languages import Texts
from cogs.webinars.offsets import OFFSETS_LIMIT, offsets_text, read_offsets, write_offsets
from cogs.webinars.rules import chosen
from data.webinars import GOING, MAYBE
from data.webinars.reminding import (
    PersonalReminders,
    personal_reminders,
    set_personal_reminders,
    stop_personal_reminders,
    take_undelivered,
)

# What a person gets who presses the button and says nothing else.
DEFAULT_OFFSETS = (86_400, 3_600)


class RemindMe(Button, custom_id="webinar:remindme"):
    """Turns a person's own reminders on, as they last chose them."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Note it, and say how it stands now."""
        async with ask.bot.db.begin() as session:
            kept = await personal_reminders(session, ask.community.id, ask.actor.user_id)
            await set_personal_reminders(
                session,
                ask.community.id,
                ask.actor.user_id,
                offsets=kept.offsets if kept else DEFAULT_OFFSETS,
                maybe=kept.maybe if kept else False,
                language=ask.t.language,
                now=ask.now,
            )
        await show_reminders(ask)


class StopReminding(Button, custom_id="webinar:remindoff:{community}"):
    """Turns a person's own reminders off: from the server, or from the direct message itself."""

    needs = Standing.VISITOR

    async def pressed(self, ask: Ask) -> None:
        """Note it, and say how to have them again."""
        async with ask.bot.db.begin() as session:
            await stop_personal_reminders(session, ask.community.id, ask.actor.user_id, ask.now)
        await ask.answer(
            ask.t("You get no more reminders by direct message. With /webinar reminders you can have them again.")
        )


class MyReminders(Button, custom_id="webinar:reminders"):
    """Shows a person's own reminders."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Show them, privately."""
        await show_reminders(ask)


class ReminderForm(Form, custom_id="webinar:mine"):
    """When a person wants to be reminded."""

    needs = Standing.MEMBER

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Give the form its fields, filled with what the person chose before."""
        t = ask.t
        async with ask.bot.db.read() as session:
            kept = await personal_reminders(session, ask.community.id, ask.actor.user_id)
        offsets = kept.offsets if kept else DEFAULT_OFFSETS
        maybe = "yes" if kept and kept.maybe else "no"
        typed = {"offsets": write_offsets(offsets), "maybe": maybe} | dict(typed)
        self.title = t("My reminders")
        self.text(
            "offsets",
            t("How long before"),
            typed,
            description=t("d for days, h for hours, m for minutes; 0 is the start itself."),
            placeholder="24h 1h",
            most=OFFSETS_LIMIT,
        )
        self.choice(
            "maybe",
            t("Of which webinars"),
            [("no", t("Those I am going to")), ("yes", t("Also those I might come to"))],
            typed,
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Note it, and say how it stands now."""
        offsets = read_offsets(typed.get("offsets"))
        user_id, maybe = ask.actor.user_id, chosen(typed.get("maybe")) == "yes"
        async with ask.bot.db.begin() as session:
            if offsets:
                chose: dict[str, Any] = {"offsets": offsets, "maybe": maybe, "language": ask.t.language}
                await set_personal_reminders(session, ask.community.id, user_id, **chose, now=ask.now)
            else:
                await stop_personal_reminders(session, ask.community.id, user_id, ask.now)
        await show_reminders(ask)


async def show_reminders(ask: Ask) -> None:
    """How a person's own reminders stand, with what they can do about them."""
    t, user_id = ask.t, ask.actor.user_id
    async with ask.bot.db.begin() as session:
        undelivered = await take_undelivered(session, ask.community.id, user_id)
        kept = await personal_reminders(session, ask.community.id, user_id)
    choose = OpenForm(t("Choose when"), form="webinar:mine")
    if kept is not None and kept.active:
        stop = StopReminding(t("Stop"), style=discord.ButtonStyle.danger, community=ask.community.id)
        await ask.answer(on_line(t, kept), view=row(choose, stop))
        return
    lines = [undelivered_line(t)] if undelivered else [t("You get no reminders by direct message.")]
    lines.append(t("Everyone is reminded in the channel for webinars anyway."))
    await ask.answer("\n".join(lines), view=row(remind_me(t), choose))


async def after_answer(ask: Ask, answer: str | None) -> tuple[list[str], list[Button]]:
    """What a person who has just answered should know about reminders of their own, and what they can press.

    Args:
        ask: the person.
        answer: what is put down for them now.

    Returns:
        Lines and buttons to add to the answer; none where there is nothing to say.
    """
    async with ask.bot.db.begin() as session:
        undelivered = await take_undelivered(session, ask.community.id, ask.actor.user_id)
        kept = await personal_reminders(session, ask.community.id, ask.actor.user_id)
    t = ask.t
    if undelivered:
        return [undelivered_line(t)], [remind_me(t)]
    reminded = answer == GOING or (answer == MAYBE and kept is not None and kept.maybe)
    if not reminded:
        return [], []
    if kept is not None and kept.active:
        return [on_line(t, kept)], [MyReminders(t("My reminders"))]
    return [], [remind_me(t)]


def remind_me(t: Texts) -> RemindMe:
    """The button that turns reminders on."""
    return RemindMe(t("Remind me by direct message"), style=discord.ButtonStyle.primary)


def on_line(t: Texts, kept: PersonalReminders) -> str:
    """When a person is reminded, in a sentence."""
    when = offsets_text(t, kept.offsets)
    if kept.maybe:
        return t("You are reminded by direct message of what you are going to or might come to: {when}.", when=when)
    return t("You are reminded by direct message of what you are going to: {when}.", when=when)


def undelivered_line(t: Texts) -> str:
    """What a person is told, once, whom Discord gave no message."""
    return t(
        "Your reminders are off: Discord did not let Convenor send you a direct message. Allow direct messages in the "
        "privacy settings of this server, then turn them on again."
    )
