"""The forms for what a webinar is beside its text and its hour: its kind, place and languages; whom it is for."""

from collections.abc import Mapping
from typing import Any, Self

import discord

from bot.ask import Ask
from bot.authorize import Standing
from bot.forms import Form, Typed
from bot.languages import Texts
from cogs.webinars.announce import DRAFT, review
from cogs.webinars.details import PLACE_LIMIT, read_id
from cogs.webinars.editing import EDIT_DRAFT, begun, review_edit
from cogs.webinars.keys import key_of
from cogs.webinars.rules import facts_of
from data.languages import WORK_LANGUAGES, name_language
from data.network import list_key_areas
from data.webinars import FOR_ALL, FOR_AREAS, FOR_NETWORK, MEETING, TRAINING, WEBINAR

CHANNELS = (discord.ChannelType.voice, discord.ChannelType.stage_voice)


class PlaceForm(Form, custom_id="webinar:place:{token}", draft=DRAFT):
    """What it is, where, and in which languages."""

    needs = Standing.MODERATOR

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Give the form its fields."""
        t = ask.t
        self.title = t("Kind, place, languages")
        typed = {**typed, **here(ask, typed), "kind": typed.get("kind") or [WEBINAR]}
        kinds = [(WEBINAR, t("Webinar (online)")), (MEETING, t("Meeting in person")), (TRAINING, t("Training"))]
        self.choice("kind", t("What it is"), kinds, typed)
        self.text(
            "place",
            t("Place"),
            typed,
            description=t("Where people meet. Everyone reads it, so no link to join here."),
            required=False,
            most=PLACE_LIMIT,
        )
        self.pick("channel", t("Or a voice or stage channel"), discord.ui.ChannelSelect, typed, channel_types=CHANNELS)
        spoken = language_options(t)
        self.choice("spoken", t("Languages spoken"), spoken, typed, required=False, most=len(spoken))
        self.choice("interpreted", t("Interpreted into"), spoken, typed, required=False, most=len(spoken))

    def kept(self, ask: Ask, typed: Typed) -> Typed:
        """Keep no channel that this server has not, or where nobody can speak: only a forged form brings one."""
        return {**typed, **here(ask, typed)}

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Show what will be announced."""
        await review(ask, self.values["token"])


class WhoForm(Form, custom_id="webinar:who:{token}", draft=DRAFT):
    """Whom it is for, how many can come, and who runs it."""

    needs = Standing.MODERATOR

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Give the form its fields."""
        t = ask.t
        async with ask.bot.db.read() as session:
            areas = [(area.id, area.name.text(t.language)) for area in await list_key_areas(session)]
        self.title = t("Who it is for, places, host")
        typed = {**typed, **here(ask, typed), "who": typed.get("who") or [FOR_ALL]}
        whom = [
            (FOR_ALL, t("All members")),
            (FOR_AREAS, t("Members who work in some key areas")),
            (FOR_NETWORK, t("Approved members from the Network's countries")),
        ]
        self.choice("who", t("Who it is for"), whom, typed)
        self.choice("who_areas", t("If for some key areas: which"), areas, typed, required=False, most=len(areas))
        self.text(
            "places",
            t("Number of places"),
            typed,
            description=t("Leave it empty where all who want can come."),
            required=False,
            most=10,
        )
        user = discord.ui.UserSelect
        self.pick("host", t("Host"), user, typed, description=t("Whoever runs it; you, where nobody is chosen."))
        self.pick("co_host", t("Co-host"), user, typed, description=t("Whoever stands in for the host."))

    def kept(self, ask: Ask, typed: Typed) -> Typed:
        """Keep nobody who is not in this server: only a forged form brings one. A bot runs nothing."""
        return {**typed, **here(ask, typed)}

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Show what will be announced."""
        await review(ask, self.values["token"])


class EditPlaceForm(PlaceForm, custom_id="webinar:editplace:{webinar}:{version}", draft=EDIT_DRAFT):
    """The same for a webinar that is published."""

    async def filled(self, ask: Ask, typed: Mapping[str, Any] | None = None) -> Self:
        """The form with what is published, where the moderator changed nothing yet."""
        return await super().filled(ask, await published(ask, self.values))

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Show what would be saved."""
        await review_edit(ask, key_of(self.values["webinar"]), key_of(self.values["version"]))


class EditWhoForm(WhoForm, custom_id="webinar:editwho:{webinar}:{version}", draft=EDIT_DRAFT):
    """The same for a webinar that is published."""

    async def filled(self, ask: Ask, typed: Mapping[str, Any] | None = None) -> Self:
        """The form with what is published, where the moderator changed nothing yet."""
        return await super().filled(ask, await published(ask, self.values))

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Show what would be saved."""
        await review_edit(ask, key_of(self.values["webinar"]), key_of(self.values["version"]))


def language_options(t: Texts) -> list[tuple[str, str]]:
    """The languages to choose from, the bot's own first, then by their names."""
    named = [(code, name_language(code, t.language)) for code in WORK_LANGUAGES]
    return [(code, name[:1].upper() + name[1:]) for code, name in named]


def here(ask: Ask, typed: Mapping[str, Any]) -> dict[str, list[str]]:
    """The people and the channel among what was chosen, without those that the server has not."""
    kept: dict[str, list[str]] = {}
    for name in ("channel", "host", "co_host"):
        found = read_id(typed.get(name))
        if name not in typed or found is None:
            continue
        if name == "channel":
            channel = ask.guild.get_channel(found)
            there = isinstance(channel, discord.VoiceChannel | discord.StageChannel)
        else:
            person = ask.guild.get_member(found)
            there = person is not None and not person.bot
        kept[name] = [str(found)] if there else []
    return kept


async def published(ask: Ask, values: Mapping[str, str]) -> dict[str, Any]:
    """The fields as they are published.

    Raises:
        Refusal: there is no such webinar here, or it can be changed no more.
    """
    webinar, _ = await begun(ask, key_of(values["webinar"]), key_of(values["version"]))
    return facts_of(webinar)
