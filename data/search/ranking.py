"""How a question is put to the engine, and what its answers are worth."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from data.search.engine import Engine, Found, Scope
from data.search.glossary import Thesaurus
from data.search.question import Group, Question
from data.search.text import stems
from data.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from tantivy import Query

CANDIDATES = 100
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
# A part of the question is worth suggesting if it tells this much.
_SUGGESTED = 2.0
# Of equally good results, what people came for goes first.
_KINDS = ("practice", "resource", "member", "webinar", "network_member", "key_area", "advisory_member")
_BY_KIND = {"challenge": 0.8, "objective": 0.7, "activity": 0.8}
_WANTED = {"network_member": 1.6, "practice": 1.25, "member": 1.25}
_OWN_LANGUAGE = 1.05


@dataclass(frozen=True, slots=True)
class Ranked:
    """A result with its score, above 0 and below 1."""

    found: Found
    score: float


class View:
    """What an asker may see of the words: a suggestion never tells a word of another community."""

    def __init__(self, engine: Engine, vocabulary: Vocabulary, known: Thesaurus, bound: "Query") -> None:
        self._engine = engine
        self._vocabulary = vocabulary
        self._known = known
        self._bound = bound
        self._had: dict[tuple[str, ...], bool] = {}

    def has(self, stems: Sequence[str]) -> bool:
        """Whether any of these stems occurs."""
        key = tuple(stems)
        if key not in self._had:
            self._had[key] = self._engine.exists(self._engine.word([(each,) for each in key]), self._bound)
        return self._had[key]

    def begins(self, prefix: str) -> bool:
        """Whether a folded word begins with this."""
        return self._engine.begins(prefix, self._bound)

    def near(self, folded: str) -> str | None:
        """The word that the given one is most probably a slip of: of few slips, then the commonest."""
        candidates = [
            (slips, -self._engine.surface_frequency(word), word)
            for word, slips in self._vocabulary.near(folded)
            if word in self._known.spellings or self.has(stems(word))
        ]
        return min(candidates)[2] if candidates else None

    def written(self, folded: str) -> str:
        """How a folded word is written."""
        return self._vocabulary.written(folded)


class Asked:
    """A question, put to the engine: its groups with their queries and what each is worth."""

    def __init__(self, engine: Engine, question: Question) -> None:
        self._engine = engine
        self._groups = question.groups
        self.kinds = question.kinds
        self._whole = [engine.group(group) for group in self._groups]
        self._apart = [engine.apart(group) for group in self._groups]
        self._worth = [0.0 if group.soft else self._telling(group) for group in self._groups]

    def _telling(self, group: Group) -> float:
        """How much a group tells, as in BM25: a rare word much, a word of every document little."""
        if not group.known:
            return _UNKNOWN
        size = self._engine.size
        frequency = 1 if group.prefix else min(self._engine.frequency(group), size)
        return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5)) + 0.1 if frequency else _UNUSED

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
            if len(self._groups) > 1 and not group.soft and group.certainty == 1.0 and self._met(n) is not None
        ]
        best = max(known, key=lambda each: each[0], default=None)
        return best[1] if best and best[0] >= _SUGGESTED else None


def rank(engine: Engine, asked: Asked, scope: Scope, language: str) -> list[Ranked]:
    """The results within a scope, best first; none where nothing meets enough of what was asked."""
    if not asked.possible:
        return []
    found = engine.best([engine.scope(scope), *asked.required], asked.optional, CANDIDATES)
    met = asked.coverage([each.serial for each in found])
    worth: list[tuple[float, float, Found]] = []
    for each in found:
        coverage = met[each.serial]
        if coverage >= _ENOUGH:
            raw = each.score * coverage**2 * _BY_KIND.get(each.card.kind, 1.0)
            if each.card.kind in asked.kinds:
                raw *= _WANTED[each.card.kind]
            if language in each.card.languages:
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
    kind = each.card.kind
    return (_KINDS.index(kind) if kind in _KINDS else len(_KINDS), kind, each.card.id)
