"""Write the next migration from what changed in the models: `python -m data.migrations "add peer requests"`."""

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from sqlalchemy import Connection

from data import engines, schema
from data.migrations.run import configuration, upgrade


def main() -> None:
    """Compare the models with the newest revision on a throw-away SQLite file and write the difference."""
    if len(sys.argv) != 2 or not sys.argv[1].strip():
        sys.exit('Say what changes: python -m data.migrations "add peer requests"')
    with TemporaryDirectory() as folder:
        asyncio.run(_write(sys.argv[1].strip(), Path(folder) / "migration.sqlite"))


async def _write(message: str, file: Path) -> None:
    address = engines.parse_address(f"sqlite:///{file}")
    if schema.revisions():
        await upgrade(address)
    engine = engines.sqlite_writer(address)
    async with engine.connect() as connection:
        await connection.run_sync(_revision, message)
    await engine.dispose()


def _revision(connection: Connection, message: str) -> None:
    number = f"{len(schema.revisions()) + 1:04d}"
    config = configuration(connection)
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    command.revision(config, message, autogenerate=True, rev_id=number)


if __name__ == "__main__":
    main()
