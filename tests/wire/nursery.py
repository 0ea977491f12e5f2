"""Starts bots faster: `python -m tests.wire.nursery` has everything imported, and forks a process for each bot.

A bot so started is a process of its own, killed like any other. Where hundreds are killed, two thirds of the time would
otherwise go into imports. It reads orders from standard input, one JSON object a line, `{"environment": {...},
"log": "file"}`, answers each with `{"started": pid}`, and says `{"ended": pid, "status": n}` when one ends. With
`"server": {"token": ..., "record": "file", "port": "file"}` it starts a server instead, which writes its port there.
"""

import asyncio
import gc
import json
import os
import selectors
import signal
import sys
from pathlib import Path
from typing import Any

from bot.app import extensions
from tests.wire import launch
from tests.wire.server.__main__ import serve


def say(**what: int) -> None:
    """One line to whoever gives the orders."""
    os.write(1, (json.dumps(what) + "\n").encode())


def become(order: dict[str, Any]) -> None:
    """In the new process: be a bot."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor, target in ((nothing, 0), (nothing, 1), (log, 2)):
        os.dup2(descriptor, target)
    os.environ.update(order["environment"])
    status = 1
    try:
        if "server" in order:
            be_server(**order["server"])
        else:
            launch.main()
        status = 0
    except SystemExit as ended:
        status = int(ended.code or 0)
    except BaseException:  # noqa: BLE001 - whatever ends it, this process must not go on as a nursery
        import traceback

        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def be_server(token: str, record: str, port: str) -> None:
    """In the new process: be a server, until it is killed."""

    def tell(number: int) -> None:
        new = Path(f"{port}.new")
        new.write_text(str(number))
        new.rename(port)

    async def serve_for_ever() -> None:
        await serve(token, Path(record), tell, asyncio.Event().wait())

    asyncio.run(serve_for_ever())


def start(order: dict[str, Any]) -> int:
    """A new bot or server; returns its process id."""
    pid = os.fork()
    if pid == 0:
        become(order)
    return pid


def reap(alive: set[int]) -> None:
    """Say which bots have ended."""
    while alive:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        alive.discard(pid)
        say(ended=pid, status=os.waitstatus_to_exitcode(status))


def main() -> None:
    """Take orders until there are no more, then end all that is left."""
    for extension in extensions():
        __import__(extension)
    gc.freeze()
    readable, writable = os.pipe()
    for descriptor in (readable, writable):
        os.set_blocking(descriptor, False)
    signal.set_wakeup_fd(writable)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    alive: set[int] = set()
    waiting = b""
    with selectors.DefaultSelector() as selector:
        selector.register(0, selectors.EVENT_READ)
        selector.register(readable, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fd == readable:
                    os.read(readable, 4096)
                    reap(alive)
                    continue
                read = os.read(0, 65_536)
                if not read:
                    for pid in alive:
                        os.kill(pid, signal.SIGKILL)
                    return
                *orders, waiting = (waiting + read).split(b"\n")
                for order in orders:
                    pid = start(json.loads(order))
                    alive.add(pid)
                    say(started=pid)


if __name__ == "__main__":
    main()
