"""`/webinar`: announce, find, cancel, and see what went out."""

import secrets
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Convenor
from bot.ask import Ask
from bot.authorize import Standing, authorize, not_found
from bot.buttons import Button, row
from bot.errors import Refusal
from bot.forms import KEEP_DRAFT, OpenForm
from bot.languages import L
from bot.render import cut, label, one_line
from cogs.webinars import rules
from cogs.webinars.announce import DRAFT, PUBLISHED, Discard, save
from cogs.webinars.cards import moment_text
from cogs.webinars.forms import WebinarForm
from cogs.webinars.proof import show_deliveries
from cogs.webinars.views import CANCEL, closed, key_of, list_page, show_webinar
from data import webinars
from data.drafts import delete_draft, get_draft, list_drafts, save_draft
from data.wall_time import Moment, in_words
from data.webinars import MINUTES, Webinar
from data.zones import name_zone, suggest_zones

CANCEL_DRAFT = "webinar.cancel"

Choices = list[app_commands.Choice[str]]

AREAS = [
    app_commands.Choice(name=L("choice", "Institutional change"), value="institutional-change"),
    app_commands.Choice(name=L("choice", "Prevention and investigation"), value="prevention-investigation"),
    app_commands.Choice(name=L("choice", "Gender-responsive budgeting"), value="budgeting"),
    app_commands.Choice(name=L("choice", "Capacity-strengthening"), value="capacity"),
    app_commands.Choice(name=L("choice", "Gender-responsive leadership"), value="leadership"),
]


class ConfirmCancel(Button, custom_id="webinar:cancel:{webinar}:{version}"):
    """Cancels a webinar for good."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Cancel it, once, and say what happens now."""
        key, version = key_of(self.values["webinar"]), key_of(self.values["version"])
        user_id = ask.actor.user_id
        async with ask.bot.db.begin() as session:
            webinar = await authorize(session, ask.actor, CANCEL, key)
            if webinar.cancelled or webinar.ends_at <= ask.now:
                raise closed(webinar)
            draft = await get_draft(session, ask.community.id, user_id, CANCEL_DRAFT, str(key), now=ask.now)
            reason = str(draft.data.get("reason", "")) if draft else ""
            done = await webinars.cancel(
                session, ask.community.id, key, version=version, reason=reason, by=user_id, now=ask.now
            )
            if done is None:
                raise Refusal("It has changed meanwhile. Look at it again.")
            await delete_draft(session, ask.community.id, user_id, CANCEL_DRAFT, str(key))
            going = len(await webinars.users_going(session, key))
        await ask.update(
            ask.t.plural(
                "Cancelled: “{title}”. {n} person who was going is told directly.",
                "Cancelled: “{title}”. {n} people who were going are told directly.",
                going,
                title=one_line(done.title, 200),
            )
        )


class Webinars(
    commands.GroupCog,
    group_name=L("name", "webinar"),
    group_description=L("description", "Webinars: what is coming, and announcing them"),
):
    """Commands about webinars."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_community_set_up(self, guild: discord.Guild) -> None:
        """Announce what could not be announced before the channel or a permission was there."""
        async with self.bot.db.begin() as session:
            await webinars.plan_failed_again(session, guild.id, self.bot.clock())

    @app_commands.command(name=L("name", "create"), description=L("description", "Announce a webinar (moderators)"))
    @app_commands.rename(
        zone=L("name", "zone"), minutes=L("name", "minutes"), area=L("name", "area"), notify=L("name", "notify")
    )
    @app_commands.describe(
        zone=L("description", "Time zone of the hour you will type: a city or a country"),
        minutes=L("description", "Length in minutes; 60 if you say nothing"),
        area=L("description", "The key area it is about"),
        notify=L("description", "Mention those who asked to hear of webinars"),
    )
    @app_commands.choices(area=AREAS)
    async def create(
        self,
        interaction: discord.Interaction[Any],
        zone: str | None = None,
        minutes: app_commands.Range[int, MINUTES[0], MINUTES[-1]] | None = None,
        area: str | None = None,
        notify: bool = False,
    ) -> None:
        """Open the form, or offer to go on with a draft."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        token = secrets.token_hex(4)
        chosen = {
            "zone": rules.read_zone(zone) or ask.zone,
            "minutes": str(minutes or rules.DEFAULT_MINUTES),
            "area": area or "none",
            "notify": "yes" if notify else "no",
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

    @app_commands.command(name=L("name", "cancel"), description=L("description", "Cancel a webinar (moderators)"))
    @app_commands.rename(webinar=L("name", "webinar"), reason=L("name", "reason"))
    @app_commands.describe(
        webinar=L("description", "Begin to type its title"), reason=L("description", "Why; everyone will read it")
    )
    async def cancel(self, interaction: discord.Interaction[Any], webinar: str, reason: str) -> None:
        """Say what cancelling does, and ask once more."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        t, key = ask.t, await self._key(ask, webinar)
        why = rules.one_line(reason)
        if len(why) > rules.REASON_LIMIT:
            raise Refusal("The reason is too long: {limit} characters at most.", limit=rules.REASON_LIMIT)
        async with self.bot.db.begin() as session:
            found = await authorize(session, ask.actor, CANCEL, key)
            if found.cancelled or found.ends_at <= ask.now:
                raise closed(found)
            going = len(await webinars.users_going(session, key))
            await save_draft(
                session,
                community_id=ask.community.id,
                user_id=ask.actor.user_id,
                kind=CANCEL_DRAFT,
                subject=str(key),
                data={"reason": why},
                now=ask.now,
                keep=KEEP_DRAFT,
            )
        lines = [
            t("Cancel “{title}”?", title=f"**{one_line(found.title, 200)}**"),
            moment_text(found.starts_at),
            t("The announcement will say so, a notice is posted, and nothing reminds of it any more."),
            t.plural("{n} person who is going is told directly.", "{n} people who are going are told directly.", going),
        ]
        if why:
            lines.append(t("Why: {reason}", reason=one_line(why, 700)))
        confirm = ConfirmCancel(
            t("Cancel this webinar"), style=discord.ButtonStyle.danger, webinar=key, version=found.version
        )
        await ask.answer("\n".join(lines), view=row(confirm))

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

    @create.autocomplete("zone")
    async def _suggest_zones(self, interaction: discord.Interaction[Any], text: str) -> Choices:
        ask = await Ask.of(interaction)
        found = suggest_zones(text[:100], ask.t.language, first=ask.zone)
        return [
            app_commands.Choice(name=cut(name_zone(zone, ask.t.language, ask.now), 100), value=zone) for zone in found
        ]

    @show.autocomplete("webinar")
    @deliveries.autocomplete("webinar")
    async def _suggest_any(self, interaction: discord.Interaction[Any], text: str) -> Choices:
        return await self._suggest(interaction, text, only_ahead=False)

    @cancel.autocomplete("webinar")
    async def _suggest_ahead(self, interaction: discord.Interaction[Any], text: str) -> Choices:
        return await self._suggest(interaction, text, only_ahead=True)

    async def _suggest(self, interaction: discord.Interaction[Any], text: str, *, only_ahead: bool) -> Choices:
        ask = await Ask.of(interaction)
        if not ask.actor.is_member:
            return []
        async with self.bot.db.read() as session:
            found = await webinars.search_titles(
                session, ask.community.id, text[:100], now=ask.now, only_ahead=only_ahead
            )
        return [app_commands.Choice(name=_shown(ask, webinar), value=str(webinar.id)) for webinar in found]

    async def _key(self, ask: Ask, typed: str) -> int:
        """The id that an option names: chosen from the list, or a title typed in full.

        Raises:
            Refusal: it names none.
        """
        if typed.isascii() and typed.isdecimal():
            return key_of(typed)
        async with self.bot.db.read() as session:
            found = await webinars.search_titles(session, ask.community.id, typed[:200], now=ask.now)
        if len(found) != 1:
            raise not_found()
        return found[0].id


def _shown(ask: Ask, webinar: Webinar) -> str:
    """A webinar in a list of suggestions: its hour in the person's zone, and its title."""
    when = in_words(Moment.at(webinar.starts_at, ask.zone).wall, ask.t.language, year=False)
    if webinar.cancelled:
        when = f"{when}, " + ask.t("cancelled")
    return cut(ask.t.pair(when, label(webinar.title, 100)), 100)
