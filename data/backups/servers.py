"""Backups of a PostgreSQL database, through its own programs."""

import os
import shutil
import subprocess
from pathlib import Path

from data.backups.faults import BackupFault
from data.engines import Address

# Where Debian and its like keep the programs of each release, the newest of which reads every older server.
RELEASES = Path("/usr/lib/postgresql")


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
    _run(address, program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
    listed = _run(None, program("pg_restore"), "--list", str(target))
    if "alembic_version" not in listed:
        raise BackupFault(f"The backup of {address.shown} holds no tables of Convenor.")


def load(address: Address, source: Path) -> None:
    """Put a backup in place of all that is in a database, or leave it as it is.

    Raises:
        BackupFault: it did not work, and nothing was changed.
    """
    options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
    _run(address, program("pg_restore"), *options, f"--dbname={address.url.database}", str(source))


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
