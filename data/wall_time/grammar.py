"""A small grammar: rules that read one thing each, and every way to read a whole phrase by them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from data.wall_time.lattice import Lattice
from data.wall_time.tokens import Token

# What is said, by slot: the date, the time ... In the order of the slots' names.
Parts = tuple[tuple[str, Any], ...]
# Takes the tokens of a rule's captured places, None for what was left out; gives None where they do not go together.
Build = Callable[..., Parts | None]

# These stand between the things that are said, and mean nothing by themselves.
SKIPPED = frozenset({"LINK", "AT", "THE", "OF", "DASH"})
# Nothing before a day, "in" elsewhere: "em 14 de março", "em duas semanas".
BEFORE_A_DAY = "ON"
OF_A_DAY = frozenset({"date", "weekday"})


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a rule: which kinds of token it takes, whether it may be left out, whether it is handed on."""

    kinds: frozenset[str]
    optional: bool
    captured: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of tokens that says something.

    Attributes:
        items: its places.
        build: from their tokens, what they say.
        after: the slot that has to be filled just before; any where it is empty.
    """

    items: tuple[Item, ...]
    build: Build
    after: str = ""


def rule(pattern: str, build: Build, *, after: str = "") -> Rule:
    """A rule from its pattern: kinds of token parted by spaces, `|` for either, `?` for what may be left out.

    What is written in small letters must be there, but is not handed on: `NUM of? MONTH` hands on two tokens.
    """
    items: list[Item] = []
    for word in pattern.split():
        kinds = word.rstrip("?")
        items.append(Item(frozenset(kinds.upper().split("|")), word.endswith("?"), kinds.isupper()))
    return Rule(tuple(items), build, after)


def read_whole(lattice: Lattice, rules: Sequence[Rule]) -> set[Parts]:
    """All that a phrase can say if every token is used, no slot is filled twice, and nothing is left over."""

    @cache
    def read_rules(at: int) -> list[tuple[Rule, Parts, int]]:
        kinds = {token.kind for token, _ in lattice[at]}
        return [
            (each, parts, end)
            for each in rules
            if each.items[0].optional or each.items[0].kinds & kinds
            for tokens, end in _match(each.items, 0, lattice, at)
            if end > at and (parts := each.build(*tokens)) is not None
        ]

    # What has been read from a place on depends on the slots that are filled already, and on the last of them.
    @cache
    def read(at: int, filled: frozenset[str], last: str) -> frozenset[Parts]:
        if at == len(lattice):
            return frozenset([()])
        found: set[Parts] = set()
        for end in {end for token, end in lattice[at] if token.kind in SKIPPED}:
            found |= read(end, filled, last)
        starts = {at} | {end for token, end in lattice[at] if token.kind == BEFORE_A_DAY and end < len(lattice)}
        for start in starts:
            for each, parts, end in read_rules(start):
                slots = frozenset(slot for slot, _ in parts)
                if slots & filled or (start != at and not slots & OF_A_DAY) or (each.after and each.after != last):
                    continue
                now = "time" if "time" in slots else min(slots)
                found |= {tuple(sorted((*parts, *rest), key=_slot)) for rest in read(end, filled | slots, now)}
        return frozenset(found)

    none: frozenset[str] = frozenset()
    return set(read(0, none, ""))


def _slot(part: tuple[str, Any]) -> str:
    return part[0]


def _match(
    items: tuple[Item, ...], place: int, lattice: Lattice, at: int
) -> Iterator[tuple[tuple[Token | None, ...], int]]:
    """Each way in which some places, from one of them on, fit the tokens from a part of the phrase on."""
    if place == len(items):
        yield (), at
        return
    item = items[place]
    for token, end in lattice[at] if at < len(lattice) else ():
        if token.kind in item.kinds:
            for rest, last in _match(items, place + 1, lattice, end):
                yield ((token, *rest) if item.captured else rest), last
    if item.optional:
        for rest, last in _match(items, place + 1, lattice, at):
            yield ((None, *rest) if item.captured else rest), last
