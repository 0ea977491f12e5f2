"""A person at the demo's page: a browser driven as a hand would drive it, for the pictures and for the tests."""

import os
import re
import shutil
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

from playwright.async_api import Browser, FrameLocator, Locator, Page, async_playwright, expect

SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# A machine that builds other things meanwhile is slow, not wrong.
PATIENCE = 20_000


class NoBrowserError(Exception):
    """There is no Chromium on this machine. Says what to do."""


@asynccontextmanager
async def open_browser() -> AsyncGenerator[Browser]:
    """Start Chromium without a window: the system's, else the one that Playwright brings.

    Raises:
        NoBrowserError: there is none.
    """
    async with async_playwright() as playwright:
        path = next(filter(None, map(shutil.which, (*SYSTEM_BROWSERS, playwright.chromium.executable_path))), None)
        if path is None:
            raise NoBrowserError("There is no Chromium here: install it, or run `playwright install chromium`.")
        # The superuser's Chromium has no sandbox, on any machine.
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = await playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            yield browser
        finally:
            await browser.close()


class Visitor:
    """Someone who looks at the page. Each step waits until the page is still."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def conversation(self) -> FrameLocator:
        """The conversation in the middle."""
        return self.page.frame_locator("#frame iframe")

    @property
    def messages(self) -> Locator:
        """The messages of the conversation."""
        return self.conversation.locator(".channel-message")

    async def open(self, url: str) -> None:
        """Open the page."""
        await self.page.goto(url)
        await self.ready()

    async def ready(self) -> None:
        """Wait until nothing is under way and the conversation is there."""
        await expect(self.page.locator("body")).not_to_have_class(re.compile(r"\bbusy\b"), timeout=3 * PATIENCE)
        await expect(self.page.locator("#opening")).to_be_hidden(timeout=PATIENCE)

    async def become(self, name: str) -> None:
        """See the server as someone."""
        await self.page.locator("#people-list").get_by_role("button", name=name).click()
        await expect(self.page.locator("#card h2")).to_have_text(name, timeout=PATIENCE)
        await self.ready()

    async def visit(self, place: str) -> None:
        """Open a channel, thread or other place by its name."""
        await self.page.locator("#places-list .place").filter(has_text=place).first.click()
        await expect(self.page.locator("#places-list [aria-current]")).to_contain_text(place, timeout=PATIENCE)
        await self.ready()

    async def let(self, control: str) -> None:
        """Press one of the page's own buttons, by its id or its span of time: hour, day, week, newcomer, restart."""
        await self.page.locator(f"#controls [data-span={control}], #controls #{control}").click()
        await self.ready()

    async def command(self, name: str, **options: str) -> None:
        """Type a slash command, choose it from the list, fill its options in and send it.

        Args:
            name: as the list shows it to this person, without the slash.
            options: by the names that the list shows.
        """
        frame = self.conversation
        await frame.locator("#channel-composer-input").fill(f"/{name}")
        title = frame.locator("strong", has_text=re.compile(f"^/{re.escape(name)}$"))
        await frame.locator(".command-entry", has=title).click()
        for option, value in options.items():
            field = frame.locator(f'.command-option-input[data-option="{option}"]')
            await field.fill(value)
        await frame.locator("#send-message").click()

    async def press(self, label: str, *, within: Locator | None = None) -> None:
        """Press a button of a message: of the last one that has it, or of the one given."""
        place = within or self.conversation.locator("#channel-timeline")
        button = place.get_by_role("button", name=label).last
        await button.click(timeout=PATIENCE)

    async def fill(self, answers: Mapping[str, str | list[str]]) -> None:
        """Fill in the form that is open, by the labels of its fields: texts, or what to choose in a menu."""
        form = self.conversation.locator(".modal-dialog")
        for label, answer in answers.items():
            field = form.locator(".modal-field", has_text=label).first
            if isinstance(answer, str):
                await field.locator("input, textarea").fill(answer)
                continue
            await field.locator(".select-trigger").click()
            for choice in answer:
                await self.conversation.get_by_role("option", name=choice).click()
            # A menu of one choice closes by itself; one of several takes what was chosen when it is closed.
            if await field.locator('.select-trigger[aria-expanded="true"]').count():
                await field.locator(".select-trigger").click()

    async def send(self) -> None:
        """Send the form that is open."""
        form = self.conversation.locator(".modal-dialog")
        await form.locator(".modal-actions button[type=submit]").click()
        await expect(form).to_be_hidden(timeout=PATIENCE)
