"""What a person can do, in a few lines."""

from collections.abc import Callable
from dataclasses import dataclass

import discord

from bot.authorize import Standing
from bot.languages import N_, Texts
from bot.render import ACCENT


@dataclass(frozen=True, slots=True)
class Line:
    """A command and what it is good for, as an English text."""

    command: str
    about: str


COMMANDS: dict[Standing, tuple[Line, ...]] = {
    Standing.VISITOR: (
        Line("lookup", N_("Find guidance, practices, people and webinars with a few words in your language.")),
        Line("keyarea", N_("Read about a key area: its guidance and practices, whom to ask, the next webinar.")),
        Line("network", N_("Read about the Network: its members, what it does, who can join.")),
        Line("report mine", N_("See how your private reports stand; you report from the menu of a message or person.")),
        Line("mydata show", N_("See what is held about you, take it with you, or erase it.")),
        Line("language choose", N_("Choose the language in which Convenor answers you.")),
    ),
    Standing.MEMBER: (
        Line("webinar list", N_("See which webinars are coming, and say whether you will come.")),
        Line("webinar calendar", N_("Put webinars into your own calendar.")),
        Line("webinar reminders", N_("Be reminded by direct message of the webinars you are going to, when you wish.")),
        Line("practice share", N_("Share what worked in your service. It is saved step by step.")),
        Line("practice mine", N_("Go on with your drafts, and see how your practices stand.")),
        Line("profile edit", N_("Change what others see of you.")),
    ),
    Standing.MODERATOR: (
        Line("onboarding queue", N_("Decide who becomes a member.")),
        Line("webinar create", N_("Announce a webinar; its reminders post themselves.")),
        Line("webinar remind", N_("Remind everyone of a webinar once more, now or at another time.")),
        Line("webinar cancel", N_("Cancel a webinar, and tell those who would have come.")),
        Line("webinar materials", N_("Post recording and slides; also /webinar recap, attendance, survey.")),
        Line("practice review", N_("Review the practices that are waiting.")),
        Line("audit", N_("See who did what.")),
        Line("setup", N_("Make or choose channels and roles, and see what is missing.")),
    ),
}


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
    headings = {
        Standing.VISITOR: t("Find and read"),
        Standing.MEMBER: t("Take part"),
        Standing.MODERATOR: t("Run the community"),
    }
    for level, lines in COMMANDS.items():
        shown = ["- " + t.pair(name, t(line.about)) for line in lines if (name := mention(line.command)) is not None]
        if level <= standing and shown:
            card.add_field(name=headings[level], value="\n".join(shown)[:1024], inline=False)
    card.set_footer(text=t("What Convenor answers is seen by you alone, unless you choose to share it."))
    return card
