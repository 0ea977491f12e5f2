"""What a word about a person is worth: for one country, said once, and asked for anew each year."""

from datetime import timedelta

import discord

from bot.demo.world import Person, World
from tests.act import all_text, reply
from tests.onboarding.acting import (
    AINO,
    LUCIA,
    apply,
    approve,
    cards,
    decline,
    has,
    posts,
    press,
)
from tests.onboarding.test_vouching import SENEGAL, direct, focal_point, press_alone
from tests.webinars.acting import away

DAY = timedelta(days=1)


async def test_a_word_counts_once_and_ends_with_another_country(world: World) -> None:
    awa = await focal_point(world)
    lucia = await world.join(LUCIA)
    await apply(world, lucia, who=SENEGAL)
    [asked] = [one for one in direct(awa) if has(one, "onboarding:vouch")]
    for _ in range(3):
        await press_alone(awa, asked, "onboarding:vouch")
    assert all_text(cards(world, lucia)[-1]).count("a focal point, vouches until") == 1
    await decline(world, lucia, "Please say which country.")
    refused = await press_alone(awa, asked, "onboarding:vouch")
    assert "garant" not in all_text(refused), "nobody waits any more"
    looked = reply(await lucia.actor.slash(world.channel("welcome"), "profile edit", country="FI"))
    await press(lucia, looked, "onboarding:send")
    shown = await press(world.owner, cards(world, lucia)[-1], "onboarding:approve")
    assert "a moderator, vouches until" in all_text(reply(shown)), "the word about Senegal says nothing of Finland"


async def test_focal_points_are_asked_each_year_and_not_about_one_another(world: World) -> None:
    awa = await focal_point(world)
    aino = await world.join(AINO)
    await apply(world, aino, who=SENEGAL)
    await approve(world, aino)

    def asked() -> list[discord.Message]:
        return [one for one in direct(awa) if has(one, "onboarding:vouch")]

    assert len(asked()) == 1
    for year in (1, 2):
        await away(world, 340 * DAY)
        assert len(asked()) == 1 + year, "again about the same person"
        await press(world.owner, world_card(world, awa), "onboarding:vouch")
        await press_alone(awa, asked()[-1], "onboarding:vouch")
        assert "Member" in world.role_names(aino)
    named = await world.owner.actor.slash(world.channel("general"), "onboarding focalpoint", member=aino.actor)
    assert "focal point of Senegal" in all_text(reply(named))
    refused = await press_alone(awa, asked()[-1], "onboarding:vouch")
    assert "garant" not in all_text(refused), "that is for those who named her"


def world_card(world: World, person: Person) -> discord.Message:
    """The newest card that asks the moderators about somebody."""
    return [one for one in posts(world, "moderators", f"<@{person.id}>") if has(one, "onboarding:vouch")][-1]
