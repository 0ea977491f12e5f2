"""Which channels of a community are closed to others, and whether they are."""

import discord

from data.communities import Community

# What stands in these names people who asked to join, and drafts that nobody has reviewed.
FOR_MODERATORS = ("channel:queue", "channel:review")
# Announcements of webinars name nobody: whether everyone may read them is the server's own choice.
FOR_MEMBERS = ("channel:introductions", "channel:practices")


def is_exposed(channel: discord.abc.GuildChannel, community: Community, purpose: str) -> bool:
    """Whether a channel that serves a purpose is seen by people whom it is not for: by everyone, or by members."""
    if purpose not in FOR_MODERATORS and purpose not in FOR_MEMBERS:
        return False
    guild = channel.guild
    if _sees(guild.default_role, channel):
        return True
    if purpose in FOR_MEMBERS:
        return False
    moderators = community.role("role:moderator")
    others = {one for name, one in community.places.items() if name.startswith("role:") and one != moderators}
    return any(_sees(role, channel) for role in map(guild.get_role, others) if role is not None)


def is_leaking(channel: discord.abc.GuildChannel, community: Community) -> bool:
    """Whether it is a channel of moderators, and others see it."""
    return any(is_exposed(channel, community, one) for one in FOR_MODERATORS if community.channel(one) == channel.id)


def _sees(role: discord.Role, channel: discord.abc.GuildChannel) -> bool:
    return channel.permissions_for(role).view_channel
