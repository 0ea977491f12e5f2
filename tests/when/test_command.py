"""`convenor when`, as another program uses it: in a process of its own, with a line of JSON whatever was asked."""

import json
from pathlib import Path

import pytest

from tests.core.test_cli import convenor

NOW = "2027-03-10T09:00:00Z"


@pytest.mark.parametrize(
    "language, zone, phrase, answer",
    [
        ("en", "Europe/London", "next Tuesday at 10:00", {"utc": "2027-03-16T10:00:00Z"}),
        ("fr", "Europe/Paris", "mardi prochain à 14h30", {"utc": "2027-03-16T13:30:00Z"}),
        ("es", "America/Santiago", "mañana a las 3 de la tarde", {"utc": "2027-03-11T18:00:00Z"}),
        ("pt", "America/Sao_Paulo", "amanhã às 15h", {"utc": "2027-03-11T18:00:00Z"}),
        ("fr", "Africa/Dakar", "2027-03-14T15:00+02:00", {"utc": "2027-03-14T13:00:00Z"}),
        ("en", "Europe/London", "03/04/2027 10:00", {"error": "ambiguous"}),
        ("fr", "Europe/Paris", "lundi 16 mars 2027 à 10h", {"error": "ambiguous"}),
        ("en", "Europe/Paris", "31 October 2027 02:30", {"error": "ambiguous"}),
        ("en", "Europe/Paris", "28 March 2027 02:30", {"error": "nonexistent"}),
        ("es", "America/Santiago", "ayer a las 10:00", {"error": "past"}),
        ("pt", "America/Sao_Paulo", "amanhã", {"error": "unparseable"}),
        ("en", "UTC", "31 February 2027 10:00", {"error": "unparseable"}),
        ("en", "UTC", "", {"error": "unparseable"}),
        ("en", "UTC", "- 10:00", {"error": "unparseable"}),
        ("en", "UTC", "\u202e🎉" * 2000, {"error": "unparseable"}),
        ("en", "Etc/GMT+3", "tomorrow 10:00", {"utc": "2027-03-11T13:00:00Z"}),
    ],
)
def test_every_case_is_answered_in_json(
    tmp_path: Path, language: str, zone: str, phrase: str, answer: dict[str, str]
) -> None:
    done = convenor(tmp_path, "when", phrase, "--lang", language, "--zone", zone, "--now", NOW, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == answer
    assert done.stdout.count("\n") == 1


def test_now_is_now_and_words_may_stand_apart(tmp_path: Path) -> None:
    done = convenor(tmp_path, "when", "tomorrow", "at", "3", "pm", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["utc"].endswith("T15:00:00Z")
    assert list(tmp_path.iterdir()) == [], "nothing is set up for a question"


def test_people_get_a_line_to_read(tmp_path: Path) -> None:
    asked = ("--zone", "Paris", "--now", NOW)
    done = convenor(tmp_path, "when", "next Tuesday at 10:00", *asked)
    assert done.stdout == "Tuesday 16 March 2027, 10:00 Europe/Paris  (2027-03-16T09:00:00Z)\n"
    done = convenor(tmp_path, "when", "03/04/2027 10:00", *asked)
    assert done.stdout == "ambiguous: 2027-04-03 10:00; 2027-03-04 10:00\n"
    done = convenor(tmp_path, "when", "soon", *asked)
    assert done.stdout == "unparseable\n"


@pytest.mark.parametrize(
    "options, sentence",
    [
        (("--zone", "Middle Earth"), "That time zone is not known."),
        (("--now", "soon"), "Write --now like"),
        (("--now", "9999-12-31T23:59:00-14:00"), "Write --now like"),
    ],
)
def test_wrong_options_are_told(tmp_path: Path, options: tuple[str, ...], sentence: str) -> None:
    done = convenor(tmp_path, "when", "tomorrow at 10:00", *options, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
