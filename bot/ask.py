"""What a person asks of the bot: who they are, their language, and how to answer them."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import discord

from bot.authorize import Actor, Standing, require, standing_of
from bot.errors import Refusal, report
from bot.languages import Texts, texts
from bot.prompt import settled
from bot.render import NO_MENTIONS
from data.communities import Community
from data.faults import DeadlockFault
from data.languages import from_locale

if TYPE_CHECKING:
    from bot.app import Convenor
    from bot.forms import Form


async def language_for(bot: "Convenor", interaction: "discord.Interaction[Any]") -> str:
    """A person's language: what they chose, else their client's, else the community's first, else English."""
    if interaction.guild_id is not None:
        preference = await bot.known.preference(interaction.guild_id, interaction.user.id)
        community = await bot.known.community(interaction.guild_id)
    else:
        preference = community = None
    return pick_language(preference.language if preference else None, interaction.locale, community)


def pick_language(chosen: str | None, locale: discord.Locale, community: Community | None) -> str:
    """The first that is known of: chosen, the client's, the community's, English."""
    return chosen or from_locale(locale.value) or (community.languages[0] if community else "en")


Shown = TypeVar("Shown", bound=discord.ui.View | discord.ui.LayoutView)
# Of an id in a button; a forged one can be longer than a number that any database takes.
LONGEST_ID = 20


@dataclass(frozen=True, slots=True)
class Ask:
    """One request by one person in one community."""

    bot: "Convenor"
    interaction: "discord.Interaction[Any]"
    actor: Actor
    t: Texts
    zone: str
    now: datetime

    @classmethod
    async def of(
        cls, interaction: "discord.Interaction[Any]", needs: Standing = Standing.VISITOR, community: str = ""
    ) -> "Ask":
        """Who asks, in which language.

        Args:
            interaction: a command, a button, a select or a form.
            needs: the standing they must have.
            community: in a direct message, the id of the server that it is about, as its button says. Who is not in
                that server is nobody there. In a server it counts for nothing.

        Raises:
            Refusal: not in a server, or not of that standing.
        """
        bot: Convenor = interaction.client
        guild, person = interaction.guild, interaction.user
        if guild is None and community.isascii() and community.isdecimal() and len(community) < LONGEST_ID:
            await bot.elsewhere.bring(int(community))
            guild = bot.get_guild(int(community))
            member = guild.get_member(person.id) if guild else None
            guild, person = (guild, member) if member is not None else (None, person)
        if guild is None:
            raise Refusal("This works in the community's server only.")
        known = await bot.known.community(guild.id) or await bot.know(guild)
        preference = await bot.known.preference(guild.id, person.id)
        language = pick_language(preference.language if preference else None, interaction.locale, known)
        actor = Actor(known, person.id, standing_of(known, person))
        require(actor, needs)
        zone = preference.zone if preference and preference.zone else known.zone
        return cls(bot, interaction, actor, texts(language), zone, bot.clock())

    @property
    def community(self) -> Community:
        """Where it is asked."""
        return self.actor.community

    @property
    def guild(self) -> discord.Guild:
        """The server it is asked in."""
        guild = self.interaction.guild or self.bot.get_guild(self.community.id)
        assert guild is not None  # noqa: S101 - `of` refuses anything else
        return guild

    async def defer(self, *, thinking: bool = True, ephemeral: bool = True) -> None:
        """Promise an answer, for what may take more than a second."""
        await settled(self.interaction)
        if not self.interaction.response.is_done():
            await self.interaction.response.defer(thinking=thinking, ephemeral=ephemeral)

    async def answer(self, content: str | None = None, *, private: bool = True, **message: Any) -> None:
        """Answer: seen by the person alone unless `private` is False. Mentions nobody."""
        message.setdefault("allowed_mentions", NO_MENTIONS)
        if message.get("view") is not None:
            at_rest(message["view"])
        if content is not None:
            message["content"] = content
        if await settled(self.interaction) and not private and self.interaction.message is None:
            # What was promised to the person alone cannot be shown to all.
            await self.interaction.delete_original_response()
        if self.interaction.response.is_done():
            await self.interaction.followup.send(ephemeral=private, **message)
        else:
            await self.interaction.response.send_message(ephemeral=private, **message)

    async def update(self, content: str | None = None, *, shared: bool = False, **message: Any) -> None:
        """Change the person's own message whose button was pressed; what is not given is taken away.

        What others read too is changed only where `shared` says that this is meant: a forged button must not rewrite
        it. Without, the person is answered beneath it, privately. A direct message is nobody else's.
        """
        source = self.interaction.message
        shared = shared or self.interaction.guild_id is None
        if source is not None and not source.flags.ephemeral and not shared:
            await self.answer(content, **{name: part for name, part in message.items() if part is not None})
            return
        changed: dict[str, Any] = {"content": content, "embeds": [], "view": None, "allowed_mentions": NO_MENTIONS}
        changed |= message
        if changed["view"] is not None:
            at_rest(changed["view"])
        await settled(self.interaction)
        if self.interaction.response.is_done():
            await self.interaction.edit_original_response(**changed)
        else:
            await self.interaction.response.edit_message(**changed)

    async def open(self, form: "Form") -> None:
        """Show a form. Must be the first answer, within three seconds, and not the answer to a form."""
        if await settled(self.interaction):
            from bot.forms import offer

            await offer(self, form)
            return
        await self.interaction.response.send_modal(form)


def at_rest(view: Shown) -> Shown:
    """A view that the library does not keep: it would for a quarter of an hour, with a task for each, and for nothing.

    What is pressed in it is found by its id alone, as after a restart.
    """
    view.stop()
    return view


async def steadily(work: Callable[[], Awaitable[None]]) -> None:
    """Do what a person asked for; once more where their change and another's waited for each other.

    PostgreSQL undoes one of the two wholly. Doing it anew is what the person would do by pressing again, which every
    button and form has to bear anyway; the other change is done by then.
    """
    try:
        await work()
    except DeadlockFault:
        await work()


@asynccontextmanager
async def reporting(interaction: "discord.Interaction[Any]", where: str) -> AsyncGenerator[None]:
    """Whatever fails inside goes the one error path, in the person's language."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the one place where everything arrives
        await report(error, where=where, interaction=interaction, t=await texts_of(interaction))


async def texts_of(interaction: "discord.Interaction[Any]") -> Texts:
    """The person's texts, also where the database cannot be asked."""
    try:
        return texts(await language_for(interaction.client, interaction))
    except Exception:  # noqa: BLE001 - an error is being told already; their client's language must do
        return texts(pick_language(None, interaction.locale, None))
