"""What was told of a practice, as others read it: page by page, let through by moderators, and taken away again."""

from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Action, Actor, Standing, authorize, by_moderators, not_found
from bot.buttons import Button, row
from bot.errors import Refusal
from bot.forms import OpenForm
from bot.languages import Texts, texts
from bot.render import label
from cogs.practices import cards, ledger, rules, shelf
from cogs.practices.drafting import show
from cogs.practices.views import readable
from data.practices import Practice
from data.practices.adaptations import (
    TAKEN_BACK,
    Adaptation,
    find_adaptation,
    let_through,
    list_adaptations,
    take_back,
)

PAGE = 3


def by_its_author_or_moderators(actor: Actor, adaptation: Adaptation) -> bool:
    """Allows authors to act on their own, and moderators; on nothing that is gone."""
    return adaptation.state != TAKEN_BACK and (actor.is_moderator or adaptation.author_id == actor.user_id)


LET = Action("adaptation.approve", find_adaptation, by_moderators)
TAKE_BACK = Action("adaptation.withdraw", find_adaptation, by_its_author_or_moderators)


def number(text: str) -> int:
    """The id of an adaptation in a button; 0, which none has, where somebody forged one."""
    return rules.discord_id(text)


async def show_adaptations(ask: Ask, practice_id: str, page: int) -> None:
    """A page of what was told of a practice, privately; in place of the page before it.

    Args:
        ask: who reads: a member, since members wrote it.
        practice_id: which practice.
        page: the page, 0 the first; the nearest where there is none such.
    """
    practice = await readable(ask, practice_id)
    t = ask.t
    async with ask.bot.db.read() as session:
        found, total = await list_adaptations(session, ask.community.id, practice.id, limit=PAGE, offset=page * PAGE)
        if not found and page:
            page = max(0, (total - 1) // PAGE)
            found, total = await list_adaptations(
                session, ask.community.id, practice.id, limit=PAGE, offset=page * PAGE
            )
    if not found:
        await show(
            ask,
            t("Nobody has told yet that they tried it. Were you the first?"),
            view=row(OpenForm(t("We tried this"), form=f"practice:adapt:{practice.id}")),
        )
        return
    last = (total - 1) // PAGE
    buttons: list[Button] = []
    if page > 0:
        buttons.append(Tried(t("Back"), row=0, practice=practice.id, page=page - 1))
    if page < last:
        buttons.append(Tried(t("Next"), style=discord.ButtonStyle.primary, row=0, practice=practice.id, page=page + 1))
    buttons += [
        TakeDown(
            label(t("Take away: {what}", what=ledger.heading(t, one)), 80),
            style=discord.ButtonStyle.danger,
            row=1,
            adaptation=one.id,
        )
        for one in found
        if by_its_author_or_moderators(ask.actor, one)
    ]
    embeds = [ledger.adaptation_card(texts(one.language), one) for one in found]
    if last:
        embeds[-1].set_footer(text=t("Page {n} of {total}", n=page + 1, total=last + 1))
    text = t.plural(
        "“{title}” was tried {n} time elsewhere, newest first:",
        "“{title}” was tried {n} times elsewhere, newest first:",
        total,
        title=cards.shown_title(t, practice),
    )
    message: dict[str, Any] = {"embeds": embeds}
    if buttons:
        message["view"] = row(*buttons)
    await show(ask, text, **message)


class Tried(Button, custom_id="practice:tried:{practice}:{page}"):
    """Shows what was told of a practice, page by page."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Show that page; in place of one that only this person sees."""
        await show_adaptations(ask, self.values["practice"], rules.page_number(self.values["page"]))


class TakeDown(Button, custom_id="practice:adaptdown:{adaptation}"):
    """Asks whether an adaptation is to go."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Ask first: it is for good."""
        async with ask.bot.db.read() as session:
            found = await authorize(session, ask.actor, TAKE_BACK, number(self.values["adaptation"]))
        t = ask.t
        text = t(
            "Take away “{what}”? Its text is erased for good, also from the discussion and from the search.",
            what=ledger.heading(t, found),
        )
        button = TakenDown(t("Take it away for good"), style=discord.ButtonStyle.danger, adaptation=found.id)
        await show(ask, text, embeds=[ledger.adaptation_card(texts(found.language), found)], view=row(button))


class TakenDown(Button, custom_id="practice:adaptgone:{adaptation}"):
    """Takes an adaptation away."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Erase it, and say so."""
        async with ask.bot.db.begin() as session:
            found = await authorize(session, ask.actor, TAKE_BACK, number(self.values["adaptation"]))
            done = await take_back(
                session,
                ask.community.id,
                found.id,
                actor_id=ask.actor.user_id,
                reason="author" if found.author_id == ask.actor.user_id else "moderator",
                now=ask.now,
            )
        if done is None:
            raise not_found()
        await show(ask, ask.t("Taken away. Nothing of its text was kept."))


class LetThrough(Button, custom_id="practice:adaptlet:{adaptation}"):
    """Lets others see an adaptation that waits for moderators."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Let it through, once."""
        async with ask.bot.db.begin() as session:
            found = await authorize(session, ask.actor, LET, number(self.values["adaptation"]))
            if found.author_id == ask.actor.user_id:
                raise Refusal("You told it yourself: another moderator has to look at it.")
            done = await let_through(session, ask.community.id, found.id, actor_id=ask.actor.user_id, now=ask.now)
        if done is None:
            raise not_found()
        await show(ask, ask.t("Done: others can read it now."))


def _offered(t: Texts, practice: Practice) -> list[Button]:
    return [
        OpenForm(t("We tried this"), form=f"practice:adapt:{practice.id}"),
        Tried(t("Tried elsewhere"), practice=practice.id, page=0),
    ]


shelf.BUTTONS.append(_offered)
