"""`python -m tests.bench`: measures, prints one table, and writes `docs/benchmarks.md`."""

import argparse
import os
import sys
from pathlib import Path

from tests.bench import report
from tests.bench.figure import Options
from tests.bench.groups import Group, end_cleanly, in_own_process, names, not_measured

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
        The exit status: 1 where something could not be measured; the page says what, and has all the rest.
    """
    arguments = parser().parse_args()
    options = Options(arguments.rounds, arguments.rows, arguments.entries, arguments.commands, arguments.due)
    load = os.getloadavg()[0]
    groups: dict[str, Group] = {}
    chosen: list[str] = list(dict.fromkeys(arguments.only or names()))
    end_cleanly()
    try:
        for name in chosen:
            print(f"measuring {name} ...", end=" ", file=sys.stderr, flush=True)
            groups[name] = found = in_own_process(name, options)
            print(f"{found.seconds:.0f} s", file=sys.stderr)
            # At once: whatever happens to this process later, these are known.
            print(f"failed: {found.failure}" if found.failure else report.table(found.figures), file=sys.stderr)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
    measured = [figure for found in groups.values() for figure in found.figures]
    groups |= {name: not_measured(name, "interrupted") for name in chosen if name not in groups}
    output: Path | None = arguments.output or (None if arguments.only else PAGE)
    if measured:
        print(report.table(measured))
        if output is not None:
            output.write_text(report.page(groups, options, load), encoding="utf-8")
    return int(any(found.failure for found in groups.values()))


if __name__ == "__main__":
    sys.exit(main())
