"""Restores a backup and is killed on the way: `python -m tests.ops.ending URL BACKUP KEYS`.

Each line of standard input names a point; a process is forked that restores and is killed there, as by `kill -9`, and
the answer is a line with its status. Everything is imported once, so that one more point costs little.
"""

import asyncio
import importlib
import inspect
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from data.backups import restore

# By name: the checker of types takes `data` for the tests of that name here.
restoring: Any = importlib.import_module("data.backups.restoring")
servers: Any = importlib.import_module("data.backups.servers")
# After which step each point lies.
POINTS: dict[str, tuple[Any, str]] = {
    "copied": (restoring, "_copy"),
    "loaded": (servers, "load"),
    "mended": (restoring, "mend"),
    "folded": (restoring, "fold"),
    "aside": (restoring, "set_aside"),
    "swapped": (servers, "swap"),
    "settled": (restoring, "settle"),
}


def die() -> None:
    """At once."""
    os.kill(os.getpid(), signal.SIGKILL)


def end_after(owner: Any, name: str) -> None:
    """Kill this process when a step is done."""
    real: Callable[..., Any] = getattr(owner, name)

    async def later(work: Awaitable[Any]) -> Any:
        await work
        die()

    def ended(*given: Any, **named: Any) -> Any:
        found = real(*given, **named)
        if inspect.isawaitable(found):
            return later(found)
        die()
        return found

    setattr(owner, name, ended)


def end_while_loading(*, whole: bool) -> None:
    """Kill this process when another program was given half of a backup, or all but the last word."""

    def copy(source: IO[bytes], into: IO[bytes]) -> None:
        read = source.read()
        into.write(read if whole else read[: len(read) // 2])
        into.flush()
        die()

    servers.shutil.copyfileobj = copy


def main() -> None:
    """Take orders until there are no more."""
    url, backup, keys = sys.argv[1], *map(Path, sys.argv[2:])
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            point = line.strip()
            if point in POINTS:
                end_after(*POINTS[point])
            else:
                end_while_loading(whole=point == "read")
            try:
                asyncio.run(restore(url, backup, datetime.now(UTC), keys=keys))
            finally:
                os._exit(3)
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
