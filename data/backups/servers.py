"""Backups of a PostgreSQL database, through its own programs."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from data import engines
from data.backups.faults import BackupFault
from data.backups.names import stamp
from data.database import Database
from data.engines import Address
from data.faults import InUseFault, fault_from, unreachable
from data.presence import A_MOMENT, others
from data.statements import lock_number

# Where Debian and its like keep the programs of each release, the newest of which reads every older server.
RELEASES = Path("/usr/lib/postgresql")
# How the schemas begin that hold what was replaced.
ASIDE = "convenor_replaced_"
# Where a backup is made ready before it takes the place of what is in use, which has the other name meanwhile.
LOADING, _IN_USE = "convenor_restoring", "convenor_in_use"
RESTORING = lock_number("restore")
# For how many seconds connections of our own that were closed may still be there.
LINGERING = 5.0
_TRY, _TRY_BRIEFLY = text("SELECT pg_try_advisory_lock(:key)"), text("SELECT pg_try_advisory_xact_lock(:key)")
_LEFT = text("SELECT count(*) FROM pg_namespace WHERE nspname = :name")
_ASIDE = text("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, :begin) ORDER BY nspname")
_DROP = text(f"DROP SCHEMA IF EXISTS {LOADING} CASCADE")
# What programs of release 17 and later switch off at the beginning, and no earlier server has.
_UNHEARD_OF = (b"SET transaction_timeout = 0;",)
_SETTINGS = (b"--", b"SET ", b"SELECT pg_catalog.set_config", b"\\")
_BEFORE = f"""BEGIN;
SET client_min_messages = warning;
DROP SCHEMA IF EXISTS {LOADING} CASCADE;
ALTER SCHEMA public RENAME TO {_IN_USE};
CREATE SCHEMA public;
""".encode()
_AFTER = f"""
ALTER SCHEMA public RENAME TO {LOADING};
ALTER SCHEMA {_IN_USE} RENAME TO public;
COMMIT;
""".encode()


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
    options = (
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--exclude-schema={ASIDE}*",
        f"--exclude-schema={LOADING}",
    )
    _run(address, program("pg_dump"), *options, f"--file={target}")
    listed = _run(None, program("pg_restore"), "--list", str(target))
    if "alembic_version" not in listed:
        raise BackupFault(f"The backup of {address.shown} holds no tables of Convenor.")


@asynccontextmanager
async def reserved(address: Address) -> AsyncGenerator[AsyncConnection]:
    """Be the only one who restores this database, on a connection of its own; what was not finished goes at the end.

    Raises:
        InUseFault: somebody is at work with it.
        DatabaseFault: it cannot be reached.
    """
    engine = engines.single_use(address, "restore")
    try:
        with _worded(address):
            async with engine.connect() as connection:
                async with connection.begin():
                    free = (await connection.execute(_TRY, {"key": RESTORING})).scalar_one()
                if not free or await others(connection):
                    raise _in_use(address)
                try:
                    yield connection
                finally:
                    async with connection.begin():
                        await connection.execute(_DROP)
    finally:
        await engine.dispose()


def load(address: Address, source: Path) -> None:
    """Put a backup beside what is in a database, into the schema `LOADING`: all of it or nothing.

    PostgreSQL's program restores into the schema that a backup was made of. So what is in use gets another name, and
    its own back, in the one transaction in which the backup is read: nobody ever sees it without its name.

    Raises:
        BackupFault: it did not work, and nothing was changed.
    """
    reads = program("pg_restore")
    if "alembic_version" not in _run(None, reads, "--list", str(source)):
        raise BackupFault(f"The backup {source.name} holds no tables of Convenor.")
    options = ("--no-psqlrc", "--quiet", "--variable=ON_ERROR_STOP=1", "--variable=VERBOSITY=sqlstate")
    with TemporaryFile() as of_reader, TemporaryFile() as of_writer:
        with (
            _start((reads, "--no-owner", "--no-privileges", "--file=-", str(source)), None, of_reader) as reader,
            _start((program("psql"), *options), address, of_writer) as writer,
        ):
            _feed(reader, writer)
        # Where the second gave up, the first only says that nobody listens any more.
        for name, done, told in (("psql", writer, of_writer), ("pg_restore", reader, of_reader)):
            if done.returncode:
                told.seek(0)
                raise _failure(address, name, told.read().decode(errors="replace"))


def _feed(reader: Popen[bytes], writer: Popen[bytes]) -> None:
    """Have one program carry out what the other reads; it commits only once told that this was all."""
    assert reader.stdout is not None  # noqa: S101 - asked for
    assert writer.stdin is not None  # noqa: S101 - asked for
    with suppress(BrokenPipeError), writer.stdin as into:
        into.write(_BEFORE)
        with reader.stdout as out:
            # Settings come first, between remarks; what people wrote comes later, and is not looked into.
            for line in out:
                if line.rstrip() not in _UNHEARD_OF:
                    into.write(line)
                if not line.startswith(_SETTINGS) and line.strip():
                    break
            shutil.copyfileobj(out, into)
        if reader.wait() == 0:
            into.write(_AFTER)


async def swap(held: AsyncConnection, address: Address, now: datetime) -> str:
    """Put what was loaded in place of what is in use, which is set aside as a schema of its own, in one step.

    Nothing of a newer release may stand in the way of an older one, so all of it is set aside.

    Returns:
        The name of that schema.

    Raises:
        InUseFault: somebody came to work with the database meanwhile. Nothing was changed.
    """
    if await others(held, LINGERING):
        raise _in_use(address)
    aside = f"{ASIDE}{stamp(now).lower()}"
    async with held.begin():
        await held.execute(text(f"ALTER SCHEMA public RENAME TO {aside}"))
        await held.execute(text(f"ALTER SCHEMA {LOADING} RENAME TO public"))
    return aside


async def clear(db: Database) -> bool:
    """Remove what a restore left behind that was stopped before its end; gives whether there was any.

    Raises:
        InUseFault: a restore is at work.
    """
    # The server takes a moment to see that a program was killed.
    for _ in range(round(A_MOMENT * 10)):
        async with db.begin() as session:
            if await session.scalar(_TRY_BRIEFLY, {"key": RESTORING}):
                found = await session.scalar(_LEFT, {"name": LOADING})
                if found:
                    await session.execute(_DROP)
                return bool(found)
        await asyncio.sleep(0.1)
    raise InUseFault(f"A backup is being restored into the database {db.safe_url}. Start when that has ended.")


async def set_aside(db: Database) -> list[str]:
    """The schemas that hold what restores replaced, the oldest first. Whoever hosts the bot removes them."""
    async with db.read() as session:
        return list(await session.scalars(_ASIDE, {"begin": ASIDE}))


def _in_use(address: Address) -> InUseFault:
    return InUseFault(f"A Convenor is at work with the database {address.shown}. Stop it first.")


@contextmanager
def _worded(address: Address) -> Generator[None]:
    """Turns what the driver raises into a sentence for the host."""
    try:
        yield
    except (OSError, TimeoutError) as error:
        raise unreachable(address.shown) from error
    except DBAPIError as error:
        raise fault_from(error, address.shown) or BackupFault(
            f"The database {address.shown} cannot be replaced: its user must own it."
        ) from error


def _run(address: Address | None, *command: str) -> str:
    try:
        done = subprocess.run(command, env=_environment(address), capture_output=True, text=True, check=False)  # noqa: S603
    except OSError as error:
        raise BackupFault(f"{Path(command[0]).name} could not be started: {error.strerror}.") from error
    if done.returncode:
        raise _failure(address, command[0], done.stderr)
    return done.stdout


def _start(command: tuple[str, ...], address: Address | None, told: IO[bytes]) -> Popen[bytes]:
    try:
        if address is None:
            return Popen(command, stdout=PIPE, stderr=told)  # noqa: S603
        return Popen(command, env=_environment(address), stdin=PIPE, stdout=DEVNULL, stderr=told)  # noqa: S603
    except OSError as error:
        raise BackupFault(f"{Path(command[0]).name} could not be started: {error.strerror}.") from error


def _environment(address: Address | None) -> dict[str, str]:
    """The environment of a program, with where it connects to."""
    environment = dict(os.environ)
    if address is not None:
        # Not among the arguments, which every user of the machine can list.
        url = address.url
        host = url.host or url.query.get("host")
        given = {"PGHOST": host, "PGPORT": url.port, "PGUSER": url.username, "PGPASSWORD": url.password}
        given |= {"PGDATABASE": url.database, "PGSSLMODE": url.query.get("ssl"), "PGAPPNAME": "convenor-backup"}
        environment |= {name: str(value) for name, value in given.items() if value}
    return environment


def _failure(address: Address | None, program: str, told: str) -> BackupFault:
    if "version mismatch" in told:
        return BackupFault(
            f"The program {program} is older than the database's server. Install PostgreSQL's client programs "
            "of the server's release or newer (Debian: apt-get install postgresql-client-18, for instance)."
        )
    said = (told.strip().splitlines() or ["nothing"])[0]
    if address is not None and address.url.password:
        said = said.replace(str(address.url.password), "***")
    return BackupFault(f"{Path(program).name} failed and said: {said}")
