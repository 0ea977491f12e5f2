"""The discussion of a practice: Discord puts it to sleep when nobody writes, and people may open it again."""

import contextlib
from dataclasses import dataclass

import discord

from bot.ask import Ask
from bot.authorize import Action, Actor, Standing, authorize, not_found
from bot.buttons import Button
from bot.errors import Refusal
from bot.languages import Texts
from cogs.practices.drafting import show
from data import audit
from data.practices import Practice, find
from data.practices.rows import PUBLISHED


def by_members_of_published(actor: Actor, practice: Practice) -> bool:
    """Allows members; only what is published has a discussion."""
    return actor.is_member and practice.state == PUBLISHED and practice.thread_id is not None


REOPEN = Action("practice.reopen", find, by_members_of_published)


@dataclass(frozen=True, slots=True)
class Sleep:
    """How a practice's thread is.

    Attributes:
        thread: the thread; None where it is gone.
        asleep: whether Discord, or somebody, archived it.
        locked: whether only moderators may open it.
    """

    thread: discord.Thread | None
    asleep: bool
    locked: bool


async def sleep_of(guild: discord.Guild, practice: Practice) -> Sleep | None:
    """How a practice's thread is; None where it has none, or Discord does not say.

    Threads that sleep are not in the library's memory: Discord is asked about them.
    """
    if practice.thread_id is None:
        return None
    thread = guild.get_thread(practice.thread_id)
    if thread is None:
        try:
            found = await guild.fetch_channel(practice.thread_id)
        except discord.NotFound:
            return Sleep(None, asleep=False, locked=False)
        except discord.HTTPException:
            return None
        thread = found if isinstance(found, discord.Thread) else None
    if thread is None:
        return None
    return Sleep(thread, asleep=thread.archived, locked=thread.locked)


def sleep_line(t: Texts, sleep: Sleep | None, *, moderator: bool) -> str:
    """Why nobody can write there now, and who may change that; empty where all is well."""
    if sleep is None or (sleep.thread is not None and not sleep.asleep and not sleep.locked):
        return ""
    if sleep.thread is None:
        return t("Its discussion was deleted.")
    if sleep.locked:
        if moderator:
            return t("A moderator closed the discussion. As a moderator you can open it again.")
        return t("A moderator closed the discussion. Only moderators can open it again.")
    return t("The discussion is asleep, because nobody has written in it for a while. You can open it again.")


def sleep_button(t: Texts, practice: Practice, sleep: Sleep | None, *, moderator: bool) -> Button | None:
    """Opens the discussion again, where this person may."""
    if sleep is None or sleep.thread is None or not (sleep.asleep or sleep.locked):
        return None
    if sleep.locked and not moderator:
        return None
    return Reopen(t("Open the discussion again"), practice=practice.id)


class Reopen(Button, custom_id="practice:reopen:{practice}"):
    """Opens the discussion of a practice again."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Wake the thread; one that moderators closed is opened by moderators only."""
        async with ask.bot.db.read() as session:
            practice = await authorize(session, ask.actor, REOPEN, self.values["practice"])
        sleep = await sleep_of(ask.guild, practice)
        if sleep is None or sleep.thread is None:
            raise not_found()
        if sleep.locked and not ask.actor.is_moderator:
            raise Refusal("A moderator closed the discussion. Only moderators can open it again.")
        if sleep.asleep or sleep.locked:
            with contextlib.suppress(discord.NotFound):
                if sleep.locked:
                    await sleep.thread.edit(archived=False, locked=False)
                else:
                    await sleep.thread.edit(archived=False)
            async with ask.bot.db.begin() as session:
                await audit.record(
                    session,
                    community_id=ask.community.id,
                    at=ask.now,
                    actor_id=ask.actor.user_id,
                    action="practice.reopen",
                    object_kind="practice",
                    object_id=practice.id,
                    details={"locked": sleep.locked},
                )
        await show(ask, ask.t("The discussion is open: {thread}", thread=f"<#{practice.thread_id}>"))
