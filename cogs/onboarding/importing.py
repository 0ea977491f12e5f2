"""Taking in a moderator's list: what it would do is shown first, and a button does it."""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Standing, not_found
from bot.buttons import Button, row
from bot.languages import N_, Texts
from bot.lists import MissingColumns, Problem, check_size, content_of, problems_file, problems_text, rows_of
from bot.render import ACCENT
from cogs.onboarding import lists, rules
from cogs.onboarding.arrivals import user_name
from cogs.onboarding.lists import COLUMNS, HEADS, Line
from data import network
from data.countries import fold
from data.drafts import delete_draft, get_draft, save_draft
from data.languages import LANGUAGES
from data.members import Profile
from data.members.expected import Listed, import_people, known_users

KIND = "onboarding.import"
# What was read holds what others are called and do: it is forgotten soon.
KEEP = timedelta(minutes=30)


async def look(ask: Ask, file: discord.Attachment) -> None:
    """Read a list, keep what is right in it, and say what the button would do.

    Raises:
        Refusal: the file is no list.
    """
    check_size(file)
    await ask.defer()
    content = await content_of(file)
    async with ask.bot.db.read() as session:
        areas = {
            fold(name): area.id
            for area in await network.list_key_areas(session)
            for name in (area.id, str(area.position), *(area.name.text(language) for language in LANGUAGES))
        }
    lines, problems = await read(ask.t, content, areas)
    people, more = await check_people(ask, lines)
    problems = sorted([*problems, *more], key=lambda one: one.row)
    token = secrets.token_hex(8)
    if people:
        async with ask.bot.db.begin() as session:
            await save_draft(
                session,
                community_id=ask.community.id,
                user_id=ask.actor.user_id,
                kind=KIND,
                subject=token,
                data={"people": people},
                now=ask.now,
                keep=KEEP,
            )
    await ask.answer(**report(ask.t, people, problems, token))


async def read(t: Texts, content: bytes, areas: Mapping[str, str]) -> tuple[list[Line], list[Problem]]:
    """What a file says, and what is wrong in it; beside everything else, for it may take a second.

    Raises:
        Refusal: it is no list.
    """
    rows = await rows_of(content, COLUMNS.count)
    try:
        return await asyncio.to_thread(lists.read_lines, rows, areas)
    except MissingColumns as error:
        raise COLUMNS.refusal(t, error) from error


async def check_people(ask: Ask, lines: Sequence[Line]) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Those who can be taken in, as they are kept, and what is wrong with the others."""
    names = names_here(ask.guild)
    ids = [int(line.key) if line.key.isdecimal() else names.get(line.key) for line in lines]
    async with ask.bot.db.read() as session:
        known = await known_users(session, ask.community.id, {one for one in ids if one is not None})
    seen: dict[int | str, int] = {}
    people: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for line, user_id in zip(lines, ids, strict=True):
        person = ask.guild.get_member(user_id) if user_id is not None else None
        key = user_id if user_id is not None else line.key
        wrong: tuple[str, Mapping[str, Any]] | None = None
        if key in seen:
            wrong = N_("The same person stands in row {row}."), {"row": seen[key]}
        elif person is not None and person.bot:
            wrong = N_("This is a bot."), {}
        elif user_id == ask.actor.user_id:
            wrong = N_("Nobody vouches for themselves."), {}
        elif user_id in known:
            wrong = N_("This person has a profile here already. It stays as it is."), {}
        seen.setdefault(key, line.row)
        if wrong is not None:
            problems.append(Problem(line.row, "discord", wrong[0], line.key, wrong[1]))
            continue
        name = line.said["name"] or (rules.shown_name(person.display_name, person.name) if person else line.key)
        people.append(
            {
                **line.said,
                "name": name,
                "user_id": user_id,
                "user_name": line.key if user_id is None else None,
                "here": person is not None,
            }
        )
    return people, problems


def names_here(guild: discord.Guild) -> dict[str, int]:
    """The ids of the server's people by their user names; what they call themselves counts for nothing."""
    return {name: person.id for person in guild.members if (name := user_name(person)) is not None}


def report(t: Texts, people: Sequence[Mapping[str, Any]], problems: Sequence[Problem], token: str) -> dict[str, Any]:
    """What the list would do, as the parts of a message."""
    here = sum(1 for person in people if person["here"])
    lines = [
        t.plural("{n} person can be taken in.", "{n} people can be taken in.", len(people)),
        "- " + t.pair(t("In the server, members at once"), str(here)),
        "- " + t.pair(t("Not here yet, members when they join"), str(len(people) - here)),
        "- " + t.pair(t("Problems in the list"), str(len(problems))),
    ]
    if people:
        lines.append(
            t(
                "You vouch for all of them. Other members see nobody's profile until that person agrees. Nothing was "
                "changed so far; the button works for 30 minutes."
            )
        )
    card = discord.Embed(title=t("Import: a trial run"), description="\n".join(lines), colour=ACCENT)
    parts: dict[str, Any] = {"embed": card}
    if problems:
        card.add_field(name=t("To correct"), value=problems_text(t, problems, HEADS), inline=False)
        parts["file"] = problems_file(t, problems, HEADS)
    if people:
        text = t.plural("Import {n} person", "Import {n} people", len(people))
        parts["view"] = row(Import(text, style=discord.ButtonStyle.success, token=token))
    return parts


class Import(Button, custom_id="onboarding:import:{token}"):
    """Takes in what was read of a moderator's list; only that moderator has it."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Do it once, however often it is pressed."""
        token = self.values["token"]
        async with ask.bot.db.read() as session:
            # Before anything is answered: what is refused later would be there for all to read.
            if await get_draft(session, ask.community.id, ask.actor.user_id, KIND, token, now=ask.now) is None:
                raise not_found()
        await ask.defer(thinking=False)
        async with ask.bot.db.begin() as session:
            draft = await get_draft(session, ask.community.id, ask.actor.user_id, KIND, token, now=ask.now)
            # Of two presses at once, one finds it.
            if draft is None or not await delete_draft(session, ask.community.id, ask.actor.user_id, KIND, token):
                raise not_found()
            done = await import_people(
                session,
                ask.community.id,
                listed(ask, draft.data["people"]),
                by=ask.actor.user_id,
                keep=timedelta(days=ask.bot.settings.attestation_days),
                now=ask.now,
            )
        t = ask.t
        lines = [
            t.plural("{n} person is a member now.", "{n} people are members now.", done.admitted),
            t.plural(
                "{n} person becomes a member when they join; they are expected for 180 days.",
                "{n} people become members when they join; they are expected for 180 days.",
                done.expected,
            ),
        ]
        if done.known:
            lines.append(
                t.plural(
                    "{n} person has said meanwhile who they are, and was left as they are.",
                    "{n} people have said meanwhile who they are, and were left as they are.",
                    done.known,
                )
            )
        await ask.update("\n".join(lines), attachments=[])


def listed(ask: Ask, people: Sequence[Mapping[str, Any]]) -> list[Listed]:
    """What was kept, with who is in the server by now."""
    names = names_here(ask.guild)
    found: dict[int | str, Listed] = {}
    for one in people:
        user_id: int | None = one["user_id"] or names.get(one["user_name"] or "")
        person = ask.guild.get_member(user_id) if user_id is not None else None
        if user_id == ask.actor.user_id or (person is not None and person.bot):
            continue
        spoken = [code for code in one["languages"] if code in LANGUAGES]
        profile = Profile(
            name=one["name"],
            country=one["country"],
            organisation_kind=one["kind"],
            organisation=one["organisation"],
            role=one["role"],
            key_areas=tuple(one["areas"]),
            languages=tuple(one["languages"]),
            offers=one["offers"],
            seeks=one["seeks"],
            language=spoken[0] if spoken else ask.community.languages[0],
            directory=False,
        )
        name = one["user_name"] if user_id is None else None
        entry = Listed(user_id=user_id, user_name=name, here=person is not None, profile=profile)
        found.setdefault(user_id if user_id is not None else str(name), entry)
    return list(found.values())
