"""The buttons with which people begin, and come back."""

from typing import Any

import discord

from bot.ask import Ask, pick_language, reporting
from bot.authorize import not_found
from bot.buttons import Button
from bot.errors import Refusal, answer
from bot.forms import Form
from bot.languages import texts
from cogs.onboarding.profile import number
from cogs.onboarding.steps import begin, stand
from data.communities import get_community, get_preference
from data.members import LEFT, get_by_user


class Start(Button, custom_id="onboarding:start"):
    """The button of the welcome: each who presses it fills their own form, or reads where they stand."""

    async def pressed(self, ask: Ask) -> None:
        """Begin, go on, or say where they stand."""
        user = ask.interaction.user
        if isinstance(user, discord.Member) and user.pending:
            raise Refusal("Please accept the rules of this server first, then press the button again.")
        async with ask.bot.db.read() as session:
            member = await get_by_user(session, ask.community.id, ask.actor.user_id)
        if member is not None and member.state != LEFT:
            await stand(ask)
        else:
            await begin(ask)


class WayBack(Button, custom_id="onboarding:where:{community}"):
    """Stands in a direct message, which belongs to no server: shows the way to the welcome channel."""

    async def callback(self, interaction: "discord.Interaction[Any]") -> None:
        """Answer in the person's language, without a server to ask about."""
        async with reporting(interaction, "button onboarding:where"):
            bot: Any = interaction.client
            community_id = number(self.values["community"])
            async with bot.db.read() as session:
                community = await get_community(session, community_id)
                preference = await get_preference(session, community_id, interaction.user.id)
            await bot.elsewhere.bring(community_id)
            guild: discord.Guild | None = bot.get_guild(community_id)
            channel_id = community.channel("channel:welcome") if community else None
            # Whoever is not in that server must not learn of it from a forged button.
            is_there = guild is not None and guild.get_member(interaction.user.id) is not None
            if community is None or channel_id is None or not is_there:
                raise not_found()
            t = texts(pick_language(preference.language if preference else None, interaction.locale, community))
            link = f"https://discord.com/channels/{community.id}/{channel_id}"
            await answer(interaction, content=t("Here: {link}", link=link))


class Answer(Button, custom_id="onboarding:reply:{community}"):
    """Opens the form in which one answers a moderator's question; works in a direct message."""

    async def pressed(self, ask: Ask) -> None:
        """Show the form."""
        form = Form.find(f"form:onboarding:answer:{ask.community.id}")
        assert form is not None  # noqa: S101 - it is one of ours
        await ask.open(await form.filled(ask))
