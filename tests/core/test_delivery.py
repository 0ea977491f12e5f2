"""The delivery engine in the running bot: each message once, whatever happened."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.ask import Ask
from bot.buttons import Button, row
from bot.delivery import Post, Rendered, Skip
from bot.demo.world import Persona, World
from data.deliveries import Delivery, list_for_subject
from data.deliveries import plan as plan_delivery
from tests.act import components, embed_text

KIND = "test.notice"


class Seen(Button, custom_id="test:seen:{number}"):
    """Answers with its number."""

    async def pressed(self, ask: Ask) -> None:
        await ask.answer(self.values["number"])


class Notice:
    """A message that says its occurrence; skipped where the details say so."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        if delivery.details.get("skip"):
            return Skip("cancelled")
        if delivery.details.get("broken"):
            raise RuntimeError("a renderer of ours is broken")
        return Post(row(Seen("Seen", number=7)), content=f"Notice {delivery.occurrence}")

    async def sent(
        self, session: AsyncSession, delivery: Delivery, channel_id: int | None, made_id: int | None
    ) -> None:
        pass


def bot_of(world: World) -> Convenor:
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    bot.deliveries.register(KIND, Notice())
    return bot


async def plan(world: World, occurrence: str = "1", *, target: str = "channel:webinars", **more: object) -> Delivery:
    """Plan a notice, due in a minute unless said otherwise."""
    bot = bot_of(world)
    wait = more.pop("wait", timedelta(minutes=1))
    lasts = more.pop("lasts", None)
    assert isinstance(wait, timedelta)
    assert lasts is None or isinstance(lasts, timedelta)
    due = world.now + wait
    with world.env.time_context():
        async with bot.db.begin() as session:
            return await plan_delivery(
                session,
                community_id=world.guild.id,
                kind=KIND,
                subject="test:1",
                occurrence=occurrence,
                target=target,
                due_at=due,
                expires_at=due + lasts if lasts else None,
                now=world.now,
                details=dict(more),
            )


async def states(world: World) -> dict[str, tuple[str, str | None]]:
    """State and reason of the notices by their occurrence."""
    bot = bot_of(world)
    async with bot.db.read() as session:
        rows = await list_for_subject(session, world.guild.id, "test:1")
    return {row.occurrence: (row.state, row.reason) for row in rows if row.kind == KIND}


def posted(world: World, channel: str = "webinars") -> list[str]:
    return [message.content for message in world.channel(channel).history()]


async def test_it_goes_out_when_due_and_not_before(world: World) -> None:
    await plan(world, wait=timedelta(hours=2))
    await world.pass_time(timedelta(hours=1, minutes=59))
    assert posted(world) == []
    await world.pass_time(timedelta(minutes=1, seconds=1))
    assert posted(world) == ["Notice 1"]
    await world.pass_time(timedelta(days=2))
    assert posted(world) == ["Notice 1"]
    assert await states(world) == {"1": ("sent", None)}


async def test_its_button_carries_the_delivery_and_still_answers(world: World) -> None:
    row_planned = await plan(world)
    await world.pass_time(timedelta(minutes=2))
    message = world.channel("webinars").last_message
    assert message is not None
    assert [item["custom_id"] for item in components(message)] == [f"test:seen:7~d{row_planned.id}"]
    result = await world.owner.actor.click(message, label="Seen")
    assert result.response is not None
    assert result.response.content == "7"


async def test_what_is_overdue_after_an_outage_goes_out_once_and_what_is_useless_does_not(world: World) -> None:
    await plan(world, "useful", wait=timedelta(hours=1), lasts=timedelta(days=2))
    await plan(world, "useless", wait=timedelta(hours=1), lasts=timedelta(hours=1))
    await world.env.bot.close()
    world.env.backend.clock.advance(timedelta(hours=36).total_seconds())
    bot = world.make_bot()
    assert isinstance(bot, Convenor)
    bot.deliveries.register(KIND, Notice())
    await world.env.restart_bot(bot)
    await world.env.settle()
    assert posted(world) == ["Notice useful"]
    assert (await states(world))["useless"][0] == "skipped"


async def test_a_skipped_one_keeps_its_reason(world: World) -> None:
    await plan(world, skip=True)
    await world.pass_time(timedelta(minutes=2))
    assert posted(world) == []
    assert await states(world) == {"1": ("skipped", "cancelled")}


@pytest.mark.parametrize("status, code, reason", [(403, 50013, "403:50013"), (404, 10003, "404:10003")])
async def test_what_is_final_fails_and_the_moderators_are_told_once(
    world: World, status: int, code: int, reason: str
) -> None:
    channel = world.channel("webinars").id
    world.env.inject_error("POST", f"/channels/{channel}/messages", status=status, code=code)
    await plan(world)
    await world.pass_time(timedelta(hours=1))
    assert await states(world) == {"1": ("failed", reason)}
    alerts = [embed_text(message) for message in world.channel("moderators").history()]
    assert len(alerts) == 1
    assert "could not go out" in alerts[0]


async def test_many_closed_direct_messages_make_one_alert(world: World) -> None:
    for number in range(3):
        person = await world.join(Persona(f"person-{number}", f"Person {number}"))
        closed = f"/channels/{person.user.dm_channel.id}/messages"
        world.env.inject_error("POST", closed, status=403, code=50007)
        await plan(world, target=f"user:{person.id}", wait=timedelta(hours=1))
    await world.pass_time(timedelta(hours=2))
    bot = bot_of(world)
    async with bot.db.read() as session:
        rows = await list_for_subject(session, world.guild.id, "test:1")
    assert [row.reason for row in rows if row.kind == KIND] == ["403:50007"] * 3
    alerts = [
        message for message in world.channel("moderators").history() if "no direct messages" in embed_text(message)
    ]
    assert len(alerts) == 1


async def test_a_channel_that_is_gone_fails_at_once(world: World) -> None:
    world.env.backend.delete_channel(world.channel("webinars").id)
    await world.env.settle()
    await plan(world)
    await world.pass_time(timedelta(minutes=2))
    assert await states(world) == {"1": ("failed", "no such channel")}
    assert "The channel is gone" in embed_text(world.channel("moderators").history()[0])


async def test_a_refusal_for_now_is_tried_again(world: World) -> None:
    channel = world.channel("webinars").id
    world.env.inject_error("POST", f"/channels/{channel}/messages", status=429, times=1)
    await plan(world)
    await world.pass_time(timedelta(hours=1))
    assert posted(world) == ["Notice 1"]


@pytest.mark.faults
async def test_a_broken_renderer_keeps_nothing_else_from_going_out(world: World) -> None:
    await plan(world, "broken", broken=True)
    await plan(world, "sound")
    await world.pass_time(timedelta(minutes=3))
    assert posted(world) == ["Notice sound"]
    assert (await states(world))["broken"][0] == "pending"


async def crash_while_sending(world: World, *, ago: timedelta) -> None:
    """Leave the rows as a process would that died after posting, before noting it."""
    bot = bot_of(world)
    async with bot.db.begin() as session:
        await session.execute(
            text(
                "UPDATE delivery SET state = 'sending', message_id = NULL, channel_id = NULL, finished_at = NULL, "
                "lease_owner = 'dead', wake_at = :until, sending_at = :at WHERE subject = 'test:1'"
            ),
            {"at": str(world.now - ago)[:-6], "until": str(world.now + timedelta(minutes=4))[:-6]},
        )
    await bot.close()
    fresh = world.make_bot()
    assert isinstance(fresh, Convenor)
    fresh.deliveries.register(KIND, Notice())
    await world.env.restart_bot(fresh)
    await world.env.settle()


async def test_after_a_crash_the_channel_tells_what_was_posted(world: World) -> None:
    await plan(world)
    await world.pass_time(timedelta(minutes=2))
    message = world.channel("webinars").last_message
    assert message is not None
    await crash_while_sending(world, ago=timedelta(minutes=10))
    assert posted(world) == ["Notice 1"], "found in the history, not posted again"
    bot = bot_of(world)
    async with bot.db.read() as session:
        (found,) = await list_for_subject(session, world.guild.id, "test:1")
    assert (found.state, found.message_id) == ("sent", message.id)


async def test_after_a_crash_what_was_not_posted_is(world: World) -> None:
    await plan(world)
    await world.pass_time(timedelta(minutes=2))
    message = world.channel("webinars").last_message
    assert message is not None
    world.env.backend.delete_message(message.channel.id, message.id)
    await crash_while_sending(world, ago=timedelta(minutes=10))
    assert posted(world) == ["Notice 1"]
    assert (await states(world))["1"][0] == "sent"


async def test_where_the_history_cannot_be_read_it_says_that_it_may_be_a_repeat(world: World) -> None:
    await plan(world)
    await world.pass_time(timedelta(minutes=2))
    channel = world.channel("webinars").id
    world.env.inject_error("GET", f"/channels/{channel}/messages", status=403, code=50001, times=None)
    await crash_while_sending(world, ago=timedelta(minutes=10))
    assert await states(world) == {"1": ("sent", "possible repeat")}


async def test_a_direct_message_goes_to_the_person(world: World) -> None:
    await plan(world, target=f"user:{world.owner.id}")
    await world.pass_time(timedelta(minutes=2))
    assert [message.content for message in world.owner.user.dm_channel.history()] == ["Notice 1\n— The Network"]


async def test_somebody_whom_the_library_forgot_is_not_asked_for_again(world: World) -> None:
    bot = bot_of(world)
    for number in range(3):
        await plan(world, str(number), target=f"user:{world.owner.id}")
        await world.pass_time(timedelta(minutes=2))
        # As it does when it has written to 128 others since.
        bot._connection._private_channels.clear()
        bot._connection._private_channels_by_user.clear()
    contents = [message.content for message in world.owner.user.dm_channel.history()]
    assert contents == [f"Notice {number}\n— The Network" for number in range(3)]
    asked = [request for request in world.env.http_requests if request.path.endswith("/users/@me/channels")]
    assert len(asked) == 1


async def test_nobody_is_pinged_by_a_post(world: World) -> None:
    await plan(world, "@everyone")
    await world.pass_time(timedelta(minutes=2))
    sent = [request.json for request in world.env.http_requests if request.path.endswith("/messages") and request.json]
    assert sent
    assert all(body["allowed_mentions"]["parse"] == [] for body in sent)
