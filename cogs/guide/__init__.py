"""Finding one's way: what one can do here, and in which language."""

from bot.app import Convenor
from cogs.guide.cog import Guide


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    await bot.add_cog(Guide(bot))
