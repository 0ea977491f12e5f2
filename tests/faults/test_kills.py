"""`kill -9` at any moment: nothing is lost and nothing doubled, on either database."""

import pytest

from tests.faults import KILLS, Figures
from tests.faults.kills import MOMENTS, Kills
from tests.wire.scene import Scene

# After the window is the harder of the two: Discord has forgotten what it got.
WINDOWS = {"in-the-window": False, "after-the-window": True} if KILLS else {"after-the-window": True}


@pytest.mark.parametrize("forgetful", WINDOWS.values(), ids=WINDOWS.keys())
async def test_killed_at_random(deadly: Scene, forgetful: bool, figures: Figures) -> None:
    kills = Kills(deadly, seed=1, forgetful=forgetful)
    for _ in range(KILLS or 4):
        await kills.at_random()
    figures(f"{deadly.database_url.partition(':')[0]}: {await kills.end()}")


async def test_killed_at_each_named_moment(deadly: Scene, figures: Figures) -> None:
    for forgetful in (False, True) if KILLS else (True,):
        kills = Kills(deadly, seed=2, forgetful=forgetful)
        for moment in MOMENTS:
            for _ in range(max(KILLS // 2, 1)):
                await kills.at(moment)
        figures(f"{deadly.database_url.partition(':')[0]}: {await kills.end()}")
        assert deadly.bot is not None
        await deadly.bot.kill()


async def test_killed_while_webinars_are_announced_and_reminded_of(deadly: Scene, figures: Figures) -> None:
    kills = Kills(deadly, seed=3, forgetful=True, webinars=True)
    for _ in range(KILLS or 2):
        await kills.at_random()
    figures(f"{deadly.database_url.partition(':')[0]}: webinars, {await kills.end()}")
