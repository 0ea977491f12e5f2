"""What is planned for people's own reminders and for hosts, and whom a webinar concerns, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data.communities import Community, set_preference
from data.database import Database
from data.deliveries import PENDING, SKIPPED, Delivery, list_for_subject
from data.members import Profile, decide, submit_member
from data.seeding import ensure_seeded
from data.wall_time import Moment
from data.webinars import HOST_ALERT, HOST_CHECK, PERSONAL_REMINDER, REMINDER, Webinar, cancel, edit, get
from data.webinars.concerned import Place, others_between, places_concerned
from data.webinars.hosting import (
    HELP,
    READY,
    SILENCE,
    host_answer,
    note_host_answer,
    plan_host_alert,
)
from data.webinars.records import FOR_AREAS, as_new
from data.webinars.reminding import (
    add_reminder,
    later_is_due,
    personal_reminders,
    remind_now,
    set_personal_reminders,
    stop_personal_reminders,
    take_undelivered,
    wants_reminder,
)
from tests.webinars.test_remembered import (
    AWA,
    BEA,
    DAY,
    MODERATOR,
    NOW,
    STARTS,
    answer,
    community,
    new,
    planned,
    publish,
)

__all__ = ["community"]

HOUR = timedelta(hours=1)


async def choose(database: Database, community: Community, user_id: int, *hours: int, maybe: bool = False) -> None:
    """Wish to be reminded, so many hours before the start."""
    async with database.begin() as session:
        offsets = [3600 * each for each in hours]
        await set_personal_reminders(
            session, community.id, user_id, offsets=offsets, maybe=maybe, language="fr", now=NOW
        )


async def own(database: Database, webinar: Webinar, state: str = PENDING) -> list[tuple[str, timedelta]]:
    """To whom a webinar's own reminders go, and how long before the start."""
    rows = await planned(database, webinar)
    found = [row for row in rows if row.kind == PERSONAL_REMINDER and row.state == state]
    return [(row.target, webinar.starts_at - row.due_at) for row in found]


async def test_own_reminders_follow_answers_wishes_hours_and_cancellations(
    database: Database, community: Community
) -> None:
    made = await publish(database, community)
    await choose(database, community, AWA, 24, 2)
    await choose(database, community, BEA, 3, maybe=True)
    assert await own(database, made) == []
    await answer(database, made, AWA, "going")
    await answer(database, made, BEA, "maybe")
    all_of_them = [(f"user:{AWA}", DAY), (f"user:{BEA}", 3 * HOUR), (f"user:{AWA}", 2 * HOUR)]
    assert await own(database, made) == all_of_them
    # Another wish replaces the first; another answer takes all away, and brings all back.
    await choose(database, community, AWA, 5)
    assert await own(database, made) == [(f"user:{AWA}", 5 * HOUR), (f"user:{BEA}", 3 * HOUR)]
    await answer(database, made, AWA, "cannot")
    assert await own(database, made) == [(f"user:{BEA}", 3 * HOUR)]
    await answer(database, made, AWA, "maybe")
    assert await own(database, made) == [(f"user:{BEA}", 3 * HOUR)]
    await answer(database, made, AWA, "going")
    async with database.begin() as session:
        moved = replace(new(), moment=Moment.at(STARTS + 2 * DAY, "UTC"))
        done = await edit(session, community, made.id, moved, version=1, by=MODERATOR, now=NOW + DAY)
    assert done is not None
    assert await own(database, done.webinar) == [(f"user:{AWA}", 5 * HOUR), (f"user:{BEA}", 3 * HOUR)]
    async with database.begin() as session:
        assert await stop_personal_reminders(session, community.id, BEA, NOW, undelivered=True)
        assert not await stop_personal_reminders(session, community.id, BEA, NOW)
    assert await own(database, done.webinar) == [(f"user:{AWA}", 5 * HOUR)]
    async with database.begin() as session:
        assert [await take_undelivered(session, community.id, BEA) for _ in range(2)] == [True, False]
        kept = await personal_reminders(session, community.id, BEA)
        assert kept is not None
        assert (kept.offsets, kept.maybe, kept.active, kept.language) == ((3 * 3600,), True, False, "fr")
        assert await wants_reminder(session, done.webinar, AWA)
        assert not await wants_reminder(session, done.webinar, BEA)
        await cancel(session, community.id, made.id, version=2, reason="", by=MODERATOR, now=NOW + DAY)
    assert await own(database, done.webinar) == []
    assert len(await own(database, done.webinar, SKIPPED)) == 6


@pytest.mark.parametrize("offsets", [(), (-60,), range(60, 600, 60)])
async def test_wishes_that_cannot_be_are_refused(database: Database, community: Community, offsets: range) -> None:
    async with database.begin() as session:
        with pytest.raises(ValueError, match="one to eight reminders"):
            await set_personal_reminders(
                session, community.id, AWA, offsets=offsets, maybe=False, language="en", now=NOW
            )


async def test_one_more_reminder_now_goes_out_once_and_one_at_an_offset_moves_with_the_webinar(
    database: Database, community: Community
) -> None:
    made = await publish(database, community)
    async with database.begin() as session:
        for _ in range(2):
            await remind_now(session, made, asked_at=NOW, by=MODERATOR, now=NOW)
        more = await add_reminder(session, community, made.id, 7200, version=1, by=MODERATOR, now=NOW)
        assert await add_reminder(session, community, made.id, 7200, version=1, by=MODERATOR, now=NOW) is None
    assert more is not None
    assert more.reminder_offsets == (604_800, 86_400, 7_200, 3_600, 0)
    rows = [row for row in await planned(database, made) if row.kind == REMINDER]
    assert [row.occurrence.partition(":")[0] for row in rows] == ["now", "604800", "86400", "7200", "3600", "0"]
    async with database.begin() as session:
        moved = as_new(more, moment=Moment.at(STARTS + DAY, "UTC"))
        done = await edit(session, community, made.id, moved, version=2, by=MODERATOR, now=NOW)
    assert done is not None
    ahead = [row for row in await planned(database, made) if row.kind == REMINDER and row.state == PENDING]
    assert [STARTS + DAY - row.due_at for row in ahead] == [7 * DAY, DAY, 2 * HOUR, HOUR, 0 * HOUR]
    async with database.read() as session:
        dues = [await later_is_due(session, row, STARTS + HOUR) for row in ahead]
    assert dues == [True, False, False, False, False]


async def asked(database: Database, webinar: Webinar) -> list[Delivery]:
    """What is planned to the host and about them."""
    async with database.read() as session:
        rows = await list_for_subject(session, webinar.community_id, webinar.subject)
    return [row for row in rows if row.kind in (HOST_CHECK, HOST_ALERT)]


async def test_the_host_is_asked_for_each_hour_and_silence_or_help_alerts_others(
    database: Database, community: Community
) -> None:
    made = await publish(database, community, replace(new(), host_id=AWA, co_host_id=BEA))
    [question] = await asked(database, made)
    assert (question.target, question.due_at, question.expires_at) == (f"user:{AWA}", STARTS - HOUR, STARTS)
    async with database.begin() as session:
        await plan_host_alert(session, made, SILENCE, STARTS - HOUR)
        await plan_host_alert(session, made, SILENCE, STARTS - 10 * HOUR / 60)
    silence = [row for row in await asked(database, made) if row.kind == HOST_ALERT]
    # The last of the two moves the first: late as it was, the co-host has five minutes.
    assert [(row.target, STARTS - row.due_at) for row in silence] == [(f"user:{BEA}", timedelta(minutes=5))]
    async with database.begin() as session:
        await note_host_answer(session, made, HELP, by=AWA, now=STARTS - HOUR)
        said = await host_answer(session, made)
    assert said is not None
    assert (said.user_id, said.answer) == (AWA, HELP)
    states = [(row.details.get("why"), row.state) for row in await asked(database, made) if row.kind == HOST_ALERT]
    assert sorted(states) == [("help", PENDING), ("silence", SKIPPED)]
    async with database.begin() as session:
        await note_host_answer(session, made, READY, by=BEA, now=STARTS - HOUR)
    assert {row.state for row in await asked(database, made)} == {SKIPPED}
    # At another hour nothing was said yet.
    async with database.begin() as session:
        moved = as_new(made, moment=Moment.at(STARTS + DAY, "UTC"))
        done = await edit(session, community, made.id, moved, version=1, by=MODERATOR, now=NOW)
        assert done is not None
        assert await host_answer(session, done.webinar) is None
    assert [row.due_at for row in await asked(database, made) if row.state == PENDING] == [STARTS + DAY - HOUR]
    # Within the hour another host is asked at once.
    async with database.begin() as session:
        now = STARTS + DAY - HOUR / 2
        other = as_new(done.webinar, host_id=BEA, co_host_id=None)
        await edit(session, community, made.id, other, version=2, by=MODERATOR, now=now)
    [at_once] = [row for row in await asked(database, made) if row.state == PENDING]
    assert (at_once.target, at_once.due_at) == (f"user:{BEA}", now)


async def test_places_are_those_of_the_members_concerned_else_of_the_network(
    database: Database, community: Community
) -> None:
    await ensure_seeded(database)
    made = await publish(database, community)
    async with database.begin() as session:
        network = await places_concerned(session, community.id, made)
        assert len(network) == 20
        assert {Place("Europe/Paris", "FR"), Place("America/Manaus", "BR")} < set(network)
        for user_id, country, areas in ((AWA, "SN", ("budgeting",)), (BEA, "AU", ("capacity",))):
            profile = Profile(
                name="Somebody",
                country=country,
                organisation_kind="police",
                organisation="Police",
                role="Officer",
                languages=("en",),
                key_areas=areas,
                offers="",
                seeks="",
                language="en",
                directory=False,
            )
            member = await submit_member(session, community.id, user_id, profile, notice_version="1", now=NOW)
            await decide(session, member, approved=True, by=1, now=NOW)
        assert await places_concerned(session, community.id, made) == [
            Place("Australia/Sydney", "AU"),
            Place("Africa/Dakar", "SN"),
        ]
        await set_preference(session, community.id, BEA, zone="Europe/Vienna")
        for_areas = replace(new(), audience=FOR_AREAS, audience_areas=("capacity",))
        assert await places_concerned(session, community.id, for_areas) == [Place("Europe/Vienna", "AT")]


async def test_what_else_is_on_is_found_by_its_hours(database: Database, community: Community) -> None:
    made = await publish(database, community)
    long = await publish(
        database, community, replace(new("Long"), moment=Moment.at(STARTS - 5 * HOUR, "UTC"), minutes=320)
    )
    await publish(database, community, new("Next day", STARTS + DAY))
    async with database.read() as session:
        found = await others_between(session, community.id, STARTS, STARTS + HOUR)
        rest = await others_between(session, community.id, STARTS, STARTS + HOUR, but=made.id)
        assert await get(session, community.id, made.id) == made
    assert [each.id for each in found] == [long.id, made.id]
    assert [each.id for each in rest] == [long.id]
