"""What people do with their own data, and what is left once they, or the moderators, end it."""

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from bot.demo.world import Person, World
from data.deliveries import plan
from data.members.newcomers import plan_together
from data.models import DeliveryRow
from data.personal import held
from tests.act import all_text, components, reply
from tests.onboarding import acting
from tests.onboarding.acting import AWA, JOAO, LUCIA
from tests.webinars import acting as webinars

DAY = timedelta(days=1)


async def mydata(world: World, person: Person, command: str) -> Any:
    return reply(await person.actor.slash(world.channel("welcome"), f"mydata {command}"))


async def press(person: Person, message: Any, start: str) -> Any:
    return reply(await acting.press(person, message, start))


async def file_of(message: Any) -> dict[str, Any]:
    [attachment] = message.attachments
    return json.loads(await attachment.read())


def bot_of(world: World) -> Any:
    return world.env.bot


async def rejoin(world: World, person: Person) -> None:
    world.guild.add_member(person.user)
    await world.env.settle()


async def busy_member(world: World) -> Person:
    """A member who has done a bit of everything."""
    awa = await acting.member(world, AWA)
    mira = await webinars.moderator(world, webinars.AINO)
    await webinars.publish(world, mira)
    await webinars.rsvp(awa, webinars.posts(world)[0], "going")
    await awa.actor.slash(world.channel("general"), "language choose", language="fr")
    return awa


async def test_everything_is_shown_in_ones_own_language_and_handed_over(world: World) -> None:
    awa = await busy_member(world)
    shown = await mydata(world, awa, "show")
    text = all_text(shown)
    for word in ("Votre profil", "Commissaire", "Sénégal", "Vos réponses aux webinaires", "Vos réglages"):
        assert word in text, text
    content = await file_of(await press(awa, shown, "mydata:export"))
    assert content["user_id"] == str(awa.id)
    assert content["held"]["profile"][0]["role"] == "Commissaire"
    assert [answer["answer"] for answer in content["held"]["answers"]] == ["going"]
    # Whoever was only welcomed so far sees just that.
    stranger = await world.join(JOAO)
    nearly_nothing = all_text(await mydata(world, stranger, "show"))
    assert "Mensagens para você ou sobre você" in nearly_nothing
    assert "Commissaire" not in nearly_nothing


async def test_a_consent_is_as_easy_to_take_back_as_to_give(world: World) -> None:
    awa, lucia = await acting.member(world, AWA), await acting.member(world, LUCIA)

    def introductions() -> int:
        return len(acting.posts(world, "introductions", f"<@{awa.id}>"))

    assert introductions() == 1
    shown = await mydata(world, awa, "consent")
    after = await press(awa, shown, "mydata:consent:directory:no")
    assert "vous n’acceptez pas" in all_text(after)
    assert introductions() == 0
    found = reply(await lucia.actor.slash(world.channel("general"), "lookup", query="Awa Ndiaye"))
    assert str(awa.id) not in all_text(found)
    again = await press(awa, after, "mydata:consent:directory:yes")
    assert any(item["custom_id"] == "mydata:consent:directory:no" for item in components(again))
    await press(awa, again, "mydata:consent:directory:no")
    assert introductions() == 0
    matching = await press(awa, again, "mydata:consent:matching:yes")
    assert all_text(matching).count("vous acceptez") >= 1
    stranger = await world.join(JOAO)
    assert "não tem perfil" in all_text(await mydata(world, stranger, "consent"))


async def test_erased_at_once_and_everywhere(world: World) -> None:
    awa, lucia = await busy_member(world), await acting.member(world, LUCIA)
    assert "Member" in world.role_names(awa)
    before = len(webinars.reminders(world))
    asked = await mydata(world, awa, "erase")
    assert "/mesdonnées exporter" in all_text(asked)
    kept = await press(awa, asked, "mydata:keep")
    assert "Rien n’a été effacé" in all_text(kept)
    assert "Commissaire" in all_text(await mydata(world, awa, "show"))
    asked, second = await mydata(world, awa, "erase"), await mydata(world, awa, "erase")
    done = await press(awa, asked, "mydata:erase:keep")
    assert "C’est effacé" in all_text(done)
    await world.env.settle()
    assert "Rien n’est conservé sur vous ici." in all_text(await mydata(world, awa, "show"))
    assert "Member" not in world.role_names(awa)
    for channel in ("introductions", "moderators", "welcome"):
        shown = [all_text(message) for message in acting.posts(world, channel)]
        assert [text for text in shown if str(awa.id) in text or "Awa Ndiaye" in text] == [], channel
    found = reply(await lucia.actor.slash(world.channel("general"), "lookup", query="Awa Ndiaye"))
    assert str(awa.id) not in all_text(found)
    # The webinar still reminds those who come, and counts her no more.
    await world.pass_time(timedelta(days=8))
    assert len(webinars.reminders(world)) > before
    twice = await press(awa, second, "mydata:erase:keep")
    assert "Rien n’est conservé sur vous ici." in all_text(twice)
    # She can come back, as anybody can.
    shown = await acting.start(world, awa, of=lucia)
    assert shown.modal is not None


async def test_a_greeting_of_several_goes_on_without_the_one_who_was_erased(world: World) -> None:
    awa, lucia = await world.join(AWA), await world.join(LUCIA)
    now = world.env.now()
    async with bot_of(world).db.begin() as session:
        # As if they had come again, with many others.
        joined = dict.fromkeys((awa.id, lucia.id), now + timedelta(seconds=1))
        await plan_together(session, world.guild.id, joined, now=now)
    bot_of(world).deliveries.wake()
    await world.env.settle()
    greeting = world.channel("welcome").history()[-1]
    assert greeting.content.startswith(f"<@{awa.id}> <@{lucia.id}>\n")
    await press(awa, await mydata(world, awa, "erase"), "mydata:erase:keep")
    await world.env.settle()
    left = world.channel("welcome").history()[-1]
    assert left.id == greeting.id
    assert left.content == greeting.content.replace(f"<@{awa.id}> ", "")
    await world.pass_time(DAY)
    async with bot_of(world).db.read() as session:
        assert f"user:{awa.id}" not in await session.scalars(select(DeliveryRow.target)), "nor is the errand kept"


async def test_who_leaves_is_hidden_at_once_and_forgotten_later(world: World) -> None:
    awa, lucia = await acting.member(world, AWA), await acting.member(world, LUCIA)
    await world.leave(awa)
    await world.leave(lucia)
    await webinars.away(world, 80 * DAY)
    await rejoin(world, awa)
    await webinars.away(world, 20 * DAY)
    assert "Commissaire" in all_text(await mydata(world, awa, "show")), "who returned in time finds it again"
    await rejoin(world, lucia)
    shown = all_text(await mydata(world, lucia, "show"))
    assert "Su perfil" not in shown, "only that she was welcomed again"


async def test_a_ban_erases_all_but_the_ban(world: World) -> None:
    awa = await acting.member(world, AWA)
    world.env.backend.apply_ban(world.guild.id, awa.id, None)
    await world.env.settle()
    assert acting.posts(world, "introductions", f"<@{awa.id}>") == []
    mira = await webinars.moderator(world, webinars.AINO)
    log = reply(await mira.actor.slash(world.channel("general"), "audit"))
    assert "Erased a person" in all_text(log)
    assert str(awa.id) not in all_text(log)


async def test_who_left_without_a_profile_is_forgotten_too(world: World) -> None:
    stranger, joao = await world.join(JOAO), await acting.member(world, LUCIA)
    for person in (stranger, joao):
        await person.actor.slash(world.channel("welcome"), "language choose", language="fr")
    await world.leave(stranger)
    await webinars.away(world, 91 * DAY)
    await rejoin(world, stranger)
    shown = all_text(await mydata(world, stranger, "show"))
    assert "fr" not in shown.split(), shown
    assert "francês" not in shown


async def test_a_ban_while_nobody_looked_erases_as_well(world: World) -> None:
    awa, lucia = await acting.member(world, AWA), await acting.member(world, LUCIA)
    await world.env.bot.close()
    world.env.backend.apply_ban(world.guild.id, awa.id, None)
    await world.env.restart_bot(world.make_bot())
    await world.env.settle()
    assert acting.posts(world, "introductions", f"<@{awa.id}>") == []
    async with bot_of(world).db.read() as session:
        assert not {"profile", "alias", "consents"} & set(await held(session, world.guild.id, awa.id))
        assert "profile" in await held(session, world.guild.id, lucia.id)


async def test_a_message_on_its_way_keeps_no_name_once_it_has_arrived(world: World) -> None:
    awa = await acting.member(world, AWA)
    async with bot_of(world).db.begin() as session:
        facts: dict[str, Any] = {"community_id": world.guild.id, "kind": "nobody.renders", "subject": "member:0"}
        now = bot_of(world).clock()
        sending = await plan(session, **facts, target=f"user:{awa.id}", due_at=now + 99 * DAY, now=now)
        await session.execute(update(DeliveryRow).where(DeliveryRow.id == sending.id).values(state="sending"))
    await press(awa, await mydata(world, awa, "erase"), "mydata:erase:keep")
    async with bot_of(world).db.begin() as session:
        await session.execute(
            update(DeliveryRow).where(DeliveryRow.id == sending.id).values(state="sent", wake_at=None)
        )
    await world.pass_time(timedelta(minutes=11))
    await world.env.settle()
    async with bot_of(world).db.read() as session:
        rows = (await session.execute(select(DeliveryRow.target, DeliveryRow.subject, DeliveryRow.details))).all()
    assert [row for row in rows if str(awa.id) in repr(tuple(row))] == []
