"""The commands for whoever hosts the bot: `doctor`, `backup`, `restore`, `move`, `check-links`, `export-practices`."""

import argparse
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.settings import Settings, backups_of

Job = Callable[[Settings, Any], Awaitable[int]]


async def backup(settings: Settings, arguments: argparse.Namespace) -> int:
    """Make a backup now, also while the bot runs."""
    from data import backups

    folder: Path = arguments.folder or backups_of(settings)
    made = await backups.make(
        settings.database_url,
        folder,
        datetime.now(UTC),
        key=arguments.key or settings.backup_key,
        keep=None if arguments.folder else settings.backup_keep,
    )
    print(made.path)
    return 0


async def restore(settings: Settings, arguments: argparse.Namespace) -> int:
    """Put a backup in place of the database."""
    from data import backups

    folder = backups_of(settings)
    if arguments.backup is None:
        for one in backups.in_folder(folder):
            print(f"{one.made_at:%Y-%m-%d %H:%M} UTC  {one.path}")
        print("Say which: convenor restore FILE" if backups.in_folder(folder) else f"There is no backup in {folder}.")
        return 0
    done = await backups.restore(
        settings.database_url, arguments.backup, datetime.now(UTC), folders=(folder,), keys=arguments.key
    )
    print(f"The backup {arguments.backup.name} is in place.")
    if done.made_at is None:
        print("Its name does not tell when it was made: everybody who was ever erased was erased again.")
    print(f"Erased again: {done.mended.erased}. Withdrawn again: {done.mended.withdrawn}.")
    print(f"To be looked up in Discord before they are sent: {done.mended.looked_up}.")
    if done.aside is not None:
        print(f"What was there before is {done.aside}; remove it when all is well.")
    return 0


async def move(_settings: Settings, arguments: argparse.Namespace) -> int:
    """Carry everything from one database to another."""
    from data.moving import move as carry

    done = await carry(arguments.source, arguments.target, say=print)
    print(f"All {done.rows} rows of {done.tables} tables are there, and the same on both sides.")
    print("Now set DATABASE_URL to the new address and start the bot. Keep the old database until you are content.")
    return 0


async def doctor(settings: Settings, arguments: argparse.Namespace) -> int:
    """Say what is well and what is not: 0 all is well, 1 something is not."""
    from bot.checks.alone import examine_alone
    from bot.checks.shown import as_json, as_lines

    found = await examine_alone(settings)
    print(as_json(found) if arguments.json else as_lines(found))
    return 1 if any(one.is_wrong for one in found) else 0


async def check_links(settings: Settings, arguments: argparse.Namespace) -> int:
    """Look at the address of each resource: 0 all lead somewhere, 1 some do not."""
    from bot.links import BROKEN, as_json, as_table, check_links
    from data.database import Database
    from data.resources.links import list_links

    async with Database.open(settings.database_url) as db, db.read() as session:
        links = await list_links(session)
    checked = await check_links(links, seconds=arguments.seconds)
    print(as_json(checked) if arguments.json else as_table(checked))
    return 1 if any(one.state == BROKEN for one in checked) else 0


async def export_practices(settings: Settings, arguments: argparse.Namespace) -> int:
    """Print the published practices of each community, or of one, as JSON: one document for each."""
    from data.communities import all_communities
    from data.database import Database
    from data.practices.exporting import as_json, list_exported

    async with Database.open(settings.database_url) as db, db.read() as session:
        communities = await all_communities(session)
        wanted = [one for one in communities if arguments.community in (None, one.id)]
        for community in wanted:
            print(as_json(community, await list_exported(session, community.id), datetime.now(UTC)), end="")
    return 0 if wanted else 1


JOBS: dict[str, Job] = {
    "backup": backup,
    "restore": restore,
    "move": move,
    "doctor": doctor,
    "check-links": check_links,
    "export-practices": export_practices,
}


def add_commands(commands: Any) -> None:
    """Add these to the commands that there are."""
    examining = commands.add_parser("doctor", help="say what is well, what is not, and what to do")
    examining.add_argument("--json", action="store_true", help="print JSON")
    making = commands.add_parser("backup", help="make a backup of the database, also while the bot runs")
    making.add_argument("--folder", type=Path, help="where to put it, instead of CONVENOR_BACKUP_FOLDER; keeps all")
    making.add_argument("--key", metavar="age1...", help="encrypt it for this public key of age")
    putting = commands.add_parser("restore", help="put a backup in place of the database; what was erased stays erased")
    putting.add_argument("backup", type=Path, nargs="?", help="the file; without it, those there are are listed")
    putting.add_argument("--key", type=Path, metavar="FILE", help="the file with the private key of an encrypted one")
    carrying = commands.add_parser("move", help="carry everything from one database to another, and compare")
    carrying.add_argument("--from", dest="source", required=True, metavar="URL", help="the database that is in use")
    carrying.add_argument("--to", dest="target", required=True, metavar="URL", help="an empty one")
    exporting = commands.add_parser("export-practices", help="print the published practices as JSON")
    exporting.add_argument("--community", type=int, metavar="ID", help="only this server's")
    looking = commands.add_parser("check-links", help="look whether the addresses of the resources still work")
    looking.add_argument("--json", action="store_true", help="print JSON")
    looking.add_argument("--seconds", type=float, default=20.0, help="how long one address may take (20)")
