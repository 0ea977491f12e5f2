"""`python -m tests.safeguarding.measure [set ...]`: recall and false alarms, by type and language."""

import sys

from tests.safeguarding.sets import LANGUAGES, Score, load, score

SETS = ("texts", *(f"held_out_{number}" for number in range(1, 20)))


def table(result: Score) -> list[str]:
    """The figures, as lines of a Markdown table."""
    lines = ["| type | " + " | ".join(LANGUAGES) + " | all |", "|---|" + "---|" * (len(LANGUAGES) + 1)]
    for kind in sorted({key[0] for key in (*result.wanted, *result.alarms)}):
        cells = [(result.found[kind, one], result.wanted[kind, one], result.alarms[kind, one]) for one in LANGUAGES]
        cells.append((sum(cell[0] for cell in cells), sum(cell[1] for cell in cells), sum(cell[2] for cell in cells)))
        shown = [f"{found}/{wanted}, {alarms} false" for found, wanted, alarms in cells]
        lines.append(f"| {kind} | " + " | ".join(shown) + " |")
    for name, some, of in (
        ("identifying texts recognised", result.recognised, result.identifying),
        ("clean texts alarmed", result.alarmed, result.clean),
    ):
        cells = [f"{some[one]}/{of[one]}" for one in LANGUAGES]
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {some.total()}/{of.total()} |")
    return lines


def summary(name: str) -> list[str]:
    """A set's figures as Markdown: one line, and the table. `make bench` may print it for the main set."""
    result = score(load(name))
    alarms = f"false alarms on {result.false_alarm_rate:.1%} of the clean texts"
    return [f"{name}: recall {result.recall:.1%}, {alarms}", "", *table(result)]


def main() -> None:
    """Print the table of each set, and what went wrong."""
    for name in sys.argv[1:] or SETS:
        result = score(load(name))
        print("\n".join(["## " + line if not place else line for place, line in enumerate(summary(name))]), end="\n\n")
        for line in [*(f"missed {miss}" for miss in result.misses), *(f"false {one}" for one in result.false)]:
            print(line)


if __name__ == "__main__":
    main()
