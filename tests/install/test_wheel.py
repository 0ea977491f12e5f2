"""The wheel: the same each time it is built, with all that belongs to it, and at work where nothing else is."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.wire.control import ROOT, TOKEN, Server, until

# Of which CPython keeps no bytecode, and which nothing but the tests need.
LEFT_OUT = (".py", ".pyc", ".po", ".pot", ".mo")
# What only tests want: another address.
POINTED = """
import sys, yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
import bot
assert bot.__file__.startswith(sys.prefix), bot.__file__
Route.BASE = "http://127.0.0.1:{port}/api/v10"
DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL("ws://127.0.0.1:{port}/gateway/")
from bot.cli import main
sys.exit(main(["run"]))
"""


def build(folder: Path) -> Path:
    """Build the wheel as `make release` does."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
        check=True,
        capture_output=True,
    )
    [wheel] = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel"))


def test_it_is_the_same_each_time_and_has_everything(wheel: Path, tmp_path: Path) -> None:
    assert build(tmp_path).read_bytes() == wheel.read_bytes()
    tracked = subprocess.run(
        ["git", "ls-files", "bot", "cogs", "data"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    wanted = {name for name in tracked if not name.endswith(LEFT_OUT[1:]) and (ROOT / name).exists()}
    assert wanted - names == set()
    compiled = {f"bot/locales/{language}/LC_MESSAGES/convenor.mo" for language in ("fr", "es", "pt_BR")}
    assert compiled | {"data/cldr.made.json"} <= names
    assert not [name for name in names if name.endswith((".po", ".pot"))]
    assert not [name for name in names if not name.startswith(("bot/", "cogs/", "data/", "convenor-"))]


@pytest.fixture
def installed(wheel: Path, tmp_path: Path) -> Path:
    """A new environment with the wheel in it; what it depends on comes from this one. Returns its Python."""
    home = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = home / "bin" / "python"
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python), "install", "-qq"),
            *("--no-deps", "--no-index", "--no-compile", str(wheel)),
        ],
        check=True,
    )
    [packages] = home.glob("lib/python*/site-packages")
    # Its own `.pth` files, among them the one that points at these sources, are not read there.
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"))
    return python


@pytest.mark.skipif(os.name != "posix", reason="where programs are differs")
async def test_it_runs_where_nothing_else_is(installed: Path, tmp_path: Path) -> None:
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    program = installed.with_name("convenor")
    said = subprocess.run(
        [program, "lookup", "violencia", "--lang", "es", "--json"],
        cwd=tmp_path,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(said.stdout)["results"], said.stderr
    # As under a service manager: nothing can be written beside the program.
    packages = next(installed.parents[1].glob("lib/python*/site-packages"))
    before = sorted(path.name for path in packages.rglob("*") if "__pycache__" not in path.parts)
    async with Server.start(tmp_path) as server:
        owner = (await server.order("make_user", name="ana"))["id"]
        await server.order("make_guild", name="Network", owner=owner, bot_permissions=(1 << 46) - 1 - (1 << 3))
        log = tmp_path / "run.log"
        with log.open("wb") as written:
            process = await asyncio.create_subprocess_exec(
                *(str(installed), "-c", POINTED.format(port=server.port)),
                cwd=tmp_path,
                env={**bare, "DISCORD_TOKEN": TOKEN},
                stderr=written,
            )

        async def ready() -> bool:
            return "ready:" in log.read_text() or process.returncode is not None

        try:
            await until(ready, 40)
            process.terminate()
            assert await asyncio.wait_for(process.wait(), 20) == 0, log.read_text()
        finally:
            if process.returncode is None:
                process.kill()
        assert "ready:" in log.read_text()
        commands = (await server.order("about"))["commands"]
    names: dict[str, dict[str, str]] = {
        command["name"]: command.get("name_localizations") or {} for command in commands
    }
    assert names["webinar"]["fr"] == "webinaire"
    assert before == sorted(path.name for path in packages.rglob("*") if "__pycache__" not in path.parts)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this machine")
def test_the_service_is_valid_and_closed(tmp_path: Path) -> None:
    unit = tmp_path / "convenor.service"
    written = (ROOT / "deploy" / "convenor.service").read_text()
    # The program is not where the unit expects it.
    unit.write_text(written.replace("/opt/convenor/bin/convenor", sys.executable))
    checked = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=15", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    assert rated.returncode == 0, rated.stdout
