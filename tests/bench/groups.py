"""Finds the groups of figures, and measures each in a process of its own."""

import asyncio
import importlib
import multiprocessing
import pkgutil
import signal
import traceback
from collections.abc import Callable, Coroutine
from multiprocessing.connection import Connection
from typing import Any

from tests.bench import figures
from tests.bench.figure import Figure, Options

Group = tuple[str, list[Figure]]


class NotMeasuredError(Exception):
    """A group could not be measured to its end; says what happened in its process."""


def names() -> list[str]:
    """The groups of figures there are."""
    return sorted(module.name for module in pkgutil.iter_modules(figures.__path__))


def measure(name: str, options: Options) -> Group:
    """Measure one group; returns what it says of itself, and its figures."""
    module = importlib.import_module(f"tests.bench.figures.{name}")
    work: Callable[[Options], Coroutine[Any, Any, list[Figure]]] = module.measure
    return module.__doc__ or name, asyncio.run(work(options))


def in_own_process(name: str, options: Options) -> Group:
    """The same in a new process: what one group leaves in memory must not slow the next.

    Raises:
        NotMeasuredError: it failed.
    """
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(name, options, sending))
    process.start()
    sending.close()
    try:
        result: Group | str = receiving.recv()
    except EOFError:
        result = "its process ended without a word"
    except BaseException:
        # Interrupted: it must not go on alone.
        process.terminate()
        raise
    finally:
        process.join()
    if isinstance(result, str):
        raise NotMeasuredError(result)
    return result


def end_cleanly() -> None:
    """Take a request to end like an interruption by hand, which asyncio lets remove folders and stop processes."""

    def interrupt(_number: int, _frame: object) -> None:
        signal.raise_signal(signal.SIGINT)

    # Shells let what they start in the background ignore it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, interrupt)


def _work(name: str, options: Options, sending: "Connection[Group | str, object]") -> None:
    end_cleanly()
    try:
        sending.send(measure(name, options))
    except Exception:  # noqa: BLE001 - told by the process that waits for it
        sending.send(traceback.format_exc())
    except KeyboardInterrupt:
        sending.send("it was interrupted")
