"""Channels, forums, threads, and what channels allow."""

from typing import Any

from tests.wire.server import objects
from tests.wire.server.checks import check_message
from tests.wire.server.errors import ApiError, forbidden, invalid
from tests.wire.server.objects import FORUM, PUBLIC_THREAD, snowflake
from tests.wire.server.permissions import BITS, in_guild
from tests.wire.server.reading import inner, listed
from tests.wire.server.routing import Call, Reply, route

JSON = dict[str, Any]

PLAIN = ("name", "position", "topic", "nsfw", "rate_limit_per_user", "bitrate", "user_limit", "flags")


@route("GET", "/channels/{channel_id}")
def get_channel(call: Call) -> Reply:
    channel = call.state.channel(call.ids["channel_id"])
    call.state.require(channel)
    return 200, channel


@route("POST", "/guilds/{guild_id}/channels")
def create_channel(call: Call) -> Reply:
    guild = call.state.guild(call.ids["guild_id"])
    call.text("name", 1, 100)
    _check_topic(call.body, call.body.get("type") or 0)
    call.state.require_guild(guild, "MANAGE_CHANNELS")
    _check_overwrites(call, guild.id, listed(call.body, "permission_overwrites"))
    position = sum(1 for one in call.state.channels.values() if one.get("guild_id") == str(guild.id))
    made = objects.channel(snowflake(), guild.id, call.body, position=position)
    call.state.channels[int(made["id"])] = made
    call.state.event_of_guild("CHANNEL_CREATE", made, guild.id)
    return 201, made


def _check_topic(body: JSON, kind: int) -> None:
    if len(body.get("topic") or "") > (4096 if kind == FORUM else 1024):
        raise invalid(topic="Must be 1024 or fewer in length.")


def _check_overwrites(call: Call, guild_id: int, overwrites: list[JSON]) -> None:
    """A bot can only allow or deny what it has itself."""
    guild = call.state.guild(guild_id)
    own = in_guild(guild.data, guild.roles, guild.member(call.state.bot_id))
    for one in overwrites:
        if (int(one.get("allow") or 0) | int(one.get("deny") or 0)) & ~own:
            raise forbidden()


@route("PATCH", "/channels/{channel_id}")
def edit_channel(call: Call) -> Reply:
    channel = call.state.channel(call.ids["channel_id"])
    if channel["type"] == PUBLIC_THREAD:
        return 200, _edit_thread(call, channel)
    call.state.require(channel, "MANAGE_CHANNELS")
    body: JSON = call.body
    _check_topic(body, channel["type"])
    channel.update(
        {name: body[name] for name in PLAIN if body.get(name) is not None or (name in body and name == "topic")}
    )
    if "parent_id" in body:
        channel["parent_id"] = str(body["parent_id"]) if body["parent_id"] else None
    if body.get("permission_overwrites") is not None:
        _check_overwrites(call, int(channel["guild_id"]), body["permission_overwrites"])
        channel["permission_overwrites"] = [objects.overwrite(one) for one in body["permission_overwrites"]]
    if body.get("available_tags") is not None:
        _set_tags(channel, body["available_tags"])
    call.state.event_of_guild("CHANNEL_UPDATE", channel, int(channel["guild_id"]))
    return 200, channel


def _set_tags(channel: JSON, tags: list[JSON]) -> None:
    if len(tags) > 20:
        raise ApiError(400, 30048, "Maximum number of available tags on a forum channel has been reached (20)")
    if len({one["name"] for one in tags}) < len(tags):
        raise ApiError(400, 40061, "Tag names must be unique")
    if any(len(one["name"]) > 20 for one in tags):
        raise invalid(available_tags="Must be 20 or fewer in length.")
    channel["available_tags"] = [objects.tag(one) for one in tags]


def _edit_thread(call: Call, thread: JSON) -> JSON:
    body: JSON = call.body
    own = thread["owner_id"] == call.state.bot["id"]
    call.state.require(thread, *(() if own and "locked" not in body else ("MANAGE_THREADS",)))
    about = thread["thread_metadata"]
    if about["archived"] and body.get("archived") is not False:
        raise ApiError(400, 50083, "Thread is archived")
    for name in ("archived", "locked", "auto_archive_duration"):
        if body.get(name) is not None:
            about[name] = body[name]
    if body.get("archived") is not None:
        about["archive_timestamp"] = objects.iso()
    for name in ("name", "rate_limit_per_user", "flags"):
        if body.get(name) is not None:
            thread[name] = body[name]
    if body.get("applied_tags") is not None:
        thread["applied_tags"] = _tags(call.state.channel(int(thread["parent_id"])), body["applied_tags"])
    call.state.event_of_guild("THREAD_UPDATE", thread, int(thread["guild_id"]))
    return thread


def _tags(forum: JSON, wanted: list[Any]) -> list[str]:
    known = {one["id"] for one in listed(forum, "available_tags")}
    tags = [str(one) for one in wanted]
    if len(tags) > 5:
        raise invalid(applied_tags="Must be 5 or fewer in length.")
    if set(tags) - known:
        raise ApiError(404, 10087, "Unknown tag")
    return tags


@route("DELETE", "/channels/{channel_id}")
def delete_channel(call: Call) -> Reply:
    channel = call.state.channel(call.ids["channel_id"])
    thread = channel["type"] == PUBLIC_THREAD
    call.state.require(channel, "MANAGE_THREADS" if thread else "MANAGE_CHANNELS")
    del call.state.channels[int(channel["id"])]
    call.state.messages.pop(int(channel["id"]), None)
    call.state.event_of_guild("THREAD_DELETE" if thread else "CHANNEL_DELETE", channel, int(channel["guild_id"]))
    return 200, channel


@route("PUT", "/channels/{channel_id}/permissions/{overwrite_id}")
def put_overwrite(call: Call) -> Reply:
    channel = call.state.channel(call.ids["channel_id"])
    call.state.require(channel, "MANAGE_ROLES")
    made = objects.overwrite({**call.body, "id": call.ids["overwrite_id"]})
    _check_overwrites(call, int(channel["guild_id"]), [made])
    rest = [one for one in channel["permission_overwrites"] if one["id"] != made["id"]]
    channel["permission_overwrites"] = [*rest, made]
    call.state.event_of_guild("CHANNEL_UPDATE", channel, int(channel["guild_id"]))
    return 204, None


@route("DELETE", "/channels/{channel_id}/permissions/{overwrite_id}")
def delete_overwrite(call: Call) -> Reply:
    channel = call.state.channel(call.ids["channel_id"])
    call.state.require(channel, "MANAGE_ROLES")
    gone = str(call.ids["overwrite_id"])
    channel["permission_overwrites"] = [one for one in channel["permission_overwrites"] if one["id"] != gone]
    call.state.event_of_guild("CHANNEL_UPDATE", channel, int(channel["guild_id"]))
    return 204, None


# Threads --------------------------------------------------------------------------------------------------------------


@route("POST", "/channels/{channel_id}/threads")
def create_thread(call: Call) -> Reply:
    parent = call.state.channel(call.ids["channel_id"])
    call.text("name", 1, 100)
    if parent["type"] != FORUM:
        call.state.require(parent, "CREATE_PUBLIC_THREADS")
        made = objects.thread(snowflake(), parent, call.state.bot_id, call.body)
        return 201, _start(call, made)
    call.state.require(parent, "SEND_MESSAGES")
    first: JSON = inner(call.body, "message")
    check_message(first, len(call.files))
    call.body["applied_tags"] = _tags(parent, listed(call.body, "applied_tags"))
    made = objects.thread(snowflake(), parent, call.state.bot_id, call.body)
    _start(call, made)
    message = objects.message(int(made["id"]), int(made["id"]), call.state.bot, first)
    call.state.place(made, message, first, call.files)
    # The first message of a forum's thread does not count among its messages.
    made["message_count"] = 0
    return 201, {**made, "message": message} if "use_nested_fields" in call.query else made


@route("POST", "/channels/{channel_id}/messages/{message_id}/threads")
def create_thread_at(call: Call) -> Reply:
    parent = call.state.channel(call.ids["channel_id"])
    call.state.require(parent, "CREATE_PUBLIC_THREADS")
    call.text("name", 1, 100)
    call.state.message(call.ids["channel_id"], call.ids["message_id"])
    if call.ids["message_id"] in call.state.channels:
        raise ApiError(400, 160004, "A thread has already been created for this message")
    made = objects.thread(call.ids["message_id"], parent, call.state.bot_id, call.body)
    return 201, _start(call, made)


def _start(call: Call, made: JSON) -> JSON:
    call.state.channels[int(made["id"])] = made
    call.state.event_of_guild("THREAD_CREATE", {**made, "newly_created": True}, int(made["guild_id"]))
    return made


@route("GET", "/guilds/{guild_id}/threads/active")
def active_threads(call: Call) -> Reply:
    guild = call.state.guild(call.ids["guild_id"])
    return 200, {"threads": threads_of(call, guild.id, archived=False), "members": [], "has_more": False}


@route("GET", "/channels/{channel_id}/threads/archived/public")
def archived_threads(call: Call) -> Reply:
    parent = call.state.channel(call.ids["channel_id"])
    call.state.require(parent, "READ_MESSAGE_HISTORY")
    found = [
        one for one in threads_of(call, int(parent["guild_id"]), archived=True) if one["parent_id"] == parent["id"]
    ]
    found.sort(key=lambda one: one["thread_metadata"]["archive_timestamp"], reverse=True)
    if "before" in call.query:
        found = [one for one in found if one["thread_metadata"]["archive_timestamp"] < call.query["before"]]
    limit = int(call.query.get("limit", "50"))
    return 200, {"threads": found[:limit], "members": [], "has_more": len(found) > limit}


def threads_of(call: Call, guild_id: int, *, archived: bool) -> list[JSON]:
    """A server's threads that the bot sees."""
    return [
        one
        for one in call.state.channels.values()
        if "thread_metadata" in one
        and one["guild_id"] == str(guild_id)
        and one["thread_metadata"]["archived"] is archived
        and call.state.granted(one, call.state.bot_id) & BITS["VIEW_CHANNEL"]
    ]


@route("PUT", "/channels/{channel_id}/thread-members/{user_id}")
def add_thread_member(call: Call) -> Reply:
    thread = call.state.channel(call.ids["channel_id"])
    call.state.require(thread, "SEND_MESSAGES_IN_THREADS")
    if thread["thread_metadata"]["archived"]:
        raise ApiError(400, 50083, "Thread is archived")
    return 204, None
