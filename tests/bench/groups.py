"""Finds the groups of figures, and measures each in a process of its own."""

import asyncio
import importlib
import multiprocessing
import pkgutil
from collections.abc import Callable, Coroutine
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from tests.bench import figures
from tests.bench.figure import Figure, Options


def names() -> list[str]:
    """The groups of figures there are."""
    return sorted(module.name for module in pkgutil.iter_modules(figures.__path__))


def measure(name: str, options: Options) -> tuple[str, list[Figure]]:
    """Measure one group; returns what it says of itself, and its figures."""
    module = importlib.import_module(f"tests.bench.figures.{name}")
    work: Callable[[Options], Coroutine[Any, Any, list[Figure]]] = module.measure
    return module.__doc__ or name, asyncio.run(work(options))


def in_own_process(name: str, options: Options) -> tuple[str, list[Figure]]:
    """The same in a new process: what one group leaves in memory must not slow the next."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measure, name, options).result()
