"""What one person sees of the simulated server: the places they may enter, what is new there, posts and events."""

from dataclasses import asdict, dataclass
from typing import Any

import discord
from simcord.backend.access import channel_accessible, message_accessible
from simcord.backend.models import Channel, Message

from bot.demo.world import Person, World

EVENTS = "events"
# There would soon be too many posts for the list of places; the forum's own list has them all.
POSTS_LISTED = 5
_KINDS = {
    discord.ChannelType.text.value: "text",
    discord.ChannelType.news.value: "news",
    discord.ChannelType.forum.value: "forum",
    discord.ChannelType.news_thread.value: "thread",
    discord.ChannelType.public_thread.value: "thread",
    discord.ChannelType.private_thread.value: "thread",
}
# (Discord id of a person, id of a channel) -> id of the newest message they have seen there.
Seen = dict[tuple[int, int], int]


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the list of places. `depth` is 0 at the top, 1 in a category, one more for a thread."""

    id: str
    kind: str
    name: str
    depth: int = 0
    unread: int = 0
    archived: bool = False
    in_forum: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a forum, as its list shows it. `last` is the UTC time of its newest message in ISO 8601."""

    id: str
    title: str
    author: str
    tags: tuple[str, ...]
    messages: int
    last: str
    unread: int


@dataclass(frozen=True, slots=True)
class Event:
    """A scheduled event. Times are UTC in ISO 8601; `state` is scheduled, active, completed or canceled."""

    id: str
    name: str
    description: str
    starts: str
    ends: str
    where: str
    state: str
    interested: int
    mine: bool


def newest_ids(world: World) -> dict[int, int]:
    """The id of the newest message of every channel that has one."""
    return {channel: max(messages) for channel, messages in world.env.backend.messages.items() if messages}


def can_enter(world: World, person: Person, channel_id: int) -> bool:
    """Whether the person may read this channel or thread, or whether it is their own direct messages."""
    return channel_accessible(world.env.backend, channel_id, person.id, history=True)


def visible_messages(world: World, person: Person, channel_id: int, *, after: int = 0) -> list[Message]:
    """The messages of a channel that the person can see, oldest first; with `after` only those with a greater id."""
    backend = world.env.backend
    return [
        message
        for message_id, message in sorted(backend.messages.get(channel_id, {}).items())
        if message_id > after and message_accessible(backend, channel_id, message, person.id, history=True)
    ]


def unread(world: World, person: Person, channel_id: int, seen: Seen) -> int:
    """How many messages of others the person has not seen in this channel."""
    after = seen.get((person.id, channel_id), 0)
    return sum(message.author_id != person.id for message in visible_messages(world, person, channel_id, after=after))


def places(world: World, person: Person, seen: Seen, *, selected: str = "") -> list[Place]:
    """Everything the person can open, in the order Discord lists it; of a forum only the newest posts.

    The `selected` place is among them wherever it is.
    """
    backend = world.env.backend
    server = backend.guilds[world.guild.id]
    direct = person.user.dm_channel.id
    found: list[Place] = []
    if person.id in server.members:
        if server.scheduled_events:
            found.append(Place(EVENTS, EVENTS, ""))
        channels = sorted((backend.channels[item] for item in server.channel_ids), key=_order)
        categories: list[Channel | None] = [None]
        categories += [item for item in channels if item.type == discord.ChannelType.category.value]
        for category in categories:
            inside = [
                place
                for channel in channels
                if channel.parent_id == (category.id if category else None)
                for place in _with_threads(world, person, channel, seen, int(category is not None), selected)
            ]
            if category and inside:
                found.append(Place(str(category.id), "category", category.name or ""))
            found += inside
    found.append(Place(str(direct), "direct", backend.bot_user.name, unread=unread(world, person, direct, seen)))
    return found


def posts(world: World, person: Person, forum_id: int, seen: Seen) -> list[Post]:
    """The posts of a forum, the one with the newest message first."""
    backend = world.env.backend
    forum = backend.channels[forum_id]
    tags = {int(tag["id"]): str(tag["name"]) for tag in forum.available_tags}
    found: list[Post] = []
    for thread in _threads(world, person, forum_id):
        messages = visible_messages(world, person, thread.id)
        found.append(
            Post(
                id=str(thread.id),
                title=thread.name or "",
                author=_name(world, thread.owner_id),
                tags=tuple(tags[tag] for tag in thread.applied_tags if tag in tags),
                messages=len(messages),
                last=messages[-1].timestamp if messages else "",
                unread=unread(world, person, thread.id, seen),
            )
        )
    return sorted(found, key=lambda post: (post.last, post.id), reverse=True)


def events(world: World, person: Person) -> list[Event]:
    """The server's scheduled events, the next one first."""
    server = world.env.backend.guilds[world.guild.id]
    found: list[Event] = []
    for event in server.scheduled_events.values():
        channel = server_channel_name(world, event.channel_id)
        found.append(
            Event(
                id=str(event.id),
                name=event.name,
                description=event.description or "",
                starts=event.scheduled_start_time,
                ends=event.scheduled_end_time or "",
                where=(event.entity_metadata or {}).get("location", channel),
                state=discord.EventStatus(event.status).name,
                interested=len(event.user_ids),
                mine=person.id in event.user_ids,
            )
        )
    return sorted(found, key=lambda event: event.starts)


def server_channel_name(world: World, channel_id: int | None) -> str:
    """The name of a channel, or an empty text if there is none."""
    channel = world.env.backend.channels.get(channel_id) if channel_id else None
    return (channel.name or "") if channel else ""


def describe(world: World, person: Person, seen: Seen) -> dict[str, Any]:
    """A person for the list of people, ready for JSON."""
    member = world.member(person)
    # A forum counts its posts already.
    waiting = sum(place.unread for place in places(world, person, seen) if not place.in_forum)
    known = asdict(person.persona)
    del known["account"]
    return known | {
        "roles": world.role_names(person),
        "pending": bool(member and member.pending),
        "present": member is not None,
        "owner": person is world.owner,
        "unread": waiting,
    }


def _with_threads(world: World, person: Person, channel: Channel, seen: Seen, depth: int, selected: str) -> list[Place]:
    kind = _KINDS.get(channel.type)
    if kind is None or not can_enter(world, person, channel.id):
        return []
    threads = _threads(world, person, channel.id)
    if kind == "forum":
        threads = [item for item in threads if item in threads[-POSTS_LISTED:] or str(item.id) == selected][::-1]
    return [_place(world, person, item, seen, depth + (item is not channel)) for item in (channel, *threads)]


def _place(world: World, person: Person, channel: Channel, seen: Seen, depth: int) -> Place:
    kind = _KINDS[channel.type]
    inside = [thread.id for thread in _threads(world, person, channel.id)] if kind == "forum" else [channel.id]
    return Place(
        id=str(channel.id),
        kind=kind,
        name=channel.name or "",
        depth=depth,
        unread=sum(unread(world, person, item, seen) for item in inside),
        archived=bool(channel.thread_metadata and channel.thread_metadata.archived),
        in_forum=kind == "thread" and _parent_kind(world, channel) == "forum",
    )


def _parent_kind(world: World, channel: Channel) -> str | None:
    parent = world.env.backend.channels.get(channel.parent_id) if channel.parent_id else None
    return _KINDS.get(parent.type) if parent else None


def _threads(world: World, person: Person, parent_id: int) -> list[Channel]:
    return [
        channel
        for channel in world.env.backend.channels.values()
        if channel.parent_id == parent_id and channel.is_thread and can_enter(world, person, channel.id)
    ]


def _order(channel: Channel) -> tuple[int, int]:
    return channel.position, channel.id


def _name(world: World, user_id: int | None) -> str:
    user = world.env.backend.users.get(user_id) if user_id else None
    return (user.global_name or user.name) if user else ""
