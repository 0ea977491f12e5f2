"""What the bot counts while it works: names and numbers of ours only, never a word of a person."""

from collections import Counter
from dataclasses import dataclass, field

# Upper bounds in seconds; Discord gives three until an answer must be there.
BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0)


@dataclass(slots=True)
class Counts:
    """Since the start.

    Attributes:
        commands: how many commands were carried out or failed, by name and outcome.
        answered: in how many commands that took at most so long, by bound; the last is for all.
        seconds: how long all of them took together.
        deferred: how many answers were promised because the work took long.
    """

    commands: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    answered: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    seconds: float = 0.0
    deferred: int = 0

    def took(self, command: str, outcome: str, seconds: float) -> None:
        """A command has ended."""
        self.commands[command, outcome] += 1
        self.seconds += seconds
        for index, bound in enumerate(BOUNDS):
            if seconds <= bound:
                self.answered[index] += 1
        self.answered[-1] += 1
