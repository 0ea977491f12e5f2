"""Servers whose shards another process has: asked for over HTTP, whole, and kept for a moment.

A delivery goes out from whichever process leads, and a direct message comes to the one with shard 0: both need servers
of which the gateway tells others. What comes back from here is a server like any other, with its channels, roles,
threads and members, as it was a moment ago; nobody tells it of changes.
"""

import asyncio
from typing import TYPE_CHECKING, Any

import discord

if TYPE_CHECKING:
    from bot.app import Convenor

# For how many seconds a server is good as it is; whose has not been asked for in so many is forgotten.
FRESH, FORGOTTEN = 60.0, 600.0
PAGE = 1000


class Elsewhere:
    """The servers that this process has no shard for.

    Args:
        bot: the running bot.
    """

    def __init__(self, bot: "Convenor") -> None:
        self._bot = bot
        self._known: dict[int, tuple[float, discord.Guild]] = {}
        self._asking: dict[int, asyncio.Lock] = {}

    def get(self, guild_id: int) -> discord.Guild | None:
        """A server as it was when it was last brought, or None."""
        known = self._known.get(guild_id)
        return known[1] if known else None

    def has_shard(self, guild_id: int) -> bool:
        """Whether the gateway tells this process of a server, if the bot is in it."""
        mine, count = self._bot.shard_ids, self._bot.shard_count
        return mine is None or not count or (guild_id >> 22) % count in mine

    async def bring(self, guild_id: int) -> None:
        """Have a server at hand for `Convenor.get_guild`, if the bot is in it; nothing to do for those of our shards.

        Raises:
            discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError: Discord does not say.
        """
        if self.has_shard(guild_id):
            return
        async with self._asking.setdefault(guild_id, asyncio.Lock()):
            now = self._bot.loop.time()
            known = self._known.get(guild_id)
            if known is not None and now - known[0] < FRESH:
                return
            self._forget(now)
            try:
                guild = await self._ask(guild_id)
            except (discord.NotFound, discord.Forbidden):
                self._known.pop(guild_id, None)
                return
            self._known[guild_id] = (now, guild)

    def _forget(self, now: float) -> None:
        for guild_id, (since, _) in list(self._known.items()):
            if now - since > FORGOTTEN:
                del self._known[guild_id]
                self._asking.pop(guild_id, None)

    async def _ask(self, guild_id: int) -> discord.Guild:
        http = self._bot.http
        data: dict[str, Any] = dict(await http.get_guild(guild_id, with_counts=False))
        data["channels"] = await http.get_all_guild_channels(guild_id)
        threads: Any = await http.get_active_threads(guild_id)
        data["threads"] = threads["threads"]
        members: list[Any] = []
        page: list[Any] = await self._page(guild_id, 0)
        while page:
            members += page
            page = await self._page(guild_id, int(page[-1]["user"]["id"])) if len(page) == PAGE else []
        data |= {"members": members, "member_count": len(members)}
        whole: Any = data
        return discord.Guild(data=whole, state=self._bot._connection)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]

    async def _page(self, guild_id: int, after: int) -> list[Any]:
        found: Any = await self._bot.http.get_members(guild_id, PAGE, after or None)
        return found
