"""What people type is shown as they typed it and does nothing more, wherever it goes; and nothing typed is lost."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from discord import AppCommandOptionType, app_commands

from bot.app import Convenor
from bot.buttons import fill
from bot.demo.world import Person, Persona, World
from bot.forms import Form
from cogs.practices.rules import SECTIONS, SUMMARY
from data.drafts import list_drafts
from data.webinars import get
from data.webinars.survey import answer_survey
from tests import discord_text, forging
from tests.act import all_text, components, reply
from tests.gates import resources
from tests.onboarding import acting as joining
from tests.practices import acting as sharing
from tests.webinars import acting as announcing

MENTION = f"<@{discord_text.NOBODY}>"
MASKED = "[evil](https://evil.example)"
# 75 characters at most: it has to fit the shortest field.
SHORT = f"@everyone {MENTION} {MASKED} **b** ||s||"
FULL = (
    f"{SHORT} @here <@&{discord_text.NOBODY}> <#{discord_text.NOBODY}> </evil:{discord_text.NOBODY}>"
    " [a](<https://evil.example>)"
    " https://evil.example/@everyone \\[evil](https://evil.example) `evil`\n# evil\n> evil\n"
    "-# \u202eevil\u202c zero\u200bwidth"
)
STARS = "*_[|`<" * 1000
# As many signs as are let through: what is fuller of them is refused, and kept.
SIGNS = "*abc_def[ghi|jkl`mno<pqr" * 200
RTL = "\u202eشرطة المجتمع\u202c " * 400
# Nothing that anybody sees, though no space is in most of it.
BLANK = " \u200b\u3164\u2800\u115f\u00ad\ufeff\u2060\u202e\t\n " * 40


def typed(text: str, limit: int) -> str:
    """A text to the brim of a field."""
    return (text * (limit // len(text) + 1))[:limit]


def named(text: str) -> Persona:
    """Someone whose display name holds it too."""
    return Persona("evil", typed(text, 32))


TEXTS = {"full": FULL, "signs": SIGNS, "right to left": RTL}


@pytest.fixture(params=TEXTS.values(), ids=list(TEXTS))
def text(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


def bot_of(world: World) -> Convenor:
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    return bot


def check(world: World) -> None:
    """Everything that the bot has sent so far."""
    wrong = discord_text.faults(world.env.http_requests)
    assert not wrong, "\n".join(wrong)


# The buttons that only show something.
READING = ("digest:members", "lookup:", "keyarea:", "practice:read", "practice:page", "practice:tried", "profile:see")


async def read_all(world: World, person: Person, result: Any, depth: int = 2) -> None:
    """Press every button that only shows something, and choose every option, of what a person was answered."""
    message = result.followups[-1] if result.followups else result.response
    if message is None or depth == 0:
        return
    for item in components(message):
        custom_id = item.get("custom_id", "")
        if not custom_id.startswith(READING):
            continue
        if not any(shown.get("custom_id") == custom_id for shown in components(message)):
            # Another page stands there by now.
            continue
        if item["type"] == forging.MENU:
            pressed = await person.actor.select(message, [item["options"][0]["value"]], custom_id=custom_id)
            await read_all(world, person, pressed, depth - 1)
        elif not item.get("disabled"):
            await read_all(world, person, await person.actor.click(message, custom_id=custom_id), depth - 1)


async def look(world: World, person: Person, *queries: str) -> None:
    """Look for it in every way there is."""
    general = world.channel("introductions")
    for query in queries:
        await read_all(world, person, await person.actor.slash(general, "lookup", query=query[:300]))
        await person.actor.autocomplete(general, "lookup", "query", query[:20])
    await read_all(world, person, await person.actor.slash(general, "keyarea", area="leadership"))
    # Nobody is told what they published themselves, or that they are new: the owner did neither.
    await read_all(world, world.owner, await world.owner.actor.slash(general, "digest"))


async def test_people(world: World, text: str) -> None:
    """Name, form, queue, decision, introduction, profile, search."""
    aino = await joining.member(world, joining.AINO)
    evil = await world.join(named(text))
    who = {"organisation": typed(text, 100), "role": typed(text, 100)}
    work = {"offers": typed(text, 500), "seeks": typed(text, 500)}
    await joining.apply(world, evil, who, work)
    queue = await world.owner.actor.slash(world.channel("general"), "onboarding queue")
    await world.owner.actor.select(reply(queue), [components(reply(queue))[0]["options"][0]["value"]])
    card = joining.posts(world, "moderators")[-1]
    shown = await joining.press(world.owner, card, "onboarding:decline")
    await world.owner.actor.submit_modal(shown, {"reason": typed(text, 500)})
    for reason in ("", typed(text, 500)):
        told = await joining.start(world, evil)
        again = await joining.press(evil, reply(told), "profile:edit")
        await joining.press(evil, reply(again), "onboarding:send")
        if reason:
            general = world.channel("general")
            await world.owner.actor.slash(general, "onboarding decline", member=evil.actor, reason=reason)
    told = await joining.start(world, evil)
    again = await joining.press(evil, reply(told), "profile:edit")
    await joining.press(evil, reply(again), "onboarding:send")
    await joining.press(world.owner, joining.posts(world, "moderators")[-1], "onboarding:approve")
    for person in (aino, evil, world.owner):
        await person.actor.slash(world.channel("general"), "profile view", member=evil.actor)
        await person.actor.slash(world.channel("general"), "profile find")
    await evil.actor.slash(world.channel("general"), "profile edit", country=typed(text, 90))
    await look(world, aino, "evil", text, "Police")
    assert joining.posts(world, "introductions", "Please welcome")
    await world.leave(evil)
    check(world)


async def test_practices(world: World, text: str) -> None:
    """Draft, preview, review, return, publication, reading, search, withdrawal."""
    evil = await world.join(named(text))
    await world.give_role(evil, "Member")
    title = typed(text, 90) if text != FULL else SHORT
    changed = {field.name: typed(text, field.most) for field in (SUMMARY, *SECTIONS)}
    general = world.channel("general")
    await sharing.share(world, evil, title=title, **changed)
    [card] = sharing.review_cards(world)
    await sharing.press(world.owner, card, "practice:read")
    await world.owner.actor.slash(general, "practice review")
    shown = await sharing.press(world.owner, card, "practice:sendback")
    await world.owner.actor.submit_modal(shown, {"comment": typed(text, 1000)})
    mine = reply(await evil.actor.slash(general, "practice mine"))
    again = await sharing.press(evil, mine, "practice:continue")
    await sharing.press(evil, reply(again), "practice:send")
    await sharing.press(world.owner, sharing.review_cards(world)[-1], "practice:approve")
    [practice] = await sharing.mine(world, evil)
    assert practice.thread_id is not None
    told = {"country": "Chile", "period": typed(text, 40), "result": ["mixed"]}
    told |= {"changed": typed(text, 700), "learnt": typed(text, 700)}
    shown = await world.owner.actor.slash(general, "practice adapt", practice=practice.id)
    preview = await world.owner.actor.submit_modal(shown, told)
    await sharing.press(world.owner, reply(preview), "practice:adaptsend")
    assert len(sharing.posts(world, practice.thread_id)) == 2
    await world.owner.actor.slash(general, "practice mine")
    await read_all(world, evil, await evil.actor.slash(general, "practice show", practice=practice.id))
    await evil.actor.autocomplete(general, "practice show", "practice", "")
    await evil.actor.slash(general, "practice share")
    await look(world, evil, "evil", title)
    asked = await evil.actor.slash(general, "practice withdraw", practice=practice.id)
    await sharing.press(evil, reply(asked), "practice:withdrawn")
    check(world)


async def test_webinars(world: World, text: str) -> None:
    """Preview, announcement, event, answers, list, reminders, search, cancellation, proof."""
    aino = await announcing.member(world, announcing.AINO)
    general = world.channel("general")
    form = {
        "title": typed(text, 100) if text != FULL else SHORT,
        "speakers": typed(text, 300),
        "description": typed(text, 1500),
        "when": "14 January 2027 12:00",
    }
    card = await announcing.preview(world, world.owner, form, area="leadership")
    for language in ("fr", "pt"):
        menu = announcing.custom_id(card, "webinar:further")
        shown = await world.owner.actor.select(card, [language], custom_id=menu)
        further = {f"title.{language}": form["title"], f"description.{language}": form["description"]}
        card = reply(await world.owner.actor.submit_modal(shown, further))
    await announcing.press(world.owner, card, "webinar:publish")
    [post] = announcing.posts(world)
    for answer in ("maybe", "going"):
        await announcing.rsvp(aino, post, answer)
    said = reply(await announcing.press(aino, post, "webinar:rsvp:1:going"))
    await announcing.press(aino, said, "webinar:remindme")
    await announcing.run(world, world.owner, "remind", webinar="1")
    await announcing.press(aino, post, "webinar:show")
    await aino.actor.slash(general, "webinar list")
    await aino.actor.slash(general, "webinar calendar")
    for command in ("show", "cancel", "deliveries"):
        await world.owner.actor.autocomplete(general, f"webinar {command}", "webinar", "")
    await world.owner.actor.slash(general, "webinar deliveries", webinar="1")
    await look(world, aino, "evil", form["title"])
    shown = await world.owner.actor.slash(general, "webinar edit", webinar="1")
    later = {
        "description": typed("*" + text, 1500),
        "speakers": typed("|" + text, 300),
        "when": "14 January 2027 12:30",
    }
    preview = await world.owner.actor.submit_modal(shown, form | later | {"link": ""})
    await announcing.press(world.owner, reply(preview), "webinar:save")
    await world.owner.actor.slash(general, "webinar duplicate", webinar="1")
    await world.pass_time(timedelta(days=1, hours=3))
    assert announcing.reminders(world)
    asked = await announcing.run(world, world.owner, "cancel", webinar="1", reason=typed(text, 300))
    await announcing.press(world.owner, asked, "webinar:cancel")
    await announcing.press(aino, announcing.posts(world)[0], "webinar:show")
    await world.owner.actor.slash(general, "webinar create")
    await announcing.preview(world, world.owner, form | {"when": text[:100]})
    await world.owner.actor.slash(general, "webinar create")
    assert announcing.events(world)
    check(world)


async def test_what_follows_a_webinar(world: World, text: str) -> None:
    """Materials, recap, survey, the list of those who were there, and its files."""
    aino = await announcing.member(world, announcing.AINO)
    evil = await announcing.member(world, named(text))
    await announcing.publish(world, world.owner, {"title": typed(text, 100), "description": typed(text, 1500)})
    await announcing.rsvp(evil, announcing.posts(world)[0], "going")
    await world.pass_time(timedelta(days=8, hours=6, minutes=20))
    door = announcing.posts(world)[0]
    for number in range(7):
        link = f"https://files.example/{number}/{'x' * 470}"
        sent = MATERIAL | {"title": typed(text, 100), "link": link}
        await forging.send_form(world, world.owner, door, "form:webinar:addmaterial:1", sent)
    await forging.send_form(world, world.owner, door, "form:webinar:recap:1:0", {"recap": typed(text, 2000)})
    await forging.send_form(world, world.owner, door, "form:webinar:recap:1:0", {"recap": "Too late."})
    async with bot_of(world).db.begin() as session:
        webinar = await get(session, world.guild.id, 1)
        assert webinar is not None
        for user_id in range(1, 9):
            await answer_survey(session, webinar, user_id, 1, typed(text, 500))
    answer = {"useful": ["5"], "better": typed(text, 500)}
    await forging.send_form(world, evil, door, "form:webinar:survey:1", answer)
    await forging.press(world, evil, door, "webinar:there:1")
    for person in (aino, world.owner):
        await announcing.run(world, person, "show", webinar="1")
        await forging.press(world, person, door, "webinar:materials:1")
        await forging.press(world, person, door, "webinar:materialspage:1:1")
        await forging.press(world, person, door, "webinar:past::0")
    for command in ("attendance", "survey", "materials", "deliveries"):
        shown = await announcing.run(world, world.owner, command, webinar="1")
        assert "wrong on our side" not in all_text(shown), command
    for kind in ("webinar:results:1:1", "webinar:sheet:1:csv", "webinar:sheet:1:xlsx"):
        await forging.press(world, world.owner, door, kind)
    thread = announcing.posts(world, door.id)
    assert len(thread) == 1 + 7 + 1
    check(world)


# What nobody can have meant ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(FULL * 20, id="full"),
        pytest.param(STARS[:4000], id="stars"),
        pytest.param(BLANK, id="blank"),
        pytest.param(RTL[:4000], id="right to left"),
        pytest.param("\u200b" * 4000, id="zero width"),
    ],
)
async def test_every_option_of_every_command(world: World, text: str) -> None:
    """4,000 characters, white space, and all the rest, into everything that can be typed after a slash."""
    owner = world.owner
    door = joining.posts(world, "welcome")[-1] if joining.posts(world, "welcome") else None
    if door is None:
        await world.join(joining.AWA)
        door = joining.posts(world, "welcome")[-1]
    tried = 0
    for command in bot_of(world).tree.walk_commands():
        if not isinstance(command, app_commands.Command):
            continue
        options = command.parameters
        strings = [option for option in options if option.type is AppCommandOptionType.string]
        if any(option.required for option in options if option not in strings):
            # They need a person to be chosen; what is typed beside goes through the form of the same feature too.
            continue
        needed = {option.name: "x" for option in strings if option.required}
        for option in strings:
            result = await forging.command(
                world, owner, door, command.qualified_name, {**needed, option.name: text[:6000]}
            )
            assert discord_text.answers(result), (command.qualified_name, option.name)
            tried += 1
            if option.autocomplete:
                await owner.actor.autocomplete(
                    world.channel("general"), command.qualified_name, option.name, text[:100]
                )
    assert tried >= 20
    check(world)


MATERIAL: dict[str, str | list[str]] = {
    "kind": ["slides"],
    "title": "Slides",
    "link": "https://files.example/slides",
    "language": ["none"],
}
OPTIONS: dict[str, str | list[str]] = {"zone": "UTC", "minutes": "60", "area": [], "notify": ["no"]}
FURTHER = {"title.fr": "Des budgets utiles", "description.fr": "Ce que paient les budgets."}
PLACE: dict[str, str | list[str]] = {
    "kind": ["training"],
    "place": "Dakar",
    "channel": [],
    "spoken": ["en"],
    "interpreted": ["fr"],
}
WHOM: dict[str, str | list[str]] = {"who": ["all"], "who_areas": [], "places": "9", "host": [], "co_host": []}
FIELDS: dict[str, Mapping[str, str | list[str]]] = {
    "glossary:word:{about}": {"word": "bodycam", "means": "camera"},
    "onboarding:who": joining.WHO,
    "onboarding:work": joining.WORK,
    "profile:visibility": {"from_members": ["role"], "from_moderators": ["offers"]},
    "onboarding:decline:{member}:{version}": {"reason": "Because."},
    "onboarding:ask:{member}:{version}": {"question": "Who is your chief?"},
    "onboarding:answer:{community}": {"answer": "General Soto."},
    "report:new:{token}": {"category": ["other"], "text": "It was said that."},
    "report:close:{report}:{version}": {"outcome": ["none"], "word": "We looked at it."},
    "peer:ask": {
        "question": "How do others pay for it, and who decides?",
        "key_areas": ["budgeting"],
        "languages": ["fr"],
        "region": ["anywhere"],
    },
    "resource:suggest": resources.SUGGESTED,
    "resource:what:{token}": resources.WHAT,
    "resource:more:{token}": resources.MORE,
    "resource:decline:{suggestion}": {"reason": "It is an advert."},
    "practice:basics:{draft}": sharing.BASICS,
    "practice:what:{draft}": sharing.WHAT,
    "practice:evidence:{draft}": sharing.EVIDENCE,
    "practice:release:{draft}": sharing.RELEASE,
    "practice:contest:{draft}:{step}": {"reason": "It is a public helpline."},
    "practice:adapt:{practice}": {
        "country": "Chile",
        "period": "spring 2026",
        "changed": "We used rooms of the town halls.",
        "result": ["mixed"],
        "learnt": "Ask the town halls first, always.",
    },
    "practice:adaptcontest:{practice}": {"reason": "It is a public helpline."},
    "report:about:{sort}:{thing}": {"category": ["other"], "text": "It was said that."},
    "practice:ask:{practice}": {"question": "How is it paid, and by whom?"},
    "practice:answer:{community}:{question}": {"answer": "It is not paid.", "named": ["no"]},
    "practice:translate:{practice}:{language}:{part}": {"title": "Patrouilles"},
    "practice:return:{practice}:{version}": {"comment": "Please change all of it."},
    "webinar:new:{token}": announcing.TYPED,
    "webinar:repeat:{token}": {"rhythm": ["weekly"], "end": "3"},
    "webinar:options:{token}": OPTIONS,
    "webinar:place:{token}": PLACE,
    "webinar:who:{token}": WHOM,
    "webinar:offsets:{token}": {"reminders": "2d"},
    "webinar:editoffsets:{webinar}:{version}": {"reminders": "2d"},
    "webinar:mine": {"offsets": "2d", "maybe": ["no"]},
    "webinar:newlink:{community}:{webinar}": {"link": "https://meet.example/new"},
    "webinar:addmaterial:{webinar}": MATERIAL,
    "webinar:editmaterial:{material}:{version}": MATERIAL,
    "webinar:recap:{webinar}:{version}": {"recap": "It was said that."},
    "webinar:survey:{webinar}": {"useful": ["5"], "better": "More time."},
    "webinar:text:{token}:{language}": FURTHER,
    "webinar:edittext:{webinar}:{version}:{language}": FURTHER,
    "webinar:edit:{webinar}:{version}": announcing.TYPED,
    "webinar:editoptions:{webinar}:{version}": OPTIONS,
    "webinar:editplace:{webinar}:{version}": PLACE,
    "webinar:editwho:{webinar}:{version}": WHOM,
}
VALUES = {
    "about": "new",
    "language": "fr",
    "material": "1",
    "question": "1",
    "part": "0",
    "member": "1",
    "webinar": "1",
    "version": "1",
    "draft": "cccc3333",
    "practice": "none",
    "report": "1",
    "suggestion": "1",
    "sort": "practice",
    "step": "what",
    "thing": "none",
    "token": "cccc3333",
}


async def test_every_field_of_every_form(world: World) -> None:
    """Beyond what Discord's own clients let through; and what was typed is there when the form is opened again."""
    assert set(FIELDS) == {form for form, kind in Form.kinds.items() if kind.__module__.startswith(("bot.", "cogs."))}
    evil = await world.join(joining.AINO)
    await joining.apply(world, await world.join(joining.AWA))
    for role in ("Member", "Moderator"):
        await world.give_role(evil, role)
    door = joining.posts(world, "welcome")[-1]
    values = VALUES | {"community": str(world.guild.id)}
    for form, right in FIELDS.items():
        custom_id = fill(f"form:{form}", {name: values[name] for name in values if f"{{{name}}}" in form})
        # A form for what is published takes its fields as the form for what is new does: there, one field is enough.
        fields = list(right.items())[:1] if form.startswith("webinar:edit") else list(right.items())
        for number, (field, value) in enumerate(fields):
            for wrong in (FULL * 10, (BLANK, RTL[:4000], "")[number % 3]):
                given: str | list[str] = wrong if isinstance(value, str) else [wrong]
                result = await forging.send_form(world, evil, door, custom_id, {**right, field: given})
                assert discord_text.answers(result), (form, field, wrong[:20])
                # A form without a draft keeps nothing on purpose: what is typed there is to have no name.
                assert not keeps_draft(custom_id) or await kept(world, evil, field, given), (form, field, wrong[:20])
    check(world)


def keeps_draft(custom_id: str) -> bool:
    """Whether what is typed into a form is kept for whoever typed it."""
    form = Form.find(custom_id)
    return form is not None and bool(form.draft)


async def kept(world: World, person: Person, field: str, value: str | list[str]) -> bool:
    """Whether what was typed is kept, or was taken."""
    async with bot_of(world).db.read() as session:
        drafts = await list_drafts(session, world.guild.id, person.id, now=world.now)
    return any(draft.data.get(field) == value for draft in drafts)
