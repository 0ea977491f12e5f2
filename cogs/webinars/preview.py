"""What a moderator is told beside the announcement before it goes out."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.languages import Texts
from bot.render import ACCENT, cut, one_line
from cogs.webinars.cards import moment_text
from cogs.webinars.offsets import before
from cogs.webinars.rules import Caution
from cogs.webinars.warnings import Around, hours_line, warning_lines
from cogs.webinars.wording import ENDONYMS
from data.wall_time import in_words
from data.webinars import NewWebinar, PlannedReminder
from data.zones import name_zone


@dataclass(frozen=True, slots=True)
class Preview:
    """What a moderator should see before publishing.

    Attributes:
        new: what would be announced.
        typed: the date and time as the moderator typed them.
        around: the hour where those live whom it concerns, and what else there is to know of it.
        reminders: those that will go out.
        cautions: what to think about.
        languages: the community's.
        channel_id: the channel for webinars.
        role: the role of those who want to hear of webinars.
    """

    new: NewWebinar
    typed: str
    around: Around
    reminders: Sequence[PlannedReminder]
    cautions: Sequence[Caution]
    languages: Sequence[str]
    channel_id: int | None
    role: discord.Role | None


def preview_card(t: Texts, preview: Preview) -> discord.Embed:
    """The hour in every zone that matters, what to think about, and what will go out."""
    new, channel_id, role = preview.new, preview.channel_id, preview.role
    card = discord.Embed(title=t("Before you publish"), colour=ACCENT)
    moment = new.moment
    when = f"**{in_words(moment.wall, t.language)}**\n{name_zone(moment.zone, t.language, moment.instant)}"
    if preview.typed:
        when += "\n" + t("You typed: {text}", text=one_line(preview.typed, 200))
    card.add_field(name=t("Time in the zone you chose"), value=cut(when, 1024), inline=False)
    lines = [hours_line(t, line) for line in preview.around.lines]
    card.add_field(name=t("The same moment where members are"), value=lines_within(lines, 1024) or "–", inline=False)
    warned = [f"- {caution_text(t, caution)}" for caution in preview.cautions]
    warned += [f"- {line}" for line in warning_lines(t, preview.around, moment.zone)]
    if channel_id is None:
        warned.append("- " + t("There is no channel for webinars: run /setup before you publish."))
    if new.notify and role is None:
        warned.append("- " + t("There is no role to mention: run /setup, or it goes out without."))
    if new.notify and role is not None and not can_mention(role):
        warned.append(
            "- "
            + t(
                "Convenor may not mention {role}: its members would not be told. Make it mentionable, in the server's "
                "settings.",
                role=role.mention,
            )
        )
    if warned:
        card.add_field(name=t("Please check"), value=lines_within(warned, 1024), inline=False)
    planned = ["- " + t.pair(before(t, item.offset), moment_text(item.due_at)) for item in preview.reminders]
    card.add_field(name=t("Reminders"), value=lines_within(planned or [t("No reminder")], 1024), inline=False)
    where = [f"<#{channel_id}>" if channel_id else "?", ", ".join(ENDONYMS[language] for language in preview.languages)]
    if new.notify and role is not None:
        where.append(t("mentions {role}", role=role.mention))
    card.add_field(name=t("Where, and in which languages"), value=cut(" · ".join(where), 1024), inline=False)
    hosts = [f"<@{user_id}>" for user_id in (new.host_id, new.co_host_id) if user_id]
    if hosts:
        card.add_field(name=t("Host and co-host"), value=", ".join(hosts), inline=False)
    link = one_line(new.link, 400) if new.link else t("No link")
    card.add_field(name=t("Link, only for those who say they are going"), value=link, inline=False)
    return card


def can_mention(role: discord.Role) -> bool:
    """Whether a mention of the role by the bot reaches those who have it; else Discord shows it and tells nobody."""
    return role.mentionable or role.guild.me.guild_permissions.mention_everyone


def caution_text(t: Texts, caution: Caution) -> str:
    """What to think about, in a sentence."""
    return {
        Caution.SOON: t("It begins within the hour."),
        Caution.FAR: t("It is more than a year away. Please check the year."),
        Caution.NO_LINK: t("There is no link to join."),
        Caution.NO_PLACE: t("It is a meeting in person, but no place is given."),
        Caution.NO_REMINDER: t("It is too soon for any reminder."),
    }[caution]


def lines_within(lines: Sequence[str], limit: int) -> str:
    """The lines that fit, and a sign where some do not."""
    text = ""
    for line in lines:
        if len(text) + len(line) + 3 > limit:
            return text + "…"
        text += line + "\n"
    return text
