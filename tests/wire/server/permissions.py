"""Who may do what where, reckoned as Discord's documentation says."""

from typing import Any

JSON = dict[str, Any]

BITS = {
    "ADMINISTRATOR": 1 << 3,
    "MANAGE_CHANNELS": 1 << 4,
    "MANAGE_GUILD": 1 << 5,
    "ADD_REACTIONS": 1 << 6,
    "VIEW_CHANNEL": 1 << 10,
    "SEND_MESSAGES": 1 << 11,
    "MANAGE_MESSAGES": 1 << 13,
    "EMBED_LINKS": 1 << 14,
    "ATTACH_FILES": 1 << 15,
    "READ_MESSAGE_HISTORY": 1 << 16,
    "MANAGE_NICKNAMES": 1 << 27,
    "MANAGE_ROLES": 1 << 28,
    "MANAGE_EVENTS": 1 << 33,
    "MANAGE_THREADS": 1 << 34,
    "CREATE_PUBLIC_THREADS": 1 << 35,
    "SEND_MESSAGES_IN_THREADS": 1 << 38,
    "MODERATE_MEMBERS": 1 << 40,
    "CREATE_EVENTS": 1 << 44,
    "PIN_MESSAGES": 1 << 51,
}
EVERYTHING = (1 << 53) - 1


def in_guild(guild: JSON, roles: dict[int, JSON], member: JSON) -> int:
    """A member's permissions in the server as a whole."""
    if member["user"]["id"] == guild["owner_id"]:
        return EVERYTHING
    granted = int(roles[int(guild["id"])]["permissions"])
    for role_id in member["roles"]:
        granted |= int(roles[int(role_id)]["permissions"])
    return EVERYTHING if granted & BITS["ADMINISTRATOR"] else granted


def in_channel(guild: JSON, roles: dict[int, JSON], member: JSON, overwrites: list[JSON]) -> int:
    """A member's permissions in a channel; for a thread give the overwrites of its parent."""
    granted = in_guild(guild, roles, member)
    if granted == EVERYTHING:
        return granted
    by_id = {one["id"]: one for one in overwrites}
    everyone = by_id.get(guild["id"])
    if everyone:
        granted = granted & ~int(everyone["deny"]) | int(everyone["allow"])
    of_roles = [by_id[role_id] for role_id in member["roles"] if role_id in by_id]
    deny = allow = 0
    for one in of_roles:
        deny |= int(one["deny"])
        allow |= int(one["allow"])
    granted = granted & ~deny | allow
    own = by_id.get(member["user"]["id"])
    return granted & ~int(own["deny"]) | int(own["allow"]) if own else granted


def top_position(roles: dict[int, JSON], member: JSON) -> int:
    """The place of a member's highest role."""
    return max((roles[int(role_id)]["position"] for role_id in member["roles"]), default=0)
