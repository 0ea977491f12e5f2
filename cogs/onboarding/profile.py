"""A member's profile, as others see it."""

import discord

from bot.ask import Ask
from bot.authorize import Action, Actor, Standing, authorize, not_found, require
from bot.buttons import Button, known, row
from bot.errors import Refusal
from bot.forms import KEEP_DRAFT, Form
from cogs.onboarding import cards, rules
from data.drafts import get_draft, save_draft
from data.members import LEFT, Member, get_by_user, get_member
from data.members.visibility import ME, MEMBERS, MODERATORS

# The draft in which all of a profile stands while it is changed, and the form of who sees what.
DRAFT, VISIBILITY = "onboarding", "profile:visibility"


def may_see(actor: Actor, member: Member) -> bool:
    """Others see who agreed to it; moderators see everyone who has not left; and everyone sees themselves."""
    if member.user_id == actor.user_id:
        return True
    return (actor.is_member and member.listed) or (actor.is_moderator and member.state != LEFT)


SEE = Action("profile.view", get_member, may_see)
SEE_USER = Action("profile.view", get_by_user, may_see)


def number(text: str) -> int:
    """An id from a button: a row's, or one of Discord's.

    Raises:
        Refusal: nothing can have it; the answer is that of a thing that is gone.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= 19 and int(text) < 2**63):
        raise not_found()
    return int(text)


class SeeProfile(Button, custom_id="profile:see:{member}"):
    """Shows a member's profile to whoever presses."""

    async def pressed(self, ask: Ask) -> None:
        """Show it, privately."""
        async with ask.bot.db.read() as session:
            member = await authorize(session, ask.actor, SEE, number(self.values["member"]))
            facts = await cards.load_facts(session)
        await show(ask, member, facts)


class MyProfile(Button, custom_id="profile:mine"):
    """Shows one's own profile to whoever presses."""

    async def pressed(self, ask: Ask) -> None:
        """Show it, privately."""
        await show_user(ask, None)


async def show_user(ask: Ask, person: discord.Member | discord.User | None) -> None:
    """Show someone's profile, or one's own.

    Raises:
        Refusal: there is none that the reader may see.
    """
    own = person is None or person.id == ask.actor.user_id
    async with ask.bot.db.read() as session:
        if own:
            found = await get_by_user(session, ask.community.id, ask.actor.user_id)
            if found is None:
                raise Refusal("You have no profile yet. /profile edit makes one.")
            member = found
        else:
            require(ask.actor, Standing.MEMBER)
            assert person is not None  # noqa: S101 - else it is one's own
            member = await authorize(session, ask.actor, SEE_USER, person.id)
        facts = await cards.load_facts(session)
    await show(ask, member, facts)


async def show(ask: Ask, member: Member, facts: cards.Facts) -> None:
    """Show a profile, privately."""
    card = cards.profile_card(ask.t, facts, member, to=eyes(ask.actor, member))
    if member.user_id != ask.actor.user_id:
        await ask.answer(embed=card)
        return
    buttons: list[Button] = [Hide(ask.t("Who sees what"))]
    if ask.actor.is_member:
        buttons.append(known("digest:show", ask.t("Weekly digest")))
    await ask.answer(embed=card, view=row(*buttons))


def eyes(actor: Actor, member: Member) -> str:
    """As whom somebody looks at a profile."""
    if member.user_id == actor.user_id:
        return ME
    return MODERATORS if actor.is_moderator else MEMBERS


class Hide(Button, custom_id="profile:hide"):
    """Opens the form in which one says who sees what, filled from one's profile."""

    async def pressed(self, ask: Ask) -> None:
        """Open it."""
        async with ask.bot.db.begin() as session:
            member = await get_by_user(session, ask.community.id, ask.actor.user_id)
            if member is None:
                raise Refusal("You have no profile yet. /profile edit makes one.")
            kept = await get_draft(session, ask.community.id, ask.actor.user_id, DRAFT, now=ask.now)
            if kept is None:
                await save_draft(
                    session,
                    community_id=ask.community.id,
                    user_id=ask.actor.user_id,
                    kind=DRAFT,
                    data=rules.draft_of(member),
                    now=ask.now,
                    keep=KEEP_DRAFT,
                )
        form = Form.find("form:" + VISIBILITY)
        assert form is not None  # noqa: S101 - it is one of ours
        await ask.open(await form.filled(ask))
