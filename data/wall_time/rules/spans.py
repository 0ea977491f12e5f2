"""Rules for a length of time from now: day and time of day at once."""

from dataclasses import dataclass
from datetime import timedelta

from data.wall_time.grammar import Parts, rule
from data.wall_time.rules.days import COUNT, quantity
from data.wall_time.rules.times import on_clock
from data.wall_time.tokens import Token


@dataclass(frozen=True, slots=True)
class Duration:
    """So long from now, to the minute."""

    length: timedelta


def _lasting(minutes: int) -> Parts:
    # Nothing more can be said about the time and the zone of it.
    return (("relative", Duration(timedelta(minutes=minutes))), ("time", None), ("zone", None))


def _hours(count: Token, minutes: Token | None = None) -> Parts:
    return _lasting(quantity(count) * 60 + (minutes.number if minutes else 0))


def _minutes(count: Token) -> Parts:
    return _lasting(quantity(count))


def _hours_and_half(count: Token) -> Parts:
    return _lasting(quantity(count) * 60 + 30)


def _half_an_hour() -> Parts:
    return _lasting(30)


def _hours_on_clock(clock: Token) -> Parts | None:
    if "h" not in clock.text:
        return None
    hours, minutes = on_clock(clock)
    return _lasting(hours * 60 + minutes)


def _span(count: Token, unit: Token, way: Token) -> Parts:
    minutes = quantity(count) * (60 if unit.kind == "HOUR" else 1)
    return _lasting(-minutes if way.kind.startswith("AGO") else minutes)


def _ago(way: Token, count: Token, unit: Token) -> Parts:
    return _span(count, unit, way)


SPANS = (
    rule(f"in {COUNT} hour span?", _hours),
    rule(f"in {COUNT} hour and? NUM minute?", _hours),
    rule(f"in {COUNT} hour and? halfword", _hours_and_half),
    rule("in a|num? halfword a? hour", _half_an_hour),
    rule(f"in {COUNT} minute span?", _minutes),
    rule("in CLOCK", _hours_on_clock),
    rule(f"{COUNT} HOUR|MINUTE LATER|AGO", _span),
    rule(f"AGOBEFORE {COUNT} HOUR|MINUTE ago?", _ago),
)
