"""Tables of phrases with what they are to give."""

from datetime import UTC, datetime

from data.wall_time import Moment, WhenFault, parse_when

# A Wednesday; the clocks of Europe go forward on 28 March, those of Chile back on 4 April.
NOW = datetime(2027, 3, 10, 9, 0, tzinfo=UTC)


def rows(table: str) -> list[tuple[str, str]]:
    """The rows of a table, phrase and what it gives."""
    found = [line.rpartition("=>") for line in table.strip().splitlines()]
    return [(phrase.strip(), expected.strip()) for phrase, _, expected in found]


def outcome(phrase: str, language: str, zone: str, now: datetime = NOW) -> Moment | WhenFault:
    """The moment or the fault that a phrase gives."""
    try:
        return parse_when(phrase, language, zone, now)
    except WhenFault as fault:
        return fault


def given(phrase: str, language: str, zone: str) -> str:
    """What a phrase gives: the wall time, with its zone where that is another; or its fault and what to choose from."""
    moment = outcome(phrase, language, zone)
    if isinstance(moment, WhenFault):
        name = type(moment).__name__.removesuffix("Fault")
        return f"{name}: {', '.join(moment.readings)}" if moment.readings else name
    assert Moment.at(moment.instant, moment.zone) == moment
    return f"{moment.wall:%Y-%m-%d %H:%M}" + ("" if moment.zone == zone else f" {moment.zone}")


def check(phrase: str, language: str, zone: str, expected: str) -> None:
    """A phrase gives that, and still does the way telephones, paper and haste write it."""
    assert given(phrase, language, zone) == expected
    for written in (
        phrase.upper(),
        phrase.replace("'", "’"),
        phrase.replace(" ", "\u00a0"),
        f"  {phrase.replace(' ', '   ')} ",
        phrase.replace(" ", "\u202f").replace("-", "\u2011"),
    ):
        assert given(written, language, zone) == expected, written
