"""Who vouches for whom, until when, and what follows when nobody does."""

from datetime import timedelta
from typing import Any

import discord

from bot.demo.world import Person, World
from tests.act import all_text, reply
from tests.onboarding.acting import (
    AINO,
    AWA,
    LUCIA,
    MIRA,
    apply,
    approve,
    cards,
    custom_id,
    has,
    member,
    moderator,
    posts,
    press,
    start,
)
from tests.webinars.acting import away

DAY = timedelta(days=1)
SENEGAL = {"country": "Sénégal"}


def direct(person: Person) -> list[discord.Message]:
    """What the bot wrote to a person alone, oldest first."""
    return [one for one in person.user.dm_channel.history() if one.author.bot]


async def press_alone(person: Person, message: Any, begins: str) -> Any:
    """Press a button in a direct message."""
    return reply(await person.user.click(message, custom_id=custom_id(message, begins)))


async def focal_point(world: World) -> Person:
    """A member for Senegal whom a moderator named a focal point."""
    awa = await member(world, AWA)
    named = await world.owner.actor.slash(world.channel("general"), "onboarding focalpoint", member=awa.actor)
    assert "focal point of Senegal" in all_text(reply(named))
    return awa


async def test_a_focal_point_vouches_with_one_button_and_the_card_says_so(world: World) -> None:
    awa = await focal_point(world)
    lucia = await world.join(LUCIA)
    await apply(world, lucia, who=SENEGAL)
    [asked] = [one for one in direct(awa) if has(one, "onboarding:vouch")]
    assert "Connaissez-vous cette personne" in all_text(asked)
    told = await press_alone(awa, asked, "onboarding:vouch")
    assert "Vous vous portez garant" in all_text(told)
    assert f"<@{awa.id}>, a focal point, vouches until" in all_text(cards(world, lucia)[-1])
    await approve(world, lucia)
    assert "Member" in world.role_names(lucia)
    listed = reply(await world.owner.actor.slash(world.channel("general"), "onboarding focalpoints"))
    assert f"<@{awa.id}>" in all_text(listed)
    await press(world.owner, listed, "onboarding:focal:end")
    refused = await press_alone(awa, asked, "onboarding:vouch")
    assert "Vous vous portez garant" not in all_text(refused), "her time is over"


async def test_nobody_vouches_for_themselves_or_for_another_country(world: World) -> None:
    awa = await focal_point(world)
    aino, lucia = await world.join(AINO), await world.join(LUCIA)
    await apply(world, aino, who={"country": "Finland"})
    assert not [one for one in direct(awa) if has(one, "onboarding:vouch")], "she is not asked about Finland"
    await apply(world, lucia, who=SENEGAL)
    [asked] = [one for one in direct(awa) if has(one, "onboarding:vouch")]
    unknown = await press_alone(awa, asked, "onboarding:unknown")
    assert "Seule l’équipe de modération le voit" in all_text(unknown)
    assert f"<@{awa.id}> does not know this person." in all_text(cards(world, lucia)[-1])
    named = await world.owner.actor.slash(
        world.channel("general"), "onboarding focalpoint", member=(await moderator(world)).actor
    )
    assert "must be a member for a country first" in all_text(reply(named))


async def test_a_word_is_asked_for_again_and_when_it_ends_the_membership_pauses(world: World) -> None:
    awa = await member(world, AWA)
    mira = await moderator(world, MIRA)
    await away(world, 340 * DAY)
    assert "confirmée jusqu’au" in all_text(direct(awa)[-1])
    [ask] = [one for one in posts(world, "moderators") if has(one, "onboarding:vouch")]
    assert "Does this person still hold this post?" in all_text(ask)
    assert "Member" in world.role_names(awa)
    await away(world, 30 * DAY)
    assert "Member" not in world.role_names(awa)
    assert "Votre adhésion est suspendue" in all_text(direct(awa)[-1])
    assert posts(world, "introductions", f"<@{awa.id}>") == []
    # She presses the button of the welcome, as anyone does who wants to know where they stand.
    stands = reply(await start(world, awa))
    assert "suspendue" in all_text(stands)
    await press(awa, stands, "onboarding:again")
    await press(mira, ask, "onboarding:vouch")
    assert "Member" in world.role_names(awa)
    assert "Votre poste est confirmé" in all_text(direct(awa)[-1])


async def test_a_moderator_asks_first_and_the_answer_comes_as_a_new_card(world: World) -> None:
    lucia = await world.join(LUCIA)
    await apply(world, lucia)
    first = cards(world, lucia)[-1]
    shown = await press(world.owner, first, "onboarding:ask")
    await world.owner.actor.submit_modal(shown, {"question": "Who is your chief?"})
    assert "Who is your chief?" in all_text(direct(lucia)[-1])
    stands = reply(await start(world, lucia))
    assert "Who is your chief?" in all_text(stands)
    asked = direct(lucia)[-1]
    form = await lucia.user.click(asked, custom_id=custom_id(asked, "onboarding:reply"))
    await lucia.user.submit_modal(form, {"answer": "La general Soto."})
    newest: Any = cards(world, lucia)[-1]
    assert newest.id != first.id
    assert "La general Soto." in all_text(newest)
    assert not has(cards(world, lucia)[-2], "onboarding:approve"), "the older card decides nothing any more"
    await approve(world, lucia)
    assert "Member" in world.role_names(lucia)


async def test_newcomers_are_reminded_twice_and_then_left_in_peace(world: World) -> None:
    lucia, aino = await world.join(LUCIA), await world.join(AINO)
    await apply(world, aino)

    def reminders(person: Person) -> int:
        return len(posts(world, "welcome", f"<@{person.id}>")) - 1

    for days, seen in ((1, 1), (5, 1), (1.5, 2), (30, 2)):
        await away(world, days * DAY)
        assert reminders(lucia) == seen, days
    assert reminders(aino) == 0, "she has asked already"
