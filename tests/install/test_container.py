"""The container and what runs with it, as far as can be told without any: they fit, and hold what is promised."""

import re
from typing import Any

import yaml

from tests.wire.control import ROOT

# Which PostgreSQL the programs of each Debian are of; they read no newer server.
PROGRAMS_OF = {"bookworm": 15, "trixie": 17}


def test_its_steps_name_what_there_is_and_end_without_rights() -> None:
    lines = (ROOT / "Containerfile").read_text().replace("\\\n", " ").splitlines()
    steps = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    images = [rest for step, rest in steps if step == "FROM"]
    assert len(images) == 2, "what only building needs stays out"
    assert images[0].removesuffix(" AS made") == images[1]
    copied = [rest.split() for step, rest in steps if step == "COPY" and not rest.startswith("--from")]
    assert all((ROOT / source).exists() for *sources, _ in copied for source in sources)
    assert [rest for step, rest in steps if step == "USER"] == ["10001:10001"]
    installs = [line for line in lines if "-r requirements/" in line]
    assert installs
    assert all("--require-hashes" in line for line in installs)
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".venv", ".env"} <= set(ignored), "no secret gets into an image"


def test_what_runs_together_fits_together() -> None:
    compose: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    convenor, database = (compose["services"][name] for name in ("convenor", "database"))
    assert convenor["read_only"]
    assert convenor["cap_drop"] == ["ALL"]
    assert convenor["depends_on"]["database"]["condition"] == "service_healthy"
    assert "healthcheck" in database
    assert "ports" not in convenor
    assert "ports" not in database
    volumes = [name for service in (convenor, database) for name in service["volumes"]]
    assert {name.partition(":")[0] for name in volumes} == set(compose["volumes"])
    # Secrets come from the file beside it, and it does not start without.
    for value in (
        convenor["environment"]["DISCORD_TOKEN"],
        convenor["environment"]["DATABASE_URL"],
        database["environment"]["POSTGRES_PASSWORD"],
    ):
        assert re.search(r"\$\{[A-Z_]+:\?", value)
    found = re.search(r"^FROM .*-slim-(\w+)$", (ROOT / "Containerfile").read_text(), re.MULTILINE)
    assert found is not None
    assert int(re.findall(r":(\d+)", database["image"])[0]) <= PROGRAMS_OF[found[1]], "a backup needs programs as new"
