"""Finding guidance, practices and people, and reading about the Network and its key areas."""

from bot.app import Convenor
from cogs.lookup.cog import Lookup
from cogs.lookup.conversation import Conversation
from cogs.lookup.related import RELATED, Related, RelatedKind


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    await bot.add_cog(Lookup(bot))
    await bot.add_cog(Conversation(bot))
    await bot.add_cog(Related(bot))
    bot.deliveries.register(RELATED, RelatedKind())
