"""Reading the digest, and choosing whether it comes: in the server, and from within the direct message itself."""

from datetime import UTC, datetime, timedelta
from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Standing, not_found
from bot.buttons import Button, known, row
from bot.languages import Texts
from cogs.digest import cards
from data import digests
from data.digests import Week
from data.network import list_key_areas
from data.zones import name_zone

# What is new within a week, where no digest says since when.
WEEK = timedelta(days=7)
# The longest span that a digest tells of, and a bit: a forged button may name any.
LONGEST = timedelta(days=40)
# A second that every calendar knows.
LATEST = 2**33
ACTIONS_ROW = 4


class DigestOn(Button, custom_id="digest:on"):
    """Has the digest sent to whoever presses."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Note it, and say when it comes."""
        await switch_on(ask)


class DigestOff(Button, custom_id="digest:off:{community}"):
    """Has it sent no more: from the server, or from the direct message itself."""

    needs = Standing.VISITOR

    async def pressed(self, ask: Ask) -> None:
        """Note it, and say how to have it again."""
        await switch_off(ask)


class DigestShow(Button, custom_id="digest:show"):
    """Shows the digest as it would be now, and whether it comes."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Show it, privately."""
        await show(ask)


class NewMembers(Button, custom_id="digest:members:{community}:{since}:{until}"):
    """Names those who became members in a span of time, as far as members may see them now; also in a message."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Name them, privately."""
        since, until = _instant(self.values["since"]), _instant(self.values["until"])
        if not timedelta(0) < until - since <= LONGEST:
            raise not_found()
        async with ask.bot.db.read() as session:
            found = await digests.welcomed(session, ask.community.id, since, until)
        others, joined = found.beside(ask.actor.user_id)
        if not others:
            raise not_found()
        await ask.answer(embed=cards.members_card(ask.t, others, joined))


async def switch_on(ask: Ask) -> None:
    """Have the digest sent to whoever asks, and say when it comes."""
    t = ask.t
    async with ask.bot.db.begin() as session:
        zone = await digests.zone_of(session, ask.community, ask.actor.user_id)
        due = await digests.start_digest(session, ask.community, ask.actor.user_id, language=t.language, now=ask.now)
    said = [_on_line(t, zone, due, ask.now), t("In a week with nothing new, nothing is sent.")]
    await ask.answer("\n".join(said), view=row(stop_button(t, ask.community.id)))


async def switch_off(ask: Ask) -> None:
    """Send whoever asks no more digests, and say how to have them again."""
    async with ask.bot.db.begin() as session:
        await digests.stop_digest(session, ask.community.id, ask.actor.user_id, ask.now)
    await ask.answer(
        ask.t("You get no more weekly digests by direct message. With /digest you can read it, or have it again.")
    )


async def show(ask: Ask) -> None:
    """The digest as it would be now, whether it comes by direct message, and the button that changes that."""
    t, community, user_id = ask.t, ask.community, ask.actor.user_id
    since = ask.now - WEEK
    async with ask.bot.db.read() as session:
        wish = await digests.wish_of(session, community.id, user_id)
        due = await digests.next_due(session, community.id, user_id)
        zone = await digests.zone_of(session, community, user_id)
        areas = {area.id: area.name.text(t.language) for area in await list_key_areas(session)}
        week = await digests.read_week(
            session, community.id, user_id, language=t.language, since=since, until=ask.now, now=ask.now
        )
    active = wish is not None and wish.active
    if wish is not None and wish.undelivered_at is not None and await _is_first(ask):
        line = t(
            "Your weekly digest is off: Discord did not let Convenor send you a direct message. Allow direct messages "
            "in the privacy settings of this server, then turn it on again; or read it here."
        )
    elif active and due is not None:
        line = _on_line(t, zone, due, ask.now)
    else:
        line = t(
            "You can have this by direct message, on Mondays at 8:00, time zone: {zone}.",
            zone=name_zone(zone, t.language, ask.now),
        )
    card, links = cards.digest_card(t, week, community_id=community.id, name=ask.guild.name, areas=areas)
    last: Button = (
        stop_button(t, community.id)
        if active
        else DigestOn(t("Send it to me on Mondays"), style=discord.ButtonStyle.primary)
    )
    view = week_view(t, week, links, last, community_id=community.id, since=since, until=ask.now)
    await ask.answer(line, embed=card, view=view)


async def _is_first(ask: Ask) -> bool:
    """Whether this is the first time that they are told that they could not be sent it."""
    async with ask.bot.db.begin() as session:
        return await digests.take_undelivered(session, ask.community.id, ask.actor.user_id)


def week_view(
    t: Texts,
    week: Week,
    links: list[discord.ui.Button[discord.ui.View]],
    last: Button,
    *,
    community_id: int,
    since: datetime,
    until: datetime,
) -> discord.ui.View:
    """The buttons under a week: what it names, who and what it only counts, and `last`."""
    view = row(*cards.in_rows(links))
    place: dict[str, Any] = {"community": community_id}
    if week.members:
        span: dict[str, Any] = {"since": int(since.timestamp()), "until": int(until.timestamp())}
        view.add_item(NewMembers(t("New members"), row=ACTIONS_ROW, **place, **span))
    if week.questions:
        view.add_item(known("peer:questions:{community}", t("All questions"), row=ACTIONS_ROW, **place))
    last.row = ACTIONS_ROW
    view.add_item(last)
    return view


def stop_button(t: Texts, community_id: int) -> Button:
    """The button that stops it."""
    return DigestOff(t("Stop this digest"), style=discord.ButtonStyle.danger, community=community_id)


def _on_line(t: Texts, zone: str, due: datetime, now: datetime) -> str:
    return t(
        "You get the weekly digest by direct message, on Mondays at 8:00, time zone: {zone}. The next one: {when}.",
        zone=name_zone(zone, t.language, now),
        when=discord.utils.format_dt(due, "F"),
    )


def _instant(text: str) -> datetime:
    if not (text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= LATEST):
        raise not_found()
    return datetime.fromtimestamp(int(text), UTC)
