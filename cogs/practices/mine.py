"""What is a person's own: drafts, practices, what they are asked to look after, what they tried, what they saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.ask import Ask
from bot.authorize import authorize, not_found
from bot.buttons import Button, Select, row
from bot.forms import OpenForm
from bot.languages import Texts, texts
from bot.render import label, one_line
from cogs.practices import adapted, adapting, asking, cards, ledger, rules, tending, translated, translating
from cogs.practices.drafting import Continue, Discard, show, writable
from cogs.practices.history import Edit
from cogs.practices.showing import show_practice
from cogs.practices.views import OWN, own_buttons, readable
from data import countries
from data.drafts import Draft, list_drafts
from data.languages import name_language
from data.practices import DRAFT, RETURNED, Practice, get_visible, list_mine
from data.practices.adaptations import ADAPTATION_DRAFT, Adaptation, list_my_adaptations
from data.practices.freshness import list_offered
from data.practices.questions import Question, list_questions_by, list_questions_to
from data.practices.rows import PUBLISHED
from data.practices.saving import list_saved
from data.practices.translations import Translation, list_to_approve, list_translated_by

PAGE = 5


@dataclass(frozen=True, slots=True)
class Offered:
    """A practice that the person is asked to look after."""

    practice: Practice


@dataclass(frozen=True, slots=True)
class Saved:
    """A practice that the person saved."""

    practice: Practice


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """A question that waits for the person's answer."""

    question: Question


@dataclass(frozen=True, slots=True)
class Translated:
    """What the person translated that others do not read."""

    translation: Translation


PassedOn = ToAnswer | Question | Translation | Translated
Thing = Draft | Practice | Offered | Adaptation | Saved | PassedOn


async def things_of(ask: Ask) -> list[Thing]:
    """All that is their own: first what waits for them, then what stands, then what they saved."""
    place = (ask.community.id, ask.actor.user_id)
    async with ask.bot.db.read() as session:
        drafts = await list_drafts(session, *place, now=ask.now)
        practices = await list_mine(session, *place)
        offered = await list_offered(session, *place) if ask.actor.is_member else []
        told = await list_my_adaptations(session, *place)
        saved = await list_saved(session, *place)
        to_answer = await list_questions_to(session, *place) if ask.actor.is_member else []
        to_approve = await list_to_approve(session, *place) if ask.actor.is_member else []
        translated = await list_translated_by(session, *place) if ask.actor.is_member else []
        questions = await list_questions_by(session, *place) if ask.actor.is_member else []
    returned = [practice for practice in practices if practice.state == RETURNED]
    asked = [practice for practice in practices if practice.state == PUBLISHED and practice.asked is not None]
    first = {practice.id for practice in (*returned, *asked)}
    return [
        *(ToAnswer(question) for question in to_answer),
        *to_approve,
        *(Offered(practice) for practice in offered),
        *returned,
        *asked,
        # The draft of a practice that was returned belongs to it and is not listed twice.
        *(draft for draft in drafts if draft.kind == DRAFT and rules.is_token(draft.subject)),
        *(draft for draft in drafts if draft.kind == ADAPTATION_DRAFT),
        *(practice for practice in practices if practice.id not in first),
        *told,
        *(Translated(translation) for translation in translated),
        *questions,
        *(Saved(practice) for practice in saved if practice.from_brochure or ask.actor.is_member),
    ]


async def show_mine(ask: Ask, page: int) -> None:
    """A page of what is a person's own, with the next step of each."""
    things = await things_of(ask)
    t = ask.t
    if not things:
        await show(ask, t("You have no drafts and no practices. Begin with /practice share."))
        return
    last = (len(things) - 1) // PAGE
    page = min(page, last)
    here = things[page * PAGE : (page + 1) * PAGE]
    options = [
        discord.SelectOption(label=title_of(t, thing), value=key_of(thing), description=sort_of(t, thing))
        for thing in here
    ]
    items: list[Button | Select] = [Mine(options, placeholder=t("Open one"), row=0, page=page)]
    for thing in here:
        if isinstance(thing, Draft) and thing.kind == DRAFT:
            items.append(next_step(ask, thing.subject, title_of(t, thing)))
        elif isinstance(thing, Practice) and thing.state == RETURNED:
            items.append(next_step(ask, thing.id, title_of(t, thing)))
    if page > 0:
        items.append(MinePage(t("Back"), row=2, page=page - 1))
    if page < last:
        items.append(MinePage(t("Next"), row=2, page=page + 1))
    tried = await tried_of(ask, here)
    lines = [(one_line(title_of(t, thing), 200), line_of(t, thing, tried)) for thing in here]
    await show(ask, embeds=[cards.mine_card(t, lines, page=page, last=last)], view=row(*items))


async def tried_of(ask: Ask, things: Sequence[Thing]) -> dict[str, Practice]:
    """The practices that were tried, by their ids, as far as they are still to be read."""
    ids = {thing.practice_id for thing in things if isinstance(thing, Adaptation)}
    ids |= {thing.subject for thing in things if isinstance(thing, Draft) and thing.kind == ADAPTATION_DRAFT}
    async with ask.bot.db.read() as session:
        found = [await get_visible(session, ask.community.id, practice_id) for practice_id in sorted(ids)]
    return {practice.id: practice for practice in found if practice is not None}


def title_of(t: Texts, thing: Thing) -> str:
    """The title for menus and buttons."""
    match thing:
        case Practice():
            return cards.listed_title(t, thing)
        case Offered(practice) | Saved(practice):
            return cards.listed_title(t, practice)
        case ToAnswer(question):
            return cards.listed_title(t, question.practice)
        case Translated(translation):
            return label(translation.title)
        case Question() | Translation():
            return cards.listed_title(t, thing.practice)
        case Adaptation():
            return label(ledger.heading(t, thing))
        case Draft(kind=kind) if kind == ADAPTATION_DRAFT:
            code = countries.find(rules.written(thing.data, rules.COUNTRY))
            return t("Tried in {country}", country=countries.name(code, t.language)) if code else t("An adaptation")
        case Draft():
            return label(rules.draft_title(t, thing.data))


def sort_of(t: Texts, thing: Thing) -> str:
    """What a thing is, in a word or two: of one practice several may be listed, under the same title."""
    match thing:
        case Practice():
            return t("Your practice")
        case Offered():
            return t("You are asked to look after it")
        case ToAnswer() | Question() | Translation() | Translated():
            return label(_passed_on_sort(t, thing))
        case Saved():
            return t("You saved it")
        case Adaptation():
            return t("You told how you tried it")
        case Draft():
            return t("A draft")


def line_of(t: Texts, thing: Thing, tried: Mapping[str, Practice]) -> str:
    """How it stands, in a sentence or two.

    Args:
        t: texts in the person's language.
        thing: one of their things.
        tried: the practices that were tried, by their ids.
    """

    def what(practice_id: str) -> str:
        return f"{cards.shown_title(t, tried[practice_id])}\n" if practice_id in tried else ""

    match thing:
        case Practice():
            return cards.own_line(t, thing)
        case Offered():
            return t("**You are asked to look after it.** Open it to answer.")
        case ToAnswer() | Question() | Translation() | Translated():
            return _passed_on_line(t, thing)
        case Saved(practice):
            saved = t("Saved.")
            return f"{saved} {cards.state_line(t, practice)}".strip()
        case Adaptation():
            return what(thing.practice_id) + ledger.standing_line(t, thing)
        case Draft(kind=kind) if kind == ADAPTATION_DRAFT:
            return what(thing.subject) + t("Not sent yet: open it to go on.")
        case Draft():
            return cards.draft_line(t, thing)


def _passed_on_sort(t: Texts, thing: PassedOn) -> str:
    match thing:
        case ToAnswer(question):
            return t.pair(t("A question to you"), question.question)
        case Question():
            return t.pair(t("Your question to its author"), thing.question)
        case Translation():
            return t("A translation for you to approve")
        case Translated(translation):
            return t.pair(t("Your translation"), name_language(translation.language, t.language))


def _passed_on_line(t: Texts, thing: PassedOn) -> str:
    """How something stands that was passed on between readers and an author."""
    match thing:
        case ToAnswer(question):
            return asking.question_line(t, question, to_author=True)
        case Question():
            return asking.question_line(t, thing, to_author=False)
        case Translation():
            return translating.waiting_line(t, thing)
        case Translated(translation):
            return translated.own_line(t, translation)


def _passed_on_key(thing: PassedOn) -> str:
    match thing:
        case ToAnswer(question):
            return f"toanswer:{question.id}"
        case Question():
            return f"question:{thing.id}"
        case Translation():
            return f"translation:{thing.id}"
        case Translated(translation):
            return f"translated:{translation.id}"


def key_of(thing: Thing) -> str:
    """What a menu knows a thing by."""
    match thing:
        case Practice():
            return f"practice:{thing.id}"
        case Offered(practice):
            return f"offered:{practice.id}"
        case Saved(practice):
            return f"saved:{practice.id}"
        case ToAnswer() | Question() | Translation() | Translated():
            return _passed_on_key(thing)
        case Adaptation():
            return f"adaptation:{thing.id}"
        case Draft(kind=kind) if kind == ADAPTATION_DRAFT:
            return f"adapting:{thing.subject}"
        case Draft():
            return f"draft:{thing.subject}"


def next_step(ask: Ask, draft: str, title: str) -> Continue:
    """A button that goes on with a draft, or with a practice that was returned."""
    text = label(ask.t("Continue: {title}", title=title), 80)
    return Continue(text, style=discord.ButtonStyle.primary, row=1, draft=draft)


class Mine(Select, custom_id="practice:mine:{page}"):
    """Opens one of the person's own things."""

    async def chosen(self, ask: Ask, options: list[str]) -> None:
        """Show how it stands, and what can be done."""
        sort, _, key = (options[0] if options else "").partition(":")
        match sort:
            case "draft":
                await _open_draft(ask, key)
            case "adapting":
                await _open_adapting(ask, key)
            case "adaptation":
                await _open_adaptation(ask, key)
            case "offered":
                await _open_offer(ask, key)
            case "toanswer":
                await asking.open_to_author(ask, key)
            case "question":
                await asking.open_to_asker(ask, key)
            case "translation":
                await translating.open_to_author(ask, key)
            case "translated":
                await translated.open_own(ask, key)
            case "saved":
                await readable(ask, key)
                await show_practice(ask, key)
            case _:
                await _open_practice(ask, key)


async def _open_draft(ask: Ask, key: str) -> None:
    draft = await writable(ask, key)
    if draft is None:
        raise not_found()
    view = row(
        Continue(ask.t("Continue"), style=discord.ButtonStyle.primary, draft=key),
        Discard(ask.t("Discard"), style=discord.ButtonStyle.danger, draft=key),
    )
    await show(ask, embeds=[cards.draft_card(ask.t, draft)], view=view)


async def _open_adapting(ask: Ask, practice_id: str) -> None:
    draft = await adapting.typed(ask, practice_id)
    view = row(
        OpenForm(ask.t("Continue"), style=discord.ButtonStyle.primary, form=f"practice:adapt:{draft.subject}"),
        adapting.DropAdaptation(ask.t("Discard"), style=discord.ButtonStyle.danger, practice=draft.subject),
    )
    await show(ask, f"**{title_of(ask.t, draft)}**\n{line_of(ask.t, draft, await tried_of(ask, [draft]))}", view=view)


async def _open_adaptation(ask: Ask, key: str) -> None:
    async with ask.bot.db.read() as session:
        found = await authorize(session, ask.actor, adapted.TAKE_BACK, adapted.number(key))
    button = adapted.TakeDown(ask.t("Take it away"), style=discord.ButtonStyle.danger, adaptation=found.id)
    card = ledger.adaptation_card(texts(found.language), found)
    await show(ask, ledger.standing_line(ask.t, found), embeds=[card], view=row(button))


async def _open_offer(ask: Ask, practice_id: str) -> None:
    async with ask.bot.db.read() as session:
        practice = await authorize(session, ask.actor, tending.TAKE_OVER, practice_id)
    await show(
        ask,
        tending.offer_text(ask.t, practice, ask.community.name),
        view=row(*tending.offer_buttons(ask.t, practice, ask.community.id)),
    )


async def _open_practice(ask: Ask, key: str) -> None:
    async with ask.bot.db.read() as session:
        practice = await authorize(session, ask.actor, OWN, key)
    message: dict[str, Any] = {"embeds": [cards.own_card(ask.t, practice)]}
    buttons = own_buttons(ask.t, practice)
    if practice.state == PUBLISHED and (practice.asked is not None or practice.archived_at is not None):
        buttons += tending.tending_buttons(ask.t, practice, ask.community.id)
    elif practice.state == PUBLISHED:
        buttons.append(Edit(ask.t("Change it"), practice=practice.id))
        buttons.append(translating.Translations(ask.t("Translate it"), practice=practice.id))
        buttons.append(tending.hand_over_button(ask.t, practice, ask.community.id))
    if buttons:
        message["view"] = row(*buttons)
    await show(ask, **message)


class MinePage(Button, custom_id="practice:minepage:{page}"):
    """Turns the pages of what is one's own."""

    async def pressed(self, ask: Ask) -> None:
        """Show that page."""
        await show_mine(ask, rules.page_number(self.values["page"]))
