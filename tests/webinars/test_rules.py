"""What a moderator may announce, and what they are warned of."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.errors import Refusal
from cogs.webinars.rules import (
    Caution,
    cautions,
    digest,
    is_late,
    propose,
    read_link,
    read_minutes,
    read_zone,
)
from data.webinars import plan_reminders

NOW = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
TYPED = {
    "title": "Budgets that count",
    "when": "20 January 2027 15:00",
    "description": "What they pay for.",
    "speakers": "",
    "link": "",
    "zone": "Africa/Dakar",
}


def read(**typed: Any) -> Any:
    return propose({**TYPED, **typed}, "en", "UTC", NOW)


def test_a_draft_becomes_a_webinar() -> None:
    new = read(minutes="90", area="budgeting", notify="yes", link=" HTTPS://meet.example/a?b=1 ")
    assert new.moment.instant == datetime(2027, 1, 20, 15, tzinfo=UTC)
    assert (new.minutes, new.key_areas, new.notify, new.link) == (
        90,
        ("budgeting",),
        True,
        "https://meet.example/a?b=1",
    )
    assert read().minutes == 60
    assert (read(area="none").key_areas, read(area="nonsense").key_areas) == ((), ())


def test_what_cannot_be_seen_is_taken_out() -> None:
    new = read(title="  Bud\u200bgets\n\u202ethat  count ", description="One\r\n\r\n\r\n\r\ntwo\u2066")
    assert new.title == "Budgets that count"
    assert new.description == "One\n\ntwo"


@pytest.mark.parametrize(
    "typed",
    [
        {"title": ""},
        {"title": " \u200b\u202e "},
        {"title": "x" * 101},
        {"description": ""},
        {"description": "x" * 1501},
        {"speakers": "x" * 301},
        {"when": "x" * 101},
        {"when": "20 January 2033 15:00"},
        {"zone": "Nowhere"},
        {"minutes": "0"},
        {"minutes": "-5"},
        {"minutes": "1441"},
        {"minutes": "٦٠"},
        {"minutes": "one hour"},
    ],
)
def test_what_cannot_be_announced_is_refused(typed: dict[str, str]) -> None:
    with pytest.raises(Refusal):
        read(**typed)


@pytest.mark.parametrize(
    "link",
    [
        "http://meet.example/abc",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,hi",
        "meet.example/abc",
        "https://meet.example/a b",
        "https://user:password@meet.example/",
        "https://meet.example/<b>",
        "https://x",
        "https://meet.example/" + "x" * 500,
        "[click](https://meet.example/abc)",
    ],
)
def test_a_link_is_https_and_nothing_else(link: str) -> None:
    with pytest.raises(Refusal):
        read_link(link, ())


def test_a_link_that_everyone_would_see_is_refused() -> None:
    link = "https://meet.example/Secret"
    with pytest.raises(Refusal, match="everyone sees"):
        read(link=link, description="Join at https://MEET.example/secret")
    with pytest.raises(Refusal, match="everyone sees"):
        read(link=link, title=f"Come to {link}")


def test_a_preview_is_good_for_what_it_showed_only() -> None:
    assert digest(read()) == digest(read())
    different = [
        read(title="Other"),
        read(zone="Europe/Paris"),
        read(minutes="90"),
        read(notify="yes"),
        read(link="https://a.example"),
    ]
    assert len({digest(new) for new in [read(), *different]}) == 6


def test_a_zone_that_is_not_given_is_none() -> None:
    assert read_zone("") is None
    assert read_zone(None) is None
    assert read_minutes(None) == 60


def warned(planned: int = 4, **typed: Any) -> list[Caution]:
    return cautions(read(link="https://a.example", **typed), planned, NOW)


def test_a_moderator_is_warned_of_what_is_easily_overlooked() -> None:
    assert warned() == []
    assert warned(when="12 January 2027 09:30") == [Caution.SOON]
    assert warned(when="18 January 2028 15:00") == [Caution.FAR]
    assert warned(0) == [Caution.NO_REMINDER]
    # Who wants none is not warned that there is none.
    assert warned(0, reminders="none") == []
    assert cautions(read(), 1, NOW) == [Caution.NO_LINK]


def test_a_message_is_late_after_five_minutes() -> None:
    assert not is_late(NOW, NOW + timedelta(minutes=5))
    assert is_late(NOW, NOW + timedelta(minutes=6))


def test_reminders_that_would_be_in_the_past_are_not_planned() -> None:
    starts = NOW + timedelta(hours=2)
    planned = plan_reminders(starts, 60, (604_800, 86_400, 3600, 0, 3600), NOW)
    assert [reminder.offset for reminder in planned] == [3600, 0]
    assert [reminder.due_at for reminder in planned] == [starts - timedelta(hours=1), starts]
    # One is of use until the next is due; the last until half the webinar is over.
    assert [reminder.expires_at for reminder in planned] == [starts, starts + timedelta(minutes=30)]
    assert plan_reminders(starts, 60, (), NOW) == ()
    assert plan_reminders(NOW, 60, (0,), NOW) == ()
