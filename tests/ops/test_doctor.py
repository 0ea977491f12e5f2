"""`/doctor` and `convenor doctor` find what is wrong and say what to do, and nothing to whom it does not concern."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot import settings as bot_settings
from bot.app import Convenor
from bot.checks import CHECKS, examine, host
from bot.checks.alone import examine_alone
from bot.checks.case import Case
from bot.checks.shown import as_json, as_lines
from bot.demo.world import Persona, World
from bot.health import ENGINE_GRACE, lacking
from bot.settings import Settings
from data.backups import make
from data.deliveries import plan
from data.engines import parse_address
from tests.act import all_text, reply
from tests.conftest import START
from tests.ops.asking import free_port
from tests.wire.control import TOKEN
from tests.wire.launch import point_at
from tests.wire.scene import QUEUE, WEBINARS, Scene

GONE = "990000000000000001"
CAMILA = Persona("camila", "Camila", "es-ES", "America/Santiago")


async def test_moderators_see_what_is_wrong_and_what_to_do(world: World, settings: Settings) -> None:
    owner, general, bot = world.owner.actor, world.channel("general"), world.env.bot
    assert isinstance(bot, Convenor)
    folder = bot_settings.backups_of(settings)
    await make(settings.database_url, folder, START)
    well = all_text(reply(await owner.slash(general, "doctor")))
    assert well.startswith("\nAll is well"), well
    assert "✅ Backups" in well
    assert str(folder) not in well, "the host's folders are nobody's business"

    # What a restore replaced is told of until somebody removes it; its name is for the host alone.
    path = parse_address(settings.database_url).path
    assert path is not None
    aside = path.with_name(f"{path.name}.replaced-20260101T000000Z")
    aside.touch()
    still_there = all_text(reply(await owner.slash(general, "doctor")))
    assert "replaced by a backup, and are still there: 1." in still_there
    assert aside.name not in still_there
    aside.unlink()

    # What monitoring is told: that all runs, until the engine that sends messages stands still.
    assert await lacking(bot) == []
    bot.deliveries.beat = asyncio.get_running_loop().time() - settings.poll_seconds - ENGINE_GRACE - 1
    assert await lacking(bot) == ["engine: no heartbeat"]
    bot.supervisor.work["deliveries"].failures, bot.supervisor.work["deliveries"].failed_at = 3, START
    failed = all_text(reply(await owner.slash(general, "doctor")))
    assert "❌ Background work: Background work failed: deliveries (3 times since the start" in failed

    # A backup that is old, and a message that is stuck.
    async with bot.db.begin() as session:
        await plan(
            session,
            community_id=world.guild.id,
            kind="nobody-knows",
            subject="webinar:1",
            occurrence="",
            target="channel:webinars",
            due_at=START - timedelta(hours=1),
            now=START,
        )
    await world.pass_time(timedelta(days=4))
    wrong = all_text(reply(await owner.slash(general, "doctor")))
    assert "things have to be put right" in wrong, wrong
    assert "❌ Backups: The newest backup was made <t:" in wrong
    assert "→ Make one on the machine: convenor backup." in wrong
    assert "❌ Messages: Messages that should have gone out by now: 1." in wrong

    camila = await world.join(CAMILA)
    assert "moderación" in all_text(reply(await camila.actor.slash(general, "doctor")))


async def test_the_host_sees_it_at_the_command_line(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    settings = Settings(discord_token=TOKEN, database_url=scene.database_url, http=("127.0.0.1", port))
    for owner, name in ((Route, "BASE"), (DiscordWebSocket, "DEFAULT_GATEWAY"), (discord.Asset, "BASE")):
        # Put back at the end.
        monkeypatch.setattr(owner, name, getattr(owner, name))
    point_at(scene.server.port)
    myself = (await scene.server.order("about"))["bot"]["id"]
    await scene.server.order("overwrite", channel=scene.channels[WEBINARS], id=myself, type=1, deny=2048)
    # Let into the moderators' channel by name: the bot, and somebody who has left; who is there, Discord is asked.
    for which, given in ((scene.guild, {"deny": 1024}), (myself, {"allow": 1024}), (GONE, {"allow": 1024})):
        kind = 0 if which == scene.guild else 1
        await scene.server.order("overwrite", channel=scene.channels[QUEUE], id=which, type=kind, **given)
    found = await examine_alone(settings)
    lines = as_lines(found)
    assert "BAD  Connection: The bot does not run" in lines
    assert "BAD  Backups: There is no backup yet." in lines
    assert "BAD  Permissions: In #channel-2 Convenor lacks: Send Messages, Embed Links, and Attach Files." in lines
    assert "More people can see #channel-1" not in lines
    assert "BAD  Setup: The server Network is not set up." in lines
    assert "ok   Clock: The clock agrees with Discord's." in lines
    assert "ok   Intents" in lines
    assert "ok   Roles" in lines

    bot = await scene.start_bot(CONVENOR_HTTP=f"127.0.0.1:{port}")
    await bot.wait_ready()
    await make(scene.database_url, bot_settings.backups_of(settings), datetime.now(UTC))
    said = as_json(await examine_alone(settings))
    assert "The bot runs, and is ready." in said
    assert '"ok": false' in said
    assert "The newest backup was made" in said
    assert TOKEN not in said


async def test_a_check_that_fails_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Neither a database nor Discord: every check still says something, or has nothing to say.
    missing = Settings(database_url=f"sqlite:///{tmp_path}/none.db")
    found = await examine_alone(missing)
    assert any("cannot be used" in one.says.message and "There is no database" in one.detail for one in found)
    assert not (tmp_path / "none.db").exists(), "looking makes nothing"

    async def breaks(_case: Case) -> list[Any]:
        raise RuntimeError("what a member wrote")

    monkeypatch.setattr("bot.checks.listed.CHECKS", (breaks, host.texts_there))
    case = Case(missing, datetime.now(UTC), None)
    lines = as_lines(await examine(case))
    assert "One of the checks failed: breaks." in lines
    assert "Texts:" in lines
    assert "what a member wrote" not in lines
    assert len(CHECKS) > 15
