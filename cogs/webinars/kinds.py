"""What goes out about webinars: written when it is sent, from the facts as they are then."""

import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.authorize import Standing, standing_of
from bot.buttons import row
from bot.delivery import Effect, NothingToNote, Post, Rendered, Skip
from bot.languages import N_, Texts, each_language, texts
from bot.readers import is_member, person_of, texts_of
from bot.render import one_line, plain
from cogs.webinars.attendance import there_button
from cogs.webinars.cards import CANCELLED, moment_text, reminder_card, webinar_card
from cogs.webinars.events import cancel_event, make_event
from cogs.webinars.ics import Entry, calendar_file
from cogs.webinars.rules import is_late
from cogs.webinars.series_cards import add_series, announced_at, heading_of, leads_on
from cogs.webinars.series_views import going_to_all
from cogs.webinars.views import Seen, answer_view, details_view
from data import webinars
from data.communities import Community, get_community
from data.deliveries import Delivery
from data.network import get_key_areas
from data.webinars import Webinar
from data.webinars.records import named_areas
from data.webinars.reminding import later_is_due
from data.webinars.series import occurrence_of, webinars_of_series

# Discord's code for "editing messages older than an hour too often"; it comes as a rate limit.
OLD_MESSAGE_EDITS = 30046


class WebinarKind(NothingToNote):
    """What all kinds share: the webinar they are about, and nothing to note once they are sent."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Find the webinar and let the kind write."""
        community = await get_community(session, delivery.community_id)
        number = delivery.subject.partition(":")[2]
        webinar = await webinars.get(session, delivery.community_id, int(number)) if number.isdecimal() else None
        if community is None or webinar is None:
            return Skip("no such webinar")
        return await self.write(bot, session, delivery, community, webinar)

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """What goes out about this webinar."""
        raise LookupError(f"{type(self).__name__} writes nothing")


class Announcement(WebinarKind):
    """The webinar, to everyone, in the community's languages."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """The announcement, mentioning a role only if the moderator chose to."""
        if webinar.cancelled:
            return Skip("cancelled")
        if webinar.ends_at <= bot.clock():
            return Skip("over")
        languages = community.languages
        place = await occurrence_of(session, community.id, webinar.id)
        heading, allowed = each_language(languages, heading_of(place, webinar)), discord.AllowedMentions.none()
        role_id = community.role("role:notify")
        if delivery.details.get("notify") and role_id:
            heading = f"{heading} <@&{role_id}>"
            allowed = discord.AllowedMentions(everyone=False, users=False, roles=[discord.Object(role_id)])
        view = answer_view(languages, webinar.id)
        if place is not None:
            view.add_item(going_to_all(languages, webinar.id))
        return Post(
            view,
            heading,
            [await announcement_card(session, languages, webinar)],
            await calendar_files(bot, session, community, webinar),
            allowed_mentions=allowed,
        )

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Note where it is."""
        await webinars.note_announcement(
            session, delivery.community_id, int(delivery.subject.partition(":")[2]), channel_id, made_id, self._clock()
        )


class Event(WebinarKind):
    """The webinar among the server's own events."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """Make the event, unless it is there already."""
        if webinar.cancelled:
            return Skip("cancelled")
        if webinar.starts_at <= bot.clock():
            return Skip("over")
        return Effect(lambda: make_event(bot, webinar, online(community)))

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Note which it is."""
        await webinars.note_event(
            session, delivery.community_id, int(delivery.subject.partition(":")[2]), made_id, self._clock()
        )


class Reminder(WebinarKind):
    """A reminder, worded for the time it really is."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """The reminder, unless a later one is due as well: several that were missed become one."""
        now = bot.clock()
        if webinar.cancelled:
            return Skip("cancelled")
        if webinar.ends_at <= now:
            return Skip("over")
        if await later_is_due(session, delivery, now):
            return Skip("superseded")
        areas = await get_key_areas(session, webinar.key_areas)
        languages = community.languages
        view = answer_view(languages, webinar.id)
        if now >= webinar.starts_at:
            view.add_item(there_button(languages, webinar.id, 2))
        return Post(
            view,
            each_language(languages, N_("Reminder")),
            [reminder_card(languages, webinar, areas, now)],
            note="late" if is_late(delivery.due_at, now) else None,
        )


class ShownCounts(WebinarKind):
    """The counts of answers on the announcement."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """Bring them up to date; a later time does as well where the message is gone or edited too often."""
        if webinar.cancelled:
            return Skip("cancelled")
        card = await announcement_card(session, community.languages, webinar)

        async def edit() -> int | None:
            try:
                return await edit_announcement(bot, webinar, embed=card)
            except discord.HTTPException as error:
                if error.code != OLD_MESSAGE_EDITS:
                    raise
                return None

        return Effect(edit)


class CancelledMark(WebinarKind):
    """The announcement of a cancelled webinar says so."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """Say so on the announcement, and take the answers away."""
        if webinar.announcement_id is None:
            return Skip("not announced")
        languages = community.languages
        card = await announcement_card(session, languages, webinar)
        files = await calendar_files(bot, session, community, webinar)
        view = details_view(languages, webinar.id)
        if await leads_on(session, webinar, bot.clock()):
            view.add_item(going_to_all(languages, webinar.id, row=0))
        return Effect(
            lambda: edit_announcement(
                bot,
                webinar,
                content=each_language(languages, CANCELLED),
                embed=card,
                view=view,
                files=files,
            )
        )


class CancelledNotice(WebinarKind):
    """Word to everyone that a webinar does not take place."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """A message of its own: nobody looks at old announcements. It names nobody."""
        url = await announced_at(session, webinar)
        if url is None:
            return Skip("not announced")
        languages = community.languages
        card = await announcement_card(session, languages, webinar)
        card.url = url
        return Post(details_view(languages, webinar.id), each_language(languages, CANCELLED), [card])


class CancelledWord(WebinarKind):
    """Word to a person who was going, in their language."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """A direct message; the notice in the channel is there for those who take none."""
        found = await reader(bot, session, community, delivery)
        if found is None:
            return Skip("left")
        t, guild = found
        answer = await webinars.rsvp_of(session, webinar.id, int(delivery.target.partition(":")[2]))
        said: dict[str, Any] = {
            "title": one_line(webinar.read_in(t.language).title, 200),
            "when": moment_text(webinar.starts_at),
        }
        lines = [
            t("“{title}”, for which you were waiting, was cancelled. It was planned for {when}.", **said)
            if answer in (webinars.WAITING, webinars.OFFERED)
            else t("“{title}”, to which you were going, was cancelled. It was planned for {when}.", **said)
        ]
        if webinar.cancel_reason:
            lines.append(t("Why: {reason}", reason=plain(webinar.cancel_reason, 600)))
        lines.append(f"— {one_line(guild.name, 100)}")
        return Post(row(Seen(t("Understood"), webinar=webinar.id)), "\n".join(lines))


class CancelledEvent(WebinarKind):
    """The event of a cancelled webinar goes."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """Cancel the event, if there is one."""
        return Effect(lambda: cancel_event(bot, webinar))


async def reader(
    bot: Convenor, session: AsyncSession, community: Community, delivery: Delivery
) -> tuple[Texts, discord.Guild] | None:
    """The language of the person whom a direct message is for, and the server; None where they are no member now."""
    guild = bot.get_guild(community.id)
    if guild is None or not is_member(bot, community, person_of(delivery)):
        return None
    return await texts_of(session, community, person_of(delivery)), guild


async def gets_link(
    session: AsyncSession, community: Community, guild: discord.Guild, webinar: Webinar, user_id: int
) -> bool:
    """Whether the link of a webinar is for a person: one of those whom it is for, or a moderator."""
    person = guild.get_member(user_id)
    if person is not None and standing_of(community, person) >= Standing.MODERATOR:
        return True
    return await webinars.is_for(session, webinar, user_id)


def online(community: Community) -> str:
    """What a server's event says of where it is, where that is nothing but a link."""
    return each_language(community.languages, N_("Online"))[:100]


async def announcement_card(session: AsyncSession, languages: tuple[str, ...], webinar: Webinar) -> discord.Embed:
    """The webinar as everyone sees it now."""
    areas = await get_key_areas(session, named_areas(webinar))
    card = webinar_card(languages, webinar, await webinars.counts(session, webinar.id), areas)
    await add_series(session, card, languages, webinar)
    return card


async def calendar_files(
    bot: Convenor, session: AsyncSession, community: Community, webinar: Webinar
) -> list[discord.File]:
    """The calendar file beside an announcement, with all dates that stand on it.

    Where the bot may attach none, the announcement goes without it.
    """
    guild = bot.get_guild(community.id)
    channel_id = webinar.announcement_channel_id or community.channel(webinars.CHANNEL) or 0
    channel = guild.get_channel_or_thread(channel_id) if guild else None
    if guild is None or channel is None or not channel.permissions_for(guild.me).attach_files:
        return []
    series = await occurrence_of(session, community.id, webinar.id)
    leads = series is not None and series.lead_id == webinar.id
    several = await webinars_of_series(session, community.id, series.series_id) if series and leads else [webinar]
    t = texts(community.languages[0])
    return [await calendar_file(t, [Entry(one) for one in several], f"webinar-{webinar.id}.ics")]


async def edit_announcement(
    bot: Convenor, webinar: Webinar, *, files: Sequence[discord.File] = (), **message: Any
) -> int | None:
    """Change the announcement; None where it is gone, so that there is nothing left to put right.

    Files take the place of those that are there; without any, those stay.
    """
    if files:
        message["attachments"] = list(files)
    guild = bot.get_guild(webinar.community_id)
    channel = guild.get_channel_or_thread(webinar.announcement_channel_id or 0) if guild else None
    if webinar.announcement_id is None or not isinstance(channel, discord.abc.Messageable):
        return None
    partial = channel.get_partial_message(webinar.announcement_id)
    with contextlib.suppress(discord.NotFound):
        return (await partial.edit(**message, allowed_mentions=discord.AllowedMentions.none())).id
    return None
