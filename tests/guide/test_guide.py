"""`/help` and `/language choose`, as people use them."""

import re

import pytest

from bot.app import Convenor
from bot.authorize import Standing
from bot.demo.world import Person, Persona, World
from bot.languages import texts
from cogs.guide.cards import help_card
from data.communities import get_preference
from tests.act import embed_text, reply
from tests.lookup.people import options

AWA = Persona("awa", "Awa Ndiaye", "fr", "Africa/Dakar")
AINO = Persona("aino", "Aino Virtanen", "fi", "Europe/Helsinki")


async def helped(world: World, person: Person) -> str:
    message = reply(await person.actor.slash(world.channel("general"), "help"))
    assert message.ephemeral
    return embed_text(message)


async def test_each_sees_what_they_can_do(world: World) -> None:
    awa, t = await world.join(AWA), texts("fr")
    text = await helped(world, awa)
    assert t("You are a visitor.") in text
    assert f"<#{world.channel('welcome').id}>" in text
    assert "</lookup:" in text
    assert "</webinar list:" not in text
    await world.give_role(awa, "Member")
    text = await helped(world, awa)
    assert t("You are a member.") in text
    assert "</webinar list:" in text
    assert "</webinar create:" not in text
    text = await helped(world, world.owner)
    assert "You are a moderator." in text
    assert "</setup:" in text
    assert "</webinar create:" in text


async def test_what_is_named_can_be_clicked_and_exists(world: World) -> None:
    known = world.owner.actor.available_commands(world.channel("general"))
    named = re.findall(r"</([^:]+):(\d+)>", await helped(world, world.owner))
    assert {name for name, _ in named} <= set(known)
    assert set(known) - {name for name, _ in named} == {"help"}, "whoever reads the help finds every command"
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    ids = {command.name: command.id for command in await bot.tree.fetch_commands()}
    assert all(ids[name.split()[0]] == int(number) for name, number in named)
    await world.restart()
    assert re.findall(r"</([^:]+):(\d+)>", await helped(world, world.owner)) == named


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt"])
def test_nothing_is_too_long_for_discord(language: str) -> None:
    card = help_card(texts(language), Standing.MODERATOR, None, lambda name: f"</{name}:{2**63}>")
    assert all(len(field.value or "") <= 1024 for field in card.fields)
    assert len(card) <= 6000


async def test_a_welcome_channel_that_is_gone_is_not_named(world: World) -> None:
    awa = await world.join(AWA)
    world.env.backend.delete_channel(world.channel("welcome").id)
    await world.env.settle()
    assert "<#" not in await helped(world, awa)


async def test_the_language_is_kept_and_spoken_at_once(world: World) -> None:
    aino, general = await world.join(AINO), world.channel("general")
    assert "What you can do here" in await helped(world, aino), "Finnish is not ours: the community's first language"
    said = reply(await aino.actor.slash(general, "language choose", language="es"))
    assert said.ephemeral
    assert said.content == texts("es")("Convenor now answers you in English.")
    await world.restart()
    assert texts("es")("What you can do here") in await helped(world, aino)
    said = reply(await aino.actor.slash(general, "language choose", language="as-discord"))
    assert said.content == "Convenor now answers you in English."
    assert "What you can do here" in await helped(world, aino)


async def test_each_language_is_offered_by_its_own_name(world: World) -> None:
    awa, general = await world.join(AWA), world.channel("general")
    for code in ("en", "fr", "es", "pt"):
        said = reply(await awa.actor.slash(general, "language choose", language=code))
        assert said.content == texts(code)("Convenor now answers you in English.")
    shown = reply(await awa.actor.slash(general, "help"))
    assert options(shown) == ["en", "fr", "es", "pt", "as-discord"]


async def test_the_help_changes_its_language_in_place(world: World) -> None:
    awa = await world.join(AWA)
    shown = reply(await awa.actor.slash(world.channel("general"), "help"))
    await world.restart()
    changed = reply(await awa.actor.select(shown, ["pt"]))
    assert changed.id == shown.id
    assert texts("pt")("What you can do here") in embed_text(changed)
    back = reply(await awa.actor.select(shown, ["as-discord"]))
    assert texts("fr")("What you can do here") in embed_text(back)


async def test_a_zone_is_found_by_city_or_country(world: World) -> None:
    awa, general = await world.join(AWA), world.channel("general")
    offered = await awa.actor.autocomplete(general, "language choose", "zone", "sénég")
    assert [choice["value"] for choice in offered] == ["Africa/Dakar"]
    said = reply(await awa.actor.slash(general, "language choose", zone="dakar"))
    assert "Dakar, Sénégal" in said.content
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    async with bot.db.read() as session:
        kept = await get_preference(session, world.guild.id, awa.id)
    assert kept is not None
    assert (kept.language, kept.zone) == (None, "Africa/Dakar")
    both = reply(await awa.actor.slash(general, "language choose", language="en", zone="Europe/Helsinki"))
    assert both.content.startswith(
        "Convenor now answers you in English. The times you type are now taken as times in Hel"
    )


async def test_what_is_no_zone_changes_nothing(world: World) -> None:
    awa, general, t = await world.join(AWA), world.channel("general"), texts("fr")
    nothing = reply(await awa.actor.slash(general, "language choose"))
    assert nothing.content == t("Choose a language, a time zone, or both.")
    for zone in ("Atlantis", "@everyone", "\u200b", "x" * 4000, "../../etc/passwd", "\u202eaivalc"):
        said = reply(await awa.actor.slash(general, "language choose", language="en", zone=zone))
        assert said.content == t(
            "No time zone, or more than one, has that name. Choose one from the list, or write it like Europe/Paris."
        )
    assert t("What you can do here") in await helped(world, awa), "the language was not changed either"
