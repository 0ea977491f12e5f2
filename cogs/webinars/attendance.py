"""Who was there: said by each for themselves, listed for moderators, and as a file."""

import io
import re
from collections.abc import Sequence

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ask import Ask
from bot.authorize import Action, Standing, authorize, by_members, by_moderators, not_found, standing_of
from bot.buttons import Button, People, row
from bot.errors import Refusal
from bot.languages import Texts, each_language
from bot.render import one_line
from bot.sheets import CSV, FORMATS, XLSX, make_csv, make_xlsx
from cogs.webinars.after_cards import ANSWERS, THERE, attendance_cards, name_of_attendee
from cogs.webinars.cards import Languages, moment_text
from cogs.webinars.keys import closed, key_of
from data import audit, countries, webinars
from data.members import APPROVED
from data.webinars import Webinar
from data.webinars.after import can_say_there
from data.webinars.answers import locked
from data.webinars.attendance import Attendee, attendees, note_attendance, remove_attendance
from data.webinars.audience import is_for

SAY = Action("webinar.there", webinars.get, by_members)
LIST = Action("webinar.attendance", webinars.get, by_moderators)

Named = list[tuple[str, Attendee]]


class WasThere(Button, custom_id="webinar:there:{webinar}"):
    """Says that one was there."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Note it, and tell the person who sees it."""
        key = key_of(self.values["webinar"])
        async with ask.bot.db.begin() as session:
            webinar = await _open_webinar(session, ask, key)
            await note_attendance(session, webinar, [ask.actor.user_id], ask.now)
        t = ask.t
        lines = [
            f"**{one_line(webinar.title, 200)}**",
            t("Noted: you were there. Only you and the moderators see it, and it goes when your data is erased."),
        ]
        await ask.answer("\n".join(lines), view=row(WasNotThere(t("I was not there"), webinar=key)))


class WasNotThere(Button, custom_id="webinar:notthere:{webinar}"):
    """Takes that back."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Forget it."""
        key = key_of(self.values["webinar"])
        async with ask.bot.db.begin() as session:
            webinar = await _open_webinar(session, ask, key)
            await remove_attendance(session, webinar, [ask.actor.user_id], ask.now)
        await ask.update(ask.t("Taken back: nothing is noted about you."))


class AddThere(People, custom_id="webinar:addthere:{webinar}"):
    """Adds people who were there."""

    needs = Standing.MODERATOR

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Note them, where they are members."""
        key = key_of(self.values["webinar"])
        users = [key_of_user(option) for option in options]
        people = [ask.guild.get_member(user) for user in users]
        strangers = [
            person
            for person in people
            if person is None or person.bot or standing_of(ask.community, person) < Standing.MEMBER
        ]
        if strangers:
            raise Refusal("One of them is not a member of this community.")
        async with ask.bot.db.begin() as session:
            webinar = await _begun_webinar(session, ask, key)
            added = await note_attendance(session, webinar, users, ask.now, by=ask.actor.user_id)
        await show_attendance(ask, key, ask.t.plural("{n} person was added.", "{n} people were added.", added))


class RemoveThere(People, custom_id="webinar:removethere:{webinar}"):
    """Takes people off the list."""

    needs = Standing.MODERATOR

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Take them off; they may have left the server."""
        key = key_of(self.values["webinar"])
        users = [key_of_user(option) for option in options]
        async with ask.bot.db.begin() as session:
            webinar = await _begun_webinar(session, ask, key)
            removed = await remove_attendance(session, webinar, users, ask.now, by=ask.actor.user_id)
        told = ask.t.plural("{n} person was taken off the list.", "{n} people were taken off the list.", removed)
        await show_attendance(ask, key, told)


class Sheet(Button, custom_id="webinar:sheet:{webinar}:{format}"):
    """Gives the list as a file."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Make the file, for this moderator alone, and note that they have it."""
        key, sort = key_of(self.values["webinar"]), self.values["format"]
        if sort not in FORMATS:
            raise not_found()
        async with ask.bot.db.begin() as session:
            webinar = await authorize(session, ask.actor, LIST, key)
            people = named(ask, await attendees(session, webinar))
            await audit.record(
                session,
                community_id=ask.community.id,
                at=ask.now,
                actor_id=ask.actor.user_id,
                action="webinar.attendance.export",
                object_kind="webinar",
                object_id=key,
                details={"people": len(people), "format": sort},
            )
        await ask.defer()
        t, rows = ask.t, sheet_rows(ask.t, people)
        content = make_csv(rows) if sort == CSV else make_xlsx(rows, t("Attendance"))
        file = discord.File(
            io.BytesIO(content),
            file_name(webinar, sort),
            description=t("Who said they would come, and who was there"),
        )
        await ask.answer(
            t("This file is personal data: share it with nobody who does not need it, and delete it after use."),
            file=file,
        )


def sheet_rows(t: Texts, people: Named) -> list[list[str]]:
    """The list as rows of a table, its heads first."""
    heads = [
        t("Name"),
        t("Country"),
        t("Organisation"),
        t("Said before"),
        t("Was there"),
        t("Added by a moderator"),
        t("Member now"),
        t("May be shown to other members"),
    ]
    yes, no = t("yes"), t("no")
    rows = [heads]
    for name, one in people:
        member = one.member
        rows.append(
            [
                one_row(name),
                countries.name(member.country, t.language) if member and member.country else "",
                one_row(member.organisation) if member else "",
                t(ANSWERS[one.answer]) if one.answer in ANSWERS else "",
                yes if one.there else no,
                yes if one.by_moderator else "",
                yes if member and member.state == APPROVED else no,
                yes if member and member.state == APPROVED and member.directory else no,
            ]
        )
    return rows


def one_row(text: str) -> str:
    """What somebody wrote, for one cell: on one line, without what cannot be seen."""
    return " ".join(text.split())


def file_name(webinar: Webinar, sort: str) -> str:
    """What the file is called: the day, and nothing that somebody typed."""
    return f"attendance-{webinar.wall_time:%Y-%m-%d}-{webinar.id}.{sort}"


def named(ask: Ask, people: Sequence[Attendee]) -> Named:
    """People with their names, in which moderators see them."""
    found: Named = []
    for one in people:
        person = ask.guild.get_member(one.user_id)
        found.append((name_of_attendee(ask.t, one, person.display_name if person else None), one))
    return found


async def show_attendance(ask: Ask, key: int, told: str | None = None) -> None:
    """Who said they would come, and who was there.

    Raises:
        Refusal: there is no such webinar here.
    """
    async with ask.bot.db.read() as session:
        webinar = await authorize(session, ask.actor, LIST, key)
        people = named(ask, await attendees(session, webinar))
    t = ask.t
    view = row()
    if webinar.starts_at <= ask.now and not webinar.cancelled:
        view.add_item(AddThere(placeholder=t("Add people who were there"), webinar=key, row=0))
        view.add_item(RemoveThere(placeholder=t("Take people off the list"), webinar=key, row=1))
    if people:
        view.add_item(Sheet(t("Download as CSV"), webinar=key, format=CSV, row=2))
        view.add_item(Sheet(t("Download for Excel"), webinar=key, format=XLSX, row=2))
    cards = attendance_cards(t, webinar, people)
    if webinar.starts_at > ask.now:
        cards[0].description = t("It has not begun yet: {when}", when=moment_text(webinar.starts_at))
    source = ask.interaction.message
    if source is not None and source.flags.ephemeral:
        await ask.update(told, embeds=cards, view=view)
    else:
        await ask.answer(told, embeds=cards, view=view)


def there_button(languages: Languages, webinar_id: int, at_row: int | None = None) -> WasThere:
    """The button with which people say that they were there."""
    return WasThere(each_language(languages, THERE)[:80], webinar=webinar_id, row=at_row)


def key_of_user(text: str) -> int:
    """A user's id in a menu.

    Raises:
        Refusal: it is none.
    """
    if not re.fullmatch(r"[1-9][0-9]{0,18}", text) or int(text) >= 1 << 63:
        raise not_found()
    return int(text)


async def _open_webinar(session: AsyncSession, ask: Ask, key: int) -> Webinar:
    """A webinar of which one can say that one was there, kept from changing until the transaction ends."""
    await authorize(session, ask.actor, SAY, key)
    webinar = await locked(session, ask.community.id, key)
    if webinar is None:
        raise not_found()
    if not webinar.cancelled and ask.now < webinar.starts_at:
        raise Refusal("It has not begun yet. Once it has, you can say that you are there.")
    if webinar.cancelled:
        raise closed(webinar)
    if not ask.actor.is_moderator and not await is_for(session, webinar, ask.actor.user_id):
        raise Refusal("This webinar was for other members.")
    if not can_say_there(webinar, ask.now):
        raise Refusal("That was possible until two days after the end. A moderator can still add you.")
    return webinar


async def _begun_webinar(session: AsyncSession, ask: Ask, key: int) -> Webinar:
    webinar = await authorize(session, ask.actor, LIST, key)
    if webinar.cancelled:
        raise closed(webinar)
    if webinar.starts_at > ask.now:
        raise Refusal("It has not begun yet: nobody can have been there.")
    return webinar
