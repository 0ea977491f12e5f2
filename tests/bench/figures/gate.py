"""Gate: showing hostile text.

`bot.render.plain` on 4,000 characters, the most that Discord lets a person type into a field: once a mixture of
Markdown, mentions, masked links, addresses, invisible and direction-turning characters, and once whichever of several
texts made of one such thing takes it longest in this run. Compared with discord.py's own `escape_mentions` and
`escape_markdown`, which leave masked links and invisible characters as they are.
"""

import time
from collections.abc import Callable

import discord

from bot.render import plain
from tests.bench.figure import Figure, Options, alternate, percentile

LENGTH = 4000
TIMES = 50
SHAPES = {
    "masked links": "[click](https://example.org/a) ",
    "addresses": "https://example.org/a_b_c?d=*e* ",
    "mentions": "@everyone <@123456789012345678> ",
    "Markdown": "**_~~||`",
    "turned text": "\u202e\u2066x\u2069",
    "invisible characters": "a\u200b\u200d\ufeff",
    "combining characters": "e\u0301\u0327",
    "joined emoji": "\U0001f469\u200d\U0001f692",
    "empty lines": "> # - \n\n\n",
    "beginnings of addresses": "https://" * 4,
    "brackets": "[" * 8,
    "backslashes": "\\" * 8,
}


def filled(pattern: str) -> str:
    """4,000 characters of it."""
    return (pattern * (LENGTH // len(pattern) + 1))[:LENGTH]


def millis(work: Callable[[], object]) -> float:
    """How long it takes, in milliseconds: the median of many times."""
    seconds: list[float] = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return percentile(seconds, 0.5) * 1000


async def measure(options: Options) -> list[Figure]:
    mixture = filled("".join(SHAPES.values()))
    alone = {name: filled(shape) for name, shape in SHAPES.items()}

    async def ours(text: str) -> float:
        return millis(lambda: plain(text, LENGTH))

    async def floor(text: str) -> float:
        return millis(lambda: discord.utils.escape_markdown(discord.utils.escape_mentions(text)))

    slowest = max(alone, key=lambda name: millis(lambda: plain(alone[name], LENGTH)))
    found: list[Figure] = []
    for what, text in (("a mixture", mixture), (f"only {slowest}", alone[slowest])):
        mine, theirs = await alternate(options.rounds, lambda text=text: ours(text), lambda text=text: floor(text))
        against = "discord.py's escapes"
        found.append(Figure(f"4,000 hostile characters, {what}", "ms", tuple(mine), tuple(theirs), against))
    return found
