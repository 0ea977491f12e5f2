"""How good the search is on `queries.yaml`; `python -m tests.search.measure` prints it, with what fell short."""

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from data.database import Database
from data.search.index import SearchIndex
from data.seeding import ensure_seeded

QUERIES = Path(__file__).with_name("queries.yaml")


@dataclass(frozen=True)
class Case:
    q: str
    lang: str
    best: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    none: bool = False
    sort: str = ""


@dataclass
class Figures:
    ranks: list[float] = field(default_factory=list[float])
    recalls: list[float] = field(default_factory=list[float])
    nothing: list[bool] = field(default_factory=list[bool])
    seconds: list[float] = field(default_factory=list[float])
    short: list[str] = field(default_factory=list[str])

    @property
    def mrr(self) -> float:
        return statistics.fmean(self.ranks) if self.ranks else 1.0

    @property
    def recall(self) -> float:
        return statistics.fmean(self.recalls) if self.recalls else 1.0

    @property
    def honest(self) -> float:
        return statistics.fmean(self.nothing) if self.nothing else 1.0


def cases(half: str) -> list[Case]:
    path = QUERIES.with_name(f"{half}.yaml") if half in ("fresh", "latest") else QUERIES
    content: dict[str, list[dict[str, Any]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [
        Case(
            each["q"],
            each["lang"],
            tuple(each.get("best", ())),
            tuple(each.get("good", ())),
            each.get("none", False),
            each.get("sort", ""),
        )
        for each in content[half]
    ]


def measure(index: SearchIndex, asked: Iterable[Case]) -> Figures:
    """MRR@10 counts the first of the best or good; recall@5 counts the best, of which there are five at most."""
    figures = Figures()
    for case in asked:
        start = time.perf_counter()
        page = index.search(case.q, language=case.lang)
        figures.seconds.append(time.perf_counter() - start)
        found = [hit.id for hit in page.hits]
        if case.none:
            figures.nothing.append(not found)
            if found:
                figures.short.append(f"{case.lang}: {case.q!r} found {found[:3]}")
            continue
        rank = next((1 / place for place, each in enumerate(found, 1) if each in (*case.best, *case.good)), 0.0)
        recall = len(set(found[:5]) & set(case.best)) / len(case.best)
        figures.ranks.append(rank)
        figures.recalls.append(recall)
        if rank < 1 or recall < 1:
            figures.short.append(
                f"{case.lang}: {case.q!r} {rank:.2f} {recall:.2f} wanted {case.best} found {found[:6]}"
            )
    return figures


async def _main(halves: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with Database.open(f"sqlite:///{folder}/search.sqlite") as db:
            await ensure_seeded(db)
            start = time.perf_counter()
            index = await SearchIndex.build(db)
            print(f"index built in {time.perf_counter() - start:.3f} s")
    for half in halves:
        asked = cases(half)
        figures = measure(index, asked)
        millis = statistics.median(figures.seconds) * 1000
        print(
            f"{half}: {len(figures.ranks)} queries, MRR@10 {figures.mrr:.3f}, recall@5 {figures.recall:.3f}; "
            f"{len(figures.nothing)} without answer, honoured {figures.honest:.3f}; search p50 {millis:.2f} ms"
        )
        for language in ("en", "fr", "es", "pt"):
            part = measure(index, [case for case in asked if case.lang == language])
            print(f"  {language}: MRR@10 {part.mrr:.3f}, recall@5 {part.recall:.3f}, none {part.honest:.3f}")
        for sort in dict.fromkeys(case.sort for case in asked if case.sort):
            part = measure(index, [case for case in asked if case.sort == sort])
            print(f"  {sort}: MRR@10 {part.mrr:.3f}, recall@5 {part.recall:.3f}")
        for line in figures.short:
            print("   ", line)


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1:] or ("tuning", "held_out", "fresh", "latest")))
