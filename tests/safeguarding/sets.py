"""The labelled texts, and how well a check does on them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import yaml

from data.safeguarding import Finding, check

HERE = Path(__file__).parent
_LABEL = re.compile(r"\[\[(?P<type>[a-z-]+)\|(?P<text>.*?)\]\]")
LANGUAGES = ("en", "fr", "es", "pt")


@dataclass(frozen=True)
class Labelled:
    """A text, and what has to be found in it.

    Attributes:
        id: its language and number.
        text: without the labels.
        spans: type, start and end of each passage.
    """

    id: str
    text: str
    spans: tuple[tuple[str, int, int], ...]

    @property
    def language(self) -> str:
        return self.id[:2]


def parse(name: str, written: str) -> Labelled:
    """Take the labels out of a text."""
    text, end = "", 0
    spans: list[tuple[str, int, int]] = []
    for match in _LABEL.finditer(written):
        text += written[end : match.start()]
        spans.append((match["type"], len(text), len(text) + len(match["text"])))
        text += match["text"]
        end = match.end()
    return Labelled(name, text + written[end:], tuple(spans))


def load(*names: str) -> list[Labelled]:
    """The texts of these files, by their names without the ending."""
    found: list[Labelled] = []
    for name in names:
        by_language = cast("dict[str, list[str]]", yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8")))
        for language, texts in by_language.items():
            found += [parse(f"{language}-{name}-{number}", text) for number, text in enumerate(texts, 1)]
    return found


@dataclass
class Score:
    """What came out.

    Attributes:
        wanted: labelled passages, by (type, language).
        found: those of them that a finding of the same type touches.
        alarms: clean texts with a finding, by (type of the finding, language).
        clean: clean texts, by language.
        alarmed: clean texts with any finding, by language.
        identifying: texts that identify, by language.
        recognised: those with any finding, by language.
        misses: texts and passages that were not found.
        false: texts and findings where nothing was to be found.
    """

    wanted: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    found: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    alarms: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    clean: Counter[str] = field(default_factory=Counter[str])
    alarmed: Counter[str] = field(default_factory=Counter[str])
    identifying: Counter[str] = field(default_factory=Counter[str])
    recognised: Counter[str] = field(default_factory=Counter[str])
    misses: list[str] = field(default_factory=list[str])
    false: list[str] = field(default_factory=list[str])

    @property
    def recall(self) -> float:
        """Of all labelled passages."""
        return self.found.total() / self.wanted.total()

    @property
    def false_alarm_rate(self) -> float:
        """Of all clean texts."""
        return self.alarmed.total() / self.clean.total()

    def rows(self) -> Iterator[tuple[str, str, int, int, int]]:
        """Type, language, passages wanted and found, and clean texts alarmed, of each pair that there is."""
        for kind, language in sorted(set(self.wanted) | set(self.alarms)):
            key = (kind, language)
            yield kind, language, self.wanted[key], self.found[key], self.alarms[key]


def score(texts: Sequence[Labelled]) -> Score:
    """Check each text and compare with its labels."""
    result = Score()
    for labelled in texts:
        findings = check(labelled.text)
        if labelled.spans:
            _count_passages(result, labelled, findings)
        else:
            result.clean[labelled.language] += 1
            result.alarmed[labelled.language] += bool(findings)
            for kind in {finding.type.value for finding in findings}:
                result.alarms[kind, labelled.language] += 1
        for finding in findings:
            if not any(start < finding.end and finding.start < end for _, start, end in labelled.spans):
                result.false.append(f"{labelled.id} {finding.type.value}: {finding.text!r}")
    return result


def _count_passages(result: Score, labelled: Labelled, findings: Sequence[Finding]) -> None:
    result.identifying[labelled.language] += 1
    result.recognised[labelled.language] += bool(findings)
    for kind, start, end in labelled.spans:
        key = (kind, labelled.language)
        result.wanted[key] += 1
        if any(one.type.value == kind and start < one.end and one.start < end for one in findings):
            result.found[key] += 1
        else:
            seen = [f"{one.type.value}: {one.text!r}" for one in findings]
            result.misses.append(f"{labelled.id} {kind}: {labelled.text[start:end]!r} (found {seen})")
