"""The commands of `/practice`."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Convenor
from bot.ask import Ask
from bot.authorize import Standing
from bot.choosing import MOST_CHOICES, fitting
from bot.errors import Refusal
from bot.languages import L, Texts
from bot.render import clean, label, one_line
from cogs.practices import beginning, exporting, message, mine, reviewing, rules, showing, views
from data import countries
from data.countries import fold
from data.drafts import list_drafts
from data.practices import APPROVED, DRAFT, IN_REVIEW, PUBLISHED, RETURNED, Title, titles

Interaction = discord.Interaction[Any]
Choices = list[app_commands.Choice[str]]

ANY_STATE = (IN_REVIEW, RETURNED, APPROVED, PUBLISHED)


async def asked(interaction: Interaction, needs: Standing = Standing.VISITOR) -> Ask | None:
    """Who types in an option, or None where nothing can be offered to them: the command itself will say why."""
    try:
        return await Ask.of(interaction, needs)
    except Refusal:
        return None


async def open_titles(ask: Ask) -> list[Title]:
    """What a person may read: what members wrote is for members."""
    async with ask.bot.db.read() as session:
        found = await titles(session, ask.community.id)
    return [title for title in found if title.from_brochure or ask.actor.is_member]


async def titles_in(ask: Ask, states: Sequence[str]) -> list[Title]:
    """What a person may act on in these states: moderators all, others their own."""
    author = None if ask.actor.is_moderator else ask.actor.user_id
    async with ask.bot.db.read() as session:
        return await titles(session, ask.community.id, states=states, author_id=author)


def choices(t: Texts, found: Sequence[Title], typed: str) -> Choices:
    """Titles of which what was typed may be the beginnings of words, in whatever language; likeliest first."""
    ranked = fitting(
        found, clean(typed), lambda title: (title.title.text(t.language), *title.title.by_language.values())
    )
    return [app_commands.Choice(name=shown_title(t, title), value=title.id) for title in ranked]


def shown_title(t: Texts, title: Title) -> str:
    """A title as menus show it."""
    return label(title.title.text(t.language))


def which(found: Sequence[Title], typed: str) -> str:
    """The id of the practice that was chosen, or whose title was typed.

    Raises:
        Refusal: none of these is called that.
    """
    wanted = fold(typed)
    for title in found:
        if title.id == typed or (wanted and wanted in {fold(text) for text in title.title.by_language.values()}):
            return title.id
    raise Refusal(
        "No practice here is called “{typed}”. Choose one from the list as you type.", typed=one_line(typed, 100)
    )


class Practices(
    commands.GroupCog,
    group_name=L("name", "practice"),
    group_description=L("description", "Share and read what worked"),
):
    """Sharing, reviewing and reading practices."""

    def __init__(self, bot: Convenor) -> None:
        self.bot = bot
        self.menu = message.menu()

    async def cog_load(self) -> None:
        """A menu of messages belongs to no class: it is added by hand."""
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        """And taken away by hand."""
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    @app_commands.command(
        name=L("name", "share"), description=L("description", "Share what worked, in four short forms")
    )
    @app_commands.rename(country=L("name", "country"))
    @app_commands.describe(country=L("description", "The country it is about, if it is not your own"))
    async def share(self, interaction: Interaction, country: str | None = None) -> None:
        """Begin a draft, or offer to go on with the one that is there."""
        ask = await Ask.of(interaction, Standing.MEMBER)
        named = None
        if country and country.strip():
            code = countries.find(country)
            fault = rules.country_fault(country)
            if fault is not None:
                raise fault
            named = countries.name(code, ask.t.language) if code else None
        async with self.bot.db.read() as session:
            drafts = await list_drafts(session, ask.community.id, ask.actor.user_id, now=ask.now, kind=DRAFT)
        if drafts:
            await beginning.offer(ask, drafts, countries.find(country) if country else None)
        else:
            await beginning.begin(ask, named)

    @share.autocomplete("country")
    async def share_countries(self, interaction: Interaction, typed: str) -> Choices:
        """Countries that may join, in the person's language."""
        ask = await asked(interaction)
        if ask is None:
            return []
        codes = countries.suggest(typed, ask.t.language, limit=MOST_CHOICES)
        return [app_commands.Choice(name=label(countries.name(code, ask.t.language)), value=code) for code in codes]

    @app_commands.command(
        name=L("name", "mine"), description=L("description", "Your drafts and practices, and how they stand")
    )
    async def mine(self, interaction: Interaction) -> None:
        """Show the first page of what is one's own."""
        await mine.show_mine(await Ask.of(interaction), 0)

    @app_commands.command(name=L("name", "show"), description=L("description", "Read a practice"))
    @app_commands.rename(practice=L("name", "practice"))
    @app_commands.describe(practice=L("description", "Its title"))
    async def show(self, interaction: Interaction, practice: str) -> None:
        """Show a practice privately."""
        ask = await Ask.of(interaction)
        found = [*await open_titles(ask), *await titles_in(ask, ANY_STATE)]
        await showing.show_practice(ask, which(found, practice))

    @show.autocomplete("practice")
    async def show_titles(self, interaction: Interaction, typed: str) -> Choices:
        """Titles of what may be read."""
        ask = await asked(interaction)
        return choices(ask.t, await open_titles(ask), typed) if ask else []

    @app_commands.command(
        name=L("name", "adapt"), description=L("description", "Tell how you tried a practice elsewhere")
    )
    @app_commands.rename(practice=L("name", "practice"))
    @app_commands.describe(practice=L("description", "Its title"))
    async def adapt(self, interaction: Interaction, practice: str) -> None:
        """Show the form about a practice that was tried."""
        ask = await Ask.of(interaction, Standing.MEMBER)
        await showing.open_adaptation_form(ask, which(await open_titles(ask), practice))

    @adapt.autocomplete("practice")
    async def adapt_titles(self, interaction: Interaction, typed: str) -> Choices:
        """Titles of what may be read."""
        ask = await asked(interaction, Standing.MEMBER)
        return choices(ask.t, await open_titles(ask), typed) if ask else []

    @app_commands.command(
        name=L("name", "export"), description=L("description", "All published practices as a file to take along")
    )
    @app_commands.rename(sort=L("name", "format"))
    @app_commands.describe(sort=L("description", "Text for people if you leave it out"))
    @app_commands.choices(
        sort=[
            app_commands.Choice(name=L("choice", "Text for people (Markdown)"), value=exporting.MARKDOWN),
            app_commands.Choice(name=L("choice", "Data for programs (JSON)"), value=exporting.JSON),
        ]
    )
    async def export(self, interaction: Interaction, sort: str = exporting.MARKDOWN) -> None:
        """Send the file."""
        await exporting.send(await Ask.of(interaction, Standing.MEMBER), sort)

    @app_commands.command(
        name=L("name", "review"), description=L("description", "For moderators: the practices that wait for review")
    )
    async def review(self, interaction: Interaction) -> None:
        """Show the first page of what waits."""
        await reviewing.list_waiting(await Ask.of(interaction, Standing.MODERATOR), 0)

    @app_commands.command(
        name=L("name", "publish"),
        description=L("description", "For moderators: approve a practice and post it in the forum"),
    )
    @app_commands.rename(practice=L("name", "practice"))
    @app_commands.describe(practice=L("description", "Its title"))
    async def publish(self, interaction: Interaction, practice: str) -> None:
        """Approve what waits, or post again what could not be posted."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        await reviewing.publish(ask, which(await titles_in(ask, ANY_STATE), practice))

    @publish.autocomplete("practice")
    async def publish_titles(self, interaction: Interaction, typed: str) -> Choices:
        """Titles of what waits for moderators."""
        ask = await asked(interaction, Standing.MODERATOR)
        return choices(ask.t, await titles_in(ask, (IN_REVIEW, APPROVED)), typed) if ask else []

    @app_commands.command(
        name=L("name", "return"),
        description=L("description", "For moderators: ask the author of a practice to change something"),
    )
    @app_commands.rename(practice=L("name", "practice"), comment=L("name", "comment"))
    @app_commands.describe(
        practice=L("description", "Its title"), comment=L("description", "What the author should change")
    )
    async def send_back(self, interaction: Interaction, practice: str, comment: str) -> None:
        """Return a practice with a comment."""
        ask = await Ask.of(interaction, Standing.MODERATOR)
        practice_id = which(await titles_in(ask, ANY_STATE), practice)
        await reviewing.send_back_current(ask, practice_id, comment)

    @send_back.autocomplete("practice")
    async def return_titles(self, interaction: Interaction, typed: str) -> Choices:
        """Titles of what is in review."""
        ask = await asked(interaction, Standing.MODERATOR)
        return choices(ask.t, await titles_in(ask, (IN_REVIEW,)), typed) if ask else []

    @app_commands.command(
        name=L("name", "withdraw"), description=L("description", "Take back a practice: its text is erased for good")
    )
    @app_commands.rename(practice=L("name", "practice"))
    @app_commands.describe(practice=L("description", "Its title"))
    async def withdraw(self, interaction: Interaction, practice: str) -> None:
        """Ask whether it is to go."""
        ask = await Ask.of(interaction)
        await views.ask_withdrawal(ask, which(await titles_in(ask, ANY_STATE), practice))

    @withdraw.autocomplete("practice")
    async def withdraw_titles(self, interaction: Interaction, typed: str) -> Choices:
        """Titles of one's own practices; for moderators, of all that members shared."""
        ask = await asked(interaction)
        return choices(ask.t, await titles_in(ask, ANY_STATE), typed) if ask else []
