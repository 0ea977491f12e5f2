"""`convenor tour`: the bot's story in the terminal. Each step acts as people do, and looks at what Discord shows then.

A step that did not happen says what was expected and what was there, and ends the tour.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.app import create_bot
from bot.demo.acting import Missed
from bot.demo.personas import OWNER
from bot.demo.run import quiet
from bot.demo.sample import SELDOM
from bot.demo.story import exchanges, joining, practices, refusals, series, trust, webinars
from bot.demo.story.checks import START, Story
from bot.demo.world import open_world
from bot.permissions import needed
from bot.settings import Settings

Step = Callable[[Story], Awaitable[str]]
STEPS: tuple[tuple[str, Step], ...] = (
    ("The owner runs /setup", joining.set_up),
    ("A newcomer joins and is welcomed", joining.welcomed),
    ("She fills in the form in French", joining.applied),
    ("A moderator approves her", joining.approved),
    ("She is introduced", joining.introduced),
    ("Two more become members", joining.others),
    ("A focal point vouches", joining.vouched),
    ("/webinar create shows a preview", webinars.previewed),
    ("Published once", webinars.published),
    ("The server has the event", webinars.in_events),
    ("Members answer", webinars.answered),
    ("A place comes free", webinars.offered),
    ("A week before, it reminds", webinars.reminded(webinars.WEEK, 0)),
    ("A day before, it reminds", webinars.reminded(webinars.DAY, 1)),
    ("A reminder of one's own", webinars.reminds_me),
    ("An hour before, it reminds", webinars.reminded(webinars.HOUR, 2)),
    ("The host is asked", webinars.asked_host),
    ("At the start, it reminds", webinars.reminded(webinars.START, 3)),
    ("An old button still works", webinars.old_button),
    ("What follows a webinar", webinars.followed),
    ("Moderators see what went out", webinars.proof),
    ("A practice is written", practices.written),
    ("It is reviewed and published", practices.reviewed),
    ("/lookup finds it in Spanish", practices.found),
    ("/help in Portuguese", practices.helped),
    ("It is read in Spanish", exchanges.in_spanish),
    ("Its author is asked", exchanges.author_asked),
    ("It is tried elsewhere", exchanges.tried),
    ("Peers ask each other", exchanges.peers_asked),
    ("@Convenor answers", exchanges.talked),
    ("Guidance for a new word", exchanges.suggested),
    ("/network and /insights draw it", exchanges.drawn),
    ("/digest tells the week", exchanges.digested),
    ("Another webinar is cancelled", series.cancelled),
    ("It reminds no more", series.reminds_no_more),
    ("A series across a clock change", series.in_series),
    ("/doctor looks at everything", exchanges.examined),
    ("A private report", trust.reported),
    ("/mydata shows and exports", trust.exported),
    ("Forged buttons are refused", refusals.forged),
    ("Members' things are for members", refusals.private),
    ("/mydata erases", trust.erased),
    ("Nothing failed unseen", refusals.no_faults),
)
GREEN, RED = "\033[32m", "\033[31m"


def run() -> int:
    """Tell the story; the exit status."""
    quiet()
    try:
        with tempfile.TemporaryDirectory(prefix="convenor-tour-", ignore_cleanup_errors=True) as folder:
            return asyncio.run(_tell(f"sqlite:///{Path(folder) / 'convenor.db'}"))
    except KeyboardInterrupt:
        print("\nEnded before its end. Nothing was kept.")
        return 130


async def _tell(database_url: str) -> int:
    print("The real bot in a simulated Discord server. Everyone in it is invented; time passes as fast as it can.\n")
    began = time.perf_counter()
    settings = Settings(database_url=database_url, poll_seconds=SELDOM)
    async with open_world(lambda: create_bot(settings), OWNER, now=START, bot_permissions=needed()) as world:
        print(f"{mark(done=True)} {time.perf_counter() - began:4.1f} s  The bot starts on an empty database")
        story = Story(world)
        for number, (title, step) in enumerate(STEPS, 1):
            missed = await _take(title, step, story)
            if missed is not None:
                print(f"\n{title}: this did not happen. The tour ends at step {number} of {len(STEPS)}.")
                return 1
    print(f"\n{len(STEPS)} steps in {time.perf_counter() - began:.0f} seconds. All of it happened; nothing was kept.")
    return 0


async def _take(title: str, step: Step, story: Story) -> Missed | None:
    """Take a step and tell what came of it."""
    began = time.perf_counter()
    seen, missed = "", None
    try:
        seen = await step(story)
    except Missed as error:
        missed = error
    except Exception as error:  # noqa: BLE001 - whatever it is, the step did not happen
        missed = Missed("the step to be possible", f"{type(error).__name__}: {error}")
    said = f": {seen}" if seen else ""
    print(f"{mark(done=missed is None)} {time.perf_counter() - began:4.1f} s  {title}{said}", flush=True)
    if missed is not None:
        print(f"          expected: {missed.expected}\n          was there: {missed.seen}", flush=True)
    return missed


def mark(*, done: bool) -> str:
    """A tick or a cross, in colour and in signs where the terminal has them, else in letters."""
    sign, word, colour = ("✓", "ok  ", GREEN) if done else ("✗", "FAIL", RED)
    try:
        sign.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        sign = word
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not sys.stdout.isatty()
    return sign if plain else f"{colour}{sign}\033[0m"
