"""The house rules that no other test would notice: who imports whom, what `make` offers, what a release carries."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "cogs", "data")
# Whatever a house's rooms hold besides code: texts, facts, pages. Left out are what Python and Babel make of it.
MADE_HERE = {".pyc", ".mo", ".pot", ".new"}


def rules(makefile: str) -> dict[str, str]:
    """Each target that people may call, with what follows its colon."""
    return dict(re.findall(r"^([a-z][a-z0-9-]*):(?!=)(.*)$", makefile, flags=re.MULTILINE))


def pinned(lock: Path) -> dict[str, str]:
    """Each package of a lock file, in its normal form, with its version."""
    found = re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", lock.read_text(), flags=re.MULTILINE)
    return {normal(name): version for name, version in found}


def imports(*packages: str) -> Iterator[tuple[Path, set[str]]]:
    """Each module of some packages (as a path from the root), with the full name of all that it imports."""
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            found: set[str] = set()
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Import):
                    found |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom):
                    found |= {f"{node.module}.{alias.name}" for alias in node.names}
            yield path.relative_to(ROOT), found


def normal(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def required(requirement: str) -> str:
    """The package that a requirement asks for."""
    matched = re.match(r"[A-Za-z0-9_.-]+", requirement)
    assert matched, requirement
    return normal(matched.group())


def test_imports_run_one_way() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_sql_lives_in_data_only() -> None:
    """Naming the type of a session is no SQL; and the one error path knows a database's error by its class."""
    allowed = {"sqlalchemy.ext.asyncio.AsyncSession", "sqlalchemy.exc.DBAPIError"}
    broken = {
        place.as_posix(): sorted(names)
        for place, found in imports("bot", "cogs")
        if (names := {name for name in found if name.split(".")[0] == "sqlalchemy"} - allowed)
    }
    assert broken == {}


def test_only_the_demo_and_the_command_line_start_things() -> None:
    starters = {"bot.app.create_bot", "simcord"}
    broken = {
        place.as_posix(): sorted(names)
        for place, found in imports(*PACKAGES)
        if place.parts[:2] != ("bot", "demo") and not place.as_posix().startswith("bot/cli")
        if (names := {name for name in found if name in starters or name.split(".")[0] in starters})
    }
    assert broken == {}


def test_make_help_names_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    offered = rules(makefile)
    assert {"help", "venv", "demo", "tour", "run", "test", "lint", "i18n", "bench", "lock", "release"} <= set(offered)
    assert set(re.findall(r"^\.PHONY: (\S+)$", makefile, flags=re.MULTILINE)) == set(offered)

    shown = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    described = dict(re.findall(r"^  make (\S+) +(\S.*)$", shown, flags=re.MULTILINE))
    assert set(described) == set(offered), "a target lacks its `## description`"


@pytest.mark.parametrize("name", ["runtime", "demo", "dev", "release", "red"])
def test_locks_hold_hashes_and_name_no_index(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert "://" not in text
    entries = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert entries
    for entry in entries:
        options = re.findall(r"^\s+(--\S+)", entry, flags=re.MULTILINE)
        assert options, f"no hash: {entry}"
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", option) for option in options), entry


def test_locks_agree_and_hold_what_is_declared() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = declared["dependency-groups"]
    runtime, demo, dev = (pinned(ROOT / "requirements" / f"{name}.txt") for name in ("runtime", "demo", "dev"))

    assert {required(item) for item in [*declared["project"]["dependencies"], *groups["build"]]} <= set(runtime)
    assert {required(item) for item in groups["demo"]} <= set(demo)
    assert {required(item) for name in ("lint", "test") for item in groups[name]} <= set(dev)
    assert runtime.items() <= demo.items() <= dev.items(), "run `make lock`"
    assert declared["project"]["optional-dependencies"]["demo"] == groups["demo"]


def test_a_release_carries_all_that_the_rooms_hold(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    [wheel] = tmp_path.glob("convenor-*.whl")
    carried = set(zipfile.ZipFile(wheel).namelist())
    held = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        # The catalogues are carried compiled.
        if path.is_file() and path.suffix not in (*MADE_HERE, ".po", ".pot")
    }
    assert held - carried == set()
    assert not [name for name in carried if name.startswith("tests")]


def test_ci_can_be_started() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111, "git update-index --chmod=+x .ci/run"
    assert "set -euo pipefail" in script.read_text()
