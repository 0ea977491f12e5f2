"""Roles for countries and languages, made where a moderator wants them: who has one shows it to the whole server."""

from dataclasses import dataclass, field

import discord

from bot.ask import Ask
from bot.authorize import Standing
from bot.buttons import Button
from bot.errors import Refusal
from bot.languages import Texts, texts
from bot.permissions import has_power
from bot.render import ACCENT, cut, label
from data import audit, countries
from data.communities import Community, set_places
from data.languages import name_language
from data.members import spoken_for

# As many as Discord allows in one server, the role of everyone counted.
MOST = 250
COUNTRY, LANGUAGE = "role:country:", "role:language:"
BUSY: set[int] = set()


@dataclass(slots=True)
class Made:
    """What came of it."""

    places: dict[str, int | None] = field(default_factory=dict[str, "int | None"])
    failed: list[str] = field(default_factory=list[str])
    # How many found no room.
    left_out: int = 0


def wanted_roles(t: Texts, spoken_countries: list[str], spoken_languages: list[str]) -> list[tuple[str, str]]:
    """The roles as (purpose, name): languages first, since fewer serve more people."""
    languages = [(LANGUAGE + code, name_language(code, t.language)) for code in spoken_languages]
    nations = [(COUNTRY + code, countries.name(code, t.language)) for code in spoken_countries]
    return [(purpose, label(name[:1].upper() + name[1:])) for purpose, name in (*languages, *nations)]


async def make_roles(guild: discord.Guild, community: Community, wanted: list[tuple[str, str]]) -> Made:
    """Make the roles that are missing. One of the same name is used only where it gives no rights and nobody has it."""
    made = Made()
    room = MOST - len(guild.roles)
    taken = set(community.places.values())
    for purpose, name in wanted:
        known = community.role(purpose)
        if known is not None and guild.get_role(known) is not None:
            continue
        serves = next((role for role in guild.roles if role.name == name and _serves(guild, role, taken)), None)
        if serves is not None:
            made.places[purpose] = serves.id
            taken.add(serves.id)
            continue
        if room <= 0:
            made.left_out += 1
            continue
        try:
            # It lands beneath the bot's own role, gives no rights, and nobody can mention it.
            role = await guild.create_role(name=name, permissions=discord.Permissions.none(), reason="profile")
        except discord.Forbidden:
            made.failed.append(name)
            continue
        room -= 1
        made.places[purpose] = role.id
    return made


def _serves(guild: discord.Guild, role: discord.Role, taken: set[int]) -> bool:
    harmless = role.is_assignable() and not role.is_default() and not has_power(role)
    return harmless and guild.chunked and not role.members and role.id not in taken


class FollowingRoles(Button, custom_id="setup:following"):
    """Makes roles for the countries and languages that members have and show."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Make them, and let those get them who are to have them."""
        if ask.guild.id in BUSY:
            raise Refusal("Convenor is busy just now. Nothing was changed; please try again in a minute.")
        BUSY.add(ask.guild.id)
        try:
            await self._make(ask)
        finally:
            BUSY.discard(ask.guild.id)

    @staticmethod
    async def _make(ask: Ask) -> None:
        await ask.defer()
        async with ask.bot.db.read() as session:
            nations, languages = await spoken_for(session, ask.community.id)
        wanted = wanted_roles(texts(ask.community.languages[0]), nations, languages)
        made = await make_roles(ask.guild, ask.community, wanted)
        async with ask.bot.db.begin() as session:
            await set_places(session, ask.community.id, made.places)
            await audit.record(
                session,
                community_id=ask.community.id,
                at=ask.now,
                actor_id=ask.actor.user_id,
                action="setup.roles",
                object_kind="community",
                object_id=str(ask.community.id),
                details={"made": len(made.places), "failed": len(made.failed), "left_out": made.left_out},
            )
        await ask.answer(embed=outcome(ask.t, made))
        ask.bot.dispatch("community_set_up", ask.guild)


def outcome(t: Texts, made: Made) -> discord.Embed:
    """What was done, and what was not."""
    card = discord.Embed(title=t("Roles for countries and languages"), colour=ACCENT)
    if made.places:
        card.description = cut(" ".join(f"<@&{role}>" for role in made.places.values()), 2000)
        card.set_footer(text=t("Members get them as their profile says. What somebody hides makes no role."))
    elif not made.failed and not made.left_out:
        card.description = t("Every country and language that members show has its role.")
    if made.failed:
        names = t(
            "{names}. Give Convenor the missing permissions, then run /setup again.", names=", ".join(made.failed)
        )
        card.add_field(name=t("Could not be made"), value=cut(names, 1024), inline=False)
    if made.left_out:
        text = t.plural(
            "There was no room for {n} role: Discord allows 250 in a server.",
            "There was no room for {n} roles: Discord allows 250 in a server.",
            made.left_out,
        )
        card.add_field(name=t("No room"), value=text, inline=False)
    return card
