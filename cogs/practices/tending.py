"""Saying whether a practice is still so: confirming it, handing it over, retiring it."""

from typing import Any

import discord

from bot.ask import Ask, reporting
from bot.authorize import Action, Actor, Standing, authorize, not_found, standing_of
from bot.buttons import Button, People, row
from bot.errors import Refusal
from bot.languages import Texts
from bot.render import plain
from cogs.practices import cards
from cogs.practices.drafting import show
from data.practices import Practice, find
from data.practices.freshness import FOCAL, MODERATORS, Tended, confirm, load_tended, offer, retire, take_over
from data.practices.rows import PUBLISHED

YES, NO = "yes", "no"


def may_tend(actor: Actor, tended: Tended) -> bool:
    """Allows its owner and moderators, and the focal points of its owner's country once these are asked."""
    practice = tended.practice
    if actor.is_moderator or practice.author_id == actor.user_id:
        return True
    return actor.is_member and actor.user_id in tended.focal and practice.asked in (FOCAL, MODERATORS)


TEND = Action("practice.confirm", load_tended, may_tend)
TAKE_OVER = Action(
    "practice.accept",
    find,
    lambda actor, practice: actor.is_member and practice.state == PUBLISHED and practice.heir_id == actor.user_id,
)


async def answered(ask: Ask, text: str) -> None:
    """Say what was done: in place of the question where only this person reads it."""
    if ask.interaction.guild_id is None:
        await ask.update(text)
    else:
        await show(ask, text)


async def tended(ask: Ask, practice_id: str) -> Practice:
    """A published practice that this person may answer for now.

    Raises:
        Refusal: there is none for them.
    """
    async with ask.bot.db.read() as session:
        found = await authorize(session, ask.actor, TEND, (practice_id, ask.now))
    return found.practice


class StillSo(Button, custom_id="practice:fresh:{community}:{practice}"):
    """Confirms that a practice is still so; works in a direct message too."""

    async def pressed(self, ask: Ask) -> None:
        """Note it; one that was retired is back."""
        async with ask.bot.db.begin() as session:
            found = await authorize(session, ask.actor, TEND, (self.values["practice"], ask.now))
            done = await confirm(session, ask.community.id, found.practice.id, actor_id=ask.actor.user_id, now=ask.now)
        if done is None:
            raise not_found()
        text = ask.t(
            "Thank you. “{title}” is confirmed. It is asked about again in a year.",
            title=cards.shown_title(ask.t, done),
        )
        await answered(ask, text)


class Retire(Button, custom_id="practice:retire:{community}:{practice}"):
    """Retires a practice; works in a direct message too."""

    async def pressed(self, ask: Ask) -> None:
        """Mark it: it can be brought back, so nothing is asked first."""
        async with ask.bot.db.begin() as session:
            found = await authorize(session, ask.actor, TEND, (self.values["practice"], ask.now))
            done = await retire(session, ask.community.id, found.practice.id, actor_id=ask.actor.user_id, now=ask.now)
        if done is None:
            raise Refusal("It is retired already.")
        text = ask.t(
            "“{title}” is retired: it stays where it is, marked as no longer looked after. Its owner and moderators "
            "can bring it back with /practice mine or /practice show.",
            title=cards.shown_title(ask.t, done),
        )
        await answered(ask, text)


class HandOver(Button, custom_id="practice:handover:{community}:{practice}"):
    """Asks who is to look after a practice from now on."""

    async def pressed(self, ask: Ask) -> None:
        """Offer a menu of people; in a direct message there is nobody to choose from."""
        practice = await tended(ask, self.values["practice"])
        t = ask.t
        if ask.interaction.guild_id is None:
            await ask.answer(t("People can be chosen in the server only: use /practice mine or /practice show there."))
            return
        text = t(
            "Who should look after “{title}” from now on? They are asked first, and become its owner when they accept. "
            "Until then nothing changes.",
            title=cards.shown_title(t, practice),
        )
        await show(ask, text, view=row(Heir(placeholder=t("Choose a member"), most=1, practice=practice.id)))


class Heir(People, custom_id="practice:heir:{practice}"):
    """Asks the chosen member to look after a practice."""

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Ask them, if they are a member here."""
        practice = await tended(ask, self.values["practice"])
        known = options[0].isascii() and options[0].isdecimal() and len(options[0]) < 20
        person = ask.guild.get_member(int(options[0])) if known else None
        if person is None or person.bot or standing_of(ask.community, person) < Standing.MEMBER:
            raise Refusal("Choose somebody who is a member here.")
        if person.id == practice.author_id:
            raise Refusal("They look after it already.")
        async with ask.bot.db.begin() as session:
            await authorize(session, ask.actor, TEND, (practice.id, ask.now))
            done = await offer(
                session,
                ask.community.id,
                practice.id,
                heir_id=person.id,
                actor_id=ask.actor.user_id,
                now=ask.now,
            )
        if done is None:
            raise not_found()
        await show(
            ask,
            ask.t("{who} is asked by direct message, and finds it with /practice mine too.", who=person.mention),
        )


class TakeOver(Button, custom_id="practice:takeover:{community}:{practice}:{answer}"):
    """Answers whether one wants to look after a practice; works in a direct message too."""

    async def pressed(self, ask: Ask) -> None:
        """Note it, once."""
        accepts = self.values["answer"] == YES
        if not accepts and self.values["answer"] != NO:
            raise not_found()
        async with ask.bot.db.begin() as session:
            practice = await authorize(session, ask.actor, TAKE_OVER, self.values["practice"])
            done = await take_over(
                session,
                ask.community.id,
                practice.id,
                user_id=ask.actor.user_id,
                accepts=accepts,
                now=ask.now,
            )
        if done is None:
            raise not_found()
        title = cards.shown_title(ask.t, done)
        if accepts:
            text = ask.t("Thank you. You look after “{title}” from now on: /practice mine shows it.", title=title)
        else:
            text = ask.t("All right. “{title}” stays with whoever has it.", title=title)
        await answered(ask, text)


class Noted(Button, custom_id="practice:noted:{practice}"):
    """Closes a direct message that needs no answer. Works where there is no server to ask in."""

    async def callback(self, interaction: "discord.Interaction[Any]") -> None:
        """Take the button away; never from what others read."""
        async with reporting(interaction, f"button {self.form}"):
            if interaction.guild_id is not None:
                raise not_found()
            await interaction.response.edit_message(view=None)


def tending_buttons(t: Texts, practice: Practice, community_id: int) -> list[Button]:
    """What can be answered about a practice now."""
    values: dict[str, Any] = {"community": community_id, "practice": practice.id}
    if practice.archived_at is not None:
        return [
            StillSo(t("Bring it back"), style=discord.ButtonStyle.success, **values),
            HandOver(t("Hand it over"), **values),
        ]
    return [
        StillSo(t("Still up to date"), style=discord.ButtonStyle.success, **values),
        HandOver(t("Hand it over"), **values),
        Retire(t("Retire it"), style=discord.ButtonStyle.danger, **values),
    ]


def hand_over_button(t: Texts, practice: Practice, community_id: int) -> Button:
    """Hands it over, also where nobody asked."""
    return HandOver(t("Hand it over"), community=community_id, practice=practice.id)


def offer_text(t: Texts, practice: Practice, server: str) -> str:
    """What somebody is told who is asked to look after a practice."""
    text = t(
        "You are asked to look after the practice “{title}” in {server} from now on: to answer questions about it, and "
        "to say once a year whether it is still up to date.",
        title=cards.shown_title(t, practice),
        server=plain(server, 100),
    )
    if practice.contact_shown:
        text += "\n" + t("If you accept, your name is shown with it, in place of that of its author.")
    return text


def offer_buttons(t: Texts, practice: Practice, community_id: int) -> list[Button]:
    """What somebody can answer who is asked to look after a practice."""
    values: dict[str, Any] = {"community": community_id, "practice": practice.id}
    return [
        TakeOver(t("I accept"), style=discord.ButtonStyle.success, **values, answer=YES),
        TakeOver(t("No, thank you"), **values, answer=NO),
    ]
