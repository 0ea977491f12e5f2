"""Retiring a resource, and bringing it back: of everybody's, for this community alone."""

import discord

from bot.ask import Ask
from bot.authorize import Action, Standing, authorize, by_moderators
from bot.buttons import Button, row
from bot.errors import Refusal
from bot.render import one_line
from cogs.resources.cards import resource_card
from cogs.resources.editing import areas_of, show
from data.resources import Resource, find_resource, is_retired
from data.resources.writing import facts_of, retire_resource

RETIRE = Action("resource.retire", find_resource, by_moderators)


async def ask_whether(ask: Ask, resource_id: str) -> None:
    """Show what is to go, or what was retired, with the button for it."""
    async with ask.bot.db.read() as session:
        resource = await authorize(session, ask.actor, RETIRE, resource_id)
        retired = await is_retired(session, ask.community.id, resource.id)
    t = ask.t
    if retired:
        text = t("This is retired: /lookup does not show it.")
        button: Button = BringBack(
            t("Bring this resource back"), style=discord.ButtonStyle.primary, resource=resource.id
        )
    else:
        own = resource.community_id is not None
        text = (
            t("Retire this? /lookup will not show it any more. You can bring it back.")
            if own
            else t("Retire this here? It belongs to everybody: other communities keep it. You can bring it back.")
        )
        button = Retire(t("Retire this resource"), style=discord.ButtonStyle.danger, resource=resource.id)
    card = resource_card(t, await areas_of(ask), facts_of(resource))
    await ask.answer(text, embeds=[card], view=row(button))


async def _change(ask: Ask, resource_id: str, *, back: bool) -> Resource:
    async with ask.bot.db.begin() as session:
        resource = await authorize(session, ask.actor, RETIRE, resource_id)
        by = ask.actor.user_id
        if not await retire_resource(session, ask.community.id, resource, by=by, now=ask.now, back=back):
            raise Refusal("Somebody has done that already.")
    return resource


class Retire(Button, custom_id="resource:retire:{resource}"):
    """Lets this community show a resource no longer."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Do it, and offer the way back."""
        resource = await _change(ask, self.values["resource"], back=False)
        undo = BringBack(ask.t("Bring this resource back"), resource=resource.id)
        await show(ask, ask.t("Retired: “{title}”.", title=one_line(resource.title, 200)), view=row(undo))


class BringBack(Button, custom_id="resource:back:{resource}"):
    """Lets this community show a resource again."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Do it."""
        resource = await _change(ask, self.values["resource"], back=True)
        title = one_line(resource.title, 200)
        await show(ask, ask.t("It is back: “{title}”.", title=title), view=None)
