"""Finding guidance, practices and people, and reading about the Network and its key areas."""

from bot.app import Convenor
from cogs.lookup.cog import Lookup


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    await bot.add_cog(Lookup(bot))
