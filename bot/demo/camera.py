"""`convenor demo --screenshots`: takes the pictures of the guides from the page itself, as its visitors see it."""

import asyncio
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from PIL import Image
from playwright.async_api import Locator, ViewportSize

from bot.demo import writings
from bot.demo.browser import NoBrowserError, Visitor, open_browser
from bot.demo.run import FAULT, furnished
from bot.demo.story.practices import QUESTION

SIZE, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=780)
# Where a short answer stands alone.
CARD, SHORT = ViewportSize(width=1280, height=520), ViewportSize(width=1280, height=610)
TALL = ViewportSize(width=1280, height=1150)
COSTING, SERIES = writings.COSTING["title"], writings.WOMEN_IN_COMMAND["title"]
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
            context = await browser.new_context(viewport=SIZE, color_scheme="dark")
            visitor = Visitor(await context.new_page())
            await visitor.open(demo.url)
            await asyncio.to_thread(into.mkdir, parents=True, exist_ok=True)
            for name, walk in WALKS.items():
                seen = await walk(visitor)
                # Nothing is pointed at in a picture.
                await visitor.page.mouse.move(0, 0)
                await visitor.page.wait_for_timeout(REST)
                taken = await (visitor.page if seen is None else seen).screenshot()
                await visitor.page.set_viewport_size(SIZE)
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


async def only(visitor: Visitor, message: Locator) -> Locator:
    """Bring a message to the top of the conversation; the picture shows the conversation alone."""
    await top(message)
    return visitor.page.locator("#conversation")


async def reading_a_webinar(visitor: Visitor) -> None:
    """A member reads an announcement, in her own time zone."""
    await visitor.become("Awa Ndoye")
    await visitor.visit("webinars")
    await top(visitor.messages.filter(has_text=COSTING).first)


async def looking_up(visitor: Visitor) -> Locator:
    """A member asks in Spanish, and finds what was written in French. The walk shows in the first picture alone."""
    await visitor.page.locator("#walk-close").click()
    await visitor.become("Catalina Rehue")
    await visitor.visit("general")
    await visitor.command("buscar", query=QUESTION)
    answer = visitor.messages.filter(has_text=writings.CONFIDENTIAL_DESK["basics"]["title"]).last
    await answer.wait_for()
    return await only(visitor, answer)


async def reading_details(visitor: Visitor) -> None:
    """A member reads the details of a series in Spanish, on a phone."""
    await visitor.become("Catalina Rehue")
    await visitor.visit("webinars")
    await visitor.press("Detalles", within=visitor.messages.filter(has_text=SERIES).first)
    answer = visitor.messages.last
    await answer.filter(has_text="Cuándo").wait_for()
    await visitor.page.set_viewport_size(PHONE)
    await visitor.page.wait_for_timeout(REST)
    await top(answer)


async def offered_a_place(visitor: Visitor) -> Locator:
    """Somebody cannot come after all; who waited is offered the place by direct message."""
    await visitor.become("Jussara Tavares")
    await visitor.visit("webinars")
    await visitor.press("Não", within=visitor.messages.filter(has_text=COSTING).first)
    await visitor.ready()
    await visitor.become("Catalina Rehue")
    await visitor.visit("Convenor")
    await visitor.page.set_viewport_size(CARD)
    await visitor.page.wait_for_timeout(REST)
    return await only(visitor, visitor.messages.last)


async def deciding(visitor: Visitor) -> Locator:
    """A moderator decides on a request for which a focal point has vouched."""
    await visitor.become("Maren Østby")
    await visitor.visit("moderators")
    await visitor.page.set_viewport_size(TALL)
    await visitor.page.wait_for_timeout(REST)
    return await only(visitor, visitor.messages.filter(has_text="Tomás Quintela").last)


async def seeing_ones_data(visitor: Visitor) -> Locator:
    """A member sees what is held about her."""
    await visitor.become("Awa Ndoye")
    await visitor.visit("general")
    await visitor.command("mesdonnées voir")
    answer = visitor.messages.filter(has_text="Votre profil").last
    await answer.wait_for()
    await visitor.page.set_viewport_size(TALL)
    await visitor.page.wait_for_timeout(REST)
    return await only(visitor, answer)


async def asked_by_a_peer(visitor: Visitor) -> Locator:
    """A member reads a question, and not who asks."""
    await visitor.become("Eero Lehtovaara")
    await visitor.visit("Convenor")
    await visitor.page.set_viewport_size(SHORT)
    await visitor.page.wait_for_timeout(REST)
    return await only(visitor, visitor.messages.filter(has_text=writings.TO_PEERS["question"]).last)


async def tried_elsewhere(visitor: Visitor) -> Locator:
    """What came of a practice in another country, under its discussion."""
    await visitor.become("Jussara Tavares")
    await visitor.visit(writings.CONFIDENTIAL_DESK["basics"]["title"])
    await visitor.page.set_viewport_size(SHORT)
    await visitor.page.wait_for_timeout(REST)
    return await only(visitor, visitor.messages.filter(has_text=writings.DESK_TRIED["period"]).last)


async def previewing(visitor: Visitor) -> Locator:
    """A moderator sees what will be announced, and what to think about, before it is."""
    await visitor.become("Maren Østby")
    await visitor.visit("general")
    await visitor.command("webinar create")
    await visitor.conversation.locator(".modal-dialog").wait_for()
    await visitor.fill(
        {
            "Title": "Evidence that courts accept: recording a first statement",
            # A holiday in Chile, and three in the morning there; clocks will have changed by then.
            "When": "21 May 2027 8:00",
            "Speakers": "Solange Uwimana",
            "about": "What to write down, what to leave to the specialist, and how nobody has to repeat it.",
            "Link": "https://meet.example/first-statement",
        }
    )
    await visitor.send()
    card = visitor.messages.last
    await card.get_by_role("button", name="Publish").wait_for()
    await visitor.page.set_viewport_size(TALL)
    await visitor.page.wait_for_timeout(REST)
    return await only(visitor, card.locator(".embed-card").nth(1))


WALKS: dict[str, Callable[[Visitor], Awaitable[Locator | None]]] = {
    "demo": reading_a_webinar,
    "lookup": looking_up,
    "peers": asked_by_a_peer,
    "tried": tried_elsewhere,
    "webinar-details": reading_details,
    "waiting-list": offered_a_place,
    "vouched": deciding,
    "mydata": seeing_ones_data,
    "webinar-preview": previewing,
}
