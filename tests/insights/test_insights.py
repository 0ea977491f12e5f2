"""`/insights`: right numbers of one community, none that tells of few, as pictures and as a file."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from PIL import Image
from sqlalchemy import insert

from bot.demo.world import Persona, World
from cogs.insights.periods import period_of
from data.insights import OTHERS, gather, grouped, parts, summed
from data.models import (
    AttendanceRow,
    LookupRow,
    MemberKeyAreaRow,
    MemberRow,
    PeerOfferRow,
    PeerRequestRow,
    RsvpRow,
    WebinarRow,
)
from tests.act import reply
from tests.neighbours import bot_of
from tests.webinars.acting import moderator

NOW = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
LANGUAGES = {"en-GB": "Members", "fr": "Membres", "es-ES": "Miembros", "pt-BR": "Membros"}
FEW = {"en-GB": "under 5", "fr": "moins de 5", "es-ES": "menos de 5", "pt-BR": "menos de 5"}


@pytest.mark.parametrize(
    "counts, shown",
    [
        ({"SN": 9, "CL": 5}, {"SN": 9, "CL": 5}),
        ({"SN": 9, "CL": 6, "FI": 3, "AL": 2}, {"SN": 9, "CL": 6, OTHERS: 5}),
        # What is left of a known sum would tell of two people: another country goes with them.
        ({"SN": 9, "CL": 6, "FI": 2}, {"SN": 9, OTHERS: 8}),
        ({"SN": 9, OTHERS: 1}, {OTHERS: 10}),
        ({"SN": 2, "CL": 2}, {}),
        ({f"C{number:02}": 5 for number in range(14)}, {f"C{number:02}": 5 for number in range(12)} | {OTHERS: 10}),
    ],
)
def test_no_country_tells_of_few_people(counts: dict[str, int], shown: dict[str, int]) -> None:
    assert grouped(counts) == shown


def test_no_part_tells_what_is_left_of_the_whole() -> None:
    assert parts(5, 12) == (5, 12)
    assert parts(10, 12) == (None, 12)
    assert parts(3, 12) == (None, 12)
    assert parts(12, 12) == (12, 12)
    assert parts(0, 3) == (None, None)


def test_periods_are_those_of_the_communitys_calendar() -> None:
    zone = "America/Santiago"
    days = period_of("last-quarter", NOW, zone)
    assert (days.since, days.until) == (datetime(2026, 10, 1, 3, tzinfo=UTC), datetime(2027, 1, 1, 3, tzinfo=UTC))
    # New Year has come in London, and not in Santiago.
    assert period_of("this-year", datetime(2027, 1, 1, 1, tzinfo=UTC), zone).since.year == 2026
    assert period_of("this-month", NOW, "UTC").until == NOW


async def fill(world: World, community: int, countries: dict[str, int], start: int) -> None:
    """Members, a webinar, lookups and questions of a community."""
    async with bot_of(world).db.begin() as session:
        number = start
        for country, many in countries.items():
            for _ in range(many):
                number += 1
                row = MemberRow(
                    community_id=community,
                    user_id=number,
                    state="approved",
                    name=f"Person {number}",
                    country=country,
                    organisation_kind="police",
                    organisation="",
                    role="",
                    languages=["fr"],
                    offers="",
                    seeks="",
                    language="fr",
                    submitted_at=NOW,
                    decided_at=NOW - timedelta(days=2 if country == "SN" else 400),
                )
                session.add(row)
                await session.flush()
                session.add(MemberKeyAreaRow(member_id=row.id, key_area="budgeting"))
        webinar = WebinarRow(
            community_id=community,
            state="scheduled",
            title="Confiance après la violence",
            description="",
            speakers="",
            wall_time=datetime(2027, 1, 5, 10, 0),  # noqa: DTZ001 - wall time has no zone
            zone="UTC",
            starts_at=NOW - timedelta(days=7),
            minutes=60,
            created_by=1,
            created_at=NOW - timedelta(days=20),
        )
        session.add(webinar)
        await session.flush()
        for user in range(start, start + 9):
            session.add(RsvpRow(webinar_id=webinar.id, user_id=user, answer="going", answered_at=NOW))
        for user in range(start, start + 3):
            session.add(
                AttendanceRow(webinar_id=webinar.id, user_id=user, community_id=community, noted_by=1, noted_at=NOW)
            )
        day = datetime(2027, 1, 4, tzinfo=UTC)
        for words, asked, results in (("bodycam", 6, 0), ("rare words", 2, 0), ("budget", 40, 7)):
            session.add(
                LookupRow(community_id=community, day=day, language="en", words=words, asked=asked, results=results)
            )
        for turn in range(12):
            asked = PeerRequestRow(
                community_id=community,
                user_id=start,
                question="?",
                language="en",
                key_areas=[],
                languages=[],
                state="open",
                created_at=NOW - timedelta(days=1),
            )
            session.add(asked)
            await session.flush()
            state = "offered" if turn < 6 else "asked"
            await session.execute(
                insert(PeerOfferRow).values(
                    community_id=community, request_id=asked.id, user_id=start + 1, state=state, asked_at=NOW
                )
            )


def test_a_sum_gives_away_no_number_that_is_not_shown() -> None:
    assert summed(12, [12], [12]) == 12
    assert summed(15, [12, 3], [12, None]) is None
    assert summed(20, [12, 4, 4], [12, None, None]) == 20, "which of the two had how many stays open"


async def test_moderators_see_the_numbers_of_their_own_community_in_their_language(world: World) -> None:
    await fill(world, world.guild.id, {"SN": 7, "CL": 6, "FI": 2}, 10_000)
    async with bot_of(world).db.begin() as session:
        since, until = NOW - timedelta(days=12), NOW + timedelta(days=1)
        found = await gather(session, world.guild.id, since, until)
        nothing = await gather(session, 1, since, until)
    assert (found.members, found.joined, found.countries) == (15, 7, {"SN": 7, OTHERS: 8})
    assert found.areas == {"budgeting": 15}
    assert (found.held, found.going, found.attended) == (1, 9, None)
    assert (found.lookups, found.found_nothing, found.words) == (48, 8, {"bodycam": 6})
    assert (found.asks, found.unanswered) == (12, 6)
    assert (nothing.members, nothing.held, nothing.lookups, nothing.asks, nothing.words) == (0, 0, 0, 0, {})

    general = world.channel("general")
    for locale, members in LANGUAGES.items():
        person = await moderator(world, Persona(f"moderator-{locale.lower()}", "Mod", locale, "UTC"))
        given = reply(await person.actor.slash(general, "insights", period="this-month"))
        assert given.ephemeral
        *pictures, sheet = given.attachments
        assert [file.filename for file in given.attachments] == [
            *(f"insights-{name}.png" for name in ("members", "webinars", "practices")),
            "insights.xlsx",
        ]
        for picture in pictures:
            drawn = Image.open(io.BytesIO(await picture.read()))
            assert drawn.width == 1000
            # A card of its own: light in either theme, with dark letters.
            assert sum(drawn.convert("RGB").getpixel((2, 2))) > 700  # type: ignore[arg-type]
        said = [str(picture.description) for picture in pictures]
        assert said[0].startswith(members)
        assert FEW[locale] in said[1]
        assert all(len(text) <= 1024 for text in said)
        book: Any = openpyxl.load_workbook(io.BytesIO(await sheet.read())).active
        cells = {str(cell.value) for row in book.iter_rows() for cell in row}
        assert {"bodycam", "15", "7", FEW[locale]} <= cells
        assert not cells & {"rare words", "2"}
    refused = reply(
        await (await world.join(Persona("visitor", "Vera", "en-GB", "UTC"))).actor.slash(
            general, "insights", period="this-month"
        )
    )
    assert refused.content == "This is for the moderators of this community."
