"""What a person may have meant by what they typed: words become groups, each with the ways in which it can be met."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from data.languages import LANGUAGES
from data.search.glossary import LONGEST, Concept, Thesaurus
from data.search.stopwords import ENDINGS, SOFT
from data.search.text import Word, stem_of, stems, words
from data.search.vocabulary import distance

MAX_WORDS = 14
# From so many words on, of which so many are grammar and so many known, it is a sentence about something.
_SENTENCE, _GRAMMAR_IN_SENTENCE, _TOLD_IN_SENTENCE = 5, 2, 2
_MAX_TYPED = 1_000
# How much a way of meeting a group counts beside the words as typed.
_IN_A_ROW = 1.0
_PART_OF_WORD = 0.6
_SLIP = 0.8
_SLIP_IN_SHORT = 0.6
# Two slips at once are not enough for a result, only for a question back.
_SLIPS = 0.4
_INFLECTED = 0.95
_SHORTEST_PREFIX = 4
_SHORTEST_ROOT, _LONGEST_ENDING = 4, 6
_SHORTEST_SPLIT = 8
_SHORTEST_SURE = 6
# Of terms that a guess at a term must not cut.
_LONGEST_TERM = 3
# Nobody mistypes a longer word, or writes several together in it.
_LONGEST_WORD = 40

# Words that tell what kind of thing is looked for.
_KINDS = {
    ("network_member",): "country countries pays pais paises"
    " member members membre membres miembro miembros membro membros",
    ("practice",): "practice practices pratique pratiques practica practicas pratica praticas",
    ("practice", "member"): "experience experiences experiencia experiencias",
}
_KINDS_OF = {word: kinds for kinds, words in _KINDS.items() for word in words.split()}


class Corpus(Protocol):
    """What the asker may see of the index."""

    def has(self, stems: Sequence[str]) -> bool:
        """Whether any of these stems occurs."""
        ...

    def begins(self, prefix: str) -> bool:
        """Whether a folded word begins with this."""
        ...

    def near(self, folded: str) -> tuple[str, int] | None:
        """The word that occurs and that the given one is most probably a slip of, with the number of slips."""
        ...

    def written(self, folded: str) -> str:
        """How a folded word is written."""
        ...


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to meet a group: any of these runs of stems, each in a row.

    Attributes:
        runs: the runs; most have one word.
        weight: how much it counts, 1.0 being the words as typed.
        label: what is told to the asker when it was met this way.
        tag: that of the concept of which it is a variant, or an empty string where it was typed.
    """

    runs: tuple[tuple[str, ...], ...]
    weight: float
    label: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A word or a term of the query, which a result should meet in one of several ways.

    Attributes:
        typed: its words, corrected where they were mistyped.
        patterns: the ways to meet it.
        apart: for a term of several words, the ways to meet each of them on its own.
        prefix: the beginning of words that meet it, or an empty string.
        soft: it may lift a result but is no reason for one.
        certainty: below 1.0 where it rests on a guess.
        known: whether the words are surely known, in a text or in the thesaurus.
    """

    typed: tuple[Word, ...]
    patterns: tuple[Pattern, ...]
    apart: tuple[tuple[Pattern, ...], ...] = ()
    prefix: str = ""
    soft: bool = False
    certainty: float = 1.0
    known: bool = True

    @property
    def label(self) -> str:
        """The words, as typed or corrected."""
        return " ".join(word.text for word in self.typed)


@dataclass(frozen=True, slots=True)
class Question:
    """A query, understood.

    Attributes:
        groups: what it is made of.
        corrected: its text without the typing errors, or None where there were none.
        kinds: the kinds of things that it names ("which countries", "who has experience").
        sentence: whether it is written as a sentence about things that are known, and not as key words.
    """

    groups: tuple[Group, ...]
    corrected: str | None = None
    kinds: frozenset[str] = frozenset()
    sentence: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """A content word: as typed and as understood."""

    typed: Word
    word: Word
    guessed: bool = False
    prefix: bool = False
    known: bool = True
    certainty: float = 1.0


def understand(text: str, language: str, thesaurus: Thesaurus, corpus: Corpus) -> Question:
    """Read a query of any text; `language` is the asker's, and the query may be in another."""
    written = words(text[:_MAX_TYPED])
    typed = [word for word in written if _is_content(word)][:MAX_WORDS]
    read = [each for word in _compounds(typed, corpus) for each in _read(word, thesaurus, corpus)]
    groups = {group.label: group for group in _segment(read, language, thesaurus)}
    found = tuple(groups.values())
    if found and all(group.soft for group in found):
        found = tuple(replace(group, soft=False) for group in found)
    kinds = frozenset(kind for word in typed for kind in _KINDS_OF.get(word.folded, ()))
    told = sum(group.known and not group.soft for group in found)
    grammar = len(written) - len(typed)
    sentence = len(written) >= _SENTENCE and grammar >= _GRAMMAR_IN_SENTENCE and told >= _TOLD_IN_SENTENCE
    return Question(found, _corrected(typed, read), kinds, sentence)


def _is_content(word: Word) -> bool:
    return not word.is_grammar and (len(word.folded) > 1 or not word.folded.isascii())


def _compounds(typed: Sequence[Word], corpus: Corpus) -> Iterator[Word]:
    """Join what the texts write as one word: "cyber violence", "multi sectoral"."""
    index = 0
    while index < len(typed):
        pair = typed[index : index + 2]
        joined = "".join(word.folded for word in pair)
        if len(pair) == 2 and not all(corpus.has(stems(word.folded)) for word in pair) and corpus.has(stems(joined)):
            yield Word(" ".join(word.text for word in pair), joined)
            index += 2
        else:
            yield typed[index]
            index += 1


def _read(word: Word, thesaurus: Thesaurus, corpus: Corpus) -> Iterator[_Read]:
    if word.folded in SOFT or corpus.has(stems(word.folded)):
        yield _Read(word, word)
        return
    if len(word.folded) > _LONGEST_WORD:
        yield _Read(word, word, known=False)
        return
    if len(word.folded) >= _SHORTEST_PREFIX and corpus.begins(word.folded):
        yield _Read(word, word, prefix=True, known=len(word.folded) >= _SHORTEST_SURE)
        return
    if word.folded in thesaurus.spellings or thesaurus.concepts([word]):
        yield _Read(word, word)
        return
    inflected = _inflected(word, thesaurus, corpus)
    if inflected is not None:
        yield _Read(word, inflected, certainty=_INFLECTED)
        return
    near = None if word.capitals and len(word.folded) <= 5 else corpus.near(word.folded)
    # A word that many ask with is no more likely meant than one that nobody here uses.
    if near is not None and near[0] not in SOFT:
        meant, slips = near
        if slips > 1 and word.folded[-1] == "s" and distance(word.folded[:-1], meant) == 1:
            # The plural of a word that is known in the singular is no slip.
            slips = 1
        # A short word is as likely one that nobody here uses as a slip: a result must then have it.
        surely = len(meant) >= _SHORTEST_SURE
        certainty = _SLIPS if slips > 1 else _SLIP if surely else _SLIP_IN_SHORT
        yield _Read(word, Word(corpus.written(meant), meant), guessed=True, known=surely, certainty=certainty)
        return
    for cut in range(3, len(word.folded) - 2 if len(word.folded) >= _SHORTEST_SPLIT else 0):
        halves = [Word(part, part) for part in (word.folded[:cut], word.folded[cut:])]
        if all(half.folded in thesaurus.spellings and half.folded not in SOFT for half in halves):
            yield from (_Read(word, half, guessed=True, certainty=_SLIP) for half in halves)
            return
    yield _Read(word, word, known=False)


def _inflected(word: Word, thesaurus: Thesaurus, corpus: Corpus) -> Word | None:
    """A known word of which an unknown one is another form, as verbs have many: "coûtent", "abusan", "sexualmente"."""
    for length in range(min(_LONGEST_ENDING, len(word.folded) - _SHORTEST_ROOT), 0, -1):
        root, ending = word.folded[:-length], word.folded[-length:]
        if ending not in ENDINGS:
            continue
        for known in (root, *(root + letter for letter in "eaors")):
            if corpus.has(stems(known)) or known in thesaurus.spellings:
                return Word(word.text, known)
    return None


def _segment(read: Sequence[_Read], language: str, thesaurus: Thesaurus) -> Iterator[Group]:
    """Find the longest terms, from the left; every other word is a group of its own.

    Terms that overlap with those come after, as soft groups.
    """
    index = 0
    passed: list[Group] = []
    while index < len(read):
        for size in range(min(LONGEST, len(read) - index), 0, -1):
            part = read[index : index + size]
            if size > 1 and any(each.prefix for each in part):
                continue
            run = [each.word for each in part]
            concepts = thesaurus.concepts(run)
            if not concepts and size > 1 and not _cuts_a_term(read[index + 1 :], size - 1, thesaurus):
                concepts = thesaurus.nearly(run)
            if concepts or size == 1:
                yield _group(part, concepts, language, thesaurus)
                passed += _inside(read[index + 1 :], size - 1, language, thesaurus)
                index += size
                break
    yield from passed


def _cuts_a_term(read: Sequence[_Read], starts: int, thesaurus: Thesaurus) -> bool:
    """Whether a term begins within the first words, to which it would be lost."""
    return any(
        thesaurus.concepts([each.word for each in read[start : start + size]])
        for start in range(starts)
        for size in range(2, min(_LONGEST_TERM, len(read) - start) + 1)
    )


def _inside(read: Sequence[_Read], starts: int, language: str, thesaurus: Thesaurus) -> Iterator[Group]:
    """Terms that begin within another term and end after it, so that its words are not lost for them."""
    for start in range(starts):
        for size in range(min(LONGEST, len(read) - start), starts - start, -1):
            part = read[start : start + size]
            concepts = thesaurus.concepts([each.word for each in part])
            if concepts and not any(each.prefix for each in part):
                yield replace(_group(part, concepts, language, thesaurus), soft=True)
                break


def _group(part: Sequence[_Read], concepts: Sequence[Concept], language: str, thesaurus: Thesaurus) -> Group:
    run = tuple(each.word for each in part)
    certainty = min(each.certainty for each in part)
    if concepts and len(part) > 1:
        # Words that make a term together were hardly meant to be others.
        certainty = max(certainty, _SLIP_IN_SHORT)
    soft = any(concept.soft for concept in concepts)
    if len(run) == 1:
        return Group(
            typed=run,
            patterns=_ways(run[0], concepts, language),
            prefix=run[0].folded if part[0].prefix else "",
            soft=soft or (run[0].folded in SOFT and not run[0].capitals),
            certainty=_PART_OF_WORD if part[0].prefix else certainty,
            known=part[0].known,
        )
    label = " ".join(word.text for word in run)
    rows = dict.fromkeys(tuple(stem_of(word, each) for word in run) for each in _order(language))
    return Group(
        typed=run,
        patterns=(Pattern(tuple(rows), _IN_A_ROW, label), *_variants(concepts, rows, language)),
        apart=_apart(run, language, thesaurus),
        soft=soft,
        certainty=certainty,
        known=all(each.known for each in part),
    )


def _apart(run: Sequence[Word], language: str, thesaurus: Thesaurus) -> tuple[tuple[Pattern, ...], ...]:
    """The ways to meet each word of a term on its own; none where one of them says nothing without the others."""
    if any(word.folded in SOFT for word in run):
        return ()
    return tuple(_ways(word, thesaurus.concepts([word]), language) for word in run)


def _order(language: str) -> tuple[str, ...]:
    return (language, *(each for each in LANGUAGES if each != language)) if language in LANGUAGES else LANGUAGES


def _ways(word: Word, concepts: Sequence[Concept], language: str) -> tuple[Pattern, ...]:
    runs = {(each,): None for each in stems(word.folded, language)}
    return (Pattern(tuple(runs), _IN_A_ROW, word.text), *_variants(concepts, runs, language))


def _variants(concepts: Sequence[Concept], typed: dict[tuple[str, ...], None], language: str) -> Iterator[Pattern]:
    done = set(typed)
    # The nearest first: a variant of two concepts counts as that of the nearer.
    for concept in sorted(concepts, key=lambda each: -each.weight):
        # Of a concept, those of the asker's language: they are told by what they were found.
        for variant in sorted(concept.variants, key=lambda each: each.language != language):
            if variant.stems not in done:
                done.add(variant.stems)
                yield Pattern((variant.stems,), concept.weight, variant.text, concept.tag)


def _corrected(typed: Sequence[Word], read: Sequence[_Read]) -> str | None:
    """The query as it was meant: its content words, with the guesses in place of what was typed."""
    if not any(each.guessed for each in read):
        return None
    meant: dict[str, list[str]] = {}
    for each in read:
        meant.setdefault(each.typed.text, []).append(each.word.text)
    return " ".join(" ".join(meant.get(word.text, [word.text])) for word in typed)
