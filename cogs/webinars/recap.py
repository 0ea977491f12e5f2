"""What was said at a webinar, written by a moderator for those who missed it."""

from collections.abc import Mapping
from typing import Any, Self

import discord

from bot.ask import Ask
from bot.authorize import Action, Standing, authorize, by_moderators, not_found
from bot.buttons import Button, row
from bot.caution import find_in, warning
from bot.errors import Refusal
from bot.forms import Form, OpenForm, Typed
from bot.render import clean, one_line, plain
from cogs.webinars import rules
from cogs.webinars.cards import moment_text
from cogs.webinars.keys import closed, key_of
from data import webinars
from data.drafts import delete_draft, get_draft
from data.safeguarding import Context
from data.webinars import Webinar
from data.webinars.recaps import Recap, get_recap, write_recap

WRITE = Action("webinar.recap", webinars.get, by_moderators)

DRAFT = "webinar.recap"
RECAP_LIMIT = 2000
# The field of a draft that says which version of the recap its writer had seen.
SEEN = "seen"


class RecapForm(Form, custom_id="webinar:recap:{webinar}:{version}", draft=DRAFT):
    """The recap, in any language or several."""

    needs = Standing.MODERATOR

    @property
    def subject(self) -> str:
        """A moderator has one draft for each webinar, whatever was written meanwhile."""
        return self.values["webinar"]

    def kept(self, ask: Ask, typed: Typed) -> Typed:
        """Note which recap the moderator had seen."""
        return {**typed, SEEN: self.values["version"]}

    async def filled(self, ask: Ask, typed: Mapping[str, Any] | None = None) -> Self:
        """The form with the recap as it is now, and what the moderator typed already, also before somebody else did.

        Raises:
            Refusal: there is no such webinar here, it was cancelled, or has not begun.
        """
        key = key_of(self.values["webinar"])
        async with ask.bot.db.read() as session:
            check_begun(ask, await authorize(session, ask.actor, WRITE, key))
            recap = await get_recap(session, key)
        current = type(self)(webinar=key, version=recap.version if recap else 0)
        return await super(RecapForm, current).filled(ask, {"recap": recap.text} if recap else {})

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Give the form its field."""
        t = ask.t
        self.title = t("Recap")
        self.text(
            "recap",
            t("What was said, in short"),
            typed,
            description=t("All members will read it. Any language. No names of survivors, nothing about a case."),
            long=True,
            most=RECAP_LIMIT,
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Keep it and have it posted, once; first say what in it may identify a person."""
        text = text_of(typed)
        key, version = key_of(self.values["webinar"]), key_of(self.values["version"])
        async with ask.bot.db.read() as session:
            webinar = await authorize(session, ask.actor, WRITE, key)
        check_begun(ask, webinar)
        found = (await find_in({"recap": text}, Context.WEBINAR)).get("recap", ())
        if found:
            change = self.custom_id.removeprefix("form:")
            view = row(
                PostRecap(ask.t("Post it: it identifies nobody"), webinar=key, version=version),
                OpenForm(ask.t("Change it"), style=discord.ButtonStyle.primary, form=change),
            )
            await ask.answer(warning(ask.t, found), view=view)
            return
        await post_recap(ask, key, version, text)


class PostRecap(Button, custom_id="webinar:recapnow:{webinar}:{version}"):
    """Posts a recap in which something was found that identifies nobody."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Post what the draft says, where it is still about the recap that its writer had seen."""
        key, version = key_of(self.values["webinar"]), key_of(self.values["version"])
        async with ask.bot.db.read() as session:
            await authorize(session, ask.actor, WRITE, key)
            draft = await get_draft(session, ask.community.id, ask.actor.user_id, DRAFT, str(key), now=ask.now)
        if draft is None or str(draft.data.get(SEEN)) != str(version):
            raise not_found()
        await post_recap(ask, key, version, text_of(draft.data))


def text_of(typed: Mapping[str, Any]) -> str:
    """The recap as it was typed.

    Raises:
        Refusal: it is empty or too long.
    """
    text = clean(str(typed.get("recap") or ""))
    if not text:
        raise Refusal("Write a few sentences first.")
    if len(text) > RECAP_LIMIT:
        raise Refusal("The recap is too long: {limit} characters at most.", limit=RECAP_LIMIT)
    return text


async def post_recap(ask: Ask, key: int, version: int, text: str) -> None:
    """Keep it and have it posted, once.

    Raises:
        Refusal: the webinar is not open to this, or somebody else was faster.
    """
    async with ask.bot.db.begin() as session:
        webinar = await authorize(session, ask.actor, WRITE, key)
        check_begun(ask, webinar)
        if webinar.link:
            rules.keep_private(webinar.link, (text,))
        done = await write_recap(session, webinar, text, version=version, by=ask.actor.user_id, now=ask.now)
        there = await get_recap(session, key)
        if done is not None:
            await delete_draft(session, ask.community.id, ask.actor.user_id, DRAFT, str(key))
    if done is None:
        raise theirs(there)
    title = one_line(webinar.title, 200)
    if done.version == 1:
        await ask.answer(ask.t("The recap of “{title}” is posted in the webinar's thread.", title=title))
    else:
        await ask.answer(ask.t("The recap of “{title}” is changed, also where it was posted.", title=title))


async def write_recap_of(ask: Ask, key: int) -> None:
    """Open the form; where somebody else has written meanwhile, show that first.

    Raises:
        Refusal: there is no such webinar here, it was cancelled, or has not begun.
    """
    async with ask.bot.db.read() as session:
        check_begun(ask, await authorize(session, ask.actor, WRITE, key))
        recap = await get_recap(session, key)
        draft = await get_draft(session, ask.community.id, ask.actor.user_id, DRAFT, str(key), now=ask.now)
    form = RecapForm(webinar=key, version=recap.version if recap else 0)
    if draft is not None and str(draft.data.get(SEEN)) != form.values["version"]:
        button = OpenForm(
            ask.t("Continue"), style=discord.ButtonStyle.primary, form=form.custom_id.removeprefix("form:")
        )
        await ask.answer(theirs(recap).text(ask.t), view=row(button))
        return
    await ask.open(await form.filled(ask))


def theirs(recap: Recap | None) -> Refusal:
    """Somebody else was faster; what they wrote."""
    return Refusal(
        "Somebody else has changed the recap meanwhile. Your text is kept. This is theirs:\n{text}",
        text=plain(recap.text, 1500) if recap else "–",
    )


def check_begun(ask: Ask, webinar: Webinar) -> None:
    """Let pass a webinar of which something can be told.

    Raises:
        Refusal: it was cancelled, or has not begun.
    """
    if webinar.cancelled:
        raise closed(webinar)
    if webinar.starts_at > ask.now:
        raise Refusal("It has not begun yet: {when}", when=moment_text(webinar.starts_at))
