"""Recordings, slides and documents of a webinar: added by moderators, read by members."""

from collections.abc import Mapping
from typing import Any, Self

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ask import Ask
from bot.authorize import Action, Standing, authorize, by_members, by_moderators, not_found
from bot.buttons import Button, Select, row
from bot.caution import find_in, warning
from bot.errors import Refusal
from bot.forms import Form, OpenForm, Typed
from bot.render import cut, label, one_line, safe_link
from cogs.webinars import rules
from cogs.webinars.after_cards import MATERIAL_LANGUAGES, MATERIALS, material_lines, materials_card, own_name
from cogs.webinars.keys import closed, key_of
from data import webinars
from data.safeguarding import Context
from data.webinars import Webinar
from data.webinars.materials import (
    KINDS,
    MOST,
    FullFault,
    Material,
    NewMaterial,
    ThereFault,
    add_material,
    change_material,
    get_material,
    list_materials,
)

READ = Action("webinar.materials.read", webinars.get, by_members)
MANAGE = Action("webinar.materials", webinars.get, by_moderators)
CHANGE = Action("webinar.materials.edit", get_material, by_moderators)

DRAFT = "webinar.material"
TITLE_LIMIT = 100
LINK_LIMIT = 500
# The longest fit on one card, whatever stands in them.
PAGE = 5


class Materials(Button, custom_id="webinar:materials:{webinar}"):
    """Shows a webinar's materials to members."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Show the first page, beneath what is there."""
        card, view = await materials_page(ask, key_of(self.values["webinar"]), 0)
        await ask.answer(embed=card, view=view)


class TurnMaterials(Button, custom_id="webinar:materialspage:{webinar}:{page}"):
    """Turns the pages of a webinar's materials."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Show that page in place of this one."""
        card, view = await materials_page(ask, key_of(self.values["webinar"]), key_of(self.values["page"]))
        await ask.update(embeds=[card], view=view)


async def materials_page(ask: Ask, key: int, page: int) -> tuple[discord.Embed, discord.ui.View]:
    """A page of a webinar's materials, with buttons to turn it.

    Raises:
        Refusal: there is no such webinar here.
    """
    async with ask.bot.db.read() as session:
        webinar = await authorize(session, ask.actor, READ, key)
        found = await list_materials(session, ask.community.id, key)
    pages = max(1, -(-len(found) // PAGE))
    page = min(page, pages - 1)
    card = materials_card(ask.t, webinar, found[page * PAGE :][:PAGE], page * PAGE + 1, len(found))
    turns = ((ask.t("Back"), page - 1), (ask.t("Next"), page + 1))
    return card, row(*(TurnMaterials(shown, webinar=key, page=to) for shown, to in turns if 0 <= to < pages))


class ChooseMaterial(Select, custom_id="webinar:material:{webinar}"):
    """Chooses one of them, to correct it or take it away."""

    needs = Standing.MODERATOR

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Show it, with what can be done."""
        async with ask.bot.db.read() as session:
            material = await _load(session, ask, key_of(options[0]))
        t = ask.t
        await ask.update(
            material_lines((t.language,), material),
            view=row(
                _form_button(t("Correct"), EditMaterial.key(material=material.id, version=material.version)),
                RemoveMaterial(
                    t("Take away"),
                    style=discord.ButtonStyle.danger,
                    material=material.id,
                    version=material.version,
                ),
                ManageMaterials(t("Back"), webinar=material.webinar_id),
            ),
        )


class ManageMaterials(Button, custom_id="webinar:managematerials:{webinar}"):
    """Goes back to all of a webinar's materials."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Show them in place of what stood there."""
        await manage_materials(ask, key_of(self.values["webinar"]))


class RemoveMaterial(Button, custom_id="webinar:removematerial:{material}:{version}"):
    """Takes one away."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Take it away, and its post with it."""
        async with ask.bot.db.begin() as session:
            material = await _load(session, ask, key_of(self.values["material"]), key_of(self.values["version"]))
            webinar = await authorize(session, ask.actor, MANAGE, material.webinar_id)
            if not await change_material(session, webinar, material, None, by=ask.actor.user_id, now=ask.now):
                raise changed_meanwhile()
        await manage_materials(
            ask, material.webinar_id, ask.t("Taken away: “{title}”.", title=one_line(material.title, 200))
        )


class AddMaterial(Form, custom_id="webinar:addmaterial:{webinar}", draft=DRAFT):
    """A recording, slides or a document."""

    needs = Standing.MODERATOR

    async def filled(self, ask: Ask, typed: Mapping[str, Any] | None = None) -> Self:
        """The form, where something can be added.

        Raises:
            Refusal: there is no such webinar here, or it was cancelled.
        """
        async with ask.bot.db.read() as session:
            webinar = await authorize(session, ask.actor, MANAGE, key_of(self.values["webinar"]))
        if webinar.cancelled:
            raise closed(webinar)
        return await super().filled(ask, typed)

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Give the form its fields."""
        t = ask.t
        self.title = t("Recording, slides, document")
        languages = [("none", t("Several, or none"))] + [(code, own_name(code)) for code in MATERIAL_LANGUAGES]
        self.choice(
            "kind", t("What it is"), [(kind, t(MATERIALS[kind])) for kind in KINDS], {"kind": KINDS[0], **typed}
        )
        self.text("title", t("Title"), typed, most=TITLE_LIMIT)
        self.text(
            "link",
            t("Link"),
            typed,
            description=t("All members will see it. It begins with https://"),
            placeholder="https://",
            most=LINK_LIMIT,
        )
        self.choice("language", t("Language"), languages, {"language": "none", **typed})

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Add it, once, and have it posted."""
        new = read_material(typed)
        async with ask.bot.db.begin() as session:
            webinar = await authorize(session, ask.actor, MANAGE, key_of(self.values["webinar"]))
            if webinar.cancelled:
                raise closed(webinar)
            keep_join_link(webinar, new)
            try:
                await add_material(session, webinar, new, by=ask.actor.user_id, now=ask.now)
            except FullFault:
                raise Refusal("A webinar can have {most} links at most. Take one away first.", most=MOST) from None
            except ThereFault:
                raise there() from None
        await self.finish(ask)
        told = ask.t("Added: “{title}”. It is posted in the webinar's thread.", title=one_line(new.title, 200))
        await manage_materials(ask, webinar.id, await cautioned(ask, told, new))


class EditMaterial(AddMaterial, custom_id="webinar:editmaterial:{material}:{version}", draft=DRAFT):
    """The same for one that is there."""

    @property
    def subject(self) -> str:
        """A moderator has one draft for each material, whatever was changed meanwhile."""
        return f"edit:{self.values['material']}"

    async def filled(self, ask: Ask, typed: Mapping[str, Any] | None = None) -> Self:
        """The form with what is published, and what the moderator changed already, also before somebody else did."""
        async with ask.bot.db.read() as session:
            old = await _load(session, ask, key_of(self.values["material"]))
        shown = {"kind": old.kind, "title": old.title, "link": old.url, "language": old.language or "none"}
        current = type(self)(material=old.id, version=old.version)
        await super(AddMaterial, current).filled(ask, shown)
        return current

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Correct it, and its post with it."""
        new = read_material(typed)
        async with ask.bot.db.begin() as session:
            old = await _load(session, ask, key_of(self.values["material"]), key_of(self.values["version"]))
            webinar = await authorize(session, ask.actor, MANAGE, old.webinar_id)
            keep_join_link(webinar, new)
            try:
                done = await change_material(session, webinar, old, new, by=ask.actor.user_id, now=ask.now)
            except ThereFault:
                raise there() from None
            if not done:
                raise changed_meanwhile()
        await self.finish(ask)
        told = ask.t("Corrected: “{title}”.", title=one_line(new.title, 200))
        await manage_materials(ask, webinar.id, await cautioned(ask, told, new))


async def cautioned(ask: Ask, told: str, new: NewMaterial) -> str:
    """What a moderator is told, with what in the title may identify a person: it can be corrected at once."""
    found = (await find_in({"title": new.title}, Context.WEBINAR)).get("title", ())
    return "\n".join(part for part in (told, warning(ask.t, found)) if part)


async def manage_materials(ask: Ask, key: int, told: str | None = None) -> None:
    """A webinar's materials, with what a moderator can do with them.

    Raises:
        Refusal: there is no such webinar here.
    """
    async with ask.bot.db.read() as session:
        webinar = await authorize(session, ask.actor, MANAGE, key)
        found = await list_materials(session, ask.community.id, key)
    t = ask.t
    add = _form_button(t("Add a link"), AddMaterial.key(webinar=key))
    view = row() if webinar.cancelled or len(found) >= MOST else row(add)
    if found:
        options = [
            discord.SelectOption(
                label=label(f"{number}. {one.title}", 100), description=t(MATERIALS[one.kind]), value=str(one.id)
            )
            for number, one in enumerate(found, start=1)
        ]
        view.add_item(ChooseMaterial(options, placeholder=t("Correct or take away"), webinar=key))
    card = materials_card(t, webinar, [])
    lines = [f"{number}. **{one_line(one.title, 120)}**" for number, one in enumerate(found, start=1)]
    card.description = cut("\n".join(lines), 4000) or t("Nothing has been added yet.")
    card.set_footer(text=t.plural("{n} link in all", "{n} links in all", len(found)))
    message: dict[str, Any] = {"embeds": [card], "view": view}
    source = ask.interaction.message
    if source is not None and source.flags.ephemeral:
        await ask.update(told, **message)
    else:
        await ask.answer(told, **message)


def read_material(typed: Mapping[str, Any]) -> NewMaterial:
    """What was typed into the form.

    Raises:
        Refusal: a field cannot be taken.
    """
    title, link = rules.one_line(typed.get("title")), rules.one_line(typed.get("link"))
    kind, language = rules.chosen(typed.get("kind")), rules.chosen(typed.get("language"))
    if not title:
        raise Refusal("Give it a title.")
    if len(title) > TITLE_LIMIT:
        raise Refusal("One of the lines is too long: {limit} characters at most.", limit=TITLE_LIMIT)
    if link[:8].lower() == "https://":
        link = "https://" + link[8:]
    if len(link) > LINK_LIMIT or safe_link(link) is None:
        raise Refusal("The link must begin with https:// and hold no spaces.")
    if kind not in KINDS or language not in ("none", *MATERIAL_LANGUAGES):
        raise Refusal("That value does not fit here. Choose one from the list.")
    return NewMaterial(kind=kind, title=title, url=link, language=None if language == "none" else language)


def keep_join_link(webinar: Webinar, new: NewMaterial) -> None:
    """Let pass what is not the link to join, which is often used again.

    Raises:
        Refusal: it stands in one of the fields.
    """
    if webinar.link:
        rules.keep_private(webinar.link, (new.url, new.title))


def changed_meanwhile() -> Refusal:
    """Somebody else was faster."""
    return Refusal("It has changed meanwhile. Look at it again.")


def there() -> Refusal:
    """The same link twice helps nobody."""
    return Refusal("That link has been added already.")


def _form_button(shown: str, key: str) -> OpenForm:
    return OpenForm(shown, style=discord.ButtonStyle.primary, form=key.removeprefix("form:"))


async def _load(session: AsyncSession, ask: Ask, key: int, version: int | None = None) -> Material:
    material = await authorize(session, ask.actor, CHANGE, key)
    if material.removed:
        raise not_found()
    if version is not None and material.version != version:
        raise changed_meanwhile()
    return material
