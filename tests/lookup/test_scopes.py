"""Nobody finds what they may not see: every entry, asked for by everybody."""

from sqlalchemy import select

from bot.demo.world import World
from data.models import ResourceRow
from data.resources import get_resource
from data.resources.writing import retire_resource
from data.search.documents import Document
from data.search.sources import SOURCES
from tests.lookup.people import AINO, AWA, bot_of, member, practice, webinar

ELSEWHERE = 42


async def test_every_entry_is_found_by_those_who_may_see_it_and_by_nobody_else(world: World) -> None:
    awa = await member(world, AWA)
    await member(world, AINO, directory=False)
    await practice(world, awa)
    await webinar(world)
    bot, here = bot_of(world), world.guild.id
    async with bot.db.begin() as session:
        retired = (await session.scalars(select(ResourceRow.id).order_by(ResourceRow.id))).first()
        resource = await get_resource(session, here, str(retired))
        assert resource is not None
        await retire_resource(session, here, resource, by=world.owner.id, now=world.now)
    index = await bot.search_index()
    await index.refresh(bot.db)
    async with bot.db.read() as session:
        documents = [document for source in SOURCES for document in await source.load(session, None)]

    def may_see(document: Document, scope: int | None) -> bool:
        # Visitors of a community ask in its negative number; it hides from them, too, what it retired.
        mine = document.community_id is None or document.community_id == scope
        return mine and abs(scope or 0) not in document.hidden_from

    kinds = {document.kind for document in documents if document.community_id == here}
    assert kinds == {"member", "practice", "webinar"}
    assert any(document.hidden_from for document in documents)
    assert "Aino" not in str(documents)
    for document in documents:
        title = document.title("en")
        everyones = document.community_id is None and not document.hidden_from
        for scope in (None, here) if everyones else (None, -here, here, ELSEWHERE, -ELSEWHERE):
            page = index.search(title, language="en", community_id=scope, kinds=[document.kind], limit=100)
            typed = index.complete(title, language="en", community_id=scope, kinds=[document.kind])
            for hits in (page.hits, typed):
                assert (document.id in {hit.id for hit in hits}) == may_see(document, scope), (title, scope)
