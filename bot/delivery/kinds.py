"""What a cog gives the engine: how a kind of delivery is written, and what comes of it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.render import NO_MENTIONS
from data.communities import Community
from data.deliveries import Delivery

if TYPE_CHECKING:
    from bot.app import Convenor

# Tells the moderators that something could not go out.
ALERT = "delivery.failed"
# Tells the moderators that others see a channel of theirs.
EXPOSED = "channel.exposed"
# These name nobody, and are told even where others read along.
NAME_NOBODY = frozenset({ALERT, EXPOSED})


@dataclass(frozen=True, slots=True)
class Post:
    """A message to send. Its buttons carry the delivery's id, so it needs one at least."""

    view: discord.ui.View | discord.ui.LayoutView
    content: str | None = None
    embeds: Sequence[discord.Embed] = ()
    files: Sequence[discord.File] = ()
    allowed_mentions: discord.AllowedMentions = NO_MENTIONS
    # Noted with the delivery once it is sent, for instance that it went out late.
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ForumPost:
    """A new thread in a forum, with its first message."""

    name: str
    post: Post
    tags: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """Something to do at Discord that is no message. Must come to the same when done twice.

    `run` returns the id of what it made or changed, if it has one.
    """

    run: Callable[[], Awaitable[int | None]]


@dataclass(frozen=True, slots=True)
class Skip:
    """Nothing goes out, for this reason (a code, for instance `cancelled`)."""

    reason: str


Rendered = Post | ForumPost | Effect | Skip


class Kind(Protocol):
    """What a cog knows of one kind of delivery."""

    async def render(self, bot: "Convenor", session: AsyncSession, delivery: Delivery) -> Rendered:
        """What goes out, from the facts as they are now. `session` only reads."""
        ...

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Note what was made, in the same transaction in which the delivery becomes `sent`."""
        ...


class NothingToNote:
    """For kinds of which nothing more than that they were sent is to be noted: many of them are noted at once."""

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Nothing more to note."""


def notes_more(kind: Kind | None) -> bool:
    """Whether the kind changes other rows once it is sent."""
    return kind is not None and type(kind).sent is not NothingToNote.sent


@runtime_checkable
class Answering(Protocol):
    """A kind that knows what to do when its message can never go out."""

    async def failed(self, session: AsyncSession, delivery: Delivery, reason: str) -> bool:
        """Do it, in the same transaction in which the delivery becomes `failed`.

        Returns:
            Whether that is all; else the moderators are told as well.
        """
        ...


@runtime_checkable
class Following(Protocol):
    """A kind of which something follows also where nothing went out, for instance the next one of a row."""

    async def skipped(self, session: AsyncSession, delivery: Delivery, reason: str) -> None:
        """Do it, in the same transaction in which the delivery becomes `skipped` because the kind said so."""
        ...


class Place(Protocol):
    """Finds where deliveries of a target go that only a cog knows, for instance a thread; makes it if need be.

    Asked each time that one is posted or looked up. Must come to the same when asked twice.
    """

    async def __call__(self, bot: "Convenor", row: Delivery, community: Community | None) -> Any:
        """The channel, or thread.

        Raises:
            Lost: there is none.
            discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError: as the library does.
        """
        ...


class Lost(Exception):
    """The place to post to is gone or closed: final."""


class Exposed(Exception):
    """The place to post to is seen by people whom it is not for: nothing goes there until it is closed to them.

    Args:
        channel_id: which it is.
    """

    def __init__(self, channel_id: int) -> None:
        super().__init__(f"others see channel {channel_id}")
        self.channel_id = channel_id
