"""`convenor check-text`: once in a process of its own, where nothing was set up, and else within this one."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import main

BARRED = "sys.modules.update(dict.fromkeys(('discord', 'sqlalchemy.orm', 'data.models')))"


class Bytes:
    """A standard stream of bytes."""

    def __init__(self, data: bytes = b"") -> None:
        self.buffer = io.BytesIO(data)


def printed(patch: pytest.MonkeyPatch, data: bytes, *arguments: str) -> bytes:
    """What the command prints; it must end well."""
    out = Bytes()
    with patch.context() as here:
        here.setattr(sys, "stdin", Bytes(data))
        here.setattr(sys, "stdout", out)
        assert main(["check-text", *arguments]) == 0
    return out.buffer.getvalue()


def test_findings_are_one_json_object_with_places_in_the_text_as_it_was_given(tmp_path: Path) -> None:
    text = "\ufeffÀ lire.\r\nLa víctima, Rosario Quispe, vive en Jr. Lampa 345, Puno. 😀 Llámenla al +51 951 222 333."
    bare = {name: value for name, value in os.environ.items() if name == "PATH"}
    bare |= {"HOME": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2]), "LC_ALL": "C"}
    done = subprocess.run(
        # What takes long to load is not loaded for it.
        [
            sys.executable,
            "-c",
            f"import sys; {BARRED}; from bot.cli import main; sys.exit(main(['check-text', '--json']))",
        ],
        env=bare | {"DATABASE_URL": "nonsense://", "DISCORD_TOKEN": ""},
        cwd=tmp_path,
        input=text.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert set(found) == {"identifying", "findings"}
    assert found["identifying"] is True
    assert [one["type"] for one in found["findings"]] == ["name", "address", "phone"]
    assert [one["suggestion"][-9:] for one in found["findings"]] == [" afectada", "la ciudad", "uprimido]"]
    for one in found["findings"]:
        assert set(one) == {"type", "start", "end", "text", "suggestion"}
        assert text[one["start"] : one["end"]] == one["text"]
    assert list(tmp_path.iterdir()) == [], "nothing is kept"


@pytest.mark.parametrize(
    "data", [b"", b" \n\t", b"\xff\xfe", b"\xc3\x28 \x80\x81 plain", "A clean text.".encode("utf-16")]
)
def test_what_says_nothing_identifies_nobody(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    assert json.loads(printed(monkeypatch, data, "--json")) == {"identifying": False, "findings": []}


def test_the_report_is_in_the_language_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    report = printed(monkeypatch, "Nous avons écouté la victime.\nElle s'appelle Awa Sarr.".encode()).decode()
    assert report.startswith("Veuillez regarder ces passages.")
    assert "   2  Awa Sarr  (le nom d’une personne)" in report
    clean = printed(monkeypatch, b"Three phases, five areas.", "--lang", "pt").decode()
    assert clean.startswith("Nada foi encontrado")
