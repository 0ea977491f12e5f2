"""The list of members as a file, for moderators."""

import asyncio
import io

import discord

from bot.ask import Ask
from bot.languages import Texts
from bot.sheets import CSV, FORMATS, XLSX, make_csv, make_xlsx
from cogs.onboarding import cards, lists
from data import audit, countries
from data.members.expected import Held, list_members


async def send(ask: Ask, sort: str) -> None:
    """Make the file, for this moderator alone, and note that they have it."""
    sort = sort if sort in FORMATS else CSV
    await ask.defer()
    async with ask.bot.db.begin() as session:
        facts = await cards.load_facts(session)
        people = await list_members(session, ask.community.id, ask.now)
        await audit.record(
            session,
            community_id=ask.community.id,
            at=ask.now,
            actor_id=ask.actor.user_id,
            action="onboarding.export",
            object_kind="list",
            object_id=len(people),
            details={"people": len(people), "format": sort},
        )
    t = ask.t
    rows = [heads(t), *(line(t, facts, one) for one in people)]
    title = t("Members")
    content = await asyncio.to_thread(lambda: make_xlsx(rows, title) if sort == XLSX else make_csv(rows))
    file = discord.File(
        io.BytesIO(content), f"members-{ask.now:%Y-%m-%d}.{sort}", description=t("All members, with what they say")
    )
    await ask.answer(
        t("This file is personal data: share it with nobody who does not need it, and delete it after use."), file=file
    )


def heads(t: Texts) -> list[str]:
    """The first row: what an import knows, and what it does not need."""
    return [
        *(t(head) for head in lists.HEADS.values()),
        t("May be shown to other members"),
        t("Member since"),
        t("Vouched for until"),
    ]


def line(t: Texts, facts: cards.Facts, held: Held) -> list[str]:
    """A member as a row; what they show to nobody is not in it."""
    one = held.member
    return [
        str(one.user_id),
        one.name,
        countries.name(one.country, t.language) if one.country else "",
        cards.kind_name(t, one.organisation_kind),
        one.organisation,
        one.role,
        "; ".join(cards.language_name(t, code) for code in one.languages),
        "; ".join(facts.key_areas[area].text(t.language) for area in one.key_areas if area in facts.key_areas),
        one.offers,
        one.seeks,
        t("yes") if one.listed else t("no"),
        f"{one.decided_at:%Y-%m-%d}" if one.decided_at else "",
        f"{held.until:%Y-%m-%d}" if held.until else "",
    ]
