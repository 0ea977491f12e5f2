"""The sample server of the demo: lived in for two weeks by invented people, through the real bot, before it is shown.

Nothing is put into the database or into Discord by hand. The bot is invited with the permissions it asks for, `/setup`
is run, people join and fill in forms, moderators decide; so what the page shows is what really happened in it.
"""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import create_bot
from bot.demo import acting, exchanging, writings
from bot.demo.personas import MEMBERS, NEWCOMERS, OWNER
from bot.demo.world import Person, Persona, World, open_world
from bot.permissions import needed
from bot.settings import Settings

# How long the server has been there when it is shown.
AGE = timedelta(days=15)
ZONE = "America/New_York"
# What came in the last hours is unread to everyone.
RECENT = timedelta(hours=6)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PAUSE = timedelta(minutes=7)
# Between answers: they share one edit of the announcement, as Discord's limits want it.
MOMENT = timedelta(seconds=15)
SATURDAY = 5
CATALINA, AWA, JUSSARA, EERO = MEMBERS
LEILA, TOMAS, HANA = (
    next(persona for persona in NEWCOMERS if persona.key == key)
    for key in ("leila-benkirane", "tomas-quintela", "hana-sefcikova")
)
DESK = writings.CONFIDENTIAL_DESK["basics"]["title"]
# The clock does not move by itself: nobody needs a look at the table meanwhile but when something is due.
SELDOM = timedelta(days=30).total_seconds()

Tell = Callable[[str], None]


@asynccontextmanager
async def open_sample(database_url: str, now: datetime, tell: Tell = lambda _line: None) -> AsyncGenerator[World]:
    """Start the bot on an empty database in a new server, and let two weeks pass in it.

    Args:
        database_url: where the bot keeps its memory; empty.
        now: the time (aware) that the server's clock shows in the end.
        tell: is given a line for each chapter, before it begins.
    """
    settings = Settings(database_url=database_url, zone=ZONE, poll_seconds=SELDOM)
    tell("starting the bot: a new database, the Network's facts, the search")
    async with open_world(
        lambda: create_bot(settings),
        OWNER,
        name="GRP Network (sample)",
        now=now - AGE,
        bot_permissions=needed(),
    ) as world:
        await live(world, now, tell)
        yield world


async def live(world: World, now: datetime, tell: Tell) -> None:
    """Two weeks in the server, up to `now`."""
    maren = world.owner
    tell("the owner runs /setup and gives the moderators' role")
    await set_up(world)
    tell("people of five countries and four languages join; the moderators let them in")
    for persona in (*MEMBERS, LEILA):
        await world.pass_time(2 * HOUR)
        await admit(world, maren, persona)
    catalina, awa, jussara, eero = (world.people[persona.key] for persona in MEMBERS)
    await world.give_role(catalina, "Moderator")
    await acting.command(world, maren, "onboarding focalpoint", member=jussara.actor)
    await talk(world)

    tell("a webinar is announced and answered; its reminders post themselves while days pass")
    held = weekday(now - 4 * DAY, 14)
    first = await announce(world, maren, writings.FIRST_MINUTES, held, area="prevention-investigation", minutes=90)
    for person, said in ((jussara, "going"), (eero, "going"), (awa, "going"), (catalina, "maybe")):
        await world.pass_time(MOMENT)
        await acting.respond(person, first, said)

    tell("two practices are written, reviewed and published in the forum")
    await world.pass_time(DAY)
    await acting.share(world, awa, writings.CONFIDENTIAL_DESK)
    await world.pass_time(3 * HOUR)
    desk = await acting.release(world, DESK, catalina, maren)
    await world.pass_time(HOUR)
    await eero.actor.send(world.channel(desk), "Merci, Awa. Do you keep the form on paper, or on a computer?")
    await world.pass_time(PAUSE)
    await awa.actor.send(world.channel(desk), "Sur papier, dans une armoire fermée : c’était la demande des agentes.")
    await world.pass_time(DAY)
    await acting.share(world, eero, writings.REHEARSED_INTERVIEWS)
    await world.pass_time(3 * HOUR)
    await acting.release(world, writings.REHEARSED_INTERVIEWS["basics"]["title"], maren, catalina)

    tell("slides follow the first webinar; one with two places is near, a series begins in a week")
    await until(world, now - 2 * DAY)
    await acting.add_material(world, maren, writings.FIRST_MINUTES["title"], writings.FIRST_SLIDES)
    near = await announce(world, maren, writings.COSTING, weekday(now + DAY + HOUR, 15), area="budgeting", places=2)
    far = await acting.announce_series(
        world,
        catalina,
        {**writings.WOMEN_IN_COMMAND, "when": typed(weekday(now + 7 * DAY + HOUR, 14))},
        {"rhythm": ["fortnightly"], "end": "3"},
        area="leadership",
    )
    for person, announcement, said in (
        (awa, near, "going"),
        (jussara, near, "going"),
        (catalina, near, "going"),
        (eero, near, "cannot"),
        (eero, far, "going"),
        (jussara, far, "maybe"),
    ):
        await world.pass_time(MOMENT)
        await acting.respond(person, announcement, said)

    tell("one practice is tried elsewhere, translated and asked about; peers ask each other")
    await exchange(world, acting.newest(world, awa, desk, DESK))

    tell("a practice waits for review, and two newcomers for the moderators; for one a focal point vouches")
    await until(world, now - 5 * HOUR)
    await acting.share(world, jussara, writings.SECOND_VISIT)
    await exchanging.suggest(world, eero, writings.OBSERVING)
    await until(world, now - 2 * HOUR)
    for persona in (HANA, TOMAS):
        await apply(world, await acting.enter(world, persona))
    await acting.press_direct(jussara, acting.newest_direct(jussara, TOMAS.name), "onboarding:vouch")
    await until(world, now)
    world.dismiss()


async def exchange(world: World, desk: acting.Shown) -> None:
    """What members give each other within a day, around the practice of the confidential desk and beyond it."""
    catalina, awa, jussara, eero = (world.people[persona.key] for persona in MEMBERS)
    await exchanging.tell_how(jussara, desk, writings.DESK_TRIED)
    await world.pass_time(HOUR)
    await exchanging.translate(catalina, desk, writings.DESK_IN_SPANISH)
    await acting.press_direct(awa, acting.newest_direct(awa), "practice:approvetr")
    for key, query in writings.NOT_FOUND.items():
        await acting.command(world, world.people[key], "lookup", query=query)
    await exchanging.mention(world, eero, "general", writings.MENTIONED)
    await exchanging.ask_author(eero, desk, writings.ABOUT_THE_DESK)
    await exchanging.ask_peers(world, catalina, writings.TO_PEERS)
    await world.pass_time(HOUR)
    await acting.press_direct(awa, acting.newest_direct(awa, writings.TO_PEERS["question"][:40]), "peer:help")


async def set_up(world: World) -> None:
    """What the owner of a server does first."""
    owner = world.owner
    world.guild.create_text_channel("general")
    plan = acting.answer(await acting.command(world, owner, "setup", zone=ZONE))
    await acting.press(owner, plan, "setup:perform")
    await world.give_role(owner, "Moderator")


async def admit(world: World, moderator: Person, persona: Persona) -> Person:
    """Someone joins, asks to be a member, and is let in."""
    person = await acting.enter(world, persona)
    await apply(world, person)
    await world.pass_time(HOUR)
    await acting.approve(world, moderator, person)
    return person


async def apply(world: World, person: Person) -> None:
    """Ask to be a member, with what this person writes of themselves."""
    application = writings.APPLICATIONS[person.persona.key]
    await acting.apply(world, person, application.who, application.work)


async def announce(
    world: World, moderator: Person, texts: Mapping[str, Any], when: datetime, **options: Any
) -> acting.Shown:
    """Announce a webinar at a moment, typed as the clocks of the community's zone show it."""
    return await acting.announce(world, moderator, {**texts, "when": typed(when)}, **options)


def typed(when: datetime) -> str:
    """A moment as a moderator would type it."""
    return f"{when.astimezone(ZoneInfo(ZONE)):%Y-%m-%d %H:%M}"


async def talk(world: World) -> None:
    """What people say to each other, so that the channels do not belong to the bot alone."""
    catalina, awa, jussara, eero = (world.people[persona.key] for persona in MEMBERS)
    general, introductions = world.channel("general"), world.channel("introductions")
    await world.owner.actor.send(
        general, "Good to see the first of you here. What we decide stays in the minutes; this is the place to ask."
    )
    await world.pass_time(PAUSE)
    await catalina.actor.send(introductions, "Bienvenidas y bienvenidos. Me alegra leer que hay un módulo de acogida.")
    await world.pass_time(PAUSE)
    await awa.actor.send(general, "Bonjour à toutes et à tous depuis Dakar !")
    await world.pass_time(PAUSE)
    await jussara.actor.send(general, "Bom dia! Vou compartilhar nosso roteiro de visitas nos próximos dias.")
    await world.pass_time(PAUSE)
    await eero.actor.send(general, "Good morning. Looking forward to comparing training notes.")


async def until(world: World, moment: datetime) -> None:
    """Let time pass up to a moment; none if it is over."""
    await world.pass_time(max(moment - world.now, timedelta()))


def weekday(after: datetime, hour: int) -> datetime:
    """The first full hour (UTC) of that number after a moment which is not on a weekend."""
    moment = after.replace(hour=hour, minute=0, second=0, microsecond=0)
    while moment <= after or moment.weekday() >= SATURDAY:
        moment += DAY
    return moment
