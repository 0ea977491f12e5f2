"""`convenor demo --screenshots`: takes the pictures of the guides from the page itself, as its visitors see it."""

import asyncio
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from PIL import Image
from playwright.async_api import Locator

from bot.demo import writings
from bot.demo.browser import NoBrowserError, Visitor, open_browser
from bot.demo.run import FAULT, furnished
from bot.demo.story.practices import QUESTION

SIZE = {"width": 1280, "height": 800}
# What a picture is reduced to: the page has few colours, and a guide has to load fast.
COLOURS = 128
# What moves or fades comes to rest meanwhile, in milliseconds.
REST = 800


async def take_pictures(folder: Path, listener: socket.socket, into: Path) -> int:
    """Furnish the sample server, walk through it and take each picture.

    Args:
        folder: for the database.
        listener: where the page is served.
        into: where the pictures go; it is made if it is not there.

    Returns:
        The exit status: 0 taken, 2 there is no browser.
    """
    try:
        async with open_browser() as browser, furnished(folder, listener) as demo:
            context = await browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme="dark")
            visitor = Visitor(await context.new_page())
            await visitor.open(demo.url)
            await asyncio.to_thread(into.mkdir, parents=True, exist_ok=True)
            for name, walk in WALKS.items():
                await walk(visitor)
                # Nothing is pointed at in a picture.
                await visitor.page.mouse.move(0, 0)
                await visitor.page.wait_for_timeout(REST)
                taken = await visitor.page.screenshot()
                await asyncio.to_thread(save, taken, into / f"{name}.png")
                print(f"  {into / name}.png", flush=True)
    except NoBrowserError as error:
        print(error, file=sys.stderr)
        return FAULT
    return 0


def save(taken: bytes, path: Path) -> None:
    """Keep a picture as a small PNG."""
    from io import BytesIO

    Image.open(BytesIO(taken)).convert("RGB").quantize(COLOURS).save(path, optimize=True)


async def top(message: Locator) -> None:
    """Scroll until the upper end of a message is in sight."""
    await message.evaluate("message => message.scrollIntoView({ block: 'start' })")


async def reading_a_webinar(visitor: Visitor) -> None:
    """A member reads an announcement, in her own time zone."""
    await visitor.become("Awa Ndoye")
    await visitor.visit("webinars")
    await top(visitor.messages.filter(has_text=writings.COSTING["title"]).first)


async def looking_up(visitor: Visitor) -> None:
    """A member asks in Spanish, and finds what was written in French."""
    await visitor.become("Catalina Rehue")
    await visitor.visit("general")
    await visitor.command("buscar", query=QUESTION)
    answer = visitor.messages.filter(has_text=writings.CONFIDENTIAL_DESK["basics"]["title"]).last
    await answer.wait_for()
    await top(answer)


async def filling_the_form(visitor: Visitor) -> None:
    """A newcomer fills in the form in French."""
    await visitor.let("newcomer")
    await visitor.page.locator("#card .notice button").click()
    await visitor.ready()
    await visitor.press("Commencer")
    who = writings.APPLICATIONS["solange-uwimana"].who
    await visitor.conversation.locator(".modal-dialog").wait_for()
    await visitor.fill({"Pays": who["country"], "Nom": who["organisation"], "fonction": who["role"]})


async def reading_a_practice(visitor: Visitor) -> None:
    """A member reads a practice in the forum."""
    await visitor.page.keyboard.press("Escape")
    await visitor.become("Jussara Tavares")
    await visitor.visit(writings.CONFIDENTIAL_DESK["basics"]["title"])
    await top(visitor.messages.first)


async def previewing(visitor: Visitor) -> None:
    """A moderator sees what will be announced before it is."""
    await visitor.become("Maren Østby")
    await visitor.visit("general")
    await visitor.command("webinar create")
    await visitor.conversation.locator(".modal-dialog").wait_for()
    await visitor.fill(
        {
            "Title": "Evidence that courts accept: recording a first statement",
            "When": "3 March 2027 10:00",
            "Speakers": "Solange Uwimana",
            "about": "What to write down, what to leave to the specialist, and how nobody has to repeat it.",
            "Link": "https://meet.example/first-statement",
        }
    )
    await visitor.send()
    card = visitor.messages.last
    await card.get_by_role("button", name="Publish").wait_for()
    await top(card.locator(".embed-card").nth(1))


WALKS: dict[str, Callable[[Visitor], Awaitable[None]]] = {
    "demo": reading_a_webinar,
    "lookup": looking_up,
    "webinar-preview": previewing,
    "practice": reading_a_practice,
    "onboarding-form": filling_the_form,
}
