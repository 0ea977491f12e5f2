"""What reminds one person who asked for it, and one more reminder that a moderator sends to everyone."""

from collections.abc import Callable
from datetime import datetime, timedelta

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.ask import Ask
from bot.authorize import Action, Standing, authorize, by_moderators, not_found
from bot.buttons import Button, row
from bot.delivery import Post, Rendered, Skip
from bot.errors import Refusal
from bot.languages import Texts, texts
from bot.render import one_line
from cogs.webinars.cards import jump_url, moment_text
from cogs.webinars.detail_cards import where_text
from cogs.webinars.keys import closed, key_of
from cogs.webinars.kinds import WebinarKind, reader
from cogs.webinars.offsets import LONGEST_DAYS, before, read_offsets
from cogs.webinars.personal import StopReminding
from cogs.webinars.proof import Deliveries
from cogs.webinars.rules import is_late
from cogs.webinars.views import GiveLink
from data import webinars
from data.communities import Community, get_preference
from data.deliveries import Delivery
from data.webinars import GOING, Webinar
from data.webinars.planning import half_over, offsets_of
from data.webinars.reminding import (
    MOST_REMINDERS,
    add_reminder,
    later_is_due,
    personal_reminders,
    remind_now,
    stop_personal_reminders,
    wants_reminder,
)

NOW = "now"
# How long a confirmation is good for.
CONFIRM_WITHIN = timedelta(hours=1)
# A second that every calendar knows; a forged button may name a later one.
LATEST = 2**33

REMIND = Action("webinar.remind", webinars.get, by_moderators)


class DirectLink(GiveLink, custom_id="webinar:mylink:{community}:{webinar}"):
    """Gives the link from within a direct message."""


class PersonalReminder(WebinarKind):
    """A reminder to one person who asked for it, in their language. The link is behind a button, for those who come."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """The reminder, unless a later one is due as well, or the person has changed their mind."""
        now, user_id = bot.clock(), int(delivery.target.partition(":")[2])
        if webinar.cancelled:
            return Skip("cancelled")
        if half_over(webinar.starts_at, webinar.minutes) < now:
            return Skip("over")
        found = await reader(bot, session, community, delivery)
        if found is None:
            return Skip("left")
        if not await wants_reminder(session, webinar, user_id):
            return Skip("not wanted")
        if await later_is_due(session, delivery, now):
            return Skip("superseded")
        t, guild = found
        kept = await personal_reminders(session, community.id, user_id)
        preference = await get_preference(session, community.id, user_id)
        if kept is not None and (preference is None or preference.language is None):
            t = texts(kept.language)
        line = personal_text(t, webinar, now)
        view = row()
        if webinar.link and await webinars.rsvp_of(session, webinar.id, user_id) == GOING:
            link = DirectLink(t("Link"), style=discord.ButtonStyle.success, community=community.id, webinar=webinar.id)
            view.add_item(link)
        url = jump_url(community.id, webinar.announcement_channel_id, webinar.announcement_id)
        if url is not None:
            view.add_item(discord.ui.Button(label=t("Announcement"), url=url))
        view.add_item(StopReminding(t("Stop these reminders"), community=community.id))
        note = "late" if is_late(delivery.due_at, now) else None
        return Post(view, f"{line}\n— {one_line(guild.name, 100)}", note=note)

    async def failed(self, session: AsyncSession, delivery: Delivery, reason: str) -> bool:
        """Try no more; the person is told when they next ask for something. It is no matter of the moderators'."""
        user_id = int(delivery.target.partition(":")[2])
        await stop_personal_reminders(session, delivery.community_id, user_id, self._clock(), undelivered=True)
        return True


def personal_text(t: Texts, webinar: Webinar, now: datetime) -> str:
    """What reminds a person of a webinar, worded for the time it really is, and where one goes."""
    title, when = one_line(webinar.read_in(t.language).title, 200), moment_text(webinar.starts_at)
    if now < webinar.starts_at:
        line = t("Reminder: “{title}” begins {when}.", title=title, when=when)
    else:
        line = t("“{title}” has begun: {when}.", title=title, when=when)
    where = where_text(webinar)
    return f"{line}\n{t.pair(t('Where'), where)}" if where else line


class SendReminder(Button, custom_id="webinar:remind:{webinar}:{version}:{offset}:{asked}"):
    """Sends one more reminder to everyone, or plans it."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Do it, once, and say what happens."""
        key, version = key_of(self.values["webinar"]), key_of(self.values["version"])
        asked_at = datetime.fromtimestamp(min(key_of(self.values["asked"]), LATEST), ask.now.tzinfo)
        offset = None if self.values["offset"] == NOW else key_of(self.values["offset"])
        if offset is not None and offset > LONGEST_DAYS * 86_400:
            raise not_found()
        async with ask.bot.db.begin() as session:
            webinar = await authorize(session, ask.actor, REMIND, key)
            check_time(ask, webinar, offset)
            if not ask.now - CONFIRM_WITHIN <= asked_at <= ask.now + CONFIRM_WITHIN or webinar.version != version:
                raise Refusal("It has changed meanwhile. Look at it again.")
            if offset is None:
                await remind_now(session, webinar, asked_at=asked_at, by=ask.actor.user_id, now=ask.now)
            else:
                done = await add_reminder(
                    session, ask.community, key, offset, version=version, by=ask.actor.user_id, now=ask.now
                )
                if done is None:
                    raise Refusal("It has changed meanwhile. Look at it again.")
        said = ask.t("The reminder is on its way.") if offset is None else ask.t("The reminder is planned.")
        await ask.update(said, view=row(Deliveries(ask.t("What goes out, and when"), webinar=key)))


async def ask_to_remind(ask: Ask, key: int, typed: str | None) -> None:
    """Say what would be sent, to where and when, and ask once more.

    Args:
        ask: the moderator.
        key: which webinar.
        typed: how long before the start; None for now.

    Raises:
        Refusal: there is no such webinar here, it is too late to remind of it, or the time cannot be taken.
    """
    t = ask.t
    offsets = read_offsets(typed)
    if offsets is not None and len(offsets) != 1:
        raise Refusal("Give one time before the start, for example 2h.")
    offset = offsets[0] if offsets else None
    async with ask.bot.db.read() as session:
        webinar = await authorize(session, ask.actor, REMIND, key)
        going = (await webinars.counts(session, key)).going
    check_time(ask, webinar, offset)
    channel_id = ask.community.channel(webinars.CHANNEL)
    if channel_id is None or ask.guild.get_channel_or_thread(channel_id) is None:
        raise Refusal("There is no channel for webinars. Run /setup first.")
    where = f"<#{channel_id}>"
    if offset is None:
        said = t("A reminder is posted in {channel} now.", channel=where)
    else:
        due = webinar.starts_at - timedelta(seconds=offset)
        said = t("A reminder is posted in {channel} {when}.", channel=where, when=moment_text(due))
    lines = [
        f"**{one_line(webinar.title, 200)}**",
        moment_text(webinar.starts_at),
        said,
        t.plural("{n} person is going so far.", "{n} people are going so far.", going),
    ]
    label = t("Send it now") if offset is None else t("Plan it")
    send = SendReminder(
        label,
        style=discord.ButtonStyle.success,
        webinar=key,
        version=webinar.version,
        offset=NOW if offset is None else offset,
        asked=int(ask.now.timestamp()),
    )
    await ask.answer("\n".join(lines), view=row(send))


def check_time(ask: Ask, webinar: Webinar, offset: int | None) -> None:
    """Let pass a reminder that can still be of use.

    Raises:
        Refusal: the webinar is over or cancelled, its time has passed, or there are enough.
    """
    if webinar.cancelled or webinar.ends_at <= ask.now:
        raise closed(webinar)
    if half_over(webinar.starts_at, webinar.minutes) <= ask.now:
        raise Refusal("It is too late to remind of it: half of it is over.")
    if offset is None:
        return
    known = offsets_of(ask.community, webinar.reminder_offsets)
    if webinar.starts_at - timedelta(seconds=offset) <= ask.now:
        raise Refusal("That time has passed already. Leave it out to send the reminder now.")
    if offset in known:
        raise Refusal("A reminder is planned for then already: {when}.", when=lambda t: before(t, offset))
    if len(known) >= MOST_REMINDERS:
        raise Refusal("That is too many reminders: {most} at most.", most=MOST_REMINDERS)
