"""Rules for times of day: as clocks show them, and as people say them."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from data.wall_time.clocks import Clock
from data.wall_time.grammar import Build, Parts, Rule, rule
from data.wall_time.tokens import Token

# From what was said to the time of day; None where it says none.
Said = Callable[..., Clock | None]

# "Five to ten" is a time of day; "9 to 10" is a range.
SAID_BEFORE_THE_HOUR = (5, 10, 20, 25)


def on_clock(clock: Token) -> tuple[int, int]:
    """The two figures of 15:30, 15.30 or 15h30."""
    hour, minute = clock.text.replace("h", ":").replace(".", ":").split(":")[:2]
    return int(hour), int(minute)


def _shown(clock: Token, half: Token | None = None) -> Parts:
    return (("time", Clock(*on_clock(clock), half.number if half else None)),)


def _hour(hour: Token, minute: Token | None = None) -> Parts:
    return (("time", Clock(hour.number, minute.number if minute else 0, spoken=hour.word)),)


def _hour_and(hour: Token, minute: Token) -> Parts:
    return (("time", replace(_said(hour, minute), spoken=hour.word)),)


def _hour_less(hour: Token, minute: Token) -> Parts:
    return (("time", replace(_less(hour, minute), spoken=hour.word)),)


def _written_together(figures: Token) -> Parts | None:
    """1500, which is no year."""
    if 1900 <= figures.number < 2200:
        return None
    return _together(figures)


def _together(figures: Token) -> Parts:
    return (("time", Clock(figures.number // 100, figures.number % 100)),)


def _noon(name: Token, minute: Token | None = None) -> Parts | None:
    minutes = _minutes_of(minute) if minute else 0
    if minute and minute.kind == "NUM" and minutes not in (15, 30, 45):
        return None
    midnight = name.kind == "MIDNIGHT"
    return (("time", Clock(0 if midnight else 12, minutes, midnight=midnight)),)


def _twelve(hour: Token, name: Token) -> Parts | None:
    if hour.text.startswith("12:00") or (hour.kind == "NUM" and hour.number == 12):
        return _noon(name)
    return None


def _minutes_of(token: Token) -> int:
    return {"HALFWORD": 30, "QUARTER": 15}.get(token.kind, token.number)


def _said(hour: Token, minute: Token | None = None, *, sign: int = 1) -> Clock:
    total = hour.number * 60 + sign * (_minutes_of(minute) if minute else 0)
    return Clock(total // 60 % 24 if sign < 0 else hour.number, total % 60, spoken=True)


def _said_in_words(hour: Token, minute: Token) -> Clock | None:
    """Three thirty: both in words, as two figures may be anything."""
    return _said(hour, minute) if hour.word and minute.word and minute.number >= 10 else None


def _less(hour: Token, minute: Token) -> Clock:
    return _said(hour, minute, sign=-1)


def _past(minute: Token, hour: Token) -> Clock:
    return _said(hour, minute)


def _to(minute: Token, unit: Token | None, hour: Token) -> Clock | None:
    if minute.kind == "NUM" and not unit and not (minute.word and minute.number in (*SAID_BEFORE_THE_HOUR, 15)):
        return None
    return _less(hour, minute)


# What people say for a time of day, and what makes sure that it is one: "at" before, or a part of the day behind.
SAID = (
    ("NUM", _said),
    ("NUM and? HALFWORD|QUARTER", _said),
    ("NUM and NUM minute?", _said),
    ("NUM NUM", _said_in_words),
    ("NUM less NUM|QUARTER", _less),
)
SURE = (
    ("HALFWORD|QUARTER past NUM", _past),
    ("NUM minute? past NUM", _past),
    ("NUM|QUARTER MINUTE? to NUM", _to),
)


def _alone(said: Said) -> Build:
    def build(*tokens: Token | None) -> Parts | None:
        clock = said(*tokens)
        return (("time", clock),) if clock else None

    return build


def _with_half(said: Said) -> Build:
    def build(*tokens: Token) -> Parts | None:
        clock = said(*tokens[:-1])
        return (("time", replace(clock, half=tokens[-1].number)),) if clock else None

    return build


def _with_part(said: Said) -> Build:
    def build(*tokens: Token) -> Parts | None:
        clock = said(*tokens[:-1])
        return (("part", tokens[-1].text), ("time", clock)) if clock else None

    return build


def _said_in_frames() -> Iterator[Rule]:
    for pattern, said in SAID:
        yield rule(f"at {pattern}", _alone(said))
        yield rule(f"{pattern} oclock", _alone(said))
        yield rule(f"{pattern} PART", _with_part(said))
        yield rule(f"{pattern} HALF", _with_half(said))
    for pattern, said in SURE:
        yield rule(pattern, _alone(said))
        yield rule(f"{pattern} HALF", _with_half(said))


def _part(token: Token) -> Parts:
    return (("part", token.text),)


TIMES = (
    rule("PART", _part),
    rule("CLOCK hour|minute?", _shown),
    rule("CLOCK HALF", _shown),
    rule("CLOCK|NUM hour? NOON|MIDNIGHT", _twelve),
    rule("NUM hour", _hour),
    rule("NUM hour and? NUM minute?", _hour),
    rule("NUM hour and? HALFWORD|QUARTER", _hour_and),
    rule("NUM hour less NUM|QUARTER minute?", _hour_less),
    rule("NOON|MIDNIGHT", _noon),
    rule("NOON|MIDNIGHT and? NUM|HALFWORD|QUARTER minute?", _noon),
    rule("YEAR hour", _together),
    rule("at YEAR", _written_together),
    *_said_in_frames(),
)
