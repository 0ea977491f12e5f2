"""From a moderator's draft to what is announced: the questions to ask, the preview, and publishing it once."""

from collections.abc import Callable, Mapping
from typing import Any

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ask import Ask
from bot.authorize import Standing
from bot.buttons import Button, row
from bot.caution import find_in, warning
from bot.errors import Refusal
from bot.forms import KEEP_DRAFT, OpenForm
from bot.languages import Texts
from bot.render import cut, one_line
from cogs.webinars import rules
from cogs.webinars.cards import example, moment_text, webinar_card, within_limit
from cogs.webinars.details import DetailRefusal
from cogs.webinars.further import further_lines, language_menu
from cogs.webinars.preview import Preview, preview_card
from cogs.webinars.proof import Deliveries
from cogs.webinars.series_dates import repeats
from cogs.webinars.warnings import look_around
from data import webinars
from data.drafts import Draft, delete_draft, get_draft, save_draft
from data.network import get_key_areas
from data.safeguarding import Context
from data.wall_time import (
    AmbiguousFault,
    ImpossibleDateFault,
    NoDateFault,
    NonexistentFault,
    NoTimeOfDayFault,
    PastFault,
    RangeFault,
    SeveralFault,
    TwiceFault,
    WeekdayFault,
    WhenFault,
    in_words,
    parse_when,
    write_offset,
)
from data.webinars import Counts, plan_reminders
from data.webinars.planning import offsets_of
from data.webinars.records import named_areas
from data.zones import name_zone

DRAFT = "webinar"
PUBLISHED = "published"


class Reading(Button, custom_id="webinar:when:{token}:{phrase*}"):
    """Chooses one of several ways in which a date can be read."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Note the choice, and show what will be announced."""
        token = self.values["token"]
        await load(ask, token)
        async with ask.bot.db.begin() as session:
            await save(session, ask, token, {"when": self.values["phrase"]})
        await review(ask, token)


class Publish(Button, custom_id="webinar:publish:{token}:{digest}"):
    """Announces what the preview shows."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Note the webinar and plan all its messages, once."""
        token = self.values["token"]
        draft = await load(ask, token)
        try:
            new = rules.propose(draft.data, ask.t.language, ask.zone, ask.now)
        except WhenFault:
            # Since the preview its hour has passed.
            await review(ask, token)
            return
        if rules.digest(new) != self.values["digest"] or repeats(draft.data):
            await review(ask, token, ask.t("The webinar has changed since. This is what would be announced now:"))
            return
        channel_id = webinar_channel(ask)
        if channel_id is None:
            raise Refusal("There is no channel for webinars. Run /setup, then press Publish again.")
        async with ask.bot.db.begin() as session:
            # Locked and read again: of two presses at once the second finds what the first has noted.
            kept = await save(session, ask, token, {})
            if PUBLISHED in kept.data or not kept.data:
                raise gone()
            if kept.data != draft.data:
                raise Refusal("It has changed meanwhile. Look at it again.")
            await delete_draft(session, ask.community.id, ask.actor.user_id, DRAFT, token)
            webinar = await webinars.create(session, ask.community, new, by=ask.actor.user_id, now=ask.now)
            # Kept, so that a form still open somewhere cannot bring the draft back and announce it again.
            await save(session, ask, token, {PUBLISHED: webinar.id})
        published = ask.t(
            "Published: “{title}”. The announcement goes to {channel}.",
            title=one_line(webinar.title, 200),
            channel=f"<#{channel_id}>",
        )
        planned = ask.t.plural("{n} reminder is planned.", "{n} reminders are planned.", len(reminders_of(ask, new)))
        await ask.update(
            f"{published} {planned}",
            view=row(Deliveries(ask.t("What goes out, and when"), webinar=webinar.id)),
        )


class Discard(Button, custom_id="webinar:discard:{token}"):
    """Throws the draft away."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Forget the draft."""
        token = self.values["token"]
        await load(ask, token)
        async with ask.bot.db.begin() as session:
            if not await delete_draft(session, ask.community.id, ask.actor.user_id, DRAFT, token):
                raise gone()
        await ask.update(ask.t("Discarded. Nothing was announced."))


def gone() -> Refusal:
    """A draft that is there no more."""
    return Refusal("This draft was published or discarded already. Begin a new one with /webinar create.")


async def load(ask: Ask, token: str) -> Draft:
    """The moderator's own draft.

    Raises:
        Refusal: there is none any more.
    """
    async with ask.bot.db.read() as session:
        draft = await get_draft(session, ask.community.id, ask.actor.user_id, DRAFT, token, now=ask.now)
    if draft is None or PUBLISHED in draft.data:
        raise gone()
    return draft


async def save(session: AsyncSession, ask: Ask, token: str, typed: Mapping[str, Any]) -> Draft:
    """Lay something over the moderator's draft; gives all that is in it, locked until the end."""
    return await save_draft(
        session,
        community_id=ask.community.id,
        user_id=ask.actor.user_id,
        kind=DRAFT,
        subject=token,
        data=typed,
        now=ask.now,
        keep=KEEP_DRAFT,
    )


def webinar_channel(ask: Ask) -> int | None:
    """The id of the channel for webinars, None where there is none any more."""
    channel_id = ask.community.channel(webinars.CHANNEL)
    return channel_id if channel_id and ask.guild.get_channel_or_thread(channel_id) else None


def reminders_of(ask: Ask, new: webinars.NewWebinar) -> tuple[webinars.PlannedReminder, ...]:
    """The reminders that a webinar will have."""
    offsets = offsets_of(ask.community, new.reminder_offsets)
    return plan_reminders(new.moment.instant, new.minutes, offsets, ask.now)


async def review(ask: Ask, token: str, heading: str | None = None) -> None:
    """Show exactly what would be announced, or ask what was meant. Only the moderator sees it.

    Raises:
        Refusal: a field cannot be taken, or the draft is gone.
    """
    draft = await load(ask, token)
    try:
        new = rules.propose(draft.data, ask.t.language, ask.zone, ask.now)
    except WhenFault as fault:
        form = f"webinar:new:{token}"
        await show(
            ask,
            *question(ask, draft.data, fault, form, lambda shown, phrase: Reading(shown, token=token, phrase=phrase)),
        )
        return
    except DetailRefusal as refusal:
        discard = Discard(ask.t("Discard"), style=discord.ButtonStyle.danger, token=token)
        await show(ask, refusal.text(ask.t), row(correct(ask.t, f"webinar:{refusal.form}:{token}"), discard))
        return
    if repeats(draft.data):
        from cogs.webinars.repeating import review_series  # it builds on what is here

        await review_series(ask, token, draft, new, heading)
        return
    t = ask.t
    lines = [heading or t("Nothing has been announced yet. This is what everyone will see:"), *further_lines(t, new)]
    await show(
        ask,
        "\n".join(lines),
        row(
            # What is needed most stands first; what belongs together, together.
            Publish(t("Publish"), style=discord.ButtonStyle.success, token=token, digest=rules.digest(new), row=0),
            OpenForm(t("Change the text or time"), form=f"webinar:new:{token}", row=0),
            OpenForm(t("Change zone, length, area"), form=f"webinar:options:{token}", row=1),
            OpenForm(t("Kind, place, languages"), form=f"webinar:place:{token}", row=1),
            OpenForm(t("Who it is for, places"), form=f"webinar:who:{token}", row=1),
            OpenForm(t("Repeat"), form=f"webinar:repeat:{token}", row=2),
            OpenForm(t("Change the reminders"), form=f"webinar:offsets:{token}", row=2),
            Discard(t("Discard"), style=discord.ButtonStyle.danger, token=token, row=2),
            *language_menu(ask, new, f"webinar:text:{token}"),
        ),
        within_limit(await preview_cards(ask, new, rules.one_line(draft.data.get("when")))),
    )


async def preview_cards(
    ask: Ask, new: webinars.NewWebinar, typed: str, counts: Counts | None = None, key: int | None = None
) -> list[discord.Embed]:
    """What everyone would see, and what the moderator should know beside it.

    Args:
        ask: the moderator.
        new: what would be announced.
        typed: the date and time as they typed it.
        counts: the answers so far.
        key: the webinar that is being changed, if it is there already.
    """
    async with ask.bot.db.read() as session:
        areas = await get_key_areas(session, named_areas(new))
    around = await look_around(ask, new, but=key)
    reminders = reminders_of(ask, new)
    announcement = webinar_card(ask.community.languages, new, counts or Counts(), areas)
    preview = Preview(
        new,
        typed=typed,
        around=around,
        reminders=reminders,
        cautions=rules.cautions(new, len(reminders), ask.now),
        languages=ask.community.languages,
        channel_id=webinar_channel(ask),
        role=ask.guild.get_role(ask.community.role("role:notify") or 0),
    )
    card = preview_card(ask.t, preview)
    texts = {"title": new.title, "description": new.description, "speakers": new.speakers, "place": new.place or ""}
    for text in new.texts:
        texts |= {f"title.{text.language}": text.title, f"description.{text.language}": text.description or ""}
    found = await find_in(texts, Context.WEBINAR)
    said = warning(ask.t, [finding for findings in found.values() for finding in findings])
    if said:
        card.insert_field_at(0, name=ask.t("Does it identify anybody?"), value=cut(said, 1024), inline=False)
    return [announcement, card]


def correct(t: Texts, form: str) -> OpenForm:
    """The way back into the form in which something cannot be taken, whichever form was sent last."""
    return OpenForm(t("Correct and send again"), style=discord.ButtonStyle.primary, form=form)


async def show(ask: Ask, text: str, view: discord.ui.View, embeds: list[discord.Embed] | None = None) -> None:
    """Answer in place where the moderator came from a private message, else anew."""
    if ask.interaction.message is not None and ask.interaction.message.flags.ephemeral:
        await ask.update(text, view=view, embeds=embeds or [])
    else:
        await ask.answer(text, view=view, embeds=embeds or [])


def question(
    ask: Ask, typed: Mapping[str, Any], fault: WhenFault, form: str, reading: Callable[[str, str], Button]
) -> tuple[str, discord.ui.View]:
    """What to ask about a date and time that cannot be taken as they are, with a button for each possible reading.

    Args:
        ask: who typed it.
        typed: the fields of the form.
        fault: what was found.
        form: opens the form again.
        reading: makes the button of a reading from its label and its phrase.
    """
    t = ask.t
    zone = rules.read_zone(typed.get("zone")) or ask.zone
    change = OpenForm(t("Change"), style=discord.ButtonStyle.primary, form=form)
    buttons: list[Button] = []
    for phrase in fault.readings:
        try:
            moment = parse_when(phrase, t.language, zone, ask.now)
        except WhenFault:
            continue
        shown = in_words(moment.wall, t.language)
        if isinstance(fault, TwiceFault):
            shown += f" (UTC{write_offset(moment.offset)})"
        buttons.append(reading(shown[:80], phrase))
    typed_text = t("You typed: {text}", text=one_line(str(typed.get("when") or ""), 300))
    explained = explain(t, fault, name_zone(fault.zone or zone, t.language, ask.now))
    return f"{typed_text}\n{explained}", row(*buttons, change)


def explain(t: Texts, fault: WhenFault, zone: str) -> str:
    """What is wrong with a date and time, in a sentence or two.

    Args:
        t: the moderator's texts.
        fault: what was found.
        zone: the zone whose clocks are meant, as it is shown.
    """
    if isinstance(fault, PastFault):
        return t("That moment has passed: {when}.", when=moment_text(fault.moment.instant))
    sentences: dict[type[WhenFault], str] = {
        WeekdayFault: t("The weekday and the date do not go together. Which do you mean?"),
        TwiceFault: t("The clocks go back then in {zone}, so this hour comes twice. Which do you mean?", zone=zone),
        AmbiguousFault: t("Day and month can be read either way. Which do you mean?"),
        SeveralFault: t("This can be read in more than one way. Which do you mean?"),
        NonexistentFault: t(
            "The clocks go forward then in {zone}, so this hour does not exist. Do you mean this?", zone=zone
        ),
        NoTimeOfDayFault: " ".join((t("The time of day is missing."), example(t))),
        NoDateFault: " ".join((t("The date is missing."), example(t))),
        ImpossibleDateFault: t("There is no such day or hour. Please check it."),
        RangeFault: t("Write only when it begins. How long it lasts is chosen separately."),
    }
    unread = " ".join((t("That cannot be read as a date and a time."), example(t)))
    return sentences.get(type(fault), unread)
