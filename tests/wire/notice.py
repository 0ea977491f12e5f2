"""A kind of delivery for tests: a message, a thread, or a scheduled event that says which one it is."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import Convenor
from bot.ask import Ask
from bot.buttons import Button, row
from bot.delivery import ForumPost, NothingToNote, Post, Rendered, Skip
from data.deliveries import Delivery

KIND = "wire.notice"


class Seen(Button, custom_id="wire:seen:{number}"):
    """Answers with its number."""

    async def pressed(self, ask: Ask) -> None:
        await ask.answer(self.values["number"])


class Notice(NothingToNote):
    """What `details` asks for: `{"as": "thread"}`, `{"as": "skip"}`, else a message."""

    async def render(self, bot: Convenor, session: AsyncSession, delivery: Delivery) -> Rendered:
        shape = delivery.details.get("as", "message")
        if shape == "skip":
            return Skip("cancelled")
        post = Post(row(Seen("Seen", number=delivery.occurrence)), content=f"Notice {delivery.occurrence}")
        return ForumPost(f"Notice {delivery.occurrence}", post) if shape == "thread" else post


def register(bot: Convenor) -> None:
    """Make it known to a bot."""
    bot.deliveries.register(KIND, Notice())
