"""`python -m tests.bench`: measures, prints one table, and writes `docs/benchmarks.md`."""

import argparse
import os
import sys
import time
from pathlib import Path

from tests.bench import report
from tests.bench.figure import Options
from tests.bench.groups import Group, NotMeasuredError, end_cleanly, in_own_process, names

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def positive(text: str) -> int:
    """A whole number above 0.

    Raises:
        ValueError: it is none.
    """
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


def parser() -> argparse.ArgumentParser:
    """The options."""
    usual = Options()
    made = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure Convenor against a floor.")
    made.add_argument("--rows", type=positive, default=usual.rows, help="deliveries in the table (%(default)s)")
    made.add_argument("--rounds", type=positive, default=usual.rounds, help="turns of each side (%(default)s)")
    made.add_argument("--entries", type=positive, default=usual.entries, help="entries to search (%(default)s)")
    made.add_argument("--commands", type=positive, default=usual.commands, help="commands in a round (%(default)s)")
    made.add_argument("--due", type=positive, default=usual.due, help="reminders due at once (%(default)s)")
    made.add_argument("--only", choices=names(), action="append", help="only this group; may be repeated")
    made.add_argument(
        "--output", type=Path, help="where the page goes; docs/benchmarks.md unless only some groups are measured"
    )
    return made


def main() -> int:
    """Measure what was asked for.

    Returns:
        The exit status: 1 where something could not be measured to its end; no page is written then.
    """
    arguments = parser().parse_args()
    options = Options(arguments.rounds, arguments.rows, arguments.entries, arguments.commands, arguments.due)
    load = os.getloadavg()[0]
    groups: dict[str, Group] = {}
    chosen = arguments.only or names()
    end_cleanly()
    try:
        for name in chosen:
            began = time.perf_counter()
            print(f"measuring {name} ...", end=" ", file=sys.stderr, flush=True)
            try:
                groups[name] = in_own_process(name, options)
            except NotMeasuredError as error:
                print(f"failed: {error}", file=sys.stderr)
            else:
                print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
    # Also when it is interrupted: what was measured took its time.
    if groups:
        print(report.table([figure for _, found in groups.values() for figure in found]))
    failed = len(groups) < len(chosen)
    output: Path | None = arguments.output or (None if arguments.only else PAGE)
    if output is not None and not failed:
        output.write_text(report.page(groups, options, load), encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
