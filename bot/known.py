"""Where somebody asks, and who, as read a moment ago: each click would begin with the same reads."""

import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

from data.communities import Community, Preference, get_community, get_preference
from data.database import Database
from data.network import KeyArea, list_key_areas

# What another process changes is seen by this one within so many seconds, also where its hint gets lost.
SECONDS = 1.0
# What is no longer true is dropped when there is so much of all.
_MOST = 1_000

Found = TypeVar("Found")


class Known:
    """Settings of communities and choices of people, each read again after a second, or once one of them is changed."""

    def __init__(self, db: Database, now: Callable[[], float] = time.monotonic) -> None:
        """Keep nothing yet.

        Args:
            db: where they are read.
            now: seconds that only grow.
        """
        self._db = db
        self._now = now
        self._kept: dict[Hashable, tuple[float, Any]] = {}
        self._changes = 0

    async def community(self, community_id: int) -> Community | None:
        """A community, or None where it was never noted.

        Raises:
            DatabaseFault: the database became busy or unreachable.
        """

        async def read() -> Community | None:
            async with self._db.read() as session:
                return await get_community(session, community_id)

        return await self._known(community_id, read)

    async def preference(self, community_id: int, user_id: int) -> Preference | None:
        """What a person chose in a community, or None where they never chose anything.

        Raises:
            DatabaseFault: the database became busy or unreachable.
        """

        async def read() -> Preference | None:
            async with self._db.glance() as session:
                return await get_preference(session, community_id, user_id)

        return await self._known((community_id, user_id), read)

    async def key_areas(self) -> list[KeyArea]:
        """The five key areas, in their order.

        Raises:
            DatabaseFault: the database became busy or unreachable.
        """

        async def read() -> list[KeyArea]:
            async with self._db.glance() as session:
                return await list_key_areas(session)

        return await self._known("key areas", read)

    def forget(self) -> None:
        """Something was changed: what was read before is no longer used, nor what is being read now."""
        self._changes += 1
        self._kept.clear()

    async def _known(self, key: Hashable, read: Callable[[], Awaitable[Found]]) -> Found:
        kept = self._kept.get(key)
        began = self._now()
        if kept is not None and began - kept[0] < SECONDS:
            return kept[1]
        changes = self._changes
        found = await read()
        if changes == self._changes:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            # From the beginning: it may have been changed while it was read.
            self._kept[key] = (began, found)
        return found
