"""The form in which a moderator gives a webinar's title and description in one more language."""

from collections.abc import Mapping
from typing import Any, Self

from bot.ask import Ask
from bot.authorize import Standing, not_found
from bot.forms import Form, Typed
from cogs.webinars.announce import DRAFT, load, review, save
from cogs.webinars.editing import EDIT_DRAFT, begun, filled, review_edit, save_edit
from cogs.webinars.keys import key_of
from cogs.webinars.rules import DESCRIPTION_LIMIT, TITLE_LIMIT, facts_of
from cogs.webinars.wording import ENDONYMS, field, original_of
from data.languages import LANGUAGES


class TextForm(Form, custom_id="webinar:text:{token}:{language}", draft=DRAFT):
    """Title and description of a webinar that is not announced yet, in one more language."""

    needs = Standing.MODERATOR

    @property
    def subject(self) -> str:
        """The draft of the webinar itself."""
        return self.values["token"]

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Give the form its fields: empty ones take the language out again."""
        t, language = ask.t, self.values["language"]
        if language not in LANGUAGES:
            raise not_found()
        self.title = t("In another language: {language}", language=ENDONYMS[language])
        original = typed.get("title") or "…"
        self.text(
            field("title", language),
            t("Title"),
            typed,
            description=t("The original: {title}", title=original),
            required=False,
            most=TITLE_LIMIT,
        )
        self.text(
            field("description", language),
            t("What it is about"),
            typed,
            required=False,
            long=True,
            most=DESCRIPTION_LIMIT,
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Note of which text it is, and show what will be announced."""
        if self.values["language"] not in LANGUAGES:
            raise not_found()
        draft = await load(ask, self.subject)
        async with ask.bot.db.begin() as session:
            await save(session, ask, self.subject, {field("of", self.values["language"]): original_of(draft.data)})
        await review(ask, self.subject)


class EditTextForm(TextForm, custom_id="webinar:edittext:{webinar}:{version}:{language}", draft=EDIT_DRAFT):
    """The same for a webinar that is published."""

    @property
    def subject(self) -> str:
        """The moderator's changes to that version."""
        return f"{self.values['webinar']}:{self.values['version']}"

    async def filled(self, ask: Ask, typed: Mapping[str, Any] | None = None) -> Self:
        """The form with what is published, where the moderator changed nothing yet."""
        webinar, _ = await begun(ask, key_of(self.values["webinar"]), key_of(self.values["version"]))
        return await super().filled(ask, facts_of(webinar))

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Note of which text it is, and show what would be saved."""
        if self.values["language"] not in LANGUAGES:
            raise not_found()
        key, version = key_of(self.values["webinar"]), key_of(self.values["version"])
        webinar, draft = await begun(ask, key, version)
        mark = original_of(filled(webinar, draft))
        async with ask.bot.db.begin() as session:
            await save_edit(session, ask, key, version, {field("of", self.values["language"]): mark})
        await review_edit(ask, key, version)
