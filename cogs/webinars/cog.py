"""`/webinar`: announce, find, correct, cancel, and see what went out."""

import asyncio
import secrets
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Convenor
from bot.ask import Ask
from bot.authorize import Standing, authorize
from bot.buttons import row
from bot.forms import OpenForm
from bot.languages import L
from bot.render import cut, one_line
from cogs.webinars import rules, warnings
from cogs.webinars.after_commands import AfterCommands
from cogs.webinars.announce import DRAFT, PUBLISHED, Discard, save
from cogs.webinars.calendar import show_calendar
from cogs.webinars.cancelling import ask_to_cancel
from cogs.webinars.choosing import Choices, find, suggest
from cogs.webinars.details import MOST_PLACES
from cogs.webinars.editing import EDIT, begin_edit, outdated
from cogs.webinars.forms import EditForm, WebinarForm
from cogs.webinars.proof import show_deliveries
from cogs.webinars.reminder_commands import ReminderCommands
from cogs.webinars.views import key_of, list_page, show_webinar
from cogs.webinars.when_options import phrase, suggest_dates, suggest_times
from data import webinars
from data.drafts import list_drafts
from data.webinars import MINUTES
from data.zones import name_zone, suggest_zones

AREAS = [
    app_commands.Choice(name=L("choice", "Institutional change"), value="institutional-change"),
    app_commands.Choice(name=L("choice", "Prevention and investigation"), value="prevention-investigation"),
    app_commands.Choice(name=L("choice", "Gender-responsive budgeting"), value="budgeting"),
    app_commands.Choice(name=L("choice", "Capacity-strengthening"), value="capacity"),
    app_commands.Choice(name=L("choice", "Gender-responsive leadership"), value="leadership"),
]
KINDS = [
    app_commands.Choice(name=L("choice", "Webinar (online)"), value="webinar"),
    app_commands.Choice(name=L("choice", "Meeting in person"), value="meeting"),
    app_commands.Choice(name=L("choice", "Training"), value="training"),
]


class Webinars(
    AfterCommands,
    ReminderCommands,
    commands.GroupCog,
    group_name=L("name", "webinar"),
    group_description=L("description", "Webinars: what is coming, and announcing them"),
):
    """Commands about webinars."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot
        self._warm = False

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let every command pass. The first look at the calendars takes up to a second: get ready while people type."""
        if not self._warm:
            self._warm = True
            self.bot.supervisor.start("holidays", lambda: asyncio.to_thread(warnings.warm, self.bot.clock()))
        return True

    @commands.Cog.listener()
    async def on_community_set_up(self, guild: discord.Guild) -> None:
        """Announce what could not be announced before the channel or a permission was there."""
        async with self.bot.db.begin() as session:
            await webinars.plan_failed_again(session, guild.id, self.bot.clock())

    @app_commands.command(name=L("name", "create"), description=L("description", "Announce a webinar (moderators)"))
    @app_commands.rename(
        date=L("name", "date"),
        time=L("name", "time"),
        zone=L("name", "zone"),
        minutes=L("name", "minutes"),
        area=L("name", "area"),
        notify=L("name", "notify"),
        kind=L("name", "kind"),
        places=L("name", "places"),
    )
    @app_commands.describe(
        date=L("description", "The day, in your words; you can also give it in the form"),
        time=L("description", "The hour it begins, on the clocks of the time zone"),
        zone=L("description", "Time zone of the hour you will type: a city or a country"),
        minutes=L("description", "Length in minutes; 60 if you say nothing"),
        area=L("description", "The key area it is about"),
        notify=L("description", "Mention those who asked to hear of webinars"),
        kind=L("description", "What it is; a webinar if you say nothing"),
        places=L("description", "How many people can come; leave it out where all who want can"),
    )
    @app_commands.choices(area=AREAS, kind=KINDS)
    async def create(  # noqa: PLR0913, PLR0917 - the options of a command
        self,
        interaction: discord.Interaction[Any],
        date: str | None = None,
        time: str | None = None,
        zone: str | None = None,
        minutes: app_commands.Range[int, MINUTES[0], MINUTES[-1]] | None = None,
        area: str | None = None,
        notify: bool = False,
        kind: str | None = None,
        places: app_commands.Range[int, 1, MOST_PLACES] | None = None,
    ) -> None:
        """Open the form, or offer to go on with a draft."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        token = secrets.token_hex(4)
        chosen = {
            "zone": rules.read_zone(zone) or ask.zone,
            "minutes": str(minutes or rules.DEFAULT_MINUTES),
            "area": [area] if area else [],
            "kind": [kind] if kind else [],
            "places": str(places or ""),
            "notify": "yes" if notify else "no",
            "when": phrase(date, time),
        }
        async with self.bot.db.begin() as session:
            drafts = await list_drafts(session, ask.community.id, ask.actor.user_id, now=ask.now, kind=DRAFT)
            await save(session, ask, token, chosen)
        begun = [draft for draft in drafts if draft.data.get("title") and PUBLISHED not in draft.data]
        if not begun:
            await ask.open(await WebinarForm.make(ask, token=token))
            return
        t, old = ask.t, begun[0]
        await ask.answer(
            t(
                "You began to announce “{title}”. Go on with it, or begin another?",
                title=one_line(old.data["title"], 200),
            ),
            view=row(
                OpenForm(t("Continue"), style=discord.ButtonStyle.primary, form=f"webinar:new:{old.subject}"),
                OpenForm(t("Begin another"), form=f"webinar:new:{token}"),
                Discard(t("Discard the old one"), style=discord.ButtonStyle.danger, token=old.subject),
            ),
        )

    @app_commands.command(name=L("name", "list"), description=L("description", "Webinars that are coming"))
    @app_commands.rename(area=L("name", "area"))
    @app_commands.describe(area=L("description", "Only those about this key area"))
    @app_commands.choices(area=AREAS)
    async def upcoming(self, interaction: discord.Interaction[Any], area: str | None = None) -> None:
        """What is ahead, in pages."""
        ask = await Ask.of(interaction, Standing.MEMBER)
        card, view = await list_page(ask, area, 0)
        await ask.answer(embed=card, view=view)

    @app_commands.command(name=L("name", "show"), description=L("description", "One webinar, in your language"))
    @app_commands.rename(webinar=L("name", "webinar"))
    @app_commands.describe(webinar=L("description", "Begin to type its title"))
    async def show(self, interaction: discord.Interaction[Any], webinar: str) -> None:
        """One webinar."""
        ask = await Ask.of(interaction, Standing.MEMBER)
        await show_webinar(ask, await self._key(ask, webinar))

    @app_commands.command(
        name=L("name", "calendar"),
        description=L("description", "Webinars in your own calendar, as a file or by an address"),
    )
    @app_commands.rename(webinar=L("name", "webinar"))
    @app_commands.describe(webinar=L("description", "Only this one; begin to type its title"))
    async def calendar(self, interaction: discord.Interaction[Any], webinar: str | None = None) -> None:
        """A file, and an address."""
        ask = await Ask.of(interaction, Standing.MEMBER)
        await show_calendar(ask, None if webinar is None else await self._key(ask, webinar))

    @app_commands.command(name=L("name", "cancel"), description=L("description", "Cancel a webinar (moderators)"))
    @app_commands.rename(webinar=L("name", "webinar"), reason=L("name", "reason"))
    @app_commands.describe(
        webinar=L("description", "Begin to type its title"), reason=L("description", "Why; everyone will read it")
    )
    async def cancel(self, interaction: discord.Interaction[Any], webinar: str, reason: str) -> None:
        """Ask once more."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        await ask_to_cancel(ask, await self._key(ask, webinar), reason)

    @app_commands.command(
        name=L("name", "deliveries"),
        description=L("description", "What went out about a webinar, and what will (moderators)"),
    )
    @app_commands.rename(webinar=L("name", "webinar"))
    @app_commands.describe(webinar=L("description", "Begin to type its title"))
    async def deliveries(self, interaction: discord.Interaction[Any], webinar: str) -> None:
        """What went out."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        await show_deliveries(ask, await self._key(ask, webinar))

    @app_commands.command(name=L("name", "edit"), description=L("description", "Correct a webinar (moderators)"))
    @app_commands.rename(webinar=L("name", "webinar"))
    @app_commands.describe(webinar=L("description", "Begin to type its title"))
    async def edit(self, interaction: discord.Interaction[Any], webinar: str) -> None:
        """Open the form with what is published, or offer to go on with changes begun before somebody else's."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        found, old = await begin_edit(ask, await self._key(ask, webinar))
        if old is not None:
            await outdated(ask, found, key_of(old.subject.rpartition(":")[2]))
            return
        await ask.open(await EditForm.make(ask, webinar=found.id, version=found.version))

    @app_commands.command(
        name=L("name", "duplicate"),
        description=L("description", "Announce another webinar like this one (moderators)"),
    )
    @app_commands.rename(webinar=L("name", "webinar"))
    @app_commands.describe(webinar=L("description", "Begin to type its title"))
    async def duplicate(self, interaction: discord.Interaction[Any], webinar: str) -> None:
        """Open the form for a new webinar with what is known of another, all but the date."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        key, token = await self._key(ask, webinar), secrets.token_hex(4)
        async with self.bot.db.begin() as session:
            found = await authorize(session, ask.actor, EDIT, key)
            await save(session, ask, token, rules.facts_of(found) | {"when": ""})
        await ask.open(await WebinarForm.make(ask, token=token))

    @create.autocomplete("date")
    async def _suggest_dates(self, interaction: discord.Interaction[Any], text: str) -> Choices:
        return await suggest_dates(interaction, text)

    @create.autocomplete("time")
    async def _suggest_times(self, interaction: discord.Interaction[Any], text: str) -> Choices:
        return await suggest_times(interaction, text)

    @create.autocomplete("zone")
    async def _suggest_zones(self, interaction: discord.Interaction[Any], text: str) -> Choices:
        ask = await Ask.of(interaction)
        found = suggest_zones(text[:100], ask.t.language, first=ask.zone)
        return [
            app_commands.Choice(name=cut(name_zone(zone, ask.t.language, ask.now), 100), value=zone) for zone in found
        ]

    @calendar.autocomplete("webinar")
    @show.autocomplete("webinar")
    @deliveries.autocomplete("webinar")
    @duplicate.autocomplete("webinar")
    async def _suggest_any(self, interaction: discord.Interaction[Any], text: str) -> Choices:
        return await self._suggest(interaction, text, only_ahead=False)

    @cancel.autocomplete("webinar")
    @edit.autocomplete("webinar")
    async def _suggest_ahead(self, interaction: discord.Interaction[Any], text: str) -> Choices:
        return await self._suggest(interaction, text, only_ahead=True)

    async def _suggest(self, interaction: discord.Interaction[Any], text: str, *, only_ahead: bool) -> Choices:
        return await suggest(interaction, text, only_ahead=only_ahead)

    async def _key(self, ask: Ask, typed: str) -> int:
        return await find(ask, typed)
