"""Checks of the database and of what is done with it."""

import asyncio
from datetime import timedelta

from bot.checks.case import Case
from bot.checks.found import Finding, note, well, wrong
from bot.languages import N_
from data import health, schema, sqlite_release
from data.backups.files import damage
from data.engines import parse_address
from data.faults import DatabaseFault, OlderSchemaFault

DATABASE, TABLES, SQLITE, FILE = N_("Database"), N_("Tables"), N_("SQLite"), N_("Database file")
MESSAGES, KEEPING, SEARCH = N_("Messages"), N_("Limited keeping"), N_("Search")
# A file of that size is read through while somebody waits; a larger one takes `convenor backup`, which does it too.
LOOKED_THROUGH = 256 * 1024 * 1024
WEEK, LONG_AGO = timedelta(days=7), timedelta(days=2)


async def database(case: Case) -> list[Finding]:
    """Whether it answers, and takes what is to be saved."""
    if case.db is None:
        if isinstance(case.fault, OlderSchemaFault):
            return []
        return [
            wrong(
                DATABASE,
                N_("The database cannot be used: nothing can be read or saved."),
                N_("Whoever hosts Convenor has to put it right; convenor doctor says there what is wrong."),
                detail=str(case.fault or ""),
            )
        ]
    try:
        async with case.db.read() as session:
            kind = await health.pulse(session)
        if case.bot is not None:
            async with case.db.begin() as session:
                await health.try_writing(session, case.now)
    except DatabaseFault as fault:
        return [
            wrong(
                DATABASE,
                N_("The database takes no changes just now: nothing can be saved."),
                N_("Whoever hosts Convenor has to put it right: make room on the disk, or start the database server."),
                detail=str(fault),
            )
        ]
    return [well(DATABASE, N_("The database answers ({kind})."), kind=kind)]


async def tables(case: Case) -> list[Finding]:
    """Whether the tables are those of this program."""
    if isinstance(case.fault, OlderSchemaFault):
        return [
            wrong(
                TABLES,
                N_("The tables are those of an earlier Convenor."),
                N_("Start Convenor: it brings them up to date by itself. Make a backup first."),
                detail=str(case.fault),
            )
        ]
    if case.db is None:
        return []
    return [well(TABLES, N_("The tables are up to date ({revision})."), revision=schema.head())]


async def sqlite(case: Case) -> list[Finding]:
    """Which SQLite there is, and whether the file is whole."""
    path = parse_address(case.settings.database_url).path if case.db is not None else None
    if path is None:
        return []
    found: list[Finding] = []
    release = sqlite_release.release()
    if sqlite_release.can_lose_pages(release):
        found.append(
            note(
                SQLITE,
                N_(
                    "SQLite {release} has the WAL-reset fault, by which two programs that write at the same moment can "
                    "damage a file. Convenor is not touched by it: only one connection of one program writes."
                ),
                N_(
                    "Let no other program write to the file while the bot runs. A system or a Python with SQLite "
                    "3.51.3 or later, or 3.50.7 or 3.44.6, has it repaired."
                ),
                release=sqlite_release.written(release),
            )
        )
    else:
        text = N_("SQLite {release} does not have the WAL-reset fault.")
        found.append(well(SQLITE, text, release=sqlite_release.written(release)))
    if path.stat().st_size <= LOOKED_THROUGH:
        broken = await asyncio.to_thread(damage, path, quick=True)
        if broken is None:
            found.append(well(FILE, N_("The file is whole.")))
        else:
            found.append(
                wrong(
                    FILE,
                    N_("The database file is damaged."),
                    N_("Stop the bot, then put the newest backup back: convenor restore."),
                    detail=broken,
                )
            )
    return found


async def messages(case: Case) -> list[Finding]:
    """Whether all that is due went out."""
    if case.db is None:
        return []
    async with case.db.read() as session:
        waiting = await health.waiting(session, case.now, case.now - WEEK, case.community_id)
    found: list[Finding] = []
    if waiting.overdue:
        found.append(
            wrong(
                MESSAGES,
                N_("Messages that should have gone out by now: {n}. The first was due: {moment}."),
                N_("See that the bot runs and that Discord works. The bot's log says what keeps them."),
                n=waiting.overdue,
                moment=waiting.oldest,
            )
        )
    if waiting.failed:
        found.append(
            note(
                MESSAGES,
                N_("Messages that could not go out in the last seven days: {n}."),
                N_("The cards in the moderators' channel say why; /setup shows which permission is missing."),
                n=waiting.failed,
            )
        )
    return found or [well(MESSAGES, N_("No message is overdue."))]


async def keeping(case: Case) -> list[Finding]:
    """Whether what is kept for a time only is looked through."""
    if case.db is None:
        return []
    async with case.db.read() as session:
        last = await health.last_keeping(session)
    if last is None:
        return [
            note(KEEPING, N_("What is kept for a limited time was not gone through yet: the bot does it once a day."))
        ]
    if case.now - last > LONG_AGO:
        return [
            wrong(
                KEEPING,
                N_("What is kept for a limited time was last gone through {moment}; it should be every day."),
                N_("See that the bot runs. If it does, its log says what keeps it from it."),
                moment=last,
            )
        ]
    return [well(KEEPING, N_("What is kept for a limited time was gone through {moment}."), moment=last)]


async def search(case: Case) -> list[Finding]:
    """Whether things can be found."""
    if case.db is None:
        return []
    if case.bot is None:
        from data.search.index import SearchIndex

        try:
            await SearchIndex.build(case.db)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
            return [_no_search(type(error).__name__)]
        return [well(SEARCH, N_("The search index can be made."))]
    work = case.bot.supervisor.work.get("index")
    if work is None or work.task.done() or (work.failures and not hasattr(case.bot, "index")):
        return [_no_search("")]
    if not hasattr(case.bot, "index"):
        return [note(SEARCH, N_("The search index is being made; this takes a moment after the start."))]
    return [well(SEARCH, N_("The search works and follows what changes."))]


def _no_search(detail: str) -> Finding:
    return wrong(
        SEARCH,
        N_("The search index could not be made: nothing is found."),
        N_("Start Convenor again. If that does not help, its log says why."),
        detail=detail,
    )
