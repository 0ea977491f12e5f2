"""Who wants to be mentioned when a webinar is announced: each for themselves, by one button."""

import discord

from bot.ask import Ask
from bot.authorize import Standing
from bot.buttons import Button
from bot.errors import Refusal
from bot.permissions import has_power

PURPOSE = "role:notify"


class News(Button, custom_id="webinar:news"):
    """Gives or takes the role that announcements mention."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Switch it, and say how it stands now."""
        role, person = news_role(ask), ask.interaction.user
        # Whatever was set up for it: nobody gives themselves a role with powers.
        if role is None or has_power(role) or not isinstance(person, discord.Member):
            raise Refusal("There is no role for webinar news. A moderator can run /setup to make it.")
        if role in person.roles:
            await person.remove_roles(role)
            await ask.answer(ask.t("You are not mentioned any more when a webinar is announced."))
        else:
            await person.add_roles(role)
            await ask.answer(ask.t("You will be mentioned when a webinar is announced. Press again to stop."))


def news_role(ask: Ask) -> discord.Role | None:
    """The role of those who want to hear of webinars, None where there is none."""
    return ask.guild.get_role(ask.community.role(PURPOSE) or 0)


def news_button(ask: Ask, row: int) -> News | None:
    """The button to switch it, worded for how it stands; None where there is no such role."""
    role, person = news_role(ask), ask.interaction.user
    if role is None or not isinstance(person, discord.Member):
        return None
    on = role in person.roles
    return News(ask.t("Stop mentioning me") if on else ask.t("Mention me for new webinars"), row=row)
