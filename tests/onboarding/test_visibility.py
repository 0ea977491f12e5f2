"""Who sees what of a profile: walked for each field, each reader, and each place where people are shown."""

from dataclasses import replace
from typing import Any

import pytest

from bot.demo.world import Person, World
from data.communities import Community, ensure_community
from data.database import Database
from data.members import (
    DECLINED,
    PENDING,
    Member,
    Profile,
    Wanted,
    decide,
    find_listed,
    member_documents,
    members_of_key_area,
    submit_member,
    visible,
)
from data.members.visibility import DECIDING, FIELDS, ME, MEMBERS, MODERATORS, NEEDED
from tests.act import all_text, components, embed_text, fields, reply
from tests.onboarding.acting import AINO, AWA, LUCIA, approve, cards, fill, member, posts, press
from tests.onboarding.test_members import NOW, PROFILE

CANARIES: dict[str, Any] = {
    "country": "PE",
    "organisation": "Quokkaville",
    "role": "Numbat keeper",
    "languages": ("qu",),
    "key_areas": ("budgeting",),
    "offers": "Tapir tracking",
    "seeks": "Okapi counting",
}
# As they read on a card in English.
SHOWN = {
    "country": "Peru",
    "organisation": "Quokkaville",
    "role": "Numbat keeper",
    "languages": "Quechua",
    "key_areas": "Gender-responsive budgeting",
    "offers": "Tapir tracking",
    "seeks": "Okapi counting",
}
WHO = {"country": "Peru", "kind": ["police"], "organisation": "Quokkaville", "role": "Numbat keeper"}
WORK = {
    "areas": ["budgeting"],
    "languages": ["qu"],
    "offers": "Tapir tracking",
    "seeks": "Okapi counting",
    "directory": ["yes", "matching"],
}


@pytest.fixture
async def home(database: Database) -> Community:
    async with database.begin() as session:
        return await ensure_community(
            session, 10, name="Network", now=NOW, languages=("en",), zone="UTC", reminder_offsets=(0,)
        )


def said_by(seen: Member) -> str:
    return repr([getattr(seen, field) for field in FIELDS])


async def approved(database: Database, home: Community, user_id: int, **changes: Any) -> Member:
    async with database.begin() as session:
        profile: Profile = replace(PROFILE, **{**CANARIES, **changes})
        asked = await submit_member(session, home.id, user_id, profile, notice_version="1", now=NOW)
        member = await decide(session, asked, approved=True, by=1, now=NOW)
    assert member is not None
    return member


async def test_each_field_is_hidden_from_those_whom_it_is_hidden_from_and_found_by_none_of_them(
    database: Database, home: Community
) -> None:
    for number, field in enumerate(FIELDS):
        for who in (MODERATORS, ME):
            member = await approved(database, home, 100 + number, hidden={field: who})
            canary = getattr(member, field)
            empty = None if field == "country" else type(canary)()
            assert getattr(visible(member, ME), field) == canary
            assert getattr(visible(member, MEMBERS), field) == empty
            assert getattr(visible(member, MODERATORS), field) == (canary if who == MODERATORS else empty)
            # Who decides sees what that takes, also where the person would rather keep it to themselves.
            needed = field in NEEDED
            assert getattr(visible(member, DECIDING), field) == (canary if needed or who == MODERATORS else empty)
            asking = replace(member, state=PENDING)
            assert getattr(visible(asking, MODERATORS), field) == (canary if needed or who == MODERATORS else empty)
            assert getattr(visible(replace(member, state=DECLINED), MEMBERS), field) == empty
            others = [each for each in FIELDS if each != field]
            assert all(getattr(visible(member, MEMBERS), each) == getattr(member, each) for each in others)
            async with database.read() as session:
                [document] = await member_documents(session, [str(member.id)])
                assert SHOWN[field] not in repr(document)
                assert repr(canary) not in repr(document)
                listed = await members_of_key_area(session, home.id, "budgeting", limit=100)
                assert (member.id in {each.id for each in listed}) == (field != "key_areas")
                assert all(repr(canary) not in said_by(each) for each in listed if each.id == member.id)
                everybody, _ = await find_listed(session, home.id, Wanted(), limit=100)
                assert repr(canary) not in said_by(next(each for each in everybody if each.id == member.id))
                for wanted, of in (
                    (Wanted(country="PE"), "country"),
                    (Wanted(key_area="budgeting"), "key_areas"),
                    (Wanted(language="qu"), "languages"),
                    (Wanted(ids=(member.id,)), ""),
                    (Wanted(ids=()), field),
                ):
                    found, total = await find_listed(session, home.id, wanted, limit=100)
                    assert total == len(found)
                    assert (member.id in {each.id for each in found}) == (of != field)


async def ask(world: World, person: Person, command: str, **options: Any) -> str:
    message = reply(await person.actor.slash(world.channel("welcome"), command, **options))
    return all_text(message) + repr([item.get("options") for item in components(message)])


async def test_what_somebody_hides_is_nowhere_and_no_filter_finds_them(world: World) -> None:
    newcomer = await world.join(LUCIA)
    awa = await world.join(AINO)
    summary = reply(await fill(world, awa, WHO, WORK))
    shown = await press(awa, summary, "open:profile:visibility")
    assert set(fields(shown)) == {"from_members", "from_moderators"}
    summary = reply(
        await awa.actor.submit_modal(shown, {"from_members": list(FIELDS), "from_moderators": ["offers", "country"]})
    )
    assert "Only you see: Country, Offers" in embed_text(summary)
    await press(awa, summary, "onboarding:send")
    # To decide, moderators see the country; what the person offers is not needed for that.
    asked = embed_text(cards(world, awa)[-1])
    assert "Peru" in asked
    assert "Quokkaville" in asked
    assert "Tapir" not in asked
    await approve(world, awa)
    assert "Peru" not in embed_text(cards(world, awa)[-1])
    assert world.role_names(awa) == ["Member"], "a role would tell the key area"
    reader = await member(world, AWA)
    [post] = posts(world, "introductions", f"<@{awa.id}>")

    async def walk(person: Person) -> list[str]:
        typed = ("quokkaville", "numbat", "tapir", "okapi", "peru", "quechua")
        texts = [await ask(world, person, "profile find")]
        texts += [await ask(world, person, "profile find", words=word) for word in typed]
        texts += [await ask(world, person, "lookup", query=word, kind="member") for word in (*typed, "Aino")]
        texts.append(await ask(world, person, "profile find", country="PE"))
        texts.append(await ask(world, person, "profile find", language="qu"))
        texts.append(await ask(world, person, "keyarea", area="budgeting"))
        texts.append(await ask(world, person, "network", country="PE"))
        texts += [repr(await person.actor.autocomplete(world.channel("welcome"), "lookup", "query", "Quok"))]
        return texts

    view = embed_text(reply(await reader.actor.slash(world.channel("welcome"), "profile view", member=awa.actor)))
    everything = [view, all_text(post), *(await walk(reader)), *(await walk(newcomer)), *(await walk(world.owner))]
    for word in ("Quokkaville", "Numbat keeper", "Tapir tracking", "Okapi counting"):
        assert not [text for text in everything if word in text]
    # What was typed comes back; what is said of her does not.
    assert all(f"<@{awa.id}>" not in text for text in everything[2:] if "Peru" in text or "Quechua" in text)
    assert "Peru" not in view + all_text(post)
    assert "Quechua" not in view + all_text(post)
    assert "Gender-responsive budgeting" not in view + all_text(post)
    assert f"<@{awa.id}>" in everything[2], "by her name alone she is listed still"

    seen = await ask(world, world.owner, "profile view", member=awa.actor)
    assert "Numbat keeper" in seen
    assert "Okapi counting" in seen
    assert "Tapir" not in seen
    assert "Peru" not in seen
    assert "Other members do not see all of this." in seen
    own = await ask(world, awa, "profile view")
    assert all(text in own for text in SHOWN.values())
    assert "Only moderators see:" in own


async def test_what_is_hidden_later_leaves_the_introduction_and_the_roles(world: World) -> None:
    awa = await member(world, AWA)
    [post] = posts(world, "introductions", f"<@{awa.id}>")
    assert "formation" in embed_text(post)
    view = reply(await awa.actor.slash(world.channel("welcome"), "profile view"))
    shown = await press(awa, view, "profile:hide")
    summary = reply(await awa.actor.submit_modal(shown, {"from_members": ["offers", "key_areas"]}))
    await press(awa, summary, "onboarding:send")
    await world.env.settle()
    [post] = posts(world, "introductions", f"<@{awa.id}>")
    assert "formation" not in embed_text(post)
    assert "Commissaire" in embed_text(post)
    assert world.role_names(awa) == ["Member"]
