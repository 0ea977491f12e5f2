"""`convenor check-text`, in a process of its own, where nothing was set up."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def check_text(home: Path, data: bytes, *arguments: str, **environ: str) -> bytes:
    """What it prints; it must end well and say nothing else."""
    bare = {name: value for name, value in os.environ.items() if name == "PATH"}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "check-text", *arguments],
        env=bare | {"HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2]), "LC_ALL": "C"} | environ,
        cwd=home,
        input=data,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


def test_findings_are_one_json_object_with_places_in_the_text_as_it_was_given(tmp_path: Path) -> None:
    text = "\ufeffÀ lire.\r\nLa víctima, Rosario Quispe, vive en Jr. Lampa 345, Puno. 😀 Llámenla al +51 951 222 333."
    found = json.loads(check_text(tmp_path, text.encode(), "--json", DATABASE_URL="nonsense://"))
    assert set(found) == {"identifying", "findings"}
    assert found["identifying"] is True
    assert [one["type"] for one in found["findings"]] == ["name", "address", "phone"]
    for one in found["findings"]:
        assert set(one) == {"type", "start", "end", "text", "suggestion"}
        assert text[one["start"] : one["end"]] == one["text"]
    assert list(tmp_path.iterdir()) == [], "nothing is kept"


@pytest.mark.parametrize(
    "data", [b"", b" \n\t", b"\xff\xfe", b"\xc3\x28 \x80\x81 plain", "A clean text.".encode("utf-16")]
)
def test_what_says_nothing_identifies_nobody(tmp_path: Path, data: bytes) -> None:
    assert json.loads(check_text(tmp_path, data, "--json")) == {"identifying": False, "findings": []}


def test_the_report_is_in_the_language_of_the_text(tmp_path: Path) -> None:
    report = check_text(tmp_path, "Nous avons écouté la victime.\nElle s'appelle Awa Sarr.".encode()).decode()
    assert report.startswith("Veuillez regarder ces passages.")
    assert "   2  Awa Sarr  (le nom d’une personne)" in report
    assert check_text(tmp_path, b"Three phases, five areas.", "--lang", "pt").decode().startswith("Nada foi encontrado")
