"""A month in two communities of one installation, one of which has a mark in everything it has.

Somebody is in both. Whatever can be asked in the other one is asked there, by a visitor, by a member and by a
moderator. Nothing that goes there has the mark, and whoever is in both is told which community a message is about.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta

import pytest
import simcord
from discord import app_commands
from sqlalchemy import select

from bot.demo.world import Person, Persona, World
from bot.metrics import exposition
from bot.web.routes import Request
from cogs.webinars.feed import Feeds
from data.calendars import replace_feed
from data.communities import get_community
from data.deliveries import plan
from data.members import planning
from data.models import PracticeRow
from data.personal import held
from data.practices.questions import ANSWER
from data.statements import mark
from data.webinars import ANNOUNCEMENT, finding, hosting, reminding
from data.webinars.planning import CHANNEL, plan_delivery, replan_reminders
from tests import forging
from tests.act import all_text, components, reply
from tests.apart.listening import Ear, Sent, text_of
from tests.apart.marking import FIRST, MARK, Marked, fill, rows_of
from tests.gates.case import MEMBER, VISITOR, Case
from tests.gates.test_rooms import OPEN
from tests.gates.trying import ROOMS, Asker, ask, cases_of
from tests.neighbours import Neighbours, bot_of, meet
from tests.test_who_may import COMMANDS

FEED = "f" * 32
TYPED = ("", "zor")
MODERATOR = "moderator"


async def populate(n: Neighbours) -> Marked:
    """Let the author come to the second community too, and fill that one with what has the mark."""
    there = n.there
    there.guild.add_member(n.author.user)
    await there.env.settle()
    both = Person(n.author.persona, simcord.MemberActor(there.env, there.guild, n.author.user), n.author.user)
    alone = await there.join(Persona("zora", f"{MARK} Zora"))
    newcomer = await there.join(Persona("zuri", f"{MARK} Zuri"))
    for person, role in ((both, "Member"), (both, "Moderator"), (alone, "Member")):
        await there.give_role(person, role)
    now = there.now
    async with bot_of(there).db.begin() as session:
        shared = await session.scalar(select(PracticeRow.id).where(PracticeRow.community_id.is_(None)).limit(1))
        assert shared is not None
        m = Marked(
            there.guild.id,
            both=both.id,
            alone=alone.id,
            stranger=n.visitor.id,
            newcomer=newcomer.id,
            now=now,
            shared_practice=shared,
        )
        await fill(session, m)
        mark(session, "changed")
        await replace_feed(session, n.here.guild.id, both.id, seen=0, token=FEED, language="en", now=now)
    async with bot_of(there).db.begin() as session:
        community = await get_community(session, m.id)
        webinar = await finding.get(session, m.id, FIRST)
        assert community is not None
        assert webinar is not None
        await plan_delivery(session, webinar, ANNOUNCEMENT, CHANNEL, now, expires_at=webinar.ends_at)
        await replan_reminders(session, community, webinar, [], now)
        await reminding.plan_personal(session, webinar, now)
        await hosting.plan_host_check(session, webinar, now)
        for kind, place, to in (
            (planning.CARD, 2, "channel:queue"),
            (planning.INTRODUCTION, 1, "channel:introductions"),
            (planning.DECLINED, 3, f"user:{m.both}"),
            (planning.LAPSED_WORD, 5, f"user:{m.both}"),
            (planning.QUESTION, 2, f"user:{m.both}"),
            (planning.RENEW, 0, f"user:{m.both}"),
            (planning.RENEWED, 0, f"user:{m.both}"),
            (planning.VOUCH, 2, f"user:{m.both}"),
        ):
            await plan(
                session,
                community_id=m.id,
                kind=kind,
                subject=f"member:{FIRST + place}",
                target=to,
                due_at=now,
                now=now,
            )
        await plan(
            session,
            community_id=m.id,
            kind=ANSWER,
            subject=f"user:{m.both}",
            target=f"user:{m.both}",
            details={"question": FIRST + 2},
            due_at=now,
            now=now,
        )
    await there.env.settle()
    return m


async def ask_everything(n: Neighbours) -> int:
    """Have everybody in the first community press, choose, send and type all there is. Gives how often."""
    pressed = cases_of("buttons", n)
    pressed[OPEN] = [case for room in ROOMS.values() if hasattr(room, "opens") for case in room.opens(n)]
    pressed |= {f"form:{form}": several for form, several in cases_of("forms", n).items()}
    pressed |= {f"/{name}": several for name, several in cases_of("commands", n).items()}
    welcome = n.here.channel("welcome")
    times = 0
    for name, person in ((VISITOR, n.visitor), (MEMBER, n.author), (MODERATOR, n.moderator)):
        for command, option in offering(n.here):
            for typed in TYPED:
                forging.type_into(n.here, person, welcome, command, option, typed)
        await n.here.env.settle()
        for command, (_, options) in COMMANDS.items():
            if name == VISITOR or not pressed[f"/{command}"]:
                forging.give(n.here, person, welcome, command, options)
        await n.here.env.settle()
        for kind, several in pressed.items() if name != VISITOR else ():
            for case in worth_trying(name, several):
                await ask(Asker(name, n.here, person, ()), n, kind, case)
                times += 1
    return times


def offering(world: World) -> list[tuple[str, str]]:
    """Each option of each command that offers something while one types."""
    return [
        (command.qualified_name, option.name)
        for command in bot_of(world).tree.walk_commands()
        if isinstance(command, app_commands.Command)
        for option in command.parameters
        if option.autocomplete
    ]


def worth_trying(name: str, several: Sequence[Case]) -> Sequence[Case]:
    """Those that somebody may do something with, one of a sort; what is refused is tried in `tests/gates`."""
    if name == MODERATOR:
        return several[:1]
    return [case for case in several if case.own or MEMBER in case.open_to][:1]


def wrong_in(n: Neighbours, m: Marked, sent: Sent) -> list[str]:
    """What is wrong with something that was sent."""
    here, there = n.here.guild.name, n.there.guild.name
    marks = m.found_in(sent.text) + [there] * (there in sent.text)
    if sent.guild_id == m.id or sent.user_id in (m.alone, m.newcomer) or "/users/@me/channels" in sent.text:
        return []
    if sent.user_id == m.both and "/messages" in sent.text and not sent.is_answer:
        # Whoever is in both is told of which one it is, and of that one only.
        if not (here in sent.text or there in sent.text):
            return ["does not say of which community it is"]
        return [] if there in sent.text else marks
    return marks


async def test_nothing_of_one_community_reaches_another(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG, "convenor")
    n = await meet(world)
    ear = Ear(world)
    ear.listen_to_pictures(monkeypatch)
    m = await populate(n)
    bot = bot_of(world)
    async with bot.db.read() as session:
        before = await rows_of(session, m.id)
    assert await ask_everything(n) > 400
    assert ear.drawn
    # In conversation: somebody who is in one of them only, and somebody who is in both.
    me = bot.user
    assert me is not None
    for words in ("Zorrila patrol", MARK[:-1], "police"):
        await n.member.user.send_dm(words)
        await n.member.actor.send(world.channel("introductions"), f"<@{me.id}> {words}")
    await n.author.user.send_dm("police patrols")
    which = n.author.user.dm_channel.history()[-1]
    await n.author.user.click(which, label=n.here.guild.name)
    async with bot.db.read() as session:
        assert await rows_of(session, m.id) == before
    await a_month(n, m, ear)
    feeds = bot.get_cog("Feeds")
    assert isinstance(feeds, Feeds)
    calendar = await feeds.serve(Request(f"/calendar/{FEED}.ics", "192.0.2.1"))
    assert calendar.status == 200
    assert not m.found_in(text_of(calendar.body))
    _, numbers = await exposition(bot)
    assert not m.found_in(numbers.decode())
    await erased_here_only(n, m)
    wrong = [f"{fault}: {sent.text[:600]}" for sent in (*ear.sent, *ear.files()) for fault in wrong_in(n, m, sent)]
    assert not wrong, f"{len(wrong)}\n" + "\n".join(wrong[:20])
    assert not [text for text in ear.drawn if m.found_in(text)]
    # Nobody's words stand in a log, of whichever community.
    assert MARK.lower() not in caplog.text.lower()
    # What a request looks like was looked at elsewhere; these are many.
    world.env.backend.http_requests = []


async def a_month(n: Neighbours, m: Marked, ear: Ear) -> None:
    """Let it pass: what is planned in either goes out, and what is to be swept is swept."""
    direct = n.author.user.dm_channel
    told = len(direct.history())
    await n.here.pass_time(timedelta(days=31))
    new = "\n".join(all_text(message) for message in direct.history()[told:])
    assert MARK in new
    posts = [one for one in ear.sent if one.guild_id == m.id and "/messages" in one.text and MARK in one.text]
    assert len(posts) >= 3


async def erased_here_only(n: Neighbours, m: Marked) -> None:
    """Whoever is in both has their data erased in one of them: the other keeps it."""
    bot = bot_of(n.here)
    async with bot.db.read() as session:
        before = await rows_of(session, m.id)
    asked = await n.author.actor.slash(n.here.channel("welcome"), "mydata erase")
    first = next(item["custom_id"] for item in components(reply(asked)) if item["custom_id"].startswith("mydata:erase"))
    await n.author.actor.click(reply(asked), custom_id=first)
    async with bot.db.read() as session:
        assert await rows_of(session, m.id) == before
        assert "profile" not in await held(session, n.here.guild.id, m.both)
        assert "profile" in await held(session, m.id, m.both)
    member = n.there.env.backend.guilds[m.id].members[m.both]
    assert n.there.guild.roles["Member"].id in member.role_ids
