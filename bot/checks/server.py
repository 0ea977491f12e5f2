"""Checks of the servers that the bot is in, and of the application."""

from typing import Any

import discord

from bot.checks.case import Case, Server
from bot.checks.found import Channel, Finding, Word, note, well, wrong
from bot.closed import HELD_BACK, is_exposed
from bot.languages import N_
from bot.permissions import NEEDED, missing

DISCORD, PERMISSIONS, ROLES = N_("Discord"), N_("Permissions"), N_("Roles")
INTENTS, COMMANDS, SETUP = N_("Intents"), N_("Commands"), N_("Setup")
PRIVACY = N_("Who sees what")
# What is needed in a channel of each sort, by the names that Discord's settings show (see `bot.permissions`).
IN_TEXT = ("view_channel", "send_messages", "embed_links", "attach_files", "read_message_history")
IN_FORUM = (
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "create_public_threads",
    "manage_threads",
    "embed_links",
    "read_message_history",
)


async def reached(case: Case) -> list[Finding]:
    """Whether Discord could be asked at all."""
    if not case.discord_fault:
        return []
    return [
        wrong(
            DISCORD,
            N_("Discord could not be asked."),
            N_("See that DISCORD_TOKEN is right and that the machine reaches discord.com."),
            detail=case.discord_fault,
        )
    ]


async def set_up(case: Case) -> list[Finding]:
    """Whether servers are set up, and all that was set up is still there."""
    found: list[Finding] = []
    for server in case.servers:
        name = Channel(server.community.id, server.community.name, is_role=True)
        if server.guild is None:
            found.append(note(SETUP, N_("Convenor is not in the server {name} any more."), name=name))
        elif server.community.set_up_at is None:
            text = N_("The server {name} is not set up.")
            found.append(wrong(SETUP, text, N_("A moderator types /setup there."), name=name))
        elif gone := _gone(server):
            text = N_("In the server {name}, channels or roles that Convenor uses are gone: {n}.")
            found.append(wrong(SETUP, text, N_("A moderator types /setup there."), name=name, n=gone))
    return found or ([well(SETUP, N_("All channels and roles are there."))] if case.servers else [])


def _gone(server: Server) -> int:
    guild = server.guild
    assert guild is not None  # noqa: S101 - looked at before
    places = server.community.places.items()
    channels = [one for purpose, one in places if purpose.startswith("channel:") and one not in server.channels]
    roles = [one for purpose, one in places if purpose.startswith("role:") and guild.get_role(one) is None]
    return len(channels) + len(roles)


async def permissions(case: Case) -> list[Finding]:
    """Whether the bot may do what it has to, in the server and in each of its channels."""
    found: list[Finding] = []
    looked_at = 0
    for server in case.servers:
        if server.guild is None or server.me is None:
            continue
        lacking = missing(_of(server.guild, server.me))
        found += [
            wrong(
                PERMISSIONS,
                N_("Convenor lacks a permission: {permission}."),
                N_("Give it to Convenor's role: Server Settings, Roles. It is needed {why}."),
                permission=Word(need.name),
                why=Word(need.why),
            )
            for need in lacking
        ]
        here = {need.name for need in lacking}
        for purpose, channel_id in server.community.places.items():
            channel = server.channels.get(channel_id) if purpose.startswith("channel:") else None
            if channel is None:
                continue
            looked_at += 1
            denied = tuple(name for name in _denied(channel, server.me) if name not in here)
            if denied:
                found.append(
                    wrong(
                        PERMISSIONS,
                        N_("In {channel} Convenor lacks: {permissions}."),
                        N_("Give it to Convenor's role in the channel's own settings, under Permissions."),
                        channel=Channel(channel.id, channel.name),
                        permissions=denied,
                    )
                )
    if not found and looked_at:
        found = [well(PERMISSIONS, N_("Convenor has the permissions it needs, in its {n} channels too."), n=looked_at)]
    return found


async def closed(case: Case) -> list[Finding]:
    """Whether channels that are not for everyone are seen by those only whom they are for."""
    found: list[Finding] = []
    looked_at = 0
    for server in case.servers:
        for purpose, channel_id in server.community.places.items():
            channel = server.channels.get(channel_id) if purpose.startswith("channel:") else None
            if channel is None or server.guild is None:
                continue
            looked_at += 1
            if not is_exposed(channel, server.community, purpose, server.people):
                continue
            if purpose in HELD_BACK:
                do = N_(
                    "Close it in the channel's own settings, under Permissions. Until then Convenor posts nothing "
                    "there that names anybody."
                )
            else:
                do = N_("Close it in the channel's own settings, under Permissions.")
            found.append(
                wrong(
                    PRIVACY,
                    N_("More people can see {channel} than should."),
                    do,
                    channel=Channel(channel.id, channel.name),
                )
            )
    return found or ([well(PRIVACY, N_("Channels that are not for everyone are closed."))] if looked_at else [])


def _of(guild: discord.Guild, me: discord.Member) -> discord.Permissions:
    if me.id == guild.owner_id:
        return discord.Permissions.all()
    granted = discord.Permissions(guild.default_role.permissions.value)
    for role in me.roles:
        granted.value |= role.permissions.value
    return granted


def _denied(channel: discord.abc.GuildChannel, me: discord.Member) -> list[str]:
    granted: Any = channel.permissions_for(me)
    if granted.administrator:
        return []
    wanted = IN_FORUM if isinstance(channel, discord.ForumChannel) else IN_TEXT
    return [NEEDED[name].name for name in wanted if not getattr(granted, name)]


async def roles(case: Case) -> list[Finding]:
    """Whether the bot can give the roles it is to give."""
    found: list[Finding] = []
    looked_at = 0
    for server in case.servers:
        if server.guild is None or server.me is None:
            continue
        top = max(server.me.roles, key=lambda role: (role.position, -role.id))
        for purpose, role_id in server.community.places.items():
            role = server.guild.get_role(role_id) if purpose.startswith("role:") else None
            if role is None:
                continue
            looked_at += 1
            if role >= top and purpose != "role:moderator":
                found.append(
                    wrong(
                        ROLES,
                        N_("The role {role} stands above Convenor's own, so that Convenor cannot give it."),
                        N_("Drag Convenor's role above it: Server Settings, Roles."),
                        role=Channel(role.id, role.name, is_role=True),
                    )
                )
    return found or ([well(ROLES, N_("Convenor can give its roles."))] if looked_at else [])


async def intents(case: Case) -> list[Finding]:
    """Whether Discord tells the bot of people who come and go."""
    if case.flags is None:
        return []
    # A bot that asked for more than it may would not have been let in.
    if case.bot is None and not (case.flags.gateway_guild_members or case.flags.gateway_guild_members_limited):
        return [
            wrong(
                INTENTS,
                N_("The Server Members Intent is switched off."),
                N_("Switch it on: Discord's developer portal, your application, Bot, Privileged Gateway Intents."),
            )
        ]
    return [well(INTENTS, N_("The Server Members Intent is switched on."))]


async def commands(case: Case) -> list[Finding]:
    """Whether Discord has the commands of this program."""
    if case.commands is None:
        return []
    if case.bot is not None:
        ours = {str(command.name) for command in case.bot.tree.get_commands()}
        ours |= {menu.name for sort in (2, 3) for menu in case.bot.tree.get_commands(type=discord.AppCommandType(sort))}
        agreed = set(case.commands) == ours
    else:
        agreed = bool(case.commands)
    if not agreed:
        return [
            wrong(
                COMMANDS,
                N_("Discord does not have the commands of this Convenor."),
                N_("Start Convenor again: it sends them if they differ. Its log says if Discord refuses them."),
            )
        ]
    return [well(COMMANDS, N_("Discord has the commands of Convenor: {n}."), n=len(case.commands))]
