"""`/help` and `/language choose`."""

import logging
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Convenor
from bot.ask import Ask, language_for, pick_language
from bot.buttons import Select, row
from bot.errors import Refusal
from bot.languages import L, Texts, texts
from bot.render import clean
from cogs.guide.cards import help_card
from data.communities import set_preference
from data.digests import follow_zone
from data.languages import LANGUAGES
from data.zones import find_zone, name_zone, suggest_zones

log = logging.getLogger("convenor.guide")

OWN_NAMES = {"en": "English", "fr": "Français", "es": "Español", "pt": "Português"}
AS_DISCORD = "as-discord"

LANGUAGE_CHOICES: list[app_commands.Choice[str]] = [
    *(app_commands.Choice(name=name, value=code) for code, name in OWN_NAMES.items()),
    app_commands.Choice(name=L("choice", "As my Discord"), value=AS_DISCORD),
]


class ChooseLanguage(Select, custom_id="guide:language"):
    """Changes the language from within the help, which then shows itself in it."""

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Keep the choice and show the help anew."""
        if options[0] not in (*LANGUAGES, AS_DISCORD):
            raise Refusal("That value does not fit here. Choose one from the list.")
        t = await keep_language(ask, options[0])
        await ask.update(**await help_message(ask, t))


async def keep_language(ask: Ask, choice: str) -> Texts:
    """Note which language a person wants.

    Returns:
        Texts in what is now their language.
    """
    language = None if choice == AS_DISCORD else choice
    async with ask.bot.db.begin() as session:
        await set_preference(session, ask.community.id, ask.actor.user_id, language=language)
    return texts(pick_language(language, ask.interaction.locale, ask.community))


async def help_message(ask: Ask, t: Texts) -> dict[str, Any]:
    """The help as the parts of a message."""
    guide = ask.bot.get_cog("Guide")
    ids = await guide.command_ids() if isinstance(guide, Guide) else {}

    def mention(name: str) -> str | None:
        root, *rest = name.split()
        command = ask.bot.tree.get_command(root)
        for part in rest:
            command = command.get_command(part) if isinstance(command, app_commands.Group) else None
        if command is None:
            return None
        return f"</{name}:{ids[root]}>" if root in ids else f"`/{name}`"

    # A channel that is gone must not be named.
    welcome = ask.guild.get_channel(ask.community.channel("channel:welcome") or 0)
    card = help_card(t, ask.actor.standing, welcome.id if welcome else None, mention)
    options = [
        discord.SelectOption(label=name, value=code, default=code == t.language) for code, name in OWN_NAMES.items()
    ]
    options.append(discord.SelectOption(label=t("As my Discord"), value=AS_DISCORD))
    return {"embeds": [card], "view": row(ChooseLanguage(options, placeholder=t("Your language")))}


class Guide(commands.Cog):
    """Help, and the person's own language."""

    language = app_commands.Group(name=L("name", "language"), description=L("description", "Your language here"))

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot
        self._ids: dict[str, int] = {}

    async def command_ids(self) -> dict[str, int]:
        """The ids that Discord gave the commands, by name; asked for once. Empty where Discord does not say."""
        if not self._ids:
            try:
                self._ids = {command.name: command.id for command in await self.bot.tree.fetch_commands()}
            except discord.HTTPException as error:
                log.warning("could not ask for the ids of commands: %s", error.status)
        return self._ids

    @app_commands.command(
        name=L("name", "help"), description=L("description", "What you can do here, in your language")
    )
    async def help_command(self, interaction: discord.Interaction[Any]) -> None:
        """Show what this person can do."""
        ask = await Ask.of(interaction)
        await ask.answer(**await help_message(ask, ask.t))

    @language.command(
        name=L("name", "choose"), description=L("description", "Choose the language Convenor answers you in")
    )
    @app_commands.rename(language=L("name", "language"), zone=L("name", "zone"))
    @app_commands.describe(
        language=L("description", "The language, or the one that your Discord is set to"),
        zone=L("description", "Your time zone, for the times you type: a city or a country"),
    )
    @app_commands.choices(language=LANGUAGE_CHOICES)
    async def choose(
        self, interaction: discord.Interaction[Any], language: str | None = None, zone: str | None = None
    ) -> None:
        """Keep what the person chose, and say so in the language they chose."""
        ask = await Ask.of(interaction)
        if language is None and zone is None:
            raise Refusal("Choose a language, a time zone, or both.")
        if language is not None and language not in (*LANGUAGES, AS_DISCORD):
            raise Refusal("That value does not fit here. Choose one from the list.")
        found = None
        if zone is not None:
            found = find_zone(clean(zone)[:100])
            if found is None:
                raise Refusal(
                    "No time zone, or more than one, has that name. Choose one from the list, or write it like "
                    "Europe/Paris."
                )
        t = await keep_language(ask, language) if language is not None else ask.t
        said: list[str] = []
        if language is not None:
            said.append(t("Convenor now answers you in English."))
        if found is not None:
            async with self.bot.db.begin() as session:
                await set_preference(session, ask.community.id, ask.actor.user_id, zone=found)
                await follow_zone(session, ask.community, ask.actor.user_id, ask.now)
            said.append(
                t("The times you type are now taken as times in {zone}.", zone=name_zone(found, t.language, ask.now))
            )
        await ask.answer(" ".join(said))

    @choose.autocomplete("zone")
    async def suggest_zone(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        """Zones by city or country."""
        language = await language_for(self.bot, interaction)
        now = self.bot.clock()
        return [
            app_commands.Choice(name=name_zone(zone, language, now)[:100], value=zone)
            for zone in suggest_zones(clean(typed)[:100], language)
        ]
