"""Asking peers, being introduced, and the list of all that is asked: in the server and in direct messages."""

from datetime import datetime
from typing import Any

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ask import Ask
from bot.authorize import Action, Actor, Standing, authorize, not_found
from bot.buttons import Button, Select, row
from bot.caution import find_in, warning
from bot.errors import Refusal
from bot.forms import OpenForm
from bot.render import label
from cogs.peers import cards, rules
from cogs.peers.answering import area_names, show, show_asked
from data import peers
from data.drafts import delete_draft, get_draft
from data.members import get_by_user
from data.peers import ASKED, CLOSED, INTRODUCED, MOST, OFFERED, OPEN, NewRequest, Offer
from data.safeguarding import Context

# How many of each sort are listed, and how many offers have a button.
LISTED = 7
OFFERS_SHOWN = 5


def by_asker_of_offer(actor: Actor, offer: Offer) -> bool:
    """Allows whoever asked, once somebody offered: before that there is nothing to know."""
    asked = offer.request.user_id == actor.user_id and offer.request.state == OPEN
    return actor.is_member and asked and offer.state in (OFFERED, INTRODUCED)


INTRODUCE = Action("peer.introduce", peers.get_offer, by_asker_of_offer)
OWN = Action(
    "peer.own",
    peers.get_request,
    lambda actor, request: request.user_id == actor.user_id and request.state in (OPEN, CLOSED),
)


def too_often() -> Refusal:
    """Somebody asked as often as anybody may."""
    return Refusal(
        "You have asked {n} questions within a week, as many as anybody can, so that members keep answering. "
        "/peer inbox shows how they stand.",
        n=MOST,
    )


async def check_may_ask(ask: Ask) -> None:
    """Let pass whoever may ask now.

    Raises:
        Refusal: they asked as often as anybody may.
    """
    async with ask.bot.db.read() as session:
        if not await peers.may_ask(session, ask.community.id, ask.actor.user_id, ask.now):
            raise too_often()


async def preview(ask: Ask, new: NewRequest) -> None:
    """The question as it will go out, to how many, and what in it may identify a person. Nothing is sent yet."""
    t = ask.t
    found = (await find_in({"question": new.question}, Context.PRACTICE)).get("question", ())
    async with ask.bot.db.read() as session:
        reached = len(await peers.peers_for(session, ask.community.id, ask.actor.user_id, new))
    text = [t("This is how it will go out. Nothing is sent yet.")]
    if reached:
        text.append(
            t.plural(
                "{n} member who agreed to be matched will get it. Your name is shown to nobody before you agree.",
                "{n} members who agreed to be matched will get it. Your name is shown to nobody before you agree.",
                reached,
            )
        )
        text.append(t("If nobody offers to help within three days, the moderators see the question, not your name."))
    else:
        text.append(
            t(
                "Nobody who agreed to be matched fits. The moderators will see the question at once, not your name. Or "
                "change it: more key areas, any language, anywhere."
            )
        )
    if found:
        text.append(warning(t, found))
    send = t("Send it: it identifies nobody") if found else t("Send it")
    view = row(
        Send(send, style=discord.ButtonStyle.secondary if found else discord.ButtonStyle.success),
        OpenForm(t("Change it"), style=discord.ButtonStyle.primary, form="peer:ask"),
        Discard(t("Discard"), style=discord.ButtonStyle.danger),
    )
    await show(ask, "\n\n".join(text), embeds=[cards.question_card(t, new, await area_names(ask))], view=view)


class Send(Button, custom_id="peer:send"):
    """Asks what the person's draft says, once."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Send it, and say what happens next."""
        async with ask.bot.db.begin() as session:
            reached = await send_once(session, ask.community.id, ask.actor.user_id, ask.t.language, ask.now)
        if reached:
            text = ask.t.plural("Sent to {n} member.", "Sent to {n} members.", reached)
        else:
            text = ask.t("The moderators have your question, without your name.")
        after = ask.t("You are told when somebody offers to help. /peer inbox shows it too, and lets you close it.")
        await show(ask, f"{text} {after}")


async def send_once(session: AsyncSession, community_id: int, user_id: int, language: str, now: datetime) -> int:
    """Ask what a person's draft holds, however often it is sent in one moment. Gives before how many it lies.

    Raises:
        Refusal: it was sent or discarded already, or they asked as often as anybody may. The draft stays.
    """
    place = (community_id, user_id, rules.DRAFT)
    draft = await get_draft(session, *place, now=now)
    # Of two that were sent at once, the draft goes with the first; a refusal below brings it back.
    if draft is None or not await delete_draft(session, *place):
        raise Refusal("This question was sent or discarded already. /peer inbox shows what you asked.")
    new = rules.read(draft.data, language)
    try:
        _, reached = await peers.ask_peers(session, community_id=community_id, user_id=user_id, new=new, now=now)
    except peers.TooManyFault:
        raise too_often() from None
    return reached


class Discard(Button, custom_id="peer:discard"):
    """Forgets a question that was not sent."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Forget it; twice comes to the same."""
        async with ask.bot.db.begin() as session:
            await delete_draft(session, ask.community.id, ask.actor.user_id, rules.DRAFT)
        await show(ask, ask.t("Discarded. Nothing was sent."))


# One's own ------------------------------------------------------------------------------------------------------------


class Introduce(Button, custom_id="peer:introduce:{community}:{offer}"):
    """Lets both learn who the other is; works in a direct message too."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Do it once, and tell both."""
        async with ask.bot.db.begin() as session:
            offer = await authorize(session, ask.actor, INTRODUCE, rules.number(self.values["offer"]))
            if not await peers.introduce(session, offer, ask.now):
                # Whoever declined at the same moment is not named.
                now = await peers.get_offer(session, ask.community.id, offer.id)
                if now is None or now.state != INTRODUCED:
                    raise not_found()
            helper = await get_by_user(session, ask.community.id, offer.user_id)
        told = ask.t("Both of you know each other now, and both were told. Write to each other directly.")
        await show(ask, f"{told}\n{cards.introduced(ask.t, helper, offer.user_id)}")


class Close(Button, custom_id="peer:close:{community}:{request}"):
    """Closes one's own question."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Close it; nobody can offer any more."""
        async with ask.bot.db.begin() as session:
            request = await authorize(session, ask.actor, OWN, rules.number(self.values["request"]))
            done = await peers.end_request(session, request, withdrawn=False, now=ask.now)
        if not done:
            raise not_found()
        await show(ask, ask.t("Closed. Whoever got the question sees that nothing more is needed."))


class Withdraw(Button, custom_id="peer:withdraw:{community}:{request}"):
    """Takes one's own question back, with all it says."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Erase it, also from the messages that carried it."""
        async with ask.bot.db.begin() as session:
            request = await authorize(session, ask.actor, OWN, rules.number(self.values["request"]))
            await peers.end_request(session, request, withdrawn=True, now=ask.now)
        await show(ask, ask.t("Withdrawn. Its text is erased, also from the messages that carried it."))


async def show_own(ask: Ask, request_id: int) -> None:
    """One's own question, who offers to help, and what one can do."""
    t = ask.t
    async with ask.bot.db.read() as session:
        request = await authorize(session, ask.actor, OWN, request_id)
        offers = await peers.offers_for(session, request)
        helpers = {offer.id: await get_by_user(session, ask.community.id, offer.user_id) for offer in offers}
    lines = [cards.mine_line(t, request, offers)]
    buttons: list[Button] = []
    for offer in offers:
        helper = helpers[offer.id]
        if offer.state == INTRODUCED:
            lines.append(f"- {cards.introduced(t, helper, offer.user_id)}")
        elif len(buttons) < OFFERS_SHOWN and request.state == OPEN:
            who = cards.who(t, helper, offer)
            lines.append("- " + t("Offers to help: {who}", who=who))
            text = label(t("Introduce us: {who}", who=who), 80)
            place: dict[str, Any] = {"community": ask.community.id, "offer": offer.id}
            buttons.append(Introduce(text, style=discord.ButtonStyle.primary, row=0, **place))
    own: dict[str, Any] = {"community": ask.community.id, "request": request.id}
    if request.state == OPEN:
        buttons.append(Close(t("Close it"), row=1, **own))
    buttons.append(Withdraw(t("Withdraw it"), style=discord.ButtonStyle.danger, row=1, **own))
    embeds = [cards.question_card(t, request, await area_names(ask))]
    await show(ask, "\n".join(lines), embeds=embeds, view=row(*buttons))


# Both lists -----------------------------------------------------------------------------------------------------------


async def show_inbox(ask: Ask, *, below: bool = False) -> None:
    """What one asks, and what is asked of oneself: whoever takes no direct messages finds everything here.

    Args:
        ask: who wants to see it.
        below: leave the message whose button was pressed as it is.
    """
    t, tell = ask.t, Ask.answer if below else show
    async with ask.bot.db.read() as session:
        own = await peers.requests_by(session, ask.community.id, ask.actor.user_id, LISTED)
        mine = [(request, await peers.offers_for(session, request)) for request in own]
        others = await peers.laid_before(session, ask.community.id, ask.actor.user_id, LISTED)
        member = await get_by_user(session, ask.community.id, ask.actor.user_id)
    matched = member is not None and member.matched
    others = [offer for offer in others if matched or offer.as_moderator or offer.state != ASKED]
    hint = (
        t("Members who agreed to be matched get such questions. You agreed; change it with /mydata consent.")
        if matched
        else t("Members who agreed to be matched get such questions. To be asked too: /mydata consent.")
    )
    if not mine and not others:
        await tell(ask, t("You have asked nothing, and nothing is asked of you. Ask with /peer ask.") + f"\n{hint}")
        return
    options = [
        *(discord.SelectOption(label=cards.list_title(one), value=f"mine:{one.id}") for one, _ in mine),
        *(discord.SelectOption(label=cards.list_title(one.request), value=f"asked:{one.id}") for one in others),
    ]
    view = row(OpenOne(options, placeholder=t("Open one"), community=ask.community.id))
    await tell(ask, hint, embeds=[cards.inbox_card(t, mine, others)], view=view)


class OpenOne(Select, custom_id="peer:open:{community}"):
    """Opens one of the listed questions; works in a direct message too."""

    needs = Standing.MEMBER

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Show it, with what can be done."""
        sort, _, key = options[0].partition(":")
        if sort == "mine":
            await show_own(ask, rules.number(key))
        elif sort == "asked":
            await show_asked(ask, rules.number(key))
        else:
            raise not_found()


class Questions(Button, custom_id="peer:questions:{community}"):
    """Shows both lists below a message that is about other things too; works in a direct message too."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Show them."""
        await show_inbox(ask, below=True)


class Inbox(Button, custom_id="peer:inbox:{community}"):
    """Shows both lists; works in a direct message too."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Show them."""
        await show_inbox(ask)
