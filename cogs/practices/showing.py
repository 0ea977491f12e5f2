"""A practice as one person reads it: its card, how its discussion is, and all that this person can do with it."""

from typing import Any

from bot.ask import Ask
from bot.authorize import Standing, require
from bot.buttons import Button, row
from bot.languages import Texts
from cogs.practices import adapting, cards, ledger, saving, shelf, tending, waking
from cogs.practices.adaptforms import Adapt
from cogs.practices.editions import edition_line
from cogs.practices.views import area_names, readable
from data.practices import Practice
from data.practices.adaptations import Tally, tally
from data.practices.freshness import load_tended
from data.practices.rows import PUBLISHED
from data.practices.saving import is_saved
from data.practices.versions import list_versions


def told_card(t: Texts, practice: Practice, areas: cards.Areas, tallies: list[Tally]) -> cards.Card:
    """A practice's card with where else it was tried, both within one message."""
    room = cards.MESSAGE_LIMIT - len(ledger.tally_text(t, tallies)) - len(t("Tried elsewhere"))
    shown = cards.card(t, practice, areas, author_id=practice.author_id, room=room)
    ledger.tell_tally(t, shown.embeds[0], tallies)
    return shown


async def show_practice(ask: Ask, practice_id: str) -> None:
    """A practice's card, privately, with the buttons for what this person can do."""
    practice = await readable(ask, practice_id)
    t = ask.t
    published = practice.state == PUBLISHED
    sleep = None
    if published and practice.thread_id is not None and ask.guild.get_thread(practice.thread_id) is None:
        # Discord has to be asked about a thread that sleeps, which may take a moment.
        await ask.defer()
    if published:
        sleep = await waking.sleep_of(ask.guild, practice)
    async with ask.bot.db.read() as session:
        # What members told of it is for members.
        known = published and ask.actor.is_member
        tallies = await tally(session, ask.community.id, practice.id) if known else []
        saved = await is_saved(session, ask.community.id, ask.actor.user_id, practice.id)
        versions = await list_versions(session, ask.community.id, practice.id) if known else []
        tended = await load_tended(session, ask.community.id, (practice.id, ask.now))
    shown = told_card(t, practice, await area_names(ask), tallies)
    moderator = ask.actor.is_moderator
    lines = [
        "" if practice.from_brochure else cards.state_line(t, practice),
        edition_line(t, practice, versions),
        waking.sleep_line(t, sleep, moderator=moderator) if ask.actor.is_member else "",
    ]
    buttons: list[Button] = []
    if published:
        wake = waking.sleep_button(t, practice, sleep, moderator=moderator) if ask.actor.is_member else None
        buttons += [wake] if wake is not None else []
        for button in shelf.made(t, practice):
            if isinstance(button, saving.Save):
                buttons.append(saving.save_button(t, practice, saved=saved))
            elif shelf.open_to(ask, practice, button) and (shown.shortened or not shelf.reads(button)):
                buttons.append(button)
    elif shown.shortened:
        buttons += [button for button in shelf.made(t, practice) if shelf.reads(button)]
    asked = tended is not None and (practice.asked is not None or practice.archived_at is not None)
    if asked and tended is not None and tending.may_tend(ask.actor, tended):
        buttons += tending.tending_buttons(t, practice, ask.community.id)
    message: dict[str, Any] = {"embeds": shown.embeds}
    if buttons:
        message["view"] = row(*buttons)
    await ask.answer("\n".join(line for line in lines if line) or None, **message)


async def open_adaptation_form(ask: Ask, practice_id: str) -> None:
    """Show the form in which one tells how a practice was tried."""
    require(ask.actor, Standing.MEMBER)
    practice = await adapting.adaptable(ask, practice_id)
    await ask.open(await Adapt.make(ask, practice=practice.id))
