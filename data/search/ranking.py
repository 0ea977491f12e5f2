"""How a question is put to the engine, and what its answers are worth."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from data.search.glossary import Thesaurus
from data.search.question import Group, Pattern, Question
from data.search.reader import Found, Reader, Scope
from data.search.text import stems
from data.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from tantivy import Query

# So many of the best by the engine are looked at, and no more than this where a page is larger.
_CANDIDATES = 50
_MOST_CANDIDATES = 100
# A result must meet this share of what was asked, weighed by how telling each word is.
_ENOUGH = 0.45
# What a word is worth that no text has: much, unless it is a word of the field, which another text may be about.
_UNKNOWN = 6.5
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
_BY_KIND = {"challenge": 0.8, "objective": 0.7, "activity": 0.8}
_WANTED = {"network_member": 1.6, "practice": 1.25, "member": 1.25}
_OWN_LANGUAGE = 1.05


class _Way:
    """A way to meet a group: any of some stems, or of some terms of several."""

    __slots__ = ("_terms", "_words")

    def __init__(self, runs: Sequence[tuple[str, ...]]) -> None:
        self._words = frozenset(run[0] for run in runs if len(run) == 1)
        self._terms = [run for run in runs if len(run) > 1]

    def is_met(self, found: Found) -> bool:
        """Whether a document meets it."""
        return not self._words.isdisjoint(found.stems) or any(found.has(run) for run in self._terms)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A result with its score, above 0 and below 1."""

    found: Found
    score: float


class View:
    """What an asker may see of the words: a suggestion never tells a word of another community, or of what is gone."""

    def __init__(self, reader: Reader, known: Thesaurus, common: Vocabulary, scope: Scope) -> None:
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

    def near(self, folded: str) -> str | None:
        """The word that the given one is most probably a slip of: of few slips, then the commonest."""
        candidates = {near for words in (self._common, *self._words) for near in words.near(folded)}
        ranked = sorted((slips, -self._reader.surface_frequency(word), word) for word, slips in candidates)
        bound = self._reader.scope(self._scope)
        for _, _, word in ranked:
            occurs = self._reader.word([(each,) for each in stems(word)])
            if word in self._known.spellings or self._reader.exists(occurs, bound):
                return word
        return None

    def written(self, folded: str) -> str:
        """How a folded word is written."""
        return next(
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
        self._whole = [reader.group(group) for group in self._groups]
        self._apart = [reader.apart(group) for group in self._groups]
        self._worth = [0.0 if group.soft else self._telling(group) for group in self._groups]

    def _telling(self, group: Group) -> float:
        """How much a group tells, as in BM25: a rare word much, a word of every document little."""
        if not group.known:
            return _UNKNOWN
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
    def _ways(self) -> list[_Way]:
        return [self._way(group.patterns, group.prefix) for group in self._groups]

    @cached_property
    def _ways_apart(self) -> list[list[_Way]]:
        return [[self._way(patterns) for patterns in group.apart] for group in self._groups]

    def _way(self, patterns: Sequence[Pattern], prefix: str = "") -> _Way:
        runs = self._reader.occurring(patterns)
        if prefix:
            begun = (word for words in self._words for word in words.beginning(prefix, _BEGUN))
            runs += [(stem,) for word in begun for stem in stems(word)]
        return _Way(runs)

    def _is_apart(self, number: int, found: Found) -> bool:
        parts = self._ways_apart[number]
        return bool(parts) and all(way.is_met(found) for way in parts)

    def coverage(self, found: Found) -> float:
        """Which share of the question a document meets."""
        share = 0.0
        for number, group in enumerate(self._groups):
            if not self._share(number):
                continue
            if self._ways[number].is_met(found):
                share += self._share(number) * group.certainty
            elif self._is_apart(number, found):
                share += self._share(number) * group.certainty * _APART
        return share

    def matched(self, found: Found) -> tuple[str, ...]:
        """The words by which a document was found: for each group the best way in which it is met."""
        labels: list[str] = []
        for number, group in enumerate(self._groups):
            met = (each.label for each in group.patterns if any(found.has(run) for run in each.runs))
            also = self._ways[number].is_met(found) or self._is_apart(number, found)
            label = next(met, group.label if also else None)
            if label is not None:
                labels.append(label)
        return tuple(labels)

    def strongest_known(self) -> Group | None:
        """The group to suggest where the whole question found nothing."""
        known = [
            (self._worth[n], group)
            for n, group in enumerate(self._groups)
            if len(self._groups) > 1 and not group.soft and group.certainty == 1.0 and self._met(n) is not None
        ]
        best = max(known, key=lambda each: each[0], default=None)
        return best[1] if best and best[0] >= _SUGGESTED else None


def rank(reader: Reader, asked: Asked, scope: Scope, language: str, page: int) -> list[Ranked]:
    """The results within a scope, best first; none where nothing meets enough of what was asked."""
    if not asked.possible:
        return []
    candidates = min(max(page, _CANDIDATES), _MOST_CANDIDATES)
    worth: list[tuple[float, float, Found]] = []
    for each in reader.best(reader.scope(scope), candidates, asked.required, asked.optional):
        coverage = asked.coverage(each)
        if coverage >= _ENOUGH:
            raw = each.score * coverage**2 * _BY_KIND.get(each.kind, 1.0)
            if each.kind in asked.kinds:
                raw *= _WANTED[each.kind]
            if language in each.languages:
                raw *= _OWN_LANGUAGE
            worth.append((raw, coverage, each))
    least = _TAIL * max((raw for raw, _, _ in worth), default=0.0)
    ranked = [
        Ranked(each, round(raw / (raw + _HALF), 4))
        for raw, coverage, each in worth
        if raw >= least or coverage >= _WHOLE
    ]
    return sorted(ranked, key=lambda each: (-each.score, identity(each.found)))


def identity(each: Found) -> tuple[int, str, str]:
    """What orders results that are equal in everything else, the same in every process."""
    return (_KINDS.index(each.kind) if each.kind in _KINDS else len(_KINDS), each.kind, each.id)
