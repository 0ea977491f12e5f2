"""One thing in full."""

from bot.ask import Ask
from bot.authorize import not_found
from bot.buttons import Button
from bot.errors import Refusal
from cogs.lookup import rules
from cogs.lookup.cards import Reader, card_of
from cogs.lookup.rules import page_number
from cogs.lookup.sharing import Page, scope_here, share
from cogs.lookup.things import LOADERS, load, scope_of
from cogs.lookup.words import Areas


async def reader_of(ask: Ask) -> Reader:
    """For whom an answer is made."""
    areas: Areas = {area.id: area for area in await ask.bot.known.key_areas()}
    return Reader(ask.t, areas, ask.now)


def asked_page(text: str) -> int:
    """The page that a button carries.

    Raises:
        Refusal: it carries none.
    """
    number = page_number(text)
    if number is None:
        raise not_found()
    return number


async def thing_page(ask: Ask, name: str, back: Button | None = None, *, shared: bool = False) -> Page:
    """One thing in full.

    Args:
        ask: who asks.
        name: `kind:id`.
        back: leads back to where it was chosen.
        shared: whether it will stand in the channel for others to read.

    Raises:
        Refusal: there is no such thing, or those who will read it may not see it.
    """
    kind, _, thing_id = name.partition(":")
    scope = scope_of(ask.actor)
    async with ask.bot.db.read() as session:
        mine = await load(session, scope, [(kind, thing_id)])
        theirs = await load(session, min(scope, scope_here(ask)), [(kind, thing_id)]) if shared else mine
    if not mine:
        raise not_found()
    if not theirs:
        raise Refusal("Visitors read this channel, and only members may see that. Nothing was shared.")
    card = card_of(await reader_of(ask), kind, mine[kind, thing_id])
    items: list[Button] = [back] if back else []
    # What cannot be named in a button cannot be shared by one.
    if kind in LOADERS and len(name) <= rules.NAME_LIMIT:
        items.append(ShareThing(ask.t("Share here"), thing=name))
    return Page([card], items)


class ShareThing(Button, custom_id="lookup:card:{thing*}"):
    """Posts one thing in the channel."""

    async def pressed(self, ask: Ask) -> None:
        """Post it."""
        await share(ask, await thing_page(ask, self.values["thing"], shared=True))
