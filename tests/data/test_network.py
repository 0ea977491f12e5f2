"""What is said about the Network, as cogs get it."""

import pytest

from data.countries import region_name
from data.database import Database
from data.languages import LANGUAGES
from data.network import (
    get_key_area,
    get_network,
    get_network_member,
    list_facts,
    list_key_areas,
    list_network_members,
)
from data.wording import Wording


async def test_the_network_at_a_glance(database: Database) -> None:
    async with database.read() as session:
        network = await get_network(session)
    assert network.co_chairs == ("CL", "NL", "SN")
    assert network.email == "grpsecretariat@unwomen.org"
    assert network.secretariat is not None
    assert network.secretariat.title.text("fr") == "ONU Femmes"
    assert network.launch.date == "2024-06-26"
    assert network.first_meeting.date is None
    assert "NO" in network.first_meeting.presented
    assert [fact.id for fact in network.objectives] == ["implement", "exchange", "partner"]
    assert len(network.activities) == 5
    assert [fact.id for fact in network.commitments] == ["strong-commitment", "call-to-join"]
    wordings = [
        network.name,
        network.motto,
        network.email_note,
        network.representation,
        network.who_can_join,
        network.launch.event,
        network.first_meeting.date_note,
        network.source,
        *(fact.title for fact in (*network.objectives, *network.activities, *network.advisory_members)),
    ]
    for wording in wordings:
        assert all(wording.by_language.get(language) for language in LANGUAGES)


async def test_nothing_is_said_of_the_network_before_it_is_loaded(empty_url: str) -> None:
    async with Database.open(empty_url) as database, database.read() as session:
        with pytest.raises(LookupError):
            await get_network(session)


async def test_key_areas_in_their_order(database: Database) -> None:
    async with database.read() as session:
        areas = await list_key_areas(session)
        assert [area.id for area in areas] == [
            "institutional-change",
            "prevention-investigation",
            "budgeting",
            "capacity",
            "leadership",
        ]
        assert await get_key_area(session, "budgeting") == areas[2]
        assert await get_key_area(session, "' OR 1=1 --") is None
    assert areas[0].name.text("fr") == "Changement institutionnel"
    assert areas[0].name.text("de") == areas[0].name.text("en")


async def test_members_co_chairs_first(database: Database) -> None:
    async with database.read() as session:
        members = await list_network_members(session)
        assert await get_network_member(session, "se") == await get_network_member(session, "SE")
        assert await get_network_member(session, "DE") is None
        spain = await get_network_member(session, "ES")
    assert [member.country for member in members[:4]] == ["CL", "NL", "SN", "AL"]
    assert len(members) == 19
    assert spain is not None
    assert spain.main_zones == ("Europe/Madrid",)
    assert spain.zones == ("Europe/Madrid", "Africa/Ceuta", "Atlantic/Canary")
    assert spain.intermediate_region is None
    for member in members:
        for code in (member.region, member.subregion, member.intermediate_region):
            assert code is None or not region_name(code, "pt").isdigit()


async def test_concerns_point_to_the_view_in_which_they_were_voiced(database: Database) -> None:
    async with database.read() as session:
        concerns = await list_facts(session, "concern")
        challenges = await list_facts(session, "challenge")
    assert concerns[0].details["position"] == "fr-online-violence"
    assert concerns[0].details["country"] == "FR"
    assert challenges
    assert all(fact.body and fact.details["key_area"] for fact in challenges)


def test_a_wording_falls_back() -> None:
    assert Wording({"en": "a", "fr": "b"}).text("fr") == "b"
    assert Wording({"en": "a", "fr": ""}).text("fr") == "a"
    assert Wording({"es": "c"}).text("fr") == "c"
    assert Wording({}).text("fr") == ""
    assert not Wording({})
    assert not Wording({"en": ""})
    assert Wording({"es": "c"})
