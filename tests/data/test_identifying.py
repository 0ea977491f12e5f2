"""Of what may be done so many times a day, all processes count together, and never more than there is."""

from datetime import timedelta

import pytest

import data.identifying as module
from data.database import Database
from data.identifying import Budget, SpentError, spend
from tests.data.conftest import NOW

DAY = timedelta(days=1)


async def spent(db: Database, left: int | None, *, after: float = 0.0) -> timedelta | None:
    """How long there is to wait for one, None where one is counted."""
    told = None if left is None else Budget(left, DAY)
    try:
        async with db.begin() as session:
            await spend(session, "test", told, now=NOW + timedelta(seconds=after))
    except SpentError as error:
        return error.wait
    return None


async def test_what_was_granted_counts_before_the_other_side_counts_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await spent(database, None) is None, "nothing is known: nothing is refused"
    for _ in range(2):
        # The other side still says two each time.
        assert await spent(database, 2) is None
    for told in (2, None, 5):
        wait = await spent(database, told)
        assert wait is not None
        assert timedelta(hours=23) < wait <= DAY
    # By now all that was granted is known there.
    later = module.SETTLED + 1
    monkeypatch.setattr(module, "SETTLED", 0.0 if database.dialect == "postgresql" else module.SETTLED)
    assert await spent(database, 1, after=later) is None
    assert await spent(database, None, after=later) is not None
    assert await spent(database, 0, after=2 * later) is not None
    if database.dialect == "sqlite":
        assert await spent(database, None, after=3 * DAY.total_seconds()) is None, "another day"
