"""What is offered while somebody types a name or a title into an option."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from data.countries import fold

Thing = TypeVar("Thing")
# So many suggestions Discord shows.
MOST_CHOICES = 25
_LONGEST_TYPED = 100


def fitting(
    things: Iterable[Thing], typed: str, names: Callable[[Thing], Sequence[str]], limit: int = MOST_CHOICES
) -> list[Thing]:
    """Those in one of whose names each word typed begins a word, in any order.

    First come those whose shown name itself begins with what was typed, then others that fit by their shown name, then
    those that fit by another name; of equals, those that came first.

    Args:
        things: in the order in which they are best shown.
        typed: what was typed so far; nothing gives the first.
        names: of a thing: the one that is shown, then others, for instance in other languages.
        limit: how many at most.
    """
    wanted = fold(typed[:_LONGEST_TYPED]).split()
    if typed.strip() and not wanted:
        return []
    ranked: list[tuple[int, int, Thing]] = []
    for number, thing in enumerate(things):
        for place, name in enumerate(names(thing)):
            folded = fold(name)
            words = folded.split()
            if all(any(word.startswith(each) for word in words) for each in wanted):
                begins = not place and folded.startswith(" ".join(wanted))
                ranked.append((0 if begins else min(place, 1) + 1, number, thing))
                break
    return [thing for *_, thing in sorted(ranked, key=lambda each: each[:2])][:limit]
