"""What is done only where the bot runs for people: its database is looked at first, and backed up by itself."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings, backups_of
from bot.sharding import ALL
from bot.supervisor import Alarm
from data import backups
from data.faults import DatabaseFault, InUseFault
from data.holding import holding, only_one
from data.personal.erasing import ensure_secret

if TYPE_CHECKING:
    from bot.app import Convenor

log = logging.getLogger("convenor.backups")

# After the start other things come first; and a bot that is started again and again must not back up each time.
FIRST_WAIT = 600.0
# A backup that failed is tried again after that many seconds, as when the disk was full for a while.
AGAIN = 900.0
# What is gone is written down at once; this only finds what a crash left out.
JOURNAL_REST = 3600.0


async def before_opening(settings: Settings) -> None:
    """Find out whether the database is whole, before anything else is tried.

    Raises:
        DatabaseFault: it is not; it was set aside, and the sentence says what to do.
    """
    now = datetime.now(UTC)
    await asyncio.to_thread(backups.guard, settings.database_url, backups_of(settings), now)


async def after_opening(bot: "Convenor") -> None:
    """Begin what goes on as long as the bot runs.

    Raises:
        InUseFault: another process has the same shards, or a restore is at work.
        DatabaseFault: the database is unreachable.
    """
    await _hold_shards(bot)
    if await backups.clear(bot.db, bot.settings.database_url, backups_of(bot.settings)):
        log.warning("a restore was stopped before its end: the half of it is removed, and nothing else was changed")
    await asyncio.to_thread(backups.claim, bot.settings.database_url)
    async with bot.db.begin() as session:
        # In every backup, so that those who are erased after it are known again when it is restored.
        await ensure_secret(session)
    bot.supervisor.start("journal", lambda: _keep_journal(bot))
    if bot.settings.backup_hours:
        bot.supervisor.start("backups", lambda: _back_up(bot))


async def _hold_shards(bot: "Convenor") -> None:
    """Have this process's shards to itself, as long as it runs: two of them would do everything twice.

    Raises:
        InUseFault: another process has one of them.
        DatabaseFault: the database is unreachable.
    """
    held: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    bot.supervisor.start("shards", lambda: _keep_shards(bot, held))
    await held


async def _keep_shards(bot: "Convenor", held: "asyncio.Future[None]") -> None:
    shards = bot.settings.shards
    names, beside = ([ALL], []) if shards is None else (shards.names, [ALL])
    while bot.db.dialect != "sqlite":
        try:
            async with holding(bot.db, names, beside=beside) as lost:
                if not held.done():
                    held.set_result(None)
                await lost.wait()
            log.warning("the connection by which this process has its shards was lost: taking them again")
        except DatabaseFault as fault:
            if not held.done():
                held.set_exception(fault)
            elif isinstance(fault, InUseFault):
                # It was silent for so long that another process took its place.
                bot.end(fault)
            else:
                raise
            return
    held.set_result(None)


async def _keep_journal(bot: "Convenor") -> None:
    """Write down beside the backups what must stay gone."""
    folder = backups_of(bot.settings)
    while True:
        try:
            await backups.keep(bot.db, folder)
        except OSError as error:
            log.error("what was erased cannot be written down in %s: %s", folder, error.strerror)  # noqa: TRY400
        await bot.gone.sleep(JOURNAL_REST)


async def _back_up(bot: "Convenor") -> None:
    """Make a backup whenever the newest is old enough."""
    rest, folder = Alarm(), backups_of(bot.settings)
    await rest.sleep(FIRST_WAIT)
    while True:
        wait = await _until_next(bot, folder)
        if wait > timedelta(0):
            # The clock may be set meanwhile.
            await rest.sleep(min(wait.total_seconds(), 3600.0))
        elif not await _make_backup(bot, folder):
            await rest.sleep(AGAIN)


async def _until_next(bot: "Convenor", folder: Path) -> timedelta:
    """How long it is until the newest backup is old enough."""
    now = bot.clock()
    made = [one for one in await asyncio.to_thread(backups.in_folder, folder) if one.made_at <= now]
    return made[-1].made_at + timedelta(hours=bot.settings.backup_hours) - now if made else timedelta(0)


async def _make_backup(bot: "Convenor", folder: Path) -> bool:
    """Make one, unless another process is at it now, which may do so in the same folder; gives whether there is one."""
    try:
        async with only_one(bot.db, "backup") as mine:
            if not mine:
                log.warning("no backup was made: another process is making one")
                return False
            if await _until_next(bot, folder) > timedelta(0):
                return True
            done = await backups.make(
                bot.settings.database_url,
                folder,
                bot.clock(),
                key=bot.settings.backup_key,
                keep=bot.settings.backup_keep,
            )
    except DatabaseFault as fault:
        log.error("no backup was made: %s", fault)  # noqa: TRY400 - the sentence says all
        return False
    log.info("backup %s made, %s bytes", done.path.name, done.path.stat().st_size)
    return True
