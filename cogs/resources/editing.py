"""Adding and changing a resource: two forms with a step between, then the card as it will be, then it is kept."""

import re
import secrets
from collections.abc import Mapping
from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Action, Standing, authorize, by_moderators, not_found
from bot.buttons import Button, row
from bot.caution import find_in, warning
from bot.errors import Refusal
from bot.forms import KEEP_DRAFT, Form, OpenForm, Typed
from bot.guidance import TYPES, language_name
from bot.render import one_line
from cogs.resources import rules
from cogs.resources.cards import Areas, resource_card, there_already
from data.drafts import Draft, delete_draft, get_draft, save_draft
from data.languages import LANGUAGES, WORK_LANGUAGES
from data.network import list_key_areas
from data.resources import Resource
from data.resources.writing import (
    FullFault,
    add_resources,
    change_resource,
    facts_of,
    known_resources,
    own_resource,
)
from data.safeguarding import Context

DRAFT = "resource"
EDIT = Action("resource.edit", own_resource, by_moderators)
# What a draft is called: something new by eight digits, a change by the id of what is changed.
NEW = re.compile(r"[0-9a-f]{8}")


async def areas_of(ask: Ask) -> Areas:
    """The names of the key areas."""
    async with ask.bot.db.read() as session:
        return {area.id: area.name for area in await list_key_areas(session)}


async def begin(ask: Ask) -> None:
    """Open the first form for something new."""
    await ask.open(await WhatForm.make(ask, token=secrets.token_hex(4)))


async def begin_edit(ask: Ask, resource_id: str) -> None:
    """Open the first form, filled with what is there now."""
    async with ask.bot.db.begin() as session:
        resource = await authorize(session, ask.actor, EDIT, resource_id)
        # What was begun at another time may be about what it was then.
        await delete_draft(session, ask.community.id, ask.actor.user_id, DRAFT, resource.id)
        data = {**rules.typed_from(facts_of(resource)), "base": resource.version}
        await _save(ask, session, resource.id, data)
    await ask.open(await WhatForm.make(ask, token=resource.id))


async def _save(ask: Ask, session: Any, subject: str, data: Mapping[str, Any]) -> None:
    await save_draft(
        session,
        community_id=ask.community.id,
        user_id=ask.actor.user_id,
        kind=DRAFT,
        subject=subject,
        data=data,
        now=ask.now,
        keep=KEEP_DRAFT,
    )


async def draft_of(ask: Ask, token: str) -> tuple[Draft, Resource | None]:
    """What the person typed so far, and what it changes, if it changes something.

    Raises:
        Refusal: they have no such draft, or what it changes is not theirs to change.
    """
    async with ask.bot.db.read() as session:
        kept = await get_draft(session, ask.community.id, ask.actor.user_id, DRAFT, token, now=ask.now)
        if kept is None:
            raise not_found()
        changed = None if NEW.fullmatch(token) else await authorize(session, ask.actor, EDIT, token)
    return kept, changed


async def show(ask: Ask, content: str | None = None, **message: Any) -> None:
    """Answer privately: in place of the message that was acted on if only this person sees it, else below."""
    source = ask.interaction.message
    if source is not None and source.flags.ephemeral:
        await ask.update(content, **message)
    else:
        await ask.answer(content, **{name: part for name, part in message.items() if part is not None})


async def review(ask: Ask, token: str) -> None:
    """The card as it will be, with what can be done; nothing is kept yet.

    Raises:
        Refusal: something in it is wrong, or it is there already.
    """
    kept, changed = await draft_of(ask, token)
    facts = rules.facts_of(kept.data, ask.t.language)
    async with ask.bot.db.read() as session:
        same = (await known_resources(session, ask.community.id)).find(
            facts.title, facts.url, but=changed.id if changed else ""
        )
    if same is not None:
        raise there_already(same)
    t = ask.t
    found = await find_in({"title": facts.title, "summary": facts.summary}, Context.WEBINAR, facts.title_language)
    said = [
        t("This is how it will appear. Nothing is kept yet."),
        warning(t, [one for each in found.values() for one in each]),
    ]
    word = t("Save the changes") if changed else t("Add it")
    view = row(
        Keep(word, style=discord.ButtonStyle.success, token=token),
        OpenForm(t("Correct: title, address"), form=f"resource:what:{token}"),
        OpenForm(t("Correct: key areas, text"), form=f"resource:more:{token}"),
        Discard(t("Discard"), style=discord.ButtonStyle.danger, token=token),
    )
    await show(ask, "\n".join(filter(None, said)), embeds=[resource_card(t, await areas_of(ask), facts)], view=view)


class WhatForm(Form, custom_id="resource:what:{token}", draft=DRAFT):
    """What it is and where."""

    needs = Standing.MODERATOR

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Give the form its fields."""
        t = ask.t
        await _check(ask, self.values["token"])
        self.title = t("Resource: what it is")
        self.text("title", t("Title, as published"), typed, most=rules.TITLE_LIMIT)
        self.text(
            "url",
            t("Address"),
            typed,
            description=t("Begins with https://; leave it out where there is none."),
            required=False,
            most=rules.ADDRESS_LIMIT,
        )
        self.text(
            "publishers",
            t("Published by"),
            typed,
            description=t("Several with semicolons between them."),
            required=False,
            most=rules.PUBLISHERS_LIMIT,
        )
        self.text("year", t("Year"), typed, required=False, most=4)
        kinds = [(code, t(name)) for code, name in TYPES.items()]
        self.choice("type", t("Kind"), kinds, typed)

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """On to the second form, or to the card where that was filled before."""
        token = self.values["token"]
        kept, _ = await draft_of(ask, token)
        rules.address_of(str(typed.get("url") or ""))
        rules.year_of(str(typed.get("year") or ""))
        if kept.data.get("areas"):
            await review(ask, token)
            return
        go_on = OpenForm(ask.t("Continue"), style=discord.ButtonStyle.primary, form=f"resource:more:{token}")
        await show(ask, ask.t("Saved. Next: key areas, languages and a summary."), view=row(go_on))


class MoreForm(Form, custom_id="resource:more:{token}", draft=DRAFT):
    """What it is about."""

    needs = Standing.MODERATOR

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Give the form its fields."""
        t = ask.t
        await _check(ask, self.values["token"])
        self.title = t("Resource: what it is about")
        areas = await areas_of(ask)
        named = [(area, areas[area].text(t.language)) for area in rules.KEY_AREAS if area in areas]
        self.choice("areas", t("Key areas"), named, typed, most=len(named))
        spoken = [(code, language_name(t, code)) for code in WORK_LANGUAGES]
        self.choice("languages", t("Can be read in"), spoken, typed, required=False, most=len(spoken))
        ours = [(code, language_name(t, code)) for code in LANGUAGES]
        typed = {**typed, "title_language": typed.get("title_language") or [t.language]}
        self.choice("title_language", t("Language of title and summary"), ours, typed)
        self.text(
            "summary",
            t("Summary"),
            typed,
            description=t("What is in it and whom it helps: the search reads it too."),
            required=False,
            long=True,
            most=rules.SUMMARY_LIMIT,
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Show the card."""
        await review(ask, self.values["token"])


async def _check(ask: Ask, token: str) -> None:
    """Let pass the forms of something new, and those of what this person may change and has begun to change.

    Raises:
        Refusal: it is none of these.
    """
    if not NEW.fullmatch(token):
        await draft_of(ask, token)


class Keep(Button, custom_id="resource:keep:{token}"):
    """Adds what was typed, or saves the changes."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Do it once, however often it is pressed."""
        token = self.values["token"]
        kept, changed = await draft_of(ask, token)
        facts = rules.facts_of(kept.data, ask.t.language)
        me = ask.actor.user_id
        async with ask.bot.db.begin() as session:
            if not await delete_draft(session, ask.community.id, me, DRAFT, token):
                raise not_found()
            if changed is None:
                done = bool(await _add(ask, session, facts))
            else:
                current = await authorize(session, ask.actor, EDIT, changed.id)
                same = (await known_resources(session, ask.community.id)).find(facts.title, facts.url, but=current.id)
                if current.version != kept.data.get("base"):
                    raise Refusal("Somebody else has changed it meanwhile. Begin again with /resource edit.")
                done = same is None and await change_resource(session, current, facts, by=me, now=ask.now)
            if not done:
                raise Refusal("This is among the resources already. Nothing was changed.")
        title = one_line(facts.title, 200)
        if changed:
            word = ask.t("Saved: “{title}”.", title=title)
        else:
            word = ask.t("Added: “{title}”. /lookup finds it at once.", title=title)
        await show(ask, word, embeds=[resource_card(ask.t, await areas_of(ask), facts)], view=None)


async def _add(ask: Ask, session: Any, facts: Any) -> list[str]:
    try:
        return await add_resources(
            session, ask.community.id, [facts], by=ask.actor.user_id, now=ask.now, action="resource.add"
        )
    except FullFault as fault:
        raise too_many() from fault


def too_many() -> Refusal:
    """A community has as many resources as it can have."""
    return Refusal("This community has as many resources of its own as fit: 5,000.")


class Discard(Button, custom_id="resource:discard:{token}"):
    """Forgets what was typed."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Forget it."""
        async with ask.bot.db.begin() as session:
            if not await delete_draft(session, ask.community.id, ask.actor.user_id, DRAFT, self.values["token"]):
                raise not_found()
        await show(ask, ask.t("Discarded. Nothing was changed."), view=None)
