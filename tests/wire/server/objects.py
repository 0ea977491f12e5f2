"""What things look like as JSON: everything that Discord's description requires of a response."""

import itertools
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from tests.wire.server.reading import listed

JSON = dict[str, Any]

# What a server has that nobody sets here.
NO_SETTING = (
    *("icon", "description", "home_header", "splash", "discovery_splash", "banner", "application_id"),
    *("afk_channel_id", "system_channel_id", "widget_channel_id", "max_presences", "vanity_url_code"),
    *("rules_channel_id", "safety_alerts_channel_id", "public_updates_channel_id", "incidents_data"),
)
ZERO_SETTING = (
    *("system_channel_flags", "verification_level", "default_message_notifications", "mfa_level"),
    *("explicit_content_filter", "max_stage_video_channel_users", "max_video_channel_users", "premium_tier"),
    *("premium_subscription_count", "nsfw_level"),
)

EPOCH_MS = 1_420_070_400_000
_counter = itertools.count()


def snowflake(at: float | None = None) -> int:
    """A new id, made now or at a time (seconds since 1970)."""
    milliseconds = int((time.time() if at is None else at) * 1000) - EPOCH_MS
    return (milliseconds << 22) | (next(_counter) & 0x3FFFFF)


def made_at(snowflake_id: int) -> float:
    """When an id was made, in seconds since 1970."""
    return ((snowflake_id >> 22) + EPOCH_MS) / 1000


def iso(at: float | None = None) -> str:
    """A time (now by default) as Discord writes it."""
    return datetime.fromtimestamp(time.time() if at is None else at, UTC).isoformat(timespec="microseconds")


def user(user_id: int, name: str, *, bot: bool = False) -> JSON:
    """A user, as others see them."""
    return {
        "id": str(user_id),
        "username": name,
        "avatar": None,
        "discriminator": "0000" if bot else "0",
        "public_flags": 0,
        "flags": 0,
        "global_name": None,
        "primary_guild": None,
        "bot": bot,
    }


def member(who: JSON, *, roles: list[str], pending: bool = False, joined_at: str | None = None) -> JSON:
    """A member of a server."""
    return {
        "user": who,
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "flags": 0,
        "joined_at": joined_at or iso(),
        "nick": None,
        "pending": pending,
        "premium_since": None,
        "roles": roles,
        "mute": False,
        "deaf": False,
    }


def role(role_id: int, name: str, *, permissions: int = 0, position: int = 0, managed: bool = False) -> JSON:
    """A role."""
    return {
        "id": str(role_id),
        "name": name,
        "permissions": str(permissions),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": managed,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
        "description": None,
    }


def guild(guild_id: int, name: str, owner_id: int) -> JSON:
    """A server without what is in it."""
    settings: JSON = dict.fromkeys(NO_SETTING)
    numbers: JSON = dict.fromkeys(ZERO_SETTING, 0)
    return {
        **settings,
        **numbers,
        "id": str(guild_id),
        "name": name,
        "features": [],
        "owner_id": str(owner_id),
        "region": "deprecated",
        "afk_timeout": 300,
        "widget_enabled": False,
        "max_members": 500_000,
        "preferred_locale": "en-US",
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "emojis": [],
        "stickers": [],
    }


TEXT, VOICE, CATEGORY, NEWS, PUBLIC_THREAD, STAGE, FORUM, DM = 0, 2, 4, 5, 11, 13, 15, 1


def channel(channel_id: int, guild_id: int, given: JSON, *, position: int) -> JSON:
    """A channel of a server, from what was asked for when it was made."""
    made: JSON = {
        "id": str(channel_id),
        "type": given.get("type") or TEXT,
        "flags": 0,
        "guild_id": str(guild_id),
        "name": given["name"],
        "position": given["position"] if given.get("position") is not None else position,
        "permission_overwrites": [overwrite(one) for one in listed(given, "permission_overwrites")],
        "parent_id": str(given["parent_id"]) if given.get("parent_id") else None,
        "nsfw": bool(given.get("nsfw")),
        "topic": given.get("topic"),
        "rate_limit_per_user": given.get("rate_limit_per_user") or 0,
        "last_message_id": None,
    }
    if made["type"] in (VOICE, STAGE):
        made |= {"bitrate": given.get("bitrate") or 64_000, "user_limit": given.get("user_limit") or 0}
        made |= {"rtc_region": None}
    if made["type"] == FORUM:
        made |= {"available_tags": [tag(one) for one in listed(given, "available_tags")]}
        made |= {"default_reaction_emoji": None, "default_sort_order": None, "default_forum_layout": 0, "template": ""}
    return made


def tag(given: JSON) -> JSON:
    """A forum's tag."""
    return {
        "id": str(given.get("id") or snowflake()),
        "name": given["name"],
        "moderated": bool(given.get("moderated")),
        "emoji_id": str(given["emoji_id"]) if given.get("emoji_id") else None,
        "emoji_name": given.get("emoji_name"),
    }


def overwrite(given: JSON) -> JSON:
    """What a channel allows and denies to a role or a member."""
    return {
        "id": str(given["id"]),
        "type": int(given["type"]),
        "allow": str(given.get("allow") or 0),
        "deny": str(given.get("deny") or 0),
    }


def private_channel(channel_id: int, recipient: JSON) -> JSON:
    """A direct message's channel."""
    return {"id": str(channel_id), "type": DM, "flags": 0, "last_message_id": None, "recipients": [recipient]}


def thread(thread_id: int, parent: JSON, owner_id: int, given: JSON, *, at: float | None = None) -> JSON:
    """A public thread."""
    return {
        "id": str(thread_id),
        "type": PUBLIC_THREAD,
        "flags": 0,
        "guild_id": parent["guild_id"],
        "parent_id": parent["id"],
        "name": given["name"],
        "owner_id": str(owner_id),
        "thread_metadata": {
            "archived": False,
            "archive_timestamp": iso(at),
            "auto_archive_duration": given.get("auto_archive_duration") or 4320,
            "locked": False,
            "create_timestamp": iso(at),
        },
        "message_count": 0,
        "member_count": 1,
        "total_message_sent": 0,
        "rate_limit_per_user": 0,
        "last_message_id": None,
        "applied_tags": [str(one) for one in listed(given, "applied_tags")],
    }


def message(message_id: int, channel_id: int, author: JSON, given: JSON, *, at: float | None = None) -> JSON:
    """A message, from what was sent. Attachments are put in by whoever has the files."""
    made: JSON = {
        "id": str(message_id),
        "channel_id": str(channel_id),
        "type": 0,
        "author": author,
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": False,
        "attachments": [],
        "timestamp": iso(at),
        "edited_timestamp": None,
        "pinned": False,
        "tts": False,
        **contents(given),
    }
    if given.get("nonce") is not None:
        made["nonce"] = given["nonce"]
    return made


def contents(given: JSON) -> JSON:
    """The parts of a message that an edit can change."""
    numbers = itertools.count(1)
    return {
        "content": given.get("content") or "",
        "embeds": [embed(one) for one in listed(given, "embeds")],
        "components": [component(one, numbers) for one in listed(given, "components")],
        "flags": given.get("flags") or 0,
    }


def embed(given: JSON) -> JSON:
    """An embed as it comes back: pictures have addresses on a proxy, fields say whether they are inline."""
    made = {name: value for name, value in given.items() if value is not None}
    made["type"] = "rich"
    made.pop("flags", None)
    if "fields" in made:
        made["fields"] = [{"inline": False, **one} for one in made["fields"]]
    for name in ("image", "thumbnail"):
        if name in made:
            url = made[name]["url"].replace("attachment://", "https://cdn.example/attachments/")
            made[name] = {"url": url, "proxy_url": url, "width": 100, "height": 100}
    return made


def component(given: JSON, numbers: Iterator[int]) -> JSON:
    """A component as it comes back: each has a number, and nothing is null."""
    made = {name: value for name, value in given.items() if value is not None}
    made["id"] = made.get("id") or next(numbers)
    if "components" in made:
        made["components"] = [component(one, numbers) for one in made["components"]]
    if "accessory" in made:
        made["accessory"] = component(made["accessory"], numbers)
    if isinstance(made.get("component"), dict):
        made["component"] = component(made["component"], numbers)
    if "emoji" in made:
        made["emoji"] = {name: value for name, value in made["emoji"].items() if value is not None}
    if made["type"] in range(3, 9) and made["type"] != 4:
        made = {"min_values": 1, "max_values": 1, **made}
        made.pop("required", None)
    return made


def event(event_id: int, guild_id: int, creator: JSON, given: JSON) -> JSON:
    """A scheduled event."""
    kind = given["entity_type"]
    made: JSON = {
        "id": str(event_id),
        "guild_id": str(guild_id),
        "name": given["name"],
        "description": given.get("description"),
        "channel_id": str(given["channel_id"]) if given.get("channel_id") else None,
        "creator_id": creator["id"],
        "creator": creator,
        "image": None,
        "scheduled_start_time": given["scheduled_start_time"],
        "scheduled_end_time": given.get("scheduled_end_time"),
        "status": 1,
        "entity_type": kind,
        "entity_id": None,
        "recurrence_rule": None,
        "privacy_level": 2,
        "user_count": 0,
        "guild_scheduled_event_exceptions": [],
    }
    made["entity_metadata"] = {"location": given["entity_metadata"]["location"]} if kind == 3 else None
    return made
