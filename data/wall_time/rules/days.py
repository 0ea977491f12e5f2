"""Rules for days: dates, days of the week, and days counted from today."""

from data.wall_time.clocks import Clock
from data.wall_time.days import Figures, Named, Nth, Numbered, Shift, Weekday
from data.wall_time.grammar import Build, Parts, rule
from data.wall_time.tokens import Token

COUNT = "NUM|BIG|A"
UNIT = "DAYS|WEEKS|FORTNIGHT|MONTHS|YEARS"
IN_DAYS = {"DAYS": 1, "WEEKS": 7, "FORTNIGHT": 14}
IN_MONTHS = {"MONTHS": 1, "YEARS": 12}
# "Dans huit jours" is a week and "en quince días" are two; in figures, it is the number that is meant.
ROUND = {8: 7, 15: 14}
WEEKS_AHEAD = {"NEXT": 1, "THIS": 0, "LAST": -1}


def _date(token: Token) -> Parts:
    year, month, day = (int(figures) for figures in token.text.replace("/", "-").replace(".", "-").split("-"))
    return (("date", Named(month, day, year)),)


def _figures(token: Token) -> Parts:
    first, second, *year = (int(figures) for figures in token.text.replace("/", "-").replace(".", "-").split("-"))
    return (("date", Figures(first, second, *year)),)


def _compact(token: Token) -> Parts:
    figures = token.text.replace("t", "")
    date = Named(int(figures[4:6]), int(figures[6:8]), int(figures[:4]))
    return (("date", date), ("time", Clock(int(figures[8:10]), int(figures[10:12]))))


def _named(day: Token, month: Token, year: Token | None = None) -> Parts:
    return (("date", Named(month.number, day.number, year.number if year else None)),)


def _month_first(month: Token, day: Token, year: Token | None) -> Parts:
    return _named(day, month, year)


def _year_first(year: Token, month: Token, day: Token) -> Parts:
    return _named(day, month, year)


def _numbered(the: Token | None, day: Token) -> Parts | None:
    # "Segunda" alone is Monday in Portuguese, and 16 alone may be anything.
    if the is None and (day.word or day.kind == "NUM"):
        return None
    return (("date", Numbered(day.number)),)


def _numbered_in(day: Token, which: Token) -> Parts:
    return (("date", Numbered(day.number, WEEKS_AHEAD[which.kind])),)


def _nth(count: Token, weekday: Token, month: Token, year: Token | None) -> Parts:
    return (("date", Nth(_count(count), weekday.number, month.number, year.number if year else None)),)


def _nth_in(count: Token, weekday: Token, which: Token) -> Parts:
    return (("date", Nth(_count(count), weekday.number, months=WEEKS_AHEAD[which.kind])),)


def _count(token: Token) -> int:
    return -1 if token.kind == "LAST" else token.number


def _relative(token: Token) -> Parts:
    return (("relative", Shift((token.number,))),)


def _part_of_today(token: Token) -> Parts:
    return (("part", token.text), ("relative", Shift((0,))))


def _shift(count: Token, unit: Token, sign: int = 1, more: int = 0) -> Parts:
    number = quantity(count)
    if unit.kind in IN_MONTHS:
        return (("relative", Shift((sign * number * IN_MONTHS[unit.kind],), months=True)),)
    numbers = (number,)
    if unit.kind == "DAYS" and count.word and count.text not in ("", "en") and number in ROUND:
        numbers = (number, ROUND[number])
    return (("relative", Shift(tuple(sign * each * IN_DAYS[unit.kind] + more for each in numbers))),)


def _shift_back(count: Token, unit: Token) -> Parts:
    return _shift(count, unit, -1)


def _shift_from(count: Token, unit: Token, day: Token) -> Parts | None:
    return None if unit.kind in IN_MONTHS else _shift(count, unit, 1, day.number)


def _in_eight(day: Token, days: Token) -> Parts:
    return (("relative", Shift((day.number + days.number,))),)


def quantity(token: Token) -> int:
    """How many: "a week" is one."""
    return 1 if token.kind == "A" else token.number


def _weekday(how: str) -> Build:
    def build(day: Token) -> Parts:
        return (("weekday", Weekday(day.number, how)),)

    return build


def _weekday_of_week(day: Token, which: Token) -> Parts:
    return (("weekday", Weekday(day.number, "week", WEEKS_AHEAD[which.kind])),)


def _week_weekday(which: Token, day: Token) -> Parts:
    return _weekday_of_week(day, which)


def _weekday_later(day: Token, later: Token) -> Parts:
    # "Tuesday week", "mardi en huit": that many days after the next Tuesday.
    return (("weekday", Weekday(day.number, "this", later.number or 7)),)


def _weeks_from_weekday(weeks: Token, day: Token) -> Parts:
    return (("weekday", Weekday(day.number, "this", 7 * quantity(weeks))),)


def _weekday_numbered(weekday: Token, day: Token) -> Parts | None:
    if day.kind == "ORD" and day.word:
        return None
    return (("date", Numbered(day.number)), ("weekday", Weekday(weekday.number)))


DAYS = (
    rule("DATE", _date),
    rule("FIGURES|SHORT", _figures),
    rule("COMPACT", _compact),
    rule("next|this? the? NUM|ORD of? MONTH of? YEAR?", _named),
    rule("the? NUM|ORD of? MONTH next", _named),
    rule("MONTH the? NUM|ORD of? YEAR?", _month_first),
    rule("YEAR MONTH NUM|ORD", _year_first),
    rule("next|this? THE? NUM|ORD", _numbered),
    rule("the? NUM|ORD of? the? NEXT|THIS|LAST months", _numbered_in),
    rule("the? NUM|ORD of? the? months NEXT|LAST", _numbered_in),
    rule("the? ORD|NTH|LAST WEEKDAY of|in? MONTH of? YEAR?", _nth),
    rule("the? ORD|NTH|LAST WEEKDAY of|in? the? NEXT|THIS months", _nth_in),
    rule("the? ORD|NTH|LAST WEEKDAY of|in? the? months NEXT", _nth_in),
    rule("REL", _relative),
    rule("TODAYPART", _part_of_today),
    rule(f"in {COUNT} {UNIT} span?", _shift),
    rule(f"{COUNT} {UNIT} later", _shift),
    rule(f"{COUNT} {UNIT} ago", _shift_back),
    rule(f"agobefore {COUNT} {UNIT} ago?", _shift_back),
    rule(f"{COUNT} {UNIT} from? REL", _shift_from),
    rule("REL EIGHT", _in_eight),
    rule("WEEKDAY", _weekday("bare")),
    rule("this? next WEEKDAY", _weekday("next")),
    rule("this? WEEKDAY next", _weekday("next")),
    rule("this WEEKDAY", _weekday("this")),
    rule("last WEEKDAY", _weekday("last")),
    rule("WEEKDAY last", _weekday("last")),
    rule("WEEKDAY of? the? NEXT|THIS|LAST weeks", _weekday_of_week),
    rule("WEEKDAY of? the? weeks NEXT|LAST", _weekday_of_week),
    rule("NEXT|THIS|LAST weeks on|the|link? WEEKDAY", _week_weekday),
    rule("weeks NEXT|LAST on|the|link? WEEKDAY", _week_weekday),
    rule("WEEKDAY EIGHT|WEEKS", _weekday_later),
    rule("A|NUM weeks on|from WEEKDAY", _weeks_from_weekday),
    rule("next|this? WEEKDAY next? NUM|ORD", _weekday_numbered),
)
