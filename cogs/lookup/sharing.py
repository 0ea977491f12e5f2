"""Answers are private; this posts one where others read it, when the person wants that."""

import hashlib
import io
from dataclasses import dataclass, field
from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Actor, Standing, not_found, standing_of
from bot.buttons import Button, row
from bot.closed import is_seen_by_others
from bot.errors import Refusal
from bot.render import NO_MENTIONS
from cogs.lookup.things import for_visitors, scope_of
from data.communities import Community

# The roles that only members hold.
OF_MEMBERS = ("role:moderator", "role:member", "role:area:")

Item = Button | discord.ui.DynamicItem[Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a page: its file, and what it shows in words, for those who do not see it."""

    name: str
    content: bytes
    words: str


@dataclass(slots=True)
class Page:
    """One page of an answer.

    Attributes:
        embeds: what is read.
        items: what can be pressed when it is read in private.
        shared_items: what can be pressed once it is shared; each answers whoever presses it in private.
        results: how many results there are on all pages, where it is one of them.
        picture: what one of the embeds shows, see `attach`.
    """

    embeds: list[discord.Embed]
    items: list[Any] = field(default_factory=list[Any])
    shared_items: list[Any] = field(default_factory=list[Any])
    results: int | None = None
    picture: Picture | None = None

    def attach(self, card: discord.Embed, picture: Picture) -> None:
        """Let a card show a picture."""
        card.set_image(url=f"attachment://{picture.name}")
        self.picture = picture

    def files(self) -> list[discord.File]:
        """The picture as Discord takes it, if there is one."""
        one = self.picture
        return [discord.File(io.BytesIO(one.content), one.name, description=one.words)] if one else []

    def message(self) -> dict[str, Any]:
        """As a private message."""
        said: dict[str, Any] = {"embeds": self.embeds, "view": row(*self.items)}
        return {**said, "files": self.files()} if self.picture else said


async def show(ask: Ask, page: Page) -> None:
    """Answer privately: in place of the private page whose button was pressed, else as a message of its own."""
    message = ask.interaction.message
    if message is not None and message.flags.ephemeral:
        # Without it, the picture of the page before would stay.
        await ask.update(embeds=page.embeds, view=row(*page.items), attachments=page.files())
    else:
        await ask.answer(**page.message())


def scope_here(ask: Ask) -> int:
    """Whose things may be shown in this channel: those of the community only where visitors cannot read it."""
    return scope_in(ask.actor, ask.interaction.channel)


def scope_in(actor: Actor, channel: Any) -> int:
    """Whose things this person may show in a channel."""
    return min(scope_of(actor), scope_of_all(actor.community, channel))


def scope_of_all(community: Community, channel: Any) -> int:
    """Whose things all those see who read a channel."""
    # A thread is as open as the channel it belongs to; a private one is at most that.
    place = channel.parent if isinstance(channel, discord.Thread) else channel
    if isinstance(place, discord.abc.GuildChannel) and _is_private(community, place):
        return community.id
    return for_visitors(community)


def _is_private(community: Community, place: discord.abc.GuildChannel) -> bool:
    """Whether a channel is seen by nobody but members, moderators, and those who run the server."""
    ours = {place for purpose, place in community.places.items() if purpose.startswith(OF_MEMBERS)}
    return not is_seen_by_others(place, ours, lambda person: standing_of(community, person) >= Standing.MEMBER)


def check_may_share(ask: Ask) -> None:
    """Let pass those who may write here, where the bot may as well.

    Raises:
        Refusal: one of the two may not.
    """
    in_thread = isinstance(ask.interaction.channel, discord.Thread)

    def may(rights: discord.Permissions) -> bool:
        speaks = rights.send_messages_in_threads if in_thread else rights.send_messages
        return rights.administrator or (rights.view_channel and speaks)

    if not may(ask.interaction.permissions):
        raise Refusal("You may not write in this channel, so nothing was shared.")
    mine = ask.interaction.app_permissions
    if not may(mine) or not (mine.administrator or mine.embed_links):
        raise Refusal("Convenor may not post in this channel, so nothing was shared.")


async def share(ask: Ask, page: Page) -> None:
    """Post a page in the channel, saying who shares it and mentioning nobody; then say so where it was read."""
    check_may_share(ask)
    channel, pressed = ask.interaction.channel, ask.interaction.message
    if not isinstance(channel, discord.abc.Messageable) or pressed is None:
        raise not_found()
    # Pressed twice, Discord drops the repeat: what was shared is one page of one message.
    custom_id: Any = (ask.interaction.data or {}).get("custom_id", "")
    nonce = hashlib.blake2s(f"{pressed.id}:{custom_id}".encode(), digest_size=12).hexdigest()
    await channel.send(
        ask.t("Shared by {person}", person=f"<@{ask.actor.user_id}>"),
        embeds=page.embeds,
        files=page.files(),
        view=row(*page.shared_items) if page.shared_items else discord.utils.MISSING,
        allowed_mentions=NO_MENTIONS,
        nonce=nonce,
    )
    if not await press_once(ask, ask.t("Shared")):
        await ask.answer(ask.t("Shared in this channel."))


async def press_once(ask: Ask, done: str) -> bool:
    """Where the button that was pressed stands in a private message, let it say so, and be pressed no more.

    Args:
        ask: who pressed it.
        done: what it says from now on.

    Returns:
        Whether it could; nobody changes what others read too.
    """
    pressed = ask.interaction.message
    if pressed is None or not pressed.flags.ephemeral:
        return False
    custom_id: Any = (ask.interaction.data or {}).get("custom_id", "")
    view = discord.ui.View.from_message(pressed, timeout=None)
    for item in view.children:
        if isinstance(item, discord.ui.Button) and item.custom_id == custom_id:
            item.disabled, item.label = True, done
    # These are copies that only carry the looks; stopped, the library never routes a press to them.
    view.stop()
    await ask.update(pressed.content or None, embeds=pressed.embeds, view=view)
    return True
