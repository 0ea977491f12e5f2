"""Finding members by country, key area, language, and what they offer or look for."""

from bot.demo.world import Persona, World
from tests import forging
from tests.act import all_text, button_labels, components, embed_text, reply
from tests.lookup.people import AWA, member
from tests.onboarding.acting import AINO, LUCIA, press, words


def listed(message: object) -> list[str]:
    """The names in a page of the directory."""
    return [field.name for embed in message.embeds for field in embed.fields]  # type: ignore[attr-defined]


async def test_members_are_found_with_the_reason_and_opened(world: World) -> None:
    room = world.channel("general")
    awa = await member(world, AWA, offers="Formation à l'accueil des victimes")
    aino = await member(
        world,
        AINO,
        name="Aino",
        country="FI",
        key_areas=("leadership",),
        languages=("en", "fi"),
        offers="",
        seeks="Budget tools",
    )
    await member(world, Persona("eva", "Eva", "en-GB", "UTC"), directory=False, offers="Training for victims")
    await world.env.settle()
    everybody = reply(await aino.actor.slash(room, "profile find"))
    assert listed(everybody) == ["Aino", "Awa Ndiaye"]
    assert "2 members" in embed_text(everybody)
    assert "Works on: Gender-responsive leadership" in embed_text(everybody)
    # Words mean the same in another language; whoever did not agree to be found is not.
    trained = reply(await aino.actor.slash(room, "profile find", words="training for victims"))
    assert listed(trained) == ["Awa Ndiaye"]
    assert "Offers: Formation à l'accueil des victimes" in embed_text(trained)
    for options, names in (
        ({"country": "FI"}, ["Aino"]),
        ({"country": "Sénégal"}, ["Awa Ndiaye"]),
        ({"area": "budgeting"}, ["Awa Ndiaye"]),
        ({"language": "fi"}, ["Aino"]),
        ({"language": "en"}, ["Aino", "Awa Ndiaye"]),
        ({"country": "FI", "language": "fr"}, []),
        ({"words": "formation", "country": "FI"}, []),
    ):
        found = reply(await aino.actor.slash(room, "profile find", **options))
        assert listed(found) == names, options
    nobody = reply(await aino.actor.slash(room, "profile find", country="PE"))
    assert "Nobody who can be found fits." in embed_text(nobody)
    opened = reply(await aino.actor.select(trained, [component_value(trained)], custom_id="profile:open"))
    assert f"<@{awa.id}>" in embed_text(opened)
    assert "Commissaire" in embed_text(opened)
    for wrong in ({"country": "Nowhere"}, {"area": "nothing"}, {"language": "xx"}):
        assert not reply(await aino.actor.slash(room, "profile find", **wrong)).embeds
    lucia = await world.join(LUCIA)
    refused = await lucia.actor.slash(room, "profile find")
    assert reply(refused).content == words(lucia)(
        "This is for members. Press the button in the welcome channel to become one."
    )


def component_value(message: object) -> str:
    """The first option of the menu of a page."""
    [menu] = [item for item in components(message) if item.get("options")]  # type: ignore[arg-type]
    return str(menu["options"][0]["value"])


async def test_long_lists_turn_and_keep_their_filters_after_a_restart(world: World) -> None:
    room = world.channel("general")
    for number in range(7):
        await member(world, Persona(f"p{number}", f"Person {number}", "en-GB", "UTC"), name=f"Person {number}")
    aino = await member(world, AINO, name="Aino", country="FI")
    first = reply(await aino.actor.slash(room, "profile find", country="SN"))
    assert listed(first) == [f"Person {number}" for number in range(5)]
    await world.restart()
    second = reply(await press(aino, first, "profile:find:1"))
    assert listed(second) == ["Person 5", "Person 6"]
    assert "Page 2 of 2" in embed_text(second)
    assert button_labels(second) == ["Previous", "Next"]
    far = await forging.press(world, aino, first, "profile:find:999:SN:-:-:-")
    assert listed(reply(far)) == ["Person 5", "Person 6"], "past the end, the last page"
    for forged in ("profile:find:x:SN:-:-:-", "profile:find:0:XX:-:-:-", "profile:find:0:-:9:-:-"):
        assert "Person" not in all_text(reply(await forging.press(world, aino, first, forged)))


async def test_choices_are_offered_in_the_persons_language(world: World) -> None:
    room = world.channel("general")
    awa = await member(world, AWA)
    areas = await awa.actor.autocomplete(room, "profile find", "area", "budg")
    assert [choice["value"] for choice in areas] == ["budgeting"]
    spoken = await awa.actor.autocomplete(room, "profile find", "language", "alle")
    assert spoken == [{"name": "Allemand", "value": "de"}]
    nations = await awa.actor.autocomplete(room, "profile find", "country", "finl")
    assert nations[0] == {"name": "Finlande", "value": "FI"}
