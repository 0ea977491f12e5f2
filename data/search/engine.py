"""The index in memory: what it keeps of each document. With `reader`, the one place that knows tantivy."""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from data.languages import LANGUAGES
from data.search.documents import Document
from data.search.entries import Entries, Entry, Signs
from data.search.glossary import thesaurus
from data.search.reader import EVERYONE, GAP, TEXTS, Reader, tags_of
from data.search.reading import chunks_of, spellings, stemmed, surface_of
from data.search.text import UNKNOWN
from data.search.titles import beginnings
from data.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    import tantivy

# Memory for what is not yet committed: the least that the engine takes, or enough for few segments where much is put.
_HEAP, _LARGE_HEAP = 15_000_000, 120_000_000
_MUCH = 500


class Engine:
    """An index in memory. Writing takes `put`, `drop` and then `commit`; readers see the last commit.

    One thread at a time may write; others may read meanwhile.
    """

    def __init__(self) -> None:
        import tantivy

        self._tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        # Texts come as words between spaces.
        builder.add_unsigned_field("number", indexed=True, fast=True)
        for name in ("scope", "kind", "area", "country", "language", "year", "hidden"):
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
        for name in TEXTS:
            builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
            builder.add_text_field(tags_of(name), tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field("surface", tokenizer_name="whitespace", index_option="basic")
        for language in LANGUAGES:
            builder.add_text_field(f"start_{language}", tokenizer_name="whitespace", index_option="basic")
            builder.add_unsigned_field(f"length_{language}", fast=True)
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        self._known = thesaurus()
        self._writer: tantivy.IndexWriter | None = None
        # By whose they are: nobody is told of a word of another community.
        self._words: defaultdict[str, Vocabulary] = defaultdict(Vocabulary)
        self._seen: defaultdict[str, set[str]] = defaultdict(set)
        self._signs = Signs()
        self._entries = Entries()
        self.commit()

    def read(self) -> Reader:
        """What was committed last; it stays the same while it is asked."""
        return self._reader

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, or replace those of the same key."""
        documents = list(documents)
        if self._writer is None and len(documents) >= _MUCH:
            self._writer = self._index.writer(_LARGE_HEAP, 1)
        for document in documents:
            self.drop(document.key)
            self._write().add_document(self._made(document))
            # Otherwise the event loop would have its turn only every five milliseconds.
            time.sleep(0)

    def drop(self, key: str) -> None:
        """Take a document out: it is no longer found from this moment on."""
        number = self._entries.number(key)
        if number is not None:
            self._entries.drop(key)
            self._write().delete_documents_by_term("number", number)

    def commit(self) -> None:
        """Show readers what was put and dropped."""
        if self._writer is not None:
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._writer = None
        self._index.reload()
        self._reader = Reader(self._schema, self._index.searcher(), self._words, self._signs, self._entries)

    def _write(self) -> "tantivy.IndexWriter":
        if self._writer is None:
            self._writer = self._index.writer(_HEAP, 1)
        return self._writer

    def _made(self, document: Document) -> "tantivy.Document":
        made = self._tantivy.Document()
        scope = EVERYONE if document.community_id is None else str(document.community_id)
        for name, value in (("scope", scope), ("kind", document.kind), ("country", document.country)):
            if value:
                made.add_text(name, value)
        hidden_from = map(str, document.hidden_from)
        for name, values in (
            ("area", document.key_areas),
            ("language", document.languages),
            ("hidden", hidden_from),
        ):
            for value in values:
                made.add_text(name, value)
        if document.year is not None:
            made.add_text("year", str(document.year))
        seen: set[str] = set()
        signed: list[Sequence[str]] = []
        tagged: dict[str, None] = {}
        for name, by_language in zip(TEXTS, (document.titles, document.body, document.labels), strict=True):
            parts: dict[str, None] = {}
            for language, text in by_language.items():
                chunks = chunks_of(text)
                seen.update(chunks)
                for each in LANGUAGES if language == UNKNOWN else (language,):
                    parts[stemmed(chunks, each)] = None
            stems = GAP.join(parts).split()
            tags = self._known.tags(stems)
            self._words[scope].add_stems(stems)
            made.add_text(name, " ".join(stems))
            made.add_text(tags_of(name), " ".join(tags))
            signed += [part.split() for part in parts]
            tagged.update(dict.fromkeys(tags))
        made.add_text("surface", self._surface(seen, scope))
        for language in LANGUAGES:
            title = document.title(language)
            # As a reader of the language sees it, and its rendering in that language.
            shown = dict.fromkeys([title, document.titles.get(language, "")])
            made.add_text(f"start_{language}", beginnings(shown, scope))
            made.add_unsigned(f"length_{language}", len(title))
        entry = Entry(
            document.kind,
            document.id,
            document.titles,
            document.published_title,
            document.languages,
            self._signs.text([*signed, tagged]),
        )
        made.add_unsigned("number", self._entries.put(document.key, entry))
        return made

    def _surface(self, chunks: set[str], scope: str) -> str:
        """The folded words of a document; those that are new are learnt."""
        known = self._seen[scope]
        for chunk in chunks - known:
            self._words[scope].add(spellings(chunk))
        known |= chunks
        return surface_of(chunks)
