"""Forms that outlive a restart and lose nothing that a person typed."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, ClassVar, Self, cast

import discord

from bot.ask import Ask, reporting, steadily, texts_of
from bot.authorize import Standing, not_found, require
from bot.buttons import Button, check, fill, read, row
from bot.errors import Refusal, as_refusal, report
from bot.render import fits, one_line
from data.drafts import delete_draft, get_draft, save_draft

KEEP_DRAFT = timedelta(days=30)
TITLE_LIMIT = 45
LABEL_LIMIT = 45
DESCRIPTION_LIMIT = 100
# Of a custom_id; a forged button can make a longer one.
LONGEST_ID = 100

Typed = dict[str, str | list[str]]


class Form(discord.ui.Modal):
    """A form. Discord keeps no trace of one between showing and sending, so all it needs stands in its custom_id.

    A kind of form declares its custom_id and the kind of draft it fills, builds its fields, and takes what was typed:

    class Ask(Form, custom_id="peer:ask:{area}", draft="peer"):
        async def build(self, ask, typed): self.text("question", ask.t("Your question"), typed, long=True)
        async def submitted(self, ask, typed): ...

    What was typed is saved as a draft before `submitted` runs. When `submitted` refuses, the person gets the sentence
    and a button that opens the form again, filled in. `submitted` calls `finish` when the draft has served.
    """

    form: ClassVar[str] = ""
    draft: ClassVar[str] = ""
    needs: ClassVar[Standing] = Standing.VISITOR
    kinds: ClassVar[dict[str, type["Form"]]] = {}

    def __init_subclass__(cls, *, custom_id: str = "", draft: str = "", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.form, cls.draft = custom_id, draft
        if custom_id:
            Form.kinds[custom_id] = cls

    def __init__(self, **values: str | int) -> None:
        self.values = {name: str(value) for name, value in values.items()}
        # A modal of a few minutes would be forgotten by the library while the person still types; ours has no such end.
        super().__init__(title="…", timeout=None, custom_id=self.key(**values))
        self.stop()

    @classmethod
    def key(cls, **values: str | int) -> str:
        """The custom_id of this form with those values."""
        return fill("form:" + cls.form, dict(values))

    @property
    def subject(self) -> str:
        """What the draft is about: one person has one draft for each kind and subject."""
        return ":".join(self.values.values())

    @classmethod
    async def make(cls, ask: Ask, typed: Mapping[str, Any] | None = None, **values: str | int) -> Self:
        """The form, filled with what the person typed before.

        Args:
            ask: who wants it.
            typed: what to fill in where there is no draft.
            values: for the places in its custom_id.
        """
        return await cls(**values).filled(ask, typed)

    async def filled(self, ask: Ask, typed: Mapping[str, Any] | None = None) -> Self:
        """This form with its fields, filled from the person's draft, and from `typed` where that has nothing."""
        filled = dict(typed or {})
        if self.draft:
            async with ask.bot.db.read() as session:
                kept = await get_draft(
                    session, ask.community.id, ask.actor.user_id, self.draft, self.subject, now=ask.now
                )
            filled |= kept.data if kept else {}
        await self.build(ask, filled)
        return self

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Give the form its title and fields, filled with `typed`."""
        raise LookupError(f"{type(self).__name__} has no fields")

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Take what was typed; raise Refusal where it cannot be taken."""
        raise LookupError(f"{type(self).__name__} does nothing")

    def kept(self, ask: Ask, typed: Typed) -> Typed:
        """What the draft keeps of a form that was sent; a kind may add what it knows of the moment."""
        return typed

    async def finish(self, ask: Ask) -> None:
        """The draft has served: forget it."""
        async with ask.bot.db.begin() as session:
            await delete_draft(session, ask.community.id, ask.actor.user_id, self.draft, self.subject)

    # Fields ---------------------------------------------------------------------------------------------------------

    def text(  # noqa: PLR0913 - all but two have a default
        self,
        name: str,
        label: str,
        typed: Mapping[str, Any],
        *,
        description: str | None = None,
        placeholder: str | None = None,
        required: bool = True,
        long: bool = False,
        least: int | None = None,
        most: int = 4000,
    ) -> None:
        """A field to type in."""
        value = typed.get(name)
        self._field(
            label,
            description,
            discord.ui.TextInput(
                custom_id=name,
                style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
                placeholder=placeholder[:100] if placeholder else None,
                default=str(value)[:most] if value else None,
                required=required,
                min_length=least,
                max_length=most,
            ),
        )

    def choice(
        self,
        name: str,
        label: str,
        options: Iterable[tuple[str, str]],
        typed: Mapping[str, Any],
        *,
        description: str | None = None,
        placeholder: str | None = None,
        required: bool = True,
        most: int = 1,
    ) -> None:
        """A menu to choose from; `options` are (value, shown) pairs, 25 at most."""
        value: str | list[str] = typed.get(name) or []
        chosen = {value} if isinstance(value, str) else set(value)
        menu = [discord.SelectOption(label=shown[:100], value=key, default=key in chosen) for key, shown in options]
        self._field(
            label,
            description,
            discord.ui.Select(
                custom_id=name,
                options=menu,
                placeholder=placeholder[:150] if placeholder else None,
                required=required,
                min_values=1 if required else 0,
                max_values=min(most, len(menu)),
            ),
        )

    def pick(
        self,
        name: str,
        label: str,
        menu: "type[discord.ui.UserSelect[Any] | discord.ui.ChannelSelect[Any]]",
        typed: Mapping[str, Any],
        *,
        description: str | None = None,
        placeholder: str | None = None,
        **more: Any,
    ) -> None:
        """A menu of the server's own people or channels, of which one or none is chosen.

        What a form brings back can be any id: who takes it looks whether the server has it.
        """
        kind = discord.SelectDefaultValueType
        chosen: list[str] = typed.get(name) or []
        sort = kind.user if issubclass(menu, discord.ui.UserSelect) else kind.channel
        ids = [int(item) for item in chosen if item.isascii() and item.isdecimal()]
        component = cast("type[Any]", menu)(
            custom_id=name,
            placeholder=placeholder[:150] if placeholder else None,
            required=False,
            min_values=0,
            max_values=1,
            default_values=[discord.SelectDefaultValue(id=item, type=sort) for item in ids],
            **more,
        )
        self._field(label, description, component)

    def _field(self, label: str, description: str | None, component: discord.ui.Item[Any]) -> None:
        self.add_item(
            discord.ui.Label(
                text=label[:LABEL_LIMIT],
                description=description[:DESCRIPTION_LIMIT] if description else None,
                component=component,
            )
        )

    # Sending --------------------------------------------------------------------------------------------------------

    @classmethod
    def find(cls, custom_id: str) -> "Form | None":
        """The form that a custom_id belongs to, or None."""
        sort, _, named = custom_id.partition(":")
        for form, kind in cls.kinds.items() if sort == "form" and len(custom_id) <= LONGEST_ID else ():
            values = read(form, named)
            if values is not None:
                return kind(**values)
        return None

    @classmethod
    async def receive(cls, interaction: "discord.Interaction[Any]") -> None:
        """Take a form that was sent, whichever process showed it. Every form comes this way."""
        data: Any = interaction.data or {}
        async with reporting(interaction, "form"):
            form = cls.find(data.get("custom_id", ""))
            if form is None:
                raise not_found()
            check(*form.values.values())
            # In a direct message, a form that acts in a server says in which.
            ask = await Ask.of(interaction, form.needs, form.values.get("community", ""))
            await form._take(ask, typed_in(data.get("components", [])))  # noqa: SLF001 - it is our own kind

    async def _take(self, ask: Ask, typed: Typed) -> None:
        if self.draft:
            async with ask.bot.db.begin() as session:
                await save_draft(
                    session,
                    community_id=ask.community.id,
                    user_id=ask.actor.user_id,
                    kind=self.draft,
                    subject=self.subject,
                    data=self.kept(ask, typed),
                    now=ask.now,
                    keep=KEEP_DRAFT,
                )
        try:
            # What keeps no draft is not refused: what was typed would be lost.
            if self.draft:
                check_room(typed)
            await steadily(lambda: self.submitted(ask, typed))
        except Exception as error:  # noqa: BLE001 - reported, with a way back to what was typed
            t = await texts_of(ask.interaction)
            again = row(
                OpenForm(
                    t("Correct and send again") if as_refusal(error) else t("Try again"),
                    style=discord.ButtonStyle.primary,
                    form=self.custom_id.removeprefix("form:"),
                )
            )
            await report(
                error,
                where=f"form {self.form}",
                interaction=ask.interaction,
                t=t,
                view=again if self.draft else None,
            )


def check_room(typed: Typed) -> None:
    """Let pass what can be shown whole wherever it is shown: what was typed stays in the draft in any case.

    Raises:
        Refusal: a text is full of signs that take twice their room.
    """
    for text in typed.values():
        if isinstance(text, str) and not fits(text):
            raise Refusal(
                "The text that begins with “{start}” has too many signs such as * _ ~, or too many very short lines. "
                "Others would not see all of it. Please write it with fewer of them.",
                start=one_line(text, 40),
            )


class OpenForm(Button, custom_id="open:{form*}"):
    """Opens a form, filled with the person's draft: to begin, to continue, to correct."""

    async def pressed(self, ask: Ask) -> None:
        """Show the form."""
        form = Form.find("form:" + self.values["form"])
        if form is None:
            raise not_found()
        require(ask.actor, form.needs)
        await ask.open(await form.filled(ask))


async def offer(ask: Ask, form: Form) -> None:
    """Offer a form that came too late to be shown: Discord takes one within three seconds only."""
    again = OpenForm(
        ask.t("Open the form"), style=discord.ButtonStyle.primary, form=form.custom_id.removeprefix("form:")
    )
    await ask.answer(ask.t("Convenor is slow just now. Press the button to open the form."), view=row(again))


def typed_in(components: list[Any]) -> Typed:
    """What stands in the fields of a form that was sent, by the fields' names."""
    typed: Typed = {}
    for component in components:
        field = component.get("component", component)
        if "custom_id" in field:
            value = field.get("values", field.get("value"))
            typed[field["custom_id"]] = value if value is not None else ""
    return typed
