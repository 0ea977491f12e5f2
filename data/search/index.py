"""The search: built from the database, kept in step with it, and asked by the bot."""

import asyncio
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from data.changes import changes_after, last_change
from data.database import Database
from data.search.documents import Document
from data.search.engine import Engine, Found, Scope, folded_words, matches_title
from data.search.glossary import Thesaurus, thesaurus
from data.search.question import Group, Question, understand
from data.search.sources import SOURCES
from data.search.text import stems
from data.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from tantivy import Query

# A result must meet this share of what was asked, weighed by how telling each word is.
_ENOUGH = 0.5
# All words of a term, but not in a row, meet it by this much.
_APART = 0.7
_CANDIDATES = 100
_HALF = 6.0
# Of equally good results, what people came for goes first.
_KINDS = ("practice", "resource", "member", "webinar", "network_member", "key_area", "advisory_member")
_MINOR = {"challenge": 0.8, "objective": 0.7, "activity": 0.8}
_OWN_LANGUAGE = 1.05
# So many changes are read at a time.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Hit:
    """One result.

    Attributes:
        kind: as in `Document`.
        id: the slug.
        title: for the asker's language; publications keep the title they were published with.
        score: above 0 and below 1; comparable within one answer.
        matched: the words that it was found by: as typed, or the near-equivalents that were met instead.
        gloss: what the title means in the asker's language, where it is in another one.
    """

    kind: str
    id: str
    title: str
    score: float
    matched: tuple[str, ...] = ()
    gloss: str | None = None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of results.

    Attributes:
        hits: best first.
        total: how many there are on all pages, 100 at most.
        suggestion: "did you mean": what the query was taken for where it had typing errors, or a shorter query that
            has results where this one has none.
    """

    hits: tuple[Hit, ...]
    total: int
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class _Ranked:
    found: Found
    score: float


class SearchIndex:
    """Everything that can be found. Searching takes no await: it is a matter of a millisecond."""

    def __init__(self) -> None:
        """Use `SearchIndex.build`, or `SearchIndex.of` for documents that are no part of a database."""
        self._engine = Engine()
        self._vocabulary = Vocabulary()
        self._thesaurus: Thesaurus = thesaurus()
        self._sequence = 0
        self._updating = asyncio.Lock()

    @classmethod
    async def build(cls, db: Database) -> Self:
        """Make the index of all that is in the database; the event loop goes on meanwhile.

        Raises:
            DatabaseFault: the database cannot be read.
        """
        documents, sequence = await _read_all(db)
        index = await asyncio.to_thread(cls.of, documents)
        index._sequence = sequence
        return index

    async def refresh(self, db: Database) -> int:
        """Follow the changes made since, by this process or another; returns how many there were.

        Raises:
            DatabaseFault: the database cannot be read.
        """
        followed = 0
        async with self._updating:
            while count := await self._follow(db):
                followed += count
        return followed

    async def _follow(self, db: Database) -> int:
        async with db.read() as session:
            if await last_change(session) < self._sequence:
                # An older copy of the database was put in place.
                changes = None
            else:
                changes = await changes_after(session, self._sequence, _BATCH)
                if not changes:
                    return 0
                documents: list[Document] = []
                gone: set[str] = set()
                for source in SOURCES:
                    ids = {change.object_id for change in changes if change.kind == source.kind}
                    if ids:
                        gone |= {source.key(each) for each in ids}
                        documents += await source.load(session, ids)
        if changes is None:
            return await self._start_over(db)
        await asyncio.to_thread(self._update, documents, gone)
        self._sequence = changes[-1].seq
        return len(changes)

    async def _start_over(self, db: Database) -> int:
        documents, self._sequence = await _read_all(db)
        fresh = await asyncio.to_thread(type(self).of, documents)
        self._engine, self._vocabulary = fresh._engine, fresh._vocabulary
        return len(documents)

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Self:
        """Make an index of these documents; takes about half a millisecond for each."""
        index = cls()
        index._vocabulary.add(index._thesaurus.spellings)
        index._update(documents, ())
        return index

    def _update(self, documents: Iterable[Document], gone: Iterable[str]) -> None:
        for key in gone:
            self._engine.drop(key)
        self._vocabulary.add(self._engine.put(documents))
        self._engine.commit()
        self._vocabulary.commit()

    def search(
        self,
        query: str,
        *,
        language: str,
        community_id: int | None = None,
        kinds: Sequence[str] | None = None,
        key_area: str | None = None,
        country: str | None = None,
        resource_language: str | None = None,
        limit: int = 10,
        offset: int = 0,
    ) -> SearchPage:
        """Find what a query of any text means, best first.

        Args:
            query: as typed, in any of the four languages.
            language: the asker's.
            community_id: the asker's community; None finds only what every community has.
            kinds: only documents of these kinds; None or empty means all.
            key_area: only documents of this key area.
            country: only documents of this country (ISO 3166-1 alpha-2).
            resource_language: only documents that can be read in this language.
            limit: how many results a page has.
            offset: how many results come before this page.

        Returns:
            The page; without results where nothing really matches.
        """
        scope = Scope(community_id, tuple(kinds or ()), key_area, country, resource_language)
        view = _View(self._engine, self._vocabulary, self._thesaurus, self._engine.scope(Scope(community_id)))
        question = understand(query, language, self._thesaurus, view)
        asked = _Asked(self._engine, question)
        ranked = self._rank(asked, scope, language)
        page = ranked[max(offset, 0) : max(offset, 0) + max(limit, 0)]
        matched = asked.matched([each.found.serial for each in page])
        hits = tuple(_hit(each.found, each.score, language, matched[each.found.serial]) for each in page)
        suggestion = question.corrected if ranked else self._shorter(asked, scope, language)
        return SearchPage(hits, len(ranked), suggestion)

    def _rank(self, asked: "_Asked", scope: Scope, language: str) -> list[_Ranked]:
        if not asked.possible:
            return []
        required = [self._engine.scope(scope), *asked.required]
        found = self._engine.best(required, asked.optional, _CANDIDATES)
        met = asked.coverage([each.serial for each in found])
        ranked: list[_Ranked] = []
        for each in found:
            coverage = met[each.serial]
            if coverage < _ENOUGH:
                continue
            raw = each.score * coverage**2 * _MINOR.get(each.card.kind, 1.0)
            if language in each.card.languages:
                raw *= _OWN_LANGUAGE
            ranked.append(_Ranked(each, round(raw / (raw + _HALF), 4)))
        return sorted(ranked, key=_order)

    def _shorter(self, asked: "_Asked", scope: Scope, language: str) -> str | None:
        """A part of the query that has results, where the query as a whole has none."""
        best = asked.strongest_known()
        if best is None:
            return None
        alone = _Asked(self._engine, Question((best,)))
        return best.label if self._rank(alone, scope, language) else None

    def complete(
        self,
        prefix: str,
        *,
        language: str,
        community_id: int | None,
        kinds: Sequence[str] | None = None,
        limit: int = 25,
    ) -> list[Hit]:
        """Find titles by what has been typed so far: the beginnings of words anywhere in the title, in any order.

        Titles are those that a reader of the language sees. Where none fits, what the words mean is searched for.
        With nothing typed, the first documents are given in the order in which they were loaded.
        """
        bound = self._engine.scope(Scope(community_id, tuple(kinds or ())))
        typed = folded_words(prefix)[:8]
        found = self._engine.starting(typed, language, bound, max(limit, _CANDIDATES))
        if not found and typed:
            page = self.search(prefix, language=language, community_id=community_id, kinds=kinds, limit=limit)
            return list(page.hits)

        def order(each: Found) -> tuple[bool, int, int, tuple[int, str, str]]:
            title = each.card.title(language)
            begins, first = matches_title(title, typed)
            return (not begins, first, len(title), _identity(each))

        if typed:
            found.sort(key=order)
        return [_hit(each, round(1 / (2 + place), 4), language, ()) for place, each in enumerate(found[:limit])]


async def _read_all(db: Database) -> tuple[list[Document], int]:
    """Every document, and the sequence of the last change that they contain."""
    async with db.read() as session:
        sequence = await last_change(session)
        documents = [document for source in SOURCES for document in await source.load(session, None)]
    return documents, sequence


class _View:
    """What an asker may see of the words: a suggestion never tells a word of another community."""

    def __init__(self, engine: Engine, vocabulary: Vocabulary, known: Thesaurus, bound: "Query") -> None:
        self._engine = engine
        self._vocabulary = vocabulary
        self._known = known
        self._bound = bound

    def has(self, stems: Sequence[str]) -> bool:
        return self._engine.exists(self._engine.word([(each,) for each in stems]), self._bound)

    def begins(self, prefix: str) -> bool:
        return self._engine.begins(prefix, self._bound)

    def near(self, folded: str) -> str | None:
        candidates = [
            (slips, -self._engine.surface_frequency(word), word)
            for word, slips in self._vocabulary.near(folded)
            if word in self._known.spellings or self.has(stems(word))
        ]
        return min(candidates)[2] if candidates else None

    def written(self, folded: str) -> str:
        return self._vocabulary.written(folded)


class _Asked:
    """A question, put to the engine: its groups with their queries and what each is worth."""

    def __init__(self, engine: Engine, question: Question) -> None:
        self._engine = engine
        self._groups = question.groups
        self._whole = [engine.group(group) for group in self._groups]
        self._apart = [engine.apart(group) for group in self._groups]
        self._worth = [0.0 if group.soft else self._telling(group) for group in self._groups]

    def _telling(self, group: Group) -> float:
        """How much a group tells, as in BM25: a rare word much, a word of every document little, an unknown one most."""
        size = self._engine.size
        frequency = min(self._engine.frequency(group), size) if not group.prefix else 1
        return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5)) + 0.1

    @cached_property
    def _total(self) -> float:
        return sum(self._worth)

    def _share(self, number: int) -> float:
        return self._worth[number] / self._total if self._total else 0.0

    def _met(self, number: int) -> "Query | None":
        ways = [each for each in (self._whole[number], self._apart[number]) if each is not None]
        return self._engine.either(ways)

    @cached_property
    def possible(self) -> bool:
        """Whether the words that occur at all are enough for a result."""
        reachable = sum(self._share(n) for n in range(len(self._groups)) if self._met(n) is not None)
        return reachable >= _ENOUGH

    @property
    def required(self) -> "list[Query]":
        """What a result cannot do without, since the rest would not be enough."""
        return [
            query
            for n in range(len(self._groups))
            if 1 - self._share(n) < _ENOUGH and (query := self._met(n)) is not None
        ]

    @property
    def optional(self) -> "list[Query]":
        """Everything that lifts a result."""
        return [
            query
            for n in range(len(self._groups))
            if 1 - self._share(n) >= _ENOUGH and (query := self._met(n)) is not None
        ]

    def coverage(self, serials: Sequence[int]) -> dict[int, float]:
        """Which share of the question each document meets."""
        count = len(self._groups)
        met = self._engine.met(serials, [*self._whole, *self._apart])
        return {
            serial: sum(
                self._share(n) * group.certainty * (1.0 if bits >> n & 1 else _APART if bits >> (count + n) & 1 else 0)
                for n, group in enumerate(self._groups)
            )
            for serial, bits in met.items()
        }

    def matched(self, serials: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """The words by which each document was found: for each group the best way in which it is met."""
        ways = [
            (n, pattern.label, self._engine.pattern(pattern))
            for n, group in enumerate(self._groups)
            for pattern in group.patterns
        ]
        ways += [(n, group.label, self._met(n)) for n, group in enumerate(self._groups)]
        met = self._engine.met(serials, [query for _, _, query in ways])
        result: dict[int, tuple[str, ...]] = {}
        for serial, bits in met.items():
            labels: dict[int, str] = {}
            for bit, (n, label, _) in enumerate(ways):
                if bits >> bit & 1:
                    labels.setdefault(n, label)
            result[serial] = tuple(labels[n] for n in sorted(labels))
        return result

    def strongest_known(self) -> Group | None:
        """The group to suggest where the whole question found nothing."""
        known = [
            (self._worth[n], group)
            for n, group in enumerate(self._groups)
            if len(self._groups) > 1 and not group.soft and self._met(n) is not None
        ]
        best = max(known, key=lambda each: each[0], default=None)
        return best[1] if best and best[0] > 1.0 else None


def _identity(each: Found) -> tuple[int, str, str]:
    kind = each.card.kind
    return (_KINDS.index(kind) if kind in _KINDS else len(_KINDS), kind, each.card.id)


def _order(each: _Ranked) -> tuple[float, tuple[int, str, str]]:
    return (-each.score, _identity(each.found))


def _hit(found: Found, score: float, language: str, matched: tuple[str, ...]) -> Hit:
    card = found.card
    title = card.title(language)
    gloss = card.titles.get(language) if card.published_title else None
    return Hit(card.kind, card.id, title, score, matched, gloss if gloss != title else None)
