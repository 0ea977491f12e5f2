"""Published practices as a file: with their authors and terms, and without what was withdrawn."""

import json
from typing import Any

import pytest

from bot.cli import main
from bot.demo.world import World
from bot.settings import Settings
from data.members import mark_left
from tests.act import reply
from tests.lookup.people import member as approved
from tests.practices.acting import AINO, AWA, LUCIA, TITLE, bot_of, member, press, publish, share, slash


async def content(world: World, person: Any, **options: Any) -> str:
    [file] = reply(await slash(world, person, "export", **options)).attachments
    return (await file.read()).decode()


async def test_a_file_names_authors_and_terms_as_they_chose(world: World) -> None:
    awa, lucia = await approved(world, AWA), await member(world, LUCIA)
    shown = await publish(
        world, awa, world.owner, allowed=["contact", "reuse"], results="It [works](https://x.example)."
    )
    gone = await publish(world, lucia, world.owner, title="Evening patrols with neighbours", allowed=[])
    await share(world, lucia, title="Something that nobody has reviewed", allowed=[])
    text = await content(world, awa)
    assert f"## {TITLE}" in text
    assert "Vous pouvez l’utiliser et l’adapter" in text
    assert "### Le problème" in text
    assert "Something that nobody has reviewed" not in text
    assert "[works](" not in text, "what members wrote is no Markdown of ours"
    assert "Tirée de la brochure du Réseau, non relue" in text
    data = json.loads(await content(world, lucia, format="json"))
    by_id = {one["id"]: one for one in data["practices"]}
    assert by_id[shown.id]["terms"] == "May be used and adapted, naming its authors."
    assert by_id[shown.id]["attribution"]["author"] == "Awa Ndiaye"
    # Who is no member any more is not named.
    async with bot_of(world).db.begin() as session:
        assert await mark_left(session, world.guild.id, awa.id, world.now) is not None
    data = json.loads(await content(world, lucia, format="json"))
    assert [one["attribution"]["author"] for one in data["practices"] if one["id"] == shown.id] == [None]
    assert by_id[gone.id]["terms"] == "Ask its authors before you use or adapt it."
    assert by_id[gone.id]["attribution"]["author"] is None
    assert {one["origin"] for one in data["practices"]} == {"member", "brochure"}
    asked = reply(await slash(world, lucia, "withdraw", practice=gone.id))
    await press(lucia, asked, "practice:withdrawn")
    for sort in ("md", "json"):
        assert "Evening patrols" not in await content(world, awa, format=sort)
    visitor = await world.join(AINO)
    assert "for members" in reply(await slash(world, visitor, "export")).content


def test_the_command_line_prints_the_same(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    assert main(["export-practices", "--community", "1"]) == 1, "there is no such server"
    assert capsys.readouterr().out == ""
