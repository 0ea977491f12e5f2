"""Changing what is published, and reading what it said before."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import discord
from discord.utils import format_dt

from bot.ask import Ask
from bot.authorize import Action, Actor, Standing, authorize, not_found
from bot.buttons import Button, Select, row
from bot.errors import Refusal
from bot.forms import KEEP_DRAFT
from bot.languages import Texts
from bot.render import ACCENT, cut
from cogs.practices import cards, rules, shelf
from cogs.practices.drafting import open_form, preview, show
from cogs.practices.editions import REVISES, edition_line, field_names
from cogs.practices.views import READ, area_names, readable
from data.drafts import list_drafts, save_draft
from data.practices import DRAFT, PUBLISHED, RETURNED, Practice, find
from data.practices.versions import list_versions, open_revision

LISTED = 25


def by_author_of_published(actor: Actor, practice: Practice) -> bool:
    """Allows members to change what they published."""
    return actor.is_member and practice.author_id == actor.user_id and practice.state == PUBLISHED


EDIT = Action("practice.edit", find, by_author_of_published)


class Edit(Button, custom_id="practice:edit:{practice}"):
    """Begins a change of what one published, or goes on with it."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Show the preview, from which each part can be changed; first what an earlier release did not ask for."""
        async with ask.bot.db.read() as session:
            practice = await authorize(session, ask.actor, EDIT, self.values["practice"])
            revision = await open_revision(session, ask.community.id, practice.id)
            drafts = await list_drafts(session, ask.community.id, ask.actor.user_id, now=ask.now, kind=DRAFT)
        if revision is not None:
            raise under_way(revision)
        begun = next((one for one in drafts if one.data.get(REVISES) == practice.id), None)
        if begun is None:
            async with ask.bot.db.begin() as session:
                begun = await save_draft(
                    session,
                    community_id=ask.community.id,
                    user_id=ask.actor.user_id,
                    kind=DRAFT,
                    subject=rules.new_token(),
                    data={**rules.typed_from(practice, ask.t.language), REVISES: practice.id},
                    now=ask.now,
                    keep=KEEP_DRAFT,
                )
        step = rules.open_step(begun.data)
        if step is None:
            await preview(ask, begun)
        else:
            await open_form(ask, f"practice:{step}:{begun.subject}")


def under_way(revision: Practice) -> Refusal:
    """A change is being reviewed, or was returned."""
    if revision.state == RETURNED:
        return Refusal("A change of this practice was returned to you. Go on with it in /practice mine.")
    return Refusal("A change of this practice is in review. What is published stays until it is approved.")


class History(Button, custom_id="practice:history:{practice}"):
    """Lists the versions of a practice, and what each changed."""

    async def pressed(self, ask: Ask) -> None:
        """Show the list; its author and moderators can open each version."""
        practice = await readable(ask, self.values["practice"])
        await show_history(ask, practice)


async def show_history(ask: Ask, practice: Practice) -> None:
    """The versions of a practice, the newest first."""
    t = ask.t
    async with ask.bot.db.read() as session:
        versions = await list_versions(session, ask.community.id, practice.id)
    if not versions:
        raise not_found()
    lines = [edition_line(t, practice, versions)]
    for newer, version in zip(versions, [*versions[1:], None], strict=True):
        since = format_dt(newer.published_at, "d")
        changed = version.changed if version is not None else ()
        lines.append(
            t(
                "Version {n}, since {when}. Changed: {fields}.",
                n=newer.number,
                when=since,
                fields=field_names(t, changed),
            )
            if version is not None
            else t("Version {n}, since {when}: as it was first published.", n=newer.number, when=since)
        )
    listed = "\n".join(f"- {line}" for line in lines)
    embed = discord.Embed(title=cards.shown_title(t, practice), description=cut(listed, 4000), colour=ACCENT)
    message: dict[str, Any] = {"embeds": [embed]}
    if reads_versions(ask.actor, practice):
        options = [
            discord.SelectOption(label=t("Version {n}", n=one.number), value=str(one.number)) for one in versions
        ][:LISTED]
        message["view"] = row(OpenVersion(options, placeholder=t("Read an earlier version"), practice=practice.id))
    await ask.answer(**message)


def reads_versions(actor: Actor, practice: Practice) -> bool:
    """Whether somebody reads what a practice said before: its author and moderators do."""
    return actor.is_moderator or (actor.is_member and practice.author_id == actor.user_id)


class OpenVersion(Select, custom_id="practice:version:{practice}"):
    """Opens an earlier version."""

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Show its first page."""
        await show_version(ask, self.values["practice"], options[0], 0, turn=False)


class VersionPage(Button, custom_id="practice:old:{practice}:{number}:{page}"):
    """Turns the pages of an earlier version."""

    async def pressed(self, ask: Ask) -> None:
        """Show that page in place of this one."""
        page = rules.page_number(self.values["page"])
        await show_version(ask, self.values["practice"], self.values["number"], page, turn=True)


async def show_version(ask: Ask, practice_id: str, number: str, page: int, *, turn: bool) -> None:
    """A page of what a practice said before.

    Raises:
        Refusal: there is no such version, or it is not open to this person.
    """
    async with ask.bot.db.read() as session:
        practice = await authorize(session, ask.actor, READ, practice_id)
        versions = await list_versions(session, ask.community.id, practice_id)
    version = next((one for one in versions if str(one.number) == number), None)
    if version is None or not reads_versions(ask.actor, practice):
        raise not_found()
    content = version.content
    facts = {name: getattr(content, name) for name in content.__dataclass_fields__}
    found = cards.pages(ask.t, replace(practice, **facts), await area_names(ask))
    page = min(page, len(found) - 1)
    place: dict[str, Any] = {"practice": practice.id, "number": version.number}
    buttons: list[Button] = []
    if page > 0:
        buttons.append(VersionPage(ask.t("Back"), page=page - 1, **place))
    if page < len(found) - 1:
        buttons.append(VersionPage(ask.t("Next"), style=discord.ButtonStyle.primary, page=page + 1, **place))
    text = ask.t(
        "Version {n}, from {begin} to {end}. It is not what is published now.",
        n=version.number,
        begin=format_dt(version.published_at, "d"),
        end=format_dt(version.replaced_at, "d"),
    )
    message: dict[str, Any] = {"embeds": [found[page]]}
    if buttons:
        message["view"] = row(*buttons)
    await (show if turn else Ask.answer)(ask, text, **message)


def _offered(t: Texts, practice: Practice) -> Iterable[Button]:
    if practice.edition > 1:
        yield History(t("Version {n}: what changed", n=practice.edition), practice=practice.id)


shelf.BUTTONS.append(_offered)
