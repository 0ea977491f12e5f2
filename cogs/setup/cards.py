"""What a moderator sees of a plan and of its outcome."""

import discord

from bot.languages import Texts
from bot.render import ACCENT, label, one_line
from cogs.setup.perform import Outcome
from cogs.setup.plan import Part, Plan, Seen, What


def plan_card(t: Texts, plan: Plan) -> discord.Embed:
    """What will be done, and what stands in the way."""
    card = discord.Embed(title=t("Setting up this server"), colour=ACCENT)
    if plan.to_do:
        card.description = t("Nothing has been changed yet. This is what Convenor will do:")
    else:
        card.description = t("Every channel and role is in place.")
    for what, heading in ((What.MAKE, t("Make")), (What.USE, t("Use what is there")), (What.KEEP, t("In place"))):
        lines = [_line(t, part) for part in plan.parts if part.what is what]
        if lines:
            card.add_field(name=heading, value="\n".join(lines)[:1024], inline=False)
    if plan.given_up is not None:
        text = t(
            "{role} was the moderators' role until now. It loses what the moderators' role may see and do in these "
            "channels.",
            role=f"<@&{plan.given_up}>",
        )
        card.add_field(name=t("Take back"), value=text, inline=False)
    if plan.missing:
        lines = ["- " + t.pair(f"**{t(need.name)}**", t(need.why)) for need in plan.missing]
        card.add_field(name=t("Permissions that are missing"), value="\n".join(lines)[:1024], inline=False)
    if plan.too_high:
        names = ", ".join(one_line(name, 60) for name in plan.too_high)
        text = t(
            "Convenor cannot give these roles. Drag its own role above them in the server settings: {roles}",
            roles=names,
        )
        card.add_field(name=t("Roles above Convenor's own"), value=text[:1024], inline=False)
    if plan.too_open:
        text = t(
            "More people can see these channels than should. Change that in the settings of each: {channels}",
            channels=", ".join(f"<#{channel_id}>" for channel_id in plan.too_open),
        )
        card.add_field(name=t("Channels that too many people see"), value=text[:1024], inline=False)
    return card


def _line(t: Texts, part: Part) -> str:
    if part.is_role:
        name = f"<@&{part.discord_id}>" if part.discord_id else f"@{label(part.name)}"
        return f"- {name}"
    name = f"<#{part.discord_id}>" if part.discord_id else f"#{label(part.name)}"
    who = {
        Seen.ALL: t("everyone sees it"),
        Seen.MEMBERS: t("members see it"),
        Seen.MODERATORS: t("moderators see it"),
    }[part.seen]
    return f"- {name} ({who})"


def outcome_card(t: Texts, outcome: Outcome) -> discord.Embed:
    """What was done."""
    card = discord.Embed(title=t("The server is set up"), colour=ACCENT)
    if outcome.made:
        card.add_field(name=t("Made"), value=" ".join(outcome.made)[:1024], inline=False)
    if outcome.failed:
        card.title = t("The server is set up in part")
        card.add_field(
            name=t("Could not be made"),
            value=t(
                "{names}. Give Convenor the missing permissions, then run /setup again.",
                names=", ".join(outcome.failed),
            )[:1024],
            inline=False,
        )
    else:
        card.description = t("Next: give your team the moderators' role, then announce a webinar with /webinar create.")
    return card
