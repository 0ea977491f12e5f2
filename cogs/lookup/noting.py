"""Counting what is looked for, without who looks; and the button of those who did not find it."""

import asyncio
from datetime import datetime
from typing import Protocol

from bot.app import Convenor
from bot.ask import Ask
from bot.buttons import Button
from bot.errors import report
from bot.languages import Texts
from cogs.lookup.kept import search_of
from cogs.lookup.rules import Search
from cogs.lookup.sharing import press_once
from data.asked import names_to_leave_out, note_asked
from data.communities import Community
from data.search.private import words_to_keep


class Asks(Protocol):
    """Whoever looks for something, with a command or in conversation."""

    @property
    def bot(self) -> Convenor:
        """The bot that is asked."""
        ...

    @property
    def community(self) -> Community:
        """Where it is asked."""
        ...

    @property
    def t(self) -> Texts:
        """Texts in the person's language."""
        ...

    @property
    def now(self) -> datetime:
        """The time (UTC)."""
        ...


# Of digits in a button that says how many results there were.
LONGEST_COUNT = 4


class Asking(Protocol):
    """Who asks, in a command or in conversation."""

    @property
    def bot(self) -> Convenor:
        """The bot."""
        ...

    @property
    def community(self) -> Community:
        """Where."""
        ...

    @property
    def t(self) -> Texts:
        """Texts in their language."""
        ...

    @property
    def now(self) -> datetime:
        """When (UTC)."""
        ...


async def count(ask: Asking, search: Search, results: int, *, missed: bool = False) -> None:
    """Write down what was looked for, as far as it tells of no person."""
    async with ask.bot.db.read() as session:
        names = await names_to_leave_out(session, ask.community.id)
    # The first look reads lists of names, for a fifth of a second.
    kept = await asyncio.to_thread(words_to_keep, search.query, names)
    if not kept:
        return
    async with ask.bot.db.begin() as session:
        await note_asked(
            session,
            ask.community.id,
            kept,
            language=ask.t.language,
            results=results,
            now=ask.now,
            missed=missed,
        )


async def note(ask: Asking, search: Search, results: int) -> None:
    """Count that something was looked for, after it was answered; what fails here is nothing the person must know."""
    try:
        await count(ask, search, results)
    except Exception as error:  # noqa: BLE001 - told to the log by the one error path
        await report(error, where="counting a lookup")


class NotIt(Button, custom_id="lookup:missed:{results}:{key*}"):
    """Tells the moderators, without a name, that what was found was not what somebody looked for."""

    async def pressed(self, ask: Ask) -> None:
        """Count it, and say what happens with it."""
        t = ask.t
        search = await search_of(ask, self.values["key"])
        results = self.values["results"]
        known = results.isascii() and results.isdecimal() and len(results) < LONGEST_COUNT
        await count(ask, search, int(results) if known else 0, missed=True)
        await press_once(ask, t("Noted"))
        said = [
            t(
                "Thank you. The moderators see the words that you looked for, without your name, and can teach "
                "Convenor what they mean."
            )
        ]
        if ask.actor.is_member:
            said.append(t("To ask colleagues in other countries without your name, use /peer ask."))
        await ask.answer("\n".join(said))
