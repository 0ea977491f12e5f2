"""Taking in a moderator's list of resources, after a trial run; and the list as a file."""

import asyncio
import io
import json
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Standing, not_found
from bot.buttons import Button, row
from bot.languages import N_, Texts
from bot.lists import MissingColumns, Problem, check_size, content_of, problems_file, problems_text
from bot.render import ACCENT
from bot.sheets import CSV, XLSX, make_csv, make_xlsx
from cogs.resources import rules, table
from cogs.resources.editing import areas_of, too_many
from data import audit, network
from data.countries import fold
from data.drafts import delete_draft, get_draft, save_draft
from data.languages import LANGUAGES
from data.resources import Listed, list_resources
from data.resources.writing import Facts, FullFault, Known, add_resources, facts_of, known_resources, same_keys

KIND = "resource.import"
KEEP = timedelta(minutes=30)
JSON = "json"


async def look(ask: Ask, file: discord.Attachment) -> None:
    """Read a list, keep what is right in it, and say what the button would do.

    Raises:
        Refusal: the file is no list.
    """
    check_size(file)
    await ask.defer()
    content = await content_of(file)
    async with ask.bot.db.read() as session:
        names = {
            fold(name): area.id
            for area in await network.list_key_areas(session)
            for name in (area.id, str(area.position), *(area.name.text(language) for language in LANGUAGES))
        }
        known = await known_resources(session, ask.community.id)
    reading = table.Reading(names, ask.t.language)
    rows = await asyncio.to_thread(table.rows_in, content)
    try:
        lines = await asyncio.to_thread(reading.lines, rows)
    except MissingColumns as error:
        raise table.COLUMNS.refusal(ask.t, error) from error
    facts = _new(lines, known, reading)
    problems = sorted(reading.problems, key=lambda one: one.row)
    token = secrets.token_hex(8)
    if facts:
        async with ask.bot.db.begin() as session:
            await save_draft(
                session,
                community_id=ask.community.id,
                user_id=ask.actor.user_id,
                kind=KIND,
                subject=token,
                data={"resources": [one.as_data() for one in facts]},
                now=ask.now,
                keep=KEEP,
            )
    await ask.answer(**report(ask.t, facts, problems, token))


def _new(lines: Sequence[table.Line], known: Known, reading: table.Reading) -> list[Facts]:
    """What is there neither among the resources nor in a row above; the rest is noted as problems."""
    facts: list[Facts] = []
    seen: dict[str, int] = {}
    for line in lines:
        keys = same_keys(line.facts.title, line.facts.url)
        same = known.find(line.facts.title, line.facts.url)
        twice = next((seen[key] for key in keys if key in seen), None)
        if same is not None:
            text = N_("This is among the resources already, but retired.") if same.retired else None
            text = text or N_("This is among the resources already.")
            reading.fail(line.row, "title", text, line.facts.title)
        elif twice is not None:
            reading.fail(line.row, "title", N_("The same resource stands in row {row}."), line.facts.title, row=twice)
        else:
            facts.append(line.facts)
        for key in keys:
            seen.setdefault(key, line.row)
    return facts


def report(t: Texts, facts: Sequence[Facts], problems: Sequence[Problem], token: str) -> dict[str, Any]:
    """What the list would do, as the parts of a message."""
    foreign = sum(rules.is_foreign(one.url) for one in facts)
    lines = [
        t.plural("{n} resource can be added.", "{n} resources can be added.", len(facts)),
        "- " + t.pair(t("Problems in the list"), str(len(problems))),
    ]
    if foreign:
        lines.append("- " + t.pair(t("Addresses with unusual letters, to look at twice"), str(foreign)))
    if facts:
        lines.append(t("Nothing was changed so far; the button works for 30 minutes."))
    card = discord.Embed(title=t("Import: a trial run"), description="\n".join(lines), colour=ACCENT)
    parts: dict[str, Any] = {"embed": card}
    if problems:
        card.add_field(name=t("To correct"), value=problems_text(t, problems, table.HEADS), inline=False)
        parts["file"] = problems_file(t, problems, table.HEADS)
    if facts:
        text = t.plural("Add {n} resource", "Add {n} resources", len(facts))
        parts["view"] = row(Import(text, style=discord.ButtonStyle.success, token=token))
    return parts


class Import(Button, custom_id="resource:import:{token}"):
    """Adds what was read of a moderator's list; only that moderator has it."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Do it once, however often it is pressed: all of it, or nothing."""
        token, mine = self.values["token"], (ask.community.id, ask.actor.user_id)
        async with ask.bot.db.read() as session:
            # Before anything is answered: what is refused later would be there for all to read.
            if await get_draft(session, *mine, KIND, token, now=ask.now) is None:
                raise not_found()
        await ask.defer(thinking=False)
        async with ask.bot.db.begin() as session:
            draft = await get_draft(session, *mine, KIND, token, now=ask.now)
            # Of two presses at once, one finds it.
            if draft is None or not await delete_draft(session, *mine, KIND, token):
                raise not_found()
            facts = [Facts.from_data(one) for one in draft.data["resources"]]
            try:
                done = await add_resources(
                    session, ask.community.id, facts, by=ask.actor.user_id, now=ask.now, action="resource.import"
                )
            except FullFault as fault:
                raise too_many() from fault
        t = ask.t
        said = [
            t.plural("{n} resource was added.", "{n} resources were added.", len(done)),
            t("/lookup finds what is new at once."),
        ]
        if left := len(facts) - len(done):
            said.append(
                t.plural(
                    "{n} was added by somebody else meanwhile, and was left as it is.",
                    "{n} were added by somebody else meanwhile, and were left as they are.",
                    left,
                )
            )
        await ask.update("\n".join(said), attachments=[])


async def export(ask: Ask, sort: str) -> None:
    """Make the file, for this moderator alone, and note that they have it."""
    sort = sort if sort in (CSV, XLSX, JSON) else CSV
    await ask.defer()
    async with ask.bot.db.begin() as session:
        listed = await list_resources(session, ask.community.id)
        await audit.record(
            session,
            community_id=ask.community.id,
            at=ask.now,
            actor_id=ask.actor.user_id,
            action="resource.export",
            object_kind="list",
            object_id=len(listed),
            details={"resources": len(listed), "format": sort},
        )
    t, areas = ask.t, await areas_of(ask)

    def make() -> bytes:
        if sort == JSON:
            return _json(listed)
        rows = [[*(t(head) for head in table.HEADS.values()), t("Whose it is"), t("Retired")]]
        for one in listed:
            whose = t("everybody's") if one.resource.community_id is None else t("this community's own")
            cells = table.cells_of(t, areas, facts_of(one.resource))
            rows.append([*cells, whose, t("yes") if one.retired else t("no")])
        return make_xlsx(rows, t("Resources")) if sort == XLSX else make_csv(rows)

    content = io.BytesIO(await asyncio.to_thread(make))
    file = discord.File(
        content, f"resources-{ask.now:%Y-%m-%d}.{sort}", description=t("All resources of this community")
    )
    await ask.answer(t.plural("{n} resource.", "{n} resources.", len(listed)), file=file)


def _json(listed: Sequence[Listed]) -> bytes:
    """The list as an import takes it, with whose each is and whether it is retired."""
    said: list[dict[str, Any]] = []
    for one in listed:
        data = facts_of(one.resource).as_data()
        data["areas"] = data.pop("key_areas")
        said.append({**data, "own": one.resource.community_id is not None, "retired": one.retired})
    return json.dumps(said, ensure_ascii=False, indent=1).encode()
