"""The weekly digest as members get it: what is in it, in whose language, when, and how it ends."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.demo.world import Persona, World
from data.digests import week
from data.members import get_by_user
from data.models import MemberRow
from data.peers import NewRequest, ask_peers
from data.personal import held
from data.practices.translations import offer_translation
from data.resources.writing import Facts, add_resources
from data.wall_time import Moment
from data.webinars import set_rsvp
from tests.act import all_text, button_labels, components, reply
from tests.digest.acting import bot_of, digest, links, press, rows, sent, until
from tests.lookup.people import AINO, AWA, LUCIA, member, practice, webinar
from tests.onboarding import acting as joining
from tests.test_private import to_all
from tests.webinars.acting import away, posts

JOAO = Persona("joao", "João Lima", "pt-BR", "America/Sao_Paulo")
HIDDEN = Persona("hidden", "Helga Hidden")
WEEK = timedelta(days=7)
# The world begins on Tuesday 12 January 2027; in Dakar, Mondays at eight are at 08:00 UTC.
MONDAY = datetime(2027, 1, 18, 8, tzinfo=UTC)


def guide(title: str, *areas: str) -> Facts:
    return Facts(
        title=title,
        title_language="en",
        summary="",
        publishers=("A press",),
        year=2026,
        languages=("en",),
        type="handbook",
        key_areas=areas,
        url="https://example.org/" + title.replace(" ", "-"),
    )


async def at(world: World, days: int, title: str, *going: int, **said: Any) -> None:
    """A webinar so many days after the first Monday."""
    made = await webinar(world, title, moment=Moment.at(MONDAY + timedelta(days=days), "UTC"), **said)
    async with bot_of(world).db.begin() as session:
        for user_id in going:
            await set_rsvp(session, world.guild.id, made.id, user_id, "going", world.now)


async def a_week(world: World) -> tuple[Any, Any]:
    """Two who asked for it, each in their own way; and a week in which much happens."""
    awa = await member(world, AWA)
    lucia = await member(world, LUCIA, country="CL", key_areas=("leadership",), matching=True)
    told = all_text(await digest(world, awa, weekly="on"))
    assert "le lundi à 8\u00a0h, fuseau horaire\u00a0: Dakar, Sénégal (UTC). Le prochain" in told
    profile = reply(await lucia.actor.slash(world.channel("general"), "profile view"))
    shown = await press(lucia, profile, "digest:show")
    assert "Santiago de Chile" in all_text(await press(lucia, shown, "digest:on"))
    await world.pass_time(timedelta(days=1))
    aino = await member(world, AINO, country="FI")
    await member(world, HIDDEN, directory=False)
    await at(world, 3, "Budgets that count", awa.id)
    await at(world, 5, "For another country's members", audience="areas", audience_areas=("capacity",))
    await at(world, 20, "Far away")
    posted = await practice(
        world, aino, "Patrols with the neighbours", key_areas=("leadership",), permissions=("translate",)
    )
    async with bot_of(world).db.begin() as session:
        french = {"title": "Patrouilles avec le voisinage", "summary": "À deux.", "problem": "Vide."}
        assert await offer_translation(session, posted, "fr", user_id=aino.id, texts=french, now=world.now)
        both = [guide("A guide to leading", "leadership"), guide("A guide to budgets", "budgeting")]
        await add_resources(session, world.guild.id, both, by=world.owner.id, now=world.now, action="resource.add")
        new = NewRequest(question="Who leads such a unit, and how?", language="en", key_areas=("leadership",))
        await ask_peers(session, community_id=world.guild.id, user_id=aino.id, new=new, now=world.now)
    await world.env.settle()
    return awa, lucia


async def test_a_week_in_two_languages_and_its_end_by_the_button_in_the_message(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    awa, lucia = await a_week(world)
    await until(world, MONDAY + timedelta(hours=4))
    [hers], [other] = sent(awa), sent(lucia)
    assert [hers.created_at, other.created_at] == [MONDAY, MONDAY + timedelta(hours=3)], "each on their own Monday"
    text = all_text(hers)
    assert text.startswith("**Votre semaine dans The Network**")
    for said in (
        "**1. Budgets that count**",
        "Vous avez répondu\u00a0: j’y serai.",
        "Patrouilles avec le voisinage",
        "2 personnes sont devenues membres. Pays\u00a0: Chili, Finlande",
        "Il arrive le lundi à 8\u00a0h",
    ):
        assert said in text
    assert text.index("A guide to budgets") < text.index("A guide to leading"), "her own key area comes first"
    assert button_labels(hers) == ["1", "2", "3", "4", "Nouveaux membres", "Arrêter ce bulletin"]
    assert [url for _, url in links(hers)][2:] == [
        "https://example.org/A-guide-to-budgets",
        "https://example.org/A-guide-to-leading",
    ]
    spanish = all_text(other)
    for said in (
        "Todavía no ha respondido.",
        "**2. Patrols with the neighbours**\nSenegal · Liderazgo",
        "en inglés",
        "1 pregunta de otro miembro espera su respuesta.",
    ):
        assert said in spanish
    assert spanish.index("A guide to leading") < spanish.index("A guide to budgets")
    # A message stays, whatever people change later: it names nobody and repeats no question. Its buttons ask anew.
    for message in (text, spanish):
        for word in ("Aino", "Lucía", "Awa", "Hidden", "Far away", "another country", "Who leads"):
            assert word not in message
    named = all_text(await press(awa, hers, "digest:members"))
    # Where more came than are read at once, all are counted.
    monkeypatch.setattr(week, "MOST", 1)
    async with bot_of(world).db.read() as session:
        span = (MONDAY - WEEK, MONDAY)
        found = await week.welcomed(session, world.guild.id, *span)
        assert (len(found.last), found.beside(awa.id)[1]) == (1, 2)
    monkeypatch.undo()
    assert "Aino Virtanen" in named
    assert "Commissaire · Police nationale · Finlande" in named
    assert "Hidden" not in named
    async with bot_of(world).db.begin() as session:
        aino = await get_by_user(session, world.guild.id, world.people["aino"].id)
        assert aino is not None
        row = await session.get_one(MemberRow, aino.id)
        row.hidden = {"country": "me"}
    assert "Finlande" not in all_text(await press(awa, hers, "digest:members"))
    inbox = await press(lucia, other, "peer:questions")
    menu = components(inbox)[0]
    opened = await lucia.user.select(inbox, [menu["options"][0]["value"]], custom_id=menu["custom_id"])
    assert "Who leads such a unit" in all_text(reply(opened))
    # Nothing of it is for all to read.
    assert not [one for one in to_all(world) if "Votre semaine" in str(one) or "digest:off" in str(one)]
    # From within the message, for good; with the command, it can be read all the same.
    stopped = await press(awa, hers, "digest:off")
    assert "Vous ne recevrez plus le bulletin hebdomadaire" in stopped.content
    assert [row.state for row in await rows(world, awa)] == ["sent", "skipped"]
    await at(world, 8, "A later one")
    await until(world, MONDAY + WEEK + timedelta(hours=4))
    assert len(sent(awa)) == 1
    assert [message.created_at for message in sent(lucia)][1:] == [MONDAY + WEEK + timedelta(hours=3)]
    again = all_text(sent(lucia)[1])
    assert "A later one" in again
    assert "Patrols" not in again, "what was told is not told again"
    assert "A later one" in all_text(await digest(world, awa))


async def test_nothing_is_never_sent_and_what_could_not_be_told_is_told_later(world: World) -> None:
    awa = await member(world, AWA)
    assert "aucun webinaire ne vous attend" in all_text(await digest(world, awa))
    await digest(world, awa, weekly="on")
    await until(world, MONDAY)
    assert sent(awa) == []
    assert [(row.state, row.reason) for row in await rows(world, awa)] == [
        ("skipped", "nothing new"),
        ("pending", None),
    ]
    # The program is away from Sunday to Tuesday: it goes out late, and is told apart.
    await at(world, 9, "Budgets that count")
    await world.pass_time(timedelta(days=5))
    # Many want theirs at that hour: Discord may find that too many are opened at once.
    world.env.inject_error("POST", "/users/@me/channels", status=403, code=40003, times=1)
    await away(world, timedelta(days=3))
    await world.pass_time(timedelta(minutes=1))
    [late] = sent(awa)
    assert "Budgets that count" in all_text(late)
    assert timedelta(days=1) <= late.created_at - MONDAY - WEEK < timedelta(days=1, hours=1)
    assert (await rows(world, awa))[1].reason == "late"
    # From Saturday to Friday: that week needs none any more, and the next one tells what was new in it.
    lucia = await member(world, LUCIA, country="CL")
    await world.pass_time(timedelta(days=3))
    await practice(world, lucia, "Told on a Sunday")
    await away(world, timedelta(days=6))
    states = [(row.state, row.reason) for row in await rows(world, awa)]
    assert states[2:] == [("skipped", "late"), ("pending", None)]
    await world.pass_time(timedelta(days=4))
    assert "Told on a Sunday" in all_text(sent(awa)[-1])
    assert len(sent(awa)) == 2
    # The role is what makes a member: without it nothing goes out, and it goes on when it is back.
    backend, role = world.env.backend, world.guild.roles["Member"].id
    backend.remove_member_role(world.guild.id, awa.id, role)
    await at(world, 40, "While she is no member")
    await world.pass_time(WEEK)
    assert len(sent(awa)) == 2
    assert (await rows(world, awa))[-2].reason == "no member"
    assert "This is for members" not in all_text(await digest(world, awa, weekly="off")), "stopping is for anyone"
    assert "réservé aux membres" in all_text(await digest(world, awa, weekly="on"))


async def test_closed_messages_declined_left_and_erased(world: World) -> None:
    awa, lucia = await member(world, AWA), await member(world, LUCIA, country="CL")
    joao = await joining.member(world, JOAO)
    decided = joining.posts(world, "welcome", f"<@{joao.id}>")[-1]
    assert "digest:show" in str(decided.components)
    await press(joao, await press(joao, decided, "digest:show"), "digest:on")
    for person in (awa, lucia):
        await digest(world, person, weekly="on")
    route = f"/channels/{awa.user.dm_channel.id}/messages"
    world.env.inject_error("POST", route, status=403, code=50007, times=None)
    await at(world, 9, "Budgets that count")
    # A change of country is looked at again, and declined; Lucía leaves.
    await world.leave(lucia)
    general = world.channel("general")
    await joao.actor.slash(general, "language choose", zone="Europe/Helsinki")
    assert (await rows(world, joao))[-1].due_at == MONDAY - timedelta(hours=2)
    shown = await joao.actor.slash(general, "profile edit", country="Portugal")
    await joining.press(joao, reply(shown), "onboarding:send")
    await joining.decline(world, joao, "We do not know you there.")
    await until(world, MONDAY + timedelta(hours=8))
    assert [(row.state, row.reason) for row in await rows(world, joao)] == [("skipped", "declined")]
    assert [(row.state, row.reason) for row in await rows(world, lucia)] == [("skipped", "left")]
    [failed] = await rows(world, awa)
    assert failed.state == "failed"
    assert "could not go out" not in "".join(all_text(post) for post in posts(world, "moderators"))
    told = all_text(await digest(world, awa))
    assert "Discord n’a pas permis à Convenor de vous envoyer un message privé" in told
    assert "Budgets that count" in told, "it is read here all the same"
    assert "Discord n’a pas permis" not in all_text(await digest(world, awa))
    # Erased: nothing waits, nothing is held, and nothing is tried.
    await digest(world, awa, weekly="on")
    assert "Votre bulletin hebdomadaire" in all_text(reply(await awa.actor.slash(general, "mydata show")))
    asked = reply(await awa.actor.slash(general, "mydata erase"))
    await joining.press(awa, asked, "mydata:erase:")
    tried = len([request for request in world.env.http_requests if request.path == route])
    await world.pass_time(WEEK)
    assert len([request for request in world.env.http_requests if request.path == route]) == tried
    assert await rows(world, awa) == []
    async with bot_of(world).db.read() as session:
        assert "weekly_digest" not in await held(session, world.guild.id, awa.id)
