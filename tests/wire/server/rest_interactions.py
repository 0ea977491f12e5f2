"""Answers to commands, presses and forms, and what follows them."""

import time
from typing import Any

from tests.wire.server import objects
from tests.wire.server.checks import check_message, walk
from tests.wire.server.errors import ApiError, invalid, unknown
from tests.wire.server.objects import made_at, snowflake
from tests.wire.server.reading import inner, listed
from tests.wire.server.routing import Call, Reply, route
from tests.wire.server.state import Interaction

JSON = dict[str, Any]

EPHEMERAL, LOADING = 1 << 6, 1 << 7
MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
ANSWER_SECONDS, TOKEN_SECONDS = 3.0, 900.0
BASE = "/webhooks/{application_id}/{token}"


@route("POST", "/interactions/{interaction_id}/{token}/callback", open=True)
def callback(call: Call) -> Reply:
    asked = call.state.interactions.get(call.words["token"])
    if asked is None or asked.id != call.ids["interaction_id"]:
        raise unknown("Interaction")
    if asked.callback is not None:
        raise ApiError(400, 40060, "Interaction has already been acknowledged.")
    if time.time() - made_at(asked.id) > ANSWER_SECONDS:
        raise unknown("Interaction")
    resource, about = _respond(call, asked, call.body["type"], inner(call.body, "data"))
    asked.callback = call.body
    if call.query.get("with_response") in ("1", "true", "True"):
        return 200, {
            "interaction": {"id": str(asked.id), "type": asked.type, **about},
            **({"resource": resource} if resource else {}),
        }
    return 204, None


def _respond(call: Call, asked: Interaction, kind: int, data: JSON) -> tuple[JSON | None, JSON]:
    """Do what an answer asks for; returns the message it made or changed, and what is said about it."""
    if kind in (MESSAGE, DEFER):
        if kind == MESSAGE:
            check_message(data, len(call.files))
        else:
            data = {"flags": (data.get("flags") or 0) | LOADING}
            asked.loading = True
        made = _answer(call, asked, data)
        about = {
            "response_message_id": made["id"],
            "response_message_loading": asked.loading,
            "response_message_ephemeral": bool(made["flags"] & EPHEMERAL),
        }
        return ({"type": kind, "message": made} if kind == MESSAGE else None), about
    if kind in (UPDATE, DEFER_UPDATE):
        if asked.message is None:
            raise invalid(type="Value must be one of {4, 5, 9}.")
        asked.original = asked.message
        about = {"response_message_id": asked.message["id"]}
        if kind == DEFER_UPDATE:
            return None, about
        _change(call, asked.message, data)
        return {"type": UPDATE, "message": asked.message}, about
    if kind == MODAL:
        _check_modal(asked, data)
    elif kind == CHOICES and len(listed(data, "choices")) > 25:
        raise invalid(data__choices="Must be 25 or fewer in length.")
    return None, {}


def _answer(call: Call, asked: Interaction, data: JSON) -> JSON:
    """The message with which an interaction is answered: in the channel, or for one person's eyes only."""
    made = objects.message(snowflake(), asked.channel_id, call.state.bot, data)
    made["interaction_metadata"] = _metadata(call, asked)
    made["application_id"] = str(call.state.application_id)
    made["webhook_id"] = str(call.state.application_id)
    _keep(call, asked, made, data)
    asked.original = made
    return made


def _metadata(call: Call, asked: Interaction) -> JSON:
    made: JSON = {
        "id": str(asked.id),
        "type": asked.type,
        "user": call.state.users[asked.user_id],
        "authorizing_integration_owners": {"0": str(asked.guild_id or 0)},
    }
    if asked.type == 3 and asked.message is not None:
        made["interacted_message_id"] = asked.message["id"]
    return made


def _keep(call: Call, asked: Interaction, made: JSON, data: JSON) -> None:
    if made["flags"] & EPHEMERAL:
        made["attachments"] = [call.state.attachment(asked.channel_id, file) for file in call.files]
    else:
        call.state.place(call.state.channel(asked.channel_id), made, data, call.files)


def _check_modal(asked: Interaction, data: JSON) -> None:
    if asked.type == 5:
        raise invalid(type="Value must be one of {4, 5, 6, 7}.")
    if not 1 <= len(data.get("title") or "") <= 45:
        raise invalid(data__title="Must be between 1 and 45 in length.")
    if not 1 <= len(data.get("custom_id") or "") <= 100:
        raise invalid(data__custom_id="Must be between 1 and 100 in length.")
    if not 1 <= len(listed(data, "components")) <= 5:
        raise invalid(data__components="Must be between 1 and 5 in length.")
    for one in walk(data["components"]):
        if len(one.get("label") or "") > 45:
            raise invalid(data__components__label="Must be 45 or fewer in length.")
        if len(one.get("description") or "") > 100:
            raise invalid(data__components__description="Must be 100 or fewer in length.")


def _asked(call: Call) -> Interaction:
    asked = call.state.interactions.get(call.words["token"])
    if asked is None:
        raise unknown("Webhook")
    if time.time() - made_at(asked.id) > TOKEN_SECONDS:
        raise ApiError(401, 50027, "Invalid Webhook Token")
    return asked


def _original(call: Call) -> JSON:
    found = _asked(call).original
    if found is None:
        raise unknown("Message")
    return found


def _change(call: Call, made: JSON, data: JSON) -> None:
    call.state.edit(made, data, call.files)
    made["flags"] &= ~LOADING
    if not made["flags"] & EPHEMERAL:
        channel = call.state.channels[int(made["channel_id"])]
        guild_id = call.state.guild_id_of(channel)
        call.state.emit("MESSAGE_UPDATE", {**made, **({"guild_id": str(guild_id)} if guild_id else {})}, guild_id)


@route("GET", BASE + "/messages/@original", open=True)
def get_original(call: Call) -> Reply:
    return 200, _original(call)


@route("PATCH", BASE + "/messages/@original", open=True)
def edit_original(call: Call) -> Reply:
    made = _original(call)
    _change(call, made, call.body)
    _asked(call).loading = False
    return 200, made


@route("DELETE", BASE + "/messages/@original", open=True)
def delete_original(call: Call) -> Reply:
    asked, made = _asked(call), _original(call)
    call.state.messages.get(asked.channel_id, {}).pop(int(made["id"]), None)
    asked.original = None
    return 204, None


@route("POST", BASE, open=True)
def follow_up(call: Call) -> Reply:
    asked = _asked(call)
    if asked.callback is None:
        raise unknown("Webhook")
    check_message(call.body, len(call.files))
    if asked.loading and asked.original is not None:
        # The first message after a deferred answer takes its place, and is as private as was said then.
        asked.loading = False
        _change(call, asked.original, {name: value for name, value in call.body.items() if name != "flags"})
        made = asked.original
    else:
        made = objects.message(snowflake(), asked.channel_id, call.state.bot, call.body)
        made["application_id"] = made["webhook_id"] = str(call.state.application_id)
        _keep(call, asked, made, call.body)
    asked.followups.append(made)
    return (200, made) if call.query.get("wait") in ("1", "true", "True") else (204, None)


def _followed(call: Call) -> JSON:
    asked = _asked(call)
    found = [one for one in [*asked.followups, asked.original] if one and int(one["id"]) == call.ids["message_id"]]
    if not found:
        raise unknown("Message")
    return found[0]


@route("GET", BASE + "/messages/{message_id}", open=True)
def get_followup(call: Call) -> Reply:
    return 200, _followed(call)


@route("PATCH", BASE + "/messages/{message_id}", open=True)
def edit_followup(call: Call) -> Reply:
    made = _followed(call)
    _change(call, made, call.body)
    return 200, made


@route("DELETE", BASE + "/messages/{message_id}", open=True)
def delete_followup(call: Call) -> Reply:
    asked, made = _asked(call), _followed(call)
    call.state.messages.get(asked.channel_id, {}).pop(int(made["id"]), None)
    asked.followups = [one for one in asked.followups if one is not made]
    return 204, None
