"""How what the host writes into a setting is read; what cannot be is told in the words of `needs …`."""

import re
from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from data.languages import LANGUAGES

UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}


def parse_languages(value: str) -> tuple[str, ...]:
    """Codes separated by spaces or commas, first one first.

    Raises:
        ValueError: a code is unknown, or there is none.
    """
    codes = tuple(dict.fromkeys(value.lower().replace(",", " ").split()))
    unknown = [code for code in codes if code not in LANGUAGES]
    if unknown or not codes:
        raise ValueError(f"needs one or more of {', '.join(LANGUAGES)}")
    return codes


def parse_zone(value: str) -> str:
    """An IANA zone.

    Raises:
        ValueError: no such zone.
    """
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("needs an IANA time zone such as UTC or America/Santiago") from error


def parse_offsets(value: str) -> tuple[int, ...]:
    """Times before the start such as `7d 24h 1h 0`, as seconds, longest first.

    Raises:
        ValueError: a part is not a number with w, d, h or m, or there is none, or one is over 90 days.
    """
    offsets: set[int] = set()
    for part in value.lower().replace(",", " ").split():
        match = re.fullmatch(r"(\d{1,4})([wdhm])|0", part)
        if not match:
            raise ValueError("needs times before the start such as 7d 24h 1h 0")
        offsets.add(0 if part == "0" else int(timedelta(**{UNITS[match[2]]: int(match[1])}).total_seconds()))
    if not offsets or max(offsets) > timedelta(days=90).total_seconds():
        raise ValueError("needs times before the start such as 7d 24h 1h 0, none over 90 days")
    return tuple(sorted(offsets, reverse=True))


def parse_choice(*choices: str) -> Callable[[str], str]:
    """A parser for one of some words, in any case."""

    def parse(value: str) -> str:
        if value.lower() not in choices:
            raise ValueError(f"needs one of {', '.join(choices)}")
        return value.lower()

    return parse


def parse_seconds(value: str) -> float:
    """A number of seconds from 1 to 3600.

    Raises:
        ValueError: not such a number.
    """
    if not re.fullmatch(r"\d{1,4}(\.\d+)?", value) or not 1 <= float(value) <= 3600:
        raise ValueError("needs a number of seconds from 1 to 3600")
    return float(value)


def parse_days(value: str) -> int:
    """A number of days from 1 to 3650.

    Raises:
        ValueError: not such a number.
    """
    if not re.fullmatch(r"\d{1,4}", value) or not 1 <= int(value) <= 3650:
        raise ValueError("needs a number of days from 1 to 3650")
    return int(value)


def parse_database_url(value: str) -> str:
    """A SQLite or PostgreSQL address.

    Raises:
        ValueError: neither of the two.
    """
    if not re.match(r"(sqlite(\+aiosqlite)?:///|postgres(ql)?(\+asyncpg)?://).", value):
        raise ValueError("needs sqlite:///path/to/file or postgresql://user:password@host/name")
    return value


def parse_listen(value: str) -> tuple[str, int]:
    """An address of this machine and a port: `127.0.0.1:8080`, `[::1]:8080`.

    Raises:
        ValueError: not such an address.
    """
    found = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})", value)
    if found is None or int(found[3]) > 65535:
        raise ValueError("needs an address and a port, such as 127.0.0.1:8080")
    return found[1] or found[2], int(found[3])


def parse_public_url(value: str) -> str:
    """An https address as others reach it, without a slash at the end; on this machine http will do.

    Raises:
        ValueError: not such an address.
    """
    own = r"http://(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?"
    if not re.fullmatch(rf"(https://[A-Za-z0-9.-]+(:\d{{1,5}})?|{own})(/[A-Za-z0-9._~/-]*)?", value):
        raise ValueError("needs an address such as https://calendar.example.org")
    return value.rstrip("/")


def parse_hours(value: str) -> int:
    """A number of hours from 0 (never) to 720.

    Raises:
        ValueError: not such a number.
    """
    if not re.fullmatch(r"\d{1,3}", value) or not 0 <= int(value) <= 720:
        raise ValueError("needs a number of hours from 0 (never) to 720")
    return int(value)


def parse_count(value: str) -> int:
    """A number from 1 to 999.

    Raises:
        ValueError: not such a number.
    """
    if not re.fullmatch(r"\d{1,3}", value) or not int(value):
        raise ValueError("needs a number from 1 to 999")
    return int(value)


def parse_backup_key(value: str) -> str:
    """A public key of age.

    Raises:
        ValueError: no such key.
    """
    if not re.fullmatch(r"age1[02-9ac-hj-np-z]{58}", value):
        raise ValueError("needs a public key of age, which begins with age1")
    return value
