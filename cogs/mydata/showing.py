"""Showing a person all that is held about them, page by page, and handing it over as a file."""

import io
import json
from collections.abc import Mapping
from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import not_found
from bot.buttons import Button, row
from bot.render import ACCENT, one_line
from cogs.mydata import words
from data.network import list_key_areas
from data.personal import held, webinar_titles

# What a page holds: short enough for a telephone.
PAGE = 1500


class Turn(Button, custom_id="mydata:page:{page}"):
    """Turns the pages."""

    async def pressed(self, ask: Ask) -> None:
        """Show that page in place of this one."""
        page = self.values["page"]
        if not (page.isascii() and page.isdecimal() and len(page) < 5):
            raise not_found()
        await ask.update(**await page_of(ask, int(page)))


class Export(Button, custom_id="mydata:export"):
    """Hands everything over as a file."""

    async def pressed(self, ask: Ask) -> None:
        """Send the file, privately."""
        await send_file(ask)


async def page_of(ask: Ask, page: int) -> dict[str, Any]:
    """One page of what is held about whoever asks, as the parts of a message."""
    t = ask.t
    async with ask.bot.db.read() as session:
        everything = await held(session, ask.community.id, ask.actor.user_id)
        names = words.Names(
            await webinar_titles(session, ask.community.id, _webinars(everything)),
            {area.id: area.name.text(t.language) for area in await list_key_areas(session)},
        )
    pages = pages_of(words.sections(t, everything, names))
    if not pages:
        return {"content": t("Nothing is held about you here."), "embeds": [], "view": None}
    page = min(page, len(pages) - 1)
    card = discord.Embed(title=t("What is held about you"), description=pages[page], colour=ACCENT)
    card.set_footer(text=t("Page {page} of {pages}. Only you see this.", page=page + 1, pages=len(pages)))
    turns = [Turn(t("Back"), page=page - 1)] if page else []
    if page + 1 < len(pages):
        turns.append(Turn(t("More"), page=page + 1))
    return {"embeds": [card], "view": row(*turns, Export(t("All of it as a file")))}


def _webinars(everything: Mapping[str, list[dict[str, Any]]]) -> set[int]:
    return {entry["webinar_id"] for entries in everything.values() for entry in entries if "webinar_id" in entry}


def pages_of(sections: list[tuple[str, list[str]]]) -> list[str]:
    """Texts of at most about `PAGE` characters; an entry is broken only where it is longer than that."""
    pages: list[str] = []
    for title, entries in sections:
        text = f"### {title}"
        for entry in entries:
            parts = [entry[start : start + PAGE] for start in range(0, len(entry), PAGE)] or [""]
            for part in parts:
                if len(text) + len(part) > PAGE:
                    pages.append(text)
                    text = f"### {title}"
                text += f"\n{part}\n"
        if pages and len(pages[-1]) + len(text) < PAGE and pages[-1].startswith("### "):
            pages[-1] += f"\n{text}"
        else:
            pages.append(text)
    return pages


async def send_file(ask: Ask) -> None:
    """Everything held about whoever asks, as JSON, for them alone."""
    async with ask.bot.db.read() as session:
        everything = await held(session, ask.community.id, ask.actor.user_id)
    content = {
        "community": ask.community.name,
        "user_id": str(ask.actor.user_id),
        "exported_at": ask.now.isoformat(),
        "held": everything,
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    name = f"convenor-{ask.now:%Y-%m-%d}.json"
    await ask.answer(
        ask.t("Everything held about you in {community}.", community=one_line(ask.community.name, 100)),
        file=discord.File(io.BytesIO(text.encode()), filename=name),
    )
