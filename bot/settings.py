"""What the host decides: read from the environment and `.env`, checked before anything starts."""

import difflib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from dotenv import dotenv_values
from platformdirs import user_data_path

from bot.sharding import Shards, parse_shards
from bot.values import (
    parse_backup_key,
    parse_choice,
    parse_count,
    parse_database_url,
    parse_days,
    parse_hours,
    parse_languages,
    parse_listen,
    parse_offsets,
    parse_public_url,
    parse_seconds,
    parse_zone,
)
from data.languages import LANGUAGES


class SettingsFault(Exception):
    """Settings that cannot work: `faults` holds one plain English sentence for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def default_database_url() -> str:
    """The embedded database in the person's own data folder, so that every command finds the same one."""
    return f"sqlite:///{user_data_path('convenor', appauthor=False) / 'convenor.db'}"


def setting(name: str, parse: Callable[[str], Any], default: Callable[[], Any], about: str, example: str) -> Any:
    """A field of `Settings`: its variable, its parser, what it is when unset, and what `.env.example` says of it."""
    return field(
        default_factory=default,
        metadata={"name": name, "parse": parse, "about": about, "example": example},
        repr=name not in ("DISCORD_TOKEN", "DATABASE_URL"),
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the host can set. A wrong value never gets in: `load` says what is wrong instead."""

    discord_token: str = setting(
        "DISCORD_TOKEN", str, str, "The bot's token from Discord's developer portal. Keep it secret.", ""
    )
    database_url: str = setting(
        "DATABASE_URL",
        parse_database_url,
        default_database_url,
        "Where everything is kept: sqlite:///file or postgresql://user:password@host/name. "
        "Unset: one SQLite file in your own data folder.",
        "sqlite:///convenor.db",
    )
    languages: tuple[str, ...] = setting(
        "CONVENOR_LANGUAGES",
        parse_languages,
        lambda: LANGUAGES,
        "Languages a new community announces in, first one first.",
        "en fr es pt",
    )
    zone: str = setting(
        "CONVENOR_ZONE", parse_zone, lambda: "UTC", "Time zone of a new community, as an IANA name.", "UTC"
    )
    reminder_offsets: tuple[int, ...] = setting(
        "CONVENOR_REMINDERS",
        parse_offsets,
        lambda: parse_offsets("7d 24h 1h 0"),
        "How long before a webinar a new community reminds: w, d, h, m; 0 is the start itself.",
        "7d 24h 1h 0",
    )
    log_level: str = setting(
        "CONVENOR_LOG_LEVEL",
        parse_choice("debug", "info", "warning", "error"),
        lambda: "info",
        "How much is logged: debug, info, warning or error.",
        "info",
    )
    log_format: str = setting(
        "CONVENOR_LOG_FORMAT",
        parse_choice("console", "json"),
        lambda: "console",
        "How it is logged: console for people, json for machines.",
        "console",
    )
    attestation_days: int = setting(
        "CONVENOR_ATTESTATION_DAYS",
        parse_days,
        lambda: 365,
        "How many days it is good when somebody vouches for a member; a month before its end it is asked for again.",
        "365",
    )
    keep_left_days: int = setting(
        "CONVENOR_KEEP_LEFT_DAYS",
        parse_days,
        lambda: 90,
        "How many days the profile of someone who left the server is kept, hidden, in case they return.",
        "90",
    )
    poll_seconds: float = setting(
        "CONVENOR_POLL_SECONDS",
        parse_seconds,
        lambda: 60.0,
        "How long the bot rests at most before it looks for due messages again, in seconds.",
        "60",
    )
    shards: Shards | None = setting(  # noqa: RUF009 - it makes a field, as everywhere here
        "CONVENOR_SHARDS",
        parse_shards,
        lambda: None,
        "Which of all shards this process has (0-3/16: the first four of sixteen), where several processes share the "
        "servers, on PostgreSQL. Unset: all.",
        "0-15/16",
    )
    http: tuple[str, int] | None = setting(
        "CONVENOR_HTTP",
        parse_listen,
        lambda: None,
        "Address and port of the bot's own small HTTP server, which serves people's calendars. Unset: there is none.",
        "127.0.0.1:8080",
    )
    public_url: str | None = setting(
        "CONVENOR_PUBLIC_URL",
        parse_public_url,
        lambda: None,
        "What that server is called outside, where people's calendars reach it. Unset: no addresses are given.",
        "https://calendar.example.org",
    )

    backup_folder: Path | None = setting(  # noqa: RUF009 - a path does not change
        "CONVENOR_BACKUP_FOLDER",
        Path,
        lambda: None,
        "Where backups are put. Unset: a folder `backups` beside the SQLite file, or in your own data folder.",
        "/srv/backups/convenor",
    )
    backup_hours: int = setting(
        "CONVENOR_BACKUP_HOURS",
        parse_hours,
        lambda: 24,
        "How many hours lie between two backups that the bot makes while it runs; 0 for none.",
        "24",
    )
    backup_keep: int = setting(
        "CONVENOR_BACKUP_KEEP", parse_count, lambda: 14, "How many backups are kept; older ones are removed.", "14"
    )
    backup_key: str | None = setting(
        "CONVENOR_BACKUP_KEY",
        parse_backup_key,
        lambda: None,
        "Public key of age (age1...): backups are encrypted for it. Keep its private half on another machine. "
        "Unset: they are not encrypted.",
        "",
    )

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, env_file: Path | None = Path(".env")) -> Self:
        """Read the settings: the environment wins over the file, an empty value counts as unset.

        Raises:
            SettingsFault: something is wrong; every fault is named at once.
        """
        written: dict[str, str] = {}
        if env_file is not None and env_file.is_file():
            written |= {name: value for name, value in dotenv_values(env_file).items() if value}
        written |= {
            name: value for name, value in (os.environ if environ is None else environ).items() if value.strip()
        }

        known = {item.metadata["name"]: item for item in fields(cls)}
        faults: list[str] = []
        values: dict[str, Any] = {}
        for name, item in known.items():
            if name in written:
                try:
                    values[item.name] = item.metadata["parse"](written[name].strip())
                except ValueError as error:
                    # The value itself is not repeated: it may be a secret put in the wrong place.
                    faults.append(f"{name} {error}.")
        for name in sorted(name for name in written if name.startswith("CONVENOR_") and name not in known):
            close = difflib.get_close_matches(name, known, n=1)
            faults.append(f"{name} is not a setting{f'; did you mean {close[0]}?' if close else '.'}")
        if "public_url" in values and "http" not in values and "CONVENOR_HTTP" not in written:
            faults.append("CONVENOR_PUBLIC_URL needs CONVENOR_HTTP beside it, or nobody answers there.")
        if faults:
            raise SettingsFault(faults)
        made = cls(**values)
        made.check()
        return made

    def check(self) -> None:
        """Make sure that the settings go together.

        Raises:
            SettingsFault: they do not.
        """
        if self.shards is not None and not self.shards.are_all and self.database_url.startswith("sqlite"):
            raise SettingsFault(
                ["CONVENOR_SHARDS (--shards) has several processes share the servers: set DATABASE_URL to PostgreSQL."]
            )


def backups_of(settings: Settings) -> Path:
    """The folder of the backups.

    Raises:
        DatabaseFault: the database's address cannot be read.
    """
    from data.backups.making import default_folder

    otherwise = user_data_path("convenor", appauthor=False) / "backups"
    return settings.backup_folder or default_folder(settings.database_url, otherwise)


def env_example() -> str:
    """The text of `.env.example`: one commented line for each setting."""
    lines = ["# Settings of Convenor. Copy this file to .env, take the # off the lines you need, and fill them in."]
    for item in fields(Settings):
        lines += ["", f"# {item.metadata['about']}", f"# {item.metadata['name']}={item.metadata['example']}"]
    return "\n".join(lines) + "\n"
