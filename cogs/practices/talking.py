"""The private thread in which reviewers talk about a practice: what it says, what it was told, what becomes of it."""

import asyncio
import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
from discord.utils import format_dt
from sqlalchemy.ext.asyncio import AsyncSession

from bot.authorize import Standing, standing_of
from bot.buttons import row
from bot.delivery import Effect, Post, Rendered, Skip
from bot.delivery.posting import channel_of
from bot.languages import Texts, texts
from bot.render import ACCENT, NO_MENTIONS, cut, label, plain
from cogs.practices import cards, safety
from cogs.practices.views import Read
from data import audit
from data.audit import AuditEntry
from data.communities import Community, get_community
from data.deliveries import Delivery, list_for_subject
from data.network import list_key_areas
from data.practices import (
    IN_REVIEW,
    MERGED,
    PUBLISHED,
    RETURNED,
    WITHDRAWN,
    Practice,
    approvals_of,
    find,
    last_approvals,
    needs_of,
    refresh_cards,
)
from data.practices.discussing import (
    APPROVED_BY,
    POSTED,
    RETURNED_BY,
    SUBMITTED,
    TALK,
    TALK_END,
    TALK_PLACE,
    plan_talk_end,
    set_review_thread,
)

if TYPE_CHECKING:
    from bot.app import Convenor

# The longest that Discord knows, in minutes.
A_WEEK = 10_080
# Whom a thread is opened for: everybody who may review, up to so many.
MOST_REVIEWERS = 25
HISTORY = 20
# What an opening post's card may take beside the findings and the history.
ROOM = 4000


def register(bot: "Convenor") -> None:
    """Let the engine know the kinds, and the place."""
    bot.deliveries.register(TALK, TalkKind(bot))
    bot.deliveries.register(TALK_END, TalkEndKind())
    bot.deliveries.register_place(TALK_PLACE, ReviewThread())


def practice_id_of(delivery: Delivery) -> str:
    """Which practice a delivery is about."""
    return delivery.subject.partition(":")[2]


def reviewers(guild: discord.Guild, community: Community, practice: Practice) -> list[discord.Member]:
    """Those who may review it: never its author."""
    found = [
        person
        for person in guild.members
        if not person.bot and person.id != practice.author_id and standing_of(community, person) >= Standing.MODERATOR
    ]
    return found[:MOST_REVIEWERS]


def what_is_missing(guild: discord.Guild | None, community: Community) -> tuple[str, ...]:
    """The permissions that Convenor lacks for private threads in the reviewers' channel, as Discord names them."""
    channel = guild.get_channel(community.channel("channel:review") or 0) if guild else None
    if guild is None or not isinstance(channel, discord.TextChannel):
        return ()
    granted = channel.permissions_for(guild.me)
    wanted = {
        "Create Private Threads": granted.create_private_threads,
        "Send Messages in Threads": granted.send_messages_in_threads,
    }
    return tuple(name for name, has in wanted.items() if not has)


async def find_thread(bot: "Convenor", guild: discord.Guild, practice: Practice) -> discord.Thread | None:
    """The thread of a practice, also one that went to sleep, or of which nobody noted that it was made."""
    found: Any = guild.get_thread(practice.review_thread_id or 0)
    if found is None and practice.review_thread_id is not None:
        with contextlib.suppress(discord.NotFound, discord.Forbidden, discord.InvalidData):
            found = await bot.fetch_channel(practice.review_thread_id)
    if found is None:
        made = [thread for thread in guild.threads if thread.name.endswith(mark_of(practice))]
        found = next((thread for thread in made if bot.user and thread.owner_id == bot.user.id), None)
    return found if isinstance(found, discord.Thread) and found.guild.id == guild.id else None


def mark_of(practice: Practice) -> str:
    """What the name of its thread ends with."""
    return f" · {practice.id}"


class ReviewThread:
    """Where a step is told."""

    def __init__(self) -> None:
        # Two steps of one practice that are told at once must not make two threads.
        self._making = asyncio.Lock()

    async def __call__(self, bot: "Convenor", row: Delivery, community: Community | None) -> Any:
        """The thread, made on first need."""
        async with self._making:
            return await review_thread(bot, row, community)


async def review_thread(bot: "Convenor", row: Delivery, community: Community | None) -> Any:
    """Where a step is told: the private thread of the practice, made on first need, with all who may review it.

    Where there can be none, the reviewers' channel.

    Raises:
        Lost: that is gone too.
        discord.HTTPException: Discord does not say.
    """
    channel = await channel_of(bot, replace(row, target="channel:review"), community)
    async with bot.db.read() as session:
        practice = await find(session, row.community_id, practice_id_of(row))
    guild = bot.get_guild(row.community_id)
    if practice is None or guild is None or community is None or not isinstance(channel, discord.TextChannel):
        return channel
    thread = await find_thread(bot, guild, practice)
    if thread is None:
        # The title only as long as it is there to be read: a thread of a withdrawn practice is deleted.
        name = label(practice.title.text(practice.language), 100 - len(mark_of(practice))) + mark_of(practice)
        thread = await channel.create_thread(
            name=name, type=discord.ChannelType.private_thread, auto_archive_duration=A_WEEK, invitable=False
        )
        for person in reviewers(guild, community, practice):
            with contextlib.suppress(discord.NotFound, discord.Forbidden):
                await thread.add_user(person)
    elif thread.archived:
        await thread.edit(archived=False, locked=False)
    if practice.review_thread_id != thread.id:
        async with bot.db.begin() as session:
            await set_review_thread(session, row.community_id, practice.id, thread.id)
    return thread


class TalkKind:
    """Tells one step in the thread."""

    def __init__(self, bot: "Convenor") -> None:
        self.bot = bot

    async def render(self, bot: "Convenor", session: AsyncSession, delivery: Delivery) -> Rendered:
        """In the community's first language; nothing where Convenor may have no private threads."""
        practice = await find(session, delivery.community_id, practice_id_of(delivery))
        community, guild = await get_community(session, delivery.community_id), bot.get_guild(delivery.community_id)
        if practice is None or community is None or guild is None or practice.state == WITHDRAWN:
            return Skip("gone")
        if what_is_missing(guild, community):
            return Skip("no private threads")
        t = texts(community.languages[0])
        step, version = delivery.details.get("step"), int(delivery.details.get("version", 0))
        view = row(Read(t("Read in full"), practice=practice.id))
        if step == SUBMITTED:
            if practice.state != IN_REVIEW or practice.version != version:
                return Skip("decided")
            text = t(
                "A practice waits for review. Talk about it here: only the reviewers and the moderators of this "
                "server can read it. Decide with the buttons on its card in {channel}.",
                channel=f"<#{community.channel('channel:review')}>",
            )
            return Post(view, text, embeds=await _opening(session, t, practice))
        text = await self._told(
            session, t, practice, delivery, [one.id for one in reviewers(guild, community, practice)]
        )
        return Post(view, text) if text else Skip("changed since")

    async def _told(
        self, session: AsyncSession, t: Texts, practice: Practice, delivery: Delivery, ids: list[int]
    ) -> str:
        """A step that was taken, in a sentence or two; empty where it is not so any more."""
        step, version = delivery.details.get("step"), int(delivery.details.get("version", 0))
        if step == APPROVED_BY:
            # Those of a change went over to what it changed.
            given = await approvals_of(session, practice.id, version)
            given = given or await last_approvals(session, practice.revises or "")
            number = int(delivery.details.get("number", 0))
            lines = cards.approval_lines(t, given[number - 1 : number])
            if practice.state == IN_REVIEW and practice.version == version:
                lines.append(cards.missing_line(t, await needs_of(session, practice, ids), given[:number]))
            return "\n".join(lines)
        if step == RETURNED_BY and practice.state == RETURNED and practice.decision_comment:
            quoted = "\n".join(f"> {line}" for line in plain(practice.decision_comment, 1600).splitlines())
            return cut(f"{cards.decision_line(t, practice)}\n{quoted}", 2000)
        if step == POSTED and practice.state in (PUBLISHED, MERGED):
            closed = t("This thread is closed.")
            given = await last_approvals(session, practice.revises or practice.id)
            return f"{cards.decision_line(t, practice, given)} {closed}"
        return ""

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """The card in the channel leads to the thread from now on; after the last step, the thread closes."""
        practice = await find(session, delivery.community_id, practice_id_of(delivery))
        if practice is None:
            return
        if practice.state == WITHDRAWN or delivery.details.get("step") == POSTED:
            await plan_talk_end(session, practice, self.bot.clock())
        elif delivery.details.get("step") == SUBMITTED:
            await refresh_cards(session, delivery.community_id, practice.id, self.bot.clock())

    async def failed(self, session: AsyncSession, delivery: Delivery, reason: str) -> bool:
        """The card in the channel says all that is needed to decide, and what is missing for a thread."""
        return True


async def _opening(session: AsyncSession, t: Texts, practice: Practice) -> list[discord.Embed]:
    """What may identify somebody, what the practice says, and what was decided on it before."""
    areas = {area.id: area.name.text(t.language) for area in await list_key_areas(session)}
    doubts = await safety.doubts_in(practice)
    found = [cards.contested_card(t, doubts)] if doubts else []
    entries = await audit.list_entries(
        session, practice.community_id or 0, about=("practice", practice.id), limit=HISTORY
    )
    lines = [line for entry in reversed(entries) if (line := history_line(t, entry))]
    history = discord.Embed(title=t("What happened so far"), description=cut("\n".join(lines), 1500), colour=ACCENT)
    room = cards.MESSAGE_LIMIT - sum(len(embed) for embed in (*found, history))
    shown = cards.card(t, practice, areas, author_id=None, room=room)
    return [*found, *shown.embeds, history]


def history_line(t: Texts, entry: AuditEntry) -> str:
    """One step of a practice, from the trail; empty for what reviewers need not know."""
    if entry.action == "practice.submit":
        # Who wrote it is no matter here.
        return "- " + t("Sent for review on {when}.", when=format_dt(entry.at, "f"))
    who, when = (f"<@{entry.actor_id}>" if entry.actor_id else t("someone")), format_dt(entry.at, "f")
    if entry.action == "practice.approve":
        return "- " + t("Approved by {who} on {when}.", who=who, when=when)
    if entry.action == "practice.return":
        return "- " + t("Returned with comments by {who} on {when}.", who=who, when=when)
    return ""


class TalkEndKind:
    """Closes the thread of what is decided; deletes that of what was withdrawn, since people may have quoted it."""

    async def render(self, bot: "Convenor", session: AsyncSession, delivery: Delivery) -> Rendered:
        """Take the text out of what Convenor posted there, and lock it. Doing it twice comes to the same."""
        practice = await find(session, delivery.community_id, practice_id_of(delivery))
        community, guild = await get_community(session, delivery.community_id), bot.get_guild(delivery.community_id)
        if (
            practice is None
            or community is None
            or guild is None
            or practice.state not in (PUBLISHED, MERGED, WITHDRAWN)
        ):
            return Skip("changed since")
        t = texts(community.languages[0])
        decided = cards.decided_card(t, practice, await last_approvals(session, practice.revises or practice.id))
        told = [
            one.message_id
            for one in await list_for_subject(session, delivery.community_id, delivery.subject)
            if one.kind == TALK
            and one.message_id
            and one.channel_id == practice.review_thread_id
            and one.details.get("step") == SUBMITTED
        ]

        async def close() -> int | None:
            thread = await find_thread(bot, guild, practice)
            if thread is None:
                return None
            with contextlib.suppress(discord.NotFound):
                if practice.state == WITHDRAWN:
                    await thread.delete()
                    return thread.id
                if thread.archived:
                    await thread.edit(archived=False)
                for message_id in told:
                    with contextlib.suppress(discord.NotFound):
                        message = thread.get_partial_message(message_id)
                        await message.edit(content=None, embeds=[decided], view=None, allowed_mentions=NO_MENTIONS)
                await thread.edit(locked=True, archived=True)
            return thread.id

        return Effect(close)

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Nothing more to note."""
