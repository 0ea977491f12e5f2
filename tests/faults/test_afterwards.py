"""What follows a webinar stands once in one thread, whatever happened while that was made and filled."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from data.database import Database
from data.webinars import get
from data.webinars.materials import NewMaterial, add_material
from tests.faults import LONG, Figures
from tests.wire.control import until
from tests.wire.scene import WEBINARS, Scene

MESSAGES = r"/channels/\d+/messages"
THREADS = r"/channels/\d+/messages/\d+/threads"


async def add(scene: Scene, number: int) -> str:
    """Add a material to the webinar, as a moderator does; gives its title."""
    new = NewMaterial(kind="slides", title=f"Slides {number}", url=f"https://files.example/{number}", language=None)
    async with Database.open(scene.database_url) as db, db.begin() as session:
        webinar = await get(session, int(scene.guild), 1)
        assert webinar is not None
        await add_material(session, webinar, new, by=int(scene.owner), now=datetime.now(UTC))
    return new.title


async def seen(scene: Scene) -> Counter[str]:
    """How often each material is there, in the thread and in the channel."""
    found: Counter[str] = Counter()
    for place in (scene.channels[WEBINARS], *await scene.threads()):
        for message in await scene.server.order("messages", channel=place):
            for card in message["embeds"]:
                text = str(card.get("description", ""))
                found.update(part for part in text.split("**") if part.startswith("Slides "))
    return found


async def announced(scene: Scene) -> bool:
    """Whether the announcement is noted."""
    async with Database.open(scene.database_url) as db, db.read() as session:
        webinar = await get(session, int(scene.guild), 1)
    return webinar is not None and webinar.announcement_id is not None


async def test_killed_while_the_thread_is_made_and_filled(deadly: Scene, figures: Figures) -> None:
    """Each time the server has done it, or not, and the bot dies before it hears of that; nonces are forgotten."""
    scene = deadly
    await scene.announce(wait=timedelta(hours=2))
    bot = await scene.start_bot()
    assert await until(lambda: announced(scene), 30), bot.log
    await bot.kill()
    wanted: list[str] = []
    held = ((THREADS, True), (MESSAGES, False))
    if LONG:
        held = ((THREADS, False), *held, (MESSAGES, True))
    for number, (route, commit) in enumerate(held):
        wanted.append(await add(scene, number))
        order = {"method": "POST", "route": route, "deed": "hold", "commit": commit, "times": None}
        fault = await scene.server.order("fault", **order)
        bot = await scene.start_bot()
        assert await scene.server.order("reached", fault=fault), bot.log
        await bot.kill()
        await scene.server.order("clear_faults", fault=fault)
        await scene.server.order("forget_nonces")
    bot = await scene.start_bot()

    async def all_there() -> bool:
        return set(wanted) <= set(await seen(scene))

    assert await until(all_there, 60), bot.log
    assert await seen(scene) == Counter(wanted)
    assert len(await scene.threads()) == 1
    sort = scene.database_url.partition(":")[0]
    figures(f"{sort}: {len(held)} kills around a webinar's thread: 1 thread, {len(wanted)} posts, 0 lost, 0 doubled")


async def test_one_thread_whatever_became_of_the_answer(scene: Scene) -> None:
    await scene.announce(wait=timedelta(hours=2))
    bot = await scene.start_bot()
    assert await until(lambda: announced(scene), 30), bot.log
    # It was not done, and not said; then it was done, and not said either.
    for deed in ({"deed": "reset"}, {"deed": "status", "status": 503}, {"deed": "drop", "commit": True}):
        await scene.server.order("fault", method="POST", route=THREADS, **deed)
    wanted = [await add(scene, number) for number in range(3)]
    # Planned by another process: the bot sees it when it starts.
    await bot.kill()
    bot = await scene.start_bot()

    async def all_there() -> bool:
        return set(wanted) <= set(await seen(scene))

    assert await until(all_there, 60), bot.log
    assert await seen(scene) == Counter(wanted)
    assert len(await scene.threads()) == 1
