"""Whether everything works, for moderators."""

from bot.app import Convenor
from cogs.doctor.cog import Doctor


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    await bot.add_cog(Doctor(bot))
