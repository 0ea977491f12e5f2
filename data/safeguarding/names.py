"""Names of people, told from their surroundings: a title, a role in a case, an age, what was done to them."""

import re
from collections.abc import Iterator
from functools import cache

from data.safeguarding.figures import ages, gender_in
from data.safeguarding.finding import Context, Kind, Mark
from data.safeguarding.lexicon import given_names, words
from data.safeguarding.publicity import in_public
from data.safeguarding.reading import Reading, Word
from data.safeguarding.runs import Run, is_country, is_organisation, place_before
from data.safeguarding.wording import safer, some_person

_INITIALS = re.compile(r"(?<![\w.&])[A-Z]\. ?(?:[A-Z]\. ?){0,2}[A-Z]\.(?![\w])|(?<![\w.])[A-Z](?:\.[A-Z]){1,3}\.?(?![\w.])")
_NOT_INITIALS = frozenset("U.N. U.S. U.K. E.U. U.E. E.E. D.C. S.A. N.B. P.S. P.M. A.M. R.D. B.C. N.Y. L.A. P.O. I.T. H.R. O.N.U. U.S.A. O.N.G. N.G.O. Q.E.P.D. D.R.C. R.D.C. E.E.U.U. S.A.R. S.E. H.E. P.D. C.V. R.I.P. V.B.G. G.B.V. D.N.A. A.D.N. F.B.I. P.J. B.O. R.O. T.C.O. R.G. I.P. P.V. C.P. C.E.P. D.N.I. R.U.T. U.N.O. M.P. N.A. S.L. S.R.L. D.F.".split())
_AGE_AFTER = re.compile(
    r"^\.?(?:'s)?,?\s\(?(?:(?:who (?:is|was)|qui a|que tiene|que tem|de|con|com|aged?|agee? de|a|an|une|una|uma|femme de|mujer de|mulher de) ?){0,2}\d{1,2}(?:\s?,|\)|[- ]years?\b|\s(?:ans|anos)\b|-year|\.)"
)
_POSSESSED = re.compile(
    r"^'s?\s(?:\w+\s)?(?:case|file|husband|statement|testimony|daughter|son|mother|father|sister|brother|home|house|injuries|body|ex|ex-husband|partner|boyfriend|story|complaint|children|child|phone|"
    r"family|abuser|attacker|rapist|death|murder|name|address|neighbour|neighbor|aggressor|school|workplace|arm|face|bruises)\b"
)
_BETWEEN = frozenset(", : ( - \" named called de d' of nommee nomme prenommee chamada chamado llamada llamado anos ans years old year aged agee age edad idade la le el a o a an una un uma une yo and senora sra mme mrs ms dona senhora identified as identificada como madame , . / y et e".split())
_OF = frozenset("of de d' du del da do".split())
_SPEECH_MARKS = re.compile(r'"\s?(?:,|-)?\s?(?:said|says|told|explains?|recalls?|raconte|explique|dit|confie|se souvient|dice|dijo|cuenta|conto|recuerda|relata|disse|diz|contou|lembra)\s?(?:us\s)?$')
_NEAR_WORDS = 5


@cache
def _naming() -> re.Pattern[str]:
    phrases = sorted(words("naming"), key=len, reverse=True)
    joined = "|".join(re.escape(phrase).replace(r"\ ", r"[ ']") for phrase in phrases)
    return re.compile(rf"\b(?:{joined})\s?(?:,|:)?\s?\"?(?:la |el |le )?$")


class _Names:
    """The names of one text."""

    def __init__(self, reading: Reading, runs: list[Run], context: Context) -> None:
        self.reading = reading
        self.runs = runs
        self.expected = context is not Context.PRACTICE

    def find(self) -> Iterator[tuple[Run, float]]:
        """The runs that are a person's name, and how sure that is."""
        for run in self.runs:
            person = self._trimmed(run)
            if person is None:
                continue
            sure = self._sure(person)
            if sure:
                yield person, sure

    def _trimmed(self, run: Run) -> Run | None:
        """A run without its title and without a verb that begins the sentence; None where it is no person's name."""
        row = list(run.words)
        while row and (row[0].low in words("titles") or row[0].text in {".", "-"} or row[0].low in _OF or row[0].low in {"la", "le", "el"}):
            row.pop(0)
        if len(row) > 1 and row[0].first and row[0].low not in given_names() and row[1].low in given_names():
            row.pop(0)
        while len(row) > 1 and (row[0].low in words("roles") or row[0].low in words("ranks")) and row[0].low not in given_names():
            row.pop(0)
        while row and not row[0].capital:
            row.pop(0)
        if not row or not any(len(word.text) > 1 for word in row if word.capital):
            return None
        person = Run(tuple(row))
        return None if is_country(person) or is_organisation(person) else person

    def _sure(self, run: Run) -> float:
        role = self._role(run)
        if role and not self._called_thing(run):
            return 0.95 if not in_public(self.reading, run) or role == "case" else 0.0
        if in_public(self.reading, run) or (self._place(run) and not run.given):
            return 0.0
        if self.expected:
            return 0.8 if self._done_to(run) else 0.0
        return max(self._named(run), self._titled(run), self._aged(run), self._done_to(run), self._in_case(run))

    def _place(self, run: Run) -> bool:
        return place_before(self.reading, run)

    def _before(self, run: Run, count: int) -> list[Word]:
        begin = self.reading.sentence(run.start)[0]
        return [word for word in reversed(self.reading.words[max(0, run.words[0].index - count) : run.words[0].index]) if word.start >= begin]

    def _role(self, run: Run) -> str:
        """`case` or `rank` where the word for a person in a case, or an officer's rank, stands before the name."""
        row = self._before(run, _NEAR_WORDS + 3)
        for place, word in enumerate(row):
            if word.low in words("roles") and not (word.capital and word.low in words("organisations")):
                between = row[:place]
                if any(one.low in _OF for one in between) and not self._of_kin(run, word):
                    return ""
                return "case" if run.start - word.end < 45 else ""
            if word.low in words("ranks"):
                return "rank" if place <= 1 and not any(one.low in _OF for one in row[:place]) and row[:place] == [] else ""
            if word.low in words("case_of") and place and row[place - 1].low in _OF and all(one.low in _OF or one.low in words("titles") or one.low in {"la", "el", ".", "l'"} for one in row[:place]):
                return "case" if run.given or len(run.capitals) > 1 or any(one.low in words("titles") for one in row[:place]) else ""
            if word.low not in _BETWEEN and word.kind != "number" and word.low not in words("titles"):
                return ""
        return ""

    def _of_kin(self, run: Run, word: Word) -> bool:
        """`The mother of Ana`: a name, where `the women of Kukës` is none."""
        between = self.reading.low[word.end : run.start]
        if re.search(r"\d|,", between):
            return True
        return word.low in words("kin") and (run.given or len(run.capitals) > 1)

    def _called_thing(self, run: Run) -> bool:
        return any(word.low in words("things") for word in self._before(run, 6))

    def _named(self, run: Run) -> float:
        before = self.reading.before(run.start, 40)
        if _SPEECH_MARKS.search(before):
            return 0.85
        if not _naming().search(before) or self._called_thing(run):
            return 0.0
        return 0.95

    def _titled(self, run: Run) -> float:
        index = run.words[0].index
        before = self.reading.words[index - 1] if index else None
        if before is not None and before.text == "." and index > 1:
            before = self.reading.words[index - 2]
        if before is None or before.low not in words("titles") or self.reading.sentence(before.start) != self.reading.sentence(run.start):
            return 0.0
        # 'Don' and 'Dona' are capitalised or not, 'fr' and 'seu' are words of their own.
        loose = before.low in {"don", "seu", "sr", "dona", "miss", "fr", "tia", "m", "fru", "frau"}
        return 0.9 if not loose or before.capital or run.given else 0.0

    def _aged(self, run: Run) -> float:
        return 0.95 if _AGE_AFTER.match(self.reading.after(run.end, 40)) and not self._place(run) else 0.0

    def _done_to(self, run: Run) -> float:
        """Whether the sentence goes on with what a person in a case does or suffers."""
        known = run.given or (len(run.capitals) > 1 and not run.words[0].first)
        if _POSSESSED.match(self.reading.after(run.end, 30)) and known:
            return 0.9
        stop = self.reading.sentence(run.start)[1]
        row = [word for word in self.reading.words[run.words[-1].index + 1 : run.words[-1].index + 9] if word.start < stop]
        acts = any(word.low in words("acts") for word in row[:3])
        harmed = any(word.low in words("harm") for word in row)
        if run.given:
            return 0.85 if harmed else 0.0
        several = len(run.capitals) > 1 and not self._place(run)
        return 0.75 if acts and harmed and (several or not run.words[0].first) else 0.0

    def _in_case(self, run: Run) -> float:
        """A given name in a sentence that tells of a case."""
        if not run.given or (self._place(run) and len(run.capitals) == 1 and not self._beside_person(run)):
            return 0.0
        begin, stop = self.reading.sentence(run.start)
        row = self.reading.words_between(max(begin, run.start - 160), min(stop, run.end + 160))
        harmed = any(word.low in words("harm") or word.low in words("kin") for word in row)
        return 0.7 if harmed else self._acted(run)

    def _beside_person(self, run: Run) -> bool:
        return any(word.low in words("kin") or word.low in words("case_of") for word in self._before(run, 3))

    def _acted(self, run: Run) -> float:
        """A single given name that does something: nobody is called by it alone who acts in public."""
        row = self.reading.words[run.words[-1].index + 1 : run.words[-1].index + 3]
        acts = any(word.low in words("acts") for word in row)
        return 0.6 if acts and len(run.capitals) == 1 else 0.0


def find_names(reading: Reading, runs: list[Run], context: Context) -> Iterator[Mark]:
    """Names of people who are in a case, or may be; and the same names wherever else they stand."""
    found = dict(_Names(reading, runs, context).find())
    known = {word.low for run in found for word in run.capitals if len(word.text) > 2}
    taken = {run.start for run in found}
    aged = ages(reading.low)
    for run in runs:
        if run.start not in taken and all(word.low in known for word in run.capitals) and not any(run.start <= start < run.end for start in taken):
            found[run] = 0.6
    for run, sure in found.items():
        age = next((one for one in aged if 0 <= one.start - run.end <= 14), None)
        around = reading.before(run.start, 25) + " " + reading.after(run.end, 20)
        wording = some_person(age.age, age.gender or gender_in(around), reading.language) if age else safer(Kind.NAME, reading.language)
        end = run.end
        yield Mark(Kind.NAME, run.start, end, wording, sure)
    if context is Context.PRACTICE:
        yield from _initials(reading)


def _initials(reading: Reading) -> Iterator[Mark]:
    """`M.K.`: where it is no abbreviation and no author's."""
    for match in _INITIALS.finditer(reading.plain):
        text = match.group().replace(" ", "")
        dotted = text if text.endswith(".") else text + "."
        following = reading.plain[match.end() : match.end() + 2].strip()
        if dotted in _NOT_INITIALS or (following[:1].isupper() and not text.endswith("..")):
            continue
        end = match.end() - (len(match.group()) - len(match.group().rstrip()))
        yield Mark(Kind.NAME, match.start(), end, safer(Kind.NAME, reading.language), 0.75)
