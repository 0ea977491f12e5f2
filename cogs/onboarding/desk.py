"""What moderators do about requests to join: look, approve, decline."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.ask import Ask
from bot.authorize import Action, Standing, authorize, by_moderators
from bot.buttons import Button, Select, row
from bot.errors import Refusal
from bot.forms import Form, Typed
from bot.languages import Texts, texts
from bot.render import ACCENT, NO_MENTIONS, label, one_line
from cogs.onboarding import cards, rules
from cogs.onboarding.profile import number
from cogs.onboarding.roles import follow
from data import deliveries
from data.communities import get_community
from data.deliveries import Delivery
from data.digests import stop_digest
from data.members import (
    PENDING,
    Member,
    ask_question,
    attest,
    attestations,
    count_pending,
    decide,
    get_by_user,
    get_member,
    list_pending,
    plan_end,
    planning,
    valid_attestation,
)

log = logging.getLogger("convenor.onboarding")

DECIDE = Action("onboarding.decide", get_member, by_moderators)
PAGE = 10
# How many of a person's cards are kept true; older ones were replaced long ago.
CARDS_KEPT = 3
# How many words of others about a person a card shows.
WORDS_SHOWN = 5


async def circumstances(session: AsyncSession, member: Member, card: Delivery | None) -> cards.Circumstances:
    """What a moderator should know besides what the person says."""
    young = rules.is_young(discord.utils.snowflake_time(member.user_id), member.submitted_at)
    words = tuple((await attestations(session, member.id))[:WORDS_SHOWN])
    return cards.Circumstances(bool(card and card.details.get("odd")), young, words)


def decision_buttons(t: Texts, member: Member) -> discord.ui.View:
    """The ways to decide, and to ask first."""
    return row(
        Approve(t("Approve"), style=discord.ButtonStyle.success, member=member.id, version=member.version),
        Question(t("Ask a question"), member=member.id, version=member.version),
        Decline(t("Decline"), style=discord.ButtonStyle.danger, member=member.id, version=member.version),
    )


class Approve(Button, custom_id="onboarding:approve:{member}:{version}"):
    """Lets a person in."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Decide, and show so on the card."""
        member_id, version = number(self.values["member"]), number(self.values["version"])
        await settle(ask, member_id, version=version, reason=None)


class Decline(Button, custom_id="onboarding:decline:{member}:{version}"):
    """Asks for the reason first."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Open the form, unless it is too late."""
        member_id, version = number(self.values["member"]), number(self.values["version"])
        await look(ask, member_id, version)
        await ask.open(await DeclineForm.make(ask, member=member_id, version=version))


class DeclineForm(Form, custom_id="onboarding:decline:{member}:{version}", draft="onboarding.decline"):
    """Why a person is declined."""

    needs = Standing.MODERATOR

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """One question."""
        t = ask.t
        self.title = t("Decline the request")
        self.text(
            "reason",
            t("Reason"),
            typed,
            description=t("The person reads this. Please be kind, and say what they can do."),
            long=True,
            most=rules.REASON_LIMIT,
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Decide, with that reason."""
        reason = rules.read_reason(rules.text_of(typed, "reason"))
        member_id, version = number(self.values["member"]), number(self.values["version"])
        await settle(ask, member_id, version=version, reason=reason)
        await self.finish(ask)


class Question(Button, custom_id="onboarding:ask:{member}:{version}"):
    """Opens the form in which a moderator asks something."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Open it, unless it is too late."""
        member_id, version = number(self.values["member"]), number(self.values["version"])
        await look(ask, member_id, version)
        await ask.open(await QuestionForm.make(ask, member=member_id, version=version))


class QuestionForm(Form, custom_id="onboarding:ask:{member}:{version}", draft="onboarding.ask"):
    """What a moderator wants to know before deciding."""

    needs = Standing.MODERATOR

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """One question."""
        t = ask.t
        self.title = t("Ask a question")
        self.text(
            "question",
            t("Your question"),
            typed,
            description=t("The person reads it, and answers with a button."),
            long=True,
            most=rules.WORDS_LIMIT,
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Note it, and tell the person."""
        question = rules.read_question(rules.text_of(typed, "question"))
        member_id, version = number(self.values["member"]), number(self.values["version"])
        before = await look(ask, member_id, version)
        async with ask.bot.db.begin() as session:
            member = await ask_question(session, before, question, by=ask.actor.user_id, now=ask.now)
            if member is None:
                raise Refusal(
                    "This request has changed since. Please look at its newest card: /onboarding queue shows it."
                )
            await planning.plan_question(session, member, now=ask.now)
        await self.finish(ask)
        await ask.answer(ask.t("{name} is asked. The answer comes as a new card.", name=one_line(member.name, 100)))
        await refresh_cards(ask.bot, member)


def changed_since() -> Refusal:
    """The card is of an earlier request."""
    return Refusal("This request has changed since. Please look at its newest card: /onboarding queue shows it.")


async def look(ask: Ask, member_id: int, version: int | None) -> Member:
    """The person to decide on.

    Raises:
        Refusal: there is nothing to decide any more; then their cards are made to say so.
    """
    async with ask.bot.db.read() as session:
        member = await authorize(session, ask.actor, DECIDE, member_id)
    await _check(ask, member, version)
    return member


async def _check(ask: Ask, member: Member, version: int | None) -> None:
    try:
        rules.check_decision(member, ask.actor.user_id, version)
    except Refusal:
        if member.user_id != ask.actor.user_id:
            await ask.defer(thinking=False)
            await refresh_cards(ask.bot, member)
        raise


async def settle(ask: Ask, member_id: int, *, version: int | None, reason: str | None) -> None:
    """Approve (without a reason) or decline, once, and show it on the card.

    Raises:
        Refusal: there is nothing to decide any more, or not for this moderator.
    """
    before = await look(ask, member_id, version)
    approved = reason is None
    async with ask.bot.db.begin() as session:
        after = await decide(session, before, approved=approved, by=ask.actor.user_id, now=ask.now, reason=reason)
        if after is not None and approved:
            await planning.plan_approval(session, after, again=before.in_review, now=ask.now)
            await hold(ask, session, after)
        elif after is not None:
            await planning.plan_decline(session, after, again=before.in_review, now=ask.now)
            await stop_digest(session, ask.community.id, after.user_id, ask.now, reason="declined")
    if after is None:
        # Another moderator was faster by a blink: say who.
        await look(ask, member_id, version)
        raise changed_since()
    await _show_decided(ask, after)
    await refresh_cards(ask.bot, after, but=ask.interaction.message.id if ask.interaction.message else None)


async def hold(ask: Ask, session: AsyncSession, member: Member) -> None:
    """See to it that somebody's word holds for a new member: whoever approves them gives theirs if nobody else did."""
    word = await valid_attestation(session, member.id, ask.now)
    if word is not None:
        await plan_end(session, member, word, now=ask.now)
        return
    keep = timedelta(days=ask.bot.settings.attestation_days)
    await attest(session, member, by=ask.actor.user_id, as_focal_point=False, vouches=True, keep=keep, now=ask.now)


async def _show_decided(ask: Ask, member: Member) -> None:
    async with ask.bot.db.read() as session:
        facts = await cards.load_facts(session)
        around = await circumstances(session, member, None)
        rows = await deliveries.list_for_subject(session, member.community_id, planning.subject_of(member))
    source = ask.interaction.message
    # A forged press names any message together with any button: it must not rewrite what others read.
    posted = {item.message_id for item in rows if item.kind == planning.CARD}
    if source is None or not (source.flags.ephemeral or source.id in posted):
        await ask.answer(embed=cards.queue_card(ask.t, facts, member, around))
        return
    # A card in the channel is read by all moderators, one's own copy by oneself.
    t = ask.t if source.flags.ephemeral else texts(ask.community.languages[0])
    await ask.update(shared=True, embeds=[cards.queue_card(t, facts, member, around)])


async def refresh_cards(bot: Convenor, member: Member, *, but: int | None = None) -> None:
    """Make the cards in the moderators' channel say what is true now. A card that cannot be changed is left as it is.

    Args:
        bot: the bot.
        member: as they are now.
        but: the id of a message that needs no change.
    """
    async with bot.db.read() as session:
        rows = await deliveries.list_for_subject(session, member.community_id, planning.subject_of(member))
        community = await get_community(session, member.community_id)
        facts = await cards.load_facts(session)
        posted = [item for item in rows if item.kind == planning.CARD and item.message_id and item.channel_id]
        around = await circumstances(session, member, posted[-1] if posted else None)
    guild = bot.get_guild(member.community_id)
    if guild is None or community is None:
        return
    t = texts(community.languages[0])
    for index, item in enumerate(reversed(posted[-CARDS_KEPT:])):
        channel = guild.get_channel(item.channel_id or 0)
        if not isinstance(channel, discord.TextChannel) or item.message_id in (None, but):
            continue
        view: discord.ui.View | None = None
        if index or (member.state == PENDING and item.occurrence != str(member.version)):
            card = cards.replaced_card(t, member)
        else:
            card = cards.queue_card(t, facts, member, around)
            view = decision_buttons(t, member) if member.state == PENDING else None
        try:
            await channel.get_partial_message(item.message_id).edit(embed=card, view=view, allowed_mentions=NO_MENTIONS)
        except discord.HTTPException as error:
            log.warning("card %s could not be changed: %s %s", item.message_id, error.status, error.code)


# The queue -----------------------------------------------------------------------------------------------------------


async def show_queue(ask: Ask, offset: int, *, update: bool = False) -> None:
    """Who waits, the longest waiting first."""
    t = ask.t
    async with ask.bot.db.read() as session:
        total = await count_pending(session, ask.community.id)
        waiting = await list_pending(session, ask.community.id, limit=PAGE, offset=offset)
    if not waiting:
        message: dict[str, Any] = {"content": t("Nobody waits for a decision.")}
    else:
        card = discord.Embed(
            title=t.plural("{n} request to join", "{n} requests to join", total),
            description="\n".join(cards.queue_line(t, member) for member in waiting),
            colour=ACCENT,
        )
        message = {"embeds": [card], "view": _queue_view(t, waiting, offset, total)}
    await (ask.update(**message) if update else ask.answer(**message))


def _queue_view(t: Texts, waiting: list[Member], offset: int, total: int) -> discord.ui.View:
    options = [discord.SelectOption(label=label(member.name, 90) or "?", value=str(member.id)) for member in waiting]
    view = row(OpenCard(options, placeholder=t("Open a request")))
    if offset > 0:
        view.add_item(QueuePage(t("Back"), offset=max(offset - PAGE, 0)))
    if offset + PAGE < total:
        view.add_item(QueuePage(t("More"), offset=offset + PAGE))
    return view


class QueuePage(Button, custom_id="onboarding:queue:{offset}"):
    """Another page of the queue."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Show it in place of this one."""
        await show_queue(ask, number(self.values["offset"]), update=True)


class OpenCard(Select, custom_id="onboarding:open"):
    """Opens a request from the queue."""

    needs = Standing.MODERATOR

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Show the card, with its buttons, to this moderator."""
        member = await look(ask, number(options[0] if options else ""), None)
        async with ask.bot.db.read() as session:
            facts = await cards.load_facts(session)
            rows = await deliveries.list_for_subject(session, ask.community.id, planning.subject_of(member))
            posted = [item for item in rows if item.kind == planning.CARD]
            around = await circumstances(session, member, posted[-1] if posted else None)
        card = cards.queue_card(ask.t, facts, member, around)
        await ask.answer(embed=card, view=decision_buttons(ask.t, member))


async def member_id_of(ask: Ask, person: discord.Member | discord.User) -> int:
    """The number of someone who sent the form.

    Raises:
        Refusal: they never did.
    """
    async with ask.bot.db.read() as session:
        member = await get_by_user(session, ask.community.id, person.id)
    if member is None:
        raise Refusal("{name} has not sent the form yet.", name=one_line(person.display_name, 100))
    return member.id


class RolesAgain(Button, custom_id="onboarding:roles:{member}"):
    """Tries again to give a member's roles."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Try, and say how it went."""
        async with ask.bot.db.read() as session:
            member = await authorize(session, ask.actor, DECIDE, number(self.values["member"]))
        await ask.defer()
        if not await follow(ask.bot, member):
            raise Refusal("The roles still cannot be set. Run /setup to see what is missing.")
        await ask.answer(ask.t("The roles of {mention} are in place.", mention=f"<@{member.user_id}>"))
