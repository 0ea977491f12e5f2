"""Two communities that one bot serves, with people and things in one of them that the other must never hear of."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import discord
from sqlalchemy import select

from bot.app import Convenor
from bot.demo.world import Person, Persona, World
from data.drafts import save_draft
from data.glossary import add_term
from data.members import Member, Profile, decide, get_by_user, mark_left, submit_member
from data.models import Base
from data.peers import NewRequest, ask_peers, step_in
from data.practices import DRAFT, Content, approve, get_visible, needs_of, send_back, submit
from data.practices.adaptations import ADAPTATION_DRAFT, Telling, tell
from data.practices.questions import ask_author
from data.practices.translations import offer_translation
from data.reports import file_report
from data.resources.suggesting import suggest
from data.resources.writing import Facts, add_resources
from data.wall_time import Moment
from data.webinars import NewWebinar, Webinar, create, set_rsvp
from data.webinars.materials import NewMaterial, add_material
from data.wording import Wording
from tests.act import all_text

# Words that stand for what only some may read.
MEMBERS_READ = ("Quetzal", "Pangolin", "Quokka", "Echidna")
MODERATORS_READ = ("Numbat", "Kakapo", "Wombat", "Capybara", "Dugong", "Tapir", "Ocelot", "Manatee", "Bilby")
# A moderator's own draft, an author's own draft, and the link of a webinar.
OWNERS_READ = ("Narwhal", "Marmot", "axolotl")

LINK = "https://meet.example.org/axolotl"
WEBINAR_DRAFT, PRACTICE_DRAFT, LOOKUP_DRAFT = "bbbb2222", "aaaa1111", "0123456789abcdef"

# The first word of a glossary.
TERM = 1

# Discord's flag of a message that one person reads.
EPHEMERAL = 1 << 6
# What anyone may do at any time: their own unfinished forms, their own language, what the program notes for itself.
NOT_COUNTED = ("draft", "kept", "lookup", "preference")
# Facts of the Network, which nobody changes by asking.
FACTS = ("resource", "resource_key_area", "network_member", "network_fact", "key_area")


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The scene.

    Attributes:
        here: the community that has something to hide.
        there: the other one.
        visitor, member, moderator: of `here`, with nothing of their own.
        stranger: a moderator of `there` who is not in `here`.
        author: a member of `here` who shared practices, tried one, and is going to the webinar.
        hidden, pending, declined, left: people of `here` whom members do not find.
        ids: of things in `here`, by what they are called in buttons.
    """

    here: World
    there: World
    visitor: Person
    member: Person
    moderator: Person
    stranger: Person
    author: Person
    hidden: Member
    pending: Member
    declined: Member
    left: Member
    webinar: Webinar
    material: int
    report: int
    published: str
    in_review: str
    returned: str
    author_member: Member
    peer: tuple[int, int]
    passed: tuple[int, int]
    adaptation: int
    resource: str
    suggestion: int
    doors: dict[int, discord.Message] = field(default_factory=dict[int, discord.Message])

    def door(self, world: World) -> discord.Message:
        """A message that everyone in a server reads and that has a button."""
        if world.guild.id not in self.doors:
            [first, *_] = [message for message in world.channel("welcome").history() if message.components]
            self.doors[world.guild.id] = first
        return self.doors[world.guild.id]


def bot_of(world: World) -> Convenor:
    """The bot at work."""
    bot = world.env.bot
    assert isinstance(bot, Convenor)
    return bot


async def second_server(world: World) -> World:
    """Another server of another owner, set up like the first."""
    user = world.env.create_user("sam.other", global_name="Sam of the other server")
    guild = world.env.create_guild("The Other Network", owner=user, preferred_locale="en-GB")
    other = World(world.env, guild, world.make_bot)
    import simcord

    owner = Person(Persona("sam", "Sam of the other server"), simcord.MemberActor(world.env, guild, user), user)
    other.people["sam"] = owner
    await world.env.settle()
    general = guild.create_text_channel("general")
    await world.env.settle()
    plan = await owner.actor.slash(general, "setup")
    assert plan.response is not None
    await owner.actor.click(plan.response, label="Set up the server")
    return other


async def meet(world: World) -> Neighbours:
    """Fill the first community, found the second, and let people come."""
    there = await second_server(world)
    visitor = await world.join(Persona("vera", "Vera Visitor"))
    member = await world.join(Persona("mia", "Mia Member"))
    moderator = await world.join(Persona("mod", "Mo Moderator"))
    author = await world.join(Persona("orsolya", "Orsolya Pangolin"))
    await world.give_role(moderator, "Moderator")
    await there.join(Persona("passer", "Passer-by"))
    members = {
        "author": await _member(world, author.id, "Orsolya Pangolin"),
        "mia": await _member(world, member.id, "Mia Member"),
    }
    for person in (author, member):
        await world.give_role(person, "Member")
    said: dict[str, Any] = {}
    for number, (key, name, decision) in enumerate(
        (
            ("hidden", "Hidden Numbat", "approved"),
            ("pending", "Pending Kakapo", ""),
            ("declined", "Declined Wombat", "declined"),
            ("left", "Left Dugong", "approved"),
        )
    ):
        said[key] = await _member(world, 900_000 + number, name, decision=decision, directory=key != "hidden")
    async with bot_of(world).db.begin() as session:
        gone = await mark_left(session, world.guild.id, said["left"].user_id, world.now)
        assert gone is not None
    published = await _practice(world, author, "11111111", "Quokka patrols at night", "publish")
    in_review = await _practice(world, author, "22222222", "Tapir patrols at noon", "")
    returned = await _practice(world, author, "33333333", "Tapir patrols at dawn", "return")
    webinar = await _webinar(world, author)
    resource, suggestion = await _resources(world, author)
    await _drafts(world, author, moderator)
    await world.env.settle()
    return Neighbours(
        here=world,
        there=there,
        visitor=visitor,
        member=member,
        moderator=moderator,
        stranger=there.owner,
        author=author,
        webinar=webinar,
        material=await _material(world, webinar),
        report=await _report(world, member),
        published=published,
        in_review=in_review,
        returned=returned,
        author_member=members["author"],
        peer=await _peer(world, author),
        passed=await _passed(world, published),
        adaptation=await _adaptation(world, author, published),
        resource=resource,
        suggestion=suggestion,
        hidden=said["hidden"],
        pending=said["pending"],
        declined=said["declined"],
        left=gone,
    )


async def _member(
    world: World, user_id: int, name: str, *, decision: str = "approved", directory: bool = True
) -> Member:
    _, surname = name.rsplit(maxsplit=1)
    profile = Profile(
        name=name,
        country="SN",
        organisation_kind="police",
        organisation=f"{surname} police",
        role=f"{surname} officer",
        key_areas=("budgeting",),
        languages=("en",),
        offers=f"{surname} training",
        seeks="",
        language="en",
        directory=directory,
    )
    async with bot_of(world).db.begin() as session:
        asked = await submit_member(session, world.guild.id, user_id, profile, notice_version="1", now=world.now)
        if decision:
            approved = decision == "approved"
            reason = None if approved else "Capybara reasons"
            await decide(session, asked, approved=approved, by=world.owner.id, now=world.now, reason=reason)
        found = await get_by_user(session, world.guild.id, user_id)
    assert found is not None
    return found


async def _practice(world: World, author: Person, token: str, title: str, decision: str) -> str:
    animal, _ = title.split(maxsplit=1)
    content = Content(
        language="en",
        title=Wording({"en": title}),
        summary=Wording({"en": f"{animal}: two officers walk with the neighbours."}),
        country="SN",
        stage="pilot",
        key_areas=("budgeting",),
        sections={"problem": f"{animal} streets were empty at night.", "risks": "None were found."},
        contact_shown=True,
    )
    place: dict[str, Any] = {"community_id": world.guild.id, "user_id": author.id, "kind": DRAFT, "subject": token}
    async with bot_of(world).db.begin() as session:
        await save_draft(session, **place, data={}, now=world.now, keep=timedelta(days=1))
        sent = await submit(
            session, community_id=world.guild.id, author_id=author.id, draft=token, content=content, now=world.now
        )
        assert sent is not None
        by: dict[str, Any] = {"version": sent.version, "reviewer_id": world.owner.id, "now": world.now}
        if decision == "publish":
            needs = await needs_of(session, sent, [world.owner.id])
            await approve(session, world.guild.id, sent.id, needs=needs, evidence=None, **by)
        elif decision == "return":
            await send_back(session, world.guild.id, sent.id, comment="Ocelot remarks", **by)
    await world.env.settle()
    return sent.id


async def _webinar(world: World, author: Person) -> Webinar:
    from data.communities import get_community

    new = NewWebinar(
        title="Quetzal budgets",
        description="Quetzal costs of prevention.",
        speakers="",
        link=LINK,
        moment=Moment.at(world.now + timedelta(days=2), "UTC"),
        minutes=60,
        key_areas=("budgeting",),
    )
    async with bot_of(world).db.begin() as session:
        community = await get_community(session, world.guild.id)
        assert community is not None
        made = await create(session, community, new, by=world.owner.id, now=world.now)
        await set_rsvp(session, world.guild.id, made.id, author.id, "going", world.now)
    await world.env.settle()
    return made


async def _adaptation(world: World, author: Person, practice_id: str) -> int:
    telling = Telling(
        language="en",
        country="CL",
        period="spring 2026",
        changed="Quokka patrols by day.",
        result="mixed",
        learnt="Quokka neighbours come along by day.",
    )
    place: dict[str, Any] = {"community_id": world.guild.id, "user_id": author.id, "kind": ADAPTATION_DRAFT}
    async with bot_of(world).db.begin() as session:
        await save_draft(session, **place, subject=practice_id, data={}, now=world.now, keep=timedelta(days=1))
        practice = await get_visible(session, world.guild.id, practice_id)
        assert practice is not None
        made = await tell(
            session, practice, community_id=world.guild.id, author_id=author.id, telling=telling, now=world.now
        )
        assert made is not None
    await world.env.settle()
    return made.id


async def _peer(world: World, author: Person) -> tuple[int, int]:
    """A question to peers, and a moderator's offer to help with it."""
    question = "Manatee: who trains officers on the islands, and how?"
    new = NewRequest(question=question, language="en", key_areas=("leadership",), region="Pacific")
    async with bot_of(world).db.begin() as session:
        request, _ = await ask_peers(session, community_id=world.guild.id, user_id=author.id, new=new, now=world.now)
        offer = await step_in(session, request, world.owner.id, world.now)
        assert offer is not None
    await world.env.settle()
    return request.id, offer.id


async def _resources(world: World, author: Person) -> tuple[str, int]:
    """Guidance that is the first community's own, and a suggestion that waits."""
    facts = Facts(
        title="Echidna guide",
        title_language="en",
        summary="Echidna summary.",
        publishers=("Echidna press",),
        year=2020,
        languages=("en",),
        type="handbook",
        key_areas=("leadership",),
        url="https://example.org/guide",
    )
    async with bot_of(world).db.begin() as session:
        [made] = await add_resources(
            session, world.guild.id, [facts], by=world.owner.id, now=world.now, action="resource.add"
        )
        wanted = replace(facts, title="Bilby guide", summary="Bilby summary.", publishers=(), url=None)
        waits = await suggest(session, world.guild.id, author.id, wanted, language="en", now=world.now)
    await world.env.settle()
    return made, waits.id


async def _passed(world: World, practice_id: str) -> tuple[int, int]:
    """A moderator's question to the author of a practice, and a translation of it; both wait for the author."""
    async with bot_of(world).db.begin() as session:
        practice = await get_visible(session, world.guild.id, practice_id)
        assert practice is not None
        question = await ask_author(
            session, world.guild.id, practice, user_id=world.owner.id, question="Manatee costs?", now=world.now
        )
        texts = {"title": "Tapir, la nuit", "summary": "Tapir, à deux.", "problem": "Tapir, seul."}
        translation = await offer_translation(
            session, practice, "fr", user_id=world.owner.id, texts=texts, now=world.now
        )
        assert translation is not None
    await world.env.settle()
    return question, translation.id


async def _report(world: World, about: Person) -> int:
    """A report about a member, of which they must not learn."""
    async with bot_of(world).db.begin() as session:
        made = await file_report(
            session,
            community_id=world.guild.id,
            reporter_id=world.owner.id,
            subject_id=about.id,
            category="other",
            text="The Manatee saw it.",
            message=None,
            copy=None,
            now=world.now,
        )
    await world.env.settle()
    return made.id


async def _material(world: World, webinar: Webinar) -> int:
    new = NewMaterial(kind="slides", title="Quetzal slides", url="https://files.example/quetzal", language=None)
    async with bot_of(world).db.begin() as session:
        made = await add_material(session, webinar, new, by=world.owner.id, now=world.now)
    await world.env.settle()
    return made.id


async def _drafts(world: World, author: Person, moderator: Person) -> None:
    """What is nobody's but theirs."""
    drafts: list[tuple[int, str, str, dict[str, Any]]] = [
        (author.id, DRAFT, PRACTICE_DRAFT, {"title": "Marmot draft of a practice"}),
        (author.id, "lookup", LOOKUP_DRAFT, {"query": "Marmot"}),
        (author.id, "onboarding", "", {"organisation": "Marmot"}),
        (
            world.owner.id,
            "webinar",
            WEBINAR_DRAFT,
            {"title": "Narwhal", "when": "20 January 2027 15:00", "description": "Narwhal", "zone": "UTC"},
        ),
        (moderator.id, "onboarding.decline", "1:1", {"reason": "Narwhal"}),
    ]
    async with bot_of(world).db.begin() as session:
        await add_term(session, world.guild.id, "Tapir calls", ["Tapir"], by=moderator.id, now=world.now)
        for user_id, kind, subject, data in drafts:
            await save_draft(
                session,
                community_id=world.guild.id,
                user_id=user_id,
                kind=kind,
                subject=subject,
                data=data,
                now=world.now,
                keep=timedelta(days=1),
            )


async def remembered(world: World, *, facts: bool = False) -> dict[str, list[str]]:
    """Every row of every table that a request may not change by itself; also `facts` if wanted."""
    async with bot_of(world).db.read() as session:
        return {
            table.name: sorted(repr(tuple(row)) for row in await session.execute(select(table)))
            for table in Base.metadata.sorted_tables
            if table.name not in NOT_COUNTED and (facts or table.name not in FACTS)
        }


def posted(world: World) -> dict[int, str]:
    """All that stands in channels for others to read, in both servers: text, cards and buttons by message."""
    return {
        message.id: repr((message.content, message.embeds, message.components))
        for messages in world.env.backend.messages.values()
        for message in messages.values()
        if not message.flags & EPHEMERAL
    }


def told(result: Any) -> str:
    """All that a person is shown in answer: messages, choices, and forms with what stands in them."""
    shown = [
        all_text(message) + repr(message.components) for message in (result.response, *result.followups) if message
    ]
    if result.modal is not None:
        shown.append(repr(result.modal))
    return "\n".join(shown)


async def drafts(world: World) -> list[str]:
    """What those of the first community have typed so far, who have something to hide."""
    async with bot_of(world).db.read() as session:
        rows = await session.execute(select(Base.metadata.tables["draft"]))
        return sorted(shown for row in rows if any(word in (shown := repr(tuple(row))) for word in OWNERS_READ))
