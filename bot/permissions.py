"""What the bot needs Discord to allow, named once: for the invite, for `/setup`, and for the checks."""

from dataclasses import dataclass

import discord

from bot.languages import N_


@dataclass(frozen=True, slots=True)
class Need:
    """A permission: its name as Discord's settings show it, and what the bot needs it for. Both are English texts."""

    name: str
    why: str


NEEDED: dict[str, Need] = {
    "view_channel": Need(N_("View Channels"), N_("to see the channels it works in")),
    "send_messages": Need(N_("Send Messages"), N_("to post announcements and reminders")),
    "send_messages_in_threads": Need(N_("Send Messages in Threads"), N_("to write in the threads of practices")),
    "create_public_threads": Need(N_("Create Public Threads"), N_("to publish practices as threads")),
    "create_private_threads": Need(
        N_("Create Private Threads"), N_("to open a private thread for the reviewers of each practice")
    ),
    "embed_links": Need(N_("Embed Links"), N_("to show cards")),
    "attach_files": Need(N_("Attach Files"), N_("to add files to its posts")),
    "read_message_history": Need(N_("Read Message History"), N_("to make sure that nothing is posted twice")),
    "manage_channels": Need(N_("Manage Channels"), N_("to make the channels and the tags of the forum")),
    "manage_roles": Need(N_("Manage Roles"), N_("to give members their roles")),
    "manage_threads": Need(N_("Manage Threads"), N_("to close and reopen the threads of practices")),
    "create_events": Need(N_("Create Events"), N_("to add webinars to the events of the server")),
    "manage_events": Need(N_("Manage Events"), N_("to keep the server's events up to date")),
}


# Whoever holds one of these runs a part of the server: no role that carries one is given out by the bot, or taken for
# a purpose by its name alone.
POWERS = discord.Permissions(
    administrator=True,
    ban_members=True,
    kick_members=True,
    manage_channels=True,
    manage_events=True,
    manage_guild=True,
    manage_messages=True,
    manage_nicknames=True,
    manage_roles=True,
    manage_threads=True,
    manage_webhooks=True,
    mention_everyone=True,
    moderate_members=True,
    view_audit_log=True,
)


def has_power(role: discord.Role) -> bool:
    """Whether a role carries a right that is not for everyone."""
    return bool(role.permissions.value & POWERS.value)


def needed() -> discord.Permissions:
    """The permissions the bot is invited with: these and no others."""
    return discord.Permissions(**dict.fromkeys(NEEDED, True))


def invite_url(application_id: int) -> str:
    """The link with which a server's administrator invites the bot."""
    return discord.utils.oauth_url(application_id, permissions=needed(), scopes=("bot", "applications.commands"))


def missing(granted: discord.Permissions) -> list[Need]:
    """What is needed and was not granted. An administrator's right covers everything."""
    return [need for name, need in NEEDED.items() if not granted.administrator and not getattr(granted, name)]
