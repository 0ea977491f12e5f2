"""The messages that adaptations cause: a card for moderators, the post in the practice's thread, word to its author."""

import contextlib
from collections.abc import Sequence
from typing import Any

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.buttons import Button, mark, row
from bot.delivery import Effect, NothingToNote, Post, Rendered, Skip
from bot.forms import OpenForm
from bot.languages import Texts, texts
from bot.readers import texts_of
from bot.render import plain
from cogs.practices import adapted, adapting, cards, ledger, tending
from cogs.practices.views import Stand
from data.communities import Community, get_community
from data.deliveries import Delivery, list_for_subject
from data.practices import Practice, get_visible
from data.practices.adaptations import (
    CHECK,
    DECIDED,
    POST,
    REFRESH,
    SHOWN,
    TAKEN_BACK,
    WAITING,
    WORD,
    Adaptation,
    find_adaptation,
    refresh_adaptation,
)


def register(bot: Convenor) -> None:
    """Let these kinds be sent."""
    bot.deliveries.register(CHECK, CheckKind(bot))
    bot.deliveries.register(POST, PostKind(bot))
    bot.deliveries.register(WORD, WordKind())
    bot.deliveries.register(REFRESH, RefreshKind())
    bot.deliveries.register(DECIDED, DecidedKind())


Facts = tuple[Adaptation, Practice, Community]


async def facts(session: AsyncSession, delivery: Delivery) -> Facts | Skip:
    """The adaptation as it is now, its practice, and its community."""
    found = await find_adaptation(session, delivery.community_id, int(delivery.subject.partition(":")[2]))
    community = await get_community(session, delivery.community_id)
    if found is None or community is None:
        return Skip("gone")
    practice = await get_visible(session, community.id, found.practice_id)
    return Skip("gone") if practice is None else (found, practice, community)


def check_message(t: Texts, adaptation: Adaptation, practice: Practice, doubts: Sequence[Any]) -> dict[str, Any]:
    """What moderators see of an adaptation that waits for them."""
    text = t(
        "How “{title}” was tried, told by {author}. The check found passages that may identify a person; the author "
        "says that they do not. You decide.",
        title=cards.shown_title(t, practice),
        author=f"<@{adaptation.author_id}>",
    )
    buttons: list[Button] = [
        adapted.LetThrough(t("Let others see it"), style=discord.ButtonStyle.success, adaptation=adaptation.id),
        adapted.TakeDown(t("Take it away"), style=discord.ButtonStyle.danger, adaptation=adaptation.id),
    ]
    found = [cards.contested_card(t, doubts)] if doubts else []
    return {"content": text, "embeds": [*found, ledger.adaptation_card(t, adaptation)], "view": row(*buttons)}


def post_view(t: Texts, adaptation: Adaptation, practice: Practice) -> discord.ui.View:
    """What stands under an adaptation in the practice's thread."""
    return row(
        adapted.Tried(t("Tried elsewhere"), practice=practice.id, page=0),
        OpenForm(t("Report a concern"), form=f"report:about:adaptation:{adaptation.id}"),
    )


class CheckKind:
    """Asks the moderators about an adaptation in which something was found that its author contests."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """The adaptation, the passages, what its author says about them, and two buttons."""
        found = await facts(session, delivery)
        if isinstance(found, Skip):
            return found
        adaptation, practice, community = found
        if adaptation.state != WAITING:
            return Skip("decided")
        message = check_message(
            texts(community.languages[0]), adaptation, practice, await adapting.doubts_of(adaptation)
        )
        return Post(**message)

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """If it was decided on, or taken back, while the card was being posted, its text has to go from there."""
        found = await find_adaptation(session, delivery.community_id, int(delivery.subject.partition(":")[2]))
        if found is not None and found.state != WAITING:
            await refresh_adaptation(session, found, delivery.id, self.bot.clock())


class PostKind:
    """The post in the practice's thread."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """In the language it is told in. A thread that sleeps wakes by it."""
        found = await facts(session, delivery)
        if isinstance(found, Skip):
            return found
        adaptation, practice, _ = found
        if adaptation.state != SHOWN:
            return Skip("withdrawn")
        t = texts(adaptation.language)
        return Post(post_view(t, adaptation, practice), embeds=[ledger.adaptation_card(t, adaptation)])

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """If it was taken away while it was being posted, the post has to go too."""
        found = await find_adaptation(session, delivery.community_id, int(delivery.subject.partition(":")[2]))
        if found is not None and found.state == TAKEN_BACK:
            await refresh_adaptation(session, found, delivery.id, self.bot.clock())


class WordKind(NothingToNote):
    """Tells the author of a practice that somebody tried it."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """In their language, and where to read it: a copy of its text here would outlive the adaptation."""
        found = await facts(session, delivery)
        if isinstance(found, Skip):
            return found
        adaptation, practice, community = found
        if adaptation.state != SHOWN or delivery.target != f"user:{practice.author_id}":
            return Skip("changed since")
        t = await texts_of(session, community, practice.author_id or 0)
        text = t(
            "Somebody tried your practice “{title}” and tells the members of {server} about it.",
            title=cards.shown_title(t, practice),
            server=plain(community.name, 100),
        )
        view = row(Stand(t("How it stands"), community=community.id, practice=practice.id))
        if practice.thread_id is not None:
            url = f"https://discord.com/channels/{community.id}/{practice.thread_id}"
            view.add_item(discord.ui.Button(label=t("Open the discussion"), url=url))
        return Post(view, text)

    async def failed(self, session: AsyncSession, delivery: Delivery, reason: str) -> bool:
        """They read it in the discussion: nobody else needs to be told."""
        return True


class DecidedKind(NothingToNote):
    """Tells whoever told an adaptation what a moderator made of it."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Shown, or taken away; without the moderator's name."""
        found = await facts(session, delivery)
        if isinstance(found, Skip):
            return found
        adaptation, practice, community = found
        if str(adaptation.version) != delivery.occurrence or delivery.target != f"user:{adaptation.author_id}":
            return Skip("changed since")
        t = await texts_of(session, community, adaptation.author_id or 0)
        title, server = cards.shown_title(t, practice), plain(community.name, 100)
        if adaptation.state == SHOWN:
            text = t(
                "A moderator of {server} has looked at how you tried “{title}”: others can read it now.",
                server=server,
                title=title,
            )
        else:
            text = t(
                "A moderator of {server} has taken away how you tried “{title}”. Nothing of its text was kept. "
                "If you do not know why, ask one of them.",
                server=server,
                title=title,
            )
        return Post(row(tending.Noted(t("All right"), practice=practice.id)), text)

    async def failed(self, session: AsyncSession, delivery: Delivery, reason: str) -> bool:
        """They see it with /practice mine: nobody else needs to be told."""
        return True


class RefreshKind(NothingToNote):
    """Brings what was posted of an adaptation to what is true now: decided on, or taken away."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Change the moderators' card, and the post in the thread; waking one that sleeps, since it cannot else."""
        found = await find_adaptation(session, delivery.community_id, int(delivery.subject.partition(":")[2]))
        community = await get_community(session, delivery.community_id)
        guild = bot.get_guild(delivery.community_id)
        if found is None or community is None or guild is None:
            return Skip("gone")
        adaptation, own = found, texts(found.language)
        posted = [
            each
            for each in await list_for_subject(session, delivery.community_id, delivery.subject)
            if each.channel_id and each.message_id and each.kind in (CHECK, POST)
        ]
        t = texts(community.languages[0])
        changes: list[tuple[Delivery, dict[str, Any]]] = []
        for each in posted:
            if each.kind == CHECK and adaptation.state != WAITING:
                done = t("A moderator let it be shown.") if adaptation.state == SHOWN else None
                card = ledger.gone_card(t, adaptation) if done is None else ledger.adaptation_card(t, adaptation)
                changes.append((each, {"content": done, "embeds": [card], "view": None}))
            elif each.kind == POST and adaptation.state == TAKEN_BACK:
                card = ledger.gone_card(own, adaptation)
                changes.append((each, {"content": None, "embeds": [card], "view": None}))
        if not changes:
            return Skip("nothing posted")

        async def change() -> int | None:
            for each, message in changes:
                # What somebody deleted needs no change.
                with contextlib.suppress(discord.NotFound):
                    await _edit(guild, each, message)
            return changes[-1][0].message_id

        return Effect(change)


async def _edit(guild: discord.Guild, made: Delivery, message: dict[str, Any]) -> None:
    if made.channel_id is None or made.message_id is None:
        raise ValueError(f"delivery {made.id} made no message")
    channel: Any = guild.get_channel_or_thread(made.channel_id) or await guild.fetch_channel(made.channel_id)
    slept = isinstance(channel, discord.Thread) and channel.archived
    if slept:
        await channel.edit(archived=False)
    if message["view"] is not None:
        mark(message["view"], made.id)
    partial = channel.get_partial_message(made.message_id)
    await partial.edit(allowed_mentions=discord.AllowedMentions.none(), **message)
    if slept:
        await channel.edit(archived=True)
