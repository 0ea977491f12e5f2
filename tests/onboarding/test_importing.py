"""A moderator's list: what is wrong in it is named, and what is right makes members, now or when they join."""

import csv
import io
import zipfile
from datetime import timedelta
from typing import Any

import openpyxl
import pytest

from bot import tables
from bot.demo.world import Person, Persona, World
from bot.errors import Refusal
from bot.lists import MissingColumns
from cogs.onboarding import lists
from data.members import get_by_user
from data.members.expected import count_expected
from tests.act import all_text, reply
from tests.forging import press
from tests.onboarding.acting import AINO, AWA, LUCIA, apply, custom_id, has, member, moderator, posts
from tests.webinars.acting import away

HEADS = [
    "Discord",
    "Nom",
    "Pays",
    "Type d’organisation",
    "Organisation",
    "Poste",
    "Langues",
    "Domaines clés",
    "Besoins",
]
GOOD = ["Awa", "Sénégal", "Police", "Police nationale", "Commissaire", "français, anglais", "leadership; 4", "=1+1"]


def sheet(*rows: list[str], delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """A list as a file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([HEADS, *rows])
    return text.getvalue().encode(encoding)


def book(*rows: list[Any]) -> bytes:
    """The same as an Excel workbook."""
    made = openpyxl.Workbook()
    page: Any = made.active
    for row in [HEADS, *rows]:
        page.append(row)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


async def look(world: World, by: Person, content: bytes, name: str = "list.csv") -> Any:
    """What a moderator sees who sends the list."""
    return reply(await by.actor.slash(world.channel("general"), "onboarding import", file=(name, content)))


async def expected(world: World) -> int:
    """How many are still to come."""
    bot: Any = world.env.bot
    async with bot.db.read() as session:
        return await count_expected(session, world.guild.id)


async def held(world: World, person: Any) -> Any:
    """What is held about a person."""
    bot: Any = world.env.bot
    async with bot.db.read() as session:
        return await get_by_user(session, world.guild.id, person.id)


async def test_a_list_is_tried_first_and_then_makes_members_of_those_who_are_there(world: World) -> None:
    mira, awa, aino = await moderator(world), await world.join(AWA), await member(world, AINO)
    rows = [
        [str(awa.id), *GOOD],
        ["later.on", *GOOD],
        ["Later.On", *GOOD],
        [str(aino.id), *GOOD],
        [str(mira.id), *GOOD],
        ["1.23457E+17", "Bo", "Atlantis", "club", "", "Chef", "klingon", "magic", ""],
    ]
    seen = await look(world, mira, sheet(*rows))
    text = all_text(seen)
    assert "2 people can be taken in." in text
    assert "In the server, members at once: 1" in text
    assert "Row 4, Discord: The same person stands in row 3. (later.on)" in text
    assert "Row 5, Discord: This person has a profile here already." in text
    assert "Row 6, Discord: Nobody vouches for themselves." in text
    for part in (
        "rounded this id",
        "Country: No country has this name. (Atlantis)",
        "No such kind",
        "klingon",
        "magic",
    ):
        assert part in text
    assert "Row 7, Organisation: The organisation is missing." in text
    [problems] = seen.attachments
    assert problems.filename == "problems.csv"
    assert await held(world, awa) is None, "nothing has happened so far"

    [door, *_] = [one for one in posts(world, "welcome") if has(one, "onboarding:start")]
    button = custom_id(seen, "onboarding:import")
    forged = [await press(world, world.owner, door, name) for name in (button, "onboarding:import:none")]
    assert all_text(reply(forged[0])) == all_text(reply(forged[1])), "another moderator's list is nothing at all"
    assert await held(world, awa) is None
    done = reply(await mira.actor.click(seen, custom_id=custom_id(seen, "onboarding:import")))
    assert "1 person is a member now." in all_text(done)
    assert "expected for 180 days" in all_text(done)
    made = await held(world, awa)
    assert (made.state, made.country, made.languages, made.key_areas, made.directory, made.language) == (
        *("approved", "SN", ("en", "fr"), ("capacity", "leadership"), False),
        "en",
    )
    assert "Member" in world.role_names(awa)
    [word] = [one for one in posts(world, "welcome", f"<@{awa.id}>") if has(one, "profile:mine")]
    assert "/mydata consent" in word.content
    assert [user.id for user in word.mentions] == [awa.id]
    assert posts(world, "introductions", f"<@{awa.id}>") == [], "she agreed to nothing"
    shown = reply(await awa.actor.click(word, custom_id=custom_id(word, "profile:mine")))
    assert "Police nationale" in all_text(shown)
    hidden = reply(await aino.actor.slash(world.channel("general"), "profile view", member=awa.actor))
    assert "Police nationale" not in all_text(hidden)


async def test_who_is_expected_becomes_a_member_on_joining_and_nobody_in_their_place(world: World) -> None:
    mira = await moderator(world)
    lucia = world.env.create_user("lucia")
    rows = [[str(lucia.id), *GOOD], ["awa", *GOOD], ["never.comes", *GOOD]]
    seen = await look(world, mira, book(*rows), "list.xlsx")
    assert "3 people can be taken in." in all_text(seen)
    await mira.actor.click(seen, custom_id=custom_id(seen, "onboarding:import"))
    # One shows the name of somebody who is expected, one had that user name before.
    double = await world.join(Persona("awa.2", "awa", "fr", "Africa/Dakar"))
    assert await held(world, double) is None
    awa = await world.join(AWA)
    assert (await held(world, awa)).state == "approved"
    assert "Member" in world.role_names(awa)
    assert [one for one in posts(world, "welcome", f"<@{awa.id}>") if has(one, "onboarding:start")] == []
    world.guild.add_member(lucia)
    await world.env.settle()
    assert (await held(world, lucia)).state == "approved"
    assert await expected(world) == 1
    await away(world, timedelta(days=181))
    assert await expected(world) == 0


async def test_what_a_person_said_themselves_stays_as_it_is(world: World) -> None:
    mira, lucia = await moderator(world), await world.join(LUCIA)
    seen = await look(world, mira, sheet([str(lucia.id), *GOOD]))
    await apply(world, lucia, who={"organisation": "Carabineros"})
    done = reply(await mira.actor.click(seen, custom_id=custom_id(seen, "onboarding:import")))
    assert "was left as they are" in all_text(done)
    kept = await held(world, lucia)
    assert (kept.state, kept.organisation) == ("pending", "Carabineros")


async def test_members_are_exported_as_a_list_that_can_be_imported(world: World) -> None:
    mira, awa = await moderator(world), await member(world, AWA, offers="=HYPERLINK(1)")
    await world.join(AINO)
    for sort in ("csv", "xlsx"):
        given = await mira.actor.slash(world.channel("general"), "onboarding export", format=sort)
        assert given.ephemeral
        [file] = reply(given).attachments
        content = await world.env.bot.http.get_from_cdn(file.url)
        rows = tables.read_rows(content, lists.COLUMNS.count)
        _, problems = lists.read_lines(rows, {})
        assert len(rows) == 2
        assert [problem.column for problem in problems] == ["areas"]
        assert lists.COLUMNS.places(rows[0][1]).keys() == lists.HEADS.keys()
        assert rows[1][1][0] == str(awa.id)
        assert any("HYPERLINK" in cell for cell in rows[1][1])
    assert "=HYPERLINK" not in content.decode("latin-1")


def bomb() -> bytes:
    """A small file that unpacks to a large one."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return target.getvalue()


def entities() -> bytes:
    """A workbook whose text grows when it is read."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(
            "xl/workbook.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16")
        )
    return target.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        bomb(),
        entities(),
        b"PK\x03\x04nonsense",
        b"\x81\x8d\x8f",
        b"a\0b",
        b"x" * 2_000_001,
        b"",
        b"Nom\nAwa\n",
        sheet(*([["awa", *GOOD]] * 2_001)),
    ],
    ids=["bomb", "entities", "broken", "binary", "zero", "large", "empty", "columns", "long"],
)
def test_what_is_no_list_is_refused(content: bytes) -> None:
    with pytest.raises((Refusal, MissingColumns)):
        lists.read_lines(tables.read_rows(content, lists.COLUMNS.count), {})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_list_is_read_whatever_wrote_it(encoding: str, delimiter: str) -> None:
    content = sheet(["<@123456789012345678>", *GOOD], delimiter=delimiter, encoding=encoding)
    [line], problems = lists.read_lines(
        tables.read_rows(content, lists.COLUMNS.count), {"leadership": "leadership", "4": "capacity"}
    )
    assert problems == []
    assert line.key == "123456789012345678"
    assert (line.said["country"], line.said["kind"], line.said["areas"]) == ("SN", "police", ["capacity", "leadership"])
