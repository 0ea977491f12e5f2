"""Makes the environment that Red-DiscordBot is measured in: `.venv-red`, from `requirements/red.txt`."""

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".venv-red"
LOCK = ROOT / "requirements" / "red.txt"
# Of the last release of Red that is locked there.
TOO_NEW = (3, 12)
PATIENCE = 600.0


class UnavailableError(Exception):
    """Red cannot be measured here; says why."""


def version() -> str:
    """The release that is locked."""
    found = re.search(r"^red-discordbot==(\S+)", LOCK.read_text(), flags=re.MULTILINE)
    return found[1] if found else "?"


def python() -> Path:
    """The interpreter of the environment, which is made if it is not there, or not of what is locked now.

    Raises:
        UnavailableError: it cannot be made.
    """
    made = FOLDER / "bin" / "python"
    done, wanted = FOLDER / ".made-of", hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if made.exists() and done.exists() and done.read_text() == wanted:
        return made
    base = sys.executable if sys.version_info < TOO_NEW else shutil.which("python3.11")
    if base is None:
        raise UnavailableError("Red-DiscordBot needs Python 3.11 or earlier, and there is none here")
    shutil.rmtree(FOLDER, ignore_errors=True)
    pip = (str(made), "-m", "pip", "--disable-pip-version-check", "--no-input", "-qq", "install")
    _run(base, "-m", "venv", str(FOLDER))
    _run(*pip, "--no-compile", "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK))
    done.write_text(wanted)
    return made


def prepare(interpreter: Path, folder: Path) -> dict[str, str]:
    """Make what Red keeps about itself, in a folder; returns the environment variables that let it find that.

    Raises:
        UnavailableError: it cannot be made.
    """
    places = {name: str(folder / name.lower()) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "TMPDIR")}
    for place in places.values():
        Path(place).mkdir(parents=True)
    setup = (str(interpreter.with_name("redbot-setup")), "--no-prompt", "--instance-name", "bench", "--backend", "json")
    _run(str(interpreter), *setup, "--data-path", str(folder / "data"), environment={"PATH": "/usr/bin:/bin", **places})
    return places


def _run(*command: str, environment: Mapping[str, str] | None = None) -> None:
    try:
        subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE, env=environment)
    except subprocess.CalledProcessError as error:
        said = (error.stderr or error.stdout).strip().splitlines() or ["no reason given"]
        raise UnavailableError(f"Red-DiscordBot could not be installed: {said[-1]}") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(f"Red-DiscordBot could not be installed: {type(error).__name__}") from None
