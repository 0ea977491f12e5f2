"""Telling how a practice was tried elsewhere: the way from the form to the ledger, and away from it again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Action, Standing, authorize, by_members, not_found
from bot.buttons import Button, row
from bot.errors import Refusal
from bot.forms import KEEP_DRAFT, OpenForm
from bot.languages import Texts, texts
from cogs.practices import cards, ledger, rules, safety
from cogs.practices.drafting import show
from cogs.practices.safety import Doubt
from data import countries
from data.drafts import Draft, delete_draft, get_draft, save_draft
from data.practices import Practice, get_visible
from data.practices.adaptations import (
    ADAPTATION_DRAFT,
    MOST,
    WAITING,
    Adaptation,
    TooManyAdaptationsFault,
    tell,
)

TELL = Action("adaptation.submit", get_visible, by_members)


async def adaptable(ask: Ask, practice_id: str) -> Practice:
    """A practice that this person may tell of.

    Raises:
        Refusal: it is not there any more, or not open to them.
    """
    async with ask.bot.db.read() as session:
        return await authorize(session, ask.actor, TELL, practice_id)


async def typed(ask: Ask, practice_id: str) -> Draft:
    """What they typed so far.

    Raises:
        Refusal: nothing, or it was sent already.
    """
    async with ask.bot.db.read() as session:
        draft = await get_draft(
            session, ask.community.id, ask.actor.user_id, ADAPTATION_DRAFT, practice_id, now=ask.now
        )
    if draft is None:
        raise not_found()
    return draft


async def keep(ask: Ask, practice_id: str, data: Mapping[str, Any], seen: Draft) -> Draft:
    """Lay something over what was typed, if that is still what was looked at."""
    async with ask.bot.db.begin() as session:
        place = (ask.community.id, ask.actor.user_id, ADAPTATION_DRAFT, practice_id)
        now = await get_draft(session, *place, now=ask.now)
        if now is None:
            raise not_found()
        if now.data != seen.data:
            return now
        return await save_draft(
            session,
            community_id=ask.community.id,
            user_id=ask.actor.user_id,
            kind=ADAPTATION_DRAFT,
            subject=practice_id,
            data=data,
            now=ask.now,
            keep=KEEP_DRAFT,
        )


async def doubts_in(data: Mapping[str, Any]) -> list[Doubt]:
    """What was found in what was typed, contested or not."""
    written = {name: rules.written(data, field) for name, field in ledger.FIELDS.items()}
    return await safety.doubts_of(written, None, safety.contests_in(data), ledger.FIELDS)


async def doubts_of(adaptation: Adaptation) -> list[Doubt]:
    """What is found in an adaptation that was sent, contested or not: for moderators."""
    written = {name: str(getattr(adaptation, name)) for name in ledger.FIELDS}
    return await safety.doubts_of(written, adaptation.language, adaptation.contested, ledger.FIELDS)


async def go_on(ask: Ask, practice: Practice, draft: Draft) -> None:
    """Say what may identify a person in it; else show it as it will appear."""
    fault = ledger.fault(draft.data)
    if fault is not None:
        raise fault
    doubts = await doubts_in(draft.data)
    if safety.still_open(doubts):
        await _show_doubts(ask, practice, safety.still_open(doubts))
        return
    t, telling = ask.t, ledger.telling_of(draft.data)
    where = (
        t("It goes into the discussion of “{title}”, without your name.", title=cards.shown_title(t, practice))
        if practice.thread_id is not None
        else t("It is listed with “{title}”, without your name.", title=cards.shown_title(t, practice))
    )
    text = [t("This is how it will appear. Nothing is sent yet."), where]
    if doubts:
        text.append(t("A moderator looks at it first, because of what you say identifies nobody."))
    view = row(
        SendAdaptation(t("Send it"), style=discord.ButtonStyle.success, practice=practice.id),
        OpenForm(t("Change it"), form=f"practice:adapt:{practice.id}"),
        DropAdaptation(t("Discard"), style=discord.ButtonStyle.danger, practice=practice.id),
    )
    await show(ask, "\n".join(text), embeds=[ledger.adaptation_card(texts(telling.language), telling)], view=view)


async def _show_doubts(ask: Ask, practice: Practice, doubts: list[Doubt]) -> None:
    t = ask.t
    text = [
        t("**Please look at this before you go on:** these passages may tell who a person is, or which case it is."),
        t("What you wrote is kept for you alone until you change or discard it. As it is, it cannot be sent."),
    ]
    view = row(
        OpenForm(t("Change it"), style=discord.ButtonStyle.primary, form=f"practice:adapt:{practice.id}"),
        SaferAdaptation(t("Use the safer wording"), style=discord.ButtonStyle.success, practice=practice.id),
        OpenForm(t("It identifies nobody"), form=f"practice:adaptcontest:{practice.id}"),
    )
    await show(ask, "\n\n".join(text), embeds=[cards.doubts_card(t, doubts)], view=view)


class SaferAdaptation(Button, custom_id="practice:adaptsafer:{practice}"):
    """Puts the safer wording in place of what was found."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Reword what nobody contested, and go on; where it does not fit, the author has to."""
        practice = await adaptable(ask, self.values["practice"])
        draft = await typed(ask, practice.id)
        doubts = safety.still_open(await doubts_in(draft.data))
        changed = safety.reworded(draft.data, doubts, ledger.FIELDS)
        for name, text in changed.items():
            fault = rules.length_fault(ledger.FIELDS[name], text)
            if fault is not None:
                raise fault
        await go_on(ask, practice, await keep(ask, practice.id, changed, draft) if changed else draft)


class SendAdaptation(Button, custom_id="practice:adaptsend:{practice}"):
    """Sends what was typed."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Send it once, as it is kept now."""
        practice = await adaptable(ask, self.values["practice"])
        seen = await typed(ask, practice.id)
        doubts = await doubts_in(seen.data)
        if ledger.fault(seen.data) is not None or safety.still_open(doubts):
            await go_on(ask, practice, seen)
            return
        contested = safety.used(safety.contests_in(seen.data), doubts)
        telling = replace(ledger.telling_of(seen.data), contested=contested)
        place = (ask.community.id, ask.actor.user_id, ADAPTATION_DRAFT, practice.id)
        made: Adaptation | None = None
        async with ask.bot.db.begin() as session:
            # It may have been withdrawn, and what was typed may have changed, since it was looked at.
            practice = await authorize(session, ask.actor, TELL, practice.id)
            now = await get_draft(session, *place, now=ask.now)
            if now is not None and now.data == seen.data:
                try:
                    made = await tell(
                        session,
                        practice,
                        community_id=ask.community.id,
                        author_id=ask.actor.user_id,
                        telling=telling,
                        now=ask.now,
                    )
                except TooManyAdaptationsFault:
                    raise Refusal(
                        "You told of {n} adaptations within a day, as many as anybody can. What you wrote is kept.",
                        n=MOST,
                    ) from None
        if made is None:
            if now is None:
                raise not_found()
            await go_on(ask, practice, now)
            return
        await show(ask, _thanks(ask.t, made, practice))


def _thanks(t: Texts, made: Adaptation, practice: Practice) -> str:
    if made.state == WAITING:
        return t("Thank you. A moderator looks at it before others see it. /practice mine shows how it stands.")
    if practice.thread_id is None:
        return t("Thank you. It is listed with the practice. You can take it back with /practice mine.")
    return t(
        "Thank you. It will appear in {thread} shortly. You can take it back with /practice mine.",
        thread=f"<#{practice.thread_id}>",
    )


class DropAdaptation(Button, custom_id="practice:adaptdrop:{practice}"):
    """Forgets what was typed."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Forget it."""
        async with ask.bot.db.begin() as session:
            gone = await delete_draft(
                session, ask.community.id, ask.actor.user_id, ADAPTATION_DRAFT, self.values["practice"]
            )
        if not gone:
            raise not_found()
        await show(ask, ask.t("The draft is discarded."))


def country_typed(ask: Ask, code: str | None) -> str:
    """A country as people type it."""
    return countries.name(code, ask.t.language) if code else ""
