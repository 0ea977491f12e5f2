"""`/network`, as people use it."""

from bot.demo.world import World
from bot.languages import texts
from cogs.lookup.network import PAGES
from data.overview import get_overview
from data.seedfiles import read as seed
from tests.act import button_labels, embed_text, reply
from tests.lookup.people import AINO, AWA, LUCIA, bot_of, member, options, practice, the, webinar


async def test_every_page_reads_in_two_languages(world: World) -> None:
    awa = await world.join(AWA)
    for person, language in ((awa, "fr"), (world.owner, "en")):
        first = reply(await person.actor.slash(world.channel("general"), "network"))
        assert first.ephemeral
        assert options(first) == list(PAGES)
        read: dict[str, str] = {}
        for name in PAGES:
            page = reply(await person.actor.select(first, [name]))
            assert page.id == first.id
            read[name] = embed_text(page)
        said = seed("network")
        assert said["network"]["name"][language] in read["about"]
        assert all(objective["summary"][language][:60] in read["objectives"] for objective in said["objectives"])
        assert all(activity["name"][language] in read["activities"] for activity in said["activities"])
        assert all(advisory["name"][language] in read["advisory"] for advisory in said["advisory_members"])
        named = seed("practices")["challenges"]
        assert all(challenge["title"][language] in read["challenges"] for challenge in named)
        assert "grpsecretariat@unwomen.org" in read["contact"]
        assert said["network"]["contact"]["note"][language] in read["contact"]


async def test_who_may_join_is_counted_as_the_seed_has_it(world: World) -> None:
    page = embed_text(reply(await world.owner.actor.slash(world.channel("general"), "network")))
    said = seed("eligible")
    assert (len(said["member_states"]), sorted(said["permanent_observers"])) == (193, ["PS", "VA"])
    assert "193 Member States of the United Nations and 2 Permanent Observers" in page


async def test_members_stand_by_region_and_co_chairs_in_words(world: World) -> None:
    lucia, t = await world.join(LUCIA), texts("es")
    first = reply(await lucia.actor.slash(world.channel("general"), "network"))
    page = reply(await lucia.actor.select(first, ["members"]))
    regions = {field.name: (field.value or "").splitlines() for field in page.embeds[0].fields}
    assert [name.partition(" (")[0] for name in regions if name] == ["África", "América", "Asia", "Europa"]
    lines = [line for each in regions.values() for line in each]
    assert len(lines) == 19
    assert [line for line in lines if "," in line] == [
        f"- {country}, {t('co-chair')}" for country in ("Senegal", "Chile", "Países Bajos")
    ]


async def test_a_country_is_told_whether_it_is_a_member(world: World) -> None:
    awa, general, t = await world.join(AWA), world.channel("general"), texts("fr")
    member = embed_text(reply(await awa.actor.slash(general, "network", country="Niederlande, nein: Pays-Bas")))
    assert not member, "what is no country's name is refused"
    member = embed_text(reply(await awa.actor.slash(general, "network", country="Países Bajos")))
    assert t("{country}: member of the Network.", country="Pays-Bas") in member
    assert t("It is one of the co-chairs.") in member
    other = embed_text(reply(await awa.actor.slash(general, "network", country="VA")))
    assert "grpsecretariat@unwomen.org" in other
    assert t("It is one of the co-chairs.") not in other
    unknown = reply(await awa.actor.slash(general, "network", country="Atlantis"))
    assert "Atlantis" in unknown.content
    offered = await awa.actor.autocomplete(general, "network", "country", "chi")
    assert offered[0] == {"name": "Chili", "value": "CL"}


async def test_pages_are_shared_and_read_on_after_a_restart(world: World) -> None:
    awa, lucia = await world.join(AWA), await world.join(LUCIA)
    general, t = world.channel("general"), texts("fr")
    first = reply(await awa.actor.slash(general, "network"))
    await world.restart()
    page = reply(await awa.actor.select(first, ["objectives"]))
    before = len(general.history())
    after = reply(await awa.actor.click(page, label=t("Share here")))
    assert t("Shared") in button_labels(after)
    await awa.actor.click(reply(await awa.actor.slash(general, "network", country="Chili")), label=t("Share here"))
    objectives, country = general.history()[before:]
    assert embed_text(objectives) == embed_text(page)
    assert "Chili" in embed_text(country)
    read = reply(await lucia.actor.click(objectives, label=t("Read on in private")))
    assert read.ephemeral
    assert seed("network")["objectives"][0]["summary"]["es"][:60] in embed_text(read)


async def test_the_first_page_shows_what_there_is_as_far_as_its_readers_may_know(world: World) -> None:
    awa, aino = await member(world, AWA), await world.join(AINO)
    await practice(world, awa, "Quokka patrols at night")
    await webinar(world)
    seen = reply(await awa.actor.slash(world.channel("general"), "network"))
    [picture] = seen.attachments
    assert (await picture.read()).startswith(b"\x89PNG")
    assert picture.size < 150_000
    text = embed_text(seen)
    assert "Budgets that count" in text
    assert "1 personne" not in text, "fewer than five people are not told by their number"
    assert "Budgétisation" in (picture.description or "")
    assert sum(len(embed) for embed in seen.embeds) <= 6000
    # Another page has none; back again, it is there.
    other = reply(await awa.actor.select(seen, ["contact"], custom_id="network:read"))
    assert not other.attachments
    # A visitor, and who reads a channel with visitors, sees what everybody has.
    visitor = reply(await aino.actor.slash(world.channel("general"), "network"))
    assert "Budgets that count" not in embed_text(visitor)
    await awa.actor.click(other, custom_id=the(other, "network:share"))
    again = reply(await awa.actor.slash(world.channel("general"), "network"))
    await awa.actor.click(again, custom_id=the(again, "network:share"))
    shared = world.channel("general").history()[-1]
    assert shared.attachments
    assert "Budgets that count" not in embed_text(shared)
    async with bot_of(world).db.read() as session:
        ours = await get_overview(session, world.guild.id)
        theirs = await get_overview(session, -world.guild.id)
    place = ours.areas.index("budgeting")
    senegal = next(row for row in ours.rows if row.country == "SN").cells[place]
    assert (senegal.practices, senegal.people) == (1, 4), "one person is told as fewer than five"
    assert theirs.asks is None
    assert not any(cell.people for row in theirs.rows for cell in row.cells)
    assert next(row for row in theirs.rows if row.country == "SN").cells[place].practices == 0
    area = reply(await awa.actor.slash(world.channel("general"), "keyarea", area="prevention-investigation"))
    [tiles] = area.attachments
    assert "France" in (tiles.description or "")
    # A picture of empty tiles tells less than none.
    assert not reply(await awa.actor.slash(world.channel("general"), "keyarea", area="budgeting")).attachments
