"""Rules of Discord's AutoMod, switched on and off by a button: they hold back numbers and addresses of people."""

from collections.abc import Sequence

import discord

from bot.ask import Ask
from bot.authorize import Standing, not_found
from bot.buttons import Button, row
from bot.errors import Refusal
from bot.languages import Texts, texts
from bot.render import ACCENT
from cogs.setup.shields import ALLOWED, MOST_RULES, Shield, shields
from data import audit
from data.communities import Community

SHOW, ON, OFF = "show", "on", "off"
# Pressed twice at once, everything would be made twice.
BUSY: set[int] = set()


class Automod(Button, custom_id="setup:automod:{to}"):
    """Shows the rules, or switches them on or off."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Show what there is; change it only for those who may manage the server."""
        to = self.values["to"]
        if to not in {SHOW, ON, OFF}:
            raise not_found()
        if to != SHOW and not ask.interaction.permissions.manage_guild:
            raise Refusal("AutoMod is switched on and off by those who may manage the server.")
        if to == SHOW:
            await ask.defer()
            await show(ask, await seen(ask.guild))
            return
        if not may_manage(ask.guild):
            raise Refusal(
                "Convenor needs the permission Manage Server for this. Give it to Convenor's role, switch the rules on "
                "or off, and take it back if you like: the rules stay."
            )
        if ask.guild.id in BUSY:
            raise Refusal("Convenor is busy just now. Nothing was changed; please try again in a minute.")
        BUSY.add(ask.guild.id)
        try:
            await self._switch(ask, to)
        finally:
            BUSY.discard(ask.guild.id)

    @staticmethod
    async def _switch(ask: Ask, to: str) -> None:
        await ask.defer()
        failed = False
        try:
            there = await ours(ask.guild)
            await (switch_on(ask.guild, ask.community, there) if to == ON else switch_off(there))
        except discord.HTTPException:
            # Six of this kind are there already, or the permission was taken back meanwhile.
            failed = True
        async with ask.bot.db.begin() as session:
            await audit.record(
                session,
                community_id=ask.community.id,
                at=ask.now,
                actor_id=ask.actor.user_id,
                action="setup.automod",
                object_kind="community",
                object_id=str(ask.community.id),
                details={"to": to, "failed": failed},
            )
        await show(ask, await seen(ask.guild), failed=failed)


def may_manage(guild: discord.Guild) -> bool:
    """Whether Discord lets the bot see and make rules; it is not among what the bot is invited with."""
    return guild.me.guild_permissions.manage_guild


async def ours(guild: discord.Guild) -> tuple[discord.AutoModRule, ...]:
    """The rules that the bot made, whatever they are called by now."""
    return tuple(rule for rule in await guild.fetch_automod_rules() if rule.creator_id == guild.me.id)


async def seen(guild: discord.Guild) -> tuple[discord.AutoModRule, ...]:
    """The same, and none where Discord does not let the bot look."""
    if not may_manage(guild):
        return ()
    try:
        return await ours(guild)
    except discord.HTTPException:
        return ()


async def switch_on(guild: discord.Guild, community: Community, there: Sequence[discord.AutoModRule]) -> None:
    """Make the rules that are missing, and bring those that are there up to date.

    Raises:
        discord.HTTPException: Discord allows no more, or not any more.
    """
    wanted = {shield.patterns: shield for shield in shields(texts(community.languages[0]))}
    kept: set[tuple[str, ...]] = set()
    for rule in there:
        patterns = tuple(rule.trigger.regex_patterns)
        if patterns not in wanted or patterns in kept:
            # Of an earlier version.
            await rule.delete()
        else:
            kept.add(patterns)
            await rule.edit(
                name=wanted[patterns].name,
                actions=actions_of(wanted[patterns], guild, community),
                exempt_roles=exempt(guild, community),
                enabled=True,
            )
    for patterns, shield in wanted.items():
        if patterns not in kept:
            await guild.create_automod_rule(
                name=shield.name,
                event_type=discord.AutoModRuleEventType.message_send,
                trigger=discord.AutoModTrigger(
                    type=discord.AutoModRuleTriggerType.keyword,
                    regex_patterns=list(patterns),
                    allow_list=list(ALLOWED),
                ),
                actions=actions_of(shield, guild, community),
                exempt_roles=exempt(guild, community),
                enabled=True,
            )


async def switch_off(there: Sequence[discord.AutoModRule]) -> None:
    """Delete the bot's rules; those that somebody else made stay."""
    for rule in there:
        await rule.delete()


def actions_of(shield: Shield, guild: discord.Guild, community: Community) -> list[discord.AutoModRuleAction]:
    """Hold the message back, say why, and tell the moderators, where they have a channel."""
    found = [discord.AutoModRuleAction(custom_message=shield.said)]
    queue = guild.get_channel(community.channel("channel:queue") or 0)
    if queue is not None:
        found.append(discord.AutoModRuleAction(channel_id=queue.id))
    return found


def exempt(guild: discord.Guild, community: Community) -> list[discord.Role]:
    """Moderators may write what they have to."""
    role = guild.get_role(community.role("role:moderator") or 0)
    return [role] if role is not None else []


def automod_button(t: Texts) -> Automod:
    """The button that shows the rules."""
    return Automod(t("Automatic protection"), to=SHOW)


async def show(ask: Ask, there: Sequence[discord.AutoModRule], *, failed: bool = False) -> None:
    """Say what the rules do and how they are now, with the buttons that change it."""
    t = ask.t
    card = discord.Embed(title=t("Automatic protection"), colour=ACCENT)
    card.description = t(
        "Discord itself can hold back messages that give away a phone number, a private e-mail address, the number of "
        "a document, a case or a vehicle, or an exact position. Whoever wrote it is told why, moderators see it in "
        "their channel, and may write such things themselves. Names are not recognised."
    )
    active = sum(rule.enabled for rule in there)
    if not may_manage(ask.guild):
        state = t(
            "Convenor needs the permission Manage Server for this. Give it to Convenor's role, switch the rules on "
            "or off, and take it back if you like: the rules stay."
        )
    elif active:
        state = t.plural("{n} rule is on.", "{n} rules are on.", active)
    else:
        state = t("The rules are off. Switching them on makes two rules of AutoMod in this server.")
    card.add_field(name=t("Now"), value=state, inline=False)
    if failed:
        card.add_field(
            name=t("Not done"),
            value=t(
                "Discord refused. A server may have {n} rules of this kind: delete one under Server Settings, AutoMod, "
                "and try again.",
                n=MOST_RULES,
            ),
            inline=False,
        )
    buttons: list[Button] = []
    if active < len(shields(t)):
        buttons.append(Automod(t("Switch on"), style=discord.ButtonStyle.primary, to=ON))
    if there:
        buttons.append(Automod(t("Switch off"), to=OFF))
    await ask.answer(embed=card, view=row(*buttons))
