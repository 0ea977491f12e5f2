"""From a draft that repeats to a published series: how often, until when, each doubtful date asked about, all shown."""

from collections.abc import Mapping
from typing import Any

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ask import Ask
from bot.authorize import Standing, not_found
from bot.buttons import Button, row
from bot.errors import Refusal
from bot.forms import Form, OpenForm, Typed
from bot.render import one_line
from cogs.webinars import rules
from cogs.webinars.announce import (
    DRAFT,
    PUBLISHED,
    Discard,
    gone,
    load,
    preview_cards,
    question,
    review,
    save,
    show,
    webinar_channel,
)
from cogs.webinars.cards import within_limit
from cogs.webinars.further import further_lines, language_menu
from cogs.webinars.preview import lines_within
from cogs.webinars.proof import Deliveries
from cogs.webinars.series_cards import add_dates
from cogs.webinars.series_dates import (
    CHOICES,
    END,
    END_LIMIT,
    END_TYPED_AT,
    ONCE,
    RHYTHM,
    EndFault,
    Plan,
    clocks_text,
    dates_card,
    digest,
    plan_of,
    rhythm_text,
    wall_text,
)
from cogs.webinars.warnings import doubt_line, look_along
from data.drafts import Draft, delete_draft
from data.wall_time import WhenFault, in_words
from data.webinars import NewWebinar, Webinar
from data.webinars.rhythms import EARLIER, LATER, MOST, OUT, Slot, rhythms_of
from data.webinars.series_changing import create_series


class RepeatForm(Form, custom_id="webinar:repeat:{token}", draft=DRAFT):
    """How often a webinar takes place, and until when."""

    needs = Standing.MODERATOR

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Give the form its fields: the rhythms that the chosen date can begin.

        Raises:
            Refusal: the date cannot be taken as it is.
        """
        t = ask.t
        try:
            new = rules.propose(typed, t.language, ask.zone, ask.now)
        except WhenFault:
            raise Refusal("Choose the first date and time before you say how it repeats.") from None
        first = new.moment.wall.date()
        self.title = t("Repeat this webinar")
        options = [(ONCE, t("It takes place once"))]
        options += [(rhythm, rhythm_text(t, rhythm, first)) for rhythm in rhythms_of(first)]
        begun = {RHYTHM: ONCE} | dict(typed)
        self.choice(
            RHYTHM,
            t("How often"),
            options,
            begun,
            description=t("First date: {date}", date=in_words(new.moment.wall, t.language)),
        )
        self.text(
            END,
            t("Until when"),
            typed,
            description=t("How many dates ({most} at most), or the last day; two years at most.", most=MOST),
            placeholder=t("8, or 30 June 2027"),
            required=False,
            most=END_LIMIT,
        )

    def kept(self, ask: Ask, typed: Typed) -> Typed:
        """Note when the end was typed. What was decided about dates before is asked anew."""
        kept: dict[str, Any] = {**typed, END_TYPED_AT: ask.now.isoformat(), CHOICES: {}}
        return kept

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Show what will be announced."""
        await review(ask, self.values["token"])


class EndReading(Button, custom_id="webinar:series:end:{token}:{phrase*}"):
    """Chooses one of several ways in which the end of a series can be read."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Note the choice, and show what will be announced."""
        token = self.values["token"]
        await load(ask, token)
        async with ask.bot.db.begin() as session:
            await save(session, ask, token, {END: self.values["phrase"]})
        await review(ask, token)


class DateReading(Button, custom_id="webinar:series:at:{token}:{slot}:{choice}"):
    """Decides about a date whose hour the clocks skip, or show twice."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Note the choice, and ask about the next, or show what will be announced."""
        token, slot, choice = (self.values[name] for name in ("token", "slot", "choice"))
        check_choice(slot, choice)
        await load(ask, token)
        async with ask.bot.db.begin() as session:
            draft = await save(session, ask, token, {})
            await save(session, ask, token, {CHOICES: {**(draft.data.get(CHOICES) or {}), slot: choice}})
        await review(ask, token)


class PublishSeries(Button, custom_id="webinar:series:publish:{token}:{digest}"):
    """Announces the series that the preview shows."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Note all its webinars and plan all their messages, once."""
        token = self.values["token"]
        draft = await load(ask, token)
        try:
            new = rules.propose(draft.data, ask.t.language, ask.zone, ask.now)
            plan = plan_of(draft.data, new, ask.t.language, ask.now)
        except (WhenFault, EndFault, Refusal):
            # Since the preview its hour has passed, or the draft is another.
            await review(ask, token)
            return
        if plan.open or digest(new, plan) != self.values["digest"]:
            await review(ask, token, ask.t("The webinar has changed since. This is what would be announced now:"))
            return
        channel_id = webinar_channel(ask)
        if channel_id is None:
            raise Refusal("There is no channel for webinars. Run /setup, then press Publish again.")
        await ask.defer(thinking=False)
        async with ask.bot.db.begin() as session:
            made = await publish(session, ask, token, draft, new, plan)
        published = ask.t.plural(
            "Published: “{title}”, {n} date. The announcement goes to {channel}.",
            "Published: “{title}”, {n} dates. The announcement goes to {channel}.",
            len(made),
            title=one_line(new.title, 200),
            channel=f"<#{channel_id}>",
        )
        later = ask.t("Each later date is announced two weeks before it, or earlier where reminders need it.")
        deliveries = Deliveries(ask.t("What goes out, and when"), webinar=made[0].id)
        await ask.update(f"{published} {later}", view=row(deliveries))


async def publish(
    session: AsyncSession, ask: Ask, token: str, draft: Draft, new: NewWebinar, plan: Plan
) -> list[Webinar]:
    """Make the webinars of a series out of a draft, once.

    Raises:
        Refusal: somebody was quicker, or the draft has changed.
    """
    # Locked and read again: of two presses at once the second finds what the first has noted.
    kept = await save(session, ask, token, {})
    if PUBLISHED in kept.data or not kept.data:
        raise gone()
    if kept.data != draft.data:
        raise Refusal("It has changed meanwhile. Look at it again.")
    await delete_draft(session, ask.community.id, ask.actor.user_id, DRAFT, token)
    made = await create_series(
        session, ask.community, new, plan.dates, rhythm=plan.rhythm, by=ask.actor.user_id, now=ask.now
    )
    # Kept, so that a form still open somewhere cannot bring the draft back and announce it again.
    await save(session, ask, token, {PUBLISHED: made[0].id})
    return made


async def review_series(ask: Ask, token: str, draft: Draft, new: NewWebinar, heading: str | None) -> None:
    """Show exactly which series would be announced, or ask what was meant. Only the moderator sees it.

    Args:
        ask: the moderator.
        token: which draft.
        draft: what they typed.
        new: the first webinar, as that says.
        heading: what to say above; None for the usual.
    """
    t, form = ask.t, f"webinar:repeat:{token}"
    repeat = OpenForm(t("Repeat"), style=discord.ButtonStyle.primary, form=form, row=0)
    others = [
        OpenForm(t("Change the text or time"), form=f"webinar:new:{token}", row=0),
        OpenForm(t("Change zone, length, area"), form=f"webinar:options:{token}", row=1),
        OpenForm(t("Kind, place, languages"), form=f"webinar:place:{token}", row=1),
        OpenForm(t("Who it is for, places"), form=f"webinar:who:{token}", row=1),
        OpenForm(t("Change the reminders"), form=f"webinar:offsets:{token}", row=2),
        Discard(t("Discard"), style=discord.ButtonStyle.danger, token=token, row=2),
    ]
    try:
        plan = plan_of(draft.data, new, t.language, ask.now)
    except EndFault as caught:
        typed = {"when": draft.data.get(END), "zone": new.moment.zone}
        await show(
            ask,
            *question(
                ask, typed, caught.fault, form, lambda shown, phrase: EndReading(shown, token=token, phrase=phrase)
            ),
        )
        return
    except Refusal as refused:
        await show(ask, refused.text(t), row(repeat, *others))
        return
    if plan.open is not None:
        number, slot = plan.open
        await show(
            ask,
            asked(ask, number, plan, slot),
            row(
                *(
                    DateReading(shown, token=token, slot=slot.key, choice=choice)
                    for shown, choice in choices(ask, slot)
                ),
                repeat,
            ),
            [dates_card(t, plan, new)],
        )
        return
    cards = await preview_cards(ask, new, rules.one_line(draft.data.get("when")))
    series = dates_card(t, plan, new)
    doubts = await look_along(ask, new, [date.moment for date in plan.dates])
    if doubts:
        lines = [doubt_line(t, doubt) for doubt in doubts]
        series.add_field(name=t("Please check these dates"), value=lines_within(lines, 1024), inline=False)
    add_dates(cards[0], ask.community.languages, [(date.moment.instant, False) for date in plan.dates])
    lines = [heading or t("Nothing has been announced yet. This is what everyone will see:"), *further_lines(t, new)]
    await show(
        ask,
        "\n".join(lines),
        row(
            PublishSeries(
                t("Publish"), style=discord.ButtonStyle.success, token=token, digest=digest(new, plan), row=0
            ),
            OpenForm(t("Repeat"), form=form, row=0),
            *others,
            *language_menu(ask, new, f"webinar:text:{token}"),
        ),
        within_limit([cards[0], series, *cards[1:]]),
    )


def asked(ask: Ask, number: int, plan: Plan, slot: Slot) -> str:
    """The question about a date whose hour the clocks skip, or show twice."""
    return "\n".join(
        (
            ask.t(
                "Date {number} of {total}: {date}",
                number=number,
                total=len(plan.chosen),
                date=f"**{in_words(slot.wall, ask.t.language)}**",
            ),
            clocks_text(ask.t, slot),
        )
    )


def choices(ask: Ask, slot: Slot) -> list[tuple[str, str]]:
    """What can be decided about such a date: what stands on each button, and what it means."""
    first, second = slot.moments
    return [
        (wall_text(ask.t, first)[:80], EARLIER),
        (wall_text(ask.t, second)[:80], LATER),
        (ask.t("Leave this date out"), OUT),
    ]


def check_choice(slot: str, choice: str) -> None:
    """Let pass what a button of ours says of a date.

    Raises:
        Refusal: it is none.
    """
    if not (slot.isascii() and slot.isdecimal() and len(slot) == 12) or choice not in (EARLIER, LATER, OUT):
        raise not_found()
