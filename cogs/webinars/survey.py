"""Two questions after a webinar. Nothing is kept by which an answer could be told to be somebody's."""

from collections.abc import Mapping
from typing import Any, Self

import discord
from sqlalchemy.ext.asyncio import AsyncSession

from bot.ask import Ask
from bot.authorize import Action, Standing, authorize, by_members, by_moderators
from bot.buttons import Button, row
from bot.errors import Refusal
from bot.forms import Form, OpenForm, Typed
from bot.languages import N_, each_language
from bot.render import clean
from cogs.webinars.after_cards import results_cards, useful_name
from cogs.webinars.cards import Languages
from cogs.webinars.keys import closed, key_of
from cogs.webinars.rules import chosen
from data import webinars
from data.webinars import Webinar
from data.webinars.after import survey_is_open
from data.webinars.audience import is_for
from data.webinars.survey import USEFUL, answer_survey, has_answered, survey_results

ANSWER = Action("webinar.survey", webinars.get, by_members)
RESULTS = Action("webinar.survey.results", webinars.get, by_moderators)

BETTER_LIMIT = 500
QUESTIONS = N_("Two questions")


class Survey(Form, custom_id="webinar:survey:{webinar}"):
    """The two questions. Keeps no draft: that would have a name on it."""

    needs = Standing.MEMBER

    async def filled(self, ask: Ask, typed: Mapping[str, Any] | None = None) -> Self:
        """The form, where the person can answer.

        Raises:
            Refusal: there is no such webinar here, it takes no answers now, or they have answered.
        """
        key = key_of(self.values["webinar"])
        async with ask.bot.db.read() as session:
            await check_open(session, ask, await authorize(session, ask.actor, ANSWER, key))
            if await has_answered(session, key, ask.actor.user_id):
                raise answered()
        return await super().filled(ask, typed)

    async def build(self, ask: Ask, typed: Mapping[str, Any]) -> None:
        """Give the form its fields."""
        t = ask.t
        self.title = t("Two questions, no names")
        scale = [(str(score), f"{score} – {useful_name(t, score)}") for score in reversed(USEFUL)]
        self.choice("useful", t("How useful was it?"), scale, typed)
        self.text(
            "better",
            t("What would make the next one better?"),
            typed,
            description=t("Please write no names and nothing about a case. Moderators read it."),
            required=False,
            long=True,
            most=BETTER_LIMIT,
        )

    async def submitted(self, ask: Ask, typed: Typed) -> None:
        """Take the answer, once."""
        useful, better = chosen(typed.get("useful")), clean(str(typed.get("better") or ""))
        if useful not in map(str, USEFUL):
            raise Refusal("That value does not fit here. Choose one from the list.")
        if len(better) > BETTER_LIMIT:
            raise Refusal("One of the lines is too long: {limit} characters at most.", limit=BETTER_LIMIT)
        async with ask.bot.db.begin() as session:
            webinar = await authorize(session, ask.actor, ANSWER, key_of(self.values["webinar"]))
            await check_open(session, ask, webinar)
            if not await answer_survey(session, webinar, ask.actor.user_id, int(useful), better or None):
                raise answered()
        await ask.answer(
            ask.t(
                "Thank you. Your answer is kept without your name and without the hour. That you have answered is kept "
                "apart, until the survey closes, so that nobody answers twice."
            )
        )


class TurnResults(Button, custom_id="webinar:results:{webinar}:{page}"):
    """Turns the pages of what people wrote."""

    needs = Standing.MODERATOR

    async def pressed(self, ask: Ask) -> None:
        """Show that page in place of this one."""
        await show_results(ask, key_of(self.values["webinar"]), key_of(self.values["page"]))


async def show_results(ask: Ask, key: int, page: int = 0) -> None:
    """What people thought of a webinar.

    Raises:
        Refusal: there is no such webinar here.
    """
    async with ask.bot.db.read() as session:
        webinar = await authorize(session, ask.actor, RESULTS, key)
        results = await survey_results(session, ask.community.id, key)
    t = ask.t
    cards, pages = results_cards(t, webinar, results, page)
    page = min(page, max(pages - 1, 0))
    turns = ((t("Back"), page - 1), (t("Next"), page + 1))
    view = row(*(TurnResults(shown, webinar=key, page=to) for shown, to in turns if 0 <= to < pages))
    source = ask.interaction.message
    if source is not None and source.flags.ephemeral:
        await ask.update(embeds=cards, view=view)
    else:
        await ask.answer(embeds=cards, view=view)


def survey_button(languages: Languages, webinar_id: int, at_row: int | None = None) -> OpenForm:
    """The button that opens the two questions."""
    form = Survey.key(webinar=webinar_id).removeprefix("form:")
    shown = each_language(languages, QUESTIONS)[:80]
    return OpenForm(shown, style=discord.ButtonStyle.primary, form=form, row=at_row)


async def check_open(session: AsyncSession, ask: Ask, webinar: Webinar) -> None:
    """Let pass a webinar whose survey takes this person's answer now.

    Raises:
        Refusal: it does not.
    """
    if webinar.cancelled:
        raise closed(webinar)
    if not ask.actor.is_moderator and not await is_for(session, webinar, ask.actor.user_id):
        raise Refusal("This webinar was for other members.")
    if ask.now < webinar.ends_at:
        raise Refusal("The two questions are asked once the webinar is over.")
    if not survey_is_open(webinar, ask.now):
        raise Refusal("The two questions could be answered for two weeks. Thank you all the same.")


def answered() -> Refusal:
    """One answer a person, which nobody can find again to change it."""
    return Refusal("You have answered already. Answers have no name on them, so yours cannot be changed.")
