"""Search: ranked answers, completion, what the event loop notices of it, and making the index.

The index of 1,000 entries, of as many as `--entries` says, and of 100,000 where that is more, recombined from the
seed's texts in four languages, and SQLite's FTS5 on the same texts: also in memory, with words folded to their bare
letters, the same weights of title, text and labels, and prefixes of two and three letters indexed. Queries are
those of the search's tests, each with a key area as a filter, for the first ten results by rank; FTS5 takes them
once as any of their words and once as all of them (its default, which answers few questions, and is the faster the
less it finds). How many of the queries each answers at all is said beside the times: ours also stems, follows a
glossary across languages, forgives slips and says which words it matched. Completion is asked for every beginning
of a query's first word, the 25 best by rank. The event loop's longest stall is how late a task was at most that
wanted to run every millisecond, while all queries were asked beside the loop, and in as long a time with nothing to
do: what the machine does by itself; and once more while the index follows 500 changes of the database, which are
read on the loop. Rounds of asking alternate within one process, on indexes made once; over 10,000 entries there is
one round of making, and two of asking every third query, since they take long, and over 100,000 one of asking every
ninth.
"""

import asyncio
import re
import sqlite3
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from itertools import cycle

from data.search.documents import Document
from data.search.index import SearchIndex
from tests.bench.entries import changeable, joined, recombined, seeded
from tests.bench.figure import Figure, Options, alternate, spread
from tests.search.measure import Case, cases

SMALL = 1_000
LARGE = 100_000
ONCE_OVER = 10_000
ROUNDS_OF_MANY = 2
ONE_IN, ONE_IN_OF_MOST = 3, 9
CHANGED = 500
AREAS = ("institutional-change", "prevention-investigation", "budgeting", "capacity", "leadership")
ASK = "SELECT id FROM entry WHERE entry MATCH ? AND instr(areas, ?) ORDER BY rank LIMIT 10"
COMPLETE = "SELECT id, title FROM entry WHERE entry MATCH ? ORDER BY rank LIMIT 25"


def fts5(documents: Sequence[Document]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(
        "CREATE VIRTUAL TABLE entry USING fts5(title, body, label, id UNINDEXED, areas UNINDEXED, "
        "tokenize = \"unicode61 remove_diacritics 2\", prefix = '2 3')"
    )
    connection.execute("INSERT INTO entry (entry, rank) VALUES ('rank', 'bm25(2.4, 1.0, 0.8)')")
    rows = (
        (joined(each.titles), joined(each.body), joined(each.labels), each.id, " ".join(each.key_areas))
        for each in documents
    )
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO entry (title, body, label, id, areas) VALUES (?, ?, ?, ?, ?)", rows)
    connection.execute("COMMIT")
    return connection


def words_of(query: str) -> list[str]:
    return re.findall(r"\w+", query)


def matching(query: str, how: str) -> str:
    return f" {how} ".join(f'"{word}"' for word in words_of(query))


async def making(documents: Sequence[Document], rounds: int) -> tuple[Figure, SearchIndex, sqlite3.Connection]:
    """How long each index takes to make, and the two that were made last."""
    kept: list[tuple[SearchIndex | sqlite3.Connection, float]] = []

    async def timed(make: Callable[[Sequence[Document]], SearchIndex | sqlite3.Connection]) -> float:
        began = time.perf_counter()
        made = make(documents)
        seconds = time.perf_counter() - began
        kept[:] = [*kept[-1:], (made, seconds)]
        return seconds

    ours, floor = await alternate(rounds, lambda: timed(SearchIndex), lambda: timed(fts5))
    (index, _), (table, _) = kept
    assert isinstance(index, SearchIndex)
    assert isinstance(table, sqlite3.Connection)
    what = f"making an index of {len(documents):,} entries"
    return Figure(what, "s", tuple(ours), tuple(floor), "FTS5"), index, table


def answered(work: Callable[[Case, str], Sequence[object]], asked: Sequence[Case]) -> int:
    """How many of the queries find anything."""
    return sum(bool(work(case, AREAS[number % len(AREAS)])) for number, case in enumerate(asked))


def asking(work: Callable[[Case, str], object], asked: Sequence[Case]) -> Callable[[], Awaitable[list[float]]]:
    """A round of all queries, each with a key area."""

    async def once() -> list[float]:
        seconds: list[float] = []
        for number, case in enumerate(asked):
            began = time.perf_counter()
            work(case, AREAS[number % len(AREAS)])
            seconds.append(time.perf_counter() - began)
        return seconds

    return once


def completing(
    work: Callable[[str, str], object], typed: Sequence[tuple[str, str]]
) -> Callable[[], Awaitable[list[float]]]:
    """A round of all beginnings."""

    async def once() -> list[float]:
        seconds: list[float] = []
        for beginning, language in typed:
            began = time.perf_counter()
            work(beginning, language)
            seconds.append(time.perf_counter() - began)
        return seconds

    return once


async def longest_stall(meanwhile: Awaitable[object]) -> float:
    """How many milliseconds the event loop was late at most while something went on."""
    late = 0.0

    async def beat() -> None:
        nonlocal late
        while True:
            due = time.perf_counter() + 0.001
            await asyncio.sleep(0.001)
            late = max(late, time.perf_counter() - due)

    beating = asyncio.create_task(beat())
    await meanwhile
    beating.cancel()
    return late * 1000


async def stalls(index: SearchIndex, asked: Sequence[Case], rounds: int, size: str) -> Figure:
    """The stalls while queries are asked as the bot does, and while nothing happens for as long."""
    lasted = 0.0

    async def ask_all() -> None:
        nonlocal lasted
        began = time.perf_counter()
        for case in asked:
            await index.aside(index.search, case.q, language=case.lang)
        lasted = time.perf_counter() - began

    ours, floor = await alternate(
        rounds, lambda: longest_stall(ask_all()), lambda: longest_stall(asyncio.sleep(lasted))
    )
    return Figure(f"longest stall of the loop, {size}", "ms", tuple(ours), tuple(floor), "an idle event loop")


async def following(rounds: int) -> Figure:
    """The stalls while the index follows changes of a database, and while nothing happens for as long."""
    lasted = 0.0
    async with changeable(CHANGED) as (db, change):
        index = await SearchIndex.build(db)

        async def follow() -> float:
            nonlocal lasted
            await change()
            began = time.perf_counter()
            late = await longest_stall(index.refresh(db))
            lasted = time.perf_counter() - began
            return late

        ours, floor = await alternate(rounds, follow, lambda: longest_stall(asyncio.sleep(lasted)))
    what = f"longest stall of the loop, following {CHANGED} changes"
    return Figure(what, "ms", tuple(ours), tuple(floor), "an idle event loop")


async def changing(
    index: SearchIndex, table: sqlite3.Connection, documents: Sequence[Document], rounds: int, size: str
) -> Figure:
    """How long it takes until a change can be found."""
    chosen = cycle(documents)

    async def ours() -> float:
        document = next(chosen)
        began = time.perf_counter()
        index.update([replace(document, titles={"": "Quetzalcoatl"})])
        assert index.search("quetzalcoatl", language="en", limit=1).hits
        return (time.perf_counter() - began) * 1000

    async def bare() -> float:
        document = next(chosen)
        (row,) = table.execute("SELECT rowid FROM entry WHERE id = ?", (document.id,)).fetchone()
        began = time.perf_counter()
        table.execute("UPDATE entry SET title = 'Quetzalcoatl' WHERE rowid = ?", (row,))
        assert table.execute(ASK, ("quetzalcoatl", "")).fetchall()
        return (time.perf_counter() - began) * 1000

    mine, theirs = await alternate(rounds, ours, bare)
    return Figure(f"a change until it is found, {size}", "ms", tuple(mine), tuple(theirs), "FTS5, one row updated")


async def compare(documents: Sequence[Document], options: Options) -> list[Figure]:
    size = f"{len(documents):,} entries"
    made, index, table = await making(documents, options.rounds if len(documents) <= ONCE_OVER else 1)
    found = [made]
    rounds, every = options.rounds, 1
    if len(documents) > LARGE:
        rounds, every = 1, ONE_IN_OF_MOST
    elif len(documents) > ONCE_OVER:
        rounds, every = min(options.rounds, ROUNDS_OF_MANY), ONE_IN
    asked = [case for case in cases("tuning") if not case.none][::every]

    def ours(case: Case, area: str) -> Sequence[object]:
        return index.search(case.q, language=case.lang, key_area=area, limit=10).hits

    def bare(how: str) -> Callable[[Case, str], Sequence[object]]:
        return lambda case, area: table.execute(ASK, (matching(case.q, how), area)).fetchall()

    ways = {"any word": bare("OR"), "all words": bare("AND")}
    mine, *theirs = await alternate(rounds, *(asking(work, asked) for work in (ours, *ways.values())))
    for (phrase, work), them in zip(ways.items(), theirs, strict=True):
        against = f"FTS5, {phrase}, answers {answered(work, asked)} of {len(asked)}; ours {answered(ours, asked)}"
        found += spread(f"search in {size}", against, mine, them)

    first = [(words_of(case.q)[0], case.lang) for case in asked]
    typed = list(dict.fromkeys((word[:end], language) for word, language in first for end in range(2, len(word) + 1)))[
        ::every
    ]

    def complete(beginning: str, language: str) -> object:
        return index.complete(beginning, language=language, community_id=None)

    def complete_bare(beginning: str, _language: str) -> object:
        return table.execute(COMPLETE, (f'title : "{beginning}" *',)).fetchall()

    swift, plain = await alternate(rounds, completing(complete, typed), completing(complete_bare, typed))
    found += spread(f"completion in {size}", "FTS5, title words by prefix", swift, plain)
    found.append(await stalls(index, asked, rounds, size))
    found.append(await changing(index, table, documents, rounds, size))
    return found


async def measure(options: Options) -> list[Figure]:
    of = await seeded()
    found: list[Figure] = []
    for size in sorted({min(SMALL, options.entries), min(LARGE, options.entries), options.entries}):
        found += await compare(recombined(of, size), options)
    found.append(await following(options.rounds))
    return found
