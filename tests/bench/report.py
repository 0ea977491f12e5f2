"""What came out: one table for the terminal, and the page `docs/benchmarks.md`."""

import math
import os
import platform
import sqlite3
import statistics
from collections.abc import Mapping, Sequence
from importlib.metadata import version

import bot
from tests.bench import red
from tests.bench.figure import Figure, Options
from tests.bench.groups import Group

HEADINGS = ("figure", "of", "measured", "floor", "ratio", "aim", "met", "the floor is")
ALIGNED = ("---", "---", "---:", "---:", "---:", "---", "---", "---")


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
        return (figure.what, figure.who, "not measured", "", "", *aimed(figure), figure.why_not)
    return (
        figure.what,
        figure.who,
        median(figure.ours, figure.unit),
        median(figure.floor, figure.unit),
        median(figure.ratios),
        *aimed(figure),
        figure.against,
    )


def aimed(figure: Figure) -> tuple[str, str]:
    """What is aimed at, and whether it is met by the median of the rounds."""
    aim = figure.aim
    if aim is None:
        return "", ""
    most = f"{aim.most:,g}"
    phrase = {
        "ratio": f"at most {most} times the floor",
        "more": f"at most the floor + {most} {figure.unit}",
        "value": f"at most {most} {figure.unit}",
    }[aim.of]
    said = "yes" if figure.met else "**no**"
    return phrase, f"{said}: + {median(figure.more, figure.unit)}" if aim.of == "more" and figure.ours else said


def table(figures: Sequence[Figure]) -> str:
    """For a terminal."""
    lines = [HEADINGS, *(tuple(cell.replace("**", "") for cell in cells(figure)) for figure in figures)]
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
        f"Red-DiscordBot {red.version()}, where it is measured, with the libraries that it asks for",
        f"load average before the run: {load:.1f}",
    ]


def page(groups: Mapping[str, Group], options: Options, load: float) -> str:
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
        "greatest; the ratio is taken within each round. An aim is met where the median is within it. Other programs",
        "are measured beside Convenor where there is something to compare: nothing is aimed at for them.",
        "",
        f"{rounds.capitalize()}, {options.rows:,} rows of deliveries, up to {options.entries:,} entries in the search,",
        f"{options.commands:,} commands of each sort in a round, {options.due:,} reminders due at once; for more, see",
        "`.venv/bin/python -m tests.bench --help`. `make soak` lets a day of traffic pass, and says by how much memory",
        "grows from hour to hour and whether anything is left over; it is not part of this page.",
        "",
        "Measured on:",
        "",
        *(f"- {line}" for line in machine(load)),
        "",
        "## What is aimed at",
        "",
        *rows(beside_aims([figure for group in groups.values() for figure in group.figures])),
    ]
    for group in groups.values():
        heading, _, rest = group.about.strip().partition("\n")
        lines += ["", f"## {heading.rstrip('.')}", "", *rest.strip().splitlines(), ""]
        if group.failure:
            lines += ["**Not measured:**", "", "```", *group.failure.strip().splitlines()[-1:], "```"]
        else:
            lines += [*rows(group.figures), "", f"Measured in {group.seconds:.0f} seconds."]
    return "\n".join(lines) + "\n"


def beside_aims(figures: Sequence[Figure]) -> list[Figure]:
    """The figures with an aim, and those of others of the same thing."""
    aimed_at = {figure.what for figure in figures if figure.aim is not None}
    return [figure for figure in figures if figure.what in aimed_at]


def rows(figures: Sequence[Figure]) -> list[str]:
    """A table of the page, without the columns that would be empty."""
    lines = [HEADINGS, ALIGNED, *(cells(figure) for figure in figures)]
    used = [column for column in range(len(HEADINGS)) if any(line[column] for line in lines[2:])]
    return [f"| {' | '.join(line[column] for column in used)} |" for line in lines]
