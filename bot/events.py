"""What discord.py makes of events that come in another order than they happened."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.app import Convenor

UPDATE = "GUILD_MEMBER_UPDATE"


def announce_strangers(bot: "Convenor") -> None:
    """Let a member who is first heard of by a change count as one who joined.

    Discord promises no order, and an event can get lost. discord.py takes such a member into its list without a word,
    and then drops the event of their joining, because they are in the list already: nobody would welcome them.
    """
    parsers = bot._connection.parsers  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
    usual = parsers[UPDATE]

    def changed(data: Any) -> None:
        guild, user_id = bot.get_guild(int(data["guild_id"])), int(data["user"]["id"])
        # Only where everyone is known is someone unknown new.
        stranger = guild is not None and guild.chunked and guild.get_member(user_id) is None
        usual(data)
        member = guild.get_member(user_id) if guild is not None and stranger else None
        if member is not None and guild is not None:
            # Else its list would look incomplete.
            count = guild._member_count  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
            guild._member_count = (count or 0) + 1  # noqa: SLF001 # pyright: ignore[reportPrivateUsage]
            bot.dispatch("member_join", member)

    parsers[UPDATE] = changed
