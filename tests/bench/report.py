"""What came out: one table for the terminal, and the page `docs/benchmarks.md`."""

import math
import os
import platform
import sqlite3
import statistics
from collections.abc import Mapping, Sequence
from importlib.metadata import version

import bot
from tests.bench.figure import Figure, Options

HEADINGS = ("figure", "Convenor", "floor", "ratio", "the floor is")


def number(value: float) -> str:
    """With three digits that count, and no exponent."""
    if not value:
        return "0"
    return f"{value:,.{min(max(2 - math.floor(math.log10(abs(value))), 0), 6)}f}"


def median(values: Sequence[float], unit: str = "") -> str:
    """The median and, in brackets, the least and the greatest."""
    middle = f"{number(statistics.median(values))}{f' {unit}' if unit else ''}"
    return middle if len(values) == 1 else f"{middle} ({number(min(values))} to {number(max(values))})"


def cells(figure: Figure) -> tuple[str, ...]:
    """A line of the table."""
    if figure.why_not:
        return (figure.what, "not measured", "", "", figure.why_not)
    return (
        figure.what,
        median(figure.ours, figure.unit),
        median(figure.floor, figure.unit),
        median(figure.ratios),
        figure.against,
    )


def table(figures: Sequence[Figure]) -> str:
    """For a terminal."""
    lines = [HEADINGS, *(cells(figure) for figure in figures)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    padded = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    return "\n".join(line.rstrip() for line in [padded[0], "  ".join("-" * width for width in widths), *padded[1:]])


def machine(load: float) -> list[str]:
    """What it was measured on: nothing that tells which machine it is."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    libraries = ", ".join(f"{name} {version(name)}" for name in ("discord.py", "SQLAlchemy", "tantivy"))
    return [
        f"{cores} cores ({platform.machine()}), {memory:.0f} GiB of memory, {platform.system()}",
        f"{platform.python_implementation()} {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
        f"Convenor {bot.__version__}, {libraries}",
        f"load average before the run: {load:.1f}",
    ]


def page(groups: Mapping[str, tuple[str, Sequence[Figure]]], options: Options, load: float) -> str:
    """The page, from each group's explanation and figures."""
    rounds = "one round" if options.rounds == 1 else f"{options.rounds} rounds"
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`; run it to measure on your machine.",
        "",
        "Each figure is a pair, measured in turns within one run: Convenor, and a floor that does the same job with",
        "nothing around it. The times belong to the machine and to what else it did; the **ratio** is what to look at:",
        "1.0 would be as good as the floor. Given are the median of the rounds and, in brackets, the least and the",
        f"greatest; the ratio is taken within each round. {rounds.capitalize()}, {options.rows:,} rows of deliveries,",
        f"up to {options.entries:,} entries in the search, {options.commands:,} commands of each sort in a round.",
        "",
        "Measured on:",
        "",
        *(f"- {line}" for line in machine(load)),
    ]
    for about, figures in groups.values():
        heading, _, rest = about.strip().partition("\n")
        lines += ["", f"## {heading.rstrip('.')}", "", *rest.strip().splitlines(), ""]
        lines += [_row(HEADINGS), _row(["---", "---:", "---:", "---:", "---"])]
        lines += [_row(cells(figure)) for figure in figures]
    return "\n".join(lines) + "\n"


def _row(values: Sequence[str]) -> str:
    return f"| {' | '.join(values)} |"
