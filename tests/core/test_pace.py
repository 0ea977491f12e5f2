"""Pauses: before a session is begun anew, and while Discord is away."""

from datetime import UTC, datetime, timedelta

from bot.delivery.outage import Outage
from bot.pace import REMEMBERED, Allowance, Pace, Turns

NOW = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_two_hours_without_a_session_stay_far_below_what_discord_allows() -> None:
    now = 0.0
    pace = Pace(lambda: now)
    tries = 0
    while now < 7200:
        now += pace.pause(0)
        tries += 1
    assert tries <= 50


def test_shards_do_not_slow_each_other_down_and_an_hour_is_forgotten() -> None:
    now = 0.0
    pace = Pace(lambda: now)
    assert [pace.pause(shard) for shard in range(5)] == [5.0] * 5
    assert [pace.pause(0) for _ in range(5)] == [5.0, 5.0, 10.0, 20.0, 40.0]
    now = 3601.0
    assert pace.pause(0) == 5.0


def test_pauses_grow_to_a_quarter_of_a_minute() -> None:
    outage, now, pauses = Outage(), NOW, list[float]()
    for _ in range(6):
        outage.unanswered(now)
        outage.unanswered(now)
        left = outage.left(now)
        assert left is not None
        pauses.append(left.total_seconds())
        now += left
        assert outage.left(now) is None
        assert outage.lasts
    assert pauses == [1, 2, 4, 8, 15, 15]
    outage.answered()
    assert not outage.lasts


def test_hours_are_waited_out_more_patiently() -> None:
    outage, now = Outage(), NOW
    for _ in range(100):
        outage.unanswered(now)
        now += outage.left(now) or SECOND
    assert outage.pause() == timedelta(seconds=60)


def test_a_clock_that_was_set_back_ends_a_pause() -> None:
    outage = Outage()
    outage.told_to_wait(NOW, 30 * SECOND)
    assert outage.left(NOW + 10 * SECOND) == 20 * SECOND
    assert outage.left(NOW - timedelta(hours=1)) is None


def test_the_longer_wait_holds() -> None:
    outage = Outage()
    outage.told_to_wait(NOW, 30 * SECOND)
    outage.told_to_wait(NOW + SECOND, 5 * SECOND)
    assert outage.left(NOW + SECOND) == 29 * SECOND


def test_in_no_second_are_there_more_requests_than_discord_allows() -> None:
    """Nine seconds in ten all are sent in bulk, then some come in a burst."""
    now, sent = 0.0, list[float]()
    turns = Turns(lambda: now)
    while now < 60:
        now += turns.wait(bulk=int(now) % 10 != 9) + 0.001
        turns.take()
        sent.append(now)
    assert all(later - earlier > 1.0 for earlier, later in zip(sent, sent[50:], strict=False))
    assert len(sent) / now > 0.95 * 50


def test_what_somebody_waits_for_goes_before_what_is_sent_in_bulk() -> None:
    now = 0.0
    turns = Turns(lambda: now)
    for _ in range(500):
        now += turns.wait(bulk=True)
        turns.take()
    assert turns.wait(bulk=True) > 0
    assert turns.wait(bulk=False) == 0


def test_one_member_who_never_stops_is_kept_to_what_anybody_types_and_the_others_are_not() -> None:
    """A thousand commands in a minute."""
    now = 0.0
    allowance = Allowance(lambda: now)
    served, others = list[float](), 0
    for number in range(1000):
        now = number * 0.06
        served += [now] if allowance.take(1) else []
        if number % 10 == 0:
            others += allowance.take(2 + number % 50)
    assert served[:30] == [number * 0.06 for number in range(30)], "who asks much for once is not held up"
    assert 85 <= len(served) <= 91
    assert others == 100
    now += 30
    assert all(allowance.take(1) for _ in range(30)), "after a rest all is as before"
    for user in range(5000):
        now += 1
        assert allowance.take(user)
    assert len(allowance._whole_at) <= REMEMBERED
