"""What a person does to become a member, or to change their profile: the form in two parts, looked over, then sent.

All of it stands in one draft of kind `onboarding`, saved at each step; so it can be left and taken up again anywhere.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ask import Ask
from bot.buttons import Button, Select, row
from bot.caution import find_in, warning
from bot.errors import Refusal
from bot.forms import KEEP_DRAFT, Form, OpenForm
from bot.render import label, one_line
from cogs.onboarding import cards, rules, standing
from cogs.onboarding.desk import refresh_cards
from cogs.onboarding.profile import DRAFT, VISIBILITY
from cogs.onboarding.rules import UnknownCountry
from cogs.onboarding.vouching import AskAgain
from data import countries
from data.digests import follow_zone
from data.drafts import delete_draft, get_draft, save_draft
from data.members import (
    DECLINED,
    LAPSED,
    NOTICE_VERSION,
    PENDING,
    Member,
    focal_points,
    get_by_user,
    planning,
    submit_member,
    update_profile,
)
from data.safeguarding import Context

WHO, WORK = "onboarding:who", "onboarding:work"
SUGGESTIONS = 10


# From step to step ---------------------------------------------------------------------------------------------------


async def show(ask: Ask, content: str | None = None, **message: Any) -> None:
    """Answer in place of the person's own last message, so that steps do not pile up; else beneath it."""
    source = ask.interaction.message
    if source is not None and source.flags.ephemeral:
        await ask.update(content, **message)
    else:
        await ask.answer(content, **message)


async def kept(ask: Ask) -> dict[str, Any]:
    """What the person has typed so far."""
    async with ask.bot.db.read() as session:
        draft = await get_draft(session, ask.community.id, ask.actor.user_id, DRAFT, now=ask.now)
    return dict(draft.data) if draft else {}


async def keep(ask: Ask, data: Mapping[str, Any]) -> None:
    """Lay something over what was typed so far."""
    async with ask.bot.db.begin() as session:
        await save_draft(
            session,
            community_id=ask.community.id,
            user_id=ask.actor.user_id,
            kind=DRAFT,
            data=data,
            now=ask.now,
            keep=KEEP_DRAFT,
        )


async def open_form(ask: Ask) -> None:
    """Show the first part of the form. Must be the first answer."""
    first = Form.find("form:" + WHO)
    assert first is not None  # noqa: S101 - it is one of ours
    await ask.open(await type(first).make(ask))


async def begin(ask: Ask, *, country: str | None = None) -> None:
    """Open the form where it was left; of someone who has a profile, filled with it.

    Args:
        ask: who wants it.
        country: a code, a name, or whatever was typed for it in the command.
    """
    draft = await kept(ask)
    if not draft:
        async with ask.bot.db.read() as session:
            member = await get_by_user(session, ask.community.id, ask.actor.user_id)
        draft = rules.draft_of(member) if member else {}
    if country is not None:
        draft["country"] = country
    if draft:
        await keep(ask, draft)
    await proceed(ask)


async def proceed(ask: Ask, *, refuse: bool = False) -> None:
    """Show what comes next: the part that is missing, or all of it to look over.

    Args:
        ask: whose form.
        refuse: tell what is wrong with the first part, rather than open it; a form cannot answer a form.
    """
    draft = await kept(ask)
    t = ask.t
    try:
        who = rules.read_who(draft, countries.find)
    except UnknownCountry as unknown:
        await ask_country(ask, unknown.typed)
        return
    except Refusal:
        if refuse:
            raise
        await open_form(ask)
        return
    if not rules.is_done(partial(rules.read_work, draft)):
        await show(
            ask,
            t("The first part is saved. There is one more; you can also go on later: press the same button again."),
            view=row(
                OpenForm(t("Continue"), style=discord.ButtonStyle.primary, form=WORK),
                OpenForm(t("Change the first part"), form=WHO),
            ),
        )
        return
    hidden = rules.read_hidden(draft)
    profile = rules.profile_of(who, rules.read_work(draft), name=name_of(ask), language=t.language, hidden=hidden)
    async with ask.bot.db.read() as session:
        facts = await cards.load_facts(session)
        member = await get_by_user(session, ask.community.id, ask.actor.user_id)
    buttons: list[Button] = [
        Send(t("Save") if member and member.admitted else t("Send"), style=discord.ButtonStyle.success),
        OpenForm(t("Change: who you are"), form=WHO),
        OpenForm(t("Change: what you work on"), form=WORK),
        OpenForm(t("Who sees what"), form=VISIBILITY),
    ]
    if member is not None and member.admitted:
        buttons.append(Discard(t("Discard the changes")))
    written = {"role": profile.role, "offers": profile.offers, "seeks": profile.seeks}
    found = await find_in(written, Context.PROFILE)
    said = warning(t, [finding for findings in found.values() for finding in findings])
    await show(
        ask,
        said or None,
        embeds=[cards.summary_card(t, facts, profile, kept_days=ask.bot.settings.keep_left_days)],
        view=row(*buttons),
    )


async def ask_country(ask: Ask, typed: str) -> None:
    """No country has that name: offer those that are near."""
    t = ask.t
    near = countries.suggest(typed, t.language, SUGGESTIONS)
    view = discord.ui.View(timeout=None)
    if near:
        options = [discord.SelectOption(label=label(countries.name(code, t.language)), value=code) for code in near]
        view.add_item(PickCountry(options, placeholder=t("Did you mean one of these?")))
    view.add_item(OpenForm(t("Type it again"), style=discord.ButtonStyle.primary, form=WHO))
    sentence = t(
        "We know no country called “{typed}”. All else you typed is kept.", typed=one_line(typed, rules.COUNTRY_LIMIT)
    )
    await show(ask, sentence, view=view)


def name_of(ask: Ask) -> str:
    """The person's name, as it is kept."""
    return rules.shown_name(ask.interaction.user.display_name, ask.interaction.user.name)


class PickCountry(Select, custom_id="onboarding:country"):
    """Countries near to what was typed."""

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Take it, and go on."""
        code = countries.find(options[0]) if options else None
        if code is None:
            raise Refusal("That value does not fit here. Choose one from the list.")
        await keep(ask, {"country": code})
        await proceed(ask)


class Send(Button, custom_id="onboarding:send"):
    """Sends the form, or saves the profile of someone who is a member already."""

    async def pressed(self, ask: Ask) -> None:
        """Do it once, however often it is pressed."""
        draft = await kept(ask)
        if not draft:
            await stand(ask)
            return
        try:
            profile = rules.profile_of(
                rules.read_who(draft, countries.find),
                rules.read_work(draft),
                name=name_of(ask),
                language=ask.t.language,
                hidden=rules.read_hidden(draft),
            )
        except (Refusal, UnknownCountry):
            await proceed(ask)
            return
        odd = rules.odd_in(draft) or rules.has_odd_characters(ask.interaction.user.display_name)
        async with ask.bot.db.begin() as session:
            # Of two presses at once, one finds the draft.
            first = await delete_draft(session, ask.community.id, ask.actor.user_id, DRAFT)
            before = await get_by_user(session, ask.community.id, ask.actor.user_id) if first else None
            member: Member | None = None
            if before is not None and before.admitted:
                member = await update_profile(
                    session,
                    before,
                    profile,
                    review=rules.needs_review(before, profile),
                    notice_version=NOTICE_VERSION,
                    now=ask.now,
                )
                if member is None:
                    raise Refusal("Your profile has just changed elsewhere. Please look at it again, then save.")
                await planning.plan_update(session, before, member, odd=odd, now=ask.now)
                await follow_zone(session, ask.community, ask.actor.user_id, ask.now)
                if member.in_review:
                    await ask_focal_points(session, member, ask.now)
            elif first:
                member = await submit_member(
                    session, ask.community.id, ask.actor.user_id, profile, notice_version=NOTICE_VERSION, now=ask.now
                )
                await planning.plan_card(session, member, odd=odd, now=ask.now)
                await ask_focal_points(session, member, ask.now)
        await stand(ask, saved=True)
        if before is not None and member is not None:
            await refresh_cards(ask.bot, member)


async def ask_focal_points(session: AsyncSession, member: Member, now: datetime) -> None:
    """Ask those who speak for the person's country whether they know them."""
    if member.country is not None:
        knowing = await focal_points(session, member.community_id, now, country=member.country)
        users = [one.user_id for one in knowing if one.user_id != member.user_id]
        await planning.plan_vouching(session, member, users, now=now)


class Discard(Button, custom_id="onboarding:discard"):
    """Forgets changes to a profile that were not saved."""

    async def pressed(self, ask: Ask) -> None:
        """Forget them."""
        async with ask.bot.db.begin() as session:
            await delete_draft(session, ask.community.id, ask.actor.user_id, DRAFT)
        await show(ask, ask.t("The changes are discarded. Your profile is as it was."))


# Where they stand ----------------------------------------------------------------------------------------------------


class Edit(Button, custom_id="profile:edit"):
    """Opens one's own profile to change it, or the request that one sent."""

    async def pressed(self, ask: Ask) -> None:
        """Open the form."""
        await begin(ask)


async def stand(ask: Ask, *, saved: bool = False) -> None:
    """Say where the person stands, with a way on.

    Args:
        ask: who asks.
        saved: they have just sent something.
    """
    async with ask.bot.db.read() as session:
        member = await get_by_user(session, ask.community.id, ask.actor.user_id)
    t = ask.t
    if member is None:
        await open_form(ask)
        return
    if member.state == DECLINED:
        await show(
            ask,
            standing.declined_text(t, member),
            view=row(Edit(t("Correct and send again"), style=discord.ButtonStyle.primary)),
        )
        return
    if member.state == LAPSED:
        again = AskAgain(t("Ask to be confirmed"), style=discord.ButtonStyle.primary, community=ask.community.id)
        await show(ask, standing.standing_text(t, member, saved=saved), view=row(again))
        return
    if member.state == PENDING and member.question and not member.answer:
        reply = OpenForm(t("Answer"), style=discord.ButtonStyle.primary, form=f"onboarding:answer:{ask.community.id}")
        await show(ask, standing.standing_text(t, member, saved=saved), view=row(reply))
        return
    view = row(Edit(t("Change my profile") if member.admitted else t("Change what I sent")))
    await show(ask, standing.standing_text(t, member, saved=saved), view=view)
