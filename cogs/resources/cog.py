"""The commands of `/resource`."""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Convenor
from bot.ask import Ask
from bot.authorize import Standing
from bot.errors import Refusal
from bot.languages import L
from bot.render import clean, label, one_line
from cogs.resources import editing, lists, retiring, suggesting
from data.countries import fold
from data.resources import Heading, find_resource, list_headings
from data.resources.writing import OWN

Interaction = discord.Interaction[Any]
Choices = list[app_commands.Choice[str]]

MOST_CHOICES = 25
# So many titles are looked through for those that are a community's own.
LOOKED_AT = 200
FORMATS: Choices = [
    app_commands.Choice(name=L("choice", "CSV (any spreadsheet)"), value="csv"),
    app_commands.Choice(name=L("choice", "Excel (.xlsx)"), value="xlsx"),
    app_commands.Choice(name=L("choice", "JSON (for programs)"), value="json"),
]


def ranked(found: list[Heading], typed: str) -> list[Heading]:
    """Those whose title has a word that begins with each word typed, in any order; those that begin so come first."""
    wanted = fold(typed).split()

    def place(one: Heading) -> int | None:
        best: int | None = None
        for title in one.titles:
            words = fold(title).split()
            if all(any(word.startswith(each) for word in words) for each in wanted):
                here = 0 if fold(title).startswith(" ".join(wanted)) else 1
                best = here if best is None else min(best, here)
        return best

    fitting = [(at, one.retired, number, one) for number, one in enumerate(found) if (at := place(one)) is not None]
    return [one for *_, one in sorted(fitting, key=lambda each: each[:3])]


async def which(ask: Ask, typed: str) -> str:
    """The id of the resource that was chosen, or whose title was typed.

    Raises:
        Refusal: none here is called that.
    """
    typed = clean(typed)[:300]
    async with ask.bot.db.read() as session:
        if await find_resource(session, ask.community.id, typed) is not None:
            return typed
        wanted = fold(typed)
        for one in await list_headings(session, ask.community.id) if wanted else ():
            if wanted in {fold(title) for title in one.titles}:
                return one.id
    raise Refusal(
        "No resource here is called “{typed}”. Choose one from the list as you type.", typed=one_line(typed, 100)
    )


class Resources(
    commands.GroupCog,
    group_name=L("name", "resource"),
    group_description=L("description", "Guidance: suggest some, and keep the list"),
):
    """Keeping the list of guidance."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot

    async def _choices(self, interaction: Interaction, typed: str, *, own: bool) -> Choices:
        """Titles that fit what was typed, as the search completes them; with `own`, of what may be changed here."""
        try:
            ask = await Ask.of(interaction, Standing.MODERATOR)
        except Refusal:
            # The command itself will say why.
            return []
        typed = clean(typed)[:100]
        index = await self.bot.search_index()
        hits = await index.aside(
            index.complete,
            typed,
            language=ask.t.language,
            community_id=ask.community.id,
            kinds=("resource",),
            limit=LOOKED_AT,
        )
        async with self.bot.db.read() as session:
            gone = await list_headings(session, ask.community.id, retired=True)
        retired = ask.t("retired")
        found = [(hit.id, label(hit.title)) for hit in hits]
        found += [(one.id, label(f"{label(one.titles[0], 85)} ({retired})")) for one in ranked(gone, typed)]
        fitting = [(one, shown) for one, shown in found if not own or one.startswith(OWN)]
        return [app_commands.Choice(name=shown, value=one) for one, shown in fitting[:MOST_CHOICES]]

    @app_commands.command(
        name=L("name", "suggest"), description=L("description", "Suggest guidance that others should find here")
    )
    async def suggest(self, interaction: Interaction) -> None:
        """Open the form."""
        ask = await Ask.of(interaction, Standing.MEMBER)
        await ask.open(await suggesting.SuggestForm.make(ask))

    @app_commands.command(
        name=L("name", "add"), description=L("description", "For moderators: add guidance, in two short forms")
    )
    async def add(self, interaction: Interaction) -> None:
        """Open the first form."""
        await editing.begin(await Ask.of(interaction, Standing.MODERATOR))

    @app_commands.command(
        name=L("name", "edit"), description=L("description", "For moderators: change guidance that you added")
    )
    @app_commands.rename(resource=L("name", "resource"))
    @app_commands.describe(resource=L("description", "Its title"))
    async def edit(self, interaction: Interaction, resource: str) -> None:
        """Open the first form, filled."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        chosen = await which(ask, resource)
        if not chosen.startswith(OWN):
            raise Refusal(
                "This one belongs to everybody, so it is not changed here. Retire it with /resource retire, and add "
                "your own."
            )
        await editing.begin_edit(ask, chosen)

    @edit.autocomplete("resource")
    async def edit_titles(self, interaction: Interaction, typed: str) -> Choices:
        """Titles of this community's own."""
        return await self._choices(interaction, typed, own=True)

    @app_commands.command(
        name=L("name", "retire"),
        description=L("description", "For moderators: show guidance no longer, or bring it back"),
    )
    @app_commands.rename(resource=L("name", "resource"))
    @app_commands.describe(resource=L("description", "Its title"))
    async def retire(self, interaction: Interaction, resource: str) -> None:
        """Ask whether it is to go, or to come back."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        await retiring.ask_whether(ask, await which(ask, resource))

    @retire.autocomplete("resource")
    async def retire_titles(self, interaction: Interaction, typed: str) -> Choices:
        """Titles of all there are, the retired ones last."""
        return await self._choices(interaction, typed, own=False)

    @app_commands.command(
        name=L("name", "import"),
        description=L("description", "For moderators: add guidance from a list, after a trial run"),
    )
    @app_commands.rename(file=L("name", "file"))
    @app_commands.describe(file=L("description", "CSV, Excel or JSON, as /resource export writes it"))
    async def import_list(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Say what the list would do."""
        await lists.look(await Ask.of(interaction, Standing.MODERATOR), file)

    @app_commands.command(
        name=L("name", "export"), description=L("description", "For moderators: all guidance as a file")
    )
    @app_commands.rename(sort=L("name", "format"))
    @app_commands.describe(sort=L("description", "What kind of file"))
    @app_commands.choices(sort=FORMATS)
    async def export_list(self, interaction: Interaction, sort: str = "csv") -> None:
        """Give the file."""
        await lists.export(await Ask.of(interaction, Standing.MODERATOR), sort)
