"""Buttons and selects that outlive a restart: all they know stands in their `custom_id`."""

import re
from functools import cache
from typing import Any, ClassVar, Self

import discord

from bot.ask import Ask, at_rest, reporting, steadily
from bot.authorize import Standing, not_found

# Which delivery posted the message; lets the engine find its own message again after a crash.
MARK = r"(?:~d(?P<delivery_>\d+))?"
PLACE = re.compile(r"\{(\w+)(\*)?\}")

# Discord's library keeps, changes and drops what it dispatches by, view by view. What stands in views of ours is
# therefore nothing to it (it asks for a match of the whole), and `Pressed`, which stands in none, is everything.
_NOTHING, _ANYTHING = re.compile(""), re.compile(".*", re.DOTALL)

# What no database takes and no button of ours carries: control characters, and halves of a character.
UNHEARD_OF = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")

# Every kind of button and menu there is.
KINDS: dict[str, "type[Button | Select]"] = {}


def pattern_of(custom_id: str) -> str:
    """The regular expression for a custom_id with {places}: a place holds no colon, a {place*} may. None holds a ~."""
    pattern, position = "", 0
    for match in PLACE.finditer(custom_id):
        pattern += re.escape(custom_id[position : match.start()])
        pattern += f"(?P<{match[1]}>{'[^~]+' if match[2] else '[^:~]*'})"
        position = match.end()
    return pattern + re.escape(custom_id[position:])


@cache
def _compiled(form: str) -> "re.Pattern[str]":
    return re.compile(pattern_of(form) + MARK)


def read(form: str, custom_id: str) -> dict[str, str] | None:
    """What stands in the places of a custom_id, or None where it is not of that form.

    Args:
        form: a custom_id with {places}.
        custom_id: as it came back.
    """
    # Most are of another kind: their expressions are never made.
    if not custom_id.startswith(form.partition("{")[0]):
        return None
    match = _compiled(form).fullmatch(custom_id)
    return {name: value for name, value in match.groupdict().items() if name != "delivery_"} if match else None


def fill(custom_id: str, values: dict[str, Any]) -> str:
    """The custom_id with its places filled.

    Raises:
        KeyError: a place has no value.
        ValueError: the result is over Discord's 100 characters.
    """
    filled = PLACE.sub(lambda match: str(values[match[1]]), custom_id)
    if len(filled) > 100:
        raise ValueError(f"custom_id too long: {custom_id}")
    return filled


def check(*values: str) -> None:
    """Let pass what a button or an option of ours can carry; a forged one may carry anything.

    Raises:
        Refusal: a value is none; the answer is that of a thing that is gone.
    """
    if any(UNHEARD_OF.search(value) for value in values):
        raise not_found()


class Pressed(discord.ui.DynamicItem[Any], template=_ANYTHING):
    """Whatever is pressed or chosen from: becomes the `Button` or `Select` that its custom_id names.

    Discord's dispatch knows this one kind: it would try every kind of ours on each press, and start a task for each
    that fits. What is of no kind, as a button of a release that is no more, is answered as a thing that is gone.
    """

    @classmethod
    async def from_custom_id(
        cls, interaction: "discord.Interaction[Any]", item: discord.ui.Item[Any], match: "re.Match[str]"
    ) -> "discord.ui.DynamicItem[Any]":
        """The button or menu, made anew from what its message carries."""
        for form, kind in KINDS.items():
            values = read(form, match.string) if form else None
            if values is not None:
                return kind.again(item, values)
        return cls(item)

    async def callback(self, interaction: "discord.Interaction[Any]") -> None:
        """No kind of ours."""
        async with reporting(interaction, "button"):
            raise not_found()


class Button(discord.ui.DynamicItem[discord.ui.Button[Any]], template=_NOTHING):
    """A button; each kind of button says how its custom_id is built, and what happens when it is pressed.

    class Cancel(Button, custom_id="webinar:cancel:{webinar}"):
        async def pressed(self, ask): ... self.values["webinar"] ...
    """

    form: ClassVar[str] = ""
    needs: ClassVar[Standing] = Standing.VISITOR

    def __init_subclass__(cls, *, custom_id: str = "", **kwargs: Any) -> None:
        cls.form = custom_id
        KINDS[custom_id] = cls
        super().__init_subclass__(template=_NOTHING, **kwargs)

    def __init__(
        self,
        label: str | None = None,
        *,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        emoji: str | None = None,
        disabled: bool = False,
        row: int | None = None,
        **values: str | int,
    ) -> None:
        self.values = {name: str(value) for name, value in values.items()}
        super().__init__(
            discord.ui.Button(
                label=label,
                style=style,
                emoji=emoji,
                disabled=disabled,
                row=row,
                custom_id=fill(self.form, self.values),
            )
        )

    @classmethod
    def again(cls, item: discord.ui.Item[Any], values: dict[str, str]) -> Self:
        """The button that was pressed, made anew from what its message carries."""
        more: dict[str, Any] = dict(values)
        return cls(getattr(item, "label", None), **more)

    async def callback(self, interaction: "discord.Interaction[Any]") -> None:
        """Discord's entry: everything that fails goes the one error path."""
        async with reporting(interaction, f"button {self.form}"):
            check(*self.values.values())
            # In a direct message, a button that acts in a server says in which.
            ask = await Ask.of(interaction, self.needs, self.values.get("community", ""))
            await steadily(lambda: self.pressed(ask))

    async def pressed(self, ask: Ask) -> None:
        """What the button does."""
        raise LookupError(f"{type(self).__name__} does nothing")


class Select(discord.ui.DynamicItem[discord.ui.Select[Any]], template="$^"):
    """A menu of options; like `Button`, with `chosen` in place of `pressed`."""

    form: ClassVar[str] = ""
    needs: ClassVar[Standing] = Standing.VISITOR

    def __init_subclass__(cls, *, custom_id: str = "", **kwargs: Any) -> None:
        cls.form = custom_id
        if custom_id:
            KINDS[custom_id] = cls
        super().__init_subclass__(template=_NOTHING, **kwargs)

    def __init__(
        self,
        options: list[discord.SelectOption],
        *,
        placeholder: str | None = None,
        least: int = 1,
        most: int = 1,
        row: int | None = None,
        **values: str | int,
    ) -> None:
        self.values = {name: str(value) for name, value in values.items()}
        super().__init__(
            discord.ui.Select(
                options=options,
                placeholder=placeholder,
                min_values=least,
                max_values=most,
                row=row,
                custom_id=fill(self.form, self.values),
            )
        )

    @classmethod
    def again(cls, item: discord.ui.Item[Any], values: dict[str, str]) -> Self:
        """The menu that was used, made anew from what its message carries."""
        more: dict[str, Any] = dict(values)
        return cls(getattr(item, "options", []), **more)

    async def callback(self, interaction: "discord.Interaction[Any]") -> None:
        """Discord's entry: everything that fails goes the one error path."""
        async with reporting(interaction, f"menu {self.form}"):
            chosen: list[str] = (interaction.data or {}).get("values", [])
            check(*self.values.values(), *chosen)
            if not chosen:
                raise not_found()
            # In a direct message, a menu that acts in a server says in which.
            ask = await Ask.of(interaction, self.needs, self.values.get("community", ""))
            await steadily(lambda: self.chosen(ask, chosen))

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """What choosing does; there is one option at least."""
        raise LookupError(f"{type(self).__name__} does nothing")


class People(Select):
    """A menu of the server's people; `chosen` gets their ids as text, which a forged menu may have made up."""

    def __init__(
        self, *, placeholder: str | None = None, most: int = 25, row: int | None = None, **values: str | int
    ) -> None:
        self.values = {name: str(value) for name, value in values.items()}
        menu: discord.ui.UserSelect[Any] = discord.ui.UserSelect(
            placeholder=placeholder, max_values=most, row=row, custom_id=fill(self.form, self.values)
        )
        discord.ui.DynamicItem.__init__(self, menu)  # pyright: ignore[reportUnknownMemberType]

    @classmethod
    def again(cls, item: discord.ui.Item[Any], values: dict[str, str]) -> Self:
        """The menu that was used, made anew from what its message carries."""
        more: dict[str, Any] = dict(values)
        return cls(**more)


def mark(view: discord.ui.View | discord.ui.LayoutView, delivery_id: int) -> bool:
    """Write the delivery's id into the custom_ids of a message that is about to be sent.

    Returns:
        Whether there was anything to write it into.
    """
    marked = False
    for item in view.walk_children():
        if isinstance(item, Button | Select):
            item.item.custom_id = f"{fill(item.form, dict(item.values))}~d{delivery_id}"
            marked = True
    return marked


def known(form: str, label: str, **values: Any) -> Button:
    """A button of another room, by how its custom_id is built: rooms do not import each other.

    Raises:
        LookupError: there is none.
    """
    kind = KINDS.get(form)
    if kind is None or not issubclass(kind, Button):
        raise LookupError(f"no such button: {form}")
    return kind(label, **values)


def row(*items: Button | Select | discord.ui.Button[Any]) -> discord.ui.View:
    """A view of some buttons or menus, which never times out."""
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    return at_rest(view)
