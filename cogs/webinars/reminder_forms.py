"""The form in which a moderator gives a webinar reminders of its own."""

from collections.abc import Mapping
from typing import Any, Self

from bot.ask import Ask
from bot.authorize import Standing
from bot.forms import Form, Typed
from cogs.webinars.announce import DRAFT, review
from cogs.webinars.editing import EDIT_DRAFT, begun, review_edit
from cogs.webinars.keys import key_of
from cogs.webinars.offsets import OFFSETS_LIMIT, write_offsets
from cogs.webinars.rules import facts_of


class OffsetsForm(Form, custom_id="webinar:offsets:{token}", draft=DRAFT):
    """When everyone is reminded of a webinar."""

    needs = Standing.MODERATOR

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Give the form its field; left empty, the community's own times hold."""
        t = ask.t
        self.title = t("Reminders")
        self.text(
            "reminders",
            t("How long before"),
            typed,
            description=t("Like 7d 24h 1h 0, or none. Empty: {offsets}", offsets=usual(ask)),
            placeholder=write_offsets(ask.community.reminder_offsets),
            required=False,
            most=OFFSETS_LIMIT,
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Show what will be announced."""
        await review(ask, self.values["token"])


class EditOffsetsForm(OffsetsForm, custom_id="webinar:editoffsets:{webinar}:{version}", draft=EDIT_DRAFT):
    """The same for a webinar that is published."""

    async def filled(self, ask: Ask, typed: Mapping[str, Any] | None = None) -> Self:
        """The form with what is published, where the moderator changed nothing yet."""
        webinar, _ = await begun(ask, key_of(self.values["webinar"]), key_of(self.values["version"]))
        return await super().filled(ask, facts_of(webinar))

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Show what would be saved."""
        await review_edit(ask, key_of(self.values["webinar"]), key_of(self.values["version"]))


def usual(ask: Ask) -> str:
    """The community's own times, as they are typed."""
    return write_offsets(ask.community.reminder_offsets)
