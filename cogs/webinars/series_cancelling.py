"""Cancelling several dates of a series at once: never silently, and only those that were shown."""

import hashlib
from collections.abc import Sequence

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ask import Ask
from bot.authorize import Standing, authorize, not_found
from bot.buttons import Button
from bot.errors import Refusal
from bot.render import one_line
from cogs.webinars.cancelling import CANCEL_DRAFT
from cogs.webinars.keys import closed, key_of
from cogs.webinars.series_cards import place_text
from cogs.webinars.series_scope import SCOPES, in_scope, scopes
from cogs.webinars.views import CANCEL
from data.drafts import delete_draft, get_draft
from data.webinars import Webinar
from data.webinars.series import occurrence_of, occurrences_of_series, webinars_of_series
from data.webinars.series_changing import ChangedMeanwhile, cancel_series


class CancelWider(Button, custom_id="webinar:series:cancel:{webinar}:{scope}:{digest}"):
    """Cancels several dates of a series for good."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Cancel those that were shown, once, and say what happens now."""
        key, scope, user_id = key_of(self.values["webinar"]), self.values["scope"], ask.actor.user_id
        try:
            async with ask.bot.db.read() as session:
                webinar, _ = await _shown(session, ask, key, scope, self.values["digest"])
            # Many dates take a moment; who may not do this was told so above.
            await ask.defer(thinking=False)
            async with ask.bot.db.begin() as session:
                webinar, targets = await _shown(session, ask, key, scope, self.values["digest"])
                draft = await get_draft(session, ask.community.id, user_id, CANCEL_DRAFT, str(key), now=ask.now)
                done = await cancel_series(
                    session,
                    ask.community.id,
                    [(one.id, one.version) for one in targets],
                    reason=str(draft.data.get("reason", "")) if draft else "",
                    by=user_id,
                    now=ask.now,
                )
                await delete_draft(session, ask.community.id, user_id, CANCEL_DRAFT, str(key))
        except ChangedMeanwhile:
            raise Refusal("It has changed meanwhile. Look at it again.") from None
        t = ask.t
        cancelled = t.plural(
            "Cancelled: “{title}”, {n} date.",
            "Cancelled: “{title}”, {n} dates.",
            len(done.webinars),
            title=one_line(webinar.title, 200),
        )
        told = t.plural(
            "{n} person who was going is told directly.", "{n} people who were going are told directly.", done.told
        )
        await ask.update(f"{cancelled} {told}")


async def _shown(session: AsyncSession, ask: Ask, key: int, scope: str, shown: str) -> tuple[Webinar, list[Webinar]]:
    """The webinar that a moderator looked at, and all that are to be cancelled, as they are now.

    Raises:
        Refusal: there is no such webinar here, it can be cancelled no more, is of no series, or the scope is none.
        ChangedMeanwhile: they are not those that were shown.
    """
    webinar = await authorize(session, ask.actor, CANCEL, key)
    if webinar.cancelled or webinar.ends_at <= ask.now:
        raise closed(webinar)
    place = await occurrence_of(session, ask.community.id, webinar.id)
    if place is None or scope not in SCOPES:
        raise not_found()
    several = await webinars_of_series(session, ask.community.id, place.series_id)
    places = await occurrences_of_series(session, ask.community.id, place.series_id)
    numbered = {one.webinar_id: one for one in places}
    targets = [webinar, *in_scope(webinar, numbered, several, scope, ask.now)]
    if digest(targets) != shown:
        raise ChangedMeanwhile
    return webinar, targets


def digest(targets: Sequence[Webinar]) -> str:
    """Eight figures that change with what would be cancelled: a question is good for what it showed only."""
    return hashlib.sha256(repr([(one.id, one.version) for one in targets]).encode()).hexdigest()[:8]


async def cancel_wider(ask: Ask, webinar: Webinar) -> tuple[str, list[CancelWider]]:
    """What to add to the question whether a webinar is to be cancelled, where it is one of a series.

    Returns:
        A line that says so, and a button for each further choice of dates; an empty line where it is single.
    """
    found = await scopes(ask, webinar)
    async with ask.bot.db.read() as session:
        place = await occurrence_of(session, ask.community.id, webinar.id)
        if place is None:
            return "", []
        several = await webinars_of_series(session, ask.community.id, place.series_id)
        places = await occurrences_of_series(session, ask.community.id, place.series_id)
    numbered = {one.webinar_id: one for one in places}
    buttons: list[CancelWider] = []
    for scope, said, _ in found:
        targets = [webinar, *in_scope(webinar, numbered, several, scope, ask.now)]
        buttons.append(
            CancelWider(said, style=discord.ButtonStyle.danger, webinar=webinar.id, scope=scope, digest=digest(targets))
        )
    return ask.t("{series}. Which dates do you cancel?", series=place_text(ask.t, place)), buttons
