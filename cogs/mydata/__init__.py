"""What is held about a person, and whose it is: shown, handed over, agreed to, erased, and kept no longer than said."""

from bot.app import Convenor
from cogs.mydata import keeping, kinds
from cogs.mydata.cog import MyData
from data import personal


async def setup(bot: Convenor) -> None:
    """Load the cog."""
    bot.deliveries.register(personal.POSTS, kinds.Posts())
    bot.deliveries.register(personal.MENTIONS, kinds.Mentions())
    bot.deliveries.register(personal.ROLES, kinds.Roles())
    await bot.add_cog(MyData(bot))
    bot.supervisor.start("keeping", lambda: keeping.run(bot))
