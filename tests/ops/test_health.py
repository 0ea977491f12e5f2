"""The host's monitoring is told the truth, and nothing that is anybody's secret."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.settings import Settings
from data.backups import BackupFault
from data.backups import make as make_backup
from tests.core.test_cli import convenor
from tests.databases import make
from tests.ops.asking import answered, free_port, get, use
from tests.wire.control import TOKEN, Nursery, until
from tests.wire.scene import Scene, open_scene


async def test_alive_ready_and_in_numbers_until_the_connection_is_dead(scene: Scene) -> None:
    port = free_port()
    await scene.server.order("gateway_heartbeat", milliseconds=400)
    # The library itself notices only much later that nothing comes any more.
    bot = await scene.start_bot(CONVENOR_HTTP=f"127.0.0.1:{port}", WIRE_HEARTBEAT_TIMEOUT="60")

    async def ready() -> bool:
        return (await get(port, "/readyz"))[0] == 200

    assert await until(ready), bot.log
    await scene.plan(1)
    await scene.each_once()
    await answered(scene, await use(scene, "help"))
    await answered(scene, await use(scene, "webinar edit"))
    assert await get(port, "/healthz") == (200, "ok\n")
    status, numbers = await get(port, "/metrics")
    assert status == 200
    for line in (
        "convenor_ready 1.0",
        "convenor_database_up 1.0",
        "convenor_deliveries_overdue 0.0",
        'convenor_commands_total{command="help",outcome="done"} 1.0',
        "convenor_servers 1.0",
        'convenor_command_seconds_bucket{le="+Inf"}',
        'convenor_gateway_silence_seconds{shard="0"}',
    ):
        assert line in numbers, numbers
    assert "process_resident_memory_bytes" in numbers

    await scene.server.order("gateway_silence")
    cut = time.monotonic()

    async def noticed() -> bool:
        return (await get(port, "/readyz"))[0] == 503

    # A hundredth of the usual time between two heartbeats, and a twentieth of the patience that is added to it.
    assert await until(noticed, 30), bot.log
    assert time.monotonic() - cut < 5
    assert "gateway: shard 0 is silent" in (await get(port, "/readyz"))[1]
    assert (await get(port, "/healthz"))[0] == 200
    await bot.stop()
    assert (await get(port, "/healthz"))[0] == 0


def test_a_dead_connection_is_told_before_it_is_90_seconds_old() -> None:
    from bot import health

    # Discord's usual time between two heartbeats, and any longer one.
    for interval in (41.25, 60.0, 120.0):
        assert min(health.LONGEST_SILENCE, 1.5 * interval + health.GRACE) < 90
    assert 1.5 * 41.25 + health.GRACE > 41.25 + 10, "an answer that takes ten seconds is no reason"
    assert Settings().http is None, "nothing listens unless the host wants it"


CANARIES = ("canary-password", TOKEN, "canary of a member")


@pytest.mark.usefixtures("postgresql_programs")
async def test_no_secret_and_no_word_of_a_member_gets_out(tmp_path: Path, nursery: Nursery) -> None:
    """PostgreSQL with a password, everything logged that can be, commands that work and that fail, and a backup."""
    real = make("postgresql", tmp_path)
    url = real.replace("://postgres:", "://postgres:canary-password") if "postgres:@" in real else real
    assert "canary-password" in url
    port, folder = free_port(), tmp_path / "backups"
    async with open_scene(tmp_path, url, nursery=nursery) as scene:
        bot = await scene.start_bot(
            CONVENOR_HTTP=f"127.0.0.1:{port}",
            CONVENOR_LOG_LEVEL="debug",
            CONVENOR_LOG_FORMAT="json",
            CONVENOR_BACKUP_FOLDER=str(folder),
        )

        async def ready() -> bool:
            return (await get(port, "/readyz"))[0] == 200

        assert await until(ready), bot.log
        said = {"type": 3, "name": "query", "value": CANARIES[2]}
        await answered(scene, await use(scene, "lookup", said))
        # A command that is not there, an option that is not: both fail.
        await answered(scene, await use(scene, f"webinar {CANARIES[2][:6]}", said))
        told = bot.log + "".join([(await get(port, path))[1] for path in ("/healthz", "/readyz", "/metrics")])
        await bot.stop()
        told += bot.log
        made = await make_backup(url, folder, datetime.now(UTC))
        with pytest.raises(BackupFault) as failed:
            await make_backup(url.replace("?host=", "?host=/nowhere"), folder, datetime.now(UTC))
        done = convenor(tmp_path, "doctor", "--json", DATABASE_URL=url, DISCORD_TOKEN="not.this-one")
        told += f"{made.path.name} {failed.value} {done.stdout} {done.stderr}"
    assert '"message": "ready: ' in told
    assert '"level": "wrong"' in told
    for canary in CANARIES:
        assert canary not in told
