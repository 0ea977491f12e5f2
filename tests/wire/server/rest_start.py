"""What a bot asks for when it starts: who it is, its application, the gateway; and its commands."""

from typing import Any

from tests.wire.server.errors import unknown
from tests.wire.server.objects import snowflake
from tests.wire.server.routing import Call, Reply, route

JSON = dict[str, Any]

NOT_SET = (
    *("icon", "type", "interactions_endpoint_url", "role_connections_verification_url", "team"),
    *("approximate_user_install_count", "approximate_user_authorization_count"),
)


@route("GET", "/users/@me")
def me(call: Call) -> Reply:
    return 200, {
        **call.state.bot,
        "mfa_enabled": True,
        "locale": "en-US",
        "verified": True,
        "email": None,
        "premium_type": 0,
    }


@route("GET", "/users/{user_id}")
def user(call: Call) -> Reply:
    found = call.state.users.get(call.ids["user_id"])
    if found is None:
        raise unknown("User")
    return 200, found


@route("GET", "/oauth2/applications/@me")
def application(call: Call) -> Reply:
    empty: JSON = dict.fromkeys(NOT_SET)
    return 200, {
        **empty,
        "id": str(call.state.application_id),
        "name": "Convenor",
        "description": "",
        "bot_public": False,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 1 << 14,
        "flags_new": str(1 << 14),
        "redirect_uris": [],
        "owner": call.state.bot,
        "approximate_guild_count": len(call.state.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
    }


def command_of(call: Call, given: JSON, guild_id: int | None) -> JSON:
    """A command as it comes back."""
    made: JSON = {
        "default_member_permissions": None,
        "description": "",
        "type": 1,
        **{name: value for name, value in given.items() if value is not None},
        "id": str(snowflake()),
        "application_id": str(call.state.application_id),
        "version": str(snowflake()),
    }
    if guild_id is not None:
        made["guild_id"] = str(guild_id)
    return made


def _replace(call: Call, guild_id: int | None) -> Reply:
    known = {(one["type"], one["name"]): one["id"] for one in call.state.commands.get(guild_id, [])}
    made = [command_of(call, given, guild_id) for given in call.body]
    for one in made:
        one["id"] = known.get((one["type"], one["name"]), one["id"])
    call.state.commands[guild_id] = made
    return 200, made


@route("PUT", "/applications/{application_id}/commands")
def put_commands(call: Call) -> Reply:
    return _replace(call, None)


@route("GET", "/applications/{application_id}/commands")
def get_commands(call: Call) -> Reply:
    return 200, call.state.commands.get(None, [])


@route("PUT", "/applications/{application_id}/guilds/{guild_id}/commands")
def put_guild_commands(call: Call) -> Reply:
    return _replace(call, call.ids["guild_id"])


@route("GET", "/applications/{application_id}/guilds/{guild_id}/commands")
def get_guild_commands(call: Call) -> Reply:
    return 200, call.state.commands.get(call.ids["guild_id"], [])
