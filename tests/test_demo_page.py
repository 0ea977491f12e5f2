"""The page of the demo: walked in a real browser, and asked for what it must refuse."""

import json
import os
import re
import shutil
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, FrameLocator, Page, async_playwright, expect

import bot.demo
from bot.demo import scenes
from bot.demo.browser import Visitor
from bot.demo.personas import MEMBERS, NEWCOMERS
from bot.demo.phrasebook import localise_commands
from bot.demo.scenes import SCENES, Scene
from bot.demo.server import Demo, serve
from bot.demo.stage import StageError
from bot.demo.world import World

Texts = dict[str, dict[str, dict[str, str]]]
STATIC = Path(bot.demo.__file__).parent / "static"
TEXTS: Texts = json.loads((STATIC / "texts.json").read_text(encoding="utf-8"))
WALK: Texts = json.loads((STATIC / "walk.json").read_text(encoding="utf-8"))
# A machine that builds other things meanwhile is slow, not wrong.
expect.set_options(timeout=15_000)
CATALINA, AWA, JUSSARA, EERO = MEMBERS
# The simulation leaves a connection of a conversation unclosed where the browser asks just while another is opened.
pytestmark = pytest.mark.filterwarnings(
    r"ignore:Exception ignored in. <(function _SelectorTransport|socket):pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture
async def demo(world: World) -> AsyncGenerator[Demo]:
    """The page of a small server: four members, two of them with something to read."""
    for persona in MEMBERS:
        await world.join(persona)
    await world.people[AWA.key].actor.send(world.channel("general"), "Bonjour à toutes et à tous !")
    async with serve(world, newcomers=NEWCOMERS[:1]) as running:
        yield running


@pytest.fixture
async def browser() -> AsyncGenerator[Browser]:
    """Chromium: the system's, or the one that Playwright brings."""
    async with async_playwright() as playwright:
        path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        if path is None and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("no Chromium on this machine: install it, or run `playwright install chromium`")
        # The superuser's Chromium has no sandbox, on any machine.
        arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        launched = await playwright.chromium.launch(executable_path=path, args=arguments)
        yield launched
        await launched.close()


@pytest.fixture
async def context(browser: Browser) -> AsyncGenerator[BrowserContext]:
    """A browser in which a fault of the page, or anything from elsewhere, fails the test."""
    faults: list[str] = []
    opened = await browser.new_context()
    opened.set_default_timeout(15_000)
    opened.on("weberror", lambda fault: faults.append(str(fault.error)))
    opened.on("console", lambda line: faults.append(f"{line.text} {line.location}") if is_fault(line) else None)
    opened.on("request", lambda asked: faults.append(asked.url) if "//127.0.0.1:" not in asked.url else None)
    yield opened
    await opened.close()
    assert [fault for fault in faults if not fault.startswith("blob:")] == []


def is_fault(line: ConsoleMessage) -> bool:
    """Whether the browser complains. A conversation that is being left may find its own things gone."""
    left = re.search(r"status of (401|404|410)", line.text) and "/api/" in str(line.location)
    return line.type == "error" and not left


@pytest.fixture
async def page(demo: Demo, context: BrowserContext) -> Page:
    """The page, loaded."""
    opened = await context.new_page()
    await opened.goto(demo.url)
    await ready(opened)
    return opened


async def ready(page: Page) -> None:
    """Wait until nothing is under way and the conversation is there."""
    await Visitor(page).ready()


def conversation(page: Page) -> FrameLocator:
    return page.frame_locator("#frame iframe")


async def become(page: Page, name: str) -> None:
    await page.locator("#people-list").get_by_role("button", name=name).click()
    await expect(page.locator("#card h2")).to_have_text(name)
    await ready(page)


async def visit(page: Page, place: str) -> None:
    await page.locator("#places-list .place").filter(has_text=place).first.click()
    await expect(page.locator("#places-list [aria-current]")).to_contain_text(place)
    await ready(page)


# ------------------------------------------------------------------------------------------------------ in the browser


async def test_it_says_whose_eyes_these_are_and_speaks_their_language(page: Page, demo: Demo) -> None:
    await expect(page.locator(".brand")).to_contain_text("Everyone in it is invented")
    await expect(page.locator("#people-list button")).to_have_count(len(demo.stage.world.people))
    await expect(page.locator("#people-list [aria-current]")).to_contain_text(demo.stage.world.owner.name)
    english = "Message {place}"
    for persona in MEMBERS:
        await become(page, persona.name)
        texts = TEXTS[persona.locale.split("-")[0]]
        assert await page.locator("html").get_attribute("lang") == persona.locale
        await expect(page.locator("#restart")).to_have_text(texts["page"]["restart"])
        await visit(page, "general")
        wanted = texts.get("frame", {}).get(english, english).replace("{place}", "#general")
        await expect(conversation(page).locator("#channel-composer-input")).to_have_attribute("placeholder", wanted)
        await expect(conversation(page).locator(".channel-message").first).to_contain_text("Bonjour")


async def test_a_person_writes_and_another_finds_it_unread(page: Page, demo: Demo) -> None:
    await become(page, EERO.name)
    await visit(page, "general")
    await conversation(page).locator("#channel-composer-input").fill("Good morning from Helsinki")
    await page.keyboard.press("Enter")
    await expect(conversation(page).locator("#channel-timeline")).to_contain_text("Good morning from Helsinki")
    await expect(page.locator("#people-list button", has_text=JUSSARA.name).locator(".count")).to_contain_text("1")
    await visit(page, "Convenor")
    await become(page, JUSSARA.name)
    general = page.locator("#places-list .place", has_text="general")
    await expect(general).to_contain_text("mensagens novas: 1")
    await visit(page, "general")
    await expect(general.locator(".count")).to_have_count(0)
    assert demo.stage.world.channel("general").history()[-1].content == "Good morning from Helsinki"


async def test_a_slash_command_is_chosen_in_ones_own_language_and_answered(page: Page) -> None:
    await become(page, AWA.name)
    await visit(page, "general")
    frame = conversation(page)
    await frame.locator("#channel-composer-input").fill("/")
    entry = frame.locator(".command-entry", has=frame.locator("strong", has_text=re.compile("^/(help|aide)$")))
    await expect(entry).to_be_visible()
    await entry.click()
    await page.keyboard.press("Enter")
    answer = frame.locator(".channel-message").last
    await expect(answer).to_contain_text(TEXTS["fr"]["frame"]["Only you can see this"])


async def test_a_lookup_is_typed_and_read_in_ones_own_language(page: Page) -> None:
    visitor = Visitor(page)
    await visitor.become(AWA.name)
    await visitor.visit("general")
    await visitor.command("chercher", query="travailleurs sociaux au commissariat")
    answer = visitor.messages.last
    await expect(answer).to_contain_text("France")
    await expect(answer).to_contain_text("Tirée de la brochure", ignore_case=True)


async def test_the_profile_form_is_filled_in_and_lands_with_the_moderators(page: Page, demo: Demo) -> None:
    visitor = Visitor(page)
    await visitor.become(AWA.name)
    await visitor.visit("welcome")
    await visitor.press("Commencer")
    await visitor.fill(
        {
            "Pays pour lequel": "Sénégal",
            "Type d’organisation": ["Police"],
            "Nom de votre organisation": "École de police",
            "Votre fonction": "Commissaire",
        }
    )
    await visitor.send()
    await visitor.press("Continuer")
    await visitor.fill(
        {
            "Domaines clés": ["Renforcement des capacités"],
            "Vos langues": ["français"],
            "Ce que vous pouvez": "Une formation à l'accueil",
            "Qu’acceptez-vous": ["Les membres voient mon profil "],
        }
    )
    await visitor.send()
    summary = visitor.messages.last
    for words in ("Sénégal", "École de police", "Commissaire", "Une formation à l'accueil"):
        await expect(summary).to_contain_text(words)
    await visitor.press("Envoyer")
    await visitor.become(demo.stage.world.owner.name)
    await visitor.visit("moderators")
    await expect(visitor.messages.last).to_contain_text("Une formation à l'accueil")


async def test_time_passes_and_the_clock_shows_it_in_the_persons_zone(page: Page, demo: Demo) -> None:
    await become(page, EERO.name)
    await expect(page.locator("#clock")).to_have_text("Tuesday, 12 January 2027 at 11:00")
    before = demo.stage.world.now
    for span in ("hour", "day", "week"):
        await page.locator(f"[data-span={span}]").click()
        await expect(page.locator("#log")).to_contain_text(TEXTS["en"]["log"][span], timeout=60_000)
        await ready(page)
    assert demo.stage.world.now - before == timedelta(weeks=1, days=1, hours=1)
    await expect(page.locator("#clock")).to_have_text("Wednesday, 20 January 2027 at 12:00")


async def test_a_newcomer_joins_accepts_the_rules_and_nobody_is_left(page: Page, demo: Demo) -> None:
    newcomer = NEWCOMERS[0]
    await page.locator("#newcomer").click()
    await expect(page.locator("#card h2")).to_have_text(newcomer.name)
    await expect(page.locator("#log")).to_contain_text(newcomer.name)
    await ready(page)
    member = demo.stage.world.member(demo.stage.world.people[newcomer.key])
    assert member is not None
    assert member.pending
    await page.locator("#card .notice button").click()
    await expect(page.locator("#card .notice")).to_have_count(0)
    assert not member.pending
    await expect(page.locator("#newcomer")).to_be_disabled()


async def test_the_bot_restarts_and_the_conversation_goes_on(page: Page, demo: Demo) -> None:
    await become(page, AWA.name)
    await visit(page, "general")
    before = demo.stage.world.env.bot
    await page.locator("#restart").click()
    await expect(page.locator("#log")).to_contain_text(TEXTS["fr"]["log"]["restarted"])
    await ready(page)
    assert demo.stage.world.env.bot is not before
    await conversation(page).locator("#channel-composer-input").fill("Toujours là ?")
    await page.keyboard.press("Enter")
    await expect(conversation(page).locator("#channel-timeline")).to_contain_text("Toujours là ?")


async def test_a_place_that_the_person_loses_gives_way(page: Page, demo: Demo) -> None:
    world = demo.stage.world
    world.guild.create_text_channel("for-a-while")
    await demo.stage.act("hour", world.env.settle)
    await become(page, AWA.name)
    await visit(page, "for-a-while")
    channel = world.channel("for-a-while")

    async def remove() -> None:
        world.env.backend.delete_channel(channel.id)
        await world.env.settle()

    await demo.stage.act("hour", remove)
    await expect(page.locator("#places-list")).not_to_contain_text("for-a-while")
    await expect(page.locator("#places-list [aria-current]")).to_have_count(1)
    await ready(page)


async def test_a_forum_shows_its_posts_and_events_can_be_marked(page: Page, demo: Demo) -> None:
    world = demo.stage.world
    forum = world.guild.create_forum_channel("good-practice")
    world.guild.create_scheduled_event(
        "Budgets for safety",
        entity_type=3,
        start_time=(world.now + timedelta(days=2)).isoformat(),
        end_time=(world.now + timedelta(days=2, hours=1)).isoformat(),
        location="online",
    )

    async def post() -> None:
        found = world.env.bot.get_channel(forum.id)
        assert isinstance(found, discord.ForumChannel)
        await found.create_thread(name="A desk in every station", content="What we did.")
        await world.env.settle()

    await demo.stage.act("hour", post)
    await become(page, CATALINA.name)
    await visit(page, "good-practice")
    await page.locator("#pane .post", has_text="A desk in every station").click()
    await ready(page)
    await expect(conversation(page).locator("#channel-timeline")).to_contain_text("What we did.")
    await visit(page, TEXTS["es"]["page"]["events"])
    event = page.locator("#pane .event")
    await expect(event).to_contain_text("14 de enero de 2027")
    await event.get_by_role("button").click()
    await expect(event).to_contain_text(TEXTS["es"]["page"]["event_interested"].replace("{count}", "1"))


async def test_a_visitor_is_walked_through_scenes_in_their_own_language(
    world: World, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each scene has its words, and names commands and buttons as the bot does.
    for scene in SCENES:
        told = scenes.describe(world, scene)
        assert bool(told["command"]) == bool(scene.command)
        assert all(told["labels"])
        for language, texts in WALK.items():
            assert places_of(texts["scenes"][scene.key]) == {str(n + 1) for n in range(len(scene.labels))}, language
            assert texts["titles"][scene.key]
            assert texts["chapters"][scene.chapter]
    for texts in WALK.values():
        assert {key: places_of(text) for key, text in texts["walk"].items()} == {
            key: places_of(text) for key, text in WALK["en"]["walk"].items()
        }
        assert texts["scenes"].keys() == {scene.key for scene in SCENES}
    newcomer = NEWCOMERS[0]
    short = (
        Scene("join", "arrive", newcomer.key, "welcome", "", ("Start",), newcomer.name),
        Scene("lookup", "learn", AWA.key, "general", "es", command="lookup", options=(("query", "policía"),)),
    )
    for place in ("bot.demo.stage.SCENES", "bot.demo.scenes.SCENES"):
        monkeypatch.setattr(place, short)
    await world.join(AWA)
    async with serve(world, newcomers=[newcomer], walks=True) as demo:
        page = await (await browser.new_context(locale="es-CL")).new_page()
        visitor = Visitor(page)
        await visitor.open(demo.url)
        spanish = WALK["es"]
        await page.get_by_role("button", name=spanish["walk"]["begin"]).click()
        await expect(page.locator("#card h2")).to_have_text(newcomer.name)
        await expect(page.locator("#walk-told")).to_contain_text(spanish["titles"]["join"])
        await expect(visitor.messages.last).to_contain_text(newcomer.name)
        await page.locator("#walk-steps").get_by_role("button", name=spanish["walk"]["next"]).click()
        await expect(page.locator("#card h2")).to_have_text(AWA.name)
        await visitor.ready()
        give = spanish["walk"]["give"].replace("{command}", "chercher")
        await page.get_by_role("button", name=give).click()
        await expect(visitor.messages.last).to_contain_text("policía")
        await page.locator("#walk-language").select_option("en")
        await expect(page.locator("#walk-told")).to_contain_text(WALK["en"]["titles"]["lookup"])
        await page.locator("#walk-close").click()
        await expect(page.locator("#walk")).to_be_hidden()
        with pytest.raises(StageError):
            await demo.stage.scene("no-such-scene")


async def test_two_tabs_show_the_same(page: Page, context: BrowserContext, demo: Demo) -> None:
    other = await context.new_page()
    await other.goto(demo.url)
    await ready(other)
    await become(page, JUSSARA.name)
    await expect(other.locator("#card h2")).to_have_text(JUSSARA.name)
    await ready(other)
    await expect(conversation(other).locator("#channel-composer-input")).to_be_visible()


async def test_on_a_phone_the_lists_fold_away_and_the_keyboard_stays_out_of_them(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 800})
    await expect(page.locator("#sides")).to_have_attribute("inert", "")
    await expect(page.locator("#conversation")).to_be_in_viewport()
    assert await page.locator("html").evaluate("root => root.scrollWidth <= root.clientWidth")
    await page.locator("#menu").press("Enter")
    await expect(page.locator("#people-list [aria-current]")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#menu")).to_be_focused()
    await page.locator("#menu").press("Enter")
    await page.locator("#places-list .place", has_text="general").press("Enter")
    await expect(page.locator("#sides")).to_have_attribute("inert", "")
    await ready(page)


# ----------------------------------------------------------------------------------------------------- what it refuses


async def orders_are_taken_from_the_page_itself_only(demo: Demo) -> None:
    own = demo.url.rstrip("/")
    json_type = {"Content-Type": "application/json"}
    cases: list[tuple[dict[str, str], int]] = [
        (json_type, 403),
        (json_type | {"Origin": "http://127.0.0.1:1"}, 403),
        (json_type | {"Origin": "https://example.org"}, 403),
        (json_type | {"Origin": "null"}, 403),
        (json_type | {"Origin": own, "Host": "example.org"}, 403),
        ({"Origin": own, "Content-Type": "text/plain"}, 415),
        (json_type | {"Origin": own}, 200),
    ]
    async with aiohttp.ClientSession() as session:
        for headers, status in cases:
            before = demo.stage.world.now
            async with session.post(f"{own}/api/time", data='{"span": "hour"}', headers=headers) as answer:
                assert answer.status == status, headers
            assert (demo.stage.world.now > before) == (status == 200), headers


async def another_name_for_this_machine_opens_nothing(demo: Demo) -> None:
    frame, _capability = await frame_of(demo)
    async with aiohttp.ClientSession() as session:
        for host in ("example.org", "127.0.0.1", "127.0.0.1:1", "[::1]:80"):
            for address in (demo.url, f"{demo.url}api/state", f"{frame}/"):
                async with session.get(address, headers={"Host": host}) as answer:
                    assert answer.status == 403, (host, address)


async def what_is_not_there_cannot_be_asked_for(demo: Demo) -> None:
    own = demo.url.rstrip("/")
    cases: list[tuple[str, object, int]] = [
        ("open", {"person": "nobody", "place": ""}, 409),
        ("open", {"person": AWA.key, "place": "1"}, 409),
        ("open", {"person": AWA.key}, 404),
        ("time", {"span": "year"}, 404),
        ("time", ["hour"], 404),
        ("accept", {"person": "nobody"}, 409),
        ("interest", {"event": "1", "interested": True}, 409),
        ("interest", {"event": "-1", "interested": True}, 404),
        ("everything", {}, 404),
        ("scene", {"key": "no-such-scene"}, 409),
    ]
    async with aiohttp.ClientSession() as session:
        for action, body, status in cases:
            async with session.post(f"{own}/api/{action}", json=body, headers={"Origin": own}) as answer:
                assert answer.status == status, (action, body)


async def only_the_page_may_frame_the_conversation_and_nothing_comes_from_elsewhere(demo: Demo) -> None:
    frame, _capability = await frame_of(demo)
    async with aiohttp.ClientSession() as session:
        async with session.get(demo.url) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert f"frame-src {frame};" in policy
        async with session.get(f"{frame}/") as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert f"frame-ancestors {demo.url.rstrip('/')} " in policy
            assert "X-Frame-Options" not in answer.headers


async def a_conversation_opens_with_its_capability_only(demo: Demo) -> None:
    frame, capability = await frame_of(demo)
    async with aiohttp.ClientSession() as session:
        for offered, origin, status in (
            ("", frame, 401),
            ("guess", frame, 401),
            (capability, demo.url.rstrip("/"), 403),
            (capability, frame, 200),
        ):
            headers = {"X-Simcord-Capability": offered, "Origin": origin}
            async with session.post(f"{frame}/api/pages", json={}, headers=headers) as answer:
                assert answer.status == status


async def a_person_sees_only_what_is_theirs(demo: Demo) -> None:
    world = demo.stage.world
    eero, awa = world.people[EERO.key], world.people[AWA.key]
    await demo.stage.open(EERO.key)
    with pytest.raises(StageError):
        await demo.stage.open(EERO.key, str(awa.user.dm_channel.id))
    hidden = [channel for channel in world.guild.channels.values() if channel.name not in _names(demo)]
    for channel in hidden:
        with pytest.raises(StageError):
            await demo.stage.open(eero.persona.key, str(channel.id))


async def test_what_is_not_for_others_is_refused(demo: Demo) -> None:
    """All of it on one page: none of it may change anything."""
    await another_name_for_this_machine_opens_nothing(demo)
    await what_is_not_there_cannot_be_asked_for(demo)
    await only_the_page_may_frame_the_conversation_and_nothing_comes_from_elsewhere(demo)
    await a_conversation_opens_with_its_capability_only(demo)
    await a_person_sees_only_what_is_theirs(demo)
    await orders_are_taken_from_the_page_itself_only(demo)


async def frame_of(demo: Demo) -> tuple[str, str]:
    """The origin of the conversation's address, and its capability."""
    async with aiohttp.ClientSession() as session, session.get(f"{demo.url}api/state") as answer:
        address, _, capability = (await answer.json())["frame"].partition("#")
    return address.split("/?")[0], capability


def _names(demo: Demo) -> set[str]:
    return {place["name"] for place in demo.stage.describe()["places"]}


# ------------------------------------------------------------------------------------------------------------ its texts


@pytest.mark.parametrize("language", ["fr", "es", "pt"])
def test_every_text_of_the_page_has_all_four_languages(language: str) -> None:
    english, other = TEXTS["en"], TEXTS[language]
    for part in ("page", "log"):
        assert other[part].keys() == english[part].keys()
        for key, text in english[part].items():
            assert places_of(other[part][key]) == places_of(text), key
            assert bool(other[part][key].strip()) == bool(text.strip()), key
    assert other["frame"].keys() == TEXTS["fr"]["frame"].keys()
    assert english["frame"].keys() <= other["frame"].keys()
    for key, text in other["frame"].items():
        assert places_of(text) <= places_of(key), key


def places_of(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_commands_are_named_as_discord_would_name_them() -> None:
    choice = {"name": "Member", "value": "member", "name_localizations": {"fr": "Membre"}}
    option = {"name": "kind", "description": "Kind", "description_localizations": {"fr": "Genre"}, "choices": [choice]}
    leaf = {"name": "list", "description": "All", "name_localizations": {"fr": "liste"}, "options": [option]}
    command = {"id": "1", "name": "webinar", "name_localizations": {"fr": "webinaire"}, "options": [leaf]}
    shown_option = {"name": "kind", "description": "Kind", "choices": [{"name": "Member", "value": "member"}]}
    entry = {"commandId": "1", "path": ["webinar", "list"], "invocation": "webinar list", "description": "All"}
    catalogue: dict[str, Any] = {"entries": [entry | {"options": [shown_option]}]}
    localise_commands(catalogue, {None: {("webinar", 1): command}}, "fr")
    (shown,) = catalogue["entries"]
    assert shown["invocation"] == "webinaire liste"
    assert shown["description"] == "All"
    assert shown["options"] == [
        {"name": "kind", "description": "Genre", "choices": [{"name": "Membre", "value": "member"}]}
    ]


async def test_a_key_is_taken_once(world: World) -> None:
    await world.join(AWA)
    with pytest.raises(ValueError, match="already"):
        await world.join(replace(AWA, name="Another"))
