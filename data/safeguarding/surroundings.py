"""What stands around a run of capitalised words: the words of its sentence, and what they say of it."""

from data.safeguarding.finding import Context
from data.safeguarding.lexicon import words
from data.safeguarding.name_signs import VERB_ENDS
from data.safeguarding.reading import Reading, Word
from data.safeguarding.runs import Run, placed_starts

_CALLING = words("calling")
_VERB_FIRST = words("verb_first")


class Surroundings:
    """The runs of one text, and what stands around each."""

    def __init__(self, reading: Reading, runs: list[Run], context: Context) -> None:
        self.reading = reading
        self.runs = runs
        self.expected = context is not Context.PRACTICE
        self.placed = placed_starts(reading, runs)

    def is_placed(self, run: Run) -> bool:
        """Whether the word before a run says that it is a place."""
        return run.start in self.placed

    def before(self, run: Run, count: int) -> list[Word]:
        """The words of the sentence before a run, nearest first."""
        begin = self.reading.sentence(run.start)[0]
        row = self.reading.words[max(0, run.words[0].index - count) : run.words[0].index]
        return [word for word in reversed(row) if word.start >= begin]

    def after(self, run: Run, count: int) -> list[Word]:
        """The words of the sentence after a run."""
        stop = self.reading.sentence(run.start)[1]
        index = run.words[-1].index + 1
        return [word for word in self.reading.words[index : index + count] if word.start < stop]

    def near(self, run: Run, *lists: str) -> bool:
        """Whether a word of these lists stands in the sentence, near a run."""
        begin, stop = self.reading.sentence(run.start)
        return any(
            self.reading.holds(name, max(begin, run.start - 160), run.start)
            or self.reading.holds(name, run.end, min(stop, run.end + 160))
            for name in lists
        )

    def called_thing(self, run: Run) -> bool:
        """Whether the nearest word that counts before the name is that of a thing: 'an app called Ana'."""
        for word in self.before(run, 7):
            if word.low in words("things") or (len(word.low) > 4 and word.low.removesuffix("s") in words("things")):
                return True
            if word.low not in _CALLING and word.kind != "sign" and word.low not in words("naming"):
                return False
        return False

    def does(self, run: Run) -> bool:
        """Whether the word after the name looks like a verb that tells what happened."""
        for word in self.after(run, 3):
            if (
                word.kind == "word"
                and not word.capital
                and VERB_ENDS.search(self.reading.original[slice(*self.reading.span(word.start, word.end))].lower())
            ):
                return True
            if word.low not in _VERB_FIRST:
                return False
        return False

    def told_on(self, run: Run) -> bool:
        """Whether the text goes on with 'she' or 'him'."""
        stop = self.reading.sentence(run.start)[1]
        return self.reading.holds("pronouns", run.end, min(stop + 120, run.end + 220))

    def had(self, run: Run) -> bool:
        """Whether a single unknown name does at once what only a person does: 'Siiri had phoned'."""
        row = [word for word in self.after(run, 4) if word.low not in _VERB_FIRST]
        return bool(row) and row[0].low in words("human")

    def beside_person(self, run: Run) -> bool:
        """Whether the word for a relative or for what a person has stands before."""
        return any(word.low in words("kin") or word.low in words("case_of") for word in self.before(run, 3))
