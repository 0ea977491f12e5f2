"""What the guides say is what the program does."""

import re
from pathlib import Path

from bot.permissions import NEEDED
from cogs.guide.cards import PARTS

ROOT = Path(__file__).parents[2]
HOSTING = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
MODERATING = (ROOT / "docs/moderating.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_hosting_guide_names_the_permissions_of_the_invitation() -> None:
    listed = re.findall(r"^- (.+): (to .+)$", HOSTING, re.MULTILINE)
    assert listed == [(need.name, need.why) for need in NEEDED.values()]


def test_links_and_pictures_of_the_guides_exist() -> None:
    for text, folder in ((README, ROOT), (HOSTING, ROOT / "docs"), (MODERATING, ROOT / "docs")):
        for target in re.findall(r"(?:\]\(|src=\")([^)#\"]+)", text):
            if not target.startswith("http"):
                assert (folder / target).exists(), target


def test_every_room_is_on_the_map() -> None:
    rooms = {path.parent.name for path in (ROOT / "cogs").glob("*/__init__.py")}
    named = re.search(r"`cogs/` \| (.+) \|", README)
    assert named is not None
    assert set(re.findall(r"`(\w+)`", named[1])) == rooms


def test_the_hosting_guide_names_every_setting() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    settings = set(re.findall(r"^# ([A-Z_]+)=", example, re.MULTILINE))
    assert settings == set(re.findall(r"`(CONVENOR_[A-Z_]+|DATABASE_URL|DISCORD_TOKEN)`", HOSTING)) | {"DISCORD_TOKEN"}


def test_the_guides_name_commands_that_there_are() -> None:
    named = {command for part in PARTS for line in part.lines for command in line.commands} | {"help"}
    for text in (README, MODERATING):
        for command in re.findall(r"`/([a-z ]+)`", text):
            assert command in named, command
