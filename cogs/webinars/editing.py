"""From a published webinar to a corrected one: the same forms and preview, with what changes, saved once."""

from collections.abc import Mapping
from typing import Any

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ask import Ask
from bot.authorize import Action, Standing, authorize, by_moderators
from bot.buttons import Button, row
from bot.errors import Refusal
from bot.forms import KEEP_DRAFT, OpenForm
from bot.languages import Texts
from bot.render import ACCENT, cut, one_line, plain
from cogs.webinars import rules
from cogs.webinars.announce import correct, preview_cards, question, show
from cogs.webinars.cards import moment_text, within_limit
from cogs.webinars.detail_cards import detail_pairs, too_few
from cogs.webinars.details import DetailRefusal
from cogs.webinars.further import change_lines, further_lines, language_menu
from cogs.webinars.offsets import offsets_text
from cogs.webinars.proof import Deliveries
from cogs.webinars.views import closed, key_of
from data import webinars
from data.drafts import Draft, delete_draft, get_draft, list_drafts, save_draft
from data.network import list_key_areas
from data.wall_time import WhenFault, in_words
from data.webinars import Edited, FewerPlacesFault, NewWebinar, Webinar
from data.webinars.texts import outdated_languages
from data.zones import name_zone

EDIT_DRAFT = "webinar.edit"
# The fields as they were when the moderator began.
BASE = "base"

EDIT = Action("webinar.edit", webinars.get, by_moderators)


class SaveChanges(Button, custom_id="webinar:save:{webinar}:{version}:{digest}"):
    """Publishes what the preview shows in place of what is published."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Save it, once; if somebody else was quicker, say so and keep what was typed."""
        key, version = key_of(self.values["webinar"]), key_of(self.values["version"])
        webinar, draft = await begun(ask, key, version)
        if webinar.version != version:
            await outdated(ask, webinar, version)
            return
        try:
            new = rules.propose(filled(webinar, draft), ask.t.language, webinar.zone, ask.now, webinar.moment)
        except WhenFault:
            await review_edit(ask, key, version)
            return
        if rules.digest(new) != self.values["digest"]:
            await review_edit(ask, key, version, ask.t("You have changed more since. This is what would be saved:"))
            return
        by = ask.actor.user_id
        try:
            async with ask.bot.db.begin() as session:
                found = await authorize(session, ask.actor, EDIT, key)
                done = await webinars.edit(session, ask.community, key, new, version=version, by=by, now=ask.now)
                if done is not None:
                    await delete_draft(session, ask.community.id, by, EDIT_DRAFT, subject(key, version))
        except FewerPlacesFault as fault:
            # Somebody took a place since the preview.
            raise too_few(fault.taken) from fault
        if done is None:
            if found.cancelled or found.ends_at <= ask.now:
                raise closed(found)
            await outdated(ask, found, version)
            return
        deliveries = Deliveries(ask.t("What goes out, and when"), webinar=key)
        further = language_menu(ask, done.webinar, f"webinar:edittext:{key}:{done.webinar.version}")
        menu = further if outdated_languages(done.webinar) else []
        await ask.update(saved_text(ask.t, done), view=row(deliveries, *menu))


class EditReading(Button, custom_id="webinar:editwhen:{webinar}:{version}:{phrase*}"):
    """Chooses one of several ways in which a new date can be read."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Note the choice, and show what would be saved."""
        key, version = key_of(self.values["webinar"]), key_of(self.values["version"])
        await begun(ask, key, version)
        async with ask.bot.db.begin() as session:
            await save_edit(session, ask, key, version, {"when": self.values["phrase"]})
        await review_edit(ask, key, version)


class CarryOver(Button, custom_id="webinar:carry:{webinar}:{version}"):
    """Puts a moderator's changes on top of what somebody else published meanwhile."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Begin anew from what is published now, with what this moderator had changed."""
        key, version = key_of(self.values["webinar"]), key_of(self.values["version"])
        webinar, draft = await begun(ask, key, version)
        if draft is None:
            raise gone()
        if webinar.version != version:
            now = rules.facts_of(webinar)
            before: Mapping[str, Any] = draft.data.get(BASE) or {}
            async with ask.bot.db.begin() as session:
                typed = rules.carried(draft.data, before, now)
                await save_edit(session, ask, key, webinar.version, typed | {BASE: now})
                await delete_draft(session, ask.community.id, ask.actor.user_id, EDIT_DRAFT, subject(key, version))
        await review_edit(ask, key, webinar.version)


class DiscardChanges(Button, custom_id="webinar:leave:{webinar}:{version}"):
    """Throws a moderator's changes away."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Forget the draft; what is published stays as it is."""
        key, version = key_of(self.values["webinar"]), key_of(self.values["version"])
        async with ask.bot.db.begin() as session:
            await authorize(session, ask.actor, EDIT, key)
            if not await delete_draft(session, ask.community.id, ask.actor.user_id, EDIT_DRAFT, subject(key, version)):
                raise gone()
        await ask.update(ask.t("Your changes are discarded. The webinar stays as it is."))


def gone() -> Refusal:
    """Changes that are there no more."""
    return Refusal("These changes were saved or discarded already. Begin again with /webinar edit.")


def subject(key: int, version: int) -> str:
    """What a draft of changes is about: one version of one webinar."""
    return f"{key}:{version}"


def filled(webinar: Webinar, draft: Draft | None) -> dict[str, Any]:
    """The fields of both forms: what the moderator typed, else what is published."""
    typed = {} if draft is None else {name: value for name, value in draft.data.items() if name != BASE}
    return rules.facts_of(webinar) | typed


async def save_edit(session: AsyncSession, ask: Ask, key: int, version: int, typed: Mapping[str, Any]) -> None:
    """Lay something over the moderator's changes."""
    await save_draft(
        session,
        community_id=ask.community.id,
        user_id=ask.actor.user_id,
        kind=EDIT_DRAFT,
        subject=subject(key, version),
        data=typed,
        now=ask.now,
        keep=KEEP_DRAFT,
    )


async def begin_edit(ask: Ask, key: int, over: Mapping[str, Any] | None = None) -> tuple[Webinar, Draft | None]:
    """Note what is published as the moderator's draft, unless they have begun already.

    Args:
        ask: the moderator.
        key: which webinar.
        over: fields to change at once, on top of what they have typed so far.

    Returns:
        The webinar, and changes that they began on an earlier version and have not saved.

    Raises:
        Refusal: there is no such webinar here, it was cancelled, or is over.
    """
    async with ask.bot.db.begin() as session:
        webinar = await authorize(session, ask.actor, EDIT, key)
        if webinar.cancelled or webinar.ends_at <= ask.now:
            raise closed(webinar)
        mine = await list_drafts(session, ask.community.id, ask.actor.user_id, now=ask.now, kind=EDIT_DRAFT)
        here = subject(key, webinar.version)
        old = [draft for draft in mine if draft.subject.startswith(f"{key}:") and draft.subject != here]
        facts = rules.facts_of(webinar)
        if not any(draft.subject == here for draft in mine):
            await save_edit(session, ask, key, webinar.version, facts | {BASE: facts} | dict(over or {}))
        elif over:
            await save_edit(session, ask, key, webinar.version, over)
    changed = [draft for draft in old if rules.carried(draft.data, draft.data.get(BASE) or {}, facts) != facts]
    return webinar, changed[0] if changed else None


async def begun(ask: Ask, key: int, version: int) -> tuple[Webinar, Draft | None]:
    """A webinar that can be changed, and the moderator's changes to that version of it."""
    async with ask.bot.db.read() as session:
        webinar = await authorize(session, ask.actor, EDIT, key)
        draft = await get_draft(
            session, ask.community.id, ask.actor.user_id, EDIT_DRAFT, subject(key, version), now=ask.now
        )
    if webinar.cancelled or webinar.ends_at <= ask.now:
        raise closed(webinar)
    return webinar, draft


async def outdated(ask: Ask, webinar: Webinar, version: int) -> None:
    """Say that the webinar was changed meanwhile, and offer to go on with what the moderator typed."""
    t = ask.t
    async with ask.bot.db.read() as session:
        kept = await get_draft(
            session, ask.community.id, ask.actor.user_id, EDIT_DRAFT, subject(webinar.id, version), now=ask.now
        )
    if kept is None:
        raise gone()
    await show(
        ask,
        t(
            "Somebody changed “{title}” meanwhile. Your changes are not saved yet, but they are not lost.",
            title=one_line(webinar.title, 200),
        ),
        row(
            CarryOver(
                t("Apply my changes to it"), style=discord.ButtonStyle.primary, webinar=webinar.id, version=version
            ),
            DiscardChanges(t("Discard"), style=discord.ButtonStyle.danger, webinar=webinar.id, version=version),
        ),
    )


async def review_edit(ask: Ask, key: int, version: int, heading: str | None = None) -> None:
    """Show what would be saved, old beside new, or ask what was meant. Only the moderator sees it.

    Raises:
        Refusal: a field cannot be taken, or the webinar can be changed no more.
    """
    webinar, draft = await begun(ask, key, version)
    if webinar.version != version:
        await outdated(ask, webinar, version)
        return
    t, typed = ask.t, filled(webinar, draft)
    places: dict[str, Any] = {"webinar": key, "version": version}
    form, options = f"webinar:edit:{key}:{version}", f"webinar:editoptions:{key}:{version}"
    try:
        new = rules.propose(typed, t.language, webinar.zone, ask.now, webinar.moment)
        async with ask.bot.db.read() as session:
            counts = await webinars.counts(session, key)
        if new.capacity is not None and new.capacity < counts.taken and new.capacity != webinar.capacity:
            raise too_few(counts.taken)
    except DetailRefusal as refusal:
        discard = DiscardChanges(t("Discard"), style=discord.ButtonStyle.danger, **places)
        await show(ask, refusal.text(t), row(correct(t, f"webinar:edit{refusal.form}:{key}:{version}"), discard))
        return
    except WhenFault as fault:
        await show(
            ask,
            *question(ask, typed, fault, form, lambda shown, phrase: EditReading(shown, phrase=phrase, **places)),
        )
        return
    async with ask.bot.db.read() as session:
        areas = {area.id: area.name.text(t.language) for area in await list_key_areas(session)}
    changes = changes_card(t, webinar, new, areas)
    buttons = [
        OpenForm(t("Change the text or time"), form=form),
        OpenForm(t("Change zone, length, area"), form=options),
        OpenForm(t("Kind, place, languages"), form=f"webinar:editplace:{key}:{version}"),
        OpenForm(t("Who it is for, places"), form=f"webinar:editwho:{key}:{version}"),
        OpenForm(t("Change the reminders"), form=f"webinar:editoffsets:{key}:{version}"),
        DiscardChanges(t("Discard"), style=discord.ButtonStyle.danger, **places),
    ]
    further = language_menu(ask, new, f"webinar:edittext:{key}:{version}")
    if not changes.fields:
        await show(ask, "\n".join([t("Nothing has changed yet."), *further_lines(t, new)]), row(*buttons, *further))
        return
    from cogs.webinars.series_editing import widening  # it builds on what is here

    wider = await widening(ask, webinar)
    said = t("Save for this date only") if wider else t("Save the changes")
    save = SaveChanges(said, style=discord.ButtonStyle.success, digest=rules.digest(new), **places)
    lines = [heading or t("Nothing has been saved yet. This is what everyone will see:")]
    moved, new_link = new.moment.instant != webinar.starts_at, new.link != webinar.link
    lines += [consequence(t, moved=moved, new_link=new_link, going=counts.going)]
    lines += [*offered_line(t, webinar, new, counts), *further_lines(t, new)]
    cards = await preview_cards(ask, new, rules.one_line(typed.get("when")), counts, key)
    shown = within_limit([cards[0], changes, *cards[1:]])
    await show(ask, "\n".join(lines), row(save, *wider, *buttons, *further), shown)


def consequence(t: Texts, *, moved: bool, new_link: bool, going: int) -> str:
    """Who is told of the changes, once they are saved."""
    if moved:
        return t.plural(
            "The new time is posted in the channel, and {n} person who is going is told directly.",
            "The new time is posted in the channel, and {n} people who are going are told directly.",
            going,
        )
    if new_link:
        return t.plural(
            "{n} person who is going gets the new link directly; nothing is posted.",
            "{n} people who are going get the new link directly; nothing is posted.",
            going,
        )
    return t("The announcement is changed; nobody is told.")


def offered_line(t: Texts, webinar: Webinar, new: NewWebinar, counts: webinars.Counts) -> list[str]:
    """That places are offered to those who wait, where there are more of them now."""
    free = counts.waiting if new.capacity is None else min(counts.waiting, new.capacity - counts.taken)
    if webinar.capacity is None or free <= 0:
        return []
    return [
        t.plural(
            "{n} person on the waiting list is offered a place.",
            "{n} people on the waiting list are offered a place.",
            free,
        )
    ]


def saved_text(t: Texts, done: Edited) -> str:
    """What a moderator is told once the changes are saved."""
    saved = t("Saved: “{title}”.", title=one_line(done.webinar.title, 200))
    told = f"{saved} {consequence(t, moved=done.moved, new_link=done.new_link, going=done.told)}"
    return "\n".join([told, *(further_lines(t, done.webinar) if outdated_languages(done.webinar) else [])])


def changes_card(t: Texts, old: Webinar, new: NewWebinar, areas: Mapping[str, str]) -> discord.Embed:
    """What changes: the old struck, then the new. No field where nothing does."""
    card = discord.Embed(title=t("What changes"), colour=ACCENT)
    before, after = old.moment, new.moment
    pairs = [
        (t("Title"), one_line(old.title, 300), one_line(new.title, 300)),
        (t("When"), moment_text(before.instant), moment_text(after.instant)),
        (
            t("Time zone"),
            name_zone(before.zone, t.language, before.instant),
            name_zone(after.zone, t.language, after.instant),
        ),
        (t("Speakers"), plain(old.speakers, 400), plain(new.speakers, 400)),
        (t("Length in minutes"), str(old.minutes), str(new.minutes)),
        (t("Key areas"), _named(areas, old.key_areas), _named(areas, new.key_areas)),
        *detail_pairs(t, old, new, areas),
        (t("Link to join"), one_line(old.link or "–", 450), one_line(new.link or "–", 450)),
    ]
    pairs.append((t("Reminders"), reminders_text(t, old.reminder_offsets), reminders_text(t, new.reminder_offsets)))
    if before.zone == after.zone:
        del pairs[2]
    if before.instant != after.instant:
        in_zone = in_words(after.wall, t.language)
        pairs[1] = (t("When"), pairs[1][1], f"{pairs[1][2]}\n{in_zone}")
    for name, was, becomes in pairs:
        if was != becomes:
            card.add_field(name=name, value=cut(f"~~{was or '–'}~~ → {becomes or '–'}", 1024), inline=False)
    for name, change in change_lines(old, new):
        card.add_field(name=name, value=change, inline=False)
    if old.description != new.description:
        was, becomes = plain(old.description, 250), plain(new.description, 500)
        card.add_field(name=t("What it is about"), value=f"~~{was}~~ → {becomes}", inline=False)
    return card


def _named(areas: Mapping[str, str], ids: tuple[str, ...]) -> str:
    return "\n".join(areas.get(area, area) for area in ids) or "–"


def reminders_text(t: Texts, offsets: tuple[int, ...] | None) -> str:
    """When everyone is reminded, in words."""
    if offsets is None:
        return t("as usual in this community")
    return offsets_text(t, offsets) if offsets else t("No reminder")
