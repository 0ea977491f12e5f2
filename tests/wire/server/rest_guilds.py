"""Servers, their members, roles and scheduled events."""

from datetime import datetime
from typing import Any

from tests.wire.server import objects
from tests.wire.server.errors import ApiError, forbidden, invalid, unknown
from tests.wire.server.objects import snowflake
from tests.wire.server.permissions import top_position
from tests.wire.server.reading import inner, listed
from tests.wire.server.routing import Call, Reply, route
from tests.wire.server.state import Guild

JSON = dict[str, Any]


def guild_of(call: Call) -> Guild:
    """The server that a request is about."""
    return call.state.guild(call.ids["guild_id"])


@route("GET", "/guilds/{guild_id}")
def get_guild(call: Call) -> Reply:
    guild = guild_of(call)
    made = {**guild.data, "roles": list(guild.roles.values())}
    if call.query.get("with_counts") in ("1", "true", "True"):
        made |= {"approximate_member_count": len(guild.members), "approximate_presence_count": 1}
    return 200, made


@route("GET", "/guilds/{guild_id}/channels")
def get_channels(call: Call) -> Reply:
    guild_id = str(guild_of(call).id)
    return 200, [
        one for one in call.state.channels.values() if one.get("guild_id") == guild_id and "thread_metadata" not in one
    ]


# Members --------------------------------------------------------------------------------------------------------------


@route("GET", "/guilds/{guild_id}/members/{user_id}")
def get_member(call: Call) -> Reply:
    return 200, guild_of(call).member(call.ids["user_id"])


@route("GET", "/guilds/{guild_id}/members")
def list_members(call: Call) -> Reply:
    after, limit = int(call.query.get("after", "0")), int(call.query.get("limit", "1"))
    members = guild_of(call).members
    return 200, [members[one] for one in sorted(members) if one > after][:limit]


@route("PATCH", "/guilds/{guild_id}/members/{user_id}")
def edit_member(call: Call) -> Reply:
    guild = guild_of(call)
    member = guild.member(call.ids["user_id"])
    if "roles" in call.body:
        call.state.require_guild(guild, "MANAGE_ROLES")
        member["roles"] = [str(one) for one in listed(call.body, "roles")]
    if "nick" in call.body:
        call.state.require_guild(guild, "MANAGE_NICKNAMES")
        member["nick"] = call.body["nick"] or None
    if "communication_disabled_until" in call.body:
        call.state.require_guild(guild, "MODERATE_MEMBERS")
        member["communication_disabled_until"] = call.body["communication_disabled_until"]
    tell_member(call, guild, member)
    return 200, member


def tell_member(call: Call, guild: Guild, member: JSON) -> None:
    """Tell whoever listens that a member has changed."""
    call.state.event_of_guild("GUILD_MEMBER_UPDATE", member, guild.id)


def _role_to_give(call: Call, guild: Guild) -> str:
    call.state.require_guild(guild, "MANAGE_ROLES")
    role = guild.roles.get(call.ids["role_id"])
    if role is None:
        raise unknown("Role")
    if role["managed"] or role["id"] == guild.data["id"]:
        raise ApiError(400, 50028, "Invalid role")
    bot = guild.member(call.state.bot_id)
    if role["position"] >= top_position(guild.roles, bot) and guild.data["owner_id"] != bot["user"]["id"]:
        raise forbidden()
    return role["id"]


@route("PUT", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}")
def add_role(call: Call) -> Reply:
    guild = guild_of(call)
    member = guild.member(call.ids["user_id"])
    role_id = _role_to_give(call, guild)
    if role_id not in member["roles"]:
        member["roles"].append(role_id)
        tell_member(call, guild, member)
    return 204, None


@route("DELETE", "/guilds/{guild_id}/members/{user_id}/roles/{role_id}")
def remove_role(call: Call) -> Reply:
    guild = guild_of(call)
    member = guild.member(call.ids["user_id"])
    role_id = _role_to_give(call, guild)
    if role_id in member["roles"]:
        member["roles"].remove(role_id)
        tell_member(call, guild, member)
    return 204, None


# Roles ----------------------------------------------------------------------------------------------------------------


@route("GET", "/guilds/{guild_id}/roles")
def get_roles(call: Call) -> Reply:
    return 200, list(guild_of(call).roles.values())


@route("POST", "/guilds/{guild_id}/roles")
def create_role(call: Call) -> Reply:
    guild = guild_of(call)
    call.state.require_guild(guild, "MANAGE_ROLES")
    if len(guild.roles) >= 250:
        raise ApiError(400, 30005, "Maximum number of server roles reached (250)")
    name = call.body.get("name") or "new role"
    if len(name) > 100:
        raise invalid(name="Must be 100 or fewer in length.")
    # New roles are put at the bottom, above @everyone; the others move up.
    for one in guild.roles.values():
        if one["position"] > 0:
            one["position"] += 1
    made = objects.role(snowflake(), name, permissions=int(call.body.get("permissions") or 0), position=1)
    made["mentionable"] = bool(call.body.get("mentionable"))
    made["hoist"] = bool(call.body.get("hoist"))
    guild.roles[int(made["id"])] = made
    call.state.event_of_guild("GUILD_ROLE_CREATE", {"role": made}, guild.id)
    return 200, made


@route("PATCH", "/guilds/{guild_id}/roles/{role_id}")
def edit_role(call: Call) -> Reply:
    guild = guild_of(call)
    call.state.require_guild(guild, "MANAGE_ROLES")
    role = guild.roles.get(call.ids["role_id"])
    if role is None:
        raise unknown("Role")
    role.update({name: call.body[name] for name in ("name", "mentionable", "hoist") if call.body.get(name) is not None})
    if call.body.get("permissions") is not None:
        role["permissions"] = str(call.body["permissions"])
    call.state.event_of_guild("GUILD_ROLE_UPDATE", {"role": role}, guild.id)
    return 200, role


@route("DELETE", "/guilds/{guild_id}/roles/{role_id}")
def delete_role(call: Call) -> Reply:
    guild = guild_of(call)
    call.state.require_guild(guild, "MANAGE_ROLES")
    if guild.roles.pop(call.ids["role_id"], None) is None:
        raise unknown("Role")
    for member in guild.members.values():
        if str(call.ids["role_id"]) in member["roles"]:
            member["roles"].remove(str(call.ids["role_id"]))
    call.state.event_of_guild("GUILD_ROLE_DELETE", {"role_id": str(call.ids["role_id"])}, guild.id)
    return 204, None


# Scheduled events -----------------------------------------------------------------------------------------------------

# From where to where an event's status may go: scheduled 1, active 2, completed 3, cancelled 4.
STEPS = {1: (2, 4), 2: (3,), 3: (), 4: ()}


@route("GET", "/guilds/{guild_id}/scheduled-events")
def list_events(call: Call) -> Reply:
    return 200, [one for one in guild_of(call).events.values() if one["status"] in (1, 2)]


@route("GET", "/guilds/{guild_id}/scheduled-events/{event_id}")
def get_event(call: Call) -> Reply:
    return 200, _event(call)


def _event(call: Call) -> JSON:
    found = guild_of(call).events.get(call.ids["event_id"])
    if found is None:
        raise unknown("Guild Scheduled Event")
    return found


def _check_event(body: JSON) -> None:
    if body["entity_type"] == 3:
        place: str = (inner(body, "entity_metadata")).get("location") or ""
        if not 1 <= len(place) <= 100:
            raise invalid(entity_metadata__location="Must be between 1 and 100 in length.")
        if not body.get("scheduled_end_time"):
            raise invalid(scheduled_end_time="This field is required")
    if body.get("description") is not None and not 1 <= len(body["description"]) <= 1000:
        raise invalid(description="Must be between 1 and 1000 in length.")
    start = datetime.fromisoformat(body["scheduled_start_time"])
    if start.timestamp() < datetime.now(start.tzinfo).timestamp():
        wrong = {"scheduled_start_time": ("GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", "Cannot schedule event in the past.")}
        raise ApiError(400, 50035, "Invalid Form Body", wrong)


@route("POST", "/guilds/{guild_id}/scheduled-events")
def create_event(call: Call) -> Reply:
    guild = guild_of(call)
    call.text("name", 1, 100)
    call.state.require_guild(guild, "CREATE_EVENTS")
    _check_event(call.body)
    if sum(one["status"] in (1, 2) for one in guild.events.values()) >= 100:
        raise ApiError(400, 30038, "Maximum number of uncompleted guild scheduled events reached (100)")
    made = objects.event(snowflake(), guild.id, call.state.bot, call.body)
    guild.events[int(made["id"])] = made
    call.state.emit("GUILD_SCHEDULED_EVENT_CREATE", made, guild.id)
    return 200, made


@route("PATCH", "/guilds/{guild_id}/scheduled-events/{event_id}")
def edit_event(call: Call) -> Reply:
    guild, made, body = guild_of(call), _event(call), call.body
    own = made["creator_id"] == call.state.bot["id"]
    call.state.require_guild(guild, "CREATE_EVENTS" if own else "MANAGE_EVENTS")
    status = body.get("status")
    if made["status"] in (3, 4):
        raise ApiError(400, 180000, "Cannot update a finished event")
    if status is not None and status != made["status"]:
        if status not in STEPS[made["status"]]:
            raise invalid(status="Value must be one of the next statuses.")
        made["status"] = status
    for name in ("name", "description", "scheduled_start_time", "scheduled_end_time", "entity_metadata"):
        if name in body:
            made[name] = body[name]
    call.state.emit("GUILD_SCHEDULED_EVENT_UPDATE", made, guild.id)
    return 200, made


@route("DELETE", "/guilds/{guild_id}/scheduled-events/{event_id}")
def delete_event(call: Call) -> Reply:
    guild, made = guild_of(call), _event(call)
    own = made["creator_id"] == call.state.bot["id"]
    call.state.require_guild(guild, "CREATE_EVENTS" if own else "MANAGE_EVENTS")
    del guild.events[int(made["id"])]
    call.state.emit("GUILD_SCHEDULED_EVENT_DELETE", made, guild.id)
    return 204, None


@route("GET", "/guilds/{guild_id}/scheduled-events/{event_id}/users")
def event_users(call: Call) -> Reply:
    guild = guild_of(call)
    _event(call)
    limit = int(call.query.get("limit", "100"))
    users = sorted(guild.interested.get(call.ids["event_id"], set()))[:limit]
    return 200, [
        {"guild_scheduled_event_id": str(call.ids["event_id"]), "user_id": str(one), "user": call.state.users[one]}
        for one in users
    ]
