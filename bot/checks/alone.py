"""Examining at the command line, beside the bot or without it: Discord is asked over REST, the database read only."""

import contextlib
import logging
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime

import aiohttp
import discord

from bot.checks.case import Case, Server
from bot.checks.found import Finding
from bot.checks.listed import examine
from bot.clock import Clock
from bot.closed import let_in, serves
from bot.requests import Manners
from bot.settings import Settings
from data.communities import Community, all_communities
from data.database import Database
from data.engines import parse_address
from data.faults import DatabaseFault, NotOursFault

log = logging.getLogger("convenor.doctor")


async def examine_alone(settings: Settings) -> list[Finding]:
    """All findings, for whoever hosts the bot. Changes nothing."""
    clock = Clock(lambda: datetime.now(UTC))
    async with AsyncExitStack() as stack:
        case = Case(settings, datetime.now(UTC), None)
        communities: list[Community] = []
        try:
            path = parse_address(settings.database_url).path
            if path is not None and not path.exists():
                raise NotOursFault(f"There is no database {path}. convenor run makes it.")
            db = await stack.enter_async_context(Database.open(settings.database_url, migrate=False))
            case = replace(case, db=db)
            async with db.read() as session:
                communities = await all_communities(session)
        except DatabaseFault as fault:
            case = replace(case, fault=fault)
        case = await _ask_discord(case, clock, communities)
        return await examine(replace(case, now=clock(), ahead=clock.ahead()))


async def _ask_discord(case: Case, clock: Clock, communities: list[Community]) -> Case:
    if not case.settings.discord_token:
        return replace(case, discord_fault="DISCORD_TOKEN is not set.")
    client = discord.Client(intents=discord.Intents(guilds=True), http_trace=Manners(clock.heard).trace())
    try:
        async with client:
            await client.login(case.settings.discord_token)
            about = await client.application_info()
            # Of the library's own ways to ask, this one needs no tree.
            commands = await client.http.get_global_commands(about.id)
            servers = [await _look(client, community) for community in communities]
            return replace(
                case,
                flags=about.flags,
                commands=frozenset(str(command["name"]) for command in commands),
                servers=tuple(servers),
            )
    except discord.LoginFailure:
        return replace(case, discord_fault="Discord does not accept DISCORD_TOKEN.")
    except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError) as error:
        return replace(case, discord_fault=f"Discord cannot be reached ({type(error).__name__}).")


async def _look(client: discord.Client, community: Community) -> Server:
    with contextlib.suppress(discord.NotFound, discord.Forbidden):
        guild = await client.fetch_guild(community.id)
        channels = await guild.fetch_channels()
        me = await guild.fetch_member(client.user.id) if client.user else None
        people = await _people(
            guild, {one for channel in channels if serves(channel, community) for one in let_in(channel)}
        )
        return Server(community, guild, me, {channel.id: channel for channel in channels}, people)
    return Server(community, None)


async def _people(guild: discord.Guild, ids: set[int]) -> dict[int, discord.Member]:
    """Those of these people who are in the server."""
    people: dict[int, discord.Member] = {}
    for user_id in sorted(ids):
        with contextlib.suppress(discord.NotFound):
            people[user_id] = await guild.fetch_member(user_id)
    return people
