"""Asking the index: queries built from patterns, and what documents meet them."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.languages import LANGUAGES
from data.search.entries import Entries, Entry, Signs
from data.search.question import Group, Pattern
from data.search.titles import FIRST, LONGEST, scoped
from data.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from tantivy import DocAddress, Query, Schema, Searcher

EVERYONE = "all"
# The texts of a document, and how much a word counts by where it stands.
TEXTS = {"title": 2.4, "body": 1.0, "label": 0.8}
# Stands between texts of one field, so that no phrase runs across: no word is written like this.
GAP = " . . "
_APART = 0.4
_PREFIX = 0.6
_SLOP = 1
# In fewer documents each variant of a concept is asked for: a rare one then counts for more. In more, that would take
# too long, and the concept is asked for by its tag.
_MANY = 500


@dataclass(frozen=True, slots=True)
class Scope:
    """Which documents are asked about; always those of everyone, and of one community where it is given.

    The number of a community with a minus in front stands for those there who are none of its members: they find what
    everyone has, but for what that community hides.
    """

    community_id: int | None = None
    kinds: tuple[str, ...] = ()
    key_area: str | None = None
    country: str | None = None
    language: str | None = None
    year: int | None = None

    @property
    def communities(self) -> tuple[str, ...]:
        """Whose documents may be seen, as the index calls them."""
        return (EVERYONE,) if self.community_id is None else (EVERYONE, str(self.community_id))


def tags_of(text: str) -> str:
    """The field that has the tags of the concepts that a text names."""
    return f"{text}_tags"


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A document that was found, with the engine's score."""

    entry: Entry
    score: float


def _field(text: str, stem: str) -> str:
    return tags_of(text) if stem.startswith("#") else text


class Reader:
    """The index as it was at one commit."""

    def __init__(
        self,
        schema: "Schema",
        searcher: "Searcher",
        words: Mapping[str, Vocabulary],
        signs: Signs,
        entries: Entries,
    ) -> None:
        self._schema = schema
        self._searcher = searcher
        self._words = words
        self._signs = signs
        self._entries = entries
        self._size: int = searcher.num_docs
        self._often: dict[str, int] = {}

    @property
    def size(self) -> int:
        """How many documents there are."""
        return self._size

    def words(self, scope: Scope) -> tuple[Vocabulary, ...]:
        """The words that may be seen."""
        return tuple(self._words[each] for each in scope.communities if each in self._words)

    def scope(self, scope: Scope) -> "Query":
        """The query that every question is bound to."""
        parts = [self._among("scope", scope.communities)]
        if scope.kinds:
            parts.append(self._among("kind", scope.kinds))
        year = None if scope.year is None else str(scope.year)
        wanted = (("area", scope.key_area), ("country", scope.country), ("language", scope.language), ("year", year))
        parts += [self._among(name, [value]) for name, value in wanted if value is not None]
        bound, hidden = self._all(parts), self._hidden(scope)
        return bound if hidden is None else self._without(bound, hidden)

    def _hidden(self, scope: Scope) -> "Query | None":
        """What the community hides of what everyone has; None where that is nothing."""
        from tantivy import Query

        name = str(abs(scope.community_id or 0))
        if not self._searcher.doc_freq("hidden", name):
            return None
        return Query.term_query(self._schema, "hidden", name, "basic")

    @staticmethod
    def _without(found: "Query", hidden: "Query") -> "Query":
        from tantivy import Occur, Query

        return Query.boolean_query([(Occur.Must, found), (Occur.MustNot, hidden)])

    def word(self, runs: Iterable[Sequence[str]], weight: float = 1.0) -> "Query | None":
        """Documents that have any of these runs of stems, each in a row; None where no document can."""
        return self.either(list(self._ways(runs, weight)))

    def _ways(self, runs: Iterable[Sequence[str]], weight: float) -> "Iterable[Query]":
        from tantivy import Query

        for run in runs:
            if not all(map(self._most, run)):
                continue
            for text, importance in TEXTS.items():
                one: Query | None = None
                if len(run) == 1:
                    one = self._term(text, run[0])
                elif all(self._searcher.doc_freq(text, each) for each in run):
                    one = Query.phrase_query(self._schema, text, list(run), slop=_SLOP)
                if one is not None:
                    yield Query.boost_query(one, importance * weight)

    def _term(self, text: str, stem: str) -> "Query | None":
        from tantivy import Query

        name = _field(text, stem)
        return Query.term_query(self._schema, name, stem, "freq") if self._searcher.doc_freq(name, stem) else None

    def group(self, group: Group) -> "Query | None":
        """Documents that meet a group as a whole."""
        from tantivy import Query

        ways = self._patterns(group.patterns)
        if group.prefix:
            started = Query.fuzzy_term_query(self._schema, "surface", group.prefix, 0, prefix=True)
            ways.append(Query.const_score_query(started, _PREFIX * math.log(2 + self.size)))
        return self.either(ways)

    def apart(self, group: Group) -> "Query | None":
        """Documents that have all words of a group, but not in a row."""
        from tantivy import Query

        parts = [self.either(self._patterns(patterns)) for patterns in group.apart]
        if not parts or any(part is None for part in parts):
            return None
        return Query.boost_query(self._all([part for part in parts if part]), _APART)

    def _runs(self, patterns: Sequence[Pattern]) -> dict[tuple[tuple[str, ...], ...], float]:
        """The runs to ask for, with how much they count."""
        found: dict[tuple[tuple[str, ...], ...], float] = {}
        for each in patterns:
            found.setdefault(((each.tag,),) if each.tag and self.size >= _MANY else each.runs, each.weight)
        return found

    def _patterns(self, patterns: Sequence[Pattern]) -> "list[Query]":
        return [way for runs, weight in self._runs(patterns).items() if (way := self.word(runs, weight))]

    def occurring(self, patterns: Sequence[Pattern]) -> list[str]:
        """The runs by which the index has these patterns, as signs, of those whose stems occur."""
        return self.signed(run for runs in self._runs(patterns) for run in runs)

    def signed(self, runs: Iterable[Sequence[str]]) -> list[str]:
        """Runs of stems as signs, without those that occur nowhere."""
        return [signs for run in runs if (signs := self._signs.run(run))]

    def frequency(self, group: Group) -> int:
        """About how many documents meet a group: those that have the rarest word of its commonest pattern."""
        return max(
            (min(self._most(each) for each in run) for pattern in group.patterns for run in pattern.runs), default=0
        )

    def _most(self, stem: str) -> int:
        found = self._often.get(stem)
        if found is None:
            if self._signs.known(stem) is None:
                return 0
            found = self._often[stem] = max(self._searcher.doc_freq(_field(name, stem), stem) for name in TEXTS)
        return found

    def surface_frequency(self, folded: str) -> int:
        """How many documents have a word, as written but for case and accents."""
        return self._searcher.doc_freq("surface", folded)

    def exists(self, query: "Query | None", bound: "Query") -> bool:
        """Whether any document within the bounds meets the query."""
        return query is not None and bool(self._searcher.search(self._all([bound, query]), 1, count=False).hits)

    def best(
        self, bound: "Query", limit: int, required: "Sequence[Query]" = (), optional: "Sequence[Query]" = ()
    ) -> list[Found]:
        """The documents that meet all of the required, and any of the optional if none is; best first by both."""
        from tantivy import Occur, Query

        parts = [(Occur.Must, bound), *((Occur.Must, each) for each in required)]
        wanted = [(Occur.Should, each) for each in optional]
        if required:
            parts += wanted
        elif wanted:
            # Otherwise the engine would score every document within the bounds.
            parts.append((Occur.Must, Query.boolean_query(wanted)))
        return self._found(self._searcher.search(Query.boolean_query(parts), limit, count=False).hits)

    def _found(self, hits: "Sequence[tuple[Any, DocAddress]]") -> list[Found]:
        """What the engine found, without what has gone since."""
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits]) if hits else []
        return [
            Found(entry, score)
            for (score, _), number in zip(hits, numbers, strict=True)
            if (entry := self._entries.get(number)) is not None  # pyright: ignore[reportArgumentType]
        ]

    def starting(self, typed: Sequence[str], language: str, scope: Scope, limit: int) -> list[Found]:
        """Documents whose title has, for each folded beginning, a word that begins so.

        Those whose title itself begins with the first come first, and of these the shorter ones.
        """
        from tantivy import Occur, Order, Query

        name = language if language in LANGUAGES else LANGUAGES[0]

        def within(starts: Sequence[str]) -> "Query | None":
            """Each beginning is indexed with whose it is, so that no document of another is looked at."""
            ways = [[scoped(each, start) for start in starts] for each in scope.communities]
            return self.either(
                [
                    self._all([Query.term_query(self._schema, f"start_{name}", each, "basic") for each in terms])
                    for terms in ways
                    if all(self._searcher.doc_freq(f"start_{name}", each) for each in terms)
                ]
            )

        starts = [each[:LONGEST] for each in typed]
        first = within([FIRST + starts[0], *starts[1:]])
        found: list[Found] = []
        for query in (first, within(starts)):
            if query is None or len(found) >= limit:
                continue
            parts = [(Occur.Must, query)]
            if scope.kinds:
                parts.append((Occur.Must, self._among("kind", scope.kinds)))
            if (hidden := self._hidden(scope)) is not None:
                parts.append((Occur.MustNot, hidden))
            if query is not first and first is not None:
                parts.append((Occur.MustNot, first))
            hits = self._searcher.search(
                Query.boolean_query(parts),
                limit - len(found),
                count=False,
                order_by_field=f"length_{name}",
                order=Order.Asc,
            ).hits
            # Of the same length, in an order that is the same in every process.
            found += sorted(self._found(hits), key=lambda each: (each.score, each.entry.kind, each.entry.id))
        return found

    def entitled(self, tags: Sequence[str], scope: Scope, limit: int) -> list[Found]:
        """Documents whose title names any of some concepts, best first."""
        named = self.either([each for tag in tags if (each := self._term("title", tag))])
        return [] if named is None else self.best(self.scope(scope), limit, [named])

    def _among(self, name: str, values: Sequence[str]) -> "Query":
        from tantivy import Query

        terms = [Query.term_query(self._schema, name, each, "basic") for each in dict.fromkeys(values)]
        return Query.const_score_query(self.either(terms) or Query.empty_query(), 0.0)

    def _all(self, queries: "Sequence[Query]") -> "Query":
        from tantivy import Occur, Query

        if len(queries) == 1:
            return queries[0]
        return Query.boolean_query([(Occur.Must, each) for each in queries])

    def either(self, ways: "Sequence[Query]") -> "Query | None":
        """Documents that meet any of these, scored by the best; None where there are none to meet."""
        from tantivy import Query

        if len(ways) < 2:
            return ways[0] if ways else None
        return Query.disjunction_max_query(list(ways), 0.1)
