"""What the bot needs Discord to allow, named once: for the invite, for `/setup`, and for the checks."""

import discord

from bot.languages import N_

# Each with why it is needed, in words for moderators.
NEEDED: dict[str, str] = {
    "view_channel": N_("see the channels it works in"),
    "send_messages": N_("post announcements and reminders"),
    "send_messages_in_threads": N_("answer in practice threads"),
    "create_public_threads": N_("publish practices as threads"),
    "embed_links": N_("show cards"),
    "attach_files": N_("attach files to its posts"),
    "read_message_history": N_("make sure that nothing is posted twice"),
    "manage_channels": N_("make the channels in /setup, and the forum's tags"),
    "manage_roles": N_("give members their roles"),
    "manage_threads": N_("close and reopen practice threads"),
    "create_events": N_("add webinars to the server's events"),
    "manage_events": N_("keep the server's events in step"),
}


def needed() -> discord.Permissions:
    """The permissions the bot is invited with: these and no others."""
    return discord.Permissions(**dict.fromkeys(NEEDED, True))


def invite_url(application_id: int) -> str:
    """The link with which a server's administrator invites the bot."""
    return discord.utils.oauth_url(application_id, permissions=needed(), scopes=("bot", "applications.commands"))
