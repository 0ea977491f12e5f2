"""Word to an author before a draft goes, and the button that keeps it longer."""

from typing import Any

import discord
from discord.utils import format_dt
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.ask import Ask
from bot.authorize import not_found
from bot.buttons import Button, row
from bot.caution import find_in
from bot.delivery import NothingToNote, Post, Rendered, Skip
from bot.forms import KEEP_DRAFT
from bot.readers import person_of, texts_of
from bot.render import one_line, plain
from cogs.practices import rules
from data.communities import get_community
from data.deliveries import Delivery
from data.drafts import get_draft, save_draft
from data.practices import DRAFT
from data.practices.expiring import EXPIRY, draft_about_to_go
from data.safeguarding import Context


def register(bot: Convenor) -> None:
    """Let this kind be sent."""
    bot.deliveries.register(EXPIRY, ExpiryKind())


class ExpiryKind(NothingToNote):
    """Tells an author that a draft goes in a few days."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        """Unless they have touched it since. A title that may identify somebody is not repeated."""
        number = int(delivery.subject.partition(":")[2])
        draft = await draft_about_to_go(session, delivery.community_id, number, delivery.occurrence)
        community = await get_community(session, delivery.community_id)
        if draft is None or community is None or draft.expires_at <= bot.clock():
            return Skip("changed since")
        t = await texts_of(session, community, person_of(delivery))
        title = rules.written(draft.data, rules.TITLE)
        if not title or await find_in({"title": title}, Context.PRACTICE):
            title = t("Untitled draft")
        text = t(
            "Your draft of a practice, “{title}”, in {server} is kept until {day}; then what you wrote is erased. "
            "Go on with it there with /practice mine, or keep it for another 30 days.",
            title=one_line(title, 200),
            server=plain(community.name, 100),
            day=format_dt(draft.expires_at, "F"),
        )
        view = row(
            KeepDraft(
                t("Keep it 30 days more"),
                style=discord.ButtonStyle.primary,
                community=community.id,
                draft=draft.subject,
            )
        )
        place = community.channel("channel:introductions")
        if place is not None:
            url = f"https://discord.com/channels/{community.id}/{place}"
            view.add_item(discord.ui.Button(label=t("Open the server"), url=url))
        return Post(view, text)

    async def failed(self, session: AsyncSession, delivery: Delivery, reason: str) -> bool:
        """Who accepts no direct messages sees in /practice mine how long each draft is kept; nobody else is told."""
        return True


class KeepDraft(Button, custom_id="practice:keepdraft:{community}:{draft}"):
    """Keeps a draft longer; works in a direct message too."""

    async def pressed(self, ask: Ask) -> None:
        """Save it anew as it is, if it is still there."""
        async with ask.bot.db.begin() as session:
            place: dict[str, Any] = {"kind": DRAFT, "subject": self.values["draft"]}
            draft = await get_draft(session, ask.community.id, ask.actor.user_id, **place, now=ask.now)
            if draft is None:
                raise not_found()
            draft = await save_draft(
                session,
                community_id=ask.community.id,
                user_id=ask.actor.user_id,
                **place,
                data={},
                now=ask.now,
                keep=KEEP_DRAFT,
            )
        await ask.update(ask.t("It is kept until {day}.", day=format_dt(draft.expires_at, "D")))
