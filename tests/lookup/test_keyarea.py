"""`/keyarea`, as people use it."""

import discord

from bot.demo.world import World
from bot.languages import texts
from tests.act import button_labels, components, embed_text, reply
from tests.lookup.people import AINO, AWA, LUCIA, member, options, webinar


async def test_it_shows_what_there_is_in_the_persons_language(world: World) -> None:
    awa, t = await world.join(AWA), texts("fr")
    page = reply(await awa.actor.slash(world.channel("general"), "keyarea", area="prevention-investigation"))
    assert page.ephemeral
    text = embed_text(page)
    assert page.embeds[0].title == "Prévention et enquêtes"
    assert "Ce domaine porte sur la prévention" in text
    assert "Des intervenants sociaux dans les commissariats (France)" in text
    assert t("From the Network's brochure, not reviewed") in text
    # A position that somebody stated is never shown as a practice.
    assert "position:" not in " ".join(options(page))
    assert "practice:fi-cooperation" not in options(page)
    assert t("Members see here whom they can ask, and which webinar is next.") in text


async def test_resources_turn_page_by_page_to_the_end(world: World) -> None:
    owner, general = world.owner.actor, world.channel("general")
    page = reply(await owner.slash(general, "keyarea", area="budgeting"))
    seen: list[str] = []
    for _ in range(20):
        seen += [value for value in options(page) if value.startswith("resource:")]
        following = next(item for item in components(page) if item.get("label") == "Next resources")
        if following["disabled"]:
            break
        turned = reply(await owner.click(page, label="Next resources"))
        assert turned.id == page.id
        page = turned
    assert len(seen) == len(set(seen)) > 5
    assert f"{len(seen)} resources" in embed_text(page)
    await world.restart()
    last = embed_text(page)
    before = reply(await owner.click(page, label="Previous resources"))
    assert embed_text(before) != last


async def test_members_see_whom_to_ask_and_the_next_webinar(world: World) -> None:
    awa = await member(world, AWA, role="Commissaire **divisionnaire** @everyone")
    aino = await member(world, AINO, directory=False, key_areas=("budgeting", "capacity"), country="FI")
    made = await webinar(world)
    page = reply(await aino.actor.slash(world.channel("general"), "keyarea", area="budgeting"))
    text = embed_text(page)
    assert f"<@{awa.id}>, Commissaire \\*\\*divisionnaire\\*\\* @\u200beveryone (Senegal)" in text
    assert f"<@{aino.id}>" not in text, "who did not agree to the directory is not shown"
    assert f"Budgets that count\n{discord.utils.format_dt(made.starts_at, 'F')}" in text
    assert "meet.example.org" not in text
    card = reply(await aino.actor.select(page, [f"webinar:{made.id}"]))
    assert "How to cost prevention." in embed_text(card)
    back = reply(await aino.actor.click(card, label="Back to the key area"))
    assert embed_text(back) == text
    other = reply(await aino.actor.slash(world.channel("general"), "keyarea", area="leadership"))
    assert "Nobody has named this key area" in embed_text(other)
    assert "None is planned yet." in embed_text(other)


async def test_sharing_leaves_out_what_visitors_may_not_see(world: World) -> None:
    awa, lucia = await member(world, AWA), await world.join(LUCIA)
    await webinar(world)
    general, t = world.channel("general"), texts("fr")
    page = reply(await awa.actor.slash(general, "keyarea", area="budgeting"))
    assert "Budgets that count" in embed_text(page)
    text, before = embed_text(page), len(general.history())
    after = reply(await awa.actor.click(page, label=t("Share here")))
    [post] = general.history()[before:]
    assert post.content == t("Shared by {person}", person=f"<@{awa.id}>")
    assert "Budgétisation sensible au genre" in embed_text(post)
    assert "Budgets that count" not in embed_text(post)
    assert "Commissaire" not in embed_text(post)
    assert embed_text(after) == text
    assert t("Shared") in button_labels(after)
    read = reply(await lucia.actor.click(post, label=t("Read on in private")))
    assert read.ephemeral
    assert read.embeds[0].title == "Presupuestos con perspectiva de género"
    assert "Budgets that count" not in embed_text(read)


async def test_sharing_among_members_shows_what_members_see(world: World) -> None:
    awa = await member(world, AWA)
    await webinar(world)
    introductions = world.channel("introductions")
    page = reply(await awa.actor.slash(introductions, "keyarea", area="budgeting"))
    text, before = embed_text(page), len(introductions.history(viewer=awa.actor))
    await awa.actor.click(page, label=texts("fr")("Share here"))
    [post] = introductions.history(viewer=awa.actor)[before:]
    assert embed_text(post) == text
    assert "Budgets that count" in embed_text(post)
