"""Checks of the machine and of the program on it."""

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path

from bot.checks.case import Case
from bot.checks.found import Finding, Level, Said, Word, note, well, wrong
from bot.clock import TOLERANCE
from bot.health import zombies
from bot.languages import FOLDERS, N_, catalogue
from bot.settings import backups_of
from data import backups
from data.engines import parse_address

CLOCK, DISK, TEXTS = N_("Clock"), N_("Disk"), N_("Texts")
BACKUPS, WORK, CONNECTION = N_("Backups"), N_("Background work"), N_("Connection")
LANGUAGES = {"fr": N_("French"), "es": N_("Spanish"), "pt": N_("Portuguese")}
LEAST_FREE = 300 * 1024 * 1024
MEBIBYTE = 1024 * 1024
# Two of the usual times, and a little for a machine that was off.
OLD = 2.5
RECENT = timedelta(hours=1)


async def clock(case: Case) -> list[Finding]:
    """Whether this machine and Discord agree on what time it is."""
    if case.ahead is None:
        return [note(CLOCK, N_("Discord did not say what time it is, so the clock could not be compared."))]
    if abs(case.ahead) > TOLERANCE:
        return [
            wrong(
                CLOCK,
                N_("The clock of the machine is wrong by {seconds} seconds. Convenor goes by Discord's time instead."),
                N_("Let the machine set its clock by itself, for instance: timedatectl set-ntp true."),
                seconds=round(abs(case.ahead)),
            )
        ]
    return [well(CLOCK, N_("The clock agrees with Discord's."))]


async def disk(case: Case) -> list[Finding]:
    """Whether there is room, where the database and the backups are."""
    path = parse_address(case.settings.database_url).path
    size = path.stat().st_size if path is not None and path.exists() else 0
    needed = max(LEAST_FREE, 3 * size)
    free = min(
        _free(folder) for folder in {path.parent if path else backups_of(case.settings), backups_of(case.settings)}
    )
    if free < needed:
        return [
            wrong(
                DISK,
                N_("Only {free} MiB are free on the disk; with less than {needed} MiB a backup may fail."),
                N_("Make room on the disk that holds the database and the backups."),
                free=free // MEBIBYTE,
                needed=needed // MEBIBYTE,
            )
        ]
    return [well(DISK, N_("{free} MiB are free on the disk."), free=free // MEBIBYTE)]


def _free(folder: Path) -> int:
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


async def texts_there(_case: Case) -> list[Finding]:
    """Whether each language has all texts."""
    known = {language: await asyncio.to_thread(_messages, language) for language in FOLDERS}
    every = frozenset[str]().union(*known.values())
    found = [
        wrong(
            TEXTS,
            N_("Texts that are missing in {language}: {n}."),
            N_("Install Convenor again, as a whole: a part of it did not arrive."),
            language=Word(LANGUAGES[language]),
            n=len(every - texts) or 1,
        )
        for language, texts in known.items()
        if texts != every or not texts
    ]
    return found or [well(TEXTS, N_("All texts are there in all four languages."))]


def _messages(language: str) -> frozenset[str]:
    texts = getattr(catalogue(language), "_catalog", {})
    return frozenset(str(key) for key, text in texts.items() if text)


async def backed_up(case: Case) -> list[Finding]:
    """Whether there is a backup, and not too old a one."""
    made = await asyncio.to_thread(backups.in_folder, backups_of(case.settings))
    hours = case.settings.backup_hours
    do = N_("Make one on the machine: convenor backup. CONVENOR_BACKUP_HOURS lets the bot make them by itself.")
    if not made:
        return [wrong(BACKUPS, N_("There is no backup yet."), do)]
    newest = made[-1].made_at
    if case.now - newest > timedelta(hours=OLD * (hours or 72)):
        return [wrong(BACKUPS, N_("The newest backup was made {moment}: that is too long ago."), do, moment=newest)]
    if not hours:
        return [note(BACKUPS, N_("The newest backup was made {moment}. The bot makes none by itself."), moment=newest)]
    return [well(BACKUPS, N_("The newest backup was made {moment}."), moment=newest)]


async def replaced(case: Case) -> list[Finding]:
    """Whether what was replaced by a restore is still there, with people in it who were erased since."""
    left = await backups.replaced(case.db, case.settings.database_url) if case.db is not None else []
    if not left:
        return []
    says = N_(
        "Databases that were replaced by a backup, and are still there: {n}. They still hold people who were erased "
        "since."
    )
    do = N_("Whoever hosts Convenor removes them when all is well; convenor doctor gives their names there.")
    return [Finding(BACKUPS, Level.NOTE, Said(says, {"n": len(left)}), Said(do), ", ".join(left))]


async def work(case: Case) -> list[Finding]:
    """Whether what goes on in the background goes on."""
    if case.bot is None:
        return []
    failing = [
        one
        for one in case.bot.supervisor.work.values()
        if one.failed_at is not None and case.now - one.failed_at < RECENT
    ]
    found = [
        wrong(
            WORK,
            N_("Background work failed: {work} ({n} times since the start, last {moment}); it was begun again."),
            N_("The bot's log says why."),
            work=one.name,
            n=one.failures,
            moment=one.failed_at,
        )
        for one in failing
    ]
    return found or [well(WORK, N_("All background work goes on."))]


async def connection(case: Case) -> list[Finding]:
    """Whether the bot is connected, and hears of what happens."""
    if case.bot is None:
        return await _asked(case)
    if silent := zombies(case.bot):
        return [
            wrong(
                CONNECTION,
                N_("Discord does not answer on the connection: shards {shards}."),
                N_("Convenor connects again by itself. If it does not, see whether Discord works: discordstatus.com."),
                shards=", ".join(str(shard) for shard in silent),
            )
        ]
    return [well(CONNECTION, N_("The connection to Discord stands."))]


async def _asked(case: Case) -> list[Finding]:
    """At the command line, the running bot itself is asked, where it can be."""
    if case.settings.http is None:
        return [
            note(
                CONNECTION,
                N_("Whether the bot runs cannot be told from here."),
                N_("Set CONVENOR_HTTP, and this asks it; or use /doctor in the server."),
            )
        ]
    import aiohttp

    host, port = case.settings.http
    shown = f"[{host}]" if ":" in host else host
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(5)) as session,
            session.get(f"http://{shown}:{port}/readyz") as answer,
        ):
            said, ready = await answer.text(), answer.status == 200
    except (aiohttp.ClientError, OSError, TimeoutError):
        return [
            wrong(
                CONNECTION,
                N_("The bot does not run, or does not answer on the address in CONVENOR_HTTP."),
                N_("Start it: convenor run. If it runs, its log says what it lacks."),
            )
        ]
    if not ready:
        return [
            wrong(
                CONNECTION,
                N_("The bot runs, and is not ready."),
                N_("Wait a minute. If it stays so, its log says why."),
                detail=" ".join(said.split()),
            )
        ]
    return [well(CONNECTION, N_("The bot runs, and is ready."))]
