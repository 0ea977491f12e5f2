"""The date and the time of `/webinar create`, read back in words while the moderator types."""

from datetime import datetime, timedelta
from typing import Any

import discord
from discord import app_commands

from bot.ask import Ask
from bot.errors import Refusal
from bot.render import cut
from cogs.webinars.choosing import Choices
from cogs.webinars.rules import WHEN_LIMIT, read_zone
from data.wall_time import Moment, PastFault, WhenFault, in_words, parse_when, write_offset
from data.zones import name_city

NOON = "12:00"
# What is offered before anything is typed.
DAYS_AHEAD = range(1, 15)
HOURS = range(8, 19)


def phrase(date: str | None, time: str | None) -> str:
    """What stands in the form for a date and a time that were given as options."""
    return " ".join(part for part in (date, time) if part)[:WHEN_LIMIT]


async def suggest_dates(interaction: discord.Interaction[Any], text: str) -> Choices:
    """The days that a text can mean, in words; the coming days before anything is typed."""
    ask = await Ask.of(interaction)
    if not ask.actor.is_moderator:
        return []
    zone = _zone(ask, interaction)
    if text.strip():
        found = _read(ask, f"{text[:WHEN_LIMIT]} {NOON}", zone) or _read(ask, text[:WHEN_LIMIT], zone)
        days = [moment.wall for moment in found]
    else:
        today = Moment.at(ask.now, zone).wall
        days = [today + timedelta(days=ahead) for ahead in DAYS_AHEAD]
    shown = {f"{day:%Y-%m-%d}": day_in_words(day, ask.t.language) for day in days}
    return [app_commands.Choice(name=cut(name, 100), value=value) for value, name in shown.items()][:25]


async def suggest_times(interaction: discord.Interaction[Any], text: str) -> Choices:
    """The hours that a text can mean, on the day that was chosen, in words."""
    ask = await Ask.of(interaction)
    if not ask.actor.is_moderator:
        return []
    zone, date = _zone(ask, interaction), getattr(interaction.namespace, "date", None)
    tomorrow = Moment.at(ask.now, zone).wall + timedelta(days=1)
    day = date if isinstance(date, str) and date.strip() else f"{tomorrow:%Y-%m-%d}"
    typed = [text[:WHEN_LIMIT]] if text.strip() else [f"{hour:02}:00" for hour in HOURS]
    choices: dict[str, str] = {}
    for each in typed:
        found = _read(ask, f"{day[:WHEN_LIMIT]} {each}", zone)
        for moment in found:
            clock = f"{moment.wall:%H:%M}"
            # An hour that comes twice is only told apart by how far it is from UTC.
            twice = len({other.offset for other in found}) > 1
            value = f"{clock} {write_offset(moment.offset)}" if twice else clock
            shown = in_words(moment.wall, ask.t.language) if day == date else clock
            choices[value] = f"{shown} ({name_city(zone, ask.t.language)}, UTC{write_offset(moment.offset)})"
    return [app_commands.Choice(name=cut(name, 100), value=value) for value, name in choices.items()][:25]


def day_in_words(day: datetime, language: str) -> str:
    """A day without its hour: `Saturday 1 May 2027`."""
    return in_words(day, language).rpartition(",")[0]


def _read(ask: Ask, typed: str, zone: str) -> list[Moment]:
    """What a phrase can mean; nothing where it means nothing yet, or has passed."""
    try:
        return [parse_when(typed, ask.t.language, zone, ask.now)]
    except PastFault:
        return []
    except WhenFault as fault:
        found: list[Moment] = []
        for reading in fault.readings:
            try:
                found.append(parse_when(reading, ask.t.language, zone, ask.now))
            except WhenFault:
                continue
        return found


def _zone(ask: Ask, interaction: discord.Interaction[Any]) -> str:
    """The zone whose clocks are meant: the one that was chosen, else the moderator's."""
    try:
        return read_zone(getattr(interaction.namespace, "zone", None)) or ask.zone
    except Refusal:
        return ask.zone
