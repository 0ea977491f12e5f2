"""Names by themselves: in full, single, or unknown to all lists, where nothing tells of a case."""

from data.safeguarding.lexicon import given_names, words, words_of_lists
from data.safeguarding.likeness import likeness
from data.safeguarding.name_signs import ASK_FOR, LISTED, ORDINARY, TOLD_TO
from data.safeguarding.runs import Run, is_country
from data.safeguarding.surroundings import Surroundings

_WHOSE = frozenset(
    {"of", "to", "from", "for", "by", "de", "d'", "da", "do", "del", "du", "a", "para", "por", "pour", "par"}
)
_COMMON = words("common_words")
# Of a name in full: a family's that is known, or a given one with any other word.
_ALIKE = 0.4


class NamesAlone(Surroundings):
    """What looks like a name wherever it stands."""

    def in_full(self, run: Run) -> float:
        """Whether it is a name by itself: a given one and a family's, wherever it stands."""
        alike = likeness(run)
        if self._alone(run):
            return 0.4
        if self._unknown(run):
            return 0.45
        if alike < _ALIKE or self.called_thing(run) or (self.is_placed(run) and not run.given and not self._of(run)):
            return 0.0
        return alike * 0.6

    def _unknown(self, run: Run) -> bool:
        """Whether two words that no list has stand where a person is told of: 'too late for Zéphirine Okemba'."""
        capitals = run.capitals
        if len(capitals) not in {2, 3} or any(not word.text[1:].islower() or len(word.text) < 3 for word in capitals):
            return False
        if not self.no_words(run) or self.called_thing(run) or (self.is_placed(run) and not self._of(run)):
            return False
        begin, stop = max(0, run.start - 100), run.end + 140
        around = self.reading.words_between(begin, stop)
        if sum(word.capital for word in around) * 3 > len(around) or self.reading.plain[
            max(0, run.start - 2) : run.start
        ].strip().endswith(('"', "'")):
            # A heading, a list, or words of another language in quotes.
            return False
        return any(
            self.reading.holds(name, begin, run.start) or self.reading.holds(name, run.end, stop)
            for name in ("pronouns", "kin", "human", "own")
        )

    def no_words(self, run: Run) -> bool:
        """Whether nothing shows that its words are ordinary ones with a capital."""
        first = run.capitals[0].low
        if is_country(run) or ORDINARY.search(first) or (first in _COMMON and not run.given):
            return False
        return not any(word.low in words_of_lists() for word in run.capitals)

    def _alone(self, run: Run) -> bool:
        """Whether it is a single given name that is no other word and no part of a title: 'nobody told Despina'."""
        word = run.words[0]
        if len(run.words) > 1 or len(word.text) < 3 or word.low not in given_names() or self.called_thing(run):
            return False
        if word.low in _COMMON or word.low in words_of_lists():
            return False
        before = self.before(run, 1)
        after = self.after(run, 1)
        if self.reading.plain[max(0, run.start - 1) : run.start] in {"_", "/", "@", ".", "#"}:
            return False
        if (
            self.in_title(run)
            or (after and after[0].capital)
            or LISTED.match(self.reading.plain[run.end : run.end + 5])
        ):
            return False
        return not self.is_placed(run) or (
            self._of(run)
            and bool(before)
            and before[0].low in {"to", "a", "para"}
            and (self.reading.language == "es" or self.told_on(run))
        )

    def told_something(self, run: Run) -> bool:
        """'Nobody had told Despina that she could ...': whoever is told something is somebody."""
        told = TOLD_TO.search(self.reading.before(run.start, 40))
        return (
            bool(told)
            and len(run.capitals) == 1
            and (run.given or self.told_on(run) or self.near(run, "pronouns", "kin"))
        )

    def in_title(self, run: Run) -> bool:
        """Whether a single name is a part of a title: 'Punto Violeta', 'Castilla y León', 'Ask for Angela'."""
        before = self.before(run, 2)
        if len(run.words) > 1 or not before:
            return False
        near = before[0]
        if ASK_FOR.search(self.reading.before(run.start, 25)):
            return True
        if near.low in {"y", "e", "et", "and"} and len(before) > 1:
            near = before[1]
            return near.capital and near.low in words("regions")
        if not near.capital or any(
            near.low in words(name) for name in ("roles", "not_names", "titles", "ranks", "acts", "human")
        ):
            return False
        return not near.first or run.low in _COMMON

    def _of(self, run: Run) -> bool:
        """Whether the word that makes it a place may as well say whose something is."""
        before = self.before(run, 1)
        return bool(before) and before[0].low in _WHOSE
