"""The server's own events kept in step: what people change or delete in Discord is found, and moderators are asked."""

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import discord
from discord.ext import commands
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.ask import Ask
from bot.authorize import Standing, authorize
from bot.buttons import Button, row
from bot.delivery import Post, Rendered, Skip
from bot.errors import Refusal
from bot.languages import Texts, texts
from bot.logs import describe
from bot.render import ACCENT, clean, cut, label, one_line
from bot.supervisor import Alarm
from cogs.webinars import rules
from cogs.webinars.cancelling import ask_to_cancel
from cogs.webinars.cards import jump_url, moment_text
from cogs.webinars.editing import EDIT, begin_edit, review_edit
from cogs.webinars.events import differs, moved_to
from cogs.webinars.kinds import WebinarKind
from cogs.webinars.views import closed, key_of
from data import webinars
from data.communities import Community
from data.deliveries import Delivery, list_for_subject
from data.wall_time import Moment
from data.webinars import Webinar

log = logging.getLogger("convenor.events")

EVERY = 600.0


class PutBack(Button, custom_id="webinar:event:back:{webinar}"):
    """Brings the server's event back to what was published."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Make the event again or change it back, if it still differs."""
        key = key_of(self.values["webinar"])
        webinar, event = await _now(ask, key)
        difference = differs(webinar, event)
        if difference is None or webinar.event_id is None:
            await settle(ask, webinar, ask.t("The server event is as published again."))
            return
        async with ask.bot.db.begin() as session:
            await authorize(session, ask.actor, EDIT, key)
            done = await webinars.put_event_back(
                session,
                ask.community.id,
                key,
                webinar.event_id,
                gone=difference == "gone",
                by=ask.actor.user_id,
                now=ask.now,
            )
        if done is None:
            raise Refusal("It has changed meanwhile. Look at it again.")
        await settle(ask, webinar, ask.t("The server event “{title}” is restored.", title=one_line(webinar.title, 200)))


class TakeOver(Button, custom_id="webinar:event:take:{webinar}"):
    """Takes what was changed in Discord over into the webinar, after a look at it."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Show what would be saved; of a deleted event, ask whether the webinar is cancelled."""
        key = key_of(self.values["webinar"])
        webinar, event = await _now(ask, key)
        difference = differs(webinar, event)
        if difference is None:
            await settle(ask, webinar, ask.t("The server event is as published again."))
        elif difference == "gone" or event is None:
            await ask_to_cancel(ask, key, "")
        else:
            webinar, _ = await begin_edit(ask, key, taken_over(webinar, event))
            await review_edit(ask, key, webinar.version)


def taken_over(webinar: Webinar, event: discord.ScheduledEvent) -> dict[str, str]:
    """The fields of the forms in which the server's event differs from the webinar."""
    fields: dict[str, str] = {}
    if event.name != label(webinar.title, 100):
        fields["title"] = clean(event.name)
    if event.start_time != webinar.starts_at:
        fields["when"] = rules.phrase_of(Moment.at(event.start_time, webinar.zone))
        fields["zone"] = webinar.zone
    place = moved_to(webinar, event)
    if place is not None:
        fields["place"] = clean(place)
    if event.end_time is not None and event.end_time != webinar.ends_at:
        fields["minutes"] = str(round((event.end_time - event.start_time).total_seconds() / 60))
    return fields


async def _now(ask: Ask, key: int) -> tuple[Webinar, discord.ScheduledEvent | None]:
    """A webinar that is ahead, and its event as Discord has it now.

    Raises:
        Refusal: there is no such webinar here, it was cancelled, or has begun.
    """
    async with ask.bot.db.read() as session:
        webinar = await authorize(session, ask.actor, EDIT, key)
    if webinar.cancelled or webinar.ends_at <= ask.now:
        raise closed(webinar)
    if webinar.starts_at <= ask.now:
        raise Refusal("“{title}” has begun.", title=one_line(webinar.title, 200))
    if webinar.event_id is None:
        return webinar, None
    try:
        return webinar, await ask.guild.fetch_scheduled_event(webinar.event_id, with_counts=False)
    except discord.NotFound:
        return webinar, None


async def settle(ask: Ask, webinar: Webinar, text: str) -> None:
    """Say what became of it on the moderators' card, which then asks no more."""
    source = ask.interaction.message
    async with ask.bot.db.read() as session:
        rows = await list_for_subject(session, ask.community.id, webinar.subject)
    # A forged press names any message together with any button: it must not rewrite what others read.
    if source is None or source.id not in {row.message_id for row in rows if row.kind == webinars.EVENT_DIFFERS}:
        await ask.answer(text)
        return
    said = f"{text} — {ask.interaction.user.mention}"
    await ask.update(said, shared=True, embeds=source.embeds)


class EventDiffers(WebinarKind):
    """Tells the moderators what differs, and asks what is right."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """A card in the community's first language; the webinar stays as it is until somebody decides."""
        if webinar.cancelled:
            return Skip("cancelled")
        event_id, start = delivery.details.get("event"), delivery.details.get("start")
        if webinar.event_id != event_id or webinar.starts_at <= bot.clock():
            return Skip("over" if webinar.starts_at <= bot.clock() else "replanned")
        guild = bot.get_guild(community.id)
        event = guild.get_scheduled_event(webinar.event_id or 0) if guild else None
        if event is not None and differs(webinar, event) is None:
            # The connection never told of the change: what it knows of the event is of no use here.
            event = None
        t = texts(community.languages[0])
        there = None if start is None else datetime.fromtimestamp(start, UTC)
        take = t("Cancel the webinar") if there is None else t("Use the event's details")
        buttons = [
            PutBack(t("Restore the event"), style=discord.ButtonStyle.primary, webinar=webinar.id),
            TakeOver(take, webinar=webinar.id),
        ]
        return Post(row(*buttons), embeds=[differs_card(t, webinar, there, event)])


def differs_card(
    t: Texts, webinar: Webinar, there: datetime | None, event: discord.ScheduledEvent | None
) -> discord.Embed:
    """What differs between a webinar and its event.

    Args:
        t: the moderators' texts.
        webinar: as it was published.
        there: when the event begins (UTC), None where it was deleted.
        event: the event, where the connection has told of it.
    """
    title = one_line(webinar.title, 200)
    if there is None:
        card = discord.Embed(title=t("The server event was deleted"), colour=ACCENT)
        said = t(
            "Somebody deleted or cancelled the server event “{title}”. The webinar itself is still on, and its "
            "reminders go out. Is it cancelled?",
            title=title,
        )
    else:
        card = discord.Embed(title=t("The server event was changed"), colour=ACCENT)
        said = t("The server event “{title}” differs from what was published. Which one is right?", title=title)
    card.description = said
    card.url = jump_url(webinar.community_id, webinar.announcement_channel_id, webinar.announcement_id)
    card.add_field(name=t("Published"), value=moment_text(webinar.starts_at), inline=False)
    if there is not None:
        lines = [moment_text(there)]
        if event is not None and event.name != label(webinar.title, 100):
            lines.insert(0, one_line(event.name, 200))
        place = moved_to(webinar, event) if event is not None else None
        if place is not None:
            lines.append(one_line(place, 200))
        if event is not None and event.end_time is not None:
            length = round((event.end_time - event.start_time).total_seconds() / 60)
            lines.append(f"{length} min")
        card.add_field(name=t("In the server event"), value=cut("\n".join(lines), 1024), inline=False)
    return card


@dataclass(slots=True)
class Reconciler:
    """Compares the server's events with what was published: on start, every ten minutes, and when one is touched."""

    bot: Convenor
    alarm: Alarm = field(default_factory=Alarm)

    async def run(self) -> None:
        """Look, for ever."""
        await self.bot.wait_until_ready()
        # A host who has the bot look for its work more rarely has it look for this more rarely too.
        rest = max(EVERY, self.bot.settings.poll_seconds)
        while True:
            for guild in list(self.bot.guilds):
                await self.look(guild)
            await self.alarm.sleep(rest)

    async def look(self, guild: discord.Guild) -> None:
        """Compare the events of one server. What Discord does not answer now is looked at next time."""
        if guild.unavailable:
            return
        now = self.bot.clock()
        async with self.bot.db.read() as session:
            ahead = await webinars.upcoming(session, guild.id, now=now)
        watched = [webinar for webinar in ahead if webinar.event_id is not None and webinar.starts_at > now]
        if not watched:
            return
        try:
            events = {event.id: event for event in await guild.fetch_scheduled_events(with_counts=False)}
        except discord.HTTPException as error:
            log.warning("the events of server %s could not be looked at\n%s", guild.id, describe(error))
            return
        for webinar in watched:
            event = events.get(webinar.event_id or 0)
            difference = differs(webinar, event)
            if difference is None or webinar.event_id is None:
                continue
            start = event.start_time if event is not None and difference != "gone" else None
            async with self.bot.db.begin() as session:
                await webinars.plan_event_card(session, webinar, webinar.event_id, start, difference, self.bot.clock())


class NativeEvents(commands.Cog):
    """Hears of changes to the server's events."""

    def __init__(self, reconciler: Reconciler) -> None:
        self._reconciler = reconciler

    @commands.Cog.listener()
    async def on_scheduled_event_delete(self, _event: discord.ScheduledEvent) -> None:
        """Look whether it was a webinar's."""
        self._reconciler.alarm.ring()

    @commands.Cog.listener()
    async def on_scheduled_event_update(self, _before: Any, _after: discord.ScheduledEvent) -> None:
        """Look whether it was a webinar's."""
        self._reconciler.alarm.ring()
