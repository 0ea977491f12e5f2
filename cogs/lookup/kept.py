"""A search as it is carried from message to message: in a button where it fits, else as a draft."""

from bot.ask import Ask
from bot.authorize import not_found
from bot.forms import KEEP_DRAFT
from cogs.lookup.rules import Search, packed, unpacked
from data.drafts import get_draft, save_draft

DRAFT = "lookup"


async def key_of(ask: Ask, search: Search) -> str:
    """What stands for a search in a button: the search itself, or a token of this person's where it is too long."""
    short = packed(search)
    if short is not None:
        return short
    async with ask.bot.db.begin() as session:
        await save_draft(
            session,
            community_id=ask.community.id,
            user_id=ask.actor.user_id,
            kind=DRAFT,
            subject=search.token,
            data=search.as_data(),
            now=ask.now,
            keep=KEEP_DRAFT,
        )
    return "t" + search.token


async def search_of(ask: Ask, key: str) -> Search:
    """The search that a button stands for.

    Raises:
        Refusal: it is another person's, forged, or forgotten by now.
    """
    if key.startswith("t"):
        async with ask.bot.db.read() as session:
            kept = await get_draft(session, ask.community.id, ask.actor.user_id, DRAFT, key[1:], now=ask.now)
        search = Search.from_data(kept.data) if kept else None
    else:
        search = unpacked(key)
    if search is None:
        raise not_found()
    return search
