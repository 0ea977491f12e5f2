"""Names of people, told from their surroundings: a title, a role in a case, an age, what was done to them."""

import re
from collections.abc import Iterator
from functools import cache

from data.safeguarding.bare_names import AUTHOR, naming
from data.safeguarding.figures import ages, gender_in
from data.safeguarding.finding import Context, Kind, Mark
from data.safeguarding.in_office import named_for_office
from data.safeguarding.lexicon import given_names, words
from data.safeguarding.likeness import likeness
from data.safeguarding.name_signs import (
    ADJECTIVE,
    AGE_AFTER,
    AGE_BEFORE,
    DEMONYM,
    EXEMPLARY,
    POSSESSED,
    QUOTED,
    REAL_NAME,
)
from data.safeguarding.names_alone import NamesAlone
from data.safeguarding.publicity import HARMED, STRONG, acts_in_public, known_to_all
from data.safeguarding.reading import Reading, Word, within
from data.safeguarding.runs import Run, is_country, is_organisation
from data.safeguarding.wording import safer, some_person

_BETWEEN = words("between")
_OF = words("of")
_APPOSED = words("apposed")
_VERB_FIRST = words("verb_first")
_CALLING = words("calling")
_PLURAL = words("plural")
_THEN = words("then")
# What tells no case by itself: that somebody is named, or lives.
_UNSURE = 0.7


@cache
def _roles_of_words() -> re.Pattern[str]:
    phrases = [re.escape(one) for one in words("roles") if " " in one]
    return re.compile(rf"\b(?:{'|'.join(phrases)})\s?[,:(]?\s?$")


class _Names(NamesAlone):
    """The names of one text."""

    def find(self) -> Iterator[tuple[Run, float]]:
        """The runs that are a person's name, and how sure that is."""
        found: list[tuple[Run, float]] = []
        public: set[str] = set()
        for run in self.runs:
            person = self._trimmed(run)
            sure = self._sure(person) if person else 0.0
            if person and sure:
                found.append((person, sure))
            elif person and len(person.capitals) > 1 and known_to_all(self.reading, person):
                public.update(word.low for word in person.capitals)
        for person, sure in found:
            # Who was named once for an office is in it wherever else the text names them.
            if sure > _UNSURE or not all(word.low in public for word in person.capitals):
                yield person, sure

    def _trimmed(self, run: Run) -> Run | None:
        """A run without its title and without a verb that begins the sentence; None where it is no person's name."""
        row = list(run.words)
        while row and (not row[0].capital or self._ahead_of_name(row)):
            row.pop(0)
        if len(row) > 1 and row[0].first and row[0].low not in given_names() and row[1].low in given_names():
            row.pop(0)
        if (
            len(row) > 2
            and run.start in self.placed
            and row[0].low not in given_names()
            and row[1].low in given_names()
        ):
            # 'in Puno Nieves Apaza': the town is no part of her name.
            row.pop(0)
        for place in range(min(3, len(row) - 2), 0, -1):
            if row[place].low in words("public_before") and row[place].low not in given_names():
                # 'Prime Minister Jacinda Ardern': her name is what comes after the office.
                row = row[place + 1 :]
                break
        if not any(len(word.text) > 1 for word in row if word.capital):
            return None
        person = Run(tuple(row))
        before = self.before(person, 1)
        if before and before[0].low in _PLURAL and not person.given and not self._named(person):
            return None
        if is_country(person) or (is_organisation(person) and likeness(person) < 1):
            return None
        if len(row) == 1 and len(run.words) > 1 and not person.given and ADJECTIVE.search(person.low):
            # 'Policial Comunitário' is an officer of any name.
            return None
        # 'Police Officer Development Course' holds no name, 'Police Officer Anna Lind' does.
        return None if is_organisation(run) and not person.given and len(row) < len(run.words) else person

    def _ahead_of_name(self, row: list[Word]) -> bool:
        low = row[0].low
        if low in words("titles") or (low in words("public_before") and low not in given_names()):
            return True
        return len(row) > 1 and low not in given_names() and (low in words("roles") or low in words("ranks"))

    def _sure(self, run: Run) -> float:
        role = self._role(run) or self._role_after(run)
        if role and self.called_thing(run):
            role = ""
        if role == "case":
            return 0.95
        named = 0.0 if self.expected else self._named(run)
        told = max(self._done_to(run), 0.85 if len(run.capitals) > 1 and self._did(run) else 0.0)
        if not self.expected:
            told = max(named, told, self._titled(run), self._aged(run)) or self._lived(run) or self.in_full(run)
        if not (role or told):
            return 0.0
        if known_to_all(self.reading, run):
            return told if self._was_harmed(run) or self._did(run) else 0.0
        if not role and told <= _UNSURE and named_for_office(self.reading, run):
            return 0.0
        # Whoever acts in public is named for it, except relatives of a person in a case and who is introduced by name.
        if role == "role" or named > 0.9 or (not self.expected and self._aged(run)):
            return 0.95
        return 0.0 if acts_in_public(self.reading, run) else max(told, 0.95 if role else 0.0)

    def _role(self, run: Run) -> str:
        """`case`, `role` or `rank`, where a word for a person in a case or an officer stands before the name."""
        if _roles_of_words().search(self.reading.before(run.start, 30)):
            return "case"
        row = self.before(run, 8)
        for place, word in enumerate(row):
            between = row[:place]
            if word.low in words("roles") and not (word.capital and word.low in words("organisations")):
                return self._of_role(run, word, between)
            if word.low in words("ranks"):
                begin, stop = self.reading.sentence(run.start)
                begin = max(begin, run.start - 70)
                public = any(one.low in STRONG for one in self.reading.words_between(begin, min(stop, run.end + 50)))
                public = public or self.reading.holds("events", begin, min(stop, run.end + 50))
                return "" if between or public else "rank"
            if (
                word.low in words("case_of")
                and between
                and all(
                    one.low in _OF or one.low in words("titles") or one.low in {"la", "el", ".", "l'"}
                    for one in between
                )
            ):
                return self._of_case(run, between)
            if (
                word.low not in _BETWEEN
                and word.low not in _OF
                and word.kind != "number"
                and word.low not in words("titles")
            ):
                return ""
        return ""

    def _role_after(self, run: Run) -> str:
        """The same where the word follows: 'Eero Salonen, the ex-husband,'."""
        row = self.after(run, 7)
        if not row or row[0].text not in {",", "("} or (self.is_placed(run) and not run.given):
            return ""
        for word in row[1:]:
            if word.low in words("roles") and word.low not in words("public_after"):
                return "role" if run.given or len(run.capitals) > 1 or not run.words[0].first else ""
            if word.low not in _APPOSED:
                return ""
        return ""

    def _of_role(self, run: Run, word: Word, between: list[Word]) -> str:
        strong = "case" if word.low in HARMED else "role"
        if any(one.low in _OF for one in between) and not re.search(r"\d|,", self.reading.low[word.end : run.start]):
            # 'The mother of Ana' is a name, 'the women of Kukës' none.
            return strong if word.low in words("kin") and (run.given or len(run.capitals) > 1) else ""
        if self.is_placed(run) and between and between[0].low not in _OF and between[0].low not in {"la", "le", "el"}:
            return ""
        if not between and len(run.capitals) == 1 and not run.given and DEMONYM.search(run.low):
            return ""
        return strong

    def _of_case(self, run: Run, between: list[Word]) -> str:
        titled = any(one.low in words("titles") for one in between)
        told = self.before(run, len(between) + 1)[-1].low in words("told_by")
        return "role" if told or titled or run.given or len(run.capitals) > 1 or self._suffers(run) else ""

    def _named(self, run: Run) -> float:
        before = self.reading.before(run.start, 60)
        if QUOTED.search(before) or REAL_NAME.search(before):
            return 0.85
        if EXEMPLARY.search(before) and (run.given or self.told_on(run)):
            return 0.7
        return 0.95 if naming().search(before) and not self.called_thing(run) else 0.0

    def _titled(self, run: Run) -> float:
        row = [word for word in self.before(run, 2) if word.text != "."][:1]
        if not row or row[0].low not in words("titles"):
            return 0.0
        if row[0].low == "m" and AUTHOR.search(self.reading.plain[max(0, row[0].start - 30) : row[0].start]):
            return 0.0
        # 'Don' and 'Dona' are capitalised or not, 'fr' and 'seu' are words of their own.
        loose = row[0].low in {"don", "seu", "sr", "dona", "miss", "fr", "tia", "m", "fru", "frau"} and (
            row[0].low,
            self.reading.language,
        ) not in {("don", "es"), ("dona", "pt"), ("dona", "es")}
        return 0.9 if not loose or row[0].capital or run.given else 0.0

    def _aged(self, run: Run) -> float:
        known = run.given or len(run.capitals) > 1
        if known and AGE_BEFORE.search(self.reading.before(run.start, 30)):
            return 0.9
        return (
            0.95 if AGE_AFTER.match(self.reading.after(run.end, 40)) and (run.given or not self.is_placed(run)) else 0.0
        )

    def _whose(self, run: Run) -> bool:
        """'Florica Munteanu, whose testimony ...': what only somebody in a case has."""
        row = [word.low for word in self.after(run, 4)]
        if len(row) < 3 or row[0] != "," or row[1] not in {"whose", "dont", "cuya", "cuyo", "cuja", "cujo", "cujos"}:
            return False
        return any(low in words(name) for low in row[2:] for name in ("told_by", "kin", "case_of", "harm"))

    def _suffers(self, run: Run) -> bool:
        """Whether the words right after the name say what was done to the person."""
        for word in self.after(run, 7):
            if word.low in words("harm"):
                return True
            if word.low not in _THEN:
                return False
        return False

    def _was_harmed(self, run: Run) -> bool:
        """The same with the verb that leaves no doubt: 'was herself assaulted'."""
        verbs = {"was", "been", "ete", "foi", "fue", "sido"}
        return self._suffers(run) and any(word.low in verbs for word in self.after(run, 5))

    def _did(self, run: Run) -> bool:
        """Whether the words right after the name say what the person did to somebody: 'had harassed'."""
        for word in self.after(run, 5):
            if word.low in words("deeds"):
                return True
            if word.low not in _THEN and word.low not in _VERB_FIRST:
                return False
        return False

    def _done_to(self, run: Run) -> float:
        """Whether the sentence goes on with what a person in a case does or suffers."""
        several = len(run.capitals) > 1
        known = run.given or (several and not run.words[0].first)
        if self.is_placed(run) and not run.given:
            return 0.0
        if self._whose(run):
            return 0.9
        if (known or several) and POSSESSED.match(self.reading.after(run.end, 30)):
            return 0.9
        if self._suffers(run) and (known or several):
            return 0.85
        harmed = any(word.low in words("harm") for word in self.after(run, 9))
        if run.given and not (self.is_placed(run) and not several):
            return 0.85 if harmed else 0.0
        acts = any(word.low in words("acts") for word in self.after(run, 3))
        return 0.75 if acts and harmed and (several or not run.words[0].first) else 0.0

    def _lived(self, run: Run) -> float:
        """Whether the sentence tells of the person's life: what they did, whose relative they are, what happened."""
        if run.given and len(run.capitals) == 2 and len(run.capitals[1].text) == 1:
            # 'Claire M.': so is called who is not to be known.
            return 0.8
        near = [word for word in self.after(run, 4) if word.low not in {"'", "s"}]
        verb = any(word.low in words("human") for word in near)
        if not run.given:
            return self._lived_unknown(run, verb=verb)
        single = len(run.capitals) == 1
        if self.in_title(run):
            return 0.0
        if self.told_something(run):
            return 0.6
        if self.is_placed(run) and (single or run.capitals[0].low not in given_names()) and not self.beside_person(run):
            return 0.0
        if verb or self.near(run, "harm", "kin") or (single and (self.near(run, "pronouns") or self.told_on(run))):
            return 0.7
        return 0.6 if single and any(word.low in words("acts") for word in near[:2]) else 0.0

    def _lived_unknown(self, run: Run, *, verb: bool) -> float:
        """The same where no list has the given name."""
        several = len(run.capitals) > 1
        first = run.words[0].first
        if self.told_something(run):
            told = True
        elif self.is_placed(run) or DEMONYM.search(run.low) or self.called_thing(run):
            told = False
        elif several:
            told = verb or (self.does(run) and (not first or self.no_words(run)))
        elif first and not self.near(run, "harm", "kin", "pronouns"):
            # Any word begins a sentence with a capital.
            told = False
        else:
            told = self.had(run) or (self.does(run) and not first and self.told_on(run))
        return 0.6 if told else 0.0


def find_names(reading: Reading, runs: list[Run], context: Context) -> Iterator[Mark]:
    """Names of people who are in a case, or may be; and the same names wherever else they stand."""
    found = dict(_Names(reading, runs, context).find())
    known = {word.low for run in found for word in run.capitals if len(word.text) > 2}
    taken = {run.start for run in found}
    for run in runs:
        if not any(word.start in taken for word in run.words) and all(word.low in known for word in run.capitals):
            found[run] = 0.6
    aged = ages(reading.low) if found else []
    for run, sure in found.items():
        age = next(iter(within(aged, run.end, run.end + 15)), None)
        around = reading.before(run.start, 25) + " " + reading.after(run.end, 20)
        wording = (
            some_person(age.age, age.gender or gender_in(around), reading.language)
            if age
            else safer(Kind.NAME, reading.language)
        )
        yield Mark(Kind.NAME, run.start, run.end, wording, sure)
