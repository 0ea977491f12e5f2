"""Messages, their history, direct messages."""

from typing import Any

from tests.wire.server.errors import ApiError, forbidden, invalid
from tests.wire.server.objects import FORUM
from tests.wire.server.permissions import BITS
from tests.wire.server.routing import Call, Reply, route

JSON = dict[str, Any]


@route("POST", "/users/@me/channels")
def open_direct(call: Call) -> Reply:
    return 200, call.state.direct_channel(int(call.body["recipient_id"]))


@route("POST", "/channels/{channel_id}/messages")
def create_message(call: Call) -> Reply:
    state = call.state
    channel = state.channel(call.ids["channel_id"])
    if channel["type"] == FORUM:
        raise ApiError(400, 40058, "Cannot message this thread until after the post author has sent an initial message")
    if "recipients" in channel and int(channel["recipients"][0]["id"]) in state.closed:
        raise ApiError(403, 50007, "Cannot send messages to this user")
    is_thread = "thread_metadata" in channel
    state.require(channel, "SEND_MESSAGES_IN_THREADS" if is_thread else "SEND_MESSAGES")
    if call.body.get("embeds"):
        state.require(channel, "EMBED_LINKS")
    if call.files:
        state.require(channel, "ATTACH_FILES")
    if is_thread and channel["thread_metadata"]["archived"]:
        if channel["thread_metadata"]["locked"]:
            raise ApiError(400, 50083, "Thread is archived")
        channel["thread_metadata"]["archived"] = False
        state.event_of_guild("THREAD_UPDATE", channel, int(channel["guild_id"]))
    return 200, state.post(channel, state.bot, call.body, call.files)


@route("GET", "/channels/{channel_id}/messages")
def history(call: Call) -> Reply:
    channel = call.state.channel(call.ids["channel_id"])
    call.state.require(channel)
    limit = int(call.query.get("limit", "50"))
    if not 1 <= limit <= 100:
        raise invalid(limit="Value must be one of 1 to 100.")
    if call.state.guild_id_of(channel) is not None:
        granted = call.state.granted(channel, call.state.bot_id)
        if not granted & BITS["READ_MESSAGE_HISTORY"]:
            return 200, []
    ids = sorted(call.state.messages.get(call.ids["channel_id"], {}))
    if "after" in call.query:
        ids = [one for one in ids if one > int(call.query["after"])][:limit]
    elif "before" in call.query:
        ids = [one for one in ids if one < int(call.query["before"])][-limit:]
    else:
        ids = ids[-limit:]
    return 200, [call.state.messages[call.ids["channel_id"]][one] for one in reversed(ids)]


@route("GET", "/channels/{channel_id}/messages/{message_id}")
def get_message(call: Call) -> Reply:
    channel = call.state.channel(call.ids["channel_id"])
    call.state.require(channel, "READ_MESSAGE_HISTORY")
    return 200, call.state.message(call.ids["channel_id"], call.ids["message_id"])


@route("PATCH", "/channels/{channel_id}/messages/{message_id}")
def edit_message(call: Call) -> Reply:
    channel = call.state.channel(call.ids["channel_id"])
    call.state.require(channel)
    made = call.state.message(call.ids["channel_id"], call.ids["message_id"])
    if made["author"]["id"] != call.state.bot["id"]:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    call.state.edit(made, call.body, call.files)
    guild_id = call.state.guild_id_of(channel)
    call.state.emit("MESSAGE_UPDATE", {**made, **({"guild_id": str(guild_id)} if guild_id else {})}, guild_id)
    return 200, made


@route("DELETE", "/channels/{channel_id}/messages/{message_id}")
def delete_message(call: Call) -> Reply:
    channel = call.state.channel(call.ids["channel_id"])
    made = call.state.message(call.ids["channel_id"], call.ids["message_id"])
    if made["author"]["id"] != call.state.bot["id"]:
        if call.state.guild_id_of(channel) is None:
            raise forbidden()
        call.state.require(channel, "MANAGE_MESSAGES")
    remove_message(call, channel, call.ids["message_id"])
    return 204, None


def remove_message(call: Call, channel: JSON, message_id: int) -> None:
    """Delete a message, and tell whoever listens."""
    channel_id = int(channel["id"])
    del call.state.messages[channel_id][message_id]
    guild_id = call.state.guild_id_of(channel)
    gone = {"id": str(message_id), "channel_id": str(channel_id), **({"guild_id": str(guild_id)} if guild_id else {})}
    call.state.emit("MESSAGE_DELETE", gone, guild_id)
