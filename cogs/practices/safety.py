"""What in a practice may identify a person, and what its author said about it. No Discord, no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from bot.caution import find_in
from cogs.practices import rules
from cogs.practices.rules import COUNTRY, TEXTS, Text
from data.languages import LANGUAGES
from data.practices import Contest, Practice
from data.safeguarding import Context, Finding

# Where the contests stand in a draft.
CONTESTED = "contested"
FIELDS = {field.name: field for step in TEXTS.values() for field in step if field is not COUNTRY}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A passage that was found, where it stands, and why its author says that it identifies nobody, if they do."""

    field: Text
    finding: Finding
    reason: str | None

    @property
    def key(self) -> str:
        """The same for the same passage in the same field, wherever it stands there."""
        whole = f"{self.field.name}\0{self.finding.type}\0{self.finding.text}"
        return sha256(whole.encode("utf-8", errors="replace")).hexdigest()[:12]


def contests_in(data: Mapping[str, Any]) -> tuple[Contest, ...]:
    """What the author of a draft has contested."""
    return tuple(Contest(**item) for item in data.get(CONTESTED) or ())


def typed_contests(contests: Iterable[Contest]) -> list[dict[str, str]]:
    """Contests as a draft keeps them."""
    return [one.as_dict() for one in contests]


async def doubts_in_draft(data: Mapping[str, Any], step: str | None = None) -> list[Doubt]:
    """What was found in a draft, contested or not.

    Args:
        data: the draft.
        step: only in this step; without, in all of them.
    """
    fields = TEXTS[step] if step else FIELDS.values()
    written = {field.name: rules.written(data, field) for field in fields if field is not COUNTRY}
    language = next(iter(rules.chosen(data, "language", LANGUAGES)), None)
    return await doubts_of(written, language, contests_in(data))


async def doubts_in(practice: Practice) -> list[Doubt]:
    """What is found in a practice now, contested or not: one that was sent long ago may hold what is known since."""
    written = {
        "title": practice.title.text(practice.language),
        "summary": practice.summary.text(practice.language),
        **practice.sections,
    }
    return await doubts_of(written, practice.language, practice.contested)


def still_open(doubts: Iterable[Doubt]) -> list[Doubt]:
    """Those that nobody contested."""
    return [doubt for doubt in doubts if doubt.reason is None]


def step_of(doubt: Doubt) -> str:
    """The step in which the passage was written."""
    return next(step for step, fields in TEXTS.items() if doubt.field in fields)


def reworded(
    data: Mapping[str, Any], doubts: Iterable[Doubt], fields: Mapping[str, Text] | None = None
) -> dict[str, str]:
    """The fields in which something was found, with the safer wording in its place.

    Of two findings that overlap the first is reworded; the next look tells what is left of the other.
    """
    by_field: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        by_field.setdefault(doubt.field.name, []).append(doubt)
    known = FIELDS if fields is None else fields
    return {name: _reworded(rules.written(data, known[name]), found) for name, found in by_field.items()}


def used(contests: Sequence[Contest], doubts: Iterable[Doubt]) -> tuple[Contest, ...]:
    """The contests of passages that are still there: what was rewritten since is not told to anybody."""
    there = {(doubt.field.name, doubt.finding.type.value, doubt.finding.text) for doubt in doubts}
    return tuple(one for one in contests if (one.field, one.type, one.text) in there)


async def doubts_of(
    written: Mapping[str, str],
    language: str | None,
    contests: Iterable[Contest],
    fields: Mapping[str, Text] | None = None,
) -> list[Doubt]:
    """What may identify a person in some texts, contested or not.

    Args:
        written: the texts by the names of their fields.
        language: they are written in; guessed if not given.
        contests: what their author contests.
        fields: the fields by their names; without, those of a practice.
    """
    known = FIELDS if fields is None else fields
    reasons = {(one.field, one.type, one.text): one.reason for one in contests}
    found = await find_in({name: text for name, text in written.items() if name in known}, Context.PRACTICE, language)
    return [
        Doubt(known[name], finding, reasons.get((name, finding.type.value, finding.text)))
        for name, findings in found.items()
        for finding in findings
    ]


def _reworded(text: str, doubts: Iterable[Doubt]) -> str:
    pieces: list[str] = []
    position = 0
    for finding in sorted((doubt.finding for doubt in doubts), key=lambda one: (one.start, -one.end)):
        if finding.start >= position:
            pieces += (text[position : finding.start], finding.suggestion)
            position = finding.end
    return "".join((*pieces, text[position:]))
