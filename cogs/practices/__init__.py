"""Practices: written step by step, reviewed, posted in the forum, found again."""

from bot.app import Convenor
from cogs.practices import (
    adaptforms,
    asking,
    askkinds,
    expiring,
    forms,
    freshkinds,
    kinds,
    ledgerkinds,
    talking,
    translating,
    translationkinds,
)
from cogs.practices.cog import Practices

__all__ = ["adaptforms", "asking", "forms", "setup", "translating"]


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    bot.deliveries.register(kinds.REVIEW, kinds.ReviewKind(bot))
    bot.deliveries.register(kinds.CARD, kinds.CardKind())
    bot.deliveries.register(kinds.DECISION, kinds.DecisionKind())
    bot.deliveries.register(kinds.PUBLICATION, kinds.PublicationKind(bot))
    bot.deliveries.register(kinds.TOMBSTONE, kinds.TombstoneKind())
    bot.deliveries.register(kinds.REFRESH, kinds.RefreshKind())
    ledgerkinds.register(bot)
    freshkinds.register(bot)
    expiring.register(bot)
    askkinds.register(bot)
    talking.register(bot)
    translationkinds.register(bot)
    await bot.add_cog(Practices(bot))
