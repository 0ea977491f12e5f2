"""The messages by which it is asked whether a practice is still so, and those about handing one over."""

import contextlib
from datetime import datetime

import discord
from discord.utils import format_dt
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.buttons import row
from bot.delivery import Effect, NothingToNote, Post, Rendered, Skip
from bot.languages import Texts, texts
from bot.readers import person_of, texts_of
from bot.render import plain
from cogs.practices import cards, tending
from cogs.practices.kinds import facts
from data import countries
from data.communities import Community
from data.deliveries import Delivery, list_for_subject
from data.members import get_by_user
from data.practices import Practice
from data.practices.following import OWNER, STEP
from data.practices.freshness import (
    ANSWERED,
    ASKED,
    FOCAL,
    FOCAL_TIME,
    HEIR,
    HEIR_WORD,
    MODERATORS,
    OWNER_TIME,
    ask_next,
    focal_users,
    hurry,
    is_current,
)
from data.practices.rows import PUBLISHED


def register(bot: Convenor) -> None:
    """Let these kinds be sent."""
    bot.deliveries.register(STEP, StepKind(bot))
    bot.deliveries.register(ASKED[OWNER], OwnerKind(bot))
    bot.deliveries.register(ASKED[FOCAL], FocalKind())
    bot.deliveries.register(ASKED[MODERATORS], ModeratorsKind())
    bot.deliveries.register(ANSWERED, AnsweredKind())
    bot.deliveries.register(HEIR, HeirKind())
    bot.deliveries.register(HEIR_WORD, HeirWordKind())


CHANGED = Skip("changed since")


def since(practice: Practice) -> str:
    """When it was last said to be so, as a day."""
    return format_dt(practice.fresh_at, "D") if practice.fresh_at else "–"


def server_button(t: Texts, community: Community, practice: Practice) -> discord.ui.Button[discord.ui.View]:
    """Leads to the practice's thread, or at least to the server."""
    place = practice.thread_id or community.channel("channel:introductions") or ""
    return discord.ui.Button(
        label=t("Open the server"), url=f"https://discord.com/channels/{community.id}/{place}".rstrip("/")
    )


def choices(t: Texts, practice: Practice, community: Community) -> discord.ui.View:
    """What can be answered, and the way to the practice."""
    view = row(*tending.tending_buttons(t, practice, community.id))
    view.add_item(server_button(t, community, practice))
    return view


def how(t: Texts, until: datetime | None = None) -> str:
    """What the answers mean."""
    lines = [
        t("- **Still up to date:** nothing changes, and it is asked again in a year."),
        t("- **Hand it over:** another member looks after it, if they accept."),
        t("- **Retire it:** it stays where it is, marked as no longer looked after."),
    ]
    if until is not None:
        lines.append(t("Without an answer by {day}, others are asked.", day=format_dt(until, "D")))
    return "\n".join(lines)


class StepKind:
    """A step of the questions: sends nothing itself, and plans what is to be asked."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Nothing to do in Discord, if the question is still open."""
        found = await facts(session, delivery)
        if isinstance(found, Skip):
            return found
        if not is_current(found[0], delivery.occurrence):
            return CHANGED

        async def nothing() -> int | None:
            return None

        return Effect(nothing)

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Ask whoever is next, in the same transaction."""
        found = await facts(session, delivery)
        if not isinstance(found, Skip) and is_current(found[0], delivery.occurrence):
            await ask_next(session, found[0], delivery.occurrence.partition(":")[2], self.bot.clock())


class OwnerKind(NothingToNote):
    """Asks its owner."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """In their language; who accepts no direct messages finds the same with /practice mine."""
        found = await facts(session, delivery)
        if isinstance(found, Skip):
            return found
        practice, community = found
        if not is_current(practice, delivery.occurrence) or practice.author_id != person_of(delivery):
            return CHANGED
        t = await texts_of(session, community, person_of(delivery))
        text = t(
            "Your practice “{title}” in {server} was last confirmed on {day}. Is it still up to date? To change its "
            "text, use /practice mine there.",
            title=cards.shown_title(t, practice),
            server=plain(community.name, 100),
            day=since(practice),
        )
        return Post(choices(t, practice, community), f"{text}\n{how(t, bot.clock() + OWNER_TIME)}")

    async def failed(self, session: AsyncSession, delivery: Delivery, reason: str) -> bool:
        """They cannot be reached: the next ones are asked at once. Nobody needs to be told of it."""
        found = await facts(session, delivery)
        if not isinstance(found, Skip) and is_current(found[0], delivery.occurrence):
            await hurry(session, found[0], self.bot.clock())
        return True


class FocalKind(NothingToNote):
    """Asks a focal point of its owner's country."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """In their language, and why it is them."""
        found = await facts(session, delivery)
        if isinstance(found, Skip):
            return found
        practice, community = found
        user_id = person_of(delivery)
        if not is_current(practice, delivery.occurrence) or user_id not in await focal_users(
            session, practice, bot.clock()
        ):
            return CHANGED
        t = await texts_of(session, community, user_id)
        member = await get_by_user(session, community.id, user_id)
        country = countries.name(member.country, t.language) if member and member.country else "–"
        text = t(
            "The practice “{title}” in {server} was last confirmed on {day}, and whoever looks after it has not "
            "answered. You are a focal point of {country}: do you know whether it is still up to date?",
            title=cards.shown_title(t, practice),
            server=plain(community.name, 100),
            day=since(practice),
            country=country,
        )
        return Post(choices(t, practice, community), f"{text}\n{how(t, bot.clock() + FOCAL_TIME)}")

    async def failed(self, session: AsyncSession, delivery: Delivery, reason: str) -> bool:
        """The moderators are asked in any case, in two weeks."""
        return True


class ModeratorsKind(NothingToNote):
    """Asks the moderators."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """In the community's first language."""
        found = await facts(session, delivery)
        if isinstance(found, Skip):
            return found
        practice, community = found
        if not is_current(practice, delivery.occurrence):
            return CHANGED
        t = texts(community.languages[0])
        text = t(
            "The practice “{title}” was last confirmed on {day}, and nobody has answered whether it is still up to "
            "date: neither its owner nor a focal point. Please decide.",
            title=cards.shown_title(t, practice),
            day=since(practice),
        )
        return Post(choices(t, practice, community), f"{text}\n{how(t)}")


class AnsweredKind(NothingToNote):
    """Takes the buttons off the moderators' cards once somebody answered."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Say what is true now in place of the question."""
        found = await facts(session, delivery)
        if isinstance(found, Skip):
            return found
        practice, community = found
        asked = [
            each
            for each in await list_for_subject(session, community.id, delivery.subject)
            if each.kind == ASKED[MODERATORS] and each.channel_id and each.message_id
        ]
        if not asked:
            return Skip("no card")
        t = texts(community.languages[0])
        title = cards.shown_title(t, practice)
        if practice.archived_at is not None:
            text = t("“{title}” was retired on {day}.", title=title, day=format_dt(practice.archived_at, "D"))
        else:
            text = t("“{title}” was confirmed on {day}.", title=title, day=since(practice))

        async def change() -> int | None:
            for each in asked:
                # A card that a moderator deleted needs no change.
                with contextlib.suppress(discord.NotFound):
                    channel = bot.get_partial_messageable(each.channel_id or 0, guild_id=delivery.community_id)
                    await channel.get_partial_message(each.message_id or 0).edit(
                        content=text, view=None, allowed_mentions=discord.AllowedMentions.none()
                    )
            return asked[-1].message_id

        return Effect(change)


class HeirKind(NothingToNote):
    """Asks a member whether they want to look after a practice."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """What it is, what it means, and two buttons."""
        found = await facts(session, delivery)
        if isinstance(found, Skip):
            return found
        practice, community = found
        if practice.state != PUBLISHED or practice.heir_id != person_of(delivery):
            return CHANGED
        t = await texts_of(session, community, person_of(delivery))
        view = row(*tending.offer_buttons(t, practice, community.id))
        view.add_item(server_button(t, community, practice))
        return Post(view, tending.offer_text(t, practice, community.name))


class HeirWordKind(NothingToNote):
    """Tells whoever looked after a practice what came of handing it over."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """One sentence, without a name: who it is, they know or see in the server."""
        found = await facts(session, delivery)
        if isinstance(found, Skip):
            return found
        practice, community = found
        version, _, answer = delivery.occurrence.partition(":")[2].partition(":")
        if practice.state != PUBLISHED or not version:
            return CHANGED
        t = await texts_of(session, community, person_of(delivery))
        title, server = cards.shown_title(t, practice), plain(community.name, 100)
        if answer == "accepted":
            text = t(
                "“{title}” in {server} has somebody else to look after it now. Thank you for having shared it.",
                title=title,
                server=server,
            )
            return Post(row(tending.Noted(t("All right"), practice=practice.id)), text)
        text = t(
            "Whoever was asked to look after “{title}” in {server} would rather not. It stays yours; you can ask "
            "somebody else.",
            title=title,
            server=server,
        )
        return Post(choices(t, practice, community), text)

    async def failed(self, session: AsyncSession, delivery: Delivery, reason: str) -> bool:
        """They see in /practice mine whose it is: nobody else needs to be told."""
        return True
