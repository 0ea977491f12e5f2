"""What a moderator is told beside the announcement before it goes out."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.languages import Texts
from bot.render import ACCENT, cut, one_line
from cogs.webinars.cards import moment_text
from cogs.webinars.rules import Caution, Clock
from data import countries
from data.wall_time import in_words, is_night, write_offset
from data.webinars import NewWebinar, PlannedReminder
from data.zones import name_zone

# What each language calls itself.
ENDONYMS = {"en": "English", "fr": "français", "es": "español", "pt": "português"}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a moderator should see before publishing.

    Attributes:
        new: what would be announced.
        typed: the date and time as the moderator typed them.
        clocks: what the clocks of the Network show then.
        reminders: those that will go out.
        cautions: what to think about.
        languages: the community's.
        channel_id: the channel for webinars.
        role: the role of those who want to hear of webinars.
    """

    new: NewWebinar
    typed: str
    clocks: Sequence[Clock]
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
    lines = [clock_line(t, clock) for clock in preview.clocks]
    card.add_field(name=t("The same moment around the Network"), value=_within(lines, 1024), inline=False)
    warned = [f"- {caution_text(t, caution)}" for caution in preview.cautions]
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
        card.add_field(name=t("Please check"), value=_within(warned, 1024), inline=False)
    planned = ["- " + t.pair(before(t, item.offset), moment_text(item.due_at)) for item in preview.reminders]
    card.add_field(name=t("Reminders"), value=_within(planned or [t("No reminder")], 1024), inline=False)
    where = [f"<#{channel_id}>" if channel_id else "?", ", ".join(ENDONYMS[language] for language in preview.languages)]
    if new.notify and role is not None:
        where.append(t("mentions {role}", role=role.mention))
    card.add_field(name=t("Where, and in which languages"), value=cut(" · ".join(where), 1024), inline=False)
    link = one_line(new.link, 400) if new.link else t("No link")
    card.add_field(name=t("Link, only for those who say they are going"), value=link, inline=False)
    return card


def can_mention(role: discord.Role) -> bool:
    """Whether a mention of the role by the bot reaches those who have it; else Discord shows it and tells nobody."""
    return role.mentionable or role.guild.me.guild_permissions.mention_everyone


def clock_line(t: Texts, clock: Clock) -> str:
    """What the clocks show, and in which countries."""
    names = ", ".join(countries.name(code, t.language) for code in clock.countries)
    shown = f"`{in_words(clock.wall, t.language, year=False)} UTC{write_offset(clock.offset)}`"
    return " ".join([shown, *(["**(" + t("night") + ")**"] if is_night(clock.wall) else []), names])


def caution_text(t: Texts, caution: Caution) -> str:
    """What to think about, in a sentence."""
    return {
        Caution.SOON: t("It begins within the hour."),
        Caution.FAR: t("It is more than a year away. Please check the year."),
        Caution.WEEKEND: t("It falls on a weekend."),
        Caution.NIGHT: t("It is night for some members (22:00 to 07:00)."),
        Caution.NO_LINK: t("There is no link to join."),
        Caution.NO_REMINDER: t("It is too soon for any reminder."),
    }[caution]


def before(t: Texts, seconds: int) -> str:
    """How long before the start, in words."""
    if seconds == 0:
        return t("At the start")
    if seconds % 86400 == 0:
        return t.plural("{n} day before", "{n} days before", seconds // 86400)
    if seconds % 3600 == 0:
        return t.plural("{n} hour before", "{n} hours before", seconds // 3600)
    return t.plural("{n} minute before", "{n} minutes before", round(seconds / 60))


def _within(lines: Sequence[str], limit: int) -> str:
    """The lines that fit, and a sign where some do not."""
    text = ""
    for line in lines:
        if len(text) + len(line) + 3 > limit:
            return text + "…"
        text += line + "\n"
    return text
