"""Settings: read, checked, and described in one place."""

from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import Settings, SettingsFault, env_example, parse_offsets

ROOT = Path(__file__).parents[2]


def test_the_example_file_says_what_the_settings_are() -> None:
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == env_example()


def test_the_example_file_sets_nothing_and_parses_when_uncommented(tmp_path: Path) -> None:
    assert Settings.load({}, ROOT / ".env.example") == Settings.load({}, None)
    lines = [
        line.removeprefix("# ") if "=" in line and line.startswith("# ") and line.split("=")[0].isupper() else line
        for line in env_example().splitlines()
    ]
    uncommented = tmp_path / ".env"
    uncommented.write_text("\n".join(line.removeprefix("# ") for line in lines if "=" in line), encoding="utf-8")
    assert Settings.load({}, uncommented).reminder_offsets == (604800, 86400, 3600, 0)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("CONVENOR_ZONE=Europe/Paris\nCONVENOR_LANGUAGES=fr,en\n", encoding="utf-8")
    loaded = Settings.load({"CONVENOR_ZONE": "Africa/Dakar", "CONVENOR_LANGUAGES": " "}, file)
    assert (loaded.zone, loaded.languages) == ("Africa/Dakar", ("fr", "en"))


def test_every_fault_is_named_at_once_and_no_value_is_repeated() -> None:
    with pytest.raises(SettingsFault) as caught:
        Settings.load(
            {
                "CONVENOR_ZONE": "Mars/Olympus",
                "CONVENOR_LANGUAGES": "en xx",
                "CONVENOR_REMINDERS": "soon",
                "CONVENOR_POLL_SECONDS": "0",
                "DATABASE_URL": "mysql://root:hunter2@host/db",
                "CONVENOR_LOG_LEVLE": "debug",
                "CONVENOR_BACKUP_HOURS": "daily",
                "CONVENOR_BACKUP_KEEP": "0",
                "CONVENOR_BACKUP_KEY": "AGE-SECRET-KEY-hunter2",
            },
            None,
        )
    text = str(caught.value)
    assert len(caught.value.faults) == 9
    assert "did you mean CONVENOR_LOG_LEVEL" in text
    assert "hunter2" not in text
    assert all(fault.endswith((".", "?")) for fault in caught.value.faults)


def test_secrets_are_not_in_the_settings_own_text() -> None:
    shown = repr(Settings(discord_token="canary-token", database_url="postgresql://u:canary-pass@h/d"))
    assert "canary" not in shown


@pytest.mark.parametrize(
    "text, seconds",
    [("0", (0,)), ("90m", (5400,)), ("1h 1h 7d", (604800, 3600)), ("1w,0", (604800, 0))],
)
def test_offsets(text: str, seconds: tuple[int, ...]) -> None:
    assert parse_offsets(text) == seconds


@pytest.mark.parametrize("text", ["", "-1h", "5", "1y", "100d", "1h;2h"])
def test_offsets_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="needs times"):
        parse_offsets(text)


def test_running_without_a_token_says_so_and_exits_2(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    assert main(["run"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_wrong_settings_end_the_start_with_a_sentence_each(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONVENOR_ZONE", "nowhere")
    monkeypatch.setenv("CONVENOR_LOG_LEVEL", "loud")
    assert main(["run"]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 2


def test_the_invitation_asks_for_the_needed_permissions_and_no_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["invite", "--id", "1234"]) == 0
    url = capsys.readouterr().out.strip()
    assert "client_id=1234" in url
    assert "permissions=" in url
    granted = int(url.split("permissions=")[1].split("&")[0])
    assert granted & 0x8 == 0, "never an administrator"
