"""What is shown of series: the dates on the announcement, and where a webinar stands among them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.languages import N_, Texts, each_language
from bot.render import cut
from cogs.webinars.cards import Languages, jump_url
from cogs.webinars.detail_cards import NEW
from cogs.webinars.series_dates import rhythm_text
from data.webinars import WEBINAR, Webinar, get
from data.webinars.series import Occurrence, occurrence_of, webinars_of_series

SERIES_HEADING = N_("New series of webinars")
LATER_HEADING = N_("Next webinar of a series")

FIELD_LIMIT = 1024
CARD_LIMIT = 6000
# How many of the next dates are shown where a webinar is shown.
NEXT = 5


def struck(instant: datetime, *, cancelled: bool) -> str:
    """A date as every client shows it in its own zone, struck out where it was cancelled."""
    shown = discord.utils.format_dt(instant, "F")
    return f"~~{shown}~~" if cancelled else shown


def add_dates(card: discord.Embed, languages: Languages, dates: Iterable[tuple[datetime, bool]]) -> None:
    """All dates of a series on what everyone sees.

    Args:
        card: the announcement.
        languages: the heading is written in each of them.
        dates: each date (UTC), and whether it was cancelled.
    """
    lines = [f"{number}. {struck(instant, cancelled=out)}" for number, (instant, out) in enumerate(dates, start=1)]
    name = each_language(languages, N_("All dates of the series"))
    chunk: list[str] = []
    for line in [*lines, None]:
        if line is None or len("\n".join([*chunk, line])) > FIELD_LIMIT:
            card.add_field(name=cut(name, 256), value="\n".join(chunk), inline=False)
            chunk, name = [], "…"
        if line is not None:
            chunk.append(line)
    fit(card)


def fit(card: discord.Embed) -> None:
    """Shorten what a card says of a webinar where with all dates it is longer than Discord takes."""
    over = len(card) - CARD_LIMIT
    if over > 0 and card.description:
        card.description = cut(card.description, max(1, len(card.description) - over))


async def add_series(
    session: AsyncSession, card: discord.Embed, languages: Languages, webinar: Webinar
) -> Occurrence | None:
    """Say on an announcement that its webinar is one of a series; on that of the lead, all dates.

    Returns:
        The webinar as one of its series; None where it is single.
    """
    place = await occurrence_of(session, webinar.community_id, webinar.id)
    if place is None:
        return None
    if place.lead_id == webinar.id:
        several = await webinars_of_series(session, webinar.community_id, place.series_id)
        add_dates(card, languages, [(one.starts_at, one.cancelled) for one in several])
    else:
        name = each_language(languages, N_("Part of a series"))
        card.add_field(name=cut(name, 256), value=f"{place.number} / {place.total}", inline=True)
        fit(card)
    return place


def heading_of(place: Occurrence | None, webinar: Webinar) -> str:
    """What an announcement is headed with, to be translated: that of a single webinar, of a series, of one in it."""
    if place is None:
        return NEW.get(webinar.kind, NEW[WEBINAR])
    return SERIES_HEADING if place.lead_id == place.webinar_id else LATER_HEADING


async def leads_on(session: AsyncSession, webinar: Webinar, now: datetime) -> bool:
    """Whether the announcement of a webinar lists other dates of its series that are ahead."""
    place = await occurrence_of(session, webinar.community_id, webinar.id)
    if place is None or place.lead_id != webinar.id:
        return False
    return bool(next_dates(webinar, await webinars_of_series(session, webinar.community_id, place.series_id), now))


async def announced_at(session: AsyncSession, webinar: Webinar) -> str | None:
    """The address of the message from which people know of a webinar: its own announcement, or that of its series."""
    if webinar.announcement_id is None:
        place = await occurrence_of(session, webinar.community_id, webinar.id)
        lead = await get(session, webinar.community_id, place.lead_id) if place and place.lead_id else None
        webinar = lead or webinar
    return jump_url(webinar.community_id, webinar.announcement_channel_id, webinar.announcement_id)


def place_text(t: Texts, place: Occurrence) -> str:
    """`Part of a series (3 of 8)`."""
    return t("Part of a series ({number} of {total})", number=place.number, total=place.total)


def next_dates(webinar: Webinar, several: Sequence[Webinar], now: datetime) -> list[Webinar]:
    """The other webinars of a series that are ahead, next first."""
    return [one for one in several if one.id != webinar.id and not one.cancelled and one.starts_at > now]


def add_place(
    card: discord.Embed, t: Texts, place: Occurrence, webinar: Webinar, several: Sequence[Webinar], now: datetime
) -> None:
    """Where a webinar stands in its series, and when the others are, for one person."""
    lines = [place_text(t, place), rhythm_text(t, place.rhythm, place.wall_time.date())]
    ahead = next_dates(webinar, several, now)
    lines += [discord.utils.format_dt(one.starts_at, "F") for one in ahead[:NEXT]]
    if len(ahead) > NEXT:
        lines.append(t.plural("and {n} more", "and {n} more", len(ahead) - NEXT))
    card.add_field(name=t("Series"), value=cut("\n".join(lines), FIELD_LIMIT), inline=False)
    fit(card)
