"""Worlds that were made once and are then gone on with: most tests begin where many others begin.

What simcord knows of Discord and what stands in the database are kept together, after the bot was shut down cleanly. A
test gets copies of both and a bot that is started on them, which is a restart, as hosts know it.
"""

import io
import pickle
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import discord
import simcord

from bot.app import create_bot
from bot.demo.world import World, _speak_own_languages
from bot.settings import Settings
from data.engines import parse_address

Scene = TypeVar("Scene")
# Of what simcord knows, this belongs to one run: who listens, and what was said so far.
_OF_ONE_RUN = ("subscribers", "emit", "http_requests", "transcript")


@dataclass(frozen=True, slots=True)
class Kept(Generic[Scene]):
    """A world that stands still.

    Attributes:
        discord: what simcord knows, the world itself and what was kept with it, pickled.
        database: a SQLite file.
    """

    discord: bytes
    database: Path


def file_of(settings: Settings) -> Path:
    """The SQLite file of a bot."""
    path = parse_address(settings.database_url).path
    assert path is not None
    return path


class _Writer(pickle.Pickler):
    """Leaves out what is there anew in each run."""

    def __init__(self, file: io.BytesIO, world: World) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._names = {id(world.env): "env", id(world.env.backend): "backend", id(world.make_bot): "make_bot"}

    def persistent_id(self, obj: Any, /) -> str | None:
        return self._names.get(id(obj))


class _Reader(pickle.Unpickler):
    def __init__(self, kept: bytes, **anew: Any) -> None:
        super().__init__(io.BytesIO(kept))
        self._anew = anew

    def persistent_load(self, pid: Any, /) -> Any:
        return self._anew[pid]


def keep(world: World, settings: Settings, folder: Path, scene: Scene) -> Kept[Scene]:
    """Keep a world whose bot was shut down.

    Args:
        world: as `open_world` gave it.
        settings: of its bot.
        folder: where a copy of its database may lie.
        scene: what is kept with it. It may hold worlds, people and values, and nothing of discord.py.
    """
    database = folder / "kept.db"
    shutil.copyfile(file_of(settings), database)
    known = {name: value for name, value in vars(world.env.backend).items() if name not in _OF_ONE_RUN}
    written = io.BytesIO()
    _Writer(written, world).dump((known, world.env._guilds, world, scene))
    return Kept(written.getvalue(), database)


@asynccontextmanager
async def go_on(kept: Kept[Scene], settings: Settings) -> AsyncGenerator[tuple[World, Scene]]:
    """Start a bot in a copy of a world, on a copy of its database.

    Args:
        kept: from `keep`.
        settings: of the bot. What lies where its database is to be is written over.

    Returns:
        The world, and what was kept with it.
    """
    shutil.copyfile(kept.database, file_of(settings))

    def make_bot() -> discord.Client:
        return create_bot(settings)

    env = simcord.Env(make_bot(), shard_count=1, settle_timeout=60, check_errors=False)
    read = _Reader(kept.discord, env=env, backend=env.backend, make_bot=make_bot)
    known, env._guilds, world, scene = read.load()
    vars(env.backend).update(known)
    _speak_own_languages(world)
    with env.time_context():
        await env.start()
        try:
            yield world, scene
        finally:
            await env.bot.close()
            await env.shutdown()
