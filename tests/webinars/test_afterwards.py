"""What follows a webinar: one thread with thanks, materials and recap; who was there; two questions without names."""

import csv
import io
from datetime import timedelta
from typing import Any

import discord
import openpyxl
import simcord

from bot.app import Convenor
from bot.demo.world import Person, Persona, World
from data.audit import list_entries
from data.communities import set_preference
from data.models import SurveyAnswerRow
from data.webinars.reminding import set_personal_reminders
from data.webinars.survey import has_answered
from tests import forging
from tests.act import all_text, button_labels, components, fields, reply
from tests.webinars.acting import (
    AINO,
    AWA,
    DAY,
    HOUR,
    JOAO,
    LUCIA,
    TYPED,
    custom_id,
    member,
    moderator,
    posts,
    press,
    publish,
    reminders,
    rsvp,
    run,
)

# 20 January 2027, 14:00 UTC for an hour; the world begins eight days and five hours before.
AHEAD = 8 * DAY + 5 * HOUR
THERE = "webinar:there:"
SLIDES = {"kind": ["slides"], "title": "Slides", "link": "https://files.example/slides.pdf", "language": ["fr"]}


def bot_of(world: World) -> Convenor:
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    return bot


def thread(world: World) -> list[discord.Message]:
    """What stands in the thread under the first announcement, oldest first."""
    return posts(world, posts(world)[0].id)


def form_of(message: Any, start: str) -> str:
    return custom_id(message, f"open:webinar:{start}")


async def add(world: World, person: Person, typed: dict[str, Any] | None = None) -> Any:
    """Add a material; gives what the moderator is told."""
    shown = await run(world, person, "materials", webinar="1")
    form = await person.actor.click(shown, custom_id=form_of(shown, "addmaterial"))
    return reply(await person.actor.submit_modal(form, SLIDES | (typed or {})))


async def survey(person: Person, message: Any, useful: str, better: str = "") -> Any:
    """Answer the two questions; gives what the person is told, also where no form is shown."""
    shown = await person.actor.click(message, custom_id=form_of(message, "survey"))
    if shown.modal is None:
        return reply(shown)
    return reply(await person.actor.submit_modal(shown, {"useful": [useful], "better": better}))


async def recap(world: World, person: Person, text: str) -> Any:
    """Write the recap; gives what the moderator is told."""
    shown = await person.actor.slash(world.channel("general"), "webinar recap", webinar="1")
    return reply(await person.actor.submit_modal(shown, {"recap": text}))


async def test_thanks_materials_and_recap_stand_together_in_one_thread(world: World) -> None:
    aino = await member(world, AINO)
    await publish(world, world.owner)
    [announcement] = posts(world)
    # Slides may come before: the thread is made then, and used for all that follows.
    told = await add(world, world.owner)
    assert "Added: “Slides”" in told.content
    await world.restart()
    await world.pass_time(AHEAD + HOUR + timedelta(minutes=14))
    assert len(thread(world)) == 1
    await world.pass_time(timedelta(minutes=2))
    slides, after = thread(world)
    assert slides.content == "Slides · Diapositives · Diapositivas"
    assert "Français" in all_text(slides)
    assert "<https://files.example/slides.pdf>" in all_text(slides)
    assert after.content.startswith("How was it? · ")
    assert after.embeds[0].title == "Budgets that count"
    assert after.embeds[0].url == announcement.jump_url
    assert world.channel(announcement.id).name == "Budgets that count"
    await add(world, world.owner, {"kind": ["recording"], "title": "Recording", "link": "HTTPS://video.example/1"})
    assert "posted in the webinar's thread" in (await recap(world, world.owner, "We spoke of *budgets*.")).content
    *_, recording, written = thread(world)
    assert "<https://video.example/1>" in all_text(recording)
    assert r"We spoke of \*budgets\*." in all_text(written)
    # What was wrong is put right where it was posted, and nothing is posted anew.
    shown = await run(world, world.owner, "materials", webinar="1")
    [menu] = [item for item in components(shown) if item["type"] == forging.MENU]
    one = reply(await world.owner.actor.select(shown, [menu["options"][1]["value"]], custom_id=menu["custom_id"]))
    form = await world.owner.actor.click(one, custom_id=form_of(one, "editmaterial"))
    assert fields(form)["link"]["value"] == SLIDES["link"]
    await world.owner.actor.submit_modal(form, SLIDES | {"title": "Slides, corrected"})
    # What may identify somebody is shown first, and posted only if whoever wrote it says that it does not.
    held = await recap(world, world.owner, "We spoke of costs; the survivor answers on +355 69 214 7730.")
    assert "+355 69 214 7730" in held.content
    assert "214" not in all_text(thread(world)[-1])
    assert "is changed" in reply(await press(world.owner, held, "webinar:recapnow")).content
    assert "214" in all_text(thread(world)[-1])
    assert "not here any more" in reply(await press(world.owner, held, "webinar:recapnow")).content, "and once only"
    assert "is changed" in (await recap(world, world.owner, "We spoke of costs.")).content
    assert [all_text(message).count("corrected") for message in thread(world)] == [1, 0, 0, 0]
    assert "We spoke of costs." in all_text(thread(world)[-1])
    # Members find all of it with the webinar, in their language and without looking for the thread.
    listed = await run(world, aino, "list")
    past = reply(await press(aino, listed, "webinar:past"))
    seen = reply(await press(aino, past, "webinar:show"))
    for text in ("This webinar is over.", "We spoke of costs.", "https://video.example/1", "Slides, corrected"):
        assert text in all_text(seen)
    assert all_text(seen).index("video.example") < all_text(seen).index("files.example"), "the recording first"
    # Taken away, it goes from both.
    shown = await run(world, world.owner, "materials", webinar="1")
    one = reply(await world.owner.actor.select(shown, [menu["options"][1]["value"]], custom_id=menu["custom_id"]))
    assert "Taken away" in reply(await press(world.owner, one, "webinar:removematerial")).content
    assert len(thread(world)) == 3
    assert "files.example" not in all_text(await run(world, aino, "show", webinar="1"))
    own = [message for message in posts(world) if message.type is discord.MessageType.default]
    assert len(own) == 1 + len(reminders(world)), "nothing of it in the channel itself"


async def test_without_an_announcement_it_is_said_in_the_channel_of_which_webinar(world: World) -> None:
    await publish(world, world.owner)
    await world.pass_time(AHEAD + 90 * timedelta(minutes=1))
    announcement = posts(world)[0]
    world.env.backend.delete_channel(announcement.id)
    await world.env.settle()
    # The thread was deleted: it is made again from the announcement.
    await add(world, world.owner)
    assert len(thread(world)) == 1
    world.env.backend.delete_channel(announcement.id)
    world.env.backend.delete_message(announcement.channel.id, announcement.id)
    await world.env.settle()
    await add(world, world.owner, {"link": "https://video.example/2"})
    last = posts(world)[-1]
    assert last.embeds[0].title == "Budgets that count"
    assert "https://video.example/2" in all_text(last)
    told = all_text(await run(world, world.owner, "deliveries", webinar="1"))
    assert "failed" not in told


async def test_a_cancelled_webinar_is_not_asked_about_and_a_moved_one_later(world: World) -> None:
    await publish(world, world.owner)
    await publish(world, world.owner, {"title": "Second"})
    card = await run(world, world.owner, "cancel", webinar="1", reason="Ill")
    await press(world.owner, card, "webinar:cancel")
    shown = await world.owner.actor.slash(world.channel("general"), "webinar edit", webinar="2")
    moved = TYPED | {"title": "Second", "when": "21 January 2027 15:00"}
    preview = reply(await world.owner.actor.submit_modal(shown, moved))
    await press(world.owner, preview, "webinar:save")
    await world.pass_time(AHEAD + 2 * HOUR)
    threads = [channel for channel in world.env.backend.channels.values() if channel.is_thread]
    assert threads == []
    await world.pass_time(DAY)
    [made] = [channel for channel in world.env.backend.channels.values() if channel.is_thread]
    assert made.name == "Second"
    for command in ("materials", "recap"):
        refused = await run(world, world.owner, command, webinar="1")
        assert "open:" not in str(components(refused)), command


async def test_people_say_that_they_were_there_and_moderators_have_the_list(world: World) -> None:
    people = [await member(world, persona) for persona in (AINO, AWA, LUCIA)]
    aino, awa, lucia = people
    joao = await moderator(world, JOAO)
    stranger = await world.join(Persona("vera", "Vera"))
    await publish(world, world.owner)
    [post] = posts(world)
    for person in (aino, awa):
        await rsvp(person, post, "going")
    early = all_text(reply(await forged(world, aino, "webinar:there:1")))
    assert "has not begun yet" in early
    await world.pass_time(AHEAD + timedelta(minutes=1))
    start = reminders(world)[-1]
    assert button_labels(start)[-1].startswith("I was there · ")
    noted = reply(await press(awa, start, THERE))
    assert noted.ephemeral
    assert "Cela reste entre vous et l’équipe de modération" in noted.content
    await press(awa, start, THERE)
    mistaken = reply(await press(lucia, start, THERE))
    await press(lucia, mistaken, "webinar:notthere:")
    assert "for members" in all_text(reply(await forged(world, stranger, "webinar:there:1")))
    listed = await run(world, joao, "attendance", webinar="1")
    text = all_text(listed)
    assert "Estiveram presentes: 1\n- Awa Ndiaye" in text
    assert "Aino Virtanen" in text
    # A moderator adds and takes off whom they choose; only members can be added.
    add_menu, remove_menu = (custom_id(listed, f"webinar:{what}there:") for what in ("add", "remove"))
    wrong = reply(await joao.actor.select(listed, [stranger.actor], custom_id=add_menu))
    assert "não é membro" in wrong.content
    listed = reply(await joao.actor.select(listed, [lucia.actor, awa.actor], custom_id=add_menu))
    assert "Lucía Rojas (" in all_text(listed)
    listed = reply(await joao.actor.select(listed, [awa.actor], custom_id=remove_menu))
    assert "- Awa Ndiaye" in all_text(listed).partition("Lucía Rojas")[2], "going, but not there"
    await world.pass_time(HOUR + 2 * DAY)
    late = reply(await press(aino, start, THERE))
    assert "two days after the end" in late.content


async def test_the_list_is_a_file_that_is_safe_to_open(world: World) -> None:
    names = ['=HYPERLINK("https://evil.example";"x")', "+1+1", "@SUM(A1)", "\t=1", 'Ana, "Bea"\r\n=2']
    people = [await member(world, Persona(f"p{n}", name[:32])) for n, name in enumerate(names)]
    await publish(world, world.owner)
    for person in people:
        await rsvp(person, posts(world)[0], "going")
    listed = await run(world, world.owner, "attendance", webinar="1")
    files: dict[str, bytes] = {}
    for form in ("csv", "xlsx"):
        given = reply(await world.owner.actor.click(listed, custom_id=f"webinar:sheet:1:{form}"))
        assert given.ephemeral
        assert "personal data" in given.content
        [file] = given.attachments
        assert file.filename == f"attendance-2027-01-20-1.{form}"
        files[form] = await file.read()
    assert files["csv"].startswith(b"\xef\xbb\xbf")
    assert files["csv"].count(b"\r\n") == files["csv"].count(b"\n") == 6
    table = [*csv.reader(io.StringIO(files["csv"].decode("utf-8-sig"), newline=""), strict=True)]
    assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    sheet: Any = openpyxl.load_workbook(io.BytesIO(files["xlsx"])).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value)[:1] in "=+-@")
    assert (table[0][0], len(table), sheet.max_row) == ("Name", 6, 6)
    async with bot_of(world).db.read() as session:
        entries = await list_entries(session, world.guild.id, action="webinar.attendance.export")
    assert {(entry.actor_id, entry.details["format"]) for entry in entries} == {
        (world.owner.id, "csv"),
        (world.owner.id, "xlsx"),
    }


async def test_two_questions_are_answered_once_and_without_a_name(world: World) -> None:
    people = [await member(world, persona) for persona in (AINO, AWA, LUCIA, JOAO)]
    await publish(world, world.owner)
    early = all_text(reply(await forged(world, people[0], "open:webinar:survey:1")))
    assert "once the webinar is over" in early
    await world.pass_time(AHEAD + HOUR + timedelta(minutes=20))
    [after] = thread(world)
    awa = people[1]
    shown = await awa.actor.click(after, custom_id=form_of(after, "survey"))
    assert "aucun nom" in str(shown.modal)
    thanks = reply(
        await awa.actor.submit_modal(shown, {"useful": ["5"], "better": "Moins de *diapositives* @everyone"})
    )
    assert thanks.ephemeral
    assert "sans votre nom" in thanks.content
    again = await survey(awa, after, "1")
    assert "déjà répondu" in again.content
    # A form that was open before, sent a second time.
    twice = await forging.send_form(world, awa, after, "form:webinar:survey:1", {"useful": ["1"], "better": ""})
    assert "déjà répondu" in all_text(reply(twice))
    for person, score in zip((people[0], *people[2:]), "453", strict=True):
        await survey(person, after, score)
    few = await run(world, world.owner, "survey", webinar="1")
    assert "4 people answered." in all_text(few)
    assert "diapositives" not in all_text(few)
    assert "5 people have answered" in all_text(few)
    # It keeps no draft: what is full of signs is taken all the same, and moderators read all of it.
    await survey(world.owner, after, "3", "More time" + "*" * 480 + "!")
    result = all_text(await run(world, world.owner, "survey", webinar="1"))
    assert r"\*" * 480 + "!" in result
    assert "On average: 4.0 of 5" in result
    assert "5 – very useful: **2**" in result
    assert r"Moins de \*diapositives\*" in result
    assert "More time" in result
    assert "for the moderators" in all_text(await run(world, people[0], "survey", webinar="1"))
    # Nothing of it has a name, an hour or a number that grows.
    assert set(SurveyAnswerRow.__table__.columns.keys()) == {"id", "community_id", "webinar_id", "useful", "better"}
    await world.pass_time(14 * DAY)
    closing = posts(world, "moderators")[-1]
    assert "two questions about this webinar are closed" in closing.content
    assert "5 people answered." in all_text(reply(await press(world.owner, closing, "webinar:results")))
    async with bot_of(world).db.read() as session:
        assert not await has_answered(session, 1, awa.id)
    late = await survey(people[0], after, "1")
    assert "could be answered for two weeks" in late.content


async def test_who_missed_it_gets_the_recap_only_if_they_want_messages(world: World) -> None:
    aino, awa, lucia = [await member(world, persona) for persona in (AINO, AWA, LUCIA)]
    await publish(world, world.owner)
    async with bot_of(world).db.begin() as session:
        for person in (awa, lucia):
            await set_personal_reminders(
                session,
                world.guild.id,
                person.id,
                offsets=[3600],
                maybe=False,
                language="fr" if person is awa else "es",
                now=world.now,
            )
            await set_preference(session, world.guild.id, person.id, language="fr" if person is awa else "es")
    for person in (aino, awa, lucia):
        await rsvp(person, posts(world)[0], "going")
    await world.pass_time(AHEAD + timedelta(minutes=5))
    await press(lucia, reminders(world)[-1], THERE)
    await world.pass_time(HOUR)
    before = {person.id: len(direct(world, person)) for person in (aino, awa, lucia)}
    await recap(world, world.owner, "We spoke of costs.")
    assert {person.id: len(direct(world, person)) - before[person.id] for person in (aino, awa, lucia)} == {
        aino.id: 0,
        awa.id: 1,
        lucia.id: 0,
    }
    assert "Vous n’étiez pas" in direct(world, awa)[-1].content
    assert "We spoke of costs." in str(direct(world, awa)[-1].embeds)
    told = all_text(await run(world, world.owner, "deliveries", webinar="1"))
    assert "Awa" not in told


async def test_of_two_moderators_one_is_told_and_loses_no_text(world: World) -> None:
    awa = await moderator(world)
    await publish(world, world.owner)
    await world.pass_time(AHEAD + HOUR)
    general = world.channel("general")
    first = await world.owner.actor.slash(general, "webinar recap", webinar="1")
    second = await awa.actor.slash(general, "webinar recap", webinar="1")
    await world.owner.actor.submit_modal(first, {"recap": "Hers."})
    refused = reply(await awa.actor.submit_modal(second, {"recap": "Mine."}))
    assert "Hers." in refused.content
    again = await awa.actor.click(refused, custom_id=form_of(refused, "recap"))
    assert fields(again)["recap"]["value"] == "Mine."
    await awa.actor.submit_modal(again, {"recap": "Both."})
    assert "Both." in all_text(thread(world)[-1])
    assert len(thread(world)) == 1
    # The same link is added once, whoever is faster.
    assert "Added" in (await add(world, world.owner)).content
    assert "a déjà été ajouté" in (await add(world, awa)).content


async def test_only_proper_links_are_posted(world: World) -> None:
    await publish(world, world.owner)
    wrong = ("javascript:alert(1)", "http://files.example/x", "https://a b", "https://u@evil.example", TYPED["link"])
    for link in wrong:
        told = await add(world, world.owner, {"link": link})
        assert told.content.startswith("The link "), link
        # What was typed is kept.
        again = await world.owner.actor.click(told, custom_id=form_of(told, "addmaterial"))
        assert fields(again)["link"]["value"] == link
    assert len(posts(world)) == 1


async def forged(world: World, person: Person, key: str) -> simcord.InteractionResult:
    """Press a button that nobody was shown."""
    door = posts(world, "webinars")[0]
    if person.persona.key == "vera":
        door = posts(world, "welcome")[0]
    return await forging.press(world, person, door, key)


def direct(world: World, person: Person) -> list[discord.Message]:
    """The bot's direct messages to somebody, oldest first."""
    channel_id = world.env.backend.dm_channels.get(person.id)
    if channel_id is None:
        return []
    found = world.env.backend.messages.get(channel_id, {}).values()
    return sorted(found, key=lambda message: message.id)  # type: ignore[return-value]
