"""Practices: written step by step, reviewed, posted in the forum, found again."""

from bot.app import Convenor
from cogs.practices import forms, kinds
from cogs.practices.cog import Practices

__all__ = ["forms", "setup"]


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    bot.deliveries.register(kinds.REVIEW, kinds.ReviewKind(bot))
    bot.deliveries.register(kinds.CARD, kinds.CardKind())
    bot.deliveries.register(kinds.DECISION, kinds.DecisionKind())
    bot.deliveries.register(kinds.PUBLICATION, kinds.PublicationKind(bot))
    bot.deliveries.register(kinds.TOMBSTONE, kinds.TombstoneKind())
    bot.deliveries.register(kinds.REFRESH, kinds.RefreshKind())
    await bot.add_cog(Practices(bot))
