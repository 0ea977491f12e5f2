"""The messages that questions to peers cause. None names anybody but the introduction, which both agreed to."""

import contextlib
from typing import Any

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.buttons import row
from bot.delivery import Effect, Post, Rendered, Skip, signature
from bot.languages import Texts, texts
from bot.readers import is_member, person_of, texts_of
from bot.render import cut, one_line, plain
from cogs.peers import cards
from cogs.peers.answering import Decline, Help, StepIn
from cogs.peers.views import Inbox, Introduce
from data import peers
from data.communities import get_community
from data.deliveries import Delivery
from data.members import get_by_user
from data.network import list_key_areas
from data.peers import ASKED, INTRODUCED, OFFERED, OPEN, Offer, Request


class Quiet:
    """What all these messages share."""

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Nothing more to note."""

    async def failed(self, session: AsyncSession, delivery: Delivery, reason: str) -> bool:
        """Nobody is told: who accepts no direct messages finds it with /peer inbox; the rest would tell who it is."""
        return True


async def areas_in(session: AsyncSession, t: Texts) -> dict[str, str]:
    """The names of the key areas, by id."""
    return {area.id: area.name.text(t.language) for area in await list_key_areas(session)}


async def request_of(session: AsyncSession, delivery: Delivery) -> Request | None:
    """Which question a delivery is about."""
    return await peers.get_request(session, delivery.community_id, int(delivery.details.get("request", 0)))


async def offer_of(session: AsyncSession, delivery: Delivery) -> Offer | None:
    """Which offer a delivery is about."""
    return await peers.get_offer(session, delivery.community_id, int(delivery.details.get("offer", 0)))


class Carrying(Quiet):
    """A message that carries the question itself: it has to be taken out again where that was closed meanwhile."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """If it was closed while the message was on its way, the message has to say so."""
        request = await request_of(session, delivery)
        if request is not None and request.state != OPEN:
            await peers.plan_closing(session, request, f"late.{delivery.id}", self.bot.clock())


class QuestionKind(Carrying):
    """Lays a question before a member, with the two answers."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """In their language; nothing where either is no member any more, or they take no such questions now."""
        offer, community = await offer_of(session, delivery), await get_community(session, delivery.community_id)
        if offer is None or community is None or offer.request.state != OPEN or offer.state != ASKED:
            return Skip("gone")
        reader = await get_by_user(session, community.id, offer.user_id)
        there = is_member(bot, community, offer.user_id) and is_member(bot, community, offer.request.user_id)
        if reader is None or not reader.matched or not there:
            return Skip("not to be asked")
        t = await texts_of(session, community, offer.user_id)
        place: dict[str, Any] = {"community": community.id, "offer": offer.id}
        text = [
            t(
                "A member of {community} asks. Can you help? They learn only from which country you are, and your name "
                "once you both agree. If you say nothing, nobody knows.",
                community=one_line(community.name, 100),
            ),
            t("You get this because you agreed to be matched. Change it in the server: /mydata consent"),
        ]
        view = row(
            Help(t("I can help"), style=discord.ButtonStyle.success, **place),
            Decline(t("Not this time"), **place),
            Inbox(t("All questions"), community=community.id),
        )
        card = cards.question_card(t, offer.request, await areas_in(session, t))
        return Post(view, "\n".join(text), embeds=[card])


class OfferKind(Quiet):
    """Tells whoever asked that somebody offers to help, and from which country."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Without a name; nothing where the offer was taken back, or either is no member any more."""
        offer, community = await offer_of(session, delivery), await get_community(session, delivery.community_id)
        if offer is None or community is None or offer.request.state != OPEN or offer.state != OFFERED:
            return Skip("gone")
        if not (is_member(bot, community, offer.user_id) and is_member(bot, community, offer.request.user_id)):
            return Skip("no member any more")
        t = await texts_of(session, community, offer.request.user_id)
        helper = await get_by_user(session, community.id, offer.user_id)
        text = t(
            "In {community}, {who} offers to help with your question. Press the button if you want to be introduced: "
            "then you both learn who the other is.",
            community=one_line(community.name, 100),
            who=cards.who(t, helper, offer),
        )
        view = row(
            Introduce(t("Introduce us"), style=discord.ButtonStyle.primary, community=community.id, offer=offer.id),
            Inbox(t("All questions"), community=community.id),
        )
        return Post(view, cut(f"{text}\n{_quoted(offer.request)}", 2000))


class IntroductionKind(Quiet):
    """Tells one of the two who the other is."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Who they are, as members see them."""
        offer, community = await offer_of(session, delivery), await get_community(session, delivery.community_id)
        if offer is None or community is None or offer.state != INTRODUCED:
            return Skip("gone")
        reader = person_of(delivery)
        other = offer.user_id if reader == offer.request.user_id else offer.request.user_id
        if not (is_member(bot, community, reader) and is_member(bot, community, other)):
            return Skip("no member any more")
        t = await texts_of(session, community, reader)
        text = t(
            "You both agreed, so here is who the other is, in {community}. Write to each other directly.",
            community=one_line(community.name, 100),
        )
        who = cards.introduced(t, await get_by_user(session, community.id, other), other)
        content = cut(f"{text}\n{who}\n{_quoted(offer.request)}", 2000)
        return Post(row(Inbox(t("All questions"), community=community.id)), content)


class UnansweredKind(Carrying):
    """Lays a question that nobody answered before the moderators, without saying who asks."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """The question and what they can do; nothing where somebody offered meanwhile."""
        request, community = await request_of(session, delivery), await get_community(session, delivery.community_id)
        if request is None or community is None or request.state != OPEN:
            return Skip("gone")
        if await peers.is_answered(session, request):
            return Skip("answered")
        t = texts(community.languages[0])
        text = t(
            "Nobody has offered to help with this question to peers. Whoever can, offers to help; or tell a member who "
            "could to agree to be matched, with /mydata consent. Who asks is shown to nobody before they agree."
        )
        view = row(StepIn(t("I can help"), style=discord.ButtonStyle.success, request=request.id))
        return Post(view, text, embeds=[cards.question_card(t, request, await areas_in(session, t))])


class ClosingKind(Quiet):
    """Takes a question that is not open any more out of the messages that carried it."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """In their place stands that nothing more is needed; doing it twice comes to the same."""
        request, community = await request_of(session, delivery), await get_community(session, delivery.community_id)
        if request is None or community is None or request.state == OPEN:
            return Skip("gone")
        changed: list[tuple[int, int, str]] = []
        for one in await peers.messages_of(session, request, (peers.QUESTION, peers.UNANSWERED)):
            if one.channel_id is None or one.message_id is None:
                continue
            personal = one.kind == peers.QUESTION
            t = await texts_of(session, community, person_of(one)) if personal else texts(community.languages[0])
            text = t("This question to peers is closed. Nothing more is needed.")
            if personal:
                text += f"\n{signature(community.name)}"
            changed.append((one.channel_id, one.message_id, text))

        async def change() -> int | None:
            for channel_id, message_id, text in changed:
                # A message that somebody deleted needs no change.
                with contextlib.suppress(discord.NotFound, discord.Forbidden):
                    message = bot.get_partial_messageable(channel_id).get_partial_message(message_id)
                    await message.edit(
                        content=text, embeds=[], view=None, allowed_mentions=discord.AllowedMentions.none()
                    )
            return changed[-1][1] if changed else None

        return Effect(change)


def _quoted(request: Request) -> str:
    # Cut once the marks are there: a question of many short lines grows by them.
    return cut("\n".join(f"> {line}" for line in plain(request.question, 1500).splitlines()), 1500)
