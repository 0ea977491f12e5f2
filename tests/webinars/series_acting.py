"""What moderators and members do with series, step by step, as they would in Discord."""

from typing import Any

from bot.demo.world import Person, World
from tests.act import reply
from tests.webinars.acting import press, preview


async def repeated(world: World, person: Person, typed: dict[str, str], rhythm: str, end: str, **options: Any) -> Any:
    """Fill both forms; gives the preview of the series, or what is asked about it."""
    card = await preview(world, person, typed, **options)
    return await repeat(person, card, rhythm, end)


async def repeat(person: Person, card: Any, rhythm: str, end: str) -> Any:
    """Say on a preview how often, and until when."""
    shown = await press(person, card, "open:webinar:repeat")
    return reply(await person.actor.submit_modal(shown, {"rhythm": [rhythm], "end": end}))


async def publish_series(
    world: World, person: Person, typed: dict[str, str], rhythm: str = "weekly", end: str = "4", **options: Any
) -> Any:
    """Announce a series; gives what the moderator is told."""
    card = await repeated(world, person, typed, rhythm, end, **options)
    return reply(await press(person, card, "webinar:series:publish"))
