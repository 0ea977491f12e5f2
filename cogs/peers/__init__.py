"""Questions to peers: names are hidden until both sides agree."""

from bot.app import Convenor
from cogs.peers import forms, kinds
from cogs.peers.cog import Peers
from data import peers

__all__ = ["forms", "setup"]


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    bot.deliveries.register(peers.QUESTION, kinds.QuestionKind(bot))
    bot.deliveries.register(peers.OFFER, kinds.OfferKind())
    bot.deliveries.register(peers.INTRODUCTION, kinds.IntroductionKind())
    bot.deliveries.register(peers.UNANSWERED, kinds.UnansweredKind(bot))
    bot.deliveries.register(peers.CLOSING, kinds.ClosingKind())
    await bot.add_cog(Peers(bot))
