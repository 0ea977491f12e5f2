"""Translations of practices: writing them, and the author's word on them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Action, Actor, Standing, authorize, not_found, require
from bot.buttons import Button, Select, row
from bot.caution import find_in, warning
from bot.errors import Refusal
from bot.forms import Form, OpenForm, Typed
from bot.languages import Texts
from bot.render import clean, label, one_line
from cogs.practices import cards, rules
from cogs.practices.drafting import show
from cogs.practices.rules import SECTIONS, SUMMARY, TITLE, Text
from cogs.practices.views import area_names, readable
from data.drafts import delete_draft, get_draft
from data.languages import LANGUAGES, name_language
from data.practices import PUBLISHED, Practice
from data.practices import translations as kept
from data.practices.translations import WAITING, Translation
from data.safeguarding import Context
from data.wording import Wording

DRAFT = "practice-translate"
# Of a form.
FIELDS_EACH = 5
# Discord's own limit for what a thread is called; a title fits it in every language.
TITLE_MOST = 100


def by_author_of_waiting(actor: Actor, translation: Translation) -> bool:
    """Allows the author of the practice, as long as it waits."""
    mine = translation.practice.author_id == actor.user_id
    return actor.is_member and mine and translation.state == WAITING


DECIDE = Action("practice.translation", kept.get_translation, by_author_of_waiting)


# Writing --------------------------------------------------------------------------------------------------------------


async def translatable(ask: Ask, practice_id: str, language: str) -> Practice:
    """A practice that this member may translate into a language.

    Raises:
        Refusal: there is none, its author does not want it, or it is written in that language.
    """
    require(ask.actor, Standing.MEMBER)
    practice = await readable(ask, practice_id)
    if practice.from_brochure or practice.state != PUBLISHED or language not in LANGUAGES:
        raise not_found()
    if not kept.may_translate(practice, ask.actor.user_id):
        raise Refusal("Its author does not want it translated.")
    if language == practice.language:
        raise Refusal("It is written in that language.")
    return practice


def fields_of(practice: Practice) -> list[Text]:
    """What is to be translated: the title, the summary, and the sections that there are."""
    return [TITLE, SUMMARY, *(field for field in SECTIONS if practice.sections.get(field.name))]


def parts_of(practice: Practice) -> list[list[Text]]:
    """The same, form by form."""
    fields = fields_of(practice)
    return [fields[start : start + FIELDS_EACH] for start in range(0, len(fields), FIELDS_EACH)]


def original(practice: Practice, field: Text) -> str:
    """What the author wrote."""
    by_name = {"title": practice.title, "summary": practice.summary}
    return by_name[field.name].text(practice.language) if field.name in by_name else practice.sections[field.name]


def longest(field: Text) -> int:
    """How long a translation may be: other languages take more room."""
    return TITLE_MOST if field is TITLE else field.most + field.most // 2


class Translations(Button, custom_id="practice:translations:{practice}"):
    """Lets an author choose into which language to translate."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Offer the other three."""
        practice = await readable(ask, self.values["practice"])
        options = [
            discord.SelectOption(label=rules.language_name(ask.t, language), value=language)
            for language in LANGUAGES
            if language != practice.language
        ]
        menu = TranslateTo(options, placeholder=ask.t("Into which language?"), practice=practice.id)
        await show(ask, ask.t("Translate “{title}”:", title=cards.shown_title(ask.t, practice)), view=row(menu))


class TranslateTo(Select, custom_id="practice:translateto:{practice}"):
    """Opens the first form of a translation."""

    needs = Standing.MEMBER

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Show it."""
        await translatable(ask, self.values["practice"], options[0])
        await ask.open(await TranslateForm.make(ask, practice=self.values["practice"], language=options[0], part=0))


class TranslateIt(Button, custom_id="practice:translateit:{practice}:{language}"):
    """Opens the first form of a translation."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Show it."""
        practice, language = self.values["practice"], self.values["language"]
        await translatable(ask, practice, language)
        await ask.open(await TranslateForm.make(ask, practice=practice, language=language, part=0))


class TranslateForm(Form, custom_id="practice:translate:{practice}:{language}:{part}", draft=DRAFT):
    """Some of a practice's texts in another language."""

    needs = Standing.MEMBER

    @property
    def subject(self) -> str:
        """All parts fill one draft."""
        return f"{self.values['practice']}:{self.values['language']}"

    async def fields(self, ask: Ask) -> tuple[Practice, list[Text]]:
        """The practice, and the texts of this part."""
        practice = await translatable(ask, self.values["practice"], self.values["language"])
        parts, part = parts_of(practice), rules.page_number(self.values["part"])
        if part >= len(parts):
            raise not_found()
        return practice, parts[part]

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """A field for each, with the beginning of what the author wrote."""
        practice, fields = await self.fields(ask)
        total = len(parts_of(practice))
        self.title = ask.t("Translation, {n} of {total}", n=rules.page_number(self.values["part"]) + 1, total=total)
        for field in fields:
            self.text(
                field.name,
                ask.t(field.label),
                typed,
                description=label(original(practice, field)),
                long=field.long,
                least=1,
                most=longest(field),
            )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """On to the next part, or to looking it over."""
        practice, fields = await self.fields(ask)
        for field in fields:
            check(field, typed.get(field.name), ask.t)
        await proceed(ask, practice, self.values["language"])


def check(field: Text, typed: object, t: Texts) -> str:
    """A translated text, if it is there and fits.

    Raises:
        Refusal: it does not.
    """
    text = clean(typed) if isinstance(typed, str) else ""
    if not 1 <= len(text) <= longest(field):
        raise Refusal(
            "“{field}” needs 1 to {most} characters; it has {n}.",
            field=t(field.label),
            most=longest(field),
            n=len(text),
        )
    return text if field.long else " ".join(text.split())


async def proceed(ask: Ask, practice: Practice, language: str) -> None:
    """Offer the form that is still to be filled, or show the whole and what may identify a person in it."""
    t = ask.t
    async with ask.bot.db.read() as session:
        draft = await get_draft(session, *place_of(ask, practice, language), now=ask.now)
    typed: Mapping[str, Any] = draft.data if draft is not None else {}
    parts = parts_of(practice)
    for number, part in enumerate(parts):
        if any(not clean(str(typed.get(field.name) or "")) for field in part):
            text = t("Saved. Next: form {n} of {total}.", n=number + 1, total=len(parts))
            await show(ask, text, view=row(part_button(t("Continue"), practice, language, number)))
            return
    texts = {field.name: check(field, typed.get(field.name), t) for field in fields_of(practice)}
    found = [one for several in (await find_in(texts, Context.PRACTICE, language)).values() for one in several]
    lines = [t("This is the translation. Nothing is sent yet.")]
    if found:
        lines.append(warning(t, found))
    send = t("Send it: it identifies nobody") if found else t("Send it")
    view = row(
        SendTranslation(send, style=discord.ButtonStyle.success, practice=practice.id, language=language),
        *(
            part_button(t("Change part {n}", n=number + 1), practice, language, number, first=False)
            for number in range(len(parts))
        ),
    )
    shown = cards.card(t, as_translated(practice, language, texts), await area_names(ask), author_id=None)
    await show(ask, "\n\n".join(lines), embeds=shown.embeds, view=view)


def as_translated(practice: Practice, language: str, texts: Mapping[str, str]) -> Practice:
    """The practice with these texts."""
    sections = {name: text for name, text in texts.items() if name not in ("title", "summary")}
    return replace(
        practice,
        language=language,
        title=Wording({language: texts["title"]}),
        summary=Wording({language: texts["summary"]}),
        sections=sections,
    )


def part_button(text: str, practice: Practice, language: str, part: int, *, first: bool = True) -> Button:
    """A button that opens one of the forms."""
    style = discord.ButtonStyle.primary if first else discord.ButtonStyle.secondary
    return OpenForm(text, style=style, form=f"practice:translate:{practice.id}:{language}:{part}")


def place_of(ask: Ask, practice: Practice, language: str) -> tuple[int, int, str, str]:
    """Where the draft of a translation is kept."""
    return ask.community.id, ask.actor.user_id, DRAFT, f"{practice.id}:{language}"


class SendTranslation(Button, custom_id="practice:sendtr:{practice}:{language}"):
    """Sends a translation to the author; the author's own is shown at once."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Send it once."""
        language = self.values["language"]
        practice = await translatable(ask, self.values["practice"], language)
        place = place_of(ask, practice, language)
        async with ask.bot.db.begin() as session:
            draft = await get_draft(session, *place, now=ask.now)
            if draft is None:
                raise not_found()
            texts = {field.name: check(field, draft.data.get(field.name), ask.t) for field in fields_of(practice)}
            # Of two that were sent at once, the draft goes with the first; a refusal below brings it back.
            if not await delete_draft(session, *place):
                raise not_found()
            made = await kept.offer_translation(
                session, practice, language, user_id=ask.actor.user_id, texts=texts, now=ask.now
            )
            if made is None:
                raise Refusal("Another translation into this language waits for the author already.")
        if made.state == WAITING:
            await show(ask, ask.t("Thank you. Its author is asked to approve it; then others can read it."))
        else:
            await show(ask, ask.t("Thank you. Whoever reads that language can read it now."))


# The author's word ----------------------------------------------------------------------------------------------------


async def decidable(ask: Ask, translation_id: str) -> Translation:
    """A translation that waits for this author."""
    if not (translation_id.isascii() and translation_id.isdecimal() and len(translation_id) <= 15):
        raise not_found()
    async with ask.bot.db.read() as session:
        return await authorize(session, ask.actor, DECIDE, int(translation_id))


def decision_buttons(t: Texts, translation: Translation) -> list[Button]:
    """What an author can say about a translation."""
    place: dict[str, Any] = {"community": translation.community_id, "translation": translation.id}
    return [
        ApproveTranslation(t("Approve"), style=discord.ButtonStyle.success, **place),
        DeclineTranslation(t("Do not show it"), **place),
    ]


def waiting_line(t: Texts, translation: Translation) -> str:
    """To an author, in a list."""
    language = name_language(translation.language, t.language)
    return t("**A translation waits for your word:** {language}", language=language)


async def open_to_author(ask: Ask, translation_id: str) -> None:
    """Show an author a translation that waits for them."""
    translation = await decidable(ask, translation_id)
    shown = cards.card(ask.t, translation.as_practice, await area_names(ask), author_id=None)
    text = waiting_line(ask.t, translation)
    await show(ask, text, embeds=shown.embeds, view=row(*decision_buttons(ask.t, translation)))


class ApproveTranslation(Button, custom_id="practice:approvetr:{community}:{translation}"):
    """Lets readers see a translation; works in a direct message too."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Approve it once."""
        translation = await decidable(ask, self.values["translation"])
        async with ask.bot.db.begin() as session:
            if not await kept.approve_translation(session, translation, ask.now):
                raise not_found()
        text = ask.t("Approved. Readers see “{title}”.", title=one_line(translation.title, 100))
        await show(ask, text)


class DeclineTranslation(Button, custom_id="practice:declinetr:{community}:{translation}"):
    """Takes a translation away that nobody has read; works in a direct message too."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Erase it."""
        translation = await decidable(ask, self.values["translation"])
        async with ask.bot.db.begin() as session:
            await kept.decline_translation(session, translation)
        await show(ask, ask.t("It is not shown, and erased."))
