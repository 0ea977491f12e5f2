"""What a client that lies can send: buttons, menus, forms and commands that nobody was ever shown."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import simcord
from discord import app_commands
from simcord.backend.serializers import member_payload, user_payload
from simcord.interactions import base_payload, store_interaction_attachment

from bot.app import Convenor
from bot.demo.world import Person, World
from tests.act import components

Payload = dict[str, Any]
# Discord's numbers for what is sent, for parts of messages, and for the sorts of options.
COMMAND, COMPONENT, OFFER, FORM = 2, 3, 4, 5
ROW, BUTTON, MENU, FIELD, LABELLED = 1, 2, 3, 4, 18
PERSON, FILE = 6, 11


@contextmanager
def lying(world: World, change: Callable[[Payload], Payload]) -> Generator[None]:
    """Change what the bot is sent of each interaction meanwhile."""
    backend = world.env.backend
    emit = backend.emit

    def emit_changed(event: str, payload: Any) -> None:
        emit(event, change(dict(payload)) if event == "INTERACTION_CREATE" else payload)

    backend.emit = emit_changed
    try:
        yield
    finally:
        backend.emit = emit


async def press(world: World, person: Person, message: Any, custom_id: str) -> simcord.InteractionResult:
    """Press a button that this message does not have. It must have another one, which stands in for it."""
    part = {"type": BUTTON, "style": 2, "label": "Forged", "custom_id": custom_id}
    return await _use(world, person, message, part, {"custom_id": custom_id, "component_type": BUTTON})


async def choose(
    world: World, person: Person, message: Any, custom_id: str, options: Sequence[str]
) -> simcord.InteractionResult:
    """Choose from a menu that this message does not have."""
    offered = [{"label": "Forged", "value": option} for option in options] or [{"label": "Forged", "value": "-"}]
    part = {"type": MENU, "custom_id": custom_id, "options": offered}
    data = {"custom_id": custom_id, "component_type": MENU, "values": list(options)}
    return await _use(world, person, message, part, data)


async def _use(world: World, person: Person, message: Any, part: Payload, data: Payload) -> simcord.InteractionResult:
    def change(payload: Payload) -> Payload:
        shown = {**payload["message"], "components": [{"type": ROW, "components": [part]}]}
        return {**payload, "data": data, "message": shown}

    return await _instead(world, person, message, change)


async def send_form(
    world: World, person: Person, message: Any, custom_id: str, typed: Mapping[str, str | list[str]]
) -> simcord.InteractionResult:
    """Send a form that was never shown, from a message with a button."""

    def change(payload: Payload) -> Payload:
        return {**payload, "type": FORM, "data": {"custom_id": custom_id, "components": _filled(typed)}}

    return await _instead(world, person, message, change)


def _filled(typed: Mapping[str, str | list[str]]) -> list[Payload]:
    return [
        {"type": LABELLED, "component": {"type": FIELD, "custom_id": name, "value": value}}
        if isinstance(value, str)
        else {"type": LABELLED, "component": {"type": MENU, "custom_id": name, "values": value}}
        for name, value in typed.items()
    ]


async def send_form_at_once(
    world: World, person: Person, channel: Any, custom_id: str, typed: Mapping[str, str | list[str]], times: int
) -> list[simcord.InteractionResult]:
    """Send one form several times before the bot has answered any of them."""
    records: list[Any] = []
    for _ in range(times):
        record, payload = base_payload(
            world.env.backend,
            type=FORM,
            channel_id=channel.id,
            guild_id=world.guild.id,
            user_id=person.id,
            data={"custom_id": custom_id, "components": _filled(typed)},
        )
        records.append(record)
        world.env.backend.emit("INTERACTION_CREATE", {**payload, "locale": person.persona.locale})
    await world.env.settle()
    return [simcord.InteractionResult(world.env, record) for record in records]


async def command(
    world: World, person: Person, message: Any, name: str, options: Mapping[str, Any]
) -> simcord.InteractionResult:
    """Give a command with options that Discord would not have offered; people and places need a real command."""
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    root, *path = name.split()
    found: Any = bot.tree.get_command(root)
    for part in path:
        found = found.get_command(part)
    assert isinstance(found, app_commands.Command)
    sorts = {option.name: option.type.value for option in found.parameters}
    given: list[Payload] = [{"name": key, "type": sorts[key], "value": value} for key, value in options.items()]
    for part in reversed(path):
        given = [{"name": part, "type": 1, "options": given}]
    data = {"id": "1", "name": root, "type": 1, "options": given}

    def change(payload: Payload) -> Payload:
        kept = {key: value for key, value in payload.items() if key != "message"}
        return {**kept, "type": COMMAND, "data": data}

    return await _instead(world, person, message, change)


async def _instead(
    world: World, person: Person, message: Any, change: Callable[[Payload], Payload]
) -> simcord.InteractionResult:
    real = next(item["custom_id"] for item in components(message) if item["type"] == BUTTON and "custom_id" in item)
    with lying(world, change):
        return await person.actor.click(message, custom_id=real)


async def press_at_once(
    world: World, people: Sequence[Person], message: Any, custom_id: str
) -> list[simcord.InteractionResult]:
    """Press one button from several hands, or several times from one, before the bot has answered any of them."""
    backend = world.env.backend
    emit = backend.emit
    records: list[Any] = []

    def emit_all(event: str, payload: Any) -> None:
        if event != "INTERACTION_CREATE":
            emit(event, payload)
            return
        for person in people:
            record, fresh = base_payload(
                backend,
                type=COMPONENT,
                channel_id=int(payload["channel_id"]),
                guild_id=int(payload["guild_id"]),
                user_id=person.id,
                data={"custom_id": custom_id, "component_type": BUTTON},
            )
            record.source_message_id = message.id
            records.append(record)
            emit(event, {**fresh, "message": payload["message"], "locale": person.persona.locale})

    backend.emit = emit_all
    try:
        await people[0].actor.click(message, custom_id=custom_id)
    finally:
        backend.emit = emit
    return [simcord.InteractionResult(world.env, record) for record in records]


def give(world: World, person: Person, channel: Any, name: str, options: Mapping[str, Any]) -> Any:
    """Give a command anywhere, without waiting for the answer; see `answer_to`.

    Args:
        world: whose server the channel is in.
        person: who gives it.
        channel: where; None for the direct message with the bot.
        name: of the command.
        options: by name. For an option that takes a person it is the asker, for one that takes a file an empty list.
    """
    resolved: Payload = {}
    sorts = _sorts(world, name)
    given: list[Payload] = []
    where = channel.id if channel is not None else person.user.dm_channel.id
    for key, value in options.items():
        said: Any = value
        if sorts[key] == PERSON:
            said = str(person.id)
            resolved["users"] = {said: dict(user_payload(world.env.backend.get_user(person.id)))}
            if channel is not None:
                guild = world.env.backend.get_guild(world.guild.id)
                member = dict(member_payload(world.env.backend, guild, guild.members[person.id]))
                resolved["members"] = {said: {**member, "permissions": "0"}}
        elif sorts[key] == FILE:
            said = store_interaction_attachment(world.env.backend, where, "list.csv", b"Nom\n", resolved)
        given.append({"name": key, "type": sorts[key], "value": said})
    return _send(world, person, channel, COMMAND, name, given, resolved)


def type_into(world: World, person: Person, channel: Any, name: str, option: str, typed: str) -> Any:
    """Type into an option that offers choices, anywhere, without waiting for them; see `answer_to`."""
    given = [{"name": option, "type": _sorts(world, name)[option], "value": typed, "focused": True}]
    return _send(world, person, channel, OFFER, name, given, {})


def answer_to(world: World, record: Any) -> simcord.InteractionResult:
    """What came of it, once the world has settled."""
    return simcord.InteractionResult(world.env, record)


def _sorts(world: World, name: str) -> dict[str, int]:
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    root, *path = name.split()
    found: Any = bot.tree.get_command(root)
    for part in path:
        found = found.get_command(part)
    return {option.name: option.type.value for option in found.parameters}


def _send(
    world: World, person: Person, channel: Any, sort: int, name: str, given: list[Payload], resolved: Payload
) -> Any:
    root, *path = name.split()
    for part in reversed(path):
        given = [{"name": part, "type": 1, "options": given}]
    record, payload = base_payload(
        world.env.backend,
        type=sort,
        channel_id=channel.id if channel is not None else person.user.dm_channel.id,
        guild_id=world.guild.id if channel is not None else None,
        user_id=person.id,
        data={"id": "1", "name": root, "type": 1, "options": given, "resolved": resolved},
    )
    world.env.backend.emit("INTERACTION_CREATE", {**payload, "locale": person.persona.locale})
    return record
