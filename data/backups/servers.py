"""Backups of a PostgreSQL database, through its own programs."""

import asyncio
import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data import engines
from data.backups.faults import BackupFault
from data.backups.names import stamp
from data.engines import Address
from data.faults import fault_from
from data.schema import MOVING

# Where Debian and its like keep the programs of each release, the newest of which reads every older server.
RELEASES = Path("/usr/lib/postgresql")
# How the schemas begin that hold what was replaced.
ASIDE = "convenor_replaced_"


def program(name: str) -> str:
    """Where a program of PostgreSQL is.

    Raises:
        BackupFault: it is not on this machine.
    """
    releases = sorted(
        (path for path in RELEASES.glob("*/bin") if path.parent.name.isdecimal()),
        key=lambda path: int(path.parent.name),
        reverse=True,
    )
    for folder in (None, *releases):
        found = shutil.which(name, path=str(folder) if folder else None)
        if found is not None:
            return found
    raise BackupFault(
        f"A backup of PostgreSQL needs its program {name}, which is not on this machine. Install PostgreSQL's client "
        "programs (Debian: apt-get install postgresql-client), of the server's release or newer."
    )


def dump(address: Address, target: Path) -> None:
    """Write the whole database, as it is at this moment, into a file that `pg_restore` reads.

    Raises:
        BackupFault: it did not work; the sentence says what the program said, without the password.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    options = ("--format=custom", "--no-owner", "--no-privileges", f"--exclude-schema={ASIDE}*")
    _run(address, program("pg_dump"), *options, f"--file={target}")
    listed = _run(None, program("pg_restore"), "--list", str(target))
    if "alembic_version" not in listed:
        raise BackupFault(f"The backup of {address.shown} holds no tables of Convenor.")


async def load(address: Address, source: Path, now: datetime) -> str:
    """Put a backup in place of all that is in a database, or leave it as it is.

    What was there is set aside as a schema of its own: nothing of a newer release may stand in the way of an older one.
    Until `finish`, the bot does not open the database.

    Returns:
        The name of that schema.

    Raises:
        BackupFault: it did not work, and nothing was changed.
    """
    options = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
    command = (program("pg_restore"), *options, f"--dbname={address.url.database}", str(source))
    aside = f"{ASIDE}{stamp(now).lower()}"
    # Whatever ends this program on the way: nobody takes the half of it for all there is.
    mark = f"CREATE TABLE {MOVING} (source TEXT NOT NULL)"
    await _do(address, f"ALTER SCHEMA public RENAME TO {aside}", "CREATE SCHEMA public", mark)
    try:
        await asyncio.to_thread(_run, address, *command)
    except BaseException:
        await _do(address, "DROP SCHEMA public CASCADE", f"ALTER SCHEMA {aside} RENAME TO public")
        raise
    return aside


async def finish(address: Address) -> None:
    """What was loaded is fit for use."""
    await _do(address, f"DROP TABLE {MOVING}")


async def _do(address: Address, *statements: str) -> None:
    """Run statements in one transaction."""
    engine = engines.single_use(address, "restore")
    try:
        async with engine.begin() as connection:
            for statement in statements:
                await connection.execute(text(statement))
    except DBAPIError as error:
        raise fault_from(error, address.shown) or BackupFault(
            f"The database {address.shown} cannot be replaced: its user must own it."
        ) from error
    finally:
        await engine.dispose()


def _run(address: Address | None, *command: str) -> str:
    environment = dict(os.environ)
    if address is not None:
        # Not among the arguments, which every user of the machine can list.
        url = address.url
        host = url.host or url.query.get("host")
        given = {"PGHOST": host, "PGPORT": url.port, "PGUSER": url.username, "PGPASSWORD": url.password}
        given |= {"PGDATABASE": url.database, "PGSSLMODE": url.query.get("ssl"), "PGAPPNAME": "convenor-backup"}
        environment |= {name: str(value) for name, value in given.items() if value}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError as error:
        raise BackupFault(f"{Path(command[0]).name} could not be started: {error.strerror}.") from error
    if done.returncode:
        if "version mismatch" in done.stderr:
            raise BackupFault(
                f"The program {command[0]} is older than the database's server. Install PostgreSQL's client programs "
                "of the server's release or newer (Debian: apt-get install postgresql-client-18, for instance)."
            )
        said = (done.stderr.strip().splitlines() or ["nothing"])[0]
        if address is not None and address.url.password:
            said = said.replace(str(address.url.password), "***")
        raise BackupFault(f"{Path(command[0]).name} failed and said: {said}")
    return done.stdout
