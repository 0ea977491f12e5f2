"""Whatever moderators, members, the clock and death do, in any order: what is seen is what is due, each once.

The real bot in the simulated server, against a model of what is due (`model.py`). Hypothesis makes up the stories, and
shortens the one that goes wrong.
"""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import simcord
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.app import Convenor, create_bot
from bot.delivery import engine as engine_module
from bot.demo.world import World, open_world
from bot.permissions import needed
from bot.settings import Settings
from data.communities import get_community
from data.wall_time import Moment
from data.webinars import NewWebinar, cancel, create, edit, set_rsvp
from tests import databases
from tests.conftest import OWNER, START, hosted
from tests.faults import KILLS, LONG
from tests.faults.model import LENGTH, Model, Webinar
from tests.webinars.acting import AINO, AWA, events, member, posts

# All happens at the same few minutes past the hour: where a reminder is less than a minute away, the simulated
# server waits for it, in real time, and the model does not know that it came.
# The first are short enough that no reminder loses its use meanwhile.
DEAD = st.sampled_from([timedelta(0), timedelta(minutes=5), timedelta(minutes=20)])
SPANS = st.sampled_from([timedelta(minutes=5), timedelta(hours=1), timedelta(hours=5), timedelta(hours=30)])
AHEAD = st.integers(1, 60).map(lambda hours: timedelta(hours=hours, minutes=hours * 5 % 60))
OFFSETS = st.sets(st.sampled_from([timedelta(0), timedelta(hours=1), timedelta(hours=3), timedelta(days=1)]))
POINTS = st.sampled_from(["claimed", "sending", "posted", "answered", "marked"])
SHIFTS = st.sampled_from([timedelta(hours=1), timedelta(days=1), -timedelta(hours=1), -timedelta(days=1), timedelta(0)])
WHICH = st.integers(0, 7)
SORTS = {"New webinar": "announcement", "Reminder": "reminder", "CANCELLED": "cancelled", "The time has": "moved"}


class Death:
    """Ends the engine at a named point, so that nothing of it goes on, as death would."""

    def __init__(self) -> None:
        self.point = ""
        self.left = 0
        self.bot: Convenor | None = None

    def at(self, point: str) -> None:
        """The engine got to a point."""
        if not point or point != self.point:
            return
        self.left -= 1
        if self.left > 0 or self.bot is None:
            return
        self.point = ""
        self.bot.supervisor.work["deliveries"].task.cancel()
        for task in self.bot.deliveries._under_way.values():
            task.cancel()
        raise asyncio.CancelledError

    def install(self, patch: pytest.MonkeyPatch) -> None:
        """Let every engine go past it."""
        engine, post = engine_module.Engine, engine_module.post

        def around(name: str, before: str, after: str) -> None:
            real: Callable[..., Awaitable[Any]] = getattr(engine, name)

            async def step(*arguments: Any) -> Any:
                self.at(before)
                result = await real(*arguments)
                self.at(after)
                return result

            patch.setattr(engine, name, step)

        async def posting(*arguments: Any) -> Any:
            result = await post(*arguments)
            self.at("posted")
            return result

        patch.setattr(engine_module, "post", posting)
        around("_send", "claimed", "")
        around("_attempt", "sending", "")
        around("_done", "answered", "marked")


class Story(RuleBasedStateMachine):
    """One server, and what happens in it."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.patch = pytest.MonkeyPatch()
        self.folder = tempfile.TemporaryDirectory(prefix="convenor-model-")
        self.death = Death()
        self.death.install(self.patch)
        self._have_patience()
        self.model = Model()
        self.ahead = timedelta(0)
        self.settings = Settings(database_url=databases.make("sqlite", Path(self.folder.name)), poll_seconds=86_400)
        self.opened = AsyncExitStack()
        self._world: World | None = None
        self.people = self.runner.run(self._open())

    # The stage --------------------------------------------------------------------------------------------------------

    def _have_patience(self) -> None:
        """Give a restarted bot longer than five seconds: they are little on a busy machine."""
        real = simcord.Env._settle_internal

        async def settle(env: simcord.Env, **more: Any) -> None:
            if more.get("timeout"):
                more["timeout"] = max(more["timeout"], 15.0)
            await real(env, **more)

        self.patch.setattr(simcord.Env, "_settle_internal", settle)

    def now(self) -> datetime:
        return self._world.now if self._world else START

    @property
    def world(self) -> World:
        assert self._world is not None
        return self._world

    def _make_bot(self) -> Convenor:
        bot = create_bot(self.settings, clock=lambda: self.now() + self.ahead)
        bot.clock._passed = lambda: self.now().timestamp()
        # To the fraction of a second, which no answer tells: what a clock is behind is waited for in real time.
        bot.clock._heard.append(0.0)
        self.death.bot = bot
        return bot

    async def _open(self) -> dict[str, int]:
        opening = open_world(self._make_bot, OWNER, now=START, bot_permissions=needed())
        self._world = await self.opened.enter_async_context(hosted(opening))
        general = self.world.guild.create_text_channel("general")
        plan = await self.world.owner.actor.slash(general, "setup")
        assert plan.response is not None
        await self.world.owner.actor.click(plan.response, label="Set up the server")
        return {persona.name: (await member(self.world, persona)).id for persona in (AWA, AINO)}

    def teardown(self) -> None:
        async def close() -> None:
            await self.opened.aclose()

        self.runner.run(close())
        self.runner.close()
        self.patch.undo()
        self.folder.cleanup()

    def write(self, work: Callable[[Any], Awaitable[Any]]) -> Any:
        """Do something in a transaction of the bot's, and let it do what follows."""

        async def go() -> Any:
            bot = self.death.bot
            assert bot is not None
            with self.world.env.time_context():
                async with bot.db.begin() as session:
                    result = await work(session)
            await self.world.env.settle()
            return result

        return self.runner.run(go())

    def open_ones(self) -> list[Webinar]:
        """Webinars that can still be changed."""
        return [one for one in self.model.webinars if not one.cancelled and one.starts > self.now()]

    def one_of(self, which: int) -> Webinar:
        ones = self.open_ones()
        return ones[which % len(ones)]

    def new(self, title: str, starts: datetime, offsets: tuple[timedelta, ...]) -> NewWebinar:
        return NewWebinar(
            title=title,
            description="What it is about.",
            speakers="",
            link=None,
            moment=Moment.at(starts, "UTC"),
            minutes=int(LENGTH.total_seconds()) // 60,
            reminder_offsets=tuple(int(offset.total_seconds()) for offset in offsets),
        )

    # What happens -----------------------------------------------------------------------------------------------------

    @initialize(ahead=AHEAD)
    def begin(self, ahead: timedelta) -> None:
        self.publish(ahead, {timedelta(0), timedelta(hours=1)})

    @precondition(lambda self: len(self.model.webinars) < 6)
    @rule(ahead=AHEAD, offsets=OFFSETS)
    def publish(self, ahead: timedelta, offsets: set[timedelta]) -> None:
        """A moderator publishes a webinar."""
        title, now = f"Webinar {'ABCDEFG'[len(self.model.webinars)]}", self.now()
        kept = tuple(sorted(offsets))

        async def work(session: Any) -> Any:
            community = await get_community(session, self.world.guild.id)
            assert community is not None
            return await create(session, community, self.new(title, now + ahead, kept), by=self.world.owner.id, now=now)

        made = self.write(work)
        self.model.published(Webinar(made.id, title, now + ahead, kept, now))

    @precondition(lambda self: self.open_ones())
    @rule(which=WHICH, person=st.sampled_from([AWA.name, AINO.name]), answer=st.sampled_from(["going", "cannot"]))
    def answer(self, which: int, person: str, answer: str) -> None:
        """A member answers."""
        one = self.one_of(which)
        self.write(
            lambda session: set_rsvp(session, self.world.guild.id, one.id, self.people[person], answer, self.now())
        )
        (one.going.add if answer == "going" else one.going.discard)(person)

    @precondition(lambda self: self.open_ones())
    @rule(which=WHICH, ahead=AHEAD)
    def move(self, which: int, ahead: timedelta) -> None:
        """A moderator moves a webinar."""
        one, now = self.one_of(which), self.now()
        if now + ahead == one.starts:
            return

        async def work(session: Any) -> Any:
            community = await get_community(session, self.world.guild.id)
            assert community is not None
            return await edit(
                session,
                community,
                one.id,
                self.new(one.title, now + ahead, one.offsets),
                version=one.version,
                by=self.world.owner.id,
                now=now,
            )

        assert self.write(work) is not None
        self.model.moved(one, now + ahead, now)

    @precondition(lambda self: self.open_ones())
    @rule(which=WHICH)
    def cancel(self, which: int) -> None:
        """A moderator cancels a webinar."""
        one = self.one_of(which)
        done = self.write(
            lambda session: cancel(
                session,
                self.world.guild.id,
                one.id,
                version=one.version,
                reason="",
                by=self.world.owner.id,
                now=self.now(),
            )
        )
        assert done is not None
        self.model.cancelled(one)

    @rule(span=SPANS)
    def wait(self, span: timedelta) -> None:
        """Time passes."""
        since = self.now()
        self.runner.run(self.world.pass_time(span))
        self.model.passed(since, self.now())

    @rule(span=SPANS)
    def be_away(self, span: timedelta) -> None:
        """The bot is off for a while."""
        self._restart_after(span)

    def _restart_after(self, span: timedelta) -> None:
        since = self.now()

        async def go() -> None:
            await self.world.env.bot.close()
            self.world.env.backend.clock.advance(span.total_seconds())
            await self.world.env.restart_bot(self.world.make_bot())
            await self.world.env.settle()

        self.runner.run(go())
        self.model.missed(since, self.now())

    @precondition(lambda self: self.model.next_due(self.now()))
    @rule(point=POINTS, which=st.integers(1, 2), dead=DEAD)
    def die_while_reminding(self, point: str, which: int, dead: timedelta) -> None:
        """The bot dies at the moment at which the next reminder is due."""
        due = self.model.next_due(self.now())
        assert due is not None
        self.death.point, self.death.left = point, which
        self.wait(due - self.now())
        self.death.point = ""
        self._restart_after(dead)

    @precondition(lambda self: len(self.model.webinars) < 6)
    @rule(point=POINTS, which=st.integers(1, 2), dead=DEAD, ahead=AHEAD)
    def die_while_publishing(self, point: str, which: int, dead: timedelta, ahead: timedelta) -> None:
        """The bot dies over the announcement of a webinar, or over its event."""
        self.death.point, self.death.left = point, which
        self.publish(ahead, {timedelta(0)})
        self.death.point = ""
        self._restart_after(dead)

    @precondition(lambda self: self.open_ones())
    @rule(point=POINTS, which=WHICH, dead=DEAD, ahead=st.none() | AHEAD)
    def die_while_telling(self, point: str, which: int, dead: timedelta, ahead: timedelta | None) -> None:
        """The bot dies while it tells that a webinar does not take place, or not then."""
        self.death.point, self.death.left = point, 1 + which % 4
        if ahead is None:
            self.cancel(which)
        else:
            self.move(which, ahead)
        self.death.point = ""
        self._restart_after(dead)

    @rule(shift=SHIFTS)
    def move_the_clock(self, shift: timedelta) -> None:
        """Somebody sets the clock of the host."""
        self.ahead = shift

    # What is seen -----------------------------------------------------------------------------------------------------

    @invariant()
    def what_is_seen_is_what_is_due(self) -> None:
        seen: Counter[tuple[str, str]] = Counter()
        known = {one.title for one in self.model.webinars}
        for message in posts(self.world):
            # What is first is what is announced; its text changes when the webinar does.
            sorts = [sort for beginning, sort in SORTS.items() if message.content.startswith(beginning)]
            title = str(message.embeds[0].title)[-len("Webinar A") :] if message.embeds else ""
            if title not in known:
                continue
            sort = "announcement" if (title, "announcement") not in seen else sorts[0]
            seen[title, sort] += 1
        for person in (AWA, AINO):
            for message in self.world.people[person.key].user.dm_channel.history():
                title = next((one.title for one in self.model.webinars if f"“{one.title}”" in message.content), None)
                if title:
                    seen[title, person.name] += 1
        due = +self.model.seen
        assert seen == due, f"too much: {dict(seen - due)}, missing: {dict(due - seen)}"
        ahead = {
            (event.name, datetime.fromisoformat(event.scheduled_start_time).astimezone(UTC))
            for event in events(self.world)
            if event.status == 1
        }
        assert {each for each in ahead if each[1] > self.now()} == self.model.events(self.now())


def test_what_is_seen_is_what_is_due() -> None:
    settings = hypothesis.settings(
        max_examples=KILLS if LONG else 3,
        stateful_step_count=40 if LONG else 12,
        deadline=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.data_too_large],
    )
    run_state_machine_as_test(Story, settings=settings)
