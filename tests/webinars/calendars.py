"""Calendar files read twice: by the standard's own rules, written down here, and by a library that repairs nothing."""

import re
from dataclasses import dataclass
from typing import Any

import icalendar

LINE = re.compile(r"([A-Z][A-Z0-9-]*)((?:;[A-Z-]+=[^;:,\"]+)*):(.*)")
INSTANT = re.compile(r"\d{8}T\d{6}Z")
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "SEQUENCE", "TRANSP"}
MAY = {"CREATED", "LAST-MODIFIED", "LOCATION"}


@dataclass(frozen=True)
class Written:
    """An entry, its texts as a person reads them."""

    fields: dict[str, str]

    def __getattr__(self, name: str) -> str:
        """A property, by its name in small letters."""
        return self.fields[name.upper()]


def read(data: bytes) -> list[Written]:
    """The entries of a calendar, in order; fails where anything is not as RFC 5545 wants it."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert b"\n" not in data.replace(b"\r\n", b"")
    for one in physical:
        assert 0 < len(one) <= 75
        # Each line is text of its own: no character is cut in two.
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", one.decode())
    lines = data.decode()[:-2].replace("\r\n ", "").split("\r\n")
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-1] == "END:VCALENDAR"
    found: list[Written] = []
    fields: dict[str, str] | None = None
    for line in lines[1:-1]:
        match = LINE.fullmatch(line)
        assert match, line
        name, value = match[1], match[3]
        if line == "BEGIN:VEVENT":
            assert fields is None
            fields = {}
        elif line == "END:VEVENT":
            assert fields is not None
            assert ONCE <= set(fields) <= ONCE | MAY
            found.append(Written(fields))
            fields = None
        elif fields is not None:
            assert name not in fields, f"{name} twice"
            if name in ("DTSTAMP", "DTSTART", "DTEND", "CREATED", "LAST-MODIFIED"):
                assert INSTANT.fullmatch(value), line
            fields[name] = _text(value) if name in ("SUMMARY", "DESCRIPTION", "LOCATION") else value
        else:
            assert name in ("VERSION", "PRODID", "NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"), line
    assert fields is None
    assert len({one.uid for one in found}) == len(found)
    _read_by_library(data, found)
    return found


def _text(value: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), f"not escaped: {value}"
    assert re.fullmatch(r"(?:[^\\]|\\[\\;,nN])*", value), value
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


def _read_by_library(data: bytes, found: list[Written]) -> None:
    calendar: Any = icalendar.Calendar.from_ical(data)
    parts = [calendar, *calendar.walk("VEVENT")]
    assert [part.errors for part in parts] == [[]] * len(parts)
    assert [str(part["SUMMARY"]) for part in parts[1:]] == [one.summary for one in found]
    assert [str(part["DESCRIPTION"]) for part in parts[1:]] == [one.description for one in found]
    assert all(part.decoded("DTSTART").utcoffset() is not None for part in parts[1:])
