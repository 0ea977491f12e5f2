"""Using commands on the wire, and asking the bot's own HTTP server."""

import asyncio
import socket
from typing import Any

import aiohttp

from tests.wire.control import until
from tests.wire.scene import Scene

JSON = dict[str, Any]
# Kinds of first answers.
UPDATED, FORM = 6, 9


def free_port() -> int:
    """A port of this machine that nobody has now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def get(port: int, path: str) -> tuple[int, str]:
    """Status and body; status 0 where nobody answers."""
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(10)) as session,
            session.get(f"http://127.0.0.1:{port}{path}") as answer,
        ):
            return answer.status, await answer.text()
    except aiohttp.ClientError:
        return 0, ""


async def use(scene: Scene, name: str, *options: JSON, user: str = "") -> str:
    """Use a command (`webinar list` is one of a group); returns the token to ask for the answer by."""
    first, _, rest = name.partition(" ")
    inner: list[JSON] = [{"type": 1, "name": rest, "options": list(options)}] if rest else list(options)
    data: JSON = {"id": "1", "type": 1, "name": first, "options": inner}
    place = scene.channels[0]
    return str(
        await scene.server.order(
            "interact", channel=place, user=user or scene.owner, type=2, data=data, locale="en-GB", message=None
        )
    )


async def press(scene: Scene, message: JSON, custom_id: str, user: str = "") -> str:
    """Press a button of a message; returns the token."""
    data: JSON = {"custom_id": custom_id, "component_type": 2}
    return str(
        await scene.server.order(
            "interact",
            channel=message["channel_id"],
            user=user or scene.owner,
            type=3,
            data=data,
            locale="en-GB",
            message=message,
        )
    )


async def answered(scene: Scene, token: str, seconds: float = 20.0) -> JSON:
    """Wait until something is to be read, or a form is shown; returns all that the bot did with it."""

    async def said() -> JSON | None:
        found: JSON = await scene.server.order("answer", token=token)
        kind: int = found["callback"]["type"] if found["callback"] else 0
        shown = bool(found["message"]) and not found["loading"] and kind != UPDATED
        form = kind == FORM
        return found if shown or form or found["followups"] else None

    found = await until(said, seconds)
    assert found, (await scene.server.order("answer", token=token), scene.bot.log if scene.bot else "")
    return dict(found)


def text_of(answer: JSON) -> str:
    """All that an answer says."""
    return str([answer["message"], *answer["followups"], answer["callback"]])


async def together(scene: Scene, *names: str) -> dict[str, JSON]:
    """Use several commands at once; gives each one's answer."""
    tokens = [await use(scene, name) for name in names]
    found = await asyncio.gather(*(answered(scene, token) for token in tokens))
    return dict(zip(names, found, strict=True))
