"""What goes out when a published webinar was corrected."""

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.buttons import row
from bot.delivery import Effect, Post, Rendered, Skip
from bot.languages import N_, Texts, each_language
from bot.render import ACCENT, one_line
from cogs.webinars.cards import moment_text
from cogs.webinars.events import change_event
from cogs.webinars.kinds import (
    WebinarKind,
    announcement_card,
    calendar_files,
    edit_announcement,
    gets_link,
    online,
    reader,
)
from cogs.webinars.series_cards import announced_at
from cogs.webinars.views import Seen, answer_view, link_line
from data import webinars
from data.communities import Community
from data.deliveries import Delivery
from data.webinars import Webinar


class ChangedMark(WebinarKind):
    """The announcement shows what is published now."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """Change the announcement; where Discord takes no more edits of an old message just now, the engine waits."""
        if webinar.cancelled:
            return Skip("cancelled")
        if webinar.announcement_id is None:
            return Skip("not announced")
        card = await announcement_card(session, community.languages, webinar)
        files = await calendar_files(bot, session, community, webinar)
        return Effect(lambda: edit_announcement(bot, webinar, files=files, embed=card))


class ChangedEvent(WebinarKind):
    """The server's event shows what is published now."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """Change the event, if there is one."""
        if webinar.cancelled:
            return Skip("cancelled")
        if webinar.ends_at <= bot.clock():
            return Skip("over")
        return Effect(lambda: change_event(bot, webinar, online(community)))


class MovedNotice(WebinarKind):
    """Word to everyone that a webinar begins at another moment."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """A message of its own: nobody looks at old announcements. It mentions a role only if a moderator chose to."""
        was = webinars.was_of(delivery)
        reason = _needless(bot, webinar, delivery)
        url = await announced_at(session, webinar)
        if url is None:
            reason = reason or "not announced"
        if was is None or reason:
            return Skip(reason or "replanned")
        languages = community.languages
        heading, allowed = each_language(languages, N_("The time has changed")), discord.AllowedMentions.none()
        role_id = community.role("role:notify")
        if delivery.details.get("notify") and role_id:
            heading = f"{heading} <@&{role_id}>"
            allowed = discord.AllowedMentions(everyone=False, users=False, roles=[discord.Object(role_id)])
        card = discord.Embed(
            title=one_line(webinar.title, 200),
            description=f"~~{discord.utils.format_dt(was, 'F')}~~\n**{moment_text(webinar.starts_at)}**",
            colour=ACCENT,
        )
        card.url = url
        return Post(answer_view(languages, webinar.id), heading, [card], allowed_mentions=allowed)


class ChangeWord(WebinarKind):
    """Word to a person who is going that the webinar begins at another moment, or has another link, in their language.

    The link goes to them alone, never to the channel.
    """

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """A direct message. Of a new hour the notice in the channel tells those who take none."""
        was, new_link = webinars.was_of(delivery), delivery.kind == webinars.NEW_LINK_WORD
        new_link = new_link or delivery.details.get("link") is True
        moved = was is not None and was != webinar.starts_at
        reason = _needless(bot, webinar, delivery)
        found = await reader(bot, session, community, delivery)
        user_id = int(delivery.target.partition(":")[2])
        answer = await webinars.rsvp_of(session, webinar.id, user_id)
        if found is None or answer not in (webinars.GOING, webinars.OFFERED, webinars.WAITING):
            return Skip("left")
        # Whom it is for may have changed since they said so.
        new_link = (
            new_link and answer == webinars.GOING and await gets_link(session, community, found[1], webinar, user_id)
        )
        if not new_link and not moved:
            return Skip(reason or "left")
        if reason is not None and not (reason == "replanned" and new_link):
            return Skip(reason)
        t, guild = found
        title = one_line(webinar.read_in(t.language).title, 200)
        if moved and was is not None:
            lines = [
                moved_text(t, title, answer),
                f"~~{discord.utils.format_dt(was, 'F')}~~",
                f"**{moment_text(webinar.starts_at)}**",
                *([t("The link has changed as well."), link_line(t, webinar)] if new_link else []),
                t("If you cannot come then, change your answer in the channel."),
            ]
        else:
            lines = [
                t("The link to join “{title}”, to which you are going, has changed.", title=title),
                moment_text(webinar.starts_at),
                link_line(t, webinar),
            ]
        lines.append(f"— {one_line(guild.name, 100)}")
        return Post(row(Seen(t("Understood"), webinar=webinar.id)), "\n".join(lines))


def moved_text(t: Texts, title: str, answer: str) -> str:
    """That the hour of a webinar is another, in a sentence that fits what the person said.

    Args:
        t: the person's texts.
        title: of the webinar, in their language.
        answer: what is put down of them.
    """
    if answer == webinars.OFFERED:
        return t("The time of “{title}”, where a place is kept for you, has changed.", title=title)
    if answer == webinars.WAITING:
        return t("The time of “{title}”, for which you are on the waiting list, has changed.", title=title)
    return t("The time of “{title}”, to which you are going, has changed.", title=title)


def _needless(bot: Convenor, webinar: Webinar, delivery: Delivery) -> str | None:
    """Why nobody needs to hear of a new hour any more, or None where they do."""
    if webinar.cancelled:
        return "cancelled"
    if webinar.ends_at <= bot.clock():
        return "over"
    return "replanned" if webinars.was_of(delivery) == webinar.starts_at else None
