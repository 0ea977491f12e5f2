"""What figures are made of and share."""

import math
import statistics
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

Measured = TypeVar("Measured")


@dataclass(frozen=True, slots=True)
class Options:
    """How much is measured.

    Attributes:
        rounds: how often each side has its turn.
        rows: in the table of deliveries.
        entries: in the larger of the two search indexes.
        commands: asked of a bot in each round, of each sort.
        due: reminders that are due at once.
    """

    rounds: int = 5
    rows: int = 200_000
    entries: int = 5_000
    commands: int = 200
    due: int = 1_000


@dataclass(frozen=True, slots=True)
class Aim:
    """What is aimed at.

    Attributes:
        most: what it may be at most.
        of: what that is a limit of: the `ratio` to the floor, how much `more` than the floor's, or the `value` itself.
    """

    most: float
    of: Literal["ratio", "more", "value"] = "ratio"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report.

    Attributes:
        what: is measured.
        unit: of the values: `s`, `ms`, `MB`, `MiB`, `kB` or `/s`.
        ours: Convenor's, or the other's that `who` names, one for each round.
        floor: the other's, of the same rounds.
        against: what the other is.
        why_not: why there are no values, where there are none.
        who: whose values these are. Others are measured to be compared with, and nothing is aimed at.
        aim: what they should be.
    """

    what: str
    unit: str
    ours: tuple[float, ...]
    floor: tuple[float, ...]
    against: str
    why_not: str = ""
    who: str = "Convenor"
    aim: Aim | None = None

    @property
    def ratios(self) -> tuple[float, ...]:
        """Ours to the floor's, of each round."""
        return tuple(ours / floor for ours, floor in zip(self.ours, self.floor, strict=True))

    @property
    def more(self) -> tuple[float, ...]:
        """By how much ours are more than the floor's, of each round."""
        return tuple(ours - floor for ours, floor in zip(self.ours, self.floor, strict=True))

    @property
    def met(self) -> bool:
        """Whether the median of the rounds is what was aimed at."""
        assert self.aim is not None
        of = {"ratio": self.ratios, "more": self.more, "value": self.ours}[self.aim.of]
        return bool(of) and statistics.median(of) <= self.aim.most


async def alternate(rounds: int, *works: Callable[[], Awaitable[Measured]]) -> list[list[Measured]]:
    """Measure in turns, ours first, so that whatever else the machine does meets all; returns the rounds of each."""
    found: list[list[Measured]] = [[] for _ in works]
    for _ in range(rounds):
        for work, rounds_of_it in zip(works, found, strict=True):
            rounds_of_it.append(await work())
    return found


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all does not exceed (nearest rank); 0.5 is the median."""
    return sorted(values)[max(math.ceil(share * len(values)), 1) - 1]


def spread(
    what: str,
    against: str,
    ours: Sequence[Sequence[float]],
    floor: Sequence[Sequence[float]],
    shares: Sequence[float] = (0.5, 0.99),
) -> list[Figure]:
    """Figures of what was measured many times in each round, in seconds: its percentiles, in milliseconds."""
    return [
        Figure(
            f"{what}, p{share * 100:.0f}",
            "ms",
            tuple(percentile(each, share) * 1000 for each in ours),
            tuple(percentile(each, share) * 1000 for each in floor),
            against,
        )
        for share in shares
    ]
