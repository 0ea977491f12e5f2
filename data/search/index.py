"""The search: built from the database, kept in step with it, and asked by the bot."""

import asyncio
import ctypes
import gc
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import ParamSpec, Self, TypeVar

from data import countries
from data.changes import changes_after, last_change
from data.database import Database
from data.glossary import KIND as GLOSSARY
from data.glossary import Term, list_terms
from data.languages import LANGUAGES
from data.search.documents import Document
from data.search.engine import Engine
from data.search.entries import Entry
from data.search.glossary import Thesaurus, thesaurus, widened
from data.search.question import Question, understand
from data.search.ranking import Asked, View, rank
from data.search.reader import Reader, Scope
from data.search.reading import forget
from data.search.sources import SOURCES
from data.search.text import words
from data.search.titles import title_words
from data.search.vocabulary import Vocabulary

# So many changes are read at a time.
_BATCH = 500
# From so many documents on an index is kept from the collector of garbage.
_LARGE = 10_000
_ASIDE = ThreadPoolExecutor(1, "search")
_Asks = ParamSpec("_Asks")
_Answer = TypeVar("_Answer")
# Of what is typed while titles are suggested, the rest is left out.
_LONGEST_TYPED = 200


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
        total: how many there are on all pages, 50 at most, or as many as a page has, up to 100.
        suggestion: "did you mean": what the query was taken for where it had typing errors, or a shorter query that
            has results where this one has none.
    """

    hits: tuple[Hit, ...]
    total: int
    suggestion: str | None = None


class SearchIndex:
    """Everything that can be found.

    `search` and `complete` take no await, and milliseconds where there is much to find: `aside` calls them so that the
    event loop goes on meanwhile.
    """

    def __init__(self, documents: Iterable[Document] = (), sequence: int = 0) -> None:
        """Make an index of these documents; `build` reads them from a database.

        Args:
            documents: what can be found.
            sequence: the last change that they contain.
        """
        self._thesaurus: Thesaurus = thesaurus()
        # A word of the field is known, whether or not a text has it.
        self._common = Vocabulary()
        self._common.add(self._thesaurus.spellings)
        self._sequence = sequence
        self._updating = asyncio.Lock()
        # What communities added to it.
        self._own: dict[int, Thesaurus] = {}
        self._engine = _made(documents)

    async def aside(self, ask: Callable[_Asks, _Answer], *args: _Asks.args, **kwargs: _Asks.kwargs) -> _Answer:
        """Call `search` or `complete` outside the event loop.

        One call at a time: several threads would take turns of five milliseconds each, and the event loop the next.
        """
        return await asyncio.get_running_loop().run_in_executor(_ASIDE, partial(ask, *args, **kwargs))

    @classmethod
    async def build(cls, db: Database) -> Self:
        """Make the index of all that is in the database; the event loop goes on meanwhile.

        Raises:
            DatabaseFault: the database cannot be read.
        """
        await asyncio.to_thread(_prepare)
        documents, terms, sequence = await _read_all(db)
        made = await asyncio.to_thread(cls, documents, sequence)
        made.learn(terms)
        return made

    def learn(self, terms: Iterable[Term]) -> None:
        """Look for these words of communities from now on, and for no others of theirs."""
        by_community: dict[int, list[tuple[str, Sequence[str]]]] = {}
        for term in terms:
            by_community.setdefault(term.community_id, []).append((term.word, term.means))
        self._own = {each: widened(self._thesaurus, mine) for each, mine in by_community.items()}

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
        documents: list[Document] = []
        gone: set[str] = set()
        async with db.read() as session:
            # Otherwise an older copy of the database was put in place.
            continues = await last_change(session) >= self._sequence
            changes = await changes_after(session, self._sequence, _BATCH) if continues else []
            for source in SOURCES:
                ids = {change.object_id for change in changes if change.kind == source.kind}
                if ids:
                    gone |= {source.key(each) for each in ids}
                    documents += await source.read(session, ids)
            terms = await list_terms(session) if any(change.kind == GLOSSARY for change in changes) else None
        if not continues:
            documents, terms, self._sequence = await _read_all(db)
            self._engine = await asyncio.to_thread(_made, documents)
            self.learn(terms)
            return len(documents)
        if terms is not None:
            self.learn(terms)
        if changes:
            await asyncio.to_thread(self.update, documents, gone)
            self._sequence = changes[-1].seq
        return len(changes)

    def update(self, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        """Show documents in place of those of the same key, and no longer those whose keys are in `gone`."""
        for key in gone:
            self._engine.drop(key)
        self._engine.put(documents)
        self._engine.commit()

    def search(  # noqa: PLR0913 - one name for each filter that people have
        self,
        query: str,
        *,
        language: str,
        community_id: int | None = None,
        kinds: Sequence[str] | None = None,
        key_area: str | None = None,
        country: str | None = None,
        resource_language: str | None = None,
        year: int | None = None,
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
            year: only documents of this year.
            limit: how many results a page has.
            offset: how many results come before this page.

        Returns:
            The page; without results where nothing really matches.
        """
        scope = Scope(community_id, tuple(kinds or ()), key_area, country, resource_language, year)
        reader = self._engine.read()
        known = self._own.get(abs(community_id or 0), self._thesaurus)
        view = View(reader, known, self._common, Scope(community_id), language)
        question = understand(query, language, known, view)
        asked = Asked(reader, question, scope)
        ranked = rank(reader, asked, scope, language, limit)
        page = ranked[max(offset, 0) :][: max(limit, 0)]
        hits = tuple(_hit(each.entry, each.score, language, asked.matched(each.entry)) for each in page)
        suggestion = question.corrected
        if suggestion and not ranked:
            # Not sure enough for a result, but to ask back, where the answer would be one.
            meant = Asked(reader, understand(suggestion, language, known, view), scope)
            suggestion = suggestion if rank(reader, meant, scope, language, 1) else None
        if not suggestion and not ranked:
            suggestion = _shorter(reader, asked, scope, language)
        return SearchPage(hits, len(ranked), suggestion)

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

        Titles are those that a reader of the language sees. Where none fits, those that name what
        the words mean, in whatever language.
        With nothing typed, the first documents are given in the order in which they were loaded.
        """
        typed = title_words(prefix[:_LONGEST_TYPED])[:8]
        scope = Scope(community_id, tuple(kinds or ()))
        reader = self._engine.read()
        found = reader.starting(typed, language, scope, limit) if typed else reader.best(reader.scope(scope), limit)
        if not found:
            content = [word for word in words(prefix[:_LONGEST_TYPED]) if not word.is_grammar]
            tags = [each.tag for each in self._thesaurus.concepts(content)] if content else []
            found = reader.entitled(tags, scope, limit)
        return [_hit(each.entry, round(1 / (2 + place), 4), language, ()) for place, each in enumerate(found)]


def _made(documents: Iterable[Document]) -> Engine:
    """The engine that knows the documents."""
    engine = Engine()
    engine.put(documents)
    engine.commit()
    forget()
    _give_back()
    if engine.read().size >= _LARGE:
        # Each full collection would look through all of it, while the event loop waits.
        gc.freeze()
    return engine


def _give_back() -> None:
    """Give the memory that making an index took back to the system, which the C library would keep for the next."""
    if sys.platform == "linux":
        # Only glibc needs it, and has it.
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def _shorter(reader: Reader, asked: Asked, scope: Scope, language: str) -> str | None:
    """A part of the query that has results, where the query as a whole has none."""
    for group in asked.strongest():
        if rank(reader, Asked(reader, Question((group,)), scope), scope, language, 1):
            return group.label
    return None


def _prepare() -> None:
    """Read what making documents and an index needs, which takes some tenths of a second the first time."""
    thesaurus()
    for language in LANGUAGES:
        countries.name("FR", language)


async def _read_all(db: Database) -> tuple[list[Document], list[Term], int]:
    """Every document and every word of a community, and the sequence of the last change that they contain."""
    async with db.read() as session:
        sequence = await last_change(session)
        documents = [document for source in SOURCES for document in await source.read(session)]
        terms = await list_terms(session)
    return documents, terms, sequence


def _hit(entry: Entry, score: float, language: str, matched: tuple[str, ...]) -> Hit:
    return Hit(entry.kind, entry.id, entry.title(language), score, matched, entry.gloss(language))
