"""The running program: opened in order, closed in reverse order."""

import asyncio
import functools
import hashlib
import importlib
import json
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from yarl import URL

from bot import health, hosted
from bot.ask import pick_language, texts_of
from bot.buttons import Pressed
from bot.clock import Clock
from bot.counts import Counts
from bot.delivery import Engine
from bot.elsewhere import Elsewhere
from bot.errors import Refusal, as_refusal, report
from bot.events import announce_strangers
from bot.forms import Form
from bot.known import Known
from bot.languages import CommandTranslator, texts
from bot.pace import FIRST_PAUSE, Allowance, Pace
from bot.prompt import watch
from bot.render import NO_MENTIONS
from bot.requests import LONGEST_WAIT, Manners
from bot.settings import Settings
from bot.sharding import Turns
from bot.supervisor import Alarm, Supervisor
from bot.web import Web
from data import countries
from data.alone import alone
from data.communities import Community, ensure_community
from data.database import Database, DatabaseFault
from data.hints import follow_hints
from data.kept import get_value, set_value
from data.search.index import SearchIndex
from data.seeding import ensure_seeded

log = logging.getLogger("convenor")

# A room under `cogs/` is a feature; making one is enough for it to be loaded.
ROOMS = Path(__file__).parent.parent / "cogs"


def extensions() -> list[str]:
    """The features there are, by name."""
    return sorted(f"cogs.{room.parent.name}" for room in ROOMS.glob("*/__init__.py"))


@functools.cache
def files_digest() -> str:
    """Changes with every change of the program's own files, of which the commands are made."""
    folders = [ROOMS.parent / name for name in ("bot", "cogs", "data")]
    files = sorted(path for folder in folders for path in folder.rglob("*.*") if path.suffix not in (".pyc", ".mo"))
    seen = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def intents() -> discord.Intents:
    """The least that the features need: servers, people who join or are banned, scheduled events, and messages.

    Of messages Discord gives the text only of those that mention the bot or are written to it directly: the intent for
    the content of all messages is not asked for.
    """
    return discord.Intents(
        guilds=True,
        members=True,
        moderation=True,
        guild_scheduled_events=True,
        guild_messages=True,
        dm_messages=True,
    )


class Tree(app_commands.CommandTree["Convenor"]):
    """Commands, with the one error path."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let a command pass, and note when it came; not if its member asks without end."""
        interaction.extras.setdefault("arrived", asyncio.get_running_loop().time())
        asks = interaction.type is not discord.InteractionType.autocomplete
        if not (self.client.hosted and asks) or self.client.allowance.take(interaction.user.id):
            return True
        # As quickly as can be: nothing is looked up for it.
        refusal = Refusal("You have asked a great deal in a short time. Please wait a few seconds, then go on.")
        t = texts(pick_language(None, interaction.locale, None))
        await report(refusal, where="too many commands", interaction=interaction, t=t)
        return False

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        """Tell the person, and log the rest."""
        if interaction.type is discord.InteractionType.autocomplete:
            # Nothing can be shown there but choices: the command itself will say what is wrong.
            await report(error, where="autocomplete")
            return
        name = interaction.command.qualified_name if interaction.command else "?"
        self.client.count(interaction, "refused" if as_refusal(error) else "failed")
        await report(error, where=f"/{name}", interaction=interaction, t=await texts_of(interaction))


class Convenor(commands.AutoShardedBot):
    """The bot.

    Args:
        settings: checked already.
        clock: gives the time now, aware, in UTC, as the host has it; `bot.clock()` mends it (see `bot.clock`).
        hosted: it runs for people, on a database that must last: what `bot.hosted` does is done.
    """

    db: Database
    known: Known
    index: SearchIndex

    def __init__(
        self, settings: Settings, clock: Callable[[], datetime], *, hosted: bool = False, **options: Any
    ) -> None:
        self.clock = Clock(clock)
        self.hosted = hosted
        if settings.shards is not None:
            options |= {"shard_ids": settings.shards.ids, "shard_count": settings.shards.count}
        super().__init__(
            command_prefix=[],
            help_command=None,
            intents=intents(),
            allowed_mentions=NO_MENTIONS,
            # What is written in a server is read once, where it asks something, and not kept.
            max_messages=None,
            tree_cls=Tree,
            allowed_contexts=app_commands.AppCommandContext(guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
            http_trace=Manners(self.clock.heard).trace(),
            max_ratelimit_timeout=LONGEST_WAIT,
            **options,
        )
        self.settings = settings
        self.elsewhere = Elsewhere(self)
        self._turns = Turns(self) if settings.shards is not None else None
        self.supervisor = Supervisor(self.clock)
        self.counts = Counts()
        self.pace = Pace()
        self.allowance = Allowance()
        self.deliveries = Engine(self, settings.poll_seconds)
        self.web = Web(settings.http)
        self._changed = Alarm()
        self.gone = Alarm()
        self._index_wanted, self._indexed = asyncio.Event(), asyncio.Event()
        self._stack = AsyncExitStack()
        self._closing = False
        self.must_end = asyncio.Event()
        self.fault: DatabaseFault | None = None
        announce_strangers(self)

    async def setup_hook(self) -> None:
        """Open what is needed, in order; Discord calls this once, after logging in."""
        self._stack.enter_context(alone(self.settings.database_url))
        self.db = await self._stack.enter_async_context(Database.open(self.settings.database_url))
        self.known = Known(self.db)
        if self.hosted:
            await hosted.after_opening(self)
        await ensure_seeded(self.db)
        self.db.after_commit(self._committed)
        for extension in extensions():
            # Not `load_extension`: it runs each module anew, and forgets it again at the end.
            await importlib.import_module(extension).setup(self)
        health.register(self)
        self.add_dynamic_items(Pressed)
        await self.tree.set_translator(CommandTranslator())
        await self.sync_if_changed()
        self.supervisor.start("deliveries", self.deliveries.run)
        self.supervisor.start("index", self._follow_changes)
        self.supervisor.start("web", self.web.run)
        self.supervisor.start("hints", lambda: follow_hints(self.db))
        self.supervisor.start("names", self._learn_names)

    async def _learn_names(self) -> None:
        """Put the names of all countries together, which takes a moment: not when somebody first looks for one."""
        await self.wait_until_ready()
        await asyncio.to_thread(countries.find, "Chile")

    def _committed(self, marks: frozenset[str]) -> None:
        """A transaction was committed in which something was planned, or changed for the search."""
        if "settings" in marks:
            self.known.forget()
        if "planned" in marks:
            self.deliveries.wake()
        if "changed" in marks:
            self._changed.ring()
        if "gone" in marks:
            self.gone.ring()

    async def search_index(self) -> SearchIndex:
        """The search; right after the start it takes a moment to be made."""
        self._index_wanted.set()
        await self._indexed.wait()
        return self.index

    async def _follow_changes(self) -> None:
        """Make the search index, and keep it in step, here with what other processes changed too."""
        if not self._indexed.is_set():
            # It keeps the processor busy: not before somebody needs it, or all else has begun.
            await self._index_wanted.wait()
            self.index = await SearchIndex.build(self.db)
            self._indexed.set()
        while True:
            await self.index.refresh(self.db)
            await self._changed.sleep(self.settings.poll_seconds)

    async def sync_if_changed(self) -> bool:
        """Send the commands to Discord if they are not those it has.

        Returns:
            Whether they were sent.
        """
        translator = self.tree.translator
        assert translator is not None  # noqa: S101 - set just before
        key, program = f"commands:{self.application_id}", files_digest()
        async with self.db.read() as session:
            known = (await get_value(session, key) or "").partition(" ")
        if known[0] == program:
            # To translate all of them takes a third of a second.
            return False
        payload = [
            await command.get_translated_payload(self.tree, translator)
            for command in sorted(
                self.tree.get_commands(), key=lambda command: (str(command.name), type(command).__name__)
            )
        ]
        digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
        changed = known[2] != digest
        if changed:
            await self.tree.sync()
        async with self.db.begin() as session:
            await set_value(session, key, f"{program} {digest}")
        if not changed:
            return False
        log.info("sent %s commands to Discord", len(payload))
        return True

    async def know(self, guild: discord.Guild) -> Community:
        """The community of a server, noted with the host's defaults if it is new."""
        async with self.db.begin() as session:
            return await ensure_community(
                session,
                guild.id,
                name=guild.name,
                now=self.clock(),
                languages=self.settings.languages,
                zone=self.settings.zone,
                reminder_offsets=self.settings.reminder_offsets,
            )

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait longer each time that Discord does not take us up on it."""
        pause = 0.0 if initial else self.pace.pause(shard_id)
        if self._turns is None:
            await asyncio.sleep(pause)
        else:
            # The first pauses are what lies between two turns anyway.
            await self._turns.before_identify(shard_id or 0, pause - FIRST_PAUSE)

    async def launch_shard(self, gateway: URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard, in its turn among those of all processes."""
        if self._turns is not None:
            await self._turns.before_launch(shard_id)
        await super().launch_shard(gateway, shard_id, initial=initial)

    def get_guild(self, id: int, /) -> discord.Guild | None:  # noqa: A002 - its name in the library
        """A server of this process's shards, or one that was brought from elsewhere (see `bot.elsewhere`)."""
        return super().get_guild(id) or self.elsewhere.get(id)

    async def on_ready(self) -> None:
        """Say so in the log."""
        self._index_wanted.set()
        log.info("ready: %s in %s servers", self.user, len(self.guilds))

    async def on_message(self, message: discord.Message, /) -> None:
        """There are no commands in messages; whoever asks in conversation is answered by the cog for it."""

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Whatever people ask for is answered in time; forms come here, whether or not this process showed them."""
        if self.hosted and interaction.type is not discord.InteractionType.autocomplete:
            watch(self, interaction)
        if interaction.type is discord.InteractionType.modal_submit:
            await Form.receive(interaction)

    def count(self, interaction: discord.Interaction[Any], outcome: str) -> None:
        """Note that a command has ended, and how long after its arrival."""
        if interaction.command is not None and "arrived" in interaction.extras:
            taken = asyncio.get_running_loop().time() - float(interaction.extras["arrived"])
            self.counts.took(interaction.command.qualified_name, outcome, taken)

    async def on_app_command_completion(self, interaction: discord.Interaction[Any], _command: object) -> None:
        """A command was carried out."""
        self.count(interaction, "done")

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """A listener failed: the one error path."""
        import sys

        error = sys.exc_info()[1]
        if error is not None:
            await report(error, where=f"event {event_method}")

    def end(self, fault: DatabaseFault) -> None:
        """Have the program end, for a reason that starting it again would not change."""
        self.fault = fault
        self.must_end.set()

    async def close(self) -> None:
        """Finish the post under way, end the work, close the connection and the database."""
        if self._closing:
            return
        self._closing = True
        await self.deliveries.stop()
        await self.supervisor.stop()
        await super().close()
        await self._stack.aclose()


def create_bot(settings: Settings, *, clock: Callable[[], datetime] | None = None, **options: Any) -> Convenor:
    """The bot, ready to be started.

    Args:
        settings: from `Settings.load` or made for a test.
        clock: gives the time now in UTC; discord.py's own by default, which simulations move.
        options: passed on to discord.py, for instance `shard_count`.
    """
    return Convenor(settings, clock or discord.utils.utcnow, **options)
