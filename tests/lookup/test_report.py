"""What moderators see of what was not found, and the words that they add for it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.demo.world import Person, World
from data.asked import KEPT, forget_asked, list_unanswered, note_asked
from data.communities import ensure_community
from data.database import Database
from data.glossary import add_term, list_terms, remove_term
from data.models import LookupRow
from data.search.index import SearchIndex
from data.search.private import words_to_keep
from tests.act import button_labels, embed_text, reply
from tests.lookup.people import AWA, LUCIA, bot_of, member, options

NOW = datetime(2027, 3, 4, 9, 30, tzinfo=UTC)
COMMUNITY = 987_654_321_098_765_432


async def look(world: World, person: Person, query: str, **filters: Any) -> Any:
    return reply(await person.actor.slash(world.channel("general"), "lookup", query=query, **filters))


async def test_words_not_found_reach_the_moderators_without_a_name_and_find_something_once_explained(
    world: World,
) -> None:
    awa, lucia = await member(world, AWA), await world.join(LUCIA)
    nothing = await look(world, awa, "guichet papillon")
    assert not nothing.embeds[0].fields
    assert "/pairs demander" in embed_text(nothing)
    assert "Le signaler à la modération" in button_labels(nothing)
    found = await look(world, lucia, "trabajadoras sociales")
    told = await lucia.actor.click(found, label="¿No es lo que buscaba?")
    assert "sin su nombre" in told.followups[-1].content
    await look(world, awa, "Mariana Lopez plainte")

    page = reply(await world.owner.actor.slash(world.channel("general"), "lookup-report"))
    text = embed_text(page)
    assert page.ephemeral
    assert "guichet papillon" in text
    assert "trabajadoras sociales" in text
    assert "1 person did not find it" in text
    assert not any(word in text.lower() for word in ("mariana", "lopez", "awa", "ndiaye", "lucía"))
    async with bot_of(world).db.read() as session:
        rows = list(await session.scalars(select(LookupRow)))
    assert all(row.day.hour == 0 and "mariana" not in row.words for row in rows)

    refused = reply(await awa.actor.slash(world.channel("general"), "lookup-report"))
    assert not refused.embeds

    form = await world.owner.actor.click(page, label="Add a word")
    typed = {"word": "guichet papillon", "means": "social workers\ntrabajadoras sociales en comisarías"}
    said = reply(await world.owner.actor.submit_modal(form, typed))
    assert "guichet papillon" in said.content
    await world.env.settle()
    assert options(await look(world, awa, "guichet papillon"))[0] == "practice:fr-social-workers"
    listed = reply(await world.owner.actor.click(page, label="The glossary"))
    assert "**guichet papillon** = social workers" in embed_text(listed)
    chosen = reply(await world.owner.actor.select(listed, ["1"]))
    await world.owner.actor.click(chosen, label="Remove")
    await world.env.settle()
    assert not (await look(world, awa, "guichet papillon")).embeds[0].fields


async def test_only_one_year(world: World) -> None:
    found = await look(world, world.owner, "violence against women", year=2010, kind="resource")
    assert set(options(found)) >= {"resource:unodc-handbook-vaw-2010"}
    assert all("2010" in (field.value or "") for field in found.embeds[0].fields)
    assert "2010" in (found.embeds[0].description or "")


@pytest.mark.parametrize(
    "query, kept",
    [
        ("risk assessment", "risk assessment"),
        ("Mariana López violence", "… violence"),
        ("mariana lopez denuncia", "… denuncia"),
        ("who is Jansen Okafor", "who is …"),
        ("expediente 2023-004455", "expediente …"),
        ("john.doe@example.org", ""),
        ("+33 6 12 34 56 78", ""),
        ("ana", ""),
        ("GBV toolkit 2021", "gbv toolkit 2021"),
        ("cámaras corporales", "cámaras corporales"),
        ("zumbador interno", "… interno"),
    ],
)
def test_names_are_not_kept(query: str, kept: str) -> None:
    assert words_to_keep(query, {"zumbador"}) == kept


async def test_counts_are_kept_for_a_time_and_words_go_to_every_process(database: Database) -> None:
    here, there = await SearchIndex.build(database), await SearchIndex.build(database)
    async with database.begin() as session:
        await ensure_community(
            session, COMMUNITY, name="Network", now=NOW, languages=("en",), zone="UTC", reminder_offsets=(0,)
        )
        for days, results in ((0, 0), (0, 0), (3, 0), (200, 0)):
            now = NOW - timedelta(days=days)
            await note_asked(session, COMMUNITY, "bodycams", language="en", results=results, now=now)
        await note_asked(session, COMMUNITY, "police", language="en", results=7, now=NOW)
        await note_asked(session, COMMUNITY, "patrols", language="en", results=2, now=NOW, missed=True)
        found, total = await list_unanswered(session, COMMUNITY, NOW - KEPT, limit=10)
        assert [(each.words, each.asked, each.missed) for each in found] == [("bodycams", 3, 0), ("patrols", 0, 1)]
        assert total == 2
        assert await forget_asked(session, NOW) == 1
        await add_term(session, COMMUNITY, "Bodycams", ["femicide"], by=1, now=NOW)

    def finds(index: SearchIndex) -> set[str]:
        return {hit.id for hit in index.search("bodycams", language="en", community_id=COMMUNITY).hits}

    for index in (here, there):
        assert not finds(index)
        await index.refresh(database)
        assert "ohchr-femicide-2014" in finds(index)
        assert not index.search("bodycams", language="en", community_id=COMMUNITY + 1).hits
    async with database.begin() as session:
        [term] = await list_terms(session, COMMUNITY)
        await remove_term(session, term, by=1, now=NOW)
    for index in (here, there):
        await index.refresh(database)
        assert not finds(index)
