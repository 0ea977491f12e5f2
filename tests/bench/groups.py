"""Finds the groups of figures, and measures each in a process of its own."""

import asyncio
import contextlib
import importlib
import multiprocessing
import pkgutil
import signal
import time
import traceback
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from types import ModuleType
from typing import Any

from tests.bench import figures
from tests.bench.figure import Figure, Options

# Far more than any group takes with the usual sizes, and enough for the largest of all.
PATIENCE = 3600.0
# In this order, those with an aim before the others: they are the ones to have if it is interrupted.
FIRST = ("start", "memory", "rate", "messages", "flood")
END_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Group:
    """What came of one group.

    Attributes:
        about: what it says of itself.
        figures: none where it failed.
        failure: what happened, where it could not be measured to its end.
        seconds: how long it took.
    """

    about: str
    figures: list[Figure] = field(default_factory=list[Figure])
    failure: str = ""
    seconds: float = 0.0


def names() -> list[str]:
    """The groups of figures there are, in the order in which they are measured and told."""
    there = sorted(module.name for module in pkgutil.iter_modules(figures.__path__))
    return sorted(there, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"tests.bench.figures.{name}")


def measure(name: str, options: Options) -> list[Figure]:
    """Measure one group."""
    work: Callable[[Options], Coroutine[Any, Any, list[Figure]]] = _module(name).measure
    return asyncio.run(work(options))


def in_own_process(name: str, options: Options) -> Group:
    """The same in a new process: what one group leaves in memory must not slow the next, nor its failure end it."""
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(name, options, sending))
    began = time.perf_counter()
    process.start()
    sending.close()
    result: list[Figure] | str | None = None
    try:
        if receiving.poll(PATIENCE):
            result = receiving.recv()
    except EOFError:
        result = "its process ended without a word"
    finally:
        # Interrupted, or stuck: it must not go on alone. What it started ends with it.
        process.join(0 if result is None else END_SECONDS)
        if process.is_alive():
            process.terminate()
            process.join(END_SECONDS)
        if process.is_alive():
            process.kill()
            process.join()
    about, seconds = _module(name).__doc__ or name, time.perf_counter() - began
    if isinstance(result, list):
        return Group(about, result, seconds=seconds)
    return Group(about, failure=result or f"it did not end within {PATIENCE:.0f} seconds", seconds=seconds)


def not_measured(name: str, why: str) -> Group:
    """A group that did not have its turn."""
    return Group(_module(name).__doc__ or name, failure=why)


def end_cleanly() -> None:
    """Take a request to end like an interruption by hand, which asyncio lets remove folders and stop processes."""

    def interrupt(_number: int, _frame: object) -> None:
        signal.raise_signal(signal.SIGINT)

    # Shells let what they start in the background ignore it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, interrupt)


def _work(name: str, options: Options, sending: "Connection[list[Figure] | str, object]") -> None:
    end_cleanly()
    try:
        sending.send(measure(name, options))
    except Exception:  # noqa: BLE001 - told by the process that waits for it
        sending.send(traceback.format_exc())
    except KeyboardInterrupt:
        # Most likely with the process that would hear it.
        with contextlib.suppress(OSError):
            sending.send("it was interrupted")
