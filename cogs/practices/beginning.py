"""Beginning a practice: a new draft, or the one that was left."""

from collections.abc import Mapping
from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Standing
from bot.buttons import Button, row
from bot.errors import Refusal
from bot.forms import KEEP_DRAFT
from cogs.practices import cards, rules
from cogs.practices.drafting import Continue, form_button, show
from data import countries
from data.drafts import Draft, list_drafts, save_draft
from data.practices import DRAFT


async def begin(ask: Ask, country: str | None, typed: Mapping[str, Any] | None = None, note: str = "") -> None:
    """Offer the first form of a new draft, with the one sentence that comes before every question.

    Args:
        ask: who begins.
        country: the code of the country it is about, if they have said.
        typed: what they have written elsewhere already, by field.
        note: what to say of that.
    """
    async with ask.bot.db.read() as session:
        drafts = await list_drafts(session, ask.community.id, ask.actor.user_id, now=ask.now, kind=DRAFT)
    if len(drafts) >= rules.MOST_DRAFTS:
        raise Refusal("You have {n} unfinished drafts. Finish or discard one first: /practice mine", n=len(drafts))
    token = rules.new_token()
    known = {**(typed or {}), **({rules.COUNTRY.name: country} if country else {})}
    if known:
        async with ask.bot.db.begin() as session:
            await save_draft(
                session,
                community_id=ask.community.id,
                user_id=ask.actor.user_id,
                kind=DRAFT,
                subject=token,
                data=known,
                now=ask.now,
                keep=KEEP_DRAFT,
            )
    text = "\n\n".join(
        (
            ask.t(
                "**Before you begin:** write no names and no details of a case, nothing that could identify a survivor."
            ),
            ask.t(
                "There are four short forms. Each is saved when you send it; go on at any time with /practice share."
            ),
            *([note] if note else []),
        )
    )
    await show(ask, text, view=row(form_button(ask.t("Begin"), "basics", token)))


async def offer(ask: Ask, drafts: list[Draft], country: str | None) -> None:
    """There is an unfinished draft: go on with it, or start anew?"""
    newest = drafts[0]
    count = ask.t.plural("You have {n} unfinished draft.", "You have {n} unfinished drafts.", len(drafts))
    if len(drafts) > 1:
        count += " " + ask.t("This is the newest; /practice mine shows all.")
    await show(
        ask,
        count,
        embeds=[cards.draft_card(ask.t, newest)],
        view=row(
            Continue(ask.t("Continue"), style=discord.ButtonStyle.primary, draft=newest.subject),
            Anew(ask.t("Begin another draft"), country=country or ""),
        ),
    )


class Anew(Button, custom_id="practice:anew:{country}"):
    """Begins another draft; the unfinished ones stay."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Offer the first form."""
        code = countries.find(self.values["country"])
        await begin(ask, countries.name(code, ask.t.language) if code else None)
