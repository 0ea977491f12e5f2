"""A question of somebody else: offering to help with it, declining, and a moderator's stepping in."""

from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Action, Actor, Standing, authorize, not_found
from bot.buttons import Button, row
from bot.errors import Refusal
from cogs.peers import cards, rules
from data import peers
from data.members import get_by_user
from data.network import list_key_areas
from data.peers import INTRODUCED, OFFERED, OPEN, Offer, Request


def by_helper(actor: Actor, offer: Offer) -> bool:
    """Allows whoever the question was laid before, as long as it is open."""
    return actor.is_member and offer.user_id == actor.user_id and offer.request.state == OPEN


def by_other_moderators(actor: Actor, request: Request) -> bool:
    """Allows moderators, but not whoever asked."""
    return actor.is_moderator and request.user_id != actor.user_id and request.state == OPEN


HELP = Action("peer.help", peers.get_offer, by_helper)
STEP_IN = Action("peer.stepin", peers.get_request, by_other_moderators)


async def area_names(ask: Ask) -> dict[str, str]:
    """The names of the key areas in the person's language, by id."""
    async with ask.bot.db.read() as session:
        return {area.id: area.name.text(ask.t.language) for area in await list_key_areas(session)}


async def show(ask: Ask, content: str | None = None, **message: Any) -> None:
    """Answer privately: in place of the person's own message if a button of it was pressed, else below."""
    if ask.interaction.message is None:
        await ask.answer(content, **message)
    else:
        await ask.update(content, **message)


class Help(Button, custom_id="peer:help:{community}:{offer}"):
    """Offers to help with a question; works in a direct message too."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Note it; whoever asked is told from which country they are, and nothing more."""
        async with ask.bot.db.begin() as session:
            offer = await authorize(session, ask.actor, HELP, rules.number(self.values["offer"]))
            await peers.offer_help(session, offer, ask.now)
        await show_asked(ask, offer.id)


class Decline(Button, custom_id="peer:decline:{community}:{offer}"):
    """Says that one cannot help; works in a direct message too."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Note it, and tell nobody."""
        async with ask.bot.db.begin() as session:
            offer = await authorize(session, ask.actor, HELP, rules.number(self.values["offer"]))
            if offer.state == INTRODUCED:
                raise Refusal("You were introduced to each other already.")
            await peers.decline(session, offer, ask.now)
        await show(ask, ask.t("That is fine. Nobody is told."))


class StepIn(Button, custom_id="peer:stepin:{request}"):
    """Offers a moderator's help with a question that nobody else answered."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Note it; whoever asked is told that a moderator offers to help."""
        async with ask.bot.db.begin() as session:
            request = await authorize(session, ask.actor, STEP_IN, rules.number(self.values["request"]))
            offer = await peers.step_in(session, request, ask.actor.user_id, ask.now)
        if offer is None:
            raise not_found()
        await show_asked(ask, offer.id)


async def show_asked(ask: Ask, offer_id: int) -> None:
    """A question that lies before the person, how it stands, and what they can do."""
    t = ask.t
    async with ask.bot.db.read() as session:
        offer = await authorize(session, ask.actor, HELP, offer_id)
        asker = await get_by_user(session, ask.community.id, offer.request.user_id)
        me = await get_by_user(session, ask.community.id, ask.actor.user_id)
    place: dict[str, Any] = {"community": ask.community.id, "offer": offer.id}
    buttons: list[Button] = []
    if offer.state == INTRODUCED:
        text = cards.introduced(t, asker, offer.request.user_id)
    elif offer.state == OFFERED:
        text = t(
            "Thank you. Whoever asked is told that {who} offers to help. If they agree, you both learn who the other "
            "is; until then, neither does.",
            who=cards.who(t, me, offer),
        )
        buttons = [Decline(t("I cannot help after all"), **place)]
    else:
        text = cards.asked_line(t, offer)
        buttons = [
            Help(t("I can help"), style=discord.ButtonStyle.success, **place),
            Decline(t("Not this time"), **place),
        ]
    message: dict[str, Any] = {"embeds": [cards.question_card(t, offer.request, await area_names(ask))]}
    if buttons:
        message["view"] = row(*buttons)
    await show(ask, text, **message)
