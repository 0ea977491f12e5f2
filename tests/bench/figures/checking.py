"""Safeguarding: what the check of texts finds and misses, by type and language, and how long a text takes.

On the labelled texts of the check's own tests: the main set of 200, half of them clean, and the held-out set that was
written last and stays as it was. Recall is the share of labelled passages that a finding of the same type touches;
false alarms are the share of clean texts with a finding of that type. Both are given against what is aimed at, 95 and
5 per cent, so that a ratio of more than 1 is better for recall and worse for false alarms. Types that a language's
texts do not have are left out. These sets are known to whoever works on the check: what texts of other people see is
nearer to the figures at first sight in `tests/safeguarding/README.md`. The time is that of one text of 4,000
characters made to be slow, the slowest of some, for each detector, against the 50 ms that it may take.
"""

from tests.bench.figure import Figure, Options
from tests.safeguarding.measure import SETS
from tests.safeguarding.sets import LANGUAGES, Score, load, score
from tests.safeguarding.slow import SLOW, detectors, spent

RECALL, ALARMS = 95.0, 5.0
ALLOWED_MS = 50.0


async def measure(options: Options) -> list[Figure]:
    return [*quality(), *newest(), slowest()]


def newest() -> list[Figure]:
    """Of the newest held-out set: by language, whatever the type."""
    found = score(load(SETS[-1]))
    figures: list[Figure] = []
    for language in LANGUAGES:
        rows = [row for row in found.rows() if row[1] == language]
        right, wanted = sum(row[3] for row in rows), sum(row[2] for row in rows)
        share = 100 * found.alarmed[language] / found.clean[language]
        figures += [
            _share(f"newest held-out set: recall, {language}", 100 * right / wanted, RECALL),
            _share(f"newest held-out set: clean texts alarmed, {language}", share, ALARMS),
        ]
    return figures


def quality() -> list[Figure]:
    """Of the main set, by type and language."""
    found = score(load(SETS[0]))
    figures = [
        _share("recall, all", 100 * found.recall, RECALL),
        _share("clean texts alarmed, all", 100 * found.false_alarm_rate, ALARMS),
    ]
    figures += [
        _share(f"recall of {kind}, {language}", 100 * right / wanted, RECALL)
        for kind, language, wanted, right, _ in found.rows()
        if wanted
    ]
    figures += [
        _share(f"false alarms of {kind}, {language}", 100 * alarms / found.clean[language], ALARMS)
        for kind, language, alarms in alarmed(found)
    ]
    return figures


def alarmed(found: Score) -> list[tuple[str, str, int]]:
    """Types and languages with clean texts, and in how many of them such a finding is."""
    kinds = sorted({kind for kind, _ in (*found.wanted, *found.alarms)})
    return [(kind, language, found.alarms[kind, language]) for kind in kinds for language in LANGUAGES]


def slowest() -> Figure:
    longest = max(spent(work) for piece in SLOW for work in detectors((piece * 4000)[:4000]).values())
    return _share(
        "slowest detector on 4,000 characters", longest * 1000, ALLOWED_MS, unit="ms", against="what is allowed"
    )


def _share(what: str, ours: float, aim: float, *, unit: str = "%", against: str = "what is aimed at") -> Figure:
    return Figure(what, unit, (ours,), (aim,), against)
