"""Brings a database up to date and is killed on the way: `python -m tests.data.upgrading URL`.

Each line of standard input says where: at a statement that changes something, by its number, or at `commit`, just
before the end of the transaction. A process is forked that is killed there, as by `kill -9`, or just after the end
where there is no such statement; then the answer is a line. Everything is imported once, so one more kill costs little.
"""

import asyncio
import importlib
import os
import signal
import sys
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from data.database import Database

# Late in the program itself. By name: the checker of types takes `data` for the tests of that name here.
importlib.import_module("data.migrations.run")
CHANGES = ("ALTER", "CREATE", "DROP", "UPDATE", "INSERT", "DELETE")


def die() -> None:
    """At once."""
    os.kill(os.getpid(), signal.SIGKILL)


def end_at(point: str) -> None:
    """Kill this process there."""
    seen = 0

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        nonlocal seen
        seen += statement.lstrip().startswith(CHANGES)
        if point == str(seen):
            die()

    event.listen(Engine, "after_cursor_execute", count)

    def commit(_connection: Any) -> None:
        # The first that is committed with a change in it is the upgrade.
        if seen:
            die()

    if point == "commit":
        event.listen(Engine, "commit", commit)


async def upgrade(url: str) -> None:
    """As each start does it."""
    real = Database.migrate

    async def migrate(self: Database) -> None:
        await real(self)
        die()

    setattr(Database, "migrate", migrate)  # noqa: B010
    async with Database.open(url):
        pass


def main() -> None:
    """Take orders until there are no more."""
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                end_at(line.strip())
                asyncio.run(upgrade(sys.argv[1]))
            finally:
                os._exit(3)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
