"""Logging that says what happened and never what a person wrote, nor a secret."""

import contextlib
import json
import logging
import sys
import traceback
from typing import Any, TextIO, cast

import discord


def describe(error: BaseException) -> str:
    """An error as its kinds and places in the code, without its message: messages can quote what a person typed.

    Args:
        error: with its causes, which are described too.

    Returns:
        Several lines of text.
    """
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        kind = type(current)
        detail = f" (HTTP {current.status}, code {current.code})" if isinstance(current, discord.HTTPException) else ""
        lines.append(f"{kind.__module__}.{kind.__qualname__}{detail}")
        lines += [
            f"  {frame.filename}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        ]
        if isinstance(current, BaseExceptionGroup):
            group = cast("BaseExceptionGroup[BaseException]", current)
            lines += [describe(one) for one in group.exceptions]
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n".join(lines)


class SafeFormatter(logging.Formatter):
    """One line for people, with errors described rather than printed."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname:<7} {name}: {message}", "%Y-%m-%d %H:%M:%S", style="{")

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        """The error without its message."""
        return describe(ei[1]) if ei[1] is not None else ""


class JSONFormatter(SafeFormatter):
    """One JSON object a line, for machines."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        entry = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


class SafeHandler(logging.StreamHandler[TextIO]):
    """Writes the log; where that fails, it says no more than that: logging itself would quote the record."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is logging's
        """Say that a record is missing, if anybody can still be told."""
        with contextlib.suppress(OSError, ValueError):
            self.stream.write(f"a record of {record.name} could not be written{self.terminator}")


def without_errors(record: logging.LogRecord) -> bool:
    """Leave out what asyncio adds to its messages: it quotes the error of a task that nobody waited for."""
    record.msg, record.args = record.getMessage().partition("\n")[0], ()
    return True


def set_up_logging(level: str, style: str) -> None:
    """Log to standard error from now on.

    Args:
        level: debug, info, warning or error.
        style: console or json.
    """
    handler = SafeHandler(sys.stderr)
    handler.setFormatter(JSONFormatter() if style == "json" else SafeFormatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.getLogger("asyncio").addFilter(without_errors)
    # Below these levels they quote whole requests and statements: what members wrote, and tokens of interactions.
    floors = {"discord": logging.INFO, "aiohttp": logging.INFO, "asyncio": logging.INFO, "alembic": logging.INFO}
    floors |= {"sqlalchemy": logging.WARNING, "aiosqlite": logging.WARNING, "asyncpg": logging.WARNING}
    for name, floor in floors.items():
        logging.getLogger(name).setLevel(max(floor, getattr(logging, level.upper())))
