"""Bots that are killed, at any moment or at a named one, and what is there in the end."""

import asyncio
import random
from collections import Counter
from datetime import timedelta

from tests.wire.control import Bot, until
from tests.wire.launch import POINTS
from tests.wire.scene import Scene

MESSAGES = r"/channels/\d+/messages"
THREADS = r"/channels/\d+/threads"
# Where the server holds a request until the bot is dead: before it did anything, and after.
HELD = {"posted": False, "committed": True}
MOMENTS = (*POINTS, *HELD)
# A bot that is killed while it starts has this long, at most.
START_SECONDS = 0.8
# What is planned before each kill; every so many rounds a thread as well.
ROUND, THREAD_EVERY = 3, 3
# A server has 100 events at most.
WEBINAR_EVERY = 3
# A webinar's reminder is due after this many seconds: about when the next bot is up.
REMINDER_SECONDS = 0.7


class Kills:
    """One run: kills one bot after another, each on what the one before it left.

    Args:
        scene: with nothing planned yet.
        seed: for the moments.
        webinars: announce webinars as well: a message, an event and a reminder for each.
        forgetful: as if Discord's window for repeated nonces had always passed before the restart.
    """

    def __init__(self, scene: Scene, seed: int, *, forgetful: bool, webinars: bool = False) -> None:
        self.scene = scene
        self.chance = random.Random(seed)
        self.forgetful = forgetful
        self.webinars = webinars
        self.rounds = 0
        self.killed: Counter[str] = Counter()

    async def plan(self) -> None:
        """More to send."""
        if self.webinars and self.rounds % WEBINAR_EVERY == 0:
            await self.scene.announce(wait=timedelta(seconds=REMINDER_SECONDS))
            self.rounds += 1
            return
        await self.scene.plan(ROUND)
        if self.rounds % THREAD_EVERY == 0:
            await self.scene.plan(1, shape="thread")
        self.rounds += 1

    async def at_random(self) -> None:
        """Kill a bot at any moment: while it starts, or while it sends."""
        await self.plan()
        since = len(await self.scene.server.order("calls"))
        bot = await self.scene.start_bot()
        if self.chance.random() < 0.2:
            await asyncio.sleep(self.chance.uniform(0, START_SECONDS))
            self.killed["starting"] += 1
        else:
            await self.scene.server.order("called", method="POST", route=f"{MESSAGES}|{THREADS}", since=since)
            await asyncio.sleep(self.chance.uniform(0, 0.15))
            self.killed["sending"] += 1
        await self._kill(bot)

    async def at(self, moment: str) -> None:
        """Kill a bot at a named moment, the first, second or third time that it gets there."""
        await self.plan()
        if moment in HELD:
            await self._held(commit=HELD[moment])
        else:
            bot = await self.scene.start_bot(die_at=f"{moment}:{self.chance.randint(1, ROUND)}")
            assert await bot.gone() == -9, bot.log
            await self._forget()
        self.killed[moment] += 1

    async def _held(self, *, commit: bool) -> None:
        route = THREADS if self.rounds % THREAD_EVERY == 1 and self.chance.random() < 0.7 else MESSAGES
        order = {"method": "POST", "route": route, "deed": "hold", "commit": commit, "times": None}
        fault = await self.scene.server.order(
            "fault", **order, after=0 if route == THREADS else self.chance.randint(0, 2)
        )
        bot = await self.scene.start_bot()
        assert await self.scene.server.order("reached", fault=fault), bot.log
        await self._kill(bot)
        await self.scene.server.order("clear_faults", fault=fault)

    async def _kill(self, bot: Bot) -> None:
        await bot.kill()
        await self._forget()

    async def _forget(self) -> None:
        if self.forgetful:
            await self.scene.server.order("forget_nonces")

    async def end(self) -> str:
        """Let one more bot finish, and count.

        Returns:
            What was counted, in a sentence.
        """
        await self.scene.start_bot()
        seen, wanted = await self._webinars() if self.webinars else (Counter[str](), set[str]())
        await self.scene.each_once(60)
        notices = await self.scene.seen()
        seen.update({name: notices[name] for name in self.scene.planned})
        wanted.update(self.scene.planned)
        lost = len(wanted - set(seen))
        doubled = sum(times - 1 for times in seen.values())
        kills = ", ".join(f"{times} {moment}" for moment, times in sorted(self.killed.items()))
        window = "nonces forgotten" if self.forgetful else "nonces known"
        return (
            f"{sum(self.killed.values())} kills ({kills}), {window}: {len(seen)} sent, {lost} lost, {doubled} doubled"
        )

    async def _webinars(self) -> tuple[Counter[str], set[str]]:
        """Wait until each webinar is announced, reminded of and among the events; fail where one is there twice."""
        sorts = ("announcement", "event", "reminder")
        wanted = {f"{title} {sort}" for title in self.scene.announced for sort in sorts}

        async def complete() -> bool:
            return wanted <= set(await self.scene.webinars_seen())

        await until(complete, 60)
        seen = await self.scene.webinars_seen()
        log = self.scene.bot.log if self.scene.bot else ""
        assert {name: times for name, times in seen.items() if times > 1} == {}, f"doubled\n{log}"
        assert wanted - set(seen) == set(), f"lost\n{log}"
        return seen, wanted
