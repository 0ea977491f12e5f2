"""Webinars in one's own calendar: as a file, or by an address that one's calendar program reads by itself."""

from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Standing, authorize, not_found
from bot.buttons import Button, row
from bot.errors import Refusal
from bot.render import one_line
from cogs.webinars.feed import address_of
from cogs.webinars.ics import Entry, calendar_file
from cogs.webinars.views import SEE
from data import calendars, webinars

MINE, ALL = "mine", "all"


class CalendarFile(Button, custom_id="webinar:ics:{which}"):
    """Gives webinars as a file."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Give it, privately: of those to which the person goes, or of all that are ahead."""
        which = self.values["which"]
        if which not in (MINE, ALL):
            raise not_found()
        mine, ahead = await entries(ask)
        chosen = mine if which == MINE else ahead
        await ask.answer(said(ask, which, len(chosen)), files=await files(ask, which, chosen))


class NewAddress(Button, custom_id="webinar:feed:new:{seen}"):
    """Makes an address for one's calendar program; an earlier one ends."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Show the address, this once."""
        seen, token = _number(self.values["seen"]), calendars.new_token()
        if ask.bot.settings.public_url is None:
            raise Refusal("Convenor has no public address here, so your calendar cannot read from it. Use the file.")
        async with ask.bot.db.begin() as session:
            made = await calendars.replace_feed(
                session,
                ask.community.id,
                ask.actor.user_id,
                seen=seen,
                token=token,
                language=ask.t.language,
                now=ask.now,
            )
        if made is None:
            raise Refusal("It has changed meanwhile. Use /webinar calendar again.")
        t = ask.t
        lines = [
            t("The address for your calendar. It is shown only now:"),
            f"```\n{address_of(ask.bot.settings.public_url, token)}\n```",
            t(
                "In your calendar program, choose to subscribe, or to add a calendar from an address (URL), and paste "
                "it. The webinars to which you are going, or might go, then appear there and stay up to date."
            ),
            t("Whoever has it can read which ones these are, so give it to nobody. The links to join are not in it."),
        ]
        if seen:
            lines.append(t("The address you had before does not work any more."))
        await ask.update("\n".join(lines), view=row(EndAddress(t("Give up this address"), seen=made.id)))


class EndAddress(Button, custom_id="webinar:feed:end:{seen}"):
    """Gives up the address."""

    needs = Standing.VISITOR

    async def pressed(self, ask: Ask) -> None:
        """It works no more; also for those who are no members any more."""
        seen = _number(self.values["seen"])
        async with ask.bot.db.begin() as session:
            if not await calendars.end_feed(session, ask.community.id, ask.actor.user_id, seen=seen):
                raise not_found()
        await ask.update(ask.t("The address does not work any more. Take it out of your calendar program too."))


async def show_calendar(ask: Ask, key: int | None) -> None:
    """A webinar as a file; without one, those to which the person goes, and how their calendar can follow them.

    Raises:
        Refusal: there is no such webinar here.
    """
    if key is not None:
        async with ask.bot.db.read() as session:
            webinar = await authorize(session, ask.actor, SEE, key)
            answer = await webinars.rsvp_of(session, key, ask.actor.user_id)
        title = one_line(webinar.read_in(ask.t.language).title, 200)
        await ask.answer(
            ask.t("“{title}” for your calendar: open the file to add it.", title=title),
            file=await calendar_file(ask.t, [Entry(webinar, answer)], f"webinar-{key}.ics"),
        )
        return
    mine, ahead = await entries(ask)
    async with ask.bot.db.read() as session:
        feed = await calendars.feed_of(session, ask.community.id, ask.actor.user_id)
    t, which = ask.t, MINE if mine else ALL
    chosen = mine or ahead
    lines = [said(ask, which, len(chosen)), ""]
    buttons: list[Button] = []
    if mine and len(ahead) > len(mine):
        buttons.append(CalendarFile(t("All upcoming, as a file"), which=ALL))
    if ask.bot.settings.public_url is None:
        lines.append(
            t("The file stays as it is when a webinar changes: get it again then. The announcement has one as well.")
        )
    elif feed is None:
        lines.append(t("Your calendar can also follow your webinars by itself: make an address for it."))
        buttons.append(NewAddress(t("Make an address"), style=discord.ButtonStyle.primary, seen=0))
    else:
        since = discord.utils.format_dt(feed.created_at, "D")
        lines.append(
            t("Your calendar has an address, made on {date}. It cannot be shown again; a new one ends it.", date=since)
        )
        buttons.append(NewAddress(t("Make a new address"), seen=feed.id))
        buttons.append(EndAddress(t("Give up the address"), style=discord.ButtonStyle.danger, seen=feed.id))
    more: dict[str, Any] = {"view": row(*buttons)} if buttons else {}
    await ask.answer("\n".join(lines), files=await files(ask, which, chosen), **more)


async def entries(ask: Ask) -> tuple[list[Entry], list[Entry]]:
    """The webinars ahead to which a person goes or might go, and all that are ahead and that they may see."""
    async with ask.bot.db.read() as session:
        answered = await calendars.webinars_of_user(
            session, ask.community.id, ask.actor.user_id, now=ask.now, past=False
        )
        ahead = await webinars.upcoming(session, ask.community.id, now=ask.now)
    answers = {webinar.id: answer for webinar, answer in answered}
    seen = [webinar for webinar in ahead if SEE.allows(ask.actor, webinar)]
    return (
        [Entry(webinar, answer) for webinar, answer in answered if SEE.allows(ask.actor, webinar)],
        [Entry(webinar, answers.get(webinar.id)) for webinar in seen],
    )


async def files(ask: Ask, which: str, chosen: list[Entry]) -> list[discord.File]:
    """What is attached; nothing where there is no webinar."""
    name = "my-webinars.ics" if which == MINE else "webinars.ics"
    return [await calendar_file(ask.t, chosen, name)] if chosen else []


def said(ask: Ask, which: str, number: int) -> str:
    """What a file holds."""
    t = ask.t
    if not number:
        return t("None is planned at the moment.")
    if which == MINE:
        return t.plural(
            "{n} webinar to which you are going, or might go, for your calendar.",
            "{n} webinars to which you are going, or might go, for your calendar.",
            number,
        )
    return t.plural("{n} upcoming webinar for your calendar.", "{n} upcoming webinars for your calendar.", number)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise not_found()
    return int(text)
