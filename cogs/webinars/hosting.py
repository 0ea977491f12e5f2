"""The host says, before a webinar begins, whether all is ready; else whoever stands in is alerted."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.ask import Ask
from bot.authorize import Action, Actor, authorize
from bot.buttons import Button, row
from bot.delivery import Effect, Lost, Post, Rendered, Skip
from bot.errors import Refusal
from bot.forms import Form, Typed
from bot.languages import Texts, texts
from bot.readers import texts_of
from bot.render import one_line, safe_link
from cogs.webinars.cards import moment_text
from cogs.webinars.keys import closed, key_of
from cogs.webinars.kinds import WebinarKind
from cogs.webinars.rules import LINK_LIMIT, read_link
from cogs.webinars.wording import public_texts
from data import webinars
from data.communities import Community
from data.deliveries import Delivery
from data.webinars import QUEUE, Webinar
from data.webinars.hosting import (
    HELP,
    READY,
    SILENCE,
    host_answer,
    host_of,
    note_host_answer,
    plan_host_alert,
    plan_host_check_in_queue,
)
from data.webinars.records import MEETING, as_new


def by_hosts(actor: Actor, webinar: Webinar) -> bool:
    """Allows who runs a webinar, who stands in, and moderators."""
    return actor.is_moderator or actor.user_id in (host_of(webinar), webinar.co_host_id)


HOST = Action("webinar.host", webinars.get, by_hosts)


class Ready(Button, custom_id="webinar:ready:{community}:{webinar}:{starts}"):
    """Says that all is ready."""

    async def pressed(self, ask: Ask) -> None:
        """Note it; nobody is alerted then."""
        await answered(ask, self.values, READY)
        await ask.update(ask.t("Thank you. It is noted that all is ready."))


class Help(Button, custom_id="webinar:help:{community}:{webinar}:{starts}"):
    """Says that help is needed."""

    async def pressed(self, ask: Ask) -> None:
        """Note it, and alert whoever stands in."""
        webinar = await answered(ask, self.values, HELP)
        stands_in = alerted(webinar)
        if stands_in is None:
            await ask.answer(ask.t("Thank you. The moderators are told now that you need help."))
        else:
            await ask.answer(ask.t("Thank you. {who} is told now that you need help.", who=f"<@{stands_in}>"))


class ChangeLink(Button, custom_id="webinar:newlink:{community}:{webinar}"):
    """Opens the form for another link."""

    async def pressed(self, ask: Ask) -> None:
        """Show the form."""
        key = key_of(self.values["webinar"])
        async with ask.bot.db.read() as session:
            webinar = await authorize(session, ask.actor, HOST, key)
        if webinar.cancelled or webinar.ends_at <= ask.now:
            raise closed(webinar)
        await ask.open(await LinkForm(**self.values).filled(ask))


class LinkForm(Form, custom_id="webinar:newlink:{community}:{webinar}"):
    """Another link to join. Keeps no draft: a link is pasted, and lies nowhere else."""

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Give the form its field, filled with the link as it is."""
        async with ask.bot.db.read() as session:
            webinar = await authorize(session, ask.actor, HOST, key_of(self.values["webinar"]))
        self.title = ask.t("Change the link")
        self.text(
            "link",
            ask.t("Link to join"),
            {"link": webinar.link} | dict(typed),
            description=ask.t("Those who are going get the new link directly."),
            placeholder="https://",
            most=LINK_LIMIT,
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Publish it, and take it that all is ready now."""
        key = key_of(self.values["webinar"])
        async with ask.bot.db.begin() as session:
            webinar = await authorize(session, ask.actor, HOST, key)
            if webinar.cancelled or webinar.ends_at <= ask.now:
                raise closed(webinar)
            link = read_link(typed.get("link"), public_texts(webinar))
            if link is None:
                raise Refusal("Paste the link that people need to join.")
            if link != webinar.link:
                new, by = as_new(webinar, link=link), ask.actor.user_id
                done = await webinars.edit(
                    session, ask.community, key, new, version=webinar.version, by=by, now=ask.now
                )
                if done is None:
                    raise Refusal("It has changed meanwhile. Look at it again.")
                webinar = done.webinar
            if webinar.starts_at > ask.now:
                await note_host_answer(session, webinar, READY, by=ask.actor.user_id, now=ask.now)
        await ask.answer(ask.t("The link is changed, and it is noted that all is ready."))


async def answered(ask: Ask, values: Mapping[str, str], answer: str) -> Webinar:
    """Note what was said about a webinar.

    Raises:
        Refusal: there is no such webinar, it is not theirs, it is over, or it begins at another hour by now.
    """
    key = key_of(values["webinar"])
    async with ask.bot.db.begin() as session:
        webinar = await authorize(session, ask.actor, HOST, key)
        if webinar.cancelled or webinar.ends_at <= ask.now:
            raise closed(webinar)
        if key_of(values["starts"]) != int(webinar.starts_at.timestamp()):
            raise Refusal("This webinar begins at another time now. The host is asked again before it begins.")
        await note_host_answer(session, webinar, answer, by=ask.actor.user_id, now=ask.now)
    return webinar


def alerted(webinar: Webinar) -> int | None:
    """Who is alerted if the host needs help: the co-host, or None for the moderators."""
    return webinar.co_host_id if webinar.co_host_id != host_of(webinar) else None


class HostKind(WebinarKind):
    """What both messages share."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    async def write(
        self, bot: Convenor, session: AsyncSession, delivery: Delivery, community: Community, webinar: Webinar
    ) -> Rendered:
        """The message, unless it is needless by now; to a person who has left it can never go out."""
        if webinar.cancelled:
            return Skip("cancelled")
        if webinar.ends_at <= self._clock():
            return Skip("over")
        said = await host_answer(session, webinar)
        if said is not None and said.answer == READY:
            return Skip("confirmed")
        if said is not None and delivery.details.get("why") == SILENCE:
            return Skip("answered")
        if delivery.target == QUEUE:
            t = texts(community.languages[0])
        else:
            found = await person_texts(bot, session, community, int(delivery.target.partition(":")[2]))
            if found is None:
                return Effect(_left)
            t = found
        guild = bot.get_guild(community.id)
        lines = self._lines(t, delivery, webinar)
        if guild is not None and delivery.target != QUEUE:
            lines.append(f"— {one_line(guild.name, 100)}")
        return Post(self.buttons(t, delivery, webinar), "\n".join(lines))

    def _lines(self, t: Texts, delivery: Delivery, webinar: Webinar) -> list[str]:
        lines = [self.text(t, delivery, webinar)]
        if webinar.speakers:
            lines.append(t.pair(t("Speakers"), one_line(webinar.speakers, 400)))
        # In the moderators' channel the link stays where it is: behind the button.
        link = safe_link(webinar.link) if delivery.target != QUEUE else None
        if link is not None:
            lines.append(t.pair(t("Link"), f"<{link}>"))
        elif not webinar.link and webinar.kind != MEETING:
            lines.append(t("No link has been given for this webinar."))
        return lines

    def text(self, t: Texts, delivery: Delivery, webinar: Webinar) -> str:
        """What it says."""
        raise LookupError(f"{type(self).__name__} says nothing")

    def buttons(self, t: Texts, delivery: Delivery, webinar: Webinar) -> discord.ui.View:
        """What can be answered."""
        place: dict[str, Any] = {"community": webinar.community_id, "webinar": webinar.id}
        moment: dict[str, Any] = {**place, "starts": int(webinar.starts_at.timestamp())}
        view = row(Ready(t("All is ready"), style=discord.ButtonStyle.success, **moment))
        if webinar.kind != MEETING or webinar.link:
            view.add_item(ChangeLink(t("Change the link"), **place))
        if delivery.kind == webinars.HOST_CHECK and delivery.target != QUEUE:
            view.add_item(Help(t("I need help"), style=discord.ButtonStyle.danger, **moment))
        return view


class HostCheck(HostKind):
    """The question to the host; to the moderators, where the host cannot be reached."""

    def text(self, t: Texts, delivery: Delivery, webinar: Webinar) -> str:
        """What it says."""
        title, when = one_line(webinar.title, 200), moment_text(webinar.starts_at)
        if not host_of(webinar):
            return hostless(t, title, when)
        if delivery.target == QUEUE:
            return t(
                "“{title}” begins {when}. The host, {host}, could not be asked whether all is ready. Please see that "
                "the link works and that the speakers are there.",
                title=title,
                when=when,
                host=f"<@{host_of(webinar)}>",
            )
        return t(
            "You are the host of “{title}”, which begins {when}. Does the link work, and are the speakers there? If "
            "you do not answer within 20 minutes, somebody else is asked to look after it.",
            title=title,
            when=when,
        )

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        """From now on silence counts."""
        webinar = await webinars.get(session, delivery.community_id, key_of(delivery.subject.partition(":")[2]))
        if webinar is not None and not webinar.cancelled:
            await plan_host_alert(session, webinar, SILENCE, self._clock())

    async def failed(self, session: AsyncSession, delivery: Delivery, reason: str) -> bool:
        """The host has left or takes no direct messages: ask the moderators."""
        webinar = await webinars.get(session, delivery.community_id, key_of(delivery.subject.partition(":")[2]))
        if webinar is None or delivery.target == QUEUE:
            return False
        await plan_host_check_in_queue(session, webinar, self._clock())
        return True


class HostAlert(HostKind):
    """Word to the co-host, or to the moderators, that the host needs help or says nothing."""

    def text(self, t: Texts, delivery: Delivery, webinar: Webinar) -> str:
        """What it says."""
        title, when, host = one_line(webinar.title, 200), moment_text(webinar.starts_at), f"<@{host_of(webinar)}>"
        if not host_of(webinar):
            return hostless(t, title, when)
        if delivery.details.get("why") == HELP:
            return t("“{title}” begins {when}. The host, {host}, needs help.", title=title, when=when, host=host)
        return t(
            "“{title}” begins {when}. Nobody has said yet that all is ready; the host is {host}. Please see that the "
            "link works and that the speakers are there.",
            title=title,
            when=when,
            host=host,
        )

    async def failed(self, session: AsyncSession, delivery: Delivery, reason: str) -> bool:
        """The co-host has left or takes no direct messages: alert the moderators."""
        webinar = await webinars.get(session, delivery.community_id, key_of(delivery.subject.partition(":")[2]))
        if webinar is None or delivery.target == QUEUE:
            return False
        why = HELP if delivery.details.get("why") == HELP else SILENCE
        await plan_host_alert(session, webinar, why, self._clock(), in_queue=True)
        return True


def hostless(t: Texts, title: str, when: str) -> str:
    """That nobody runs a webinar: the host asked to be forgotten."""
    return t(
        "“{title}” begins {when}. Nobody is its host any more, and nobody has said yet that all is ready. Please see "
        "that the link works and that the speakers are there.",
        title=title,
        when=when,
    )


async def person_texts(bot: Convenor, session: AsyncSession, community: Community, user_id: int) -> Texts | None:
    """The language of somebody in the server, whatever their standing; None where they are not there any more."""
    guild = bot.get_guild(community.id)
    if guild is None or guild.get_member(user_id) is None:
        return None
    return await texts_of(session, community, user_id)


async def _left() -> int | None:
    raise Lost("left")
