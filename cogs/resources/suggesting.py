"""What members would like to be among the resources, and what moderators decide."""

import contextlib
from collections.abc import Mapping
from typing import Any

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.ask import LONGEST_ID, Ask
from bot.authorize import Action, Standing, authorize, by_moderators, not_found
from bot.buttons import Button, row
from bot.caution import find_in, warning
from bot.delivery import Post, Rendered, Skip
from bot.errors import Refusal
from bot.forms import Form, OpenForm, Typed
from bot.guidance import TYPES
from bot.languages import Texts, texts
from bot.render import NO_MENTIONS, clean, one_line, plain
from cogs.resources import rules
from cogs.resources.cards import resource_card, there_already
from cogs.resources.editing import areas_of, begin_edit, too_many
from data.communities import get_community, get_preference
from data.deliveries import Delivery, list_for_subject
from data.drafts import delete_draft
from data.network import list_key_areas
from data.resources import get_resource
from data.resources.suggesting import (
    ACCEPTED,
    CARD,
    DECLINED,
    MOST_WAITING,
    WAITING,
    ManyFault,
    Suggestion,
    decide,
    get_suggestion,
    subject_of,
    suggest,
)
from data.resources.writing import FullFault, facts_of, known_resources
from data.safeguarding import Context

DRAFT, DECLINE = "resource.suggestion", "resource.decline"
DECIDE = Action("resource.decide", get_suggestion, by_moderators)
READ = Action("resource.stand", get_suggestion, lambda actor, suggestion: actor.user_id == suggestion.user_id)
REASON_LIMIT = 500


class SuggestForm(Form, custom_id="resource:suggest", draft=DRAFT):
    """A member's suggestion: what it is, where, and why it helps."""

    needs = Standing.MEMBER

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Give the form its fields."""
        t = ask.t
        self.title = t("Suggest a resource")
        self.text("title", t("Title, as published"), typed, most=rules.TITLE_LIMIT)
        self.text(
            "url",
            t("Address"),
            typed,
            description=t("Begins with https://; leave it out where there is none."),
            required=False,
            most=rules.ADDRESS_LIMIT,
        )
        kinds = [(code, t(name)) for code, name in TYPES.items()]
        self.choice("type", t("Kind"), kinds, typed)
        areas = await areas_of(ask)
        named = [(area, areas[area].text(t.language)) for area in rules.KEY_AREAS if area in areas]
        self.choice("areas", t("Key areas"), named, typed, most=len(named))
        self.text(
            "summary",
            t("Why it helps"),
            typed,
            description=t("Moderators read it, and everyone once it is accepted."),
            long=True,
            most=rules.SUMMARY_LIMIT,
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Lay it before the moderators."""
        facts = rules.facts_of(typed, ask.t.language)
        if not facts.summary:
            raise Refusal("Say in a sentence why it helps.")
        if ask.community.channel("review") is None:
            raise Refusal("This server is not set up yet: ask a moderator to run /setup.")
        async with ask.bot.db.begin() as session:
            same = (await known_resources(session, ask.community.id)).find(facts.title, facts.url)
            if same is not None and not same.retired:
                raise there_already(same)
            if same is not None:
                raise Refusal("The moderators have retired this resource. Ask them if you miss it.")
            try:
                await suggest(session, ask.community.id, ask.actor.user_id, facts, language=ask.t.language, now=ask.now)
            except ManyFault as fault:
                raise Refusal(
                    "{n} suggestions of yours wait already. Please wait until the moderators have read them.",
                    n=MOST_WAITING,
                ) from fault
            await delete_draft(session, ask.community.id, ask.actor.user_id, DRAFT)
        t = ask.t
        found = await find_in({"title": facts.title, "summary": facts.summary}, Context.WEBINAR, t.language)
        said = [
            t(
                "Thank you: “{title}” is with the moderators. You are told what they decide.",
                title=one_line(facts.title, 200),
            ),
            warning(t, [one for each in found.values() for one in each]),
        ]
        await ask.answer("\n".join(filter(None, said)))


def number_of(text: str) -> int:
    """The id in a button.

    Raises:
        Refusal: it is none.
    """
    if not (text.isascii() and text.isdecimal() and len(text) < LONGEST_ID - 1):
        raise not_found()
    return int(text)


class Accept(Button, custom_id="resource:accept:{suggestion}"):
    """Takes a suggestion in."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Do it once, say so on the card, and offer to complete it."""
        async with ask.bot.db.begin() as session:
            suggestion = await authorize(session, ask.actor, DECIDE, number_of(self.values["suggestion"]))
            if suggestion.state != WAITING:
                raise decided_already()
            try:
                done = await decide(session, suggestion, accepted=True, by=ask.actor.user_id, now=ask.now)
            except FullFault as fault:
                raise too_many() from fault
            if done is None:
                raise Refusal("This is among the resources already. Decline the suggestion instead.")
        await _settle(ask, done)
        complete = Complete(ask.t("Complete it"), style=discord.ButtonStyle.primary, resource=done.resource_id or "")
        text = ask.t("Accepted. /lookup finds it at once. Publisher, year and languages can be added.")
        await ask.answer(text, view=row(complete))


class Complete(Button, custom_id="resource:complete:{resource}"):
    """Opens the forms of a resource that was accepted."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Open the first one."""
        await begin_edit(ask, self.values["resource"])


class DeclineForm(Form, custom_id="resource:decline:{suggestion}", draft=DECLINE):
    """Why a suggestion is not taken in."""

    needs = Standing.MODERATOR

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Give the form its field, where there is something to decide."""
        async with ask.bot.db.read() as session:
            suggestion = await authorize(session, ask.actor, DECIDE, number_of(self.values["suggestion"]))
        if suggestion.state != WAITING:
            raise decided_already()
        self.title = ask.t("Decline the suggestion")
        self.text(
            "reason",
            ask.t("Why"),
            typed,
            description=ask.t("Whoever suggested it reads this. You may leave it empty."),
            required=False,
            long=True,
            most=REASON_LIMIT,
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Do it once, and say so on the card."""
        reason = clean(str(typed.get("reason") or ""))[:REASON_LIMIT]
        async with ask.bot.db.begin() as session:
            suggestion = await authorize(session, ask.actor, DECIDE, number_of(self.values["suggestion"]))
            by = ask.actor.user_id
            done = await decide(session, suggestion, accepted=False, reason=reason, by=by, now=ask.now)
            if done is None:
                raise decided_already()
            await delete_draft(session, ask.community.id, by, DECLINE, self.subject)
        await _settle(ask, done)
        await ask.answer(ask.t("Declined. Whoever suggested it is told."))


class Stand(Button, custom_id="resource:stand:{community}:{suggestion}"):
    """Shows whoever suggested something what there is of it now."""

    async def pressed(self, ask: Ask) -> None:
        """Show it."""
        async with ask.bot.db.read() as session:
            suggestion = await authorize(session, ask.actor, READ, number_of(self.values["suggestion"]))
            current = await get_resource(session, ask.community.id, suggestion.resource_id or "")
        facts = facts_of(current) if current else suggestion.facts
        await ask.answer(embed=resource_card(ask.t, await areas_of(ask), facts, footer=outcome(ask.t, suggestion)))


def decided_already() -> Refusal:
    """Somebody was faster."""
    return Refusal("Somebody has decided on this already.")


async def _settle(ask: Ask, suggestion: Suggestion) -> None:
    """Take the buttons off the card and say what became of it, for all moderators, wherever it was decided."""
    async with ask.bot.db.read() as session:
        planned = await list_for_subject(session, ask.community.id, subject_of(suggestion.id))
    posted = [(row.channel_id, row.message_id) for row in planned if row.kind == CARD]
    t = texts(ask.community.languages[0])
    card = resource_card(t, await areas_of(ask), suggestion.facts, footer=outcome(t, suggestion))
    source = ask.interaction.message
    for channel_id, message_id in posted:
        if source is not None and source.id == message_id:
            await ask.update(None, shared=True, embeds=[card])
        elif channel_id and message_id:
            channel = ask.bot.get_partial_messageable(channel_id, guild_id=ask.community.id)
            # A card that somebody deleted needs no change.
            with contextlib.suppress(discord.NotFound, discord.Forbidden):
                message = channel.get_partial_message(message_id)
                await message.edit(content=None, embeds=[card], view=None, allowed_mentions=NO_MENTIONS)


def outcome(t: Texts, suggestion: Suggestion) -> str:
    """How a suggestion stands, in a word or two."""
    words = {WAITING: t("Waits for the moderators"), ACCEPTED: t("Accepted"), DECLINED: t("Declined")}
    return words[suggestion.state]


class CardKind:
    """Lays a suggestion before the moderators. Who made it is not said: it counts for nothing."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """The card with its buttons, in the community's first language."""
        suggestion = await get_suggestion(session, delivery.community_id, suggestion_of(delivery))
        community = await get_community(session, delivery.community_id)
        if suggestion is None or community is None:
            return Skip("gone")
        if suggestion.state != WAITING:
            return Skip("decided")
        t = texts(community.languages[0])
        areas = {area.id: area.name for area in await list_key_areas(session)}
        facts = suggestion.facts
        found = await find_in({"title": facts.title, "summary": facts.summary}, Context.WEBINAR, facts.title_language)
        said = [
            t("A member suggests a resource."),
            warning(t, [one for each in found.values() for one in each]),
        ]
        view = row(
            Accept(t("Accept"), style=discord.ButtonStyle.success, suggestion=suggestion.id),
            OpenForm(t("Decline"), style=discord.ButtonStyle.danger, form=f"resource:decline:{suggestion.id}"),
        )
        return Post(view, content="\n".join(filter(None, said)), embeds=[resource_card(t, areas, facts)])

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Nothing more to note."""


class DecisionKind:
    """Tells whoever suggested something what became of it."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """In their language, privately; nothing to someone who is no longer in the server."""
        suggestion = await get_suggestion(session, delivery.community_id, suggestion_of(delivery))
        community = await get_community(session, delivery.community_id)
        guild = bot.get_guild(delivery.community_id)
        if suggestion is None or community is None or guild is None or not suggestion.user_id:
            return Skip("gone")
        if guild.get_member(suggestion.user_id) is None:
            return Skip("gone")
        preference = await get_preference(session, community.id, suggestion.user_id)
        t = texts((preference.language if preference else None) or suggestion.language)
        title, server = one_line(suggestion.facts.title, 200), one_line(community.name, 100)
        if suggestion.state == ACCEPTED:
            text = t(
                "Thank you: “{title}”, which you suggested in {server}, is among the resources now.",
                title=title,
                server=server,
            )
        else:
            text = t(
                "“{title}”, which you suggested in {server}, was not taken into the resources.",
                title=title,
                server=server,
            )
            if suggestion.reason:
                text += "\n" + t("The moderators write: {reason}", reason=plain(suggestion.reason, 700))
        view = row(Stand(t("How it stands"), community=community.id, suggestion=suggestion.id))
        where = community.channel("introductions")
        if where is not None:
            url = f"https://discord.com/channels/{community.id}/{where}"
            view.add_item(discord.ui.Button(label=t("Open the server"), url=url))
        return Post(view, content=text)

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """Nothing more to note."""


def suggestion_of(delivery: Delivery) -> int:
    """Which suggestion a delivery is about."""
    return int(delivery.subject.partition(":")[2])
