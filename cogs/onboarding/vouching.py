"""Vouching for people: focal points for those of their country, moderators for everyone, nobody for themselves."""

from datetime import timedelta
from typing import Any

import discord
from discord.utils import format_dt

from bot.ask import Ask
from bot.authorize import Action, Standing, authorize, by_anyone, not_found
from bot.buttons import Button, row
from bot.errors import Refusal
from bot.languages import Texts
from bot.render import ACCENT, one_line
from cogs.onboarding import cards
from cogs.onboarding.desk import refresh_cards
from cogs.onboarding.profile import number
from data.members import (
    APPROVED,
    DECLINED,
    LAPSED,
    LEFT,
    Member,
    attest,
    end_focal_point,
    focal_points,
    get_by_user,
    get_member,
    may_vouch,
    name_focal_point,
    planning,
    valid_attestation,
    visible,
)
from data.members.visibility import DECIDING

LOAD = Action("onboarding.vouch", get_member, by_anyone)
MONTH = timedelta(days=30)


class Vouch(Button, custom_id="onboarding:vouch:{community}:{member}"):
    """Says that one knows a person and that they speak for whom they say. Works in a direct message too."""

    async def pressed(self, ask: Ask) -> None:
        """Note it."""
        await say(ask, number(self.values["member"]), vouches=True)


class Unknown(Button, custom_id="onboarding:unknown:{community}:{member}"):
    """Says that one does not know a person."""

    async def pressed(self, ask: Ask) -> None:
        """Note it: the moderators see it, the person does not."""
        await say(ask, number(self.values["member"]), vouches=False)


async def say(ask: Ask, member_id: int, *, vouches: bool) -> None:
    """Note somebody's word about a person.

    Raises:
        Refusal: it is not theirs to give.
    """
    t = ask.t
    async with ask.bot.db.begin() as session:
        member = await authorize(session, ask.actor, LOAD, member_id)
        as_focal_point = ask.actor.is_member and await may_vouch(session, member, ask.actor.user_id, ask.now)
        if member.state in (LEFT, DECLINED) or not (as_focal_point or ask.actor.is_moderator):
            raise not_found()
        if member.user_id == ask.actor.user_id:
            raise Refusal("Nobody vouches for themselves.")
        member = await attest(
            session,
            member,
            by=ask.actor.user_id,
            as_focal_point=as_focal_point,
            vouches=vouches,
            keep=timedelta(days=ask.bot.settings.attestation_days),
            now=ask.now,
        )
        word = await valid_attestation(session, member.id, ask.now)
    name = one_line(member.name, 100)
    if not vouches or word is None:
        text = t("Noted: you do not know {name}. Only the moderators see this.", name=name)
    else:
        text = t("Thank you. You vouch for {name} until {day}.", name=name, day=format_dt(word.expires_at, "D"))
    await ask.answer(text)
    await refresh_cards(ask.bot, member)


def vouching_buttons(t: Texts, member: Member) -> discord.ui.View:
    """The two words one can say about a person."""
    community, member_id = member.community_id, member.id
    return row(
        Vouch(t("I vouch for this person"), style=discord.ButtonStyle.success, community=community, member=member_id),
        Unknown(t("I do not know them"), community=community, member=member_id),
    )


def asking_card(t: Texts, member: Member) -> discord.Embed:
    """What somebody who may vouch has to know: who, from where, in which post. Not what they offer or look for."""
    member = visible(member, DECIDING)
    card = discord.Embed(title=t("Do you know this person?"), colour=ACCENT)
    card.description = f"**{one_line(member.name, 200)}** · <@{member.user_id}>"
    card.add_field(name=t("Country"), value=cards.country_name(t, member.country))
    card.add_field(name=t("Organisation"), value=one_line(member.organisation, 300), inline=False)
    card.add_field(name=t("Role or title"), value=one_line(member.role, 300), inline=False)
    card.set_footer(text=t("Vouch only for someone whom you know to hold this post."))
    return card


# Focal points --------------------------------------------------------------------------------------------------------


async def name(ask: Ask, person: discord.Member | discord.User, months: int) -> None:
    """Make a member a focal point of their country.

    Raises:
        Refusal: they are no member, or of no country.
    """
    t = ask.t
    until = ask.now + months * MONTH
    async with ask.bot.db.begin() as session:
        member = await get_by_user(session, ask.community.id, person.id)
        shown = one_line(person.display_name, 100)
        # Not while the moderators look at another country of theirs.
        if member is None or member.state != APPROVED or member.country is None:
            raise Refusal("{name} must be a member for a country first.", name=shown)
        if member.user_id == ask.actor.user_id:
            raise Refusal("Nobody names themselves. Another moderator has to.")
        await name_focal_point(session, member, until=until, by=ask.actor.user_id, now=ask.now)
        # Whoever may vouch for others is vouched for themselves, by whoever names them.
        await attest(
            session,
            member,
            by=ask.actor.user_id,
            as_focal_point=False,
            vouches=True,
            keep=timedelta(days=ask.bot.settings.attestation_days),
            now=ask.now,
        )
    await ask.answer(
        t(
            "{name} is a focal point of {country} until {day}, and is asked whenever someone from there wants to join.",
            name=shown,
            country=cards.country_name(t, member.country),
            day=format_dt(until, "D"),
        )
    )


class End(Button, custom_id="onboarding:focal:end:{number}"):
    """Ends somebody's time as a focal point."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """End it, and show who is left."""
        async with ask.bot.db.begin() as session:
            found = number(self.values["number"])
            if not await end_focal_point(session, ask.community.id, found, by=ask.actor.user_id, now=ask.now):
                raise not_found()
        await ask.update(**await listing(ask))


async def listing(ask: Ask) -> dict[str, Any]:
    """The focal points, as the parts of a message."""
    t = ask.t
    async with ask.bot.db.read() as session:
        found = await focal_points(session, ask.community.id, ask.now)
    if not found:
        return {"content": t("There are no focal points. /onboarding focalpoint names one."), "view": None}
    lines = [
        f"- {cards.country_name(t, one.country)} · <@{one.user_id}> · "
        + t("until {day}", day=format_dt(one.until, "D"))
        for one in found
    ]
    card = discord.Embed(title=t("Focal points"), description="\n".join(lines)[:4000], colour=ACCENT)
    buttons = [
        End(t("End: {name}", name=f"{cards.country_name(t, one.country)} {index}")[:80], number=one.id)
        for index, one in enumerate(found[:20], 1)
    ]
    return {"embeds": [card], "view": row(*buttons)}


# Renewing ------------------------------------------------------------------------------------------------------------


class AskAgain(Button, custom_id="onboarding:again:{community}"):
    """Asks to be vouched for again. Works in a direct message too."""

    async def pressed(self, ask: Ask) -> None:
        """Lay it before the focal points and the moderators, once a day at most."""
        async with ask.bot.db.begin() as session:
            member = await get_by_user(session, ask.community.id, ask.actor.user_id)
            if member is None or (member.state != LAPSED and not member.admitted):
                raise not_found()
            await planning.plan_asking_again(session, member, now=ask.now)
        await ask.answer(ask.t("The focal points of your country and the moderators are asked to confirm your post."))
