"""Reading practices in full, and one's own: how they stand, and taking them back."""

from typing import Any

import discord

from bot.app import Convenor
from bot.ask import Ask, pick_language, reporting
from bot.authorize import Action, Actor, authorize, not_found
from bot.buttons import Button, check, row
from bot.errors import answer
from bot.languages import Texts, texts
from bot.render import NO_MENTIONS
from cogs.practices import cards, rules
from cogs.practices.drafting import Continue, show
from data.communities import get_community, get_preference
from data.network import list_key_areas
from data.practices import (
    RETURNED,
    WITHDRAWN,
    Practice,
    find,
    get_visible,
    withdraw,
)

PAGE = 5


def by_author_or_moderators(actor: Actor, practice: Practice) -> bool:
    """Allows authors to act on their own, and moderators; on nothing that is withdrawn."""
    return practice.state != WITHDRAWN and (actor.is_moderator or practice.author_id == actor.user_id)


READ = Action("practice.read", find, by_author_or_moderators)
WITHDRAW = Action("practice.withdraw", find, by_author_or_moderators)
OWN = Action("practice.own", find, lambda actor, practice: practice.author_id == actor.user_id)


async def readable(ask: Ask, practice_id: str) -> Practice:
    """A practice that this person may read.

    What members wrote is for members, as is the forum; what the brochure says is for everyone.

    Raises:
        Refusal: there is none, or it is not open to them.
    """
    async with ask.bot.db.read() as session:
        practice = await get_visible(session, ask.community.id, practice_id)
        if practice is not None and (practice.from_brochure or ask.actor.is_member):
            return practice
        return await authorize(session, ask.actor, READ, practice_id)


async def area_names(ask: Ask) -> dict[str, str]:
    """The names of the key areas in the person's language, by id."""
    async with ask.bot.db.read() as session:
        return {area.id: area.name.text(ask.t.language) for area in await list_key_areas(session)}


async def show_page(ask: Ask, practice_id: str, page: int, *, turn: bool) -> None:
    """A page of a practice in full.

    Args:
        ask: who reads.
        practice_id: which.
        page: the page, 0 the first; the nearest where there is none such.
        turn: in place of the page before it.
    """
    practice = await readable(ask, practice_id)
    found = cards.pages(ask.t, practice, await area_names(ask))
    page = min(page, len(found) - 1)
    buttons: list[Button] = []
    if page > 0:
        buttons.append(Page(ask.t("Back"), practice=practice.id, page=page - 1))
    if page < len(found) - 1:
        buttons.append(Page(ask.t("Next"), style=discord.ButtonStyle.primary, practice=practice.id, page=page + 1))
    message: dict[str, Any] = {"embeds": [found[page]]}
    if buttons:
        message["view"] = row(*buttons)
    await (show if turn else Ask.answer)(ask, **message)


class Read(Button, custom_id="practice:read:{practice}"):
    """Shows a practice in full, page by page, to whoever presses."""

    async def pressed(self, ask: Ask) -> None:
        """Show the first page below."""
        await show_page(ask, self.values["practice"], 0, turn=False)


class Page(Button, custom_id="practice:page:{practice}:{page}"):
    """Turns the pages of a practice."""

    async def pressed(self, ask: Ask) -> None:
        """Show that page in place of this one."""
        await show_page(ask, self.values["practice"], rules.page_number(self.values["page"]), turn=True)


def own_buttons(t: Texts, practice: Practice) -> list[Button]:
    """What an author can do with a practice."""
    if practice.state == WITHDRAWN:
        return []
    buttons: list[Button] = []
    if practice.state == RETURNED:
        buttons.append(Continue(t("Continue"), style=discord.ButtonStyle.primary, draft=practice.id))
    buttons.append(Read(t("Read in full"), practice=practice.id))
    buttons.append(Withdraw(t("Withdraw"), style=discord.ButtonStyle.danger, practice=practice.id))
    return buttons


async def ask_withdrawal(ask: Ask, practice_id: str) -> None:
    """Ask whether a practice is to go: it is for good."""
    async with ask.bot.db.read() as session:
        practice = await authorize(session, ask.actor, WITHDRAW, practice_id)
    text = ask.t(
        "Withdraw “{title}”? Its text is erased for good, also from the forum and from the search, and its thread is "
        "closed. That it was withdrawn stays on record.",
        title=cards.shown_title(ask.t, practice),
    )
    button = WithdrawNow(ask.t("Withdraw it for good"), style=discord.ButtonStyle.danger, practice=practice.id)
    await show(ask, text, view=row(button, Keep(ask.t("Keep it"))))


class Withdraw(Button, custom_id="practice:withdraw:{practice}"):
    """Asks whether a practice is to go."""

    async def pressed(self, ask: Ask) -> None:
        """Ask first."""
        await ask_withdrawal(ask, self.values["practice"])


class WithdrawNow(Button, custom_id="practice:withdrawn:{practice}"):
    """Takes a practice back."""

    async def pressed(self, ask: Ask) -> None:
        """Erase it, and say so."""
        async with ask.bot.db.begin() as session:
            practice = await authorize(session, ask.actor, WITHDRAW, self.values["practice"])
            done = await withdraw(
                session,
                ask.community.id,
                practice.id,
                actor_id=ask.actor.user_id,
                reason="author" if practice.author_id == ask.actor.user_id else "moderator",
                now=ask.now,
            )
        if done is None:
            raise not_found()
        await show(ask, ask.t("Withdrawn. Nothing of its text was kept."))


class Keep(Button, custom_id="practice:keep"):
    """Leaves a practice as it is."""

    async def pressed(self, ask: Ask) -> None:
        """Say so."""
        await show(ask, ask.t("Nothing was changed."))


class Stand(Button, custom_id="practice:stand:{community}:{practice}"):
    """Tells an author how a practice stands; works in a direct message, where Discord names no server."""

    async def callback(self, interaction: "discord.Interaction[Any]") -> None:
        """Answer the author; nobody else has this button, but its id can be forged."""
        async with reporting(interaction, f"button {self.form}"):
            check(*self.values.values())
            bot: Convenor = interaction.client
            community_id = rules.discord_id(self.values["community"])
            async with bot.db.read() as session:
                practice = await find(session, community_id, self.values["practice"])
                community = await get_community(session, community_id)
                preference = await get_preference(session, community_id, interaction.user.id)
            if practice is None or practice.author_id != interaction.user.id:
                raise not_found()
            t = texts(pick_language(preference.language if preference else None, interaction.locale, community))
            await answer(interaction, embed=cards.own_card(t, practice), allowed_mentions=NO_MENTIONS)
