"""Introductions name those whom a new member may want to meet, as long as both agree to it."""

from dataclasses import replace

import pytest

from bot.demo.world import Person, World
from data.members.matching import best_matches, matches_among, region_of
from tests.act import embed_text, reply
from tests.onboarding.acting import AINO, JOAO, LUCIA, apply, approve, member, posts, press
from tests.onboarding.test_rules import a_member as person

AGREED = ["yes", "matching"]


@pytest.mark.parametrize(
    "seeks, language, offers, theirs, fits",
    [
        ("Training on receiving survivors", "en", "Formation à l'accueil des victimes", "fr", True),
        ("Presupuestos con perspectiva de género", "es", "Gender-responsive budgeting", "en", True),
        ("Formação de instrutores", "pt", "Capacitación de instructores", "es", True),
        ("Statistics on promotion of women", "en", "Guitar lessons", "en", False),
        ("", "en", "Training", "en", False),
        ("We look for good partners and ideas", "en", "We give good ideas", "en", False),
    ],
)
def test_needs_meet_offers_across_languages(seeks: str, language: str, offers: str, theirs: str, fits: bool) -> None:
    newcomer = person(id=1, country="FI", seeks=seeks, language=language, hidden={})
    other = person(id=2, country="SN", offers=offers, language=theirs)
    assert bool(best_matches(newcomer, [other])) is fits
    assert bool(best_matches(other, [newcomer])) is fits, "and the other way round"


def test_only_people_of_other_regions_are_named_and_the_best_first() -> None:
    newcomer = person(id=1, country="SN", seeks="Training on budgeting for survivors", key_areas=("budgeting",))
    near = person(id=2, country="RW", offers="Training on budgeting for survivors")
    far = person(id=3, country="FI", offers="Training")
    best = person(id=4, country="CL", offers="Training on budgeting", key_areas=("budgeting",))
    third = person(id=5, country="AL", offers="Training", key_areas=("budgeting",))
    fourth = person(id=6, country="IS", offers="Training")
    nowhere = person(id=7, country=None, offers="Training on budgeting for survivors")
    found = best_matches(newcomer, [near, far, best, third, fourth, nowhere, newcomer])
    assert [match.member.id for match in found] == [4, 5, 3]
    assert region_of("SN") == region_of("RW") != region_of("CL")
    # What somebody hides is no reason, and who hides their country is of no region.
    assert best_matches(newcomer, [replace(best, hidden={"offers": "moderators"})]) == []
    assert best_matches(newcomer, [replace(best, hidden={"country": "me"})]) == []
    willing = replace(best, matching=True)
    assert matches_among(newcomer, [willing]) == []
    assert len(matches_among(replace(newcomer, matching=True), [willing, far])) == 1


async def test_a_newcomer_is_told_whom_to_meet_until_consent_is_withdrawn(world: World) -> None:
    aino = await member(world, AINO, offers="Training of trainers", seeks="", directory=AGREED)
    await member(world, JOAO, offers="Formação de instrutores", seeks="", directory=["yes"])
    # Both are police of Senegal by the form; of another region is who says so.
    lucia = await world.join(LUCIA)
    await join_from(world, lucia, "Chile", "Capacitación de instructores")
    [post] = posts(world, "introductions", f"<@{lucia.id}>")
    card = embed_text(post)
    assert "Quizá le interese conocer a" in card
    assert "**Aino Virtanen** (Senegal) · ofrece: Training of trainers" in card
    assert "João" not in card, "did not agree to be matched"
    assert [user.id for user in post.mentions] in ([], [lucia.id])
    [told] = posts(world, "welcome", "ya es miembro") or posts(world, "welcome", f"<@{lucia.id}>")[-1:]
    private = await press(lucia, told, "profile:meet")
    assert private.ephemeral
    assert "Aino Virtanen" in embed_text(reply(private))
    shown = reply(await aino.actor.slash(world.channel("general"), "mydata consent"))
    await press(aino, shown, "mydata:consent:matching:no")
    await world.env.settle()
    [post] = posts(world, "introductions", f"<@{lucia.id}>")
    assert "Aino" not in embed_text(post)
    assert "Capacitación" in embed_text(post)
    none_left = reply(await press(lucia, told, "profile:meet"))
    assert "Aino" not in none_left.content
    assert len(posts(world, "introductions", f"<@{lucia.id}>")) == 1
    refused = reply(await press(aino, told, "profile:meet"))
    assert "/mydata consent" in refused.content


async def test_who_leaves_or_hides_is_named_no_more(world: World) -> None:
    aino = await member(world, AINO, offers="Training of trainers", seeks="", directory=AGREED)
    joao = await member(world, JOAO, offers="Formação de instrutores", seeks="", directory=AGREED)
    lucia = await world.join(LUCIA)
    await join_from(world, lucia, "Chile", "Capacitación de instructores")
    [post] = posts(world, "introductions", f"<@{lucia.id}>")
    assert "Aino" in embed_text(post)
    assert "João" in embed_text(post)
    await world.leave(joao)
    await world.env.settle()
    [post] = posts(world, "introductions", f"<@{lucia.id}>")
    assert "João" not in embed_text(post)
    view = reply(await aino.actor.slash(world.channel("general"), "profile view"))
    shown = await press(aino, view, "profile:hide")
    summary = reply(await aino.actor.submit_modal(shown, {"from_members": ["offers"]}))
    await press(aino, summary, "onboarding:send")
    await world.env.settle()
    [post] = posts(world, "introductions", f"<@{lucia.id}>")
    assert "Aino" not in embed_text(post)


async def join_from(world: World, person: Person, country: str, seeks: str) -> None:
    """Somebody of a country asks to join, looking for something, and is approved."""
    await apply(world, person, who={"country": country}, work={"offers": "", "seeks": seeks, "directory": AGREED})
    await approve(world, person)
