"""What the checks look at: the running bot, or what the command line can find out without it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import discord

from bot.settings import Settings
from data.communities import Community
from data.database import Database
from data.faults import DatabaseFault

if TYPE_CHECKING:
    from bot.app import Convenor


@dataclass(frozen=True, slots=True)
class Server:
    """A server as Discord shows it to the bot.

    Attributes:
        community: what is set up in it.
        guild: the server; None where the bot is not in it any more.
        me: the bot there.
        channels: by id.
        people: those who see a channel of the community by name, by id, where Discord was asked for them.
    """

    community: Community
    guild: discord.Guild | None
    me: discord.Member | None = None
    channels: Mapping[int, discord.abc.GuildChannel] = field(default_factory=dict[int, discord.abc.GuildChannel])
    people: Mapping[int, discord.Member] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What there is to look at.

    Attributes:
        settings: the host's.
        now: the time (UTC).
        db: the database, None where it cannot be used; `fault` says why.
        servers: those to look at.
        ahead: by how many seconds the host's clock is before Discord's; None where Discord did not tell.
        bot: the running bot; None at the command line.
        flags: of the application, None where Discord was not asked.
        commands: the names of the commands that Discord has, None where it was not asked.
        discord_fault: why Discord could not be asked.
        community_id: only what concerns this community; None for whoever hosts the bot.
    """

    settings: Settings
    now: datetime
    db: Database | None
    fault: DatabaseFault | None = None
    servers: tuple[Server, ...] = ()
    ahead: float | None = None
    bot: "Convenor | None" = None
    flags: discord.ApplicationFlags | None = None
    commands: frozenset[str] | None = None
    discord_fault: str = ""
    community_id: int | None = None
