"""The log: every action has a name, none is written that has none, and it is read by indexes however long it is."""

import re
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.languages import texts
from cogs.audit import words
from data.audit import ACTIONS, list_entries, record
from data.communities import Community
from data.database import Database
from tests.data.conftest import NOW

LITERAL = re.compile(r"""action="([a-z_.]+)" """.strip())

EXPLAIN = "EXPLAIN QUERY PLAN SELECT * FROM audit_entry WHERE community_id = 1"
PLANS = (
    EXPLAIN + " AND actor = 'x' ORDER BY at DESC LIMIT 13",
    EXPLAIN + " AND action = 'x' ORDER BY at DESC LIMIT 13",
    EXPLAIN + " AND object_kind = 'x' AND object_id = '1' ORDER BY at DESC LIMIT 13",
)


def test_every_action_has_a_name_in_each_language() -> None:
    assert set(words.ACTIONS) == ACTIONS
    for language in ("fr", "es", "pt"):
        t = texts(language)
        shown = [words.action_name(t, action) for action in sorted(ACTIONS)]
        assert not set(shown) & (ACTIONS | set(words.ACTIONS.values()))
        assert len(set(shown)) == len(shown), "two actions cannot be told apart"


def test_every_action_that_is_written_is_known() -> None:
    files = [file for folder in ("data", "cogs") for file in Path(folder).rglob("*.py")]
    written = {found for file in files for found in LITERAL.findall(file.read_text()) if "." in found}
    assert len(written) > 10
    assert written <= ACTIONS


async def test_an_unknown_action_is_refused(database: Database, community: Community) -> None:
    async with database.begin() as session:
        with pytest.raises(ValueError, match="no such action"):
            await record(
                session,
                community_id=community.id,
                at=NOW,
                actor_id=1,
                action="webinar.burn",
                object_kind="webinar",
                object_id=1,
            )


async def test_a_long_log_is_read_by_its_indexes(database: Database, community: Community) -> None:
    many = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
        "INSERT INTO audit_entry (community_id, at, actor, action, object_kind, object_id, details) "
        "SELECT {community}, '2027-01-01 00:00:00+00:00', 'other', 'webinar.edit', 'webinar', '1', '{{}}' FROM n"
    )
    async with database.begin() as session:
        await session.execute(text(many.format(community=community.id).replace(":", "\\:")))
        await record(
            session,
            community_id=community.id,
            at=NOW,
            actor_id=7,
            action="webinar.cancel",
            object_kind="webinar",
            object_id=1,
        )
    async with database.read() as session:
        [mine] = await list_entries(session, community.id, actor_id=7)
        [cancelled] = await list_entries(session, community.id, action="webinar.cancel")
        assert mine == cancelled
        if session.get_bind().dialect.name == "sqlite":
            for query in PLANS:
                plan = " ".join(str(tuple(row)) for row in await session.execute(text(query)))
                assert "SEARCH" in plan
                assert "TEMP B-TREE" not in plan, plan
