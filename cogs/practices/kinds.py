"""The messages that practices cause: the reviewers' card, word to the author, the post in the forum, its end."""

import contextlib
from typing import Any

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.buttons import mark, row
from bot.delivery import Effect, ForumPost, Post, Rendered, Skip
from bot.languages import Texts, texts
from bot.render import label, plain
from cogs.practices import cards
from cogs.practices.reviewing import buttons, review_card, reviewers_of
from cogs.practices.shelf import published_buttons
from cogs.practices.showing import told_card
from cogs.practices.talking import what_is_missing
from cogs.practices.views import Stand
from data.communities import Community, get_community, get_preference
from data.deliveries import Delivery, list_for_subject
from data.network import list_key_areas
from data.practices import (
    APPROVED,
    IN_REVIEW,
    PUBLISHED,
    RETURNED,
    WITHDRAWN,
    Practice,
    find,
    last_approvals,
    mark_published,
    refresh_cards,
)
from data.practices.adaptations import tally

REVIEW = "practice.review"
CARD = "practice.card"
DECISION = "practice.decision"
PUBLICATION = "practice.publication"
TOMBSTONE = "practice.tombstone"
REFRESH = "practice.refresh"


def practice_id_of(delivery: Delivery) -> str:
    """Which practice a delivery is about."""
    return delivery.subject.partition(":")[2]


async def facts(session: AsyncSession, delivery: Delivery) -> tuple[Practice, Community] | Skip:
    """The practice as it is now, and its community."""
    practice = await find(session, delivery.community_id, practice_id_of(delivery))
    community = await get_community(session, delivery.community_id)
    if practice is None or community is None:
        return Skip("gone")
    return practice, community


def moderators_texts(community: Community) -> Texts:
    """What all moderators read together is in the community's first language."""
    return texts(community.languages[0])


class ReviewKind:
    """The card in the reviewers' channel, with the buttons to decide."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """The practice, unless it was decided on before the card went out."""
        found = await facts(session, delivery)
        if isinstance(found, Skip):
            return found
        practice, community = found
        if practice.state != IN_REVIEW or str(practice.version) != delivery.occurrence:
            return Skip("decided")
        t = moderators_texts(community)
        reviewers = reviewers_of(bot.get_guild(community.id), community)
        text, embeds = await review_card(session, t, practice, reviewers)
        for name in what_is_missing(bot.get_guild(community.id), community):
            text += "\n" + t(
                "There is no private thread for it: Convenor lacks the permission “{permission}” in this channel.",
                permission=t(name),
            )
        return Post(buttons(t, practice), content=text, embeds=embeds)

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """If it was decided while the card was on its way, the card has to say so."""
        practice = await find(session, delivery.community_id, practice_id_of(delivery))
        if practice is not None and (practice.state != IN_REVIEW or str(practice.version) != delivery.occurrence):
            await refresh_cards(session, delivery.community_id, practice.id, self.bot.clock())


class CardKind:
    """Brings the reviewers' cards up to date: who decided what, when, and no buttons."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Take the buttons off every card that is decided; the one that still waits tells who approved it."""
        found = await facts(session, delivery)
        if isinstance(found, Skip):
            return found
        practice, community = found
        planned = await list_for_subject(session, delivery.community_id, delivery.subject)
        waits = str(practice.version) if practice.state == IN_REVIEW else None
        cards_of = [row for row in planned if row.kind == REVIEW and row.channel_id and row.message_id]
        if not cards_of:
            return Skip("no card")
        t = moderators_texts(community)
        approved = practice.state in (APPROVED, PUBLISHED)
        given = await last_approvals(session, practice.id) if approved else []
        changed: list[tuple[Delivery, dict[str, Any]]] = []
        for planned_card in cards_of:
            if planned_card.occurrence != waits:
                done = {"content": None, "embeds": [cards.decided_card(t, practice, given)], "view": None}
                changed.append((planned_card, done))
                continue
            reviewers = reviewers_of(bot.get_guild(community.id), community)
            text, embeds = await review_card(session, t, practice, reviewers)
            view = buttons(t, practice)
            mark(view, planned_card.id)
            changed.append((planned_card, {"content": text, "embeds": embeds, "view": view}))

        async def change() -> int | None:
            for made, message in changed:
                channel = bot.get_partial_messageable(made.channel_id or 0, guild_id=delivery.community_id)
                # A card that a moderator deleted needs no change.
                with contextlib.suppress(discord.NotFound):
                    await channel.get_partial_message(made.message_id or 0).edit(
                        allowed_mentions=discord.AllowedMentions.none(), **message
                    )
            return changed[-1][0].message_id

        return Effect(change)

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Nothing more to note."""


class DecisionKind:
    """Tells the author privately: returned with a comment, or published."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """In their language, with the way on."""
        found = await facts(session, delivery)
        if isinstance(found, Skip):
            return found
        practice, community = found
        if practice.author_id is None or str(practice.version) != delivery.occurrence:
            return Skip("changed since")
        preference = await get_preference(session, community.id, practice.author_id)
        t = texts((preference.language if preference else None) or practice.language)
        title, server = cards.shown_title(t, practice), label(community.name)
        if practice.state == RETURNED:
            text = t(
                "A moderator of {server} has read your practice “{title}” and asks you to change something. To go on, "
                "use /practice mine there.",
                server=plain(server),
                title=title,
            )
        elif practice.state == PUBLISHED:
            text = (
                t("Your practice “{title}” is published in {server}. Thank you.", server=plain(server), title=title)
                if practice.edition == 1
                else t(
                    "The new version of your practice “{title}” is published in {server}. Thank you.",
                    server=plain(server),
                    title=title,
                )
            )
        else:
            return Skip("changed since")
        place = practice.thread_id if practice.state == PUBLISHED else community.channel("channel:introductions")
        view = row(Stand(t("How it stands"), community=community.id, practice=practice.id))
        if place is not None:
            url = f"https://discord.com/channels/{community.id}/{place}"
            view.add_item(discord.ui.Button(label=t("Open the server"), url=url))
        embeds = [cards.own_card(t, practice)] if practice.state == RETURNED else []
        return Post(view, content=text, embeds=embeds)

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Nothing more to note."""


class PublicationKind:
    """The post in the forum."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """The card in the practice's own language, with the tags that the forum has for it."""
        found = await facts(session, delivery)
        if isinstance(found, Skip):
            return found
        practice, community = found
        if practice.state != APPROVED or str(practice.version) != delivery.occurrence:
            return Skip("changed since")
        return ForumPost(
            label(practice.title.text(practice.language)),
            Post(published_buttons(practice), embeds=await published_embeds(session, practice)),
            tags_of(practice, community),
        )

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Published; or, if it was withdrawn while it was being posted, to be closed at once."""
        if channel_id is not None:
            await mark_published(
                session,
                delivery.community_id,
                practice_id_of(delivery),
                thread_id=channel_id,
                now=self.bot.clock(),
            )


class RefreshKind:
    """Brings the post in the forum to what is true now."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Change every post of the practice that was ever made; waking a thread that sleeps, since it cannot else."""
        found = await facts(session, delivery)
        if isinstance(found, Skip):
            return found
        practice, community = found
        if practice.state != PUBLISHED:
            return Skip("changed since")
        posted = [
            (row.id, row.channel_id, row.message_id)
            for row in await list_for_subject(session, delivery.community_id, delivery.subject)
            if row.kind == PUBLICATION and row.channel_id and row.message_id
        ]
        guild = bot.get_guild(delivery.community_id)
        if not posted or guild is None:
            return Skip("nothing posted")
        embeds = await published_embeds(session, practice)

        async def change() -> int | None:
            for made_by, thread_id, message_id in posted:
                # A post of an earlier release gets the buttons of this one, with the mark by which it is found again.
                view = published_buttons(practice)
                mark(view, made_by)
                with contextlib.suppress(discord.NotFound):
                    thread = guild.get_thread(thread_id) or await guild.fetch_channel(thread_id)
                    if isinstance(thread, discord.Thread):
                        slept = thread.archived
                        if slept:
                            await thread.edit(archived=False)
                        message = thread.get_partial_message(message_id)
                        await message.edit(embeds=embeds, view=view, allowed_mentions=discord.AllowedMentions.none())
                        await _rename(thread, practice, community)
                        if slept:
                            await thread.edit(archived=True)
            return posted[-1][1]

        return Effect(change)

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Nothing more to note."""


def tags_of(practice: Practice, community: Community) -> list[int]:
    """The forum's tags for a practice."""
    purposes = [*(f"tag:area:{area}" for area in practice.key_areas), f"tag:stage:{practice.stage}"]
    return [tag for tag in map(community.tag, purposes) if tag is not None]


async def _rename(thread: discord.Thread, practice: Practice, community: Community) -> None:
    """Give a thread the title and the tags that are true now; seldom needed, and Discord allows it seldom."""
    name, forum = label(practice.title.text(practice.language)), thread.parent
    wanted = set(tags_of(practice, community))
    if practice.edition == 1 or not isinstance(forum, discord.ForumChannel):
        return
    tags = [tag for tag in forum.available_tags if tag.id in wanted][:5]
    if thread.name != name or {tag.id for tag in thread.applied_tags} != {tag.id for tag in tags}:
        await thread.edit(name=name, applied_tags=tags)


async def published_embeds(session: AsyncSession, practice: Practice) -> list[discord.Embed]:
    """The card in the forum, in the practice's own language."""
    t = texts(practice.language)
    areas = {area.id: area.name.text(t.language) for area in await list_key_areas(session)}
    return told_card(t, practice, areas, await tally(session, practice.community_id or 0, practice.id)).embeds


class TombstoneKind:
    """Closes the thread of a practice that was withdrawn, and takes its text out of it."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Text first, then the title and the lock; doing it twice comes to the same."""
        found = await facts(session, delivery)
        if isinstance(found, Skip):
            return found
        practice, _ = found
        if practice.state != WITHDRAWN:
            return Skip("not withdrawn")
        # All that was ever posted of it: a thread more is possible where it could not be told whether one was made.
        posted = [
            (row.channel_id, row.message_id)
            for row in await list_for_subject(session, delivery.community_id, delivery.subject)
            if row.kind == PUBLICATION and row.channel_id and row.message_id
        ]
        t, guild = texts(practice.language), bot.get_guild(delivery.community_id)
        if not posted or guild is None:
            return Skip("nothing posted")

        async def close() -> int | None:
            for thread_id, message_id in posted:
                # A thread that somebody deleted needs no end.
                with contextlib.suppress(discord.NotFound):
                    thread = guild.get_thread(thread_id) or await guild.fetch_channel(thread_id)
                    if isinstance(thread, discord.Thread):
                        await _close(thread, message_id, t)
            return posted[-1][0]

        return Effect(close)

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Nothing more to note."""


async def _close(thread: discord.Thread, message_id: int, t: Texts) -> None:
    if thread.archived:
        # Nothing in a thread that sleeps can be changed.
        await thread.edit(archived=False)
    with contextlib.suppress(discord.NotFound):
        await thread.get_partial_message(message_id).edit(content=None, embeds=[cards.tombstone(t)], view=None)
    await thread.edit(name=t("Withdrawn practice"), locked=True, archived=True)
