"""What stands in reports, in words, and what each side is shown of one."""

from collections.abc import Mapping

import discord
from discord.utils import format_dt

from bot.languages import N_, Texts
from bot.render import ACCENT, plain, room_for
from data.old_reports import LAPSED
from data.reports import CLOSED, OPEN, TAKEN, WITHDRAWN, Report

# A word to whoever reported, once it is escaped.
WORD_ROOM = room_for(900)
CATEGORIES: Mapping[str, str] = {
    "harassment": N_("Harassment or sexism"),
    "discrimination": N_("Hate or discrimination"),
    "identifies": N_("It identifies a survivor or an open case"),
    "impersonation": N_("Somebody is not who they say"),
    "other": N_("Something else"),
}
STATES: Mapping[str, str] = {
    OPEN: N_("Received. Nobody has begun to look into it yet."),
    TAKEN: N_("A moderator is looking into it."),
    CLOSED: N_("Closed."),
}
OUTCOMES: Mapping[str, str] = {
    "measures": N_("Measures were taken."),
    "advice": N_("The moderators spoke with those concerned."),
    "none": N_("The moderators saw no need for measures."),
}
# Of those the writer gives one, and time the other.
ALL_OUTCOMES: Mapping[str, str] = {
    **OUTCOMES,
    WITHDRAWN: N_("It was taken back by whoever sent it. What it said is erased."),
    LAPSED: N_("Nobody closed it within a year. What it said is erased."),
}


def standing(t: Texts, report: Report) -> str:
    """How a report stands, as its writer is told."""
    lines = [f"**{report.code}** · {format_dt(report.created_at, 'd')}", t(STATES[report.state])]
    if report.outcome:
        lines.append(t(ALL_OUTCOMES[report.outcome]))
    if report.word:
        lines.append(t("The moderators wrote:"))
        # It comes last: one mark for all that follows leaves the room that one for each line would take.
        lines.append(f">>> {plain(report.word, WORD_ROOM)}")
    return "\n".join(lines)


def case_card(t: Texts, report: Report) -> discord.Embed:
    """The whole of a report, for a moderator whom it is not about. Nothing in it tells who wrote it."""
    card = discord.Embed(title=t("Report {code}", code=report.code), colour=ACCENT)
    card.description = plain(report.text, 3000) or t("The report has no further words.")
    about = f"<@{report.subject_id}>" if report.subject_id else t("Somebody whose data was erased")
    card.add_field(name=t("About"), value=about)
    card.add_field(name=t("What it is"), value=t(CATEGORIES[report.category]))
    card.add_field(name=t("Sent"), value=format_dt(report.created_at, "f"))
    if report.channel_id and report.message_id:
        place = f"https://discord.com/channels/{report.community_id}/{report.channel_id}/{report.message_id}"
        card.add_field(name=t("The message"), value=place, inline=False)
    state = t(STATES[report.state])
    if report.handled_by:
        state += f" <@{report.handled_by}>"
    if report.outcome:
        state += "\n" + t(ALL_OUTCOMES[report.outcome])
    card.add_field(name=t("How it stands"), value=state, inline=False)
    card.set_footer(text=t("Who wrote it is shown to nobody. Please do not try to find out."))
    return card


def copy_card(t: Texts, report: Report) -> discord.Embed | None:
    """What the message said that a report is about, whole; None where nothing of it is kept."""
    if not report.copy or not report.copy_until:
        return None
    card = discord.Embed(title=t("What it said"), description=plain(report.copy, 4096), colour=ACCENT)
    card.set_footer(text=t("This copy is kept until {day}.", day=f"{report.copy_until:%Y-%m-%d}"))
    return card
