"""Writing a practice: the way from one form to the next, up to the preview."""

from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import Action, Actor, Standing, authorize, not_found
from bot.buttons import Button, row
from bot.errors import Refusal
from bot.forms import KEEP_DRAFT, Form, OpenForm
from bot.languages import texts
from bot.render import label, one_line
from cogs.practices import cards, rules
from data import countries
from data.drafts import Draft, delete_draft, get_draft, list_drafts, save_draft
from data.network import list_key_areas
from data.practices import DRAFT, RETURNED, Practice, already_sent, find, submit


async def show(ask: Ask, content: str | None = None, **message: Any) -> None:
    """Answer privately: in place of the message that was acted on if only this person sees it, else below."""
    source = ask.interaction.message
    if source is not None and source.flags.ephemeral:
        await ask.update(content, **message)
    else:
        await ask.answer(content, **message)


async def writable(ask: Ask, draft: str) -> Draft | None:
    """What was typed so far, if the person may write on this draft; None where it is still empty.

    Raises:
        Refusal: it was sent already, or it is not theirs.
    """
    async with ask.bot.db.read() as session:
        kept = await get_draft(session, ask.community.id, ask.actor.user_id, DRAFT, draft, now=ask.now)
        sent = await already_sent(session, ask.community.id, ask.actor.user_id, draft)
    if sent is None and rules.is_token(draft):
        return kept
    if sent is not None and sent.id == draft and sent.state == RETURNED:
        return kept
    # A form that was still open when its draft was sent must not leave a second one behind.
    async with ask.bot.db.begin() as session:
        await delete_draft(session, ask.community.id, ask.actor.user_id, DRAFT, draft)
    if sent is None:
        raise not_found()
    raise already()


def already() -> Refusal:
    """A draft was sent: from this device or another, or by pressing twice."""
    return Refusal("You have sent this practice already. See how it stands with /practice mine.")


async def open_form(ask: Ask, custom_id: str) -> None:
    """Show a form, as the answer to a button."""
    form = Form.find(f"form:{custom_id}")
    if form is None:
        raise not_found()
    await ask.open(await form.filled(ask))


async def reopen(ask: Ask, practice: Practice) -> None:
    """Make a draft of a practice that was returned, unless there is one already."""
    async with ask.bot.db.begin() as session:
        user_id = ask.actor.user_id
        if await get_draft(session, ask.community.id, user_id, DRAFT, practice.id, now=ask.now) is None:
            await save_draft(
                session,
                community_id=ask.community.id,
                user_id=user_id,
                kind=DRAFT,
                subject=practice.id,
                data=rules.typed_from(practice, ask.t.language),
                now=ask.now,
                keep=KEEP_DRAFT,
            )


async def begin(ask: Ask, country: str | None) -> None:
    """Offer the first form of a new draft, with the one sentence that comes before every question.

    Args:
        ask: who begins.
        country: the code of the country it is about, if they have said.
    """
    async with ask.bot.db.read() as session:
        drafts = await list_drafts(session, ask.community.id, ask.actor.user_id, now=ask.now, kind=DRAFT)
    if len(drafts) >= rules.MOST_DRAFTS:
        raise Refusal("You have {n} unfinished drafts. Finish or discard one first: /practice mine", n=len(drafts))
    token = rules.new_token()
    if country:
        async with ask.bot.db.begin() as session:
            await save_draft(
                session,
                community_id=ask.community.id,
                user_id=ask.actor.user_id,
                kind=DRAFT,
                subject=token,
                data={rules.COUNTRY.name: country},
                now=ask.now,
                keep=KEEP_DRAFT,
            )
    text = "\n\n".join(
        (
            ask.t(
                "**Before you begin:** write no names and no details of a case, nothing that could identify a survivor."
            ),
            ask.t(
                "There are four short forms. Each is saved when you send it; go on at any time with /practice share."
            ),
        )
    )
    await show(ask, text, view=row(form_button(ask.t("Begin"), "basics", token)))


async def offer(ask: Ask, drafts: list[Draft], country: str | None) -> None:
    """There is an unfinished draft: go on with it, or start anew?"""
    newest = drafts[0]
    count = ask.t.plural("You have {n} unfinished draft.", "You have {n} unfinished drafts.", len(drafts))
    if len(drafts) > 1:
        count += " " + ask.t("This is the newest; /practice mine shows all.")
    await show(
        ask,
        count,
        embeds=[cards.draft_card(ask.t, newest)],
        view=row(
            Continue(ask.t("Continue"), style=discord.ButtonStyle.primary, draft=newest.subject),
            Anew(ask.t("Begin another draft"), country=country or ""),
        ),
    )


async def go_on(ask: Ask, draft: Draft, *, after: str) -> None:
    """A step was saved: offer the next one that is not complete, or show the preview."""
    step = rules.open_step(draft.data)
    if step is None:
        await preview(ask, draft)
        return
    text = ask.t(
        "Saved: {done}. Next: {step}, form {n} of {total}.",
        done=rules.step_name(ask.t, after),
        step=rules.step_name(ask.t, step),
        n=rules.STEPS.index(step) + 1,
        total=len(rules.STEPS),
    )
    await show(ask, text, view=row(form_button(ask.t("Continue"), step, draft.subject)))


async def preview(ask: Ask, draft: Draft) -> None:
    """The card exactly as it will appear, and what can be done with it."""
    content = rules.content_of(draft.data)
    async with ask.bot.db.read() as session:
        areas = {area.id: area.name.text(content.language) for area in await list_key_areas(session)}
        returned = await find(session, ask.community.id, draft.subject)
    shown = cards.card(texts(content.language), content, areas, author_id=ask.actor.user_id)
    text = [
        ask.t(
            "This is how it will appear. Nothing is sent yet: read it again, looking for what could identify a person."
        )
    ]
    if returned is not None and returned.decision_comment:
        text.insert(0, ask.t("The reviewer asks: {comment}", comment=one_line(returned.decision_comment, 1000)))
    if shown.shortened:
        text.append(ask.t("It is shortened here. Readers can open it in full."))
    view = row(
        Send(ask.t("Send for review"), style=discord.ButtonStyle.success, row=0, draft=draft.subject),
        Discard(ask.t("Discard"), style=discord.ButtonStyle.danger, row=0, draft=draft.subject),
        *(
            form_button(ask.t("Change: {part}", part=rules.step_name(ask.t, step)), step, draft.subject, line=1)
            for step in rules.STEPS
        ),
    )
    await show(ask, "\n\n".join(text), embeds=shown.embeds, view=view)


def form_button(text: str, step: str, draft: str, *, line: int | None = None) -> Button:
    """A button that opens one of the four forms."""
    first = line is None
    style = discord.ButtonStyle.primary if first else discord.ButtonStyle.secondary
    return OpenForm(label(text, 80), style=style, row=line, form=f"practice:{step}:{draft}")


def by_author(actor: Actor, practice: Practice) -> bool:
    """Allows members to act on their own."""
    return actor.is_member and practice.author_id == actor.user_id


GO_ON = Action("practice.continue", find, by_author)


class Continue(Button, custom_id="practice:continue:{draft}"):
    """Goes on with a draft where it was left, or opens a practice that was returned."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Open the first form that is not complete, or the preview."""
        subject = self.values["draft"]
        if not rules.is_token(subject):
            async with ask.bot.db.read() as session:
                practice = await authorize(session, ask.actor, GO_ON, subject)
            if practice.state == RETURNED:
                await reopen(ask, practice)
        draft = await writable(ask, subject)
        if draft is None:
            raise not_found()
        step = rules.open_step(draft.data)
        if step is None:
            await preview(ask, draft)
        else:
            await open_form(ask, f"practice:{step}:{subject}")


class Anew(Button, custom_id="practice:anew:{country}"):
    """Begins another draft; the unfinished ones stay."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Offer the first form."""
        code = countries.find(self.values["country"])
        await begin(ask, countries.name(code, ask.t.language) if code else None)


class Send(Button, custom_id="practice:send:{draft}"):
    """Sends a draft for review."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Send it once, as it is saved now."""
        subject, practice = self.values["draft"], None
        kept = await writable(ask, subject)
        if kept is None:
            raise not_found()
        step = rules.open_step(kept.data)
        if step is not None:
            text = ask.t("One part is not complete yet: {step}.", step=rules.step_name(ask.t, step))
            await show(ask, text, view=row(form_button(ask.t("Continue"), step, subject)))
            return
        async with ask.bot.db.begin() as session:
            draft = await get_draft(session, ask.community.id, ask.actor.user_id, DRAFT, subject, now=ask.now)
            if draft is not None and rules.open_step(draft.data) is None:
                practice = await submit(
                    session,
                    community_id=ask.community.id,
                    author_id=ask.actor.user_id,
                    draft=subject,
                    content=rules.content_of(draft.data),
                    now=ask.now,
                )
        if practice is None:
            raise already()
        await show(
            ask,
            ask.t(
                "Thank you: “{title}” is sent. Only the moderators can read it until one of them has approved it. "
                "See how it stands with /practice mine.",
                title=cards.shown_title(ask.t, practice),
            ),
        )


class Discard(Button, custom_id="practice:discard:{draft}"):
    """Asks whether a draft is to go."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Ask first: what was typed cannot be brought back."""
        subject = self.values["draft"]
        draft = await writable(ask, subject)
        if draft is None:
            raise not_found()
        await show(
            ask,
            ask.t(
                "Discard the draft “{title}”? What you wrote cannot be brought back.",
                title=one_line(rules.draft_title(ask.t, draft.data)),
            ),
            view=row(
                DiscardNow(ask.t("Discard it"), style=discord.ButtonStyle.danger, draft=subject),
                Continue(ask.t("Keep it"), draft=subject),
            ),
        )


class DiscardNow(Button, custom_id="practice:discarded:{draft}"):
    """Forgets a draft."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Forget it; twice comes to the same."""
        async with ask.bot.db.begin() as session:
            gone = await delete_draft(session, ask.community.id, ask.actor.user_id, DRAFT, self.values["draft"])
        if not gone:
            raise not_found()
        await show(ask, ask.t("The draft is discarded."))
