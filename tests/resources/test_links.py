"""Looking whether addresses still work: on this machine alone."""

import json
from collections.abc import AsyncGenerator

import pytest
from aiohttp import web

from bot.cli import main
from bot.links import BROKEN, LOOK, MOVED, OK, PublicOnly, Rules, as_json, as_table, check_links, is_public
from data.database import Database
from data.resources.links import Link, list_links
from data.seeding import ensure_seeded

HERE = Rules(schemes=("http",), anywhere=True)


@pytest.fixture
async def site() -> AsyncGenerator[str]:
    """A site with a page of each sort."""

    async def page(request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name in ("301", "302"):
            raise web.HTTPFound("/200") if name == "302" else web.HTTPMovedPermanently("/200")
        if name == "round":
            raise web.HTTPFound("/round")
        if name == "inside":
            raise web.HTTPFound("ftp://127.0.0.1/x")
        assert "convenor" in request.headers["User-Agent"]
        return web.Response(status=int(name), text="x" * 100_000)

    app = web.Application()
    app.router.add_get("/{name}", page)
    runner = web.AppRunner(app)
    await runner.setup()
    listening = web.TCPSite(runner, "127.0.0.1", 0)
    await listening.start()
    [(host, port)] = [each[:2] for each in runner.addresses]
    yield f"http://{host}:{port}"
    await runner.cleanup()


async def test_each_address_is_looked_at_and_told_apart(site: str) -> None:
    expected = {
        "200": OK,
        "301": MOVED,
        "302": OK,
        "403": LOOK,
        "404": BROKEN,
        "410": BROKEN,
        "503": LOOK,
        "round": BROKEN,
        "inside": LOOK,
    }
    links = [Link(name, None, f"Page {name}", f"{site}/{name}") for name in expected]
    links.append(Link("closed", 5, "Closed", "http://127.0.0.1:1/x"))
    checked = await check_links(links, HERE)
    assert {one.link.resource_id: one.state for one in checked} == {**expected, "closed": BROKEN}
    table = as_table(checked)
    assert table.splitlines()[0].startswith("broken")
    assert table.splitlines()[-1] == "4 broken, 1 moved, 3 look, 2 ok"
    [moved] = [one for one in json.loads(as_json(checked)) if one["state"] == MOVED]
    assert moved["moved_to"] == f"{site}/200"
    # As it is run, it asks nothing of this machine, however it is called.
    for url in ("https://127.0.0.1/x", "https://[::1]/x", "https://localhost/x"):
        [barred] = await check_links([Link("x", None, "X", url)])
        assert barred.state == BROKEN
    with pytest.raises(OSError, match="everyone can reach"):
        await PublicOnly().resolve("localhost", 443)
    assert not any(map(is_public, ("10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "fe80::1%eth0", "100.64.0.1")))
    assert is_public("192.0.32.7")


async def test_addresses_are_those_of_what_is_shown(database: Database) -> None:
    await ensure_seeded(database)
    async with database.read() as session:
        links = await list_links(session)
    assert len(links) > 10
    assert len({one.resource_id for one in links}) == len(links)


def test_the_command_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["check-links", "--help"])
    assert "--json" in capsys.readouterr().out
