"""What is done only where the bot runs for people: its database is looked at first, and backed up by itself."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.settings import Settings, backups_of
from bot.supervisor import Alarm
from data import backups
from data.faults import DatabaseFault
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
    """Begin what goes on as long as the bot runs."""
    if await backups.clear(bot.db, bot.settings.database_url):
        log.warning("a restore was stopped before its end: the half of it is removed, and nothing else was changed")
    await asyncio.to_thread(backups.claim, bot.settings.database_url)
    async with bot.db.begin() as session:
        # In every backup, so that those who are erased after it are known again when it is restored.
        await ensure_secret(session)
    bot.supervisor.start("journal", lambda: _keep_journal(bot))
    if bot.settings.backup_hours:
        bot.supervisor.start("backups", lambda: _back_up(bot))


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
    every = timedelta(hours=bot.settings.backup_hours)
    await rest.sleep(FIRST_WAIT)
    while True:
        now = bot.clock()
        made = [one for one in await asyncio.to_thread(backups.in_folder, folder) if one.made_at <= now]
        wait = made[-1].made_at + every - now if made else timedelta(0)
        if wait > timedelta(0):
            # The clock may be set meanwhile.
            await rest.sleep(min(wait.total_seconds(), 3600.0))
            continue
        try:
            done = await backups.make(
                bot.settings.database_url,
                folder,
                now,
                key=bot.settings.backup_key,
                keep=bot.settings.backup_keep,
            )
        except DatabaseFault as fault:
            log.error("no backup was made: %s", fault)  # noqa: TRY400 - the sentence says all
            await rest.sleep(AGAIN)
        else:
            log.info("backup %s made, %s bytes", done.path.name, done.path.stat().st_size)
