"""The two forms in which a moderator describes a webinar, new or published. Both fill the same draft."""

from collections.abc import Mapping
from typing import Any, Self

from bot.ask import Ask
from bot.authorize import Standing
from bot.forms import Form, Typed
from cogs.webinars.announce import DRAFT, review
from cogs.webinars.cards import example
from cogs.webinars.editing import EDIT_DRAFT, begun, review_edit
from cogs.webinars.rules import (
    DEFAULT_MINUTES,
    DESCRIPTION_LIMIT,
    LINK_LIMIT,
    SPEAKERS_LIMIT,
    TITLE_LIMIT,
    TYPED_AT,
    WHEN_LIMIT,
    facts_of,
)
from cogs.webinars.views import key_of
from data.network import list_key_areas


class WebinarForm(Form, custom_id="webinar:new:{token}", draft=DRAFT):
    """What a webinar is about, and when."""

    needs = Standing.MODERATOR

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Give the form its fields."""
        t = ask.t
        self.title = t("A webinar")
        self.text("title", t("Title"), typed, most=TITLE_LIMIT)
        self.text(
            "when",
            t("When"),
            typed,
            description=t("Time zone: {zone}", zone=typed.get("zone") or ask.zone),
            placeholder=example(t),
            most=WHEN_LIMIT,
        )
        self.text("speakers", t("Speakers"), typed, required=False, long=True, most=SPEAKERS_LIMIT)
        self.text("description", t("What it is about"), typed, long=True, most=DESCRIPTION_LIMIT)
        self.text(
            "link",
            t("Link to join"),
            typed,
            description=t("Only those who say they are going get it."),
            placeholder="https://",
            required=False,
            most=LINK_LIMIT,
        )

    def kept(self, ask: Ask, typed: Typed) -> Typed:
        """Note when it was typed: "tomorrow" stays the day that was meant, however long the draft lies."""
        return {**typed, TYPED_AT: ask.now.isoformat()}

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Show what will be announced."""
        await review(ask, self.values["token"])


class OptionsForm(Form, custom_id="webinar:options:{token}", draft=DRAFT):
    """Time zone, length, key area, and whether to mention those who want to hear of webinars."""

    needs = Standing.MODERATOR

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Give the form its fields."""
        t = ask.t
        async with ask.bot.db.read() as session:
            areas = await list_key_areas(session)
        self.title = t("Zone, length, key area")
        typed = {"zone": ask.zone, "minutes": str(DEFAULT_MINUTES), "notify": "no"} | dict(typed)
        self.text("zone", t("Time zone"), typed, placeholder="Europe/Paris", most=100)
        self.text("minutes", t("Length in minutes"), typed, most=4)
        options = [(area.id, area.name.text(t.language)) for area in areas]
        self.choice("area", t("Key areas"), options, typed, required=False, most=len(options))
        self.choice(
            "notify",
            t("Mention those who want news"),
            [("no", t("No, announce it quietly")), ("yes", t("Yes, mention their role"))],
            typed,
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Show what will be announced."""
        await review(ask, self.values["token"])


class EditForm(WebinarForm, custom_id="webinar:edit:{webinar}:{version}", draft=EDIT_DRAFT):
    """The same for a webinar that is published."""

    async def filled(self, ask: Ask, typed: Mapping[str, Any] | None = None) -> Self:
        """The form with what is published, where the moderator changed nothing yet."""
        return await super().filled(ask, await _published(ask, self.values))

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Show what would be saved."""
        await review_edit(ask, key_of(self.values["webinar"]), key_of(self.values["version"]))


class EditOptionsForm(OptionsForm, custom_id="webinar:editoptions:{webinar}:{version}", draft=EDIT_DRAFT):
    """The same for a webinar that is published."""

    async def filled(self, ask: Ask, typed: Mapping[str, Any] | None = None) -> Self:
        """The form with what is published, where the moderator changed nothing yet."""
        return await super().filled(ask, await _published(ask, self.values))

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Show what would be saved."""
        await review_edit(ask, key_of(self.values["webinar"]), key_of(self.values["version"]))


async def _published(ask: Ask, values: Mapping[str, str]) -> dict[str, Any]:
    """The fields as they are published.

    Raises:
        Refusal: there is no such webinar here, or it can be changed no more.
    """
    webinar, _ = await begun(ask, key_of(values["webinar"]), key_of(values["version"]))
    return facts_of(webinar)
