"""What goes out about several dates of a series at once: written when it is sent, from the facts as they are then."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.buttons import row
from bot.delivery import Effect, Post, Rendered, Skip
from bot.languages import N_, Texts, each_language
from bot.render import ACCENT, cut, one_line, plain
from cogs.webinars.cards import CANCELLED
from cogs.webinars.kinds import (
    WebinarKind,
    announcement_card,
    calendar_files,
    edit_announcement,
    gets_link,
    reader,
)
from cogs.webinars.series_cards import announced_at, struck
from cogs.webinars.views import Seen, details_view, link_line
from data import webinars
from data.communities import Community
from data.deliveries import Delivery
from data.webinars import Webinar, records


def register(bot: Convenor) -> None:
    """Make known to the engine what is written here."""
    bot.deliveries.register(records.SERIES_MARK, SeriesMark())
    bot.deliveries.register(records.SERIES_MOVED, SeriesMoved())
    bot.deliveries.register(records.SERIES_MOVED_WORD, SeriesMovedWord())
    bot.deliveries.register(records.SERIES_CANCELLED, SeriesCancelled())
    bot.deliveries.register(records.SERIES_CANCELLED_WORD, SeriesCancelledWord())


# How many dates a direct message tells one by one, and how long it may be: Discord's own limit.
TOLD, MESSAGE = 20, 2000


class SeriesMark(WebinarKind):
    """The announcement that lists the dates of a series shows them as they are now."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """Change the announcement, also where its own webinar is over or cancelled: the other dates stand on it."""
        if webinar.announcement_id is None:
            return Skip("not announced")
        card = await announcement_card(session, community.languages, webinar)
        files = await calendar_files(bot, session, community, webinar)
        return Effect(lambda: edit_announcement(bot, webinar, files=files, embed=card))


class SeriesMoved(WebinarKind):
    """Word to everyone that several dates of a series have changed: one message for all."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """The old dates struck, then the new. It mentions a role only if a moderator chose to."""
        several = await _several(session, community, _whens(delivery))
        lines = [line for one, was in several if (line := _moved_line(bot, one, was))]
        url = await announced_at(session, webinar)
        if not lines or url is None:
            return Skip("replanned" if url else "not announced")
        languages = community.languages
        heading, allowed = each_language(languages, N_("The times of a series have changed")), None
        role_id = community.role("role:notify")
        if delivery.details.get("notify") and role_id:
            heading = f"{heading} <@&{role_id}>"
            allowed = discord.AllowedMentions(everyone=False, users=False, roles=[discord.Object(role_id)])
        card = discord.Embed(title=one_line(webinar.title, 200), description=cut("\n".join(lines), 4096), colour=ACCENT)
        card.url = url
        return Post(
            details_view(languages, webinar.id),
            heading,
            [card],
            allowed_mentions=allowed or discord.AllowedMentions.none(),
        )


class SeriesMovedWord(WebinarKind):
    """Word to a person who is going to several dates of a series, or waits for a place: all that changed, at once."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """A direct message with the dates that concern them and, where it changed, the link."""
        found = await reader(bot, session, community, delivery)
        if found is None:
            return Skip("left")
        t, guild = found
        user_id = int(delivery.target.partition(":")[2])
        answers = await _answers(session, delivery)
        moved: dict[str, list[str]] = {}
        for one, was in await _several(session, community, _whens(delivery)):
            line = _moved_line(bot, one, was)
            if line and answers.get(one.id) in (webinars.GOING, webinars.OFFERED, webinars.WAITING):
                moved.setdefault(answers[one.id], []).append(line)
        linked = [
            one
            for one, _ in await _several(session, community, dict.fromkeys(_ids(delivery, "links"), 0))
            if answers.get(one.id) == webinars.GOING
            and not one.cancelled
            and one.ends_at > bot.clock()
            # Whom it is for may have changed since they said so.
            and await gets_link(session, community, guild, one, user_id)
        ]
        if not moved and not linked:
            return Skip("replanned")
        title, link = webinar.read_in(t.language).title, link_line(t, linked[0]) if linked else None
        text = moved_word(t, title, moved, link=link, community=guild.name)
        return Post(row(Seen(t("Understood"), webinar=webinar.id)), text)


class SeriesCancelled(WebinarKind):
    """Word to everyone that several dates of a series do not take place: one message for all."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """A message of its own, which names nobody."""
        several = await _several(session, community, dict.fromkeys(_ids(delivery, "webinars"), 0))
        lines = [struck(one.starts_at, cancelled=True) for one, _ in several]
        url = await announced_at(session, webinar)
        if not lines or url is None:
            return Skip("not announced")
        languages = community.languages
        if webinar.cancel_reason:
            lines += ["", plain(webinar.cancel_reason, 600)]
        card = discord.Embed(
            title=one_line(webinar.title, 200), description=cut("\n".join(lines), 4096), colour=ACCENT, url=url
        )
        return Post(details_view(languages, webinar.id), each_language(languages, CANCELLED), [card])


class SeriesCancelledWord(WebinarKind):
    """Word to a person who was going to several dates of a series, or waited for a place, in their language."""

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """One direct message for all dates that concern them."""
        found = await reader(bot, session, community, delivery)
        if found is None:
            return Skip("left")
        t, guild = found
        several = await _several(session, community, dict.fromkeys(_ids(delivery, "webinars"), 0))
        number, title = len(several), one_line(webinar.read_in(t.language).title, 200)
        user_id = int(delivery.target.partition(":")[2])
        answers = {await webinars.rsvp_of(session, one.id, user_id) for one, _ in several}
        lines = [
            t.plural(
                "{n} date of “{title}”, for which you were waiting, was cancelled:",
                "{n} dates of “{title}”, for which you were waiting, were cancelled:",
                number,
                title=title,
            )
            if answers <= {webinars.WAITING, webinars.OFFERED}
            else t.plural(
                "{n} date of “{title}”, to which you were going, was cancelled:",
                "{n} dates of “{title}”, to which you were going, were cancelled:",
                number,
                title=title,
            ),
            *_first(t, [struck(one.starts_at, cancelled=True) for one, _ in several]),
        ]
        if webinar.cancel_reason:
            lines.append(t("Why: {reason}", reason=plain(webinar.cancel_reason, 600)))
        lines.append(f"— {one_line(guild.name, 100)}")
        return Post(row(Seen(t("Understood"), webinar=webinar.id)), "\n".join(lines))


def _whens(delivery: Delivery) -> dict[int, int]:
    """When each webinar that was moved was to begin, in seconds, as a delivery knows it."""
    was = delivery.details.get("was")
    return {int(key): int(value) for key, value in cast("Mapping[str, Any]", was or {}).items()}


def _ids(delivery: Delivery, name: str) -> list[int]:
    return [int(key) for key in cast("list[Any]", delivery.details.get(name) or [])]


async def _several(
    session: AsyncSession, community: Community, wanted: Mapping[int, int]
) -> list[tuple[Webinar, datetime]]:
    """The webinars that a delivery is about, next first, each with the hour that it had."""
    found = [(await webinars.get(session, community.id, key), was) for key, was in wanted.items()]
    several = [(one, datetime.fromtimestamp(was, UTC)) for one, was in found if one is not None]
    return sorted(several, key=lambda pair: pair[0].starts_at)


def _moved_line(bot: Convenor, webinar: Webinar, was: datetime) -> str | None:
    """The old hour struck, then the new; None where nobody needs to hear of it any more."""
    if webinar.cancelled or webinar.ends_at <= bot.clock() or webinar.starts_at == was:
        return None
    return f"{struck(was, cancelled=True)} → {discord.utils.format_dt(webinar.starts_at, 'F')}"


def _first(t: Texts, lines: list[str], most: int = TOLD) -> list[str]:
    """As many lines as a message holds, and how many more there are."""
    if len(lines) <= most:
        return lines
    return [*lines[:most], t.plural("and {n} more", "and {n} more", len(lines) - most)]


def moved_word(t: Texts, title: str, moved: Mapping[str, list[str]], *, link: str | None, community: str) -> str:
    """What a person is told of a series that changed, within the length of one message.

    Args:
        t: their texts.
        title: the series', as it was written.
        moved: the lines of the dates that moved, by what the person said to them.
        link: the line with the link, where that changed.
        community: its name.
    """
    title = one_line(title, 100)
    end: list[str] = []
    if moved:
        end.append(t("If you cannot come then, change your answer in the channel."))
    if link is not None:
        if moved:
            end.append(t("The link has changed as well."))
        else:
            end.append(t("The link to join “{title}”, to which you are going, has changed.", title=title))
        end.append(link)
    end.append(f"— {one_line(community, 100)}")
    sections = [
        (_moved_text(t, title, answer), moved[answer])
        for answer in (webinars.GOING, webinars.OFFERED, webinars.WAITING)
        if answer in moved
    ]
    return "\n".join([*_shared(t, sections, MESSAGE - len("\n".join(end)) - 1), *end])


def _shared(t: Texts, sections: Sequence[tuple[str, list[str]]], room: int) -> list[str]:
    """Sections of dates, each beneath its sentence, which share the lines that one message holds.

    Args:
        t: the reader's texts.
        sections: sentences, each with its dates.
        room: how many characters there are for all of it.
    """
    for most in range(TOLD, 0, -1):
        # One line to each in turn, so that a long section takes no other's.
        turns = sorted((turn, index) for index, (_, dates) in enumerate(sections) for turn in range(len(dates)))[:most]
        kept = [sum(index == one for _, index in turns) for one in range(len(sections))]
        lines = [
            line
            for (sentence, dates), most_here in zip(sections, kept, strict=True)
            for line in (sentence, *_first(t, dates, most_here))
        ]
        if len("\n".join(lines)) <= room:
            return lines
    return [sentence for sentence, _ in sections]


async def _answers(session: AsyncSession, delivery: Delivery) -> dict[int, str]:
    """What its reader says by now to the webinars that a delivery is about."""
    user_id = int(delivery.target.partition(":")[2])
    wanted = {*_whens(delivery), *_ids(delivery, "links")}
    answers = {key: await webinars.rsvp_of(session, key, user_id) for key in wanted}
    return {key: answer for key, answer in answers.items() if answer is not None}


def _moved_text(t: Texts, title: str, answer: str) -> str:
    """That hours of a series are others, in a sentence that fits what the person said to those dates."""
    if answer == webinars.OFFERED:
        return t("The times of “{title}”, where a place is kept for you, have changed.", title=title)
    if answer == webinars.WAITING:
        return t("The times of “{title}”, for which you are on the waiting list, have changed.", title=title)
    return t("The times of “{title}”, to which you are going, have changed.", title=title)
