"""What a person can do, in a few lines."""

from collections.abc import Callable
from dataclasses import dataclass

import discord

from bot.authorize import Standing
from bot.languages import N_, Texts
from bot.render import ACCENT


@dataclass(frozen=True, slots=True)
class Line:
    """Commands that go together and what they are good for, as an English text."""

    commands: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands below it, for those who are at least this."""

    standing: Standing
    heading: str
    lines: tuple[Line, ...]


PARTS: tuple[Part, ...] = (
    Part(
        Standing.VISITOR,
        N_("Find and read"),
        (
            Line(
                ("lookup",),
                N_(
                    "Find guidance, practices, people and webinars with a few words in your language. Or mention me in "
                    "a channel with these words, or write them to me."
                ),
            ),
            Line(("keyarea", "network"), N_("Read about a key area, or about the Network and who can join.")),
        ),
    ),
    Part(
        Standing.MEMBER,
        N_("Take part"),
        (
            Line(
                ("webinar list", "webinar show"),
                N_("See which webinars are coming, say whether you will come, find what is over."),
            ),
            Line(
                ("webinar calendar", "webinar reminders"),
                N_("Put webinars into your own calendar; be reminded by direct message."),
            ),
            Line(
                ("practice share", "practice mine", "practice show", "practice adapt", "practice export"),
                N_("Share what worked in your service, step by step; read what others shared."),
            ),
            Line(("digest",), N_("Read what is new and what is coming; have it sent to you each Monday.")),
            Line(
                ("peer ask", "peer inbox"),
                N_("Ask colleagues in other countries, without your name; see what they ask."),
            ),
            Line(("resource suggest",), N_("Suggest guidance that others should find here.")),
            Line(
                ("profile edit", "profile view", "profile find"),
                N_("Change what others see of you, see theirs, find colleagues."),
            ),
        ),
    ),
    Part(
        Standing.VISITOR,
        N_("Yours alone"),
        (
            Line(("language choose",), N_("Choose the language and the time zone in which Convenor speaks with you.")),
            Line(
                ("mydata show", "mydata export", "mydata consent", "mydata erase"),
                N_("See what is held about you, take it with you, change what you agreed to, or erase it."),
            ),
            Line(
                ("report status",),
                N_("See how your private reports stand. To report, press a message or a person, then Apps."),
            ),
        ),
    ),
    Part(
        Standing.MODERATOR,
        N_("Run webinars"),
        (
            Line(("webinar create",), N_("Announce one, or a series; reminders post themselves.")),
            Line(
                ("webinar edit", "webinar duplicate", "webinar cancel"),
                N_("Change, copy or cancel one; those who were going are told."),
            ),
            Line(
                ("webinar remind", "webinar deliveries"),
                N_("Remind once more; see what went out and what is planned."),
            ),
            Line(
                ("webinar materials", "webinar recap", "webinar attendance", "webinar survey"),
                N_("Afterwards: recording and slides, what was said, who was there, how it was."),
            ),
        ),
    ),
    Part(
        Standing.MODERATOR,
        N_("Run the community"),
        (
            Line(("onboarding queue", "onboarding approve", "onboarding decline"), N_("Decide who becomes a member.")),
            Line(
                ("onboarding focalpoint", "onboarding focalpoints"),
                N_("Name who vouches for the people of a country."),
            ),
            Line(("onboarding import", "onboarding export"), N_("Take in lists of people, or download the list.")),
            Line(
                ("practice review", "practice publish", "practice return", "practice withdraw"),
                N_("Review, publish, send back or withdraw practices."),
            ),
            Line(
                ("resource add", "resource edit", "resource retire", "resource import", "resource export"),
                N_("Keep the list of guidance: by form, or as a whole list."),
            ),
            Line(("insights",), N_("See what the community did: pictures and a file.")),
            Line(("lookup-report",), N_("See what was looked for and not found; add words to the glossary.")),
            Line(("audit", "setup"), N_("See who did what; make or repair channels and roles.")),
            Line(("doctor",), N_("See whether everything works, and what to do where it does not.")),
        ),
    ),
)


# So much Discord lets stand in one field.
FIELD = 1024
# A field needs a name, also one that goes on from the one before.
GOES_ON = "…"


def _fields(heading: str, lines: list[str]) -> list[tuple[str, str]]:
    """Lines in as many fields as they need, the first with the heading."""
    fields = [[heading, lines[0]]]
    for line in lines[1:]:
        if len(fields[-1][1]) + 1 + len(line) > FIELD:
            fields.append([GOES_ON, line])
        else:
            fields[-1][1] += f"\n{line}"
    return [(name, value) for name, value in fields]


def help_card(t: Texts, standing: Standing, welcome: int | None, mention: Callable[[str], str | None]) -> discord.Embed:
    """What a person of that standing can do.

    Args:
        t: texts in their language.
        standing: what they are.
        welcome: the channel with the button for newcomers, if there is one.
        mention: gives a command as something to click, None where there is no such command.
    """
    card = discord.Embed(title=t("What you can do here"), colour=ACCENT)
    card.description = {
        Standing.VISITOR: t("You are a visitor."),
        Standing.MEMBER: t("You are a member."),
        Standing.MODERATOR: t("You are a moderator."),
    }[standing]
    if standing is Standing.VISITOR and welcome is not None:
        card.description += " " + t("To become a member, press the button in {channel}.", channel=f"<#{welcome}>")
    for part in PARTS:
        named = [([name for one in line.commands if (name := mention(one)) is not None], line) for line in part.lines]
        shown = ["- " + t.pair(" ".join(names), t(line.about)) for names, line in named if names]
        if part.standing <= standing and shown:
            for name, value in _fields(t(part.heading), shown):
                card.add_field(name=name, value=value, inline=False)
    card.set_footer(text=t("What Convenor answers is seen by you alone, unless you choose to share it."))
    return card
