"""`/setup`: says what it will do, does it when told to, and may be run again."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Convenor
from bot.ask import Ask
from bot.authorize import Standing
from bot.buttons import Button, row
from bot.closed import is_leaking
from bot.delivery import plan_exposed
from bot.errors import Refusal
from bot.forms import KEEP_DRAFT
from bot.languages import L, Texts, texts
from bot.permissions import has_power
from bot.settings import parse_languages, parse_zone
from cogs.setup.automod import automod_button
from cogs.setup.cards import outcome_card, plan_card
from cogs.setup.following import FollowingRoles
from cogs.setup.perform import perform
from cogs.setup.plan import Plan, Seen, is_too_open, make_plan, member_role_of, moderator_roles, wanted
from cogs.setup.related import related_button
from data import audit
from data.communities import Community, get_community, mark_set_up, set_places, update_settings
from data.drafts import delete_draft, get_draft, save_draft

DRAFT = "setup"
# Servers that are being set up now: pressed twice, everything would be made twice.
UNDER_WAY: set[int] = set()


class Perform(Button, custom_id="setup:perform"):
    """Does what the plan says."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Make what is missing, and say what came of it."""
        if ask.guild.id in UNDER_WAY:
            raise Refusal("Convenor is busy just now. Nothing was changed; please try again in a minute.")
        UNDER_WAY.add(ask.guild.id)
        try:
            await self._perform(ask)
        finally:
            UNDER_WAY.discard(ask.guild.id)

    @staticmethod
    async def _perform(ask: Ask) -> None:
        await ask.update(ask.t("Setting up the server…"))
        chosen = await chosen_before(ask)
        outcome = await perform(ask.guild, make_plan(ask.guild, ask.community, names_of(ask.community), chosen))
        async with ask.bot.db.begin() as session:
            await set_places(session, ask.community.id, outcome.places)
            await mark_set_up(session, ask.community.id, ask.now)
            await delete_draft(session, ask.community.id, ask.actor.user_id, DRAFT)
            await audit.record(
                session,
                community_id=ask.community.id,
                at=ask.now,
                actor_id=ask.actor.user_id,
                action="setup",
                object_kind="community",
                object_id=str(ask.community.id),
                details={"made": len(outcome.made), "failed": len(outcome.failed)},
            )
        await ask.update(embeds=[outcome_card(ask.t, outcome)])
        # Other cogs put right what had to wait for a channel or a role.
        ask.bot.dispatch("community_set_up", ask.guild)


class ShowPlan(Button, custom_id="setup:plan"):
    """Shows what is missing in the server."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Show the plan, privately."""
        await show_plan(ask, await chosen_before(ask))


def names_of(community: Community) -> Texts:
    """Channels and roles are named in the community's first language."""
    return texts(community.languages[0])


async def chosen_before(ask: Ask) -> dict[str, int]:
    """The channels and roles that this moderator chose in the command."""
    async with ask.bot.db.read() as session:
        draft = await get_draft(session, ask.community.id, ask.actor.user_id, DRAFT, now=ask.now)
    return {purpose: int(discord_id) for purpose, discord_id in draft.data.items()} if draft else {}


async def show_plan(ask: Ask, chosen: dict[str, int]) -> None:
    """Say what will be done, with a button to do it."""
    plan: Plan = make_plan(ask.guild, ask.community, names_of(ask.community), chosen)
    label = ask.t("Set up the server") if plan.to_do else ask.t("Check again and repair")
    buttons: list[Button] = [Perform(label, style=discord.ButtonStyle.primary)]
    if not plan.to_do:
        buttons.append(FollowingRoles(ask.t("Make roles for countries and languages")))
        buttons.append(related_button(ask.t, ask.community))
        buttons.append(automod_button(ask.t))
    await ask.answer(embed=plan_card(ask.t, plan), view=row(*buttons))


class Setup(commands.Cog):
    """The command with which everything begins."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    @app_commands.command(
        name=L("name", "setup"), description=L("description", "Make or choose Convenor's channels and roles")
    )
    @app_commands.rename(
        languages=L("name", "languages"),
        zone=L("name", "zone"),
        welcome=L("name", "welcome"),
        introductions=L("name", "introductions"),
        webinars=L("name", "webinars"),
        practices=L("name", "practices"),
        queue=L("name", "moderators_channel"),
        review=L("name", "review"),
        moderator_role=L("name", "moderator_role"),
        member_role=L("name", "member_role"),
    )
    @app_commands.describe(
        languages=L("description", "Languages of announcements, main one first, for instance: en fr"),
        zone=L("description", "The community's time zone, for instance Europe/Paris"),
        welcome=L("description", "Use this channel to welcome newcomers"),
        introductions=L("description", "Use this channel for introductions"),
        webinars=L("description", "Use this channel for webinars"),
        practices=L("description", "Use this forum for practices"),
        queue=L("description", "Use this private channel for requests to join"),
        review=L("description", "Use this private channel for the review of practices"),
        moderator_role=L("description", "Use this role for moderators"),
        member_role=L("description", "Use this role for members"),
    )
    async def setup_command(  # noqa: PLR0913, PLR0917 - each option is one of the command's
        self,
        interaction: discord.Interaction[Any],
        languages: str | None = None,
        zone: str | None = None,
        welcome: discord.TextChannel | None = None,
        introductions: discord.TextChannel | None = None,
        webinars: discord.TextChannel | None = None,
        practices: discord.ForumChannel | None = None,
        queue: discord.TextChannel | None = None,
        review: discord.TextChannel | None = None,
        moderator_role: discord.Role | None = None,
        member_role: discord.Role | None = None,
    ) -> None:
        """Show the plan."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        picked = {
            "channel:welcome": welcome,
            "channel:introductions": introductions,
            "channel:webinars": webinars,
            "channel:practices": practices,
            "channel:queue": queue,
            "channel:review": review,
            "role:moderator": moderator_role,
            "role:member": member_role,
        }
        chosen = {purpose: item.id for purpose, item in picked.items() if item is not None}
        self._check(ask, chosen, moderator_role, member_role)
        settings = self._settings(languages, zone)
        async with self.bot.db.begin() as session:
            await update_settings(session, ask.community.id, **settings)
            await delete_draft(session, ask.community.id, ask.actor.user_id, DRAFT)
            await save_draft(
                session,
                community_id=ask.community.id,
                user_id=ask.actor.user_id,
                kind=DRAFT,
                data=chosen,
                now=ask.now,
                keep=KEEP_DRAFT,
            )
        await show_plan(await Ask.of(interaction, Standing.MODERATOR), chosen)

    @commands.Cog.listener()
    async def on_guild_channel_update(self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """A channel may have been opened to people whom it is not for: they read what stands in it from now on."""
        if before.overwrites == after.overwrites and before.category_id == after.category_id:
            return
        async with self.bot.db.read() as session:
            community = await get_community(session, after.guild.id)
        if community is None or not is_leaking(after, community):
            return
        async with self.bot.db.begin() as session:
            await plan_exposed(session, community.id, after.id, self.bot.clock())

    @staticmethod
    def _check(
        ask: Ask, chosen: dict[str, int], moderator_role: discord.Role | None, member_role: discord.Role | None
    ) -> None:
        kept = {
            purpose: place
            for purpose, place in ask.community.places.items()
            if purpose not in chosen and not purpose.startswith("tag:")
        }
        if len({*chosen.values(), *kept.values()}) < len(chosen) + len(set(kept.values())):
            raise Refusal("One channel or role cannot serve two purposes. Choose a different one for each.")
        # Else a moderator of Convenor could have it hand out any role of the server.
        if (moderator_role or member_role) and not ask.interaction.permissions.manage_guild:
            raise Refusal("Roles are chosen by those who may manage the server.")
        for role in (moderator_role, member_role):
            if role is not None and (role.is_default() or role.managed):
                raise Refusal("That role belongs to everyone or to an app. Choose another one.")
        if member_role is not None and has_power(member_role):
            raise Refusal("That role can manage the server, so members must not get it. Choose another one.")
        check_channels(ask, chosen)

    @staticmethod
    def _settings(languages: str | None, zone: str | None) -> dict[str, Any]:
        settings: dict[str, Any] = {}
        if languages is not None:
            try:
                settings["languages"] = parse_languages(languages)
            except ValueError:
                raise Refusal("Languages are en, fr, es and pt: write those you want, main one first.") from None
        if zone is not None:
            try:
                settings["zone"] = parse_zone(zone.strip())
            except ValueError:
                raise Refusal("That time zone is not known. Write it like Europe/Paris or America/Santiago.") from None
        return settings


def check_channels(ask: Ask, chosen: dict[str, int]) -> None:
    """Let pass channels that are seen by those only whom they are for.

    Raises:
        Refusal: others see one of them.
    """
    members = member_role_of(ask.guild, ask.community, chosen)
    moderators = moderator_roles(ask.community, chosen)
    for part in wanted(names_of(ask.community)):
        channel = ask.guild.get_channel(chosen.get(part.purpose, 0))
        # Announcements of webinars name nobody: whether everyone may read them is the server's own choice.
        if channel is None or part.purpose == "channel:webinars" or not is_too_open(channel, part.seen, moderators):
            continue
        if part.seen is Seen.MEMBERS:
            raise Refusal("That channel is open to everyone. Choose one that only members can see.")
        if channel.permissions_for(ask.guild.default_role).view_channel:
            raise Refusal("That channel is open to everyone. Choose one that only moderators can see.")
        if members is not None and channel.permissions_for(members).view_channel:
            raise Refusal("Members can see that channel. Choose one that only moderators can see.")
        raise Refusal("Others than moderators can see that channel. Choose one that only moderators can see.")
