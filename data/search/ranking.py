"""How a question is put to the engine, and what its answers are worth."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from data.search.entries import Entry, Way
from data.search.glossary import Thesaurus
from data.search.question import Group, Pattern, Question
from data.search.reader import Reader, Scope
from data.search.text import stems
from data.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from tantivy import Query

# So many of the best by the engine are looked at, and no more than this where a page is larger.
_CANDIDATES = 50
_MOST_CANDIDATES = 100
# A result must meet this share of what was asked, weighed by how telling each word is.
_ENOUGH = 0.42
# What a word is worth that no text has: much, unless it is a word of the field, which another text may be about.
_UNKNOWN = 6.5
# In a sentence many words only lead to what is asked.
_UNKNOWN_IN_SENTENCE = 5.0
_UNUSED = 2.5
# All words of a term, but not in a row, meet it by this much.
_APART = 0.7
# The engine's score that gives half of the highest.
_HALF = 6.0
# What meets only a part of the question, and reaches less than this share of the best score, says nothing beside it.
_TAIL = 0.08
_WHOLE = 0.95
# So many words are looked at that begin with what was typed.
_BEGUN = 50
# A part of the question is worth suggesting if it tells this much.
_SUGGESTED = 2.0
# Of equally good results, what people came for goes first.
_KINDS = ("practice", "resource", "member", "webinar", "network_member", "key_area", "advisory_member")
_ORDER = {kind: place for place, kind in enumerate(_KINDS)}
_BY_KIND = {"challenge": 0.8, "objective": 0.7, "activity": 0.8}
_WANTED = {"network_member": 1.6, "practice": 1.25, "member": 1.25}
_OWN_LANGUAGE = 1.05


@dataclass(frozen=True, slots=True)
class Ranked:
    """A result with its score, above 0 and below 1."""

    entry: Entry
    score: float


class View:
    """What an asker may see of the words: a suggestion never tells a word of another community, or of what is gone."""

    def __init__(self, reader: Reader, known: Thesaurus, common: Vocabulary, scope: Scope, language: str) -> None:
        self._language = language
        self._reader = reader
        self._known = known
        self._common = common
        self._scope = scope
        self._words = reader.words(scope)

    def has(self, stems: Sequence[str]) -> bool:
        """Whether any of these stems occurs."""
        return any(words.has(each) for words in self._words for each in stems)

    def begins(self, prefix: str) -> bool:
        """Whether a folded word begins with this."""
        return any(words.beginning(prefix, 1) for words in self._words)

    def near(self, folded: str) -> tuple[str, int] | None:
        """The word that the given one is most probably a slip of, and how many: of few slips, then the commonest."""
        candidates = {near for words in (self._common, *self._words) for near in words.near(folded)}
        ranked = sorted((slips, -self._reader.surface_frequency(word), word) for word, slips in candidates)
        bound = self._reader.scope(self._scope)
        for slips, _, word in ranked:
            occurs = self._reader.word([(each,) for each in stems(word)])
            if word in self._known.spellings or self._reader.exists(occurs, bound):
                return word, slips
        return None

    def written(self, folded: str) -> str:
        """How a folded word is written."""
        own = self._known.written.get((self._language, folded))
        return own or next(
            (written for words in (self._common, *self._words) if (written := words.written(folded))),
            folded,
        )


class Asked:
    """A question, put to the engine: its groups with their queries and what each is worth."""

    def __init__(self, reader: Reader, question: Question, scope: Scope) -> None:
        self._reader = reader
        self._words = reader.words(scope)
        self._groups = question.groups
        self.kinds = question.kinds
        self._sentence = question.sentence
        self._whole = [reader.group(group) for group in self._groups]
        self._apart = [reader.apart(group) for group in self._groups]
        self._worth = [0.0 if group.soft else self._telling(group) for group in self._groups]

    def _telling(self, group: Group) -> float:
        """How much a group tells, as in BM25: a rare word much, a word of every document little."""
        if not group.known:
            return _UNKNOWN_IN_SENTENCE if self._sentence else _UNKNOWN
        size = self._reader.size
        frequency = 1 if group.prefix else min(self._reader.frequency(group), size)
        return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5)) + 0.1 if frequency else _UNUSED

    @cached_property
    def _total(self) -> float:
        return sum(self._worth)

    def _share(self, number: int) -> float:
        return self._worth[number] / self._total if self._total else 0.0

    def _met(self, number: int) -> "Query | None":
        ways = [each for each in (self._whole[number], self._apart[number]) if each is not None]
        return self._reader.either(ways)

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

    @cached_property
    def _ways(self) -> list[Way]:
        return [self._way(group.patterns, group.prefix) for group in self._groups]

    @cached_property
    def _ways_apart(self) -> list[list[Way]]:
        return [[self._way(patterns) for patterns in group.apart] for group in self._groups]

    def _way(self, patterns: Sequence[Pattern], prefix: str = "") -> Way:
        runs = self._reader.occurring(patterns)
        if prefix:
            begun = (word for words in self._words for word in words.beginning(prefix, _BEGUN))
            runs += self._reader.signed((stem,) for word in begun for stem in stems(word))
        return Way(runs)

    @cached_property
    def _counting(self) -> list[tuple[Way, list[Way], float]]:
        """For each group that tells something: how it is met as a whole, in its words, and what it is worth."""
        return [
            (self._ways[number], self._ways_apart[number], self._share(number) * group.certainty)
            for number, group in enumerate(self._groups)
            if self._share(number)
        ]

    def _is_apart(self, number: int, entry: Entry) -> bool:
        parts = self._ways_apart[number]
        return bool(parts) and all(way.is_met(entry) for way in parts)

    def coverage(self, entry: Entry) -> float:
        """Which share of the question a document meets."""
        share = 0.0
        for way, parts, worth in self._counting:
            if way.is_met(entry):
                share += worth
            elif parts and all(each.is_met(entry) for each in parts):
                share += worth * _APART
        return share

    @cached_property
    def _labels(self) -> list[list[tuple[str, Way]]]:
        """For each group the ways in which it can be met, with what is told of each."""
        return [
            [(each.label, Way(runs)) for each in group.patterns if (runs := self._reader.signed(each.runs))]
            for group in self._groups
        ]

    def matched(self, entry: Entry) -> tuple[str, ...]:
        """The words by which a document was found: for each group the best way in which it is met."""
        labels: list[str] = []
        for number, group in enumerate(self._groups):
            met = (label for label, way in self._labels[number] if way.is_met(entry))
            also = self._ways[number].is_met(entry) or self._is_apart(number, entry)
            label = next(met, group.label if also else None)
            if label is not None:
                labels.append(label)
        return tuple(labels)

    def strongest(self) -> list[Group]:
        """The groups to suggest where the whole question found nothing, those that tell most first.

        Whether any of them has a result is for whoever asks to see: here nobody can tell whose texts have the words.
        """
        telling = [
            (self._worth[n], n)
            for n, group in enumerate(self._groups)
            if len(self._groups) > 1 and not group.soft and group.certainty == 1.0 and self._met(n) is not None
        ]
        ranked = sorted(telling, key=lambda each: (-each[0], each[1]))
        return [self._groups[n] for worth, n in ranked if worth >= _SUGGESTED]


def rank(reader: Reader, asked: Asked, scope: Scope, language: str, page: int) -> list[Ranked]:
    """The results within a scope, best first; none where nothing meets enough of what was asked."""
    if not asked.possible:
        return []
    candidates = min(max(page, _CANDIDATES), _MOST_CANDIDATES)
    worth: list[tuple[float, float, Entry]] = []
    for each in reader.best(reader.scope(scope), candidates, asked.required, asked.optional):
        entry = each.entry
        coverage = asked.coverage(entry)
        if coverage >= _ENOUGH:
            raw = each.score * coverage**2 * _BY_KIND.get(entry.kind, 1.0)
            if entry.kind in asked.kinds:
                raw *= _WANTED[entry.kind]
            if language in entry.languages:
                raw *= _OWN_LANGUAGE
            worth.append((raw, coverage, entry))
    least = _TAIL * max((raw for raw, _, _ in worth), default=0.0)
    ranked = [
        Ranked(entry, round(raw / (raw + _HALF), 4))
        for raw, coverage, entry in worth
        if raw >= least or coverage >= _WHOLE
    ]
    return sorted(ranked, key=lambda each: (-each.score, identity(each.entry)))


def identity(each: Entry) -> tuple[int, str, str]:
    """What orders results that are equal in everything else, the same in every process."""
    return (_ORDER.get(each.kind, len(_ORDER)), each.kind, each.id)
