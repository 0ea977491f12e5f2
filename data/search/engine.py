"""The one place that knows tantivy: an index in memory, its fields, and queries built from patterns."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.languages import LANGUAGES
from data.search.documents import Document, title_in
from data.search.question import Group, Pattern
from data.search.text import UNKNOWN, Word, stem_of, words
from data.search.titles import FIRST, LONGEST, beginnings

if TYPE_CHECKING:
    import tantivy
    from tantivy import Query

EVERYONE = "all"
# How much a word counts by where it stands.
_FIELDS = {"title": 2.4, "body": 1.0, "label": 0.8}
_APART = 0.4
_PREFIX = 0.6
# Words of different texts of one field are this far apart, so that no phrase runs across.
_GAP = 20
_SLOP = 1
# Scores are 32-bit floats, which hold whole numbers exactly up to 2 ** 24.
_BITS = 20


@dataclass(frozen=True, slots=True)
class Scope:
    """Which documents are asked about; always those of everyone, and of one community where it is given."""

    community_id: int | None = None
    kinds: tuple[str, ...] = ()
    key_area: str | None = None
    country: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """What a result shows."""

    kind: str
    id: str
    titles: dict[str, str]
    published_title: str | None
    languages: tuple[str, ...]

    def title(self, language: str) -> str:
        """The title for a reader of that language."""
        return self.published_title or title_in(self.titles, language)


@dataclass(frozen=True, slots=True)
class Found:
    """A document that met something: its number within the index, its card, and the engine's score."""

    serial: int
    card: Card
    score: float


class Engine:
    """An index in memory. Writing takes `put`, `drop` and then `commit`; readers see the last commit."""

    def __init__(self) -> None:
        import tantivy

        self._tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        for name in ("key", "scope", "kind", "area", "country", "language"):
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
        for name in _FIELDS:
            builder.add_text_field(name, tokenizer_name="raw", index_option="position")
        builder.add_text_field("surface", tokenizer_name="raw", index_option="basic")
        for language in LANGUAGES:
            builder.add_text_field(f"start_{language}", tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("serial", indexed=True, fast=True)
        builder.add_text_field("card", stored=True, tokenizer_name="raw", index_option="basic")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        self._writer: tantivy.IndexWriter | None = None
        self._searcher = self._index.searcher()
        self._serial = 0

    @property
    def size(self) -> int:
        """How many documents there are."""
        return self._searcher.num_docs

    # Writing

    def put(self, documents: Iterable[Document]) -> dict[str, str]:
        """Add documents, or replace those of the same key; returns their folded words and how they are written."""
        seen: dict[str, str] = {}
        for document in documents:
            self.drop(document.key)
            self._write().add_document(self._made(document, seen))
        return seen

    def drop(self, key: str) -> None:
        """Take a document out."""
        self._write().delete_documents_by_term("key", key)

    def commit(self) -> None:
        """Show readers what was put and dropped."""
        if self._writer is not None:
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._writer = None
        self._index.reload()
        self._searcher = self._index.searcher()

    def _write(self) -> "tantivy.IndexWriter":
        if self._writer is None:
            self._writer = self._index.writer(30_000_000, 1)
        return self._writer

    def _made(self, document: Document, seen: dict[str, str]) -> "tantivy.Document":
        made = self._tantivy.Document()
        made.add_text("key", document.key)
        made.add_text("scope", EVERYONE if document.community_id is None else str(document.community_id))
        made.add_text("kind", document.kind)
        for area in document.key_areas:
            made.add_text("area", area)
        if document.country:
            made.add_text("country", document.country)
        for language in document.languages:
            made.add_text("language", language)
        texts = {"title": document.titles, "body": document.body, "label": document.labels}
        surface: set[str] = set()
        for name, by_language in texts.items():
            tokens: list[tantivy.Token] = []
            for language, text in by_language.items():
                self._analyse(language, text, tokens, surface, seen)
            if tokens:
                made.add_pre_tokenized_text(name, self._tantivy.PreTokenizedString("", tokens))
        for word in surface:
            made.add_text("surface", word)
        for language in LANGUAGES:
            for start in beginnings(document, language):
                made.add_text(f"start_{language}", start)
        self._serial += 1
        made.add_unsigned("serial", self._serial)
        card = [document.kind, document.id, dict(document.titles), document.published_title, list(document.languages)]
        made.add_text("card", json.dumps(card))
        return made

    def _analyse(
        self, language: str, text: str, tokens: "list[tantivy.Token]", surface: set[str], seen: dict[str, str]
    ) -> None:
        position = tokens[-1].position + _GAP if tokens else 0
        for word in words(text):
            if word.joined:
                surface.add(word.joined)
                tokens += self._tokens(Word("", word.joined), language, position)
            if word.is_grammar:
                continue
            surface.add(word.folded)
            seen.setdefault(word.folded, word.text if word.capitals else word.text.lower())
            tokens += self._tokens(word, language, position)
            position += 1

    def _tokens(self, word: Word, language: str, position: int) -> "Iterator[tantivy.Token]":
        found = dict.fromkeys(stem_of(word, each) for each in (LANGUAGES if language == UNKNOWN else (language,)))
        for each in found:
            yield self._tantivy.Token(each, position, 0, 0)

    # Asking

    def scope(self, scope: Scope) -> "Query":
        """The query that every question is bound to."""
        communities = [EVERYONE] if scope.community_id is None else [EVERYONE, str(scope.community_id)]
        parts = [self._among("scope", communities)]
        if scope.kinds:
            parts.append(self._among("kind", scope.kinds))
        for name, value in (("area", scope.key_area), ("country", scope.country), ("language", scope.language)):
            if value is not None:
                parts.append(self._among(name, [value]))
        return self._all(parts)

    def word(self, runs: Iterable[Sequence[str]], weight: float = 1.0) -> "Query | None":
        """Documents that have any of these runs of stems, each in a row; None where no document can."""
        query = self._tantivy.Query
        ways: list[Query] = []
        for run in runs:
            for name, importance in _FIELDS.items():
                if not all(self._searcher.doc_freq(name, each) for each in run):
                    continue
                if len(run) == 1:
                    one = query.term_query(self._schema, name, run[0], "freq")
                else:
                    one = query.phrase_query(self._schema, name, list(run), slop=_SLOP)
                ways.append(query.boost_query(one, importance * weight))
        return self.either(ways)

    def group(self, group: Group) -> "Query | None":
        """Documents that meet a group as a whole."""
        ways = [way for pattern in group.patterns if (way := self.word(pattern.runs, pattern.weight))]
        if group.prefix:
            started = self._tantivy.Query.fuzzy_term_query(self._schema, "surface", group.prefix, 0, prefix=True)
            ways.append(self._tantivy.Query.const_score_query(started, _PREFIX * math.log(2 + self.size)))
        return self.either(ways)

    def apart(self, group: Group) -> "Query | None":
        """Documents that have all words of a group, but not in a row."""
        parts = [
            self.either([way for each in ways if (way := self.word(each.runs, each.weight))]) for ways in group.apart
        ]
        if not parts or any(part is None for part in parts):
            return None
        return self._tantivy.Query.boost_query(self._all([part for part in parts if part]), _APART)

    def pattern(self, pattern: Pattern) -> "Query | None":
        """Documents that meet one pattern."""
        return self.word(pattern.runs, pattern.weight)

    def frequency(self, group: Group) -> int:
        """About how many documents meet a group: those that have the rarest word of its commonest pattern."""
        return max(
            (
                min(max(self._searcher.doc_freq(name, each) for name in _FIELDS) for each in run)
                for pattern in group.patterns
                for run in pattern.runs
            ),
            default=0,
        )

    def surface_frequency(self, folded: str) -> int:
        """How many documents have a word, as written but for case and accents."""
        return self._searcher.doc_freq("surface", folded)

    def exists(self, query: "Query | None", bound: "Query") -> bool:
        """Whether any document within the bounds meets the query."""
        return query is not None and bool(self._searcher.search(self._all([bound, query]), 1, count=False).hits)

    def begins(self, prefix: str, bound: "Query") -> bool:
        """Whether a word within the bounds begins with a folded prefix."""
        query = self._tantivy.Query.fuzzy_term_query(self._schema, "surface", prefix, 0, prefix=True)
        return self.exists(query, bound)

    def best(self, required: "Sequence[Query]", optional: "Sequence[Query]", limit: int) -> list[Found]:
        """The documents that meet all of the required, best first by both."""
        occur = self._tantivy.Occur
        query = self._tantivy.Query.boolean_query(
            [(occur.Must, each) for each in required] + [(occur.Should, each) for each in optional]
        )
        return self._read(self._searcher.search(query, limit, count=False).hits)

    def met(self, serials: Sequence[int], queries: "Sequence[Query | None]") -> dict[int, int]:
        """Which of the queries each of some documents meets: a bit for each, the first query's being 1."""
        result = dict.fromkeys(serials, 0)
        if not serials:
            return result
        query, occur = self._tantivy.Query, self._tantivy.Occur
        among = query.const_score_query(query.term_set_query(self._schema, "serial", list(serials)), 0.0)
        for first in range(0, len(queries), _BITS):
            asked = [
                (occur.Should, query.const_score_query(each, float(1 << bit)))
                for bit, each in enumerate(queries[first : first + _BITS])
                if each is not None
            ]
            if not asked:
                continue
            hits = self._searcher.search(
                query.boolean_query([(occur.Must, among), *asked]), len(serials), count=False
            ).hits
            numbers = self._searcher.fast_field_values("serial", [address for _, address in hits])
            for (score, _), serial in zip(hits, numbers, strict=True):
                result[int(serial or 0)] |= int(score) << first
        return result

    def starting(self, typed: Sequence[str], language: str, bound: "Query", limit: int) -> list[Found]:
        """Documents whose title has, for each folded beginning, a word that begins so; title beginnings first."""
        query = self._tantivy.Query
        name = f"start_{language if language in LANGUAGES else LANGUAGES[0]}"

        def term(value: str) -> "Query":
            return query.term_query(self._schema, name, value[:LONGEST], "basic")

        return self.best([bound, *(term(each) for each in typed)], [term(FIRST + typed[0])] if typed else [], limit)

    def _read(self, hits: Sequence[tuple[Any, "tantivy.DocAddress"]]) -> list[Found]:
        numbers = self._searcher.fast_field_values("serial", [address for _, address in hits])
        found: list[Found] = []
        for (score, address), serial in zip(hits, numbers, strict=True):
            kind, identity, titles, published, languages = json.loads(
                self._searcher.doc(address).get_first("card") or ""
            )
            card = Card(kind, identity, titles, published, tuple(languages))
            found.append(Found(int(serial or 0), card, float(score)))
        return found

    def _among(self, name: str, values: Sequence[str]) -> "Query":
        query = self._tantivy.Query
        return query.const_score_query(query.term_set_query(self._schema, name, list(values)), 0.0)

    def _all(self, queries: "Sequence[Query]") -> "Query":
        return self._tantivy.Query.boolean_query([(self._tantivy.Occur.Must, each) for each in queries])

    def either(self, ways: "Sequence[Query]") -> "Query | None":
        """Documents that meet any of these, scored by the best; None where there are none to meet."""
        if len(ways) < 2:
            return ways[0] if ways else None
        return self._tantivy.Query.disjunction_max_query(list(ways), 0.1)
