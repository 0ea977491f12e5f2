"""`/insights`: what the community did, for moderators, as pictures and as a file."""

from bot.app import Convenor
from cogs.insights.cog import InsightsCog


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    await bot.add_cog(InsightsCog(bot))
