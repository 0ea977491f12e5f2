"""Which words mean nearly the same, within a language and across the four.

Two lists are read: the glossary of the field (`data/seed/glossary.yaml`) and everyday words (`lexicon.txt`). They widen
a query: what they add counts for less than what was typed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from data.languages import LANGUAGES
from data.search.text import Word, stem, stem_of, words

# Short words, or words of another language, when they are not written in capitals. The glossary has its own list.
_MORE_CAPITALS = frozenset({"TIP", "TOT", "ESP", "VIF", "COP", "WHO", "UN", "UE", "EU", "PSS", "SAP"})
LONGEST = 7
# Stands for the open word of a term.
OPEN = "*"
_OPEN_TERMS = (2, 3)
_SHORTEST_INITIALS = 3
# How much a variant counts beside the words as typed: nearly the same, or only related.
NEAR = 0.65
RELATED = 0.4


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to say a concept.

    Attributes:
        language: of the text.
        text: as listed.
        words: its content words in their order.
        stems: what they become.
    """

    language: str
    text: str
    words: tuple[Word, ...]
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """Variants that mean nearly the same.

    Attributes:
        id: of the entry.
        variants: the ways to say it.
        weight: how much a variant counts beside the words as typed.
        soft: a term that people ask with, but that a result need not have.
        tagged: whether the index knows where texts name it.
    """

    id: str
    variants: tuple[Variant, ...]
    weight: float = NEAR
    soft: bool = False
    tagged: bool = True

    @property
    def tag(self) -> str:
        """Stands in the index for each place where a text names the concept; no word is written like this.

        Empty where the index does not know the concept.
        """
        return f"#{self.id}" if self.tagged else ""


@dataclass(slots=True)
class Thesaurus:
    """Finds the concepts that a run of words names, its own and those of another that it builds on."""

    _by_stems: dict[tuple[str, tuple[str, ...]], list[Concept]] = field(
        default_factory=dict[tuple[str, tuple[str, ...]], list[Concept]]
    )
    _by_acronym: dict[str, list[Concept]] = field(default_factory=dict[str, list[Concept]])
    _by_capitals: dict[str, list[Concept]] = field(default_factory=dict[str, list[Concept]])
    # Tags of concepts by what names them: one stem, or the first two stems of a run and then the run.
    _tags: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])
    _run_tags: dict[tuple[str, str], dict[tuple[str, ...], dict[str, None]]] = field(
        default_factory=dict[tuple[str, str], dict[tuple[str, ...], dict[str, None]]]
    )
    # Terms of two or three words with one of them open: by language, that word's concept, and the words around it.
    _open: dict[tuple[str, str, tuple[str, ...]], dict[str, Concept]] = field(
        default_factory=dict[tuple[str, str, tuple[str, ...]], dict[str, Concept]]
    )
    # Folded words of all variants, with the way they are written: what a typing error may have been meant to be.
    spellings: dict[str, str] = field(default_factory=dict[str, str])
    # The same by language, where several write it each in its way: policía, polícia.
    written: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    base: "Thesaurus | None" = None

    def concepts(self, run: Sequence[Word]) -> list[Concept]:
        """The concepts that exactly these content words name, in any language; most runs name none."""
        found = self.base.concepts(run) if self.base else []
        if len(run) == 1:
            found += self._by_acronym.get(run[0].folded, ())
            if run[0].capitals:
                found += self._by_capitals.get(run[0].folded, ())
        for language in LANGUAGES:
            found += self._by_stems.get((language, tuple(stem_of(word, language) for word in run)), ())
        return list({concept.id: concept for concept in found}.values())

    def nearly(self, run: Sequence[Word]) -> list[Concept]:
        """The concepts that these content words would name if one of them were another word of its meaning.

        "Harassment on the internet" is listed nowhere, but "online harassment" is, and "internet" and "online" are.
        """
        if len(run) not in _OPEN_TERMS:
            return []
        found = self.base.nearly(run) if self.base else []
        for place, word in enumerate(run):
            for concept in self.concepts([word]):
                for language in LANGUAGES if not concept.soft else ():
                    others = (*(stem_of(each, language) for each in run[:place]), OPEN)
                    others += tuple(stem_of(each, language) for each in run[place + 1 :])
                    found += self._open.get((language, concept.id, others), {}).values()
        return list({each.id: replace(each, weight=RELATED) for each in found}.values())

    def open_terms(self) -> None:
        """Let terms be known by other words of the same meaning; once all is added."""
        for concept in {each.id: each for several in self._by_stems.values() for each in several}.values():
            for variant in concept.variants if not concept.soft else ():
                if len(variant.words) not in _OPEN_TERMS:
                    continue
                for place, open_stem in enumerate(variant.stems):
                    others = (*variant.stems[:place], OPEN, *variant.stems[place + 1 :])
                    for meant in self._by_stems.get((variant.language, (open_stem,)), ()):
                        self._open.setdefault((variant.language, meant.id, others), {})[concept.id] = concept

    def initials(self) -> None:
        """Let terms be known by the initials of their words, in capitals; once all acronyms are added."""
        found: dict[str, dict[str, Concept]] = {}
        for concept in {each.id: each for several in self._by_stems.values() for each in several}.values():
            for variant in concept.variants:
                if len(variant.words) >= _SHORTEST_INITIALS:
                    letters = "".join(word.folded[0] for word in variant.words)
                    found.setdefault(letters, {})[concept.id] = concept
        for letters, concepts in found.items():
            if letters not in self._by_acronym and letters not in self._by_capitals and len(concepts) == 1:
                self._by_capitals[letters] = list(concepts.values())

    def tags(self, stems: Sequence[str]) -> list[str]:
        """The tags of the concepts that a text names, once for each place."""
        tags_of, runs_of = self._tags, self._run_tags
        found = [tag for stem in filter(tags_of.__contains__, stems) for tag in tags_of[stem]]
        for place in [place for place, pair in enumerate(pairwise(stems)) if pair in runs_of]:
            for run, tags in runs_of[stems[place], stems[place + 1]].items():
                if tuple(stems[place : place + len(run)]) == run:
                    found += tags
        return found

    def _add_run(self, language: str, stems: tuple[str, ...], concept: Concept) -> None:
        _append(self._by_stems, (language, stems), concept)
        if len(stems) == 1:
            self._tags.setdefault(stems[0], {})[concept.tag] = None
        else:
            self._run_tags.setdefault((stems[0], stems[1]), {}).setdefault(stems, {})[concept.tag] = None

    def add(self, concept: Concept, acronyms: Iterable[str] = (), capitals_only: frozenset[str] = frozenset()) -> None:
        """Make a concept known by its variants and acronyms."""
        for variant in concept.variants:
            self._add_run(variant.language, variant.stems, concept)
            joined = variant.words[0].joined
            if joined and joined == "".join(word.folded for word in variant.words):
                self._add_run(variant.language, (stem(joined, variant.language),), concept)
            for word in variant.words:
                if word.folded.isalpha():
                    written = word.text if word.capitals else word.text.lower()
                    self.spellings.setdefault(word.folded, written)
                    self.written.setdefault((variant.language, word.folded), written)
        for acronym in acronyms:
            table = self._by_capitals if acronym.upper() in capitals_only else self._by_acronym
            _append(table, "".join(word.folded for word in words(acronym)), concept)


def _append(table: dict[Any, list[Concept]], key: object, concept: Concept) -> None:
    concepts = table.setdefault(key, [])
    if concept not in concepts:
        concepts.append(concept)


def _variant(language: str, text: str) -> Variant | None:
    content = tuple(word for word in words(text) if not word.is_grammar)
    if not 0 < len(content) <= LONGEST:
        return None
    return Variant(language, text, content, tuple(stem_of(word, language) for word in content))


def _variants(cells: Iterable[tuple[str, Iterable[str]]]) -> tuple[Variant, ...]:
    made = (_variant(language, text) for language, texts in cells for text in texts)
    return tuple({(each.language, each.stems): each for each in made if each}.values())


@cache
def thesaurus() -> Thesaurus:
    """Read both lists; takes a few hundredths of a second, once."""
    found = Thesaurus()
    _read_glossary(found)
    found.initials()
    _read_lexicon(found)
    found.open_terms()
    return found


def widened(base: Thesaurus, terms: Iterable[tuple[str, Sequence[str]]]) -> Thesaurus:
    """A thesaurus with words that a community added.

    Args:
        base: what it builds on; a meaning that it knows brings what that means in the four languages.
        terms: words, each with expressions that mean nearly the same, in any language.
    """
    found = Thesaurus(spellings=dict(base.spellings), written=dict(base.written), base=base)
    for number, (word, means) in enumerate(terms):
        variants = list(_variants((language, (word, *means)) for language in LANGUAGES))
        for text in means:
            run = [each for each in words(text) if not each.is_grammar]
            variants += [each for concept in base.concepts(run) for each in concept.variants] if run else []
        found.add(Concept(f"own-{number}", tuple(dict.fromkeys(variants)), tagged=False))
    return found


def _read_glossary(target: Thesaurus) -> None:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = resources.files("data").joinpath("seed/glossary.yaml").read_text(encoding="utf-8")
    glossary: dict[str, Any] = yaml.load(content, loader)  # noqa: S506 - both are safe loaders; the first is fast
    capitals_only = frozenset(glossary["capitals_only"]) | _MORE_CAPITALS
    for term in glossary["terms"]:
        by_language: dict[str, list[str]] = term["acronyms"]
        acronyms = {acronym for each in by_language.values() for acronym in each}
        cells = [(language, list(term[language])) for language in LANGUAGES]
        # An acronym that can be mistaken finds its concept, but the concept does not find texts by it.
        cells += [
            (language, [acronym for acronym in each if acronym.upper() not in capitals_only])
            for language, each in by_language.items()
        ]
        target.add(Concept(term["id"], _variants(cells)), acronyms, capitals_only)


def _read_lexicon(target: Thesaurus) -> None:
    content = resources.files("data.search").joinpath("lexicon.txt").read_text(encoding="utf-8")
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        mark, row = (line[0], line[1:]) if line[0] in "~?" else ("", line)
        columns = [[text.strip() for text in column.split(",") if text.strip()] for column in row.split("|")]
        if len(columns) != len(LANGUAGES):
            raise ValueError(f"lexicon.txt, line {number}: expected a column for each of {', '.join(LANGUAGES)}")
        variants = _variants(zip(LANGUAGES, columns, strict=True))
        target.add(Concept(f"word-{number}", variants, RELATED if mark == "~" else NEAR, soft=mark == "?"))
