"""What a client that lies can send: buttons, menus, forms and commands that nobody was ever shown."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import simcord
from discord import app_commands
from simcord.interactions import base_payload

from bot.app import Convenor
from bot.demo.world import Person, World
from tests.act import components

Payload = dict[str, Any]
# Discord's numbers for what is sent, for parts of messages, and for the sorts of options.
COMMAND, COMPONENT, FORM = 2, 3, 5
ROW, BUTTON, MENU, FIELD, LABELLED = 1, 2, 3, 4, 18


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
    fields = [
        {"type": LABELLED, "component": {"type": FIELD, "custom_id": name, "value": value}}
        if isinstance(value, str)
        else {"type": LABELLED, "component": {"type": MENU, "custom_id": name, "values": value}}
        for name, value in typed.items()
    ]

    def change(payload: Payload) -> Payload:
        return {**payload, "type": FORM, "data": {"custom_id": custom_id, "components": fields}}

    return await _instead(world, person, message, change)


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
