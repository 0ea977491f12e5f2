"""Counting what is looked for, without who looks; and the button of those who did not find it."""

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
from data.asked import note_asked
from data.communities import Community


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


async def note(ask: Asks, search: Search, results: int) -> None:
    """Count that something was looked for, after it was answered; what fails here is nothing the person must know."""
    try:
        async with ask.bot.db.begin() as session:
            await note_asked(
                session, ask.community.id, search.query, language=ask.t.language, results=results, now=ask.now
            )
    except Exception as error:  # noqa: BLE001 - told to the log by the one error path
        await report(error, where="counting a lookup")


class NotIt(Button, custom_id="lookup:missed:{results}:{key*}"):
    """Tells the moderators, without a name, that what was found was not what somebody looked for."""

    async def pressed(self, ask: Ask) -> None:
        """Count it, and say what happens with it."""
        t = ask.t
        search = await search_of(ask, self.values["key"])
        results = self.values["results"]
        async with ask.bot.db.begin() as session:
            await note_asked(
                session,
                ask.community.id,
                search.query,
                language=t.language,
                results=int(results) if results.isascii() and results.isdecimal() and len(results) < 4 else 0,
                now=ask.now,
                missed=True,
            )
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
