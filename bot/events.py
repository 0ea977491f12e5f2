"""What discord.py makes of events that come in another order than they happened."""

from typing import TYPE_CHECKING, Any

import discord

if TYPE_CHECKING:
    from bot.app import Convenor

UPDATE, JOIN, LEAVE = "GUILD_MEMBER_UPDATE", "GUILD_MEMBER_ADD", "GUILD_MEMBER_REMOVE"


def announce_strangers(bot: "Convenor") -> None:
    """Let a member who is first heard of by a change count as one who joined.

    Discord promises no order, and an event can get lost. discord.py takes such a member into its list without a word,
    and then drops the event of their joining, because they are in the list already: nobody would welcome them.
    """
    parsers = bot._connection.parsers  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    usual, joining, leaving = parsers[UPDATE], parsers[JOIN], parsers[LEAVE]
    # Taken into the list of a server of which not everyone is known: new or not, only the event of joining can tell.
    unheard: set[tuple[int, int]] = set()

    def count_one_more(guild: discord.Guild) -> None:
        # Else its list would look incomplete.
        count = guild._member_count  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
        guild._member_count = (count or 0) + 1  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]

    def changed(data: Any) -> None:
        guild, user_id = bot.get_guild(int(data["guild_id"])), int(data["user"]["id"])
        unknown = guild is not None and guild.get_member(user_id) is None
        all_known = guild is not None and guild.chunked
        usual(data)
        member = guild.get_member(user_id) if guild is not None and unknown else None
        if member is None or guild is None:
            return
        # Only where everyone is known is someone unknown new.
        if all_known:
            count_one_more(guild)
            bot.dispatch("member_join", member)
        else:
            unheard.add((guild.id, user_id))

    def joined(data: Any) -> None:
        guild, user_id = bot.get_guild(int(data["guild_id"])), int(data["user"]["id"])
        # Of whom is not in the list, discord.py tells by itself.
        member = guild.get_member(user_id) if guild is not None else None
        joining(data)
        if guild is None or (guild.id, user_id) not in unheard:
            return
        unheard.discard((guild.id, user_id))
        if member is not None:
            count_one_more(guild)
            bot.dispatch("member_join", member)

    def left(data: Any) -> None:
        unheard.discard((int(data["guild_id"]), int(data["user"]["id"])))
        leaving(data)

    parsers[UPDATE], parsers[JOIN], parsers[LEAVE] = changed, joined, left
