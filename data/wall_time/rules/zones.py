"""Rules for whose clocks are meant."""

from data.wall_time.grammar import Parts, rule
from data.wall_time.places import Letters, Offset, Place
from data.wall_time.tokens import Token


def _place(token: Token) -> Parts:
    return (("zone", Place(token.text)),)


def _letters(token: Token) -> Parts:
    return (("zone", Letters(token.text)),)


def _offset(token: Token) -> Parts:
    if token.kind == "OFFSET":
        return (("zone", Offset("")),)
    shift = token.text.removeprefix("utc").removeprefix("gmt")
    # "09:00 UTC -10:00" may be a range as well.
    return (("zone", Offset(shift.strip(), loose=shift == token.text or shift.startswith(" "))),)


ZONES = (
    rule("timein|in? ZONE timein?", _place),
    rule("timein? ABBREVIATION timein?", _letters),
    rule("timein? OFFSET|UTC timein?", _offset),
    rule("SHIFT", _offset, after="time"),
)
