"""The command line: `convenor run`, `demo`, `tour`, `invite`, `lookup`, `when`, `check-text`, `seed`.

Those for the host (`doctor`, `backup`, `restore`, `move`) are in `bot.cli_host`.
"""

import argparse
import asyncio
import base64
import binascii
import contextlib
import gc
import json
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from bot import __version__
from bot.cli_host import JOBS, add_commands
from bot.settings import Settings, SettingsFault
from bot.sharding import parse_shards
from data.faults import DatabaseFault, InUseFault
from data.languages import LANGUAGES

log = logging.getLogger("convenor")

FAULT = 2
# After so many seconds the start is over.
START_SECONDS = 10.0
Result = TypeVar("Result")


class Fault(Exception):
    """Something the person at the command line has to put right, in one sentence."""


def say(text: str) -> None:
    """Print a fault where faults belong."""
    print(text, file=sys.stderr)


def _unforeseen(_kind: type[BaseException], error: BaseException, _trace: object) -> None:
    """What ends the program though nobody foresaw it: as the log has it, since what errors say can quote anybody."""
    from bot.logs import describe

    say(f"Convenor ended by a fault of its own.\n{describe(error)}")


def _collect_again() -> None:
    """Look for what can go, from now on; what is there now has come to stay and is passed over."""
    gc.collect()
    gc.freeze()
    gc.enable()


async def run_bot(settings: Settings) -> None:
    """Run the bot until it is told to stop.

    Raises:
        Fault: Discord does not let it in.
    """
    # What is made while starting stays: to look through all of it for what can go takes a tenth of the start.
    gc.disable()
    asyncio.get_running_loop().call_later(START_SECONDS, _collect_again)
    import discord

    from bot.running import run_until

    if not settings.discord_token:
        raise Fault("DISCORD_TOKEN is not set: copy .env.example to .env and put the bot's token there.")
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(name, stopping.set)
    refused = "Discord does not accept DISCORD_TOKEN: copy the token again from the developer portal."
    try:
        await run_until(stopping, settings)
    except discord.LoginFailure as error:
        raise Fault(refused) from error
    except discord.PrivilegedIntentsRequired as error:
        raise Fault(
            "Discord wants the Server Members Intent switched on: developer portal, your application, Bot, "
            "Privileged Gateway Intents."
        ) from error
    except discord.ConnectionClosed as error:
        # The token was taken back while the bot was running.
        raise Fault(
            refused if error.code == 4004 else f"Discord ended the connection for good: {error.code}."
        ) from error


def with_shards(settings: Settings, given: str | None) -> Settings:
    """The settings with the shards that the command line names, if it does.

    Raises:
        SettingsFault: these are none, or do not go together with the rest.
    """
    if given is None:
        return settings
    try:
        settings = replace(settings, shards=parse_shards(given))
    except ValueError as error:
        raise SettingsFault([f"--shards {error}."]) from error
    settings.check()
    return settings


def application_id_of(settings: Settings, given: int | None) -> int:
    """The application's id: as given, else as the token's first part says.

    Raises:
        Fault: neither tells.
    """
    if given is not None:
        return given
    head = settings.discord_token.split(".")[0]
    with contextlib.suppress(binascii.Error, UnicodeDecodeError, ValueError):
        return int(base64.b64decode(head + "=" * (-len(head) % 4)).decode())
    raise Fault("Give the application's id (developer portal, General Information): convenor invite --id 123456.")


def invite(settings: Settings, arguments: argparse.Namespace) -> None:
    """Print the link with which a server's administrator invites the bot, and what it asks for."""
    from bot.permissions import NEEDED, invite_url

    print(invite_url(application_id_of(settings, arguments.id)))
    if sys.stdout.isatty():
        for need in NEEDED.values():
            print(f"  {need.name}: {need.why}")


async def lookup(settings: Settings, arguments: argparse.Namespace) -> None:
    """Search as `/lookup` does, on the embedded database, made and filled on first use."""
    from data.alone import alone
    from data.database import Database
    from data.search.lookup import lookup_json
    from data.seeding import ensure_seeded

    async with contextlib.AsyncExitStack() as stack:
        # Where the bot is at work with the file, nobody else writes to it; it has seen to all that is needed.
        try:
            stack.enter_context(alone(settings.database_url))
            free = True
        except InUseFault:
            free = False
        db = await stack.enter_async_context(Database.open(settings.database_url, migrate=free))
        if free:
            await ensure_seeded(db)
        found = await lookup_json(db, " ".join(arguments.query), arguments.lang, arguments.limit)
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for hit in found["results"]:
        print(f"{hit['score']:6.2f}  {hit['kind']:<15} {hit['title']}  ({hit['id']})")
    if not found["results"]:
        say("Nothing found.")


def moment_of(iso: str) -> datetime:
    """An instant as ISO 8601 writes it, in UTC; UTC is also what it is in without an offset.

    Raises:
        Fault: it is none, or at the end of all calendars.
    """
    try:
        found = datetime.fromisoformat(iso)
        utc = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        utc = None
    if utc is None or not 1900 <= utc.year < 9000:
        raise Fault("Write --now like 2027-03-14T15:00Z.")
    return utc


def when(arguments: argparse.Namespace) -> None:
    """Print the moment that a phrase means, read as in the forms, or why it means none; neither is a failure.

    Raises:
        Fault: the zone or the time that counts as now is none.
    """
    from zoneinfo import available_timezones

    from data.wall_time import WhenFault, in_words, parse_when
    from data.zones import find_zone

    zone = arguments.zone if arguments.zone in available_timezones() else find_zone(arguments.zone)
    if zone is None:
        raise Fault("That time zone is not known. Write it like Europe/Paris or America/Santiago.")
    now = moment_of(arguments.now) if arguments.now else datetime.now(UTC)
    try:
        moment = parse_when(" ".join(arguments.phrase), arguments.lang, zone, now)
    except WhenFault as fault:
        choices = f": {'; '.join(fault.readings)}" if fault.readings else ""
        print(json.dumps({"error": fault.code}) if arguments.json else f"{fault.code}{choices}")
        return
    utc = f"{moment.instant:%Y-%m-%dT%H:%M:%SZ}"
    print(json.dumps({"utc": utc}) if arguments.json else f"{in_words(moment.wall, 'en')} {moment.zone}  ({utc})")


def check_text(arguments: argparse.Namespace) -> None:
    """Print what in the text on standard input may identify a person; to find something is no failure."""
    from bot.checking import check_input

    check_input(as_object=arguments.json, language=arguments.lang)


async def seed(settings: Settings, _arguments: argparse.Namespace) -> None:
    """Load the Network's facts into the database; doing it again changes nothing."""
    from data.alone import alone
    from data.database import Database
    from data.seeding import load_seed

    async with contextlib.AsyncExitStack() as stack:
        stack.enter_context(alone(settings.database_url))
        db = await stack.enter_async_context(Database.open(settings.database_url))
        async with db.begin() as session:
            report = await load_seed(session)
        print(f"{db.safe_url}: {report}")


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    root = argparse.ArgumentParser(prog="convenor", description="The bot of a community of practice, for Discord.")
    root.add_argument("--version", action="version", version=f"convenor {__version__}")
    commands = root.add_subparsers(dest="command", required=True, metavar="command")

    running = commands.add_parser("run", help="run the bot in Discord")
    running.add_argument("--shards", help="of several processes, this one has these shards: 0-3/16 (CONVENOR_SHARDS)")
    demo = commands.add_parser("demo", help="try the bot in a browser, in a simulated server")
    demo.add_argument("--port", type=int, default=8765, help="port of the page on 127.0.0.1; 0 takes any free one")
    demo.add_argument("--screenshots", type=Path, help="take the pictures of the guides into this folder, and end")
    commands.add_parser("tour", help="watch the bot's story in the terminal, each step checked")
    link = commands.add_parser("invite", help="print the link that invites the bot into a server")
    link.add_argument("--id", type=int, help="the application's id; else taken from DISCORD_TOKEN")
    search = commands.add_parser("lookup", help="search guidance, practices and the Network")
    search.add_argument("query", nargs="+")
    search.add_argument("--lang", choices=LANGUAGES, default="en", help="the language to answer in")
    search.add_argument("--json", action="store_true", help="print JSON")
    search.add_argument("--limit", type=int, default=10, help="how many results at most")
    moment = commands.add_parser("when", help="read a date and a time of day as people write them")
    moment.add_argument("phrase", nargs="+", help="for instance: next Tuesday at 10:00")
    moment.add_argument("--lang", choices=LANGUAGES, default="en", help="the language it is written in")
    moment.add_argument("--zone", default="UTC", help="the time zone that is meant, or a city in it")
    moment.add_argument("--now", metavar="ISO", help="what counts as now (UTC where it has no offset)")
    moment.add_argument("--json", action="store_true", help="print JSON")
    checking = commands.add_parser(
        "check-text",
        help="find in a text (standard input) what may identify a person",
        description="Reads a text in English, French, Spanish or Portuguese from standard input, and prints what may "
        "identify a person or an open case, with a safer wording. The exit status is 0 whatever is found.",
    )
    checking.add_argument("--lang", choices=LANGUAGES, help="the language of the text; guessed if not given")
    checking.add_argument("--json", action="store_true", help="print JSON")
    commands.add_parser("seed", help="load the Network's facts into the database")
    add_commands(commands)
    return root


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        The exit status: 0 done, 1 a tour's step did not happen or the doctor found something, 2 something to put right
        first.
    """
    arguments = parser().parse_args(argv)
    try:
        # These need no settings: they work where nothing was set up, even wrongly.
        plain: dict[str, Callable[[argparse.Namespace], None]] = {"when": when, "check-text": check_text}
        if arguments.command in plain:
            plain[arguments.command](arguments)
            return 0
        settings = with_shards(Settings.load(), getattr(arguments, "shards", None))
        if arguments.command == "demo":
            from bot.demo import demo

            return demo(arguments.port, arguments.screenshots)
        if arguments.command == "tour":
            from bot.demo import tour

            return tour()
        from bot.logs import set_up_logging

        set_up_logging(settings.log_level if arguments.command == "run" else "warning", settings.log_format)
        sys.excepthook = _unforeseen
        if arguments.command == "run":
            asyncio.run(run_bot(settings))
        elif arguments.command == "invite":
            invite(settings, arguments)
        else:
            jobs: dict[str, Callable[[Settings, Any], Awaitable[int | None]]] = {"lookup": lookup, "seed": seed, **JOBS}
            return asyncio.run(_awaited(jobs[arguments.command](settings, arguments))) or 0
    except SettingsFault as fault:
        for sentence in fault.faults:
            say(sentence)
        return FAULT
    except (Fault, DatabaseFault) as fault:
        say(str(fault))
        return FAULT
    except KeyboardInterrupt:
        return 130
    return 0


async def _awaited(job: Awaitable[Result]) -> Result:
    return await job
