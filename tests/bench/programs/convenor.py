"""Convenor as `convenor run` starts it, which does two more things when told.

`plan <count>` plans messages. `limit` has it limit how much one member asks, as it always does but here: nearly all
that is measured is asked by one person.
"""

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from bot import pace
from bot.__main__ import main
from tests.bench.programs import probe

if TYPE_CHECKING:
    from bot.app import Convenor

# Until then all that planning costs is over.
SOON = timedelta(seconds=3)
AT_ONCE, UNLIMITED = pace.COMMANDS_AT_ONCE, 1_000_000


async def plan(bot: "Convenor", count: int) -> None:
    """Plan so many messages, as short as those that are sent without a plan, to all channels in turn, and say so."""
    # Not before: it would be in the other figures.
    from data.deliveries import plan as plan_one
    from tests.wire import notice

    notice.register(bot)
    guild, now = bot.guilds[0], bot.clock()
    community = await bot.know(guild)
    async with bot.db.begin() as session:
        for number in range(count):
            channel = guild.text_channels[number % len(guild.text_channels)]
            await plan_one(
                session,
                community_id=community.id,
                kind=notice.KIND,
                subject=f"bench:{now.timestamp()}",
                occurrence=str(number),
                target=f"channel:{channel.id}",
                due_at=now + SOON,
                now=now,
            )
    probe.say("planned")


async def limit(_bot: "Convenor", _count: int) -> None:
    """Limit how much one member asks from now on, and say so."""
    pace.COMMANDS_AT_ONCE = AT_ONCE
    probe.say("limited")


if __name__ == "__main__":
    probe.ORDERS |= {"plan": plan, "limit": limit}
    pace.COMMANDS_AT_ONCE = UNLIMITED
    probe.install()
    sys.argv[1:] = ["run"]
    sys.exit(main())
