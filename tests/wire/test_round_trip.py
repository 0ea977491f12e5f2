"""The real program, started as a process, against a server on a socket: it logs in, posts, and answers."""

from typing import Any

import pytest

from tests import openapi
from tests.wire.control import Bot, until
from tests.wire.scene import Scene

JSON = dict[str, Any]


async def command(scene: Scene, name: str, *, locale: str = "en-GB") -> JSON:
    """Use a command without options as the owner; returns the bot's answer."""
    data: JSON = {"id": "1", "type": 1, "name": name, "options": []}
    place = scene.channels[0]
    token = await scene.server.order(
        "interact", channel=place, user=scene.owner, type=2, data=data, locale=locale, message=None
    )
    return await answer(scene, token)


async def answer(scene: Scene, token: str) -> JSON:
    """Wait for the bot's answer to an interaction."""

    async def answered() -> JSON | None:
        found = await scene.server.order("answer", token=token)
        return found if found["callback"] else None

    found = await until(answered)
    assert found, "no answer"
    return found


async def started(scene: Scene) -> Bot:
    bot = await scene.start_bot()
    await bot.wait_ready()
    return bot


async def test_it_logs_in_posts_what_is_due_and_answers_in_the_persons_language(scene: Scene) -> None:
    await scene.plan(4)
    await scene.plan(2, shape="thread")
    # As a program of its own, from its first line on.
    scene.nursery = None
    bot = await started(scene)
    await scene.each_once()
    assert len(await scene.threads()) == 2
    commands = {one["name"] for one in (await scene.server.order("about"))["commands"]}
    assert {"setup", "help", "lookup", "webinar"} <= commands

    shown = await command(scene, "help", locale="fr")
    assert shown["callback"]["data"]["flags"] == 64, "only the asker sees it"
    assert "Convenor" in str(shown["message"]["embeds"])

    # Of what people write, Discord gives it the text only where it is mentioned; and it answers only there.
    place, me = scene.channels[0], (await scene.server.order("about"))["bot"]["id"]
    await scene.server.order("say", channel=place, user=scene.owner, content="risk assessment")
    asked = await scene.server.order("say", channel=place, user=scene.owner, content=f"<@{me}> risk assessment?")

    async def replied() -> list[JSON]:
        said = await scene.server.order("messages", channel=place)
        return [one for one in said if "risk assessment" in str(one["embeds"])]

    replies = await until(replied)
    assert replies
    assert len(replies) == 1
    assert int(replies[0]["id"]) > int(asked["id"])
    assert await bot.stop() == 0
    assert " ERROR " not in bot.log


async def test_a_button_is_answered_after_a_restart(scene: Scene) -> None:
    await scene.plan(1)
    bot = await started(scene)
    await scene.each_once()
    await bot.kill()
    await started(scene)
    (message,) = await scene.server.order("messages", channel=scene.channels[0])
    custom_id = message["components"][0]["components"][0]["custom_id"]
    assert custom_id.startswith("wire:seen:0~d")
    token = await scene.server.order(
        "interact",
        channel=scene.channels[0],
        user=scene.owner,
        type=3,
        locale="es-ES",
        message=message,
        data={"custom_id": custom_id, "component_type": 2},
    )
    assert (await answer(scene, token))["message"]["content"] == "0"


async def test_a_wrong_token_says_so_in_one_sentence(scene: Scene) -> None:
    bot = await scene.start_bot(DISCORD_TOKEN="wrong")
    assert await bot.gone() != 0
    assert "LoginFailure" in bot.log or "DISCORD_TOKEN" in bot.log


async def test_a_start_changes_no_commands_that_discord_has_already(scene: Scene) -> None:
    bot = await started(scene)
    await bot.stop()
    before = len(await scene.server.order("calls"))
    await started(scene)
    calls = await scene.server.order("calls", since=before)
    assert [call for call in calls if call["method"] == "PUT"] == []


async def test_a_route_that_the_server_does_not_know_fails_the_test(scene: Scene) -> None:
    import aiohttp

    address = f"http://127.0.0.1:{scene.server.port}/api/v10/no/such/route"
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        assert response.status == 501
    with pytest.raises(AssertionError):
        await scene.server.check()
    await scene.server.order("forget_unknown")


async def test_an_exchange_that_discord_would_not_know_fails_the_test(scene: Scene) -> None:
    if not openapi.available:
        pytest.skip("Discord's API description is not beside the project: exchanges are not checked")
    bad = '{"method": "POST", "path": "/channels/1/messages", "request": {"tts": []}, "status": 200, "response": {}}\n'
    record = scene.server.record
    record.write_text(bad)
    with pytest.raises(AssertionError):
        await scene.server.check()
    record.write_text("")
