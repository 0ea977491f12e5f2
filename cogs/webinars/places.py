"""Places where they are few: what a person is told of theirs, the offer of one that came free, and who comes."""

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ask import Ask
from bot.authorize import Action, Standing, authorize, by_members, by_moderators, not_found
from bot.buttons import Button, row
from bot.languages import Texts
from bot.render import ACCENT, cut, one_line, safe_link
from cogs.webinars.cards import moment_text
from cogs.webinars.detail_cards import not_for_you, where_text
from cogs.webinars.keys import closed, key_of
from data import webinars
from data.network import get_key_areas
from data.webinars import CANNOT, GOING, LAPSED, MAYBE, OFFERED, WAITING, Answered, Person, Webinar

ANSWER = Action("webinar.answer", webinars.get, by_members)
SEE_PEOPLE = Action("webinar.people", webinars.get, by_moderators)
# How many people one page names.
PAGE = 60


class TakePlace(Button, custom_id="webinar:take:{community}:{webinar}"):
    """Takes the place that came free, in the server or in the direct message that offers it."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Note it, once, and give the link."""
        await decide(ask, key_of(self.values["webinar"]), take=True)


class DeclinePlace(Button, custom_id="webinar:decline:{community}:{webinar}"):
    """Leaves the place that came free to the next person."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Note it, and offer the place to the next."""
        await decide(ask, key_of(self.values["webinar"]), take=False)


class WhoComes(Button, custom_id="webinar:who:{webinar}:{page}"):
    """Shows moderators who answered what."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Show them, privately."""
        key, page = key_of(self.values["webinar"]), key_of(self.values["page"])
        async with ask.bot.db.read() as session:
            webinar = await authorize(session, ask.actor, SEE_PEOPLE, key)
            everyone = await webinars.people(session, key)
        pages = max(1, -(-len(everyone) // PAGE))
        if page >= pages:
            raise not_found()
        view = discord.ui.View(timeout=None)
        for label, other in ((ask.t("Earlier"), page - 1), (ask.t("Later"), page + 1)):
            if 0 <= other < pages:
                view.add_item(WhoComes(label, webinar=key, page=other))
        await ask.answer(embed=people_card(ask.t, webinar, everyone, page, pages), view=view)


async def decide(ask: Ask, key: int, *, take: bool) -> None:
    """Take or decline an offered place, and say how the person stands then.

    Raises:
        Refusal: there is no such webinar here, it is over, it is for others, or nothing was offered to this person.
    """
    async with ask.bot.db.begin() as session:
        webinar = await authorize(session, ask.actor, ANSWER, key)
        if take:
            await check_audience(session, ask, webinar)
        said = await webinars.take_offer(session, ask.community.id, key, ask.actor.user_id, ask.now, take=take)
        if said is not None and said.answer == GOING:
            # Who has a place is told the link here, whichever button they pressed.
            await check_audience(session, ask, webinar)
    if said is None:
        raise closed(webinar)
    if said.answer is None:
        raise not_found()
    buttons = offer_buttons(ask.t, webinar, said)
    await ask.update("\n".join(stand_lines(ask.t, webinar, said)), view=row(*buttons) if buttons else None)


async def may_answer(session: AsyncSession, ask: Ask, webinar: Webinar) -> bool:
    """Whether a person is one of those whom a webinar is for, or a moderator."""
    return ask.actor.is_moderator or await webinars.is_for(session, webinar, ask.actor.user_id)


async def check_audience(session: AsyncSession, ask: Ask, webinar: Webinar) -> None:
    """Let pass those whom a webinar is for, and moderators.

    Raises:
        Refusal: it is for others; says for whom.
    """
    if not await may_answer(session, ask, webinar):
        raise not_for_you(webinar, await get_key_areas(session, webinar.audience_areas))


def stand_lines(t: Texts, webinar: Webinar, said: Answered) -> list[str]:
    """What a person is told of their answer, and of their place."""
    counts = said.counts
    sentences = {
        GOING: t("You are going. Only you and the moderators know."),
        MAYBE: t("You might come. Only you and the moderators know."),
        CANNOT: t("You cannot come. Only you and the moderators know."),
        WAITING: t(
            "All places are taken. You are number {n} on the waiting list. A place that comes free is offered to you "
            "by direct message, and here when you press “Details”.",
            n=said.ahead + 1,
        ),
        LAPSED: t(
            "The place that was offered to you went to the next person: the time was up. Press “Going” to be put on "
            "the waiting list again."
        ),
    }
    if said.answer == OFFERED and said.until is not None:
        sentences[OFFERED] = t(
            "A place has come free for you. It is kept for you until {when}; then it goes to the next person.",
            when=moment_text(said.until),
        )
    lines = [
        f"**{one_line(webinar.read_in(t.language).title, 200)}**",
        *([sentences[said.answer]] if said.answer in sentences else []),
        moment_text(webinar.starts_at),
        t(
            "So far: {going} going, {maybe} maybe, {cannot} cannot come.",
            going=counts.going,
            maybe=counts.maybe,
            cannot=counts.cannot,
        ),
    ]
    if webinar.capacity is not None:
        lines.append(
            t(
                "Places left: {left} of {all}. On the waiting list: {waiting}.",
                left=max(0, webinar.capacity - counts.taken),
                all=webinar.capacity,
                waiting=counts.waiting,
            )
        )
    if said.answer == GOING:
        lines.append(link_line(t, webinar))
    return lines


def link_line(t: Texts, webinar: Webinar) -> str:
    """The link to join; without one where to go, or that nobody has said so yet."""
    link = safe_link(webinar.link)
    if link is None:
        where = where_text(webinar)
        return t.pair(t("Where"), where) if where else t("No link has been given for this webinar.")
    return t("Link to join, for you only: {link}", link=f"<{link}>")


def offer_buttons(t: Texts, webinar: Webinar, said: Answered) -> list[Button]:
    """The buttons for a person to whom a place is offered; none for others."""
    if said.answer != OFFERED:
        return []
    community, key = webinar.community_id, webinar.id
    return [
        TakePlace(t("Take the place"), style=discord.ButtonStyle.success, community=community, webinar=key),
        DeclinePlace(t("Decline"), community=community, webinar=key),
    ]


def people_card(t: Texts, webinar: Webinar, everyone: list[Person], page: int, pages: int) -> discord.Embed:
    """Who answered what, for moderators alone; those who wait in the order of their turn."""
    card = discord.Embed(title=cut(t("Who comes: {title}", title=one_line(webinar.title, 200)), 256), colour=ACCENT)
    names = {
        GOING: t("Going"),
        OFFERED: t("A place is offered"),
        WAITING: t("Waiting list"),
        MAYBE: t("Maybe"),
        CANNOT: t("Cannot come"),
        LAPSED: t("Offer not taken in time"),
    }
    ordered = [(answer, person) for answer in names for person in everyone if person.answer == answer]
    lines: list[str] = []
    for answer, name in names.items():
        here = [person for found, person in ordered[page * PAGE : (page + 1) * PAGE] if found == answer]
        if here:
            total = sum(person.answer == answer for person in everyone)
            lines += [f"**{name} ({total})**", " ".join(_person(person) for person in here)]
    card.description = "\n".join(lines) or t("Nobody has answered yet.")
    if pages > 1:
        card.set_footer(text=t("Page {page} of {pages}", page=page + 1, pages=pages))
    return card


def _person(person: Person) -> str:
    until = f" ({discord.utils.format_dt(person.until, 'R')})" if person.answer == OFFERED and person.until else ""
    return f"<@{person.user_id}>{until}"
