"""The engine that gets every message out once, however often the program or the connection dies.

A row of the table `delivery` is written in the same transaction as its cause. The engine leases what is due, has the
cog that knows the kind write the text from the facts as they are then, notes `sending`, posts with a nonce made from
the row, and notes `sent`. What was left `sending` (the program died, or Discord's answer never came) is looked up in
the channel's history first: the message carries the row's id in a custom_id. What is not there is posted again with
the same nonce, which Discord drops within "the past few minutes" if the first post was only slow to appear.

`kinds.py` is what a cog gives, `engine.py` who does what when, `posting.py` and `finding.py` what is asked of Discord,
`outage.py` how the engine waits while Discord is away, `signing.py` how a direct message says what community it is of.
"""

from bot.delivery.engine import Engine, plan_exposed
from bot.delivery.kinds import ALERT, EXPOSED, Effect, ForumPost, Kind, Lost, NothingToNote, Place, Post, Rendered, Skip
from bot.delivery.signing import signature

__all__ = [
    "ALERT",
    "EXPOSED",
    "Effect",
    "Engine",
    "ForumPost",
    "Kind",
    "Lost",
    "NothingToNote",
    "Place",
    "Post",
    "Rendered",
    "Skip",
    "plan_exposed",
    "signature",
]
