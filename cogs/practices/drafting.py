"""Writing a practice: the way from one form to the next, up to the preview."""

from dataclasses import replace
from typing import Any

import discord
from discord.utils import format_dt

from bot.ask import Ask
from bot.authorize import Action, Actor, Standing, authorize, not_found
from bot.buttons import Button, Select, row
from bot.errors import Refusal
from bot.forms import KEEP_DRAFT, Form, OpenForm
from bot.languages import texts
from bot.render import label, one_line
from cogs.practices import cards, rules, safety
from cogs.practices.editions import REVISES
from cogs.practices.rules import TEXTS
from cogs.practices.safety import Doubt
from data.drafts import Draft, delete_draft, get_draft, save_draft
from data.languages import LANGUAGES
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


async def go_on(ask: Ask, draft: Draft, *, after: str) -> None:
    """A step was saved: say what may identify a person in it, else offer the next one, or show the preview."""
    doubts = safety.still_open(await safety.doubts_in_draft(draft.data, after))
    if doubts:
        await show_doubts(ask, draft, after, doubts)
        return
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
    """The card exactly as it will appear, and what can be done with it; or first, what may identify a person."""
    doubts = await safety.doubts_in_draft(draft.data)
    for doubt in safety.still_open(doubts):
        step = safety.step_of(doubt)
        await show_doubts(ask, draft, step, [one for one in safety.still_open(doubts) if safety.step_of(one) == step])
        return
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
    if REVISES in draft.data or (returned is not None and returned.revises):
        text.append(ask.t("What is published stays as it is until the reviewers have approved this change."))
    if shown.shortened:
        text.append(ask.t("It is shortened here. Readers can open it in full."))
    if doubts:
        text.append(ask.t("The reviewers will see the passages that you say identify nobody, with your reason."))
    view = row(
        Send(ask.t("Send for review"), style=discord.ButtonStyle.success, row=0, draft=draft.subject),
        Discard(ask.t("Discard"), style=discord.ButtonStyle.danger, row=0, draft=draft.subject),
        *(
            form_button(ask.t("Change: {part}", part=rules.step_name(ask.t, step)), step, draft.subject, line=1)
            for step in rules.STEPS
        ),
        InLanguage(
            [
                discord.SelectOption(
                    label=ask.t("Written in: {language}", language=rules.language_name(ask.t, language)),
                    value=language,
                    default=language == content.language,
                )
                for language in LANGUAGES
            ],
            row=2,
            draft=draft.subject,
        ),
    )
    await show(ask, "\n\n".join(text), embeds=shown.embeds, view=view)


async def show_doubts(ask: Ask, draft: Draft, step: str, doubts: list[Doubt]) -> None:
    """To the author alone: what may identify a person, where, and what they can do about it."""
    t = ask.t
    text = [
        t("**Please look at this before you go on:** these passages may tell who a person is, or which case it is."),
        t(
            "Your draft is saved as you wrote it, in your own drafts, where nobody else here reads it. It stays there "
            "until you change it, discard it, or {kept} has passed. As it is, it cannot be sent.",
            kept=format_dt(draft.expires_at, "D"),
        ),
    ]
    subject = draft.subject
    view = row(
        OpenForm(t("Change it"), style=discord.ButtonStyle.primary, form=f"practice:{step}:{subject}"),
        Safer(t("Use the safer wording"), style=discord.ButtonStyle.success, draft=subject, step=step),
        OpenForm(t("It identifies nobody"), form=f"practice:contest:{subject}:{step}"),
    )
    await show(ask, "\n\n".join(text), embeds=[cards.doubts_card(t, doubts)], view=view)


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
        doubts = await safety.doubts_in_draft(kept.data)
        if safety.still_open(doubts):
            await preview(ask, kept)
            return
        content = replace(rules.content_of(kept.data), contested=safety.used(safety.contests_in(kept.data), doubts))
        async with ask.bot.db.begin() as session:
            draft = await get_draft(session, ask.community.id, ask.actor.user_id, DRAFT, subject, now=ask.now)
            # What was changed since it was looked at is looked at again.
            changed = draft is not None and draft.data != kept.data
            if draft is not None and not changed:
                practice = await submit(
                    session,
                    community_id=ask.community.id,
                    author_id=ask.actor.user_id,
                    draft=subject,
                    content=content,
                    now=ask.now,
                    revises=kept.data.get(REVISES),
                )
        if draft is not None and changed:
            await go_on(ask, draft, after=rules.STEPS[0])
            return
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


class InLanguage(Select, custom_id="practice:language:{draft}"):
    """Corrects the language in which a draft is written, where it was taken for another."""

    needs = Standing.MEMBER

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Show the preview in that language."""
        subject = self.values["draft"]
        draft = await writable(ask, subject)
        if draft is None or options[0] not in LANGUAGES:
            raise not_found()
        async with ask.bot.db.begin() as session:
            draft = await get_draft(session, ask.community.id, ask.actor.user_id, DRAFT, subject, now=ask.now)
            if draft is None:
                raise already()
            draft = await save_draft(
                session,
                community_id=ask.community.id,
                user_id=ask.actor.user_id,
                kind=DRAFT,
                subject=subject,
                data={"language": [options[0]]},
                now=ask.now,
                keep=KEEP_DRAFT,
            )
        await go_on(ask, draft, after=rules.STEPS[-1])


class Safer(Button, custom_id="practice:safer:{draft}:{step}"):
    """Puts the safer wording in place of what was found in a step."""

    needs = Standing.MEMBER

    async def pressed(self, ask: Ask) -> None:
        """Reword what nobody contested, and go on; where it does not fit, the author has to."""
        subject, step = self.values["draft"], self.values["step"]
        draft = await writable(ask, subject)
        if draft is None or step not in TEXTS:
            raise not_found()
        changed = safety.reworded(draft.data, safety.still_open(await safety.doubts_in_draft(draft.data, step)))
        for name, text in changed.items():
            fault = rules.length_fault(safety.FIELDS[name], text)
            if fault is not None:
                raise fault
        async with ask.bot.db.begin() as session:
            now = await get_draft(session, ask.community.id, ask.actor.user_id, DRAFT, subject, now=ask.now)
            if now is not None and now.data == draft.data and changed:
                draft = await save_draft(
                    session,
                    community_id=ask.community.id,
                    user_id=ask.actor.user_id,
                    kind=DRAFT,
                    subject=subject,
                    data=changed,
                    now=ask.now,
                    keep=KEEP_DRAFT,
                )
        if now is None:
            raise already()
        await go_on(ask, draft if changed else now, after=step)


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
