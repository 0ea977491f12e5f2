"""The weekly digest: for one member, by direct message if they asked for it, and at any time with a command."""

from bot.app import Convenor
from cogs.digest.cog import Digest
from cogs.digest.kinds import DigestKind
from data import digests


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    bot.deliveries.register(digests.KIND, DigestKind(bot.clock))
    await bot.add_cog(Digest(bot))
