"""Cancelling a webinar: never silently, and asked about once more."""

import discord

from bot.ask import Ask
from bot.authorize import Standing, authorize
from bot.buttons import Button, row
from bot.errors import Refusal
from bot.forms import KEEP_DRAFT
from bot.render import one_line
from cogs.webinars import rules
from cogs.webinars.cards import moment_text
from cogs.webinars.views import CANCEL, closed, key_of
from data import webinars
from data.drafts import delete_draft, get_draft, save_draft

CANCEL_DRAFT = "webinar.cancel"


class ConfirmCancel(Button, custom_id="webinar:cancel:{webinar}:{version}"):
    """Cancels a webinar for good."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Cancel it, once, and say what happens now."""
        key, version = key_of(self.values["webinar"]), key_of(self.values["version"])
        user_id = ask.actor.user_id
        async with ask.bot.db.begin() as session:
            webinar = await authorize(session, ask.actor, CANCEL, key)
            if webinar.cancelled or webinar.ends_at <= ask.now:
                raise closed(webinar)
            draft = await get_draft(session, ask.community.id, user_id, CANCEL_DRAFT, str(key), now=ask.now)
            reason = str(draft.data.get("reason", "")) if draft else ""
            done = await webinars.cancel(
                session, ask.community.id, key, version=version, reason=reason, by=user_id, now=ask.now
            )
            if done is None:
                raise Refusal("It has changed meanwhile. Look at it again.")
            await delete_draft(session, ask.community.id, user_id, CANCEL_DRAFT, str(key))
            going = len(await webinars.users_going(session, key))
        await ask.update(
            ask.t.plural(
                "Cancelled: “{title}”. {n} person who was going is told directly.",
                "Cancelled: “{title}”. {n} people who were going are told directly.",
                going,
                title=one_line(done.title, 200),
            )
        )


async def ask_to_cancel(ask: Ask, key: int, reason: str) -> None:
    """Say what cancelling does, and ask once more.

    Raises:
        Refusal: there is no such webinar here, it was cancelled, is over, or the reason is too long.
    """
    t, why = ask.t, rules.one_line(reason)
    if len(why) > rules.REASON_LIMIT:
        raise Refusal("The reason is too long: {limit} characters at most.", limit=rules.REASON_LIMIT)
    async with ask.bot.db.begin() as session:
        found = await authorize(session, ask.actor, CANCEL, key)
        if found.cancelled or found.ends_at <= ask.now:
            raise closed(found)
        if found.link:
            rules.keep_private(found.link, (why,))
        going = len(await webinars.users_going(session, key))
        await save_draft(
            session,
            community_id=ask.community.id,
            user_id=ask.actor.user_id,
            kind=CANCEL_DRAFT,
            subject=str(key),
            data={"reason": why},
            now=ask.now,
            keep=KEEP_DRAFT,
        )
    lines = [
        t("Cancel “{title}”?", title=f"**{one_line(found.title, 200)}**"),
        moment_text(found.starts_at),
        t("The announcement will say so, a notice is posted, and nothing reminds of it any more."),
        t.plural("{n} person who is going is told directly.", "{n} people who are going are told directly.", going),
    ]
    if why:
        lines.append(t("Why: {reason}", reason=one_line(why, 700)))
    from cogs.webinars.series_cancelling import cancel_wider  # it builds on what is here

    line, wider = await cancel_wider(ask, found)
    confirm = ConfirmCancel(
        t("This date only") if line else t("Cancel this webinar"),
        style=discord.ButtonStyle.danger,
        webinar=key,
        version=found.version,
    )
    lines += [line] if line else []
    await ask.answer("\n".join(lines), view=row(confirm, *wider))
